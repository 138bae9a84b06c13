/* A factor: what a study varies, and through which values.
 *
 *     vary:
 *       recruitment.base_rate: {from: 1e-9, to: 1e-6, scale: log, levels: 5}
 *       mechanisms.self_defence: [off, on]
 *       timeline.2020-01-13.joint_command.reach: [0, 1]         # its `to`
 *       timeline.2020-01-13.joint_command.reach.over: {from: 30 d, to: 360 d}
 *
 * A name is that of a number, switch, choice or date of the scenario, or of an entry of its
 * timeline by date and target, with `.to`, `.over` or `.date` for its parts. A range runs
 * from one end to the other, straight or by its logarithm; a list is a list of values. All
 * are checked against the row of the parameter. */
#ifndef SAH_STUDY_FACTOR_H
#define SAH_STUDY_FACTOR_H
#include "sim/kernel/world.h"

enum sah_factor_target {
    SAH_FACTOR_SETTING,
    SAH_FACTOR_TO, /* of an entry of the timeline, from here on */
    SAH_FACTOR_OVER,
    SAH_FACTOR_DATE,
};

enum { SAH_FACTOR_TEXT = 64 };

struct sah_factor_value {
    double number;              /* NAN in a list: as the scenario has it */
    char text[SAH_FACTOR_TEXT]; /* as a scenario writes it; "": nothing is laid */
};

struct sah_factor {
    const char *name; /* as written */
    struct sah_node *node;
    /* found in the world of the scenario, which must outlive it */
    enum sah_factor_target target;
    const struct sah_param *param; /* what its values are */
    char date[11];                 /* of the entry */
    const char *what;              /* target of the entry */
    double own;                    /* value in the scenario */
    /* values */
    bool is_range, is_log;
    double from, to;
    size_t nvalues;                 /* of a list; of a range its levels */
    struct sah_factor_value *value; /* NULL for a range */
};

/* What stands in `factor->node`: a range or a list. `levels` of a range that tells none.
 * All mistakes are told; free in any case. */
int sah_factor_read(struct sah_factor *factor, const struct sah_world *world,
                    struct sah_scenario *file, size_t levels,
                    struct sah_binding *binding, struct sah_error *err);
/* The target alone, by `factor->name`; the caller gives the values. */
int sah_factor_find(struct sah_factor *factor, const struct sah_world *world,
                    struct sah_error *err);
/* One value as a scenario writes it. */
int sah_factor_read_value(const struct sah_factor *factor, const struct sah_node *node,
                          struct sah_factor_value *value, struct sah_error *err);
void sah_factor_free(struct sah_factor *factor);

/* The value of level `at` (NAN: the scenario's own), or of `at` in 0..1. */
struct sah_factor_value sah_factor_level(const struct sah_factor *factor, double at);
struct sah_factor_value sah_factor_sample(const struct sah_factor *factor, double at);
/* Of a range the way back: the place of a value in 0..1, clipped. */
double sah_factor_share(const struct sah_factor *factor, double number);

/* Puts a value into the entry of the timeline of a scenario that is read anew; for a
 * setting the caller lays "name=text" upon it. */
int sah_factor_put(const struct sah_factor *factor,
                   const struct sah_factor_value *value, struct sah_scenario *scenario,
                   struct sah_error *err);

#endif
