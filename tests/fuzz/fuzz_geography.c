/* Geography: tables of text to rows to the land of a grid.
 *
 * An input is a bundle: after a line "%% cells.csv" stands that table. Tables not in the
 * bundle are those of a small sound land, so that each can be spoilt alone. What comes
 * before the first mark is read as a table of all kinds of columns. */
#include "sim/kernel/table.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/tiny_geography.h"

#include <stdlib.h>

struct row {
    double real;
    float single;
    int whole, name, blank;
    char *text;
};

static const struct sah_table_field fields[] = {
    {.column = "real",
     .as = SAH_AS_REAL,
     .at = offsetof(struct row, real),
     .min = -1,
     .max = 1e9},
    {.column = "single",
     .as = SAH_AS_FLOAT,
     .at = offsetof(struct row, single),
     .max = 1},
    {.column = "whole",
     .as = SAH_AS_INT,
     .at = offsetof(struct row, whole),
     .min = -1e9,
     .max = 1e9},
    {.column = "name", .as = SAH_AS_NAME, .at = offsetof(struct row, name)},
    {.column = "text", .as = SAH_AS_TEXT, .at = offsetof(struct row, text)},
    {.column = "blank",
     .as = SAH_AS_NAME,
     .at = offsetof(struct row, blank),
     .blank = true},
    {0},
};

static void read_table(const char *text, size_t length) {
    static char *names[] = {"one", "two"};
    static const struct sah_table_names list = {"name", 2, names};
    struct sah_table *table = NULL;
    struct sah_error err = {0};
    if (sah_table_parse("table.csv", text, length, &table, &err) == SAH_OK) {
        struct row *rows = calloc(table->nrows + 1, sizeof *rows);
        if (rows) sah_table_rows(table, fields, &list, sizeof *rows, rows, &err);
        free(rows);
        sah_table_free(table);
    }
    sah_error_clear(&err);
}

static void lay(const struct sah_geography *geo, double cell) {
    struct sah_error err = {0};
    struct sah_grid grid = {0};
    struct sah_land *land = NULL;
    if (sah_grid_init(&grid, -1, 9, 3, 12, cell, &err) == SAH_OK &&
        sah_land_create(geo, &grid, &land, &err) == SAH_OK) {
        for (int32_t i = 0; i < land->ncells; i++) sah_land_people(land, i, 0);
        sah_land_free(land);
    }
    sah_error_clear(&err);
}

static void read_bundle(const struct fuzz_parts *parts) {
    struct sah_geo_file file[TINY_FILES];
    struct sah_geography *geo = NULL;
    struct sah_error err = {0};
    for (int i = 0; i < TINY_FILES; i++) {
        file[i] = (struct sah_geo_file){(char *)(uintptr_t)tiny_texts[i][0],
                                        (char *)(uintptr_t)tiny_texts[i][1],
                                        strlen(tiny_texts[i][1])};
        for (size_t k = 1; k < parts->n; k++)
            if (strcmp(parts->part[k].name, file[i].name) == 0) {
                file[i].text = parts->part[k].text;
                file[i].length = parts->part[k].length;
            }
    }
    if (sah_geography_parse(file, TINY_FILES, &geo, &err) == SAH_OK) {
        lay(geo, 0.25);
        lay(geo, 1);
    }
    sah_geography_free(geo);
    sah_error_clear(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fuzz_parts parts;
    fuzz_parts_cut(&parts, data, size);
    if (parts.n > 1)
        read_bundle(&parts);
    else
        read_table((const char *)data, size);
    fuzz_parts_free(&parts);
    return 0;
}
