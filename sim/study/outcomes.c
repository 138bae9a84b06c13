/* The list of measures becomes rows, one for every label where `by` asks for it. */
#include "sim/study/outcomes.h"

#include "sim/kernel/scenario_bind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct head {
    struct sah_names maps;
};
struct own { /* what a row says beside its measure */
    char *by;
};

/* clang-format off */
static const struct sah_param head_table[] = {
    {.key = "maps", .type = SAH_NAMES, .at = offsetof(struct head, maps), .fixed = true,
     .unit = "1", .def_text = "", .source = "design",
     .doc = "Fields without axes, compared by cell and year"},
    {0},
};
static const struct sah_param row_table[] = {
    {.key = "by", .type = SAH_TEXT, .at = offsetof(struct own, by), .fixed = true,
     .unit = "1", .def_text = "", .source = "design",
     .doc = "Axis that has a row for every label"},
    {0},
};
/* clang-format on */

struct reader {
    struct sah_outcomes *all;
    const struct sah_world *const *world; /* [nworlds] */
    size_t nworlds;
    struct sah_error *err;
    struct sah_binder owner; /* of what rows point to */
    int status;              /* the first mistake */
};

static void note(struct reader *reader, int status) {
    if (status && !reader->status) reader->status = status;
}

static void no_memory(struct reader *reader) {
    note(reader, sah_error_add(reader->err, SAH_MEMORY, "no memory for a measure"));
}

static void complain(struct reader *reader, const struct sah_node *node,
                     const char *path, const char *text, const char *what) {
    note(reader,
         sah_scenario_complain(reader->err, node->origin, path, text, "%s", what));
}

/* ---- a row ------------------------------------------------------------------------- */

static bool is_named(const struct sah_outcomes *all, const char *name) {
    for (size_t i = 0; i < all->n; i++)
        if (strcmp(all->row[i]->name, name) == 0) return true;
    return false;
}

static void add_row(struct reader *reader, struct sah_outcome outcome) {
    struct sah_outcomes *all = reader->all;
    struct sah_outcome **grown = realloc(all->row, (all->n + 1) * sizeof *grown);
    if (grown) all->row = grown;
    struct sah_outcome *row = grown ? malloc(sizeof *row) : NULL;
    if (!row) {
        no_memory(reader);
        return;
    }
    *row = outcome;
    all->row[all->n++] = row;
}

static void add_plain(struct reader *reader, const struct sah_measure *measure) {
    if (is_named(reader->all, measure->name))
        complain(reader, measure->node, measure->path, measure->name,
                 "is the name of another measure");
    else
        add_row(reader, (struct sah_outcome){.measure = *measure,
                                             .name = measure->name,
                                             .there = {true, true}});
}

/* ---- a row for every label ---------------------------------------------------------- */

static bool has_label(const struct sah_axis *axis, const char *label) {
    for (size_t i = 0; axis && i < axis->n; i++)
        if (strcmp(axis->label[i], label) == 0) return true;
    return false;
}

/* `where` with one key more, which lies before the others. */
static struct sah_node *narrow(struct reader *reader, const struct sah_measure *measure,
                               const char *axis, const char *label) {
    struct sah_node *node = sah_binder_own_array(&reader->owner, 2, sizeof *node);
    char *key = sah_binder_own_text(&reader->owner, axis);
    char *text = sah_binder_own_text(&reader->owner, label);
    if (!node || !key || !text) return NULL;
    node[0] = (struct sah_node){.kind = SAH_MAPPING,
                                .text = "",
                                .origin = measure->node->origin,
                                .child = &node[1]};
    node[1] = (struct sah_node){.kind = SAH_SCALAR,
                                .key = key,
                                .text = text,
                                .origin = measure->node->origin,
                                .key_origin = measure->node->origin,
                                .next = measure->where ? measure->where->child : NULL,
                                .used = true};
    return &node[0];
}

static char *name_with_label(struct reader *reader, const char *name,
                             const char *label) {
    char text[512];
    snprintf(text, sizeof text, "%.255s (%.200s)", name, label);
    return sah_binder_own_text(&reader->owner, text);
}

static void add_label(struct reader *reader, const struct sah_measure *measure,
                      const char *by, const char *label) {
    struct sah_outcome outcome = {.measure = *measure, .label = label};
    outcome.name = name_with_label(reader, measure->name, label);
    outcome.measure.where = narrow(reader, measure, by, label);
    if (!outcome.name || !outcome.measure.where) {
        no_memory(reader);
        return;
    }
    if (is_named(reader->all, outcome.name)) return; /* of the other world */
    for (size_t k = 0; k < reader->nworlds; k++)
        outcome.there[k] = has_label(sah_world_find_axis(reader->world[k], by), label);
    add_row(reader, outcome);
}

static void add_labels(struct reader *reader, const struct sah_measure *measure,
                       const char *by) {
    bool known = false;
    for (size_t k = 0; k < reader->nworlds; k++) {
        const struct sah_axis *axis = sah_world_find_axis(reader->world[k], by);
        known = known || axis;
        for (size_t i = 0; axis && i < axis->n; i++)
            add_label(reader, measure, by, axis->label[i]);
    }
    if (!known)
        complain(reader, measure->node, measure->path, by, "is no axis of the model");
}

/* ---- the list ------------------------------------------------------------------------ */

static void read_row(struct reader *reader, struct sah_node *node, size_t number) {
    static const char *const also[] = {"by"};
    struct sah_outcomes *all = reader->all;
    struct sah_measure measure;
    struct own own = {0};
    char path[48];
    snprintf(path, sizeof path, "measures[%zu]", number);
    if (node->kind != SAH_MAPPING) {
        complain(reader, node, path, NULL, "expected a measure such as {of: deaths}");
        return;
    }
    int status = sah_measure_bind(all->list, node, path, also, 1, &measure,
                                  &all->binding, reader->err);
    if (!status)
        status = sah_scenario_bind_mapping(all->list, node, path, row_table, &own, NULL,
                                           0, &all->binding, reader->err);
    note(reader, status);
    if (status) return;
    if (!*measure.name) measure.name = *measure.of ? measure.of : measure.path;
    if (*own.by)
        add_labels(reader, &measure, own.by);
    else
        add_plain(reader, &measure);
}

static void read_list(struct reader *reader, struct sah_node *root) {
    struct sah_node *list = sah_node_find(root, "measures");
    size_t number = 0;
    if (list) list->used = true;
    if (!list || list->kind != SAH_SEQUENCE || !list->child) {
        complain(reader, list ? list : root, "measures", NULL,
                 "expected a list of measures");
        return;
    }
    for (struct sah_node *node = list->child; node; node = node->next)
        read_row(reader, node, number++);
}

int sah_outcomes_read(struct sah_outcomes *all, const char *path,
                      const struct sah_world *const *world, size_t nworlds,
                      struct sah_error *err) {
    static const char *const also[] = {"measures"};
    struct reader reader = {.all = all,
                            .world = world,
                            .nworlds = nworlds,
                            .err = err,
                            .owner = {.binding = &all->binding, .err = err}};
    struct head head = {0};
    *all = (struct sah_outcomes){0};
    int status = sah_scenario_read_plain(path, &all->list, err);
    if (status) return status;
    struct sah_node *root = sah_scenario_root(all->list);
    read_list(&reader, root);
    note(&reader, sah_scenario_bind_mapping(all->list, root, "", head_table, &head,
                                            also, 1, &all->binding, err));
    all->maps = head.maps;
    return reader.status;
}

void sah_outcomes_free(struct sah_outcomes *all) {
    for (size_t i = 0; i < all->n; i++) free(all->row[i]);
    free(all->row);
    sah_binding_free(&all->binding, NULL, 0);
    sah_scenario_free(all->list);
    *all = (struct sah_outcomes){0};
}
