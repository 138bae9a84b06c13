/* Reading packs back. */
#include "sim/study/packs.h"

#include "output/h5_read.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void read_rows(struct sah_h5 *h5, struct sah_pack_index *index) {
    hid_t dataset = sah_h5_object(h5, h5->file, "run/rows");
    if (!h5->status && sah_h5_length(h5, dataset) == SAH_MAX_LOGS)
        sah_h5_read(h5, dataset, SAH_U64, index->rows);
    sah_h5_drop(dataset);
}

static char **read_texts(struct sah_h5 *h5, const char *name, size_t n) {
    size_t found = 0;
    hid_t dataset = sah_h5_object(h5, h5->file, name);
    char **texts = h5->status ? NULL : sah_h5_read_texts(h5, dataset, &found);
    sah_h5_drop(dataset);
    if (texts && found != n) {
        sah_h5_free_texts(texts, found);
        texts = NULL;
        h5->status = SAH_FORMAT;
    }
    return texts;
}

static void read_all(struct sah_h5 *h5, const char *study,
                     struct sah_pack_index *index) {
    char *of = sah_h5_get_text(h5, h5->file, "study");
    if (!of || strcmp(of, study) != 0) h5->status = SAH_FORMAT;
    free(of);
    if (h5->status) return;
    hid_t state = sah_h5_object(h5, h5->file, "run/state");
    index->state = sah_h5_room(h5, index->n + 1, 1);
    if (!h5->status && sah_h5_length(h5, state) != index->n) h5->status = SAH_FORMAT;
    if (!h5->status) sah_h5_read(h5, state, SAH_U8, index->state);
    sah_h5_drop(state);
    index->digest = read_texts(h5, "run/digest", index->n);
    index->check = read_texts(h5, "run/checksum", index->n);
    index->message = read_texts(h5, "run/message", index->n);
    read_rows(h5, index);
}

int sah_pack_index_read(const struct sah_study_folder *folder, size_t pack, size_t runs,
                        struct sah_pack_index *index, struct sah_error *err) {
    size_t each = sah_pack_runs(runs), first = pack * each;
    *index = (struct sah_pack_index){.first = first,
                                     .n = runs - first < each ? runs - first : each};
    char study[33], *path = sah_study_folder_pack(folder, pack);
    if (!path) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    int status = access(path, F_OK) == 0 ? SAH_OK : SAH_MISSING;
    struct sah_error unread = {0};
    struct sah_h5 h5;
    sah_digest_text(folder->study, study);
    if (!status && !(status = sah_h5_open(&h5, path, &unread))) {
        read_all(&h5, study, index);
        status = sah_h5_close(&h5);
    }
    if (status == SAH_FORMAT) status = SAH_MISSING;
    if (status && status != SAH_MISSING)
        sah_error_add(err, status, "%s: cannot be read", path);
    sah_error_clear(&unread);
    free(path);
    return status;
}

int sah_pack_values(const struct sah_study_folder *folder, size_t pack, size_t count,
                    double *values, struct sah_error *err) {
    char *path = sah_study_folder_pack(folder, pack);
    struct sah_h5 h5;
    if (!path) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    int status = sah_h5_open(&h5, path, err);
    if (!status) {
        hid_t dataset = sah_h5_object(&h5, h5.file, "measures/value");
        if (!h5.status && sah_h5_length(&h5, dataset) != count)
            h5.status = sah_error_add(err, SAH_FORMAT, "%s: has another shape", path);
        sah_h5_read(&h5, dataset, SAH_F64, values);
        sah_h5_drop(dataset);
        status = sah_h5_close(&h5);
    }
    free(path);
    return status;
}

void sah_pack_index_free(struct sah_pack_index *index) {
    free(index->state);
    if (index->digest) sah_h5_free_texts(index->digest, index->n);
    if (index->check) sah_h5_free_texts(index->check, index->n);
    if (index->message) sah_h5_free_texts(index->message, index->n);
    *index = (struct sah_pack_index){0};
}
