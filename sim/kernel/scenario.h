/* Scenario files: YAML with overlays, every value with its place of origin.
 *
 * Reading (libfyaml) gives a tree of nodes; `base:` files lie under it, `--set` texts
 * above it. Binding walks the sections and lists that the kernel and a model family
 * offer, checks every value against its row and fills their structs. What is never
 * asked for is an unknown key and an error, with the nearest known name.
 *
 * An overlay says only what differs. Mappings merge by key; lists of named things
 * (every item has a `name`) merge by name, and may be addressed as a mapping of those
 * names; `remove: true` as the only or an additional key takes away what lay below;
 * entries of `timeline` are added, one with the same date and target replaces; other
 * lists are replaced as a whole. */
#ifndef SAH_SCENARIO_H
#define SAH_SCENARIO_H
#include "sim/kernel/error.h"
#include "sim/kernel/param.h"

/* What a scenario may not exceed; beyond it reading ends with a message. */
enum {
    SAH_SCENARIO_BYTES = 16 * 1024 * 1024, /* of one file */
    SAH_SCENARIO_TEXT = 64 * 1024 * 1024,  /* of all texts, aliases written out */
    SAH_SCENARIO_NODES = 1000000,          /* of all files, aliases written out */
    SAH_SCENARIO_DEPTH = 64,               /* of lists and mappings */
    SAH_SCENARIO_BASES = 16,               /* files under a file */
    SAH_SCENARIO_ANCHORS = 1000,           /* in one file */
    SAH_SCENARIO_ITEMS = 10000,            /* of a list of named things, a timeline */
};

struct sah_origin {
    const char *file; /* a path; "default"; "command line"; owner: the scenario */
    int line, column; /* from 1; 0 where there is none */
    /* of a default: the section or item that leaves it open, to be named in messages */
    const struct sah_origin *within;
};

enum sah_node_kind { SAH_SCALAR, SAH_SEQUENCE, SAH_MAPPING, SAH_NULL };

struct sah_node {
    enum sah_node_kind kind;
    char *key;                /* inside a mapping, else NULL */
    char *text;               /* of a scalar; "" otherwise */
    size_t index;             /* of an item: its number in the file's list, from 0 */
    struct sah_origin origin; /* of the value, where it was last written */
    struct sah_origin key_origin; /* of the key, or of an item: where it first was */
    struct sah_node *child;       /* first child */
    struct sah_node *next;        /* next sibling */
    bool used;                    /* asked for by a binding */
    bool removed;                 /* by an overlay; only while it is laid */
};

struct sah_scenario;

/* Reads `path`, its bases, then the `--set` texts ("key.path=value"). A base that is not
 * beside the file that names it is sought in the folder `data`, which may be NULL. On
 * failure every mistake found so far is in `err`. Free with sah_scenario_free. */
int sah_scenario_read(const char *path, const char *data, const char *const *sets,
                      size_t nsets, struct sah_scenario **scenario,
                      struct sah_error *err);
/* The same from memory; `name` stands in messages, and bases are sought beside it. */
int sah_scenario_parse(const char *name, const char *yaml, size_t length,
                       const char *const *sets, size_t nsets,
                       struct sah_scenario **scenario, struct sah_error *err);
/* Any other YAML mapping, such as a study, as it stands: nothing is laid under or over
 * it, and what an overlay would take away stays a node. */
int sah_scenario_read_plain(const char *path, struct sah_scenario **scenario,
                            struct sah_error *err);
/* Lays a mapping of another file upon the scenario; its keys may be dotted paths
 * ("gold.price", "factions.macina"). Origins point into that file, which must outlive
 * the scenario. */
int sah_scenario_set(struct sah_scenario *scenario, const struct sah_node *settings,
                     struct sah_error *err);
/* Lays another file, then settings, upon a scenario. The file must not name a base: what
 * it lies on is there. `path` may be NULL. On failure the scenario is good for nothing but
 * freeing. */
int sah_scenario_lay(struct sah_scenario *scenario, const char *path,
                     const char *const *sets, size_t nsets, struct sah_error *err);
void sah_scenario_free(struct sah_scenario *scenario);

struct sah_node *sah_scenario_root(const struct sah_scenario *scenario);
const char *sah_scenario_path(const struct sah_scenario *scenario);
struct sah_node *sah_node_find(const struct sah_node *mapping, const char *key);
/* A path written in the file at `origin`, made relative to the working directory;
 * caller frees. */
char *sah_path_beside(struct sah_origin origin, const char *path);
/* The resolved scenario as one YAML text (without `base`), each value followed by its
 * origin as a comment when `origins`; caller frees. NULL without memory. */
char *sah_scenario_yaml(const struct sah_scenario *scenario, bool origins);

/* One bound value: what `sahel show`, the timeline and the result file speak of. */
struct sah_setting {
    char *path; /* "recruitment.base_rate", "forces.barkhane.strength" */
    const struct sah_param *param;
    void *value;
    struct sah_origin origin;
    const struct sah_node *node; /* what was written; NULL where the default stands */
    bool refused; /* or required and missing: told already, not to be checked again */
};

/* The scenario must outlive its binding (origins). A zeroed binding is empty. */
struct sah_binding {
    size_t n;
    struct sah_setting *setting;
    size_t nowned;
    void **owned; /* texts, items of lists: freed with the binding */
};

/* Binds every section and list; then reports unknown keys, `also` naming the top-level
 * keys somebody else reads ("timeline", "output"). Collects all errors. Where a value
 * is refused its default stands, so that later checks find sane structs. The binding
 * is to be freed in any case. */
int sah_scenario_bind(struct sah_scenario *scenario, const struct sah_section *sections,
                      size_t nsections, struct sah_list *lists, size_t nlists,
                      const char *const *also, size_t nalso,
                      struct sah_binding *binding, struct sah_error *err);
/* Binds one mapping anywhere in a tree to the struct at `base`, and reports unknown
 * keys but those `also` read. `path` stands in messages. A binding may be used for many
 * mappings and is to be freed in any case. */
int sah_scenario_bind_mapping(struct sah_scenario *scenario, struct sah_node *mapping,
                              const char *path, const struct sah_param *params,
                              void *base, const char *const *also, size_t nalso,
                              struct sah_binding *binding, struct sah_error *err);
/* `lists` are those of the binding; their items are gone afterwards. */
void sah_binding_free(struct sah_binding *binding, struct sah_list *lists,
                      size_t nlists);
struct sah_setting *sah_binding_find(const struct sah_binding *binding,
                                     const char *path);
/* Where one part of a value stands: the key of a share, a name or a number of a list;
 * the place of the whole where `part` is not written there. */
struct sah_origin sah_setting_part(const struct sah_setting *setting, const char *part);
/* Adds to the tree what was not written: every default, with origin "default", so that
 * sah_scenario_yaml shows all that a run depends on. */
int sah_scenario_add_defaults(struct sah_scenario *scenario,
                              const struct sah_binding *binding, struct sah_error *err);

/* "file:line:col: path = text: " before a message about a node; for checks outside.
 * A default is told at the section or item that leaves it open. `path` and `text` may
 * be NULL. Returns SAH_INPUT. */
int sah_scenario_complain(struct sah_error *err, struct sah_origin origin,
                          const char *path, const char *text, const char *format, ...)
    SAH_PRINTF(5, 6);
#ifdef __clang_analyzer__ /* as for sah_error_add */
#define sah_scenario_complain(...) (sah_scenario_complain(__VA_ARGS__), SAH_INPUT)
#endif

#endif
