/* Mechanism 18, state presence: services by distance, guard by soldiers, units that
 * leave and return. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

#define STILL_BUT(...) \
    tiny_make_still(SETS("mechanisms.state_presence=on", __VA_ARGS__))

static void presence_by_hand(void **state) {
    (void)state;
    struct sah_world *world =
        STILL_BUT("state_presence.most=0.8", "state_presence.floor=0.3",
                  "state_presence.town=60 km", "state_presence.capital=250 km",
                  "state_presence.half=250");
    const struct sahel *s = sahel_of(world);
    const struct sah_land *land = world->land;
    tiny_run(world, 2);
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        double serve = 0.8 * exp(-(double)land->town_km[c] / 60) *
                       (0.3 + 0.7 * exp(-(double)land->capital_km[c] / 250));
        double soldiers = (double)s->soldiers_felt[c];
        double guard = soldiers / (soldiers + 250);
        double expected = 1 - (1 - serve) * (1 - guard);
        assert_true(fabs((double)s->state[c] - expected) < 1e-5);
    }
    sah_world_free(world);
}

/* A post that stands away from the bases of its force. */
static size_t outpost(const struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_posts *p = &s->posts;
    for (size_t i = 0; i < p->base.n; i++) {
        const struct sahel_force *f = &s->force[p->force[i]];
        bool base = f->owner != SAHEL_NATIONAL;
        for (size_t k = 0; k < f->bases.n; k++)
            base |= sah_place_cell(world, f->bases.name[k]) == p->cell[i];
        if (!base) return i;
    }
    fail_msg("every post is a base");
    return 0;
}

static size_t post_with_id(const struct sah_world *world, uint64_t id) {
    const struct sahel_posts *p = &sahel_of(world)->posts;
    size_t i = 0;
    while (p->id[i] != id) i++;
    return i;
}

static void a_broken_unit_leaves_and_returns(void **state) {
    (void)state;
    struct sah_world *world =
        STILL_BUT("state_presence.breaking=0.15", "state_presence.return=30 d",
                  "state_presence.calm=3");
    struct sahel_posts *p = &sahel_of(world)->posts;
    size_t i = outpost(world);
    uint64_t id = p->id[i];
    int32_t home = p->home[i];
    p->pressure[i] = 0.14f;
    tiny_run(world, 1);
    assert_int_equal(p->cell[post_with_id(world, id)], home);
    p->pressure[post_with_id(world, id)] = 0.5f;
    tiny_run(world, 1);
    i = post_with_id(world, id);
    assert_int_equal(p->mode[i], SAHEL_WITHDRAWN);
    assert_int_not_equal(p->cell[i], home);
    tiny_run(world, 30);
    assert_int_equal(p->mode[post_with_id(world, id)], SAHEL_WITHDRAWN);
    tiny_run(world, 2);
    i = post_with_id(world, id);
    assert_int_equal(p->mode[i], SAHEL_AT_POST);
    assert_int_equal(p->cell[i], home);
    tiny_verify(world);
    sah_world_free(world);
}

static void it_stays_away_while_deaths_are_remembered(void **state) {
    (void)state;
    struct sah_world *world =
        STILL_BUT("state_presence.breaking=0.15", "state_presence.return=10 d",
                  "state_presence.calm=3");
    struct sahel *s = sahel_of(world);
    size_t i = outpost(world);
    uint64_t id = s->posts.id[i];
    s->posts.pressure[i] = 0.5f;
    for (int k = 0; k < 60; k++) {
        s->violence[s->posts.home[post_with_id(world, id)]] = 10;
        tiny_run(world, 1);
    }
    assert_int_equal(s->posts.mode[post_with_id(world, id)], SAHEL_WITHDRAWN);
    sah_world_free(world);
}

static void services_leave_with_violence(void **state) {
    (void)state;
    struct sah_world *world = STILL_BUT("state_presence.flight=20");
    struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo");
    tiny_run(world, 1);
    float before = s->state[cell];
    s->violence[cell] = 200;
    tiny_run(world, 1);
    assert_true(s->state[cell] < before - 0.01f);
    sah_world_free(world);
}

/* Signature: absence of the state predicts expansion. */
#define HELD                                                  \
    "mechanisms.attacks=off", "mechanisms.foreign_force=off", \
        "recruitment.base_rate=3e-5"

static double recruits(struct sah_world *world) {
    return tiny_run_count(world, 240).recruits;
}

static void absence_predicts_expansion(void **state) {
    (void)state;
    tiny_assert_above("services 1 -> 0: recruits",
                      tiny_pair(recruits, SETS(HELD, "state_presence.most=1"),
                                SETS(HELD, "state_presence.most=0"), 48),
                      5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(presence_by_hand),
        cmocka_unit_test(a_broken_unit_leaves_and_returns),
        cmocka_unit_test(it_stays_away_while_deaths_are_remembered),
        cmocka_unit_test(services_leave_with_violence),
        cmocka_unit_test(absence_predicts_expansion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
