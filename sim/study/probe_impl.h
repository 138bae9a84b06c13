/* A measure at work: made (probe_make.c), taken day by day (probe_day.c), and reduced to a
 * number with its unit (probe_number.c); several together are in probe.c. */
#ifndef SAH_STUDY_PROBE_IMPL_H
#define SAH_STUDY_PROBE_IMPL_H
#include "sim/study/measure.h"
#include "sim/study/sight.h"
#include "sim/study/where.h"

struct sah_tally { /* of one entry, or of all together, over days */
    double sum, squares, most, last;
    double month, pairs; /* counted this month; pairs within months before */
};

struct sah_probe {
    const struct sah_measure *m;
    struct sah_probe *per;
    size_t days; /* measured */
    /* of an observable */
    const struct sah_observable *what;
    struct sah_sight *sight;
    int reduce;
    bool by_entry; /* each entry has its own tally */
    size_t count;
    uint8_t *mask;           /* [count] */
    size_t n, *entry;        /* those in the mask, from the first day on */
    double *weight;          /* [count] of cells; NULL: equal */
    double weights;          /* of those in the mask */
    struct sah_tally *tally; /* [n], or one for all */
    struct sah_tally all;    /* entries together, for pairs */
    /* of events */
    struct sah_where_events where;
    int column; /* -1: none */
    const char *column_unit;
    double *value;
    size_t nvalues, capacity;
};

/* All mistakes are told; free what was made in any case. */
int sah_probe_make(const struct sah_measure *m, const struct sah_world *world,
                   struct sah_sights *sights, struct sah_probe **probe,
                   struct sah_error *err);
void sah_probe_drop(struct sah_probe *p);

/* The log that a measure names; NULL where the model keeps none of that name. */
const struct sah_log *sah_probe_log(const struct sah_world *world,
                                    const struct sah_measure *m);

/* The world's day, if it is one of the measure's. */
int sah_probe_day(struct sah_probe *p, const struct sah_world *world,
                  struct sah_error *err);
/* All entries of today in one number. */
double sah_probe_total(const struct sah_probe *p, const double *today);
/* What counts on its last day only is looked at when that day, or the question, comes. */
bool sah_probe_can_wait(const struct sah_probe *p, const struct sah_world *world);
/* Ordered pairs among n that are counted. */
static inline double sah_pairs_of(double n) {
    return n * (n - 1);
}

/* NaN where nothing was measured. */
double sah_probe_number(const struct sah_probe *p, const struct sah_world *world);
/* Without what it is measured against. */
const char *sah_probe_unit(const struct sah_probe *p);

#endif
