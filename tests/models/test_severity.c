/* Mechanism 13, severity: bands gather and scatter, fighters stay as many. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

static struct sah_world *still_but(const char *scatter) {
    return tiny_make_still(SETS("mechanisms.severity=on", "severity.rate=0.2",
                                "severity.range=2000", scatter));
}

static int32_t largest(const struct sah_world *world) {
    const struct sahel_bands *b = &sahel_of(world)->bands;
    int32_t most = 0;
    for (size_t i = 0; i < b->base.n; i++)
        if (b->fighters[i] > most) most = b->fighters[i];
    return most;
}

static void scattering_alone_leaves_teams(void **state) {
    (void)state;
    struct sah_world *world = still_but("severity.scatter=1");
    tiny_add_band(world, TINY_SAND, tiny_cell(world, "Gao"), 100);
    int64_t fighters = tiny_fighters(world, -1);
    tiny_run(world, 20);
    assert_true(largest(world) < 12);
    assert_int_equal(tiny_fighters(world, -1), fighters);
    tiny_verify(world);
    sah_world_free(world);
}

static void gathering_alone_leaves_one_band_a_faction(void **state) {
    (void)state;
    struct sah_world *world = still_but("severity.scatter=0");
    int64_t of[TINY_FACTIONS];
    for (int f = 0; f < TINY_FACTIONS; f++) of[f] = tiny_fighters(world, f);
    tiny_run(world, 200);
    const struct sahel_bands *b = &sahel_of(world)->bands;
    assert_int_equal(b->base.n, 3);
    for (size_t i = 0; i < b->base.n; i++)
        assert_int_equal(b->fighters[i], of[b->faction[i]]);
    tiny_verify(world);
    sah_world_free(world);
}

static void a_rate_of_zero_changes_nothing(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS("mechanisms.severity=on", "severity.rate=0"));
    size_t bands = sahel_of(world)->bands.base.n;
    tiny_run(world, 100);
    assert_int_equal(sahel_of(world)->bands.base.n, bands);
    sah_world_free(world);
}

static void bands_beyond_reach_do_not_join(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS("mechanisms.severity=on", "severity.rate=1",
                             "severity.scatter=0", "severity.range=50"));
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_SAND, tiny_cell(world, "Gao"), 20);
    tiny_add_band(world, TINY_SAND, tiny_cell(world, "Djibo"), 20);
    tiny_run(world, 50);
    assert_int_equal(sahel_of(world)->bands.base.n, 2);
    sah_world_free(world);
}

/* Signature: with gathering the tail of sizes, and so of events, is fat: size-weighted
 * mean size against the mean. */
static double tail(struct sah_world *world) {
    const struct sahel_bands *b = &sahel_of(world)->bands;
    double sum = 0;
    for (int day = 0; day < 200; day++) {
        double n = 0, fighters = 0, square = 0;
        tiny_run(world, 1);
        for (size_t i = 0; i < b->base.n; i++) {
            n++;
            fighters += b->fighters[i];
            square += (double)b->fighters[i] * b->fighters[i];
        }
        if (fighters > 0) sum += square * n / (fighters * fighters) / 200;
    }
    return sum;
}

static void gathering_fattens_the_tail(void **state) {
    (void)state;
    const char *const *off =
        SETS("mechanisms.severity=off", "mechanisms.recruitment=off");
    tiny_assert_above("severity off -> on: inequality of band sizes",
                      tiny_pair(tail, off, SETS("mechanisms.recruitment=off"), 10), 5);
}

static void the_tail_with_recruits(void **state) {
    (void)state;
    tiny_assert_above("severity off -> on, with recruits: inequality of band sizes",
                      tiny_pair(tail, SETS("mechanisms.severity=off"), NULL, 10), 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scattering_alone_leaves_teams),
        cmocka_unit_test(gathering_alone_leaves_one_band_a_faction),
        cmocka_unit_test(a_rate_of_zero_changes_nothing),
        cmocka_unit_test(bands_beyond_reach_do_not_join),
        cmocka_unit_test(gathering_fattens_the_tail),
        cmocka_unit_test(the_tail_with_recruits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
