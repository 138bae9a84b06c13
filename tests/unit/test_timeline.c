/* Changes and ramps: what the timeline makes of values, and what it refuses. */
#include "sim/kernel/calendar.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_scenario.h"

#define HEAD                                                      \
    "run: {start: 2016-01-01}\n"                                  \
    "forces: [{name: barkhane, owner: france, strength: 1000}]\n" \
    "timeline:\n"

static void read(struct tiny *t, const char *yaml) {
    tiny_read(t, yaml, strlen(yaml), NULL, 0);
}

static void assert_error(const char *yaml, const char *message) {
    struct tiny t;
    read(&t, yaml);
    assert_int_equal(t.code, SAH_INPUT);
    assert_non_null(t.err.text);
    assert_string_equal(t.err.text, message);
    tiny_free(&t);
}

static int64_t strength_on(struct tiny *t, const char *date) {
    int32_t day;
    assert_true(sah_day_parse(date, &day));
    sah_timeline_apply(&t->timeline, day);
    return tiny_force(t, "barkhane")->strength;
}

static void steps_and_ramps(void **state) {
    (void)state;
    struct tiny t;
    read(&t, HEAD "  - {date: 2018-01-01, what: forces.barkhane.strength, to: 3000}\n"
                  "  - {date: 2017-01-01, what: forces.barkhane.strength, to: 2000, "
                  "over: 100 d, why: Pau summit}\n");
    assert_null(t.err.text);
    assert_int_equal(t.timeline.n, 2);
    assert_string_equal(t.timeline.change[0].why, "Pau summit");
    assert_int_equal(t.timeline.change[0].origin.line, 5);
    assert_int_equal(strength_on(&t, "2016-12-31"), 1000);
    assert_int_equal(strength_on(&t, "2017-01-01"), 1000);
    assert_int_equal(strength_on(&t, "2017-02-20"), 1500);
    assert_int_equal(strength_on(&t, "2017-04-11"), 2000);
    assert_int_equal(strength_on(&t, "2017-12-31"), 2000);
    assert_int_equal(strength_on(&t, "2018-01-01"), 3000);
    assert_int_equal(strength_on(&t, "2030-01-01"), 3000);
    assert_int_equal(strength_on(&t, "2016-01-01"), 1000); /* days in any order */
    tiny_free(&t);
}

static void later_ramp_takes_over(void **state) {
    (void)state;
    struct tiny t;
    read(&t, HEAD "  - {date: 2017-01-01, what: forces.barkhane.strength, to: 2000, "
                  "over: 100}\n"
                  "  - {date: 2017-02-20, what: forces.barkhane.strength, to: 500, "
                  "over: 10 d}\n");
    assert_null(t.err.text);
    assert_int_equal(strength_on(&t, "2017-02-19"), 1490);
    assert_int_equal(strength_on(&t, "2017-02-20"), 1500);
    assert_int_equal(strength_on(&t, "2017-02-25"), 1000);
    assert_int_equal(strength_on(&t, "2017-03-02"), 500);
    assert_int_equal(strength_on(&t, "2017-06-01"), 500);
    tiny_free(&t);
}

static void words_and_units(void **state) {
    (void)state;
    struct tiny t;
    read(&t,
         HEAD "  - {date: 2017-01-01, what: recruitment.outreach, to: off}\n"
              "  - {date: 2017-01-01, what: recruitment.kernel, to: clustered}\n"
              "  - {date: 2017-01-01, what: recruitment.reach, to: 500 m}\n"
              "  - {date: 2017-01-01, what: recruitment.base_rate, to: 36.525 %/year,"
              " over: 2 week}\n");
    assert_null(t.err.text);
    int32_t day;
    sah_day_parse("2016-12-31", &day);
    sah_timeline_apply(&t.timeline, day);
    assert_true(t.recruitment.on);
    assert_int_equal(t.recruitment.kernel, 0);
    sah_timeline_apply(&t.timeline, day + 100);
    assert_false(t.recruitment.on);
    assert_int_equal(t.recruitment.kernel, 1);
    assert_true(t.recruitment.reach_km > 0.499 && t.recruitment.reach_km < 0.501);
    assert_true(t.recruitment.base_rate > 0.000999 &&
                t.recruitment.base_rate < 0.001001);
    tiny_free(&t);
}

static void refusals(void **state) {
    (void)state;
    assert_error(HEAD "  - {date: 2017-1-1, what: forces.barkhan.strength, to: 1}\n",
                 "t.yaml:4:12: timeline[1].date = 2017-1-1: expected a date such as "
                 "2016-01-31\n"
                 "t.yaml:4:28: timeline[1].what = forces.barkhan.strength: no such "
                 "parameter; did you mean forces.barkhane.strength?\n");
    assert_error(HEAD "  - {date: 2017-01-01, what: run.end, to: 2018-01-01}\n",
                 "t.yaml:4:30: timeline[1].what = run.end: is fixed during a run\n");
    assert_error(HEAD "  - {date: 2017-01-01, what: forces.barkhane.owner, to: x}\n",
                 "t.yaml:4:30: timeline[1].what = forces.barkhane.owner: only numbers, "
                 "switches, choices and dates can change\n");
    assert_error(
        HEAD "  - {date: 2017-01-01, what: forces.barkhane.strength, to: -4}\n",
        "t.yaml:4:60: timeline[1].to = -4: forces.barkhane.strength must lie in "
        "0..100000 persons (default 100)\n");
    assert_error(
        HEAD "  - {date: 2017-01-01, what: recruitment.outreach, to: 0.5}\n",
        "t.yaml:4:56: timeline[1].to = 0.5: recruitment.outreach expected on or "
        "off (default on)\n");
    assert_error(HEAD "  - {date: 2017-01-01, what: recruitment.outreach, to: on, "
                      "over: 3}\n",
                 "t.yaml:4:66: timeline[1].over = 3: only numbers change over time; "
                 "recruitment.outreach is a switch\n");
    assert_error(HEAD
                 "  - {date: 2017-01-01, what: recruitment.reach, to: 1, over: soon}\n",
                 "t.yaml:4:62: timeline[1].over = soon: expected a number in day "
                 "(default 0)\n");
    assert_error(HEAD
                 "  - {date: 2017-01-01, what: recruitment.reach, to: 1, over: -1}\n",
                 "t.yaml:4:62: timeline[1].over = -1: must lie in 0..36525 day "
                 "(default 0)\n");
    assert_error(HEAD "  - {date: 2017-01-01, wat: recruitment.reach, to: 1}\n",
                 "t.yaml:4:5: timeline[1].what: must be given\n"
                 "t.yaml:4:24: timeline[1].wat: no such key; did you mean what?\n");
    assert_error(HEAD "  - soon\n",
                 "t.yaml:4:5: timeline[1] = soon: expected {date, what, to}\n");
    assert_error(
        "run: {start: 2016-01-01}\ntimeline: {a: 1}\n",
        "t.yaml:2:11: timeline: expected a list of entries {date, what, to}\n");
    assert_error(HEAD "  - {date: 2017-01-01, what: [a], to: ~}\n",
                 "t.yaml:4:30: timeline[1].what: expected a single value\n"
                 "t.yaml:4:39: timeline[1].to: expected a single value\n");
    assert_error(HEAD "  - {date: 2017-01-01, what: recruitment.reach, to: 1}\n"
                      "  - {date: 2017-01-01, what: recruitment.reach, to: 2}\n",
                 "t.yaml:5:5: timeline[2]: same date and target as in line 4\n");
}

/* Entries are numbered as their own file lists them, whatever lies below. */
static void entries_are_counted_in_their_file(void **state) {
    (void)state;
    struct tiny t;
    static const char yaml[] =
        HEAD "  - {date: 2017-01-01, what: recruitment.reach, to: 1}\n"
             "  - {date: 2017-01-02, what: recruitment.reach, to: x}\n";
    static const char *const over[] = {
        "timeline=[{date: 2018-01-01, what: recruitment.reech, to: 1}]"};
    tiny_read(&t, yaml, sizeof yaml - 1, over, 1);
    assert_string_equal(
        t.err.text,
        "t.yaml:5:53: timeline[2].to = x: recruitment.reach expected a number in km "
        "(default 50)\n"
        "command line: timeline[1].what = recruitment.reech: no such parameter; did "
        "you mean recruitment.reach?\n");
    tiny_free(&t);
}

static void none(void **state) {
    (void)state;
    struct tiny t;
    read(&t, "run: {start: 2016-01-01}\ntimeline:\n");
    assert_null(t.err.text);
    sah_timeline_apply(&t.timeline, 0);
    tiny_free(&t);
    read(&t, "run: {start: 2016-01-01}\ntimeline: []\n");
    assert_null(t.err.text);
    tiny_free(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_and_ramps),
        cmocka_unit_test(later_ramp_takes_over),
        cmocka_unit_test(words_and_units),
        cmocka_unit_test(refusals),
        cmocka_unit_test(entries_are_counted_in_their_file),
        cmocka_unit_test(none),
    };
    return cmocka_run_group_tests_name("timeline", tests, NULL, NULL);
}
