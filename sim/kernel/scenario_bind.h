/* What the parts of the binding share. Internal to the scenario files. */
#ifndef SAH_SCENARIO_BIND_H
#define SAH_SCENARIO_BIND_H
#include "sim/kernel/scenario.h"

/* One binding at work: what is offered, what is filled, what went wrong. */
struct sah_binder {
    struct sah_scenario *scenario;
    const struct sah_section *sections;
    size_t nsections;
    struct sah_list *lists;
    size_t nlists;
    const char *const *also;
    size_t nalso;
    struct sah_binding *binding;
    struct sah_error *err;
    int code;
    size_t hints; /* sought so far; bounded, a hint is dear */
};

extern const struct sah_origin sah_by_default;

/* Hands memory to the binding and gives it back; or, without memory, frees it,
 * complains and gives NULL. */
void *sah_binder_own(struct sah_binder *binder, void *memory);
char *sah_binder_own_text(struct sah_binder *binder, const char *text); /* a copy */
void *sah_binder_own_array(struct sah_binder *binder, size_t n,
                           size_t size); /* zeroed */

/* A row, the place of its value, and what it is called. */
struct sah_bind_job {
    struct sah_binder *binder;
    const struct sah_param *param;
    void *value;
    const char *path;
};

/* Reads a node into the place; complains and leaves the place where it is refused. */
bool sah_bind_value(const struct sah_bind_job *job, const struct sah_node *node);
void sah_bind_default(const struct sah_bind_job *job);

/* The node of a section or list, marked as used with all above it; or NULL. */
struct sah_node *sah_bind_find(struct sah_node *root, const char *name);

/* Tells every key that nobody asked for, with the nearest name that somebody would. */
void sah_bind_report_unknown(struct sah_binder *binder);
/* The same for one mapping with its rows. */
void sah_bind_report_mapping(struct sah_binder *binder, const struct sah_node *mapping,
                             const char *path, const struct sah_param *params);

#endif
