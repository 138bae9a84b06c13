/* F6, F7: who fights whom. F30: the kinds of attack of the umbrella's groups, counted
 * whether deadly or not. F31: what an explosive device does to those it strikes.
 *
 * Sources: UCDP's three kinds of organised violence, Sundberg and Melander 2013; kinds of
 * attack: LWJ 2018, 276 attacks; dead per casualty: L'Aube 2020 (docs/facts.md 6.3). */
#include "output/facts/families.h"
#include "output/facts/sift.h"

double sah_fact_violence_share(const struct sah_facts_view *view,
                               const struct sah_fact_item *item, const char **why) {
    double n = 0, all = 0;
    SAH_SIFT(view, i, item->from, item->to, SAH_FACT_ALL) {
        n += (int)view->event[i].violence == item->arg;
        all++;
    }
    return sah_fact_share(n, all, why);
}

double sah_fact_one_sided_deaths(const struct sah_facts_view *view,
                                 const struct sah_fact_item *item, const char **why) {
    double n = 0, all = 0;
    SAH_SIFT(view, i, item->from, item->to, SAH_FACT_ALL) {
        const struct sah_fact_event *e = &view->event[i];
        n += e->violence == SAH_ONE_SIDED ? e->deaths : 0;
        all += e->deaths;
    }
    return sah_fact_share(n, all, why);
}

/* All that happened where that is known, else what is recorded. */
static const struct sah_fact_event *acts(const struct sah_facts_view *view, size_t *n) {
    *n = view->act ? view->nacts : view->n;
    return view->act ? view->act : view->event;
}

static bool is_within(const struct sah_fact_event *e,
                      const struct sah_fact_item *item) {
    return e->year >= item->from && e->year <= item->to && e->country >= 0 &&
           e->lon < SAH_FACT_EAST;
}

static double no_kinds(const char **why) {
    *why = "the list tells no kinds of attack";
    return NAN;
}

double sah_fact_attack_share(const struct sah_facts_view *view,
                             const struct sah_fact_item *item, const char **why) {
    size_t count;
    const struct sah_fact_event *e = acts(view, &count);
    double n = 0, all = 0;
    if (!view->tells_kinds) return no_kinds(why);
    for (size_t i = 0; i < count; i++) {
        bool theirs = e[i].a == SAH_UMBRELLA || e[i].a == SAH_MACINA;
        if (!is_within(&e[i], item) || !theirs || e[i].kind == SAH_NO_KIND) continue;
        n += (int)e[i].kind == item->arg;
        all++;
    }
    return sah_fact_share(n, all, why);
}

double sah_fact_device_deaths(const struct sah_facts_view *view,
                              const struct sah_fact_item *item, const char **why) {
    size_t count;
    const struct sah_fact_event *e = acts(view, &count);
    double dead = 0, casualties = 0;
    if (!view->tells_kinds) return no_kinds(why);
    for (size_t i = 0; i < count; i++) {
        bool other = e[i].b == SAH_STATE || e[i].b == SAH_FOREIGN;
        bool meant = item->arg == SAH_MISSION ? e[i].b == SAH_MISSION : other;
        if (!is_within(&e[i], item) || e[i].kind != SAH_DEVICE || !meant) continue;
        dead += e[i].deaths_b;
        casualties += e[i].deaths_b + e[i].wounded;
    }
    if (isnan(casualties)) *why = "the list tells no wounded";
    return isnan(casualties) ? NAN : sah_fact_share(dead, casualties, why);
}
