/* A small container: magic, then items of (name, bytes), each length 64 bits. */
#include "sim/study/keep.h"

#include "output/disk.h"
#include "output/part.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char magic[8] = "SAHKEEP";
static const char file_name[] = "restart", table_mark[] = "geography/";

/* ---- saving ------------------------------------------------------------------------- */

static void put(FILE *out, const char *folder, const char *name, const void *data,
                uint64_t length) {
    uint64_t name_length = strlen(folder) + strlen(name);
    fwrite(&name_length, sizeof name_length, 1, out);
    fputs(folder, out);
    fputs(name, out);
    fwrite(&length, sizeof length, 1, out);
    fwrite(data, 1, length, out);
}

static bool put_all(FILE *out, const struct sah_world *world, bool force) {
    char *yaml = sah_scenario_yaml(world->scenario, false);
    const char *path = sah_scenario_path(world->scenario);
    if (!yaml) return false;
    fwrite(magic, sizeof magic, 1, out);
    put(out, "", "scenario", yaml, strlen(yaml));
    put(out, "", "path", path, strlen(path));
    put(out, "", "force", force ? "1" : "0", 1);
    for (size_t i = 0; world->geo && i < world->geo->nfiles; i++)
        put(out, table_mark, world->geo->file[i].name, world->geo->file[i].text,
            world->geo->file[i].length);
    free(yaml);
    return !ferror(out);
}

int sah_keep_save(struct sah_recorder *recorder, const struct sah_world *world,
                  bool force, struct sah_error *err) {
    char *data = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&data, &length);
    bool good = out && put_all(out, world, force);
    if (out && fclose(out)) good = false;
    int status = good
                     ? sah_recorder_save(recorder, file_name, data, length, err)
                     : sah_error_add(err, SAH_MEMORY, "no memory to keep the scenario");
    free(data);
    return status;
}

/* ---- loading ------------------------------------------------------------------------ */

struct reader {
    const char *at, *end;
    const char *path;
    bool starved; /* it failed for want of memory */
};

struct item {
    char *name; /* owned */
    const char *data;
    uint64_t length;
};

static bool take(struct reader *reader, uint64_t length, const char **data) {
    if ((uint64_t)(reader->end - reader->at) < length) return false;
    *data = reader->at;
    reader->at += length;
    return true;
}

static bool take_length(struct reader *reader, uint64_t *length) {
    const char *data;
    if (!take(reader, sizeof *length, &data)) return false;
    memcpy(length, data, sizeof *length);
    return true;
}

static bool next(struct reader *reader, struct item *item) {
    uint64_t length;
    const char *name;
    *item = (struct item){0};
    if (!take_length(reader, &length) || !take(reader, length, &name)) return false;
    if (!take_length(reader, &item->length) || !take(reader, item->length, &item->data))
        return false;
    item->name = strndup(name, length);
    reader->starved = !item->name;
    return item->name != NULL;
}

/* What follows from the items; all fail for want of memory alone. */

static char *text_of(const struct item *item) {
    char *text = malloc(item->length + 1);
    if (!text) return NULL;
    memcpy(text, item->data, item->length);
    text[item->length] = '\0';
    return text;
}

static bool add_table(struct sah_geo_file **files, size_t *n, const struct item *item) {
    struct sah_geo_file *grown = realloc(*files, (*n + 1) * sizeof **files);
    if (!grown) return false;
    *files = grown;
    struct sah_geo_file *file = &grown[(*n)++];
    file->name = strdup(item->name + strlen(table_mark));
    file->text = text_of(item);
    file->length = (size_t)item->length;
    return file->name && file->text;
}

/* What stands there twice is damage. */
static bool place_text(char **text, const struct item *item) {
    if (*text) return false;
    *text = text_of(item);
    return *text != NULL;
}

static bool place(struct sah_keep *keep, struct sah_geo_file **files, size_t *nfiles,
                  const struct item *item) {
    if (strncmp(item->name, table_mark, strlen(table_mark)) == 0)
        return add_table(files, nfiles, item);
    if (strcmp(item->name, "force") == 0)
        keep->force = item->length == 1 && item->data[0] == '1';
    if (strcmp(item->name, "path") == 0) return place_text(&keep->path, item);
    if (strcmp(item->name, "scenario") != 0) return true;
    if (!place_text(&keep->yaml, item)) return false;
    keep->length = (size_t)item->length;
    return true;
}

static int read_items(struct reader *reader, struct sah_keep *keep,
                      struct sah_geo_file **files, size_t *nfiles,
                      struct sah_error *err) {
    const char *head;
    bool good = take(reader, sizeof magic, &head) && !memcmp(head, magic, sizeof magic);
    while (good && reader->at < reader->end) {
        struct item item;
        good = next(reader, &item);
        if (good) reader->starved = !place(keep, files, nfiles, &item);
        if (reader->starved) good = false;
        free(item.name);
    }
    if (good && keep->yaml && keep->path) return SAH_OK;
    if (reader->starved)
        return sah_error_add(err, SAH_MEMORY, "%s: no memory to read it", reader->path);
    return sah_error_add(err, SAH_FORMAT, "%s: damaged; the run cannot be gone on with",
                         reader->path);
}

static char *path_of(const char *result, const char *name) {
    char *folder = sah_disk_concat(result, ".part");
    char *path = folder ? sah_disk_join(folder, name) : NULL;
    free(folder);
    return path;
}

int sah_keep_load(const char *result, struct sah_keep *keep, struct sah_error *err) {
    *keep = (struct sah_keep){0};
    char *path = path_of(result, file_name);
    void *data = NULL;
    size_t length = 0, nfiles = 0;
    struct sah_geo_file *files = NULL;
    int status = path ? sah_disk_load_sealed(path, &data, &length, err)
                      : sah_error_add(err, SAH_MEMORY, "no memory for a path");
    const char *from = data ? data : "";
    struct reader reader = {from, from + length, path, false};
    if (!status) status = read_items(&reader, keep, &files, &nfiles, err);
    if (!status && nfiles) status = sah_geography_parse(files, nfiles, &keep->geo, err);
    for (size_t i = 0; i < nfiles; i++) {
        free(files[i].name);
        free(files[i].text);
    }
    free(files);
    free(data);
    free(path);
    return status;
}

void sah_keep_free(struct sah_keep *keep) {
    free(keep->path);
    free(keep->yaml);
    sah_geography_free(keep->geo);
    *keep = (struct sah_keep){0};
}
