/* Legends: what a colour, a name or a circle stands for. */
#ifndef SAH_OUTPUT_LEGEND_H
#define SAH_OUTPUT_LEGEND_H
#include "output/canvas.h"
#include "output/scale.h"

enum sah_legend_kind {
    SAH_LEGEND_BAR,     /* a ramp with ticks */
    SAH_LEGEND_KEYS,    /* named colours */
    SAH_LEGEND_CIRCLES, /* sizes: area is proportional to the number */
};

struct sah_legend_key {
    struct sah_colour colour;
    const char *text;
};

struct sah_legend {
    enum sah_legend_kind kind;
    const char *title; /* what, with its unit */
    const char *note;  /* a soft word after it; may be NULL */
    double type_pt;
    struct sah_scale scale; /* BAR, CIRCLES */
    enum sah_ramp ramp;     /* BAR */
    const struct sah_legend_key *key;
    size_t nkeys; /* KEYS */
    struct sah_colour colour;
    double radius_pt; /* CIRCLES: of scale.high */
};

double sah_legend_height(const struct sah_legend *legend, double width);
void sah_legend_draw(struct sah_canvas *canvas, const struct sah_legend *legend,
                     double x, double y, double width);

/* How every picture draws a quantity as a circle. */
double sah_circle_radius(const struct sah_scale *scale, double radius_pt, double value);
void sah_circle_draw(struct sah_canvas *canvas, double x, double y, double radius,
                     struct sah_colour colour);

#endif
