/* The law of flight by itself, and on Flee's inputs: cases small enough to count by hand. */
#include "models/flight/flee_run.h"
#include "models/flight/law.h"
#include "tests/support/alloc.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_flee.h"

#include <math.h>
#include <omp.h>
#include <string.h>

enum { PARTIES = 5 };

/* ---- the law ----------------------------------------------------------------------- */

static double appeal(const struct sah_flight_pull *pull, double people, double km) {
    return exp(sah_flight_log_appeal(pull, sah_flight_size(pull, people), km));
}

static void pull_falls_with_the_way(void **state) {
    (void)state;
    struct sah_flight_pull pull = {.size = 0.5, .range_km = 200, .near_km = 10};
    assert_true(fabs(appeal(&pull, 99, 0) - 10) < 1e-12);
    assert_true(fabs(appeal(&pull, 99, 200) - 10 * exp(-1)) < 1e-12);
    pull.power = 2;
    assert_true(fabs(appeal(&pull, 99, 10) - 10 * exp(-0.05) / 4) < 1e-12);
    pull = (struct sah_flight_pull){.range_km = INFINITY, .near_km = 1};
    assert_true(fabs(appeal(&pull, 12345, 678) - 1) < 1e-15);
}

static void violence_repels_and_drives(void **state) {
    (void)state;
    assert_true(fabs(sah_flight_shunned(8, 3, 1) - 2) < 1e-15);
    assert_true(fabs(sah_flight_shunned(8, 0, 1) - 8) < 1e-15);
    assert_true(fabs((double)sah_flight_rate(0.4f, 5, 5) - 0.2) < 1e-7);
    assert_true(sah_flight_rate(0.4f, 0, 5) <= 0);
    assert_true(fabs((double)sah_flight_hazard(2, 0.25f, 0.5f, 0.1f) - 0.5) < 1e-6);
    assert_true(sah_flight_hazard(2, 0.25f, 0.2f, 0.1f) <= 0);
    assert_true(fabs(sah_flight_chance(0.1, 30) - (1 - exp(-3))) < 1e-15);
    assert_true(sah_flight_chance(0, 30) <= 0);
}

static void nobody_goes_where_nothing_pulls(void **state) {
    (void)state;
    struct sah_rng rng;
    int64_t share[3];
    sah_rng_at(&rng, 1, 1, 1, 1);
    assert_false(sah_flight_spread(&rng, 5, (double[]){0, 0, 0}, 3, share));
    assert_true(sah_flight_spread(&rng, 5, (double[]){0, 2, 0}, 3, share));
    assert_int_equal(share[0] + share[2], 0);
    assert_int_equal(share[1], 5);
}

/* Who goes, one person after the other: slow, but plain. */
static void one_by_one(struct sah_rng *rng, int64_t people, const double *weight,
                       const int32_t *party, size_t n, int64_t *out) {
    memset(out, 0, n * sizeof *out);
    for (int64_t k = 0; k < people; k++) {
        double left[PARTIES], sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += left[i] = out[i] < party[i] ? weight[i] : 0;
        if (sum <= 0) return;
        out[sah_discrete(rng, left, n)]++;
    }
}

static void draw_who(struct sah_rng *rng, int64_t people, const double *weight,
                     const int32_t *party, size_t n, int64_t *out) {
    double spent[PARTIES];
    int64_t scratch[PARTIES];
    memcpy(spent, weight, n * sizeof *spent);
    sah_flight_who(rng, people, spent, party, n, out, scratch);
}

typedef void drawing(struct sah_rng *, int64_t, const double *, const int32_t *, size_t,
                     int64_t *);

struct moments {
    double mean[PARTIES], variance[PARTIES];
};

enum { DRAWS = 4000 };

static struct moments moments_of(drawing *draw, unsigned purpose, int64_t people,
                                 const double *weight, const int32_t *party) {
    struct moments m = {0};
    for (uint64_t id = 0; id < DRAWS; id++) {
        struct sah_rng rng;
        int64_t out[PARTIES], all = 0;
        sah_rng_at(&rng, 3, purpose, id, 0);
        draw(&rng, people, weight, party, PARTIES, out);
        for (size_t i = 0; i < PARTIES; i++) {
            assert_true(out[i] >= 0 && out[i] <= party[i]);
            all += out[i];
            m.mean[i] += (double)out[i] / DRAWS;
            m.variance[i] += (double)out[i] * (double)out[i] / DRAWS;
        }
        assert_int_equal(all, people);
    }
    for (size_t i = 0; i < PARTIES; i++) m.variance[i] -= m.mean[i] * m.mean[i];
    return m;
}

/* Few and many, where parties have people enough and where some of them go in whole. */
static void who_goes_is_as_one_by_one(void **state) {
    (void)state;
    static const double weight[PARTIES] = {5, 0, 1, 0.2, 3};
    static const int32_t full[PARTIES] = {1000, 1000, 1000, 1000, 1000},
                         scarce[PARTIES] = {12, 9, 3, 5, 30};
    static const struct {
        int64_t people;
        const int32_t *party;
    } row[] = {{3, full},   {40, full},   {300, full},
               {4, scarce}, {20, scarce}, {40, scarce}};
    for (size_t k = 0; k < sizeof row / sizeof *row; k++) {
        struct moments twin = moments_of(one_by_one, 1, row[k].people, weight,
                                         row[k].party),
                       ours =
                           moments_of(draw_who, 2, row[k].people, weight, row[k].party);
        for (size_t i = 0; i < PARTIES; i++) {
            double v = twin.variance[i] + 1e-3;
            assert_true(fabs(ours.mean[i] - twin.mean[i]) < 4.5 * sqrt(2 * v / DRAWS));
            assert_true(fabs(ours.variance[i] - twin.variance[i]) <
                        0.02 + 0.16 * twin.variance[i]);
        }
    }
}

static void all_go_where_no_more_can(void **state) {
    (void)state;
    struct sah_rng rng;
    int64_t out[3], scratch[3];
    sah_rng_at(&rng, 1, 1, 1, 1);
    double weight[3] = {1, 0, 2};
    sah_flight_who(&rng, 100, weight, (int32_t[]){4, 5, 6}, 3, out, scratch);
    assert_int_equal(out[0], 4);
    assert_int_equal(out[1], 0);
    assert_int_equal(out[2], 6);
    double none[3] = {0, 0, 0};
    for (int64_t people = 1; people < 5; people++) {
        sah_flight_who(&rng, people, none, (int32_t[]){4, 5, 6}, 3, out, scratch);
        assert_int_equal(out[0] + out[1] + out[2], 0);
    }
}

/* ---- reading ----------------------------------------------------------------------- */

static struct sah_flee_case read_case(const struct tiny_flee *tiny) {
    struct sah_flee_files files = tiny_flee_files(tiny);
    struct sah_flee_case flee;
    struct sah_error err = {0};
    int code = sah_flee_read(&files, &flee, &err);
    if (code) print_message("%s", err.text);
    assert_int_equal(code, 0);
    return flee;
}

static void refuse(const struct tiny_flee *tiny, const char *messages) {
    struct sah_flee_files files = tiny_flee_files(tiny);
    struct sah_flee_case flee;
    struct sah_error err = {0};
    assert_true(sah_flee_read(&files, &flee, &err) < 0);
    assert_string_equal(err.text, messages);
    sah_flee_free(&flee);
    sah_error_clear(&err);
}

static void reads_a_case(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    struct sah_flee_case flee = read_case(&tiny);
    assert_int_equal(flee.nplaces, 3);
    assert_int_equal(flee.ncamps, 2);
    assert_int_equal(flee.days, 11);
    assert_int_equal(flee.place[1].kind, SAH_FLEE_CAMP);
    assert_int_equal(flee.registered[2 * 5], 60);
    assert_int_equal(flee.registered[2 * 10 + 1], 0);
    assert_int_equal(flee.gained[0], 10);
    assert_int_equal(flee.gained[7], 10);
    assert_true(flee.conflict[3 * 4] > 0 && flee.conflict[3 * 4 + 1] <= 0);
    sah_flee_free(&flee);
}

/* As in Flee's Mali 2012: quotes, a further column, blanks, a header of names. */
static void reads_what_flee_writes(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    tiny_flee_put(&tiny, "input_csv/locations.csv",
                  "\"#name\",\"region\",\"country\",\"latitude\",\"longitude\","
                  "\"location_type\",\"conflict_date\",\"population\",\"IPC\"\n"
                  "\"Aba\",\"W\",\"Home\",15,-2,\"conflict_zone\",0,1000,3\n"
                  "\"North\",\"F\",\"Sand\",17,-2,\"camp\",,99,4\n"
                  "\"South\",\"F\",\"Reed\",13,-2,\"camp\",,,4\n");
    tiny_flee_put(&tiny, "input_csv/conflicts.csv",
                  "#Day, Aba, North\n0, 0, 0\n1, 0.5, 0\n2, 1, 0\n");
    tiny_flee_put(&tiny, "source_data/south.csv",
                  "#DateTime,Nombre estim\303\251\n2018-01-03,30\n2018-01-01,0\n\n"
                  "2018-01-09,\n");
    struct sah_flee_case flee = read_case(&tiny);
    assert_int_equal(flee.days, 3); /* as far as conflicts.csv goes */
    assert_int_equal(flee.asked, 11);
    assert_int_equal(flee.unsorted, 1);
    assert_true(fabs((double)flee.conflict[3] - 0.5) < 1e-9);
    assert_int_equal(flee.registered[2 * 1 + 1], 15);
    sah_flee_free(&flee);
}

/* 200 counted, then 100 when counted anew: all before are halved. */
static void corrects_registrations(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    tiny_flee_put(&tiny, "source_data/north.csv",
                  "2018-01-01,100\n2018-01-05,200\n2018-01-06,100\n2018-01-10,120\n");
    tiny_flee_put(&tiny, "input_csv/registration_corrections.csv",
                  "\"North\",\"2018-01-06\",\"normalize\"\n");
    struct sah_flee_case flee = read_case(&tiny);
    const int64_t expected[] = {50, 62, 75, 87, 100, 100, 105, 110, 115, 120, 120};
    for (size_t t = 0; t < 11; t++)
        assert_int_equal(flee.registered[2 * t], expected[t]);
    sah_flee_free(&flee);
}

/* Whoever is registered elsewhere fled as well. */
static void lists_of_strangers_count_among_newcomers(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    tiny_flee_put(&tiny, "source_data/data_layout.csv",
                  "total,all.csv\nNorth,north.csv\nSouth,south.csv\nFar,far.csv\n");
    tiny_flee_put(&tiny, "source_data/far.csv", "2018-01-01,5\n2018-01-11,35\n");
    struct sah_flee_case flee = read_case(&tiny);
    assert_int_equal(flee.strangers, 1);
    assert_int_equal(flee.ncamps, 2);
    assert_int_equal(flee.gained[0], 15);
    assert_int_equal(flee.gained[4], 13);
    sah_flee_free(&flee);
}

static void tells_all_mistakes(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    tiny_flee_put(&tiny, "input_csv/routes.csv",
                  "Aba,Nort,100,0\nAba,South,-3\nAba,Aba,5\nAba\n");
    tiny_flee_put(&tiny, "input_csv/closures.csv",
                  "#closure_type,name1,name2,closure_start,closure_end\n"
                  "country,Home,Sandy,0,5\nwall,Aba,Aba,0,1\n");
    tiny_flee_put(&tiny, "input_csv/conflicts.csv", "#Day,Aba,Xanadu\n0,1,0\n2,x,0\n");
    tiny_flee_put(&tiny, "source_data/north.csv", "2018-13-01,10\n2018-01-02,1.5\n");
    tiny_flee_put(&tiny, "source_data/data_layout.csv",
                  "North,north.csv\nSouth,../south.csv\n");
    refuse(
        &tiny,
        "case/input_csv/routes.csv:4: has 1 fields, expected 3 (name1 ...)\n"
        "case/input_csv/closures.csv:3: closure_type = wall: no such kind of closure "
        "(country, location, links, camp)\n"
        "case/input_csv/conflicts.csv: column Xanadu: no such place in "
        "locations.csv\n"
        "case/source_data/north.csv:1: date = 2018-13-01: is no date, such as "
        "2012-02-29\n"
        "case/source_data/north.csv:2: count = 1.5: must be a whole number in "
        "0..100000000\n"
        "case/source_data/data_layout.csv:2: file = ../south.csv: must lie in "
        "source_data\n");
    tiny_flee_put(&tiny, "input_csv/routes.csv", "Aba,Nort,100,0\nAba,Aba,5\n");
    tiny_flee_put(&tiny, "input_csv/closures.csv", "country,Home,Sandy,0,5\n");
    tiny_flee_put(&tiny, "input_csv/conflicts.csv", "#Day,Aba\n0,1\n2,x\n");
    tiny_flee_put(&tiny, "source_data/data_layout.csv", "North,all.csv\n");
    tiny_flee_put(&tiny, "input_csv/registration_corrections.csv",
                  "North,2018-02-02,normalize\n");
    refuse(
        &tiny,
        "case/input_csv/routes.csv:1: name2 = Nort: no such place in locations.csv; "
        "did you mean North?\n"
        "case/input_csv/routes.csv:2: name2 = Aba: a route leads to another place\n"
        "case/input_csv/closures.csv:1: name2 = Sandy: no such country in "
        "locations.csv; did you mean Sand?\n"
        "case/input_csv/conflicts.csv:3: Day = 2: expected day 1: a row for every day "
        "from 0 on\n"
        "case/input_csv/conflicts.csv:3: Aba = x: must be a number in 0..1e6\n"
        "case/input_csv/registration_corrections.csv:1: date = 2018-02-02: the "
        "camp's list has no such date\n"
        "case/source_data/data_layout.csv: has no row for the camp South\n");
}

/* ---- runs -------------------------------------------------------------------------- */

static struct sah_flee_settings still(void) {
    struct sah_flee_settings settings;
    sah_flee_defaults(&settings);
    settings.move_on = 0;
    settings.room = 0;
    return settings;
}

static struct sah_flee_run run_case(const struct tiny_flee *tiny,
                                    const struct sah_flee_settings *settings) {
    struct sah_flee_case flee = read_case(tiny);
    struct sah_flee_run run;
    struct sah_error err = {0};
    assert_int_equal(sah_flee_run(&flee, settings, flee.days, &run, &err), 0);
    int64_t people = settings->day0 == SAH_FLEE_DAY0_CAMPS
                         ? flee.registered[0] + flee.registered[1]
                         : 0;
    for (int t = 0; t < run.days; t++) { /* nobody is lost */
        people += run.fled[t];
        int64_t told = run.away[t] + run.home[t];
        for (size_t c = 0; c < run.ncamps; c++)
            told += run.simulated[(size_t)t * run.ncamps + c];
        assert_int_equal(told, people);
    }
    sah_flee_free(&flee);
    return run;
}

static void one_camp(struct tiny_flee *tiny) {
    tiny_flee_put(tiny, "input_csv/routes.csv", "Aba,North,100\n");
}

/* 10 people a day, who come the same day, or after floor(100/40) = 2 days. */
static void people_take_their_time(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    struct sah_flee_settings settings = still();
    one_camp(&tiny);
    struct sah_flee_run run = run_case(&tiny, &settings);
    for (int t = 0; t < 11; t++) assert_int_equal(run.simulated[2 * t], 10 + 10 * t);
    sah_flee_run_free(&run);
    settings.speed = 40;
    run = run_case(&tiny, &settings);
    for (int t = 2; t < 11; t++) {
        assert_int_equal(run.simulated[2 * t], 10 + 10 * (t - 2));
        assert_int_equal(run.road[t], 20);
    }
    sah_flee_run_free(&run);
}

static void closed_borders_hold_people_back(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    struct sah_flee_settings settings = still();
    one_camp(&tiny);
    const char *const closed[] = {"country,Home,Sand,0,5\n", "location,North,,0,5\n",
                                  "links,North,Aba,0,5\n", "camps,North,,0,5\n"};
    for (size_t i = 0; i < 4; i++) {
        tiny_flee_put(&tiny, "input_csv/closures.csv", closed[i]);
        struct sah_flee_run run = run_case(&tiny, &settings);
        assert_int_equal(run.simulated[2 * 4], 10);
        assert_int_equal(run.away[4], 40);
        assert_int_equal(run.simulated[2 * 5], 60);
        sah_flee_run_free(&run);
    }
}

/* (99 + 1)^0.5 : (399 + 1)^0.5 = 1 : 2; and e^-5/4 of the first 100 km farther. */
static void people_divide_by_the_law(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    struct sah_flee_settings settings = still();
    tiny_flee_put(&tiny, "source_data/north.csv", "2018-01-01,0\n2018-01-02,90000\n");
    struct sah_flee_run run = run_case(&tiny, &settings);
    assert_true(fabs((double)run.simulated[2] - 30000) < 5 * 142);
    sah_flee_run_free(&run);
    tiny_flee_put(&tiny, "input_csv/routes.csv", "Aba,North,200\nAba,South,100\n");
    run = run_case(&tiny, &settings);
    double part = exp(-1.25) / (2 + exp(-1.25));
    assert_true(fabs((double)run.simulated[2] - 90000 * part) < 5 * 142);
    sah_flee_run_free(&run);
    settings.rule = SAH_FLEE_NEAREST;
    run = run_case(&tiny, &settings);
    assert_int_equal(run.simulated[3], 90000);
    sah_flee_run_free(&run);
    settings.rule = SAH_FLEE_UNIFORM;
    run = run_case(&tiny, &settings);
    assert_true(fabs((double)run.simulated[3] - 45000) < 5 * 150);
    sah_flee_run_free(&run);
}

/* Of 99 and 399 places: both fill up, and the rest stays where it is. */
static void full_camps_take_nobody(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    struct sah_flee_settings settings = still();
    settings.room = 1;
    tiny_flee_put(&tiny, "input_csv/sim_period.csv",
                  "StartDate,2018-01-01\nLength,200\n");
    tiny_flee_put(&tiny, "source_data/north.csv", "2018-01-01,0\n2018-06-30,900\n");
    struct sah_flee_run run = run_case(&tiny, &settings);
    const int64_t *last = &run.simulated[(size_t)2 * 199];
    assert_true(last[0] >= 99 && last[0] <= 104); /* 5 come on a day */
    assert_true(last[1] >= 399 && last[1] <= 404);
    assert_int_equal(last[0] + last[1] + run.away[199], 900);
    sah_flee_run_free(&run);
}

static void losses_are_debts(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    struct sah_flee_settings settings = still();
    tiny_flee_put(&tiny, "source_data/north.csv",
                  "2018-01-01,100\n2018-01-03,60\n2018-01-07,140\n");
    struct sah_flee_run run = run_case(&tiny, &settings);
    const int64_t debt[] = {0, 20, 40, 20, 0, 0, 0}, fled[] = {0, 0, 0, 0, 0, 20, 20};
    for (int t = 0; t < 7; t++) {
        assert_int_equal(run.debt[t], debt[t]);
        assert_int_equal(run.fled[t], fled[t]);
    }
    sah_flee_run_free(&run);
}

static void newcomers_may_be_those_of_the_total(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    struct sah_flee_settings settings = still();
    tiny_flee_put(&tiny, "source_data/all.csv", "2018-01-01,10\n2018-01-11,40\n");
    settings.newcomers = SAH_FLEE_OF_TOTAL;
    struct sah_flee_run run = run_case(&tiny, &settings);
    for (int t = 1; t < 11; t++) assert_int_equal(run.fled[t], 3);
    sah_flee_run_free(&run);
}

static void day_0_has_three_beginnings(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    struct sah_flee_settings settings = still();
    one_camp(&tiny);
    settings.speed = 40;
    settings.day0 = SAH_FLEE_DAY0_ZONES;
    struct sah_flee_run run = run_case(&tiny, &settings);
    assert_int_equal(run.fled[0], 10);
    assert_int_equal(run.simulated[0], 0);
    assert_int_equal(run.simulated[2 * 2], 10);
    assert_int_equal(run.lists[0], 10);
    sah_flee_run_free(&run);
    settings.day0 = SAH_FLEE_DAY0_EMPTY;
    run = run_case(&tiny, &settings);
    assert_int_equal(run.simulated[2 * 2], 0);
    assert_int_equal(run.lists[0], 0);
    assert_int_equal(run.lists[2 * 10], 100);
    sah_flee_run_free(&run);
}

/* Those there since day 0 have no home to go to; the others go once it is calm. */
static void people_go_home_when_it_is_calm(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    struct sah_flee_settings settings = still();
    settings.return_rate = 0.2;
    tiny_flee_put(&tiny, "source_data/north.csv",
                  "2018-01-01,1000\n2018-01-03,41000\n2018-01-31,41000\n");
    tiny_flee_put(&tiny, "input_csv/conflicts.csv",
                  "Day,Aba\n0,1\n1,1\n2,1\n3,1\n4,0\n5,0\n6,0\n7,0\n8,0\n");
    struct sah_flee_run run = run_case(&tiny, &settings);
    assert_int_equal(run.home[3], 0);
    for (int t = 4; t < 9; t++) {
        double left = exp(-0.2 * (t - 3));
        assert_true(fabs((double)run.home[t] - 40000 * (1 - left)) <
                    5 * sqrt(40000 * left * (1 - left)));
    }
    sah_flee_run_free(&run);
    settings.return_rate = 1;
    run = run_case(&tiny, &settings);
    assert_true(run.simulated[2 * 8] + run.simulated[2 * 8 + 1] >= 1000);
    sah_flee_run_free(&run);
}

static void people_move_on_between_camps(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    struct sah_flee_settings settings = still();
    settings.move_on = 0.1;
    tiny_flee_put(&tiny, "source_data/north.csv", "2018-01-01,50000\n");
    struct sah_flee_run run = run_case(&tiny, &settings);
    double north = 50000, south = 0, chance = 1 - exp(-0.1);
    for (int t = 0; t < 11; t++) { /* there is one other camp */
        double a = north * chance, b = south * chance;
        north += b - a, south += a - b;
        assert_true(fabs((double)run.simulated[2 * t] - north) < 5 * 112);
    }
    sah_flee_run_free(&run);
}

static void without_conflict_nobody_flees_yet(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    struct sah_flee_settings settings = still();
    one_camp(&tiny);
    tiny_flee_put(&tiny, "input_csv/conflicts.csv",
                  "Day,Aba\n0,0\n1,0\n2,0\n3,1\n4,1\n");
    struct sah_flee_run run = run_case(&tiny, &settings);
    assert_int_equal(run.debt[2], -20);
    assert_int_equal(run.fled[2], 0);
    assert_int_equal(run.fled[3], 30);
    sah_flee_run_free(&run);
}

/* Aba - Town - North, 100 km each, 360 km a day: of those in Town 0.3 go on the same day, of
 * these q = 1/(1 + 10^-0.5) to North; those back in Aba set out once more. */
static void walkers_choose_place_by_place(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    struct sah_flee_settings settings = still();
    settings.rule = SAH_FLEE_WALK;
    one_camp(&tiny);
    struct sah_flee_run run = run_case(&tiny, &settings);
    for (int t = 0; t < 11; t++) assert_int_equal(run.simulated[2 * t], 10 + 10 * t);
    sah_flee_run_free(&run);
    tiny_flee_put(&tiny, "input_csv/locations.csv",
                  "Aba,West,Home,15,-2,conflict_zone,0,1000\nTown,,Home,16,-2,town,,\n"
                  "North,Far,Sand,17,-2,camp,,99\nSouth,Far,Reed,13,-2,camp,,399\n");
    tiny_flee_put(&tiny, "input_csv/routes.csv", "Aba,Town,100\nTown,North,100\n");
    tiny_flee_put(&tiny, "source_data/north.csv", "2018-01-01,0\n2018-01-02,90000\n");
    run = run_case(&tiny, &settings);
    double q = 1 / (1 + pow(10, -0.5)), part = 0.3 * q * (1 + 0.3 * (1 - q));
    assert_true(fabs((double)run.simulated[2] - 90000 * part) <
                5 * sqrt(90000 * part * (1 - part)));
    sah_flee_run_free(&run);
}

static void threads_change_nothing(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    struct sah_flee_settings settings = still();
    settings.move_on = 0.05;
    settings.return_rate = 0.05;
    settings.calm = 1;
    settings.room = 40;
    tiny_flee_put(&tiny, "source_data/north.csv", "2018-01-01,900\n2018-01-11,9000\n");
    struct sah_digest first = {0};
    const int threads[] = {1, 2, 7};
    for (size_t i = 0; i < 3; i++) {
        omp_set_num_threads(threads[i]);
        struct sah_flee_run run = run_case(&tiny, &settings);
        if (i == 0) first = run.digest;
        assert_true(sah_digest_equal(run.digest, first));
        sah_flee_run_free(&run);
    }
    omp_set_num_threads(1);
    settings.seed = 2;
    struct sah_flee_run run = run_case(&tiny, &settings);
    assert_false(sah_digest_equal(run.digest, first));
    sah_flee_run_free(&run);
}

/* Reading and running either go well or tell of want of memory, and leak nothing. */
static void failed_allocations_are_told(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    struct sah_flee_settings settings = still();
    tiny_flee_put(&tiny, "input_csv/closures.csv", "country,Home,Sand,0,5\n");
    tiny_flee_put(&tiny, "input_csv/conflicts.csv", "Day,Aba\n0,1\n1,1\n2,0\n3,1\n");
    struct sah_flee_files files = tiny_flee_files(&tiny);
    long n = 0;
    int code = SAH_MEMORY;
    while (code) {
        struct sah_flee_case flee;
        struct sah_flee_run run;
        struct sah_error err = {0};
        alloc_fail_at(++n);
        code = sah_flee_read(&files, &flee, &err);
        if (!code) code = sah_flee_run(&flee, &settings, flee.days, &run, &err);
        bool reached = alloc_failed();
        alloc_fail_at(0);
        if (code) assert_int_equal(code, SAH_MEMORY);
        if (reached) assert_int_equal(code, SAH_MEMORY);
        if (!code) sah_flee_run_free(&run);
        sah_flee_free(&flee);
        sah_error_clear(&err);
    }
    assert_true(n > 60);
}

/* Numbers stay numbers over all of every range. */
static void ranges_hold(void **state) {
    (void)state;
    struct tiny_flee tiny = tiny_flee_case();
    for (const struct sah_param *p = sah_flee_params; p->key; p++)
        for (int end = 0; end < 2; end++) {
            struct sah_flee_settings settings;
            sah_flee_defaults(&settings);
            if (p->type == SAH_CHOICE) continue;
            sah_param_set_number(p, (char *)&settings + p->at, end ? p->max : p->min);
            struct sah_flee_run run = run_case(&tiny, &settings);
            sah_flee_run_free(&run);
        }
    struct sah_error err = {0};
    assert_int_equal(sah_params_verify(sah_flee_params, "flee", &err), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pull_falls_with_the_way),
        cmocka_unit_test(violence_repels_and_drives),
        cmocka_unit_test(nobody_goes_where_nothing_pulls),
        cmocka_unit_test(who_goes_is_as_one_by_one),
        cmocka_unit_test(all_go_where_no_more_can),
        cmocka_unit_test(reads_a_case),
        cmocka_unit_test(reads_what_flee_writes),
        cmocka_unit_test(corrects_registrations),
        cmocka_unit_test(lists_of_strangers_count_among_newcomers),
        cmocka_unit_test(tells_all_mistakes),
        cmocka_unit_test(people_take_their_time),
        cmocka_unit_test(closed_borders_hold_people_back),
        cmocka_unit_test(people_divide_by_the_law),
        cmocka_unit_test(full_camps_take_nobody),
        cmocka_unit_test(losses_are_debts),
        cmocka_unit_test(newcomers_may_be_those_of_the_total),
        cmocka_unit_test(day_0_has_three_beginnings),
        cmocka_unit_test(people_go_home_when_it_is_calm),
        cmocka_unit_test(people_move_on_between_camps),
        cmocka_unit_test(without_conflict_nobody_flees_yet),
        cmocka_unit_test(walkers_choose_place_by_place),
        cmocka_unit_test(threads_change_nothing),
        cmocka_unit_test(failed_allocations_are_told),
        cmocka_unit_test(ranges_hold),
    };
    return cmocka_run_group_tests_name("flight", tests, NULL, NULL);
}
