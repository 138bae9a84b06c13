/* What the recorder leaves: sums by period, one file or none, the same every time. */
#include "output/recorder.h"

#include "output/diff.h"
#include "output/disk.h"
#include "output/names.h"
#include "output/result.h"
#include "sim/kernel/calendar.h"
#include "tests/output/scratch.h"
#include "tests/output/toy.h"
#include "tests/support/alloc.h"
#include "tests/support/bug.h"
#include "tests/support/cmocka_all.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static struct sah_error err;

static int setup(void **state) {
    (void)state;
    err = (struct sah_error){0};
    return 0;
}

static int teardown(void **state) {
    (void)state;
    sah_error_clear(&err);
    return 0;
}

static void assert_ok(int status) {
    if (status) print_error("%s", err.text ? err.text : "(no message)\n");
    assert_int_equal(status, SAH_OK);
}

static int run(const char *name, const char *start, const char *end, const char *output,
               bool force) {
    struct toy toy;
    int status = toy_create(&toy, start, end, output, &err);
    if (!status) toy_lay_land(&toy);
    if (!status) status = toy_run(&toy, scratch(name), force, &err);
    toy_free(&toy);
    return status;
}

static struct sah_result *opened(const char *name) {
    struct sah_result *result = NULL;
    assert_ok(sah_result_open(scratch(name), &result, &err));
    return result;
}

/* Deaths of all events of first..last, by hand. */
static double deaths_between(int32_t first, int32_t last, int32_t cell) {
    double sum = 0;
    for (int32_t day = first; day <= last; day++)
        for (int i = 0; i < toy_events(day); i++)
            if (cell < 0 || toy_cell(day, i) == cell) sum += toy_deaths(day, i);
    return sum;
}

static double *values_of(struct sah_result *result, enum sah_place place,
                         const char *name, size_t period) {
    const struct sah_variable *v = sah_result_find(result, place, name, &err);
    assert_non_null(v);
    double *value = calloc(sah_variable_count(result, v) + 1, sizeof *value);
    assert_ok(sah_result_read(result, v, period, period, value, &err));
    return value;
}

/* ---- periods ------------------------------------------------------------------- */

static void months_sum_flows_and_end_stocks(void **state) {
    (void)state;
    assert_ok(run("a.h5", "2016-01-15", "2016-03-10", "{}", false));
    struct sah_result *result = opened("a.h5");
    assert_int_equal(sah_result_period_count(result, SAH_FIELD), 3);
    const struct sah_period *period = sah_result_periods(result, SAH_FIELD);
    for (size_t t = 0; t < 3; t++) {
        double *deaths = values_of(result, SAH_FIELD, "deaths", t);
        double *people = values_of(result, SAH_FIELD, "people", t);
        for (int32_t c = 1; c < TOY_CELLS; c++) {
            assert_true(deaths[c] ==
                        deaths_between(period[t].first, period[t].last, c));
            double days = period[t].last - period[0].first + 1;
            assert_true(people[c] == 100 * c + 0.5 * days);
        }
        assert_true(isnan(deaths[TOY_SEA]) && isnan(people[TOY_SEA]));
        free(deaths);
        free(people);
    }
    sah_result_close(result);
}

static void assert_period(const struct sah_period *period, const char *first,
                          const char *last) {
    char text[2][11];
    sah_day_text(period->first, text[0]);
    sah_day_text(period->last, text[1]);
    assert_string_equal(text[0], first);
    assert_string_equal(text[1], last);
}

static void periods_are_cut_by_the_run(void **state) {
    (void)state;
    assert_ok(
        run("b.h5", "2015-12-31", "2017-02-28", "{fields: {every: year}}", false));
    struct sah_result *result = opened("b.h5");
    assert_int_equal(sah_result_period_count(result, SAH_FIELD), 3);
    assert_period(&sah_result_periods(result, SAH_FIELD)[0], "2015-12-31",
                  "2015-12-31");
    assert_period(&sah_result_periods(result, SAH_FIELD)[1], "2016-01-01",
                  "2016-12-31");
    assert_period(&sah_result_periods(result, SAH_FIELD)[2], "2017-01-01",
                  "2017-02-28");
    assert_int_equal(sah_result_period_count(result, SAH_SERIES), 1 + 366 + 59);
    assert_int_equal(sah_result_period_count(result, SAH_LEDGER), 15);
    sah_result_close(result);
}

static void days_and_years_may_be_chosen(void **state) {
    (void)state;
    assert_ok(run("c.h5", "2016-02-27", "2016-03-02",
                  "{fields: {every: day, keep: [deaths]}, series: {every: year}}",
                  false));
    struct sah_result *result = opened("c.h5");
    assert_int_equal(sah_result_period_count(result, SAH_FIELD), 5);
    assert_period(&sah_result_periods(result, SAH_FIELD)[2], "2016-02-29",
                  "2016-02-29");
    assert_int_equal(sah_result_period_count(result, SAH_SERIES), 1);
    assert_int_equal(sah_result_count(result, SAH_FIELD), 1);
    assert_null(sah_result_find(result, SAH_FIELD, "people", &err));
    double *events = values_of(result, SAH_SERIES, "events", 0);
    int expected = 0;
    for (int32_t day = sah_result_run(result)->start;
         day <= sah_result_run(result)->end; day++)
        expected += toy_events(day);
    assert_true(events[0] == expected);
    free(events);
    sah_result_close(result);
}

static void a_day_without_events_leaves_an_empty_table(void **state) {
    (void)state;
    int32_t day = 16800; /* divisible by 4 */
    assert_int_equal(toy_events(day), 0);
    char text[11];
    sah_day_text(day, text);
    assert_ok(run("d.h5", text, text, "{}", false));
    struct sah_result *result = opened("d.h5");
    struct sah_result_table table;
    assert_ok(sah_result_log(result, "events", &table, &err));
    assert_int_equal(table.nrows, 0);
    assert_true(table.ncolumns > 4);
    sah_result_table_clear(&table);
    assert_false(toy_talks(day));
    assert_ok(sah_result_log(result, "talks", &table, &err));
    assert_int_equal(table.nrows, 0);
    assert_int_equal(table.ncolumns, 4);
    sah_result_table_clear(&table);
    sah_result_close(result);
}

static void a_log_without_place_has_dates_and_words(void **state) {
    (void)state;
    assert_ok(run("w.h5", "2016-01-15", "2016-02-15", "{}", false));
    struct sah_result *result = opened("w.h5");
    assert_int_equal(sah_result_log_count(result), 2);
    assert_string_equal(sah_result_log_at(result, 1), "talks");
    assert_null(sah_result_log_at(result, 2));
    struct sah_result_table table;
    assert_ok(sah_result_log(result, "talks", &table, &err));
    assert_null(sah_result_table_find(&table, "lon"));
    size_t row = 0;
    for (int32_t day = sah_result_run(result)->start;
         day <= sah_result_run(result)->end; day++) {
        if (!toy_talks(day)) continue;
        assert_true(sah_result_number(sah_result_table_find(&table, "date"), row) ==
                    day);
        assert_true(sah_result_number(sah_result_table_find(&table, "id"), row) ==
                    row + 1);
        row++;
    }
    assert_int_equal(row, table.nrows);
    assert_string_equal(sah_result_word(sah_result_table_find(&table, "about"), 0),
                        "device");
    sah_result_table_clear(&table);
    sah_result_close(result);
}

static void events_may_be_left_out(void **state) {
    (void)state;
    assert_ok(run("e.h5", "2016-01-01", "2016-01-31", "{events: off}", false));
    struct sah_result *result = opened("e.h5");
    struct sah_result_table table;
    assert_int_equal(sah_result_log_count(result), 0);
    assert_int_equal(sah_result_log(result, "events", &table, &err), SAH_INPUT);
    assert_non_null(strstr(err.text, "the run kept no logs"));
    assert_int_equal(table.ncolumns, 0);
    sah_error_clear(&err);
    sah_result_close(result);
}

/* ---- what may be asked --------------------------------------------------------- */

static void unknown_fields_are_told_with_the_nearest(void **state) {
    (void)state;
    int status = run("f.h5", "2016-01-01", "2016-01-31",
                     "{fields: {keep: [deahts, people, zzzzz]}}", false);
    assert_int_equal(status, SAH_INPUT);
    assert_non_null(strstr(err.text, "toy.yaml:3:"));
    assert_non_null(strstr(err.text, "deahts"));
    assert_non_null(strstr(err.text, "did you mean deaths?"));
    assert_non_null(strstr(err.text, "zzzzz"));
    assert_int_equal(err.count, 2);
    assert_int_equal(scratch_size("f.h5"), -1);
    assert_int_equal(scratch_size("f.h5.part"), -1);
}

static void the_tables_of_parameters_are_sound(void **state) {
    (void)state;
    struct sah_output_params params;
    struct sah_section section[SAH_OUTPUT_SECTIONS];
    sah_output_sections(&params, section);
    for (int i = 0; i < SAH_OUTPUT_SECTIONS; i++)
        assert_ok(sah_params_verify(section[i].params, section[i].name, &err));
}

static void names_of_observables_are_checked(void **state) {
    (void)state;
    struct toy toy;
    assert_ok(toy_create(&toy, "2016-01-01", "2016-01-31", "{}", &err));
    assert_ok(sah_names_check(toy.world, &err));
    const struct sah_observable bad[] = {
        {.name = "kind", .place = SAH_FIELD},
        {.name = "lat", .place = SAH_FIELD},
        {.name = "a", .place = SAH_SERIES},
        {.name = "a", .place = SAH_SERIES},
        {.name = "x/y", .place = SAH_SERIES},
        {.name = "a_per_cell"},
        {0},
    };
    struct sah_family family = toy_family;
    family.observables = bad;
    toy.world->family = &family;
    assert_int_equal(sah_names_check(toy.world, &err), SAH_CHECK);
    assert_int_equal(err.count, 5);
    sah_error_clear(&err);
    toy.world->family = &toy_family;
    toy_free(&toy);
}

static void names_of_logs_are_checked(void **state) {
    (void)state;
    struct toy toy;
    assert_ok(toy_create(&toy, "2016-01-01", "2016-01-31", "{}", &err));
    const struct sah_log_code codes[] = {{"about", "colour"}, {"taste", "kind"}, {0}};
    toy.world->logs[1].codes = codes;
    toy.world->logs[1].row = "with";
    toy.world->logs[1].rows->name = "events";
    assert_int_equal(sah_names_check(toy.world, &err), SAH_CHECK);
    assert_int_equal(err.count, 4);
    toy.world->logs[1].rows->name = "series";
    assert_int_equal(sah_names_check(toy.world, &err), SAH_CHECK);
    assert_int_equal(err.count, 8);
    sah_error_clear(&err);
    toy_free(&toy);
}

static void a_field_may_be_called_like_a_group(void **state) {
    (void)state;
    char stored[SAH_STORED_NAME];
    struct toy toy;
    assert_ok(toy_create(&toy, "2016-01-01", "2016-01-31", "{}", &err));
    sah_stored_name(toy.world, SAH_FIELD, "talks", stored);
    assert_string_equal(stored, "talks_per_cell");
    sah_stored_name(toy.world, SAH_FIELD, "people", stored);
    assert_string_equal(stored, "people");
    sah_stored_name(toy.world, SAH_FIELD, "events", stored);
    assert_string_equal(stored, "events_per_cell");
    sah_plain_name(SAH_FIELD, stored);
    assert_string_equal(stored, "events");
    sah_stored_name(toy.world, SAH_SERIES, "events", stored);
    assert_string_equal(stored, "events");
    toy_free(&toy);
}

/* ---- one file or none ---------------------------------------------------------- */

static void nothing_is_overwritten_without_force(void **state) {
    (void)state;
    scratch_write("g.h5", "precious", 8);
    assert_int_equal(run("g.h5", "2016-01-01", "2016-01-05", "{}", false), SAH_EXISTS);
    assert_non_null(strstr(err.text, "exists already"));
    assert_int_equal(scratch_size("g.h5"), 8);
    sah_error_clear(&err);
    assert_ok(run("g.h5", "2016-01-01", "2016-01-05", "{}", true));
    assert_true(scratch_size("g.h5") > 8);
    assert_int_equal(scratch_size("g.h5.part"), -1);
}

static void unfinished_work_is_kept_without_force(void **state) {
    (void)state;
    struct toy toy;
    struct sah_recorder *recorder;
    assert_ok(toy_create(&toy, "2016-01-01", "2016-01-05", "{}", &err));
    assert_ok(sah_recorder_create(toy.world, &toy.params, scratch("h.h5"), false,
                                  &recorder, &err));
    assert_int_equal(scratch_size("h.h5.part/layout.txt"), -1);
    assert_ok(sah_recorder_sync(recorder, toy.world, &err));
    sah_recorder_free(recorder);
    assert_true(scratch_size("h.h5.part/layout.txt") > 0);
    assert_int_equal(sah_recorder_create(toy.world, &toy.params, scratch("h.h5"), false,
                                         &recorder, &err),
                     SAH_EXISTS);
    assert_non_null(strstr(err.text, "resume"));
    sah_error_clear(&err);
    assert_ok(toy_run(&toy, scratch("h.h5"), true, &err));
    toy_free(&toy);
}

static void folders_of_others_are_left_alone(void **state) {
    (void)state;
    assert_ok(run("i.h5", "2016-01-01", "2016-01-02", "{}", false));
    char *part = sah_disk_concat(scratch("j.h5"), ".part");
    assert_int_equal(rename(scratch("i.h5"), part), 0);
    free(part);
    assert_int_equal(run("j.h5", "2016-01-01", "2016-01-02", "{}", true), SAH_EXISTS);
    assert_true(scratch_size("j.h5.part") > 0);
}

static void missing_folders_are_told(void **state) {
    (void)state;
    assert_int_equal(run("nowhere/k.h5", "2016-01-01", "2016-01-02", "{}", false),
                     SAH_MISSING);
    assert_non_null(strstr(err.text, "nowhere/k.h5.part"));
}

static void days_must_come_in_order(void **state) {
    (void)state;
    struct toy toy;
    struct sah_recorder *recorder;
    assert_ok(toy_create(&toy, "2016-01-01", "2016-01-05", "{}", &err));
    assert_ok(sah_recorder_create(toy.world, &toy.params, scratch("l.h5"), false,
                                  &recorder, &err));
    CATCH_BUG(sah_recorder_day(recorder, toy.world, &err));
    assert_non_null(bug_what);
    sah_recorder_free(recorder);
    toy_free(&toy);
}

/* ---- no room on the disk ------------------------------------------------------- */

static void limit_files_to(rlim_t bytes) {
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void unlimit_files(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_FSIZE, &limit);
}

static void a_short_write_ends_the_run(void **state) {
    (void)state;
    struct toy toy;
    signal(SIGXFSZ, SIG_IGN);
    assert_ok(toy_create(&toy, "2016-01-01", "2016-12-31", "{}", &err));
    limit_files_to(3000);
    int status = toy_run(&toy, scratch("m.h5"), false, &err);
    unlimit_files();
    assert_int_equal(status, SAH_IO);
    assert_non_null(
        strstr(err.text, "m.h5.part/series.raw: cannot write: File too large"));
    assert_int_equal(scratch_size("m.h5"), -1);
    toy_free(&toy);
}

static struct sah_recorder *recorded(struct toy *toy, const char *name) {
    struct sah_recorder *recorder;
    assert_ok(sah_recorder_create(toy->world, &toy->params, scratch(name), true,
                                  &recorder, &err));
    while (!sah_world_done(toy->world)) {
        assert_ok(sah_world_step(toy->world, &err));
        assert_ok(sah_recorder_day(recorder, toy->world, &err));
    }
    return recorder;
}

/* Wherever the disk fills up while packing: an error, the old file as it was, the raw
 * blocks still there, and a second attempt succeeds. */
static void a_full_disk_leaves_the_target_untouched(void **state) {
    (void)state;
    const struct sah_provenance provenance = {0};
    struct toy toy;
    signal(SIGXFSZ, SIG_IGN);
    scratch_write("n.h5", "old", 3);
    assert_ok(toy_create(&toy, "2016-01-01", "2016-04-30", "{}", &err));
    toy_lay_land(&toy);
    struct sah_recorder *recorder = recorded(&toy, "n.h5");
    int status = SAH_IO, failures = 0;
    for (rlim_t bytes = 0; status && bytes < 400000; bytes += 7000) {
        limit_files_to(bytes);
        status = sah_recorder_finish(recorder, toy.world, &provenance, &err);
        unlimit_files();
        if (!status) break;
        failures++;
        assert_int_equal(status, SAH_IO);
        assert_non_null(strstr(err.text, "n.h5"));
        assert_int_equal(scratch_size("n.h5"), 3);
        assert_int_equal(scratch_size("n.h5.part/packed.h5"), -1);
        assert_true(scratch_size("n.h5.part/events.raw") > 0);
        sah_error_clear(&err);
    }
    assert_ok(status);
    assert_true(failures > 5);
    sah_result_close(opened("n.h5"));
    sah_recorder_free(recorder);
    toy_free(&toy);
}

/* ---- no memory ----------------------------------------------------------------- */

/* Memory is refused once, at allocation `n`: the run fails, unless only the cleaning up
 * was hit. SAH_OK when there were fewer allocations. */
static int run_with_failure(struct toy *toy, const char *name, long n) {
    alloc_fail_at(n);
    int status = toy_run(toy, scratch(name), true, &err);
    bool failed = alloc_failed();
    alloc_fail_at(0);
    assert_true(!status || failed);
    assert_true(!status || err.code == status);
    sah_error_clear(&err);
    return failed ? SAH_MEMORY : SAH_OK;
}

static void lack_of_memory_is_told(void **state) {
    (void)state;
    int status = SAH_MEMORY;
    for (long n = 1; status == SAH_MEMORY; n++) {
        struct toy toy;
        assert_ok(toy_create(&toy, "2016-01-30", "2016-02-02", "{}", &err));
        toy_lay_land(&toy);
        status = run_with_failure(&toy, "o.h5", n);
        toy_free(&toy);
        assert_true(n < 5000);
    }
    assert_ok(status);
}

/* ---- the same every time, whole or resumed ------------------------------------- */

static void assert_same(const char *a, const char *b) {
    FILE *out = tmpfile();
    int status = sah_diff(scratch(a), scratch(b), NULL, out, &err);
    rewind(out);
    char line[256];
    while (status && fgets(line, sizeof line, out)) print_error("%s", line);
    fclose(out);
    assert_ok(status);
}

static void equal_runs_leave_equal_files(void **state) {
    (void)state;
    assert_ok(run("p.h5", "2016-01-15", "2016-05-10", "{}", false));
    assert_ok(run("q.h5", "2016-01-15", "2016-05-10", "{}", false));
    assert_same("p.h5", "q.h5");
}

static void step_to(struct toy *toy, struct sah_recorder *recorder, const char *date) {
    int32_t day;
    assert_true(sah_day_parse(date, &day));
    while (toy->world->today < day) {
        assert_ok(sah_world_step(toy->world, &err));
        if (recorder) assert_ok(sah_recorder_day(recorder, toy->world, &err));
    }
}

/* A process is killed after the checkpoint of `day`, in the middle of a write. */
static void kill_after(const char *name, const char *first_sync, const char *day,
                       const char *last_day, const char *output) {
    struct toy toy;
    struct sah_recorder *recorder;
    assert_ok(toy_create(&toy, "2016-01-15", "2016-05-10", output, &err));
    toy_lay_land(&toy);
    assert_ok(sah_recorder_create(toy.world, &toy.params, scratch(name), false,
                                  &recorder, &err));
    step_to(&toy, recorder, first_sync);
    assert_ok(sah_recorder_sync(recorder, toy.world, &err));
    step_to(&toy, recorder, day);
    assert_ok(sah_recorder_sync(recorder, toy.world, &err));
    step_to(&toy, recorder, last_day);
    sah_recorder_free(recorder);
    toy_free(&toy);
}

static void tear(const char *name) {
    FILE *out = fopen(scratch(name), "ab");
    assert_non_null(out);
    assert_int_equal(fwrite("half a record", 1, 13, out), 13);
    assert_int_equal(fclose(out), 0);
}

static int resume(const char *name, const char *day, const char *output) {
    const struct sah_provenance provenance = {0};
    struct toy toy;
    struct sah_recorder *recorder;
    assert_ok(toy_create(&toy, "2016-01-15", "2016-05-10", output, &err));
    toy_lay_land(&toy);
    step_to(&toy, NULL, day);
    int status = sah_recorder_resume(toy.world, &toy.params, scratch(name), false,
                                     &recorder, &err);
    if (!status) {
        step_to(&toy, recorder, "2016-05-10");
        status = sah_recorder_finish(recorder, toy.world, &provenance, &err);
        sah_recorder_free(recorder);
    }
    toy_free(&toy);
    return status;
}

static void a_killed_run_goes_on_from_its_checkpoint(void **state) {
    (void)state;
    assert_ok(run("whole.h5", "2016-01-15", "2016-05-10", "{}", true));
    kill_after("r.h5", "2016-02-10", "2016-03-20", "2016-04-05", "{}");
    tear("r.h5.part/series.raw");
    tear("r.h5.part/events.raw");
    tear("r.h5.part/talks.raw");
    assert_ok(resume("r.h5", "2016-03-20", "{}"));
    assert_same("whole.h5", "r.h5");
    assert_int_equal(scratch_size("r.h5.part"), -1);
}

static void the_checkpoint_before_the_last_serves_too(void **state) {
    (void)state;
    assert_ok(run("whole.h5", "2016-01-15", "2016-05-10", "{}", true));
    kill_after("s.h5", "2016-02-10", "2016-03-20", "2016-03-25", "{}");
    assert_ok(resume("s.h5", "2016-02-10", "{}"));
    assert_same("whole.h5", "s.h5");
}

static void a_run_killed_at_once_goes_on_from_day_0(void **state) {
    (void)state;
    assert_ok(run("whole.h5", "2016-01-15", "2016-05-10", "{}", true));
    kill_after("t.h5", "2016-01-14", "2016-01-14", "2016-01-20", "{}");
    assert_ok(resume("t.h5", "2016-01-14", "{}"));
    assert_same("whole.h5", "t.h5");
}

static void other_work_is_not_gone_on_with(void **state) {
    (void)state;
    kill_after("u.h5", "2016-02-10", "2016-03-20", "2016-03-25", "{}");
    assert_int_equal(resume("u.h5", "2016-03-20", "{fields: {every: day}}"),
                     SAH_FORMAT);
    assert_non_null(strstr(err.text, "another scenario"));
    sah_error_clear(&err);
    assert_int_equal(resume("u.h5", "2016-03-01", "{}"), SAH_MISSING);
    sah_error_clear(&err);
    assert_int_equal(resume("nothing.h5", "2016-03-01", "{}"), SAH_MISSING);
}

/* ---- values that do not fit ---------------------------------------------------- */

static void read_large(const struct sah_world *world, double *out) {
    (void)world;
    for (int c = 0; c < TOY_CELLS; c++) out[c] = 200;
}

static void values_too_large_for_their_type_are_told(void **state) {
    (void)state;
    static const struct sah_observable large[] = {
        {"large",
         "1",
         "Too large",
         SAH_FIELD,
         SAH_FLOW,
         SAH_U8,
         {NULL, NULL},
         read_large},
        {0},
    };
    struct sah_family family = toy_family;
    family.observables = large;
    struct toy toy;
    assert_ok(toy_create(&toy, "2016-01-30", "2016-03-31", "{}", &err));
    toy.world->family = &family;
    assert_int_equal(toy_run(&toy, scratch("v.h5"), false, &err), SAH_LIMIT);
    assert_non_null(strstr(err.text, "large: the value 400"));
    toy.world->family = &toy_family;
    toy_free(&toy);
}

/* HDF5 keeps what it could not write when closing fails; nothing of ours can free it.
 */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void) {
    return "leak:libhdf5";
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(months_sum_flows_and_end_stocks),
        TEST(periods_are_cut_by_the_run),
        TEST(days_and_years_may_be_chosen),
        TEST(a_day_without_events_leaves_an_empty_table),
        TEST(a_log_without_place_has_dates_and_words),
        TEST(events_may_be_left_out),
        TEST(unknown_fields_are_told_with_the_nearest),
        TEST(the_tables_of_parameters_are_sound),
        TEST(names_of_observables_are_checked),
        TEST(names_of_logs_are_checked),
        TEST(a_field_may_be_called_like_a_group),
        TEST(nothing_is_overwritten_without_force),
        TEST(unfinished_work_is_kept_without_force),
        TEST(folders_of_others_are_left_alone),
        TEST(missing_folders_are_told),
        TEST(days_must_come_in_order),
        TEST(a_short_write_ends_the_run),
        TEST(a_full_disk_leaves_the_target_untouched),
        TEST(lack_of_memory_is_told),
        TEST(equal_runs_leave_equal_files),
        TEST(a_killed_run_goes_on_from_its_checkpoint),
        TEST(the_checkpoint_before_the_last_serves_too),
        TEST(a_run_killed_at_once_goes_on_from_day_0),
        TEST(other_work_is_not_gone_on_with),
        TEST(values_too_large_for_their_type_are_told),
    };
    return cmocka_run_group_tests_name("recorder", tests, scratch_make, scratch_remove);
}
