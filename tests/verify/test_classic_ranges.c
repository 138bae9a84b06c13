/* No value that a parameter's card allows breaks a classic: every number at both ends of
 * its range, one at a time. A scenario may be refused, with a message; what runs keeps
 * its books and shows finite numbers. Where the greatest value means more agents or deeds
 * than a test can pay for, the least alone is tried. */
#include "tests/support/classic_world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { DAYS = 25, DEAR = 100000 };

static const char *const texts[] = {
    "run: {model: epstein, start: 2000-01-01, end: 2000-12-31}\n"
    "grid: {columns: 30, rows: 24}\n",
    "run: {model: epstein, start: 2000-01-01, end: 2000-12-31}\n"
    "grid: {columns: 30, rows: 24}\n"
    "mechanisms: {groups: on}\n"
    "unrest: {legitimacy: 0.5, first: act, shape: diamond, ratio: exact, stays: on}\n",
    "run: {model: bohorquez, start: 2000-01-01, end: 2000-12-31}\n"
    "gathering: {fighters: 500, meetings: 200}\n",
    "run: {model: bennett, start: 2000-01-01, end: 2000-12-31}\n"
    "grid: {columns: 25, rows: 20}\n"
    "insurgency: {civilians: 300, soldiers: 40}\n",
    "run: {model: lanchester, start: 2000-01-01, end: 2000-12-31}\n"
    "attrition: {law: square, blue: 200, red: 100}\n",
    "run: {model: lanchester, start: 2000-01-01, end: 2000-12-31}\n"
    "attrition: {law: linear, blue: 200, red: 100}\n",
    "run: {model: lanchester, start: 2000-01-01, end: 2000-12-31}\n"
    "attrition: {law: deitchman, blue: 200, red: 100}\n",
    "run: {model: lanchester, start: 2000-01-01, end: 2000-12-31}\n"
    "attrition: {law: kress, blue: 200, red: 100, civilians: 500}\n",
};

static int broken, built; /* all that broke are told */

static void complain(const char *set, const char *why) {
    print_error("%s: %s\n", set, why ? why : "no message");
    broken++;
}

static bool shows_finite(const struct sah_world *world) {
    const struct sah_observable *o = world->family->observables;
    bool finite = true;
    for (; o->name; o++) {
        size_t n = sah_observable_count(world, o);
        double *value = calloc(n, sizeof *value);
        assert_non_null(value);
        o->read(world, value);
        for (size_t i = 0; i < n; i++)
            if (!isfinite(value[i]) && strcmp(o->name, "exponent") != 0) finite = false;
        free(value);
    }
    return finite;
}

static void live(struct sah_world *world, const char *set) {
    struct sah_error err = {0};
    int status = SAH_OK;
    for (int day = 0; day < DAYS && !status; day++)
        status = sah_world_step(world, &err);
    if (!status) status = sah_world_verify(world, &err);
    if (status)
        complain(set, err.text);
    else if (!shows_finite(world))
        complain(set, "shows what is not finite");
    sah_error_clear(&err);
}

static void try_value(const char *text, const char *set) {
    const char *sets[] = {set};
    struct sah_world_request request = {.families = sah_families,
                                        .nfamilies = sah_family_count()};
    struct sah_error err = {0};
    struct sah_scenario *scenario = NULL;
    struct sah_world *world = NULL;
    if (sah_scenario_parse("test.yaml", text, strlen(text), sets, 1, &scenario, &err) ||
        sah_world_create(scenario, &request, &world, &err)) {
        if (!err.text) complain(set, "refused without a message");
    } else {
        live(world, set);
        built++;
    }
    sah_world_free(world);
    sah_error_clear(&err);
}

static void try_row(const char *text, const char *section,
                    const struct sah_param *param) {
    char set[96];
    if (param->type != SAH_REAL && param->type != SAH_INT) return;
    snprintf(set, sizeof set, "%s.%s=%.17g", section, param->key, param->min);
    try_value(text, set);
    if (param->max > DEAR) return;
    snprintf(set, sizeof set, "%s.%s=%.17g", section, param->key, param->max);
    try_value(text, set);
}

static void both_ends_of_every_range_hold(void **state) {
    (void)state;
    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        struct sah_world *world = classic_make(texts[t], NULL, 1);
        const struct sah_family *family = world->family;
        sah_world_free(world);
        for (size_t m = 0; m < family->ncast; m++)
            for (const struct sah_param *p = family->cast[m]->params; p && p->key; p++)
                try_row(texts[t], family->cast[m]->name, p);
    }
    print_message("%d worlds lived, %d broke\n", built, broken);
    assert_true(built > 100);
    assert_int_equal(broken, 0);
}

/* Police may come until no cell is free, and all may go. */
static void police_fill_the_torus_and_leave(void **state) {
    (void)state;
    struct sah_world *world =
        classic_make(texts[1],
                     SETS("timeline=[{date: 2000-01-05, what: city.police, to: 1}, "
                          "{date: 2000-01-15, what: city.police, to: 0}]"),
                     1);
    classic_run(world, 10);
    double quiet = classic_read(world, "quiet") + classic_read(world, "rebels");
    double cells = (double)world->grid.ncells;
    assert_true(classic_read(world, "police") + quiet <= cells);
    assert_true(classic_read(world, "police") > 0.25 * cells);
    classic_run(world, 10);
    assert_true(classic_read(world, "police") <= 0);
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_ends_of_every_range_hold),
        cmocka_unit_test(police_fill_the_torus_and_leave)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
