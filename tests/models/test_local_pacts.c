/* Mechanism 33, local pacts: with whom, how often, how they end, and what they do. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

#define ON "mechanisms.local_pacts=on"

/* All are afraid of insurgents, for good. */
static void frighten(struct sah_world *world, float fear) {
    struct sahel *s = sahel_of(world);
    for (size_t i = 0; i < s->communities.base.n; i++)
        s->communities.fear_insurgent[i] = fear;
}

static double pacts(const struct sah_world *world, enum sahel_pact what) {
    const struct sahel *s = sahel_of(world);
    double sum = 0;
    for (size_t k = 0; k < s->ncountries; k++)
        sum += (double)s->pacts[(size_t)what * s->ncountries + k];
    return sum;
}

static int in_force(const struct sah_world *world) {
    int n = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++) n += sahel_of(world)->pact[c] >= 0;
    return n;
}

static void no_readiness_no_fear_no_group_no_pact(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(ON, "local_pacts.readiness=0"));
    frighten(world, 1);
    tiny_run(world, 50);
    assert_int_equal(in_force(world), 0);
    sah_world_free(world);
    world = tiny_make_still(SETS(ON, "local_pacts.readiness=1"));
    tiny_run(world, 50);
    assert_int_equal(in_force(world), 0);
    tiny_clear_bands(world);
    tiny_run(world, 1);
    frighten(world, 1);
    tiny_run(world, 50);
    assert_int_equal(in_force(world), 0);
    sah_world_free(world);
}

/* Hazard by hand, summed over cells, against the pacts of many seeds. */
static void hazard_by_hand(void **state) {
    (void)state;
    double expected = 0, variance = 0, seen = 0;
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct sah_world *world = tiny_make_seed(
            seed, SETS(ON, "local_pacts.readiness=0.1", "local_pacts.half=30",
                       "local_pacts.dread=0.5", "mechanisms.attacks=off",
                       "mechanisms.spread=off"));
        const struct sahel *s = sahel_of(world);
        size_t n = (size_t)world->grid.ncells;
        frighten(world, 1);
        for (size_t c = 0; c < n; c++) {
            double most = 0;
            for (size_t f = 0; f < s->nfactions; f++)
                if (s->faction[f].fights_state > 0 &&
                    s->faction[f].aim == SAHEL_AIM_RULE &&
                    (double)s->influence[f * n + c] > most)
                    most = (double)s->influence[f * n + c];
            double fear = exp2(-1 / 90.0);
            double hazard = s->people_now[c] > 0
                                ? 0.1 * most / (most + 30) * fear / (fear + 0.5) *
                                      (1 - (double)s->state[c])
                                : 0;
            double chance = 1 - exp(-10 * hazard);
            expected += chance;
            variance += chance * (1 - chance);
        }
        tiny_run(world, 1);
        seen += pacts(world, SAHEL_PACT_AGREED);
        assert_int_equal((int)pacts(world, SAHEL_PACT_AGREED), in_force(world));
        sah_world_free(world);
    }
    print_message("pacts: expected %.1f, seen %.0f\n", expected, seen);
    assert_true(expected > 30);
    assert_true(fabs(seen - expected) < 4 * sqrt(variance) + 0.05 * expected);
}

/* Which end a single pact finds when only one hazard is left. */
static enum sahel_pact end_of(const char *place, const char *a, const char *b,
                              const char *c, bool alone) {
    struct sah_world *world = tiny_make_still(
        SETS(ON, "local_pacts.readiness=0", "local_pacts.lasts=36500", a, b, c));
    struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, place);
    if (alone) tiny_clear_bands(world);
    s->pact[cell] = TINY_HILLS;
    enum sahel_pact end = SAHEL_PACT_AGREED;
    for (int day = 0; day < 300 && end == SAHEL_PACT_AGREED; day++) {
        tiny_run(world, 1);
        for (int k = 1; k < SAHEL_NPACTS; k++)
            if (pacts(world, (enum sahel_pact)k) > 0) end = (enum sahel_pact)k;
    }
    assert_true((s->pact[cell] < 0) == (end != SAHEL_PACT_AGREED));
    sah_world_free(world);
    return end;
}

#define NEVER_FORCE "local_pacts.by_force=0"
#define NEVER_RIVAL "local_pacts.by_rival=0"
#define NEVER_GONE  "local_pacts.gone=0"

static void pacts_end_for_a_reason(void **state) {
    (void)state;
    assert_int_equal(end_of("Djibo", NEVER_FORCE, NEVER_RIVAL, NEVER_GONE, false),
                     SAHEL_PACT_AGREED); /* holds */
    assert_int_equal(
        end_of("Djibo", "local_pacts.by_force=1", NEVER_RIVAL, NEVER_GONE, false),
        SAHEL_PACT_BY_FORCE);
    assert_int_equal(
        end_of("Ansongo", NEVER_FORCE, "local_pacts.by_rival=1", NEVER_GONE, false),
        SAHEL_PACT_BY_RIVAL);
    assert_int_equal(
        end_of("Djibo", NEVER_FORCE, NEVER_RIVAL, "local_pacts.gone=1", true),
        SAHEL_PACT_GROUP_GONE);
    assert_int_equal(
        end_of("Djibo", NEVER_FORCE, NEVER_RIVAL, "local_pacts.lasts=5", false),
        SAHEL_PACT_LAPSED);
}

static void in_a_pact_people_keep_silent(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(ON, "local_pacts.hush=0.6", "local_pacts.readiness=0", NEVER_FORCE,
             NEVER_RIVAL, NEVER_GONE, "local_pacts.lasts=36500"));
    struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo");
    tiny_run(world, 1);
    float open = s->tips[cell];
    s->pact[cell] = TINY_HILLS;
    tiny_run(world, 1);
    assert_true(open > 0.1f && fabsf(s->tips[cell] - 0.4f * open) < 0.01f);
    assert_true(sahel_bound(s, TINY_HILLS, cell) && !sahel_bound(s, TINY_SAND, cell));
    sah_world_free(world);
}

/* Whatever the zone calls for, the one that is bound does less than the least. */
static double spared_share(const char *set) {
    struct sah_world *world =
        tiny_make(SETS(ON, set, "local_pacts.readiness=0", NEVER_FORCE, NEVER_RIVAL,
                       NEVER_GONE, "local_pacts.lasts=36500", "mechanisms.spread=off"));
    struct sahel *s = sahel_of(world);
    for (int32_t c = 0; c < world->grid.ncells; c++) s->pact[c] = TINY_HILLS;
    double hills = 0, others = 0;
    for (int day = 0; day < 300; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < s->events.base.n; i++) {
            if (s->events.kind[i] != SAHEL_KILLING) continue;
            *(s->events.side_a[i] == TINY_HILLS ? &hills : &others) += 1;
        }
    }
    sah_world_free(world);
    assert_true(others > 5);
    return hills / others;
}

static void who_is_bound_spares(void **state) {
    (void)state;
    double none = spared_share("local_pacts.spare=0");
    assert_true(none > 0);
    assert_true(spared_share("local_pacts.spare=1") <= 0);
}

enum { KILLED, CONTROL };

static void peace_and_rule(struct sah_world *world, double measured[TINY_MEASURES]) {
    measured[KILLED] = tiny_run_count(world, 365).kind_deaths[SAHEL_KILLING];
    measured[CONTROL] = tiny_mean(sahel_of(world)->control, (size_t)world->grid.ncells);
}

#define PACTS(readiness) \
    SETS(ON, "local_pacts.dread=0.02", "local_pacts.readiness=" readiness)

static void pacts_buy_peace_and_rule(void **state) {
    (void)state;
    struct tiny_sample none = tiny_sample(peace_and_rule, PACTS("0"), 48);
    struct tiny_sample many = tiny_sample(peace_and_rule, PACTS("0.1"), 48);
    tiny_assert_below("readiness 0 -> 0.1: deaths in attacks on civilians",
                      tiny_compare(&none, &many, KILLED), 5);
    tiny_assert_above("readiness 0 -> 0.1: control",
                      tiny_compare(&none, &many, CONTROL), 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_readiness_no_fear_no_group_no_pact),
        cmocka_unit_test(hazard_by_hand),
        cmocka_unit_test(pacts_end_for_a_reason),
        cmocka_unit_test(in_a_pact_people_keep_silent),
        cmocka_unit_test(who_is_bound_spares),
        cmocka_unit_test(pacts_buy_peace_and_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
