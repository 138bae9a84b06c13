/* What the plots share; for plot*.c alone. */
#ifndef SAH_OUTPUT_PLOT_IMPL_H
#define SAH_OUTPUT_PLOT_IMPL_H
#include "output/chart.h"
#include "output/page.h"
#include "output/plot.h"
#include "output/sheaf.h"
#include "output/study_file.h"

enum { SAH_PLOT_LINE = 256 };
#define SAH_PLOT_TYPE_PT   6.4
#define SAH_PLOT_NARROW_PT 300.0 /* narrower sheets have one column */

/* The drawings of plot.c's table. */
int sah_plot_series(struct sah_result *result, const struct sah_plot_options *options,
                    struct sah_error *err);
int sah_plot_events(struct sah_result *result, const struct sah_plot_options *options,
                    struct sah_error *err);
int sah_plot_factions(struct sah_result *result, const struct sah_plot_options *options,
                      struct sah_error *err);
int sah_plot_ledger(struct sah_result *result, const struct sah_plot_options *options,
                    struct sah_error *err);
int sah_plot_response(struct sah_result *result, const struct sah_plot_options *options,
                      struct sah_error *err);
int sah_plot_fan(struct sah_result *result, const struct sah_plot_options *options,
                 struct sah_error *err);
int sah_plot_effects(const struct sah_plot_options *options, struct sah_error *err);
int sah_plot_difference(const struct sah_plot_options *options, struct sah_error *err);
int sah_plot_arms(const struct sah_plot_options *options, struct sah_error *err);
int sah_plot_study_fan(struct sah_study_file *file,
                       const struct sah_plot_options *options, struct sah_error *err);
int sah_plot_multiples(struct sah_study_file *file,
                       const struct sah_plot_options *options, struct sah_error *err);
int sah_plot_heat(struct sah_study_file *file, const struct sah_plot_options *options,
                  struct sah_error *err);
int sah_plot_tornado(struct sah_study_file *file,
                     const struct sah_plot_options *options, struct sah_error *err);
int sah_plot_bars(struct sah_study_file *file, const struct sah_plot_options *options,
                  struct sah_error *err);

/* The usual series: what a result has of them is shown. */
struct sah_plot_usual {
    enum sah_place place;
    const char *name, *axis, *title;
    double scale;     /* of the values */
    const char *unit; /* NULL: that of the result */
};
extern const struct sah_plot_usual sah_plot_usual[]; /* ends without name */

/* A sheet with header and corner, and the room between them. */
struct sah_plot_sheet {
    struct sah_canvas *canvas;
    double left, top, right, width; /* room for charts, after the margins */
};
struct sah_plot_words {
    const char *title, *subtitle;
    const char *source, *mark; /* of the corner; may be NULL */
};
/* How high a sheet is that has so much room. */
double sah_plot_height(double room_pt);
int sah_plot_sheet_open(const struct sah_plot_options *options,
                        const struct sah_plot_words *words, double height_pt,
                        struct sah_plot_sheet *sheet, struct sah_error *err);
/* Of a result. `note` follows the period; NULL: none. */
int sah_plot_open(const struct sah_result *result,
                  const struct sah_plot_options *options, const char *title,
                  const char *note, double height_pt, struct sah_plot_sheet *sheet,
                  struct sah_error *err);
int sah_plot_close(struct sah_plot_sheet *sheet, int code, struct sah_error *err);

/* A scale of days that ends with the data. */
struct sah_scale sah_plot_days(double first, double last);
struct sah_scale sah_plot_run_days(const struct sah_result *result);

/* "Mali (12)", "Burkina Faso" ...: words in a row, each after its colour; returns the height of
 * the rows. Draws when `canvas`. */
struct sah_plot_key {
    struct sah_colour colour;
    const char *text;
};
double sah_plot_keys(struct sah_canvas *canvas, const struct sah_plot_key *key,
                     size_t n, double x, double y, double width);

/* "12,345", "1.2 million": four digits matter. */
void sah_plot_amount(double value, char text[static SAH_NUMBER_TEXT]);
/* "persons a month", "at the end of the month, persons". */
void sah_plot_unit(const struct sah_sheaf *sheaf, char text[static SAH_PLOT_LINE]);

#endif
