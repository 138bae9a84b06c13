/* Reading `fit`, and the axis of an aim. */
#include "sim/study/calibrate/fit_impl.h"

#include "sim/kernel/elementary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
#define AT(field) .at = offsetof(struct sah_fit, field), .fixed = true, .unit = "1", \
    .source = "design"
static const struct sah_param table[] = {
    {.key = "facts", .type = SAH_NAMES, AT(facts), .def_text = "",
     .doc = "Facts on record to meet: F4, F4 2017, F5 MLI, F5 MLI 2017; left out: all"},
    {.key = "leave", .type = SAH_NAMES, AT(leave), .def_text = "",
     .doc = "Facts among them to leave out"},
    {.key = "waves", .type = SAH_INT, AT(waves), .def = 3, .min = 1, .max = SAH_FIT_WAVES,
     .doc = "Waves of runs, the first of them the design"},
    {.key = "points", .type = SAH_INT, AT(points), .def = 0, .min = 0, .max = 400,
     .doc = "Points of a later wave; 0: as many as the design has"},
    {.key = "cutoff", .type = SAH_REAL, AT(cutoff), .def = 3, .min = 1, .max = 20,
     .doc = "Implausibility beyond which a point is ruled out"},
    {.key = "forgive", .type = SAH_REAL, AT(forgive), .def = 0, .min = 0, .max = 0.9,
     .doc = "Share of the aims that may lie beyond the cutoff"},
    {.key = "discrepancy", .type = SAH_REAL, AT(discrepancy), .def = 0.5, .min = 0,
     .max = 20, .doc = "What the model misses at best, in half widths of the band"},
    {.key = "sample", .type = SAH_INT, AT(sample), .def = 64, .min = 8, .max = 512,
     .doc = "Points of the posterior sample"},
    {.key = "log", .type = SAH_TEXT, AT(log_name), .def_text = "observed",
     .doc = "Which log facts are measured on: observed, or events for what truly happened"},
    {0},
};
/* clang-format on */

void sah_fit_note(struct sah_fit_reader *reader, int status) {
    if (status && !reader->status) reader->status = status;
}

struct sah_aim *sah_fit_add(struct sah_fit_reader *reader) {
    struct sah_fit *fit = reader->fit;
    struct sah_aim *grown = realloc(fit->aim, (fit->naims + 1) * sizeof *grown);
    if (!grown) {
        sah_fit_note(reader,
                     sah_error_add(reader->err, SAH_MEMORY, "no memory for an aim"));
        return NULL;
    }
    fit->aim = grown;
    grown[fit->naims] = (struct sah_aim){0};
    return &grown[fit->naims++];
}

/* ---- the axis of an aim -------------------------------------------------------------- */

static double on_axis(const struct sah_aim *aim, double value) {
    if (!isfinite(value)) return NAN; /* such as 3/0 */
    if (!aim->is_log) return value;
    if (value < aim->least) value = aim->least;
    return value > 0 ? sah_log(value) : NAN;
}

void sah_aim_settle(struct sah_aim *aim) {
    double low = on_axis(aim, aim->low), high = on_axis(aim, aim->high);
    aim->middle = on_axis(aim, aim->value);
    aim->half = (high - low) / 2;
}

double sah_aim_off(const struct sah_aim *aim, double value) {
    return (on_axis(aim, value) - aim->middle) / aim->half;
}

double sah_aim_value(const struct sah_aim *aim, double off) {
    double at = aim->middle + off * aim->half;
    return aim->is_log ? sah_exp(at) : at;
}

/* ---- what a calibration asks of the study -------------------------------------------- */

static void complain(struct sah_fit_reader *reader, const struct sah_node *node,
                     const char *path, const char *what) {
    const char *text = node->kind == SAH_SCALAR ? node->text : NULL;
    sah_fit_note(reader, sah_scenario_complain(reader->err, node->origin, path, text,
                                               "%s", what));
}

static const struct sah_node *part_of(const struct sah_node *root, const char *a,
                                      const char *b) {
    const struct sah_node *node = root ? sah_node_find(root, a) : NULL;
    const struct sah_node *inner =
        b && node && node->kind == SAH_MAPPING ? sah_node_find(node, b) : NULL;
    return inner ? inner : node ? node : root;
}

static void check_factors(struct sah_fit_reader *reader) {
    for (size_t k = 0; k < reader->study->nfactors; k++) {
        const struct sah_factor *factor = &reader->study->factor[k];
        if (factor->param && (!factor->is_range || factor->from == factor->to))
            complain(
                reader, factor->node, factor->name,
                "a parameter to be calibrated has a range such as {from: 1, to: 2}");
    }
}

static void check_study(struct sah_fit_reader *reader) {
    enum { MOST_FACTORS = 40 };
    const struct sah_study *study = reader->study;
    const struct sah_node *root = sah_scenario_root(study->file);
    if (study->nreplicates == 1)
        complain(reader, part_of(root, "replicates", NULL), "replicates",
                 "must be at least 2: what chance does is told from replicates");
    if (!study->design.npoints) return; /* its mistakes are told */
    if (study->design.kind != SAH_DESIGN_LHS && study->design.kind != SAH_DESIGN_SOBOL)
        complain(reader, part_of(root, "design", "kind"), "design.kind",
                 "the first wave of a calibration is lhs or sobol");
    else if (study->nfactors > MOST_FACTORS)
        complain(reader, part_of(root, "design", "vary"), "design.vary",
                 "at most 40 parameters can be calibrated at once");
    else
        check_factors(reader);
}

int sah_fit_read(struct sah_fit *fit, struct sah_study *study, struct sah_error *err) {
    static const char *const also[] = {"observed"};
    struct sah_fit_reader reader = {.fit = fit, .study = study, .err = err};
    *fit = (struct sah_fit){0};
    struct sah_node *root = sah_scenario_root(study->file);
    reader.node = sah_node_find(root, "fit");
    if (!reader.node)
        return sah_scenario_complain(
            err, root->origin, "fit", NULL,
            "must be given: what runs should meet, such as {facts: [F1, F4]}");
    sah_fit_note(&reader,
                 sah_scenario_bind_mapping(study->file, reader.node, "fit", table, fit,
                                           also, 1, &study->binding, err));
    if (reader.node->kind != SAH_MAPPING) return reader.status;
    check_study(&reader);
    bool is_observed = fit->log_name && strcmp(fit->log_name, "events") != 0;
    if (fit->log_name && is_observed && strcmp(fit->log_name, "observed") != 0)
        complain(&reader, part_of(reader.node, "log", NULL), "fit.log",
                 "must be observed or events");
    fit->log = is_observed ? NULL : fit->log_name;
    if (!fit->points) fit->points = (int64_t)study->design.npoints;
    sah_fit_read_facts(&reader);
    sah_fit_read_observed(&reader);
    if (!reader.status && !fit->naims)
        complain(&reader, reader.node, "fit", "has no aim: give facts or observed");
    return reader.status;
}

void sah_fit_free(struct sah_fit *fit) {
    free(fit->aim);
    *fit = (struct sah_fit){0};
}
