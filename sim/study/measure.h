/* A measure: one number taken from a run while it goes on in memory.
 *
 *     {name: deaths near sites, of: deaths_per_cell, where: {gold_km: [0, 60]},
 *      from: 2017-01-01, reduce: sum, per: {of: deaths}}
 *     {name: tail, events: {column: deaths, reduce: tail, xmin: 12}}
 *
 * Of an observable of the family: `where` picks entries (where.h), `reduce` goes over
 * the days, `cells` over the entries. Sums and means over entries are taken each day
 * and then reduced; the others are taken of what each entry was reduced to. A field
 * that shares its name with a series is called name_per_cell. Of the event log: a
 * column of the events that `where` picks. `per` divides by another measure.
 *
 * What is not defined, such as 0/0, is NaN. */
#ifndef SAH_STUDY_MEASURE_H
#define SAH_STUDY_MEASURE_H
#include "sim/kernel/world.h"

/* sums for flows, means for stocks; of events their number, or the sum of a column */
enum sah_reduce {
    SAH_REDUCE_USUAL,
    SAH_REDUCE_SUM,
    SAH_REDUCE_MEAN,
    SAH_REDUCE_LAST,
    SAH_REDUCE_MAX,
    SAH_REDUCE_VAR,      /* over days */
    SAH_REDUCE_ACTIVE,   /* number of entries that were ever above `above` */
    SAH_REDUCE_COUNT,    /* of events, from here on */
    SAH_REDUCE_SHARE,    /* events whose column is above `above`, of all */
    SAH_REDUCE_QUANTILE, /* the least value with `quantile` of events up to it */
    SAH_REDUCE_TAIL,     /* exponent of a discrete power law from `xmin` */
};

enum sah_over {
    SAH_OVER_SUM,
    SAH_OVER_MEAN,
    SAH_OVER_MAX,
    SAH_OVER_COUNT,   /* of entries above `above` */
    SAH_OVER_HHI,     /* sum of squared shares */
    SAH_OVER_ENTROPY, /* of shares, in nats */
    SAH_OVER_PAIRS,   /* chance that two counted in one month share the entry */
};

enum sah_weigh { SAH_WEIGH_NONE, SAH_WEIGH_AREA, SAH_WEIGH_PEOPLE };

struct sah_measure {
    char *name, *of, *column, *log;
    char *path;              /* for messages */
    int32_t from, to;        /* days, both measured */
    struct sah_reals months; /* 1 to 12; none: all */
    int reduce, cells, weigh;
    double above, quantile, xmin;
    const struct sah_node *node, *where; /* what was written; may be NULL */
    bool is_events;
    struct sah_measure *per; /* owned by the binding; may be NULL */
};

/* Reads one mapping; keys in `also` are left to the caller. Tree and binding must
 * outlive the measure. Nothing is known of a world yet. */
int sah_measure_bind(struct sah_scenario *scenario, struct sah_node *node,
                     const char *path, const char *const *also, size_t nalso,
                     struct sah_measure *measure, struct sah_binding *binding,
                     struct sah_error *err);

/* Measures at work on one world, which must outlive them; NULL without memory. */
struct sah_probes;
struct sah_probes *sah_probes_create(const struct sah_world *world);
void sah_probes_free(struct sah_probes *probes);
/* One more measure; the first is number 0. Names are checked against the world: all
 * mistakes are told, and the measure is left out. NULL for `probes`: no memory. */
int sah_probes_add(struct sah_probes *probes, const struct sah_measure *measure,
                   struct sah_error *err);
/* After each day; changes nothing in the world. */
int sah_probes_day(struct sah_probes *probes, struct sah_error *err);
/* Of the days so far. */
double sah_probes_value(const struct sah_probes *probes, size_t k);
/* The unit of the value, from the observable's; at least 64 bytes. */
void sah_probes_unit(const struct sah_probes *probes, size_t k, char unit[static 64]);

/* The exponent a > 1 that makes whole numbers x >= xmin most likely under
 * p(x) = x^-a / zeta(a, xmin): Clauset, Shalizi and Newman (2009), eq. 3.5. NaN for
 * fewer than 10 of them, or where all equal xmin. */
double sah_tail_exponent(const double *value, size_t n, double xmin);

#endif
