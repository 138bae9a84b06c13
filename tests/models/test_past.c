/* Mechanism 37, observed past: bands go where their camp was seen, people hear of it, and
 * after the last known month nothing happens. */
#include "models/registry.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Dori's cell of PRIO-GRID, seen in January 2016; the world begins on its first day. */
#define DORI "150120"
static const double DORI_LON = -0.25, DORI_LAT = 14.25;
#define SEEN(acts)                                                                  \
    "record=[{name: m2016-01, from: 2016-01-01, acts: {" acts "}, deaths: {\"" DORI \
    "\": 40}, harm: {\"insurgents@" DORI "\": 9, \"forces@" DORI "\": 5}}]"
#define RIVAL "\"islamic_state@" DORI "\": 500"
#define FOUR  "\"islamic_state@" DORI "\": 4"
#define ON    "mechanisms.past=on", "past.until=2016-01-31", "past.pull=1"

static int32_t dori(const struct sah_world *world) {
    assert_int_equal(sah_priogrid(DORI_LON, DORI_LAT), 150120);
    return sah_grid_cell(&world->grid, DORI_LON, DORI_LAT);
}

/* Share of a faction's fighters within the reach of influence of Dori. */
static double near_dori(const struct sah_world *world, int faction) {
    const struct sahel_bands *b = &sahel_of(world)->bands;
    double all = 0, near = 0;
    for (size_t i = 0; i < b->base.n; i++) {
        if (b->faction[i] != faction) continue;
        all += b->fighters[i];
        if (sah_grid_distance_km(&world->grid, b->cell[i], dori(world)) <= 61)
            near += b->fighters[i];
    }
    return all > 0 ? near / all : 0;
}

static void bands_go_where_their_camp_was_seen(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(ON, SEEN(RIVAL)));
    int64_t fighters = tiny_fighters(world, -1);
    tiny_run(world, 31);
    assert_true(near_dori(world, TINY_SAND) == 0);
    double river = near_dori(world, TINY_RIVER), hills = near_dori(world, TINY_HILLS);
    tiny_run(world, 1);
    assert_true(near_dori(world, TINY_SAND) == 1);
    assert_true(near_dori(world, TINY_RIVER) == river);
    assert_true(near_dori(world, TINY_HILLS) == hills);
    assert_int_equal(tiny_fighters(world, -1), fighters);
    const struct sahel_bands *b = &sahel_of(world)->bands;
    for (size_t i = 0; i < b->base.n; i++)
        if (b->faction[i] == TINY_SAND) {
            assert_int_not_equal(b->home[i], b->cell[i]); /* it may drift back */
            assert_true(b->embedded[i] >= 0.39f);
        }
    tiny_verify(world);
    sah_world_free(world);
}

static double moved(const char *pull, const char *until, const char *record,
                    const char *seed) {
    struct sah_world *world =
        tiny_make_still(SETS("mechanisms.past=on", until, pull, record, seed));
    tiny_run(world, 62);
    double share = near_dori(world, TINY_SAND);
    sah_world_free(world);
    return share;
}

static void pull_is_a_chance(void **state) {
    (void)state;
    const char *until = "past.until=2016-01-31", *acts = SEEN(RIVAL),
               *seed = "run.seed=1";
    assert_true(moved("past.pull=0", until, acts, seed) == 0);
    double half = moved("past.pull=0.5", until, acts, seed);
    assert_true(half > 0.2 && half < 0.8); /* some twenty teams */
    assert_true(moved("past.pull=1", until, acts, seed) == 1);
    assert_true(moved("past.pull=1", "past.until=2015-12-31", acts, seed) == 0);
}

/* Four of some twenty teams, and in February, of which nothing is told, none. */
static void an_act_calls_a_band(void **state) {
    (void)state;
    enum { SEEDS = 12 };
    double share = 0;
    for (int k = 0; k < SEEDS; k++) {
        char seed[24];
        snprintf(seed, sizeof seed, "run.seed=%d", k + 1);
        share +=
            moved("past.pull=1", "past.until=2016-02-29", SEEN(FOUR), seed) / SEEDS;
    }
    print_message("share of fighters that four acts called: %g\n", share);
    assert_true(share > 0.1 && share < 0.4);
}

/* Of one camp, most of who is at home there: Djibo's hills against Gao's river. */
static void acts_of_a_camp_are_shared_by_kin_and_distance(void **state) {
    (void)state;
    const char *acts = "record=[{name: m, from: 2016-01-01, acts: "
                       "{\"al_qaeda@149397\": 500, \"al_qaeda@152280\": 500}}]";
    struct sah_world *world = tiny_make_still(SETS(ON, acts));
    assert_int_equal(sah_priogrid(-1.75, 13.75), 149397); /* south of Djibo */
    assert_int_equal(sah_priogrid(-0.25, 15.75), 152280); /* south of Gao */
    int32_t south = sah_grid_cell(&world->grid, -1.75, 13.75);
    double at[TINY_FACTIONS] = {0}, all[TINY_FACTIONS] = {0};
    tiny_run(world, 32);
    const struct sahel_bands *b = &sahel_of(world)->bands;
    for (size_t i = 0; i < b->base.n; i++) {
        all[b->faction[i]]++;
        at[b->faction[i]] +=
            sah_grid_distance_km(&world->grid, b->cell[i], south) <= 61;
    }
    assert_true(at[TINY_HILLS] / all[TINY_HILLS] >
                at[TINY_RIVER] / all[TINY_RIVER] + 0.2);
    sah_world_free(world);
}

static double fear_at_dori(const struct sah_world *world, const float *fear) {
    const struct sahel_communities *c = &sahel_of(world)->communities;
    double sum = 0, people = 0;
    for (size_t i = 0; i < c->base.n; i++)
        if (c->cell[i] == dori(world)) {
            sum += (double)fear[i] * c->people[i];
            people += c->people[i];
        }
    assert_true(people > 0);
    return sum / people;
}

static void people_hear_of_harm_and_remember_deaths(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(ON, SEEN(RIVAL)));
    struct sah_world *other = tiny_make_still(SETS("mechanisms.past=off", SEEN(RIVAL)));
    tiny_run(world, 33);
    tiny_run(other, 33);
    const struct sahel *s = sahel_of(world), *o = sahel_of(other);
    assert_true(fear_at_dori(world, s->communities.fear_insurgent) >
                fear_at_dori(other, o->communities.fear_insurgent) + 0.01);
    assert_true(fear_at_dori(world, s->communities.fear_state) >
                fear_at_dori(other, o->communities.fear_state) + 0.005);
    assert_true(s->violence[dori(world)] > 20);
    assert_true(o->violence[dori(world)] <= 0);
    sah_world_free(world);
    sah_world_free(other);
}

static void off_means_off(void **state) {
    (void)state;
    struct sah_world *off = tiny_make(SETS("mechanisms.past=off", SEEN(RIVAL)));
    struct sah_world *without = tiny_make(NULL);
    tiny_run(off, 60);
    tiny_run(without, 60);
    char a[33], b[33];
    sah_digest_text(sah_world_digest(off), a);
    sah_digest_text(sah_world_digest(without), b);
    assert_string_equal(a, b);
    sah_world_free(off);
    sah_world_free(without);
}

static void names_that_mean_nothing_are_told(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "acts: {\"somebody@150120\": 1}", "acts: {\"150120\": 1}",
        "acts: {\"al_qaeda@Dori\": 1}",   "acts: {\"al_qaeda@999999\": 1}",
        "deaths: {\"forces@150120\": 1}", "harm: {\"al_qaeda@150120\": 1}",
        "harm: {\"forces@\": 1}",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char set[160];
        struct sah_error err = {0};
        struct sah_scenario *scenario = NULL;
        struct sah_world *world = NULL;
        struct sah_world_request request = {.families = sah_families,
                                            .nfamilies = sah_family_count()};
        snprintf(set, sizeof set, "record=[{name: m, from: 2016-01-01, %s}]", wrong[i]);
        const char *const sets[] = {set};
        const char *text = tiny_scenario();
        assert_int_equal(sah_scenario_parse("tiny.yaml", text, strlen(text), sets, 1,
                                            &scenario, &err),
                         SAH_OK);
        assert_true(sah_world_create(scenario, &request, &world, &err) != SAH_OK);
        assert_non_null(strstr(err.text, "must be a number of PRIO-GRID"));
        sah_error_clear(&err);
        sah_world_free(world);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bands_go_where_their_camp_was_seen),
        cmocka_unit_test(pull_is_a_chance),
        cmocka_unit_test(an_act_calls_a_band),
        cmocka_unit_test(acts_of_a_camp_are_shared_by_kin_and_distance),
        cmocka_unit_test(people_hear_of_harm_and_remember_deaths),
        cmocka_unit_test(off_means_off),
        cmocka_unit_test(names_that_mean_nothing_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
