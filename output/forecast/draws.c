/* Room for draws, and their file. */
#include "output/forecast/draws.h"

#include "output/csv.h"
#include "output/disk.h"
#include "output/h5_read.h"
#include "sah_version.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FORMAT = 1 };

int sah_draws_open(struct sah_draws *draws, int first, int months,
                   struct sah_error *err) {
    SAH_BUG_IF(months > SAH_DRAWS_MONTHS, "a window is too long");
    size_t n = (size_t)SAH_FORECAST_CELLS * (size_t)months * SAH_DRAWS;
    *draws = (struct sah_draws){first, months, calloc(n, sizeof(float))};
    if (draws->draw) return SAH_OK;
    return sah_error_add(err, SAH_MEMORY, "no memory for %zu draws", n);
}

void sah_draws_close(struct sah_draws *draws) {
    free(draws->draw);
    *draws = (struct sah_draws){0};
}

float *sah_draws_at(const struct sah_draws *draws, int cell, int month) {
    size_t at = (size_t)cell * (size_t)draws->months + (size_t)(month - draws->first);
    return draws->draw + at * SAH_DRAWS;
}

static int by_size(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

void sah_draws_sort(float *value, size_t n) {
    bool zeros = true;
    for (size_t i = 0; i < n && zeros; i++) zeros = value[i] <= 0;
    if (!zeros) qsort(value, n, sizeof *value, by_size);
}

void sah_draws_spread(float *draw, float *value, size_t n) {
    sah_draws_sort(value, n);
    for (size_t k = 0; k < SAH_DRAWS; k++)
        draw[k] = value[(2 * k + 1) * n / 2 / SAH_DRAWS];
}

/* ---- files ------------------------------------------------------------------------- */

static int by_gid(const void *a, const void *b) {
    int32_t x = sah_forecast_gid(*(const int *)a),
            y = sah_forecast_gid(*(const int *)b);
    return (x > y) - (x < y);
}

static void order_cells(int order[static SAH_FORECAST_CELLS]) {
    for (int i = 0; i < SAH_FORECAST_CELLS; i++) order[i] = i;
    qsort(order, SAH_FORECAST_CELLS, sizeof *order, by_gid);
}

static void put_rows(const struct sah_draws *draws, FILE *out) {
    int order[SAH_FORECAST_CELLS];
    order_cells(order);
    fputs("month_id,priogrid_gid,draw,outcome\n", out);
    for (int month = draws->first; month < draws->first + draws->months; month++)
        for (int i = 0; i < SAH_FORECAST_CELLS; i++) {
            const float *draw = sah_draws_at(draws, order[i], month);
            for (int k = 0; k < SAH_DRAWS; k++)
                fprintf(out, "%d,%d,%d,%.0f\n", month, (int)sah_forecast_gid(order[i]),
                        k, (double)draw[k]);
        }
}

int sah_draws_csv(const struct sah_draws *draws, const char *path,
                  struct sah_error *err) {
    char *temporary = sah_disk_concat(path, ".new");
    if (!temporary) return sah_error_add(err, SAH_MEMORY, "no memory for a file");
    FILE *out = fopen(temporary, "we");
    int code = out ? SAH_OK : sah_disk_fail(err, path, "be written");
    if (out) {
        put_rows(draws, out);
        code = sah_csv_check(out, path, err);
        if (fclose(out) && !code) code = sah_disk_fail(err, path, "be written");
    }
    if (!code) code = sah_disk_settle(temporary, path, err);
    if (code) unlink(temporary);
    free(temporary);
    return code;
}

/* Month by month, each a chunk of its own. */
static void put_kind(struct sah_h5 *h5, hid_t root, const struct sah_draws *draws,
                     const char *name, const hid_t dim[static 3]) {
    int order[SAH_FORECAST_CELLS];
    struct sah_h5_variable v = {.name = name,
                                .unit = "persons",
                                .doc = "Deaths of a cell and month, drawn and sorted",
                                .type = SAH_F32,
                                .rank = 3,
                                .dim = {dim[0], dim[1], dim[2]},
                                .chunk = {1, SAH_FORECAST_CELLS, SAH_DRAWS}};
    hid_t dataset = sah_h5_variable(h5, root, &v);
    float(*of)[SAH_DRAWS] = sah_h5_room(h5, SAH_FORECAST_CELLS, sizeof *of);
    order_cells(order);
    for (int m = 0; of && m < draws->months; m++) {
        for (int i = 0; i < SAH_FORECAST_CELLS; i++)
            memcpy(of[i], sah_draws_at(draws, order[i], draws->first + m), sizeof *of);
        sah_h5_write_block(h5, dataset, SAH_F32, (const hsize_t[]){(hsize_t)m, 0, 0},
                           (const hsize_t[]){1, SAH_FORECAST_CELLS, SAH_DRAWS}, of);
    }
    free(of);
    sah_h5_drop(dataset);
}

static void put_all(struct sah_h5 *h5, const struct sah_draws *draws) {
    int order[SAH_FORECAST_CELLS];
    int32_t gid[SAH_FORECAST_CELLS], month[SAH_DRAWS_MONTHS];
    hid_t root = H5Gopen2(h5->file, "/", H5P_DEFAULT), dim[3];
    order_cells(order);
    for (int i = 0; i < SAH_FORECAST_CELLS; i++) gid[i] = sah_forecast_gid(order[i]);
    for (int m = 0; m < draws->months; m++) month[m] = draws->first + m;
    if (root < 0) sah_h5_fail(h5, "open", "/");
    sah_h5_text(h5, root, "Conventions", "CF-1.10");
    sah_h5_text(h5, root, "source", "sahel " SAH_VERSION);
    sah_h5_whole(h5, root, "forecast_format", FORMAT);
    dim[0] = sah_h5_coordinate(h5, root, "month_id", "1", "Month, 1 is January 1980",
                               SAH_I32, month, (size_t)draws->months);
    dim[1] = sah_h5_coordinate(h5, root, "priogrid_gid", "1", "Cell of PRIO-GRID",
                               SAH_I32, gid, SAH_FORECAST_CELLS);
    dim[2] = sah_h5_dimension(h5, root, "draw", SAH_DRAWS);
    put_kind(h5, root, &draws[SAH_PANEL_STATE], "state_based", dim);
    put_kind(h5, root, &draws[SAH_PANEL_ALL], "all", dim);
    for (int d = 0; d < 3; d++) sah_h5_drop(dim[d]);
    sah_h5_drop(root);
}

int sah_draws_write(const struct sah_draws draws[static SAH_PANEL_KINDS],
                    const char *target, struct sah_error *err) {
    struct sah_h5 h5;
    char *temporary = sah_disk_concat(target, ".new");
    if (!temporary) return sah_error_add(err, SAH_MEMORY, "no memory for a file");
    if (!sah_h5_create(&h5, temporary, target, err)) put_all(&h5, draws);
    int code = sah_h5_close(&h5);
    if (!code) code = sah_disk_settle(temporary, target, err);
    if (code) unlink(temporary);
    free(temporary);
    return code;
}
