/* Stable counting sort of agents by cell (Knuth, TAOCP 3, 5.2, algorithm D).
 *
 * The agents are cut into ranges. Each range counts its agents per cell; running sums
 * over cells, then ranges, tell where the first agent of a range and cell belongs. So
 * every agent learns its place, and columns are carried there one after the other
 * through a single spare array. A stable order is unique: neither the number of ranges
 * nor of threads can show. Whole columns are exchanged with the spare, never copied
 * back.
 *
 * Those who stood in order stay together: most of a range is made of few runs, which are
 * carried as a whole. Where there are too many of them agents are carried one by one. */
#include "sim/kernel/pages.h"
#include "sim/kernel/population.h"
#include "sim/kernel/population_impl.h"

#include <limits.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

enum { SMALLEST_RANGE = 1 << 16, WIDEST = 8, AGENTS_PER_RUN = 8 };
static const uint32_t dropped = UINT32_MAX;
static const size_t too_many = SIZE_MAX;

struct run { /* agents that stay side by side */
    uint32_t from, to, n;
};

struct job {
    const int32_t *cell;
    size_t n, ncells;
    int nranges;
    uint32_t *count; /* [range][cell], later the next free place */
    uint32_t *place; /* [agent] or dropped */
    struct run *run; /* of range r from runs_of(r) on */
    size_t *nruns;   /* [range] or too_many */
};

static size_t range_begin(const struct job *job, int range) {
    return job->n / (size_t)job->nranges * (size_t)range +
           (range == job->nranges ? job->n % (size_t)job->nranges : 0);
}

/* Whether all stand in rising order and somewhere; cells beyond the grid are a bug. */
static bool in_order(const struct job *job) {
    const int32_t *cell = job->cell;
    size_t falls = 0, nowhere = 0, beyond = 0;
#pragma omp parallel for if (job->nranges > 1) reduction(+ : falls, nowhere, beyond)
    for (size_t i = 0; i < job->n; i++) {
        falls += i > 0 && cell[i] < cell[i - 1];
        nowhere += cell[i] == SAH_NOWHERE;
        beyond +=
            cell[i] < SAH_NOWHERE || (cell[i] >= 0 && (size_t)cell[i] >= job->ncells);
    }
    SAH_BUG_IF(beyond > 0, "an agent stands outside the grid");
    return falls == 0 && nowhere == 0;
}

/* first[] of agents that stand in order. */
static void mark_cells(const struct job *job, int64_t *first) {
    size_t c = 0;
    for (size_t i = 0; i < job->n; i++)
        while (c <= (size_t)job->cell[i]) first[c++] = (int64_t)i;
    while (c <= job->ncells) first[c++] = (int64_t)job->n;
}

static void count_cells(const struct job *job) {
#pragma omp parallel for schedule(static, 1) if (job->nranges > 1)
    for (int r = 0; r < job->nranges; r++) {
        uint32_t *count = job->count + (size_t)r * job->ncells;
        size_t end = range_begin(job, r + 1);
        for (size_t i = range_begin(job, r); i < end; i++)
            if (job->cell[i] >= 0) count[job->cell[i]]++;
    }
}

/* Turns counts into the first place of each range and cell; returns all places. */
static size_t sum_counts(const struct job *job, int64_t *first) {
    uint32_t sum = 0;
    for (size_t c = 0; c < job->ncells; c++) {
        first[c] = sum;
        for (int r = 0; r < job->nranges; r++) {
            uint32_t *count = job->count + (size_t)r * job->ncells + c;
            uint32_t n = *count;
            *count = sum;
            sum += n;
        }
    }
    first[job->ncells] = sum;
    return sum;
}

static size_t most_runs(const struct job *job) {
    return job->n / AGENTS_PER_RUN + (size_t)job->nranges;
}

static struct run *runs_of(const struct job *job, int range) {
    return job->run + range_begin(job, range) / AGENTS_PER_RUN + range;
}

static void find_runs(const struct job *job, int range) {
    const uint32_t *place = job->place;
    size_t begin = range_begin(job, range), end = range_begin(job, range + 1), n = 0;
    size_t most = (end - begin) / AGENTS_PER_RUN;
    struct run *run = runs_of(job, range);
    for (size_t i = begin; i < end;) {
        size_t next = i + 1;
        if (place[i] != dropped) {
            while (next < end && place[next] == place[next - 1] + 1) next++;
            if (n == most) {
                n = too_many;
                break;
            }
            run[n++] = (struct run){(uint32_t)i, place[i], (uint32_t)(next - i)};
        }
        i = next;
    }
    job->nruns[range] = n;
}

static void find_places(const struct job *job) {
#pragma omp parallel for schedule(static, 1) if (job->nranges > 1)
    for (int r = 0; r < job->nranges; r++) {
        uint32_t *next = job->count + (size_t)r * job->ncells;
        size_t end = range_begin(job, r + 1);
        for (size_t i = range_begin(job, r); i < end; i++)
            job->place[i] = job->cell[i] >= 0 ? next[job->cell[i]]++ : dropped;
        find_runs(job, r);
    }
}

/* Carries elements begin .. end-1 to their places. */
#define CARRY(bytes)                                                            \
    static void carry_##bytes(const uint32_t *restrict place, size_t begin,     \
                              size_t end, const char *restrict from,            \
                              char *restrict to) {                              \
        for (size_t i = begin; i < end; i++)                                    \
            if (place[i] != dropped)                                            \
                memcpy(to + (size_t)place[i] * bytes, from + i * bytes, bytes); \
    }
CARRY(1)
CARRY(2)
CARRY(4)
CARRY(8)

static void carry_runs(const struct job *job, int range, size_t size, const char *from,
                       char *to) {
    const struct run *run = runs_of(job, range), *end = run + job->nruns[range];
    for (; run < end; run++)
        memcpy(to + run->to * size, from + run->from * size, run->n * size);
}

static void carry(const struct job *job, size_t size, const char *from, char *to) {
#pragma omp parallel for schedule(static, 1) if (job->nranges > 1)
    for (int r = 0; r < job->nranges; r++) {
        if (job->nruns[r] != too_many) {
            carry_runs(job, r, size, from, to);
            continue;
        }
        size_t begin = range_begin(job, r), end = range_begin(job, r + 1);
        if (size == 1) carry_1(job->place, begin, end, from, to);
        if (size == 2) carry_2(job->place, begin, end, from, to);
        if (size == 4) carry_4(job->place, begin, end, from, to);
        if (size == 8) carry_8(job->place, begin, end, from, to);
    }
}

/* Gives back what an array has beyond `bytes`; keeps it all where that is refused. */
static void *shrink(void *data, size_t bytes) {
    void *smaller = realloc(data, bytes);
    return smaller ? smaller : data;
}

/* Carries all columns, the widest first: the spare is then always wide enough for the
 * next, and nothing can fail any more. Returns the last spare. */
static char *carry_columns(struct sah_population *population, const struct job *job,
                           char *spare) {
    size_t spare_size = WIDEST;
    for (size_t size = WIDEST; size > 0; size /= 2)
        for (size_t k = 0; k < population->ncolumns; k++) {
            if (sah_type_size(population->columns[k].type) != size) continue;
            char *column = sah_population_column(population, k);
            carry(job, size, column, spare);
            if (spare_size > size) spare = shrink(spare, population->capacity * size);
            sah_population_set_column(population, k, spare);
            spare = column;
            spare_size = size;
        }
    return spare;
}

static int make_first(struct sah_population *population, size_t ncells,
                      struct sah_error *err) {
    if (population->first && population->ncells == ncells) return SAH_OK;
    int64_t *first = realloc(population->first, (ncells + 1) * sizeof *first);
    if (!first)
        return sah_error_add(err, SAH_MEMORY, "%s: no memory for %zu cells",
                             population->name, ncells);
    population->first = first;
    population->ncells = ncells;
    memset(first, 0, (ncells + 1) * sizeof *first);
    return SAH_OK;
}

static int count_ranges(size_t n) {
    size_t ranges = (size_t)omp_get_max_threads();
    if (ranges > n / SMALLEST_RANGE) ranges = n / SMALLEST_RANGE;
    return ranges > 1 ? (int)ranges : 1;
}

static void *large_array(size_t bytes) {
    void *data = malloc(bytes);
    if (data) sah_pages_advise(data, bytes);
    return data;
}

static int rearrange(struct sah_population *population, struct job *job,
                     struct sah_error *err) {
    int code = SAH_OK;
    job->count = calloc((size_t)job->nranges * job->ncells + 1, sizeof *job->count);
    job->place = large_array(job->n * sizeof *job->place);
    job->run = calloc(most_runs(job), sizeof *job->run);
    job->nruns = calloc((size_t)job->nranges, sizeof *job->nruns);
    char *spare = large_array(population->capacity * WIDEST);
    if (!job->count || !job->place || !job->run || !job->nruns || !spare) {
        code = sah_error_add(err, SAH_MEMORY, "%s: no memory to sort %zu agents",
                             population->name, job->n);
        goto out;
    }
    count_cells(job);
    population->n = sum_counts(job, population->first);
    find_places(job);
    free(job->count);
    job->count = NULL;
    spare = carry_columns(population, job, spare);
out:
    free(spare);
    free(job->run);
    free(job->nruns);
    free(job->place);
    free(job->count);
    return code;
}

int sah_population_sort(struct sah_population *population, size_t ncells,
                        struct sah_error *err) {
    if (population->n >= UINT32_MAX || ncells > INT32_MAX)
        return sah_error_add(err, SAH_LIMIT, "%s: too many agents or cells to sort",
                             population->name);
    int code = make_first(population, ncells, err);
    if (code || sah_population_mend(population, &code, err)) return code;
    struct job job = {
        .cell = sah_population_cells(population),
        .n = population->n,
        .ncells = ncells,
        .nranges = count_ranges(population->n),
    };
    if (in_order(&job)) {
        mark_cells(&job, population->first);
        return SAH_OK;
    }
    return rearrange(population, &job, err);
}
