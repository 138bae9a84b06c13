/* Outcomes become rows that know where their values will be. */
#include "sim/study/compare_impl.h"

#include <stdio.h>
#include <stdlib.h>

/* Where both arms refuse a measure, one of them tells. */
static int place(struct sah_compare *compare, struct sah_compare_row *row,
                 struct sah_error *err) {
    int status = SAH_OK;
    for (int k = 0; !status && k < SAH_COMPARE_ARMS; k++) {
        if (!row->there[k]) continue;
        status = sah_twins_measure(&compare->twins, compare->arm[k], &row->measure,
                                   &row->slot[k], err);
        if (!status)
            sah_twins_unit(&compare->twins, compare->arm[k], row->slot[k], row->unit);
    }
    return status;
}

static int add_row(struct sah_compare *compare, const struct sah_outcome *outcome,
                   struct sah_error *err) {
    struct sah_compare_row *row = calloc(1, sizeof *row);
    if (!row) return sah_error_add(err, SAH_MEMORY, "no memory for a measure");
    row->measure = outcome->measure;
    row->name = outcome->name;
    row->label = outcome->label;
    for (int k = 0; k < SAH_COMPARE_ARMS; k++) row->there[k] = outcome->there[k];
    compare->row[compare->nrows++] = row;
    return place(compare, row, err);
}

/* The usual list of the model, unless the caller named one. */
static int read_list(struct sah_compare *compare, struct sah_error *err) {
    char usual[1024];
    const struct sah_world *world[SAH_COMPARE_ARMS];
    for (int k = 0; k < SAH_COMPARE_ARMS; k++)
        world[k] = sah_twins_world(&compare->twins, compare->arm[k]);
    snprintf(usual, sizeof usual, "%s/%s.yaml", compare->folder ? compare->folder : ".",
             world[0]->family->name);
    return sah_outcomes_read(&compare->outcomes,
                             compare->measures ? compare->measures : usual, world,
                             SAH_COMPARE_ARMS, err);
}

int sah_compare_read_rows(struct sah_compare *compare, struct sah_names *maps,
                          struct sah_error *err) {
    int status = read_list(compare, err);
    compare->row = calloc(compare->outcomes.n + 1, sizeof *compare->row);
    if (!compare->row) return sah_error_add(err, SAH_MEMORY, "no memory for measures");
    for (size_t i = 0; i < compare->outcomes.n; i++) {
        int fault = add_row(compare, compare->outcomes.row[i], err);
        if (fault && !status) status = fault;
    }
    *maps = compare->outcomes.maps;
    return status;
}
