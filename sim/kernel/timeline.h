/* Dated changes and ramps of any bound value that is not fixed.
 *
 *   timeline:
 *     - {date: 2020-01-13, what: forces.barkhane.strength, to: 4720, over: 60 d,
 *        why: Pau summit}
 *
 * A value is a function of the day: a ramp runs straight from the value it finds on its
 * date to `to` over `over` days (numbers only; others change at once). A later change
 * of the same value starts from what it finds and takes over. Before its first change a
 * value stays as it was bound. */
#ifndef SAH_TIMELINE_H
#define SAH_TIMELINE_H
#include "sim/kernel/scenario.h"

struct sah_change {
    int32_t day;
    double over_day;
    double from, to; /* a switch 0 or 1, a choice its index, a date its day number */
    struct sah_setting *target;
    char *why;                /* "" where none is given */
    struct sah_origin origin; /* of the entry */
    size_t order;             /* among all entries, those of the bases first */
    bool first;               /* of its target */
};

struct sah_timeline {
    size_t n;
    struct sah_change *change; /* by date, then by order */
};

/* Reads the `timeline` sequence of a scenario against a binding, which must outlive it.
 * Collects all errors; free the timeline in any case. */
int sah_timeline_bind(struct sah_timeline *timeline, struct sah_scenario *scenario,
                      struct sah_binding *binding, struct sah_error *err);
void sah_timeline_free(struct sah_timeline *timeline);

/* The value a change gives its target on a day, not before its own. */
double sah_change_value(const struct sah_change *change, int32_t day);

/* Sets every target to its value on `day`. Days may come in any order. */
void sah_timeline_apply(const struct sah_timeline *timeline, int32_t day);

#endif
