/* Civil violence: what is published of it, and the order of turns. With the word `slow`
 * both orders are compared over 200 seeds instead of 8. */
#include "models/classic/epstein.h"
#include "tests/support/classic_world.h"

#include <math.h>
#include <omp.h>

static const char netlogo[] =
    "title: Test\n"
    "run: {model: epstein, start: 2000-01-01, end: 2029-12-31}\n"
    "grid: {columns: 40, rows: 40}\n"
    "unrest: {ratio: floor, self_twice: on}\n";

static int seeds = 8;

/* ---- windows and chances ------------------------------------------------------------- */

static void windows_by_hand(void **state) {
    (void)state;
    struct epstein_window window;
    sah_epstein_window(&window, EPSTEIN_DISC, 7);
    assert_int_equal(window.n, 148); /* and the cell itself */
    sah_epstein_window(&window, EPSTEIN_DIAMOND, 7);
    assert_int_equal(window.n, 112);
    sah_epstein_window(&window, EPSTEIN_DISC, 1.7);
    assert_int_equal(window.n, 8);
    sah_epstein_window(&window, EPSTEIN_SQUARE, 7);
    assert_int_equal(window.n, 224);
}

static void arrest_by_hand(void **state) {
    (void)state;
    /* k = 2.3 makes 0.9 of one officer against one rebel */
    assert_true(fabs(sah_epstein_arrest_chance(EPSTEIN_EXACT, 2.3, 1, 1) - 0.8997f) <
                1e-4f);
    assert_true(fabsf(sah_epstein_arrest_chance(EPSTEIN_FLOOR, 2.3, 5, 6)) <= 0);
    assert_true(sah_epstein_arrest_chance(EPSTEIN_ROUND, 2.3, 5, 6) ==
                sah_epstein_arrest_chance(EPSTEIN_EXACT, 2.3, 1, 1));
    assert_true(sah_epstein_arrest_chance(EPSTEIN_ROUND, 2.3, 3, 2) ==
                sah_epstein_arrest_chance(EPSTEIN_EXACT, 2.3, 2, 1));
    assert_true(fabsf(sah_epstein_arrest_chance(EPSTEIN_ROUND, 2.3, 1, 2)) <= 0);
    for (double k = 1e-9; k <= 100; k *= 1.7) /* never falls where C/A rises */
        for (int c = 0; c < EPSTEIN_WINDOW; c++)
            assert_true(sah_epstein_arrest_chance(EPSTEIN_FLOOR, k, c, 1) <=
                        sah_epstein_arrest_chance(EPSTEIN_FLOOR, k, c + 1, 1));
}

static void full_legitimacy_is_peace(void **state) {
    (void)state;
    struct sah_world *world = classic_make(netlogo, SETS("unrest.legitimacy=1"), 1);
    classic_run(world, 50);
    assert_true(classic_read(world, "rebels") <= 0);
    assert_true(classic_read(world, "jailed") <= 0);
    sah_world_free(world);
}

/* Without police whoever suffers enough rebels: H (1 - L) > T. */
static void without_police_all_who_suffer_rebel(void **state) {
    (void)state;
    struct sah_world *world = classic_make(netlogo, SETS("city.police=0"), 1);
    const struct epstein_people *people = &epstein_of(world)->people;
    double expected = 0;
    for (size_t i = 0; i < people->base.n; i++)
        expected += people->hardship[i] * (1.0f - 0.82f) > 0.1f;
    classic_run(world, 3);
    assert_true(fabs(classic_read(world, "rebels") - expected) < 0.5);
    sah_world_free(world);
}

static void police_follow_the_timeline(void **state) {
    (void)state;
    struct sah_world *world =
        classic_make(netlogo,
                     SETS("timeline=[{date: 2000-01-10, what: city.police, to: 0.1}, "
                          "{date: 2000-01-20, what: city.police, to: 0.02}]"),
                     1);
    classic_run(world, 15);
    assert_true(fabs(classic_read(world, "police") - 160) < 0.5);
    classic_run(world, 15);
    assert_true(fabs(classic_read(world, "police") - 32) < 0.5);
    sah_world_free(world);
}

/* ---- published behaviour ------------------------------------------------------------- */

enum { SETTLED = 200 };

/* Means of NetLogo Rebellion on a 40 x 40 torus: 36-47 active, 224-265 in jail. */
static void means_are_those_of_netlogo(void **state) {
    (void)state;
    double rebels = 0, jailed = 0;
    enum { WORLDS = 6, STEPS = 3000 };
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        struct sah_world *world = classic_make(netlogo, NULL, seed);
        classic_run(world, SETTLED);
        for (int i = 0; i < STEPS; i++) {
            classic_run(world, 1);
            rebels += classic_read(world, "rebels") / (WORLDS * STEPS);
            jailed += classic_read(world, "jailed") / (WORLDS * STEPS);
        }
        sah_world_free(world);
    }
    print_message("rebels %.1f, jailed %.1f\n", rebels, jailed);
    assert_true(rebels > 36 && rebels < 47);
    assert_true(jailed > 224 && jailed < 265);
}

/* Long calm, short outbursts: most days see fewer rebels than a quarter of the mean,
 * some see five times the mean. */
static void outbursts_are_punctuated(void **state) {
    (void)state;
    struct sah_world *world = classic_make(netlogo, NULL, 1);
    classic_run(world, SETTLED);
    enum { STEPS = 3000 };
    int calm = 0, wild = 0, outbursts = 0;
    bool within = false;
    for (int i = 0; i < STEPS; i++) {
        classic_run(world, 1);
        double rebels = classic_read(world, "rebels");
        calm += rebels < 10;
        wild += rebels > 200;
        if (rebels > 100 && !within) outbursts++;
        within = rebels > 100 || (within && rebels > 10);
    }
    sah_world_free(world);
    print_message("calm %d, wild %d, outbursts %d\n", calm, wild, outbursts);
    assert_true(calm > STEPS / 2);
    assert_true(wild > STEPS / 100 && wild < STEPS / 5);
    assert_true(outbursts > 20 && outbursts < 300);
}

static double greatest_outburst(const char *timeline, uint64_t seed) {
    double most = 0;
    struct sah_world *world =
        classic_make(netlogo,
                     SETS("unrest.legitimacy=0.9", "unrest.jail=1000",
                          "unrest.self_twice=off", "unrest.pursuit=off", timeline),
                     seed);
    for (int i = 0; i < 210; i++) {
        classic_run(world, 1);
        double rebels = classic_read(world, "rebels");
        if (rebels > most) most = rebels;
    }
    sah_world_free(world);
    return most;
}

/* Epstein's figures 5 and 6: a smaller loss at a blow makes a greater outburst than a
 * greater loss in small steps, where rebels are jailed a few at a time. */
static void a_blow_is_worse_than_a_slow_loss(void **state) {
    (void)state;
    double slow = 0, sudden = 0;
    enum { WORLDS = 10 };
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        slow += greatest_outburst("timeline=[{date: 2000-03-18, what: "
                                  "unrest.legitimacy, to: 0.2, over: 70 d}]",
                                  seed) /
                WORLDS;
        sudden += greatest_outburst("timeline=[{date: 2000-03-18, what: "
                                    "unrest.legitimacy, to: 0.7}]",
                                    seed) /
                  WORLDS;
    }
    print_message("greatest outburst: slow %.0f, sudden %.0f\n", slow, sudden);
    assert_true(sudden > 1.3 * slow);
}

/* ---- Model II ------------------------------------------------------------------------ */

static int days_to_extinction(const char *police, const char *legitimacy, uint64_t seed,
                              int longest) {
    struct sah_world *world = classic_make(
        netlogo,
        SETS("mechanisms.groups=on", "unrest.ratio=exact", "unrest.self_twice=off",
             "unrest.pursuit=off", "unrest.citizen_vision=1.7",
             "unrest.police_vision=1.7", "unrest.jail=15", police, legitimacy),
        seed);
    int day = 0;
    while (day < longest && classic_read(world, "blue") > 0 &&
           classic_read(world, "red") > 0) {
        classic_run(world, 1);
        day++;
    }
    sah_world_free(world);
    return day;
}

static void peacekeepers_delay_genocide(void **state) {
    (void)state;
    int without = 0, with = 0, latest = 0;
    enum { WORLDS = 12, LONGEST = 1000 };
    for (uint64_t seed = 1; seed <= WORLDS; seed++) {
        int days =
            days_to_extinction("city.police=0", "unrest.legitimacy=0.8", seed, LONGEST);
        if (days > latest) latest = days;
        without += days;
        with += days_to_extinction("city.police=0.1", "unrest.legitimacy=0.8", seed,
                                   LONGEST);
    }
    print_message("days %d without, %d with peacekeepers\n", without / WORLDS,
                  with / WORLDS);
    assert_true(latest < LONGEST);
    assert_true(with > 2 * without);
}

/* Where each grants the other its right to exist, both live on. */
static void legitimacy_keeps_both_peoples(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 3; seed++)
        assert_int_equal(
            days_to_extinction("city.police=0", "unrest.legitimacy=0.9", seed, 600),
            600);
}

/* ---- two orders ---------------------------------------------------------------------- */

struct moments {
    double mean[3], variance[3]; /* of rebels, jailed, greatest number of rebels */
};

static void measure(const char *order, uint64_t seed, double out[3]) {
    enum { STEPS = 300 };
    struct sah_world *world =
        classic_make(netlogo, SETS("grid.columns=128", "grid.rows=128", order), seed);
    struct sah_error err = {0};
    for (int i = 0; i < 3; i++) out[i] = 0;
    for (int i = 0; i < 60 + STEPS; i++) {
        classic_done(sah_world_step(world, &err), &err);
        if (i < 60) continue;
        double rebels = classic_read(world, "rebels");
        out[0] += rebels / STEPS;
        out[1] += classic_read(world, "jailed") / STEPS;
        if (rebels > out[2]) out[2] = rebels;
    }
    sah_world_free(world);
}

static struct moments moments_of(const char *order, uint64_t first) {
    struct moments m = {0};
    for (int s = 0; s < seeds; s++) {
        double x[3];
        measure(order, first + (uint64_t)s, x);
        for (int i = 0; i < 3; i++) {
            double step = x[i] - m.mean[i];
            m.mean[i] += step / (s + 1);
            m.variance[i] += step * (x[i] - m.mean[i]);
        }
    }
    for (int i = 0; i < 3; i++) m.variance[i] /= seeds - 1;
    return m;
}

/* Within four standard errors of their difference, and within margins of the mean, which
 * are at least that wide; deciding all at once differs by 40 % in rebels. */
static void both_orders_agree(void **state) {
    (void)state;
    static const char *const what[] = {"rebels", "jailed", "greatest outburst"};
    struct moments one = moments_of("unrest.order=sequential", 1);
    struct moments tiled = moments_of("unrest.order=tiled", 1001);
    static const double few[] = {0.12, 0.12, 0.35}, many[] = {0.03, 0.03, 0.07};
    const double *margin = seeds >= 200 ? many : few;
    for (int i = 0; i < 3; i++) {
        double difference = fabs(one.mean[i] - tiled.mean[i]);
        double error = sqrt((one.variance[i] + tiled.variance[i]) / seeds);
        print_message("%s: sequential %.2f, tiled %.2f, standard error %.2f\n", what[i],
                      one.mean[i], tiled.mean[i], error);
        assert_true(difference < 4 * error);
        assert_true(difference < margin[i] * one.mean[i]);
    }
}

static void threads_change_nothing(void **state) {
    (void)state;
    struct sah_digest digest[3];
    for (int i = 0; i < 3; i++) {
        omp_set_num_threads(1 + i);
        struct sah_world *world =
            classic_make(netlogo,
                         SETS("grid.columns=250", "grid.rows=130", "unrest.order=tiled",
                              "mechanisms.groups=on"),
                         1);
        classic_run(world, 40);
        digest[i] = sah_world_digest(world);
        sah_world_free(world);
    }
    omp_set_num_threads(1);
    assert_memory_equal(&digest[0], &digest[1], sizeof digest[0]);
    assert_memory_equal(&digest[0], &digest[2], sizeof digest[0]);
}

int main(int argc, char **argv) {
    const struct CMUnitTest slow[] = {cmocka_unit_test(both_orders_agree)};
    if (argc > 1 && strcmp(argv[1], "slow") == 0) {
        seeds = 200;
        return cmocka_run_group_tests(slow, NULL, NULL);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(windows_by_hand),
        cmocka_unit_test(arrest_by_hand),
        cmocka_unit_test(full_legitimacy_is_peace),
        cmocka_unit_test(without_police_all_who_suffer_rebel),
        cmocka_unit_test(police_follow_the_timeline),
        cmocka_unit_test(means_are_those_of_netlogo),
        cmocka_unit_test(outbursts_are_punctuated),
        cmocka_unit_test(a_blow_is_worse_than_a_slow_loss),
        cmocka_unit_test(peacekeepers_delay_genocide),
        cmocka_unit_test(legitimacy_keeps_both_peoples),
        cmocka_unit_test(both_orders_agree),
        cmocka_unit_test(threads_change_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
