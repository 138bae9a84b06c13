/* Template, chapter and descriptions. */
#include "sim/kernel/param_doc.h"

#include <string.h>

enum { TEXT = 512, STEP = 2 };

/* A section or a list: what the writers need of either. */
struct table {
    const char *name, *doc;
    const struct sah_param *params;
    bool is_list;
};

static struct table table_of(const struct sah_section *sections, size_t nsections,
                             const struct sah_list *lists, size_t i) {
    if (i < nsections)
        return (struct table){sections[i].name, sections[i].doc, sections[i].params,
                              false};
    const struct sah_list *list = &lists[i - nsections];
    return (struct table){list->name, list->doc, list->params, true};
}

static const char *or_none(const char *text) {
    return text && *text ? text : "";
}

static bool has_unit(const struct sah_param *param) {
    return param->unit && strcmp(param->unit, "1") != 0;
}

/* ---- template ---- */

/* Opens the mappings of "output.fields" that `open` (the section before) has not. */
static int open_section(FILE *out, const char *name, const char *open) {
    int indent = 0;
    while (*name) {
        size_t length = strcspn(name, ".");
        bool is_open = open && !strncmp(name, open, length) &&
                       (open[length] == '.' || open[length] == '\0');
        if (!is_open) fprintf(out, "%*s%.*s:\n", indent, "", (int)length, name);
        open = is_open && open[length] ? open + length + 1 : NULL;
        indent += STEP;
        name += length + (name[length] == '.');
    }
    return indent;
}

/* "# base_rate: 5e-08 1/day   # Hazard of joining; 0..0.001 1/day". */
static void template_row(FILE *out, const struct sah_param *param, int indent) {
    char value[TEXT], range[TEXT];
    int length = sah_param_default_text(param, value, sizeof value);
    sah_param_range_text(param, range, sizeof range);
    fprintf(out, "%*s# %s%s%s\n", indent, "", or_none(param->doc), *range ? "; " : "",
            range);
    if (param->required)
        fprintf(out, "%*s%s: FILL_IN  # a %s%s%s\n", indent, "", param->key,
                sah_param_type_word(param->type), has_unit(param) ? " in " : "",
                has_unit(param) ? param->unit : "");
    else
        fprintf(out, "%*s# %s:%s%s\n", indent, "", param->key, length > 0 ? " " : "",
                value);
}

static void template_section(FILE *out, const struct table *table, const char *before) {
    fprintf(out, "\n# %s\n", or_none(table->doc));
    int indent = open_section(out, table->name, before);
    for (const struct sah_param *param = table->params; param && param->key; param++)
        template_row(out, param, indent);
}

/* A list is shown as a comment as a whole: its items are the author's to name. */
static void template_list(FILE *out, const struct table *table) {
    fprintf(out, "\n# %s\n# %s:\n#   - name: a_name\n", or_none(table->doc),
            table->name);
    for (const struct sah_param *param = table->params; param && param->key; param++) {
        char value[TEXT], range[TEXT];
        sah_param_default_text(param, value, sizeof value);
        sah_param_range_text(param, range, sizeof range);
        fprintf(out, "#     %s: %s  # %s%s%s\n", param->key,
                param->required ? "FILL_IN" : value, or_none(param->doc),
                *range ? "; " : "", range);
    }
}

void sah_params_template(FILE *out, const struct sah_section *sections,
                         size_t nsections, const struct sah_list *lists,
                         size_t nlists) {
    const char *before = NULL;
    fputs(
        "# A scenario. Lines that begin with # show defaults: take away the # to set\n"
        "# another value. Numbers may carry a unit, as in 12 h, 50 km, 4.5 %.\n",
        out);
    for (size_t i = 0; i < nsections + nlists; i++) {
        struct table table = table_of(sections, nsections, lists, i);
        if (table.is_list)
            template_list(out, &table);
        else
            template_section(out, &table, before);
        before = table.name;
    }
}

/* ---- Markdown ---- */

/* A vertical bar would end the cell. */
static void put_cell(FILE *out, const char *text) {
    fputs(" ", out);
    for (; *text; text++) {
        if (*text == '|') fputc('\\', out);
        fputc(*text, out);
    }
    fputs(" |", out);
}

static void chapter_row(FILE *out, const struct sah_param *param) {
    char type[TEXT], value[TEXT], range[TEXT], key[TEXT];
    snprintf(key, sizeof key, "`%s`", param->key);
    snprintf(type, sizeof type, "%s%s%s", sah_param_type_word(param->type),
             has_unit(param) ? ", " : "", has_unit(param) ? param->unit : "");
    sah_param_default_text(param, value, sizeof value);
    sah_param_range_text(param, range, sizeof range);
    fputc('|', out);
    put_cell(out, key);
    put_cell(out, type);
    put_cell(out, param->required ? "required" : value);
    put_cell(out, range);
    put_cell(out, or_none(param->doc));
    put_cell(out, or_none(param->source));
    fputc('\n', out);
}

static void chapter_table(FILE *out, const struct table *table) {
    fprintf(out, "## %s\n\n%s.%s\n\n", *table->name ? table->name : "Top level",
            or_none(table->doc),
            table->is_list ? " A list; each item has a `name`." : "");
    fputs("| key | type | default | range | meaning | source |\n"
          "|---|---|---|---|---|---|\n",
          out);
    for (const struct sah_param *param = table->params; param && param->key; param++)
        chapter_row(out, param);
    fputc('\n', out);
}

void sah_params_chapter(FILE *out, const struct sah_section *sections, size_t nsections,
                        const struct sah_list *lists, size_t nlists) {
    for (size_t i = 0; i < nsections + nlists; i++) {
        struct table table = table_of(sections, nsections, lists, i);
        chapter_table(out, &table);
    }
}

/* ---- plain text ---- */

static void describe_row(FILE *out, const char *section,
                         const struct sah_param *param) {
    char value[TEXT], range[TEXT];
    int length = sah_param_default_text(param, value, sizeof value);
    sah_param_range_text(param, range, sizeof range);
    fprintf(out, "%s%s%s\n", section, *section ? "." : "", param->key);
    fprintf(out, "    %s\n", or_none(param->doc));
    fprintf(out, "    type     %s%s%s\n", sah_param_type_word(param->type),
            has_unit(param) ? " in " : "", has_unit(param) ? param->unit : "");
    if (param->required)
        fputs("    default  none, must be given\n", out);
    else if (length > 0)
        fprintf(out, "    default  %s\n", value);
    if (*range) fprintf(out, "    range    %s\n", range);
    fprintf(out, "    source   %s\n", or_none(param->source));
    if (param->fixed) fputs("    fixed    the timeline may not change it\n", out);
}

static void describe_table(FILE *out, const struct table *table) {
    fprintf(out, "%s: %s%s\n", *table->name ? table->name : "top level",
            or_none(table->doc), table->is_list ? " (a list of named things)" : "");
    for (const struct sah_param *param = table->params; param && param->key; param++) {
        fputc('\n', out);
        describe_row(out, table->name, param);
    }
}

/* The row that `name` speaks of, "section.key"; or NULL. */
static const struct sah_param *row_of(const struct table *table, const char *name) {
    size_t length = strlen(table->name);
    if (length && (strncmp(name, table->name, length) != 0 || name[length] != '.'))
        return NULL;
    const char *key = length ? name + length + 1 : name;
    for (const struct sah_param *param = table->params; param && param->key; param++)
        if (!strcmp(param->key, key)) return param;
    return NULL;
}

bool sah_params_describe(FILE *out, const char *name,
                         const struct sah_section *sections, size_t nsections,
                         const struct sah_list *lists, size_t nlists,
                         const char **near) {
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < nsections + nlists; i++) {
        struct table table = table_of(sections, nsections, lists, i);
        const struct sah_param *param = row_of(&table, name);
        if (param) return describe_row(out, table.name, param), true;
        if (!strcmp(table.name, name)) return describe_table(out, &table), true;
        sah_nearer(name, table.name, &best, &distance);
    }
    if (near) *near = best;
    return false;
}

void sah_params_list(FILE *out, const struct sah_section *sections, size_t nsections,
                     const struct sah_list *lists, size_t nlists) {
    for (size_t i = 0; i < nsections + nlists; i++) {
        struct table table = table_of(sections, nsections, lists, i);
        fprintf(out, "%-20s %s%s\n", *table.name ? table.name : "(top level)",
                or_none(table.doc), table.is_list ? " (list)" : "");
    }
}
