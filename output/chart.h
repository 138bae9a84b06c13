/* A frame with axes, and the marks that go into it: lines, areas, columns, dots.
 *
 * Numbers in, ink out; what the numbers mean is the caller's. Axes have round ticks and
 * tell their units; lines are named at their ends, where the eye arrives, not in a box
 * of keys. All lengths in points, y downwards. */
#ifndef SAH_OUTPUT_CHART_H
#define SAH_OUTPUT_CHART_H
#include "output/canvas.h"
#include "output/scale.h"

enum sah_chart_across {
    SAH_CHART_NUMBERS,
    SAH_CHART_DAYS, /* the scale counts days since 1970-01-01 */
    SAH_CHART_BARE, /* no ticks: rows of names or a picture share the frame */
};

struct sah_chart {
    struct sah_canvas *canvas;
    double x, y, width, height; /* of the frame that holds the data */
    struct sah_scale across, up;
    enum sah_chart_across ticks;
    bool no_up;      /* no ticks at the left */
    bool no_numbers; /* ticks below without numbers: the next chart has them */
    bool no_leads;   /* names at the right without lines that lead to them */
    double type_pt;
};

double sah_chart_x(const struct sah_chart *chart, double value);
double sah_chart_y(const struct sah_chart *chart, double value);

/* Room outside the frame: above for a title, below for ticks and their words. */
double sah_chart_head(double type_pt);
double sah_chart_foot(double type_pt, bool words);
/* At the left, for numbers up to those of `up`. */
double sah_chart_gutter(const struct sah_scale *up, double height, double type_pt);

/* Fine lines and numbers; `below` (may be NULL) says what runs across. */
void sah_chart_axes(const struct sah_chart *chart, const char *below);
/* Bold, then the unit and notes in a soft hand. */
void sah_chart_title(const struct sah_chart *chart, const char *title,
                     const char *note);
/* A word in the middle of an empty frame. */
void sah_chart_nothing(const struct sah_chart *chart, const char *why);

struct sah_stroke {
    struct sah_colour colour;
    double width_pt;
    bool dashed;
};
/* NAN breaks a line. */
void sah_chart_line(const struct sah_chart *chart, const double *x, const double *y,
                    size_t n, struct sah_stroke stroke);
/* Between two lines. */
void sah_chart_area(const struct sah_chart *chart, const double *x, const double *low,
                    const double *high, size_t n, struct sah_colour colour);
/* A block from x0 to x1 and y0 to y1, in values. */
void sah_chart_block(const struct sah_chart *chart, double x0, double x1, double y0,
                     double y1, struct sah_colour colour);
void sah_chart_dot(const struct sah_chart *chart, double x, double y, double radius,
                   struct sah_colour colour);

/* A small square of colour, and text that reads after it. */
double sah_chart_swatch(struct sah_canvas *canvas, double x, double baseline,
                        double type_pt, struct sah_colour colour); /* its width */

/* Names at the right of a frame. They are moved apart, keep their order and stay in
 * reach of the frame; a thin line leads to where each belongs. */
enum { SAH_END_TEXT = 96, SAH_END_LABELS = 16 };
struct sah_end {
    double y; /* on the canvas */
    struct sah_colour colour;
    char text[SAH_END_TEXT];  /* "Mali" */
    char value[SAH_END_TEXT]; /* "2,104", soft; may be empty */
};
/* Sorts `end` by y. `room` is the width there is. */
void sah_chart_ends(const struct sah_chart *chart, struct sah_end *end, size_t n,
                    double room);

#endif
