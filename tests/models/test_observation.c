/* Mechanism 36, observation: who sees all writes the truth; nobody changes it; what is
 * lost and distorted is what the parameters say. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define ALL                                                                            \
    "mechanisms.observation=on", "observation.level=50", "observation.size=0",         \
        "observation.remote=0", "observation.own_account=0", "observation.umbrella=0", \
        "observation.unknown=0", "observation.error=0", "observation.rounded=0",       \
        "observation.to_town=0", "observation.late=0", "observation.least_deaths=0",   \
        "observation.known_only=off"

/* ---- the truth ---------------------------------------------------------------------- */

static void who_sees_all_writes_the_truth(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(SETS(ALL));
    const struct sahel_events *e = &sahel_of(world)->events;
    const struct sahel_observed *o = &sahel_of(world)->observed;
    size_t all = 0;
    for (int day = 0; day < 400; day++) {
        tiny_run(world, 1);
        assert_int_equal(o->base.n, e->base.n);
        all += e->base.n;
        for (size_t i = 0; i < e->base.n; i++) {
            assert_int_equal(o->event[i], e->id[i]);
            assert_int_equal(o->cell[i], e->cell[i]);
            assert_int_equal(o->date_told[i], e->date[i]);
            assert_int_equal(o->violence[i], e->violence[i]);
            assert_int_equal(o->kind[i], e->kind[i]);
            assert_int_equal(o->side_a[i], e->side_a[i]);
            assert_int_equal(o->side_b[i], e->side_b[i]);
            assert_int_equal(o->deaths_a[i], e->deaths_a[i]);
            assert_int_equal(o->deaths_b[i], e->deaths_b[i]);
            assert_int_equal(o->deaths_civilians[i], e->deaths_civilians[i]);
            assert_int_equal(o->deaths[i], e->deaths[i]);
            assert_true(o->moved_km[i] <= 0);
        }
    }
    assert_true(all > 100);
    sah_world_free(world);
}

static void assert_same_state(const struct sah_world *a, const struct sah_world *b) {
    assert_true(sah_digest_equal(sah_world_digest(a), sah_world_digest(b)));
    assert_int_equal(a->nblocks, b->nblocks);
    for (size_t i = 0; i < a->nblocks; i++)
        assert_memory_equal(a->block[i].data, b->block[i].data,
                            a->block[i].count * sah_type_size(a->block[i].type));
    for (size_t i = 0; i < a->nlogs; i++) {
        if (i == SAHEL_LOG_OBSERVED) continue;
        assert_false(a->logs[i].aside);
        assert_memory_equal(a->logs[i].chain, b->logs[i].chain, 2 * sizeof(uint64_t));
        assert_int_equal(a->logs[i].count, b->logs[i].count);
    }
}

/* Every series, ledger and field but those of the list itself. */
static void assert_same_results(const struct sah_world *a, const struct sah_world *b) {
    static double x[1 << 16], y[1 << 16];
    size_t seen = 0;
    for (const struct sah_observable *o = a->family->observables; o->name; o++) {
        size_t n = sah_observable_count(a, o);
        assert_true(n <= 1 << 16);
        o->read(a, x);
        o->read(b, y);
        if (strncmp(o->name, "observed", 8) == 0) continue;
        assert_memory_equal(x, y, n * sizeof *x);
        seen++;
    }
    assert_true(seen > 30);
}

static void the_truth_is_never_changed(void **state) {
    (void)state;
    struct sah_world *on = tiny_make(SETS("mechanisms.observation=on"));
    struct sah_world *off = tiny_make(SETS("mechanisms.observation=off"));
    for (int day = 0; day < 150; day++) {
        tiny_run(on, 1);
        tiny_run(off, 1);
        assert_same_results(on, off);
    }
    assert_same_state(on, off);
    assert_true(on->logs[SAHEL_LOG_OBSERVED].aside);
    assert_true(on->logs[SAHEL_LOG_OBSERVED].count > 30);
    assert_int_equal(off->logs[SAHEL_LOG_OBSERVED].count, 0);
    sah_world_free(on);
    sah_world_free(off);
}

/* ---- what is lost ------------------------------------------------------------------- */

struct seen {
    double events, records, records_deaths, deaths, late, at_town, unknown, umbrella;
    double km, town_km, round, above_ten, factions, nameless; /* of sides, these two */
};

static struct seen watch(int days, const char *const *sets) {
    struct sah_world *world = tiny_make(sets);
    const struct sahel *s = sahel_of(world);
    const struct sahel_observed *o = &s->observed;
    struct seen seen = {0};
    for (int day = 0; day < days; day++) {
        tiny_run(world, 1);
        seen.events += (double)s->events.base.n;
        for (size_t i = 0; i < s->events.base.n; i++)
            seen.deaths += s->events.deaths[i];
        for (size_t i = 0; i < o->base.n; i++) {
            seen.records++;
            seen.records_deaths += o->deaths[i];
            seen.late += o->date_told[i] > world->today;
            seen.at_town += o->where_prec[i] == 2;
            seen.unknown += o->side_a[i] < 0 || o->side_b[i] < 0;
            seen.umbrella += o->side_a[i] == TINY_LEAGUE || o->side_b[i] == TINY_LEAGUE;
            seen.factions += (o->side_a[i] < (int16_t)s->nfactions) +
                             (o->side_b[i] < (int16_t)s->nfactions);
            seen.nameless += (o->side_a[i] < 0) + (o->side_b[i] < 0);
            seen.km += (double)o->moved_km[i];
            seen.town_km += (double)o->town_km[i];
            seen.above_ten += o->deaths_civilians[i] > 10;
            seen.round +=
                o->deaths_civilians[i] > 10 && o->deaths_civilians[i] % 5 == 0;
        }
    }
    sah_world_free(world);
    return seen;
}

static void assert_share(double part, double all, double share) {
    assert_true(fabs(part - share * all) < 5 * sqrt(all * share * (1 - share)) + 1e-9);
}

/* At z = 0 every second event. */
static void half_is_reported_at_even_odds(void **state) {
    (void)state;
    struct seen seen = watch(200, SETS(ALL, "observation.level=0"));
    assert_share(seen.records, seen.events, 0.5);
    seen = watch(60, SETS(ALL, "observation.level=-50"));
    assert_true(seen.records <= 0);
}

static void what_is_remote_is_lost_first(void **state) {
    (void)state;
    struct seen near = watch(300, SETS(ALL, "observation.level=0"));
    struct seen far =
        watch(300, SETS(ALL, "observation.level=0", "observation.remote=5"));
    print_message("%g -> %g records, %.1f -> %.1f km\n", near.records, far.records,
                  near.town_km / near.records, far.town_km / far.records);
    assert_true(far.records < near.records && far.records > 20);
    assert_true(far.town_km / far.records < 0.8 * near.town_km / near.records);
}

static void what_is_small_is_lost_first(void **state) {
    (void)state;
    struct seen any = watch(1000, SETS(ALL, "observation.level=-2"));
    struct seen large =
        watch(1000, SETS(ALL, "observation.level=-3", "observation.size=2"));
    assert_true(large.records_deaths / large.records >
                1.3 * any.records_deaths / any.records);
}

static void an_event_needs_deaths_and_known_sides(void **state) {
    (void)state;
    struct seen all = watch(500, SETS(ALL, "observation.unknown=0.3"));
    assert_share(all.nameless, all.factions, 0.3);
    assert_true(all.nameless > 30);
    struct seen ruled =
        watch(500, SETS(ALL, "observation.unknown=0.3", "observation.known_only=on",
                        "observation.least_deaths=1"));
    assert_true(ruled.unknown <= 0);
    assert_true(ruled.records < all.records - all.unknown && ruled.records > 20);
}

/* ---- what is distorted -------------------------------------------------------------- */

static void members_go_by_the_umbrellas_name(void **state) {
    (void)state;
    struct seen members = watch(300, SETS(ALL));
    struct seen umbrella = watch(300, SETS(ALL, "observation.umbrella=1"));
    assert_true(members.umbrella <= 0); /* it has no fighters of its own */
    assert_true(umbrella.umbrella > 0.1 * umbrella.records);
    assert_true(fabs(umbrella.records - members.records) <= 0);
}

static void days_and_places_are_as_drawn(void **state) {
    (void)state;
    struct seen seen =
        watch(200, SETS(ALL, "observation.late=0.2", "observation.to_town=0.4"));
    assert_share(seen.late, seen.records, 0.2);
    assert_share(seen.at_town, seen.records, 0.4);
    assert_true(seen.km > 0);
    assert_true(seen.km / seen.at_town < 60);
}

static void numbers_are_rounded(void **state) {
    (void)state;
    struct seen exact = watch(1000, SETS(ALL, "attacks.civilian_base=20"));
    struct seen rounded =
        watch(1000, SETS(ALL, "attacks.civilian_base=20", "observation.rounded=1"));
    print_message("%g above ten, %g and %g round; %g told for %g\n", exact.above_ten,
                  exact.round, rounded.round, rounded.records_deaths, rounded.deaths);
    assert_true(exact.above_ten > 20 && exact.round < 0.5 * exact.above_ten);
    assert_true(rounded.round >= rounded.above_ten);
    /* no more are told than died, but for what rounding adds at random */
    assert_true(fabs(rounded.records_deaths / rounded.deaths - 1) < 0.05);
    assert_true(fabs(exact.records_deaths - exact.deaths) <= 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_sees_all_writes_the_truth),
        cmocka_unit_test(the_truth_is_never_changed),
        cmocka_unit_test(half_is_reported_at_even_odds),
        cmocka_unit_test(what_is_remote_is_lost_first),
        cmocka_unit_test(what_is_small_is_lost_first),
        cmocka_unit_test(an_event_needs_deaths_and_known_sides),
        cmocka_unit_test(members_go_by_the_umbrellas_name),
        cmocka_unit_test(days_and_places_are_as_drawn),
        cmocka_unit_test(numbers_are_rounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
