/* F32 to F34, F39, F40: shares and strengths of armed groups, the war between the two
 * camps, and what government forces do to civilians.
 *
 * Militant events are those with a militant group on either side. Sources: shares
 * of 2018, Le Roux 2019 and Africa Center 2019b; strengths, docs/facts.md 1.1; 25 deaths
 * in a year make a conflict in UCDP's sense, Sundberg and Melander 2013. */
#include "output/facts/families.h"
#include "output/facts/sift.h"

#include "sim/kernel/calendar.h"

static bool has(const struct sah_fact_event *e, enum sah_role role) {
    return e->a == role || e->b == role;
}

static bool is_militant(const struct sah_fact_event *e) {
    return sah_role_militant(e->a) || sah_role_militant(e->b);
}

double sah_fact_rival_share(const struct sah_facts_view *view,
                            const struct sah_fact_item *item, const char **why) {
    double rival = 0, all = 0;
    SAH_SIFT(view, i, item->from, item->to, SAH_FACT_ALL) {
        rival += has(&view->event[i], SAH_RIVAL);
        all += is_militant(&view->event[i]);
    }
    return sah_fact_share(rival, all, why);
}

double sah_fact_macina_share(const struct sah_facts_view *view,
                             const struct sah_fact_item *item, const char **why) {
    double macina = 0, all = 0;
    if (!view->names_macina) {
        *why = "the list does not tell Macina from the umbrella";
        return NAN;
    }
    SAH_SIFT(view, i, item->from, item->to, SAH_MLI) {
        const struct sah_fact_event *e = &view->event[i];
        if (item->arg == SAH_MACINA_CENTRAL && !e->central) continue;
        macina += e->macina;
        all += e->macina || is_militant(e);
    }
    return sah_fact_share(macina, all, why);
}

/* The mean over the period of what there was while there was anything. */
double sah_fact_strength(const struct sah_facts_view *view,
                         const struct sah_fact_item *item, const char **why) {
    const struct sah_fact_series *series =
        item->arg == SAH_RIVAL ? &view->rival : &view->umbrella;
    double sum = 0, n = 0;
    if (series->n == 0) {
        *why = "a list of events tells no strengths";
        return NAN;
    }
    for (size_t i = 0; i < series->n; i++) {
        int year = sah_date_of(series->day[i]).year;
        if (year < item->from || year > item->to || !(series->value[i] > 0)) continue;
        sum += series->value[i];
        n++;
    }
    if (n > 0) return sum / n;
    *why = "no such group in the period";
    return NAN;
}

/* Deaths between the two; in the first part up to 30 June of the last year. */
double sah_fact_war_of_camps(const struct sah_facts_view *view,
                             const struct sah_fact_item *item, const char **why) {
    (void)why;
    double deaths = 0;
    SAH_SIFT(view, i, item->from, item->to, SAH_FACT_ALL) {
        const struct sah_fact_event *e = &view->event[i];
        bool later = e->year == item->to && e->month > 6;
        if (item->arg == SAH_WAR_BEFORE && later) continue;
        bool between =
            has(e, SAH_RIVAL) && (has(e, SAH_UMBRELLA) || has(e, SAH_MACINA));
        deaths += between ? e->deaths : 0;
    }
    return deaths;
}

double sah_fact_government(const struct sah_facts_view *view,
                           const struct sah_fact_item *item, const char **why) {
    double deaths[2] = {0, 0};
    SAH_SIFT(view, i, item->from, item->to, SAH_FACT_ALL) {
        const struct sah_fact_event *e = &view->event[i];
        bool theirs = e->violence == SAH_ONE_SIDED && e->a == SAH_STATE;
        if (theirs) deaths[e->year == item->to] += e->deaths;
    }
    if (deaths[0] > 0) return deaths[1] / deaths[0];
    *why = "no such deaths in the first year";
    return NAN;
}
