/* Names find what they mean; ranges and lists are read and checked. */
#include "sim/study/factor.h"

#include "sim/kernel/calendar.h"
#include "sim/kernel/scenario_tree.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char timeline_mark[] = "timeline.";

/* clang-format off */
static const struct sah_param duration_row = {
    .key = "over", .type = SAH_REAL, .unit = "day", .min = 0, .max = 36525,
    .doc = "Days that a change takes", .source = "design"};
static const struct sah_param date_row = {
    .key = "date", .type = SAH_DATE, .unit = "1", .def_text = "2016-01-01",
    .doc = "Day that a change begins on", .source = "design"};

struct range {
    char *from, *to;
    int scale;
    int64_t levels;
};
static const char *const scales[] = {"linear", "log", NULL};
static const struct sah_param range_table[] = {
    {.key = "from", .type = SAH_TEXT, .at = offsetof(struct range, from), .fixed = true,
     .required = true, .unit = "1", .source = "design", .doc = "One end of the range"},
    {.key = "to", .type = SAH_TEXT, .at = offsetof(struct range, to), .fixed = true,
     .required = true, .unit = "1", .source = "design", .doc = "The other end"},
    {.key = "scale", .type = SAH_CHOICE, .at = offsetof(struct range, scale), .fixed = true,
     .unit = "1", .choices = scales, .source = "design",
     .doc = "Straight, or even in the logarithm"},
    {.key = "levels", .type = SAH_INT, .at = offsetof(struct range, levels), .fixed = true,
     .unit = "1", .def = 0, .min = 0, .max = 100000, .source = "design",
     .doc = "Values of a grid or one-at-a-time; 0: as the design says"},
    {0},
};
/* clang-format on */

static int complain(const struct sah_factor *factor, const struct sah_node *node,
                    struct sah_error *err, const char *what) {
    char path[SAH_TRAIL_TEXT];
    snprintf(path, sizeof path, "design.vary.%.200s", factor->name);
    return sah_scenario_complain(err, node->origin, path,
                                 node->kind == SAH_SCALAR ? node->text : NULL, "%s",
                                 what);
}

static int complain_of_name(const struct sah_factor *factor, struct sah_error *err,
                            const char *what, const char *near) {
    char path[SAH_TRAIL_TEXT];
    snprintf(path, sizeof path, "design.vary.%.200s", factor->name);
    return sah_scenario_complain(err, factor->node->key_origin, path, NULL, "%s%s%s%s",
                                 what, near ? "; did you mean " : "", near ? near : "",
                                 near ? "?" : "");
}

/* ---- names -------------------------------------------------------------------------- */

static int refuse_setting(const struct sah_factor *factor,
                          const struct sah_world *world, struct sah_error *err) {
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < world->binding.n; i++)
        if (sah_param_is_number(world->binding.setting[i].param))
            sah_nearer(factor->name, world->binding.setting[i].path, &best, &distance);
    return complain_of_name(factor, err, "no such parameter", best);
}

/* What the timeline sets on the first day already would not be seen to vary. */
static int check_moved(const struct sah_factor *factor, const struct sah_world *world,
                       const struct sah_setting *setting, struct sah_error *err) {
    for (size_t i = 0; i < world->timeline.n; i++) {
        const struct sah_change *change = &world->timeline.change[i];
        if (change->target != setting || change->day > world->run.start) continue;
        char what[SAH_TRAIL_TEXT], date[11];
        sah_day_text(change->day, date);
        snprintf(what, sizeof what,
                 "would do nothing: the timeline sets it from the first day on; vary "
                 "%s%s.%.100s",
                 timeline_mark, date, setting->path);
        return complain_of_name(factor, err, what, NULL);
    }
    return SAH_OK;
}

static int find_setting(struct sah_factor *factor, const struct sah_world *world,
                        struct sah_error *err) {
    static const char *const never[] = {"run.seed", "run.model"};
    const struct sah_setting *setting = sah_binding_find(&world->binding, factor->name);
    if (!setting) return refuse_setting(factor, world, err);
    bool is_ours = !strncmp(setting->path, "output.", 7);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        is_ours = is_ours || !strcmp(never[i], setting->path);
    if (is_ours)
        return complain_of_name(
            factor, err, "is set by the study itself: seed, replicates, keep", NULL);
    if (!sah_param_is_number(setting->param))
        return complain_of_name(
            factor, err, "only numbers, switches, choices and dates can vary", NULL);
    factor->target = SAH_FACTOR_SETTING;
    factor->param = setting->param;
    factor->own = sah_param_number(setting->param, setting->value);
    return check_moved(factor, world, setting, err);
}

/* The part of an entry that `rest` names behind its date: "" or ".to", ".over", ".date".
 */
static bool find_part(const char *rest, const char *target,
                      enum sah_factor_target *part) {
    static const char *const words[] = {"", ".to", ".over", ".date"};
    static const enum sah_factor_target parts[] = {SAH_FACTOR_TO, SAH_FACTOR_TO,
                                                   SAH_FACTOR_OVER, SAH_FACTOR_DATE};
    size_t length = strlen(target);
    if (strncmp(rest, target, length) != 0) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        *part = parts[i];
        if (!strcmp(rest + length, words[i])) return true;
    }
    return false;
}

static void take_entry(struct sah_factor *factor, const struct sah_change *change) {
    factor->what = change->target->path;
    sah_day_text(change->day, factor->date);
    if (factor->target == SAH_FACTOR_TO) {
        factor->param = change->target->param;
        factor->own = change->to;
    } else if (factor->target == SAH_FACTOR_OVER) {
        factor->param = &duration_row;
        factor->own = change->over_day;
    } else {
        factor->param = &date_row;
        factor->own = change->day;
    }
}

static int find_entry(struct sah_factor *factor, const struct sah_world *world,
                      struct sah_error *err) {
    const char *date = factor->name + sizeof timeline_mark - 1;
    char text[SAH_TRAIL_TEXT], best[SAH_TRAIL_TEXT] = "";
    const char *near = NULL;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < world->timeline.n; i++) {
        const struct sah_change *change = &world->timeline.change[i];
        char day[11];
        sah_day_text(change->day, day);
        if (!strncmp(date, day, 10) && date[10] == '.' &&
            find_part(date + 11, change->target->path, &factor->target)) {
            take_entry(factor, change);
            return SAH_OK;
        }
        size_t before = distance;
        snprintf(text, sizeof text, "%s%s.%.200s", timeline_mark, day,
                 change->target->path);
        sah_nearer(factor->name, text, &near, &distance);
        if (distance < before) memcpy(best, text, sizeof best);
    }
    return complain_of_name(factor, err, "no such entry of the timeline",
                            *best ? best : NULL);
}

int sah_factor_find(struct sah_factor *factor, const struct sah_world *world,
                    struct sah_error *err) {
    bool is_entry = !strncmp(factor->name, timeline_mark, sizeof timeline_mark - 1);
    return is_entry ? find_entry(factor, world, err) : find_setting(factor, world, err);
}

/* ---- values ------------------------------------------------------------------------- */

int sah_factor_read_value(const struct sah_factor *factor, const struct sah_node *node,
                          struct sah_factor_value *value, struct sah_error *err) {
    union {
        double real;
        int64_t whole;
        bool on;
        int choice;
        int32_t day;
    } place;
    char why[480];
    if (node->kind != SAH_SCALAR)
        return complain(factor, node, err, "expected a value");
    if (!sah_param_read(factor->param, node->text, &place, why, sizeof why))
        return complain(factor, node, err, why);
    value->number = sah_param_number(factor->param, &place);
    sah_param_text(factor->param, &place, value->text, sizeof value->text);
    return SAH_OK;
}

static int read_list(struct sah_factor *factor, struct sah_error *err) {
    size_t n = sah_node_count(factor->node);
    int status = SAH_OK;
    if (!n) return complain(factor, factor->node, err, "an empty list of values");
    factor->value = calloc(n, sizeof *factor->value);
    if (!factor->value) return sah_error_add(err, SAH_MEMORY, "no memory for values");
    for (const struct sah_node *item = factor->node->child; item; item = item->next)
        if (sah_factor_read_value(factor, item, &factor->value[factor->nvalues++], err))
            status = SAH_INPUT;
    return status;
}

static int check_range(const struct sah_factor *factor, struct sah_error *err) {
    enum sah_param_type type = factor->param->type;
    if (type == SAH_SWITCH || type == SAH_CHOICE)
        return complain(factor, factor->node, err,
                        "has no range: expected a list such as [off, on]");
    if (factor->is_log && type == SAH_DATE)
        return complain(factor, factor->node, err, "dates have no logarithm");
    if (factor->is_log && !(factor->from > 0 && factor->to > 0))
        return complain(factor, factor->node, err,
                        "a logarithmic range lies above 0 with both ends");
    return SAH_OK;
}

static int read_end(struct sah_factor *factor, const char *key, double *end,
                    struct sah_error *err) {
    struct sah_factor_value value;
    const struct sah_node *node = sah_node_find(factor->node, key);
    int status = sah_factor_read_value(factor, node, &value, err);
    if (!status) *end = value.number;
    return status;
}

static int read_range(struct sah_factor *factor, struct sah_scenario *file,
                      size_t levels, struct sah_binding *binding,
                      struct sah_error *err) {
    struct range range = {0};
    char path[SAH_TRAIL_TEXT];
    snprintf(path, sizeof path, "design.vary.%.200s", factor->name);
    int status = sah_scenario_bind_mapping(file, factor->node, path, range_table,
                                           &range, NULL, 0, binding, err);
    if (status) return status;
    factor->is_range = true;
    factor->is_log = range.scale == 1;
    factor->nvalues = range.levels ? (size_t)range.levels : levels;
    int from = read_end(factor, "from", &factor->from, err);
    int to = read_end(factor, "to", &factor->to, err);
    if (from || to) return from ? from : to;
    return check_range(factor, err);
}

int sah_factor_read(struct sah_factor *factor, const struct sah_world *world,
                    struct sah_scenario *file, size_t levels,
                    struct sah_binding *binding, struct sah_error *err) {
    int status = sah_factor_find(factor, world, err);
    if (status) return status;
    if (factor->node->kind == SAH_SEQUENCE) return read_list(factor, err);
    if (factor->node->kind == SAH_MAPPING)
        return read_range(factor, file, levels, binding, err);
    return complain(factor, factor->node, err,
                    "expected a range such as {from: 0, to: 1} or a list of values");
}
