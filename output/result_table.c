/* Logs, land and the tables of the geography. */
#include "output/result_impl.h"

#include "output/h5_geography.h"

#include "output/store.h"
#include "sim/kernel/calendar.h"
#include "sim/kernel/param.h"

#include <hdf5_hl.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- logs ---------------------------------------------------------------------- */

static char **split_words(struct sah_h5 *h5, const char *text, size_t *n) {
    *n = 0;
    if (!text || !*text) return NULL;
    size_t most = 1;
    for (const char *c = text; *c; c++) most += *c == ' ';
    char **words = sah_h5_room(h5, most, sizeof *words);
    while (words && *text) {
        size_t length = strcspn(text, " ");
        char *word = sah_h5_room(h5, length, 1);
        if (!word) break;
        words[(*n)++] = memcpy(word, text, length);
        text += length + (text[length] == ' ');
    }
    return words;
}

/* Reads a dataset over rows; takes the name over. */
static void read_column(struct sah_h5 *h5, hid_t dataset, char *name,
                        struct sah_result_table *table) {
    struct sah_result_column *column = &table->column[table->ncolumns++];
    column->name = name;
    column->unit = sah_h5_get_text(h5, dataset, "units");
    column->doc = sah_h5_get_text(h5, dataset, "long_name");
    char *meanings = sah_h5_get_text(h5, dataset, "flag_meanings");
    column->words = split_words(h5, meanings, &column->nwords);
    free(meanings);
    size_t n = sah_h5_length(h5, dataset);
    if (table->ncolumns == 1) table->nrows = n;
    if (!h5->status && n != table->nrows)
        h5->status = sah_error_add(h5->err, SAH_FORMAT,
                                   "%s: the column %s has %zu rows", h5->path, name, n);
    if (!sah_h5_type_of(h5, dataset, &column->type)) sah_h5_fail(h5, "read", name);
    column->data = sah_h5_room(h5, n, sah_type_size(column->type));
    if (column->data) sah_h5_read(h5, dataset, column->type, column->data);
}

void sah_result_table_read(struct sah_h5 *h5, hid_t group,
                           struct sah_result_table *table) {
    size_t n = sah_h5_members(h5, group);
    table->column = sah_h5_room(h5, n, sizeof *table->column);
    for (size_t i = 0; i < n && !h5->status; i++) {
        char *name = sah_h5_member(h5, group, i);
        hid_t dataset = sah_h5_object(h5, group, name ? name : "");
        bool column = !h5->status && H5Iget_type(dataset) == H5I_DATASET &&
                      H5DSis_scale(dataset) <= 0;
        if (column)
            read_column(h5, dataset, name, table);
        else
            free(name);
        sah_h5_drop(dataset);
    }
}

void sah_result_read_logs(struct sah_result *result) {
    result->log = split_words(&result->h5, result->run.logs, &result->nlogs);
}

size_t sah_result_log_count(const struct sah_result *result) {
    return result->nlogs;
}

const char *sah_result_log_at(const struct sah_result *result, size_t i) {
    return i < result->nlogs ? result->log[i] : NULL;
}

static bool has_log(const struct sah_result *result, const char *name) {
    for (size_t i = 0; i < result->nlogs; i++)
        if (strcmp(result->log[i], name) == 0) return true;
    return false;
}

static int no_log(const struct sah_result *result, const char *name,
                  struct sah_error *err) {
    const char *path = result->run.path;
    if (result->nlogs == 0)
        return sah_error_add(err, SAH_INPUT,
                             "%s: holds no %s; the run kept no logs (output.events)",
                             path, name);
    const char *near =
        sah_nearest(name, (const char *const *)result->log, result->nlogs);
    return sah_error_add(err, SAH_INPUT, "%s: holds no %s; its logs are %s%s%s%s", path,
                         name, result->run.logs, near ? "; did you mean " : "",
                         near ? near : "", near ? "?" : "");
}

int sah_result_log(struct sah_result *result, const char *name,
                   struct sah_result_table *table, struct sah_error *err) {
    struct sah_h5 *h5 = sah_result_begin(result, err);
    *table = (struct sah_result_table){0};
    if (!has_log(result, name)) return no_log(result, name, err);
    hid_t group = sah_h5_object(h5, h5->file, name);
    sah_result_table_read(h5, group, table);
    sah_h5_drop(group);
    if (h5->status) sah_result_table_clear(table);
    return h5->status;
}

void sah_result_table_clear(struct sah_result_table *table) {
    for (size_t i = 0; i < table->ncolumns; i++) {
        struct sah_result_column *column = &table->column[i];
        free(column->name);
        free(column->unit);
        free(column->doc);
        free(column->data);
        sah_h5_free_texts(column->words, column->nwords);
    }
    free(table->column);
    *table = (struct sah_result_table){0};
}

const struct sah_result_column *
sah_result_table_find(const struct sah_result_table *table, const char *name) {
    for (size_t i = 0; i < table->ncolumns; i++)
        if (strcmp(table->column[i].name, name) == 0) return &table->column[i];
    return NULL;
}

double sah_result_number(const struct sah_result_column *column, size_t row) {
    const char *at = (const char *)column->data + row * sah_type_size(column->type);
    return sah_store_get(column->type, at, false);
}

const char *sah_result_word(const struct sah_result_column *column, size_t row) {
    double code = sah_result_number(column, row);
    if (!(code >= 0 && code < (double)column->nwords)) return "";
    return column->words[(size_t)code];
}

/* The fewest digits that read back the same. */
static void number_text(double value, bool single, char text[static SAH_RESULT_TEXT]) {
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(text, SAH_RESULT_TEXT, "%.*g", digits, value);
        double back = strtod(text, NULL);
        if (single ? (float)back == (float)value : back == value) return;
    }
}

const char *sah_result_text(const struct sah_result_column *column, size_t row,
                            char text[static SAH_RESULT_TEXT]) {
    if (column->nwords) return sah_result_word(column, row);
    double value = sah_result_number(column, row);
    const char *at = (const char *)column->data + row * sah_type_size(column->type);
    uint64_t wide;
    if (strcmp(column->unit, "days since 1970-01-01") == 0) {
        bool is_day = value >= INT32_MIN && value <= INT32_MAX;
        sah_day_text(is_day ? (int32_t)value : INT32_MIN, text);
    } else if (column->type == SAH_U64) {
        memcpy(&wide, at, sizeof wide);
        snprintf(text, SAH_RESULT_TEXT, "%" PRIu64, wide);
    } else if (sah_type_is_whole(column->type)) {
        snprintf(text, SAH_RESULT_TEXT, "%.0f", value);
    } else if (isnan(value)) {
        text[0] = '\0';
    } else {
        number_text(value, column->type == SAH_F32, text);
    }
    return text;
}

/* ---- land ---------------------------------------------------------------------- */

static void *read_layer(struct sah_result *result, hid_t group, const char *name,
                        enum sah_type type) {
    struct sah_h5 *h5 = &result->h5;
    size_t n = (size_t)result->grid.ncells;
    hid_t dataset = sah_h5_object(h5, group, name);
    if (sah_h5_length(h5, dataset) != n) sah_h5_fail(h5, "use", name);
    void *values = sah_h5_room(h5, n, sah_type_size(type));
    if (values) sah_h5_read(h5, dataset, type, values);
    sah_h5_drop(dataset);
    return values;
}

/* Undefined is the sea, -1. */
static void mark_sea(int16_t *number, size_t n) {
    int16_t fill;
    sah_store_fill(SAH_I16, &fill);
    for (size_t i = 0; number && i < n; i++)
        if (number[i] == fill) number[i] = -1;
}

static void read_land(struct sah_result *result) {
    struct sah_h5 *h5 = &result->h5;
    struct sah_result_land *land = &result->land;
    hid_t group = sah_h5_object(h5, h5->file, "land");
    land->country = read_layer(result, group, "country", SAH_I16);
    land->region = read_layer(result, group, "region", SAH_I16);
    land->land = read_layer(result, group, "land", SAH_F32);
    land->people_2020 = read_layer(result, group, "people_2020", SAH_F64);
    mark_sea(land->country, (size_t)result->grid.ncells);
    mark_sea(land->region, (size_t)result->grid.ncells);
    sah_h5_drop(group);
}

static void free_land(struct sah_result_land *land) {
    free(land->country);
    free(land->region);
    free(land->land);
    free(land->people_2020);
    *land = (struct sah_result_land){0};
}

int sah_result_land(struct sah_result *result, const struct sah_result_land **land,
                    struct sah_error *err) {
    struct sah_h5 *h5 = sah_result_begin(result, err);
    if (!result->has_land && sah_h5_has(h5, h5->file, "land")) read_land(result);
    if (h5->status)
        free_land(&result->land);
    else
        result->has_land = true;
    *land = &result->land;
    return h5->status;
}

int sah_result_geography(struct sah_result *result, const struct sah_geo_file **files,
                         size_t *nfiles, struct sah_error *err) {
    struct sah_h5 *h5 = sah_result_begin(result, err);
    if (!result->has_files) result->file = sah_h5_read_geography(h5, &result->nfiles);
    result->has_files = !h5->status;
    *files = result->file;
    *nfiles = result->nfiles;
    return h5->status;
}

void sah_result_free_tables(struct sah_result *result) {
    free_land(&result->land);
    sah_h5_free_geography(result->file, result->nfiles);
    sah_h5_free_texts(result->log, result->nlogs);
}
