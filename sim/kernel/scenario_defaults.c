/* Defaults written into the tree, so that a printed scenario shows all of a run. */
#include "sim/kernel/scenario_bind.h"
#include "sim/kernel/scenario_tree.h"

#include <stdlib.h>
#include <string.h>

static struct sah_node *child_or_item(struct sah_node *parent, const char *word,
                                      size_t length) {
    for (struct sah_node *child = parent->child; child; child = child->next) {
        const char *name =
            parent->kind == SAH_SEQUENCE ? sah_node_word(child, "name") : child->key;
        if (name && !strncmp(name, word, length) && !name[length]) return child;
    }
    return NULL;
}

/* Uses `child` up; gives it back where all went well. */
static struct sah_node *add_child(struct sah_node *parent, struct sah_node *child,
                                  const char *key, size_t length,
                                  struct sah_error *err) {
    if (parent->kind == SAH_NULL) parent->kind = SAH_MAPPING; /* "recruitment:" alone */
    if (!child || parent->kind != SAH_MAPPING ||
        sah_node_set_key(child, key, length, child->origin, err)) {
        sah_node_free(child);
        return NULL;
    }
    sah_node_append(parent, child);
    return child;
}

/* The value of a setting as a node; a NULL `node` where it has no text. */
static int read_default(struct sah_scenario *scenario,
                        const struct sah_setting *setting, struct sah_node **node,
                        struct sah_error *err) {
    int length = sah_param_text(setting->param, setting->value, NULL, 0);
    if (length <= 0) return SAH_OK;
    char *text = malloc((size_t)length + 1);
    if (!text) return sah_out_of_memory(err);
    sah_param_text(setting->param, setting->value, text, (size_t)length + 1);
    int code =
        sah_yaml_read(scenario, sah_by_default.file, text, (size_t)length, node, err);
    free(text);
    return code;
}

static void forget_places(struct sah_node *node) {
    node->origin = node->key_origin = sah_by_default;
    for (struct sah_node *child = node->child; child; child = child->next)
        forget_places(child);
}

static int add_default(struct sah_scenario *scenario, const struct sah_setting *setting,
                       struct sah_error *err) {
    struct sah_node *parent = scenario->root, *value = NULL;
    const char *word = setting->path;
    for (const char *dot; (dot = strchr(word, '.')); word = dot + 1) {
        size_t length = (size_t)(dot - word);
        struct sah_node *child = child_or_item(parent, word, length);
        if (!child)
            child = add_child(
                parent,
                sah_node_create(scenario, SAH_MAPPING, "", 0, sah_by_default, err),
                word, length, err);
        if (!child) return sah_out_of_memory(err);
        parent = child;
    }
    int code = read_default(scenario, setting, &value, err);
    if (code || !value) return code;
    forget_places(value);
    if (!add_child(parent, value, word, strlen(word), err))
        return sah_out_of_memory(err);
    return SAH_OK;
}

int sah_scenario_add_defaults(struct sah_scenario *scenario,
                              const struct sah_binding *binding,
                              struct sah_error *err) {
    for (size_t i = 0; i < binding->n; i++) {
        const struct sah_setting *setting = &binding->setting[i];
        if (setting->origin.file != sah_by_default.file) continue;
        int code = add_default(scenario, setting, err);
        if (code) return code;
    }
    return SAH_OK;
}
