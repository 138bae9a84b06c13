/* Files of signatures become rows that know their arms and measures. */
#include "sim/study/signature.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct head {
    char *mechanism, *scenario, *about;
    int64_t replicates;
};

struct contrast {
    char *name;
    int64_t replicates;
    struct sah_shares weights;
};

static const char *const expectations[] = {"bounds", "up", "down", NULL};

/* clang-format off */
#define TEXT(owner, field, text) \
    {.key = #field, .type = SAH_TEXT, .at = offsetof(struct owner, field), .unit = "1", \
     .def_text = "", .source = "design", .doc = text}
static const struct sah_param head_table[] = {
    {.key = "mechanism", .type = SAH_TEXT, .at = offsetof(struct head, mechanism),
     .required = true, .unit = "1", .source = "design", .doc = "Whose signature it is"},
    {.key = "scenario", .type = SAH_TEXT, .at = offsetof(struct head, scenario),
     .required = true, .unit = "1", .source = "design",
     .doc = "Scenario under all arms, beside this file"},
    {.key = "replicates", .type = SAH_INT, .at = offsetof(struct head, replicates),
     .unit = "1", .def = 24, .min = 2, .max = 1e6, .source = "design",
     .doc = "Seeds on which every arm is run"},
    TEXT(head, about, "What is shown, for readers"),
    {0},
};
static const struct sah_param contrast_table[] = {
    TEXT(contrast, name, "What the contrast is called"),
    {.key = "replicates", .type = SAH_INT, .at = offsetof(struct contrast, replicates),
     .unit = "1", .def = 0, .min = 2, .max = 1e6, .source = "design",
     .doc = "Seeds on which its arms are run, instead of those of the file"},
    {.key = "weights", .type = SAH_SHARES, .at = offsetof(struct contrast, weights),
     .unit = "1", .min = -100, .max = 100, .def_text = "a: -1, b: 1",
     .source = "design", .doc = "Weight of each arm in the effect"},
    {0},
};
#define AT(field) .at = offsetof(struct sah_signature_row, field), .unit = "1", \
    .source = "design"
static const struct sah_param row_table[] = {
    {.key = "expected", .type = SAH_CHOICE, AT(expected), .choices = expectations,
     .doc = "Which way it goes; with low and high: bounds"},
    {.key = "low", .type = SAH_REAL, AT(low), .def = -SAH_SIGNATURE_NO_BOUND, .min = -1e300,
     .max = 1e300, .doc = "Least mean that passes"},
    {.key = "high", .type = SAH_REAL, AT(high), .def = SAH_SIGNATURE_NO_BOUND, .min = -1e300,
     .max = 1e300, .doc = "Largest mean that passes"},
    {.key = "relative", .type = SAH_SWITCH, AT(relative),
     .doc = "Divide the effect by the mean of arm a"},
    {0},
};
/* clang-format on */

static const char *const arm_key[SAH_SIGNATURE_ARMS] = {"a", "b", "c", "d",
                                                        "e", "f", "g", "h"};

/* A file while it is read. */
struct reader {
    struct sah_signatures *all;
    struct sah_scenario *tree;
    struct sah_binding *binding;
    struct sah_error *err;
    struct head head;
    char *scenario; /* path */
    const struct sah_node *set;
    int status; /* the first mistake */
};

static void note(struct reader *reader, int status) {
    if (status && !reader->status) reader->status = status;
}

static void complain(struct reader *reader, const struct sah_node *node,
                     const char *path, const char *what) {
    note(reader,
         sah_scenario_complain(reader->err, node->origin, path, NULL, "%s", what));
}

/* Runs asked for by one arm: the file's settings, the contrast's, its own. */
struct arms {
    size_t n, replicates;
    size_t number[SAH_SIGNATURE_ARMS];
    double weight[SAH_SIGNATURE_ARMS];
    bool good[SAH_SIGNATURE_ARMS]; /* its scenario could be read */
};

/* Those asked for by the caller, else by the contrast, else by the file. */
static size_t pairs_of(const struct reader *reader, int64_t of_contrast) {
    if (reader->all->replicates) return reader->all->replicates;
    return (size_t)(of_contrast ? of_contrast : reader->head.replicates);
}

static void add_arm(struct reader *reader, struct arms *arms,
                    const struct sah_node *common, const struct sah_node *own,
                    double weight) {
    if (reader->status == SAH_MISSING) return; /* one word on a missing file is enough */
    const struct sah_node *const settings[] = {reader->set, common, own};
    size_t number = 0;
    int status = sah_twins_arm(&reader->all->twins, reader->scenario, settings, 3,
                               arms->replicates, &number, reader->err);
    note(reader, status);
    arms->good[arms->n] = status == SAH_OK;
    arms->number[arms->n] = number;
    arms->weight[arms->n++] = weight;
}

/* ---- rows -------------------------------------------------------------------------- */

static struct sah_signature_row *add_row(struct reader *reader) {
    struct sah_signatures *all = reader->all;
    struct sah_signature_row **grown =
        realloc(all->row, (all->nrows + 1) * sizeof *grown);
    if (grown) all->row = grown;
    struct sah_signature_row *row = grown ? calloc(1, sizeof *row) : NULL;
    if (row)
        all->row[all->nrows++] = row;
    else
        note(reader, sah_error_add(reader->err, SAH_MEMORY, "no memory for a row"));
    return row;
}

static bool bind_row(struct reader *reader, struct sah_node *node, const char *path,
                     struct sah_signature_row *row) {
    static const char *const also[] = {"expected", "low", "high", "relative", "arm"};
    if (node->kind != SAH_MAPPING) {
        complain(reader, node, path, "expected a measure such as {of: deaths}");
        return false;
    }
    int measured = sah_measure_bind(reader->tree, node, path, also, 5, &row->measure,
                                    reader->binding, reader->err);
    int bound = sah_scenario_bind_mapping(reader->tree, node, path, row_table, row,
                                          also + 4, 1, reader->binding, reader->err);
    note(reader, measured ? measured : bound);
    bool has_bounds = sah_node_find(node, "low") || sah_node_find(node, "high");
    if (!bound && (row->expected == SAH_EXPECT_BOUNDS) != has_bounds)
        complain(reader, node, path,
                 "needs either expected: up or down, or bounds low and high");
    if (!measured && !*row->measure.name)
        row->measure.name = *row->measure.of ? row->measure.of : row->measure.path;
    return !measured && !bound;
}

static void read_row(struct reader *reader, struct sah_node *node, const char *path,
                     const char *contrast, const struct arms *arms) {
    struct sah_signature_row *row = add_row(reader);
    if (!row || !bind_row(reader, node, path, row)) return;
    row->mechanism = reader->head.mechanism;
    row->contrast = contrast;
    row->replicates = arms->replicates;
    row->nsides = arms->n;
    int status = SAH_OK; /* a mistake is told of the first arm that has it */
    for (size_t k = 0; !status && k < arms->n; k++) {
        row->arm[k] = arms->number[k];
        row->weight[k] = arms->weight[k];
        if (arms->good[k])
            status = sah_twins_measure(&reader->all->twins, row->arm[k], &row->measure,
                                       &row->slot[k], reader->err);
    }
    note(reader, status);
}

/* ---- contrasts and levels ---------------------------------------------------------- */

static struct sah_node *take(struct sah_node *mapping, const char *key) {
    struct sah_node *node = sah_node_find(mapping, key);
    if (node) node->used = true;
    return node;
}

/* An item of a list, or nothing after a complaint. */
static struct sah_node *list_of(struct reader *reader, struct sah_node *mapping,
                                const char *key, const char *path) {
    struct sah_node *list = take(mapping, key);
    if (!list) return NULL;
    if (list->kind == SAH_SEQUENCE) return list->child;
    complain(reader, list, path, "expected a list");
    return NULL;
}

static double weight_of(const struct contrast *contrast, const char *arm) {
    for (size_t i = 0; i < contrast->weights.n; i++)
        if (!strcmp(contrast->weights.name[i], arm)) return contrast->weights.share[i];
    return 0;
}

static void read_arms(struct reader *reader, struct sah_node *node, const char *path,
                      const struct contrast *contrast, struct arms *arms) {
    const struct sah_node *common = take(node, "set");
    for (size_t k = 0; k < SAH_SIGNATURE_ARMS; k++) {
        const struct sah_node *own = sah_node_find(node, arm_key[k]);
        double weight = weight_of(contrast, arm_key[k]);
        if (own)
            add_arm(reader, arms, common, own, weight);
        else if (weight < 0 || weight > 0)
            complain(reader, node, path, "an arm that has a weight is missing");
    }
}

static void read_contrast(struct reader *reader, struct sah_node *node,
                          const char *path) {
    static const char *const also[] = {"a", "b", "c", "d",   "e",
                                       "f", "g", "h", "set", "measures"};
    struct contrast contrast = {0};
    struct arms arms = {0};
    int bound =
        sah_scenario_bind_mapping(reader->tree, node, path, contrast_table, &contrast,
                                  also, 10, reader->binding, reader->err);
    note(reader, bound);
    if (bound) return;
    arms.replicates = pairs_of(reader, contrast.replicates);
    read_arms(reader, node, path, &contrast, &arms);
    char inner[128];
    snprintf(inner, sizeof inner, "%.100s.measures", path);
    struct sah_node *item = list_of(reader, node, "measures", inner);
    if (!item) complain(reader, node, path, "measures nothing");
    for (size_t i = 1; item; item = item->next, i++) {
        snprintf(inner, sizeof inner, "%.80s.measures[%zu]", path, i);
        read_row(reader, item, inner, contrast.name, &arms);
    }
}

static void read_level(struct reader *reader, struct sah_node *node, const char *path) {
    struct arms arms = {.replicates = pairs_of(reader, 0)};
    const struct sah_node *own = sah_node_find(node, "arm");
    add_arm(reader, &arms, NULL, own, 1);
    read_row(reader, node, path, "level", &arms);
}

typedef void read_item(struct reader *reader, struct sah_node *node, const char *path);

static void read_items(struct reader *reader, const char *key, read_item *read) {
    struct sah_node *item = list_of(reader, sah_scenario_root(reader->tree), key, key);
    for (size_t i = 1; item; item = item->next, i++) {
        char path[64];
        snprintf(path, sizeof path, "%s[%zu]", key, i);
        read(reader, item, path);
    }
}

/* ---- files ------------------------------------------------------------------------- */

static struct sah_signature_file *add_file(struct sah_signatures *all) {
    struct sah_signature_file *grown =
        realloc(all->file, (all->nfiles + 1) * sizeof *grown);
    if (!grown) return NULL;
    all->file = grown;
    grown[all->nfiles] = (struct sah_signature_file){0};
    return &grown[all->nfiles++];
}

static int bind_head(struct reader *reader) {
    static const char *const also[] = {"set", "contrasts", "levels"};
    struct sah_node *root = sah_scenario_root(reader->tree);
    int status =
        sah_scenario_bind_mapping(reader->tree, root, "", head_table, &reader->head,
                                  also, 3, reader->binding, reader->err);
    if (status) return status;
    const struct sah_node *scenario = sah_node_find(root, "scenario");
    const struct sah_signatures *all = reader->all;
    reader->set = all->scenario ? NULL : sah_node_find(root, "set");
    reader->scenario = all->scenario
                           ? strdup(all->scenario)
                           : sah_path_beside(scenario->origin, reader->head.scenario);
    if (reader->scenario) return SAH_OK;
    return sah_error_add(reader->err, SAH_MEMORY, "no memory for a path");
}

int sah_signatures_read(struct sah_signatures *signatures, const char *path,
                        struct sah_error *err) {
    struct sah_signature_file *file = add_file(signatures);
    if (!file) return sah_error_add(err, SAH_MEMORY, "no memory for a file");
    int status = sah_scenario_read_plain(path, &file->tree, err);
    if (status) return status;
    struct reader reader = {
        .all = signatures, .tree = file->tree, .binding = &file->binding, .err = err};
    size_t before = signatures->nrows;
    note(&reader, bind_head(&reader));
    if (!reader.status) {
        read_items(&reader, "contrasts", read_contrast);
        read_items(&reader, "levels", read_level);
        if (!reader.status && signatures->nrows == before)
            complain(&reader, sah_scenario_root(file->tree), NULL,
                     "holds neither contrasts nor levels");
    }
    free(reader.scenario);
    return reader.status;
}
