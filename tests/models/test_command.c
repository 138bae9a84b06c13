/* Mechanism 3, command pattern: what is heard, by whom, when, and what follows. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <string.h>

#define LEAGUE                                                             \
    "factions.league.from=2016-01-01", "factions.river.pledge=2016-01-01", \
        "factions.hills.pledge=2016-01-01"
#define SIGNAL "factions.river.signal=on"

static double echo(const struct sah_world *world, int faction, int kind) {
    return (double)sahel_of(world)->echo[faction * SAHEL_NKINDS + kind];
}

static int64_t small_attacks(const struct sah_world *world, int faction, int kind,
                             int most) {
    const struct sahel_events *e = &sahel_of(world)->events;
    int64_t n = 0;
    for (size_t i = 0; i < e->base.n; i++)
        n += e->side_a[i] == faction && e->kind[i] == kind && e->strength_a[i] <= most;
    return n;
}

/* The rule, written out a second time over the whole history. */
enum { DAYS = 120, LAG = 9 };

static double echo_by_hand(const double *count, int day) {
    double heard = 0;
    for (int then = 0; then <= day - LAG; then++)
        heard += count[then] * exp2(-(day - LAG - then) / 6.0);
    return 1 + 3 * heard / (heard + 2);
}

static void the_echo_is_that_of_the_rule(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make(SETS(LEAGUE, SIGNAL, "command.lag=9", "command.memory=6",
                       "command.gain=3", "command.half=2", "command.small=8"));
    double count[SAHEL_NKINDS][DAYS] = {0}, most = 1;
    for (int day = 0; day < DAYS; day++) {
        tiny_run(world, 1);
        for (int k = 0; k < SAHEL_NKINDS; k++) {
            count[k][day] = (double)small_attacks(world, TINY_RIVER, k, 8);
            double should = echo_by_hand(count[k], day);
            if (fabs(echo(world, TINY_HILLS, k) - should) > 1e-3)
                fail_msg("day %d, kind %d: %g, not %g", day, k,
                         echo(world, TINY_HILLS, k), should);
            if (should > most) most = should;
            assert_true(echo(world, TINY_RIVER, k) <= 1); /* not by itself */
            assert_true(echo(world, TINY_SAND, k) <= 1);  /* not of the bloc */
        }
    }
    assert_true(most > 1.5);
    sah_world_free(world);
}

static double loudest(const char *const *sets) {
    struct sah_world *world = tiny_make(sets);
    double most = 0;
    for (int day = 0; day < 90; day++) {
        tiny_run(world, 1);
        for (int f = 0; f < TINY_FACTIONS; f++)
            for (int k = 0; k < SAHEL_NKINDS; k++)
                if (echo(world, f, k) > most) most = echo(world, f, k);
    }
    sah_world_free(world);
    return most;
}

static void nothing_is_heard_without(void **state) {
    (void)state;
    assert_true(loudest(SETS(LEAGUE, SIGNAL)) > 1);
    assert_true(loudest(SETS(LEAGUE)) <= 1);
    assert_true(loudest(SETS(SIGNAL)) <= 1); /* pledged in July */
    assert_true(loudest(SETS(LEAGUE, SIGNAL, "command.gain=0")) <= 1);
    assert_true(loudest(SETS(LEAGUE, SIGNAL, "command.small=0")) <= 1);
    assert_true(loudest(SETS(LEAGUE, SIGNAL, "command.lag=100")) <= 1);
}

/* An echo is taken up by bands larger than a team: of an excess of 2, none by a team of
 * 6, half by 12, nine tenths by 60. */
static void the_echo_is_for_larger_attacks(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(NULL);
    struct sahel *s = sahel_of(world);
    assert_int_equal(s->team_size, 6);
    s->echo[TINY_HILLS * SAHEL_NKINDS + SAHEL_ASSAULT] = 3;
    const int32_t fighters[] = {3, 6, 12, 60};
    const double should[] = {1, 1, 2, 2.8};
    for (int k = 0; k < 4; k++)
        assert_true(fabs(sahel_echo(s, TINY_HILLS, SAHEL_ASSAULT, fighters[k]) -
                         should[k]) < 1e-6);
    assert_true(fabs(sahel_echo(s, TINY_HILLS, SAHEL_DEVICE, 60) - 1) < 1e-6);
    sah_world_free(world);
}

/* ---- signature: lead and lag --------------------------------------------------------- */

enum { WEEKS = 100, WINDOW = 4, LAG_WEEKS = 2 };

/* Differences from the mean of the weeks around: trend and season are gone. */
static void detrend(const double *count, double *out) {
    for (int w = 0; w < WEEKS; w++) {
        double sum = 0, n = 0;
        for (int v = w - WINDOW; v <= w + WINDOW; v++)
            if (v >= 0 && v < WEEKS) {
                sum += count[v];
                n++;
            }
        out[w] = count[w] - sum / n;
    }
}

static double correlation(const double *lead, const double *follow, int lag) {
    double xy = 0, xx = 0, yy = 0;
    for (int w = 0; w + lag < WEEKS; w++) {
        xy += lead[w] * follow[w + lag];
        xx += lead[w] * lead[w];
        yy += follow[w + lag] * follow[w + lag];
    }
    return xx > 0 && yy > 0 ? xy / sqrt(xx * yy) : 0;
}

static bool on_forces(int kind) {
    return kind <= SAHEL_COMPLEX;
}

/* Small attacks of the river on forces against larger ones of the hills. */
static void count_week(struct sah_world *world, double *small, double *large) {
    const struct sahel_events *e = &sahel_of(world)->events;
    for (int day = 0; day < 7; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < e->base.n; i++) {
            if (!on_forces(e->kind[i])) continue;
            *small += e->side_a[i] == TINY_RIVER && e->strength_a[i] <= 20;
            *large += e->side_a[i] == TINY_HILLS && e->strength_a[i] > 6;
        }
    }
}

static double lead_lag(struct sah_world *world) {
    double small[WEEKS] = {0}, large[WEEKS] = {0}, x[WEEKS], y[WEEKS];
    for (int w = 0; w < WEEKS; w++) count_week(world, &small[w], &large[w]);
    detrend(small, x);
    detrend(large, y);
    return correlation(x, y, LAG_WEEKS);
}

#define STEADY                                                                         \
    "mechanisms.recruitment=off", "mechanisms.foreign_force=off",                      \
        "mechanisms.displacement=off", "mechanisms.cohesion=off",                      \
        "mechanisms.leadership=off", "mechanisms.environment=off", "treasury.leave=0", \
        "treasury.leave_arrears=0", "attacks.fire_back=0", "attacks.rivalry=0",        \
        "attacks.device_dead=0", "attacks.indirect_dead=0", "attacks.fire=0",          \
        "forces.north.patrol_rate=0", "forces.south.patrol_rate=0",                    \
        "forces.east.patrol_rate=0", "factions.river.device_share=1",                  \
        "factions.hills.device_share=1", "factions.river.civilian_share=0",            \
        "factions.hills.civilian_share=0", "command.lag=11", "command.memory=2",       \
        "command.gain=20", "command.half=4", "bands.rooted=1",                         \
        "factions.river.strength=50", "factions.hills.strength=900"

static void small_attacks_lead_larger_ones(void **state) {
    (void)state;
    const char *const *off = SETS(STEADY, LEAGUE, SIGNAL, "mechanisms.command=off");
    const char *const *on = SETS(STEADY, LEAGUE, SIGNAL);
    struct tiny_contrast c = tiny_pair(lead_lag, off, on, 28);
    tiny_assert_above("command off -> on: lead-lag correlation", c, 5);
    assert_true(fabs(c.mean_a) < 0.15);
    assert_true(c.mean_b > 0.1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_echo_is_that_of_the_rule),
        cmocka_unit_test(nothing_is_heard_without),
        cmocka_unit_test(the_echo_is_for_larger_attacks),
        cmocka_unit_test(small_attacks_lead_larger_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
