/* Mechanism 22, displacement: nobody is lost on the way, and why they go. */
#include "models/flight/law.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int64_t displaced(const struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    int64_t sum = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++) sum += s->displaced_now[c];
    return sum;
}

static int64_t people(const struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    int64_t sum = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++) sum += s->people_now[c];
    return sum;
}

/* All of one cell are afraid, and deaths are remembered there. */
static void frighten(struct sah_world *world, int32_t cell, float violence) {
    struct sahel *s = sahel_of(world);
    s->violence[cell] = violence;
    for (size_t i = 0; i < s->communities.base.n; i++)
        if (s->communities.cell[i] == cell && s->communities.origin[i] == SAHEL_AT_HOME)
            s->communities.fear_insurgent[i] = 1;
}

#define STILL_BUT(...) tiny_make_still(SETS("mechanisms.displacement=on", __VA_ARGS__))

static void no_rate_no_fear_no_violence_no_flight(void **state) {
    (void)state;
    struct sah_world *world = STILL_BUT("displacement.rate=0");
    frighten(world, tiny_cell(world, "Djibo"), 50);
    assert_true(tiny_run_count(world, 30).fled <= 0);
    sah_world_free(world);
    world = STILL_BUT("displacement.rate=1");
    frighten(world, tiny_cell(world, "Djibo"), 0);
    assert_true(tiny_run_count(world, 30).fled <= 0);
    sah_world_free(world);
    world = STILL_BUT("displacement.threshold=1");
    frighten(world, tiny_cell(world, "Djibo"), 50);
    assert_true(tiny_run_count(world, 30).fled <= 0);
    sah_world_free(world);
}

/* The first day: Poisson(people rate V/(V + half) (fear - threshold)). */
static void flight_by_hand(void **state) {
    (void)state;
    struct sah_world *world = STILL_BUT("displacement.rate=0.02", "displacement.half=6",
                                        "displacement.threshold=0.01");
    const struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo");
    frighten(world, cell, 18);
    double keep = exp2(-1 / 90.0); /* half-life of fear */
    double expected = s->people_now[cell] * 0.02 * 18 / 24 * (keep - 0.01);
    double fled = tiny_run_count(world, 1).fled;
    assert_true(expected > 100);
    assert_true(fabs(fled - expected) < 4.5 * sqrt(expected) + 0.02 * expected);
    assert_int_equal(displaced(world), (int64_t)fled);
    tiny_verify(world);
    sah_world_free(world);
}

static void a_place_that_empties_stays_a_place(void **state) {
    (void)state;
    struct sah_world *world = STILL_BUT("displacement.rate=1", "displacement.half=0.01",
                                        "displacement.threshold=0");
    const struct sahel *s = sahel_of(world);
    int64_t all = people(world);
    int32_t cell = tiny_cell(world, "Djibo");
    for (int k = 0; k < 25; k++) {
        frighten(world, cell, 1000);
        tiny_run(world, 1);
        tiny_verify(world);
        for (int32_t c = 0; c < world->grid.ncells; c++) {
            assert_true(isfinite(s->tips[c]));
            assert_true(s->people_now[c] >= 0);
        }
    }
    assert_int_equal(people(world), all);
    assert_true(s->people_now[cell] < 100);
    sah_world_free(world);
}

static void they_keep_their_origin_and_return(void **state) {
    (void)state;
    struct sah_world *world =
        STILL_BUT("displacement.return_rate=0.1", "displacement.calm=0.5");
    const struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo"), before = s->people_now[cell];
    frighten(world, cell, 20);
    tiny_run(world, 10);
    assert_true(displaced(world) > 100);
    for (size_t i = 0; i < s->communities.base.n; i++)
        if (s->communities.origin[i] != SAHEL_AT_HOME && s->communities.people[i])
            assert_int_equal(s->communities.origin[i], cell);
    tiny_run(world, 600);
    tiny_verify(world);
    assert_int_equal(displaced(world), 0);
    assert_int_equal(s->people_now[cell], before);
    sah_world_free(world);
}

static void nobody_returns_at_rate_zero(void **state) {
    (void)state;
    struct sah_world *world = STILL_BUT("displacement.return_rate=0");
    frighten(world, tiny_cell(world, "Djibo"), 20);
    struct tiny_tally tally = tiny_run_count(world, 300);
    assert_true(tally.fled > 0 && tally.returned <= 0);
    assert_true(displaced(world) > 0);
    sah_world_free(world);
}

static int falling(const void *a, const void *b) {
    const int32_t *x = a, *y = b;
    return (*x < *y) - (*x > *y);
}

/* Signature: hosts concentrate in few towns. */
static void a_few_towns_host_most(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(NULL);
    tiny_run(world, 365);
    size_t n = (size_t)world->grid.ncells;
    int32_t *host = calloc(n, sizeof *host);
    assert_non_null(host);
    int64_t all = displaced(world), most = 0;
    for (size_t c = 0; c < n; c++) host[c] = sahel_of(world)->displaced_now[c];
    qsort(host, n, sizeof *host, falling);
    for (int k = 0; k < 10; k++) most += host[k];
    print_message("displaced %lld, ten first hosts %lld\n", (long long)all,
                  (long long)most);
    assert_true(all > 1000);
    assert_true((double)most > 0.6 * (double)all);
    free(host);
    sah_world_free(world);
}

/* Who crosses a border is displaced where he stays. */
static void across_a_border_they_count_where_they_stay(void **state) {
    (void)state;
    struct sah_world *world = STILL_BUT("displacement.range=150");
    const struct sahel *s = sahel_of(world);
    frighten(world, tiny_cell(world, "Tera"), 20);
    tiny_run(world, 10);
    const struct sah_observable *shown = world->family->observables;
    while (strcmp(shown->name, "displaced_by_country") != 0) shown++;
    double *told = calloc(s->ncountries, sizeof *told), abroad = 0;
    assert_non_null(told);
    shown->read(world, told);
    for (size_t i = 0; i < s->communities.base.n; i++) {
        int32_t origin = s->communities.origin[i], cell = s->communities.cell[i];
        if (origin == SAHEL_AT_HOME || cell == SAH_NOWHERE) continue;
        told[sahel_country_of(world, cell)] -= s->communities.people[i];
        if (sahel_country_of(world, cell) != sahel_country_of(world, origin))
            abroad += s->communities.people[i];
    }
    assert_true(abroad > 100);
    for (size_t k = 0; k < s->ncountries; k++) assert_true(fabs(told[k]) <= 0);
    free(told);
    sah_world_free(world);
}

/* ---- takeovers ---- */

/* The state's services leave Djibo while `fighters` stand there; the day after. */
static struct sah_world *takeover(int fighters, const char *conquest, float *fall) {
    struct sah_world *world =
        STILL_BUT("mechanisms.state_presence=on", "displacement.rate=0.02",
                  "displacement.half=6", "displacement.ousted_half_life=10", conquest);
    struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo");
    tiny_clear_bands(world);
    if (fighters) tiny_add_band(world, TINY_SAND, cell, fighters);
    tiny_run(world, 2); /* what changes on the first evening is no takeover */
    float before = s->state[cell];
    s->state_base[cell] = 0;
    tiny_run(world, 1);
    *fall = before - s->state[cell];
    assert_true(*fall > 0.02F);
    return world;
}

/* O = conquest fall I/(I + 30), halved in ten days; it is heard of, and people leave. */
static void a_takeover_makes_people_flee(void **state) {
    (void)state;
    float fall;
    struct sah_world *world = takeover(60, "displacement.conquest=1000", &fall);
    const struct sahel *s = sahel_of(world);
    int32_t cell = tiny_cell(world, "Djibo");
    float felt = s->insurgent[cell], ousted = 1000 * fall * felt / (felt + 30);
    assert_true(felt > 20 && s->violence[cell] <= 0 && s->flight_rate[cell] <= 0);
    double fled = tiny_run_count(world, 1).fled;
    assert_float_equal(s->flight_rate[cell], sah_flight_rate(0.02F, ousted, 6), 1e-6);
    assert_true(fled > 20);
    tiny_run(world, 10);
    assert_float_equal(s->flight_rate[cell], sah_flight_rate(0.02F, ousted / 2, 6),
                       1e-6);
    sah_world_free(world);
}

static void without_fighters_or_weight_no_takeover(void **state) {
    (void)state;
    float fall;
    struct sah_world *world = takeover(0, "displacement.conquest=1000", &fall);
    assert_true(tiny_run_count(world, 20).fled <= 0);
    sah_world_free(world);
    world = takeover(60, "displacement.conquest=0", &fall);
    assert_true(tiny_run_count(world, 20).fled <= 0);
    sah_world_free(world);
}

/* More violence, more flight. */
static double flight(struct sah_world *world) {
    return tiny_run_count(world, 240).fled;
}

static void more_attacks_more_flight(void **state) {
    (void)state;
    tiny_assert_above("attacks off -> on: flight",
                      tiny_pair(flight, SETS("mechanisms.attacks=off"), NULL, 24), 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_rate_no_fear_no_violence_no_flight),
        cmocka_unit_test(flight_by_hand),
        cmocka_unit_test(a_place_that_empties_stays_a_place),
        cmocka_unit_test(they_keep_their_origin_and_return),
        cmocka_unit_test(nobody_returns_at_rate_zero),
        cmocka_unit_test(a_few_towns_host_most),
        cmocka_unit_test(across_a_border_they_count_where_they_stay),
        cmocka_unit_test(a_takeover_makes_people_flee),
        cmocka_unit_test(without_fighters_or_weight_no_takeover),
        cmocka_unit_test(more_attacks_more_flight),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
