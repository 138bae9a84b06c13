/* The same bytes on any number of threads and with any instructions, all mechanisms on:
 * a small box where people flee for 240 days. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <omp.h>

enum { DAYS = 240, PARTS = 4 };

struct run {
    struct sah_digest digest[PARTS];
    double fled, deaths;
};

static struct run run(const char *const *sets) {
    struct run r = {0};
    struct sah_world *world = tiny_make(sets);
    for (int k = 0; k < PARTS; k++) {
        struct tiny_tally tally = tiny_run_count(world, DAYS / PARTS);
        r.digest[k] = sah_world_digest(world);
        r.fled += tally.fled;
        r.deaths += tally.deaths;
    }
    sah_world_free(world);
    return r;
}

static void assert_same(const struct run *a, const struct run *b) {
    for (int k = 0; k < PARTS; k++)
        assert_true(sah_digest_equal(a->digest[k], b->digest[k]));
}

/* On one thread with all that the processor has: what the others must repeat. */
static const struct run *reference(void) {
    static struct run one;
    if (one.deaths > 0) return &one;
    omp_set_num_threads(1);
    sah_isa_set(sah_isa_limit());
    one = run(NULL);
    assert_true(one.fled > 100 && one.deaths > 50);
    return &one;
}

static void any_number_of_threads(void **state) {
    (void)state;
    const struct run *one = reference();
    static const int counts[] = {2, 7};
    for (int k = 0; k < 2; k++) {
        omp_set_num_threads(counts[k]);
        struct run many = run(NULL);
        assert_same(one, &many);
    }
    omp_set_num_threads(1);
}

static void any_instructions(void **state) {
    (void)state;
    const struct run *best = reference();
    for (int isa = SAH_ISA_BASELINE; isa < SAH_ISA_COUNT; isa++) {
        if ((enum sah_isa)isa == sah_isa_limit()) break; /* the reference */
        assert_int_equal(sah_isa_set((enum sah_isa)isa), isa);
        struct run narrow = run(NULL);
        assert_same(best, &narrow);
    }
    print_message("compared up to %s\n", sah_isa_name(sah_isa_limit()));
    sah_isa_set(sah_isa_limit());
}

/* Another seed is another run, and one setting is one. */
static void the_digest_sees_a_difference(void **state) {
    (void)state;
    const struct run *a = reference();
    struct run b = run(SETS("run.seed=2")), c = run(SETS("gold.price=1.01"));
    assert_false(sah_digest_equal(a->digest[0], b.digest[0]));
    assert_false(sah_digest_equal(a->digest[PARTS - 1], c.digest[PARTS - 1]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_threads),
        cmocka_unit_test(any_instructions),
        cmocka_unit_test(the_digest_sees_a_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
