/* Running and judging. */
#include "sim/study/signature.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fetch(const struct sah_twins *twins, const struct sah_signature_row *row,
                  size_t side, double *value) {
    for (size_t r = 0; r < row->replicates; r++)
        value[r] = sah_twins_value(twins, row->arm[side], row->slot[side], r);
}

/* Of arm a, over the replicates that count. */
static double mean_of_first(const struct sah_side *sides, size_t n) {
    double sum = 0, count = 0;
    for (size_t r = 0; r < n; r++) {
        if (isnan(sides[0].value[r])) continue;
        sum += sides[0].value[r];
        count++;
    }
    return fabs(sum / count);
}

static bool is_pass(const struct sah_signature_row *row) {
    const struct sah_effect *e = &row->effect;
    if (row->expected == SAH_EXPECT_UP) return e->z >= SAH_SIGNATURE_Z;
    if (row->expected == SAH_EXPECT_DOWN) return e->z <= -SAH_SIGNATURE_Z;
    return e->mean >= row->low && e->mean <= row->high;
}

static void scale(struct sah_effect *effect, double by) {
    effect->mean /= by;
    effect->error /= by;
    effect->low /= by;
    effect->high /= by;
}

static int judge(const struct sah_twins *twins, struct sah_signature_row *row,
                 struct sah_error *err) {
    double *value = calloc(row->nsides * row->replicates + 1, sizeof *value);
    if (!value) return sah_error_add(err, SAH_MEMORY, "no memory for an effect");
    struct sah_side sides[SAH_SIGNATURE_ARMS] = {{value, 0}};
    for (size_t k = 0; k < row->nsides; k++) {
        double *of_side = value + k * row->replicates;
        fetch(twins, row, k, of_side);
        sides[k] = (struct sah_side){of_side, row->weight[k]};
    }
    row->effect = sah_effect_of(sides, row->nsides, row->replicates);
    if (row->relative) scale(&row->effect, mean_of_first(sides, row->replicates));
    snprintf(row->unit, sizeof row->unit, "1");
    if (!row->relative) sah_twins_unit(twins, row->arm[0], row->slot[0], row->unit);
    row->pass = is_pass(row);
    free(value);
    return SAH_OK;
}

int sah_signatures_run(struct sah_signatures *signatures,
                       const struct sah_twins_watch *watch, struct sah_error *err) {
    int status = sah_twins_run(&signatures->twins, watch, err);
    bool missed = false;
    for (size_t i = 0; !status && i < signatures->nrows; i++) {
        status = judge(&signatures->twins, signatures->row[i], err);
        missed = missed || !signatures->row[i]->pass;
    }
    return !status && missed ? SAH_DIFFERS : status;
}

void sah_signatures_free(struct sah_signatures *signatures) {
    sah_twins_free(&signatures->twins);
    for (size_t i = 0; i < signatures->nfiles; i++) {
        sah_binding_free(&signatures->file[i].binding, NULL, 0);
        sah_scenario_free(signatures->file[i].tree);
    }
    for (size_t i = 0; i < signatures->nrows; i++) free(signatures->row[i]);
    free(signatures->file);
    free(signatures->row);
    signatures->nfiles = signatures->nrows = 0;
    signatures->file = NULL;
    signatures->row = NULL;
}

void sah_signature_expected(const struct sah_signature_row *row, char text[static 64]) {
    if (row->expected != SAH_EXPECT_BOUNDS)
        snprintf(text, 64, "%s", row->expected == SAH_EXPECT_UP ? "up" : "down");
    else if (row->high >= SAH_SIGNATURE_NO_BOUND)
        snprintf(text, 64, "at least %g", row->low);
    else if (row->low <= -SAH_SIGNATURE_NO_BOUND)
        snprintf(text, 64, "at most %g", row->high);
    else
        snprintf(text, 64, "%g..%g", row->low, row->high);
}
