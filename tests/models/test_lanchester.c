/* Attrition: the equations against known laws, and agents against the equations. */
#include "models/classic/lanchester.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <stdio.h>

static const char scenario[] =
    "run: {model: lanchester, start: 2000-01-01, end: 2000-12-31}\n"
    "attrition: {blue_rate: 0.02, red_rate: 0.02}\n";

static const struct lanchester_attrition fight = {.law = LANCHESTER_SQUARE,
                                                  .start = {1000, 800, 0},
                                                  .substeps = 4,
                                                  .blue_rate = 0.02,
                                                  .red_rate = 0.02,
                                                  .scale = 1000,
                                                  .intelligence = 0.3,
                                                  .backlash = 0.5};

/* b B^2 - r R^2 stays what it was: 600 of 1000 are left of 1000 against 800. */
static void the_square_law_keeps_its_difference(void **state) {
    (void)state;
    double n[LANCHESTER_SIDES];
    sah_lanchester_solve(&fight, 20, n);
    assert_true(fabs(n[0] * n[0] - n[1] * n[1] - 360000) < 1);
    sah_lanchester_solve(&fight, 300, n);
    assert_true(fabs(n[0] - 600) < 1);
    assert_true(n[1] <= 0);
}

static void the_linear_law_keeps_its_difference(void **state) {
    (void)state;
    struct lanchester_attrition law = fight;
    double n[LANCHESTER_SIDES];
    law.law = LANCHESTER_LINEAR;
    sah_lanchester_solve(&law, 50, n);
    assert_true(n[1] < 700);
    assert_true(fabs(n[0] - n[1] - 200) < 0.01);
}

/* b B^2 / 2N - r R: parity where B^2 = 2 N r R / b (Deitchman). */
static void guerrillas_need_fewer(void **state) {
    (void)state;
    struct lanchester_attrition law = fight;
    double n[LANCHESTER_SIDES], before = 1000.0 * 1000 / 2000 - 300;
    law.law = LANCHESTER_DEITCHMAN;
    law.start[LANCHESTER_RED] = 300;
    sah_lanchester_solve(&law, 40, n);
    assert_true(fabs(n[0] * n[0] / 2000 - n[1] - before) < 0.01);
}

/* With perfect intelligence nobody else is hit; with none, insurgents outlast. */
static void intelligence_decides(void **state) {
    (void)state;
    struct lanchester_attrition law = fight;
    double blind[LANCHESTER_SIDES], seeing[LANCHESTER_SIDES];
    law.law = LANCHESTER_KRESS;
    law.start[LANCHESTER_RED] = 300;
    law.start[LANCHESTER_CIVIL] = 5000;
    law.red_rate = law.blue_rate = 0.005;
    law.intelligence = 0;
    sah_lanchester_solve(&law, 100, blind);
    law.intelligence = 1;
    sah_lanchester_solve(&law, 100, seeing);
    assert_true(fabs(seeing[LANCHESTER_CIVIL] - 5000) < 1e-6);
    assert_true(seeing[LANCHESTER_RED] <= 0);
    assert_true(blind[LANCHESTER_RED] > 300);
    assert_true(blind[LANCHESTER_CIVIL] < 4700);
}

/* Root of the mean square by which agents miss the equations, as a share of the start,
 * over 20 days and some seeds. */
static double miss(const char *law, int64_t scale) {
    enum { SEEDS = 6, DAYS = 20 };
    double sum = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
        char text[6][64];
        snprintf(text[0], 64, "run.seed=%d", seed);
        snprintf(text[1], 64, "attrition.blue=%lld", (long long)(10 * scale));
        snprintf(text[2], 64, "attrition.red=%lld", (long long)(8 * scale));
        snprintf(text[3], 64, "attrition.scale=%lld", (long long)(10 * scale));
        snprintf(text[4], 64, "attrition.civilians=%lld", (long long)(20 * scale));
        snprintf(text[5], 64, "attrition.law=%s", law);
        struct sah_world *world =
            tiny_make_text(scenario, SETS(text[0], text[1], text[2], text[3], text[4],
                                          text[5], "attrition.substeps=20"));
        tiny_run(world, DAYS);
        tiny_verify(world);
        const struct lanchester *l = world->state;
        double n[LANCHESTER_SIDES];
        sah_lanchester_solve(l->law, DAYS, n);
        for (int s = 0; s < LANCHESTER_SIDES; s++) {
            double off = ((double)l->n[s] - n[s]) / (10.0 * (double)scale);
            sum += off * off / (SEEDS * LANCHESTER_SIDES);
        }
        sah_world_free(world);
    }
    return sqrt(sum);
}

/* A hundred times as many miss by a tenth as much. */
static void agents_agree_with_the_equations_as_numbers_grow(void **state) {
    (void)state;
    static const char *const laws[] = {"square", "linear", "deitchman", "kress"};
    for (size_t k = 0; k < sizeof laws / sizeof *laws; k++) {
        double few = miss(laws[k], 5), more = miss(laws[k], 50),
               many = miss(laws[k], 500);
        print_message("%s: %.4f of 50, %.4f of 500, %.4f of 5000\n", laws[k], few, more,
                      many);
        assert_true(more < 0.6 * few);
        assert_true(many < 0.6 * more);
        assert_true(many < 0.01);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_square_law_keeps_its_difference),
        cmocka_unit_test(the_linear_law_keeps_its_difference),
        cmocka_unit_test(guerrillas_need_fewer), cmocka_unit_test(intelligence_decides),
        cmocka_unit_test(agents_agree_with_the_equations_as_numbers_grow)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
