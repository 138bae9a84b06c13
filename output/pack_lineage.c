/* Group `branch` of a result: where it goes on from, and the past that led there. */
#include "output/lineage.h"
#include "output/pack.h"
#include "sim/kernel/calendar.h"

#include <stdlib.h>

struct date {
    char text[11];
};

static void put_stages(struct sah_h5 *h5, hid_t group, const struct sah_lineage *past,
                       struct date *date, const char **text) {
    size_t n = past->nstages;
    for (size_t i = 0; i < n; i++) {
        sah_day_text(past->stage[i].last, date[i].text);
        text[i] = date[i].text;
    }
    hid_t until =
        sah_h5_names(h5, group, "until", "Last day of each part of the past", text, n);
    for (size_t i = 0; i < n; i++) text[i] = past->stage[i].yaml;
    sah_h5_drop(sah_h5_strings(h5, group, "past",
                               "Scenario of each part of the past as resolved, YAML",
                               until, text, n));
    sah_h5_drop(until);
}

void sah_pack_lineage(struct sah_pack *pack) {
    const struct sah_lineage *lineage = pack->provenance->lineage;
    struct sah_h5 *h5 = pack->h5;
    if (!lineage || h5->status) return;
    struct date first, *date = calloc(lineage->nstages + 1, sizeof *date);
    const char **text = calloc(lineage->nstages + 1, sizeof *text);
    hid_t group = sah_h5_group(h5, h5->file, "branch");
    sah_day_text(lineage->day, first.text);
    sah_h5_text(h5, group, "date", first.text);
    sah_h5_whole(h5, group, "replicate", lineage->replicate);
    sah_h5_text(h5, group, "parent_digest", lineage->digest);
    sah_h5_document(h5, group, "overlay", "What was laid upon the parent's scenario",
                    lineage->overlay);
    if (date && text)
        put_stages(h5, group, lineage, date, text);
    else
        h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for the past");
    sah_h5_drop(group);
    free(text);
    free(date);
}
