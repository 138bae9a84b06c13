/* A sheet to draw on, in points (1/72 inch), that becomes a PNG, SVG or PDF file.
 *
 * The suffix of the path decides. Nothing is written before sah_canvas_finish, then to
 * a name beside the target, which is renamed into place. The same drawing gives the
 * same bytes: no dates, no counters of the process. Needs no screen. */
#ifndef SAH_OUTPUT_CANVAS_H
#define SAH_OUTPUT_CANVAS_H
#include "output/palette.h"
#include "sim/kernel/error.h"

#include <stdbool.h>

struct _cairo; /* cairo_t, for those who draw */
struct sah_canvas;

/* Where a picture goes and how large it is; 0 stands for the usual. */
struct sah_picture {
    const char *path; /* .png, .svg or .pdf */
    double width_mm;  /* 180: two columns of a journal */
    double dpi;       /* 300; PNG only */
    bool force;       /* may overwrite */
};

enum { SAH_PICTURE_DPI = 300, SAH_PICTURE_WIDTH_MM = 180 };
#define SAH_POINTS_PER_MM (72.0 / 25.4)

double sah_picture_width_pt(const struct sah_picture *picture);

/* Whether the path may be written: suffix known, folder there, not taken unless
 * `force`. For a refusal before the work is done. */
int sah_picture_check(const struct sah_picture *picture, struct sah_error *err);

int sah_canvas_open(const struct sah_picture *picture, double height_pt,
                    const char *title, struct sah_canvas **canvas,
                    struct sah_error *err);
int sah_canvas_finish(struct sah_canvas *canvas, struct sah_error *err);

/* A sheet in memory, clear where nothing is drawn, `scale` pixels to the point: a layer of
 * another, or a picture of a film. */
int sah_canvas_memory(int width_px, int height_px, double scale,
                      struct sah_canvas **canvas, struct sah_error *err);
void sah_canvas_clear(struct sah_canvas *canvas);
void sah_canvas_lay(struct sah_canvas *canvas, struct sah_canvas *layer); /* over it */
/* Rows of blue, green, red, alpha; `stride` bytes each. */
const unsigned char *sah_canvas_pixels(struct sah_canvas *canvas, int *stride);
/* Of a sheet in memory alone. */
int sah_canvas_save_png(struct sah_canvas *canvas, const char *path, bool force,
                        struct sah_error *err);
void sah_canvas_free(struct sah_canvas *canvas); /* NULL is fine */

struct _cairo *sah_canvas_cairo(struct sah_canvas *canvas);
void sah_canvas_ink(struct sah_canvas *canvas, struct sah_colour colour);
void sah_canvas_rectangle(struct sah_canvas *canvas, double x, double y, double width,
                          double height); /* adds to the path */

/* Type. Text is shown literally, whatever it holds; bytes that are no UTF-8 become the
 * replacement character. */
enum sah_anchor { SAH_AT_LEFT, SAH_AT_CENTRE, SAH_AT_RIGHT };
struct sah_type_style {
    double size_pt;
    bool bold, italic;
    struct sah_colour ink;
    double halo_pt;      /* width of the glow of paper around letters */
    double spacing_pt;   /* between letters */
    double max_width_pt; /* longer text ends in an ellipsis; 0: any length */
};
struct sah_type_extent {
    double width, ascent, descent; /* from the baseline */
};
struct sah_type_extent sah_type_measure(const struct sah_type_style *style,
                                        const char *text);
void sah_canvas_text(struct sah_canvas *canvas, const struct sah_type_style *style,
                     double x, double baseline, enum sah_anchor anchor,
                     const char *text);

#endif
