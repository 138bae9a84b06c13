/* The books are right every day of a year: people, fighters, soldiers and money are
 * conserved, and the log of a day tells what its counters tell. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <stdlib.h>

/* ---- the log, counted anew ----------------------------------------------------------- */

/* name, element, how many in a world of `s` and `cells` */
#define COUNTERS(X)                                     \
    X(events_kind, int64_t, SAHEL_NKINDS *n)            \
    X(deaths_kind, int64_t, SAHEL_NKINDS *n)            \
    X(events_type, int64_t, SAHEL_NVIOLENCE *n)         \
    X(deaths_type, int64_t, SAHEL_NVIOLENCE *n)         \
    X(events_cause, int64_t, SAHEL_NCAUSES *n)          \
    X(deaths_cause, int64_t, SAHEL_NCAUSES *n)          \
    X(wounded_cause, int64_t, SAHEL_NCAUSES *n)         \
    X(events_actor, int64_t, actors *n)                 \
    X(deaths_actor, int64_t, actors *n)                 \
    X(deaths_side, int64_t, 3 * n)                      \
    X(turns, int64_t, SAHEL_NTURNS *SAHEL_NTURN_CAUSES) \
    X(events_cell, int32_t, cells)                      \
    X(deaths_cell, int32_t, cells)

struct recount {
#define X(name, type, count) type *name;
    COUNTERS(X)
#undef X
};

static void *zeros(size_t n, size_t size) {
    void *p = calloc(n + 1, size);
    assert_non_null(p);
    return p;
}

/* The counts above, for every use of the list. */
#define SIZES                                                                   \
    size_t n = sahel_of(world)->ncountries, cells = (size_t)world->grid.ncells; \
    size_t actors = sahel_of(world)->nfactions + sahel_of(world)->nforces + 1

static struct recount recount_new(const struct sah_world *world) {
    SIZES;
    return (struct recount){
#define X(name, type, count) .name = zeros(count, sizeof(type)),
        COUNTERS(X)
#undef X
    };
}

static void recount_free(struct recount *r) {
#define X(name, type, count) free(r->name);
    COUNTERS(X)
#undef X
}

static void recount_event(struct recount *r, const struct sah_world *world, size_t i) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_events *e = &s->events;
    size_t n = s->ncountries, country = e->country[i];
    size_t kind = e->kind[i] * n + country, type = e->violence[i] * n + country;
    size_t cause = e->cause[i] * n + country,
           actor = (size_t)e->side_a[i] * n + country;
    int first_force = (int)s->nfactions;
    assert_int_equal(country, sahel_country_of(world, e->cell[i]));
    r->events_kind[kind]++;
    r->deaths_kind[kind] += e->deaths[i];
    r->events_type[type]++;
    r->deaths_type[type] += e->deaths[i];
    r->events_cause[cause]++;
    r->deaths_cause[cause] += e->deaths[i];
    r->wounded_cause[cause] += e->wounded[i];
    r->events_actor[actor]++;
    r->deaths_actor[actor] += e->deaths[i];
    r->deaths_side[(e->side_a[i] < first_force ? 0 : n) + country] += e->deaths_a[i];
    r->deaths_side[(e->side_b[i] < first_force ? 0 : n) + country] += e->deaths_b[i];
    r->deaths_side[2 * n + country] += e->deaths_civilians[i];
    r->events_cell[e->cell[i]]++;
    r->deaths_cell[e->cell[i]] += e->deaths[i];
}

static void assert_log_is_told(const struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_allegiances *a = &s->allegiances;
    struct recount r = recount_new(world);
    for (size_t i = 0; i < s->events.base.n; i++) recount_event(&r, world, i);
    for (size_t i = 0; i < a->base.n; i++)
        r.turns[a->kind[i] * SAHEL_NTURN_CAUSES + a->cause[i]]++;
    SIZES;
#define X(name, type, count) \
    assert_memory_equal(r.name, s->name, (count) * sizeof(type));
    COUNTERS(X)
#undef X
    recount_free(&r);
}

static void assert_events_make_sense(const struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_events *e = &s->events;
    int last = sahel_actor_civilians(s);
    for (size_t i = 0; i < e->base.n; i++) {
        assert_int_equal(e->date[i], world->today);
        assert_true(e->cell[i] >= 0 && e->cell[i] < world->grid.ncells);
        /* civilians strike in feuds alone */
        bool feud = e->kind[i] == SAHEL_STRIFE;
        assert_true(e->side_a[i] >= 0 && (e->side_a[i] == last) == feud);
        assert_true(e->side_a[i] <= last);
        assert_true(e->side_b[i] >= 0 && e->side_b[i] <= last);
        assert_true((e->side_a[i] == e->side_b[i]) == feud);
        assert_true(e->deaths_a[i] >= 0 && e->deaths_b[i] >= 0);
        assert_true(e->deaths_civilians[i] >= 0 && e->wounded[i] >= 0);
        assert_int_equal(e->deaths[i],
                         e->deaths_a[i] + e->deaths_b[i] + e->deaths_civilians[i]);
    }
}

/* ---- the world, counted anew --------------------------------------------------------- */

struct stock {
    int64_t people, fighters, soldiers, cents;
};

static struct stock stock_of(const struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    struct stock k = {0};
    for (size_t i = 0; i < s->communities.base.n; i++)
        k.people += s->communities.people[i];
    for (size_t i = 0; i < s->bands.base.n; i++) k.fighters += s->bands.fighters[i];
    for (size_t i = 0; i < s->posts.base.n; i++) k.soldiers += s->posts.soldiers[i];
    for (size_t f = 0; f < s->nfactions; f++) k.cents += s->treasury[f];
    return k;
}

static int64_t sum(const int64_t *counter, size_t n) {
    int64_t all = 0;
    for (size_t k = 0; k < n; k++) all += counter[k];
    return all;
}

/* Who goes over from a faction comes to another; who gives up comes to none. */
static void assert_no_one_is_lost_on_the_way(const struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    for (size_t k = 0; k < SAHEL_NEXITS; k++) {
        bool home = k == SAHEL_EXIT_WEARY || k == SAHEL_EXIT_UNPAID;
        int64_t left = sum(s->left_faction + k * s->nfactions, s->nfactions);
        int64_t came = sum(s->came_faction + k * s->nfactions, s->nfactions);
        assert_int_equal(came, home ? 0 : left);
    }
}

/* What the counters of one day say of the change from yesterday, not by `sum`. */
static void assert_change(const struct sah_world *world, struct stock was,
                          struct stock is, int64_t appeared, int64_t reserves) {
    const struct sahel *s = sahel_of(world);
    size_t n = s->ncountries;
    int64_t recruits = sum(s->recruits, SAHEL_NREASONS * n);
    int64_t came = sum(s->came_faction, SAHEL_NEXITS * s->nfactions);
    int64_t left = sum(s->left_faction, SAHEL_NEXITS * s->nfactions) - came;
    assert_int_equal(is.people - was.people,
                     left - recruits - sum(s->deaths_side + 2 * n, n));
    assert_int_equal(is.fighters - was.fighters,
                     appeared + recruits - left - sum(s->deaths_side, n));
    assert_int_equal(sum(s->deaths_side, n), sum(s->lost_faction, s->nfactions));
    assert_int_equal(is.cents - was.cents,
                     reserves + sum(s->money, SAHEL_NSTREAMS * s->nfactions));
    assert_int_equal(sum(s->money + SAHEL_SHARED * s->nfactions, s->nfactions), 0);
}

static void every_day_of_a_year(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make(SETS("factions.hills.from=2016-02-01", "attacks.rate=0.2"));
    const struct sahel *s = sahel_of(world);
    struct stock was = stock_of(world);
    int64_t started = s->sum[SAHEL_SUM_FIGHTERS_START];
    int64_t money = s->sum[SAHEL_SUM_MONEY_START];
    for (int day = 0; day < 200; day++) {
        tiny_run(world, 1);
        tiny_verify(world);
        assert_log_is_told(world);
        assert_events_make_sense(world);
        assert_no_one_is_lost_on_the_way(world);
        struct stock is = stock_of(world);
        assert_change(world, was, is, s->sum[SAHEL_SUM_FIGHTERS_START] - started,
                      s->sum[SAHEL_SUM_MONEY_START] - money);
        started = s->sum[SAHEL_SUM_FIGHTERS_START];
        money = s->sum[SAHEL_SUM_MONEY_START];
        was = is;
    }
    assert_int_equal(started, 470);
    sah_world_free(world);
}

/* Harsh settings: rates near their ends. The books must hold all the same. Bands soon are so
 * many that later days cost much and show no more. */
static void even_in_the_worst_of_times(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(SETS(
        "attacks.rate=1", "recruitment.base_rate=1e-3", "recruitment.pool=1",
        "displacement.rate=1", "displacement.return_rate=1", "displacement.calm=1000",
        "severity.rate=1", "spread.stay=1", "treasury.leave=0.1", "gold.price=10",
        "forces.partner.raid_rate=1", "forces.south.patrol_rate=1",
        "forces.south.harm=20", "attacks.civilian_size=10"));
    for (int day = 0; day < 45; day++) {
        tiny_run(world, 1);
        tiny_verify(world);
        assert_log_is_told(world);
        assert_events_make_sense(world);
    }
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_a_year),
        cmocka_unit_test(even_in_the_worst_of_times),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
