/* What each level of a factor makes of a measure, in designs of levels: one at a time
 * against the scenario, in a grid the mean over all points of the level against the mean
 * over all points. Differences are taken within a replicate, whose points share their
 * draws; means and Student's intervals are over replicates, one after the other, so that
 * their number costs no memory. */
#include "sim/study/gather_impl.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct sums {
    double sum, n;
};
#define NONE SIZE_MAX

struct levels {
    const struct sah_gather *all;
    struct sah_h5 *h5;
    bool oat;
    size_t n, nmeasures, npoints;
    size_t *of;                     /* [point][factor] number of the level, or NONE */
    size_t *factor;                 /* [n] */
    double *value;                  /* [n] */
    struct sums *sum;               /* [n][measure] of this replicate */
    struct sums *base;              /* [measure] */
    struct sums *origin;            /* [measure] of all replicates */
    double *count, *mean, *squares; /* [n][measure] */
    double *rows;                   /* of a pack */
};

/* ---- which there are ----------------------------------------------------------------------- */

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static size_t find(const struct levels *l, size_t from, double value) {
    for (size_t i = from; i < l->n; i++)
        if (l->value[i] == value) return i;
    return NONE;
}

/* The levels of a factor in order; one at a time without that of the scenario. */
static void add_factor(struct levels *l, size_t k, double *value) {
    const struct sah_study *study = l->all->study;
    size_t from = l->n;
    for (size_t p = 0; p < l->npoints; p++)
        value[p] = sah_study_value(study, p, k).number;
    double own = sah_study_value(study, 0, k).number;
    qsort(value, l->npoints, sizeof *value, ascending);
    for (size_t p = 0; p < l->npoints; p++) {
        if (l->oat && value[p] == own) continue;
        if (l->n > from && l->value[l->n - 1] == value[p]) continue;
        l->factor[l->n] = k;
        l->value[l->n++] = value[p];
    }
    for (size_t p = 0; p < l->npoints; p++)
        l->of[p * study->nfactors + k] =
            find(l, from, sah_study_value(study, p, k).number);
}

static bool make_room(struct levels *l) {
    size_t k = l->all->study->nfactors, most = k * l->npoints, m = l->nmeasures;
    l->of = calloc(most + 1, sizeof *l->of);
    l->factor = calloc(most + 1, sizeof *l->factor);
    l->value = calloc(most + 1, sizeof *l->value);
    double *value = malloc((l->npoints + 1) * sizeof *value);
    bool good = l->of && l->factor && l->value && value;
    for (size_t f = 0; good && f < k; f++) add_factor(l, f, value);
    free(value);
    if (!good) return false;
    l->sum = calloc(l->n * m + 1, sizeof *l->sum);
    l->base = calloc(m + 1, sizeof *l->base);
    l->origin = calloc(m + 1, sizeof *l->origin);
    l->count = calloc(3 * l->n * m + m + 1, sizeof *l->count);
    l->rows = malloc((sah_pack_runs(l->all->nruns) * m + 1) * sizeof *l->rows);
    if (!l->sum || !l->base || !l->origin || !l->count || !l->rows) return false;
    l->mean = l->count + l->n * m;
    l->squares = l->mean + l->n * m;
    return true;
}

static void free_room(struct levels *l) {
    free(l->of), free(l->factor), free(l->value);
    free(l->sum), free(l->base), free(l->origin);
    free(l->count), free(l->rows);
}

/* ---- replicate by replicate ----------------------------------------------------------------- */

static void add(struct sums *to, const double *row, size_t n) {
    for (size_t m = 0; m < n; m++)
        if (!isnan(row[m])) to[m].sum += row[m], to[m].n++;
}

static void take_run(struct levels *l, size_t point, const double *row) {
    size_t k = l->all->study->nfactors;
    if (!l->oat || point == 0) add(l->base, row, l->nmeasures);
    for (size_t f = 0; f < k; f++) {
        size_t level = l->of[point * k + f];
        if (level != NONE) add(l->sum + level * l->nmeasures, row, l->nmeasures);
    }
}

/* Welford (1962). */
static void end_replicate(struct levels *l) {
    size_t M = l->nmeasures;
    for (size_t i = 0; i < l->n * M; i++) {
        const struct sums *base = &l->base[i % M];
        if (!l->sum[i].n || !base->n) continue;
        double d = l->sum[i].sum / l->sum[i].n - base->sum / base->n;
        double before = d - l->mean[i];
        l->mean[i] += before / ++l->count[i];
        l->squares[i] += before * (d - l->mean[i]);
    }
    for (size_t m = 0; m < M; m++)
        if (l->base[m].n)
            l->origin[m].sum += l->base[m].sum / l->base[m].n, l->origin[m].n++;
    memset(l->sum, 0, l->n * M * sizeof *l->sum);
    memset(l->base, 0, M * sizeof *l->base);
}

static void take_all(struct levels *l) {
    const struct sah_gather *all = l->all;
    size_t each = sah_pack_runs(all->nruns);
    for (size_t i = 0; i < all->npacks && !l->h5->status; i++) {
        size_t left = all->nruns - i * each, n = left < each ? left : each;
        l->h5->status =
            sah_pack_values(all->folder, i, n * l->nmeasures, l->rows, l->h5->err);
        for (size_t r = 0; r < n && !l->h5->status; r++) {
            size_t point = sah_study_point(all->study, i * each + r);
            take_run(l, point, l->rows + r * l->nmeasures);
            if (point + 1 == l->npoints) end_replicate(l);
        }
    }
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void put(struct levels *l, hid_t group, const char *name, const char *doc,
                int rank, const hid_t *dim, const double *values) {
    struct sah_h5_variable v = {
        .name = name, .doc = doc, .type = SAH_F64, .rank = rank, .fill = true};
    memcpy(v.dim, dim, (size_t)rank * sizeof *dim);
    hid_t dataset = sah_h5_variable(l->h5, group, &v);
    sah_h5_write(l->h5, dataset, SAH_F64, values);
    sah_h5_drop(dataset);
}

static hid_t put_names(struct levels *l, hid_t group) {
    const struct sah_study *study = l->all->study;
    int64_t *number = malloc((l->n + 1) * sizeof *number);
    const char **name = malloc((l->n + 1) * sizeof *name);
    hid_t level = -1;
    for (size_t i = 0; number && name && i < l->n; i++) {
        number[i] = (int64_t)i;
        name[i] = study->factor[l->factor[i]].name;
    }
    if (number && name) {
        level = sah_h5_coordinate(l->h5, group, "level", "1", "Level of a factor",
                                  SAH_I64, number, l->n);
        sah_h5_drop(sah_h5_strings(l->h5, group, "level_factor", "Its factor", level,
                                   name, l->n));
        put(l, group, "level_value", "Its value, as the factor is told", 1, &level,
            l->value);
    } else {
        l->h5->status = sah_error_add(l->h5->err, SAH_MEMORY, "no memory for levels");
    }
    free(number);
    free(name);
    return level;
}

/* Sums of squares become half-widths, then ends. */
static void put_effects(struct levels *l, hid_t group, hid_t level, hid_t measure) {
    const hid_t dim[] = {level, measure};
    size_t n = l->n * l->nmeasures;
    double *low = l->count, *high = l->squares;
    for (size_t i = 0; i < n; i++) {
        double c = l->count[i];
        double half =
            c > 1 ? gsl_cdf_tdist_Pinv(0.975, c - 1) * sqrt(l->squares[i] / (c - 1) / c)
                  : NAN;
        if (c < 1) l->mean[i] = NAN;
        low[i] = l->mean[i] - half, high[i] = l->mean[i] + half;
    }
    put(l, group, "level_effect", "What the level adds, mean over replicates", 2, dim,
        l->mean);
    put(l, group, "level_low", "Lower end of its 95 % interval", 2, dim, low);
    put(l, group, "level_high", "Upper end of its 95 % interval", 2, dim, high);
    for (size_t m = 0; m < l->nmeasures; m++)
        low[m] = l->origin[m].n ? l->origin[m].sum / l->origin[m].n : NAN;
    put(l, group, "level_origin",
        l->oat ? "The scenario, from which levels are told"
               : "The mean of all points, from which levels are told",
        1, &measure, low);
}

void sah_gather_levels(struct sah_gather_sheet *sheet, hid_t group, hid_t measure) {
    const struct sah_study *study = sheet->all->study;
    bool oat = study->design.kind == SAH_DESIGN_OAT;
    if (!oat && study->design.kind != SAH_DESIGN_GRID) return;
    struct levels l = {.all = sheet->all,
                       .h5 = &sheet->h5,
                       .oat = oat,
                       .nmeasures = study->outcomes.n,
                       .npoints = study->design.npoints};
    if (!make_room(&l))
        l.h5->status = sah_error_add(l.h5->err, SAH_MEMORY, "no memory for levels");
    if (!l.h5->status) take_all(&l);
    if (!l.h5->status && l.n) {
        hid_t level = put_names(&l, group);
        if (!l.h5->status) put_effects(&l, group, level, measure);
        sah_h5_drop(level);
    }
    free_room(&l);
}
