/* Each table is a dataset of bytes named like its file. */
#include "output/h5_geography.h"

#include <stdlib.h>
#include <string.h>

/* ---- geography ----------------------------------------------------------------- */

static bool is_table(struct sah_h5 *h5, hid_t group, const char *name) {
    enum sah_type type;
    hid_t object = sah_h5_object(h5, group, name);
    bool table = object >= 0 && H5Iget_type(object) == H5I_DATASET &&
                 sah_h5_type_of(h5, object, &type) && type == SAH_U8;
    sah_h5_drop(object);
    return table;
}

static void read_file(struct sah_h5 *h5, hid_t group, char *name,
                      struct sah_geo_file *file) {
    hid_t dataset = sah_h5_object(h5, group, name);
    file->name = name;
    file->length = sah_h5_length(h5, dataset);
    file->text = sah_h5_room(h5, file->length, 1);
    if (file->text) sah_h5_read(h5, dataset, SAH_U8, file->text);
    sah_h5_drop(dataset);
}

void sah_h5_free_geography(struct sah_geo_file *file, size_t nfiles) {
    for (size_t i = 0; i < nfiles; i++) {
        free(file[i].name);
        free(file[i].text);
    }
    free(file);
}

struct sah_geo_file *sah_h5_read_geography(struct sah_h5 *h5, size_t *nfiles) {
    *nfiles = 0;
    if (!sah_h5_has(h5, h5->file, "geography")) return NULL;
    hid_t group = sah_h5_object(h5, h5->file, "geography");
    size_t n = sah_h5_members(h5, group);
    struct sah_geo_file *file = sah_h5_room(h5, n, sizeof *file);
    for (size_t i = 0; i < n && !h5->status; i++) {
        char *name = sah_h5_member(h5, group, i);
        if (name && is_table(h5, group, name))
            read_file(h5, group, name, &file[(*nfiles)++]);
        else
            free(name);
    }
    sah_h5_drop(group);
    if (!h5->status) return file;
    sah_h5_free_geography(file, *nfiles);
    *nfiles = 0;
    return NULL;
}
