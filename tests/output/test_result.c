/* What was written is read back; what is no result is refused by name. */
#include "output/result.h"
#include "output/seal.h"

#include "sim/kernel/calendar.h"
#include "tests/output/scratch.h"
#include "tests/output/toy.h"
#include "tests/support/alloc.h"
#include "tests/support/cmocka_all.h"

#include <hdf5.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct sah_error err;
static struct sah_result *result;

static void assert_ok(int status) {
    if (status) print_error("%s", err.text ? err.text : "(no message)\n");
    assert_int_equal(status, SAH_OK);
}

static int write_toy(void **state) {
    struct toy toy;
    if (scratch_make(state)) return -1;
    int status = toy_create(&toy, "2016-01-15", "2017-03-10", "{}", &err);
    if (!status) toy_lay_land(&toy);
    if (!status) status = toy_run(&toy, scratch("toy.h5"), false, &err);
    toy_free(&toy);
    return status;
}

static int open_toy(void **state) {
    (void)state;
    return sah_result_open(scratch("toy.h5"), &result, &err);
}

static int close_toy(void **state) {
    (void)state;
    sah_result_close(result);
    result = NULL;
    sah_error_clear(&err);
    return 0;
}

static int32_t day(const char *text) {
    int32_t number;
    assert_true(sah_day_parse(text, &number));
    return number;
}

static const struct sah_variable *find(enum sah_place place, const char *name) {
    const struct sah_variable *v = sah_result_find(result, place, name, &err);
    assert_non_null(v);
    return v;
}

/* ---- what was run -------------------------------------------------------------- */

static void the_run_is_told(void **state) {
    (void)state;
    const struct sah_result_run *run = sah_result_run(result);
    assert_string_equal(run->model, "toy");
    assert_string_equal(run->title, "A toy, d\xc3\xa9j\xc3\xa0 vu");
    assert_int_equal(run->start, day("2016-01-15"));
    assert_int_equal(run->end, day("2017-03-10"));
    assert_int_equal(run->seed, 7);
    assert_int_equal(strlen(run->digest), 32);
    assert_string_equal(run->fields_every, "month");
    assert_string_equal(run->headline, "events deaths people");
}

static void the_grid_is_rebuilt(void **state) {
    (void)state;
    const struct sah_grid *grid = sah_result_grid(result);
    assert_int_equal(grid->nlon, TOY_NLON);
    assert_int_equal(grid->nlat, TOY_NLAT);
    assert_true(grid->west == -3 && grid->north == 14);
}

static void axes_have_labels_and_titles(void **state) {
    (void)state;
    assert_int_equal(sah_result_axis_count(result), 3);
    const struct sah_axis *kind = sah_result_axis(result, "kind");
    assert_int_equal(kind->n, TOY_KINDS);
    assert_string_equal(kind->title[2], "Feud, communal");
    assert_int_equal(sah_axis_item(kind, "device"), 1);
    assert_int_equal(sah_axis_item(kind, "none"), -1);
    assert_null(sah_result_axis(result, "side")->title);
    assert_null(sah_result_axis(result, "nothing"));
}

static void variables_are_listed(void **state) {
    (void)state;
    assert_int_equal(sah_result_count(result, SAH_FIELD), 3);
    assert_int_equal(sah_result_count(result, SAH_SERIES), 4);
    assert_int_equal(sah_result_count(result, SAH_LEDGER), 1);
    const struct sah_variable *events = find(SAH_FIELD, "events");
    assert_int_equal(events->nature, SAH_FLOW);
    assert_int_equal(events->type, SAH_U8);
    assert_string_equal(events->axis[0]->name, "kind");
    assert_null(events->axis[1]);
    assert_int_equal(find(SAH_FIELD, "people")->nature, SAH_STOCK);
    const struct sah_variable *exchange = find(SAH_SERIES, "exchange");
    assert_ptr_equal(exchange->axis[0], exchange->axis[1]);
    assert_string_equal(find(SAH_SERIES, "deaths")->unit, "persons");
}

static void misspelt_names_are_told(void **state) {
    (void)state;
    assert_null(sah_result_find(result, SAH_FIELD, "peopel", &err));
    assert_non_null(strstr(err.text, "no field peopel; did you mean people?"));
}

/* ---- values -------------------------------------------------------------------- */

static double events_between(int32_t from, int32_t to, int kind, int32_t cell) {
    double n = 0;
    for (int32_t d = from; d <= to; d++)
        for (int i = 0; i < toy_events(d); i++)
            n += (kind < 0 || toy_kind(d, i) == kind) &&
                 (cell < 0 || toy_cell(d, i) == cell);
    return n;
}

static void flows_are_summed_over_whole_periods(void **state) {
    (void)state;
    const struct sah_variable *events = find(SAH_FIELD, "events");
    double *value = calloc(sah_variable_count(result, events), sizeof *value);
    struct sah_period covered;
    assert_ok(sah_result_over(result, events, day("2016-02-15"), day("2016-05-31"),
                              value, &covered, &err));
    assert_int_equal(covered.first, day("2016-03-01"));
    assert_int_equal(covered.last, day("2016-05-31"));
    for (int k = 0; k < TOY_KINDS; k++)
        for (int32_t c = 1; c < TOY_CELLS; c++)
            assert_true(value[k * TOY_CELLS + c] ==
                        events_between(covered.first, covered.last, k, c));
    assert_true(isnan(value[TOY_SEA]));
    free(value);
}

static void stocks_are_those_of_the_last_period(void **state) {
    (void)state;
    double value[TOY_CELLS];
    struct sah_period covered;
    assert_ok(sah_result_over(result, find(SAH_FIELD, "people"), day("2016-01-01"),
                              day("2016-03-31"), value, &covered, &err));
    assert_int_equal(covered.first, day("2016-03-01"));
    assert_true(value[5] == 500 + 0.5 * (day("2016-03-31") - day("2016-01-14")));
}

static void the_whole_run_may_be_asked_for(void **state) {
    (void)state;
    const struct sah_result_run *run = sah_result_run(result);
    double value;
    assert_ok(sah_result_over(result, find(SAH_SERIES, "events"), run->start, run->end,
                              &value, NULL, &err));
    assert_true(value == events_between(run->start, run->end, -1, -1));
}

static void a_range_without_period_is_an_error(void **state) {
    (void)state;
    double value[TOY_CELLS];
    assert_int_equal(sah_result_over(result, find(SAH_FIELD, "people"),
                                     day("2016-02-02"), day("2016-03-30"), value, NULL,
                                     &err),
                     SAH_INPUT);
    assert_non_null(strstr(err.text, "no whole period from 2016-02-02 to 2016-03-30"));
    assert_non_null(strstr(err.text, "2016-01-15 to 2017-03-10"));
    sah_error_clear(&err);
    assert_int_equal(
        sah_result_read(result, find(SAH_FIELD, "people"), 3, 15, value, &err),
        SAH_INPUT);
}

static void periods_are_read_one_by_one(void **state) {
    (void)state;
    const struct sah_variable *series = find(SAH_SERIES, "events");
    size_t n = sah_result_period_count(result, SAH_SERIES);
    double *value = calloc(n, sizeof *value);
    assert_ok(sah_result_read(result, series, 0, n - 1, value, &err));
    for (size_t t = 0; t < n; t++)
        assert_true(value[t] ==
                    toy_events(sah_result_periods(result, SAH_SERIES)[t].first));
    free(value);
}

/* ---- tables and texts ---------------------------------------------------------- */

static void events_are_typed_columns(void **state) {
    (void)state;
    struct sah_result_table table;
    assert_ok(sah_result_log(result, "events", &table, &err));
    size_t row = 0;
    char text[SAH_RESULT_TEXT];
    for (int32_t d = sah_result_run(result)->start; d <= sah_result_run(result)->end;
         d++)
        for (int i = 0; i < toy_events(d); i++, row++) {
            assert_true(sah_result_number(sah_result_table_find(&table, "date"), row) ==
                        d);
            assert_true(sah_result_number(sah_result_table_find(&table, "deaths"),
                                          row) == toy_deaths(d, i));
            assert_true(sah_result_number(sah_result_table_find(&table, "cell"), row) ==
                        toy_cell(d, i));
        }
    assert_int_equal(row, table.nrows);
    assert_int_equal(sah_result_table_find(&table, "id")->type, SAH_U64);
    assert_string_equal(sah_result_word(sah_result_table_find(&table, "side_a"), 0),
                        "");
    assert_string_equal(sah_result_word(sah_result_table_find(&table, "side_a"), 2),
                        "state");
    assert_string_equal(sah_result_text(sah_result_table_find(&table, "date"), 0, text),
                        "2016-01-15");
    assert_string_equal(sah_result_text(sah_result_table_find(&table, "id"), 0, text),
                        "1681500");
    assert_null(sah_result_table_find(&table, "nothing"));
    sah_result_table_clear(&table);
}

static void the_land_is_read(void **state) {
    (void)state;
    const struct sah_result_land *land;
    assert_ok(sah_result_land(result, &land, &err));
    assert_int_equal(land->country[TOY_SEA], -1);
    assert_int_equal(land->country[1], 0);
    assert_int_equal(land->country[5], 1);
    assert_true(land->people_2020[7] == 7);
}

static void the_geography_comes_back_byte_for_byte(void **state) {
    (void)state;
    const struct sah_geo_file *files;
    size_t n;
    assert_ok(sah_result_geography(result, &files, &n, &err));
    assert_int_equal(n, 1);
    assert_string_equal(files[0].name, "countries.csv");
    assert_string_equal(files[0].text, "id,iso3\n0,AAA\n1,BBB\n");
    assert_int_equal(files[0].length, strlen(files[0].text));
}

static void the_scenario_can_be_bound_again(void **state) {
    (void)state;
    const char *yaml;
    struct sah_scenario *scenario;
    assert_ok(sah_result_scenario(result, &yaml, &err));
    assert_ok(
        sah_scenario_parse("again", yaml, strlen(yaml), NULL, 0, &scenario, &err));
    sah_scenario_free(scenario);
}

static void parameters_have_value_unit_and_origin(void **state) {
    (void)state;
    const struct sah_result_parameter *parameter;
    size_t n, found = 0;
    assert_ok(sah_result_parameters(result, &parameter, &n, &err));
    for (size_t i = 0; i < n; i++) {
        if (strcmp(parameter[i].path, "run.seed") == 0) {
            assert_true(parameter[i].number == 7);
            assert_string_equal(parameter[i].value, "7");
            assert_non_null(strstr(parameter[i].origin, "toy.yaml:2:"));
            found++;
        }
        if (strcmp(parameter[i].path, "output.fields.every") == 0) {
            assert_string_equal(parameter[i].value, "month");
            assert_string_equal(parameter[i].origin, "default");
            found++;
        }
    }
    assert_int_equal(found, 2);
}

static void digests_are_monthly_and_at_the_end(void **state) {
    (void)state;
    const struct sah_result_digest *digest;
    size_t n;
    assert_ok(sah_result_digests(result, &digest, &n, &err));
    assert_int_equal(n, 15);
    assert_int_equal(digest[0].day, day("2016-01-31"));
    assert_int_equal(digest[14].day, day("2017-03-10"));
    assert_string_equal(digest[14].hex, sah_result_run(result)->digest);
    assert_string_not_equal(digest[0].hex, digest[1].hex);
}

static void provenance_is_told(void **state) {
    (void)state;
    const struct sah_result_fact *fact;
    size_t n, found = 0;
    assert_ok(sah_result_provenance(result, &fact, &n, &err));
    for (size_t i = 0; i < n; i++) {
        found += strcmp(fact[i].name, "software/program") == 0 &&
                 strcmp(fact[i].value, "sahel") == 0;
        found += strcmp(fact[i].name, "resources/agent_steps") == 0 &&
                 strcmp(fact[i].value, "42") == 0;
        found += strcmp(fact[i].name, "resources/seconds") == 0 &&
                 strcmp(fact[i].value, "1.5") == 0;
    }
    assert_int_equal(found, 3);
}

/* ---- other files --------------------------------------------------------------- */

static void refuse(const char *name, int code, const char *words) {
    struct sah_result *none = NULL;
    assert_int_equal(sah_result_open(scratch(name), &none, &err), code);
    assert_null(none);
    if (!strstr(err.text, words)) print_error("%s", err.text);
    assert_non_null(strstr(err.text, words));
    assert_non_null(strstr(err.text, name));
    sah_error_clear(&err);
}

static void other_files_are_refused(void **state) {
    (void)state;
    refuse("nothing.h5", SAH_MISSING, "No such file");
    refuse("", SAH_FORMAT, "is not a regular file");
    scratch_write("text.h5", "hello", 5);
    refuse("text.h5", SAH_FORMAT, "is no HDF5 file");
    scratch_write("empty.h5", "", 0);
    refuse("empty.h5", SAH_FORMAT, "is no HDF5 file");
    hid_t file =
        H5Fcreate(scratch("other.h5"), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    H5Fclose(file);
    refuse("other.h5", SAH_FORMAT, "no result of sahel");
}

static char *load_toy(size_t *length) {
    long size = scratch_size("toy.h5");
    char *bytes = malloc((size_t)size);
    FILE *in = fopen(scratch("toy.h5"), "rb");
    assert_int_equal(fread(bytes, 1, (size_t)size, in), size);
    fclose(in);
    *length = (size_t)size;
    return bytes;
}

static void cut_files_are_refused(void **state) {
    (void)state;
    size_t length;
    char *bytes = load_toy(&length);
    for (size_t keep = 512; keep < length; keep += length / 7) {
        scratch_write("cut.h5", bytes, keep);
        refuse("cut.h5", SAH_FORMAT, "damaged or cut short");
    }
    free(bytes);
}

/* Whatever byte is flipped, the seal tells. */
static void damaged_files_are_refused(void **state) {
    (void)state;
    size_t length;
    char *bytes = load_toy(&length);
    for (size_t at = 96; at < length; at += length / 150) {
        bytes[at] = (char)(bytes[at] ^ 0x55);
        scratch_write("bad.h5", bytes, length);
        bytes[at] = (char)(bytes[at] ^ 0x55);
        refuse("bad.h5", SAH_FORMAT,
               at < length - 24 ? "another program changed it" : "is damaged");
    }
    free(bytes);
}

static void newer_formats_are_named(void **state) {
    (void)state;
    size_t length;
    char *bytes = load_toy(&length);
    scratch_write("new.h5", bytes, length);
    free(bytes);
    hid_t file = H5Fopen(scratch("new.h5"), H5F_ACC_RDWR, H5P_DEFAULT);
    hid_t attribute = H5Aopen(file, "format", H5P_DEFAULT);
    H5Awrite(attribute, H5T_NATIVE_INT, &(int){SAH_RESULT_FORMAT + 1});
    H5Aclose(attribute);
    H5Fclose(file);
    refuse("new.h5", SAH_FORMAT, "does not end in a seal");
    assert_int_equal(sah_seal_write(scratch("new.h5"), &err), SAH_OK);
    refuse("new.h5", SAH_FORMAT, "has format 2, made by sahel");
}

/* The toy's file, open to be changed. */
static hid_t open_copy(const char *name) {
    size_t length;
    char *bytes = load_toy(&length);
    scratch_write(name, bytes, length);
    free(bytes);
    return H5Fopen(scratch(name), H5F_ACC_RDWR, H5P_DEFAULT);
}

static void close_copy(hid_t file, const char *name) {
    assert_true(H5Fclose(file) >= 0);
    assert_int_equal(sah_seal_write(scratch(name), &err), SAH_OK);
}

static void a_file_cannot_claim_more_than_it_holds(void **state) {
    (void)state;
    hid_t file = open_copy("claim.h5"), list = H5Pcreate(H5P_DATASET_CREATE);
    const hsize_t extent[] = {1 << 20, 1 << 20}, chunk[] = {16, 16};
    hid_t space = H5Screate_simple(2, extent, NULL);
    H5Pset_chunk(list, 2, chunk);
    H5Ldelete(file, "people", H5P_DEFAULT);
    hid_t dataset = H5Dcreate2(file, "people", H5T_NATIVE_FLOAT, space, H5P_DEFAULT,
                               list, H5P_DEFAULT);
    H5Dclose(dataset);
    H5Sclose(space);
    H5Pclose(list);
    close_copy(file, "claim.h5");
    refuse("claim.h5", SAH_FORMAT, "people claims more values than the file can hold");
}

static void a_file_cannot_lead_to_another(void **state) {
    (void)state;
    hid_t file = open_copy("lead.h5");
    H5Ldelete(file, "provenance/software", H5P_DEFAULT);
    H5Lcreate_external(scratch("toy.h5"), "provenance/software", file,
                       "provenance/software", H5P_DEFAULT, H5P_DEFAULT);
    close_copy(file, "lead.h5");
    refuse("lead.h5", SAH_FORMAT, "cannot read provenance/software");
}

static int read_everything(void) {
    struct sah_result *all = NULL;
    struct sah_result_table table = {0};
    const struct sah_result_parameter *parameters;
    const struct sah_result_digest *digests;
    const struct sah_result_fact *facts;
    const struct sah_result_land *land;
    const struct sah_geo_file *files;
    const char *yaml;
    size_t n;
    double value[TOY_CELLS];
    int status = sah_result_open(scratch("toy.h5"), &all, &err);
    if (status) return status;
    const struct sah_variable *people = sah_result_find(all, SAH_FIELD, "people", &err);
    if (!status) status = sah_result_read(all, people, 0, 0, value, &err);
    if (!status) status = sah_result_log(all, "events", &table, &err);
    if (!status) status = sah_result_parameters(all, &parameters, &n, &err);
    if (!status) status = sah_result_digests(all, &digests, &n, &err);
    if (!status) status = sah_result_provenance(all, &facts, &n, &err);
    if (!status) status = sah_result_land(all, &land, &err);
    if (!status) status = sah_result_geography(all, &files, &n, &err);
    if (!status) status = sah_result_scenario(all, &yaml, &err);
    sah_result_table_clear(&table);
    sah_result_close(all);
    return status;
}

static void lack_of_memory_is_told(void **state) {
    (void)state;
    bool failed = true;
    for (long n = 1; failed; n++) {
        alloc_fail_at(n);
        int status = read_everything();
        failed = alloc_failed();
        alloc_fail_at(0);
        assert_int_equal(status, failed ? SAH_MEMORY : SAH_OK);
        sah_error_clear(&err);
        assert_true(n < 20000);
    }
}

/* HDF5 loses memory over damaged files; nothing of ours can free it. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
    return "leak:libhdf5";
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_toy, close_toy)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_run_is_told),
        TEST(the_grid_is_rebuilt),
        TEST(axes_have_labels_and_titles),
        TEST(variables_are_listed),
        TEST(misspelt_names_are_told),
        TEST(flows_are_summed_over_whole_periods),
        TEST(stocks_are_those_of_the_last_period),
        TEST(the_whole_run_may_be_asked_for),
        TEST(a_range_without_period_is_an_error),
        TEST(periods_are_read_one_by_one),
        TEST(events_are_typed_columns),
        TEST(the_land_is_read),
        TEST(the_geography_comes_back_byte_for_byte),
        TEST(the_scenario_can_be_bound_again),
        TEST(parameters_have_value_unit_and_origin),
        TEST(digests_are_monthly_and_at_the_end),
        TEST(provenance_is_told),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(cut_files_are_refused),
        cmocka_unit_test(damaged_files_are_refused),
        cmocka_unit_test(newer_formats_are_named),
        cmocka_unit_test(a_file_cannot_claim_more_than_it_holds),
        cmocka_unit_test(a_file_cannot_lead_to_another),
        cmocka_unit_test(lack_of_memory_is_told),
    };
    return cmocka_run_group_tests_name("result", tests, write_toy, scratch_remove);
}
