/* Deeds keep the books: every count and sum agrees with what was done. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

static int64_t by_country(const struct sahel *s, const int64_t *counter, size_t row,
                          int country) {
    return counter[row * s->ncountries + (size_t)country];
}

static void happen(struct sah_world *world, struct sahel_happening happening) {
    struct sah_error err = {0};
    assert_int_equal(sah_deed_event(world, &happening, &err), SAH_OK);
}

static void an_event_is_counted_once_in_every_table(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(NULL);
    struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Gao");
    int mali = sahel_country_of(world, cell);
    happen(world, (struct sahel_happening){.cell = cell,
                                           .kind = SAHEL_ASSAULT,
                                           .side_a = TINY_SAND,
                                           .side_b = sahel_actor_force(s, TINY_NORTH),
                                           .deaths_a = 2,
                                           .deaths_b = 5,
                                           .deaths_civilians = 1});
    assert_int_equal(s->events.base.n, 1);
    assert_int_equal(s->events.deaths[0], 8);
    assert_int_equal(s->events.violence[0], SAHEL_STATE_BASED);
    assert_int_equal(s->events_cell[cell], 1);
    assert_int_equal(s->deaths_cell[cell], 8);
    assert_int_equal(by_country(s, s->events_kind, SAHEL_ASSAULT, mali), 1);
    assert_int_equal(by_country(s, s->deaths_kind, SAHEL_ASSAULT, mali), 8);
    assert_int_equal(by_country(s, s->deaths_type, SAHEL_STATE_BASED, mali), 8);
    assert_int_equal(by_country(s, s->deaths_side, 0, mali), 2);
    assert_int_equal(by_country(s, s->deaths_side, 1, mali), 5);
    assert_int_equal(by_country(s, s->deaths_side, 2, mali), 1);
    sah_world_free(world);
}

static enum sahel_violence kind_of(struct sah_world *world, int16_t a, int16_t b) {
    struct sahel *s = sahel_of(world);
    happen(world, (struct sahel_happening){.cell = tiny_cell(world, "Gao"),
                                           .kind = SAHEL_CLASH,
                                           .side_a = a,
                                           .side_b = b});
    return s->events.violence[s->events.base.n - 1];
}

static void kinds_of_violence(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(NULL);
    const struct sahel *s = sahel_of(world);
    int16_t army = sahel_actor_force(s, TINY_SOUTH), people = sahel_actor_civilians(s);
    assert_int_equal(kind_of(world, TINY_SAND, TINY_RIVER), SAHEL_NON_STATE);
    assert_int_equal(kind_of(world, TINY_SAND, army), SAHEL_STATE_BASED);
    assert_int_equal(kind_of(world, army, TINY_SAND), SAHEL_STATE_BASED);
    assert_int_equal(kind_of(world, TINY_SAND, people), SAHEL_ONE_SIDED);
    assert_int_equal(kind_of(world, army, people), SAHEL_ONE_SIDED);
    sah_world_free(world);
}

/* A cell and a group of it with people. */
static int32_t some_group(const struct sah_world *world, int *group) {
    const struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo");
    *group = 0;
    while (s->people_group[(size_t)cell * s->ngroups + (size_t)*group] < 10) ++*group;
    return cell;
}

static void people_die_once_and_in_their_group(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(NULL);
    struct sahel *s = sahel_of(world);
    int group;
    int32_t cell = some_group(world, &group);
    size_t at = (size_t)cell * s->ngroups + (size_t)group;
    int32_t there = s->people_group[at], all = s->people_now[cell];
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_RAIN, 1);
    assert_int_equal(sah_deed_kill_people(world, cell, group, 7, false, &rng), 7);
    assert_int_equal(s->people_group[at], there - 7);
    assert_int_equal(s->people_now[cell], all - 7);
    assert_true(s->menace[at] > 0);
    assert_true(s->hurt[at] <= 0);
    tiny_verify(world);
    assert_int_equal(sah_deed_kill_people(world, cell, group, there, true, &rng),
                     there - 7);
    assert_int_equal(s->people_group[at], 0);
    assert_true(s->hurt[at] > 0);
    tiny_verify(world);
    assert_int_equal(sah_deed_kill_people(world, cell, group, 5, true, &rng), 0);
    tiny_verify(world);
    sah_world_free(world);
}

static void fighters_and_soldiers_die_once(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(NULL);
    struct sahel *s = sahel_of(world);
    int32_t fighters = s->bands.fighters[0], soldiers = s->posts.soldiers[0];
    assert_int_equal(sah_deed_kill_fighters(world, 0, 2), 2);
    assert_int_equal(s->bands.fighters[0], fighters - 2);
    assert_int_equal(sah_deed_kill_fighters(world, 0, 1000), fighters - 2);
    assert_int_equal(s->bands.cell[0], SAH_NOWHERE);
    assert_int_equal(sah_deed_kill_soldiers(world, 0, 1), 1);
    assert_true(s->posts.pressure[0] > 0);
    assert_int_equal(sah_deed_kill_soldiers(world, 0, 100000), soldiers - 1);
    assert_int_equal(sah_deed_kill_soldiers(world, 0, 1), 0);
    tiny_verify(world);
    sah_world_free(world);
}

static void money_is_earned_spent_and_shared(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(NULL);
    struct sahel *s = sahel_of(world);
    int64_t river = s->treasury[TINY_RIVER], sand = s->treasury[TINY_SAND];
    sah_deed_earn(world, TINY_RIVER, SAHEL_GOLD, 12345);
    sah_deed_share(world, TINY_RIVER, TINY_SAND, 345);
    assert_int_equal(s->treasury[TINY_RIVER], river + 12000);
    assert_int_equal(s->treasury[TINY_SAND], sand + 345);
    assert_int_equal(s->money[SAHEL_SHARED * s->nfactions + TINY_RIVER], -345);
    tiny_verify(world);
    int64_t spent = sah_deed_spend(world, TINY_SAND, SAHEL_PAY, INT64_C(1) << 40);
    assert_int_equal(spent, sand + 345);
    assert_int_equal(s->treasury[TINY_SAND], 0);
    tiny_verify(world);
    sah_world_free(world);
}

static void a_cent_or_a_person_too_many_is_found(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(NULL);
    struct sahel *s = sahel_of(world);
    int64_t *book[] = {&s->treasury[0], NULL};
    int32_t *count[] = {&s->communities.people[5],
                        &s->bands.fighters[0],
                        &s->posts.soldiers[0],
                        &s->people_now[7],
                        &s->people_group[11],
                        &s->displaced_now[3],
                        NULL};
    struct sah_error err = {0};
    tiny_verify(world);
    for (int64_t **at = book; *at; at++) {
        ++**at;
        assert_int_equal(sah_world_verify(world, &err), SAH_CHECK);
        --**at;
    }
    for (int32_t **at = count; *at; at++) {
        ++**at;
        assert_int_equal(sah_world_verify(world, &err), SAH_CHECK);
        --**at;
    }
    sah_error_clear(&err);
    tiny_verify(world);
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_counted_once_in_every_table),
        cmocka_unit_test(kinds_of_violence),
        cmocka_unit_test(people_die_once_and_in_their_group),
        cmocka_unit_test(fighters_and_soldiers_die_once),
        cmocka_unit_test(money_is_earned_spent_and_shared),
        cmocka_unit_test(a_cent_or_a_person_too_many_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
