/* Group `branch`: what sah_pack_lineage wrote. */
#include "output/lineage.h"
#include "output/result_impl.h"
#include "sim/kernel/calendar.h"

#include <stdlib.h>

/* The texts of a dataset. */
static char **texts_of(struct sah_h5 *h5, hid_t group, const char *name, size_t *n) {
    *n = 0;
    hid_t dataset = sah_h5_object(h5, group, name);
    char **texts = sah_h5_read_texts(h5, dataset, n);
    sah_h5_drop(dataset);
    return texts;
}

static int32_t day_of(struct sah_h5 *h5, const char *text) {
    int32_t day = 0;
    if (!h5->status && !sah_day_parse(text, &day)) sah_h5_fail(h5, "use", "branch");
    return day;
}

static void read_stages(struct sah_h5 *h5, hid_t group, struct sah_lineage *lineage) {
    size_t n, ndates;
    char **yaml = texts_of(h5, group, "past", &n);
    char **date = texts_of(h5, group, "until", &ndates);
    if (!h5->status && (n != ndates || n == 0)) sah_h5_fail(h5, "use", "branch/past");
    lineage->stage = sah_h5_room(h5, n + 1, sizeof *lineage->stage);
    for (size_t i = 0; !h5->status && i < n; i++) {
        lineage->stage[lineage->nstages++] =
            (struct sah_stage){day_of(h5, date[i]), yaml[i]};
        yaml[i] = NULL;
    }
    sah_h5_free_texts(yaml, n);
    sah_h5_free_texts(date, ndates);
}

static void read_all(struct sah_h5 *h5, hid_t group, struct sah_lineage *lineage) {
    size_t n;
    char *date = sah_h5_get_text(h5, group, "date");
    lineage->day = day_of(h5, date);
    lineage->replicate = sah_h5_get_whole(h5, group, "replicate", 0);
    lineage->digest = sah_h5_get_text(h5, group, "parent_digest");
    char **overlay = texts_of(h5, group, "overlay", &n);
    if (overlay && n == 1) {
        lineage->overlay = overlay[0];
        overlay[0] = NULL;
    }
    sah_h5_free_texts(overlay, n);
    read_stages(h5, group, lineage);
    free(date);
}

int sah_result_lineage(struct sah_result *result, struct sah_lineage *lineage,
                       struct sah_error *err) {
    struct sah_h5 *h5 = sah_result_begin(result, err);
    *lineage = (struct sah_lineage){0};
    if (!sah_h5_has(h5, h5->file, "branch")) return h5->status;
    hid_t group = sah_h5_object(h5, h5->file, "branch");
    read_all(h5, group, lineage);
    sah_h5_drop(group);
    if (h5->status) sah_lineage_free(lineage);
    return h5->status;
}
