/* Measures of all runs, their quantiles at every point, and what the factors do. */
#include "sim/study/gather_impl.h"

#include "output/h5_read.h"
#include "sim/study/sensitivity.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NQUANTILES = SAH_GATHER_QUANTILES };

struct group {
    struct sah_gather_sheet *sheet;
    struct sah_h5 *h5;
    hid_t id, lead[2], measure, quantile, factor;
    size_t nmeasures, npoints, nreplicates;
};

static void no_memory(struct group *g) {
    if (!g->h5->status)
        g->h5->status = sah_error_add(g->h5->err, SAH_MEMORY, "no memory for outcomes");
}

/* ---- names and values -------------------------------------------------------------------- */

static void put_names(struct group *g) {
    const struct sah_study *study = g->sheet->all->study;
    const struct sah_outcomes *outcomes = &study->outcomes;
    const char **name = calloc(2 * outcomes->n + 1, sizeof *name);
    char(*unit)[64] = calloc(outcomes->n + 1, sizeof *unit);
    struct sah_probes *probes = sah_probes_create(study->base.world);
    if (!name || !unit) no_memory(g);
    for (size_t i = 0; i < outcomes->n && !g->h5->status; i++) {
        g->h5->status = sah_probes_add(probes, &outcomes->row[i]->measure, g->h5->err);
        if (!g->h5->status) sah_probes_unit(probes, i, unit[i]);
        name[i] = outcomes->row[i]->name;
        name[outcomes->n + i] = unit[i];
    }
    if (!g->h5->status) {
        g->measure = sah_h5_names(g->h5, g->id, "measure", "What is measured", name,
                                  outcomes->n);
        sah_h5_drop(sah_h5_strings(g->h5, g->id, "unit", "Unit of the measure",
                                   g->measure, name + outcomes->n, outcomes->n));
    }
    sah_probes_free(probes);
    free(name);
    free(unit);
}

static hid_t create(struct group *g, const char *name, const char *doc, int rank,
                    const hid_t *dim, const struct sah_h5_sources *sources) {
    struct sah_h5_variable v = {.name = name,
                                .doc = doc,
                                .type = SAH_F64,
                                .rank = rank,
                                .fill = true,
                                .of = sources};
    memcpy(v.dim, dim, (size_t)rank * sizeof *dim);
    return sah_h5_variable(g->h5, g->id, &v);
}

static void put_values(struct group *g) {
    size_t n = 0;
    struct sah_h5_source *source = sah_gather_sources(g->sheet->all, &n);
    if (!source) no_memory(g);
    const struct sah_h5_sources sources = {
        .dataset = "/measures/value", .lead = 2, .n = n, .source = source};
    hid_t dataset =
        create(g, "value", "Value of a run, in the unit of its measure", 3,
               (const hid_t[]){g->lead[0], g->lead[1], g->measure}, &sources);
    char *coordinates = sah_gather_coordinates(g->sheet->all);
    sah_h5_text(g->h5, dataset, "coordinates", coordinates);
    free(coordinates);
    free(source);
    sah_h5_drop(dataset);
}

/* ---- over replicates ----------------------------------------------------------------------- */

enum { MEAN, SD, COUNT, NMOMENTS };

/* Of `n` values, `step` apart; sorts a copy into `sorted`. */
static void summarise(const double *value, size_t n, size_t step, double *sorted,
                      double moment[NMOMENTS], double q[NQUANTILES]) {
    size_t m = sah_gather_quantile(value, n, step, sorted, q);
    moment[COUNT] = (double)m;
    moment[MEAN] = m ? gsl_stats_mean(sorted, 1, m) : NAN;
    moment[SD] = m > 1 ? gsl_stats_sd(sorted, 1, m) : NAN;
}

struct summary {
    hid_t moment[NMOMENTS], quantile;
    double *block, *rows, *out, *sorted; /* `rows`: of a pack */
    size_t points;                       /* of a block */
};

static void summarise_block(struct group *g, const struct summary *s, size_t from,
                            size_t n) {
    size_t values = n * g->nmeasures;
    double *q = s->out + NMOMENTS * values;
    for (size_t i = 0; i < values; i++) {
        double moment[NMOMENTS], found[NQUANTILES];
        summarise(s->block + i, g->nreplicates, values, s->sorted, moment, found);
        for (int k = 0; k < NMOMENTS; k++) s->out[(size_t)k * values + i] = moment[k];
        for (size_t k = 0; k < NQUANTILES; k++) q[k * values + i] = found[k];
    }
    for (int k = 0; k < NMOMENTS; k++)
        sah_h5_write_block(g->h5, s->moment[k], SAH_F64, (const hsize_t[]){from, 0},
                           (const hsize_t[]){n, g->nmeasures},
                           s->out + (size_t)k * values);
    sah_h5_write_block(g->h5, s->quantile, SAH_F64, (const hsize_t[]){0, from, 0},
                       (const hsize_t[]){NQUANTILES, n, g->nmeasures}, q);
}

/* Values of the points from .. from+n-1 of one pack into block[replicate][point]. */
static void scatter(struct group *g, const struct summary *s, size_t pack, size_t from,
                    size_t n) {
    const struct sah_gather *all = g->sheet->all;
    size_t each = sah_pack_runs(all->nruns), first = pack * each;
    for (size_t r = first; r < first + each && r < all->nruns; r++) {
        size_t point = sah_study_point(all->study, r),
               replicate = sah_study_replicate(all->study, r);
        if (point < from || point >= from + n) continue;
        memcpy(s->block + (replicate * n + point - from) * g->nmeasures,
               s->rows + (r - first) * g->nmeasures, g->nmeasures * sizeof(double));
    }
}

static void load_block(struct group *g, const struct summary *s, size_t from,
                       size_t n) {
    const struct sah_gather *all = g->sheet->all;
    size_t each = sah_pack_runs(all->nruns);
    for (size_t i = 0; i < all->npacks && !g->h5->status; i++) {
        size_t left = all->nruns - i * each, runs = left < each ? left : each;
        g->h5->status =
            sah_pack_values(all->folder, i, runs * g->nmeasures, s->rows, g->h5->err);
        if (!g->h5->status) scatter(g, s, i, from, n);
    }
}

static void summarise_all(struct group *g, struct summary *s) {
    for (size_t from = 0; from < g->npoints && !g->h5->status; from += s->points) {
        size_t n = g->npoints - from < s->points ? g->npoints - from : s->points;
        load_block(g, s, from, n);
        if (!g->h5->status) summarise_block(g, s, from, n);
    }
}

static hid_t put_summaries(struct group *g) {
    static const char *const names[] = {"mean", "sd", "count"};
    static const char *const docs[] = {"Mean over replicates",
                                       "Standard deviation over replicates",
                                       "Replicates in which it is defined"};
    size_t bytes = g->nreplicates * g->nmeasures * sizeof(double);
    struct summary s = {.points = SAH_GATHER_BLOCK / (bytes ? bytes : 1)};
    if (s.points < 1) s.points = 1;
    if (s.points > g->npoints) s.points = g->npoints;
    size_t most = s.points * g->nmeasures;
    for (int k = 0; k < NMOMENTS; k++)
        s.moment[k] = create(g, names[k], docs[k], 2,
                             (const hid_t[]){g->lead[1], g->measure}, NULL);
    s.quantile = create(g, "value_quantile", "Quantile over replicates", 3,
                        (const hid_t[]){g->quantile, g->lead[1], g->measure}, NULL);
    s.block = malloc((g->nreplicates * most + 1) * sizeof *s.block);
    s.rows = malloc((sah_pack_runs(g->sheet->all->nruns) * g->nmeasures + 1) *
                    sizeof *s.rows);
    s.out = malloc(((NMOMENTS + NQUANTILES) * most + 1) * sizeof *s.out);
    s.sorted = malloc((g->nreplicates + 1) * sizeof *s.sorted);
    if (!s.block || !s.rows || !s.out || !s.sorted) no_memory(g);
    if (!g->h5->status) summarise_all(g, &s);
    for (int k = 1; k < NMOMENTS; k++) sah_h5_drop(s.moment[k]);
    sah_h5_drop(s.quantile);
    free(s.block);
    free(s.rows);
    free(s.out);
    free(s.sorted);
    return s.moment[MEAN];
}

/* ---- sensitivity ---------------------------------------------------------------------------- */

static const struct column {
    const char *name, *doc;
} morris_columns[] = {{"mu", "Mean elementary effect, over the range of the factor"},
                      {"mu_star", "Mean size of elementary effects"},
                      {"mu_star_low", "Lower end of its 95 % interval"},
                      {"mu_star_high", "Upper end of its 95 % interval"},
                      {"sigma", "Standard deviation of elementary effects"},
                      {"effects", "Elementary effects that are defined"},
                      {0}},
  sobol_columns[] = {{"S1", "First-order index of Sobol'"},
                     {"S1_low", "Lower end of its 95 % interval"},
                     {"S1_high", "Upper end of its 95 % interval"},
                     {"ST", "Total index of Sobol'"},
                     {"ST_low", "Lower end of its 95 % interval"},
                     {"ST_high", "Upper end of its 95 % interval"},
                     {"samples", "Base samples that are whole"},
                     {0}};
enum { MOST_COLUMNS = 7 };

static int tell_morris(const struct sah_design *design, const double *y, uint64_t seed,
                       double *out, struct sah_error *err) {
    struct sah_morris *found = calloc(design->nfactors + 1, sizeof *found);
    int status = found ? sah_morris_effects(design, y, seed, found, err)
                       : sah_error_add(err, SAH_MEMORY, "no memory for effects");
    for (size_t f = 0; !status && f < design->nfactors; f++) {
        const struct sah_morris *m = &found[f];
        double row[] = {m->mu,           m->mu_star, m->mu_star_low,
                        m->mu_star_high, m->sigma,   (double)m->n};
        memcpy(out + f * MOST_COLUMNS, row, sizeof row);
    }
    free(found);
    return status;
}

static int tell_sobol(const struct sah_design *design, const double *y, uint64_t seed,
                      double *out, struct sah_error *err) {
    struct sah_sobol found[40];
    int status = sah_sobol_indices(design, y, seed, found, err);
    for (size_t f = 0; !status && f < design->nfactors; f++) {
        double row[] = {found[f].first,    found[f].first_low, found[f].first_high,
                        found[f].total,    found[f].total_low, found[f].total_high,
                        (double)found[f].n};
        memcpy(out + f * MOST_COLUMNS, row, sizeof row);
    }
    return status;
}

/* One measure after the other: its means at all points, then its row of every table. */
static void fill_tables(struct group *g, hid_t mean, const struct column *columns,
                        const hid_t *table, double *y, double *out) {
    const struct sah_study *study = g->sheet->all->study;
    double *one = out + study->nfactors * MOST_COLUMNS;
    for (size_t m = 0; m < g->nmeasures && !g->h5->status; m++) {
        sah_h5_read_block(g->h5, mean, SAH_F64, (const hsize_t[]){0, m},
                          (const hsize_t[]){g->npoints, 1}, y);
        if (g->h5->status) return;
        g->h5->status = (columns == morris_columns ? tell_morris : tell_sobol)(
            &study->design, y, study->seed, out, g->h5->err);
        if (g->h5->status) return;
        for (size_t c = 0; columns[c].name; c++) {
            for (size_t f = 0; f < study->nfactors; f++)
                one[f] = out[f * MOST_COLUMNS + c];
            sah_h5_write_block(g->h5, table[c], SAH_F64, (const hsize_t[]){0, m},
                               (const hsize_t[]){study->nfactors, 1}, one);
        }
    }
}

static void put_sensitivity(struct group *g, hid_t mean) {
    const struct sah_study *study = g->sheet->all->study;
    const struct column *columns =
        study->design.kind == SAH_DESIGN_MORRIS     ? morris_columns
        : study->design.kind == SAH_DESIGN_SALTELLI ? sobol_columns
                                                    : NULL;
    if (!columns || !study->nfactors) return;
    hid_t table[MOST_COLUMNS] = {0};
    size_t k = study->nfactors;
    const char **name = calloc(k + 1, sizeof *name);
    double *y = malloc((g->npoints + 1) * sizeof *y);
    double *out = calloc((MOST_COLUMNS + 1) * k + 1, sizeof *out);
    if (!name || !y || !out) no_memory(g);
    for (size_t f = 0; name && f < k; f++) name[f] = study->factor[f].name;
    if (!g->h5->status)
        g->factor = sah_h5_names(g->h5, g->id, "factor", "What varies", name, k);
    for (size_t c = 0; columns[c].name; c++)
        table[c] = create(g, columns[c].name, columns[c].doc, 2,
                          (const hid_t[]){g->factor, g->measure}, NULL);
    if (!g->h5->status && y && out) fill_tables(g, mean, columns, table, y, out);
    for (size_t c = 0; columns[c].name; c++) sah_h5_drop(table[c]);
    sah_h5_drop(g->factor);
    free(name);
    free(y);
    free(out);
}

/* ---- the group ------------------------------------------------------------------------------- */

void sah_gather_outcomes(struct sah_gather_sheet *sheet) {
    const struct sah_study *study = sheet->all->study;
    struct group g = {.sheet = sheet,
                      .h5 = &sheet->h5,
                      .factor = -1,
                      .nmeasures = study->outcomes.n,
                      .npoints = study->design.npoints,
                      .nreplicates = study->nreplicates};
    if (!g.nmeasures) return;
    g.id = sah_h5_group(g.h5, g.h5->file, "measures");
    sah_gather_points(sheet, g.id, g.lead);
    put_names(&g);
    g.quantile = sah_h5_coordinate(g.h5, g.id, "quantile", "1", "Share below", SAH_F64,
                                   sah_gather_quantiles, NQUANTILES);
    put_values(&g);
    hid_t mean = g.h5->status ? -1 : put_summaries(&g);
    if (!g.h5->status) put_sensitivity(&g, mean);
    if (!g.h5->status) sah_gather_levels(sheet, g.id, g.measure);
    sah_h5_drop(mean);
    sah_h5_drop(g.measure);
    sah_h5_drop(g.quantile);
    sah_h5_drop(g.lead[0]);
    sah_h5_drop(g.lead[1]);
    sah_h5_drop(g.id);
}
