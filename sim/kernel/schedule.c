/* Acts run one after another; inside an act, fixed chunks run in parallel.
 *
 * Chunks are cut by the size of the domain alone, so that what a chunk writes and the
 * order in which its effects are read never depend on the number of threads. To wake
 * threads takes longer than a short walk: such a walk stays on one, which shows in
 * nothing but time. */
#include "sim/kernel/schedule.h"

#include "sim/kernel/world.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>

enum { CELLS_PER_CHUNK = 32, AGENTS_PER_CHUNK = 1024, DAYS_PER_TRIAL = 128 };
static const double worth_sharing = 50e-6, surely = 1e-3; /* seconds */
static const double forgetting = 0.9;

static size_t count_acts(const struct sah_model *model) {
    size_t n = 0;
    for (const struct sah_act *act = model->acts; act && act->phase; act++) n++;
    return n;
}

/* Appends the acts of one cast member that belong to `phase`. */
static void append_phase(struct sah_schedule *schedule, const struct sah_family *family,
                         size_t member, int phase) {
    const struct sah_act *act = family->cast[member]->acts;
    for (; act && act->phase; act++)
        if (act->phase == phase)
            schedule->row[schedule->n++] =
                (struct sah_schedule_row){.member = member, .act = act};
}

int sah_schedule_create(const struct sah_family *family, struct sah_schedule **out,
                        struct sah_error *err) {
    size_t total = 0;
    for (size_t i = 0; i < family->ncast; i++) total += count_acts(family->cast[i]);
    struct sah_schedule *schedule = calloc(1, sizeof *schedule);
    struct sah_schedule_row *rows = calloc(total + 1, sizeof *rows);
    if (!schedule || !rows) {
        free(schedule);
        free(rows);
        return sah_error_add(err, SAH_MEMORY, "no memory for the timetable");
    }
    schedule->row = rows;
    for (int phase = 1; phase <= (int)family->nphases; phase++)
        for (size_t i = 0; i < family->ncast; i++)
            append_phase(schedule, family, i, phase);
    SAH_BUG_IF(schedule->n != total, "an act names a phase its family does not have");
    *out = schedule;
    return SAH_OK;
}

void sah_schedule_free(struct sah_schedule *schedule) {
    if (!schedule) return;
    free(schedule->row);
    free(schedule);
}

static int64_t domain_size(const struct sah_world *world, int over) {
    if (over == SAH_NOTHING) return 0;
    if (over == SAH_OVER_CELLS) return world->grid.ncells;
    size_t number = (size_t)(over - SAH_OVER_POPULATION);
    SAH_BUG_IF(number >= world->npopulations, "an act walks over no population");
    return (int64_t)world->population[number]->n;
}

size_t sah_chunk_count(const struct sah_world *world, int over) {
    int64_t size = over == SAH_OVER_CELLS ? CELLS_PER_CHUNK : AGENTS_PER_CHUNK;
    return (size_t)((domain_size(world, over) + size - 1) / size);
}

static void walk(const struct sah_act *act, void *self, struct sah_world *world,
                 bool shared) {
    int64_t size = act->over == SAH_OVER_CELLS ? CELLS_PER_CHUNK : AGENTS_PER_CHUNK;
    int64_t end = domain_size(world, act->over);
    int64_t chunks = (int64_t)sah_chunk_count(world, act->over);
#pragma omp parallel for schedule(dynamic, 4) if (shared)
    for (int64_t chunk = 0; chunk < chunks; chunk++) {
        struct sah_span span = {.begin = chunk * size, .chunk = (size_t)chunk};
        span.end = span.begin + size < end ? span.begin + size : end;
        act->plan(self, world, span);
    }
}

/* The first day and, unless it is surely worth while, now and then a walk is timed on
 * one thread. Some have nothing to do on most days: a long walk is forgotten slowly. */
static void plan(struct sah_schedule_row *row, void *self, struct sah_world *world) {
    bool trial =
        row->alone <= 0 || (row->alone < surely && world->tick % DAYS_PER_TRIAL == 0);
    double start = trial ? omp_get_wtime() : 0;
    walk(row->act, self, world, !trial && row->alone > worth_sharing);
    if (trial) row->alone = fmax(omp_get_wtime() - start, forgetting * row->alone);
}

static int run_row(struct sah_schedule_row *row, struct sah_world *world,
                   struct sah_error *err) {
    void *self = world->self[row->member];
    double start = omp_get_wtime();
    int status = SAH_OK;
    if (row->act->plan) plan(row, self, world);
    if (row->act->apply) status = row->act->apply(self, world, err);
    row->seconds += omp_get_wtime() - start;
    return status;
}

int sah_schedule_day(struct sah_schedule *schedule, struct sah_world *world,
                     struct sah_error *err) {
    for (size_t i = 0; i < schedule->n; i++) {
        if (!world->on[schedule->row[i].member]) continue;
        int status = run_row(&schedule->row[i], world, err);
        if (status) return status;
    }
    return SAH_OK;
}

double sah_schedule_seconds(const struct sah_schedule *schedule, int phase) {
    double sum = 0;
    for (size_t i = 0; i < schedule->n; i++)
        if (schedule->row[i].act->phase == phase) sum += schedule->row[i].seconds;
    return sum;
}

double sah_schedule_member_seconds(const struct sah_schedule *schedule, size_t member) {
    double sum = 0;
    for (size_t i = 0; i < schedule->n; i++)
        if (schedule->row[i].member == member) sum += schedule->row[i].seconds;
    return sum;
}
