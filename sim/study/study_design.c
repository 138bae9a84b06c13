/* `design` of a study file: factors, points, and the table they make. */
#include "sim/study/study_read.h"

#include "sim/kernel/scenario_tree.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const struct sah_param design_table[] = {
    {.key = "kind", .type = SAH_CHOICE, .at = offsetof(struct sah_study_design_head, kind),
     .fixed = true, .unit = "1", .choices = sah_design_names, .source = "design",
     .doc = "Which points of the space of factors are looked at"},
    {.key = "levels", .type = SAH_INT, .at = offsetof(struct sah_study_design_head, levels),
     .fixed = true, .unit = "1", .def = 0, .min = 0, .max = 1000, .source = "design",
     .doc = "Levels of a range that tells none (2), of morris (4, an even number)"},
    {0},
};
static const struct sah_param points_row =
    {.key = "points", .type = SAH_INT, .unit = "1", .def = 64, .min = 1,
     .max = SAH_DESIGN_POINTS, .source = "design",
     .doc = "Points of a sampled kind; trajectories of morris, base samples of saltelli"};
/* clang-format on */

struct reader {
    struct sah_study *study;
    const struct sah_world *world;
    struct sah_node *design, *vary, *points;
    struct sah_study_design_head head;
    struct sah_error *err;
    int status; /* the first mistake */
};

static void note(struct reader *reader, int status) {
    if (status && !reader->status) reader->status = status;
}

static void complain(struct reader *reader, const struct sah_node *node,
                     const char *path, const char *what) {
    const char *text = node->kind == SAH_SCALAR ? node->text : NULL;
    note(reader,
         sah_scenario_complain(reader->err, node->origin, path, text, "%s", what));
}

static struct sah_factor *add_factor(struct reader *reader, struct sah_node *node) {
    struct sah_study *study = reader->study;
    struct sah_factor *grown =
        realloc(study->factor, (study->nfactors + 1) * sizeof *grown);
    if (grown) study->factor = grown;
    if (!grown) {
        note(reader, sah_error_add(reader->err, SAH_MEMORY, "no memory for a factor"));
        return NULL;
    }
    struct sah_factor *factor = &grown[study->nfactors++];
    *factor = (struct sah_factor){.name = node->key, .node = node};
    return factor;
}

/* ---- `vary` -------------------------------------------------------------------------- */

/* Maps and series have one shape in all runs, so that they lie upon each other. */
static void check_shape(struct reader *reader, const struct sah_node *node) {
    static const char *const shapes[] = {"run.start", "run.end", "grid."};
    const struct sah_study_keep *keep = &reader->study->keep;
    bool keeps =
        keep->place[SAH_FIELD] || keep->place[SAH_SERIES] || keep->place[SAH_LEDGER];
    for (size_t i = 0; keeps && i < sizeof shapes / sizeof *shapes; i++)
        if (!strncmp(node->key, shapes[i], strlen(shapes[i])))
            note(reader,
                 sah_scenario_complain(
                     reader->err, node->key_origin, node->key, NULL,
                     "cannot vary where fields, series or the ledger are kept: they "
                     "must have one shape in all runs"));
}

static void read_vary(struct reader *reader) {
    struct sah_study *study = reader->study;
    size_t levels = reader->head.levels ? (size_t)reader->head.levels : 2;
    if (reader->vary->kind != SAH_MAPPING || !reader->vary->child) {
        complain(reader, reader->vary, "design.vary",
                 "expected factors such as {gold.price: [1, 2]}");
        return;
    }
    for (struct sah_node *node = reader->vary->child; node; node = node->next) {
        struct sah_factor *factor = add_factor(reader, node);
        if (!factor) return;
        note(reader, sah_factor_read(factor, reader->world, study->file, levels,
                                     &study->binding, reader->err));
        check_shape(reader, node);
    }
}

static void check_steps(struct reader *reader) {
    const struct sah_study *study = reader->study;
    for (size_t k = 0; k < study->nfactors; k++) {
        const struct sah_factor *factor = &study->factor[k];
        if (factor->nvalues != study->factor[0].nvalues)
            note(reader,
                 sah_scenario_complain(
                     reader->err, factor->node->origin, factor->name, NULL,
                     "has %zu values, %s has %zu: the factors of a list go "
                     "in step",
                     factor->nvalues, study->factor[0].name, study->factor[0].nvalues));
    }
}

/* ---- `points` of a list --------------------------------------------------------------- */

static struct sah_factor *find_factor(struct reader *reader, struct sah_node *node) {
    struct sah_study *study = reader->study;
    for (size_t k = 0; k < study->nfactors; k++)
        if (!strcmp(study->factor[k].name, node->key)) return &study->factor[k];
    struct sah_factor *factor = add_factor(reader, node);
    size_t n = sah_node_count(reader->points);
    if (!factor) return NULL;
    note(reader, sah_factor_find(factor, reader->world, reader->err));
    check_shape(reader, node);
    factor->nvalues = n;
    factor->value = calloc(n, sizeof *factor->value);
    for (size_t i = 0; factor->value && i < n; i++) factor->value[i].number = NAN;
    if (!factor->value)
        note(reader, sah_error_add(reader->err, SAH_MEMORY, "no memory for values"));
    return factor->value ? factor : NULL;
}

static void read_point(struct reader *reader, struct sah_node *point, size_t number) {
    char path[48];
    snprintf(path, sizeof path, "design.points[%zu]", number + 1);
    if (point->kind != SAH_MAPPING) {
        complain(reader, point, path, "expected a mapping such as {gold.price: 2}");
        return;
    }
    reader->study->point_name[number] = "";
    for (struct sah_node *node = point->child; node; node = node->next) {
        if (!strcmp(node->key, "name")) {
            reader->study->point_name[number] = node->text;
            continue;
        }
        struct sah_factor *factor = find_factor(reader, node);
        if (factor && factor->param)
            note(reader, sah_factor_read_value(factor, node, &factor->value[number],
                                               reader->err));
    }
}

static void read_points(struct reader *reader) {
    struct sah_study *study = reader->study;
    size_t number = 0, n = sah_node_count(reader->points);
    study->point_name = calloc(n + 1, sizeof *study->point_name);
    if (!study->point_name) {
        note(reader, sah_error_add(reader->err, SAH_MEMORY, "no memory for points"));
        return;
    }
    for (struct sah_node *point = reader->points->child; point; point = point->next)
        read_point(reader, point, number++);
}

/* ---- the table ------------------------------------------------------------------------ */

static int64_t count_points(struct reader *reader) {
    int64_t count = (int64_t)points_row.def;
    char why[400];
    if (!reader->points) return count;
    bool is_read =
        reader->points->kind == SAH_SCALAR &&
        sah_param_read(&points_row, reader->points->text, &count, why, sizeof why);
    if (!is_read)
        complain(reader, reader->points, "design.points",
                 reader->points->kind == SAH_SCALAR
                     ? why
                     : "a list of points is for `kind: list`; expected a number");
    return count;
}

static void make_table(struct reader *reader, int64_t points) {
    struct sah_study *study = reader->study;
    struct sah_error inner = {0};
    size_t *levels = calloc(study->nfactors + 1, sizeof *levels);
    if (!levels) {
        note(reader, sah_error_add(reader->err, SAH_MEMORY, "no memory for levels"));
        return;
    }
    for (size_t k = 0; k < study->nfactors; k++) levels[k] = study->factor[k].nvalues;
    const struct sah_design_request request = {
        .kind = (enum sah_design_kind)reader->head.kind,
        .nfactors = study->nfactors,
        .levels = levels,
        .points = (size_t)points,
        .grid = reader->head.levels ? (size_t)reader->head.levels : 4,
        .seed = study->seed};
    int status = sah_design_create(&request, &study->design, &inner);
    const char *told = inner.text ? inner.text : "no memory";
    if (status)
        note(reader,
             sah_scenario_complain(reader->err, reader->design->origin, "design", NULL,
                                   "%.*s", (int)strcspn(told, "\n"), told));
    sah_error_clear(&inner);
    free(levels);
}

/* A study without `design` has one point: the scenario itself. */
static int make_single(struct reader *reader) {
    const struct sah_design_request request = {.kind = SAH_DESIGN_OAT};
    return sah_design_create(&request, &reader->study->design, reader->err);
}

static void read_all(struct reader *reader) {
    static const char *const also[] = {"vary", "points"};
    struct sah_study *study = reader->study;
    note(reader, sah_scenario_bind_mapping(study->file, reader->design, "design",
                                           design_table, &reader->head, also, 2,
                                           &study->binding, reader->err));
    if (reader->design->kind != SAH_MAPPING) return;
    bool is_list = reader->head.kind == SAH_DESIGN_LIST;
    reader->vary = sah_node_find(reader->design, "vary");
    reader->points = sah_node_find(reader->design, "points");
    bool is_told = is_list && reader->points && reader->points->kind == SAH_SEQUENCE &&
                   reader->points->child;
    if (reader->head.kind == SAH_DESIGN_MORRIS && reader->head.levels % 2)
        complain(reader, sah_node_find(reader->design, "levels"), "design.levels",
                 "must be even for morris");
    int64_t points =
        is_told ? (int64_t)sah_node_count(reader->points) : count_points(reader);
    if (is_told && reader->vary)
        complain(reader, reader->vary, "design.vary",
                 "a list has points or factors in step, not both");
    else if (is_told)
        read_points(reader);
    else if (reader->vary)
        read_vary(reader);
    else
        complain(reader, reader->design, "design.vary", "must be given: what varies");
    if (is_list && !is_told) check_steps(reader);
    if (!reader->status) make_table(reader, points);
}

int sah_study_read_design(struct sah_study *study, const struct sah_world *world,
                          struct sah_error *err) {
    struct reader reader = {.study = study, .world = world, .err = err};
    reader.design = sah_node_find(sah_scenario_root(study->file), "design");
    if (!reader.design || reader.design->kind == SAH_NULL) return make_single(&reader);
    read_all(&reader);
    return reader.status;
}
