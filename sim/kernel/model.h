/* A model is one rule of the world: one file, one struct, one line in its family's cast.
 *
 * `plan` runs in parallel over spans of its domain, reads what earlier acts left and
 * writes only its own slots; `apply` then commits in fixed order on one thread. NULL
 * means "nothing to do". Switched off, none of its acts runs and `rest` puts what it
 * writes at values that mean nothing, so that off means off also in the midst of a run. */
#ifndef SAH_MODEL_H
#define SAH_MODEL_H
#include "sim/kernel/error.h"
#include "sim/kernel/observable.h"
#include "sim/kernel/param.h"
#include "sim/kernel/type.h"

struct sah_world;

/* A part of an act's domain: cells or agents begin .. end-1; chunks are numbered from 0
 * and cut at the same places on any number of threads. */
struct sah_span {
    int64_t begin, end;
    size_t chunk;
};

/* What plan walks over. */
enum { SAH_NOTHING, SAH_OVER_CELLS, SAH_OVER_POPULATION /* + number of the population */ };

struct sah_act {
    int phase; /* from 1, as the family numbers them; 0 ends a table */
    int over;
    void (*plan)(void *self, struct sah_world *world, struct sah_span span);
    int (*apply)(void *self, struct sah_world *world, struct sah_error *err);
    const char *doc; /* what happens, for the timetable */
};

/* State a model keeps in its own struct across days. A table ends without name. */
struct sah_field {
    const char *name;
    enum sah_type type;
    size_t at, count;
    const char *unit, *doc;
};

struct sah_model {
    const char *name; /* its section and its switch in a scenario */
    const char *doc, *reference;
    bool always;      /* part of the ground: has no switch */
    bool off;         /* switched off unless a scenario says otherwise */
    const struct sah_act *acts;
    size_t size;      /* of the struct it owns; at least 1 */
    const struct sah_param *params;
    const struct sah_field *fields;
    /* Finds what its names mean. All models are asked before any begins, so that all
     * mistakes are told. */
    int (*resolve)(void *self, struct sah_world *world, struct sah_error *err);
    int (*init)(void *self, struct sah_world *world, struct sah_error *err);
    void (*rest)(void *self, struct sah_world *world); /* each morning it is off */
    void (*free)(void *self);
};

/* A family: models that share a world, with its phases, populations and results. */
struct sah_family {
    const char *name, *doc; /* `run.model` of a scenario */
    const char *const *phases;
    size_t nphases;
    const struct sah_model *const *cast;
    size_t ncast;
    const struct sah_list *lists; /* templates: name, doc, params, item_size */
    size_t nlists;
    bool has_land;     /* stands on a geography */
    bool has_plain;    /* stands on a plain grid instead, a torus */
    size_t state_size; /* of the struct all its models share */
    /* Agents to expect on the first day, told from values and land before any is made; and
     * the bytes of memory that an agent and a cell take in a run, with all that comes with
     * them (tests/cli/test_limits.py measures). May be left out. */
    double (*agents)(const struct sah_world *world);
    size_t agent_bytes, cell_bytes;
    /* Builds populations, axes and arrays, after binding and before any model's init. */
    int (*create)(struct sah_world *world, struct sah_error *err);
    /* Settles the new day before its first act, e.g. empties daily counters. */
    int (*begin_day)(struct sah_world *world, struct sah_error *err);
    int (*verify)(const struct sah_world *world, struct sah_error *err);
    void (*free)(struct sah_world *world);
    const struct sah_observable *observables; /* a table ends without name */
    const char *headline[3]; /* series told while running: events, deaths, ... */
};

#endif
