/* Mends the order of a population in which few have come or gone since the last sort.
 *
 * The settled still stand as first[] says, but for gaps where some have left; newcomers
 * wait behind them. Between a gap or a place of arrival and the next all shift by the
 * same number of places, so each column is mended where it lies: newcomers are taken
 * aside; stretches that move down are moved from the first on, those that move up from
 * the last on, and so none is overwritten before it has moved; newcomers step into the
 * places left for them. The order is that of the stable sort, which is unique. */
#include "sim/kernel/population_impl.h"

#include <stdlib.h>
#include <string.h>

enum { MANY = 8, WIDEST = 8, WORTH_SHARING = 1 << 16 }; /* one of MANY; bytes; agents */

struct stretch { /* of the settled, who shift alike */
    size_t from, to, n;
};

struct mending {
    const struct sah_population *population;
    const int32_t *cell;
    size_t settled, newcomers, gone;
    uint32_t *gone_from; /* [ncells + 1] */
    uint32_t *arrivals;  /* [ncells + 1] newcomers of a cell, then their first place */
    uint32_t *place;     /* [newcomer], or dropped */
    struct stretch *stretch;
    size_t nstretches;
    char *aside; /* [column][newcomer], WIDEST bytes each */
};
static const uint32_t dropped = UINT32_MAX;

/* Counts those who have gone from cell c; false where somebody stands elsewhere. */
static bool count_gone(struct mending *m, size_t c) {
    const int64_t *first = m->population->first;
    const int32_t *cell = m->cell + first[c];
    uint32_t here = 0, gone = 0, n = (uint32_t)(first[c + 1] - first[c]);
    for (uint32_t i = 0; i < n; i++) {
        here += cell[i] == (int32_t)c;
        gone += cell[i] == SAH_NOWHERE;
    }
    m->gone_from[c] = gone;
    return here + gone == n;
}

/* Whether the settled stand as first[] says; counts those who have gone. */
static bool settled_in_order(struct mending *m) {
    size_t gone = 0, astray = 0, ncells = m->population->ncells;
#pragma omp parallel for if (m->settled > WORTH_SHARING) reduction(+ : gone, astray)
    for (size_t c = 0; c < ncells; c++) {
        astray += !count_gone(m, c);
        gone += m->gone_from[c];
    }
    m->gone = gone;
    return astray == 0;
}

static bool newcomers_on_grid(const struct mending *m) {
    size_t beyond = 0;
    for (size_t i = 0; i < m->newcomers; i++) {
        int32_t cell = m->cell[m->settled + i];
        beyond += cell < SAH_NOWHERE || cell >= (int64_t)m->population->ncells;
    }
    return beyond == 0;
}

static bool few_moved(struct mending *m) {
    if (m->settled == 0 || m->newcomers > m->settled / MANY) return false;
    return settled_in_order(m) && m->gone <= m->settled / MANY && newcomers_on_grid(m);
}

static int no_memory(const struct sah_population *population, struct sah_error *err) {
    return sah_error_add(err, SAH_MEMORY, "%s: no memory to sort %zu agents",
                         population->name, population->n);
}

static int make_room(struct mending *m, struct sah_error *err) {
    const struct sah_population *population = m->population;
    m->arrivals = calloc(population->ncells + 1, sizeof *m->arrivals);
    m->place = calloc(m->newcomers + 1, sizeof *m->place);
    m->stretch = calloc(m->newcomers + m->gone + 1, sizeof *m->stretch);
    m->aside = malloc(m->newcomers * population->ncolumns * WIDEST + 1);
    bool made = m->arrivals && m->place && m->stretch && m->aside;
    return made ? SAH_OK : no_memory(population, err);
}

static void count_arrivals(struct mending *m) {
    for (size_t i = 0; i < m->newcomers; i++) {
        int32_t cell = m->cell[m->settled + i];
        if (cell != SAH_NOWHERE) m->arrivals[cell]++;
    }
}

/* n of the settled; they join the stretch before where they shift like it. */
static void add_stretch(struct mending *m, size_t from, size_t n, size_t to) {
    struct stretch *last = m->stretch + m->nstretches;
    if (n == 0) return;
    if (m->nstretches > 0 && last[-1].from + last[-1].n == from &&
        last[-1].to + last[-1].n == to)
        last[-1].n += n;
    else
        m->stretch[m->nstretches++] = (struct stretch){from, to, n};
}

/* The settled of cell c, from place `to` on; returns the place behind them. */
static size_t lay_cell(struct mending *m, size_t c, size_t to) {
    size_t from = (size_t)m->population->first[c];
    const size_t end = (size_t)m->population->first[c + 1];
    uint32_t gone = m->gone_from[c];
    for (size_t i = from; gone > 0; i++) {
        if (m->cell[i] != SAH_NOWHERE) continue;
        add_stretch(m, from, i - from, to);
        to += i - from;
        from = i + 1;
        gone--;
    }
    add_stretch(m, from, end - from, to);
    return to + (end - from);
}

/* Where everybody goes; returns how many are left. Turns first[] into that of the new
 * order, and arrivals into the first place of each cell's newcomers. */
static size_t lay_out(struct mending *m, int64_t *first) {
    size_t to = 0, ncells = m->population->ncells;
    for (size_t c = 0; c < ncells; c++) {
        size_t begin = to;
        to = lay_cell(m, c, to);
        uint32_t arriving = m->arrivals[c];
        m->arrivals[c] = (uint32_t)to;
        to += arriving;
        first[c] = (int64_t)begin;
    }
    first[ncells] = (int64_t)to;
    for (size_t i = 0; i < m->newcomers; i++) {
        int32_t cell = m->cell[m->settled + i];
        m->place[i] = cell == SAH_NOWHERE ? dropped : m->arrivals[cell]++;
    }
    return to;
}

static void shift(const struct mending *m, char *column, size_t size) {
    const struct stretch *begin = m->stretch, *end = begin + m->nstretches;
    for (const struct stretch *s = begin; s < end; s++)
        if (s->to < s->from)
            memmove(column + s->to * size, column + s->from * size, s->n * size);
    for (const struct stretch *s = end; s-- > begin;)
        if (s->to > s->from)
            memmove(column + s->to * size, column + s->from * size, s->n * size);
}

/* Newcomers step into their places. */
#define STEP_IN(bytes)                                                                 \
    static void step_in_##bytes(const struct mending *m, const char *restrict from,    \
                                char *restrict column) {                               \
        for (size_t i = 0; i < m->newcomers; i++)                                      \
            if (m->place[i] != dropped)                                                \
                memcpy(column + (size_t)m->place[i] * bytes, from + i * bytes, bytes); \
    }
STEP_IN(1)
STEP_IN(2)
STEP_IN(4)
STEP_IN(8)

static void mend_column(const struct mending *m, size_t k) {
    size_t size = sah_type_size(m->population->columns[k].type);
    char *column = sah_population_column(m->population, k);
    char *aside = m->aside + k * m->newcomers * WIDEST;
    memcpy(aside, column + m->settled * size, m->newcomers * size);
    shift(m, column, size);
    if (size == 1) step_in_1(m, aside, column);
    if (size == 2) step_in_2(m, aside, column);
    if (size == 4) step_in_4(m, aside, column);
    if (size == 8) step_in_8(m, aside, column);
}

static void mend(struct mending *m, struct sah_population *population) {
    count_arrivals(m);
    size_t n = lay_out(m, population->first);
#pragma omp parallel for schedule(dynamic) if (m->settled > WORTH_SHARING)
    for (size_t k = 0; k < population->ncolumns; k++) mend_column(m, k);
    population->n = n;
}

bool sah_population_mend(struct sah_population *population, int *code,
                         struct sah_error *err) {
    struct mending m = {
        .population = population,
        .cell = sah_population_cells(population),
        .settled = (size_t)population->first[population->ncells],
    };
    m.newcomers = population->n - m.settled;
    m.gone_from = calloc(population->ncells + 1, sizeof *m.gone_from);
    *code = m.gone_from ? SAH_OK : no_memory(population, err);
    bool few = !*code && few_moved(&m);
    if (few && m.newcomers + m.gone > 0) {
        *code = make_room(&m, err);
        if (!*code) mend(&m, population);
    }
    free(m.gone_from);
    free(m.arrivals);
    free(m.place);
    free(m.stretch);
    free(m.aside);
    return few || *code;
}
