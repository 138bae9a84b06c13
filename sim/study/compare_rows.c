/* The list of measures becomes rows that know where their values will be. */
#include "sim/study/compare_impl.h"

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
    struct sah_compare *compare;
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

static const struct sah_world *world_of(const struct reader *reader, int side) {
    return sah_twins_world(&reader->compare->twins, reader->compare->arm[side]);
}

/* ---- a row ------------------------------------------------------------------------- */

static bool is_named(const struct sah_compare *compare, const char *name) {
    for (size_t i = 0; i < compare->nrows; i++)
        if (strcmp(compare->row[i]->name, name) == 0) return true;
    return false;
}

static struct sah_compare_row *add_row(struct reader *reader,
                                       const struct sah_measure *measure,
                                       const char *name, const char *label) {
    struct sah_compare *compare = reader->compare;
    struct sah_compare_row **grown =
        realloc(compare->row, (compare->nrows + 1) * sizeof *grown);
    if (grown) compare->row = grown;
    struct sah_compare_row *row = grown ? calloc(1, sizeof *row) : NULL;
    if (!row) {
        no_memory(reader);
        return NULL;
    }
    *row = (struct sah_compare_row){.measure = *measure, .name = name, .label = label};
    compare->row[compare->nrows++] = row;
    return row;
}

/* Where both arms refuse a measure, one of them tells. */
static void place(struct reader *reader, struct sah_compare_row *row,
                  const bool there[SAH_COMPARE_ARMS]) {
    struct sah_compare *compare = reader->compare;
    int status = SAH_OK;
    for (int k = 0; !status && k < SAH_COMPARE_ARMS; k++) {
        row->there[k] = there[k];
        if (!there[k]) continue;
        status = sah_twins_measure(&compare->twins, compare->arm[k], &row->measure,
                                   &row->slot[k], reader->err);
        if (!status)
            sah_twins_unit(&compare->twins, compare->arm[k], row->slot[k], row->unit);
    }
    note(reader, status);
}

static void add_plain(struct reader *reader, const struct sah_measure *measure) {
    static const bool both[SAH_COMPARE_ARMS] = {true, true};
    if (is_named(reader->compare, measure->name)) {
        complain(reader, measure->node, measure->path, measure->name,
                 "is the name of another measure");
        return;
    }
    struct sah_compare_row *row = add_row(reader, measure, measure->name, NULL);
    if (row) place(reader, row, both);
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
                      const char *axis, const char *label,
                      const bool there[SAH_COMPARE_ARMS]) {
    struct sah_measure narrowed = *measure;
    char *name = name_with_label(reader, measure->name, label);
    narrowed.where = narrow(reader, measure, axis, label);
    if (!name || !narrowed.where) {
        no_memory(reader);
        return;
    }
    if (is_named(reader->compare, name)) return; /* of the other arm */
    struct sah_compare_row *row = add_row(reader, &narrowed, name, label);
    if (row) place(reader, row, there);
}

static void add_labels(struct reader *reader, const struct sah_measure *measure,
                       const char *by) {
    const struct sah_axis *axis[SAH_COMPARE_ARMS];
    for (int k = 0; k < SAH_COMPARE_ARMS; k++)
        axis[k] = sah_world_find_axis(world_of(reader, k), by);
    if (!axis[0] && !axis[1]) {
        complain(reader, measure->node, measure->path, by, "is no axis of the model");
        return;
    }
    for (int k = 0; k < SAH_COMPARE_ARMS; k++)
        for (size_t i = 0; axis[k] && i < axis[k]->n; i++) {
            const char *label = axis[k]->label[i];
            bool there[] = {has_label(axis[0], label), has_label(axis[1], label)};
            add_label(reader, measure, by, label, there);
        }
}

/* ---- the list ------------------------------------------------------------------------ */

static void read_row(struct reader *reader, struct sah_node *node, size_t number) {
    static const char *const also[] = {"by"};
    struct sah_compare *compare = reader->compare;
    struct sah_measure measure;
    struct own own = {0};
    char path[48];
    snprintf(path, sizeof path, "measures[%zu]", number);
    if (node->kind != SAH_MAPPING) {
        complain(reader, node, path, NULL, "expected a measure such as {of: deaths}");
        return;
    }
    int status = sah_measure_bind(compare->list, node, path, also, 1, &measure,
                                  &compare->binding, reader->err);
    if (!status)
        status = sah_scenario_bind_mapping(compare->list, node, path, row_table, &own,
                                           NULL, 0, &compare->binding, reader->err);
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

/* The usual list of the model, unless the caller named one. */
static int read_tree(struct sah_compare *compare, struct sah_error *err) {
    char usual[1024];
    const struct sah_world *world = sah_twins_world(&compare->twins, compare->arm[0]);
    snprintf(usual, sizeof usual, "%s/%s.yaml", compare->folder ? compare->folder : ".",
             world->family->name);
    const char *path = compare->measures ? compare->measures : usual;
    int status = sah_scenario_read_plain(path, &compare->list, err);
    if (!status && sah_scenario_root(compare->list)->kind != SAH_MAPPING)
        status = sah_error_add(err, SAH_INPUT, "%s: expected a list `measures`", path);
    return status;
}

int sah_compare_read_rows(struct sah_compare *compare, struct sah_names *maps,
                          struct sah_error *err) {
    static const char *const also[] = {"measures"};
    struct reader reader = {.compare = compare,
                            .err = err,
                            .owner = {.binding = &compare->binding, .err = err}};
    struct head head = {0};
    int status = read_tree(compare, err);
    if (status) return status;
    struct sah_node *root = sah_scenario_root(compare->list);
    read_list(&reader, root);
    note(&reader, sah_scenario_bind_mapping(compare->list, root, "", head_table, &head,
                                            also, 1, &compare->binding, err));
    *maps = head.maps;
    return reader.status;
}
