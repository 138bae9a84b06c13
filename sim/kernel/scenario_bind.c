/* Binding: every value of the tree against its row, into the struct that owns it. */
#include "sim/kernel/scenario_bind.h"
#include "sim/kernel/scenario_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct sah_origin by_default = {"default", 0, 0};

/* ---- what the binding owns ---- */

/* Room for one more in an array that grows by doubling; NULL without memory. */
static void *room_for_one(void *array, size_t n, size_t size) {
    bool is_full = (n & (n - 1)) == 0; /* 0, 1, 2, 4, 8 ... */
    return is_full ? realloc(array, (n ? 2 * n : 1) * size) : array;
}

/* Hands `memory` to the binding; gives it back, or NULL after freeing it. */
static void *own(struct sah_binder *binder, void *memory) {
    struct sah_binding *binding = binder->binding;
    void **more = room_for_one(binding->owned, binding->nowned, sizeof *more);
    if (more) binding->owned = more;
    if (!memory || !more) {
        free(memory);
        binder->code = sah_out_of_memory(binder->err);
        return NULL;
    }
    return more[binding->nowned++] = memory;
}

static char *own_text(struct sah_binder *binder, const char *text) {
    return own(binder, strdup(text));
}

static void add_setting(struct sah_binder *binder, struct sah_setting setting) {
    struct sah_binding *binding = binder->binding;
    struct sah_setting *more = room_for_one(binding->setting, binding->n, sizeof *more);
    if (!more) {
        binder->code = sah_out_of_memory(binder->err);
        return;
    }
    binding->setting = more;
    more[binding->n++] = setting;
}

void sah_binding_free(struct sah_binding *binding, struct sah_list *lists,
                      size_t nlists) {
    for (size_t i = 0; i < binding->nowned; i++) free(binding->owned[i]);
    free(binding->owned);
    free(binding->setting);
    *binding = (struct sah_binding){0};
    for (size_t i = 0; i < nlists; i++) {
        lists[i].items = NULL;
        lists[i].n = 0;
    }
}

struct sah_setting *sah_binding_find(const struct sah_binding *binding,
                                     const char *path) {
    for (size_t i = 0; i < binding->n; i++)
        if (!strcmp(binding->setting[i].path, path)) return &binding->setting[i];
    return NULL;
}

/* ---- one value ---- */

/* A row, its place, and the node that gives its value. */
struct job {
    struct sah_binder *binder;
    const struct sah_param *param;
    void *value;
    const char *path;
};

static bool refuse(const struct job *job, const struct sah_node *node,
                   const char *why) {
    const char *text = node->kind == SAH_SCALAR ? node->text : NULL;
    job->binder->code = sah_scenario_complain(job->binder->err, node->origin, job->path,
                                              text, "%s", why);
    return false;
}

/* Of another kind than the row wants. */
static bool refuse_kind(const struct job *job, const struct sah_node *node) {
    char expected[400], why[480];
    sah_param_expected(job->param, expected, sizeof expected);
    bool is_scalar = node->kind == SAH_SCALAR;
    snprintf(why, sizeof why, "%s%s%s", expected, is_scalar ? "" : ", found ",
             is_scalar ? "" : sah_kind_word(node->kind));
    return refuse(job, node, why);
}

static size_t count_children(const struct sah_node *node) {
    size_t n = 0;
    for (const struct sah_node *child = node->child; child; child = child->next) n++;
    return n;
}

static void *own_array(struct sah_binder *binder, size_t n, size_t size) {
    return own(binder, calloc(n ? n : 1, size));
}

/* The index of `word` among the row's choices, or -1. */
static int choice_of(const struct sah_param *param, const char *word) {
    for (int i = 0; param->choices && param->choices[i]; i++)
        if (!strcmp(param->choices[i], word)) return i;
    return -1;
}

static bool refuse_word(const struct job *job, const struct sah_node *node) {
    char words[256], why[400];
    size_t n = 0;
    while (job->param->choices[n]) n++;
    const char *near = sah_nearest(node->text, job->param->choices, n);
    sah_param_range_text(job->param, words, sizeof words);
    snprintf(why, sizeof why, "expected names among %s%s%s%s", words,
             near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    return refuse(job, node, why);
}

static bool read_names(const struct job *job, const struct sah_node *node) {
    if (node->kind != SAH_SEQUENCE) return refuse_kind(job, node);
    struct sah_names names = {
        .name = own_array(job->binder, count_children(node), sizeof *names.name)};
    struct sah_index seen = {0};
    bool good = names.name != NULL;
    for (struct sah_node *item = node->child; item && names.name; item = item->next) {
        bool fine = item->kind == SAH_SCALAR || refuse_kind(job, item);
        if (fine && job->param->choices && choice_of(job->param, item->text) < 0)
            fine = refuse_word(job, item);
        if (fine && sah_index_find(&seen, item->text, ""))
            fine = refuse(job, item, "named twice in the list");
        if (fine) {
            fine = sah_index_put(&seen, item->text, "", item);
            names.name[names.n] = own_text(job->binder, item->text);
            if (names.name[names.n]) names.n++;
        }
        good = good && fine;
    }
    sah_index_free(&seen);
    if (good) *(struct sah_names *)job->value = names;
    return good;
}

static bool read_number(const struct job *job, const struct sah_node *node,
                        double *number) {
    char why[400];
    if (node->kind != SAH_SCALAR) return refuse_kind(job, node);
    if (sah_param_read_number(job->param, node->text, number, why, sizeof why))
        return true;
    return refuse(job, node, why);
}

static bool read_reals(const struct job *job, const struct sah_node *node) {
    if (node->kind != SAH_SEQUENCE) return refuse_kind(job, node);
    struct sah_reals reals = {
        .value = own_array(job->binder, count_children(node), sizeof *reals.value)};
    bool good = reals.value != NULL;
    for (struct sah_node *item = node->child; item && reals.value; item = item->next)
        good = read_number(job, item, &reals.value[reals.n++]) && good;
    if (good) *(struct sah_reals *)job->value = reals;
    return good;
}

static bool read_share(const struct job *job, const struct sah_node *node,
                       double *share) {
    if (node->kind != SAH_SCALAR || choice_of(job->param, node->text) < 0)
        return read_number(job, node, share);
    *share = job->param->max;
    return true;
}

static bool read_shares(const struct job *job, const struct sah_node *node) {
    if (node->kind != SAH_MAPPING) return refuse_kind(job, node);
    size_t n = count_children(node);
    struct sah_shares shares = {
        .name = own_array(job->binder, n, sizeof *shares.name),
        .share = own_array(job->binder, n, sizeof *shares.share),
    };
    bool good = shares.name && shares.share;
    for (struct sah_node *item = node->child; item && shares.name && shares.share;
         item = item->next) {
        char path[SAH_TRAIL_TEXT];
        snprintf(path, sizeof path, "%s.%s", job->path, item->key);
        struct job part = *job;
        part.path = path;
        good = read_share(&part, item, &shares.share[shares.n]) && good;
        shares.name[shares.n] = own_text(job->binder, item->key);
        if (shares.name[shares.n]) shares.n++;
    }
    if (good) *(struct sah_shares *)job->value = shares;
    return good;
}

static bool read_text(const struct job *job, const struct sah_node *node) {
    if (node->kind != SAH_SCALAR) return refuse_kind(job, node);
    char *text = own_text(job->binder, node->text);
    if (text) *(char **)job->value = text;
    return text != NULL;
}

static bool read_value(const struct job *job, const struct sah_node *node) {
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
static void put_list_default(const struct job *job) {
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
    int code = sah_yaml_read(binder->scenario, by_default.file, text, (size_t)length,
                             &node, binder->err);
    if (code)
        binder->code = code;
    else
        read_value(job, node);
    sah_node_free(node);
    free(text);
}

static void put_default(const struct job *job) {
    if (sah_param_is_number(job->param)) {
        if (!job->param->required) sah_param_default(job->param, job->value);
    } else if (job->param->type == SAH_TEXT) {
        const char *text = job->param->def_text;
        char *copy = own_text(job->binder, text ? text : "");
        if (copy) *(char **)job->value = copy;
    } else if (!job->param->required) {
        put_list_default(job);
    }
}

/* ---- rows, sections, lists ---- */

static void bind_rows(struct sah_binder *binder, const struct sah_param *params,
                      void *base, const struct sah_node *mapping, const char *prefix,
                      struct sah_origin origin) {
    for (const struct sah_param *param = params; param && param->key; param++) {
        size_t size = strlen(prefix) + strlen(param->key) + 2;
        char *path = own(binder, malloc(size));
        if (!path) return;
        snprintf(path, size, "%s%s%s", prefix, *prefix ? "." : "", param->key);
        struct job job = {binder, param, (char *)base + param->at, path};
        struct sah_setting setting = {path, param, job.value, by_default};
        put_default(&job);
        struct sah_node *node = sah_node_find(mapping, param->key);
        if (node) {
            node->used = true;
            if (read_value(&job, node)) setting.origin = node->origin;
        } else if (param->required) {
            binder->code = sah_scenario_complain(binder->err, origin, path, NULL,
                                                 "must be given: %s", param->doc);
        }
        add_setting(binder, setting);
    }
}

struct sah_node *sah_bind_find(struct sah_node *root, const char *name) {
    struct sah_node *node = root;
    while (node && *name) {
        size_t length = strcspn(name, ".");
        struct sah_node *child = node->kind == SAH_MAPPING ? node->child : NULL;
        while (child && (strncmp(child->key, name, length) != 0 || child->key[length]))
            child = child->next;
        node = child;
        if (node) node->used = true;
        name += length + (name[length] == '.');
    }
    return node;
}

static void bind_section(struct sah_binder *binder, const struct sah_section *section) {
    struct sah_node *root = binder->scenario->root;
    struct sah_node *node = sah_bind_find(root, section->name);
    struct sah_origin origin = node ? node->key_origin : root->origin;
    if (node && node->kind != SAH_MAPPING && node->kind != SAH_NULL) {
        const char *text = node->kind == SAH_SCALAR ? node->text : NULL;
        binder->code =
            sah_scenario_complain(binder->err, node->origin, section->name, text,
                                  "expected a section with keys and values, found %s",
                                  sah_kind_word(node->kind));
    }
    bind_rows(binder, section->params, section->base, node, section->name, origin);
}

static bool is_name(const char *name) {
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    enum { LONGEST = 64 };
    size_t letters_only = strspn(name, letters), length = strlen(name);
    for (size_t i = letters_only; i < length; i++)
        if (!strchr(letters, name[i]) && !strchr("0123456789_-", name[i])) return false;
    return letters_only > 0 && length <= LONGEST;
}

/* The name of an item, for its path: "forces.barkhane", or "forces[3]" without one. */
static char *read_item_name(struct sah_binder *binder, const struct sah_list *list,
                            const struct sah_node *item, size_t index,
                            char path[static SAH_TRAIL_TEXT]) {
    snprintf(path, SAH_TRAIL_TEXT, "%s[%zu]", list->name, index + 1);
    if (item->kind != SAH_MAPPING) {
        const char *text = item->kind == SAH_SCALAR ? item->text : NULL;
        binder->code = sah_scenario_complain(binder->err, item->origin, path, text,
                                             "expected a mapping with a name, found %s",
                                             sah_kind_word(item->kind));
        return own_text(binder, "");
    }
    struct sah_node *name = sah_node_find(item, "name");
    if (!name || name->kind != SAH_SCALAR) {
        binder->code = sah_scenario_complain(binder->err, item->origin, path, NULL,
                                             "an item of %s needs a name", list->name);
    } else if (!is_name(name->text)) {
        strncat(path, ".name", SAH_TRAIL_TEXT - strlen(path) - 1);
        binder->code = sah_scenario_complain(
            binder->err, name->origin, path, name->text,
            "a name begins with a letter; then letters, digits, _ and -");
    } else {
        snprintf(path, SAH_TRAIL_TEXT, "%s.%s", list->name, name->text);
    }
    if (name) name->used = true;
    return own_text(binder, name ? name->text : "");
}

static void bind_items(struct sah_binder *binder, struct sah_list *list,
                       struct sah_node *node) {
    size_t n = count_children(node);
    if (n > SAH_SCENARIO_ITEMS) {
        binder->code =
            sah_scenario_complain(binder->err, node->origin, list->name, NULL,
                                  "more than %d items", SAH_SCENARIO_ITEMS);
        return;
    }
    list->items = own_array(binder, n, list->item_size);
    if (!list->items) return;
    list->n = n;
    size_t index = 0;
    for (struct sah_node *item = node->child; item; item = item->next, index++) {
        char path[SAH_TRAIL_TEXT];
        char *base = (char *)list->items + index * list->item_size;
        char *name = read_item_name(binder, list, item, index, path);
        memcpy(base, &name, sizeof name);
        bind_rows(binder, list->params, base, item, path, item->origin);
    }
}

static void bind_list(struct sah_binder *binder, struct sah_list *list) {
    struct sah_node *node = sah_bind_find(binder->scenario->root, list->name);
    list->items = NULL;
    list->n = 0;
    if (!node || node->kind == SAH_NULL) return;
    if (node->kind == SAH_SEQUENCE) {
        bind_items(binder, list, node);
        return;
    }
    const char *text = node->kind == SAH_SCALAR ? node->text : NULL;
    binder->code = sah_scenario_complain(binder->err, node->origin, list->name, text,
                                         "expected a list of named things, found %s",
                                         sah_kind_word(node->kind));
}

int sah_scenario_bind(struct sah_scenario *scenario, const struct sah_section *sections,
                      size_t nsections, struct sah_list *lists, size_t nlists,
                      const char *const *also, size_t nalso,
                      struct sah_binding *binding, struct sah_error *err) {
    *binding = (struct sah_binding){0};
    struct sah_binder binder = {
        .scenario = scenario,
        .sections = sections,
        .nsections = nsections,
        .lists = lists,
        .nlists = nlists,
        .also = also,
        .nalso = nalso,
        .binding = binding,
        .err = err,
    };
    for (size_t i = 0; i < nsections; i++) bind_section(&binder, &sections[i]);
    for (size_t i = 0; i < nlists; i++) bind_list(&binder, &lists[i]);
    sah_bind_report_unknown(&binder);
    return binder.code;
}
