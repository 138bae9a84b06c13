/* Rows of a table as structs, by a list of fields. */
#include "sim/kernel/number.h"
#include "sim/kernel/table.h"

#include <math.h>
#include <string.h>

/* The field being read, and where it goes. */
struct target {
    const struct sah_table *table;
    const struct sah_table_field *field;
    const struct sah_table_names *names;
    size_t row, column;
    char *out; /* in the struct of the row */
    int guess; /* the name found last: names come in runs */
    struct sah_error *err;
};

static const char *text_of(const struct target *t) {
    return sah_table_cell(t->table, t->row, t->column);
}

#define COMPLAIN(t, ...) \
    sah_table_complain((t)->err, (t)->table, (t)->row, (t)->field->column, __VA_ARGS__)

static int read_number(const struct target *t, double *value) {
    const struct sah_table_field *f = t->field;
    if (!sah_number_parse(text_of(t), value)) return COMPLAIN(t, "is no number");
    if (f->as == SAH_AS_INT && *value != floor(*value))
        return COMPLAIN(t, "must be a whole number");
    if (*value < f->min || *value > f->max)
        return COMPLAIN(t, "must lie in %.12g..%.12g", f->min, f->max);
    return SAH_OK;
}

static int read_name(struct target *t, int *index) {
    const struct sah_table_names *list = &t->names[t->field->list];
    const char *text = text_of(t);
    if ((size_t)t->guess < list->n && strcmp(list->name[t->guess], text) == 0) {
        *index = t->guess;
        return SAH_OK;
    }
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->name[i], text) == 0) {
            *index = t->guess = (int)i;
            return SAH_OK;
        }
    return COMPLAIN(t, "no such %s", list->what);
}

/* Copies a value to its place in the struct. */
static void put(const struct target *t, const void *value, size_t size) {
    memcpy(t->out, value, size);
}

static void store(const struct target *t, double number, int index) {
    switch (t->field->as) {
    case SAH_AS_REAL:
        put(t, &number, sizeof number);
        break;
    case SAH_AS_FLOAT:
        put(t, &(float){(float)number}, sizeof(float));
        break;
    case SAH_AS_INT:
        put(t, &(int){(int)number}, sizeof(int));
        break;
    case SAH_AS_NAME:
        put(t, &index, sizeof index);
        break;
    case SAH_AS_TEXT:
        put(t, &t->table->cell[t->row * t->table->ncolumns + t->column],
            sizeof(char *));
        break;
    }
}

static int read_field(struct target *t) {
    const struct sah_table_field *f = t->field;
    double number = 0.0;
    int index = -1, code = SAH_OK;
    if (*text_of(t) == '\0') {
        if (!f->blank) return COMPLAIN(t, "must not be empty");
    } else if (f->as == SAH_AS_NAME) {
        code = read_name(t, &index);
    } else if (f->as != SAH_AS_TEXT) {
        code = read_number(t, &number);
    }
    if (!code) store(t, number, index);
    return code;
}

/* One column, row by row; all mistakes are told. */
static int read_column(struct target t, size_t row_size, char *rows) {
    int code = SAH_OK;
    for (t.row = 0; t.row < t.table->nrows; t.row++) {
        t.out = rows + t.row * row_size + t.field->at;
        int bad = read_field(&t);
        if (bad) code = bad;
    }
    return code;
}

int sah_table_rows(const struct sah_table *table, const struct sah_table_field *fields,
                   const struct sah_table_names *names, size_t row_size, void *rows,
                   struct sah_error *err) {
    int code = SAH_OK;
    for (const struct sah_table_field *f = fields; f->column; f++) {
        int column = sah_table_find(table, f->column), bad;
        if (column < 0) {
            bad = sah_error_add(err, SAH_INPUT, "%s: has no column %s", table->name,
                                f->column);
        } else {
            struct target t = {.table = table, .field = f, .names = names, .err = err};
            t.column = (size_t)column;
            bad = read_column(t, row_size, rows);
        }
        if (bad) code = bad;
    }
    return code;
}
