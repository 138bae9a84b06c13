/* Mechanism 30, legitimacy: hope, weariness and blame by hand, and what they move. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

#define ON "mechanisms.legitimacy=on"

static bool near(float is, double should) {
    return fabs((double)is - should) < 1e-3 * (1 + fabs(should));
}

static void without_foreign_forces_nothing_changes(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(ON, "forces.partner.strength=0", "forces.mission.strength=0"));
    tiny_run(world, 100);
    const struct sahel *s = sahel_of(world);
    for (int32_t c = 0; c < world->grid.ncells; c++)
        assert_true(s->backing[c] <= 0 && s->backing[c] >= 0);
    sah_world_free(world);
}

/* The group's pull of those at war; its support where presence is p and E days passed. */
static double support(const struct sahel *s, size_t g, double p, double days,
                      double harm) {
    double appeal = 0, w = exp2(-days / 400);
    for (size_t f = 0; f < s->nfactions; f++) {
        double pull = s->active[f] ? sahel_war(s, (int)f) *
                                         (double)s->affinity[f * s->ngroups + g]
                                   : 0;
        appeal = pull > appeal ? pull : appeal;
    }
    return p * (0.5 * (1 - appeal) * w - 0.3 * (1 - w)) - harm;
}

#define BY_HAND                                                                       \
    ON, "legitimacy.hope=0.5", "legitimacy.weariness=0.3", "legitimacy.patience=400", \
        "legitimacy.half=200", "legitimacy.sting=0.4", "legitimacy.forget=36500",     \
        "legitimacy.memory=36500", "legitimacy.blame=0.6", "legitimacy.half_harm=5"

static void support_by_hand(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(BY_HAND));
    struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Gao");
    size_t row = (size_t)cell * s->ngroups;
    s->stay[cell] = 350;
    s->wronged[cell] = 10;
    tiny_run(world, 1);
    double p = (double)s->cover[cell] / ((double)s->cover[cell] + 200);
    assert_true(p > 0.5);
    double days = 350 + 5 * p, harm = 0.6 * 10 / 15, all = 0;
    for (size_t g = 0; g < s->ngroups; g++) {
        double u = support(s, g, p, days, harm);
        all += u * s->people_group[row + g];
        assert_true(near(s->resented[row + g], u < 0 ? -0.4 * u : 0));
    }
    assert_true(near(s->backing[cell], all / s->people_now[cell]));
    assert_true(s->backing[cell] < 0);
    sah_world_free(world);
}

/* Hope first, weariness later; and the will to inform with them. */
static void hope_turns(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(BY_HAND));
    struct sah_world *other = tiny_make_still(NULL);
    int32_t cell = tiny_cell(world, "Gao");
    const struct sahel *s = sahel_of(world), *without = sahel_of(other);
    tiny_run(world, 12);
    tiny_run(other, 12);
    assert_true(s->backing[cell] > 0);
    assert_true(s->tips[cell] > without->tips[cell]);
    tiny_run(world, 1000);
    tiny_run(other, 1000);
    assert_true(s->backing[cell] < 0);
    assert_true(s->tips[cell] < without->tips[cell]);
    sah_world_free(world);
    sah_world_free(other);
}

static void those_who_stay_are_known(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(BY_HAND, "legitimacy.stay=800"));
    tiny_run(world, 1);
    const struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Gao");
    assert_true(s->stay[cell] > 400 && s->stay[cell] < 805);
    assert_true(s->backing[cell] < 0);
    sah_world_free(world);
}

/* A foreign force kills: it is remembered around, an army's harm is not. */
static void harm_is_remembered(void **state) {
    (void)state;
    for (int by_partner = 0; by_partner < 2; by_partner++) {
        struct sah_world *world = tiny_make(SETS(
            BY_HAND, by_partner ? "forces.partner.harm=20" : "forces.partner.harm=0",
            "forces.mission.harm=0", "forces.north.harm=20"));
        tiny_run(world, 200);
        double wronged =
            tiny_mean(sahel_of(world)->wronged, (size_t)world->grid.ncells);
        assert_true(by_partner ? wronged > 0 : wronged <= 0);
        sah_world_free(world);
    }
}

static void resentment_raises_grievance(void **state) {
    (void)state;
    double mean[2];
    for (int k = 0; k < 2; k++) {
        struct sah_world *world = tiny_make_still(
            SETS(BY_HAND, "communities.grievance_half_life=10", "legitimacy.stay=5000",
                 k ? "legitimacy.sting=1" : "legitimacy.sting=0"));
        tiny_run(world, 200);
        const struct sahel_communities *c = &sahel_of(world)->communities;
        mean[k] = tiny_mean(c->grievance, c->base.n);
        sah_world_free(world);
    }
    assert_true(mean[1] > mean[0] + 0.001 && mean[1] <= 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_foreign_forces_nothing_changes),
        cmocka_unit_test(support_by_hand),
        cmocka_unit_test(hope_turns),
        cmocka_unit_test(those_who_stay_are_known),
        cmocka_unit_test(harm_is_remembered),
        cmocka_unit_test(resentment_raises_grievance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
