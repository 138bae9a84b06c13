/* Past by past, day by day. */
#include "sim/study/pasts.h"

#include "sim/kernel/calendar.h"
#include "sim/study/seed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int open_past(const struct sah_run_request *request, int64_t seed,
                     struct sah_run *run, struct sah_error *err) {
    char text[48];
    struct sah_run_request own = *request;
    const char **set = calloc(request->nset + 1, sizeof *set);
    *run = (struct sah_run){0};
    if (!set) return sah_error_add(err, SAH_MEMORY, "no memory for settings");
    snprintf(text, sizeof text, "run.seed=%lld", (long long)seed);
    for (size_t i = 0; i < request->nset; i++) set[i] = request->set[i];
    set[own.nset++] = text;
    own.set = set;
    int status = sah_run_open(&own, run, err);
    free(set);
    return status;
}

static int check_days(const struct sah_run *run, const int32_t *day, size_t n,
                      struct sah_error *err) {
    char first[11], told[11];
    if (n == 0 ||
        (day[0] >= run->world->run.start && day[n - 1] <= run->world->run.end))
        return SAH_OK;
    sah_day_text(run->world->run.start, first);
    sah_day_text(day[0], told);
    return sah_error_add(err, SAH_INPUT, "the scenario begins on %s, after %s", first,
                         told);
}

static int run_past(struct sah_run *run, const int32_t *day, size_t past,
                    const struct sah_run_watch *watch, struct sah_pasts *pasts,
                    struct sah_error *err) {
    int status = check_days(run, day, pasts->ndays, err);
    for (size_t d = 0; !status && d < pasts->ndays; d++) {
        status = sah_run_until(run, day[d], watch, err);
        if (!status)
            status =
                sah_snapshot_take(run->world, &pasts->state[d * pasts->n + past], err);
    }
    return status;
}

int sah_pasts_make(const struct sah_run_request *request, uint64_t seed, size_t n,
                   const int32_t *day, size_t ndays, const struct sah_run_watch *watch,
                   struct sah_pasts *pasts, struct sah_error *err) {
    *pasts = (struct sah_pasts){.n = n, .ndays = ndays};
    pasts->state = calloc(n * ndays + 1, sizeof *pasts->state);
    if (!pasts->state) return sah_error_add(err, SAH_MEMORY, "no memory for pasts");
    int status = SAH_OK;
    for (size_t r = 0; !status && r < n; r++) {
        struct sah_run run;
        status = open_past(request, sah_seed_of(seed, r), &run, err);
        if (!status) status = run_past(&run, day, r, watch, pasts, err);
        sah_run_close(&run);
    }
    return status;
}

void sah_pasts_free(struct sah_pasts *pasts) {
    for (size_t i = 0; pasts->state && i < pasts->n * pasts->ndays; i++)
        sah_snapshot_free(&pasts->state[i]);
    free(pasts->state);
    *pasts = (struct sah_pasts){0};
}
