/* Opening, running and judging a comparison. */
#include "sim/study/compare_impl.h"

#include "sim/kernel/scenario_tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- arms -------------------------------------------------------------------------- */

static const struct sah_world *world_of(const struct sah_compare *compare, int side) {
    return sah_twins_world(&compare->twins, compare->arm[side]);
}

bool sah_compare_same_days(const struct sah_compare *compare) {
    const struct sah_run_params *a = &world_of(compare, 0)->run,
                                *b = &world_of(compare, 1)->run;
    return a->start == b->start && a->end == b->end;
}

bool sah_compare_same_cells(const struct sah_compare *compare) {
    const struct sah_grid *a = &world_of(compare, 0)->grid,
                          *b = &world_of(compare, 1)->grid;
    return a->nlon == b->nlon && a->nlat == b->nlat && a->west == b->west &&
           a->south == b->south && a->cell_deg == b->cell_deg;
}

static void leave_out(struct sah_node *root, const char *key) {
    for (struct sah_node **at = &root->child; *at; at = &(*at)->next) {
        struct sah_node *found = *at;
        if (strcmp(found->key, key) != 0) continue;
        *at = found->next;
        sah_node_free(found);
        return;
    }
}

/* What the overlay says itself: both arms have a base and a title of their own. */
static int read_overlay(struct sah_compare *compare, struct sah_error *err) {
    if (!compare->overlay) return SAH_OK;
    int status = sah_scenario_read_plain(compare->overlay, &compare->laid, err);
    if (status) return status;
    struct sah_node *root = sah_scenario_root(compare->laid);
    if (root->kind != SAH_MAPPING)
        return sah_error_add(err, SAH_INPUT, "%s: expected settings to lay upon both",
                             compare->overlay);
    leave_out(root, "base");
    leave_out(root, "title");
    return SAH_OK;
}

static int add_arm(struct sah_compare *compare, int side, struct sah_error *err) {
    const struct sah_node *laid =
        compare->laid ? sah_scenario_root(compare->laid) : NULL;
    return sah_twins_arm(&compare->twins, compare->scenario[side], &laid, 1,
                         compare->replicates, &compare->arm[side], err);
}

static int add_arms(struct sah_compare *compare, struct sah_error *err) {
    int a = add_arm(compare, 0, err), b = add_arm(compare, 1, err);
    if (a || b) return a ? a : b;
    const char *of_a = world_of(compare, 0)->family->name,
               *of_b = world_of(compare, 1)->family->name;
    if (strcmp(of_a, of_b) == 0) return SAH_OK;
    return sah_error_add(err, SAH_INPUT,
                         "%s is of model %s, %s of model %s: nothing to compare",
                         compare->scenario[0], of_a, compare->scenario[1], of_b);
}

int sah_compare_open(struct sah_compare *compare, struct sah_error *err) {
    struct sah_names maps = {0};
    int status = read_overlay(compare, err);
    if (!status) status = add_arms(compare, err);
    if (!status) status = sah_compare_read_rows(compare, &maps, err);
    if (!status) status = sah_compare_maps_create(compare, &maps, err);
    if (!status) status = sah_compare_series_create(compare, err);
    return status;
}

void sah_compare_free(struct sah_compare *compare) {
    sah_compare_maps_free(compare->maps);
    sah_compare_series_free(compare->series);
    sah_twins_free(&compare->twins);
    for (size_t i = 0; i < compare->nrows; i++) free(compare->row[i]);
    free(compare->row);
    sah_outcomes_free(&compare->outcomes);
    sah_scenario_free(compare->laid);
    compare->maps = NULL;
    compare->series = NULL;
    compare->row = NULL;
    compare->nrows = 0;
    compare->laid = NULL;
}

/* ---- judging ------------------------------------------------------------------------ */

static void fetch(const struct sah_compare *compare, const struct sah_compare_row *row,
                  int side, double *value) {
    for (size_t r = 0; r < compare->replicates; r++)
        value[r] = row->there[side]
                       ? sah_twins_value(&compare->twins, compare->arm[side],
                                         row->slot[side], r)
                       : (double)NAN;
}

/* Sums of money come to 0 but for rounding. */
#define NOTHING 1e-9

/* Nothing in all runs, or nothing that is defined. */
static bool is_idle(const double *value, size_t n) {
    for (size_t r = 0; r < n; r++)
        if (fabs(value[r]) > NOTHING) return false;
    return true;
}

/* Pairs that count become differences, in place of the values of b; returns how many. */
static size_t take_differences(struct sah_compare_row *row, const double *a, double *b,
                               size_t n) {
    size_t count = 0;
    double sum[SAH_COMPARE_ARMS] = {0, 0};
    for (size_t r = 0; r < n; r++) {
        if (isnan(a[r]) || isnan(b[r])) continue;
        sum[0] += a[r];
        sum[1] += b[r];
        b[count++] = b[r] - a[r];
    }
    for (int k = 0; k < SAH_COMPARE_ARMS; k++) row->mean[k] = sum[k] / (double)count;
    return count;
}

/* What only one arm has, such as a faction: its mean stands without an effect. */
static void tell_alone(struct sah_compare_row *row, const double *value, size_t n,
                       int side) {
    double sum = 0;
    for (size_t r = 0; r < n; r++) sum += value[r];
    row->mean[side] = sum / (double)n;
    row->mean[1 - side] = NAN;
}

static int judge(const struct sah_compare *compare, struct sah_compare_row *row,
                 double *a, double *b, struct sah_error *err) {
    size_t n = compare->replicates;
    fetch(compare, row, 0, a);
    fetch(compare, row, 1, b);
    row->idle = is_idle(a, n) && is_idle(b, n);
    const struct sah_side sides[] = {{a, -1}, {b, 1}};
    row->effect = sah_effect_of(sides, 2, n);
    if (!row->there[0]) return tell_alone(row, b, n, 1), SAH_OK;
    if (!row->there[1]) return tell_alone(row, a, n, 0), SAH_OK;
    size_t count = take_differences(row, a, b, n);
    return sah_bootstrap_mean(b, count, compare->twins.seed, &row->effect.low,
                              &row->effect.high, err);
}

/* ---- running ------------------------------------------------------------------------- */

/* Maps and series look at the same worlds. */
enum { MOST_EYES = 2 };
struct eyes {
    size_t n;
    struct sah_twins_eye eye[MOST_EYES];
};
struct seen {
    size_t n;
    const struct eyes *eyes;
    void *kept[MOST_EYES];
};

static int begin(void *user, size_t arm, size_t replicate,
                 const struct sah_world *world, void **out, struct sah_error *err) {
    const struct eyes *eyes = user;
    struct seen *seen = *out = calloc(1, sizeof *seen);
    if (!seen) return sah_error_add(err, SAH_MEMORY, "no memory for a run");
    seen->eyes = eyes;
    int status = SAH_OK;
    for (; seen->n < eyes->n && !status; seen->n++) {
        const struct sah_twins_eye *eye = &eyes->eye[seen->n];
        status =
            eye->begin(eye->user, arm, replicate, world, &seen->kept[seen->n], err);
    }
    return status;
}

static int look(void *kept, const struct sah_world *world, struct sah_error *err) {
    struct seen *seen = kept;
    int status = SAH_OK;
    for (size_t i = 0; i < seen->n && !status; i++)
        status = seen->eyes->eye[i].day(seen->kept[i], world, err);
    return status;
}

static int end(void *user, void *kept, bool good, struct sah_error *err) {
    const struct eyes *eyes = user;
    struct seen *seen = kept;
    int status = SAH_OK;
    for (size_t i = 0; i < seen->n; i++) {
        int code = seen->kept[i]
                       ? eyes->eye[i].end(eyes->eye[i].user, seen->kept[i], good, err)
                       : SAH_OK;
        if (!status) status = code;
    }
    free(seen);
    return status;
}

int sah_compare_run(struct sah_compare *compare, const struct sah_twins_watch *watch,
                    struct sah_error *err) {
    struct sah_twins_watch seen = watch ? *watch : (struct sah_twins_watch){0};
    struct eyes eyes = {0};
    const struct sah_twins_eye eye = {begin, look, end, &eyes};
    if (compare->maps) eyes.eye[eyes.n++] = sah_compare_maps_eye(compare->maps);
    if (compare->series) eyes.eye[eyes.n++] = sah_compare_series_eye(compare->series);
    if (eyes.n) seen.eye = &eye;
    int status = sah_twins_run(&compare->twins, &seen, err);
    double *value = calloc(2 * compare->replicates + 1, sizeof *value);
    if (!status && !value)
        status = sah_error_add(err, SAH_MEMORY, "no memory for effects");
    for (size_t i = 0; !status && i < compare->nrows; i++)
        status =
            judge(compare, compare->row[i], value, value + compare->replicates, err);
    free(value);
    if (!status && compare->maps) sah_compare_maps_finish(compare->maps);
    if (!status && compare->series)
        status = sah_compare_series_finish(compare->series, err);
    return status;
}
