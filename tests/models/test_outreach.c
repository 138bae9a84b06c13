/* Mechanism 5, outreach: whom factions appeal to, and who comes to them. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

static float appeal(const struct sah_world *world, int faction, const char *group) {
    const struct sahel *s = sahel_of(world);
    int g = sah_geography_group(world->geo, group);
    assert_true(g >= 0);
    return s->affinity[(size_t)faction * s->ngroups + (size_t)g];
}

static void without_effort_profiles_stay(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make(SETS("outreach.effort=0", "outreach.gain=0", "outreach.bridge=0"));
    tiny_run(world, 250);
    assert_true(fabsf(appeal(world, TINY_RIVER, "tuareg") - 0.6f) < 1e-6f);
    assert_true(fabsf(appeal(world, TINY_HILLS, "mossi") - 0.05f) < 1e-6f);
    assert_true(appeal(world, TINY_HILLS, "tuareg") <= 0);
    sah_world_free(world);
}

/* Once pledged, a member is lent half of the best appeal in its bloc. */
static void an_umbrella_bridges_groups(void **state) {
    (void)state;
    struct sah_world *world =
        tiny_make(SETS("outreach.effort=0", "outreach.gain=0", "outreach.bridge=0.5",
                       "outreach.half_life=1"));
    tiny_run(world, 180);
    assert_true(appeal(world, TINY_HILLS, "tuareg") <= 0);
    tiny_run(world, 60);
    assert_true(fabsf(appeal(world, TINY_HILLS, "tuareg") - 0.3f) < 1e-3f);
    assert_true(fabsf(appeal(world, TINY_RIVER, "fulani") - 0.45f) < 1e-3f);
    assert_true(appeal(world, TINY_SAND, "mossi") <= 0);
    sah_world_free(world);
}

static void appeal_saturates(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(
        SETS("outreach.effort=0.1", "outreach.gain=10", "outreach.half_life=100000"));
    tiny_run(world, 200);
    const struct sahel *s = sahel_of(world);
    for (size_t k = 0; k < s->nfactions * s->ngroups; k++)
        assert_true(s->affinity[k] >= 0 && s->affinity[k] <= 1);
    sah_world_free(world);
}

/* Signature: off, recruitment stays in the founding groups. */
static double share_of_others(struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    static float founding[TINY_FACTIONS * SAHEL_MAX_GROUPS];
    size_t n = s->nfactions * s->ngroups;
    assert_true(n <= sizeof founding / sizeof *founding);
    double all = 0, others = 0;
    for (size_t k = 0; k < n; k++) founding[k] = s->affinity[k];
    for (int day = 0; day < 240; day++) {
        tiny_run(world, 1);
        for (size_t k = 0; k < n; k++) {
            all += (double)s->recruits_group[k];
            others += founding[k] < 0.2f ? (double)s->recruits_group[k] : 0;
        }
    }
    return all > 0 ? others / all : 0;
}

static void recruits_come_from_other_groups(void **state) {
    (void)state;
    tiny_assert_above(
        "outreach off -> on: share of recruits beyond the founding groups",
        tiny_pair(share_of_others, SETS("mechanisms.outreach=off"),
                  SETS("outreach.effort=0.01"), 20),
        5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_effort_profiles_stay),
        cmocka_unit_test(an_umbrella_bridges_groups),
        cmocka_unit_test(appeal_saturates),
        cmocka_unit_test(recruits_come_from_other_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
