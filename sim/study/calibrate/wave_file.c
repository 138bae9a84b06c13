/* Waves as study files. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "sim/study/calibrate/calibrate_impl.h"

#include "sim/kernel/scenario_tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- writing --------------------------------------------------------------------------- */

static void put_quoted(FILE *out, const char *text) {
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') fputc('\\', out);
        fputc((unsigned char)*text < ' ' ? ' ' : *text, out);
    }
    fputc('"', out);
}

static void put_node(FILE *out, const struct sah_node *node) {
    if (node->kind != SAH_SEQUENCE) {
        fputs(node->kind == SAH_SCALAR ? node->text : "null", out);
        return;
    }
    fputc('[', out);
    for (const struct sah_node *item = node->child; item; item = item->next)
        fprintf(out, "%s%s", item == node->child ? "" : ", ", item->text);
    fputc(']', out);
}

/* As the study has it. */
static void put_keep(FILE *out, const struct sah_study *study) {
    const struct sah_node *keep = sah_node_find(sah_scenario_root(study->file), "keep");
    if (!keep || !keep->child) return;
    fputs("keep:\n", out);
    for (const struct sah_node *node = keep->child; node; node = node->next) {
        fprintf(out, "  %s: ", node->key);
        put_node(out, node);
        fputc('\n', out);
    }
}

/* Tables of the land lie beside the scenario as it was, not as it is kept: their folder in
 * full, or nothing where they are the program's own. */
static char *land_of(const struct sah_study *study) {
    const struct sah_world *world = study->base.world;
    const struct sah_setting *setting =
        sah_binding_find(&world->binding, "grid.geography");
    const char *named = setting ? *(char *const *)setting->value : "";
    const struct sah_origin top = {.file = study->scenario};
    char *beside = *named ? sah_path_beside(setting->origin, named)
                          : sah_path_beside(top, "../geography");
    char *folder = beside ? realpath(beside, NULL) : NULL;
    char *own = study->geography ? realpath(study->geography, NULL) : NULL;
    bool is_own = !folder || (own && !strcmp(folder, own));
    free(own);
    free(beside);
    if (!is_own) return folder;
    free(folder);
    return strdup("");
}

static void put_land(FILE *out, const struct sah_study *study) {
    char *folder = study->base.world->geo ? land_of(study) : NULL;
    if (!folder) return;
    fputs("set: {grid.geography: ", out);
    put_quoted(out, folder);
    fputs("}\n", out);
    free(folder);
}

static void put_point(FILE *out, const struct sah_wave_text *wave, size_t p) {
    const struct sah_study *study = wave->study;
    fputs("    - {", out);
    if (wave->first && p == 0) fprintf(out, "name: %s, ", wave->first);
    for (size_t k = 0; k < study->nfactors; k++) {
        struct sah_factor_value value =
            sah_factor_sample(&study->factor[k], wave->at[p * study->nfactors + k]);
        fprintf(out, "%s%s: %s", k ? ", " : "", study->factor[k].name, value.text);
    }
    fputs("}\n", out);
}

char *sah_wave_text(const struct sah_wave_text *wave) {
    const struct sah_study *study = wave->study;
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out) return NULL;
    if (wave->note) fprintf(out, "# %s\n", wave->note);
    fputs("title: ", out);
    put_quoted(out, wave->title);
    fputs("\nscenario: scenario.yaml\n", out);
    put_land(out, study);
    if (study->outcomes.list) fputs("measures: measures.yaml\n", out);
    fprintf(out, "seed: %llu\nreplicates: %zu\n", (unsigned long long)wave->seed,
            study->nreplicates);
    put_keep(out, study);
    fputs("design:\n  kind: list\n  points:\n", out);
    for (size_t p = 0; p < wave->n; p++) put_point(out, wave, p);
    bool whole = !ferror(out);
    if (fclose(out) == 0 && whole) return text;
    free(text);
    return NULL;
}

/* ---- reading --------------------------------------------------------------------------- */

static const struct sah_factor *find(const struct sah_study *wave, const char *name,
                                     size_t *number) {
    for (*number = 0; *number < wave->nfactors; ++*number)
        if (!strcmp(wave->factor[*number].name, name)) return &wave->factor[*number];
    return NULL;
}

int sah_wave_points(const struct sah_study *study, const struct sah_study *wave,
                    double *at, struct sah_error *err) {
    size_t d = study->nfactors, number;
    for (size_t k = 0; k < d; k++) {
        const struct sah_factor *factor = &study->factor[k];
        if (!find(wave, factor->name, &number))
            return sah_error_add(err, SAH_INPUT, "%s: does not vary %s", wave->path,
                                 factor->name);
        for (size_t p = 0; p < wave->design.npoints; p++)
            at[p * d + k] =
                sah_factor_share(factor, sah_study_value(wave, p, number).number);
    }
    return SAH_OK;
}
