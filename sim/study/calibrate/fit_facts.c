/* Facts on record as aims, by name. */
#include "sim/study/calibrate/fit_impl.h"

#include "sim/kernel/param.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Smaller values of a fact with a factor for its band, such as 0, count as this many
 * half widths below the record (assumed). */
enum { LOWEST = 5 };
static const char model[] = "sahel"; /* that facts are of */

/* "F4 all 2017" and its shorter names. */
struct names {
    char whole[SAH_AIM_TEXT], part[SAH_AIM_TEXT], period[SAH_AIM_TEXT];
};

static struct names names_of(const struct sah_fact_item *item) {
    struct names names;
    char period[SAH_FACT_TEXT];
    sah_fact_period(item, period);
    snprintf(names.whole, sizeof names.whole, "%s %s %s", item->fact->id, item->part,
             period);
    snprintf(names.part, sizeof names.part, "%s %s", item->fact->id, item->part);
    snprintf(names.period, sizeof names.period, "%s %s", item->fact->id, period);
    return names;
}

static bool is_named(const struct sah_fact_item *item, const char *text) {
    struct names names = names_of(item);
    return !strcmp(text, item->fact->id) || !strcmp(text, names.whole) ||
           !strcmp(text, names.part) || !strcmp(text, names.period);
}

/* How an item stands to a run of the study. */
static bool is_fit(const struct sah_fact_item *item) {
    return !item->check && item->fact->band != SAH_BAND_SIGN;
}

static bool is_covered(const struct sah_study *study,
                       const struct sah_fact_item *item) {
    const struct sah_world *world = study->base.world;
    return !world || sah_fact_covers(item, world->run.start, world->run.end);
}

/* ---- names ---------------------------------------------------------------------------- */

static void complain(struct sah_fit_reader *reader, const struct sah_node *node,
                     const char *path, const char *what, const char *near) {
    const char *text = node->kind == SAH_SCALAR ? node->text : NULL;
    sah_fit_note(reader,
                 sah_scenario_complain(reader->err, node->origin, path, text,
                                       "%s%s%s%s", what, near ? "; did you mean " : "",
                                       near ? near : "", near ? "?" : ""));
}

static void refuse_unknown(struct sah_fit_reader *reader, const struct sah_node *node,
                           const char *path) {
    static char best[SAH_AIM_TEXT];
    const char *near = NULL;
    size_t n, distance = SIZE_MAX;
    const struct sah_fact_item *item = sah_fact_items(&n);
    for (size_t i = 0; i < n; i++) {
        struct names names = names_of(&item[i]);
        const char *const all[] = {item[i].fact->id, names.part, names.period,
                                   names.whole};
        for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
            size_t before = distance;
            sah_nearer(node->text, all[k], &near, &distance);
            if (distance < before) snprintf(best, sizeof best, "%s", all[k]);
        }
    }
    complain(reader, node, path, "no such fact", near ? best : NULL);
}

/* A name must mean something that can be fitted. */
static void check_name(struct sah_fit_reader *reader, const struct sah_node *node,
                       const char *path) {
    size_t n, known = 0, fit = 0, covered = 0;
    const struct sah_fact_item *item = sah_fact_items(&n);
    for (size_t i = 0; i < n; i++) {
        if (!is_named(&item[i], node->text)) continue;
        known++;
        fit += is_fit(&item[i]);
        covered += is_fit(&item[i]) && is_covered(reader->study, &item[i]);
    }
    if (!known)
        refuse_unknown(reader, node, path);
    else if (!fit)
        complain(reader, node, path, "is for checking alone, never fitted", NULL);
    else if (!covered)
        complain(reader, node, path, "lies outside the days of the runs", NULL);
}

static void check_names(struct sah_fit_reader *reader, const char *key) {
    const struct sah_node *list = sah_node_find(reader->node, key);
    char path[32];
    snprintf(path, sizeof path, "fit.%s", key);
    if (list && list->kind == SAH_SCALAR)
        check_name(reader, list, path);
    else if (list && list->kind == SAH_SEQUENCE)
        for (const struct sah_node *item = list->child; item; item = item->next)
            if (item->kind == SAH_SCALAR) check_name(reader, item, path);
}

static bool is_among(const struct sah_names *names, const struct sah_fact_item *item) {
    for (size_t i = 0; i < names->n; i++)
        if (is_named(item, names->name[i])) return true;
    return false;
}

/* ---- aims ----------------------------------------------------------------------------- */

static void add(struct sah_fit_reader *reader, const struct sah_fact_item *item) {
    struct sah_aim *aim = sah_fit_add(reader);
    const struct sah_fact *fact = item->fact;
    if (!aim) return;
    struct names names = names_of(item);
    memcpy(aim->name, names.whole, sizeof aim->name);
    aim->item = item;
    aim->unit = fact->unit;
    aim->is_log = fact->band == SAH_BAND_FACTOR;
    if (aim->is_log) {
        aim->low = item->low / fact->width, aim->high = item->high * fact->width;
        aim->value = sqrt(aim->low * aim->high);
        aim->least = aim->value * pow(aim->low / aim->value, LOWEST);
    } else {
        aim->low = item->low - fact->width, aim->high = item->high + fact->width;
        aim->value = (aim->low + aim->high) / 2;
    }
    sah_aim_settle(aim);
}

void sah_fit_read_facts(struct sah_fit_reader *reader) {
    const struct sah_study *study = reader->study;
    const struct sah_world *world = study->base.world;
    const struct sah_node *asked = sah_node_find(reader->node, "facts");
    bool has_facts = !world || !strcmp(world->family->name, model);
    size_t n, before = reader->fit->naims;
    const struct sah_fact_item *item = sah_fact_items(&n);
    if (!has_facts && asked)
        complain(reader, asked, "fit.facts", "facts are of the model sahel alone",
                 NULL);
    if (!has_facts || (asked && asked->kind == SAH_SEQUENCE && !asked->child)) return;
    check_names(reader, "facts");
    check_names(reader, "leave");
    for (size_t i = 0; i < n; i++)
        if (is_fit(&item[i]) && is_covered(study, &item[i]) &&
            (!asked || is_among(&reader->fit->facts, &item[i])) &&
            !is_among(&reader->fit->leave, &item[i]))
            add(reader, &item[i]);
    if (reader->fit->naims > before && !study->keep.events)
        complain(reader, asked ? asked : reader->node, "fit.facts",
                 "facts are counted from events: the study must keep {events: true}",
                 NULL);
}
