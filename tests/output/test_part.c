/* Records survive what comes behind them: torn writes, flipped bits, later days. */
#include "output/part.h"

#include "tests/output/scratch.h"
#include "tests/support/cmocka_all.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define EVENTS SAH_STREAM_LOGS
static const struct sah_stream_plan plan[SAH_STREAM_COUNT] = {
    [SAH_STREAM_SERIES] = {"series", 8}, [EVENTS] = {"events", 3}};
static struct sah_error err;

static struct sah_part *begun(const char *name) {
    struct sah_part *part;
    assert_int_equal(sah_part_create(scratch(name), "layout", plan, false, &part, &err),
                     SAH_OK);
    for (int32_t day = 10; day < 20; day++) {
        double value = day;
        assert_int_equal(
            sah_part_append(part, SAH_STREAM_SERIES, day, day, &value, 1, &err),
            SAH_OK);
        assert_int_equal(sah_part_append(part, EVENTS, day, day, "abcdef", 2, &err),
                         SAH_OK);
    }
    assert_int_equal(sah_part_sync(part, &err), SAH_OK);
    return part;
}

static void records_are_read_back(void **state) {
    (void)state;
    struct sah_part *part = begun("a");
    assert_int_equal(sah_part_count(part, SAH_STREAM_SERIES), 10);
    assert_int_equal(sah_part_count(part, EVENTS), 20);
    assert_int_equal(sah_part_count(part, SAH_STREAM_FIELDS), 0);
    double value;
    char letters[3] = "";
    int32_t first, last;
    assert_int_equal(
        sah_part_read(part, SAH_STREAM_SERIES, 3, 0, sizeof value, &value, &err),
        SAH_OK);
    assert_true(value == 13);
    assert_int_equal(sah_part_read(part, EVENTS, 5, 1, 2, letters, &err), SAH_OK);
    assert_string_equal(letters, "ef");
    assert_int_equal(sah_part_days(part, EVENTS, 5, &first, &last, &err), SAH_OK);
    assert_int_equal(first, 12);
    sah_part_remove(part);
    assert_int_equal(scratch_size("a.part"), -1);
}

static void streams_without_payload_are_not_kept(void **state) {
    (void)state;
    struct sah_part *part = begun("b");
    assert_int_equal(sah_part_append(part, SAH_STREAM_LEDGER, 1, 2, "", 1, &err),
                     SAH_OK);
    assert_int_equal(sah_part_count(part, SAH_STREAM_LEDGER), 0);
    assert_int_equal(scratch_size("b.part/ledger.raw"), -1);
    sah_part_remove(part);
}

static size_t left_after(const char *name, int32_t day) {
    struct sah_part *part;
    assert_int_equal(sah_part_resume(scratch(name), "layout", plan, day, &part, &err),
                     SAH_OK);
    size_t n = sah_part_count(part, SAH_STREAM_SERIES);
    assert_int_equal(sah_part_count(part, EVENTS), 2 * n);
    sah_part_close(part);
    return n;
}

static void later_days_are_cut_off(void **state) {
    (void)state;
    sah_part_close(begun("c"));
    assert_int_equal(left_after("c", 17), 8);
    assert_int_equal(scratch_size("c.part/series.raw"), 8 * 24);
    assert_int_equal(left_after("c", 9), 0);
}

static void spoil(const char *name, long at, const char *bytes, size_t n) {
    FILE *file = fopen(scratch(name), "r+b");
    assert_non_null(file);
    fseek(file, at, at < 0 ? SEEK_END : SEEK_SET);
    assert_int_equal(fwrite(bytes, 1, n, file), n);
    fclose(file);
}

static void torn_records_are_cut_off(void **state) {
    (void)state;
    sah_part_close(begun("d"));
    spoil("d.part/series.raw", 10 * 24, "half", 4);
    assert_int_equal(left_after("d", 100), 10);
    spoil("d.part/series.raw", 9 * 24 + 10, "X", 1); /* inside the last payload */
    spoil("d.part/events.raw", -3, "XY", 2);         /* in the last checksum */
    struct sah_part *part;
    assert_int_equal(sah_part_resume(scratch("d"), "layout", plan, 100, &part, &err),
                     SAH_OK);
    assert_int_equal(sah_part_count(part, SAH_STREAM_SERIES), 9);
    assert_int_equal(sah_part_count(part, EVENTS), 19);
    sah_part_close(part);
}

static void damage_in_the_middle_is_told(void **state) {
    (void)state;
    struct sah_part *part;
    sah_part_close(begun("g"));
    spoil("g.part/series.raw", 3 * 24 + 10, "X", 1);
    assert_int_equal(sah_part_resume(scratch("g"), "layout", plan, 100, &part, &err),
                     SAH_FORMAT);
    assert_non_null(strstr(err.text, "series.raw: record 3 is damaged"));
    sah_error_clear(&err);
}

static void another_layout_is_refused(void **state) {
    (void)state;
    struct sah_part *part;
    sah_part_close(begun("e"));
    assert_int_equal(sah_part_resume(scratch("e"), "layout 2", plan, 100, &part, &err),
                     SAH_FORMAT);
    sah_error_clear(&err);
}

/* Killed between making the folder and locking it, a run leaves a bare one. */
static void a_bare_folder_is_taken_and_another_is_not(void **state) {
    (void)state;
    struct sah_part *part;
    assert_int_equal(mkdir(scratch("h.part"), 0777), 0);
    assert_int_equal(sah_part_create(scratch("h"), "layout", plan, false, &part, &err),
                     SAH_OK);
    sah_part_close(part);
    assert_int_equal(mkdir(scratch("i.part"), 0777), 0);
    FILE *file = fopen(scratch("i.part/theirs"), "w");
    assert_non_null(file);
    fclose(file);
    assert_int_equal(sah_part_create(scratch("i"), "layout", plan, true, &part, &err),
                     SAH_EXISTS);
    assert_int_equal(scratch_size("i.part/theirs"), 0);
    sah_error_clear(&err);
}

static void small_files_are_whole(void **state) {
    (void)state;
    struct sah_part *part = begun("f");
    void *data;
    size_t length;
    assert_int_equal(sah_part_save(part, "note", "one", 3, &err), SAH_OK);
    assert_int_equal(sah_part_save(part, "note", "other", 5, &err), SAH_OK);
    assert_int_equal(sah_part_load(part, "note", &data, &length, &err), SAH_OK);
    assert_int_equal(length, 5);
    assert_string_equal(data, "other");
    free(data);
    sah_part_drop(part, "note");
    assert_int_equal(sah_part_load(part, "note", &data, &length, &err), SAH_MISSING);
    sah_error_clear(&err);
    sah_part_remove(part);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_are_read_back),
        cmocka_unit_test(streams_without_payload_are_not_kept),
        cmocka_unit_test(later_days_are_cut_off),
        cmocka_unit_test(torn_records_are_cut_off),
        cmocka_unit_test(damage_in_the_middle_is_told),
        cmocka_unit_test(another_layout_is_refused),
        cmocka_unit_test(a_bare_folder_is_taken_and_another_is_not),
        cmocka_unit_test(small_files_are_whole),
    };
    return cmocka_run_group_tests_name("part", tests, scratch_make, scratch_remove);
}
