/* A population as large as asked, on as many cells as the theatre has, sorted as the
 * model sorts it; walked over in chunks as the schedule walks. */
#include "models/sahel/bench.h"

#include "models/sahel/community_phase.h"

#include <omp.h>

enum { CELLS = 8000, CELLS_PER_CHUNK = 32, GROUPS = 20, WARM_UP_DAYS = 1 };

static const struct sah_column columns[] = {
#define SAH_COLUMN_STRUCT struct sahel_communities
    SAHEL_COMMUNITY_COLUMNS(SAH_COLUMN_ROW)
#undef SAH_COLUMN_STRUCT
};
enum { NCOLUMNS = sizeof columns / sizeof *columns };

/* Of the order of the model's defaults. */
static const struct sahel_rates rates = {.grievance = 0.0013f,
                                         .fear = 0.0077f,
                                         .support = 0.0038f,
                                         .wealth = 0.0058f,
                                         .tail = 4,
                                         .weight = {1e-7f, 1e-7f, 1e-7f, 1e-7f, 1e-8f},
                                         .flight_threshold = 0.1f};

struct tables { /* by group; the same in all cells */
    float rest[GROUPS], hurt[GROUPS], menace[GROUPS], contact[GROUPS], tie[GROUPS],
        feud[GROUPS], goal[SAHEL_LIVELIHOODS];
};

static void fill_tables(struct tables *t, bool troubled) {
    for (int g = 0; g < GROUPS; g++) {
        float part = troubled ? (float)(g + 1) / GROUPS : 0;
        t->rest[g] = 0.2f;
        t->hurt[g] = 1e-4f * part;
        t->menace[g] = 2e-4f * part;
        t->contact[g] = 0.3f * part;
        t->tie[g] = 0.1f * part;
        t->feud[g] = 0.05f * part;
    }
    for (int l = 0; l < SAHEL_LIVELIHOODS; l++) t->goal[l] = 0.5f + 0.1f * (float)l;
}

static size_t first_of(size_t agents, size_t cell) {
    return agents / CELLS * cell + (cell < agents % CELLS ? cell : agents % CELLS);
}

/* Agents of a cell lie by group, in a group by livelihood. */
static void settle(struct sahel_communities *c, size_t cell) {
    size_t first = first_of(c->base.n, cell), end = first_of(c->base.n, cell + 1);
    for (size_t i = first; i < end; i++) {
        size_t kind =
            (i - first) * ((size_t)GROUPS * SAHEL_LIVELIHOODS) / (end - first);
        c->id[i] = i + 1;
        c->cell[i] = (int32_t)cell;
        c->people[i] = 1;
        c->origin[i] = SAHEL_AT_HOME;
        c->group[i] = (uint8_t)(kind / SAHEL_LIVELIHOODS);
        c->livelihood[i] = (uint8_t)(kind % SAHEL_LIVELIHOODS);
        c->grievance[i] = 0.001f * (float)(i % 512);
        c->fear_state[i] = 0.001f * (float)(i % 256);
        c->fear_insurgent[i] = 0.001f * (float)(i % 128);
        c->support[i] = 0.001f * (float)(i % 64);
        c->wealth[i] = 0.5f;
    }
}

static struct sahel_columns columns_of(const struct sahel_communities *c, size_t cell) {
    size_t first = first_of(c->base.n, cell);
    return sah_community_columns(c, first, first_of(c->base.n, cell + 1) - first);
}

static void one_day(const struct sahel_communities *c,
                    const struct sahel_drivers *drivers) {
    sahel_community_day *day = sah_community_day_best();
#pragma omp parallel for schedule(dynamic, 1)
    for (size_t chunk = 0; chunk < CELLS / CELLS_PER_CHUNK; chunk++) {
        for (size_t k = 0; k < CELLS_PER_CHUNK; k++) {
            struct sahel_columns agents = columns_of(c, chunk * CELLS_PER_CHUNK + k);
            if (!agents.n) continue;
            float answer[SAHEL_NANSWERS];
            day(&rates, drivers, &agents, answer);
        }
    }
}

static void measure(struct sahel_bench *bench, const struct sahel_communities *c) {
    struct tables t;
    fill_tables(&t, bench->troubled);
    struct sahel_drivers drivers = {.ngroups = GROUPS,
                                    .rest = t.rest,
                                    .hurt = t.hurt,
                                    .menace = t.menace,
                                    .contact = t.contact,
                                    .tie = t.tie,
                                    .feud = t.feud,
                                    .goal = t.goal,
                                    .flight_rate = bench->troubled ? 1e-4f : 0,
                                    .quiet = !bench->troubled};
    for (int d = 0; d < WARM_UP_DAYS; d++) one_day(c, &drivers);
    double begun = omp_get_wtime();
    do {
        one_day(c, &drivers);
        bench->days++;
        bench->seconds = omp_get_wtime() - begun;
    } while (bench->seconds < bench->least_seconds);
}

int sah_sahel_bench(struct sahel_bench *bench, struct sah_error *err) {
    struct sahel_communities c = {0};
    sah_population_init(&c.base, "communities", "People", columns, NCOLUMNS);
    bench->days = 0;
    bench->bytes_per_agent = 0;
    for (size_t k = 0; k < NCOLUMNS; k++)
        bench->bytes_per_agent += (double)sah_type_size(columns[k].type);
    int status = sah_population_reserve(&c.base, bench->agents, err);
    if (!status) status = sah_population_add(&c.base, bench->agents, NULL, err);
    if (!status) {
#pragma omp parallel for schedule(static)
        for (size_t cell = 0; cell < CELLS; cell++) settle(&c, cell);
        measure(bench, &c);
    }
    sah_population_free(&c.base);
    return status;
}
