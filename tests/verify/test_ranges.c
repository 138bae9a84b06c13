/* No value that a parameter's card allows breaks the world: every number of every section
 * and list of the Sahel model at both ends of its range, one at a time, then points drawn
 * from the whole box of ranges. A scenario may still be refused, with a message; what
 * runs keeps its books, holds no NaN, and what is bounded stays in its bounds. */
#include "models/sahel/family.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include "models/registry.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS = 45, POINTS = 200, MOST_ROWS = 512, KEY = 96 };

/* ---- rows ---------------------------------------------------------------------------- */

struct row {
    char path[KEY];
    const struct sah_param *param;
};
static struct row row[MOST_ROWS];
static size_t nrows;

static void add_rows(const char *section, const struct sah_param *param) {
    for (; param && param->key; param++) {
        if (param->type != SAH_REAL && param->type != SAH_INT) continue;
        assert_true(nrows < MOST_ROWS);
        snprintf(row[nrows].path, KEY, "%s.%s", section, param->key);
        row[nrows++].param = param;
    }
}

static int find_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < sah_family_sahel.ncast; i++)
        add_rows(sah_family_sahel.cast[i]->name, sah_family_sahel.cast[i]->params);
    /* One of each list stands for the others. */
    add_rows("factions.river", sah_family_sahel.lists[0].params);
    add_rows("forces.north", sah_family_sahel.lists[1].params);
    add_rows("forces.partner", sah_family_sahel.lists[1].params);
    add_rows("talks.peace", sah_family_sahel.lists[2].params);
    return nrows < 100;
}

/* ---- what must hold ------------------------------------------------------------------ */

static size_t nans_of(const float *value, size_t n) {
    size_t nans = 0;
    for (size_t i = 0; i < n; i++) nans += isfinite(value[i]) ? 0 : 1;
    return nans;
}

static const char *unsound(const struct sah_world *world) {
    static char why[128];
    for (size_t b = 0; b < world->nblocks; b++) {
        const struct sah_block *block = &world->block[b];
        if (block->type != SAH_F32 || !nans_of(block->data, block->count)) continue;
        snprintf(why, sizeof why, "%s is not finite", block->name);
        return why;
    }
    for (size_t p = 0; p < world->npopulations; p++) {
        const struct sah_population *people = world->population[p];
        for (size_t k = 0; k < people->ncolumns; k++) {
            if (people->columns[k].type != SAH_F32 || people->n == 0) continue;
            if (!nans_of(sah_population_column(people, k), people->n)) continue;
            snprintf(why, sizeof why, "%s of %s is not finite", people->columns[k].name,
                     people->name);
            return why;
        }
    }
    return NULL;
}

static bool inside(const float *value, size_t n, float low, float high) {
    for (size_t i = 0; i < n; i++)
        if (!(value[i] >= low && value[i] <= high)) return false;
    return true;
}

#define BOUNDED(X)                                                             \
    X(state, n, 0, 1)                                                          \
    X(refuge, n, 0, 1)                                                         \
    X(truce, s->nfactions, 0, 1)                                               \
    X(tips, n, 0, 1)                                                           \
    X(control, n, -2, 2)                                                       \
    X(sheltered, n, 0, 1)                                                      \
    X(shared_tips, n, 0, 1)                                                    \
    X(feud_heat, n, 0, 1) X(drought, n, 0, 1) X(taken, n, 0, 1)                \
        X(arrears, s->nfactions, 0, 1) X(cohesion, s->nfactions, 0, 1)         \
            X(leadership, s->nfactions, 0, 1)                                  \
                X(stance, s->nfactions * s->nfactions, -1, 1)                  \
                    X(response, s->nforces, 0, 1) X(kin, n * s->ngroups, 0, 1) \
                        X(contact, n * s->ngroups, 0, 1) X(backing, n, -1, 1)  \
                            X(hardship, n, 0, 1) X(resented, n * s->ngroups, 0, 1)

static const char *out_of_bounds(const struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_communities *c = &s->communities;
    size_t n = (size_t)world->grid.ncells;
#define X(name, count, low, high) \
    if (!inside(s->name, count, (float)(low), (float)(high))) return #name;
    BOUNDED(X)
#undef X
    if (!inside(c->grievance, c->base.n, 0, 1)) return "grievance";
    if (!inside(c->fear_state, c->base.n, 0, 1)) return "fear_state";
    if (!inside(c->fear_insurgent, c->base.n, 0, 1)) return "fear_insurgent";
    if (!inside(c->support, c->base.n, 0, 1)) return "support";
    if (!inside(c->wealth, c->base.n, 0, 2)) return "wealth";
    return NULL;
}

static struct sah_world *make(const char *const *sets, struct sah_error *err) {
    struct sah_world_request request = {.families = sah_families,
                                        .nfamilies = sah_family_count()};
    struct sah_scenario *scenario;
    struct sah_world *world = NULL;
    /* Talks and an accord, which the tiny scenario has none of. */
    const char *all[MOST_ROWS + 3] = {
        "talks=[{name: peace, faction: river, states: [MLI], offer: 2016-01-03, "
        "leaving: [partner], prisoners: 10}]",
        "accord.signatories=[hills]"};
    size_t n = 2;
    for (size_t i = 0; sets[i]; i++) all[n++] = sets[i];
    const char *yaml = tiny_scenario();
    if (sah_scenario_parse("tiny.yaml", yaml, strlen(yaml), all, n, &scenario, err) ||
        sah_world_create(scenario, &request, &world, err))
        return NULL;
    return world;
}

static size_t broken; /* worlds that did not hold; all are told */

static void complain(const char *what, const char *why) {
    print_error("%s: %s\n", what, why ? why : "no message");
    broken++;
}

/* Runs a world with these settings; returns whether it was let run. */
static bool hold(const char *const *sets, const char *what) {
    struct sah_error err = {0};
    struct sah_world *world = make(sets, &err);
    if (!world) {
        assert_non_null(err.text); /* refused, and it says why */
        sah_error_clear(&err);
        return false;
    }
    int status = SAH_OK;
    for (int day = 0; day < DAYS && !status; day++)
        status = sah_world_step(world, &err);
    if (!status) status = sah_world_verify(world, &err);
    const char *wrong = unsound(world);
    if (!wrong) wrong = out_of_bounds(world);
    if (status || wrong) complain(what, status ? err.text : wrong);
    sah_error_clear(&err);
    sah_world_free(world);
    return true;
}

/* ---- ends ---------------------------------------------------------------------------- */

static void write_value(char *text, const struct row *at, double value) {
    snprintf(text, KEY + 48, at->param->type == SAH_INT ? "%s=%.0f" : "%s=%.12g",
             at->path, value);
}

static void each_at_both_ends(void **state) {
    (void)state;
    size_t refused = 0;
    for (size_t i = 0; i < nrows; i++) {
        const double end[2] = {row[i].param->min, row[i].param->max};
        for (int k = 0; k < 2; k++) {
            if (!isfinite(end[k])) continue;
            char text[KEY + 48];
            write_value(text, &row[i], end[k]);
            refused += !hold(SETS(text), text);
        }
    }
    print_message("%zu numbers at both ends, %zu of %zu runs refused\n", nrows, refused,
                  2 * nrows);
    assert_true(refused < nrows / 5);
    assert_int_equal(broken, 0);
}

/* ---- points -------------------------------------------------------------------------- */

/* Even in the logarithm where a range spans more than three decades, as a sweep would. */
static double draw(struct sah_rng *rng, const struct sah_param *param) {
    double u = sah_uniform(rng);
    if (param->max <= 0 || param->max - param->min < 1000 * fabs(param->def))
        return param->min + u * (param->max - param->min);
    double low = param->min > 0 ? param->min : param->max * 1e-6;
    return low * pow(param->max / low, u);
}

/* A tenth of all numbers at a time, or the world would never be let run. */
static void points_of_the_box(void **state) {
    (void)state;
    size_t ran = 0;
    broken = 0;
    for (uint64_t point = 0; point < POINTS; point++) {
        static char text[MOST_ROWS][KEY + 48];
        const char *sets[MOST_ROWS + 1] = {0};
        size_t n = 0;
        struct sah_rng rng;
        sah_rng_at(&rng, 20, 1, point + 1, 0);
        for (size_t i = 0; i < nrows; i++) {
            if (sah_uniform(&rng) > 0.1) continue;
            write_value(text[n], &row[i], draw(&rng, row[i].param));
            sets[n] = text[n];
            n++;
        }
        char what[32];
        snprintf(what, sizeof what, "point %llu", (unsigned long long)point);
        ran += hold(sets, what);
    }
    print_message("%zu of %d points ran\n", ran, POINTS);
    assert_true(ran > POINTS / 2);
    assert_int_equal(broken, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_at_both_ends),
        cmocka_unit_test(points_of_the_box),
    };
    return cmocka_run_group_tests(tests, find_rows, NULL);
}
