/* What a study is, in lines that can be laid beside those of another. */
#include "sim/study/study_folder.h"

#include "sah_version.h"
#include "sim/kernel/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Values of one line: what would end it becomes a blank. */
static void put_value(FILE *out, const char *text) {
    for (; *text; text++) fputc(*text == '\n' || *text == '\t' ? ' ' : *text, out);
    fputc('\n', out);
}

static void put_digest(FILE *out, const char *key, struct sah_digest digest) {
    char text[33];
    sah_digest_text(digest, text);
    fprintf(out, "%s\t%s\n", key, text);
}

static void put_factor(FILE *out, const struct sah_factor *factor) {
    fprintf(out, "factor %s\t", factor->name);
    if (factor->is_range)
        fprintf(out, "%.17g to %.17g%s, %zu levels", factor->from, factor->to,
                factor->is_log ? ", log" : "", factor->nvalues);
    for (size_t i = 0; !factor->is_range && i < factor->nvalues; i++)
        fprintf(out, "%s%s", i ? ", " : "", factor->value[i].text);
    fputc('\n', out);
}

static void put_design(FILE *out, const struct sah_study *study) {
    struct sah_digest_state state;
    const struct sah_design *design = &study->design;
    fprintf(out, "seed\t%llu\n", (unsigned long long)study->seed);
    fprintf(out, "replicates\t%zu\n", study->nreplicates);
    fprintf(out, "design\t%s, %zu points\n", sah_design_names[design->kind],
            design->npoints);
    for (size_t k = 0; k < study->nfactors; k++) put_factor(out, &study->factor[k]);
    sah_digest_init(&state);
    sah_digest_update(&state, "at", SAH_F64, design->at,
                      design->npoints * design->nfactors);
    put_digest(out, "points", sah_digest_final(&state));
    for (size_t p = 0; study->point_name && p < design->npoints; p++) {
        fprintf(out, "name of point %zu\t", p);
        put_value(out, study->point_name[p]);
    }
    fprintf(out, "keep\tfields %d, series %d, ledger %d, events %d\n",
            study->keep.place[SAH_FIELD], study->keep.place[SAH_SERIES],
            study->keep.place[SAH_LEDGER], study->keep.events);
}

static void put_setting(FILE *out, const struct sah_setting *setting) {
    int length = sah_param_text(setting->param, setting->value, NULL, 0);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (!text) return;
    sah_param_text(setting->param, setting->value, text, (size_t)length + 1);
    fprintf(out, "%s\t", setting->path);
    put_value(out, text);
    free(text);
}

static void put_scenario(FILE *out, const struct sah_world *world) {
    for (size_t i = 0; i < world->binding.n; i++)
        if (strcmp(world->binding.setting[i].path, "run.seed") != 0)
            put_setting(out, &world->binding.setting[i]);
    for (size_t i = 0; i < world->timeline.n; i++) {
        const struct sah_change *change = &world->timeline.change[i];
        char date[11];
        sah_day_text(change->day, date);
        fprintf(out, "timeline.%s.%s\t%.17g over %g d\n", date, change->target->path,
                change->to, change->over_day);
    }
}

static void put_land(FILE *out, const struct sah_geography *geo) {
    struct sah_digest_state state;
    sah_digest_init(&state);
    for (size_t i = 0; geo && i < geo->nfiles; i++)
        sah_digest_update_text(&state, geo->file[i].name, geo->file[i].text);
    put_digest(out, "geography", sah_digest_final(&state));
}

static void put_measures(FILE *out, const struct sah_outcomes *outcomes) {
    struct sah_digest_state state;
    char *yaml = outcomes->list ? sah_scenario_yaml(outcomes->list, false) : NULL;
    sah_digest_init(&state);
    sah_digest_update_text(&state, "measures", yaml ? yaml : "");
    put_digest(out, "measures", sah_digest_final(&state));
    free(yaml);
}

static void put_pasts(FILE *out, const struct sah_study *study) {
    for (size_t i = 0; i < study->npasts; i++) {
        struct sah_digest_state state;
        sah_digest_init(&state);
        sah_digest_update(&state, "past", SAH_U8, study->past[i].data,
                          study->past[i].length);
        put_digest(out, "past", sah_digest_final(&state));
    }
}

char *sah_study_identity(const struct sah_study *study) {
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out) return NULL;
    fprintf(out, "program\tsahel %s (%s)\n", SAH_VERSION, SAH_COMMIT);
    put_design(out, study);
    put_measures(out, &study->outcomes);
    put_scenario(out, study->base.world);
    put_land(out, study->base.world->geo);
    put_pasts(out, study);
    bool whole = !ferror(out);
    if (fclose(out) == 0 && whole) return text;
    free(text);
    return NULL;
}
