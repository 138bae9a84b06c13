/* Fear and anger: limits, and accuracy against effectiveness. */
#include "models/classic/bennett.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <stdio.h>

static const char scenario[] =
    "run: {model: bennett, start: 2000-01-01, end: 2009-12-31}\n"
    "grid: {columns: 50, rows: 50}\n";

static int64_t count(const struct sah_world *world, uint8_t role) {
    const struct bennett *b = world->state;
    int64_t n = 0;
    for (size_t i = 0; i < b->people.base.n; i++) n += b->people.role[i] == role;
    return n;
}

static void perfect_strikes_hurt_nobody(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_text(
        scenario, SETS("insurgency.accuracy=1", "insurgency.effectiveness=1"));
    int64_t insurgents = count(world, BENNETT_INSURGENT);
    int64_t people = (int64_t)sah_world_agents(world), removed = 0;
    assert_true(insurgents > 20 && insurgents < 120);
    for (int d = 0; d < 150; d++) {
        tiny_run(world, 1);
        const struct bennett *b = world->state;
        assert_int_equal(b->today[BENNETT_HURT], 0);
        assert_int_equal(b->today[BENNETT_TURNED], 0);
        removed += b->today[BENNETT_REMOVED];
    }
    assert_int_equal(removed, insurgents);
    assert_int_equal(sah_world_agents(world), people - removed);
    sah_world_free(world);
}

static void without_soldiers_nothing_happens(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_text(scenario, SETS("insurgency.soldiers=0"));
    int64_t insurgents = count(world, BENNETT_INSURGENT);
    tiny_run(world, 50);
    assert_int_equal(count(world, BENNETT_INSURGENT), insurgents);
    sah_world_free(world);
}

struct outcome {   /* means over seeds */
    double length; /* steps until no insurgent is left, at most MOST */
    double turned; /* civilians who became insurgents after the first day */
};

enum { SEEDS = 5, MOST = 300 };

static struct outcome outcome_of(double effectiveness, double accuracy) {
    struct outcome o = {0};
    for (int seed = 1; seed <= SEEDS; seed++) {
        char text[3][64];
        snprintf(text[0], 64, "run.seed=%d", seed);
        snprintf(text[1], 64, "insurgency.effectiveness=%g", effectiveness);
        snprintf(text[2], 64, "insurgency.accuracy=%g", accuracy);
        struct sah_world *world =
            tiny_make_text(scenario, SETS(text[0], text[1], text[2]));
        int step = 0;
        for (; step < MOST && count(world, BENNETT_INSURGENT) > 0; step++) {
            tiny_run(world, 1);
            const struct bennett *b = world->state;
            o.turned += (double)b->today[BENNETT_TURNED] / SEEDS;
        }
        o.length += (double)step / SEEDS;
        sah_world_free(world);
    }
    return o;
}

/* The table of the paper, by its signs: accuracy keeps people from turning at every
 * effectiveness, much more than effectiveness does at any accuracy; inaccurate forces
 * make insurgents however effective they are, accurate ones hardly any. */
static void accuracy_matters_more_than_effectiveness(void **state) {
    (void)state;
    static const double level[] = {0.3, 0.6, 0.9};
    struct outcome table[3][3]; /* [effectiveness][accuracy] */
    for (int e = 0; e < 3; e++)
        for (int a = 0; a < 3; a++) {
            table[e][a] = outcome_of(level[e], level[a]);
            print_message(
                "effectiveness %.1f, accuracy %.1f: %.0f turned, %.0f steps\n",
                level[e], level[a], table[e][a].turned, table[e][a].length);
        }
    for (int e = 0; e < 3; e++) {
        assert_true(table[e][0].turned > table[e][1].turned);
        assert_true(table[e][1].turned > table[e][2].turned);
    }
    for (int k = 0; k < 3; k++) {
        double by_accuracy = table[k][0].turned - table[k][2].turned;
        double by_effectiveness = table[0][k].turned - table[2][k].turned;
        assert_true(by_accuracy > 2 * by_effectiveness);
    }
    assert_true(table[2][0].turned > 3 * table[0][2].turned);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(perfect_strikes_hurt_nobody),
        cmocka_unit_test(without_soldiers_nothing_happens),
        cmocka_unit_test(accuracy_matters_more_than_effectiveness)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
