/* The world: land, clock, agents, arrays and the cast that moves them.
 *
 * Made from a bound scenario; stepped day by day. All state lies in populations, in
 * arrays made by sah_world_array and in the fields of models; digest, checkpoint and
 * verification walk these lists and need no second one. */
#ifndef SAH_WORLD_H
#define SAH_WORLD_H
#include "sim/kernel/digest.h"
#include "sim/kernel/geography.h"
#include "sim/kernel/grid.h"
#include "sim/kernel/log.h"
#include "sim/kernel/model.h"
#include "sim/kernel/population.h"
#include "sim/kernel/scenario.h"
#include "sim/kernel/timeline.h"

struct sah_run_params { /* section `run` */
    char *model, *title;
    int32_t start, end;
    int64_t seed;
    double people_per_agent;
};

struct sah_grid_params { /* section `grid` */
    char *geography; /* folder of tables, beside the file that names it; "": usual */
    double cell_deg;
    struct sah_reals box;      /* west, south, east, north */
    struct sah_shares theatre; /* depth in km by country */
    int64_t columns, rows;     /* of a plain grid, which has nothing of the above */
};

struct sah_block { /* an array of state or of scratch */
    const char *name, *unit, *doc;
    enum sah_type type;
    size_t count;
    void *data;
};

enum { SAH_MAX_POPULATIONS = 8, SAH_MAX_AXES = 32 };

struct sah_world {
    const struct sah_family *family;
    void *state; /* the family's struct */
    void **self; /* [cast] */
    bool *on;    /* [cast] */

    struct sah_run_params run;
    struct sah_grid_params place;
    struct sah_grid grid;
    struct sah_geography *geo; /* NULL for a family without land */
    bool geo_lent;             /* and owned by somebody else */
    struct sah_land *land;
    uint8_t *theatre; /* [ncells] 1 where people live as agents */

    struct sah_scenario *scenario;
    struct sah_binding binding;
    struct sah_timeline timeline;
    struct sah_list *lists;     /* [family->nlists], filled */
    struct sah_param *switches; /* table of section `mechanisms` */

    int32_t today; /* day number of the day being or last done; start-1 at first */
    uint32_t tick; /* days done */

    struct sah_population *population[SAH_MAX_POPULATIONS];
    size_t npopulations;
    struct sah_log logs[SAH_MAX_LOGS]; /* what happens is written down in */
    size_t nlogs;
    struct sah_axis axis[SAH_MAX_AXES];
    size_t naxes;
    struct sah_block *block;
    size_t nblocks;

    struct sah_schedule *schedule;
};

/* What a world is made with, besides the scenario. */
struct sah_world_request {
    const struct sah_family *const *families;
    size_t nfamilies;
    /* Extra sections (such as `output`) that a caller wants bound with the rest, and how
     * it looks at what was bound: last, and also where the world cannot be built, so
     * that all mistakes are told together; axes and arrays may then be missing. */
    const struct sah_section *sections;
    size_t nsections;
    int (*check)(const struct sah_world *world, void *user, struct sah_error *err);
    void *user;
    /* Asked once values, grid and land are sound, before any agent is made: refuses a
     * world that must not be built. May be NULL. */
    int (*admit)(const struct sah_world *world, void *host, struct sah_error *err);
    void *host;
    /* The folder of tables that stands in where a scenario names none and none lies at
     * `../geography` beside it; may be NULL. */
    const char *geography;
    /* Tables at hand, such as those kept in a result: taken instead of any folder's.
     * The world owns them from here on, also where it fails, unless they are only lent,
     * as to many worlds at a time. May be NULL. */
    struct sah_geography *geo;
    bool geo_lent;
};

/* Builds the world of day 0. Takes ownership of the scenario, also on failure. All
 * mistakes of the scenario are in `err`: reading goes on behind a mistake as far as
 * what is read does not depend on it. Models are asked only where all values, the grid
 * and the land are sound. */
int sah_world_create(struct sah_scenario *scenario,
                     const struct sah_world_request *request, struct sah_world **world,
                     struct sah_error *err);
void sah_world_free(struct sah_world *world);

/* For a family's create: an array of zeros that is state, owned by the world. Texts
 * must outlive it. NULL when out of memory. */
void *sah_world_array(struct sah_world *world, const char *name, enum sah_type type,
                      size_t count, const char *unit, const char *doc,
                      struct sah_error *err);
int sah_world_axis(struct sah_world *world, struct sah_axis axis,
                   struct sah_error *err);
const struct sah_axis *sah_world_find_axis(const struct sah_world *world,
                                           const char *name);
int sah_world_people(
    struct sah_world *world, struct sah_population *population,
    struct sah_error *err); /* registers; returns its number or error */
/* For a family's create: a log of the rows of `population`, which the family owns, each
 * called `row`; `codes` may be NULL. Texts and tables must outlive the world. Returns its
 * number in world->logs or error. */
int sah_world_log(struct sah_world *world, struct sah_population *population,
                  const char *row, const struct sah_log_code *codes,
                  struct sah_error *err);
/* The struct of a cast member, NULL where it is switched off or unknown. */
const void *sah_world_model(const struct sah_world *world, const char *name);

/* One day: timeline, then every act of every phase that is switched on. */
int sah_world_step(struct sah_world *world, struct sah_error *err);
bool sah_world_done(const struct sah_world *world);
int sah_world_verify(const struct sah_world *world, struct sah_error *err);
struct sah_digest sah_world_digest(const struct sah_world *world);

size_t
sah_observables(const struct sah_world *world); /* length of the family's table */
/* Number of values an observable reads, and its shape for storage. */
size_t sah_observable_count(const struct sah_world *world,
                            const struct sah_observable *observable);
/* Agents of all populations. */
size_t sah_world_agents(const struct sah_world *world);

#endif
