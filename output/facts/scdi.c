/* Areas are found by sorting points; neighbours by trying all of an area. */
#include "output/facts/scdi.h"

#include "sim/kernel/calendar.h"
#include "sim/kernel/sphere.h"

#include <math.h>
#include <stdlib.h>

const char *const sah_scdi_words[SAH_SCDI_CLASSES] = {
    "none", "dispersed, low density", "clustered, low density",
    "dispersed, high density", "clustered, high density"};

const struct sah_variable sah_scdi_field = {
    .name = (char *)(uintptr_t) "scdi",
    .unit = (char *)(uintptr_t) "1",
    .doc = (char *)(uintptr_t) "Spatial conflict dynamics: density and clustering",
    .place = SAH_FIELD,
    .nature = SAH_FLOW,
    .type = SAH_F64,
};

/* ---- areas ------------------------------------------------------------------------- */

struct spot {
    int32_t row, column;
    struct sah_scdi_point at;
};

static int by_area(const void *a, const void *b) {
    const struct spot *x = a, *y = b;
    if (x->row != y->row) return (x->row > y->row) - (x->row < y->row);
    if (x->column != y->column)
        return (x->column > y->column) - (x->column < y->column);
    if (x->at.lon != y->at.lon)
        return (x->at.lon > y->at.lon) - (x->at.lon < y->at.lon);
    return (x->at.lat > y->at.lat) - (x->at.lat < y->at.lat);
}

enum { MOST_TRIED = 500 }; /* of an area with more events, every so manieth is tried */

static double distance(const struct spot *a, const struct spot *b) {
    return sah_distance_km(a->at.lon, a->at.lat, b->at.lon, b->at.lat);
}

static double nearest_km(const struct spot *spot, size_t n, size_t i) {
    double best = INFINITY;
    for (size_t k = 0; k < n && best > 0; k++)
        if (k != i) best = fmin(best, distance(&spot[i], &spot[k]));
    return best;
}

static double mean_nearest_km(const struct spot *spot, size_t n) {
    size_t step = (n + MOST_TRIED - 1) / MOST_TRIED;
    size_t tried = 0;
    double sum = 0;
    for (size_t i = 0; i < n; i += step, tried++) sum += nearest_km(spot, n, i);
    return sum / (double)tried;
}

static enum sah_scdi class_of(double density, double ratio) {
    bool clustered = ratio < 1; /* false where it is not defined */
    if (density >= SAH_SCDI_DENSE)
        return clustered ? SAH_SCDI_CLUSTERED_HIGH : SAH_SCDI_DISPERSED_HIGH;
    return clustered ? SAH_SCDI_CLUSTERED_LOW : SAH_SCDI_DISPERSED_LOW;
}

static struct sah_scdi_area measure(const struct spot *spot, size_t n, double side,
                                    double years) {
    double west = spot->column * side - 180, south = spot->row * side - 90;
    double km2 = sah_area_km2(west, south, west + side, fmin(south + side, 90));
    struct sah_scdi_area area = {
        .row = spot->row, .column = spot->column, .n = n, .ratio = NAN};
    area.density = (double)n / km2 / years;
    if (n > 1) area.ratio = mean_nearest_km(spot, n) / (0.5 / sqrt((double)n / km2));
    area.class = class_of(area.density, area.ratio);
    return area;
}

int sah_scdi_areas(struct sah_scdi_point *point, size_t n, double side_deg,
                   double years, struct sah_scdi_area **area, size_t *nareas,
                   struct sah_error *err) {
    struct spot *spot = calloc(n + 1, sizeof *spot);
    *area = calloc(n + 1, sizeof **area);
    *nareas = 0;
    if (!spot || !*area) {
        free(spot);
        return sah_error_add(err, SAH_MEMORY, "no memory for areas");
    }
    for (size_t i = 0; i < n; i++)
        spot[i] =
            (struct spot){(int32_t)floor((point[i].lat + 90) / side_deg),
                          (int32_t)floor((point[i].lon + 180) / side_deg), point[i]};
    qsort(spot, n, sizeof *spot, by_area);
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n; end++)
            if (spot[end].row != spot[first].row ||
                spot[end].column != spot[first].column)
                break;
        (*area)[(*nareas)++] = measure(&spot[first], end - first, side_deg, years);
    }
    free(spot);
    return SAH_OK;
}

/* ---- a run ------------------------------------------------------------------------- */

/* A number in 0..1 that looks drawn by chance and is always the same (splitmix64). */
static double scatter(uint64_t key) {
    key += 0x9E3779B97F4A7C15u;
    key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9u;
    key = (key ^ (key >> 27)) * 0x94D049BB133111EBu;
    return (double)((key ^ (key >> 31)) >> 11) * 0x1p-53;
}

static double side_of(const struct sah_grid *grid) {
    return fmax(0.5, 2 * grid->cell_deg);
}

/* The events of the days, each somewhere in its cell. */
static size_t points_of(const struct sah_result_table *table,
                        const struct sah_grid *grid, int32_t from, int32_t to,
                        struct sah_scdi_point *point) {
    const struct sah_result_column *date = sah_result_table_find(table, "date");
    const struct sah_result_column *lon = sah_result_table_find(table, "lon");
    const struct sah_result_column *lat = sah_result_table_find(table, "lat");
    size_t n = 0;
    for (size_t i = 0; date && lon && lat && i < table->nrows; i++) {
        double day = sah_result_number(date, i);
        struct sah_scdi_point at = {sah_result_number(lon, i),
                                    sah_result_number(lat, i)};
        if (!(day >= from && day <= to) || !(fabs(at.lon) <= 179 && fabs(at.lat) <= 89))
            continue;
        at.lon += (scatter(2 * i) - 0.5) * grid->cell_deg;
        at.lat += (scatter(2 * i + 1) - 0.5) * grid->cell_deg;
        point[n++] = at;
    }
    return n;
}

static int by_place(const void *a, const void *b) {
    const struct sah_scdi_area *x = a, *y = b;
    if (x->row != y->row) return (x->row > y->row) - (x->row < y->row);
    return (x->column > y->column) - (x->column < y->column);
}

static void lay_out(const struct sah_grid *grid, const struct sah_scdi_area *area,
                    size_t n, double *out) {
    double side = side_of(grid);
    for (int32_t c = 0; c < grid->ncells; c++) {
        struct sah_scdi_area key = {
            .row = (int32_t)floor((sah_grid_lat(grid, c) + 90) / side),
            .column = (int32_t)floor((sah_grid_lon(grid, c) + 180) / side)};
        const struct sah_scdi_area *found =
            bsearch(&key, area, n, sizeof *area, by_place);
        out[c] = found ? (double)found->class : NAN;
    }
}

int sah_scdi_over(struct sah_result *result, int32_t from, int32_t to, double *out,
                  struct sah_period *covered, struct sah_error *err) {
    const struct sah_grid *grid = sah_result_grid(result);
    struct sah_result_table table;
    struct sah_scdi_area *area = NULL;
    size_t n = 0;
    if (grid->plain || grid->ncells == 0)
        return sah_error_add(err, SAH_INPUT, "scdi: the model does not stand on land");
    int code = sah_result_log(result, "events", &table, err);
    if (code) return code;
    struct sah_scdi_point *point = calloc(table.nrows + 1, sizeof *point);
    size_t points = point ? points_of(&table, grid, from, to, point) : 0;
    code = point ? sah_scdi_areas(point, points, side_of(grid),
                                  (double)(to - from + 1) / 365.25, &area, &n, err)
                 : sah_error_add(err, SAH_MEMORY, "no memory for areas");
    if (!code) lay_out(grid, area, n, out);
    if (covered) *covered = (struct sah_period){from, to};
    free(area);
    free(point);
    sah_result_table_clear(&table);
    return code;
}

/* ---- a view ------------------------------------------------------------------------ */

int sah_scdi_of_year(const struct sah_facts_view *view, int year,
                     struct sah_scdi_year *row, struct sah_error *err) {
    struct sah_scdi_point *point = calloc(view->n + 1, sizeof *point);
    struct sah_scdi_area *area = NULL;
    double side = fmax(0.5, 2 * view->cell_deg);
    size_t n = 0;
    *row = (struct sah_scdi_year){.year = year};
    if (!point) return sah_error_add(err, SAH_MEMORY, "no memory for areas");
    for (size_t i = 0; i < view->n; i++) {
        const struct sah_fact_event *e = &view->event[i];
        if (e->year != year) continue;
        point[n++] = (struct sah_scdi_point){
            e->lon + (scatter(2 * i) - 0.5) * view->cell_deg,
            e->lat + (scatter(2 * i + 1) - 0.5) * view->cell_deg};
    }
    int code = sah_scdi_areas(point, n, side, 1, &area, &row->areas, err);
    for (size_t i = 0; !code && i < row->areas; i++) row->of[area[i].class]++;
    free(area);
    free(point);
    return code;
}
