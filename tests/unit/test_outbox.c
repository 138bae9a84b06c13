/* Outboxes: records come back drawer by drawer, whatever thread wrote them. */
#include "sim/kernel/outbox.h"
#include "tests/support/alloc.h"
#include "tests/support/bug.h"
#include "tests/support/cmocka_all.h"

#include <omp.h>

struct effect {
    int32_t drawer, number;
};

/* Every drawer gets a number of records of its own; dynamic chunks mix the threads. */
static void write_all(struct sah_outbox *box, int ndrawers) {
#pragma omp parallel for schedule(dynamic, 1)
    for (int d = 0; d < ndrawers; d++)
        for (int k = 0; k < d * 37 % 101; k++)
            sah_outbox_put(box, (size_t)d, &(struct effect){d, k});
}

static void order_does_not_depend_on_threads(void **state) {
    (void)state;
    enum { NDRAWERS = 200 };
    static const int threads[] = {1, 2, 7};
    struct sah_outbox box;
    sah_outbox_init(&box, sizeof(struct effect));
    int before = omp_get_max_threads();
    for (int t = 0; t < 3; t++) {
        omp_set_num_threads(threads[t]);
        assert_int_equal(sah_outbox_open(&box, NDRAWERS, NULL), 0);
        write_all(&box, NDRAWERS);
        assert_int_equal(sah_outbox_check(&box, NULL), 0);
        struct sah_outbox_cursor cursor = {0};
        size_t n = 0;
        for (int d = 0; d < NDRAWERS; d++)
            for (int k = 0; k < d * 37 % 101; k++, n++) {
                const struct effect *effect = sah_outbox_next(&box, &cursor);
                assert_true(effect && effect->drawer == d && effect->number == k);
            }
        assert_null(sah_outbox_next(&box, &cursor));
        assert_null(sah_outbox_next(&box, &cursor));
        assert_int_equal(sah_outbox_count(&box), n);
    }
    omp_set_num_threads(before);
    sah_outbox_free(&box);
}

static void opening_empties(void **state) {
    (void)state;
    struct sah_outbox box;
    sah_outbox_init(&box, sizeof(int));
    assert_int_equal(sah_outbox_count(&box), 0);
    assert_int_equal(sah_outbox_open(&box, 5, NULL), 0);
    for (int i = 0; i < 100; i++) sah_outbox_put(&box, 4, &i);
    assert_int_equal(sah_outbox_count(&box), 100);
    assert_int_equal(sah_outbox_open(&box, 2, NULL), 0);
    assert_int_equal(sah_outbox_count(&box), 0);
    ASSERT_BUG(sah_outbox_put(&box, 2, &(int){1}), "no such drawer");
    assert_int_equal(sah_outbox_open(&box, 5, NULL), 0);
    assert_int_equal(sah_outbox_count(&box), 0);
    sah_outbox_free(&box);
    sah_outbox_free(&box);
    assert_int_equal(sah_outbox_count(&box), 0);
}

static void failures_are_told(void **state) {
    (void)state;
    struct sah_outbox box;
    sah_outbox_init(&box, sizeof(int));
    struct sah_error err = {0};
    alloc_fail_at(1);
    assert_int_equal(sah_outbox_open(&box, 3, &err), SAH_MEMORY);
    assert_int_equal(sah_outbox_open(&box, SIZE_MAX / 8, &err), SAH_MEMORY);
    assert_int_equal(sah_outbox_open(&box, 3, NULL), 0);
    alloc_fail_at(1);
    sah_outbox_put(&box, 1, &(int){1});
    sah_outbox_put(&box, 1, &(int){2});
    sah_outbox_put(&box, 2, &(int){3});
    assert_int_equal(sah_outbox_check(&box, &err), SAH_MEMORY);
    assert_int_equal(sah_outbox_count(&box), 1);
    assert_int_equal(sah_outbox_open(&box, 3, NULL), 0);
    assert_int_equal(sah_outbox_check(&box, NULL), 0);
    sah_outbox_fail(&box, 2);
    assert_int_equal(sah_outbox_check(&box, &err), SAH_MEMORY);
    ASSERT_BUG(sah_outbox_fail(&box, 3), "no such drawer");
    sah_error_clear(&err);
    sah_outbox_free(&box);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_does_not_depend_on_threads),
        cmocka_unit_test(opening_empties),
        cmocka_unit_test(failures_are_told),
    };
    return cmocka_run_group_tests_name("outbox", tests, NULL, NULL);
}
