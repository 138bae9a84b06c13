/* Laying an overlay upon what lies below it. What each kind of node does is told at the
 * head of scenario.h. Nodes move from the overlay into the tree; nothing is copied. */
#include "sim/kernel/scenario_tree.h"

#include <stdlib.h>
#include <string.h>

struct merger {
    struct sah_error *err;
    int code;
};

static void merge_children(struct merger *merger, struct sah_node *into,
                           struct sah_node *over, const struct sah_trail *trail);

static void complain(struct merger *merger, const struct sah_node *node,
                     const struct sah_trail *trail, const char *message,
                     const char *near) {
    char path[SAH_TRAIL_TEXT];
    sah_trail_text(trail, path, sizeof path);
    struct sah_origin at = node->key ? node->key_origin : node->origin;
    merger->code = sah_scenario_complain(merger->err, at, path, NULL, "%s%s%s%s",
                                         message, near ? "; did you mean " : "",
                                         near ? near : "", near ? "?" : "");
}

static bool says_on(const char *word) {
    return word && (!strcmp(word, "true") || !strcmp(word, "on"));
}

static bool asks_removal(const struct sah_node *node) {
    return node->kind == SAH_MAPPING && says_on(sah_node_word(node, "remove"));
}

/* A list of named things: items there are, and each is a mapping with a name. */
static bool is_named_list(const struct sah_node *node) {
    if (node->kind != SAH_SEQUENCE || !node->child) return false;
    for (const struct sah_node *item = node->child; item; item = item->next)
        if (!sah_node_word(item, "name")) return false;
    return true;
}

/* Takes the first child away from its parent. */
static struct sah_node *pop(struct sah_node *parent) {
    struct sah_node *child = parent->child;
    if (child) {
        parent->child = child->next;
        child->next = NULL;
    }
    return child;
}

static struct sah_node **end_of(struct sah_node *parent) {
    struct sah_node **last = &parent->child;
    while (*last) last = &(*last)->next;
    return last;
}

/* Moves all children of `over` behind those of `into`. */
static void splice(struct sah_node *into, struct sah_node *over) {
    *end_of(into) = over->child;
    over->child = NULL;
}

/* `node` becomes `over`, which is used up; its place among its siblings stays. */
static void replace(struct sah_node *node, struct sah_node *over) {
    struct sah_node old = *node;
    *node = *over;
    node->next = old.next;
    old.next = NULL;
    if (!node->key) {
        node->key = old.key;
        old.key = NULL;
    }
    *over = old;
    sah_node_free(over);
}

/* The words by which a child is known: its key, its name, or date and target. */
enum identity { BY_KEY, BY_NAME, BY_DATE };

static const char *first_word(const struct sah_node *node, enum identity by) {
    if (by == BY_KEY) return node->key;
    return sah_node_word(node, by == BY_NAME ? "name" : "date");
}

static const char *second_word(const struct sah_node *node, enum identity by) {
    const char *word = by == BY_DATE ? sah_node_word(node, "what") : "";
    return word ? word : "";
}

static bool index_children(struct sah_index *index, const struct sah_node *parent,
                           enum identity by) {
    for (struct sah_node *child = parent->child; child; child = child->next) {
        const char *word = first_word(child, by);
        if (!word || sah_index_find(index, word, second_word(child, by))) continue;
        if (!sah_index_put(index, word, second_word(child, by), child)) return false;
    }
    return true;
}

static const char *nearest_child(const struct sah_node *parent, enum identity by,
                                 const char *wrong) {
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    if (by == BY_DATE) return NULL;
    for (const struct sah_node *child = parent->child; child; child = child->next) {
        const char *word = first_word(child, by);
        if (word) sah_nearer(wrong, word, &best, &distance);
    }
    return best;
}

/* No two children of one overlay may bear the same words. */
static bool has_repeats(struct merger *merger, const struct sah_node *over,
                        enum identity by, const struct sah_trail *trail) {
    struct sah_index seen = {0};
    bool repeats = false;
    for (struct sah_node *child = over->child; child; child = child->next) {
        const char *a = first_word(child, by), *b = second_word(child, by);
        if (!a) continue;
        const struct sah_node *first = sah_index_find(&seen, a, b);
        if (first) {
            char path[SAH_TRAIL_TEXT];
            sah_trail_text(
                &(struct sah_trail){trail, by == BY_DATE ? NULL : a, child->index},
                path, sizeof path);
            merger->code = sah_scenario_complain(
                merger->err, child->origin, path, NULL,
                by == BY_DATE ? "same date and target as in line %d"
                              : "given twice; first in line %d",
                first->origin.line);
            repeats = true;
        } else if (!sah_index_put(&seen, a, b, child)) {
            merger->code = sah_out_of_memory(merger->err);
            repeats = true;
        }
    }
    sah_index_free(&seen);
    return repeats;
}

/* ---- the kinds ---- */

static void merge_value(struct merger *merger, struct sah_node *node,
                        struct sah_node *over, const struct sah_trail *trail);

/* What is new goes through the same rules upon nothing, so that a removal of what never
 * was is found at any depth. */
static void settle(struct merger *merger, struct sah_node *fresh,
                   const struct sah_trail *trail) {
    if (!sah_node_is_container(fresh)) return;
    struct sah_node content = *fresh;
    fresh->child = NULL;
    merge_children(merger, fresh, &content, trail);
}

/* A child of the overlay that has `old` below it. */
static void merge_child(struct merger *merger, struct sah_node *old,
                        struct sah_node *child, enum identity by,
                        const struct sah_trail *here) {
    if (asks_removal(child)) {
        old->removed = true;
        sah_node_free(child);
    } else if (by == BY_DATE) {
        replace(old, child);
    } else {
        merge_value(merger, old, child, here);
    }
}

static void sweep_removed(struct sah_node *parent) {
    for (struct sah_node **link = &parent->child; *link;) {
        struct sah_node *node = *link;
        if (!node->removed) {
            link = &node->next;
            continue;
        }
        *link = node->next;
        sah_node_free(node);
    }
}

/* Lays the children of `over` upon those of `into` that bear the same words. */
static void merge_by(struct merger *merger, struct sah_node *into,
                     struct sah_node *over, enum identity by,
                     const struct sah_trail *trail) {
    struct sah_index below = {0};
    if (by != BY_KEY && has_repeats(merger, over, by, trail)) return;
    if (!index_children(&below, into, by))
        merger->code = sah_out_of_memory(merger->err);
    struct sah_node **last = end_of(into);
    for (struct sah_node *child; (child = pop(over));) {
        const char *word = first_word(child, by);
        struct sah_trail here = {trail, by == BY_DATE ? NULL : word, child->index};
        struct sah_node *old =
            word ? sah_index_find(&below, word, second_word(child, by)) : NULL;
        if (old) {
            merge_child(merger, old, child, by, &here);
        } else if (asks_removal(child)) {
            complain(merger, child, &here, "nothing lies below that could be removed",
                     word ? nearest_child(into, by, word) : NULL);
            sah_node_free(child);
        } else {
            settle(merger, child, &here);
            *last = child;
            last = &child->next;
        }
    }
    sah_index_free(&below);
    sweep_removed(into);
}

/* `over` is a mapping whose keys are names of items of the list `into`. */
static void merge_addressed(struct merger *merger, struct sah_node *into,
                            struct sah_node *over, const struct sah_trail *trail) {
    struct sah_index below = {0};
    if (!index_children(&below, into, BY_NAME))
        merger->code = sah_out_of_memory(merger->err);
    for (struct sah_node *child; (child = pop(over));) {
        struct sah_trail here = {trail, child->key, 0};
        struct sah_node *old = sah_index_find(&below, child->key, "");
        if (old && child->kind == SAH_MAPPING) {
            merge_child(merger, old, child, BY_NAME, &here);
            continue;
        }
        if (old)
            complain(merger, child, &here, "expected a mapping", NULL);
        else
            complain(merger, child, &here, "no such item in the list",
                     nearest_child(into, BY_NAME, child->key));
        sah_node_free(child);
    }
    sah_index_free(&below);
    sweep_removed(into);
}

static bool is_timeline(const struct sah_trail *trail) {
    return trail->key && !strcmp(trail->key, "timeline") && trail->up && !trail->up->up;
}

static void merge_children(struct merger *merger, struct sah_node *into,
                           struct sah_node *over, const struct sah_trail *trail) {
    if (over->kind == SAH_MAPPING)
        merge_by(merger, into, over, BY_KEY, trail);
    else if (is_timeline(trail))
        merge_by(merger, into, over, BY_DATE, trail);
    else if (is_named_list(over))
        merge_by(merger, into, over, BY_NAME, trail);
    else
        splice(into, over);
    while (over->child) sah_node_free(pop(over)); /* after a mistake */
}

static void merge_value(struct merger *merger, struct sah_node *node,
                        struct sah_node *over, const struct sah_trail *trail) {
    bool both_lists = node->kind == SAH_SEQUENCE && over->kind == SAH_SEQUENCE;
    bool says_nothing = sah_node_is_container(node) && over->kind == SAH_NULL;
    if (says_nothing) {
        sah_node_free(over);
    } else if ((node->kind == SAH_MAPPING && over->kind == SAH_MAPPING) ||
               (both_lists && is_timeline(trail)) ||
               (is_named_list(node) && is_named_list(over))) {
        merge_children(merger, node, over, trail);
        node->origin = over->origin;
        sah_node_free(over);
    } else if (is_named_list(node) && over->kind == SAH_MAPPING) {
        merge_addressed(merger, node, over, trail);
        sah_node_free(over);
    } else {
        settle(merger, over, trail);
        replace(node, over);
    }
}

int sah_scenario_merge(struct sah_node *into, struct sah_node *over,
                       struct sah_error *err) {
    struct merger merger = {.err = err};
    merge_children(&merger, into, over, &(struct sah_trail){NULL, "", 0});
    sah_node_free(over);
    return merger.code;
}
