/* The tree of a scenario and what its readers share. Internal to the scenario files. */
#ifndef SAH_SCENARIO_TREE_H
#define SAH_SCENARIO_TREE_H
#include "sim/kernel/scenario.h"

struct sah_scenario {
    char *path;
    struct sah_node *root;
    const char *data; /* folder where bases are sought too, while reading; or NULL */
    char **file;      /* names that origins point at */
    size_t nfiles;
    size_t nodes, bytes; /* spent of the limits */
};

/* ---- nodes ---- */

/* A new node counted against the limits; complains and gives NULL beyond them. `text`
 * of `length` bytes is copied. */
struct sah_node *sah_node_create(struct sah_scenario *scenario, enum sah_node_kind kind,
                                 const char *text, size_t length,
                                 struct sah_origin origin, struct sah_error *err);
/* The node with all below it; aliases are written out with this. */
struct sah_node *sah_node_copy(struct sah_scenario *scenario,
                               const struct sah_node *node, struct sah_error *err);
int sah_node_set_key(struct sah_node *node, const char *key, size_t length,
                     struct sah_origin origin, struct sah_error *err);
void sah_node_free(struct sah_node *node); /* without its siblings */
void sah_node_append(struct sah_node *parent, struct sah_node *child);
size_t sah_node_count(const struct sah_node *node); /* its children */
bool sah_node_is_container(const struct sah_node *node);
/* The text of scalar `key` in a mapping, or NULL. */
const char *sah_node_word(const struct sah_node *mapping, const char *key);
const char *sah_kind_word(enum sah_node_kind kind);

/* ---- where a node lies: a chain on the stack of those who walk the tree ---- */

struct sah_trail {
    const struct sah_trail *up; /* NULL above the root */
    const char *key;            /* NULL: item `index` of a list */
    size_t index;
};
/* "forces.barkhane", "timeline[3]"; cut where it does not fit. */
void sah_trail_text(const struct sah_trail *trail, char *text, size_t size);
enum { SAH_TRAIL_TEXT = 256 };

/* ---- an index of nodes by one or two words ---- */

struct sah_index {
    size_t n, capacity;
    struct sah_index_slot *slot;
};
/* Words are copied: nodes may lose theirs. `b` may be "". False without memory. */
bool sah_index_put(struct sah_index *index, const char *a, const char *b,
                   struct sah_node *node);
struct sah_node *sah_index_find(const struct sah_index *index, const char *a,
                                const char *b);
void sah_index_free(struct sah_index *index);

/* ---- reading and merging ---- */

/* Reads one YAML document. An empty one gives a SAH_NULL root. */
int sah_yaml_read(struct sah_scenario *scenario, const char *file, const char *yaml,
                  size_t length, struct sah_node **root, struct sah_error *err);
/* A name for origins, kept by the scenario; NULL without memory. */
const char *sah_scenario_keep_name(struct sah_scenario *scenario, const char *name);
/* Lays `over` upon `into`; `over` is used up in any case. */
int sah_scenario_merge(struct sah_node *into, struct sah_node *over,
                       struct sah_error *err);
int sah_out_of_memory(struct sah_error *err);
#ifdef __clang_analyzer__ /* as for sah_error_add */
#define sah_out_of_memory(err) (sah_out_of_memory(err), SAH_MEMORY)
#endif

#endif
