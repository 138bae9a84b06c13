/* Values of factors, and how they get into a scenario. */
#include "sim/study/factor.h"

#include "sim/kernel/elementary.h"
#include "sim/kernel/scenario_tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- values ------------------------------------------------------------------------- */

static struct sah_factor_value own_value(const struct sah_factor *factor) {
    return (struct sah_factor_value){.number = factor->own};
}

/* As the row holds it: whole where it must be. */
static struct sah_factor_value value_of(const struct sah_factor *factor,
                                        double number) {
    union {
        double real;
        int64_t whole;
        bool on;
        int choice;
        int32_t day;
    } place;
    struct sah_factor_value value;
    sah_param_set_number(factor->param, &place, number);
    value.number = sah_param_number(factor->param, &place);
    sah_param_text(factor->param, &place, value.text, sizeof value.text);
    return value;
}

/* Elementary functions of ours: the same bits on every machine. */
static double between(const struct sah_factor *factor, double share) {
    double from = factor->from, to = factor->to;
    if (share <= 0) return from;
    if (share >= 1) return to;
    if (!factor->is_log) return from + share * (to - from);
    double low = sah_log(from), high = sah_log(to);
    double value = sah_exp(low + share * (high - low));
    return fmin(fmax(value, fmin(from, to)), fmax(from, to));
}

struct sah_factor_value sah_factor_level(const struct sah_factor *factor, double at) {
    if (isnan(at)) return own_value(factor);
    if (!factor->is_range) {
        const struct sah_factor_value *value = &factor->value[(size_t)at];
        return isnan(value->number) ? own_value(factor) : *value;
    }
    double steps = factor->nvalues > 1 ? (double)factor->nvalues - 1 : 1;
    return value_of(factor, between(factor, at / steps));
}

/* Whole numbers and days: every one has the same share of 0..1. */
static double whole_between(const struct sah_factor *factor, double at) {
    double n = floor(fabs(factor->to - factor->from)) + 1;
    double step = fmin(floor(at * n), n - 1);
    return factor->from + (factor->to < factor->from ? -step : step);
}

struct sah_factor_value sah_factor_sample(const struct sah_factor *factor, double at) {
    if (!factor->is_range) {
        size_t i = (size_t)(at * (double)factor->nvalues);
        return factor->value[i < factor->nvalues ? i : factor->nvalues - 1];
    }
    bool is_whole = factor->param->type == SAH_INT || factor->param->type == SAH_DATE;
    return value_of(factor, is_whole && !factor->is_log ? whole_between(factor, at)
                                                        : between(factor, at));
}

double sah_factor_share(const struct sah_factor *factor, double number) {
    double from = factor->from, to = factor->to;
    if (factor->is_log) {
        from = sah_log(from), to = sah_log(to);
        number = number > 0 ? sah_log(number) : from;
    }
    return fmin(fmax((number - from) / (to - from), 0), 1);
}

/* ---- into a scenario ------------------------------------------------------------------ */

static struct sah_node *find_entry(const struct sah_factor *factor,
                                   const struct sah_scenario *scenario) {
    struct sah_node *list = sah_node_find(scenario->root, "timeline");
    for (struct sah_node *item = list ? list->child : NULL; item; item = item->next) {
        const char *date = sah_node_word(item, "date"),
                   *what = sah_node_word(item, "what");
        if (date && what && !strcmp(date, factor->date) && !strcmp(what, factor->what))
            return item;
    }
    return NULL;
}

static int put_text(struct sah_node *node, const char *text, struct sah_error *err) {
    char *copy = strdup(text);
    if (!copy) return sah_error_add(err, SAH_MEMORY, "no memory for a value");
    free(node->text);
    node->text = copy;
    return SAH_OK;
}

int sah_factor_put(const struct sah_factor *factor,
                   const struct sah_factor_value *value, struct sah_scenario *scenario,
                   struct sah_error *err) {
    static const char *const keys[] = {
        [SAH_FACTOR_TO] = "to", [SAH_FACTOR_OVER] = "over", [SAH_FACTOR_DATE] = "date"};
    const char *key = keys[factor->target];
    struct sah_node *entry = find_entry(factor, scenario);
    if (!entry)
        return sah_error_add(err, SAH_CHECK, "%s: the entry is gone", factor->name);
    struct sah_node *node = sah_node_find(entry, key);
    if (node) return put_text(node, value->text, err);
    node = sah_node_create(scenario, SAH_SCALAR, value->text, strlen(value->text),
                           entry->origin, err);
    if (!node) return SAH_MEMORY;
    int status = sah_node_set_key(node, key, strlen(key), entry->origin, err);
    if (status)
        sah_node_free(node);
    else
        sah_node_append(entry, node);
    return status;
}

void sah_factor_free(struct sah_factor *factor) {
    free(factor->value);
    *factor = (struct sah_factor){0};
}
