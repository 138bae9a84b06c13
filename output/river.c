/* Streams in an order that keeps allies together, stacked around a level middle. */
#include "output/river.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double BLEND_DAY = 90; /* a gap opens or closes within so many days */

/* Daily or rarer values of a series of factions. */
struct record {
    size_t nperiods, n; /* n: factions */
    const struct sah_period *period;
    double *fighters, *pledged; /* [period][faction] */
};

/* ---- reading ------------------------------------------------------------------------- */

static int read_series(struct sah_result *result, const char *name, struct record *r,
                       double **out, struct sah_error *err) {
    const struct sah_variable *v = sah_result_find(result, SAH_SERIES, name, err);
    if (!v) return SAH_INPUT;
    if (!v->axis[0] || v->axis[1] || strcmp(v->axis[0]->name, "faction") != 0)
        return sah_error_add(err, SAH_FORMAT, "%s: %s is not by faction",
                             sah_result_run(result)->path, name);
    r->nperiods = sah_result_period_count(result, SAH_SERIES);
    r->period = sah_result_periods(result, SAH_SERIES);
    r->n = sah_variable_count(result, v);
    *out = calloc(r->nperiods * r->n + 1, sizeof **out);
    if (!*out) return sah_error_add(err, SAH_MEMORY, "no memory for a river");
    return r->nperiods ? sah_result_read(result, v, 0, r->nperiods - 1, *out, err)
                       : SAH_OK;
}

/* Without pledges everybody is alone. */
static int read_record(struct sah_result *result, struct record *r,
                       struct sah_error *err) {
    int code = read_series(result, "fighters", r, &r->fighters, err);
    if (code) return code;
    if (sah_result_find(result, SAH_SERIES, "pledged_to", NULL))
        code = read_series(result, "pledged_to", r, &r->pledged, err);
    return code;
}

/* ---- who flows with whom ----------------------------------------------------------------- */

static int umbrella_at(const struct record *r, size_t t, int faction) {
    for (size_t step = 0; r->pledged && step < r->n; step++) {
        double up = r->pledged[t * r->n + (size_t)faction];
        if (!(up >= 0 && up < (double)r->n)) break;
        faction = (int)up;
    }
    return faction;
}

/* The umbrella a faction is under longest, itself left out; its own where none. */
static int home_of(const struct record *r, int faction) {
    size_t count[SAH_RIVER_MOST] = {0};
    int best = faction;
    for (size_t t = 0; t < r->nperiods; t++) count[umbrella_at(r, t, faction)]++;
    count[faction] = 0;
    for (size_t k = 0; k < r->n; k++)
        if (count[k] > count[best]) best = (int)k;
    return best;
}

struct place {
    int faction, home;
    double weight, home_weight;
};

static int by_home(const void *a, const void *b) {
    const struct place *x = a, *y = b;
    if (x->home_weight != y->home_weight)
        return x->home_weight < y->home_weight ? 1 : -1;
    if (x->home != y->home) return x->home < y->home ? -1 : 1;
    if (x->weight != y->weight) return x->weight < y->weight ? 1 : -1;
    return x->faction - y->faction;
}

/* Homes by weight, then factions within; those that never had a fighter are left out. */
static size_t order(const struct record *r, struct place place[SAH_RIVER_MOST]) {
    double home[SAH_RIVER_MOST] = {0};
    size_t n = 0;
    for (size_t k = 0; k < r->n; k++) {
        struct place p = {.faction = (int)k, .home = home_of(r, (int)k)};
        for (size_t t = 0; t < r->nperiods; t++) p.weight += r->fighters[t * r->n + k];
        home[p.home] += p.weight;
        if (p.weight > 0) place[n++] = p;
    }
    for (size_t i = 0; i < n; i++) place[i].home_weight = home[place[i].home];
    qsort(place, n, sizeof *place, by_home);
    return n;
}

/* ---- geometry -------------------------------------------------------------------------- */

static int make_room(struct sah_river *river, size_t nstreams, size_t ntimes,
                     struct sah_error *err) {
    river->stream = calloc(nstreams + 1, sizeof *river->stream);
    river->day = calloc(ntimes + 1, sizeof *river->day);
    river->umbrella = calloc(nstreams * ntimes + 1, sizeof *river->umbrella);
    river->room = calloc(3 * nstreams * ntimes + 1, sizeof *river->room);
    if (!river->stream || !river->day || !river->umbrella || !river->room)
        return sah_error_add(err, SAH_MEMORY, "no memory for a river");
    for (size_t i = 0; i < nstreams; i++) {
        double *own = river->room + 3 * i * ntimes;
        river->stream[i] = (struct sah_river_stream){
            .low = own, .high = own + ntimes, .strength = own + 2 * ntimes};
    }
    river->nstreams = nstreams;
    river->ntimes = ntimes;
    return SAH_OK;
}

static size_t period_at(const struct record *r, double day) {
    size_t t = 0;
    while (t + 1 < r->nperiods && r->period[t].last < day) t++;
    return t;
}

static void fill(struct sah_river *river, const struct record *r,
                 const struct place *place) {
    double first = r->period[0].first, last = r->period[r->nperiods - 1].last;
    for (size_t t = 0; t < river->ntimes; t++) {
        river->day[t] =
            first + (last - first) * (double)t / (double)(river->ntimes - 1);
        size_t p = period_at(r, river->day[t]);
        for (size_t i = 0; i < river->nstreams; i++) {
            int k = place[i].faction;
            river->stream[i].faction = k;
            river->stream[i].strength[t] = r->fighters[p * r->n + (size_t)k];
            river->umbrella[i * river->ntimes + t] = umbrella_at(r, p, k);
        }
    }
}

/* Whether stream i and the next flow together, 0 to 1: the mean over BLEND_DAY. */
static double closeness(const struct sah_river *river, size_t i, size_t t) {
    double span = river->day[river->ntimes - 1] - river->day[0];
    size_t reach =
        (size_t)(BLEND_DAY / 2 * (double)(river->ntimes - 1) / fmax(span, 1));
    size_t from = t > reach ? t - reach : 0, n = 0, together = 0;
    for (size_t s = from; s <= t + reach && s < river->ntimes; s++, n++)
        together += river->umbrella[i * river->ntimes + s] ==
                    river->umbrella[(i + 1) * river->ntimes + s];
    double share = (double)together / (double)n;
    return share * share * (3 - 2 * share);
}

static double gap_above(const struct sah_river *river, size_t i, size_t t, double gap) {
    if (i + 1 >= river->nstreams) return 0;
    return gap * (1 - closeness(river, i, t));
}

static void stack(struct sah_river *river, double gap) {
    for (size_t t = 0; t < river->ntimes; t++) {
        double width = 0;
        for (size_t i = 0; i < river->nstreams; i++)
            width += river->stream[i].strength[t] + gap_above(river, i, t, gap);
        double at = -width / 2;
        for (size_t i = 0; i < river->nstreams; i++) {
            struct sah_river_stream *s = &river->stream[i];
            s->low[t] = at, s->high[t] = at + s->strength[t];
            at = s->high[t] + gap_above(river, i, t, gap);
        }
        river->lowest = fmin(river->lowest, -width / 2);
        river->highest = fmax(river->highest, width / 2);
    }
}

static int build(struct sah_river *river, const struct record *r, size_t ntimes,
                 double gap, struct sah_error *err) {
    struct place place[SAH_RIVER_MOST];
    if (r->n > SAH_RIVER_MOST || r->nperiods == 0) return SAH_OK;
    size_t n = order(r, place);
    int code = make_room(river, n, ntimes, err);
    if (code) return code;
    fill(river, r, place);
    stack(river, gap);
    return SAH_OK;
}

int sah_river_read(struct sah_result *result, size_t ntimes, double gap,
                   struct sah_river *river, struct sah_error *err) {
    struct record r = {0};
    *river = (struct sah_river){0};
    int code = read_record(result, &r, err);
    if (!code) code = build(river, &r, ntimes, gap, err);
    free(r.fighters);
    free(r.pledged);
    return code;
}

void sah_river_free(struct sah_river *river) {
    free(river->stream), free(river->day), free(river->umbrella), free(river->room);
    *river = (struct sah_river){0};
}

int sah_river_find(const struct sah_river *river, int faction) {
    for (size_t i = 0; i < river->nstreams; i++)
        if (river->stream[i].faction == faction) return (int)i;
    return -1;
}

size_t sah_river_time(const struct sah_river *river, double day) {
    size_t best = 0;
    for (size_t t = 1; t < river->ntimes; t++)
        if (fabs(river->day[t] - day) < fabs(river->day[best] - day)) best = t;
    return best;
}
