/* Agents live in columns.
 *
 * A model family lists the columns of a population once (an X-list); the list yields
 * the typed struct, and the kernel does growth, removal, split, merge, sorting by cell,
 * digest and datasets for any such list:
 *
 *   #define BAND_COLUMNS(X)                                              \
 *       X(uint64_t, id,       "1",       SAH_KEEP,   "Identity")         \
 *       X(int32_t,  cell,     "1",       SAH_KEEP,   "Grid cell")        \
 *       X(int32_t,  fighters, "persons", SAH_WEIGHT, "Fighters")
 *   struct band { struct sah_population base; BAND_COLUMNS(SAH_COLUMN_POINTER) };
 *   #define SAH_COLUMN_STRUCT struct band
 *   static const struct sah_column columns[] = {BAND_COLUMNS(SAH_COLUMN_ROW)};
 *
 * `id` (uint64_t) and `cell` (int32_t) come first in every list of agents; the rows of a
 * log may do without a cell, and are then never sorted, split or merged. Inside a tick
 * agents are indices, across ticks they are ids; an agent with cell SAH_NOWHERE is
 * removed by the next sort. */
#ifndef SAH_POPULATION_H
#define SAH_POPULATION_H
#include "sim/kernel/error.h"
#include "sim/kernel/type.h"

enum { SAH_NOWHERE = -1 };

/* What becomes of a column when agent b is merged into a (weights: the column marked
 * SAH_WEIGHT), or when a part of a leaves it. */
enum sah_merge {
    SAH_KEEP,   /* a's value stays; a part inherits it */
    SAH_SUM,    /* values add; a part takes its proportion, whole numbers without loss:
                   the part's is rounded towards zero, the remainder stays */
    SAH_WEIGHT, /* as SAH_SUM, and weighs the means: people, fighters; a whole-number
                   type, at most one in a list */
    SAH_MEAN,   /* weighted mean, of whole numbers rounded to nearest; a part inherits
                   it. Without any weight the plain mean */
};

struct sah_column {
    const char *name;
    enum sah_type type;
    const char *unit;
    enum sah_merge merge;
    size_t at; /* offset of the typed pointer in the family's struct */
    const char *doc;
};

#define SAH_COLUMN_POINTER(ctype, name, unit, merge, doc) ctype *name;
/* A row of the table; SAH_COLUMN_STRUCT must name the struct of the pointers. */
#define SAH_COLUMN_ROW(ctype, name, unit, merge, doc) \
    {#name, SAH_TYPE_OF(ctype), unit, merge, offsetof(SAH_COLUMN_STRUCT, name), doc},

struct sah_population {
    const char *name, *doc;
    const struct sah_column *columns;
    size_t ncolumns;
    size_t n, capacity;
    int64_t *first; /* [ncells+1], after a sort: agents of cell c are first[c] ..
                       first[c+1]-1; agents added since lie behind first[ncells] */
    size_t ncells;  /* of the last sort, 0 before any */
    size_t weight;  /* number of the SAH_WEIGHT column; ncolumns when there is none */
};

/* `population` is the head of a family struct. Owner: the caller; free with _free.
 * Columns begin as NULL and stay NULL until the first agent or reservation. */
void sah_population_init(struct sah_population *population, const char *name,
                         const char *doc, const struct sah_column *columns,
                         size_t ncolumns);
void sah_population_free(struct sah_population *population);

/* Room for `capacity` agents in all, exactly where that is more than there is. */
int sah_population_reserve(struct sah_population *population, size_t capacity,
                           struct sah_error *err);
/* Appends `count` zeroed agents and tells the index of the first (`first` may be NULL).
 * May move the columns: fetch pointers again. */
int sah_population_add(struct sah_population *population, size_t count, size_t *first,
                       struct sah_error *err);
/* n = 0, memory kept; every cell is empty. */
void sah_population_clear(struct sah_population *population);

/* Stable sort by cell 0 .. ncells-1; drops agents that are nowhere; fills first[]. The
 * result does not depend on the number of threads. Uses up to 12 bytes an agent while
 * it works, where few have come or gone some for these alone; it may move the columns. On
 * failure the agents are as before. */
int sah_population_sort(struct sah_population *population, size_t ncells,
                        struct sah_error *err);

/* Moves `weight` (0 < weight <= all) of agent `from` into a new last agent; the caller
 * gives it an id and a cell (it inherits both). An agent that gives all it has is removed
 * (nowhere until the next sort). May move the columns. */
int sah_population_split(struct sah_population *population, size_t from, int64_t weight,
                         size_t *part, struct sah_error *err);

/* Moves `weight` (0 < weight <= all) of agent `from` into agent `into`: what a split and
 * a merger of the part would do, without the part. */
void sah_population_pour(struct sah_population *population, size_t from, int64_t weight,
                         size_t into);
/* Adds agent `from` to agent `into` and removes it (nowhere and without weight and sums
 * until the next sort). A sum beyond the range of its type is a bug. */
void sah_population_merge(struct sah_population *population, size_t into, size_t from);

/* The array of column `k`; the number of a column by its name, -1 if there is none. */
void *sah_population_column(const struct sah_population *population, size_t k);
int sah_population_find(const struct sah_population *population, const char *name);
/* Sum of a whole-number column in index order. */
int64_t sah_population_total(const struct sah_population *population, size_t k);

#endif
