/* Nodes of a scenario: life, family, place in the tree, index by name. */
#include "sim/kernel/scenario_tree.h"
#include "sim/kernel/writer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int(sah_out_of_memory)(struct sah_error *err) {
    return sah_error_add(err, SAH_MEMORY, "out of memory");
}

/* ---- messages ---- */

/* Copies a value into a message: one line, cut after some fifty characters, never in
 * the midst of one. */
static void shorten(const char *text, char out[static 80]) {
    enum { KEPT = 56 };
    size_t n = 0;
    for (; n < KEPT && text[n]; n++) {
        bool is_control = (unsigned char)text[n] < 0x20 || text[n] == 0x7f;
        out[n] = is_control ? ' ' : text[n];
    }
    while (n && text[n] && (text[n] & 0xc0) == 0x80) n--;
    memcpy(out + n, text[n] ? "..." : "", text[n] ? 4 : 1);
}

int(sah_scenario_complain)(struct sah_error *err, struct sah_origin origin,
                           const char *path, const char *text, const char *format,
                           ...) {
    char message[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    char head[512];
    struct sah_writer writer = sah_writer_on(head, sizeof head);
    if (origin.within) origin = *origin.within;
    if (origin.line > 0) sah_put(&writer, ":%d:%d", origin.line, origin.column);
    if (path && *path) sah_put(&writer, ": %s", path);
    if (path && *path && text && *text) {
        char value[80];
        shorten(text, value);
        sah_put(&writer, " = %s", value);
    }
    return sah_error_add(err, SAH_INPUT, "%s%s: %s",
                         origin.file ? origin.file : "scenario", head, message);
}

/* ---- life ---- */

static int spend(struct sah_scenario *scenario, size_t bytes, struct sah_origin origin,
                 struct sah_error *err) {
    scenario->nodes++;
    scenario->bytes += bytes;
    if (scenario->nodes > SAH_SCENARIO_NODES)
        return sah_scenario_complain(err, origin, NULL, NULL, "more than %d values",
                                     SAH_SCENARIO_NODES);
    if (scenario->bytes > SAH_SCENARIO_TEXT)
        return sah_scenario_complain(err, origin, NULL, NULL,
                                     "more than %d MiB of text",
                                     SAH_SCENARIO_TEXT / (1024 * 1024));
    return SAH_OK;
}

static char *copy_bytes(const char *text, size_t length) {
    char *copy = malloc(length + 1);
    if (!copy) return NULL;
    if (length) memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

struct sah_node *sah_node_create(struct sah_scenario *scenario, enum sah_node_kind kind,
                                 const char *text, size_t length,
                                 struct sah_origin origin, struct sah_error *err) {
    if (spend(scenario, length, origin, err)) return NULL;
    struct sah_node *node = malloc(sizeof *node);
    char *copy = copy_bytes(text, length);
    if (!node || !copy) {
        free(node);
        free(copy);
        sah_out_of_memory(err);
        return NULL;
    }
    *node = (struct sah_node){
        .kind = kind, .text = copy, .origin = origin, .key_origin = origin};
    return node;
}

int sah_node_set_key(struct sah_node *node, const char *key, size_t length,
                     struct sah_origin origin, struct sah_error *err) {
    char *copy = copy_bytes(key, length);
    if (!copy) return sah_out_of_memory(err);
    free(node->key);
    node->key = copy;
    node->key_origin = origin;
    return SAH_OK;
}

struct sah_node *sah_node_copy(struct sah_scenario *scenario,
                               const struct sah_node *node, struct sah_error *err) {
    struct sah_node *copy = sah_node_create(scenario, node->kind, node->text,
                                            strlen(node->text), node->origin, err);
    if (!copy) return NULL;
    copy->index = node->index;
    if (node->key &&
        sah_node_set_key(copy, node->key, strlen(node->key), node->key_origin, err))
        return sah_node_free(copy), NULL;
    struct sah_node **last = &copy->child;
    for (const struct sah_node *child = node->child; child; child = child->next) {
        *last = sah_node_copy(scenario, child, err);
        if (!*last) return sah_node_free(copy), NULL;
        last = &(*last)->next;
    }
    return copy;
}

void sah_node_free(struct sah_node *node) {
    if (!node) return;
    for (struct sah_node *child = node->child, *next; child; child = next) {
        next = child->next;
        sah_node_free(child);
    }
    free(node->key);
    free(node->text);
    free(node);
}

/* ---- family ---- */

void sah_node_append(struct sah_node *parent, struct sah_node *child) {
    struct sah_node **last = &parent->child;
    while (*last) last = &(*last)->next;
    *last = child;
}

size_t sah_node_count(const struct sah_node *node) {
    size_t n = 0;
    for (const struct sah_node *child = node->child; child; child = child->next) n++;
    return n;
}

bool sah_node_is_container(const struct sah_node *node) {
    return node->kind == SAH_MAPPING || node->kind == SAH_SEQUENCE;
}

struct sah_node *sah_node_find(const struct sah_node *mapping, const char *key) {
    if (!mapping || mapping->kind != SAH_MAPPING) return NULL;
    for (struct sah_node *child = mapping->child; child; child = child->next)
        if (!strcmp(child->key, key)) return child;
    return NULL;
}

const char *sah_node_word(const struct sah_node *mapping, const char *key) {
    const struct sah_node *child = sah_node_find(mapping, key);
    return child && child->kind == SAH_SCALAR ? child->text : NULL;
}

const char *sah_kind_word(enum sah_node_kind kind) {
    switch (kind) {
    case SAH_SCALAR:
        return "a single value";
    case SAH_SEQUENCE:
        return "a list";
    case SAH_MAPPING:
        return "a mapping";
    case SAH_NULL:
        return "nothing";
    }
    return "something else";
}

/* ---- place ---- */

static void put_trail(struct sah_writer *writer, const struct sah_trail *trail) {
    if (!trail) return;
    put_trail(writer, trail->up);
    if (!trail->key)
        sah_put(writer, "[%zu]", trail->index + 1);
    else if (*trail->key)
        sah_put(writer, "%s%s", writer->length ? "." : "", trail->key);
}

void sah_trail_text(const struct sah_trail *trail, char *text, size_t size) {
    struct sah_writer writer = sah_writer_on(text, size);
    put_trail(&writer, trail);
}

/* ---- index: open addressing, FNV-1a over both words ---- */

struct sah_index_slot {
    char *words;           /* both, each ended by a zero */
    struct sah_node *node; /* NULL: empty */
};

static const char *second_of(const char *words) {
    return words + strlen(words) + 1;
}

static char *join_words(const char *a, const char *b) {
    size_t na = strlen(a) + 1, nb = strlen(b) + 1;
    char *words = malloc(na + nb);
    if (!words) return NULL;
    memcpy(words, a, na);
    memcpy(words + na, b, nb);
    return words;
}

static size_t hash(const char *a, const char *b) {
    uint64_t h = 14695981039346656037ULL;
    for (; *a; a++) h = (h ^ (unsigned char)*a) * 1099511628211ULL;
    h = (h ^ 0xff) * 1099511628211ULL;
    for (; *b; b++) h = (h ^ (unsigned char)*b) * 1099511628211ULL;
    return (size_t)(h ^ (h >> 32));
}

/* The slot of the words, or the empty one where they would go. */
static struct sah_index_slot *slot_of(const struct sah_index *index, const char *a,
                                      const char *b) {
    size_t mask = index->capacity - 1;
    for (size_t i = hash(a, b) & mask;; i = (i + 1) & mask) {
        struct sah_index_slot *slot = &index->slot[i];
        if (!slot->node) return slot;
        if (!strcmp(slot->words, a) && !strcmp(second_of(slot->words), b)) return slot;
    }
}

static bool grow(struct sah_index *index) {
    struct sah_index larger = {.capacity = index->capacity ? index->capacity * 2 : 16};
    larger.slot = calloc(larger.capacity, sizeof *larger.slot);
    if (!larger.slot) return false;
    for (size_t i = 0; i < index->capacity; i++) {
        const struct sah_index_slot *old = &index->slot[i];
        if (old->node) *slot_of(&larger, old->words, second_of(old->words)) = *old;
    }
    larger.n = index->n;
    free(index->slot);
    *index = larger;
    return true;
}

bool sah_index_put(struct sah_index *index, const char *a, const char *b,
                   struct sah_node *node) {
    if (index->n * 2 >= index->capacity && !grow(index)) return false;
    struct sah_index_slot *slot = slot_of(index, a, b);
    if (!slot->node) {
        char *words = join_words(a, b);
        if (!words) return false;
        slot->words = words;
        index->n++;
    }
    slot->node = node;
    return true;
}

struct sah_node *sah_index_find(const struct sah_index *index, const char *a,
                                const char *b) {
    return index->capacity ? slot_of(index, a, b)->node : NULL;
}

void sah_index_free(struct sah_index *index) {
    for (size_t i = 0; i < index->capacity; i++) free(index->slot[i].words);
    free(index->slot);
    *index = (struct sah_index){0};
}
