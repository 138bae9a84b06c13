/* Two logs of one world: rows of a day, their numbers, and the chain of all before. */
#include "sim/kernel/checkpoint.h"
#include "sim/kernel/log.h"
#include "tests/support/bug.h"
#include "tests/support/cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROWS(X)                                         \
    X(uint64_t, id, "1", SAH_KEEP, "Number of the row") \
    X(int32_t, value, "1", SAH_KEEP, "What it says")

struct rows {
    struct sah_population base;
    ROWS(SAH_COLUMN_POINTER)
};
#define SAH_COLUMN_STRUCT struct rows
static const struct sah_column columns[] = {ROWS(SAH_COLUMN_ROW)};
#undef SAH_COLUMN_STRUCT

struct books {
    struct rows first, second;
};

/* ---- a family that writes into two logs ---- */

static int32_t slip[2]; /* added to what is written on the third day */

static int write_row(struct sah_world *world, size_t log, int32_t value,
                     struct sah_error *err) {
    struct rows *rows = (struct rows *)world->logs[log].rows;
    size_t i;
    int status = sah_population_add(&rows->base, 1, &i, err);
    if (status) return status;
    rows->id[i] = sah_log_number(&world->logs[log], i);
    rows->value[i] = value + (world->tick == 2 ? slip[log] : 0);
    return SAH_OK;
}

/* Two rows a day in the first log, one every other day in the second. */
static int begin_day(struct sah_world *world, struct sah_error *err) {
    int status = write_row(world, 0, world->today, err);
    if (!status) status = write_row(world, 0, -1, err);
    if (status || world->tick % 2) return status;
    return write_row(world, 1, world->today, err);
}

static int create(struct sah_world *world, struct sah_error *err) {
    static const struct sah_log_code codes[] = {{"value", "word"}, {0}};
    struct books *books = world->state;
    sah_population_init(&books->first.base, "first", "First", columns, 2);
    sah_population_init(&books->second.base, "second", "Second", columns, 2);
    assert_int_equal(sah_world_log(world, &books->first.base, "one", NULL, err), 0);
    assert_int_equal(sah_world_log(world, &books->second.base, "other", codes, err), 1);
    return SAH_OK;
}

static void free_books(struct sah_world *world) {
    for (size_t i = 0; i < world->nlogs; i++) sah_population_free(world->logs[i].rows);
}

static const char *const phases[] = {"write"};
static const struct sah_family family = {.name = "toy",
                                         .doc = "A toy",
                                         .phases = phases,
                                         .nphases = 1,
                                         .state_size = sizeof(struct books),
                                         .create = create,
                                         .begin_day = begin_day,
                                         .free = free_books};

static struct sah_world *made(void) {
    static const struct sah_family *const families[] = {&family};
    static const char yaml[] =
        "run: {model: toy, start: 2016-01-01, end: 2016-01-20}\n";
    const struct sah_world_request request = {.families = families, .nfamilies = 1};
    struct sah_error err = {0};
    struct sah_scenario *scenario;
    struct sah_world *world = NULL;
    assert_int_equal(
        sah_scenario_parse("t.yaml", yaml, strlen(yaml), NULL, 0, &scenario, &err),
        SAH_OK);
    assert_int_equal(sah_world_create(scenario, &request, &world, &err), SAH_OK);
    return world;
}

static void run(struct sah_world *world, int days) {
    struct sah_error err = {0};
    for (int k = 0; k < days; k++)
        assert_int_equal(sah_world_step(world, &err), SAH_OK);
}

/* ---- tests ---- */

static void rows_are_those_of_today(void **state) {
    (void)state;
    struct sah_world *world = made();
    const struct books *books = world->state;
    run(world, 4);
    assert_int_equal(books->first.base.n, 2);
    assert_int_equal(books->second.base.n, 0);
    assert_int_equal(books->first.value[0], world->today);
    assert_int_equal(books->first.id[1], 8);
    assert_int_equal(world->logs[0].count, 8);
    assert_int_equal(world->logs[1].count, 2);
    run(world, 1);
    assert_int_equal(books->second.id[0], 3);
    sah_world_free(world);
}

static void codes_have_axes(void **state) {
    (void)state;
    struct sah_world *world = made();
    assert_null(sah_log_axis(&world->logs[0], "value"));
    assert_string_equal(sah_log_axis(&world->logs[1], "value"), "word");
    assert_null(sah_log_axis(&world->logs[1], "id"));
    sah_world_free(world);
}

/* The world after `days` days, with a slip in one row of the third. */
static struct sah_digest digest_with(int log, int days) {
    struct sah_world *world = made();
    if (log >= 0) slip[log] = 1;
    run(world, days);
    slip[0] = slip[1] = 0;
    struct sah_digest digest = sah_world_digest(world);
    sah_world_free(world);
    return digest;
}

static void one_row_makes_another_digest_ever_after(void **state) {
    (void)state;
    for (int log = 0; log < 2; log++)
        for (int days = 1; days <= 10; days++)
            assert_int_equal(
                sah_digest_equal(digest_with(-1, days), digest_with(log, days)),
                days < 3);
    assert_false(sah_digest_equal(digest_with(0, 3), digest_with(1, 3)));
}

static void checkpoints_keep_both(void **state) {
    (void)state;
    char path[] = "/tmp/sah_log_XXXXXX";
    struct sah_error err = {0};
    close(mkstemp(path));
    struct sah_world *world = made(), *other = made();
    run(world, 7);
    assert_int_equal(sah_checkpoint_write(world, path, &err), SAH_OK);
    assert_int_equal(sah_checkpoint_read(other, path, &err), SAH_OK);
    assert_memory_equal(other->logs[0].chain, world->logs[0].chain, 16);
    assert_memory_equal(other->logs[1].chain, world->logs[1].chain, 16);
    assert_int_equal(other->logs[0].count, 14);
    assert_int_equal(other->logs[1].count, 4);
    run(world, 5);
    run(other, 5);
    assert_true(sah_digest_equal(sah_world_digest(world), sah_world_digest(other)));
    remove(path);
    sah_world_free(world);
    sah_world_free(other);
}

static void there_is_room_for_so_many(void **state) {
    (void)state;
    struct sah_error err = {0};
    struct sah_world *world = made();
    struct sah_population *rows = world->logs[0].rows;
    while (world->nlogs < SAH_MAX_LOGS)
        assert_true(sah_world_log(world, rows, "row", NULL, &err) > 0);
    assert_int_equal(sah_world_log(world, rows, "row", NULL, &err), SAH_LIMIT);
    assert_string_equal(err.text, "more than 8 logs\n");
    sah_error_clear(&err);
    world->nlogs = 2;
    sah_world_free(world);
}

static void rows_without_cells_are_no_agents(void **state) {
    (void)state;
    struct sah_error err = {0};
    struct sah_world *world = made();
    run(world, 1);
    CATCH_BUG(sah_population_sort(world->logs[0].rows, 4, &err));
    assert_string_equal(bug_what, "rows without cells are no agents");
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_those_of_today),
        cmocka_unit_test(codes_have_axes),
        cmocka_unit_test(one_row_makes_another_digest_ever_after),
        cmocka_unit_test(checkpoints_keep_both),
        cmocka_unit_test(there_is_room_for_so_many),
        cmocka_unit_test(rows_without_cells_are_no_agents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
