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

/* The node of a section or list, marked as used with all above it; or NULL. */
struct sah_node *sah_bind_find(struct sah_node *root, const char *name);

/* Tells every key that nobody asked for, with the nearest name that somebody would. */
void sah_bind_report_unknown(struct sah_binder *binder);

#endif
