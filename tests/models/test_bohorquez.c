/* Gathering and scattering: the estimator on known laws, groups, and the exponent. */
#include "models/classic/bohorquez.h"
#include "models/classic/power_law.h"
#include "sim/kernel/law.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char scenario[] =
    "run: {model: bohorquez, start: 2000-01-01, end: 2009-12-31}\n";

enum { MOST = 100000 };

/* Whole numbers of P(x) ~ x^-alpha by inversion of a real power law (Clauset et al. 2009,
 * appendix D; good for xmin >= 5). */
static void draw_power_law(int64_t *count, double alpha, double xmin, int n) {
    struct sah_rng rng;
    sah_rng_at(&rng, 1, 1, 1, 1);
    memset(count, 0, (MOST + 1) * sizeof *count);
    for (int i = 0; i < n; i++) {
        double u = sah_uniform(&rng);
        double x = floor((xmin - 0.5) * pow(u, -1 / (alpha - 1)) + 0.5);
        count[x < MOST ? (size_t)x : MOST]++;
    }
}

static void the_estimator_finds_a_known_exponent(void **state) {
    (void)state;
    int64_t *count = calloc(MOST + 1, sizeof *count);
    for (double alpha = 1.8; alpha < 3.5; alpha += 0.4) {
        draw_power_law(count, alpha, 6, 20000);
        struct power_law fit = sah_power_law_at(count, MOST, 6);
        assert_true(fabs(fit.alpha - alpha) < 4 * fit.error + 0.01);
        assert_true(fit.error < 0.02);
        /* Noise below the tail must not be taken for it. */
        for (size_t x = 1; x < 6; x++) count[x] = 200;
        fit = sah_power_law_fit(count, MOST, 1000);
        assert_true(fit.xmin >= 5);
        assert_true(fabs(fit.alpha - alpha) < 0.15);
    }
    free(count);
}

static void too_few_have_no_exponent(void **state) {
    (void)state;
    int64_t count[11] = {[3] = 5};
    assert_true(isnan(sah_power_law_fit(count, 10, 1).alpha));
}

static void groups_hold_everybody(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_text(
        scenario, SETS("gathering.fighters=500", "gathering.scatter=0.05"));
    for (int k = 0; k < 50; k++) {
        tiny_run(world, 1);
        tiny_verify(world);
    }
    sah_world_free(world);
}

static void limits(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_text(scenario, SETS("gathering.fighters=200", "gathering.scatter=0"));
    tiny_run(world, 30);
    const struct bohorquez *b = world->state;
    assert_int_equal(*b->ngroups, 1);
    sah_world_free(world);
    world =
        tiny_make_text(scenario, SETS("gathering.fighters=200", "gathering.scatter=1"));
    tiny_run(world, 30);
    b = world->state;
    assert_int_equal(*b->ngroups, 200);
    sah_world_free(world);
}

/* In the long run n_s / n_1 = (1-v)^(s-1) (2s-2)! / ((2-v)^(2s-2) (s!)^2): every meeting
 * takes a group of size s away with chance (2-v) s n_s / N and makes one of two smaller
 * (Bohorquez et al. 2009, supplement). */
static void sizes_are_those_of_the_equations(void **state) {
    (void)state;
    const double v = 0.3;
    struct sah_world *world =
        tiny_make_text(scenario, SETS("gathering.scatter=0.3", "gathering.attacks=1000",
                                      "gathering.meetings=5000"));
    tiny_run(world, 30);
    const struct bohorquez *b = world->state;
    memset(b->struck, 0, (b->fighters.base.n + 1) * sizeof *b->struck);
    tiny_run(world, 300);
    double ratio = 1;
    for (int s = 1; s < 7; s++) {
        double seen = (double)b->struck[s] / (double)b->struck[1];
        double noise = 1 / sqrt((double)b->struck[s]);
        assert_true(fabs(seen / ratio - 1) < 4 * noise + 0.01);
        ratio *= (1 - v) * (2 * s) * (2 * s - 1) /
                 ((2 - v) * (2 - v) * (s + 1.0) * (s + 1.0));
    }
    sah_world_free(world);
}

/* In the long run n_s ~ (1-v)^(s-1) (2s-2)! / ((2-v)^(2s-1) (s!)^2) ~ s^-2.5. */
static void attacks_follow_the_law_of_five_halves(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_text(
        scenario, SETS("gathering.attacks=500", "gathering.meetings=2000"));
    tiny_run(world, 60);
    const struct bohorquez *b = world->state;
    memset(b->struck, 0, (b->fighters.base.n + 1) * sizeof *b->struck);
    tiny_run(world, 600);
    struct power_law fit = sah_power_law_fit(b->struck, b->fighters.base.n, 200);
    print_message("exponent %.3f +- %.3f from %zu on, %lld attacks, distance %.4f\n",
                  fit.alpha, fit.error, fit.xmin, (long long)fit.n, fit.distance);
    assert_true(fabs(fit.alpha - 2.5) < 0.15);
    assert_true(fit.n > 1000);
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_estimator_finds_a_known_exponent),
        cmocka_unit_test(too_few_have_no_exponent),
        cmocka_unit_test(groups_hold_everybody),
        cmocka_unit_test(limits),
        cmocka_unit_test(sizes_are_those_of_the_equations),
        cmocka_unit_test(attacks_follow_the_law_of_five_halves)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
