/* F15 to F19: where violence lies: its mean place, and how far from borders and capitals.
 *
 * Distances are those of the centre of the cell of PRIO-GRID that an event lies in. That
 * violence of the region lies near borders: OECD and SWAC 2020, "The Geography of Conflict
 * in North and West Africa". */
#include "output/facts/families.h"
#include "output/facts/sift.h"

#include <stdlib.h>

double sah_fact_mean_place(const struct sah_facts_view *view,
                           const struct sah_fact_item *item, const char **why) {
    double sum = 0, n = 0;
    SAH_SIFT(view, i, item->from, item->to, item->arg & SAH_PLACE_COUNTRY) {
        const struct sah_fact_event *e = &view->event[i];
        sum += item->arg & SAH_PLACE_LON ? e->lon : e->lat;
        n++;
    }
    return sah_fact_share(sum, n, why);
}

static double no_ground(const char **why) {
    *why = "the geography has no border or capital there";
    return NAN;
}

double sah_fact_border(const struct sah_facts_view *view,
                       const struct sah_fact_item *item, const char **why) {
    struct sah_sample km = {0};
    SAH_SIFT(view, i, item->from, item->to, SAH_FACT_ALL) {
        if (isnan(view->event[i].border_km)) no_ground(why);
        sah_sample_add(&km, (double)view->event[i].border_km);
    }
    double value = *why ? NAN : sah_sample_quantile(&km, 0.5);
    return sah_sample_end(&km, value, why);
}

double sah_fact_near_border(const struct sah_facts_view *view,
                            const struct sah_fact_item *item, const char **why) {
    double near = 0, all = 0;
    SAH_SIFT(view, i, item->from, item->to, SAH_FACT_ALL) {
        if (isnan(view->event[i].border_km)) return no_ground(why);
        near += view->event[i].border_km < 50;
        all++;
    }
    return sah_fact_share(near, all, why);
}

/* Each cell that was active in the period once. */
double sah_fact_capital(const struct sah_facts_view *view,
                        const struct sah_fact_item *item, const char **why) {
    bool *seen = calloc(SAH_FACT_GIDS + 1, sizeof *seen);
    struct sah_sample km = {.failed = !seen};
    SAH_SIFT(view, i, item->from, item->to, SAH_FACT_ALL) {
        const struct sah_fact_event *e = &view->event[i];
        if (!seen || seen[e->gid]) continue;
        if (isnan(e->capital_km)) no_ground(why);
        seen[e->gid] = true;
        sah_sample_add(&km, (double)e->capital_km);
    }
    free(seen);
    double value = *why ? NAN : sah_sample_quantile(&km, 0.5);
    return sah_sample_end(&km, value, why);
}
