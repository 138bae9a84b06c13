/* Looking changes nothing: every observable read and the world checked and digested each
 * day, against a twin that nobody looks at. What is read is finite. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void read_one(const struct sah_world *world, const struct sah_observable *o) {
    size_t n = sah_observable_count(world, o);
    double *value = malloc((n + 1) * sizeof *value);
    assert_non_null(value);
    for (size_t k = 0; k <= n; k++) value[k] = NAN;
    o->read(world, value);
    for (size_t k = 0; k < n; k++)
        if (!isfinite(value[k])) fail_msg("%s: value %zu is not set", o->name, k);
    if (!isnan(value[n])) fail_msg("%s writes beyond its %zu values", o->name, n);
    free(value);
}

static void reading_changes_nothing(void **state) {
    (void)state;
    struct sah_world *seen = tiny_make(NULL), *unseen = tiny_make(NULL);
    size_t n = sah_observables(seen);
    assert_true(n > 20);
    for (int day = 0; day < 300; day++) {
        for (size_t k = 0; k < n; k++) read_one(seen, &seen->family->observables[k]);
        sah_world_digest(seen);
        tiny_verify(seen);
        tiny_run(seen, 1);
        tiny_run(unseen, 1);
    }
    assert_true(sah_digest_equal(sah_world_digest(seen), sah_world_digest(unseen)));
    sah_world_free(seen);
    sah_world_free(unseen);
}

/* A ledger told twice adds up twice the same: by kind, by violence, by side. */
static double total(const struct sah_world *world, const char *name) {
    const struct sah_observable *o = world->family->observables;
    while (o->name && (o->place == SAH_FIELD || strcmp(o->name, name) != 0)) o++;
    assert_non_null(o->name);
    size_t n = sah_observable_count(world, o);
    double *value = calloc(n, sizeof *value), sum = 0;
    assert_non_null(value);
    o->read(world, value);
    for (size_t k = 0; k < n; k++) sum += value[k];
    free(value);
    return sum;
}

static void assert_equal_totals(const struct sah_world *world, const char *a,
                                const char *b) {
    if (fabs(total(world, a) - total(world, b)) > 1e-6)
        fail_msg("%s and %s disagree", a, b);
}

static void ledgers_agree(void **state) {
    (void)state;
    struct sah_world *world = tiny_make(NULL);
    for (int day = 0; day < 300; day++) {
        tiny_run(world, 1);
        assert_equal_totals(world, "deaths", "deaths_by_kind");
        assert_equal_totals(world, "deaths", "deaths_by_violence");
        assert_equal_totals(world, "deaths", "deaths_by_side");
        assert_equal_totals(world, "deaths", "deaths_by_country");
        assert_equal_totals(world, "events", "events_by_kind");
        assert_equal_totals(world, "events", "events_by_violence");
        assert_equal_totals(world, "recruits", "recruits_by_reason");
        assert_equal_totals(world, "displaced", "displaced_by_country");
    }
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_changes_nothing),
        cmocka_unit_test(ledgers_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
