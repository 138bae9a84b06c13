/* F20 to F24: how violence clings together in space and goes on in time, on the cells of
 * the three countries.
 *
 *     Moran's I   (n / W) sum_ij w_ij (x_i - m)(x_j - m) / sum_i (x_i - m)^2,
 *                 x = log(1 + events of the year), w_ij = 1 for queen's neighbours
 *     contagion   of the active cells, the share that was active the year before or lay
 *                 beside a cell that was
 *     new cells   of the active cells that were quiet the year before, the share that lay
 *                 beside an active one
 *     hazard      of the quiet cells beside an active one, or elsewhere, the share that
 *                 is active the next year
 *     staying     of the active cells, the share that is active the next year
 *
 * Sources: Moran 1950; contagion and its hazards after Schutte and Weidmann 2011. */
#include "output/facts/families.h"
#include "output/facts/sift.h"

#include <string.h>

static void count(const struct sah_facts_view *view, int year,
                  double events[static SAH_FACT_CELLS]) {
    memset(events, 0, SAH_FACT_CELLS * sizeof *events);
    SAH_SIFT(view, i, year, year, SAH_FACT_ALL) {
        int cell = sah_fact_cell(view->event[i].gid);
        if (cell >= 0) events[cell]++;
    }
}

double sah_fact_moran(const struct sah_facts_view *view,
                      const struct sah_fact_item *item, const char **why) {
    double x[SAH_FACT_CELLS], mean = 0, cross = 0, weight = 0, square = 0;
    count(view, item->from, x);
    for (int i = 0; i < SAH_FACT_CELLS; i++) {
        x[i] = log1p(x[i]);
        mean += x[i] / SAH_FACT_CELLS;
    }
    for (int i = 0; i < SAH_FACT_CELLS; i++) {
        int beside[8], n = sah_fact_neighbours(i, beside);
        for (int k = 0; k < n; k++) cross += (x[i] - mean) * (x[beside[k]] - mean);
        weight += n;
        square += (x[i] - mean) * (x[i] - mean);
    }
    if (square > 0) return SAH_FACT_CELLS / weight * cross / square;
    *why = "no event in the period";
    return NAN;
}

/* What the cells were the year before, and are now. */
struct turn {
    double before[SAH_FACT_CELLS], now[SAH_FACT_CELLS];
};

static void read_turn(const struct sah_facts_view *view, int year, struct turn *turn) {
    count(view, year - 1, turn->before);
    count(view, year, turn->now);
}

static bool is_beside(const struct turn *turn, int cell) {
    int beside[8], n = sah_fact_neighbours(cell, beside);
    for (int k = 0; k < n; k++)
        if (turn->before[beside[k]] > 0) return true;
    return false;
}

double sah_fact_contagion(const struct sah_facts_view *view,
                          const struct sah_fact_item *item, const char **why) {
    struct turn turn;
    double near = 0, all = 0;
    read_turn(view, item->from, &turn);
    for (int i = 0; i < SAH_FACT_CELLS; i++) {
        if (!(turn.now[i] > 0)) continue;
        near += turn.before[i] > 0 || is_beside(&turn, i);
        all++;
    }
    return sah_fact_share(near, all, why);
}

double sah_fact_new_cells(const struct sah_facts_view *view,
                          const struct sah_fact_item *item, const char **why) {
    struct turn turn;
    double near = 0, all = 0;
    read_turn(view, item->from, &turn);
    for (int i = 0; i < SAH_FACT_CELLS; i++) {
        if (!(turn.now[i] > 0) || turn.before[i] > 0) continue;
        near += is_beside(&turn, i);
        all++;
    }
    return sah_fact_share(near, all, why);
}

double sah_fact_hazard(const struct sah_facts_view *view,
                       const struct sah_fact_item *item, const char **why) {
    struct turn turn;
    double turned = 0, quiet = 0;
    read_turn(view, item->from, &turn);
    for (int i = 0; i < SAH_FACT_CELLS; i++) {
        bool meant = is_beside(&turn, i) == (item->arg == SAH_HAZARD_BESIDE);
        if (turn.before[i] > 0 || !meant) continue;
        turned += turn.now[i] > 0;
        quiet++;
    }
    return sah_fact_share(turned, quiet, why);
}

double sah_fact_staying(const struct sah_facts_view *view,
                        const struct sah_fact_item *item, const char **why) {
    struct turn turn;
    double stayed = 0, all = 0;
    read_turn(view, item->from, &turn);
    for (int i = 0; i < SAH_FACT_CELLS; i++) {
        if (!(turn.before[i] > 0)) continue;
        stayed += turn.now[i] > 0;
        all++;
    }
    return sah_fact_share(stayed, all, why);
}
