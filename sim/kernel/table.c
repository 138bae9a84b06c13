/* Reading the fields of a CSV text. The text is copied once; fields are unquoted where
 * they stand, which never makes them longer, and ended by a zero in the place of what
 * followed them. */
#include "sim/kernel/table.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct sah_table *table;
    char *at, *end;       /* end points at the final zero */
    int32_t line;         /* of at */
    size_t nfields, room; /* header and cells, in table->header */
    size_t nrows, row_room;
    bool open;                  /* a comma was read: another field follows */
    const char *const *columns; /* instead of a header; or NULL */
    size_t least;               /* fields of a row, then */
    struct sah_error *err;
};

static int complain(const struct reader *r, int code, const char *text) {
    return sah_error_add(r->err, code, "%s:%d: %s", r->table->name, r->line, text);
}

static int no_memory(const struct reader *r) {
    return complain(r, SAH_MEMORY, "no memory for the table");
}

static int add_field(struct reader *r, char *field) {
    struct sah_table *t = r->table;
    if (r->nfields == r->room) {
        size_t room = r->room ? 2 * r->room : 64;
        char **grown = realloc(t->header, room * sizeof *grown);
        if (!grown) return no_memory(r);
        t->header = grown;
        r->room = room;
    }
    t->header[r->nfields++] = field;
    return SAH_OK;
}

static int add_line(struct reader *r, int32_t line) {
    struct sah_table *t = r->table;
    if (r->nrows == r->row_room) {
        size_t room = r->row_room ? 2 * r->row_room : 64;
        int32_t *grown = realloc(t->line, room * sizeof *grown);
        if (!grown) return no_memory(r);
        t->line = grown;
        r->row_room = room;
    }
    t->line[r->nrows++] = line;
    return SAH_OK;
}

/* Steps over what ends a field. Must be called before a zero is written there. */
static int step_over_end(struct reader *r) {
    r->open = *r->at == ',';
    if (*r->at == '\r' && r->at[1] == '\n') r->at++;
    if (*r->at == '\r')
        return complain(r, SAH_INPUT, "carriage return without line feed");
    if (*r->at == '\n') r->line++;
    if (r->at < r->end) r->at++;
    return SAH_OK;
}

/* A field in quotes; at the first quote. */
static int read_quoted(struct reader *r, char **field, char **stop) {
    int32_t first = r->line;
    char *to = r->at, *from = r->at + 1;
    *field = to;
    for (;; from++) {
        if (from >= r->end) {
            r->line = first;
            return complain(r, SAH_INPUT, "quotes are never closed");
        }
        if (*from == '"' && *++from != '"') break;
        r->line += *from == '\n';
        *to++ = *from;
    }
    *stop = to;
    r->at = from;
    if (from < r->end && !strchr(",\r\n", *from))
        return complain(r, SAH_INPUT, "text behind closing quotes");
    return SAH_OK;
}

static int read_bare(struct reader *r, char **field, char **stop) {
    *field = r->at;
    r->at += strcspn(r->at, ",\r\n\"");
    *stop = r->at;
    return *r->at == '"' ? complain(r, SAH_INPUT, "quotes inside a field") : SAH_OK;
}

static int read_field(struct reader *r) {
    char *field = NULL, *stop = NULL;
    int code =
        *r->at == '"' ? read_quoted(r, &field, &stop) : read_bare(r, &field, &stop);
    if (code) return code;
    if (stop - field > SAH_TABLE_MAX_FIELD)
        return complain(r, SAH_LIMIT, "a field is too long");
    code = step_over_end(r);
    *stop = '\0';
    return code ? code : add_field(r, field);
}

/* All fields of a record; tells their number. */
static int read_record(struct reader *r, size_t *nfields) {
    size_t before = r->nfields;
    do {
        int code = read_field(r);
        if (code) return code;
        if (r->nfields - before > SAH_TABLE_MAX_COLUMNS)
            return complain(r, SAH_LIMIT, "too many columns");
    } while (r->open);
    *nfields = r->nfields - before;
    return SAH_OK;
}

/* Steps over empty lines and, above the header, comments. */
static void skip_lines(struct reader *r, bool comments) {
    for (;;) {
        if (comments && (*r->at == '#' || (r->columns && !strncmp(r->at, "\"#", 2))))
            r->at += strcspn(r->at, "\n");
        else if (*r->at == '\r' && r->at[1] == '\n')
            r->at++;
        if (*r->at != '\n') return;
        r->at++;
        r->line++;
    }
}

static int read_header(struct reader *r) {
    struct sah_table *t = r->table;
    if (strncmp(r->at, "\xEF\xBB\xBF", 3) == 0) r->at += 3;
    skip_lines(r, true);
    if (r->at == r->end) return complain(r, SAH_INPUT, "there is no header");
    int32_t line = r->line;
    int code = read_record(r, &t->ncolumns);
    for (size_t i = 0; !code && i < t->ncolumns; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(t->header[i], t->header[j]) == 0)
                code = sah_error_add(r->err, SAH_INPUT, "%s:%d: %s: stands there twice",
                                     t->name, line, t->header[i]);
    return code;
}

/* A row without header becomes as long as there are columns. */
static int fit_row(struct reader *r, size_t *nfields) {
    int code = SAH_OK;
    for (; *nfields > r->table->ncolumns; --*nfields) r->nfields--;
    for (; !code && *nfields < r->table->ncolumns; ++*nfields)
        code = add_field(r, r->end);
    return code;
}

/* One row; a row of another length is told and reading goes on. */
static int read_row(struct reader *r) {
    struct sah_table *t = r->table;
    int32_t line = r->line;
    size_t nfields = 0;
    int code = add_line(r, line);
    if (!code) code = read_record(r, &nfields);
    if (!code && r->columns && nfields >= r->least) code = fit_row(r, &nfields);
    if (code || nfields == t->ncolumns) return code;
    r->nfields -= nfields;
    r->nrows--;
    if (r->columns) {
        sah_error_add(r->err, SAH_INPUT, "%s:%d: has %zu fields, expected %zu (%s ...)",
                      t->name, line, nfields, r->least, r->columns[0]);
        return SAH_DIFFERS;
    }
    sah_error_add(r->err, SAH_INPUT, "%s:%d: has %zu fields, the header %zu", t->name,
                  line, nfields, t->ncolumns);
    return SAH_DIFFERS;
}

/* The names stand behind the text, where there is room for them. */
static int make_header(struct reader *r) {
    char *to = r->end + 1;
    int code = SAH_OK;
    if (strncmp(r->at, "\xEF\xBB\xBF", 3) == 0) r->at += 3;
    for (size_t i = 0; !code && r->columns[i]; i++) {
        size_t length = strlen(r->columns[i]) + 1;
        code = add_field(r, memcpy(to, r->columns[i], length));
        to += length;
        r->table->ncolumns++;
    }
    return code;
}

static int read_table(struct reader *r) {
    bool bare = r->columns;
    int code = bare ? make_header(r) : read_header(r), bad = SAH_OK;
    if (code) return code;
    for (skip_lines(r, bare); r->at < r->end; skip_lines(r, bare)) {
        int row_code = read_row(r);
        if (row_code == SAH_DIFFERS)
            bad = SAH_INPUT;
        else if (row_code)
            return row_code;
    }
    r->table->cell = r->table->header + r->table->ncolumns;
    r->table->nrows = r->nrows;
    return bad;
}

static char *copy_text(const char *text, size_t length, size_t more) {
    char *copy = calloc(length + 1 + more, 1);
    return copy ? memcpy(copy, text, length) : NULL;
}

static int check_text(const char *name, const char *text, size_t length,
                      struct sah_error *err) {
    if (length > SAH_TABLE_MAX_BYTES)
        return sah_error_add(err, SAH_LIMIT, "%s: is larger than %d bytes", name,
                             SAH_TABLE_MAX_BYTES);
    if (length > 0 && memchr(text, '\0', length))
        return sah_error_add(err, SAH_INPUT, "%s: holds a zero byte, is no text", name);
    return SAH_OK;
}

static int parse(const char *name, const char *text, size_t length, struct reader r,
                 struct sah_table **table) {
    size_t more = 0;
    *table = NULL;
    int code = check_text(name, text, length, r.err);
    if (code) return code;
    for (size_t i = 0; r.columns && r.columns[i]; i++) more += strlen(r.columns[i]) + 1;
    struct sah_table *t = calloc(1, sizeof *t);
    if (t) {
        t->name = copy_text(name, strlen(name), 0);
        t->storage = copy_text(text, length, more);
    }
    if (!t || !t->name || !t->storage) {
        code = sah_error_add(r.err, SAH_MEMORY, "%s: no memory for the table", name);
    } else {
        r.table = t;
        r.at = t->storage;
        r.end = t->storage + length;
        code = read_table(&r);
    }
    if (code)
        sah_table_free(t);
    else
        *table = t;
    return code;
}

int sah_table_parse(const char *name, const char *text, size_t length,
                    struct sah_table **table, struct sah_error *err) {
    return parse(name, text, length, (struct reader){.line = 1, .err = err}, table);
}

int sah_table_parse_bare(const char *name, const char *text, size_t length,
                         const char *const *columns, size_t least,
                         struct sah_table **table, struct sah_error *err) {
    struct reader r = {.line = 1, .columns = columns, .least = least, .err = err};
    int code = parse(name, text, length, r, table);
    if (!code) sah_table_trim(*table);
    return code;
}

static char *trim(char *text) {
    text += strspn(text, " \t");
    size_t length = strlen(text);
    while (length && strchr(" \t", text[length - 1])) text[--length] = '\0';
    return text;
}

void sah_table_trim(struct sah_table *table) {
    for (size_t i = 0; i < table->ncolumns * (table->nrows + 1); i++)
        table->header[i] = trim(table->header[i]);
}

void sah_table_free(struct sah_table *table) {
    if (!table) return;
    free(table->name);
    free(table->header);
    free(table->line);
    free(table->storage);
    free(table);
}

const char *sah_table_cell(const struct sah_table *table, size_t row, size_t column) {
    SAH_BUG_IF(row >= table->nrows || column >= table->ncolumns, "no such field");
    return table->cell[row * table->ncolumns + column];
}

int sah_table_find(const struct sah_table *table, const char *column) {
    for (size_t i = 0; i < table->ncolumns; i++)
        if (strcmp(table->header[i], column) == 0) return (int)i;
    return -1;
}

int(sah_table_complain)(struct sah_error *err, const struct sah_table *table,
                        size_t row, const char *column, const char *format, ...) {
    int k = sah_table_find(table, column);
    char why[256];
    va_list args;
    va_start(args, format);
    vsnprintf(why, sizeof why, format, args);
    va_end(args);
    return sah_error_add(err, SAH_INPUT, "%s:%d: %s = %.80s: %s", table->name,
                         table->line[row], column,
                         k < 0 ? "" : sah_table_cell(table, row, (size_t)k), why);
}
