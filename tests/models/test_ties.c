/* Mechanism 7, personal ties: shares of people tied, tips silenced, recruits clustered. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

/* Ten of a group joined: each is known by as many others at random as there are. */
static void ties_are_the_share_who_know_one(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make_still(SETS("mechanisms.ties=on", "ties.circle=100", "ties.hush=0"));
    struct sahel *s = sahel_of(world);
    size_t at = (size_t)tiny_cell(world, "Gao") * s->ngroups;
    while (s->people_group[at] < 1000) at++;
    s->joined[at] = 10;
    tiny_run(world, 1);
    double expected = 1 - exp(-1000.0 / s->people_group[at]);
    assert_true(fabs((double)s->kin[at] - expected) < 1e-6);
    s->joined[at] = 1e9f;
    tiny_run(world, 1);
    assert_true(s->kin[at] <= 1);
    sah_world_free(world);
}

static float tips_at_gao(const char *hush, float joined) {
    struct sah_world *world =
        tiny_make_still(SETS("mechanisms.ties=on", "ties.circle=5000", hush));
    struct sahel *s = sahel_of(world);
    size_t cell = (size_t)tiny_cell(world, "Gao");
    for (size_t g = 0; g < s->ngroups; g++) s->joined[cell * s->ngroups + g] = joined;
    tiny_run(world, 1);
    float tips = s->tips[cell];
    sah_world_free(world);
    return tips;
}

static void ties_silence(void **state) {
    (void)state;
    float open = tips_at_gao("ties.hush=1", 0);
    assert_true(open > 0.05f);
    assert_true(fabsf(tips_at_gao("ties.hush=0", 1e6f) - open) <= 1e-6f);
    assert_true(fabsf(tips_at_gao("ties.hush=0.5", 1e6f) - open / 2) < 1e-3f * open);
    assert_true(tips_at_gao("ties.hush=1", 1e6f) < 1e-3f * open);
}

/* Signature: recruitment is more clustered. Chance that two recruits share a cell. */
static double clustering(struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    static double count[1024];
    assert_true(world->grid.ncells <= 1024);
    double all = 0, pairs = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++) count[c] = 0;
    for (int day = 0; day < 300; day++) {
        tiny_run(world, 1);
        for (int32_t c = 0; c < world->grid.ncells; c++)
            count[c] += s->recruits_cell[c];
    }
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        all += count[c];
        pairs += count[c] * (count[c] - 1);
    }
    return all > 1 ? pairs / (all * (all - 1)) : 0;
}

#define HELD                                                                      \
    "mechanisms.attacks=off", "mechanisms.spread=off", "mechanisms.severity=off", \
        "mechanisms.foreign_force=off", "patrols.fire=0", "recruitment.pool=0.1", \
        "recruitment.base_rate=4e-6", "recruitment.ties=10", "ties.circle=300"

static void recruits_cluster(void **state) {
    (void)state;
    tiny_assert_above(
        "ties off -> on: two recruits of one cell",
        tiny_pair(clustering, SETS(HELD, "mechanisms.ties=off"), SETS(HELD), 30), 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ties_are_the_share_who_know_one),
        cmocka_unit_test(ties_silence),
        cmocka_unit_test(recruits_cluster),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
