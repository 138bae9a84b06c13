/* Equal files are equal; a difference is told where it lies and how large it is. */
#include "output/diff.h"
#include "output/seal.h"

#include "tests/output/scratch.h"
#include "tests/output/toy.h"
#include "tests/support/cmocka_all.h"

#include <hdf5.h>
#include <stdlib.h>
#include <string.h>

static struct sah_error err;
static char told[8192];

static int write_one(const char *name) {
    struct toy toy;
    int status = toy_create(&toy, "2016-01-15", "2016-05-10", "{}", &err);
    if (!status) toy_lay_land(&toy);
    if (!status) status = toy_run(&toy, scratch(name), true, &err);
    toy_free(&toy);
    return status;
}

static int write_both(void **state) {
    if (scratch_make(state)) return -1;
    return write_one("a.h5");
}

/* A fresh twin of a.h5 that a test may change. */
static int twin(void **state) {
    (void)state;
    return write_one("b.h5");
}

static int forget(void **state) {
    (void)state;
    sah_error_clear(&err);
    return 0;
}

static int compare(const struct sah_diff_options *options) {
    FILE *out = tmpfile();
    int status = sah_diff(scratch("a.h5"), scratch("b.h5"), options, out, &err);
    rewind(out);
    told[fread(told, 1, sizeof told - 1, out)] = '\0';
    fclose(out);
    return status;
}

static void set_attribute(const char *object, const char *name, hid_t type,
                          const void *value) {
    hid_t file = H5Fopen(scratch("b.h5"), H5F_ACC_RDWR, H5P_DEFAULT);
    hid_t at = H5Oopen(file, object, H5P_DEFAULT);
    hid_t attribute = H5Aopen(at, name, H5P_DEFAULT);
    assert_true(H5Awrite(attribute, type, value) >= 0);
    H5Aclose(attribute);
    H5Oclose(at);
    H5Fclose(file);
    assert_int_equal(sah_seal_write(scratch("b.h5"), &err), SAH_OK);
}

/* Writes one number over element `at` of a dataset of one dimension or more. */
static void set_value(const char *dataset, hid_t type, hsize_t at, const void *value) {
    hid_t file = H5Fopen(scratch("b.h5"), H5F_ACC_RDWR, H5P_DEFAULT);
    hid_t data = H5Dopen2(file, dataset, H5P_DEFAULT), space = H5Dget_space(data);
    hsize_t extent[4], index[4];
    int rank = H5Sget_simple_extent_dims(space, extent, NULL);
    for (int i = rank - 1; i >= 0; i--) {
        index[i] = at % extent[i];
        at /= extent[i];
    }
    hid_t memory = H5Screate(H5S_SCALAR);
    H5Sselect_elements(space, H5S_SELECT_SET, 1, index);
    assert_true(H5Dwrite(data, type, memory, space, H5P_DEFAULT, value) >= 0);
    H5Sclose(memory);
    H5Sclose(space);
    H5Dclose(data);
    H5Fclose(file);
    assert_int_equal(sah_seal_write(scratch("b.h5"), &err), SAH_OK);
}

static void drop(const char *path) {
    hid_t file = H5Fopen(scratch("b.h5"), H5F_ACC_RDWR, H5P_DEFAULT);
    assert_true(H5Ldelete(file, path, H5P_DEFAULT) >= 0);
    H5Fclose(file);
    assert_int_equal(sah_seal_write(scratch("b.h5"), &err), SAH_OK);
}

static void twins_are_equal(void **state) {
    (void)state;
    assert_int_equal(compare(NULL), SAH_OK);
    assert_string_equal(told, "");
}

static void machine_and_time_do_not_count(void **state) {
    (void)state;
    set_attribute("provenance/environment", "threads", H5T_NATIVE_INT, &(int){64});
    set_attribute("provenance/resources", "seconds", H5T_NATIVE_INT, &(int){64});
    assert_int_equal(compare(NULL), SAH_OK);
}

static void a_number_is_told_with_its_place(void **state) {
    (void)state;
    set_value("deaths", H5T_NATIVE_INT, 2 * TOY_CELLS + TOY_NLON + 3, &(int){500});
    set_value("deaths", H5T_NATIVE_INT, 3 * TOY_CELLS + 5, &(int){400});
    assert_int_equal(compare(NULL), SAH_DIFFERS);
    assert_non_null(strstr(told, "/deaths: 2 of 120 values differ, first at [2,1,3] "));
    assert_non_null(strstr(told, " and 500; largest difference "));
    assert_null(err.text);
}

static void large_whole_numbers_are_exact(void **state) {
    (void)state;
    uint64_t one = UINT64_C(1) << 60;
    set_value("events/id", H5T_NATIVE_UINT64, 7, &one);
    assert_int_equal(compare(NULL), SAH_DIFFERS);
    assert_non_null(strstr(told, "first at [7] "));
    assert_non_null(strstr(told, "and 1152921504606846976"));
}

static void the_sea_equals_the_sea(void **state) {
    (void)state;
    set_value("people", H5T_NATIVE_FLOAT, 1, &(float){-1});
    assert_int_equal(compare(NULL), SAH_DIFFERS);
    assert_non_null(strstr(told, "/people: 1 of 120 values differ"));
}

static void texts_and_attributes_count(void **state) {
    (void)state;
    hid_t text = H5Tcopy(H5T_C_S1);
    H5Tset_size(text, H5T_VARIABLE);
    H5Tset_cset(text, H5T_CSET_UTF8);
    const char *word = "elsewhere";
    set_value("parameters/origin", text, 1, &word);
    H5Tclose(text);
    set_attribute("/", "seed", H5T_NATIVE_INT, &(int){8});
    assert_int_equal(compare(NULL), SAH_DIFFERS);
    assert_non_null(strstr(told, "/@seed: 7 and 8"));
    assert_non_null(strstr(told, "/parameters/origin: 1 of "));
    assert_non_null(strstr(told, "and elsewhere"));
}

static void what_is_in_one_only_is_told(void **state) {
    (void)state;
    drop("series/events");
    drop("land");
    assert_int_equal(compare(NULL), SAH_DIFFERS);
    assert_non_null(strstr(told, "/series/events: only in "));
    assert_non_null(strstr(told, "/land: only in "));
    assert_non_null(strstr(told, "a.h5"));
}

static void globs_are_left_out(void **state) {
    (void)state;
    set_value("deaths", H5T_NATIVE_INT, 30, &(int){500});
    set_attribute("/", "seed", H5T_NATIVE_INT, &(int){8});
    drop("land");
    const char *const ignore[] = {"/deaths", "/@seed", "la*"};
    assert_int_equal(
        compare(&(struct sah_diff_options){.ignore = ignore, .nignore = 3}), SAH_OK);
    assert_int_equal(
        compare(&(struct sah_diff_options){.ignore = ignore, .nignore = 2}),
        SAH_DIFFERS);
}

static void lines_are_bounded(void **state) {
    (void)state;
    drop("land");
    drop("series/events");
    drop("series/deaths");
    assert_int_equal(compare(&(struct sah_diff_options){.max_lines = 1}), SAH_DIFFERS);
    assert_non_null(strstr(told, "and 2 more differences"));
}

static void shapes_are_told(void **state) {
    (void)state;
    struct toy toy;
    assert_int_equal(toy_create(&toy, "2016-01-15", "2016-06-10", "{}", &err), SAH_OK);
    toy_lay_land(&toy);
    assert_int_equal(toy_run(&toy, scratch("b.h5"), true, &err), SAH_OK);
    toy_free(&toy);
    const char *const ignore[] = {"/@*"};
    assert_int_equal(
        compare(&(struct sah_diff_options){.ignore = ignore, .nignore = 1}),
        SAH_DIFFERS);
    assert_non_null(strstr(told, "/time: 5 and 6\n"));
    assert_non_null(strstr(told, "/deaths: 5 x 4 x 6 and 6 x 4 x 6"));
}

/* Beside what we write ourselves: bytes with no meaning, as another program may add. */
static void add_bytes(const char *name, const char *two) {
    hid_t file = H5Fopen(scratch(name), H5F_ACC_RDWR, H5P_DEFAULT);
    hid_t type = H5Tcreate(H5T_OPAQUE, 3),
          space = H5Screate_simple(1, &(hsize_t){2}, NULL);
    hid_t data =
        H5Dcreate2(file, "more", type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    assert_true(H5Dwrite(data, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, two) >= 0);
    H5Dclose(data);
    H5Sclose(space);
    H5Tclose(type);
    H5Fclose(file);
    assert_int_equal(sah_seal_write(scratch(name), &err), SAH_OK);
}

static void foreign_types_are_compared_by_bytes(void **state) {
    (void)state;
    write_one("a.h5");
    add_bytes("a.h5", "abcdef");
    add_bytes("b.h5", "abcdef");
    assert_int_equal(compare(NULL), SAH_OK);
    drop("more");
    add_bytes("b.h5", "abcdeg");
    assert_int_equal(compare(NULL), SAH_DIFFERS);
    assert_non_null(strstr(told, "/more: 1 of 2 values differ, first at [1] "));
    write_one("a.h5");
}

static void other_files_are_errors(void **state) {
    (void)state;
    scratch_write("b.h5", "text", 4);
    assert_int_equal(compare(NULL), SAH_FORMAT);
    scratch_drop("b.h5");
    assert_int_equal(compare(NULL), SAH_MISSING);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, twin, forget)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(twins_are_equal),
        TEST(machine_and_time_do_not_count),
        TEST(a_number_is_told_with_its_place),
        TEST(large_whole_numbers_are_exact),
        TEST(the_sea_equals_the_sea),
        TEST(texts_and_attributes_count),
        TEST(what_is_in_one_only_is_told),
        TEST(globs_are_left_out),
        TEST(lines_are_bounded),
        TEST(shapes_are_told),
        TEST(foreign_types_are_compared_by_bytes),
        TEST(other_files_are_errors),
    };
    return cmocka_run_group_tests_name("diff", tests, write_both, scratch_remove);
}
