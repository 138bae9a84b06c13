/* Bars that lie: a name, a bar of one or more parts, an amount; the longest fills the
 * frame. */
#ifndef SAH_OUTPUT_BARS_H
#define SAH_OUTPUT_BARS_H
#include "output/chart.h"

enum { SAH_BAR_PARTS = 10 };

struct sah_bar {
    const char *label;
    size_t nparts;
    struct {
        double value;
        struct sah_colour colour;
    } part[SAH_BAR_PARTS];
    double low, high; /* an interval, drawn where high > low; set both 0 otherwise */
    char told[SAH_NUMBER_TEXT]; /* the amount; empty: as it is */
    double weight;              /* for callers that sort; not drawn */
};

double sah_bar_sum(const struct sah_bar *bar);
/* Room a list wants: for names at the left at most `most`, and a row for each; a name that is
 * longer takes two lines. */
double sah_bars_height(const struct sah_bar *bar, size_t n, double type_pt,
                       double names);
double sah_bars_names(const struct sah_bar *bar, size_t n, double type_pt, double most);
/* Bars fill the frame of the chart, which needs no axes; `up` and `across` are not looked at.
 * Names end at the frame's left; with `names` below 0 they
 * are left out, for the rows of a list to the left go on. `full` is
 * the amount of a bar as long as the frame less the room for numbers; 0: the largest. */
void sah_bars_draw(const struct sah_chart *chart, const struct sah_bar *bar, size_t n,
                   double names, double full);

#endif
