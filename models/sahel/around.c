#include "models/sahel/around.h"

#include <math.h>
#include <stdlib.h>

#define PART_DEG 0.25 /* parts of a cell are no wider */

struct law {
    double end_km;
    double (*weight)(double km); /* within end_km */
};

static double fades(double km) {
    return sah_exp(-km / 20);
}
static double holds(double km) {
    (void)km;
    return 1;
}
static const struct law felt_law = {60, fades}, met_law = {41, holds};

/* Two cells `dr` rows and `dc` columns apart: the mean over pairs of their parts. With
 * `parts` a side, pairs a rows and b columns apart are (parts - |a|) (parts - |b|). */
static double mean_weight(const struct sah_grid *grid, const struct law *law,
                          double lat, int dr, int dc) {
    int parts = (int)ceil(grid->cell_deg / PART_DEG - 1e-9);
    double step = grid->cell_deg / parts, sum = 0;
    for (int a = 1 - parts; a < parts; a++)
        for (int b = 1 - parts; b < parts; b++) {
            double km = sah_distance_km(0, lat, dc * grid->cell_deg + b * step,
                                        lat + dr * grid->cell_deg + a * step);
            if (km > law->end_km) continue;
            sum += law->weight(km) * (parts - abs(a)) * (parts - abs(b));
        }
    return sum / ((double)parts * parts * parts * parts);
}

static void add(struct sahel_around *row, int dr, int dc, double weight) {
    if (weight <= 0) return;
    row->drow[row->n] = dr;
    row->dcol[row->n] = dc;
    row->weight[row->n++] = (float)weight;
}

static int make_row(const struct sah_grid *grid, const struct law *law, double lat,
                    struct sahel_around *row, struct sah_error *err) {
    int deep = (int)(law->end_km / (grid->cell_deg * 100.0)) + 1, wide = 3 * deep + 1;
    size_t most = (size_t)(2 * deep + 1) * (size_t)(2 * wide + 1);
    row->drow = calloc(most, sizeof *row->drow);
    row->dcol = calloc(most, sizeof *row->dcol);
    row->weight = calloc(most, sizeof *row->weight);
    if (!row->drow || !row->dcol || !row->weight)
        return sah_error_add(err, SAH_MEMORY, "no memory for neighbourhoods");
    add(row, 0, 0, mean_weight(grid, law, lat, 0, 0));
    for (int dr = -deep; dr <= deep; dr++)
        for (int dc = -wide; dc <= wide; dc++)
            if (dr || dc) add(row, dr, dc, mean_weight(grid, law, lat, dr, dc));
    return SAH_OK;
}

int sah_around_make(const struct sah_grid *grid, struct sahel_around *felt,
                    struct sahel_around *met, struct sah_error *err) {
    int status = SAH_OK;
    for (int row = 0; row < grid->nlat && !status; row++) {
        double lat = sah_grid_lat(grid, row * grid->nlon);
        status = make_row(grid, &felt_law, lat, &felt[row], err);
        if (!status) status = make_row(grid, &met_law, lat, &met[row], err);
    }
    return status;
}

void sah_around_free(struct sahel_around *rows, int nlat) {
    for (int row = 0; rows && row < nlat; row++) {
        free(rows[row].drow);
        free(rows[row].dcol);
        free(rows[row].weight);
    }
    free(rows);
}
