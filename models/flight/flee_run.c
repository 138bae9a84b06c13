/* The days of a case: who flees, where to, who goes on or home. */
#include "models/flight/flee_run.h"

#include "models/flight/flee_roads.h"
#include "models/flight/flee_walk.h"
#include "models/flight/law.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

/* Purposes of draws; numbers are for good. */
enum { DRAW_ORIGINS = 1, DRAW_STEP = 2, DRAW_WALK = 3 };
enum { BLOCK = 512, NOWHERE = UINT16_MAX };
static const double NEARLY_FULL = 0.9; /* from this share of the room on pull falls */

/* Columns of people; the number is the identity. */
struct people {
    size_t n, room;
    uint16_t *place;  /* where they are or, before `arrive`, go; NOWHERE: home again */
    uint16_t *origin; /* NOWHERE: not known, there since day 0 */
    int32_t *arrive;  /* day */
};

struct day {
    const struct sah_flee_case *flee;
    const struct sah_flee_settings *set;
    struct flee_roads roads;
    struct flee_walk walk;
    struct people people;
    int t;
    double *appeal;        /* [place][host], by size and way */
    double *upto;          /* [place][host], weights of today cumulated */
    int32_t *travel;       /* [place][host], days on the way */
    int *host_of;          /* [place], or -1 */
    bool *calm;            /* [place] */
    int64_t *here, *there; /* [place]: arrived; these and those on the way */
    int64_t *counts;       /* [thread][2][place] */
    int *since;            /* [place], first day of the present conflict, or -1 */
    int threads;
    uint64_t *go_cut, home_cut[2]; /* chances in 2^-32; go_cut by place */
    double *weight;                /* [place] */
    int64_t *share;                /* [place] */
};

static uint64_t cut_of(double chance) {
    return (uint64_t)(chance * 4294967296.0);
}

/* ---- making and freeing ------------------------------------------------------------ */

static void free_day(struct day *d) {
    sah_flee_roads_close(&d->roads);
    sah_flee_walk_close(&d->walk);
    free(d->go_cut);
    free(d->people.place);
    free(d->people.origin);
    free(d->people.arrive);
    free(d->appeal);
    free(d->upto);
    free(d->travel);
    free(d->host_of);
    free(d->calm);
    free(d->here);
    free(d->there);
    free(d->counts);
    free(d->since);
    free(d->weight);
    free(d->share);
}

static int make_day(struct day *d, struct sah_error *err) {
    size_t n = d->flee->nplaces;
    int code = sah_flee_roads_open(&d->roads, d->flee, err);
    if (!code) code = sah_flee_walk_open(&d->walk, &d->roads, d->set->speed, err);
    if (code) return code;
    size_t ways = n * d->roads.nhosts + 1;
    d->threads = omp_get_max_threads();
    d->appeal = calloc(ways, sizeof *d->appeal);
    d->upto = calloc(ways, sizeof *d->upto);
    d->travel = calloc(ways, sizeof *d->travel);
    d->host_of = calloc(n, sizeof *d->host_of);
    d->calm = calloc(n, sizeof *d->calm);
    d->here = calloc(n, sizeof *d->here);
    d->there = calloc(n, sizeof *d->there);
    d->counts = calloc(2 * n * (size_t)d->threads, sizeof *d->counts);
    d->since = calloc(n, sizeof *d->since);
    d->weight = calloc(n, sizeof *d->weight);
    d->share = calloc(n, sizeof *d->share);
    d->go_cut = calloc(n, sizeof *d->go_cut);
    if (!d->appeal || !d->upto || !d->travel || !d->host_of || !d->calm || !d->here ||
        !d->there || !d->counts || !d->since || !d->weight || !d->share || !d->go_cut)
        return sah_error_add(err, SAH_MEMORY, "no memory for a run");
    for (size_t i = 0; i < n; i++) d->host_of[i] = d->since[i] = -1;
    for (size_t h = 0; h < d->roads.nhosts; h++) d->host_of[d->roads.host[h]] = (int)h;
    d->home_cut[1] = cut_of(sah_flight_chance(d->set->return_rate, 1));
    return SAH_OK;
}

static int add_people(struct people *p, int64_t count, int place, int origin, int day,
                      struct sah_error *err) {
    if (count > SAH_FLEE_MOST_PEOPLE - (int64_t)p->n)
        return sah_error_add(err, SAH_LIMIT, "more than %d people flee",
                             SAH_FLEE_MOST_PEOPLE);
    size_t n = p->n + (size_t)count;
    if (n > p->room) {
        size_t room = n + n / 4 + BLOCK;
        uint16_t *places = realloc(p->place, room * sizeof *places);
        if (places) p->place = places;
        uint16_t *origins = realloc(p->origin, room * sizeof *origins);
        if (origins) p->origin = origins;
        int32_t *arrive = realloc(p->arrive, room * sizeof *arrive);
        if (arrive) p->arrive = arrive;
        if (!places || !origins || !arrive)
            return sah_error_add(err, SAH_MEMORY, "no memory for people");
        p->room = room;
    }
    for (; p->n < n; p->n++) {
        p->place[p->n] = (uint16_t)place;
        p->origin[p->n] = (uint16_t)origin;
        p->arrive[p->n] = day;
    }
    return SAH_OK;
}

/* ---- the land of today ------------------------------------------------------------- */

/* The law's pull of a camp, as a part of the strongest; or the rule compared with. */
static double appeal_of(const struct day *d, const struct sah_flight_pull *pull,
                        size_t h, double km, double nearest, double most) {
    double people = d->flee->place[d->roads.host[h]].people;
    if (d->set->rule == SAH_FLEE_NEAREST) return km <= nearest;
    if (d->set->rule == SAH_FLEE_UNIFORM) return 1;
    return sah_exp(sah_flight_log_appeal(pull, sah_flight_size(pull, people), km) -
                   most);
}

/* By size and way; anew where roads close or open. */
static void set_appeals_from(struct day *d, const struct sah_flight_pull *pull,
                             size_t i) {
    size_t nhosts = d->roads.nhosts;
    const double *km = d->roads.km + i * nhosts;
    double nearest = INFINITY, most = -INFINITY;
    for (size_t h = 0; h < nhosts; h++) {
        if (d->roads.host[h] == (int)i || !isfinite(km[h])) continue;
        double people = d->flee->place[d->roads.host[h]].people;
        double log = sah_flight_log_appeal(pull, sah_flight_size(pull, people), km[h]);
        if (km[h] < nearest) nearest = km[h];
        if (log > most) most = log;
    }
    for (size_t h = 0; h < nhosts; h++) {
        bool reached = d->roads.host[h] != (int)i && isfinite(km[h]);
        size_t at = i * nhosts + h;
        d->appeal[at] = reached ? appeal_of(d, pull, h, km[h], nearest, most) : 0;
        d->travel[at] = reached ? (int32_t)(km[h] / d->set->speed) : 0;
    }
}

static void set_appeals(struct day *d) {
    const struct sah_flee_settings *set = d->set;
    const struct sah_flight_pull pull = {set->size, set->range_km, set->power,
                                         set->near_km};
    for (size_t i = 0; i < d->flee->nplaces; i++) set_appeals_from(d, &pull, i);
}

static double room_left(const struct day *d, int host) {
    double most = d->set->room * d->flee->place[host].people;
    double there = (double)d->there[host];
    bool full = d->set->rule == SAH_FLEE_LAW || d->set->rule == SAH_FLEE_WALK;
    if (!full || most < 1 || there <= NEARLY_FULL * most) return 1;
    return there < most ? (most - there) / ((1 - NEARLY_FULL) * most) : 0;
}

static void set_weights(struct day *d) {
    size_t nhosts = d->roads.nhosts;
    const float *conflict = &d->flee->conflict[(size_t)d->t * d->flee->nplaces];
    for (size_t i = 0; i < d->flee->nplaces; i++) {
        d->calm[i] = conflict[i] <= d->set->calm;
        if (conflict[i] <= 0) d->since[i] = -1;
        if (conflict[i] > 0 && d->since[i] < 0) d->since[i] = d->t;
    }
    for (size_t h = 0; h < nhosts; h++) {
        int host = d->roads.host[h];
        d->weight[h] =
            sah_flight_shunned(room_left(d, host), conflict[host], d->set->half);
    }
    for (size_t i = 0; i < d->flee->nplaces; i++) {
        double sum = 0;
        for (size_t h = 0; h < nhosts; h++)
            d->upto[i * nhosts + h] = sum += d->appeal[i * nhosts + h] * d->weight[h];
    }
}

static void set_walks(struct day *d) {
    const float *conflict = &d->flee->conflict[(size_t)d->t * d->flee->nplaces];
    for (size_t i = 0; i < d->flee->nplaces; i++)
        d->weight[i] = d->host_of[i] >= 0 ? room_left(d, (int)i) : 1;
    sah_flee_walk_on(&d->walk, conflict, d->weight,
                     sah_flight_chance(d->set->move_on, 1));
}

/* How readily people set out from each place. */
static void set_cuts(struct day *d) {
    double on = sah_flight_chance(d->set->move_on, 1);
    for (size_t i = 0; i < d->flee->nplaces; i++) {
        double chance = d->host_of[i] >= 0 ? on : d->set->leave;
        if (d->set->rule == SAH_FLEE_WALK) chance = d->walk.chance[i];
        d->go_cut[i] = cut_of(chance);
    }
}

/* ---- who flees --------------------------------------------------------------------- */

static int flee_from_zones(struct day *d, int64_t count, int64_t *debt,
                           struct sah_error *err) {
    const struct sah_flee_case *flee = d->flee;
    const float *conflict = &flee->conflict[(size_t)d->t * flee->nplaces];
    struct sah_rng rng;
    int code = SAH_OK;
    if (count <= 0) return SAH_OK;
    for (size_t i = 0; i < flee->nplaces; i++) {
        double fade = d->set->fade > 0 && d->since[i] >= 0
                          ? sah_exp(-SAH_LN2 * (d->t - d->since[i]) / d->set->fade)
                          : 1;
        float rate = sah_flight_rate(1, conflict[i], (float)d->set->half);
        bool camp = d->host_of[i] >= 0;
        d->weight[i] = camp ? 0 : flee->place[i].people * rate * fade;
    }
    sah_rng_at(&rng, (uint64_t)d->set->seed, DRAW_ORIGINS, 0, (uint32_t)d->t);
    if (!sah_flight_spread(&rng, count, d->weight, flee->nplaces, d->share)) {
        *debt -= count; /* they flee once a place with people is in conflict */
        return SAH_OK;
    }
    for (size_t i = 0; !code && i < flee->nplaces; i++)
        code = add_people(&d->people, d->share[i], (int)i, (int)i, d->t, err);
    return code;
}

/* ---- where they go ----------------------------------------------------------------- */

/* Those of a block who may do something today, and their chances in 2^-32. */
struct block {
    size_t n, agent[BLOCK];
    uint64_t id[BLOCK], home[BLOCK], go[BLOCK];
    uint32_t word[4][BLOCK];
};

static void choose_block(const struct day *d, size_t begin, size_t end,
                         struct block *b) {
    const struct people *p = &d->people;
    b->n = 0;
    for (size_t i = begin; i < end; i++) {
        int place = p->place[i];
        if (place == NOWHERE || p->arrive[i] > d->t) continue;
        bool camp = d->host_of[place] >= 0, known = p->origin[i] != NOWHERE;
        uint64_t home = d->home_cut[camp && known && d->calm[p->origin[i]]];
        uint64_t go = home + d->go_cut[place];
        if (!go) continue;
        b->agent[b->n] = i;
        b->id[b->n] = i + 1;
        b->home[b->n] = home;
        b->go[b->n++] = go;
    }
    uint32_t *const word[4] = {b->word[0], b->word[1], b->word[2], b->word[3]};
    sah_rng_bulk4((uint64_t)d->set->seed, DRAW_STEP, (uint32_t)d->t, b->id, b->n, word);
}

/* The first host whose cumulated weight lies above; nhosts where there is none. */
static size_t find_host(const double *upto, size_t nhosts, double at) {
    size_t h = 0;
    while (h < nhosts && upto[h] <= at) h++;
    return h;
}

static void go_to_camp(const struct day *d, size_t i, uint64_t word) {
    const struct people *p = &d->people;
    size_t nhosts = d->roads.nhosts, row = p->place[i] * nhosts;
    if (!nhosts) return;
    double sum = d->upto[row + nhosts - 1];
    size_t h = find_host(&d->upto[row], nhosts, sah_unit_double(word) * sum);
    if (!(sum > 0) || h == nhosts) return; /* no way is open */
    p->place[i] = (uint16_t)d->roads.host[h];
    p->arrive[i] = d->t + d->travel[row + h];
}

static void walk(const struct day *d, size_t i) {
    const struct people *p = &d->people;
    struct sah_rng rng;
    sah_rng_at(&rng, (uint64_t)d->set->seed, DRAW_WALK, i + 1, (uint32_t)d->t);
    struct flee_step next = sah_flee_walk_from(&d->walk, p->place[i], &rng);
    p->place[i] = (uint16_t)next.place;
    p->arrive[i] = d->t + next.days;
}

static void step_block(const struct day *d, size_t begin, size_t end, int64_t *here,
                       int64_t *there) {
    const struct people *p = &d->people;
    struct block b;
    choose_block(d, begin, end, &b);
    for (size_t k = 0; k < b.n; k++) {
        /* NOLINTNEXTLINE(clang-analyzer-core.*): sah_rng_bulk4 has filled the words */
        uint64_t chance = b.word[0][k];
        if (chance >= b.go[k]) continue;
        if (chance < b.home[k])
            p->place[b.agent[k]] = NOWHERE;
        else if (d->set->rule == SAH_FLEE_WALK)
            walk(d, b.agent[k]);
        else
            go_to_camp(d, b.agent[k], b.word[2][k] | (uint64_t)b.word[3][k] << 32);
    }
    for (size_t i = begin; i < end; i++) {
        if (p->place[i] == NOWHERE) continue;
        here[p->place[i]] += p->arrive[i] <= d->t;
        there[p->place[i]]++;
    }
}

static void step(struct day *d) {
    size_t n = d->flee->nplaces;
    int64_t nblocks = (int64_t)((d->people.n + BLOCK - 1) / BLOCK);
    memset(d->counts, 0, 2 * n * (size_t)d->threads * sizeof *d->counts);
#pragma omp parallel num_threads(d->threads)
    {
        int64_t *mine = d->counts + 2 * n * (size_t)omp_get_thread_num();
#pragma omp for schedule(static)
        for (int64_t k = 0; k < nblocks; k++) {
            size_t begin = (size_t)k * BLOCK, end = begin + BLOCK;
            step_block(d, begin, end < d->people.n ? end : d->people.n, mine, mine + n);
        }
    }
    memset(d->here, 0, n * sizeof *d->here);
    memset(d->there, 0, n * sizeof *d->there);
    for (int k = 0; k < d->threads; k++)
        for (size_t i = 0; i < n; i++) { /* whole numbers: any order gives the same */
            d->here[i] += d->counts[2 * n * (size_t)k + i];
            d->there[i] += d->counts[2 * n * (size_t)k + n + i];
        }
}

/* ---- the books --------------------------------------------------------------------- */

static int64_t *days_of(int days) {
    return calloc((size_t)days, sizeof(int64_t));
}

static int make_run(struct sah_flee_run *run, const struct sah_flee_case *flee,
                    int days, struct sah_error *err) {
    *run = (struct sah_flee_run){.days = days, .ncamps = flee->ncamps};
    size_t n = (size_t)days * flee->ncamps;
    run->simulated = calloc(n, sizeof *run->simulated);
    run->lists = calloc(n, sizeof *run->lists);
    run->fled = days_of(days);
    run->away = days_of(days);
    run->road = days_of(days);
    run->debt = days_of(days);
    run->home = days_of(days);
    return run->simulated && run->lists && run->fled && run->away && run->road &&
                   run->debt && run->home
               ? SAH_OK
               : sah_error_add(err, SAH_MEMORY, "no memory for a run");
}

void sah_flee_run_free(struct sah_flee_run *run) {
    free(run->simulated);
    free(run->lists);
    free(run->fled);
    free(run->away);
    free(run->road);
    free(run->debt);
    free(run->home);
    *run = (struct sah_flee_run){0};
}

static void book(const struct day *d, struct sah_flee_run *run) {
    const struct sah_flee_case *flee = d->flee;
    size_t at = (size_t)d->t * flee->ncamps;
    int64_t there = 0, here = 0;
    for (size_t i = 0; i < flee->nplaces; i++) {
        there += d->there[i];
        here += d->here[i];
        if (d->host_of[i] < 0) run->away[d->t] += d->here[i];
    }
    for (size_t c = 0; c < flee->ncamps; c++) {
        run->simulated[at + c] = d->here[flee->camp[c]];
        run->lists[at + c] = flee->registered[at + c];
        if (d->set->day0 == SAH_FLEE_DAY0_EMPTY)
            run->lists[at + c] -= flee->registered[c];
    }
    run->road[d->t] = there - here;
    run->away[d->t] += there - here;
    run->home[d->t] = (int64_t)d->people.n - there;
    run->agent_days += (double)d->people.n;
}

static struct sah_digest digest_of(const struct day *d,
                                   const struct sah_flee_run *run) {
    const struct people *p = &d->people;
    struct sah_digest_state state;
    sah_digest_init(&state);
    sah_digest_update(&state, "place", SAH_U16, p->place, p->n);
    sah_digest_update(&state, "origin", SAH_U16, p->origin, p->n);
    sah_digest_update(&state, "arrive", SAH_I32, p->arrive, p->n);
    sah_digest_update(&state, "simulated", SAH_I64, run->simulated,
                      (size_t)run->days * run->ncamps);
    return sah_digest_final(&state);
}

/* ---- days -------------------------------------------------------------------------- */

/* How many flee: what the lists gained, less what they lost before. */
static int64_t newcomers(const struct day *d, int64_t *debt) {
    int64_t gained = d->set->newcomers == SAH_FLEE_OF_TOTAL ? d->flee->total[d->t]
                                                            : d->flee->gained[d->t];
    if (d->t == 0) return d->set->day0 == SAH_FLEE_DAY0_ZONES ? gained : 0;
    int64_t count = gained - *debt;
    *debt = count < 0 ? -count : 0;
    return count > 0 ? count : 0;
}

static int fill_camps(struct day *d, struct sah_error *err) {
    int code = SAH_OK;
    if (d->set->day0 != SAH_FLEE_DAY0_CAMPS) return SAH_OK;
    for (size_t c = 0; !code && c < d->flee->ncamps; c++) {
        int64_t count = d->flee->registered[c];
        int camp = d->flee->camp[c];
        code = add_people(&d->people, count, camp, NOWHERE, 0, err);
        d->there[camp] = count;
    }
    return code;
}

static int live(struct day *d, struct sah_flee_run *run, struct sah_error *err) {
    int64_t debt = 0;
    int code = fill_camps(d, err);
    for (d->t = 0; !code && d->t < run->days; d->t++) {
        if (sah_flee_roads_on(&d->roads, d->t)) set_appeals(d);
        set_weights(d);
        set_walks(d);
        set_cuts(d);
        run->fled[d->t] = newcomers(d, &debt);
        code = flee_from_zones(d, run->fled[d->t], &debt, err);
        run->debt[d->t] = debt;
        if (debt < 0) run->fled[d->t] = 0;
        if (code) break;
        step(d);
        book(d, run);
    }
    if (!code) run->digest = digest_of(d, run);
    return code;
}

int sah_flee_run(const struct sah_flee_case *flee,
                 const struct sah_flee_settings *settings, int days,
                 struct sah_flee_run *run, struct sah_error *err) {
    struct day d = {.flee = flee, .set = settings};
    SAH_BUG_IF(days < 1 || days > flee->days, "days out of the case");
    int code = make_run(run, flee, days, err);
    if (!code) code = make_day(&d, err);
    if (!code) code = live(&d, run, err);
    free_day(&d);
    if (code) sah_flee_run_free(run);
    return code;
}
