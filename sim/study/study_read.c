/* Keys of a study file; what stands under `design` is read in study_design.c. */
#include "sim/study/study_read.h"

#include "sim/kernel/scenario_tree.h"

#include <string.h>

struct keep {
    int fields, series;
    bool ledger, events;
    struct sah_names maps;
};

static const char *const periods[] = {"none", "day", "month", "year", NULL};

/* clang-format off */
static const struct sah_param head_table[] = {
    {.key = "title", .type = SAH_TEXT, .at = offsetof(struct sah_study_head, title),
     .fixed = true, .unit = "1", .def_text = "", .source = "design",
     .doc = "What the study asks"},
    {.key = "scenario", .type = SAH_TEXT, .at = offsetof(struct sah_study_head, scenario),
     .fixed = true, .required = true, .unit = "1", .source = "design",
     .doc = "File of the scenario, beside this file"},
    {.key = "measures", .type = SAH_TEXT, .at = offsetof(struct sah_study_head, measures),
     .fixed = true, .unit = "1", .def_text = "", .source = "design",
     .doc = "List of measures, beside this file; left out: the usual ones of the model"},
    {.key = "seed", .type = SAH_INT, .at = offsetof(struct sah_study_head, seed),
     .fixed = true, .unit = "1", .def = 1, .min = 0, .max = 9007199254740992,
     .source = "design", .doc = "Seed that those of all runs are made from"},
    {.key = "replicates", .type = SAH_INT,
     .at = offsetof(struct sah_study_head, replicates), .fixed = true, .unit = "1",
     .def = 1, .min = 1, .max = 1000000, .source = "design",
     .doc = "Runs at every point, each with a seed of its own, the same at all points"},
    {0},
};
static const struct sah_param keep_table[] = {
    {.key = "fields", .type = SAH_CHOICE, .at = offsetof(struct keep, fields),
     .fixed = true, .unit = "1", .choices = periods, .source = "design",
     .doc = "Period that maps are kept for"},
    {.key = "maps", .type = SAH_NAMES, .at = offsetof(struct keep, maps), .fixed = true,
     .unit = "1", .def_text = "", .source = "design",
     .doc = "Fields to keep as maps; none named: all"},
    {.key = "series", .type = SAH_CHOICE, .at = offsetof(struct keep, series),
     .fixed = true, .unit = "1", .choices = periods, .source = "design",
     .doc = "Period that series are kept for"},
    {.key = "ledger", .type = SAH_SWITCH, .at = offsetof(struct keep, ledger),
     .fixed = true, .unit = "1", .max = 1, .source = "design",
     .doc = "Keep the accounts of causes, by month"},
    {.key = "events", .type = SAH_SWITCH, .at = offsetof(struct keep, events),
     .fixed = true, .unit = "1", .max = 1, .source = "design",
     .doc = "Keep the table of events and the other logs"},
    {0},
};
/* clang-format on */

static struct sah_node *keep_of(const struct sah_study *study) {
    return sah_node_find(sah_scenario_root(study->file), "keep");
}

static int read_keep(struct sah_study *study, struct sah_error *err) {
    struct keep keep = {0};
    struct sah_node *node = keep_of(study);
    if (!node || node->kind == SAH_NULL) return SAH_OK;
    int status = sah_scenario_bind_mapping(study->file, node, "keep", keep_table, &keep,
                                           NULL, 0, &study->binding, err);
    study->keep.is_sound = status == SAH_OK;
    study->keep.place[SAH_FIELD] = keep.fields > 0;
    study->keep.place[SAH_SERIES] = keep.series > 0;
    study->keep.place[SAH_LEDGER] = keep.ledger;
    study->keep.events = keep.events;
    return status;
}

int sah_study_read_head(struct sah_study *study, struct sah_study_head *head,
                        struct sah_error *err) {
    static const char *const also[] = {"set", "design", "keep", "fit"};
    int status = sah_scenario_bind_mapping(
        study->file, sah_scenario_root(study->file), "", head_table, head, also,
        sizeof also / sizeof *also, &study->binding, err);
    int kept = read_keep(study, err);
    return status ? status : kept;
}

/* One value of `keep` under the name it has in a scenario. */
static int lay_as(struct sah_scenario *scenario, const struct sah_node *keep,
                  const char *key, char *name, struct sah_error *err) {
    const struct sah_node *found = keep ? sah_node_find(keep, key) : NULL;
    if (!found || (found->kind == SAH_SCALAR && !strcmp(found->text, "none")))
        return SAH_OK;
    struct sah_node setting = *found;
    setting.key = name;
    setting.next = NULL;
    const struct sah_node all = {
        .kind = SAH_MAPPING, .text = setting.text, .child = &setting};
    return sah_scenario_set(scenario, &all, err);
}

int sah_study_lay_keep(struct sah_study *study, struct sah_scenario *scenario,
                       struct sah_error *err) {
    static struct {
        const char *key;
        char path[24]; /* a node's key, which is no constant */
    } asked[] = {{"fields", "output.fields.every"},
                 {"series", "output.series.every"},
                 {"maps", "output.fields.keep"}};
    const struct sah_node *keep = study->keep.is_sound ? keep_of(study) : NULL;
    int status = SAH_OK;
    for (size_t i = 0; i < sizeof asked / sizeof *asked && !status; i++)
        status = lay_as(scenario, keep, asked[i].key, asked[i].path, err);
    return status;
}
