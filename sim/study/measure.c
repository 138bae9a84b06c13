/* What a measure may say, and how it is read. */
#include "sim/study/measure.h"

#include "sim/kernel/scenario_bind.h"

#include <stdio.h>

static const char *const reductions[] = {"usual", "sum",      "mean",   "last",
                                         "max",   "var",      "active", "count",
                                         "share", "quantile", "tail",   NULL};
static const char *const overs[] = {"sum", "mean",    "max",   "count",
                                    "hhi", "entropy", "pairs", NULL};
static const char *const weights[] = {"none", "area", "people", NULL};

/* clang-format off */
#define AT(field) .at = offsetof(struct sah_measure, field), .fixed = true, \
    .source = "design"
#define TIMES                                                                        \
    {.key = "from", .type = SAH_DATE, AT(from), .unit = "1", .def_text = "0001-01-01", \
     .doc = "First day measured; usually the run's"},                                 \
    {.key = "to", .type = SAH_DATE, AT(to), .unit = "1", .def_text = "9999-12-31",    \
     .doc = "Last day measured; usually the run's"},                                  \
    {.key = "months", .type = SAH_REALS, AT(months), .unit = "1", .min = 1, .max = 12, \
     .def_text = "", .doc = "Months of the year measured; empty: all"},               \
    {.key = "reduce", .type = SAH_CHOICE, AT(reduce), .unit = "1",                    \
     .choices = reductions, .doc = "What days or events come to"},                    \
    {.key = "above", .type = SAH_REAL, AT(above), .unit = "1", .min = -1e300,         \
     .max = 1e300, .doc = "Bound that is counted from"}

static const struct sah_param observable_table[] = {
    {.key = "name", .type = SAH_TEXT, AT(name), .unit = "1", .def_text = "",
     .doc = "What the measure is called"},
    {.key = "of", .type = SAH_TEXT, AT(of), .unit = "1", .def_text = "",
     .doc = "Series, ledger or field"},
    TIMES,
    {.key = "cells", .type = SAH_CHOICE, AT(cells), .unit = "1", .choices = overs,
     .doc = "What cells and other entries come to"},
    {.key = "weigh", .type = SAH_CHOICE, AT(weigh), .unit = "1", .choices = weights,
     .doc = "Weight of cells in a mean"},
    {0},
};

static const struct sah_param event_table[] = {
    {.key = "column", .type = SAH_TEXT, AT(column), .unit = "1", .def_text = "",
     .doc = "Column of the log; empty: its rows are counted"},
    {.key = "log", .type = SAH_TEXT, AT(log), .unit = "1", .def_text = "events",
     .doc = "Which log: events, allegiances, observed"},
    TIMES,
    {.key = "quantile", .type = SAH_REAL, AT(quantile), .unit = "1", .def = 0.5,
     .max = 1, .doc = "Part of events up to the value"},
    {.key = "xmin", .type = SAH_REAL, AT(xmin), .unit = "1", .def = 12, .min = 1,
     .max = 1e9, .doc = "Where the tail begins"},
    {0},
};
/* clang-format on */

static int complain(const struct sah_measure *m, const char *what,
                    struct sah_error *err) {
    return sah_scenario_complain(err, m->node->origin, m->path, NULL, "%s", what);
}

/* `events:` says by itself what is measured of them. */
static int bind_events(struct sah_scenario *scenario, struct sah_node *events,
                       struct sah_measure *m, struct sah_binding *binding,
                       struct sah_error *err) {
    static const char *const also[] = {"where"};
    char *name = m->name;
    int status = sah_scenario_bind_mapping(scenario, events, m->path, event_table, m,
                                           also, 1, binding, err);
    struct sah_node *where = sah_node_find(events, "where");
    m->name = name;
    m->is_events = true;
    m->where = where;
    return status;
}

static int bind_per(struct sah_scenario *scenario, struct sah_node *node,
                    struct sah_measure *m, struct sah_binding *binding,
                    struct sah_error *err) {
    struct sah_binder owner = {.binding = binding, .err = err};
    m->per = sah_binder_own_array(&owner, 1, sizeof *m->per);
    if (!m->per) return SAH_MEMORY;
    char path[256];
    snprintf(path, sizeof path, "%.240s.per", m->path);
    return sah_measure_bind(scenario, node, path, NULL, 0, m->per, binding, err);
}

/* What can be told without a world. */
static int check(const struct sah_measure *m, struct sah_error *err) {
    bool of_events = m->reduce >= SAH_REDUCE_COUNT;
    bool needs_column = of_events && m->reduce != SAH_REDUCE_COUNT;
    if (!m->is_events && !*m->of)
        return complain(m, "names neither an observable (of) nor events", err);
    if (m->is_events && *m->of)
        return complain(m, "measures an observable (of) or events, not both", err);
    if (!m->is_events && of_events)
        return complain(m, "this reduction is one of events", err);
    if (m->is_events && m->reduce > SAH_REDUCE_MEAN && !of_events)
        return complain(m, "this reduction is one of days, not of events", err);
    if (m->is_events && !*m->column &&
        (needs_column || m->reduce == SAH_REDUCE_SUM || m->reduce == SAH_REDUCE_MEAN))
        return complain(m, "needs a column of the event log", err);
    if (m->from > m->to) return complain(m, "ends before it begins", err);
    return SAH_OK;
}

static struct sah_node *take(struct sah_node *mapping, const char *key) {
    struct sah_node *node = sah_node_find(mapping, key);
    if (node) node->used = true;
    return node;
}

int sah_measure_bind(struct sah_scenario *scenario, struct sah_node *node,
                     const char *path, const char *const *also, size_t nalso,
                     struct sah_measure *m, struct sah_binding *binding,
                     struct sah_error *err) {
    struct sah_binder owner = {.binding = binding, .err = err};
    *m = (struct sah_measure){.node = node, .path = sah_binder_own_text(&owner, path)};
    if (!m->path || !(m->column = sah_binder_own_text(&owner, ""))) return SAH_MEMORY;
    m->where = take(node, "where");
    struct sah_node *events = take(node, "events"), *per = take(node, "per");
    int status = sah_scenario_bind_mapping(scenario, node, path, observable_table, m,
                                           also, nalso, binding, err);
    int inner = events ? bind_events(scenario, events, m, binding, err) : SAH_OK;
    int below = per ? bind_per(scenario, per, m, binding, err) : SAH_OK;
    if (!status) status = inner ? inner : below;
    return status ? status : check(m, err);
}
