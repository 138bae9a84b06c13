/* Twins: runs that share their seed and differ in one thing.
 *
 * In replicate r all arms of a comparison run with seed sah_seed_of(seed, r), so that
 * they share their draws and a difference of two values is the effect of what differs
 * (common random numbers: Law 2015, Simulation Modeling and Analysis, ch. 11). An arm
 * asked for twice runs once. Worlds run one to a thread; no value depends on how many
 * threads there are. */
#ifndef SAH_STUDY_PAIR_H
#define SAH_STUDY_PAIR_H
#include "sim/study/measure.h"
#include "sim/study/run.h"

struct sah_arm; /* a scenario and what is measured of it */

struct sah_twins {
    uint64_t seed;
    const struct sah_family *const *families;
    size_t nfamilies;
    const char *geography, *data; /* as in sah_run_request */
    const char *const *set;       /* "key.path=value", laid last upon every arm */
    size_t nset;
    int (*admit)(const struct sah_world *world, void *host, struct sah_error *err);
    void *host;   /* both as in sah_run_request, asked once for every arm */
    size_t narms; /* from here on filled by the functions below */
    struct sah_arm *arm;
};

/* The arm of a scenario with settings laid over it, in turn; NULL among them is
 * nothing. Told twice, an arm keeps its number, and needs the larger of the replicates
 * asked for. All mistakes of the scenario are in `err`. */
int sah_twins_arm(struct sah_twins *twins, const char *scenario,
                  const struct sah_node *const *settings, size_t nsettings,
                  size_t replicates, size_t *arm, struct sah_error *err);
/* Has the measure taken in an arm; told twice, it keeps its number. */
int sah_twins_measure(struct sah_twins *twins, size_t arm,
                      const struct sah_measure *measure, size_t *slot,
                      struct sah_error *err);
size_t sah_twins_runs(const struct sah_twins *twins);
/* The world of day 0. */
const struct sah_world *sah_twins_world(const struct sah_twins *twins, size_t arm);

/* Who looks on at whole worlds: `begin` makes what it keeps of one run, which `end` takes
 * over. */
struct sah_twins_eye {
    int (*begin)(void *user, size_t arm, size_t replicate,
                 const struct sah_world *world, void **kept, struct sah_error *err);
    int (*day)(void *kept, const struct sah_world *world, struct sah_error *err);
    int (*end)(void *user, void *kept, bool good,
               struct sah_error *err); /* one at a time */
    void *user;
};

struct sah_twins_watch {
    void (*done)(void *user, size_t done, size_t runs); /* one thread at a time */
    void *user;
    const atomic_int *stop; /* as in sah_run_watch */
    const struct sah_twins_eye *eye;   /* may be NULL */
};
/* Runs go replicate by replicate, in each arm by arm. */
int sah_twins_run(struct sah_twins *twins, const struct sah_twins_watch *watch,
                  struct sah_error *err);
void sah_twins_free(struct sah_twins *twins);

double sah_twins_value(const struct sah_twins *twins, size_t arm, size_t slot,
                       size_t replicate);
/* The unit of a measure in an arm. */
void sah_twins_unit(const struct sah_twins *twins, size_t arm, size_t slot,
                    char unit[static 64]);

/* ---- effects ---- */

/* One side of a contrast: values of an arm, one a replicate, and their weight, such as
 * -1 and 1, or 1, -1, -1, 1 for what two things do together beyond what each does. */
struct sah_side {
    const double *value;
    double weight;
};

struct sah_effect {
    size_t n, dropped;  /* replicates used; those in which a value was NaN */
    double mean, error; /* of the weighted sum: over replicates; its standard error */
    double low, high;   /* 95 % interval of the mean, Student's t */
    double z;           /* mean / error; infinite where all agree on a mean not 0 */
    double variance_ratio; /* of the sum, against sides run with seeds of their own */
};
struct sah_effect sah_effect_of(const struct sah_side *sides, size_t nsides, size_t n);

#endif
