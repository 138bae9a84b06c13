/* Measures against counts taken by hand from the same run. */
#include "sim/study/measure.h"

#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS = 60, MOST = 8 };

/* Several measures on one world, as mappings of YAML. */
struct bench {
    struct sah_world *world;
    struct sah_error err;
    size_t n;
    struct sah_scenario *tree[MOST];
    struct sah_binding binding[MOST];
    struct sah_measure measure[MOST];
    struct sah_probes *probes;
};

static int put(struct bench *b, const char *yaml) {
    size_t k = b->n++;
    if (!b->probes) b->probes = sah_probes_create(b->world);
    int status =
        sah_scenario_parse("m.yaml", yaml, strlen(yaml), NULL, 0, &b->tree[k], &b->err);
    assert_int_equal(status, SAH_OK);
    status = sah_measure_bind(b->tree[k], sah_scenario_root(b->tree[k]), "m", NULL, 0,
                              &b->measure[k], &b->binding[k], &b->err);
    return status ? status : sah_probes_add(b->probes, &b->measure[k], &b->err);
}

static double value(const struct bench *b, size_t k) {
    return sah_probes_value(b->probes, k);
}

static void day(struct bench *b) {
    tiny_run(b->world, 1);
    assert_int_equal(sah_probes_day(b->probes, &b->err), SAH_OK);
}

static void drop(struct bench *b) {
    sah_probes_free(b->probes);
    for (size_t k = 0; k < b->n; k++) {
        sah_binding_free(&b->binding[k], NULL, 0);
        sah_scenario_free(b->tree[k]);
    }
    sah_world_free(b->world);
    sah_error_clear(&b->err);
}

static void assert_near(double a, double b) {
    if (!(fabs(a - b) <= 1e-9 * (1 + fabs(b)))) fail_msg("%.17g is not %.17g", a, b);
}

static void series_and_ledgers_by_hand(void **state) {
    (void)state;
    struct bench b = {.world = tiny_make(NULL)};
    put(&b, "{of: events}");
    put(&b, "{of: recruits_by_reason, where: {reason: [jobs, ties]}}");
    put(&b, "{of: fighters, where: {faction: sand}}");
    put(&b, "{of: fighters, where: {faction: sand}, reduce: last}");
    put(&b, "{of: events, reduce: var}");
    put(&b, "{of: money_by_stream, where: {stream: pay}, per: {of: events}}");
    put(&b, "{of: events, months: [2]}");
    put(&b, "{of: events, from: 2016-01-11, to: 2016-01-20}");
    double events = 0, squares = 0, two = 0, sand = 0, pay = 0, february = 0, ten = 0;
    for (int d = 0; d < DAYS; d++) {
        day(&b);
        struct tiny_tally t = {0};
        tiny_count(b.world, &t);
        events += t.events;
        squares += t.events * t.events;
        two += t.reason[SAHEL_JOBS] + t.reason[SAHEL_TIES];
        sand += (double)tiny_fighters(b.world, TINY_SAND);
        pay += t.usd[SAHEL_PAY];
        february += d >= 31 && d < 60 ? t.events : 0;
        ten += d >= 10 && d < 20 ? t.events : 0;
    }
    assert_true(events > 5 && two > 0);
    assert_near(value(&b, 0), events);
    assert_near(value(&b, 1), two);
    assert_near(value(&b, 2), sand / DAYS);
    assert_near(value(&b, 3), (double)tiny_fighters(b.world, TINY_SAND));
    assert_near(value(&b, 4), (squares - events * events / DAYS) / (DAYS - 1));
    assert_near(value(&b, 5), pay / events);
    assert_near(value(&b, 6), february);
    assert_near(value(&b, 7), ten);
    drop(&b);
}

/* Cells by longitude, by distance, by country; what entries come to. */
static void fields_by_hand(void **state) {
    (void)state;
    struct bench b = {.world = tiny_make(NULL)};
    const struct sahel *s = sahel_of(b.world);
    const struct sah_grid *grid = &b.world->grid;
    size_t n = (size_t)grid->ncells;
    double *deaths = calloc(n, sizeof *deaths);
    put(&b, "{of: deaths_per_cell, where: {lon: [-1, 1]}}");
    put(&b, "{of: deaths_per_cell, where: {near: {Gao: [0, 100]}}}");
    put(&b, "{of: deaths_per_cell, where: {country: [MLI, NER]}}");
    put(&b, "{of: deaths_per_cell, cells: hhi}");
    put(&b, "{of: deaths_per_cell, cells: entropy}");
    put(&b, "{of: deaths_per_cell, reduce: active}");
    put(&b, "{of: control, cells: mean, weigh: area, reduce: last}");
    put(&b,
        "{of: presence, where: {faction: [river, sand]}, cells: max, reduce: last}");
    for (int d = 0; d < DAYS; d++) {
        day(&b);
        for (size_t c = 0; c < n; c++) deaths[c] += s->deaths_cell[c];
    }
    double all = 0, middle = 0, near = 0, two = 0, hhi = 0, entropy = 0, active = 0;
    double control = 0, area = 0, most = 0;
    const struct sah_geo_place *gao = b.world->geo->place;
    while (strcmp(gao->name, "Gao") != 0) gao++;
    for (size_t c = 0; c < n; c++) all += deaths[c];
    for (int32_t c = 0; c < grid->ncells; c++) {
        double lon = sah_grid_lon(grid, c), share = deaths[c] / all;
        int country = b.world->land->country[c];
        const char *iso3 = country < 0 ? "" : b.world->geo->country[country].iso3;
        if (lon >= -1 && lon <= 1) middle += deaths[c];
        if (sah_distance_km(lon, sah_grid_lat(grid, c), gao->lon, gao->lat) <= 100)
            near += deaths[c];
        if (!strcmp(iso3, "MLI") || !strcmp(iso3, "NER")) two += deaths[c];
        hhi += share * share;
        entropy -= share > 0 ? share * log(share) : 0;
        active += deaths[c] > 0;
        control += (double)s->control[c] * (double)b.world->land->area_km2[c];
        area += (double)b.world->land->area_km2[c];
        most = fmax(most, (double)s->influence[TINY_RIVER * n + (size_t)c]);
        most = fmax(most, (double)s->influence[TINY_SAND * n + (size_t)c]);
    }
    free(deaths);
    assert_true(middle > 0 && middle < all && near > 0 && two > 0 && two < all);
    assert_near(value(&b, 0), middle);
    assert_near(value(&b, 1), near);
    assert_near(value(&b, 2), two);
    assert_near(value(&b, 3), hhi);
    assert_near(value(&b, 4), entropy);
    assert_near(value(&b, 5), active);
    assert_near(value(&b, 6), control / area);
    assert_near(value(&b, 7), most);
    drop(&b);
}

/* Of deaths of one month, how likely two are to share the cell. */
static void pairs_by_hand(void **state) {
    (void)state;
    struct bench b = {.world = tiny_make(NULL)};
    const struct sahel *s = sahel_of(b.world);
    size_t n = (size_t)b.world->grid.ncells;
    double *month = calloc(n + 1, sizeof *month), same = 0, all = 0; /* [n]: in all */
    put(&b, "{of: deaths_per_cell, cells: pairs}");
    for (int d = 0; d < DAYS; d++) {
        day(&b);
        if (sah_date_of(b.world->today).day == 1 || d == 0) {
            for (size_t c = 0; c < n; c++) same += month[c] * (month[c] - 1);
            all += month[n] * (month[n] - 1);
            for (size_t c = 0; c <= n; c++) month[c] = 0;
        }
        for (size_t c = 0; c < n; c++) {
            month[c] += s->deaths_cell[c];
            month[n] += s->deaths_cell[c];
        }
    }
    for (size_t c = 0; c < n; c++) same += month[c] * (month[c] - 1);
    all += month[n] * (month[n] - 1);
    free(month);
    assert_true(same > 0);
    assert_near(value(&b, 0), same / all);
    drop(&b);
}

static void events_by_hand(void **state) {
    (void)state;
    struct bench b = {.world = tiny_make(NULL)};
    const struct sahel_events *e = &sahel_of(b.world)->events;
    put(&b, "{events: {}}");
    put(&b, "{events: {column: deaths, reduce: sum, where: {violence: one_sided}}}");
    put(&b, "{events: {column: deaths, reduce: share, above: 2}}");
    put(&b, "{events: {where: {side_a: [sand, hills], deaths: [1]}}}");
    put(&b, "{events: {column: deaths, reduce: quantile, quantile: 1}}");
    put(&b, "{events: {where: {lat: [13, 15]}}, per: {events: {}}}");
    put(&b,
        "{events: {where: {deaths: [1e6]}}, per: {events: {where: {deaths: [1e6]}}}}");
    double n = 0, one_sided = 0, large = 0, two = 0, most = 0, south = 0;
    for (int d = 0; d < DAYS; d++) {
        day(&b);
        for (size_t i = 0; i < e->base.n; i++) {
            bool by_two = e->side_a[i] == TINY_SAND || e->side_a[i] == TINY_HILLS;
            n++;
            one_sided += e->violence[i] == SAHEL_ONE_SIDED ? e->deaths[i] : 0;
            large += e->deaths[i] > 2;
            two += by_two && e->deaths[i] >= 1;
            most = fmax(most, e->deaths[i]);
            south += sah_grid_lat(&b.world->grid, e->cell[i]) <= 15;
        }
    }
    assert_true(n > 5 && one_sided > 0 && large > 0 && two > 0);
    assert_near(value(&b, 0), n);
    assert_near(value(&b, 1), one_sided);
    assert_near(value(&b, 2), large / n);
    assert_near(value(&b, 3), two);
    assert_near(value(&b, 4), most);
    assert_near(value(&b, 5), south / n);
    assert_true(isnan(value(&b, 6))); /* 0/0 */
    drop(&b);
}

/* Whole numbers drawn from p(x) ~ x^-2.5, x >= 12, by inverting its sum. */
static void the_tail_finds_its_exponent(void **state) {
    (void)state;
    enum { N = 20000 };
    static double x[N];
    double total = 0;
    for (int k = 12; k < 2000000; k++) total += pow(k, -2.5);
    double below = 0;
    for (int i = 0, k = 12; i < N; i++) { /* the quantiles, no chance in it */
        while (below + pow(k, -2.5) < ((double)i + 0.5) / N * total)
            below += pow(k++, -2.5);
        x[i] = k;
    }
    assert_true(fabs(sah_tail_exponent(x, N, 12) - 2.5) < 0.01);
    assert_true(isnan(sah_tail_exponent(x, 9, 12)));
    double same[12];
    for (int i = 0; i < 12; i++) same[i] = 12;
    assert_true(isnan(sah_tail_exponent(same, 12, 12)));
}

static void assert_told(const char *yaml, const char *what) {
    struct bench b = {.world = tiny_make(NULL)};
    assert_true(put(&b, yaml) < 0);
    if (!b.err.text || !strstr(b.err.text, what))
        fail_msg("expected \"%s\", told \"%s\"", what, b.err.text ? b.err.text : "");
    drop(&b);
}

static void mistakes_are_told_with_place_and_nearest_name(void **state) {
    (void)state;
    assert_told("{of: recruts}",
                "m.yaml:1:6: m.of = recruts: no such series, ledger or "
                "field; did you mean recruits?");
    assert_told("{of: fighters, where: {faction: sands}}",
                "m.yaml:1:33: m.where.faction = sands: no such faction; did you mean "
                "sand?");
    assert_told("{of: fighters, where: {country: MLI}}", "no such axis");
    assert_told("{of: deaths_per_cell, where: {gold_kn: [0, 1]}}",
                "m.where.gold_kn: no such axis, layer or field; did you mean gold_km?");
    assert_told("{of: deaths_per_cell, where: {lat: [2, 1]}}", "upside down");
    assert_told("{of: deaths_per_cell, where: {near: {Gaoo: [1]}}}",
                "did you mean Gao?");
    assert_told("{of: deaths, redcue: sum}", "did you mean reduce?");
    assert_told("{of: deaths, reduce: tail}", "is one of events");
    assert_told("{events: {column: deths, reduce: sum}}", "did you mean deaths?");
    assert_told("{events: {reduce: mean}}", "needs a column");
    assert_told("{of: deaths, from: 2030-01-01}", "behind the end of the run");
    assert_told("{where: {}}", "names neither");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(series_and_ledgers_by_hand),
        cmocka_unit_test(fields_by_hand),
        cmocka_unit_test(pairs_by_hand),
        cmocka_unit_test(events_by_hand),
        cmocka_unit_test(the_tail_finds_its_exponent),
        cmocka_unit_test(mistakes_are_told_with_place_and_nearest_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
