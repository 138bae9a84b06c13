/* Small Sahel worlds for tests: six by four degrees around Gao, Djibo and Ansongo, three
 * factions under an umbrella to come, three armies, a partner and a mission, a year.
 *
 * The scenario names every rate that matters here, so that no test depends on the values
 * to which the model is calibrated. Settings ("key.path=value") lie above it. */
#ifndef SAH_TESTS_TINY_WORLD_H
#define SAH_TESTS_TINY_WORLD_H
#include "models/sahel/world.h"

/* A list of settings ended by NULL, as the functions below want it. */
#define SETS(...) ((const char *const[]){__VA_ARGS__, NULL})

enum tiny_faction {
    TINY_LEAGUE,
    TINY_RIVER,
    TINY_HILLS,
    TINY_SAND,
    TINY_EMBERS, /* a free row for a splinter */
    TINY_FACTIONS
};
enum tiny_force {
    TINY_NORTH, /* Mali's army */
    TINY_SOUTH, /* Burkina Faso's */
    TINY_EAST,  /* Niger's */
    TINY_PARTNER,
    TINY_MISSION,
    TINY_FORCES
};

/* ---- life: a failure to make or step a world fails the test ------------------------- */

const char *tiny_scenario(void);                      /* its text */
struct sah_world *tiny_make(const char *const *sets); /* NULL: none; free it */
struct sah_world *tiny_make_seed(uint64_t seed, const char *const *sets);
/* From another scenario; `base` names the text in messages. */
struct sah_world *tiny_make_text(const char *yaml, const char *const *sets);
void tiny_run(struct sah_world *world, int days);
void tiny_verify(const struct sah_world *world);

/* No switch is on, no unit patrols, nobody is paid, nobody leaves: nothing happens but
 * what a test does or switches on. The settings of `sets` lie above that. */
struct sah_world *tiny_make_still(const char *const *sets);

/* ---- counts -------------------------------------------------------------------------- */

struct tiny_tally { /* sums of the daily counters */
    double events, deaths, kind_events[SAHEL_NKINDS], kind_deaths[SAHEL_NKINDS];
    double fighters_killed, soldiers_killed, civilians_killed;
    double recruits, reason[SAHEL_NREASONS], left, fled, returned;
    double usd[SAHEL_NSTREAMS];
};
void tiny_count(const struct sah_world *world,
                struct tiny_tally *tally); /* adds today */
struct tiny_tally tiny_run_count(struct sah_world *world, int days);

int32_t tiny_cell(const struct sah_world *world, const char *place);
int64_t tiny_fighters(const struct sah_world *world, int faction); /* -1: of all */
double tiny_mean(const float *field, size_t n);

/* A new band beside the scenario's, its fighters in the books; returns its index. */
size_t tiny_add_band(struct sah_world *world, int faction, int32_t cell, int fighters);
/* Takes all bands away, from the books too. */
void tiny_clear_bands(struct sah_world *world);

/* ---- paired runs: the same seeds, the same draws, one difference -------------------- */

/* Runs a world as long as it likes and measures it: once, or several things at a time. */
typedef double tiny_measure(struct sah_world *world);
enum { TINY_MEASURES = 3, TINY_SEEDS = 64 };
typedef void tiny_measures(struct sah_world *world, double measured[TINY_MEASURES]);

struct tiny_contrast {
    double mean_a, mean_b;
    double difference, error; /* mean of b - a, and its standard error */
};
/* With SAH_TEST_PAIRS=N in the environment only N pairs are run where more are asked for,
 * and the test is then skipped, as they tell too little: for sanitizers. */
struct tiny_contrast tiny_pair(tiny_measure *measure, const char *const *a,
                               const char *const *b, int seeds);

/* The same in two steps, where several things are measured in one run, or several are
 * compared with the same runs. */
struct tiny_sample {
    int asked, n; /* seeds */
    double value[TINY_MEASURES][TINY_SEEDS];
};
struct tiny_sample tiny_sample(tiny_measures *measures, const char *const *sets,
                               int seeds);
struct tiny_sample tiny_sample_one(tiny_measure *measure, const char *const *sets,
                                   int seeds);
struct tiny_contrast tiny_compare(const struct tiny_sample *a,
                                  const struct tiny_sample *b, int measure);
/* The difference is above (below) zero by `errors` standard errors; told in any case. */
void tiny_assert_above(const char *what, struct tiny_contrast contrast, double errors);
void tiny_assert_below(const char *what, struct tiny_contrast contrast, double errors);

#endif
