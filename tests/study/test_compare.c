/* Comparisons: the bootstrap, rows by label, maps that agree with measures. */
#include "sim/study/compare.h"

#include "models/registry.h"
#include "sim/study/compare_impl.h"
#include "tests/support/cmocka_all.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void assert_near(double a, double b, double tolerance) {
    if (!(fabs(a - b) <= tolerance)) fail_msg("%.17g is not %.17g", a, b);
}

/* ---- the bootstrap ------------------------------------------------------------------- */

static void interval(const double *value, size_t n, uint64_t seed, double out[2]) {
    struct sah_error err = {0};
    assert_int_equal(sah_bootstrap_mean(value, n, seed, &out[0], &out[1], &err), 0);
}

static void values_that_agree_have_no_width(void **state) {
    (void)state;
    const double same[] = {3, 3, 3, 3, 3};
    double out[2];
    interval(same, 5, 1, out);
    assert_near(out[0], 3, 0);
    assert_near(out[1], 3, 0);
    interval(same, 1, 1, out);
    assert_true(isnan(out[0]) && isnan(out[1]));
}

/* With two values the means of resamples are the values and their middle. */
static void two_values_span_their_interval(void **state) {
    (void)state;
    const double two[] = {1, 5};
    double out[2];
    interval(two, 2, 1, out);
    assert_near(out[0], 1, 0);
    assert_near(out[1], 5, 0);
}

/* Of normal values the interval is about as wide as Student's. */
static void it_is_as_wide_as_students(void **state) {
    (void)state;
    enum { N = 16 };
    double value[N], squares = 0, out[2];
    for (int i = 0; i < N; i++) {
        value[i] = gsl_cdf_ugaussian_Pinv((i + 0.5) / N);
        squares += value[i] * value[i];
    }
    double width = gsl_cdf_tdist_Pinv(0.975, N - 1) * sqrt(squares / (N - 1) / N);
    for (uint64_t seed = 1; seed < 6; seed++) {
        interval(value, N, seed, out);
        assert_near(out[0], -width, 0.1 * width);
        assert_near(out[1], width, 0.1 * width);
    }
}

static void draws_are_keyed_by_the_seed(void **state) {
    (void)state;
    const double value[] = {1, 2, 4, 8, 16, 32};
    double one[2], same[2], other[2];
    interval(value, 6, 1, one);
    interval(value, 6, 1, same);
    interval(value, 6, 2, other);
    assert_memory_equal(one, same, sizeof one);
    assert_true(fabs(one[0] - other[0]) + fabs(one[1] - other[1]) > 0);
}

/* ---- comparisons --------------------------------------------------------------------- */

static const char list[] =
    "maps: [events, control]\n"
    "measures:\n"
    "  - {name: events, of: events}\n"
    "  - {name: events, of: events_by_country, by: country}\n"
    "  - {name: fighters, of: fighters, reduce: last, by: faction}\n"
    "  - {name: gold, of: money_by_stream, where: {stream: gold}}\n";
static const char other[] = "base: tests/signatures/box.yaml\n"
                            "gold: {price: 2}\n"
                            "factions: {koglweogo: {remove: true}}\n";

struct set {
    char list[64], other[64];
    struct sah_compare compare;
    struct sah_error err;
};

static void write_file(char *path, const char *text) {
    snprintf(path, 64, "/tmp/compare-XXXXXX"); /* a killed test leaves it there */
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
}

static void prepare(struct set *s, const char *measures, const char *b) {
    static const char *const shorter[] = {"run.end=2017-02-09"};
    *s = (struct set){0};
    write_file(s->list, measures);
    write_file(s->other, b);
    s->compare = (struct sah_compare){
        .twins = {.seed = 5, .families = sah_families, .data = ".", .set = shorter},
        .scenario = {"tests/signatures/box.yaml", s->other},
        .measures = s->list,
        .replicates = 3};
    s->compare.twins.nset = 1;
    s->compare.twins.nfamilies = sah_family_count();
    s->compare.twins.geography = "scenarios/geography";
}

static void finish(struct set *s) {
    sah_compare_free(&s->compare);
    sah_error_clear(&s->err);
    unlink(s->list);
    unlink(s->other);
}

static const struct sah_compare_row *row(const struct set *s, const char *name) {
    for (size_t i = 0; i < s->compare.nrows; i++)
        if (strcmp(s->compare.row[i]->name, name) == 0) return s->compare.row[i];
    fail_msg("no row %s", name);
    return NULL;
}

static void run(struct set *s) {
    if (sah_compare_open(&s->compare, &s->err)) fail_msg("%s", s->err.text);
    if (sah_compare_run(&s->compare, NULL, &s->err)) fail_msg("%s", s->err.text);
}

static void rows_by_label_and_what_one_arm_lacks(void **state) {
    (void)state;
    struct set s;
    prepare(&s, list, other);
    run(&s);
    const struct sah_compare_row *all = row(&s, "events"),
                                 *gone = row(&s, "fighters (koglweogo)"),
                                 *gold = row(&s, "gold");
    double sum = 0;
    for (size_t i = 0; i < s.compare.nrows; i++)
        if (strncmp(s.compare.row[i]->name, "events (", 8) == 0)
            sum += s.compare.row[i]->mean[1];
    assert_near(sum, all->mean[1], 1e-9);
    assert_true(gone->there[0] && !gone->there[1]);
    assert_true(gone->mean[0] > 0 && isnan(gone->mean[1]) && isnan(gone->effect.mean));
    assert_false(gone->idle);
    assert_true(row(&s, "events (DZA)")->idle);
    assert_near(gold->effect.mean, gold->mean[1] - gold->mean[0], 1e-9);
    assert_string_equal(gold->unit, "USD");
    finish(&s);
}

/* The year's map, summed, is the measure of the whole run. */
static void maps_agree_with_measures(void **state) {
    (void)state;
    struct set s;
    double first[3] = {0, 0, 0};
    for (int threads = 1; threads < 4; threads += 2) {
        omp_set_num_threads(threads);
        prepare(&s, list, other);
        run(&s);
        const struct sah_compare_maps *maps = s.compare.maps;
        assert_non_null(maps);
        assert_int_equal(maps->nyears, 1);
        double sum[3] = {0, 0, 0};
        for (int k = 0; k < 3; k++) {
            const double *value =
                sah_compare_maps_of(maps, 0, (enum sah_compare_layer)k);
            for (size_t c = 0; c < maps->ncells; c++)
                if (!isnan(value[c])) sum[k] += value[c];
        }
        const struct sah_compare_row *all = row(&s, "events");
        assert_near(sum[0], all->mean[0], 1e-9);
        assert_near(sum[1], all->mean[1], 1e-9);
        assert_near(sum[2], all->effect.mean, 1e-9);
        if (threads > 1) assert_memory_equal(sum, first, sizeof sum);
        memcpy(first, sum, sizeof sum);
        finish(&s);
    }
}

static void the_same_twice_runs_once_and_has_no_effect(void **state) {
    (void)state;
    struct set s;
    prepare(&s, list, other);
    s.compare.scenario[1] = s.compare.scenario[0];
    run(&s);
    assert_int_equal(sah_twins_runs(&s.compare.twins), 3);
    assert_near(row(&s, "events")->effect.mean, 0, 0);
    assert_near(row(&s, "events")->effect.high, 0, 0);
    assert_int_equal(s.compare.maps->added, 3);
    finish(&s);
}

static void mistakes_are_told(void **state) {
    (void)state;
    struct set s;
    prepare(&s,
            "maps: [deats]\n"
            "measures:\n"
            "  - {name: x, of: event}\n"
            "  - {name: y, of: events, by: contry}\n"
            "  - {name: z, of: events, bi: country}\n"
            "  - {name: w, of: events}\n"
            "  - {name: w, of: deaths}\n",
            other);
    assert_int_equal(sah_compare_open(&s.compare, &s.err), SAH_INPUT);
    for (const char *const *text =
             (const char *const[]){
                 "no such series, ledger or field; did you mean events?",
                 "is no axis of the model", "did you mean by?",
                 "is the name of another measure", NULL};
         *text; text++)
        if (!strstr(s.err.text, *text)) fail_msg("not told: %s\n%s", *text, s.err.text);
    assert_int_equal(s.err.count, 4); /* fields are looked for afterwards */
    finish(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_that_agree_have_no_width),
        cmocka_unit_test(two_values_span_their_interval),
        cmocka_unit_test(it_is_as_wide_as_students),
        cmocka_unit_test(draws_are_keyed_by_the_seed),
        cmocka_unit_test(rows_by_label_and_what_one_arm_lacks),
        cmocka_unit_test(maps_agree_with_measures),
        cmocka_unit_test(the_same_twice_runs_once_and_has_no_effect),
        cmocka_unit_test(mistakes_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
