/* Values of measures as aims. */
#include "sim/study/calibrate/fit_impl.h"

#include "sim/kernel/param.h"

#include <stdio.h>
#include <string.h>

struct row {
    char *measure;
    double value;
    struct sah_reals band;
    int scale;
};
static const char *const scales[] = {"linear", "log", NULL};

/* clang-format off */
#define AT(field) .at = offsetof(struct row, field), .fixed = true, .unit = "1", \
    .source = "design"
static const struct sah_param table[] = {
    {.key = "measure", .type = SAH_TEXT, AT(measure), .required = true,
     .doc = "Name of a measure of the study"},
    {.key = "value", .type = SAH_REAL, AT(value), .required = true, .min = -1e300,
     .max = 1e300, .doc = "What was observed, in the unit of the measure"},
    {.key = "band", .type = SAH_REALS, AT(band), .required = true, .min = -1e300,
     .max = 1e300, .doc = "Both ends of the 95 % interval of the observation"},
    {.key = "scale", .type = SAH_CHOICE, AT(scale), .choices = scales,
     .doc = "Straight, or by the logarithm"},
    {0},
};
/* clang-format on */

static void complain(struct sah_fit_reader *reader, const struct sah_node *node,
                     const char *path, const char *what, const char *near) {
    const char *text = node->kind == SAH_SCALAR ? node->text : NULL;
    sah_fit_note(reader,
                 sah_scenario_complain(reader->err, node->origin, path, text,
                                       "%s%s%s%s", what, near ? "; did you mean " : "",
                                       near ? near : "", near ? "?" : ""));
}

static bool find_measure(struct sah_fit_reader *reader, const struct sah_node *node,
                         const char *path, struct sah_aim *aim) {
    const struct sah_outcomes *outcomes = &reader->study->outcomes;
    const char *name = sah_node_word(node, "measure"), *near = NULL;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < outcomes->n; i++) {
        if (!strcmp(outcomes->row[i]->name, name)) {
            aim->measure = i;
            return true;
        }
        sah_nearer(name, outcomes->row[i]->name, &near, &distance);
    }
    if (outcomes->n || reader->study->base.world) /* else other mistakes come first */
        complain(reader, sah_node_find(node, "measure"), path,
                 "no such measure of the study", near);
    return false;
}

static bool check_band(struct sah_fit_reader *reader, const struct sah_node *node,
                       const char *path, const struct row *row) {
    const struct sah_node *band = sah_node_find(node, "band");
    const double *end = row->band.value;
    if (row->band.n != 2 || !(end[0] < end[1]) || row->value < end[0] ||
        row->value > end[1])
        complain(reader, band, path,
                 "expected two ends with the value between them, such as [90, 130]",
                 NULL);
    else if (row->scale == 1 && !(end[0] > 0))
        complain(reader, band, path, "a logarithmic band lies above 0 with both ends",
                 NULL);
    else
        return true;
    return false;
}

static bool is_taken(const struct sah_fit *fit, size_t measure) {
    for (size_t i = 0; i < fit->naims; i++)
        if (!fit->aim[i].item && fit->aim[i].measure == measure) return true;
    return false;
}

static void add(struct sah_fit_reader *reader, const struct sah_node *node,
                const char *path, const struct row *row, const struct sah_aim *found) {
    struct sah_aim *aim = sah_fit_add(reader);
    if (!aim) return;
    *aim = *found;
    snprintf(aim->name, sizeof aim->name, "%.120s", row->measure);
    aim->unit = "1";
    aim->is_log = row->scale == 1;
    aim->value = row->value;
    aim->low = row->band.value[0], aim->high = row->band.value[1];
    sah_aim_settle(aim);
    if (!(aim->half > 0))
        complain(reader, sah_node_find(node, "band"), path, "is too narrow", NULL);
}

static void read_row(struct sah_fit_reader *reader, struct sah_node *node,
                     size_t number) {
    struct sah_study *study = reader->study;
    struct row row = {0};
    struct sah_aim found = {0};
    char path[48];
    snprintf(path, sizeof path, "fit.observed[%zu]", number);
    if (node->kind != SAH_MAPPING) {
        complain(reader, node, path, "expected {measure: NAME, value: 3, band: [2, 4]}",
                 NULL);
        return;
    }
    int status = sah_scenario_bind_mapping(study->file, node, path, table, &row, NULL,
                                           0, &study->binding, reader->err);
    sah_fit_note(reader, status);
    if (status) return;
    bool is_sound = check_band(reader, node, path, &row);
    if (!find_measure(reader, node, path, &found)) return;
    if (is_taken(reader->fit, found.measure))
        complain(reader, sah_node_find(node, "measure"), path, "is observed twice",
                 NULL);
    else if (is_sound)
        add(reader, node, path, &row, &found);
}

void sah_fit_read_observed(struct sah_fit_reader *reader) {
    struct sah_node *list = sah_node_find(reader->node, "observed");
    size_t number = 0;
    if (!list) return;
    list->used = true;
    if (list->kind != SAH_SEQUENCE) {
        complain(reader, list, "fit.observed",
                 "expected a list such as [{measure: NAME, value: 3, band: [2, 4]}]",
                 NULL);
        return;
    }
    for (struct sah_node *node = list->child; node; node = node->next)
        read_row(reader, node, number++);
}
