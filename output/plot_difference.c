/* Maps of what scenario b has more or less than a, a panel for each year; blank where 0 lies
 * in the 95 % interval of the cell (Student's t over the replicates). */
#include "output/comparison.h"
#include "output/difference.h"
#include "output/map.h"
#include "output/plot_impl.h"

#include "sim/kernel/calendar.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_YEARS = 30, YEAR_TEXT = 8 };
static const char USUAL[] = "deaths";

/* How many cells are left. */
static size_t blank_chance(struct sah_difference *d, int64_t replicates) {
    size_t left = 0, n = d->nyears * (size_t)d->grid.ncells;
    double wide =
        replicates > 1 ? gsl_cdf_tdist_Pinv(0.975, (double)replicates - 1) : 0;
    for (size_t i = 0; i < n; i++) {
        bool clear = replicates > 1 && fabs(d->value[i]) > wide * d->error[i];
        if (!clear) d->value[i] = NAN;
        left += clear;
    }
    return left;
}

static void make_panels(const struct sah_difference *d, struct sah_map_panel *panel,
                        char (*title)[YEAR_TEXT]) {
    for (size_t y = 0; y < d->nyears; y++) {
        snprintf(title[y], YEAR_TEXT, "%d", sah_date_of(d->day[y]).year % 10000);
        panel[y] = (struct sah_map_panel){d->nyears > 1 ? title[y] : NULL,
                                          d->value + y * (size_t)d->grid.ncells, -1};
    }
}

/* "Deaths: mean of b less a over replicates" without what follows the colon; with the year
 * where there is one alone, as its panel then has no title. */
static void write_title(const struct sah_difference *d, char title[SAH_PLOT_LINE]) {
    int n = snprintf(title, SAH_PLOT_LINE, "%.*s: difference",
                     (int)strcspn(d->doc, ":"), d->doc);
    if (d->nyears == 1 && n < SAH_PLOT_LINE)
        snprintf(title + n, (size_t)(SAH_PLOT_LINE - n), ", %d",
                 sah_date_of(d->day[0]).year);
}

static int draw(struct sah_difference *d, const struct sah_comparison *c,
                const struct sah_plot_options *options, struct sah_error *err) {
    struct sah_map_panel panel[MOST_YEARS];
    char year[MOST_YEARS][YEAR_TEXT], title[SAH_PLOT_LINE], subtitle[SAH_PLOT_LINE];
    if (d->nyears == 0 || d->nyears > MOST_YEARS)
        return sah_error_add(err, SAH_INPUT, "%s: %zu years; at most %d can be drawn",
                             options->result, d->nyears, MOST_YEARS);
    size_t left = blank_chance(d, c->replicates);
    make_panels(d, panel, year);
    write_title(d, title);
    snprintf(subtitle, sizeof subtitle,
             "%.90s, less: %.90s \u00B7 %lld replicates \u00B7 %s", c->b, c->a,
             (long long)c->replicates,
             left ? "blank: may be chance" : "no cell is clear of chance");
    struct sah_map_field field = {.look = SAH_LOOK_CELLS,
                                  .ramp = SAH_RAMP_RULE,
                                  .scale = SAH_SCALE_SYMMETRIC,
                                  .title = "Difference",
                                  .what = "Difference by cell"};
    struct sah_map map = {.title = title,
                          .subtitle = subtitle,
                          .mark = c->source,
                          .unit = d->unit,
                          .field = &field,
                          .grid = &d->grid,
                          .geo = d->geo,
                          .panel = panel,
                          .npanels = d->nyears};
    return sah_map_draw(&map, &options->picture, err);
}

int sah_plot_difference(const struct sah_plot_options *options, struct sah_error *err) {
    struct sah_comparison comparison;
    struct sah_difference difference = {0};
    int code = sah_comparison_read(options->result, &comparison, err);
    if (!code)
        code = sah_difference_read(
            options->result, options->only ? options->only : USUAL, &difference, err);
    if (!code) code = draw(&difference, &comparison, options, err);
    sah_difference_free(&difference);
    sah_comparison_free(&comparison);
    return code;
}
