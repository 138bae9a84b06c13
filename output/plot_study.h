/* What the plots of a study share; for plot_*.c alone. */
#ifndef SAH_OUTPUT_PLOT_STUDY_H
#define SAH_OUTPUT_PLOT_STUDY_H
#include "output/plot_impl.h"
#include "output/rows.h"

/* A sheet with header and corner of a study. */
int sah_plot_study_open(const struct sah_study_head *head,
                        const struct sah_plot_options *options, const char *title,
                        const char *note, double room_pt, struct sah_plot_sheet *sheet,
                        struct sah_error *err);

/* Outcomes to show: the one wished for, else of the usual ones those there are, else the
 * first; numbers of measures. */
enum { SAH_PLOT_OUTCOMES = 4 };
int sah_plot_study_choose(const struct sah_study_file *file, const char *only,
                          size_t outcome[SAH_PLOT_OUTCOMES], size_t *n,
                          struct sah_error *err);
/* "persons"; empty where there is none. */
const char *sah_plot_study_unit(const struct sah_study_head *head, size_t measure);

/* A point: its name, or the values of the factors, "0.05 \u00B7 on", with names before
 * them where `named`. */
void sah_plot_study_point(const struct sah_study_head *head, size_t point, bool named,
                          char text[static SAH_PLOT_LINE]);

/* Levels of a factor: its values at all points, each once, in order; caller frees. */
double *sah_plot_study_levels(const struct sah_study_head *head, size_t factor,
                              size_t *n);

/* A titled panel of rows that fills the sheet from `top` on; names take so much of it. */
struct sah_plot_rows {
    const char *title, *note;
    const struct sah_row *row;
    size_t n;
    int lanes;
    struct sah_scale across;
};
double sah_plot_rows_height(size_t n, int lanes);
void sah_plot_rows_draw(const struct sah_plot_rows *rows,
                        const struct sah_plot_sheet *sheet, double top, double names);

#endif
