/* Texts for people and programs: events, ledger, description. */
#include "output/csv.h"
#include "output/info.h"
#include "output/ledger.h"
#include "output/log_csv.h"

#include "sim/kernel/calendar.h"
#include "tests/output/scratch.h"
#include "tests/output/toy.h"
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

static struct sah_error err;
static char told[1 << 16];

static int write_toy(void **state) {
    struct toy toy;
    if (scratch_make(state)) return -1;
    int status = toy_create(&toy, "2016-01-15", "2017-03-10", "{}", &err);
    if (!status) toy_lay_land(&toy);
    if (!status) status = toy_run(&toy, scratch("toy.h5"), false, &err);
    toy_free(&toy);
    return status;
}

typedef int telling(const char *path, FILE *out, struct sah_error *err);

static int event_csv(const char *path, FILE *out, struct sah_error *err_) {
    return sah_log_csv(path, "events", out, err_);
}
static int ledger_table(const char *path, FILE *out, struct sah_error *err_) {
    return sah_ledger_table(path, NULL, out, err_);
}
static int talk_csv(const char *path, FILE *out, struct sah_error *err_) {
    return sah_log_csv(path, "talks", out, err_);
}
static int tolk_csv(const char *path, FILE *out, struct sah_error *err_) {
    return sah_log_csv(path, "tolks", out, err_);
}

static int tell(telling *what, const char *name) {
    FILE *out = tmpfile();
    int status = what(scratch(name), out, &err);
    rewind(out);
    told[fread(told, 1, sizeof told - 1, out)] = '\0';
    fclose(out);
    return status;
}

static size_t lines(void) {
    size_t n = 0;
    for (const char *c = told; *c; c++) n += *c == '\n';
    return n;
}

static void values_are_quoted_where_they_must(void **state) {
    (void)state;
    FILE *out = tmpfile();
    sah_csv_put(out, "plain", true);
    sah_csv_put(out, "a,b", false);
    sah_csv_put(out, "say \"no\"", false);
    rewind(out);
    told[fread(told, 1, sizeof told - 1, out)] = '\0';
    fclose(out);
    assert_string_equal(told, "plain,\"a,b\",\"say \"\"no\"\"\"");
}

static void events_have_a_stable_header(void **state) {
    (void)state;
    assert_int_equal(tell(event_csv, "toy.h5"), SAH_OK);
    const char *head = "date,lon,lat,gid,id,cell,kind,side_a,deaths,severity\n"
                       "2016-01-15,-0.25,12.75,147960,1681500,11,raid,,1,-2\n";
    assert_int_equal(strncmp(told, head, strlen(head)), 0);
}

static void any_log_is_told(void **state) {
    (void)state;
    assert_int_equal(tell(talk_csv, "toy.h5"), SAH_OK);
    const char *head = "date,id,about,with\n"
                       "2016-01-19,1,device,state\n"
                       "2016-01-27,2,raid,\n";
    assert_int_equal(strncmp(told, head, strlen(head)), 0);
    size_t talks = 0;
    for (int32_t d = 16815; d < 16815 + 421; d++) talks += toy_talks(d);
    assert_int_equal(lines(), 1 + talks);
    assert_int_equal(tell(tolk_csv, "toy.h5"), SAH_INPUT);
    assert_non_null(strstr(err.text,
                           "toy.h5: holds no tolks; its logs are events talks; "
                           "did you mean talks?"));
    sah_error_clear(&err);
}

static void events_agree_with_the_ledger(void **state) {
    (void)state;
    assert_int_equal(tell(event_csv, "toy.h5"), SAH_OK);
    double deaths[2] = {0, 0}, rows = 0;
    for (char *line = strchr(told, '\n'); line && line[1];
         line = strchr(line + 1, '\n')) {
        char *column = line + 1;
        for (int k = 0; k < 8; k++) column = strchr(column, ',') + 1;
        deaths[strncmp(line + 1, "2017", 4) == 0] += atoi(column);
        rows++;
    }
    assert_true(rows > 100);
    assert_int_equal(tell(sah_ledger_csv, "toy.h5"), SAH_OK);
    assert_int_equal(lines(), 1 + 2 * TOY_KINDS * TOY_COUNTRIES);
    for (char *line = strchr(told, '\n'); line && line[1];
         line = strchr(line + 1, '\n')) {
        char country[4], item[16];
        int year, value;
        assert_int_equal(sscanf(line + 1, "%d,%3s,deaths,%15[^,],%d,persons", &year,
                                country, item, &value),
                         4);
        deaths[year == 2017] -= value;
    }
    assert_true(deaths[0] == 0 && deaths[1] == 0);
}

static void the_ledger_is_a_table_by_year(void **state) {
    (void)state;
    assert_int_equal(tell(ledger_table, "toy.h5"), SAH_OK);
    assert_non_null(strstr(told, "deaths [persons]: Deaths by kind and country"));
    assert_non_null(strstr(told, "2016        2017"));
    assert_non_null(strstr(told, "\n  feud "));
}

static void the_file_is_described(void **state) {
    (void)state;
    assert_int_equal(tell(sah_info, "toy.h5"), SAH_OK);
    assert_non_null(strstr(told, "model     toy, seed 7"));
    assert_non_null(strstr(told, "2016-01-15 to 2017-03-10, 421 days"));
    assert_non_null(strstr(told, "events (kind) "));
    assert_non_null(strstr(told, "Axes\n  kind           raid device feud\n"));
    assert_non_null(strstr(told, "Logs\n  events         "));
    assert_non_null(strstr(told, "\n  talks          53 rows of date id about with\n"));
    const char *last = strrchr(told, ' ');
    assert_int_equal(strlen(last), 1 + 32 + 1);
}

static void the_digest_stands_last_on_its_line(void **state) {
    (void)state;
    assert_int_equal(tell(sah_info_digest, "toy.h5"), SAH_OK);
    assert_int_equal(lines(), 1);
    assert_int_equal(strlen(strrchr(told, ' ')), 1 + 32 + 1);
}

static void a_full_disk_is_told(void **state) {
    (void)state;
    telling *const all[] = {sah_info, event_csv, sah_ledger_csv, ledger_table,
                            sah_info_digest};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        FILE *out = fopen("/dev/full", "w");
        if (!out) skip();
        assert_int_equal(all[i](scratch("toy.h5"), out, &err), SAH_IO);
        assert_non_null(strstr(err.text, "No space left"));
        sah_error_clear(&err);
        fclose(out);
    }
}

static void other_files_are_errors(void **state) {
    (void)state;
    telling *const all[] = {sah_info, event_csv, sah_ledger_csv, ledger_table,
                            sah_info_digest};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_int_equal(tell(all[i], "nothing.h5"), SAH_MISSING);
        assert_string_equal(told, "");
        sah_error_clear(&err);
    }
}

static void runs_without_events_say_so(void **state) {
    (void)state;
    struct toy toy;
    assert_int_equal(
        toy_create(&toy, "2016-01-15", "2016-01-20", "{events: off}", &err), SAH_OK);
    assert_int_equal(toy_run(&toy, scratch("quiet.h5"), false, &err), SAH_OK);
    toy_free(&toy);
    assert_int_equal(tell(event_csv, "quiet.h5"), SAH_INPUT);
    assert_non_null(strstr(err.text, "holds no events"));
    sah_error_clear(&err);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_quoted_where_they_must),
        cmocka_unit_test(events_have_a_stable_header),
        cmocka_unit_test(any_log_is_told),
        cmocka_unit_test(events_agree_with_the_ledger),
        cmocka_unit_test(the_ledger_is_a_table_by_year),
        cmocka_unit_test(the_file_is_described),
        cmocka_unit_test(the_digest_stands_last_on_its_line),
        cmocka_unit_test(a_full_disk_is_told),
        cmocka_unit_test(other_files_are_errors),
        cmocka_unit_test(runs_without_events_say_so),
    };
    return cmocka_run_group_tests_name("tables", tests, write_toy, scratch_remove);
}
