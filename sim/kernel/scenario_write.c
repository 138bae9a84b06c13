/* The tree as YAML again: mappings and lists of mappings in block style, other lists in
 * one line, origins as comments. What is written reads back as the same tree. */
#include "sim/kernel/scenario_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sheet {
    FILE *out;
    bool origins;
    bool failed;
};

static void put_quoted(struct sheet *sheet, const char *raw) {
    int length = sah_quoted_text(raw, NULL, 0);
    char *text = malloc((size_t)length + 1);
    if (!text) {
        sheet->failed = true;
        return;
    }
    sah_quoted_text(raw, text, (size_t)length + 1);
    fputs(text, sheet->out);
    free(text);
}

/* Ends a line, with the place the value came from. */
static void end_line(struct sheet *sheet, const struct sah_node *node) {
    struct sah_origin at = node->origin;
    if (sheet->origins && at.line > 0)
        fprintf(sheet->out, "  # %s:%d", at.file, at.line);
    else if (sheet->origins)
        fprintf(sheet->out, "  # %s", at.file);
    fputc('\n', sheet->out);
}

/* One line for all: scalars, lists in brackets, mappings in braces. */
static void put_flow(struct sheet *sheet, const struct sah_node *node) {
    bool is_list = node->kind == SAH_SEQUENCE;
    if (node->kind == SAH_NULL) {
        fputc('~', sheet->out);
    } else if (node->kind == SAH_SCALAR) {
        put_quoted(sheet, node->text);
    } else {
        fputc(is_list ? '[' : '{', sheet->out);
        for (const struct sah_node *child = node->child; child; child = child->next) {
            if (child != node->child) fputs(", ", sheet->out);
            if (!is_list) {
                put_quoted(sheet, child->key);
                fputs(": ", sheet->out);
            }
            put_flow(sheet, child);
        }
        fputc(is_list ? ']' : '}', sheet->out);
    }
}

static void put_indent(struct sheet *sheet, int indent) {
    fprintf(sheet->out, "%*s", indent, "");
}

static bool is_list_of_mappings(const struct sah_node *node) {
    if (node->kind != SAH_SEQUENCE || !node->child) return false;
    for (const struct sah_node *item = node->child; item; item = item->next)
        if (item->kind != SAH_MAPPING || !item->child) return false;
    return true;
}

/* The children of a mapping; the first continues a line where `in_line`. */
static void put_mapping(struct sheet *sheet, const struct sah_node *mapping, int indent,
                        bool in_line) {
    enum { STEP = 2 };
    for (const struct sah_node *child = mapping->child; child; child = child->next) {
        if (!in_line) put_indent(sheet, indent);
        in_line = false;
        put_quoted(sheet, child->key);
        fputc(':', sheet->out);
        if (child->kind == SAH_MAPPING && child->child) {
            fputc('\n', sheet->out);
            put_mapping(sheet, child, indent + STEP, false);
        } else if (is_list_of_mappings(child)) {
            fputc('\n', sheet->out);
            for (const struct sah_node *item = child->child; item; item = item->next) {
                put_indent(sheet, indent + STEP);
                fputs("- ", sheet->out);
                put_mapping(sheet, item, indent + 2 * STEP, true);
            }
        } else {
            fputc(' ', sheet->out);
            put_flow(sheet, child);
            end_line(sheet, child);
        }
    }
}

char *sah_scenario_yaml(const struct sah_scenario *scenario, bool origins) {
    char *text = NULL;
    size_t length;
    struct sheet sheet = {.out = open_memstream(&text, &length), .origins = origins};
    if (!sheet.out) return NULL;
    put_mapping(&sheet, scenario->root, 0, false);
    bool failed = ferror(sheet.out) || sheet.failed;
    if (fclose(sheet.out) != 0 || failed) {
        free(text);
        return NULL;
    }
    return text;
}
