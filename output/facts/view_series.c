/* Series and ledgers become what a list of events cannot tell: displaced people, strengths,
 * reasons of recruits. */
#include "output/facts/families.h"
#include "output/facts/view_result.h"

#include <string.h>

static int no_memory(struct sah_error *err) {
    return sah_error_add(err, SAH_MEMORY, "no memory for facts");
}

static int find_label(const struct sah_facts_block *block, const char *label) {
    for (size_t i = 0; i < block->items; i++)
        if (strcmp(block->label[i], label) == 0) return (int)i;
    return -1;
}

int sah_facts_take_displaced(const struct sah_facts_block *block,
                             struct sah_facts_view *view, struct sah_error *err) {
    for (int c = 0; c < SAH_FACT_STATES; c++) {
        int item = find_label(block, sah_fact_iso3[c]);
        for (size_t t = 0; item >= 0 && t < block->periods; t++)
            if (!sah_fact_series_add(&view->displaced[c], block->last[t],
                                     block->value[t * block->items + (size_t)item]))
                return no_memory(err);
    }
    return SAH_OK;
}

/* Does the chain of pledges lead from a faction to the umbrella? */
static bool is_member(const double *pledged, size_t n, size_t faction,
                      size_t umbrella) {
    for (size_t steps = 0; steps <= n && faction < n; steps++) {
        if (faction == umbrella) return true;
        if (!(pledged[faction] >= 0 && pledged[faction] < (double)n)) return false;
        faction = (size_t)pledged[faction];
    }
    return false;
}

/* Fighters of all members; 0 while the umbrella has none. */
static double umbrella_of(const double *fighters, const double *pledged, size_t n,
                          size_t umbrella) {
    double sum = 0;
    bool any = false;
    for (size_t f = 0; f < n; f++) {
        if (!is_member(pledged, n, f, umbrella)) continue;
        sum += fighters[f];
        any |= f != umbrella;
    }
    return any ? sum : 0;
}

int sah_facts_take_strengths(const struct sah_facts_block *fighters,
                             const struct sah_facts_block *pledged,
                             struct sah_facts_view *view, struct sah_error *err) {
    int umbrella = find_label(fighters, "jnim"),
        rival = find_label(fighters, "is_sahel");
    size_t n = fighters->items;
    if (umbrella < 0 || rival < 0 || pledged->items != n) return SAH_OK;
    for (size_t t = 0; t < fighters->periods; t++) {
        const double *strength = fighters->value + t * n;
        double all = umbrella_of(strength, pledged->value + t * n, n, (size_t)umbrella);
        if (!sah_fact_series_add(&view->umbrella, fighters->last[t], all) ||
            !sah_fact_series_add(&view->rival, fighters->last[t], strength[rival]))
            return no_memory(err);
    }
    return SAH_OK;
}

void sah_facts_take_reasons(const struct sah_facts_block *block,
                            struct sah_facts_view *view) {
    static const char *const name[] = {[SAH_REASON_JOBS] = "jobs",
                                       [SAH_REASON_BELIEF] = "belief",
                                       [SAH_REASON_ABUSE] = "abuse",
                                       [SAH_REASON_FEUD] = "feud"};
    size_t n = block->items * block->each;
    for (size_t i = 0; i < n * block->periods; i++) {
        const char *label = block->label[i % n / block->each];
        view->recruits += block->value[i];
        for (size_t k = 0; k < sizeof name / sizeof name[0]; k++)
            if (strcmp(label, name[k]) == 0) view->reason[k] += block->value[i];
    }
}
