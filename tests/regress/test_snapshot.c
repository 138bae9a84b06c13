/* A state kept in memory: taken up by another world, the days that follow are the same;
 * what does not fit is refused. */
#include "sim/kernel/checkpoint.h"
#include "sim/study/branch.h"
#include "sim/study/seed.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

enum { PAST = 40, FUTURE = 30 };

static struct sah_snapshot take(struct sah_world *world) {
    struct sah_snapshot snapshot;
    struct sah_error err = {0};
    assert_int_equal(sah_snapshot_take(world, &snapshot, &err), SAH_OK);
    return snapshot;
}

static struct sah_digest go_on(struct sah_world *world,
                               const struct sah_snapshot *snapshot) {
    struct sah_error err = {0};
    assert_int_equal(sah_snapshot_put(world, snapshot, &err), SAH_OK);
    tiny_run(world, FUTURE);
    tiny_verify(world);
    struct sah_digest digest = sah_world_digest(world);
    sah_world_free(world);
    return digest;
}

static void goes_on_the_same(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(NULL);
    tiny_run(world, PAST);
    struct sah_snapshot eve = take(world);
    tiny_run(world, FUTURE);
    struct sah_digest whole = sah_world_digest(world);
    sah_world_free(world);
    assert_true(sah_digest_equal(go_on(tiny_make(NULL), &eve), whole));
    /* read only: a second time as well */
    assert_true(sah_digest_equal(go_on(tiny_make(NULL), &eve), whole));
    assert_false(sah_digest_equal(go_on(tiny_make_seed(77, NULL), &eve), whole));
    const char *const *off = SETS("mechanisms.recruitment=off");
    assert_false(sah_digest_equal(go_on(tiny_make(off), &eve), whole));
    sah_snapshot_free(&eve);
}

static void assert_refused(const char *const *sets, const struct sah_snapshot *eve) {
    struct sah_world *world = tiny_make(sets);
    struct sah_error err = {0};
    assert_int_equal(sah_snapshot_put(world, eve, &err), SAH_FORMAT);
    assert_non_null(err.text);
    sah_error_clear(&err);
    sah_world_free(world);
}

static void what_does_not_fit_is_refused(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(NULL);
    tiny_run(world, 3);
    struct sah_snapshot eve = take(world);
    sah_world_free(world);
    assert_refused(SETS("grid.cell=1"), &eve);
    const struct sah_snapshot cut = {eve.data, eve.length / 2};
    assert_refused(NULL, &cut);
    eve.data[eve.length / 2] ^= 1;
    assert_refused(NULL, &eve);
    sah_snapshot_free(&eve);
}

static void branch_0_has_the_seed_of_the_run(void **state) {
    (void)state;
    assert_true(sah_branch_seed(1234567, 0) == 1234567);
    assert_true(sah_branch_seed(1234567, 3) == sah_seed_of(1234567, 2));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goes_on_the_same),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(branch_0_has_the_seed_of_the_run)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
