/* The timeline: entries checked against what they change, then played day by day.
 *
 *   x(day) = from + (to - from) * min(1, (day - date) / over),   from = x(date) before
 */
#include "sim/kernel/timeline.h"
#include "sim/kernel/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An entry being read. */
struct entry {
    struct sah_error *err;
    const struct sah_binding *binding;
    struct sah_node *node;
    size_t order; /* among all entries, those of the bases first */
    int code;
    size_t *hints; /* sought so far: bounded */
};

enum { MOST_HINTS = 100 };

static const char *const keys[] = {"date", "what", "to", "over", "why"};
enum { NKEYS = sizeof keys / sizeof *keys };

/* "timeline[3].what = x: ..." at the node's place. */
static bool refuse(struct entry *entry, const struct sah_node *node, const char *key,
                   const char *why, const char *guess) {
    char path[64];
    snprintf(path, sizeof path, "timeline[%zu]%s%.32s", entry->node->index + 1,
             key ? "." : "", key ? key : "");
    entry->code = sah_scenario_complain(entry->err, node->origin, path,
                                        node->kind == SAH_SCALAR ? node->text : NULL,
                                        "%s%s%s%s", why, guess ? "; did you mean " : "",
                                        guess ? guess : "", guess ? "?" : "");
    return false;
}

/* The scalar under `key`; complains where it is missing or of another kind. */
static struct sah_node *scalar(struct entry *entry, const char *key, bool is_needed) {
    struct sah_node *node = sah_node_find(entry->node, key);
    if (!node && is_needed) refuse(entry, entry->node, key, "must be given", NULL);
    if (node && node->kind != SAH_SCALAR) {
        refuse(entry, node, key, "expected a single value", NULL);
        return NULL;
    }
    return node;
}

static void refuse_unknown_keys(struct entry *entry) {
    for (struct sah_node *child = entry->node->child; child; child = child->next) {
        bool is_known = false;
        for (size_t i = 0; i < NKEYS; i++) is_known |= !strcmp(child->key, keys[i]);
        if (is_known) continue;
        struct sah_node place = {.kind = SAH_NULL, .origin = child->key_origin};
        refuse(entry, &place, child->key, "no such key",
               sah_nearest(child->key, keys, NKEYS));
    }
}

static bool can_change(const struct sah_setting *setting) {
    return !setting->param->fixed && sah_param_is_number(setting->param);
}

static const char *nearest_target(const struct entry *entry, const char *wrong) {
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    if ((*entry->hints)++ >= MOST_HINTS) return NULL;
    for (size_t i = 0; i < entry->binding->n; i++)
        if (can_change(&entry->binding->setting[i]))
            sah_nearer(wrong, entry->binding->setting[i].path, &best, &distance);
    return best;
}

static bool read_date(struct entry *entry, struct sah_change *change) {
    struct sah_node *node = scalar(entry, "date", true);
    if (!node) return false;
    if (sah_day_parse(node->text, &change->day)) return true;
    return refuse(entry, node, "date", "expected a date such as 2016-01-31", NULL);
}

static bool read_target(struct entry *entry, struct sah_change *change) {
    struct sah_node *node = scalar(entry, "what", true);
    if (!node) return false;
    change->target = sah_binding_find(entry->binding, node->text);
    if (!change->target)
        return refuse(entry, node, "what", "no such parameter",
                      nearest_target(entry, node->text));
    if (can_change(change->target)) return true;
    bool is_fixed = change->target->param->fixed;
    change->target = NULL;
    return refuse(entry, node, "what",
                  is_fixed ? "is fixed during a run"
                           : "only numbers, switches, choices and dates can change",
                  NULL);
}

static bool read_to(struct entry *entry, struct sah_change *change) {
    struct sah_node *node = scalar(entry, "to", true);
    if (!node || !change->target) return false;
    union {
        double real;
        int64_t whole;
        bool on;
        int choice;
        int32_t day;
    } value;
    char why[400];
    const struct sah_param *param = change->target->param;
    if (!sah_param_read(param, node->text, &value, why, sizeof why)) {
        char message[560];
        snprintf(message, sizeof message, "%.128s %s", change->target->path, why);
        return refuse(entry, node, "to", message, NULL);
    }
    change->to = sah_param_number(param, &value);
    return true;
}

static bool can_ramp(const struct sah_param *param) {
    return param->type == SAH_REAL || param->type == SAH_INT;
}

static bool read_over(struct entry *entry, struct sah_change *change) {
    static const struct sah_param duration = {.key = "over",
                                              .type = SAH_REAL,
                                              .unit = "day",
                                              .def = 0,
                                              .min = 0,
                                              .max = 36525};
    struct sah_node *node = scalar(entry, "over", false);
    char why[400];
    if (!node) return !sah_node_find(entry->node, "over");
    if (!sah_param_read(&duration, node->text, &change->over_day, why, sizeof why))
        return refuse(entry, node, "over", why, NULL);
    if (change->over_day == 0 || !change->target || can_ramp(change->target->param))
        return true;
    snprintf(why, sizeof why, "only numbers change over time; %.128s is a %s",
             change->target->path, sah_param_type_word(change->target->param->type));
    return refuse(entry, node, "over", why, NULL);
}

static bool read_why(struct entry *entry, struct sah_change *change) {
    struct sah_node *node = scalar(entry, "why", false);
    change->why = strdup(node ? node->text : "");
    if (change->why) return true;
    entry->code = sah_error_add(entry->err, SAH_MEMORY, "out of memory");
    return false;
}

/* Reads all of an entry, so that all its mistakes are told. */
static bool read_entry(struct entry *entry, struct sah_change *change) {
    if (entry->node->kind != SAH_MAPPING)
        return refuse(entry, entry->node, NULL, "expected {date, what, to}", NULL);
    change->origin = entry->node->origin;
    change->order = entry->order;
    read_date(entry, change);
    read_target(entry, change);
    read_to(entry, change);
    read_over(entry, change);
    read_why(entry, change);
    refuse_unknown_keys(entry);
    return entry->code == SAH_OK;
}

static int by_day(const void *a, const void *b) {
    const struct sah_change *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* Each change begins where the one before it on the same target has led by then. */
static void chain(struct sah_timeline *timeline) {
    for (size_t i = 0; i < timeline->n; i++) {
        struct sah_change *change = &timeline->change[i];
        size_t k = i;
        while (k > 0 && timeline->change[k - 1].target != change->target) k--;
        change->first = k == 0;
        change->from =
            k ? sah_change_value(&timeline->change[k - 1], change->day)
              : sah_param_number(change->target->param, change->target->value);
    }
}

static int read_entries(struct sah_timeline *timeline, struct sah_node *list,
                        const struct sah_binding *binding, struct sah_error *err) {
    int code = SAH_OK;
    size_t hints = 0, order = 0;
    for (struct sah_node *node = list->child; node; node = node->next, order++) {
        struct entry entry = {err, binding, node, order, SAH_OK, &hints};
        struct sah_change *change = &timeline->change[timeline->n];
        if (read_entry(&entry, change)) {
            timeline->n++;
            continue;
        }
        free(change->why);
        *change = (struct sah_change){0};
        code = entry.code;
    }
    return code;
}

int sah_timeline_bind(struct sah_timeline *timeline, struct sah_scenario *scenario,
                      struct sah_binding *binding, struct sah_error *err) {
    *timeline = (struct sah_timeline){0};
    struct sah_node *list = sah_node_find(sah_scenario_root(scenario), "timeline");
    if (!list || list->kind == SAH_NULL) return SAH_OK;
    list->used = true;
    if (list->kind != SAH_SEQUENCE)
        return sah_scenario_complain(err, list->origin, "timeline", NULL,
                                     "expected a list of entries {date, what, to}");
    size_t n = 0;
    for (struct sah_node *node = list->child; node; node = node->next) n++;
    if (n > SAH_SCENARIO_ITEMS)
        return sah_scenario_complain(err, list->origin, "timeline", NULL,
                                     "more than %d entries", SAH_SCENARIO_ITEMS);
    timeline->change = calloc(n ? n : 1, sizeof *timeline->change);
    if (!timeline->change) return sah_error_add(err, SAH_MEMORY, "out of memory");
    int code = read_entries(timeline, list, binding, err);
    qsort(timeline->change, timeline->n, sizeof *timeline->change, by_day);
    chain(timeline);
    return code;
}

void sah_timeline_free(struct sah_timeline *timeline) {
    for (size_t i = 0; i < timeline->n; i++) free(timeline->change[i].why);
    free(timeline->change);
    *timeline = (struct sah_timeline){0};
}

double sah_change_value(const struct sah_change *change, int32_t day) {
    double elapsed = (double)day - change->day;
    if (elapsed >= change->over_day) return change->to;
    double value =
        change->from + (change->to - change->from) * (elapsed / change->over_day);
    return change->target->param->type == SAH_INT ? floor(value + 0.5) : value;
}

static void set(const struct sah_change *change, double number) {
    sah_param_set_number(change->target->param, change->target->value, number);
}

void sah_timeline_apply(const struct sah_timeline *timeline, int32_t day) {
    for (size_t i = 0; i < timeline->n; i++) {
        const struct sah_change *change = &timeline->change[i];
        if (change->day <= day)
            set(change, sah_change_value(change, day));
        else if (change->first)
            set(change, change->from);
    }
}
