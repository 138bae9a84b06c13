/* The table of a comparison in its file: values of all runs, and what came of them. */
#include "sim/study/compare_sheet.h"

#include "output/store.h"
#include "sim/study/seed.h"

#include <stdlib.h>

struct dims {
    hid_t group, measure, arm, replicate;
};

static void put_texts(struct sah_compare_sheet *sheet, const struct dims *dims) {
    size_t n = sheet->compare->nrows;
    const char **unit = calloc(2 * n + 1, sizeof *unit), **of = unit ? unit + n : NULL;
    if (!unit) {
        sheet->h5->status = sah_error_add(sheet->h5->err, SAH_MEMORY, "no memory");
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const struct sah_compare_row *row = sheet->compare->row[i];
        unit[i] = row->unit;
        of[i] = row->measure.is_events ? row->measure.log : row->measure.of;
    }
    sah_h5_drop(sah_h5_strings(sheet->h5, dims->group, "unit", "Unit of the measure",
                               dims->measure, unit, n));
    sah_h5_drop(sah_h5_strings(sheet->h5, dims->group, "of", "What was measured",
                               dims->measure, of, n));
    free(unit);
}

static double value_of(const struct sah_compare *compare, size_t i, int side,
                       size_t replicate) {
    const struct sah_compare_row *row = compare->row[i];
    double none;
    sah_store_fill(SAH_F64, &none);
    return row->there[side] ? sah_twins_value(&compare->twins, compare->arm[side],
                                              row->slot[side], replicate)
                            : none;
}

static void put_values(struct sah_compare_sheet *sheet, const struct dims *dims) {
    const struct sah_compare *compare = sheet->compare;
    size_t n = compare->replicates;
    hid_t dataset = sah_h5_variable(
        sheet->h5, dims->group,
        &(struct sah_h5_variable){.name = "value",
                                  .doc = "Value of a run, in the unit of its measure",
                                  .type = SAH_F64,
                                  .rank = 3,
                                  .dim = {dims->measure, dims->arm, dims->replicate},
                                  .fill = true});
    for (size_t i = 0; i < compare->nrows; i++) {
        for (size_t k = 0; k < SAH_COMPARE_ARMS * n; k++)
            sheet->scratch[k] = value_of(compare, i, (int)(k / n), k % n);
        sah_h5_write_block(sheet->h5, dataset, SAH_F64, (const hsize_t[]){i, 0, 0},
                           (const hsize_t[]){1, SAH_COMPARE_ARMS, n}, sheet->scratch);
    }
    sah_h5_drop(dataset);
}

/* What the table has a column of. */
static double mean_a(const struct sah_compare_row *row) {
    return row->mean[0];
}
static double mean_b(const struct sah_compare_row *row) {
    return row->mean[1];
}
static double effect(const struct sah_compare_row *row) {
    return row->effect.mean;
}
static double low(const struct sah_compare_row *row) {
    return row->effect.low;
}
static double high(const struct sah_compare_row *row) {
    return row->effect.high;
}
static double variance_ratio(const struct sah_compare_row *row) {
    return row->effect.variance_ratio;
}
static double pairs(const struct sah_compare_row *row) {
    return (double)row->effect.n;
}

static const struct column {
    const char *name, *doc;
    double (*of)(const struct sah_compare_row *row);
} columns[] = {
    {"a", "Mean of arm a", mean_a},
    {"b", "Mean of arm b", mean_b},
    {"effect", "Mean of b less a over replicates", effect},
    {"low", "Lower end of its 95 % interval, paired bootstrap", low},
    {"high", "Upper end of its 95 % interval, paired bootstrap", high},
    {"variance_ratio", "Variance of b less a, against seeds of their own",
     variance_ratio},
    {"pairs", "Replicates in which both values are defined", pairs},
};

static void put_columns(struct sah_compare_sheet *sheet, const struct dims *dims) {
    for (size_t k = 0; k < sizeof columns / sizeof *columns; k++) {
        for (size_t i = 0; i < sheet->compare->nrows; i++)
            sheet->scratch[i] = columns[k].of(sheet->compare->row[i]);
        sah_compare_put(sheet, dims->group,
                        &(struct sah_h5_variable){.name = columns[k].name,
                                                  .doc = columns[k].doc,
                                                  .type = SAH_F64,
                                                  .rank = 1,
                                                  .dim = {dims->measure},
                                                  .fill = true},
                        sheet->scratch);
    }
}

static hid_t put_replicates(struct sah_compare_sheet *sheet, hid_t group) {
    size_t n = sheet->compare->replicates;
    int64_t *number = calloc(2 * n + 1, sizeof *number);
    if (!number) {
        sheet->h5->status = sah_error_add(sheet->h5->err, SAH_MEMORY, "no memory");
        return -1;
    }
    int64_t *seed = number + n;
    for (size_t r = 0; r < n; r++) {
        number[r] = (int64_t)r;
        seed[r] = sah_seed_of(sheet->compare->twins.seed, r);
    }
    hid_t dim = sah_h5_coordinate(sheet->h5, group, "replicate", "1", "Replicate",
                                  SAH_I64, number, n);
    sah_compare_put(sheet, group,
                    &(struct sah_h5_variable){.name = "run_seed",
                                              .unit = "1",
                                              .doc = "Seed of both runs",
                                              .type = SAH_I64,
                                              .rank = 1,
                                              .dim = {dim}},
                    seed);
    free(number);
    return dim;
}

static hid_t put_names(struct sah_compare_sheet *sheet, hid_t group) {
    size_t n = sheet->compare->nrows;
    const char **name = calloc(n + 1, sizeof *name);
    if (!name) {
        sheet->h5->status = sah_error_add(sheet->h5->err, SAH_MEMORY, "no memory");
        return -1;
    }
    for (size_t i = 0; i < n; i++) name[i] = sheet->compare->row[i]->name;
    hid_t dim = sah_h5_names(sheet->h5, group, "measure", "What is compared", name, n);
    free(name);
    return dim;
}

void sah_compare_put_table(struct sah_compare_sheet *sheet) {
    struct dims dims = {.group = sah_h5_group(sheet->h5, sheet->h5->file, "measures")};
    dims.measure = put_names(sheet, dims.group);
    dims.arm = sah_compare_put_arms(sheet, dims.group);
    dims.replicate = put_replicates(sheet, dims.group);
    if (!sheet->h5->status) put_texts(sheet, &dims);
    if (!sheet->h5->status) put_columns(sheet, &dims);
    if (!sheet->h5->status) put_values(sheet, &dims);
    sah_h5_drop(dims.measure);
    sah_h5_drop(dims.arm);
    sah_h5_drop(dims.replicate);
    sah_h5_drop(dims.group);
}
