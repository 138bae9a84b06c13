/* Keys that nobody asked for. An ignored key is a silent mistake of the author, so each
 * is an error, with the nearest name that would have been right there. */
#include "sim/kernel/scenario_bind.h"
#include "sim/kernel/scenario_tree.h"

#include <stdio.h>
#include <string.h>

enum { MOST_HINTS = 200 };

/* The search for the nearest name. */
struct hint {
    const char *wrong, *best;
    size_t distance;
};

static void offer(struct hint *hint, const char *name) {
    sah_nearer(hint->wrong, name, &hint->best, &hint->distance);
}

static void offer_rows(struct hint *hint, const struct sah_param *params) {
    for (const struct sah_param *param = params; param && param->key; param++)
        offer(hint, param->key);
}

/* What follows `path` in a section's name, where the section lies below; else NULL. */
static const char *rest_below(const char *name, const char *path) {
    size_t length = strlen(path);
    if (length == 0) return *name ? name : NULL;
    if (strncmp(name, path, length) != 0 || name[length] != '.') return NULL;
    return name + length + 1;
}

static bool is_on_the_way(const struct sah_binder *binder, const char *path) {
    for (size_t i = 0; i < binder->nsections; i++) {
        const char *name = binder->sections[i].name;
        if (!strcmp(name, path) || rest_below(name, path)) return true;
    }
    return false;
}

/* "output.fields" offers `fields` inside `output`, and `output` at the top. */
static void offer_sections(struct hint *hint, const struct sah_binder *binder,
                           const char *path) {
    for (size_t i = 0; i < binder->nsections; i++) {
        const struct sah_section *section = &binder->sections[i];
        if (!strcmp(section->name, path)) offer_rows(hint, section->params);
        const char *rest = rest_below(section->name, path);
        if (rest && !strchr(rest, '.')) offer(hint, rest);
    }
    if (*path) return;
    for (size_t i = 0; i < binder->nlists; i++) offer(hint, binder->lists[i].name);
    for (size_t i = 0; i < binder->nalso; i++) offer(hint, binder->also[i]);
}

/* A section elsewhere that has the very key; NULL where none or many have. */
static const struct sah_section *home_of(const struct sah_binder *binder,
                                         const char *key) {
    const struct sah_section *home = NULL;
    for (size_t i = 0; i < binder->nsections; i++) {
        const struct sah_param *param = binder->sections[i].params;
        while (param && param->key && strcmp(param->key, key) != 0) param++;
        if (!param || !param->key) continue;
        if (home) return NULL;
        home = &binder->sections[i];
    }
    return home;
}

/* What only one kind of file begins a line with: told to who gave it to another's
 * command. */
static const char *kind_with(const char *path, const char *key) {
    static const char scenario[] = "scenarios have it: sahel run";
    static const struct {
        const char *key, *kind;
    } marks[] = {
        {"base", scenario},
        {"grid", scenario},
        {"run", scenario},
        {"mechanisms", scenario},
        {"design", "studies have it: sahel study run"},
        {"contrasts", "signatures have it: sahel signatures"},
    };
    for (size_t i = 0; !*path && i < sizeof marks / sizeof *marks; i++)
        if (!strcmp(marks[i].key, key)) return marks[i].kind;
    return NULL;
}

static void complain(struct sah_binder *binder, const struct sah_node *node,
                     const char *path, const struct hint *hint) {
    char full[SAH_TRAIL_TEXT], guess[SAH_TRAIL_TEXT] = "";
    snprintf(full, sizeof full, "%s%s%s", path, *path ? "." : "", node->key);
    const struct sah_section *home = hint->best ? NULL : home_of(binder, node->key);
    const char *kind = kind_with(path, node->key);
    if (hint->best)
        snprintf(guess, sizeof guess, "; did you mean %s?", hint->best);
    else if (home)
        snprintf(guess, sizeof guess, "; did you mean %s%s%s?", home->name,
                 *home->name ? "." : "", node->key);
    else if (kind)
        snprintf(guess, sizeof guess, "; %s", kind);
    binder->code =
        sah_scenario_complain(binder->err, node->key_origin, full, NULL, "no such %s%s",
                              *path ? "parameter" : "section", guess);
}

static void check_items(struct sah_binder *binder, const struct sah_list *list,
                        const struct sah_node *sequence) {
    size_t index = 0;
    for (const struct sah_node *item = sequence->child; item; item = item->next) {
        char path[SAH_TRAIL_TEXT];
        const char *name = sah_node_word(item, "name");
        index++;
        if (name)
            snprintf(path, sizeof path, "%s.%s", list->name, name);
        else
            snprintf(path, sizeof path, "%s[%zu]", list->name, index);
        if (item->kind != SAH_MAPPING) continue;
        for (const struct sah_node *child = item->child; child; child = child->next) {
            if (child->used) continue;
            struct hint hint = {child->key, NULL, SIZE_MAX};
            if (binder->hints++ < MOST_HINTS) offer_rows(&hint, list->params);
            complain(binder, child, path, &hint);
        }
    }
}

static bool is_read_by_others(const struct sah_binder *binder, const char *key) {
    for (size_t i = 0; i < binder->nalso; i++)
        if (!strcmp(binder->also[i], key)) return true;
    return false;
}

/* Walks the mappings that lie on the way to a section. */
static void check_mapping(struct sah_binder *binder, const struct sah_node *mapping,
                          const char *path) {
    for (const struct sah_node *child = mapping->child; child; child = child->next) {
        if (!*path && is_read_by_others(binder, child->key)) continue;
        if (!child->used) {
            struct hint hint = {child->key, NULL, SIZE_MAX};
            if (binder->hints++ < MOST_HINTS) offer_sections(&hint, binder, path);
            complain(binder, child, path, &hint);
        } else if (child->kind == SAH_MAPPING) {
            char below[SAH_TRAIL_TEXT];
            snprintf(below, sizeof below, "%s%s%s", path, *path ? "." : "", child->key);
            if (is_on_the_way(binder, below)) check_mapping(binder, child, below);
        }
    }
}

void sah_bind_report_mapping(struct sah_binder *binder, const struct sah_node *mapping,
                             const char *path, const struct sah_param *params) {
    for (const struct sah_node *child = mapping->child; child; child = child->next) {
        if (child->used || is_read_by_others(binder, child->key)) continue;
        struct hint hint = {child->key, NULL, SIZE_MAX};
        offer_rows(&hint, params);
        for (size_t i = 0; i < binder->nalso; i++) offer(&hint, binder->also[i]);
        complain(binder, child, path, &hint);
    }
}

void sah_bind_report_unknown(struct sah_binder *binder) {
    check_mapping(binder, binder->scenario->root, "");
    for (size_t i = 0; i < binder->nlists; i++) {
        const struct sah_list *list = &binder->lists[i];
        const struct sah_node *node = sah_bind_find(binder->scenario->root, list->name);
        if (node && node->kind == SAH_SEQUENCE) check_items(binder, list, node);
    }
}
