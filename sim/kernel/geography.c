/* Life cycle of a geography: its files, its tables, its lookups.
 *
 * What each table holds stands in geography_tables.c, ethnic shares in
 * geography_shares.c. */
#include "sim/kernel/geography.h"
#include "sim/kernel/file.h"
#include "sim/kernel/geography_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *copy_text(const char *text, size_t length) {
    char *copy = malloc(length + 1);
    if (!copy) return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

void sah_geography_free(struct sah_geography *geo) {
    if (!geo) return;
    for (size_t i = 0; i < geo->nfiles; i++) {
        free(geo->file[i].name);
        free(geo->file[i].text);
    }
    for (size_t i = 0; i < geo->ntables; i++) sah_table_free(geo->table[i]);
    if (geo->nlines > 0) { /* all points lie in two arrays that the first line begins */
        free(geo->line[0].lon);
        free(geo->line[0].lat);
    }
    free(geo->file);
    free(geo->country);
    free(geo->region);
    free(geo->group);
    free(geo->ethnic_share);
    free(geo->place);
    free(geo->gold);
    free(geo->park);
    free(geo->base);
    free(geo->cell);
    free(geo->line);
    free(geo->table);
    free(geo);
}

static int no_memory(struct sah_error *err) {
    return sah_error_add(err, SAH_MEMORY, "no memory for the geography");
}

/* Keeps a copy of one table's text. */
static int keep_file(struct sah_geography *geo, const char *name, const char *text,
                     size_t length, struct sah_error *err) {
    struct sah_geo_file *file = &geo->file[geo->nfiles++];
    file->name = copy_text(name, strlen(name));
    file->text = copy_text(text, length);
    file->length = length;
    return file->name && file->text ? SAH_OK : no_memory(err);
}

static struct sah_geography *create(struct sah_error *err) {
    struct sah_geography *geo = calloc(1, sizeof *geo);
    if (geo) {
        geo->file = calloc(SAH_GEO_TABLES, sizeof *geo->file);
        geo->table = calloc(SAH_GEO_TABLES, sizeof *geo->table);
    }
    if (geo && geo->file && geo->table) return geo;
    sah_geography_free(geo);
    no_memory(err);
    return NULL;
}

/* Reads the kept files into structs, or frees all. `folder` stands in messages. */
static int finish(struct sah_geography *geo, const char *folder, int code,
                  struct sah_geography **out, struct sah_error *err) {
    if (!code) code = sah_geography_load(geo, folder, err);
    if (code == SAH_LIMIT) code = SAH_INPUT; /* too large: a mistake of the tables */
    if (code)
        sah_geography_free(geo);
    else
        *out = geo;
    return code;
}

int sah_geography_parse(const struct sah_geo_file *files, size_t nfiles,
                        struct sah_geography **out, struct sah_error *err) {
    *out = NULL;
    struct sah_geography *geo = create(err);
    if (!geo) return SAH_MEMORY;
    int code = SAH_OK;
    for (size_t t = 0; t < SAH_GEO_TABLES; t++) {
        size_t i = 0;
        while (i < nfiles && strcmp(files[i].name, sah_geography_tables[t]) != 0) i++;
        int bad = i < nfiles ? keep_file(geo, files[i].name, files[i].text,
                                         files[i].length, err)
                             : sah_error_add(err, SAH_MISSING, "%s: is not there",
                                             sah_geography_tables[t]);
        if (bad) code = bad;
    }
    return finish(geo, NULL, code, out, err);
}

static char *join(const char *folder, const char *name) {
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (path) snprintf(path, size, "%s/%s", folder, name);
    return path;
}

bool sah_geography_found(const char *folder) {
    bool found = false;
    for (size_t t = 0; t < SAH_GEO_TABLES && !found; t++) {
        char *path = join(folder, sah_geography_tables[t]);
        found = path && access(path, F_OK) == 0;
        free(path);
    }
    return found;
}

static int read_file(struct sah_geography *geo, const char *folder, const char *name,
                     struct sah_error *err) {
    char *path = join(folder, name), *text = NULL;
    size_t length = 0;
    int code = path ? sah_file_read(path, SAH_TABLE_MAX_BYTES, &text, &length, err)
                    : no_memory(err);
    if (!code) code = keep_file(geo, name, text, length, err);
    free(text);
    free(path);
    return code;
}

int sah_geography_read(const char *folder, struct sah_geography **out,
                       struct sah_error *err) {
    *out = NULL;
    struct sah_geography *geo = create(err);
    if (!geo) return SAH_MEMORY;
    int code = SAH_OK;
    for (size_t t = 0; t < SAH_GEO_TABLES; t++) {
        int bad = read_file(geo, folder, sah_geography_tables[t], err);
        if (bad) code = bad;
    }
    return finish(geo, folder, code, out, err);
}

int sah_geography_country(const struct sah_geography *geo, const char *iso3) {
    for (size_t i = 0; i < geo->ncountries; i++)
        if (strcmp(geo->country[i].iso3, iso3) == 0) return (int)i;
    return -1;
}

int sah_geography_region(const struct sah_geography *geo, const char *id) {
    for (size_t i = 0; i < geo->nregions; i++)
        if (strcmp(geo->region[i].id, id) == 0) return (int)i;
    return -1;
}

int sah_geography_group(const struct sah_geography *geo, const char *id) {
    for (size_t i = 0; i < geo->ngroups; i++)
        if (strcmp(geo->group[i].id, id) == 0) return (int)i;
    return -1;
}
