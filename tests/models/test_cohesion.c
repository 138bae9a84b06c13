/* Mechanism 2, cohesion: what strains factions, who leaves, with what, and who returns. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <string.h>

#define NO_STRAIN                                                         \
    "cohesion.arrears=0", "cohesion.leadership=0", "cohesion.distance=0", \
        "cohesion.variety=0"
#define NO_TURNS \
    "cohesion.split=0", "cohesion.leave=0", "cohesion.mend=0", "cohesion.defect=0"
#define AT_ONCE "cohesion.half_life=1"

static const double share_of_five_days = 1 - 1.0 / 32; /* at a half-life of one day */

static struct sah_world *alone(const char *const *sets) {
    const char *all[48] = {"mechanisms.cohesion=on", AT_ONCE};
    size_t n = 2;
    for (; sets && *sets; sets++) all[n++] = *sets;
    all[n] = NULL;
    return tiny_make_still(all);
}

static double held(const struct sah_world *world, int faction) {
    return (double)sahel_of(world)->cohesion[faction];
}
static void assert_near(double is, double should) {
    if (fabs(is - should) > 1e-4) fail_msg("%g, not %g", is, should);
}

static size_t left_by(const struct sah_world *world, int faction, int exit) {
    const struct sahel *s = sahel_of(world);
    return (size_t)s->left_faction[(size_t)exit * s->nfactions + (size_t)faction];
}
static size_t came_to(const struct sah_world *world, int faction, int exit) {
    const struct sahel *s = sahel_of(world);
    return (size_t)s->came_faction[(size_t)exit * s->nfactions + (size_t)faction];
}

/* ---- what strains -------------------------------------------------------------------- */

static void without_strain_nothing_happens(void **state) {
    (void)state;
    struct sah_world *world = alone(
        SETS(NO_STRAIN, "cohesion.split=1", "cohesion.leave=1", "cohesion.defect=1"));
    tiny_run(world, 100);
    for (int f = 0; f < TINY_FACTIONS; f++) assert_near(held(world, f), 1);
    assert_int_equal(tiny_fighters(world, TINY_EMBERS), 0);
    sah_world_free(world);
}

static void each_strain_by_hand(void **state) {
    (void)state;
    struct sah_world *world =
        alone(SETS(NO_TURNS, "cohesion.arrears=0", "cohesion.leadership=0",
                   "cohesion.variety=0", "cohesion.distance=0.5", "cohesion.far=100"));
    tiny_clear_bands(world);
    int32_t a = tiny_cell(world, "Gao"), b = tiny_cell(world, "Djibo");
    tiny_add_band(world, TINY_RIVER, a, 40);
    tiny_add_band(world, TINY_RIVER, b, 40);
    tiny_run(world, 1);
    double lon = (sah_grid_lon(&world->grid, a) + sah_grid_lon(&world->grid, b)) / 2;
    double lat = (sah_grid_lat(&world->grid, a) + sah_grid_lat(&world->grid, b)) / 2;
    double to_a = sah_distance_km(lon, lat, sah_grid_lon(&world->grid, a),
                                  sah_grid_lat(&world->grid, a));
    double to_b = sah_distance_km(lon, lat, sah_grid_lon(&world->grid, b),
                                  sah_grid_lat(&world->grid, b));
    double km = (to_a + to_b) / 2;
    assert_near(held(world, TINY_RIVER),
                1 - share_of_five_days * 0.5 * km / (km + 100));
    sah_world_free(world);

    world =
        alone(SETS(NO_TURNS, "cohesion.arrears=0", "cohesion.leadership=0",
                   "cohesion.distance=0", "cohesion.variety=0.5",
                   "factions.sand.profile={fulani: 0.6, tuareg: 0.3, songhai: 0.1}"));
    tiny_run(world, 1);
    assert_near(held(world, TINY_SAND),
                1 - share_of_five_days * 0.5 * (1 - (0.36 + 0.09 + 0.01)));
    sah_world_free(world);

    world = alone(SETS(NO_TURNS, NO_STRAIN, "cohesion.arrears=0.5", "treasury.pay=3",
                       "factions.hills.reserve=0"));
    tiny_run(world, 201);
    double owed = (double)sahel_of(world)->arrears[TINY_HILLS];
    assert_true(owed > 0.5);
    if (fabs(held(world, TINY_HILLS) - (1 - 0.5 * owed)) > 0.01)
        fail_msg("%g at arrears %g", held(world, TINY_HILLS), owed);
    sah_world_free(world);
}

/* A loss of leaders is felt at once, and while it lasts. */
static void leaders_lost_cost_cohesion(void **state) {
    (void)state;
    struct sah_world *world = alone(
        SETS(NO_TURNS, NO_STRAIN, "cohesion.leadership=0.5", "cohesion.half_life=3000",
             "mechanisms.leadership=on", "leadership.succession=3000",
             "timeline=[{date: 2016-01-03, what: factions.river.leader, to: 0.2}]"));
    tiny_run(world, 6);
    assert_true(fabs(held(world, TINY_RIVER) - (1 - 0.5 * 0.8)) < 0.01);
    assert_near(held(world, TINY_HILLS), 1);
    sah_world_free(world);
}

/* Under an umbrella: with no weight on local interest nothing strains, with all of it
 * the umbrella does not help. */
#define MEMBER  "factions.river.pledge=2016-01-01"
#define LEAGUE0 "factions.league.from=2016-01-01"
static double in_league(const char *autonomy, const char *pledge) {
    struct sah_world *world =
        alone(SETS(NO_TURNS, "mechanisms.pledges=on", autonomy, pledge));
    tiny_run(world, 31);
    double is = held(world, TINY_RIVER);
    sah_world_free(world);
    return is;
}

static void command_weighs_against_local_interest(void **state) {
    (void)state;
    double own = in_league("cohesion.autonomy=0.5", "factions.river.pledge=2018-01-01");
    assert_near(in_league("cohesion.autonomy=1", MEMBER), own);
    assert_near(in_league("cohesion.autonomy=0", MEMBER), 1);
    assert_near(in_league("cohesion.autonomy=0.5", MEMBER), (1 + own) / 2);
    assert_true(own < 0.9);
}

/* ---- splits -------------------------------------------------------------------------- */

#define FRAIL                                                          \
    "cohesion.variety=1", "cohesion.arrears=1", "cohesion.distance=1", \
        "cohesion.far=1", "cohesion.threshold=1", "cohesion.split=1",  \
        "cohesion.defect=0", "cohesion.leave=0", "cohesion.mend=0"

/* River stands at Gao and, far from there, at Djibo. */
static struct sah_world *stretched(const char *const *sets) {
    struct sah_world *world = alone(sets);
    tiny_clear_bands(world);
    for (int k = 0; k < 6; k++)
        tiny_add_band(world, TINY_RIVER, tiny_cell(world, "Gao"), 20);
    for (int k = 0; k < 2; k++)
        tiny_add_band(world, TINY_RIVER, tiny_cell(world, "Djibo"), 15);
    return world;
}

static void run_to(struct sah_world *world, int month) {
    while (world->today < sah_day_of((struct sah_date){2016, month, 1}))
        tiny_run(world, 1);
}

static void the_far_part_breaks_away(void **state) {
    (void)state;
    struct sah_world *world = stretched(SETS(FRAIL, "cohesion.resentment=-0.3"));
    const struct sahel *s = sahel_of(world);
    tiny_run(world, 1); /* the first of January */
    assert_int_equal(tiny_fighters(world, TINY_RIVER), 120);
    assert_int_equal(tiny_fighters(world, TINY_EMBERS), 30);
    for (size_t i = 0; i < s->bands.base.n; i++)
        assert_int_equal(s->bands.faction[i] == TINY_EMBERS,
                         s->bands.cell[i] == tiny_cell(world, "Djibo"));
    assert_int_equal(s->line[TINY_EMBERS], TINY_RIVER);
    assert_int_equal(s->active[TINY_EMBERS], 1);
    assert_memory_equal(s->affinity + TINY_EMBERS * s->ngroups,
                        s->affinity + TINY_RIVER * s->ngroups,
                        s->ngroups * sizeof *s->affinity);
    assert_near((double)sahel_stance(s, TINY_EMBERS, TINY_RIVER), -0.3);
    assert_near((double)sahel_stance(s, TINY_RIVER, TINY_EMBERS), -0.3);
    assert_near((double)sahel_stance(s, TINY_EMBERS, TINY_SAND), -1);
    assert_near((double)sahel_stance(s, TINY_EMBERS, TINY_EMBERS),
                (double)sahel_stance(s, TINY_RIVER, TINY_RIVER));
    assert_int_equal(left_by(world, TINY_RIVER, SAHEL_EXIT_SPLIT_OFF), 30);
    assert_int_equal(came_to(world, TINY_EMBERS, SAHEL_EXIT_SPLIT_OFF), 30);
    assert_int_equal(s->sum[SAHEL_SUM_LEFT], 0);
    /* a fifth of two millions */
    assert_int_equal(s->treasury[TINY_EMBERS], 40000000);
    assert_int_equal(s->treasury[TINY_RIVER], 160000000);
    tiny_verify(world);
    sah_world_free(world);
}

/* The one turn of today. */
static void assert_turn(const struct sah_world *world, int kind, int a, int b,
                        int fighters) {
    const struct sahel_allegiances *all = &sahel_of(world)->allegiances;
    assert_int_equal(all->base.n, 1);
    assert_int_equal(all->kind[0], kind);
    assert_int_equal(all->side_a[0], a);
    assert_int_equal(all->side_b[0], b);
    assert_int_equal(all->fighters[0], fighters);
}

static void a_split_is_told_with_its_cause(void **state) {
    (void)state;
    struct sah_world *world = stretched(SETS(FRAIL));
    tiny_run(world, 1);
    assert_turn(world, SAHEL_TURN_SPLIT, TINY_EMBERS, TINY_RIVER, 30);
    assert_int_equal(sahel_of(world)->allegiances.cause[0], SAHEL_BY_DISTANCE);
    sah_world_free(world);
}

static int64_t splinters(const char *set, const char *set2) {
    struct sah_world *world = stretched(SETS(FRAIL, set, set2));
    run_to(world, 4);
    int64_t fighters = tiny_fighters(world, TINY_EMBERS);
    assert_int_equal(tiny_fighters(world, -1), 150);
    tiny_verify(world);
    sah_world_free(world);
    return fighters;
}

static void no_split_without(void **state) {
    (void)state;
    assert_int_equal(splinters("cohesion.split=1", "cohesion.least=30"), 30);
    assert_int_equal(splinters("cohesion.split=0", "cohesion.least=30"), 0);
    assert_int_equal(splinters("cohesion.threshold=0", "cohesion.least=30"), 0);
    assert_int_equal(splinters("cohesion.split=1", "cohesion.least=31"), 0);
    /* no free row */
    assert_int_equal(splinters("factions.embers.splinter=off", "cohesion.least=1"), 0);
}

static void nobody_stands_apart_nobody_splits(void **state) {
    (void)state;
    struct sah_world *world = alone(SETS(FRAIL, "cohesion.least=1"));
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_RIVER, tiny_cell(world, "Gao"), 50);
    tiny_add_band(world, TINY_RIVER, tiny_cell(world, "Gao"), 50);
    run_to(world, 4);
    assert_int_equal(tiny_fighters(world, TINY_EMBERS), 0);
    sah_world_free(world);
}

static int pledge_of_splinter(const char *kept) {
    struct sah_world *world = stretched(
        SETS(FRAIL, "mechanisms.pledges=on", MEMBER, LEAGUE0, kept, "cohesion.split=0",
             "timeline=[{date: 2016-01-10, what: cohesion.split, to: 1}]"));
    run_to(world, 2);
    const struct sahel *s = sahel_of(world);
    assert_true(tiny_fighters(world, TINY_EMBERS) > 0);
    assert_int_equal(s->bloc[TINY_EMBERS],
                     s->pledged[TINY_EMBERS] < 0 ? TINY_EMBERS : TINY_LEAGUE);
    int pledged = s->pledged[TINY_EMBERS];
    sah_world_free(world);
    return pledged;
}

static void a_splinter_keeps_its_pledge_or_not(void **state) {
    (void)state;
    assert_int_equal(pledge_of_splinter("cohesion.pledge_kept=1"), TINY_LEAGUE);
    assert_int_equal(pledge_of_splinter("cohesion.pledge_kept=0"), -1);
}

/* What it left mends: it returns with people and money, and its row is free. */
static void a_splinter_returns(void **state) {
    (void)state;
    struct sah_world *world =
        stretched(SETS("cohesion.variety=1", "cohesion.distance=1", "cohesion.far=1",
                       "cohesion.threshold=1", "cohesion.split=1", "cohesion.defect=0",
                       "cohesion.leave=0", "cohesion.mend=1", "cohesion.mended=0.7",
                       "timeline=[{date: 2016-01-10, what: cohesion.distance, to: 0},"
                       "{date: 2016-01-10, what: cohesion.variety, to: 0}]"));
    const struct sahel *s = sahel_of(world);
    run_to(world, 1);
    assert_int_equal(tiny_fighters(world, TINY_EMBERS), 30);
    run_to(world, 2);
    assert_turn(world, SAHEL_TURN_REJOIN, TINY_EMBERS, TINY_RIVER, 30);
    assert_int_equal(tiny_fighters(world, TINY_EMBERS), 0);
    assert_int_equal(tiny_fighters(world, TINY_RIVER), 150);
    assert_int_equal(left_by(world, TINY_EMBERS, SAHEL_EXIT_REJOINED), 30);
    assert_int_equal(came_to(world, TINY_RIVER, SAHEL_EXIT_REJOINED), 30);
    assert_int_equal(s->treasury[TINY_EMBERS], 0);
    assert_int_equal(s->treasury[TINY_RIVER], 200000000);
    assert_int_equal(s->active[TINY_EMBERS], 0);
    assert_int_equal(s->line[TINY_EMBERS], TINY_EMBERS);
    tiny_verify(world);
    sah_world_free(world);
}

/* A member leaves a weak umbrella and returns to a mended one. */
static void members_leave_and_return(void **state) {
    (void)state;
    struct sah_world *world = alone(SETS(
        NO_STRAIN, "cohesion.distance=1", "cohesion.far=1", "cohesion.split=0",
        "cohesion.threshold=1", "cohesion.leave=1", "cohesion.mend=0",
        "cohesion.mended=0.7", "cohesion.defect=0", "cohesion.autonomy=1",
        "mechanisms.pledges=on", MEMBER, "factions.hills.pledge=2016-01-01", LEAGUE0,
        "timeline=[{date: 2016-03-10, what: cohesion.distance, to: 0},"
        "{date: 2016-03-10, what: cohesion.mend, to: 1}]"));
    const struct sahel *s = sahel_of(world);
    run_to(world, 1);
    assert_int_equal(s->pledged[TINY_RIVER], TINY_LEAGUE);
    run_to(world, 3);
    assert_int_equal(s->pledged[TINY_RIVER], -1);
    assert_int_equal(s->bloc[TINY_RIVER], TINY_RIVER);
    run_to(world, 4);
    assert_int_equal(s->pledged[TINY_RIVER], TINY_LEAGUE);
    assert_int_equal(s->bloc[TINY_RIVER], TINY_LEAGUE);
    sah_world_free(world);
}

/* ---- defections ---------------------------------------------------------------------- */

static struct sah_world *side_by_side(const char *defect, const char *fights) {
    struct sah_world *world =
        alone(SETS(NO_STRAIN, "cohesion.variety=1", "cohesion.split=0",
                   "cohesion.leave=0", "cohesion.half_life=3000", defect, fights));
    tiny_clear_bands(world);
    int32_t cell = tiny_cell(world, "Gao");
    for (int k = 0; k < 20; k++) tiny_add_band(world, TINY_RIVER, cell, 50);
    for (int k = 0; k < 20; k++) tiny_add_band(world, TINY_SAND, cell, 50);
    return world;
}

/* The expected number by hand: both sides equal, at war, cohesion 0.6, influence of the
 * evening before: half of those felt are rivals. */
static void defections_by_hand(void **state) {
    (void)state;
    struct sah_world *world =
        side_by_side("cohesion.defect=0.02", "factions.sand.fights_state=1");
    struct sahel *s = sahel_of(world);
    tiny_run(world, 1);
    s->cohesion[TINY_RIVER] = 0.6F;
    s->cohesion[TINY_SAND] = 1;
    int64_t n = tiny_fighters(world, TINY_RIVER);
    size_t days = 40;
    double gone = 0, expected = 0;
    for (size_t k = 0; k < days; k++) {
        size_t cells = (size_t)world->grid.ncells, c = (size_t)tiny_cell(world, "Gao");
        double share =
            (double)(s->influence[TINY_SAND * cells + c] / s->fighters_felt[c]);
        expected += 0.02 * (1 - (double)s->cohesion[TINY_RIVER]) * share *
                    (double)tiny_fighters(world, TINY_RIVER);
        tiny_run(world, 1);
        s->cohesion[TINY_SAND] = 1;
        gone += (double)left_by(world, TINY_RIVER, SAHEL_EXIT_DEFECTED);
        assert_int_equal(left_by(world, TINY_RIVER, SAHEL_EXIT_DEFECTED),
                         came_to(world, TINY_SAND, SAHEL_EXIT_DEFECTED));
        assert_int_equal(left_by(world, TINY_SAND, SAHEL_EXIT_DEFECTED), 0);
    }
    print_message("went over: %g, expected %g\n", gone, expected);
    assert_true(fabs(gone - expected) < 4 * sqrt(expected));
    assert_int_equal(tiny_fighters(world, TINY_RIVER), n - (int64_t)gone);
    assert_int_equal(tiny_fighters(world, -1), 2000);
    tiny_verify(world);
    sah_world_free(world);
}

static int64_t went_over(const char *defect, const char *fights) {
    struct sah_world *world = side_by_side(defect, fights);
    tiny_run(world, 60);
    int64_t gone = 0;
    const struct sahel *s = sahel_of(world);
    for (int k = 0; k < 30; k++) {
        tiny_run(world, 1);
        for (size_t f = 0; f < s->nfactions; f++)
            gone += s->left_faction[SAHEL_EXIT_DEFECTED * s->nfactions + f];
    }
    assert_int_equal(tiny_fighters(world, -1), 2000);
    tiny_verify(world);
    sah_world_free(world);
    return gone;
}

static void nobody_goes_over_without(void **state) {
    (void)state;
#define FIGHTS "factions.sand.fights_state=1"
#define LOYAL  "factions.sand.fights_state=0"
#define ALLIED "factions.sand.stances={river: 1}"
    assert_true(went_over("cohesion.defect=0.5", FIGHTS) > 0);
    assert_int_equal(went_over("cohesion.defect=0", FIGHTS), 0);
    assert_int_equal(went_over("cohesion.defect=0.5", LOYAL), 0);
    assert_int_equal(went_over("cohesion.defect=0.5", ALLIED), 0);
}

/* ---- signature ----------------------------------------------------------------------- */

/* Lower cohesion: more and smaller factions, members leak to the rival. Nobody joins,
 * dies or gives up here, so that all are there to be counted. */
enum { NUMBER, SIZE, LEAKED };

#define LOOSE                                                                          \
    "cohesion.threshold=0.9", "cohesion.split=0.02", "cohesion.defect=0.05",           \
        "cohesion.least=12", "mechanisms.attacks=off", "mechanisms.foreign_force=off", \
        "treasury.leave=0", "treasury.leave_arrears=0", "forces.north.patrol_rate=0",  \
        "forces.south.patrol_rate=0", "forces.east.patrol_rate=0",                     \
        "forces.partner.patrol_rate=0", "forces.mission.patrol_rate=0",                \
        "factions.sand.homes=[Gao, Djibo]", "mechanisms.recruitment=off"

static void outcome(struct sah_world *world, double o[TINY_MEASURES]) {
    const struct sahel *s = sahel_of(world);
    for (int k = 0; k < 400; k++) {
        tiny_run(world, 1);
        for (size_t f = 0; f < s->nfactions; f++)
            o[LEAKED] +=
                (double)s->left_faction[SAHEL_EXIT_DEFECTED * s->nfactions + f];
    }
    for (int f = 0; f < TINY_FACTIONS; f++) o[NUMBER] += tiny_fighters(world, f) > 0;
    o[SIZE] = o[NUMBER] > 0 ? (double)tiny_fighters(world, -1) / o[NUMBER] : 0;
}

static void lower_cohesion_splits_and_leaks(void **state) {
    (void)state;
    struct tiny_sample firm = tiny_sample(outcome, SETS(NO_STRAIN, LOOSE), 20);
    struct tiny_sample frail = tiny_sample(
        outcome, SETS("cohesion.variety=0.9", "cohesion.distance=0.9", LOOSE), 20);
    tiny_assert_above("factions", tiny_compare(&firm, &frail, NUMBER), 5);
    tiny_assert_below("fighters of a faction", tiny_compare(&firm, &frail, SIZE), 5);
    tiny_assert_above("went over to a rival", tiny_compare(&firm, &frail, LEAKED), 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_strain_nothing_happens),
        cmocka_unit_test(each_strain_by_hand),
        cmocka_unit_test(leaders_lost_cost_cohesion),
        cmocka_unit_test(command_weighs_against_local_interest),
        cmocka_unit_test(the_far_part_breaks_away),
        cmocka_unit_test(a_split_is_told_with_its_cause),
        cmocka_unit_test(no_split_without),
        cmocka_unit_test(nobody_stands_apart_nobody_splits),
        cmocka_unit_test(a_splinter_keeps_its_pledge_or_not),
        cmocka_unit_test(a_splinter_returns),
        cmocka_unit_test(members_leave_and_return),
        cmocka_unit_test(defections_by_hand),
        cmocka_unit_test(nobody_goes_over_without),
        cmocka_unit_test(lower_cohesion_splits_and_leaks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
