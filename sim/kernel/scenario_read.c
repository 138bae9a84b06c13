/* One YAML 1.2 document into a tree of nodes, through libfyaml's events.
 *
 * libfyaml tells what stands where; everything a scenario refuses is refused here, by
 * name and place: text that is no UTF-8, keys given twice, tags, several documents,
 * aliases that grow beyond bounds. */
#include "sim/kernel/scenario_tree.h"

#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

/* An open list or mapping. */
struct frame {
    struct sah_node *node;
    struct sah_node **last; /* where the next child goes */
    size_t nchildren;
    char *key; /* of a mapping: read, its value is awaited */
    struct sah_origin key_origin;
    struct sah_index keys;  /* of a mapping, against repetition */
    struct sah_trail trail; /* for messages */
};

struct anchor {
    char *name;
    struct sah_node *node;
};

struct reader {
    struct sah_scenario *scenario;
    struct sah_error *err;
    const char *file;
    struct fy_parser *parser;
    struct fy_diag *diag;
    struct frame frame[SAH_SCENARIO_DEPTH + 1];
    size_t depth; /* frames in use */
    struct sah_node *root;
    size_t documents;
    int fault; /* of a mistake after which reading goes on */
    struct anchor *anchor;
    size_t nanchors;
};

/* ---- text ---- */

/* The length of the UTF-8 sequence at `c`, 0 where there is none (Unicode 15, table
 * 3-7: no overlong forms, no surrogates, nothing beyond U+10FFFF). */
static size_t utf8_length(const unsigned char *c, size_t left) {
    if (c[0] < 0x80) return 1;
    size_t n = c[0] >= 0xf0 ? 4 : c[0] >= 0xe0 ? 3 : 2;
    if (c[0] < 0xc2 || c[0] > 0xf4 || n > left) return 0;
    for (size_t i = 1; i < n; i++)
        if ((c[i] & 0xc0) != 0x80) return 0;
    if (c[0] == 0xe0 && c[1] < 0xa0) return 0;
    if (c[0] == 0xed && c[1] > 0x9f) return 0;
    if (c[0] == 0xf0 && c[1] < 0x90) return 0;
    if (c[0] == 0xf4 && c[1] > 0x8f) return 0;
    return n;
}

/* Checks that the file is text before the parser sees it, and tells where it is not. */
static int check_text(const struct reader *reader, const char *yaml, size_t length) {
    const unsigned char *c = (const unsigned char *)yaml, *end = c + length;
    struct sah_origin at = {reader->file, 1, 1, NULL};
    while (c < end) {
        size_t n = utf8_length(c, (size_t)(end - c));
        if (n == 0)
            return sah_scenario_complain(reader->err, at, NULL, NULL,
                                         "byte 0x%02x is no UTF-8 text", *c);
        if ((*c < 0x20 && !strchr("\t\n\r", *c)) || *c == 0x7f || *c == 0)
            return sah_scenario_complain(reader->err, at, NULL, NULL,
                                         "control character 0x%02x in the file", *c);
        at.column++;
        if (*c == '\n') {
            at.line++;
            at.column = 1;
        }
        c += n;
    }
    return SAH_OK;
}

/* Escapes in quotes may bring in what check_text keeps out. */
static bool is_text(const char *text, size_t length) {
    const unsigned char *c = (const unsigned char *)text, *end = c + length;
    while (c < end) {
        size_t n = utf8_length(c, (size_t)(end - c));
        if (n == 0 || *c == '\0') return false;
        c += n;
    }
    return true;
}

/* ---- places ---- */

static struct sah_origin place(const struct reader *reader, struct fy_event *event) {
    const struct fy_mark *mark = fy_event_start_mark(event);
    const struct frame *top = reader->depth ? &reader->frame[reader->depth - 1] : NULL;
    if (!mark) {
        if (top && top->key) return top->key_origin;
        return top ? top->node->origin : (struct sah_origin){reader->file, 1, 1, NULL};
    }
    struct sah_origin origin = {reader->file, mark->line + 1, mark->column + 1, NULL};
    /* the mark of an alias or a quoted text lies behind its first character */
    bool is_behind = event->type == FYET_ALIAS;
    if (event->type == FYET_SCALAR) {
        enum fy_scalar_style style = fy_token_scalar_style(event->scalar.value);
        is_behind = style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
    }
    if (is_behind && origin.column > 1) origin.column--;
    return origin;
}

static bool awaits_key(const struct reader *reader) {
    const struct frame *top = reader->depth ? &reader->frame[reader->depth - 1] : NULL;
    return top && top->node->kind == SAH_MAPPING && !top->key;
}

/* What the next value would be called. */
static struct sah_trail next_trail(const struct reader *reader) {
    if (reader->depth == 0) return (struct sah_trail){NULL, "", 0};
    const struct frame *top = &reader->frame[reader->depth - 1];
    return (struct sah_trail){&top->trail, top->key, top->nchildren};
}

/* About the value that stands next, or the mapping whose key is awaited. */
static int complain(struct reader *reader, struct sah_origin origin, const char *what) {
    char path[SAH_TRAIL_TEXT];
    struct sah_trail next = next_trail(reader);
    sah_trail_text(awaits_key(reader) ? next.up : &next, path, sizeof path);
    return sah_scenario_complain(reader->err, origin, path, NULL, "%s", what);
}

/* The code of what was complained about already. */
static int failure(const struct reader *reader) {
    return reader->err && reader->err->code ? reader->err->code : SAH_INPUT;
}

/* ---- anchors and aliases ---- */

static int remember_anchor(struct reader *reader, struct fy_token *token,
                           struct sah_node *node, struct sah_origin origin) {
    if (!token) return SAH_OK;
    if (reader->nanchors == SAH_SCENARIO_ANCHORS)
        return complain(reader, origin, "too many anchors");
    size_t length;
    const char *text = fy_token_get_text(token, &length);
    struct anchor *more =
        realloc(reader->anchor, (reader->nanchors + 1) * sizeof *reader->anchor);
    if (!more) return sah_out_of_memory(reader->err);
    reader->anchor = more;
    char *name = text ? strndup(text, length) : NULL;
    if (!name) return sah_out_of_memory(reader->err);
    reader->anchor[reader->nanchors++] = (struct anchor){name, node};
    return SAH_OK;
}

static const struct anchor *find_anchor(const struct reader *reader,
                                        struct fy_token *token) {
    size_t length;
    const char *text = fy_token_get_text(token, &length);
    for (size_t i = reader->nanchors; text && i-- > 0;) {
        const char *name = reader->anchor[i].name;
        if (strlen(name) == length && !memcmp(name, text, length))
            return &reader->anchor[i];
    }
    return NULL;
}

static bool is_open(const struct reader *reader, const struct sah_node *node) {
    for (size_t i = 0; i < reader->depth; i++)
        if (reader->frame[i].node == node) return true;
    return false;
}

static size_t height(const struct sah_node *node) {
    size_t most = 0;
    for (const struct sah_node *child = node->child; child; child = child->next) {
        size_t h = height(child);
        if (h > most) most = h;
    }
    return most + sah_node_is_container(node);
}

/* ---- building ---- */

/* Gives a finished or opened node its place under the innermost open one. */
static int attach(struct reader *reader, struct sah_node *node) {
    if (reader->depth == 0) {
        reader->root = node;
        return SAH_OK;
    }
    struct frame *top = &reader->frame[reader->depth - 1];
    if (top->node->kind == SAH_MAPPING) {
        int code = sah_node_set_key(node, top->key, strlen(top->key), top->key_origin,
                                    reader->err);
        free(top->key);
        top->key = NULL;
        bool is_new = !code && !sah_index_find(&top->keys, node->key, "");
        if (is_new && !sah_index_put(&top->keys, node->key, "", node))
            code = sah_out_of_memory(reader->err);
        if (code) return sah_node_free(node), code;
    } else {
        free(node->key); /* of an aliased value */
        node->key = NULL;
        node->key_origin = node->origin;
        node->index = top->nchildren;
    }
    *top->last = node;
    top->last = &node->next;
    top->nchildren++;
    return SAH_OK;
}

static int open_container(struct reader *reader, struct fy_event *event,
                          enum sah_node_kind kind, struct fy_token *anchor) {
    struct sah_origin origin = place(reader, event);
    if (awaits_key(reader)) return complain(reader, origin, "a key is a single word");
    if (reader->depth > SAH_SCENARIO_DEPTH - 1)
        return complain(reader, origin, "nested too deeply");
    struct sah_trail trail = next_trail(reader);
    struct sah_node *node =
        sah_node_create(reader->scenario, kind, "", 0, origin, reader->err);
    if (!node) return failure(reader);
    struct frame *frame = &reader->frame[reader->depth];
    *frame = (struct frame){.node = node, .last = &node->child, .trail = trail};
    int code = attach(reader, node);
    if (code) return code;
    if (trail.key) frame->trail.key = node->key ? node->key : "";
    reader->depth++;
    return remember_anchor(reader, anchor, node, origin);
}

static void close_container(struct reader *reader) {
    if (reader->depth == 0) return;
    struct frame *frame = &reader->frame[--reader->depth];
    free(frame->key);
    sah_index_free(&frame->keys);
}

static int read_key(struct reader *reader, const char *text, size_t length,
                    struct sah_origin origin) {
    struct frame *top = &reader->frame[reader->depth - 1];
    enum { LONGEST_KEY = 256 };
    if (length == 0) return complain(reader, origin, "a key is missing");
    if (length > LONGEST_KEY) return complain(reader, origin, "a key is too long");
    top->key = strndup(text, length);
    if (!top->key) return sah_out_of_memory(reader->err);
    top->key_origin = origin;
    const struct sah_node *first = sah_index_find(&top->keys, top->key, "");
    if (!first) return SAH_OK;
    struct sah_trail trail = {&top->trail, top->key, 0};
    char path[SAH_TRAIL_TEXT];
    sah_trail_text(&trail, path, sizeof path);
    reader->fault =
        sah_scenario_complain(reader->err, origin, path, NULL,
                              "given twice; first in line %d", first->key_origin.line);
    return SAH_OK;
}

static bool is_null(struct fy_token *token, const char *text, size_t length) {
    if (fy_token_scalar_style(token) != FYSS_PLAIN) return false;
    static const char *const words[] = {"", "~", "null", "Null", "NULL"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == length && !memcmp(words[i], text, length)) return true;
    return false;
}

static int read_scalar(struct reader *reader, struct fy_event *event) {
    struct sah_origin origin = place(reader, event);
    struct fy_token *token = event->scalar.value;
    size_t length = 0;
    const char *text = token ? fy_token_get_text(token, &length) : "";
    if (!text) return sah_out_of_memory(reader->err);
    if (!is_text(text, length)) return complain(reader, origin, "no valid text");
    if (awaits_key(reader)) return read_key(reader, text, length, origin);
    enum sah_node_kind kind = is_null(token, text, length) ? SAH_NULL : SAH_SCALAR;
    if (kind == SAH_NULL) length = 0;
    struct sah_node *node =
        sah_node_create(reader->scenario, kind, text, length, origin, reader->err);
    if (!node) return failure(reader);
    int code = attach(reader, node);
    return code ? code : remember_anchor(reader, event->scalar.anchor, node, origin);
}

static int read_alias(struct reader *reader, struct fy_event *event) {
    struct sah_origin origin = place(reader, event);
    if (awaits_key(reader)) return complain(reader, origin, "a key is a single word");
    const struct anchor *anchor = find_anchor(reader, event->alias.anchor);
    if (!anchor) return complain(reader, origin, "no such anchor");
    if (is_open(reader, anchor->node))
        return complain(reader, origin, "an alias within its own anchor");
    if (reader->depth + height(anchor->node) > SAH_SCENARIO_DEPTH)
        return complain(reader, origin, "nested too deeply");
    struct sah_node *node = sah_node_copy(reader->scenario, anchor->node, NULL);
    if (node) return attach(reader, node);
    bool is_bounded = reader->scenario->nodes <= SAH_SCENARIO_NODES &&
                      reader->scenario->bytes <= SAH_SCENARIO_TEXT;
    if (is_bounded) return sah_out_of_memory(reader->err);
    return complain(reader, origin, "too large with all aliases written out");
}

static int refuse_tag(struct reader *reader, struct fy_event *event,
                      const struct fy_token *tag) {
    return tag ? complain(reader, place(reader, event), "tags are not used here")
               : SAH_OK;
}

static int read_event(struct reader *reader, struct fy_event *event) {
    int code = SAH_OK;
    switch (event->type) {
    case FYET_DOCUMENT_START:
        if (reader->documents++ == 0) return SAH_OK;
        return complain(reader, place(reader, event), "a second document in one file");
    case FYET_MAPPING_START:
        code = refuse_tag(reader, event, event->mapping_start.tag);
        if (code) return code;
        return open_container(reader, event, SAH_MAPPING, event->mapping_start.anchor);
    case FYET_SEQUENCE_START:
        code = refuse_tag(reader, event, event->sequence_start.tag);
        if (code) return code;
        return open_container(reader, event, SAH_SEQUENCE,
                              event->sequence_start.anchor);
    case FYET_SCALAR:
        code = refuse_tag(reader, event, event->scalar.tag);
        return code ? code : read_scalar(reader, event);
    case FYET_ALIAS:
        return read_alias(reader, event);
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END:
        close_container(reader);
        return SAH_OK;
    default:
        return SAH_OK;
    }
}

/* ---- the parser ---- */

/* libfyaml prints to stderr unless it is given somewhere to speak. */
static void ignore_output(struct fy_diag *diag, void *user, const char *text,
                          size_t length) {
    (void)diag, (void)user, (void)text, (void)length;
}

static bool open_parser(struct reader *reader, const char *yaml, size_t length) {
    struct fy_diag_cfg diag;
    fy_diag_cfg_default(&diag);
    diag.fp = NULL;
    diag.output_fn = ignore_output;
    diag.level = FYET_ERROR;
    diag.colorize = false;
    reader->diag = fy_diag_create(&diag);
    if (!reader->diag) return false;
    fy_diag_set_collect_errors(reader->diag, true);
    struct fy_parse_cfg config = {
        .flags = FYPCF_QUIET | FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE |
                 FYPCF_DISABLE_DEPTH_LIMIT,
        .diag = reader->diag,
    };
    reader->parser = fy_parser_create(&config);
    return reader->parser && !fy_parser_set_string(reader->parser, yaml, length);
}

/* Tells libfyaml's own errors in our words' order. */
static int tell_syntax_errors(struct reader *reader) {
    void *cursor = NULL;
    size_t n = 0;
    for (struct fy_diag_error *error;
         (error = fy_diag_errors_iterate(reader->diag, &cursor)); n++) {
        struct sah_origin origin = {reader->file, error->line, error->column, NULL};
        sah_scenario_complain(reader->err, origin, NULL, NULL, "%s", error->msg);
    }
    if (n == 0)
        sah_scenario_complain(reader->err,
                              (struct sah_origin){reader->file, 0, 0, NULL}, NULL, NULL,
                              "cannot be read as YAML");
    return SAH_INPUT;
}

static int read_events(struct reader *reader) {
    int code = SAH_OK;
    for (struct fy_event *event; !code && (event = fy_parser_parse(reader->parser));) {
        code = read_event(reader, event);
        fy_parser_event_free(reader->parser, event);
    }
    if (!code && fy_parser_get_stream_error(reader->parser))
        code = tell_syntax_errors(reader);
    return code ? code : reader->fault;
}

static void close_reader(struct reader *reader) {
    while (reader->depth) close_container(reader);
    for (size_t i = 0; i < reader->nanchors; i++) free(reader->anchor[i].name);
    free(reader->anchor);
    if (reader->parser) fy_parser_destroy(reader->parser);
    if (reader->diag) fy_diag_destroy(reader->diag);
}

int sah_yaml_read(struct sah_scenario *scenario, const char *file, const char *yaml,
                  size_t length, struct sah_node **root, struct sah_error *err) {
    struct reader *reader = calloc(1, sizeof *reader);
    if (!reader) return sah_out_of_memory(err);
    reader->scenario = scenario;
    reader->err = err;
    reader->file = file;
    if (length >= 3 && !memcmp(yaml, "\xef\xbb\xbf", 3)) yaml += 3, length -= 3;
    int code = check_text(reader, yaml, length);
    if (!code && length && !open_parser(reader, yaml, length))
        code = sah_out_of_memory(err);
    if (!code && length) code = read_events(reader);
    if (!code && !reader->root) {
        reader->root = sah_node_create(scenario, SAH_NULL, "", 0,
                                       (struct sah_origin){file, 1, 1, NULL}, err);
        if (!reader->root) code = failure(reader);
    }
    close_reader(reader);
    if (code)
        sah_node_free(reader->root);
    else
        *root = reader->root;
    free(reader);
    return code;
}
