/* Rows of bars on one axis, with a name at the left and words at their ends: bars may begin
 * anywhere, run to either side and carry an interval. */
#ifndef SAH_OUTPUT_ROWS_H
#define SAH_OUTPUT_ROWS_H
#include "output/chart.h"

enum { SAH_ROW_BARS = 2, SAH_ROW_WORD = 64 };

struct sah_row_bar {
    double from, to;
    double low, high; /* an interval around `to`; NAN: none */
    struct sah_colour colour;
    char word[SAH_ROW_WORD]; /* at its end */
    int lane;                /* below which of the row it lies, from 0 */
};
struct sah_row {
    const char *label;
    size_t nbars;
    struct sah_row_bar bar[SAH_ROW_BARS];
};

/* Height of `n` rows with so many lanes. */
double sah_rows_height(size_t n, int lanes, double type_pt);
/* Room for names at the left, at most `most`; for words at the ends. */
double sah_rows_names(const struct sah_row *row, size_t n, double type_pt, double most);
double sah_rows_words(const struct sah_row *row, size_t n, double type_pt);
/* A scale that just holds all bars and intervals, and 0. */
struct sah_scale sah_rows_scale(const struct sah_row *row, size_t n);
/* Into the frame of a chart, whose `across` is the axis. Names are so wide and end so far to
 * the left of the frame. */
void sah_rows_draw(const struct sah_chart *chart, const struct sah_row *row, size_t n,
                   int lanes, double names, double apart);

#endif
