/* Every fact on nine events that can be counted by hand, and what is near the record. */
#include "output/facts/card.h"
#include "output/facts/families.h"
#include "output/facts/scdi.h"
#include "output/facts/sift.h"

#include "sim/kernel/calendar.h"
#include "sim/kernel/sphere.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_geography.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Cells in a row at 14.25 north: A, B and E side by side in Mali, C in Burkina Faso, D in
 * Niger. */
enum { A, B, C, D, E, NPLACES };
static const struct {
    double lon;
    int country;
    float border_km, capital_km;
} place[NPLACES] = {
    [A] = {-3.75, SAH_MLI, 100, 400}, [B] = {-3.25, SAH_MLI, 30, 500},
    [C] = {-1.75, SAH_BFA, 10, 200},  [D] = {2.75, SAH_NER, 60, 100},
    [E] = {-2.75, SAH_MLI, 20, 450},
};
static const double LAT = 14.25;

static const struct {
    int year, month, day, place;
    enum sah_fact_violence violence;
    double deaths;
    enum sah_role a, b;
} told[] = {
    {2012, 2, 1, A, SAH_STATE_BASED, 2, SAH_UMBRELLA, SAH_STATE},
    {2012, 2, 3, A, SAH_ONE_SIDED, 4, SAH_RIVAL, SAH_CIVILIANS},
    {2012, 7, 5, B, SAH_NON_STATE, 6, SAH_UMBRELLA, SAH_RIVAL},
    {2012, 8, 1, C, SAH_ONE_SIDED, 8, SAH_STATE, SAH_CIVILIANS},
    {2013, 2, 1, A, SAH_STATE_BASED, 1, SAH_UMBRELLA, SAH_STATE},
    {2013, 3, 1, D, SAH_STATE_BASED, 9, SAH_RIVAL, SAH_STATE},
    {2013, 4, 1, C, SAH_ONE_SIDED, 16, SAH_STATE, SAH_CIVILIANS},
    {2013, 5, 1, A, SAH_STATE_BASED, 4, SAH_UMBRELLA, SAH_STATE},
    {2013, 6, 1, E, SAH_STATE_BASED, 2, SAH_UMBRELLA, SAH_STATE},
};

static const struct {
    enum sah_fact_kind kind;
    enum sah_role a, b;
    double deaths_b, wounded;
} acted[] = {
    {SAH_DEVICE, SAH_UMBRELLA, SAH_MISSION, 1, 9}, /* the umbrella's: one device, */
    {SAH_ASSAULT, SAH_UMBRELLA, SAH_STATE, 5, 5},  /* two assaults, one kidnapping */
    {SAH_ASSAULT, SAH_MACINA, SAH_STATE, 0, 0},
    {SAH_KIDNAP, SAH_MACINA, SAH_CIVILIANS, 0, 0},
    {SAH_DEVICE, SAH_RIVAL, SAH_STATE, 2, 3},
    {SAH_DEVICE, SAH_RIVAL, SAH_FOREIGN, 1, 3},
};

static struct sah_facts_view view;

static void add_event(struct sah_fact_event **list, size_t *n, int year, int month,
                      int day, int where) {
    struct sah_fact_event *e = sah_facts_view_add(list, n);
    assert_non_null(e);
    e->day = sah_day_of((struct sah_date){year, month, day});
    e->year = year, e->month = month;
    e->lon = place[where].lon, e->lat = LAT;
    e->gid = sah_priogrid(e->lon, e->lat);
    e->country = place[where].country;
    e->border_km = place[where].border_km, e->capital_km = place[where].capital_km;
    e->central = where == A;
}

static void add_series(struct sah_fact_series *series, int year, int month, int day,
                       double value) {
    int32_t number = sah_day_of((struct sah_date){year, month, day});
    assert_true(sah_fact_series_add(series, number, value));
}

static int make(void **state) {
    (void)state;
    view = (struct sah_facts_view){.tells_kinds = true, .names_macina = true};
    view.first = sah_day_of((struct sah_date){2012, 1, 1});
    view.last = sah_day_of((struct sah_date){2013, 12, 31});
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        add_event(&view.event, &view.n, told[i].year, told[i].month, told[i].day,
                  told[i].place);
        struct sah_fact_event *e = &view.event[i];
        e->violence = told[i].violence, e->deaths = told[i].deaths;
        e->a = told[i].a, e->b = told[i].b;
    }
    view.event[0].macina = true;
    for (size_t i = 0; i < sizeof acted / sizeof acted[0]; i++) {
        add_event(&view.act, &view.nacts, 2013, 1, 1, A);
        struct sah_fact_event *e = &view.act[i];
        e->kind = acted[i].kind, e->a = acted[i].a, e->b = acted[i].b;
        e->deaths_b = acted[i].deaths_b, e->wounded = acted[i].wounded;
    }
    add_series(&view.umbrella, 2012, 1, 31, 0);
    add_series(&view.umbrella, 2012, 2, 29, 100);
    add_series(&view.umbrella, 2012, 3, 31, 300);
    add_series(&view.rival, 2013, 1, 31, 50);
    add_series(&view.displaced[SAH_MLI], 2012, 12, 31, 10000);
    add_series(&view.displaced[SAH_MLI], 2013, 12, 31, 17000);
    add_series(&view.displaced[SAH_BFA], 2013, 12, 31, 4000);
    view.recruits = 100;
    view.reason[SAH_REASON_JOBS] = 20, view.reason[SAH_REASON_BELIEF] = 10;
    view.reason[SAH_REASON_ABUSE] = 30, view.reason[SAH_REASON_FEUD] = 10;
    return 0;
}

static int drop(void **state) {
    (void)state;
    sah_facts_view_free(&view);
    return 0;
}

static const struct sah_fact *fact_of(const char *id) {
    for (size_t i = 0; i < sah_facts_count; i++)
        if (strcmp(sah_facts[i].id, id) == 0) return &sah_facts[i];
    fail_msg("no fact %s", id);
    return NULL;
}

static double ask(const char *id, int arg, int from, int to, const char **why) {
    struct sah_fact_item item = {
        .fact = fact_of(id), .arg = arg, .from = from, .to = to};
    return sah_fact_of(&view, &item, why);
}

#define ALL            SAH_FACT_ALL
#define CELL_MONTHS(n) (100.0 * (n) / (762 * 24))

/* clang-format off */
static const struct {
    const char *id;
    int arg, from, to;
    double value;
} wanted[] = {
    {"F1", SAH_MLI, 2012, 2012, 12},
    {"F1", SAH_MLI, 2013, 2013, 7},
    {"F2", SAH_BFA, 2013, 2013, 16},
    {"F3", SAH_NER, 2013, 2013, 9},
    {"F3", SAH_NER, 2012, 2012, 0},
    {"F4", ALL, 2012, 2012, 4},
    {"F4", ALL, 2013, 2013, 5},
    {"F5", SAH_BFA, 2013, 2013, 1},
    {"F6", SAH_STATE_BASED, 2012, 2013, 5.0 / 9},
    {"F6", SAH_NON_STATE, 2012, 2013, 1.0 / 9},
    {"F6", SAH_ONE_SIDED, 2012, 2013, 3.0 / 9},
    {"F7", ALL, 2012, 2013, 28.0 / 52},
    {"F9", SAH_SIZE_MEAN, 2012, 2013, 52.0 / 9},
    {"F9", SAH_SIZE_MEDIAN, 2012, 2013, 4},
    {"F9", SAH_SIZE_P90, 2012, 2013, 9 + 0.2 * 7},
    {"F9", SAH_SIZE_P99, 2012, 2013, 9 + 0.92 * 7},
    {"F9", SAH_SIZE_MAX, 2012, 2013, 16},
    {"F10", ALL, 2012, 2012, 3},
    {"F10", ALL, 2013, 2013, 4},
    {"F11", SAH_MLI, 2012, 2012, 2},
    {"F11", SAH_NER, 2013, 2013, 1},
    {"F12", ALL, 2012, 2012, 3},
    {"F12", ALL, 2012, 2013, 5},
    {"F13", ALL, 2012, 2013, CELL_MONTHS(8)},
    {"F14", SAH_BUSIEST_DEATHS, 2012, 2013, 24.0 / 52},
    {"F14", SAH_BUSIEST_EVENTS, 2012, 2013, 4.0 / 9},
    {"F15", SAH_MLI, 2012, 2013, 14.25},
    {"F15", SAH_MLI | SAH_PLACE_LON, 2012, 2013, -3.5},
    {"F16", SAH_NER | SAH_PLACE_LON, 2013, 2013, 2.75},
    {"F17", ALL, 2012, 2013, 60},
    {"F18", ALL, 2012, 2013, 4.0 / 9},
    {"F19", ALL, 2012, 2013, 400},
    {"F21", ALL, 2013, 2013, 3.0 / 4},
    {"F22", ALL, 2013, 2013, 1.0 / 2},
    {"F24", ALL, 2013, 2013, 2.0 / 3},
    {"F25", SAH_MLI, 2012, 2012, 0.158857},       /* gaps of 2 and 153 days */
    {"F26", SAH_MLI, 2012, 2013, -0.061196},      /* 2, 153, 211, 89, 31 */
    {"F27", SAH_BFA, 2012, 2013, -0.093074},      /* 8 in month 8, 16 in month 16 */
    {"F28", SAH_BFA, 2012, 2013, (49 + 225 + 22) / 24.0},
    {"F29", ALL, 2012, 2013, (2.0 / 3) / (6.0 / 4)},
    {"F30", SAH_DEVICE, 2013, 2013, 0.25},
    {"F30", SAH_ASSAULT, 2013, 2013, 0.5},
    {"F30", SAH_FIRE, 2013, 2013, 0},
    {"F30", SAH_KIDNAP, 2013, 2013, 0.25},
    {"F31", SAH_MISSION, 2013, 2013, 0.1},
    {"F31", SAH_STATE, 2013, 2013, 3.0 / 9},
    {"F32", ALL, 2012, 2012, 2.0 / 3},
    {"F33", SAH_MACINA_CENTRAL, 2012, 2012, 1.0 / 2},
    {"F33", SAH_MACINA_MALI, 2012, 2012, 1.0 / 3},
    {"F34", SAH_UMBRELLA, 2012, 2013, 200},
    {"F34", SAH_RIVAL, 2013, 2013, 50},
    {"F35", SAH_REASON_JOBS, 0, 0, 0.2},
    {"F35", SAH_REASON_BELIEF, 0, 0, 0.1},
    {"F35", SAH_REASON_FEUD, 0, 0, 0.4},
    {"F35", SAH_REASON_ABUSE, 0, 0, 0.75},
    {"F36", SAH_BFA, 2013, 2013, 4},
    {"F37", SAH_MLI, 2012, 2012, 10},
    {"F38", SAH_MLI, 2013, 2013, 1000},
    {"F39", SAH_WAR_BEFORE, 2012, 2012, 0},
    {"F39", SAH_WAR_BEFORE, 2012, 2013, 6},
    {"F39", SAH_WAR_AFTER, 2012, 2012, 6},
    {"F40", ALL, 2012, 2013, 2},
};
/* clang-format on */

static void facts_are_what_a_hand_counts(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        const char *why;
        double got =
            ask(wanted[i].id, wanted[i].arg, wanted[i].from, wanted[i].to, &why);
        if (!(fabs(got - wanted[i].value) <= 1e-6 * fmax(1, fabs(wanted[i].value))))
            fail_msg("%s, row %zu: %.9g, not %.9g (%s)", wanted[i].id, i, got,
                     wanted[i].value, why ? why : "");
    }
}

/* By the definition, over all pairs of cells whose centres lie a step apart. */
static double moran_by_pairs(int year) {
    static double x[SAH_FACT_CELLS];
    double mean = 0, cross = 0, weight = 0, square = 0;
    for (int i = 0; i < SAH_FACT_CELLS; i++) {
        x[i] = 1;
        for (size_t k = 0; k < view.n; k++)
            x[i] += view.event[k].year == year && view.event[k].gid == sah_fact_gid(i);
        x[i] = log(x[i]);
        mean += x[i] / SAH_FACT_CELLS;
    }
    for (int i = 0; i < SAH_FACT_CELLS; i++) {
        square += (x[i] - mean) * (x[i] - mean);
        for (int j = 0; j < SAH_FACT_CELLS; j++) {
            int32_t a = sah_fact_gid(i), b = sah_fact_gid(j);
            double dx = fabs(sah_fact_gid_lon(a) - sah_fact_gid_lon(b));
            double dy = fabs(sah_fact_gid_lat(a) - sah_fact_gid_lat(b));
            if (i == j || dx > 0.6 || dy > 0.6) continue;
            weight++;
            cross += (x[i] - mean) * (x[j] - mean);
        }
    }
    return SAH_FACT_CELLS / weight * cross / square;
}

static void moran_is_that_of_all_pairs(void **state) {
    (void)state;
    const char *why;
    double got = ask("F20", ALL, 2012, 2012, &why);
    assert_true(got > 0); /* A and B are neighbours */
    assert_true(fabs(got - moran_by_pairs(2012)) < 1e-12);
}

/* A and B have ten quiet cells around them, one of them E; C has eight of its own. */
static void hazards_are_shares_of_quiet_cells(void **state) {
    (void)state;
    const char *why;
    int out[8];
    assert_int_equal(sah_fact_neighbours(sah_fact_cell(view.event[0].gid), out), 8);
    assert_int_equal(sah_fact_neighbours(sah_fact_cell(view.event[2].gid), out), 8);
    int beside_c = sah_fact_neighbours(sah_fact_cell(view.event[3].gid), out);
    assert_int_equal(beside_c, 8);
    double beside = 10 + 8, elsewhere = 762 - 3 - beside;
    assert_true(fabs(ask("F23", SAH_HAZARD_BESIDE, 2013, 2013, &why) - 1 / beside) <
                1e-12);
    assert_true(fabs(ask("F23", SAH_HAZARD_ELSEWHERE, 2013, 2013, &why) -
                     1 / elsewhere) < 1e-12);
}

/* As many events of x deaths as a power law of 2.5 would have. */
static void the_tail_has_the_exponent_it_was_made_with(void **state) {
    (void)state;
    const char *why;
    assert_true(isnan(ask("F8", ALL, 2012, 2013, &why)));
    assert_non_null(strstr(why, "30"));
    for (int x = 1; x <= 300; x++)
        for (long k = lround(20000 * pow(x, -2.5)); k > 0; k--) {
            add_event(&view.event, &view.n, 2013, 7, 1, A);
            view.event[view.n - 1].deaths = x;
        }
    assert_true(fabs(ask("F8", ALL, 2012, 2013, &why) - 2.5) < 0.1);
}

static void what_is_not_covered_is_not_available(void **state) {
    (void)state;
    const char *why;
    assert_true(isnan(ask("F4", ALL, 2014, 2014, &why)));
    assert_non_null(strstr(why, "does not cover"));
    assert_true(isnan(ask("F24", ALL, 2012, 2012, &why))); /* the year before is not */
    assert_true(isnan(ask("F17", ALL, 2012, 2012, &why)) == 0);
    assert_true(isnan(ask("F36", SAH_BFA, 2012, 2012, &why)));
    assert_non_null(strstr(why, "displaced"));
    assert_true(isnan(ask("F25", SAH_NER, 2013, 2013, &why)));
    view.tells_kinds = view.names_macina = false;
    assert_true(isnan(ask("F30", SAH_DEVICE, 2013, 2013, &why)));
    assert_true(isnan(ask("F33", SAH_MACINA_MALI, 2012, 2012, &why)));
    view.n = 0;
    assert_true(isnan(ask("F6", SAH_NON_STATE, 2012, 2013, &why)));
    assert_true(ask("F4", ALL, 2012, 2012, &why) == 0); /* no event is a number too */
}

static void totals_come_before_events(void **state) {
    (void)state;
    const char *why;
    view.totals[SAH_MLI] = calloc(24, sizeof(double));
    assert_non_null(view.totals[SAH_MLI]);
    view.totals_year = 2012, view.totals_years = 2;
    view.totals[SAH_MLI][0] = 40, view.totals[SAH_MLI][13] = 60;
    assert_true(ask("F1", SAH_MLI, 2012, 2012, &why) == 40);
    assert_true(ask("F1", SAH_MLI, 2013, 2013, &why) == 60);
    assert_true(ask("F2", SAH_BFA, 2013, 2013, &why) == 16);
    view.totals_years = 1;
    assert_true(isnan(ask("F28", SAH_MLI, 2012, 2013, &why)));
}

/* ---- bands ------------------------------------------------------------------------- */

static enum sah_fact_verdict judge(enum sah_fact_band band, double width, double low,
                                   double high, double value) {
    struct sah_fact fact = {.band = band, .width = width};
    return sah_fact_judge(
        &(struct sah_fact_item){.fact = &fact, .low = low, .high = high}, value);
}

static void verdicts_follow_the_band(void **state) {
    (void)state;
    const enum sah_fact_band f = SAH_BAND_FACTOR, d = SAH_BAND_DISTANCE;
    assert_int_equal(judge(f, 2, 100, 100, 200), SAH_FACT_HIT);
    assert_int_equal(judge(f, 2, 100, 100, 50), SAH_FACT_HIT);
    assert_int_equal(judge(f, 2, 100, 100, 399), SAH_FACT_NEAR);
    assert_int_equal(judge(f, 2, 100, 100, 24), SAH_FACT_MISS);
    assert_int_equal(judge(f, 2, 100, 100, 0), SAH_FACT_MISS);
    assert_int_equal(judge(f, 1.5, 1000, 2000, 2999), SAH_FACT_HIT);
    assert_int_equal(judge(f, 1.5, 1000, 2000, 1500), SAH_FACT_HIT);
    assert_int_equal(judge(f, 1.5, 1000, 2000, 3100), SAH_FACT_NEAR);
    assert_int_equal(judge(d, 0.1, 0.5, 0.5, 0.6), SAH_FACT_HIT);
    assert_int_equal(judge(d, 0.1, 0.5, 0.5, 0.31), SAH_FACT_NEAR);
    assert_int_equal(judge(d, 0.1, 0.5, 0.5, 0.71), SAH_FACT_MISS);
    assert_int_equal(judge(SAH_BAND_SIGN, 24, 0, 0, 0), SAH_FACT_HIT);
    assert_int_equal(judge(SAH_BAND_SIGN, 24, 0, 0, 1), SAH_FACT_NEAR);
    assert_int_equal(judge(SAH_BAND_SIGN, 24, 25, INFINITY, 25), SAH_FACT_HIT);
    assert_int_equal(judge(SAH_BAND_SIGN, 24, 25, INFINITY, 0), SAH_FACT_MISS);
    assert_int_equal(judge(d, 0.1, 0.5, 0.5, NAN), SAH_FACT_NA);
}

static void the_catalogue_is_whole(void **state) {
    (void)state;
    size_t n;
    const struct sah_fact_item *item = sah_fact_items(&n);
    assert_int_equal(sah_facts_count, 40);
    assert_true(n > 200);
    for (size_t i = 0; i < sah_facts_count; i++) {
        char id[24];
        size_t items = 0;
        snprintf(id, sizeof id, "F%zu", i + 1);
        assert_string_equal(sah_facts[i].id, id);
        assert_non_null(sah_facts[i].definition);
        assert_non_null(sah_facts[i].source);
        assert_true(sah_facts[i].width > 0);
        for (size_t k = 0; k < n; k++) items += item[k].fact == &sah_facts[i];
        if (items == 0) fail_msg("%s has no item", id);
    }
    for (size_t k = 0; k < n; k++) {
        assert_true(item[k].to <= 2020);
        assert_int_equal(item[k].check, item[k].to > 2018);
        assert_true(item[k].low <= item[k].high);
    }
}

/* The median of three, and none where most do not know. */
static void a_card_takes_the_median(void **state) {
    (void)state;
    struct sah_facts_view empty = {.first = view.first, .last = view.last};
    const struct sah_facts_view *views[] = {&view, &empty, &view};
    struct sah_card card = {.title = "test"};
    struct sah_error err = {0};
    assert_int_equal(sah_card_make(views, 3, &card, &err), SAH_OK);
    assert_string_equal(card.row[0].item->fact->id, "F1");
    assert_true(card.row[0].middle == 12);
    assert_true(fabs(card.row[0].low - 1.2) < 1e-9);
    assert_true(card.row[0].high == 12);
    assert_int_equal(card.row[0].verdict, SAH_FACT_MISS);
    assert_int_equal(card.row[8].verdict, SAH_FACT_NA); /* 2020 */
    assert_non_null(strstr(card.row[8].why, "cover"));
    sah_card_free(&card);
    const struct sah_facts_view *more[] = {&empty, &empty, &view};
    assert_int_equal(sah_card_make(more, 3, &card, &err), SAH_OK);
    for (size_t i = 0; i < card.nrows; i++)
        if (strcmp(card.row[i].item->fact->id, "F15") == 0)
            assert_int_equal(card.row[i].verdict, SAH_FACT_NA);
    sah_card_free(&card);
}

/* ---- ground ------------------------------------------------------------------------ */

static void cells_are_numbered_both_ways(void **state) {
    (void)state;
    int count[SAH_FACT_STATES] = {0}, out[8];
    for (int i = 0; i < SAH_FACT_CELLS; i++) {
        assert_int_equal(sah_fact_cell(sah_fact_gid(i)), i);
        count[sah_fact_cell_country(i)]++;
        int32_t gid = sah_fact_gid(i);
        assert_true(sah_fact_gid_lon(gid) < SAH_FACT_EAST);
        assert_int_equal(sah_priogrid(sah_fact_gid_lon(gid), sah_fact_gid_lat(gid)),
                         gid);
        int n = sah_fact_neighbours(i, out);
        assert_true(n > 0 && n <= 8);
    }
    assert_int_equal(count[SAH_MLI], 425);
    assert_int_equal(count[SAH_BFA], 88);
    assert_int_equal(count[SAH_NER], 249);
    assert_int_equal(sah_fact_cell(1), -1);
}

/* The border of the tiny land runs along 1 degree east from 10 to 10.5 north. */
static void the_border_is_as_far_as_it_is(void **state) {
    (void)state;
    struct sah_geography *geo = NULL;
    struct sah_error err = {0};
    struct sah_fact_ground ground;
    assert_int_equal(tiny_parse(NULL, NULL, &geo, &err), SAH_OK);
    assert_int_equal(sah_fact_ground_open(&ground, geo, &err), SAH_OK);
    double beside = sah_distance_km(0.25, 10.25, 1, 10.25);
    double above = sah_distance_km(0.75, 11.25, 1, 10.5);
    int32_t west = sah_priogrid(0.25, 10.25), north = sah_priogrid(0.75, 11.25);
    assert_true(fabs((double)sah_fact_border_km(&ground, west) - beside) < 0.1);
    assert_true(fabs((double)sah_fact_border_km(&ground, north) - above) < 0.5);
    assert_true(isnan(sah_fact_capital_km(&ground, west, SAH_MLI))); /* no Mali there */
    assert_false(sah_fact_is_central(&ground, 0.25, 10.25));
    sah_fact_ground_close(&ground);
    sah_geography_free(geo);
}

static void names_have_roles(void **state) {
    (void)state;
    static const struct {
        const char *name;
        enum sah_role role;
    } known[] = {
        {"JNIM", SAH_UMBRELLA},
        {"JNIM: Group for Support of Islam and Muslims", SAH_UMBRELLA},
        {"Katibat Macina", SAH_MACINA},
        {"macina", SAH_MACINA},
        {"IS", SAH_RIVAL},
        {"is_sahel", SAH_RIVAL},
        {"Islamic State (Greater Sahara)", SAH_RIVAL},
        {"Islamic State (West Africa Province) - Lake Chad", SAH_MILITANT},
        {"Government of Mali", SAH_STATE},
        {"Military Forces of Burkina Faso (2015-2022)", SAH_STATE},
        {"Military Forces of France", SAH_FOREIGN},
        {"minusma", SAH_MISSION},
        {"Civilians", SAH_CIVILIANS},
        {"Civilians (Niger)", SAH_CIVILIANS},
        {"Unidentified Armed Group (Mali)", SAH_NOBODY},
        {"", SAH_NOBODY},
        {"Dozos (Mali)", SAH_OTHER},
        {"CMA", SAH_OTHER},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (sah_role_of(known[i].name) != known[i].role)
            fail_msg("%s has role %d", known[i].name, sah_role_of(known[i].name));
}

/* ---- density and clustering --------------------------------------------------------- */

static struct sah_scdi_area only_area(struct sah_scdi_point *point, size_t n,
                                      double years) {
    struct sah_scdi_area *area, first;
    struct sah_error err = {0};
    size_t found;
    assert_int_equal(sah_scdi_areas(point, n, 0.5, years, &area, &found, &err), SAH_OK);
    assert_int_equal(found, 1);
    first = area[0];
    free(area);
    return first;
}

/* Two events 0.1 degrees of latitude apart: each is the other's nearest. */
static void scdi_of_two_events_is_counted_by_hand(void **state) {
    (void)state;
    struct sah_scdi_point two[] = {{0.2, 14.1}, {0.2, 14.2}};
    double km2 = sah_area_km2(0, 14, 0.5, 14.5);
    double km = sah_distance_km(0.2, 14.1, 0.2, 14.2);
    struct sah_scdi_area area = only_area(two, 2, 2);
    assert_true(fabs(area.density - 1 / km2) < 1e-15);
    assert_true(fabs(area.ratio - km / (0.5 / sqrt(2 / km2))) < 1e-9);
    assert_int_equal(area.class, SAH_SCDI_CLUSTERED_LOW);
    two[0].lat = 14.01, two[1].lat = 14.49, two[1].lon = 0.49;
    assert_int_equal(only_area(two, 2, 2).class, SAH_SCDI_DISPERSED_LOW);
    assert_int_equal(only_area(two, 1, 1).class, SAH_SCDI_DISPERSED_LOW);
    assert_true(isnan(only_area(two, 1, 1).ratio));
}

/* Six a year make 2,986 km2 dense; in one place they are clustered, on a lattice not. */
static void scdi_tells_places_from_lattices(void **state) {
    (void)state;
    struct sah_scdi_point six[6];
    for (int i = 0; i < 6; i++) six[i] = (struct sah_scdi_point){0.2, 14.2};
    assert_int_equal(only_area(six, 6, 1).class, SAH_SCDI_CLUSTERED_HIGH);
    assert_int_equal(only_area(six, 6, 2).class, SAH_SCDI_CLUSTERED_LOW);
    assert_true(only_area(six, 6, 1).ratio == 0);
    for (int i = 0; i < 6; i++)
        six[i] = (struct sah_scdi_point){0.05 + 0.2 * (i % 3), 14.1 + 0.3 * (i / 3)};
    assert_int_equal(only_area(six, 6, 1).class, SAH_SCDI_DISPERSED_HIGH);
}

static void scdi_counts_areas_by_year(void **state) {
    (void)state;
    struct sah_scdi_year row;
    struct sah_error err = {0};
    assert_int_equal(sah_scdi_of_year(&view, 2012, &row, &err), SAH_OK);
    assert_int_equal(row.areas, 3);
    assert_int_equal(row.of[SAH_SCDI_CLUSTERED_LOW], 1); /* A: twice the same place */
    assert_int_equal(row.of[SAH_SCDI_DISPERSED_LOW], 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(facts_are_what_a_hand_counts, make, drop),
        cmocka_unit_test_setup_teardown(moran_is_that_of_all_pairs, make, drop),
        cmocka_unit_test_setup_teardown(hazards_are_shares_of_quiet_cells, make, drop),
        cmocka_unit_test_setup_teardown(the_tail_has_the_exponent_it_was_made_with,
                                        make, drop),
        cmocka_unit_test_setup_teardown(what_is_not_covered_is_not_available, make,
                                        drop),
        cmocka_unit_test_setup_teardown(totals_come_before_events, make, drop),
        cmocka_unit_test_setup_teardown(a_card_takes_the_median, make, drop),
        cmocka_unit_test(verdicts_follow_the_band),
        cmocka_unit_test(the_catalogue_is_whole),
        cmocka_unit_test(cells_are_numbered_both_ways),
        cmocka_unit_test(the_border_is_as_far_as_it_is),
        cmocka_unit_test(names_have_roles),
        cmocka_unit_test(scdi_of_two_events_is_counted_by_hand),
        cmocka_unit_test(scdi_tells_places_from_lattices),
        cmocka_unit_test_setup_teardown(scdi_counts_areas_by_year, make, drop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
