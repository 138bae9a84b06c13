/* Names never lie on each other, whatever the points; important ones go first. */
#include "output/label.h"
#include "tests/support/cmocka_all.h"

#include <string.h>

static double unit(uint64_t *seed) {
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*seed >> 40) / 16777216.0;
}

static int meet(struct sah_box a, struct sah_box b) {
    return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

static struct sah_box mark(const struct sah_label *l) {
    return (struct sah_box){l->x - l->radius, l->y - l->radius, l->x + l->radius,
                            l->y + l->radius};
}

enum { N = 120 };

static void scatter(struct sah_label *label, uint64_t seed, double size) {
    for (int i = 0; i < N; i++)
        label[i] = (struct sah_label){.x = 400 * unit(&seed),
                                      .y = 250 * unit(&seed),
                                      .radius = 1 + 2 * unit(&seed),
                                      .width = size * (0.5 + unit(&seed)),
                                      .height = size / 5};
}

static void names_and_marks_stay_apart(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct sah_label label[N];
        struct sah_label_space space = {.bounds = {0, 0, 400, 250}};
        struct sah_box taken = {30, 30, 120, 60};
        scatter(label, seed, 5 + (double)seed / 4);
        assert_true(sah_label_take(&space, taken));
        size_t placed = sah_labels_place(&space, label, N, N), counted = 0;
        for (int i = 0; i < N; i++) {
            if (!label[i].placed) continue;
            counted++;
            struct sah_box b = label[i].box;
            assert_true(b.x0 >= 0 && b.y0 >= 0 && b.x1 <= 400 && b.y1 <= 250);
            assert_false(meet(b, taken) || meet(b, mark(&label[i])));
            for (int j = 0; j < i; j++) {
                if (!label[j].placed) continue;
                assert_false(meet(b, label[j].box) || meet(b, mark(&label[j])));
                assert_false(meet(mark(&label[i]), label[j].box));
            }
        }
        assert_int_equal(placed, counted);
        sah_label_space_free(&space);
    }
}

static void the_first_of_two_at_one_point_wins(void **state) {
    (void)state;
    struct sah_label two[2] = {
        {.x = 50, .y = 50, .radius = 2, .width = 20, .height = 6},
        {.x = 51, .y = 50, .radius = 2, .width = 20, .height = 6}};
    struct sah_label_space space = {.bounds = {0, 0, 100, 100}};
    assert_int_equal(sah_labels_place(&space, two, 2, 2), 1);
    assert_true(two[0].placed && !two[1].placed);
    assert_true(two[0].box.x0 > 50); /* right of the point, the first wish */
    sah_label_space_free(&space);
}

static void no_more_than_asked(void **state) {
    (void)state;
    struct sah_label label[N];
    struct sah_label_space space = {.bounds = {0, 0, 400, 250}};
    scatter(label, 7, 10);
    assert_int_equal(sah_labels_place(&space, label, N, 5), 5);
    sah_label_space_free(&space);
    scatter(label, 7, 10);
    assert_int_equal(sah_labels_place(&space, label, N, 0), 0);
    sah_label_space_free(&space);
}

static void a_name_at_the_edge_turns_inwards(void **state) {
    (void)state;
    struct sah_label one = {.x = 98, .y = 50, .radius = 1, .width = 30, .height = 6};
    struct sah_label_space space = {.bounds = {0, 0, 100, 100}};
    assert_int_equal(sah_labels_place(&space, &one, 1, 1), 1);
    assert_true(one.box.x1 < 98);
    sah_label_space_free(&space);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_marks_stay_apart),
        cmocka_unit_test(the_first_of_two_at_one_point_wins),
        cmocka_unit_test(no_more_than_asked),
        cmocka_unit_test(a_name_at_the_edge_turns_inwards),
    };
    return cmocka_run_group_tests_name("label", tests, NULL, NULL);
}
