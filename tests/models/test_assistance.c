/* Mechanism 29, assistance: what aid buys, and how posts live that are cut off. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>

#define ON  "mechanisms.assistance=on"
#define AID "forces.north.aid=8 MUSD/year" /* 2,000 for each of 4,000 */

static void without_aid_nothing_changes(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(ON));
    tiny_clear_bands(world);
    tiny_run(world, 300);
    const struct sahel *s = sahel_of(world);
    for (size_t f = 0; f < s->nforces; f++)
        assert_true(s->training[f] >= 1 && s->equipped[f] <= 1);
    for (size_t p = 0; p < s->posts.base.n; p++)
        assert_true(s->posts.supply[p] > 0.999F);
    sah_world_free(world);
}

/* 1,000 for training, half at 1,000: goal one half, half of it in a year. */
static void training_and_equipment_by_hand(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(ON, AID, "assistance.training=0.5", "assistance.airlift=0.25",
             "assistance.half=1000", "assistance.saved=0.4", "assistance.gain=0.6",
             "assistance.protective=0", "assistance.learning=100"));
    tiny_run(world, 100);
    const struct sahel *s = sahel_of(world);
    assert_true(fabs((double)s->training[TINY_NORTH] - (1 - 0.4 * 0.25)) < 1e-5);
    assert_true(fabs((double)s->equipped[TINY_NORTH] - (1 + 0.6 / 3)) < 1e-5);
    assert_true(s->training[TINY_SOUTH] >= 1 && s->equipped[TINY_SOUTH] <= 1);
    sah_world_free(world);
}

/* ---- supply ---- */

/* A post of the north that is far from all its bases. */
static size_t far_post(const struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_force *force = &s->force[TINY_NORTH];
    size_t best = 0;
    double most = 0;
    for (size_t p = 0; p < s->posts.base.n; p++) {
        if (s->posts.force[p] != TINY_NORTH) continue;
        double least = 1e9;
        for (size_t k = 0; k < force->bases.n; k++)
            least = fmin(least, sah_grid_distance_km(&world->grid, s->posts.cell[p],
                                                     force->base_cell[k]));
        if (least < most) continue;
        most = least;
        best = p;
    }
    assert_true(most > 30);
    return best;
}

/* Supply of the far post, with many fighters around it, after some stores. */
static double supply_after(const char *const *sets, int fighters, int days) {
    struct sah_world *world = tiny_make_still(sets);
    tiny_clear_bands(world);
    size_t post = far_post(world);
    int32_t cell = sahel_of(world)->posts.cell[post];
    uint64_t id = sahel_of(world)->posts.id[post];
    if (fighters) tiny_add_band(world, TINY_SAND, cell + 1, fighters);
    tiny_run(world, days);
    const struct sahel_posts *p = &sahel_of(world)->posts;
    size_t i = 0;
    while (p->id[i] != id) i++;
    double supply = (double)p->supply[i];
    for (size_t k = 0; k < p->base.n; k++)
        for (size_t b = 0; b < 4 && p->force[k] == TINY_NORTH; b++)
            if (p->cell[k] == sahel_of(world)->force[TINY_NORTH].base_cell[b])
                assert_true(p->supply[k] >= 1); /* bases are supplied */
    tiny_verify(world);
    sah_world_free(world);
    return supply;
}

#define LIFT "assistance.airlift=1", "assistance.training=0", "assistance.half=1"

static void cut_roads_starve_and_airlift_feeds(void **state) {
    (void)state;
    double calm = supply_after(SETS(ON), 0, 200);
    double cut = supply_after(SETS(ON, "assistance.cut=10"), 3000, 200);
    double soon = supply_after(SETS(ON, "assistance.cut=10"), 3000, 10);
    double flown = supply_after(SETS(ON, LIFT, AID, "assistance.cut=10"), 3000, 200);
    print_message("supply: calm %.3f, cut %.3f, ten days %.3f, flown %.3f\n", calm, cut,
                  soon, flown);
    assert_true(calm > 0.999);
    assert_true(cut < 0.1);
    assert_true(soon > cut && soon < 1);
    assert_true(flown > 0.99);
}

/* ---- signature: isolated posts hold longer ---- */

static double held(struct sah_world *world) {
    const struct sahel_posts *p = &sahel_of(world)->posts;
    double posts = 0;
    for (int day = 0; day < 300; day++) {
        tiny_run(world, 1);
        for (size_t i = 0; i < p->base.n; i++)
            posts += p->force[i] == TINY_NORTH && p->mode[i] == SAHEL_AT_POST;
    }
    return posts / 300;
}

static void isolated_posts_hold_longer(void **state) {
    (void)state;
#define PRESSED                                                          \
    "assistance.cut=1", "attacks.rate=0.3", "state_presence.breaking=1", \
        "state_presence.return=400", "factions.river.strength=400",      \
        "forces.north.aid=8 MUSD/year", "assistance.training=0",         \
        "assistance.half=100", "assistance.stores=10"
    tiny_assert_above("airlift none -> all: posts held",
                      tiny_pair(held, SETS(PRESSED, "assistance.airlift=0"),
                                SETS(PRESSED, "assistance.airlift=1"), 48),
                      5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_aid_nothing_changes),
        cmocka_unit_test(training_and_equipment_by_hand),
        cmocka_unit_test(cut_roads_starve_and_airlift_feeds),
        cmocka_unit_test(isolated_posts_hold_longer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
