/* Communities: nobody is rounded away, and feelings fade by their half-lives. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

static int64_t people_of_land(const struct sah_world *world) {
    int64_t sum = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++)
        if (world->theatre[c] && world->land->region[c] >= 0)
            sum += (int64_t)(sah_land_people(world->land, c, world->run.start) + 0.5);
    return sum;
}

static void nobody_is_rounded_away(void **state) {
    (void)state;
    static const char *const sizes[] = {"run.people_per_agent=1000",
                                        "run.people_per_agent=77"};
    for (int k = 0; k < 2; k++) {
        struct sah_world *world = tiny_make_still(SETS(sizes[k]));
        const struct sahel *s = sahel_of(world);
        assert_int_equal(s->sum[SAHEL_SUM_PEOPLE_START], people_of_land(world));
        for (size_t i = 0; i < s->communities.base.n; i++) {
            assert_true(s->communities.people[i] >= 1);
            assert_true(s->communities.people[i] <= (k ? 77 : 1000));
            assert_true(s->communities.livelihood[i] < SAHEL_LIVELIHOODS);
        }
        tiny_verify(world);
        sah_world_free(world);
    }
}

/* People of each livelihood, each group and each cell do not depend on the scale. */
static void the_scale_does_not_move_people(void **state) {
    (void)state;
    int64_t count[2][SAHEL_LIVELIHOODS] = {{0}};
    static const char *const sizes[] = {"run.people_per_agent=1000",
                                        "run.people_per_agent=20"};
    for (int k = 0; k < 2; k++) {
        struct sah_world *world = tiny_make_still(SETS(sizes[k]));
        const struct sahel_communities *c = &sahel_of(world)->communities;
        for (size_t i = 0; i < c->base.n; i++)
            count[k][c->livelihood[i]] += c->people[i];
        sah_world_free(world);
    }
    for (int l = 0; l < SAHEL_LIVELIHOODS; l++)
        assert_int_equal(count[0][l], count[1][l]);
}

static void feelings_fade_by_half(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS("communities.grievance_half_life=100", "communities.fear_half_life=50",
             "communities.wealth_half_life=25"));
    struct sahel_communities *c = &sahel_of(world)->communities;
    uint64_t id = c->id[17];
    float rest = c->grievance[17], wealth = c->wealth[17];
    c->grievance[17] = c->fear_state[17] = c->fear_insurgent[17] = 1;
    c->wealth[17] = wealth / 2;
    tiny_run(world, 100);
    size_t i = 0;
    while (c->id[i] != id) i++;
    assert_true(fabsf(c->grievance[i] - (1 + rest) / 2) < 1e-3f);
    assert_true(fabsf(c->fear_state[i] - 0.25f) < 1e-3f);
    assert_true(fabsf(c->fear_insurgent[i] - 0.25f) < 1e-3f);
    assert_true(fabsf(c->wealth[i] - wealth * (1 - 1 / 32.0f)) < 1e-3f);
    sah_world_free(world);
}

static void harm_is_felt_the_next_day_and_once(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(NULL);
    struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo");
    size_t i = (size_t)s->communities.base.first[cell], g = s->communities.group[i];
    float before = s->communities.grievance[i];
    s->hurt[(size_t)cell * s->ngroups + g] = 0.25f;
    tiny_run(world, 1);
    float after = s->communities.grievance[i];
    assert_true(fabsf(after - (before + 0.25f * (1 - before))) < 1e-4f);
    assert_true(fabsf(s->communities.fear_state[i] - 0.25f) < 1e-4f);
    assert_true(s->communities.fear_insurgent[i] <= 0);
    tiny_run(world, 1);
    assert_true(s->communities.grievance[i] < after);
    sah_world_free(world);
}

static void all_stays_in_bounds(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(SETS("attacks.rate=1"));
    const struct sahel_communities *c = &sahel_of(world)->communities;
    tiny_run(world, 200);
    for (size_t i = 0; i < c->base.n; i++) {
        assert_true(c->grievance[i] >= 0 && c->grievance[i] <= 1);
        assert_true(c->fear_state[i] >= 0 && c->fear_state[i] <= 1);
        assert_true(c->fear_insurgent[i] >= 0 && c->fear_insurgent[i] <= 1);
        assert_true(c->support[i] >= 0 && c->support[i] <= 1);
        assert_true(c->wealth[i] >= 0 && c->wealth[i] <= 2);
    }
    const struct sahel *s = sahel_of(world);
    for (int32_t k = 0; k < world->grid.ncells; k++)
        assert_true(s->tips[k] >= 0 && s->tips[k] <= 1.00001f);
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_is_rounded_away),
        cmocka_unit_test(the_scale_does_not_move_people),
        cmocka_unit_test(feelings_fade_by_half),
        cmocka_unit_test(harm_is_felt_the_next_day_and_once),
        cmocka_unit_test(all_stays_in_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
