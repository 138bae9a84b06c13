/* A state fits a scenario as long as nothing it was built from changes.
 *
 * Rows marked `fixed` are what states are built from: they stay, but for the end, the seed,
 * the title and what is kept. All others may change, also those that a timeline moves, as
 * long as the entries before the branch stay. */
#include "sim/study/branch_check.h"

#include "sim/kernel/calendar.h"

#include <stdlib.h>
#include <string.h>

struct judge {
    const struct sah_world *parent, *world;
    int32_t day;
    struct sah_error *err;
    int status;
};

static bool is_free(const struct sah_setting *setting) {
    static const char *const anyway[] = {"run.end", "run.seed", "title"};
    static const char output[] = "output.";
    for (size_t i = 0; i < sizeof anyway / sizeof *anyway; i++)
        if (strcmp(setting->path, anyway[i]) == 0) return true;
    return !setting->param->fixed ||
           strncmp(setting->path, output, sizeof output - 1) == 0;
}

/* The value as a scenario would write it; caller frees. NULL without memory. */
static char *text_of(const struct sah_setting *setting, double number, bool as_number) {
    union {
        double real;
        int64_t whole;
        bool on;
        int choice;
        int32_t day;
    } value;
    const void *at = setting->value;
    if (as_number) {
        sah_param_set_number(setting->param, &value, number);
        at = &value;
    }
    int length = sah_param_text(setting->param, at, NULL, 0);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text) sah_param_text(setting->param, at, text, (size_t)length + 1);
    return text;
}

/* The first change of a setting by a timeline; NULL where there is none. */
static const struct sah_change *first_change(const struct sah_world *world,
                                             const struct sah_setting *setting) {
    for (size_t i = 0; i < world->timeline.n; i++)
        if (world->timeline.change[i].target == setting)
            return &world->timeline.change[i];
    return NULL;
}

/* What was bound, before any timeline moved it. */
static char *bound_text(const struct sah_world *world,
                        const struct sah_setting *setting) {
    const struct sah_change *change = first_change(world, setting);
    return text_of(setting, change ? change->from : 0, change != NULL);
}

static void judge_change(struct judge *judge, const struct sah_setting *setting,
                         const char *was, const char *is) {
    const struct sah_change *change = first_change(judge->world, setting);
    char date[11];
    if (!is_free(setting)) {
        judge->status = sah_scenario_complain(
            judge->err, setting->origin, setting->path, is,
            "was %s in the past, which was built on it; a branch cannot change it",
            was);
    } else if (change && change->day < judge->day) {
        sah_day_text(change->day, date);
        judge->status =
            sah_scenario_complain(judge->err, setting->origin, setting->path, is,
                                  "would do nothing: the timeline has moved it since "
                                  "%s; give an entry of the "
                                  "timeline instead",
                                  date);
    }
}

static void judge_settings(struct judge *judge) {
    for (size_t i = 0; i < judge->world->binding.n; i++) {
        const struct sah_setting *now = &judge->world->binding.setting[i];
        const struct sah_setting *before =
            sah_binding_find(&judge->parent->binding, now->path);
        if (!before || now->refused) continue;
        char *was = bound_text(judge->parent, before);
        char *is = bound_text(judge->world, now);
        if (!was || !is)
            judge->status = sah_error_add(judge->err, SAH_MEMORY, "out of memory");
        else if (strcmp(was, is) != 0)
            judge_change(judge, now, was, is);
        free(was);
        free(is);
    }
}

/* ---- lists of named things ------------------------------------------------------- */

static const char *name_at(const struct sah_list *list, size_t i) {
    return *(char *const *)((const char *)list->items + i * list->item_size);
}

static bool holds(const struct sah_list *list, const char *name) {
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(name_at(list, i), name) == 0) return true;
    return false;
}

/* The item of that name, or the list, or the scenario: the nearest that is written. */
static struct sah_origin place_of(const struct sah_world *world, const char *list,
                                  const char *name) {
    const struct sah_node *root = sah_scenario_root(world->scenario);
    const struct sah_node *node = sah_node_find(root, list);
    if (!node) return root->origin;
    for (const struct sah_node *item = node->child; item; item = item->next) {
        const struct sah_node *word = sah_node_find(item, "name");
        if (word && strcmp(word->text, name) == 0) return word->origin;
    }
    return node->origin;
}

static void judge_list(struct judge *judge, const struct sah_list *before,
                       const struct sah_list *now) {
    int status = SAH_OK;
    for (size_t i = 0; i < now->n; i++)
        if (!holds(before, name_at(now, i)))
            status = sah_scenario_complain(
                judge->err, place_of(judge->world, now->name, name_at(now, i)),
                now->name, name_at(now, i),
                "is not in the past; a branch cannot add to this list");
    for (size_t i = 0; i < before->n; i++)
        if (!holds(now, name_at(before, i)))
            status = sah_scenario_complain(
                judge->err, place_of(judge->world, now->name, name_at(before, i)),
                now->name, name_at(before, i),
                "is in the past; a branch cannot take it out of this list");
    bool same = before->n == now->n;
    for (size_t i = 0; same && i < now->n; i++)
        same = strcmp(name_at(before, i), name_at(now, i)) == 0;
    if (!status && !same)
        status = sah_scenario_complain(judge->err,
                                       place_of(judge->world, now->name, ""), now->name,
                                       NULL, "must stay in the order of the past");
    if (status) judge->status = status;
}

/* ---- the timeline ---------------------------------------------------------------- */

/* The entry of the same date and target. */
static const struct sah_change *find_change(const struct sah_timeline *timeline,
                                            const struct sah_change *change) {
    for (size_t i = 0; i < timeline->n; i++)
        if (timeline->change[i].day == change->day &&
            strcmp(timeline->change[i].target->path, change->target->path) == 0)
            return &timeline->change[i];
    return NULL;
}

static void judge_timeline(struct judge *judge) {
    const struct sah_timeline *before = &judge->parent->timeline;
    const struct sah_timeline *now = &judge->world->timeline;
    char date[11], begin[11];
    sah_day_text(judge->day, begin);
    for (size_t i = 0; i < now->n && now->change[i].day < judge->day; i++) {
        const struct sah_change *change = &now->change[i];
        const struct sah_change *old = find_change(before, change);
        if (old && old->to == change->to && old->over_day == change->over_day) continue;
        sah_day_text(change->day, date);
        judge->status = sah_scenario_complain(
            judge->err, change->origin, "timeline", NULL,
            "the entry of %s for %s lies before the branch on %s: the past stays as it "
            "was",
            date, change->target->path, begin);
    }
    const struct sah_node *root = sah_scenario_root(judge->world->scenario);
    const struct sah_node *list = sah_node_find(root, "timeline");
    for (size_t i = 0; i < before->n && before->change[i].day < judge->day; i++) {
        if (find_change(now, &before->change[i])) continue;
        sah_day_text(before->change[i].day, date);
        judge->status = sah_scenario_complain(
            judge->err, list ? list->origin : root->origin, "timeline", NULL,
            "the entry of %s for %s is missing: it lies before the branch on %s, and "
            "the "
            "past stays as it was",
            date, before->change[i].target->path, begin);
    }
}

static void judge_end(struct judge *judge) {
    const struct sah_setting *end = sah_binding_find(&judge->world->binding, "run.end");
    char last[11], begin[11];
    if (!end || end->refused || judge->world->run.end >= judge->day) return;
    sah_day_text(judge->world->run.end, last);
    sah_day_text(judge->day, begin);
    judge->status =
        sah_scenario_complain(judge->err, end->origin, end->path, last,
                              "must not lie before the branch on %s", begin);
}

int sah_branch_check(const struct sah_world *parent, const struct sah_world *world,
                     int32_t day, struct sah_error *err) {
    struct judge judge = {parent, world, day, err, SAH_OK};
    judge_settings(&judge);
    for (size_t i = 0; world->family == parent->family && i < world->family->nlists;
         i++)
        judge_list(&judge, &parent->lists[i], &world->lists[i]);
    judge_timeline(&judge);
    judge_end(&judge);
    return judge.status;
}
