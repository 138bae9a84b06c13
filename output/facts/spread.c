/* F10 to F14: over how many cells violence lies, and how unevenly.
 *
 * A cell is active in a year in which it has an event. Cells: PRIO-GRID, Tollefsen, Strand
 * and Buhaug 2012. */
#include "output/facts/families.h"
#include "output/facts/sift.h"

#include <stdlib.h>

/* Different cells with an event, of a country (by the cell's own) or of all. */
static double active(const struct sah_facts_view *view, int from, int to, int country,
                     const char **why) {
    struct sah_sample cells = {0};
    SAH_SIFT(view, i, from, to, SAH_FACT_ALL) {
        int cell = sah_fact_cell(view->event[i].gid);
        bool meant = country == SAH_FACT_ALL ||
                     (cell >= 0 && sah_fact_cell_country(cell) == country);
        if (meant) sah_sample_add(&cells, view->event[i].gid);
    }
    sah_sample_unique(&cells);
    return sah_sample_end(&cells, (double)cells.n, why);
}

double sah_fact_active_cells(const struct sah_facts_view *view,
                             const struct sah_fact_item *item, const char **why) {
    return active(view, item->from, item->to, item->arg, why);
}

double sah_fact_ever_active(const struct sah_facts_view *view,
                            const struct sah_fact_item *item, const char **why) {
    return active(view, INT32_MIN, item->to, SAH_FACT_ALL, why);
}

double sah_fact_cell_months(const struct sah_facts_view *view,
                            const struct sah_fact_item *item, const char **why) {
    struct sah_sample months = {0};
    SAH_SIFT(view, i, item->from, item->to, SAH_FACT_ALL) {
        const struct sah_fact_event *e = &view->event[i];
        sah_sample_add(&months, (e->year * 12.0 + e->month) * 1e6 + e->gid);
    }
    sah_sample_unique(&months);
    double all = (double)SAH_FACT_CELLS * SAH_FACT_MONTHS * (item->to - item->from + 1);
    return sah_sample_end(&months, 100 * (double)months.n / all, why);
}

/* Sums by cell: of deaths, or of events; sorted, least first. */
static struct sah_sample cell_sums(const struct sah_facts_view *view,
                                   const struct sah_fact_item *item, bool deaths) {
    double *sum = calloc(SAH_FACT_GIDS + 1, sizeof *sum);
    struct sah_sample sums = {.failed = !sum};
    if (!sum) return sums;
    SAH_SIFT(view, i, item->from, item->to, SAH_FACT_ALL)
    sum[view->event[i].gid] += deaths ? view->event[i].deaths : 1;
    for (int32_t gid = 1; gid <= SAH_FACT_GIDS; gid++)
        if (sum[gid] > 0) sah_sample_add(&sums, sum[gid]);
    free(sum);
    sah_sample_sort(&sums);
    return sums;
}

/* A tenth of the active cells, rounded, one at least: the busiest by the very measure. */
double sah_fact_busiest(const struct sah_facts_view *view,
                        const struct sah_fact_item *item, const char **why) {
    struct sah_sample sums = cell_sums(view, item, item->arg == SAH_BUSIEST_DEATHS);
    size_t tenth = (size_t)lround(0.1 * (double)sums.n);
    double top = 0, all = 0;
    if (tenth == 0) tenth = 1;
    for (size_t i = 0; i < sums.n; i++) {
        all += sums.value[i];
        if (i + tenth >= sums.n) top += sums.value[i];
    }
    return sah_sample_end(&sums, all > 0 ? top / all : NAN, why);
}
