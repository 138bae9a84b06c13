/* The promises hold for the classics as they do for the Sahel: a run is a function of
 * scenario and seed, on any number of threads, whole or stopped and taken up. */
#include "sim/kernel/checkpoint.h"
#include "tests/support/classic_world.h"

#include <omp.h>

enum { PAST = 37, FUTURE = 40, THREADS = 3 };

static const struct {
    const char *name, *text;
} classic[] = {
    {"Epstein, Model I, sequential",
     "run: {model: epstein, start: 2000-01-01, end: 2000-12-31}\n"
     "unrest: {ratio: floor, self_twice: on}\n"
     "timeline: [{date: 2000-02-01, what: city.police, to: 0.07}, "
     "{date: 2000-02-15, what: city.police, to: 0.03}]\n"},
    {"Epstein, Model I, tiled",
     "run: {model: epstein, start: 2000-01-01, end: 2000-12-31}\n"
     "grid: {columns: 250, rows: 125}\n"
     "unrest: {order: tiled, ratio: floor, legitimacy: 0.7}\n"},
    {"Epstein, in jail on their cells",
     "run: {model: epstein, start: 2000-01-01, end: 2000-12-31}\n"
     "unrest: {first: act, shape: diamond, ratio: floor, stays: on, legitimacy: "
     "0.7}\n"},
    {"Epstein, Model II, tiled",
     "run: {model: epstein, start: 2000-01-01, end: 2000-12-31}\n"
     "grid: {columns: 130, rows: 245}\n"
     "mechanisms: {groups: on}\n"
     "unrest: {order: tiled, citizen_vision: 1.7, police_vision: 1.7}\n"},
    {"Bohorquez", "run: {model: bohorquez, start: 2000-01-01, end: 2000-12-31}\n"
                  "gathering: {fighters: 2000, meetings: 300}\n"},
    {"Bennett", "run: {model: bennett, start: 2000-01-01, end: 2000-12-31}\n"
                "grid: {columns: 50, rows: 50}\n"
                "insurgency: {effectiveness: 0.1, accuracy: 0.5}\n"},
    {"Lanchester", "run: {model: lanchester, start: 2000-01-01, end: 2000-12-31}\n"
                   "attrition: {law: kress, civilians: 2000}\n"},
};
enum { CLASSICS = sizeof classic / sizeof *classic };

static struct sah_digest whole(size_t k, int threads, uint64_t seed) {
    omp_set_num_threads(threads);
    struct sah_world *world = classic_make(classic[k].text, NULL, seed);
    classic_run(world, PAST + FUTURE);
    struct sah_digest digest = sah_world_digest(world);
    sah_world_free(world);
    omp_set_num_threads(1);
    return digest;
}

static struct sah_digest taken_up(size_t k) {
    struct sah_snapshot eve;
    struct sah_error err = {0};
    struct sah_world *world = classic_make(classic[k].text, NULL, 1);
    classic_run(world, PAST);
    classic_done(sah_snapshot_take(world, &eve, &err), &err);
    sah_world_free(world);
    world = classic_make(classic[k].text, NULL, 1);
    classic_done(sah_snapshot_put(world, &eve, &err), &err);
    classic_run(world, FUTURE);
    struct sah_digest digest = sah_world_digest(world);
    sah_world_free(world);
    sah_snapshot_free(&eve);
    return digest;
}

static void a_run_is_a_function_of_scenario_and_seed(void **state) {
    (void)state;
    for (size_t k = 0; k < CLASSICS; k++) {
        print_message("%s\n", classic[k].name);
        struct sah_digest once = whole(k, 1, 1);
        assert_true(sah_digest_equal(whole(k, THREADS, 1), once));
        assert_true(sah_digest_equal(taken_up(k), once));
        assert_false(sah_digest_equal(whole(k, 1, 2), once));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_is_a_function_of_scenario_and_seed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
