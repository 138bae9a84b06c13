/* Binding: sections and lists find their nodes, rows their values; what is bound is
 * remembered with path and origin. */
#include "sim/kernel/scenario_bind.h"
#include "sim/kernel/scenario_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct sah_origin sah_by_default = {"default", 0, 0, NULL};

/* ---- what the binding owns ---- */

/* Room for one more in an array that grows by doubling; NULL without memory. */
static void *room_for_one(void *array, size_t n, size_t size) {
    bool is_full = (n & (n - 1)) == 0; /* 0, 1, 2, 4, 8 ... */
    return is_full ? realloc(array, (n ? 2 * n : 1) * size) : array;
}

/* Hands `memory` to the binding; gives it back, or NULL after freeing it. */
void *sah_binder_own(struct sah_binder *binder, void *memory) {
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

char *sah_binder_own_text(struct sah_binder *binder, const char *text) {
    return sah_binder_own(binder, strdup(text));
}

void *sah_binder_own_array(struct sah_binder *binder, size_t n, size_t size) {
    return sah_binder_own(binder, calloc(n ? n : 1, size));
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

struct sah_origin sah_setting_part(const struct sah_setting *setting,
                                   const char *part) {
    const struct sah_node *child = setting->node ? setting->node->child : NULL;
    for (; child; child = child->next)
        if (!strcmp(child->key ? child->key : child->text, part))
            return child->key_origin;
    return setting->origin;
}

/* ---- rows, sections, lists ---- */

/* What is written takes the place of the default, unless it is refused. */
static void bind_written(const struct sah_bind_job *job, struct sah_node *node,
                         struct sah_setting *setting) {
    if (node) {
        node->used = true;
        setting->refused = !sah_bind_value(job, node);
        if (setting->refused) return;
        setting->origin = node->origin;
        setting->node = node;
    } else if (job->param->required) {
        setting->refused = true;
        job->binder->code =
            sah_scenario_complain(job->binder->err, setting->origin, job->path, NULL,
                                  "must be given: %s", job->param->doc);
    }
}

static void bind_rows(struct sah_binder *binder, const struct sah_param *params,
                      void *base, const struct sah_node *mapping, const char *prefix,
                      const struct sah_origin *origin) {
    for (const struct sah_param *param = params; param && param->key; param++) {
        size_t size = strlen(prefix) + strlen(param->key) + 2;
        char *path = sah_binder_own(binder, malloc(size));
        if (!path) return;
        snprintf(path, size, "%s%s%s", prefix, *prefix ? "." : "", param->key);
        struct sah_bind_job job = {binder, param, (char *)base + param->at, path};
        struct sah_setting setting = {
            .path = path, .param = param, .value = job.value, .origin = sah_by_default};
        setting.origin.within = origin;
        sah_bind_default(&job);
        bind_written(&job, sah_node_find(mapping, param->key), &setting);
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
    const struct sah_origin *origin = node ? &node->key_origin : &root->origin;
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
        return sah_binder_own_text(binder, "");
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
    return sah_binder_own_text(binder, name ? name->text : "");
}

/* What is not looked at is not unknown. */
static void use_all(struct sah_node *node) {
    node->used = true;
    for (struct sah_node *child = node->child; child; child = child->next)
        use_all(child);
}

static void bind_items(struct sah_binder *binder, struct sah_list *list,
                       struct sah_node *node) {
    size_t n = sah_node_count(node);
    if (n > SAH_SCENARIO_ITEMS) {
        binder->code =
            sah_scenario_complain(binder->err, node->origin, list->name, NULL,
                                  "more than %d items", SAH_SCENARIO_ITEMS);
        use_all(node);
        return;
    }
    list->items = sah_binder_own_array(binder, n, list->item_size);
    if (!list->items) return;
    list->n = n;
    size_t index = 0;
    for (struct sah_node *item = node->child; item; item = item->next, index++) {
        char path[SAH_TRAIL_TEXT];
        char *base = (char *)list->items + index * list->item_size;
        char *name = read_item_name(binder, list, item, index, path);
        memcpy(base, &name, sizeof name);
        bind_rows(binder, list->params, base, item, path, &item->key_origin);
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

static int refuse_kind(const struct sah_node *node, const char *path,
                       struct sah_error *err) {
    const char *text = node->kind == SAH_SCALAR ? node->text : NULL;
    return sah_scenario_complain(err, node->origin, path, text,
                                 "expected a mapping of keys and values, found %s",
                                 sah_kind_word(node->kind));
}

int sah_scenario_bind_mapping(struct sah_scenario *scenario, struct sah_node *mapping,
                              const char *path, const struct sah_param *params,
                              void *base, const char *const *also, size_t nalso,
                              struct sah_binding *binding, struct sah_error *err) {
    struct sah_binder binder = {.scenario = scenario,
                                .also = also,
                                .nalso = nalso,
                                .binding = binding,
                                .err = err};
    if (mapping->kind != SAH_MAPPING) return refuse_kind(mapping, path, err);
    mapping->used = true;
    bind_rows(&binder, params, base, mapping, path, &mapping->origin);
    sah_bind_report_mapping(&binder, mapping, path, params);
    return binder.code;
}
