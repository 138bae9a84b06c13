/* CSV tables (RFC 4180) from memory, and their rows as structs.
 *
 * Lines beginning with # before the header are comments; blank lines are skipped; lines
 * end in LF or CR LF; a field in double quotes may hold commas, line ends and doubled
 * quotes. Columns are found by the names in the header, in any order; columns nobody
 * asks for are ignored. Every mistake is told with file, line and column name. */
#ifndef SAH_TABLE_H
#define SAH_TABLE_H
#include "sim/kernel/error.h"

#include <stdint.h>

enum {
    SAH_TABLE_MAX_BYTES = 1 << 28,
    SAH_TABLE_MAX_COLUMNS = 256,
    SAH_TABLE_MAX_FIELD = 65535, /* bytes in one field */
};

struct sah_table {
    char *name; /* stands in messages: a path */
    size_t ncolumns, nrows;
    char **header; /* [ncolumns] */
    char **cell;   /* [nrows][ncolumns], unquoted; cell = header + ncolumns */
    int32_t *line; /* [nrows], where the row begins, from 1 */
    char *storage;
};

int sah_table_parse(const char *name, const char *text, size_t length,
                    struct sah_table **table, struct sah_error *err);
/* The same where no header stands: columns have these names, ended by NULL, by their
 * place. Lines that begin with # are comments anywhere; blanks around fields are taken
 * away; a row may end after `least` fields, those missing being empty, and go on with
 * more, which are dropped. */
int sah_table_parse_bare(const char *name, const char *text, size_t length,
                         const char *const *columns, size_t least,
                         struct sah_table **table, struct sah_error *err);
/* Takes away the blanks around all fields, and those of the header. */
void sah_table_trim(struct sah_table *table);
void sah_table_free(struct sah_table *table);
const char *sah_table_cell(const struct sah_table *table, size_t row, size_t column);
int sah_table_find(const struct sah_table *table, const char *column); /* or -1 */

/* How a column enters a struct. */
enum sah_table_as {
    SAH_AS_REAL,  /* double, min..max */
    SAH_AS_FLOAT, /* float, min..max */
    SAH_AS_INT,   /* int, whole, min..max */
    SAH_AS_NAME,  /* int: place in the list of names number `list` */
    SAH_AS_TEXT,  /* char *, not empty; lives as long as the table */
};

struct sah_table_field {
    const char *column; /* NULL ends a list of fields */
    enum sah_table_as as;
    size_t at; /* offset in the struct */
    double min, max;
    size_t list;
    bool blank; /* may be empty: then 0, -1 (NAME) or "" */
};

struct sah_table_names {
    const char *what; /* "country" */
    size_t n;
    char *const *name;
};

/* Fills `rows`, an array of table->nrows structs of `row_size` bytes. Columns missing
 * in the header and all bad fields are told; nothing is usable after a failure. */
int sah_table_rows(const struct sah_table *table, const struct sah_table_field *fields,
                   const struct sah_table_names *names, size_t row_size, void *rows,
                   struct sah_error *err);

/* One message about a field: "path:line: column = text: sentence". */
int sah_table_complain(struct sah_error *err, const struct sah_table *table, size_t row,
                       const char *column, const char *format, ...) SAH_PRINTF(5, 6);
#ifdef __clang_analyzer__ /* as for sah_error_add */
#define sah_table_complain(...) (sah_table_complain(__VA_ARGS__), SAH_INPUT)
#endif

#endif
