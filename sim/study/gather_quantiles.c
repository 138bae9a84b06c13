/* Quantiles over replicates of every series, at every point and period; of what can be added
 * up also those of the sum over its axis. Series over pairs are left out, and studies of one
 * replicate, where all quantiles are the value. */
#include "sim/study/gather_impl.h"

#include "output/h5_read.h"
#include "output/names.h"
#include "output/store.h"
#include "sim/study/series_sum.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const double sah_gather_quantiles[SAH_GATHER_QUANTILES] = {0.05, 0.25, 0.5, 0.75, 0.95};
enum { NQ = SAH_GATHER_QUANTILES, BLOCK_VALUES = SAH_GATHER_BLOCK / sizeof(double) };

size_t sah_gather_quantile(const double *value, size_t n, size_t step, double *sorted,
                           double q[SAH_GATHER_QUANTILES]) {
    size_t m = 0;
    for (size_t r = 0; r < n; r++)
        if (!isnan(value[r * step])) sorted[m++] = value[r * step];
    gsl_sort(sorted, 1, m);
    for (size_t i = 0; i < NQ; i++)
        q[i] = m ? gsl_stats_quantile_from_sorted_data(sorted, 1, m,
                                                       sah_gather_quantiles[i])
                 : NAN;
    return m;
}

/* A series, and the block of it that is held: points, periods. */
struct series {
    struct sah_gather_sheet *sheet;
    struct sah_h5 *h5;
    const struct sah_watched *watched;
    char name[SAH_STORED_NAME];
    hid_t group, quantile, design, time, axis; /* axis: -1 where there is none */
    hid_t each, sum; /* datasets; sum: -1 where there is none */
    size_t items, periods, npoints, nreplicates;
    size_t point, points, period, span;
    double fill;
    double *block; /* [replicate][points][span][items] */
    double *out;   /* [quantile][points][span][items] */
    double *sorted;
};

/* ---- datasets ------------------------------------------------------------------------ */

static hid_t create(struct series *s, bool sum) {
    const struct sah_observable *what = s->watched->what;
    char name[SAH_STORED_NAME + 16], doc[256];
    snprintf(name, sizeof name, "%s%s_quantile", s->name, sum ? "_sum" : "");
    snprintf(doc, sizeof doc, "%s%s: quantile over replicates", what->doc,
             sum ? ", all together" : "");
    bool axis = s->axis >= 0 && !sum;
    hid_t dataset = sah_h5_variable(
        s->h5, s->group,
        &(struct sah_h5_variable){.name = name,
                                  .unit = what->unit,
                                  .doc = doc,
                                  .type = SAH_F64,
                                  .rank = axis ? 4 : 3,
                                  .dim = {s->quantile, s->design, s->time, s->axis},
                                  .fill = true});
    char *coordinates = sah_gather_coordinates(s->sheet->all);
    sah_h5_text(s->h5, dataset, "cell_methods",
                what->nature == SAH_FLOW ? "time: sum" : "time: point");
    sah_h5_text(s->h5, dataset, "coordinates", coordinates);
    if (axis) sah_h5_text(s->h5, dataset, "items", what->axes[0]);
    free(coordinates);
    return dataset;
}

/* ---- a block of all replicates ---------------------------------------------------------- */

static size_t each_run(const struct series *s) {
    return s->span * s->items;
}

/* Rows first .. first+n-1 of a pack, which are runs of neighbouring points. */
static void read_rows(struct series *s, struct sah_h5 *pack, hid_t dataset, size_t row,
                      size_t n, double *to) {
    hsize_t start[SAH_H5_RANK] = {row, s->period}, count[SAH_H5_RANK] = {n, s->span};
    if (s->axis >= 0) count[2] = s->items;
    sah_h5_read_block(pack, dataset, SAH_F64, start, count, to);
}

/* The part of the block that lies in runs from .. to-1, replicate by replicate. */
static void read_runs(struct series *s, struct sah_h5 *pack, hid_t dataset, size_t from,
                      size_t to) {
    size_t first = from, all = s->npoints;
    while (from < to && !pack->status) {
        size_t replicate = from / all, point = from % all;
        size_t low = point < s->point ? s->point : point;
        size_t high = to - replicate * all < s->point + s->points
                          ? to - replicate * all
                          : s->point + s->points;
        if (s->points == all) high = to - replicate * all; /* lies in one piece */
        if (high > low)
            read_rows(s, pack, dataset, replicate * all + low - first, high - low,
                      s->block +
                          (replicate * s->points + low - s->point) * each_run(s));
        from = s->points == all ? to : (replicate + 1) * all;
    }
}

static void read_pack(struct series *s, size_t pack) {
    const struct sah_gather *all = s->sheet->all;
    size_t each = sah_pack_runs(all->nruns), from = pack * each;
    size_t to = from + each < all->nruns ? from + each : all->nruns;
    char name[SAH_STORED_NAME + 16], *path = sah_study_folder_pack(all->folder, pack);
    struct sah_h5 h5;
    if (!path) s->h5->status = sah_error_add(all->err, SAH_MEMORY, "no memory");
    if (!path) return;
    snprintf(name, sizeof name, "/series/%s", s->name);
    int status = sah_h5_open(&h5, path, all->err);
    if (!status) {
        hid_t dataset = sah_h5_object(&h5, h5.file, name);
        if (!h5.status) read_runs(s, &h5, dataset, from, to);
        sah_h5_drop(dataset);
        status = sah_h5_close(&h5);
    }
    s->h5->status = status;
    free(path);
}

/* ---- quantiles -------------------------------------------------------------------------- */

static void put_block(struct series *s, hid_t dataset, size_t items, bool axis) {
    const hsize_t start[] = {0, s->point, s->period, 0};
    const hsize_t count[] = {NQ, s->points, s->span, axis ? items : 0};
    sah_h5_write_block(s->h5, dataset, SAH_F64, start, count, s->out);
}

/* `step` from replicate to replicate, `n` values of each. */
static void fill_out(struct series *s, const double *block, size_t step, size_t n) {
    double q[NQ];
    for (size_t i = 0; i < n; i++) {
        sah_gather_quantile(block + i, s->nreplicates, step, s->sorted, q);
        for (size_t k = 0; k < NQ; k++) s->out[k * n + i] = q[k];
    }
}

/* Items are added up in place; what no item has is undefined. */
static void add_up(struct series *s) {
    size_t n = s->nreplicates * s->points * s->span;
    for (size_t i = 0; i < n; i++) {
        double sum = NAN;
        for (size_t k = 0; k < s->items; k++) {
            double value = s->block[i * s->items + k];
            if (!isnan(value)) sum = (isnan(sum) ? 0 : sum) + value;
        }
        s->block[i] = sum;
    }
}

static void take_block(struct series *s) {
    const struct sah_gather *all = s->sheet->all;
    size_t n = s->points * each_run(s);
    for (size_t i = 0; i < all->npacks && !s->h5->status; i++) read_pack(s, i);
    for (size_t i = 0; i < s->nreplicates * n; i++)
        if (s->block[i] == s->fill) s->block[i] = NAN;
    if (s->h5->status) return;
    fill_out(s, s->block, n, n);
    put_block(s, s->each, s->items, s->axis >= 0);
    if (s->sum < 0) return;
    add_up(s);
    fill_out(s, s->block, n / s->items, n / s->items);
    put_block(s, s->sum, 1, false);
}

/* So many points, or of one so many periods, as a block has room for. */
static void size_block(struct series *s, size_t *points, size_t *span) {
    size_t run = s->periods * s->items, room = BLOCK_VALUES / s->nreplicates;
    *points = room / run, *span = s->periods;
    if (*points > s->npoints) *points = s->npoints;
    if (*points >= 1) return;
    *points = 1;
    *span = room / s->items > 1 ? room / s->items : 1;
}

static void take_all(struct series *s) {
    size_t points, span;
    size_block(s, &points, &span);
    size_t n = points * span * s->items;
    double *block = calloc(n * s->nreplicates + 1, sizeof *block);
    double *out = malloc((NQ * n + 1) * sizeof *out);
    double *sorted = malloc((s->nreplicates + 1) * sizeof *sorted);
    s->block = block, s->out = out, s->sorted = sorted;
    if (!block || !out || !sorted)
        s->h5->status =
            sah_error_add(s->h5->err, SAH_MEMORY, "no memory for quantiles");
    for (s->point = 0; s->point < s->npoints; s->point += points) {
        s->points = s->npoints - s->point < points ? s->npoints - s->point : points;
        for (s->period = 0; s->period < s->periods; s->period += span) {
            s->span = s->periods - s->period < span ? s->periods - s->period : span;
            if (!s->h5->status) take_block(s);
        }
    }
    free(block);
    free(out);
    free(sorted);
}

/* ---- series by series --------------------------------------------------------------------- */

static void take_series(struct series s) {
    const struct sah_observable *what = s.watched->what;
    char fill[sizeof(double)];
    s.items = s.watched->count;
    sah_stored_name(s.sheet->pack.world, what->place, what->name, s.name);
    sah_store_fill(what->type, fill);
    s.fill = sah_store_get(what->type, fill, false);
    s.axis = what->axes[0] ? sah_h5_object(s.h5, s.group, what->axes[0]) : -1;
    s.each = create(&s, false);
    s.sum = sah_series_adds_up(what) ? create(&s, true) : -1;
    if (s.items && !s.h5->status) take_all(&s);
    sah_h5_drop(s.each);
    sah_h5_drop(s.sum);
    sah_h5_drop(s.axis);
}

void sah_gather_series_quantiles(struct sah_gather_sheet *sheet, hid_t group,
                                 hid_t design) {
    const struct sah_gather *all = sheet->all;
    const struct sah_watch *watch = &all->watch[SAH_SERIES];
    struct sah_h5 *h5 = &sheet->h5;
    if (all->study->nreplicates < 2 || !all->periods[SAH_SERIES]) return;
    struct series s = {.sheet = sheet,
                       .h5 = h5,
                       .group = group,
                       .design = design,
                       .periods = all->periods[SAH_SERIES],
                       .npoints = all->study->design.npoints,
                       .nreplicates = all->study->nreplicates};
    s.quantile = sah_h5_coordinate(h5, group, "quantile", "1", "Share below", SAH_F64,
                                   sah_gather_quantiles, NQ);
    s.time = sah_h5_object(h5, group, "time");
    for (size_t v = 0; v < watch->n && !h5->status; v++) {
        s.watched = &watch->variable[v];
        if (!s.watched->what->axes[1]) take_series(s);
    }
    sah_h5_drop(s.time);
    sah_h5_drop(s.quantile);
}
