/* Life cycle of a population: growth of its columns, questions about them.
 *
 * Sorting stands in population_sort.c, splitting and merging in population_merge.c. */
#include "sim/kernel/population.h"
#include "sim/kernel/pages.h"
#include "sim/kernel/population_impl.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 16 };

void *sah_population_column(const struct sah_population *population, size_t k) {
    SAH_BUG_IF(k >= population->ncolumns, "no such column");
    void *data;
    memcpy(&data, (const char *)population + population->columns[k].at, sizeof data);
    return data;
}

void sah_population_set_column(struct sah_population *population, size_t k,
                               void *data) {
    memcpy((char *)population + population->columns[k].at, &data, sizeof data);
}

static bool is_cell(const struct sah_column *column) {
    return strcmp(column->name, "cell") == 0;
}

int32_t *sah_population_cells(const struct sah_population *population) {
    SAH_BUG_IF(population->ncolumns < 2 || !is_cell(&population->columns[1]),
               "rows without cells are no agents");
    return sah_population_column(population, 1);
}

static void check_columns(const struct sah_column *columns, size_t ncolumns) {
    SAH_BUG_IF(ncolumns < 1 || strcmp(columns[0].name, "id") != 0 ||
                   columns[0].type != SAH_U64,
               "the first column must be uint64_t id");
    for (size_t k = 1; k < ncolumns; k++)
        SAH_BUG_IF(is_cell(&columns[k]) && (k > 1 || columns[k].type != SAH_I32),
                   "the second column must be int32_t cell");
}

/* The number of the SAH_WEIGHT column, ncolumns when there is none. */
static size_t find_weight(const struct sah_column *columns, size_t ncolumns) {
    size_t weight = ncolumns;
    for (size_t k = 0; k < ncolumns; k++) {
        if (columns[k].merge != SAH_WEIGHT) continue;
        SAH_BUG_IF(weight != ncolumns, "two weights in one population");
        SAH_BUG_IF(!sah_type_is_whole(columns[k].type), "a weight must be whole");
        weight = k;
    }
    return weight;
}

void sah_population_init(struct sah_population *population, const char *name,
                         const char *doc, const struct sah_column *columns,
                         size_t ncolumns) {
    check_columns(columns, ncolumns);
    *population = (struct sah_population){
        .name = name,
        .doc = doc,
        .columns = columns,
        .ncolumns = ncolumns,
        .weight = find_weight(columns, ncolumns),
    };
    for (size_t k = 0; k < ncolumns; k++)
        sah_population_set_column(population, k, NULL);
}

void sah_population_free(struct sah_population *population) {
    for (size_t k = 0; k < population->ncolumns; k++) {
        free(sah_population_column(population, k));
        sah_population_set_column(population, k, NULL);
    }
    free(population->first);
    population->first = NULL;
    population->n = population->capacity = population->ncells = 0;
}

/* Makes room in column k. A column may be longer than the population's capacity where
 * a later one found no memory; that does no harm. */
static int widen(struct sah_population *population, size_t k, size_t capacity,
                 struct sah_error *err) {
    size_t size = sah_type_size(population->columns[k].type);
    void *data = NULL;
    if (capacity <= SIZE_MAX / 2 / size)
        data = realloc(sah_population_column(population, k), capacity * size);
    if (!data)
        return sah_error_add(err, SAH_MEMORY, "%s: no memory for %zu agents",
                             population->name, capacity);
    sah_pages_advise(data, capacity * size);
    sah_population_set_column(population, k, data);
    return SAH_OK;
}

int sah_population_reserve(struct sah_population *population, size_t capacity,
                           struct sah_error *err) {
    if (capacity <= population->capacity) return SAH_OK;
    for (size_t k = 0; k < population->ncolumns; k++) {
        int code = widen(population, k, capacity, err);
        if (code) return code;
    }
    population->capacity = capacity;
    return SAH_OK;
}

/* Doubles until `n` agents fit. */
static int grow(struct sah_population *population, size_t n, struct sah_error *err) {
    size_t capacity = population->capacity ? population->capacity : FIRST_CAPACITY;
    while (capacity < n) capacity = capacity <= SIZE_MAX / 2 ? 2 * capacity : SIZE_MAX;
    return sah_population_reserve(population, capacity, err);
}

/* Sets one element, or many, to zero bytes. */
static void clear(char *at, size_t size, size_t count) {
    if (count == 1 && size == 8)
        memset(at, 0, 8);
    else if (count == 1 && size == 4)
        memset(at, 0, 4);
    else
        memset(at, 0, count * size);
}

int sah_population_add(struct sah_population *population, size_t count, size_t *first,
                       struct sah_error *err) {
    size_t n = population->n;
    if (count > SIZE_MAX - n)
        return sah_error_add(err, SAH_MEMORY, "%s: no memory for %zu more agents",
                             population->name, count);
    int code =
        n + count <= population->capacity ? SAH_OK : grow(population, n + count, err);
    if (code) return code;
    for (size_t k = 0; count > 0 && k < population->ncolumns; k++) {
        size_t size = sah_type_size(population->columns[k].type);
        clear((char *)sah_population_column(population, k) + n * size, size, count);
    }
    population->n = n + count;
    if (first) *first = n;
    return SAH_OK;
}

void sah_population_clear(struct sah_population *population) {
    population->n = 0;
    if (population->first)
        memset(population->first, 0,
               (population->ncells + 1) * sizeof *population->first);
}

int sah_population_find(const struct sah_population *population, const char *name) {
    for (size_t k = 0; k < population->ncolumns; k++)
        if (strcmp(population->columns[k].name, name) == 0) return (int)k;
    return -1;
}

int64_t sah_population_total(const struct sah_population *population, size_t k) {
    enum sah_type type = population->columns[k].type;
    SAH_BUG_IF(!sah_type_is_whole(type), "the total of a column that is not whole");
    const void *data = sah_population_column(population, k);
    int64_t total = 0;
    switch (type) {
#define X(name, ctype, text)                            \
    case SAH_##name:                                    \
        for (size_t i = 0; i < population->n; i++)      \
            total += (int64_t)((const ctype *)data)[i]; \
        break;
        SAH_TYPES(X)
#undef X
    }
    return total;
}
