/* One value of the tree against its row: read, checked, put into its place. */
#include "sim/kernel/scenario_bind.h"
#include "sim/kernel/scenario_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool refuse(const struct sah_bind_job *job, const struct sah_node *node,
                   const char *why) {
    const char *text = node->kind == SAH_SCALAR ? node->text : NULL;
    job->binder->code = sah_scenario_complain(job->binder->err, node->origin, job->path,
                                              text, "%s", why);
    return false;
}

/* Of another kind than the row wants. */
static bool refuse_kind(const struct sah_bind_job *job, const struct sah_node *node) {
    char expected[400], why[480];
    sah_param_expected(job->param, expected, sizeof expected);
    bool is_scalar = node->kind == SAH_SCALAR;
    snprintf(why, sizeof why, "%s%s%s", expected, is_scalar ? "" : ", found ",
             is_scalar ? "" : sah_kind_word(node->kind));
    return refuse(job, node, why);
}

/* The index of `word` among the row's choices, or -1. */
static int choice_of(const struct sah_param *param, const char *word) {
    for (int i = 0; param->choices && param->choices[i]; i++)
        if (!strcmp(param->choices[i], word)) return i;
    return -1;
}

static bool refuse_word(const struct sah_bind_job *job, const struct sah_node *node) {
    char words[256], why[400];
    size_t n = 0;
    while (job->param->choices[n]) n++;
    const char *near = sah_nearest(node->text, job->param->choices, n);
    sah_param_range_text(job->param, words, sizeof words);
    snprintf(why, sizeof why, "expected names among %s%s%s%s", words,
             near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    return refuse(job, node, why);
}

static bool add_name(const struct sah_bind_job *job, struct sah_names *names,
                     const char *name) {
    char *copy = sah_binder_own_text(job->binder, name);
    if (copy) names->name[names->n++] = copy;
    return copy != NULL;
}

static bool read_names(const struct sah_bind_job *job, const struct sah_node *node) {
    if (node->kind != SAH_SEQUENCE) return refuse_kind(job, node);
    struct sah_names names = {.name = sah_binder_own_array(job->binder,
                                                           sah_node_count(node),
                                                           sizeof *names.name)};
    struct sah_index seen = {0};
    bool good = names.name != NULL;
    for (struct sah_node *item = node->child; item && names.name; item = item->next) {
        bool fine = item->kind == SAH_SCALAR || refuse_kind(job, item);
        if (fine && job->param->choices && choice_of(job->param, item->text) < 0)
            fine = refuse_word(job, item);
        if (fine && sah_index_find(&seen, item->text, ""))
            fine = refuse(job, item, "named twice in the list");
        if (fine && !sah_index_put(&seen, item->text, "", item)) {
            job->binder->code = sah_out_of_memory(job->binder->err);
            fine = false;
        }
        if (fine) fine = add_name(job, &names, item->text);
        good = good && fine;
    }
    sah_index_free(&seen);
    if (good) *(struct sah_names *)job->value = names;
    return good;
}

static bool read_number(const struct sah_bind_job *job, const struct sah_node *node,
                        double *number) {
    char why[400];
    if (node->kind != SAH_SCALAR) return refuse_kind(job, node);
    if (sah_param_read_number(job->param, node->text, number, why, sizeof why))
        return true;
    return refuse(job, node, why);
}

static bool read_reals(const struct sah_bind_job *job, const struct sah_node *node) {
    if (node->kind != SAH_SEQUENCE) return refuse_kind(job, node);
    struct sah_reals reals = {.value = sah_binder_own_array(job->binder,
                                                            sah_node_count(node),
                                                            sizeof *reals.value)};
    bool good = reals.value != NULL;
    for (struct sah_node *item = node->child; item && reals.value; item = item->next)
        good = read_number(job, item, &reals.value[reals.n++]) && good;
    if (good) *(struct sah_reals *)job->value = reals;
    return good;
}

static bool read_share(const struct sah_bind_job *job, const struct sah_node *node,
                       double *share) {
    if (node->kind != SAH_SCALAR || choice_of(job->param, node->text) < 0)
        return read_number(job, node, share);
    *share = job->param->max;
    return true;
}

static bool read_shares(const struct sah_bind_job *job, const struct sah_node *node) {
    if (node->kind != SAH_MAPPING) return refuse_kind(job, node);
    size_t n = sah_node_count(node);
    struct sah_shares shares = {
        .name = sah_binder_own_array(job->binder, n, sizeof *shares.name),
        .share = sah_binder_own_array(job->binder, n, sizeof *shares.share),
    };
    bool good = shares.name && shares.share;
    for (struct sah_node *item = node->child; item && shares.name && shares.share;
         item = item->next) {
        char path[SAH_TRAIL_TEXT];
        snprintf(path, sizeof path, "%s.%s", job->path, item->key);
        struct sah_bind_job part = *job;
        part.path = path;
        good = read_share(&part, item, &shares.share[shares.n]) && good;
        shares.name[shares.n] = sah_binder_own_text(job->binder, item->key);
        if (shares.name[shares.n]) shares.n++;
    }
    if (good) *(struct sah_shares *)job->value = shares;
    return good;
}

static bool read_text(const struct sah_bind_job *job, const struct sah_node *node) {
    if (node->kind != SAH_SCALAR) return refuse_kind(job, node);
    char *text = sah_binder_own_text(job->binder, node->text);
    if (text) *(char **)job->value = text;
    return text != NULL;
}

bool sah_bind_value(const struct sah_bind_job *job, const struct sah_node *node) {
    char why[480];
    switch (job->param->type) {
    case SAH_TEXT:
        return read_text(job, node);
    case SAH_NAMES:
        return read_names(job, node);
    case SAH_REALS:
        return read_reals(job, node);
    case SAH_SHARES:
        return read_shares(job, node);
    default:
        break;
    }
    if (node->kind != SAH_SCALAR) return refuse_kind(job, node);
    if (sah_param_read(job->param, node->text, job->value, why, sizeof why))
        return true;
    return refuse(job, node, why);
}

/* ---- defaults ---- */

/* The default of a list stands in its row as it would stand between brackets. */
static void put_list_default(const struct sah_bind_job *job) {
    char *text;
    int length = sah_param_default_text(job->param, NULL, 0);
    struct sah_binder *binder = job->binder;
    struct sah_node *node = NULL;
    if (length <= 0) return;
    text = malloc((size_t)length + 1);
    if (!text) {
        binder->code = sah_out_of_memory(binder->err);
        return;
    }
    sah_param_default_text(job->param, text, (size_t)length + 1);
    int code = sah_yaml_read(binder->scenario, sah_by_default.file, text,
                             (size_t)length, &node, binder->err);
    if (code)
        binder->code = code;
    else
        sah_bind_value(job, node);
    sah_node_free(node);
    free(text);
}

void sah_bind_default(const struct sah_bind_job *job) {
    if (sah_param_is_number(job->param)) {
        if (!job->param->required) sah_param_default(job->param, job->value);
    } else if (job->param->type == SAH_TEXT) {
        const char *text = job->param->def_text;
        char *copy = sah_binder_own_text(job->binder, text ? text : "");
        if (copy) *(char **)job->value = copy;
    } else if (!job->param->required) {
        put_list_default(job);
    }
}
