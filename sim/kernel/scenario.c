/* A scenario as a whole: its file, the bases under it, the settings above it. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "sim/kernel/file.h"
#include "sim/kernel/scenario_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char command_line[] = "command line";

/* ---- life ---- */

const char *sah_scenario_keep_name(struct sah_scenario *scenario, const char *name) {
    for (size_t i = 0; i < scenario->nfiles; i++)
        if (!strcmp(scenario->file[i], name)) return scenario->file[i];
    char **more = realloc(scenario->file, (scenario->nfiles + 1) * sizeof *more);
    if (!more) return NULL;
    scenario->file = more;
    char *copy = strdup(name);
    if (copy) scenario->file[scenario->nfiles++] = copy;
    return copy;
}

static int create(const char *path, struct sah_scenario **scenario,
                  struct sah_error *err) {
    struct sah_scenario *made = calloc(1, sizeof *made);
    if (!made) return sah_out_of_memory(err);
    made->path = strdup(path);
    const char *name = sah_scenario_keep_name(made, path);
    if (made->path && name)
        made->root = sah_node_create(made, SAH_MAPPING, "", 0,
                                     (struct sah_origin){name, 0, 0, NULL}, err);
    if (!made->root) {
        sah_scenario_free(made);
        return sah_out_of_memory(err);
    }
    *scenario = made;
    return SAH_OK;
}

void sah_scenario_free(struct sah_scenario *scenario) {
    if (!scenario) return;
    sah_node_free(scenario->root);
    for (size_t i = 0; i < scenario->nfiles; i++) free(scenario->file[i]);
    free(scenario->file);
    free(scenario->path);
    free(scenario);
}

struct sah_node *sah_scenario_root(const struct sah_scenario *scenario) {
    return scenario->root;
}

const char *sah_scenario_path(const struct sah_scenario *scenario) {
    return scenario->path;
}

/* ---- files ---- */

char *sah_path_beside(struct sah_origin origin, const char *path) {
    const char *slash = origin.file ? strrchr(origin.file, '/') : NULL;
    if (path[0] == '/' || !slash || origin.line == 0) return strdup(path);
    size_t folder = (size_t)(slash - origin.file) + 1, length = strlen(path);
    char *joined = malloc(folder + length + 1);
    if (!joined) return NULL;
    memcpy(joined, origin.file, folder);
    memcpy(joined + folder, path, length + 1);
    return joined;
}

/* `before` stands at the head of the message: "a.yaml:1:7: base = b.yaml: " or "". */
static int read_file(const char *path, const char *before, char **text, size_t *length,
                     struct sah_error *err) {
    struct sah_error inner = {0};
    int code = sah_file_read(path, SAH_SCENARIO_BYTES, text, length, &inner);
    if (code == SAH_LIMIT) code = SAH_INPUT;
    if (code) {
        const char *told = inner.text ? inner.text : "out of memory\n";
        sah_error_add(err, code, "%s%.*s", before, (int)strcspn(told, "\n"), told);
    }
    sah_error_clear(&inner);
    return code;
}

/* ---- layers: a file, and the bases under it ---- */

/* A file on the way from the topmost down to its last base. */
struct layer {
    const struct layer *above;
    const char *path; /* as it is named in messages */
    char *real;       /* without links and dots, to find circles; may be NULL */
    size_t depth;
};

static int lay_file(struct sah_scenario *scenario, struct layer *layer,
                    const char *before, struct sah_error *err);

static bool is_circle(const struct layer *layer) {
    for (const struct layer *up = layer->above; up; up = up->above) {
        if (!strcmp(up->path, layer->path)) return true;
        if (up->real && layer->real && !strcmp(up->real, layer->real)) return true;
    }
    return false;
}

/* Beside the file that names it; or, where nothing is there, in the folder of data. The
 * caller frees. */
static char *find_base(const struct sah_scenario *scenario,
                       const struct sah_node *base) {
    char *beside = sah_path_beside(base->origin, base->text);
    if (!beside || !scenario->data || *base->text == '/' || access(beside, F_OK) == 0)
        return beside;
    size_t size = strlen(scenario->data) + strlen(base->text) + 2;
    char *path = malloc(size);
    if (path) snprintf(path, size, "%s/%s", scenario->data, base->text);
    bool found = path && access(path, F_OK) == 0;
    free(found ? beside : path);
    return found ? path : beside;
}

static int lay_base(struct sah_scenario *scenario, const struct layer *above,
                    const struct sah_node *base, struct sah_error *err) {
    if (base->kind != SAH_SCALAR)
        return sah_scenario_complain(err, base->origin, "base", NULL,
                                     "expected the name of a file, found %s",
                                     sah_kind_word(base->kind));
    char *path = find_base(scenario, base);
    if (!path) return sah_out_of_memory(err);
    struct layer layer = {above, sah_scenario_keep_name(scenario, path),
                          realpath(path, NULL), above->depth + 1};
    free(path);
    int code;
    if (!layer.path) {
        code = sah_out_of_memory(err);
    } else if (is_circle(&layer)) {
        code = sah_scenario_complain(err, base->origin, "base", base->text,
                                     "a scenario cannot be its own base");
    } else if (layer.depth > SAH_SCENARIO_BASES) {
        code = sah_scenario_complain(err, base->origin, "base", base->text,
                                     "more than %d bases under one scenario",
                                     SAH_SCENARIO_BASES);
    } else {
        char before[512];
        snprintf(before, sizeof before, "%s:%d:%d: base = %.100s: ", base->origin.file,
                 base->origin.line, base->origin.column, base->text);
        code = lay_file(scenario, &layer, before, err);
    }
    free(layer.real);
    return code;
}

/* Takes `base` out of a file's root. */
static struct sah_node *take_base(struct sah_node *root) {
    for (struct sah_node **link = &root->child; *link; link = &(*link)->next) {
        struct sah_node *node = *link;
        if (strcmp(node->key, "base") != 0) continue;
        *link = node->next;
        node->next = NULL;
        return node;
    }
    return NULL;
}

/* Lays one text, after the bases it names, upon the tree. The bases are read even where
 * something is wrong with them, so that all mistakes are told. */
static int lay_text(struct sah_scenario *scenario, const struct layer *layer,
                    const char *yaml, size_t length, struct sah_error *err) {
    struct sah_node *root = NULL;
    int code = sah_yaml_read(scenario, layer->path, yaml, length, &root, err);
    if (code) return code;
    if (root->kind != SAH_MAPPING) {
        code = sah_scenario_complain(err, root->origin, NULL, NULL,
                                     root->kind == SAH_NULL
                                         ? "the scenario is empty"
                                         : "expected sections such as `run:`, found %s",
                                     sah_kind_word(root->kind));
        sah_node_free(root);
        return code;
    }
    struct sah_node *base = take_base(root);
    if (base) code = lay_base(scenario, layer, base, err);
    sah_node_free(base);
    if (code)
        sah_node_free(root);
    else
        code = sah_scenario_merge(scenario->root, root, err);
    return code;
}

static int lay_file(struct sah_scenario *scenario, struct layer *layer,
                    const char *before, struct sah_error *err) {
    char *text = NULL;
    size_t length;
    int code = read_file(layer->path, before, &text, &length, err);
    if (!code) code = lay_text(scenario, layer, text, length, err);
    free(text);
    return code;
}

/* ---- settings of the command line: "a.b.c=value" ---- */

static void forget_places(struct sah_node *node) {
    node->origin.line = node->origin.column = 0;
    node->key_origin = node->origin;
    for (struct sah_node *child = node->child; child; child = child->next)
        forget_places(child);
}

static int complain_of_set(struct sah_error *err, const char *set, const char *what) {
    return sah_error_add(err, SAH_INPUT, "%s: --set %.100s: %s", command_line, set,
                         what);
}

/* Wraps `value` into mappings, one for each word of the path before `end`, the last
 * word innermost. Uses `value` up. */
static struct sah_node *wrap(struct sah_scenario *scenario, const char *path,
                             const char *end, struct sah_node *value,
                             struct sah_error *err) {
    while (value && end > path) {
        const char *word = end;
        while (word > path && word[-1] != '.') word--;
        struct sah_node *outer =
            sah_node_create(scenario, SAH_MAPPING, "", 0, value->origin, err);
        if (!outer ||
            sah_node_set_key(value, word, (size_t)(end - word), value->origin, err)) {
            sah_node_free(value);
            sah_node_free(outer);
            return NULL;
        }
        outer->child = value;
        value = outer;
        end = word > path ? word - 1 : path;
    }
    return value;
}

static size_t count_words(const char *path, const char *end) {
    size_t n = 1;
    for (const char *c = path; c < end; c++) {
        if (*c == '.') n++;
        if (*c == '.' && (c == path || c[-1] == '.' || c + 1 == end)) return 0;
    }
    return path == end ? 0 : n;
}

static int lay_set(struct sah_scenario *scenario, const char *set,
                   struct sah_error *err) {
    const char *equals = strchr(set, '=');
    if (!equals) return complain_of_set(err, set, "expected key.path=value");
    size_t words = count_words(set, equals);
    if (words == 0 || words > SAH_SCENARIO_DEPTH / 2)
        return complain_of_set(err, set, "expected words joined by dots before the =");
    if (!strncmp(set, "base=", 5))
        return complain_of_set(err, set, "base cannot be set");
    const char *name = sah_scenario_keep_name(scenario, command_line);
    if (!name) return sah_out_of_memory(err);

    struct sah_node *value = NULL;
    struct sah_error inner = {0};
    int code =
        sah_yaml_read(scenario, name, equals + 1, strlen(equals + 1), &value, &inner);
    sah_error_clear(&inner);
    if (code == SAH_MEMORY) return sah_out_of_memory(err);
    if (code) return complain_of_set(err, set, "the value cannot be read as YAML");
    if (value->kind == SAH_NULL) {
        sah_node_free(value);
        return complain_of_set(err, set, "no value");
    }
    forget_places(value);
    struct sah_node *root = wrap(scenario, set, equals, value, err);
    if (!root) return sah_out_of_memory(err);
    return sah_scenario_merge(scenario->root, root, err);
}

static int lay_sets(struct sah_scenario *scenario, const char *const *sets,
                    size_t nsets, struct sah_error *err) {
    int code = SAH_OK;
    for (size_t i = 0; i < nsets; i++) {
        int fault = lay_set(scenario, sets[i], err);
        if (fault && !code) code = fault;
    }
    return code;
}

/* ---- settings of another file: a mapping whose keys are paths ---- */

static int lay_node(struct sah_scenario *scenario, const struct sah_node *setting,
                    struct sah_error *err) {
    const char *key = setting->key, *end = key + strlen(key);
    size_t words = count_words(key, end);
    if (words == 0 || words > SAH_SCENARIO_DEPTH / 2 || !strcmp(key, "base"))
        return sah_scenario_complain(
            err, setting->key_origin, key, NULL,
            "expected words joined by dots, such as recruitment.base_rate");
    if (setting->kind == SAH_NULL)
        return sah_scenario_complain(err, setting->origin, key, NULL, "no value");
    struct sah_node *root = sah_node_copy(scenario, setting, err);
    if (root) root = wrap(scenario, key, end, root, err);
    return root ? sah_scenario_merge(scenario->root, root, err)
                : sah_out_of_memory(err);
}

int sah_scenario_set(struct sah_scenario *scenario, const struct sah_node *settings,
                     struct sah_error *err) {
    if (settings->kind == SAH_NULL) return SAH_OK;
    if (settings->kind != SAH_MAPPING)
        return sah_scenario_complain(
            err, settings->origin, settings->key, settings->text,
            "expected settings such as {gold.price: 2}, found %s",
            sah_kind_word(settings->kind));
    int code = SAH_OK;
    for (const struct sah_node *child = settings->child; child; child = child->next) {
        int fault = lay_node(scenario, child, err);
        if (fault && !code) code = fault;
    }
    return code;
}

/* ---- upon what was read ---- */

/* An overlay is read like a scenario, but what it would lie on is there already. */
static int refuse_base(const struct sah_node *root, struct sah_error *err) {
    const struct sah_node *base = sah_node_find(root, "base");
    if (!base) return SAH_OK;
    return sah_scenario_complain(err, base->key_origin, "base", NULL,
                                 "has no place here: this file is laid upon the result "
                                 "itself");
}

static int lay_overlay(struct sah_scenario *scenario, const char *path,
                       struct sah_error *err) {
    struct sah_node *root = NULL;
    size_t length = 0;
    char *text = NULL;
    const char *name = sah_scenario_keep_name(scenario, path);
    if (!name) return sah_out_of_memory(err);
    int code = read_file(name, "", &text, &length, err);
    if (!code) code = sah_yaml_read(scenario, name, text, length, &root, err);
    free(text);
    if (code || root->kind == SAH_NULL) {
        sah_node_free(root);
        return code;
    }
    if (root->kind != SAH_MAPPING)
        code = sah_scenario_complain(err, root->origin, NULL, NULL,
                                     "expected sections such as `run:`, found %s",
                                     sah_kind_word(root->kind));
    else
        code = refuse_base(root, err);
    if (!code) return sah_scenario_merge(scenario->root, root, err);
    sah_node_free(root);
    return code;
}

int sah_scenario_lay(struct sah_scenario *scenario, const char *path,
                     const char *const *sets, size_t nsets, struct sah_error *err) {
    int code = path ? lay_overlay(scenario, path, err) : SAH_OK;
    return code ? code : lay_sets(scenario, sets, nsets, err);
}

/* ---- all together ---- */

static int finish(struct sah_scenario *made, int code, const char *const *sets,
                  size_t nsets, struct sah_scenario **scenario, struct sah_error *err) {
    if (!code) code = lay_sets(made, sets, nsets, err);
    if (code)
        sah_scenario_free(made);
    else
        *scenario = made;
    return code;
}

int sah_scenario_read(const char *path, const char *data, const char *const *sets,
                      size_t nsets, struct sah_scenario **scenario,
                      struct sah_error *err) {
    struct sah_scenario *made;
    int code = create(path, &made, err);
    if (code) return code;
    made->data = data;
    struct layer layer = {NULL, made->file[0], realpath(path, NULL), 0};
    code = lay_file(made, &layer, "", err);
    made->data = NULL;
    free(layer.real);
    return finish(made, code, sets, nsets, scenario, err);
}

int sah_scenario_parse(const char *name, const char *yaml, size_t length,
                       const char *const *sets, size_t nsets,
                       struct sah_scenario **scenario, struct sah_error *err) {
    struct sah_scenario *made;
    int code = create(name, &made, err);
    if (code) return code;
    struct layer layer = {NULL, made->file[0], realpath(name, NULL), 0};
    if (length > SAH_SCENARIO_BYTES)
        code = sah_error_add(err, SAH_INPUT, "%s: is larger than %d bytes", name,
                             SAH_SCENARIO_BYTES);
    else
        code = lay_text(made, &layer, yaml, length, err);
    free(layer.real);
    return finish(made, code, sets, nsets, scenario, err);
}

int sah_scenario_read_plain(const char *path, struct sah_scenario **scenario,
                            struct sah_error *err) {
    struct sah_scenario *made;
    char *text = NULL;
    size_t length;
    struct sah_node *root = NULL;
    int code = create(path, &made, err);
    if (code) return code;
    code = read_file(path, "", &text, &length, err);
    if (!code) code = sah_yaml_read(made, made->file[0], text, length, &root, err);
    free(text);
    if (!code && root->kind != SAH_MAPPING)
        code = sah_scenario_complain(err, root->origin, NULL, NULL,
                                     "expected keys and values, found %s",
                                     sah_kind_word(root->kind));
    if (code) {
        sah_node_free(root);
        sah_scenario_free(made);
        return code;
    }
    sah_node_free(made->root);
    made->root = root;
    *scenario = made;
    return SAH_OK;
}
