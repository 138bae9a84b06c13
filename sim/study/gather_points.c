/* Replicates and points: the dimensions of study.h5. */
#include "sim/study/gather_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void sah_gather_pack_name(size_t pack, char name[static SAH_H5_FILE]) {
    snprintf(name, SAH_H5_FILE, "packs/%03zu.h5", pack);
}

/* ---- where packs lie ------------------------------------------------------------------- */

/* Runs from .. to-1, all of one replicate or whole replicates. */
static struct sah_h5_source block(const struct sah_gather *all, size_t pack,
                                  size_t from, size_t to) {
    size_t each = sah_pack_runs(all->nruns), points = all->study->design.npoints;
    size_t first = pack * each;
    size_t n = all->nruns - first < each ? all->nruns - first : each;
    bool is_part = to - from < points;
    return (struct sah_h5_source){
        .rows = n,
        .row = from - first,
        .start = {from / points, from % points},
        .count = {is_part ? 1 : (to - from) / points, is_part ? to - from : points}};
}

/* A pack is the end of a replicate, whole ones, the beginning of one; or lies in one. */
struct sah_h5_source *sah_gather_sources(const struct sah_gather *all, size_t *n) {
    size_t each = sah_pack_runs(all->nruns), points = all->study->design.npoints;
    struct sah_h5_source *source = calloc(3 * all->npacks + 1, sizeof *source);
    *n = 0;
    for (size_t i = 0; source && i < all->npacks; i++) {
        size_t from = i * each,
               to = from + each < all->nruns ? from + each : all->nruns;
        while (from < to) {
            size_t left = to - from, in_row = points - from % points;
            size_t take = from % points || left < points
                              ? (left < in_row ? left : in_row)
                              : left / points * points;
            source[*n] = block(all, i, from, from + take);
            sah_gather_pack_name(i, source[(*n)++].file);
            from += take;
        }
    }
    return source;
}

/* ---- factors ------------------------------------------------------------------------- */

char *sah_gather_coordinates(const struct sah_gather *all) {
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out) return NULL;
    for (size_t k = 0; k < all->study->nfactors; k++)
        fprintf(out, "%s%s", k ? " " : "", all->study->factor[k].name);
    if (fclose(out) == 0) return text;
    free(text);
    return NULL;
}

static void put_words(struct sah_gather_sheet *sheet, hid_t dataset,
                      const struct sah_param *param) {
    static const char *const switched[] = {"off", "on"};
    size_t n = 0;
    while (param->type == SAH_CHOICE && param->choices[n]) n++;
    if (param->type == SAH_CHOICE)
        sah_pack_flags(&sheet->pack, dataset, SAH_F64, param->choices, n);
    if (param->type == SAH_SWITCH)
        sah_pack_flags(&sheet->pack, dataset, SAH_F64, switched, 2);
}

static void put_factor(struct sah_gather_sheet *sheet, hid_t group, hid_t design,
                       size_t k, double *value) {
    const struct sah_study *study = sheet->all->study;
    const struct sah_factor *factor = &study->factor[k];
    bool is_date = factor->param->type == SAH_DATE;
    for (size_t p = 0; p < study->design.npoints; p++)
        value[p] = sah_study_value(study, p, k).number;
    hid_t dataset = sah_h5_variable(
        &sheet->h5, group,
        &(struct sah_h5_variable){.name = factor->name,
                                  .unit = is_date ? "days since 1970-01-01"
                                                  : factor->param->unit,
                                  .doc = factor->param->doc,
                                  .type = SAH_F64,
                                  .rank = 1,
                                  .dim = {design}});
    put_words(sheet, dataset, factor->param);
    sah_h5_write(&sheet->h5, dataset, SAH_F64, value);
    sah_h5_drop(dataset);
}

static hid_t put_numbers(struct sah_gather_sheet *sheet, hid_t group, const char *name,
                         const char *doc, size_t n) {
    int64_t *number = malloc((n + 1) * sizeof *number);
    if (!number) {
        sheet->h5.status = sah_error_add(sheet->h5.err, SAH_MEMORY, "no memory");
        return -1;
    }
    for (size_t i = 0; i < n; i++) number[i] = (int64_t)i;
    hid_t dim =
        sah_h5_coordinate(&sheet->h5, group, name, "1", doc, SAH_I64, number, n);
    free(number);
    return dim;
}

void sah_gather_points(struct sah_gather_sheet *sheet, hid_t group, hid_t lead[2]) {
    const struct sah_study *study = sheet->all->study;
    size_t n = study->design.npoints;
    double *value = malloc((n + 1) * sizeof *value);
    lead[0] = put_numbers(sheet, group, "replicate", "Replicate", study->nreplicates);
    lead[1] = put_numbers(sheet, group, "design", "Point of the design", n);
    if (!value)
        sheet->h5.status = sah_error_add(sheet->h5.err, SAH_MEMORY, "no memory");
    for (size_t k = 0; value && k < study->nfactors; k++)
        put_factor(sheet, group, lead[1], k, value);
    if (study->point_name)
        sah_h5_drop(sah_h5_strings(&sheet->h5, group, "point_name", "Name of the point",
                                   lead[1], study->point_name, n));
    free(value);
}
