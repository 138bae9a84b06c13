/* Splitting and merging agents by the rule of each column.
 *
 * Whole numbers go through integers wide enough for value * weight, so nothing is lost:
 * part = value * weight / all rounded towards zero, rest = value - part. */
#include "sim/kernel/population_impl.h"

#include <string.h>

__extension__ typedef __int128 wide;

/* Element i of an array of whole numbers. */
static wide whole_at(const void *data, enum sah_type type, size_t i) {
    switch (type) {
#define X(name, ctype, text) \
    case SAH_##name:         \
        return (wide)((const ctype *)data)[i];
        SAH_TYPES(X)
#undef X
    }
    return 0;
}

static void set_whole(void *data, enum sah_type type, size_t i, wide value) {
    bool fits = true;
    switch (type) {
#define X(name, ctype, text)                \
    case SAH_##name:                        \
        ((ctype *)data)[i] = (ctype)value;  \
        fits = (wide)(ctype)value == value; \
        break;
        SAH_TYPES(X)
#undef X
    }
    SAH_BUG_IF(!fits, "a merged sum is beyond the range of its column");
}

static double real_at(const void *data, enum sah_type type, size_t i) {
    return type == SAH_F32 ? (double)((const float *)data)[i]
                           : ((const double *)data)[i];
}

static void set_real(void *data, enum sah_type type, size_t i, double value) {
    if (type == SAH_F32)
        ((float *)data)[i] = (float)value;
    else
        ((double *)data)[i] = value;
}

static wide weight_of(const struct sah_population *population, size_t agent) {
    size_t k = population->weight;
    if (k == population->ncolumns) return 0;
    return whole_at(sah_population_column(population, k), population->columns[k].type,
                    agent);
}

/* value * weight / all, towards zero; most are small. */
static wide proportion(wide value, wide weight, wide all) {
    if ((wide)(int32_t)value == value && (wide)(int32_t)weight == weight &&
        (wide)(int64_t)all == all)
        return (int64_t)value * (int64_t)weight / (int64_t)all;
    return value * weight / all;
}

/* Gives agent `part` its proportion of agent `from`. */
static void share(void *data, enum sah_type type, size_t from, size_t part, wide weight,
                  wide all) {
    if (sah_type_is_whole(type)) {
        wide value = whole_at(data, type, from), moved = proportion(value, weight, all);
        set_whole(data, type, part, moved);
        set_whole(data, type, from, value - moved);
    } else {
        double value = real_at(data, type, from);
        set_real(data, type, part, value * ((double)weight / (double)all));
        set_real(data, type, from, value - real_at(data, type, part));
    }
}

static void inherit(void *data, enum sah_type type, size_t from, size_t part) {
    switch (type) {
#define X(name, ctype, text)                                 \
    case SAH_##name:                                         \
        ((ctype *)data)[part] = ((const ctype *)data)[from]; \
        break;
        SAH_TYPES(X)
#undef X
    }
}

int sah_population_split(struct sah_population *population, size_t from, int64_t weight,
                         size_t *part, struct sah_error *err) {
    SAH_BUG_IF(from >= population->n, "no such agent");
    SAH_BUG_IF(population->weight == population->ncolumns, "a split without weight");
    wide all = weight_of(population, from);
    SAH_BUG_IF(weight <= 0 || weight > all, "a part larger than its whole");
    int code = sah_population_add(population, 1, part, err);
    if (code) return code;
    for (size_t k = 0; k < population->ncolumns; k++) {
        const struct sah_column *column = &population->columns[k];
        void *data = sah_population_column(population, k);
        if (column->merge == SAH_SUM || column->merge == SAH_WEIGHT)
            share(data, column->type, from, *part, weight, all);
        else
            inherit(data, column->type, from, *part);
    }
    if (weight == all) sah_population_cells(population)[from] = SAH_NOWHERE;
    return SAH_OK;
}

static void add(void *data, enum sah_type type, size_t into, size_t from) {
    if (sah_type_is_whole(type)) {
        set_whole(data, type, into,
                  whole_at(data, type, into) + whole_at(data, type, from));
        set_whole(data, type, from, 0);
    } else {
        set_real(data, type, into,
                 real_at(data, type, into) + real_at(data, type, from));
        set_real(data, type, from, 0.0);
    }
}

/* The quotient rounded to the nearest whole number, halves upwards; b > 0. */
static wide nearest(wide a, wide b) {
    wide doubled = 2 * a + b, quotient = doubled / (2 * b);
    return doubled % (2 * b) < 0 ? quotient - 1 : quotient;
}

struct mixture { /* of two agents, by their weights */
    wide into, from;
    double part; /* of the second */
};

static struct mixture mixture_of(wide into, wide from) {
    if (into + from == 0) into = from = 1;
    return (struct mixture){into, from, (double)from / (double)(into + from)};
}

static void average(void *data, enum sah_type type, size_t into, size_t from,
                    const struct mixture *mix) {
    if (sah_type_is_whole(type)) {
        wide sum = whole_at(data, type, into) * mix->into +
                   whole_at(data, type, from) * mix->from;
        set_whole(data, type, into, nearest(sum, mix->into + mix->from));
    } else {
        double a = real_at(data, type, into), b = real_at(data, type, from);
        set_real(data, type, into, a + (b - a) * mix->part);
    }
}

/* Moves the proportion weight / all of an element to another. */
static void pass(void *data, enum sah_type type, size_t from, size_t into, wide weight,
                 wide all) {
    if (sah_type_is_whole(type)) {
        wide value = whole_at(data, type, from), moved = proportion(value, weight, all);
        set_whole(data, type, into, whole_at(data, type, into) + moved);
        set_whole(data, type, from, value - moved);
    } else {
        double value = real_at(data, type, from), had = real_at(data, type, into);
        set_real(data, type, into, value * ((double)weight / (double)all));
        double moved = real_at(data, type, into);
        set_real(data, type, into, had + moved);
        set_real(data, type, from, value - moved);
    }
}

void sah_population_pour(struct sah_population *population, size_t from, int64_t weight,
                         size_t into) {
    SAH_BUG_IF(into >= population->n || from >= population->n, "no such agent");
    SAH_BUG_IF(into == from, "an agent merged with itself");
    SAH_BUG_IF(population->weight == population->ncolumns, "a split without weight");
    wide all = weight_of(population, from), before = weight_of(population, into);
    SAH_BUG_IF(weight <= 0 || weight > all, "a part larger than its whole");
    const struct mixture mix = mixture_of(before, weight);
    for (size_t k = 0; k < population->ncolumns; k++) {
        const struct sah_column *column = &population->columns[k];
        void *data = sah_population_column(population, k);
        if (column->merge == SAH_MEAN)
            average(data, column->type, into, from, &mix);
        else if (column->merge != SAH_KEEP)
            pass(data, column->type, from, into, weight, all);
    }
    if (weight == all) sah_population_cells(population)[from] = SAH_NOWHERE;
}

void sah_population_merge(struct sah_population *population, size_t into, size_t from) {
    SAH_BUG_IF(into >= population->n || from >= population->n, "no such agent");
    SAH_BUG_IF(into == from, "an agent merged with itself");
    const struct mixture mix =
        mixture_of(weight_of(population, into), weight_of(population, from));
    for (size_t k = 0; k < population->ncolumns; k++) {
        const struct sah_column *column = &population->columns[k];
        void *data = sah_population_column(population, k);
        if (column->merge == SAH_MEAN)
            average(data, column->type, into, from, &mix);
        else if (column->merge != SAH_KEEP)
            add(data, column->type, into, from);
    }
    sah_population_cells(population)[from] = SAH_NOWHERE;
}
