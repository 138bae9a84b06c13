/* Cells by number and back, and distances on the sphere.
 *
 * The distance to a border is that from the centre of a cell of PRIO-GRID to the nearest
 * border line of the geography; close by, the sphere is flat enough to take the nearest
 * point of a piece on the plane that touches it at the centre. */
#include "output/facts/ground.h"

#include "sim/kernel/sphere.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 720 };
#define KM_PER_DEGREE (SAH_EARTH_RADIUS_KM * 0.017453292519943295)

const char *const sah_fact_iso3[SAH_FACT_STATES] = {"MLI", "BFA", "NER"};
const char *const sah_fact_state_names[SAH_FACT_STATES] = {"Mali", "Burkina Faso",
                                                           "Niger"};

int sah_fact_country(const char *name) {
    for (int c = 0; c < SAH_FACT_STATES; c++)
        if (strcmp(name, sah_fact_iso3[c]) == 0 ||
            strcmp(name, sah_fact_state_names[c]) == 0)
            return c;
    return -1;
}

/* ---- cells ------------------------------------------------------------------------- */

int sah_fact_cell(int32_t gid) {
    int row = (gid - 1) / COLUMNS, column = (gid - 1) % COLUMNS, before = 0;
    for (size_t i = 0; i < sah_fact_nstrips; i++) {
        const struct sah_fact_strip *s = &sah_fact_strips[i];
        if (s->row == row && column >= s->first && column <= s->last)
            return before + column - s->first;
        before += s->last - s->first + 1;
    }
    return -1;
}

static const struct sah_fact_strip *strip_of(int cell, int *offset) {
    for (size_t i = 0; i < sah_fact_nstrips; i++) {
        const struct sah_fact_strip *s = &sah_fact_strips[i];
        int length = s->last - s->first + 1;
        *offset = cell;
        if (cell < length) return s;
        cell -= length;
    }
    SAH_BUG_IF(true, "no such cell of facts");
    return NULL;
}

int32_t sah_fact_gid(int cell) {
    int offset;
    const struct sah_fact_strip *s = strip_of(cell, &offset);
    return s->row * COLUMNS + s->first + offset + 1;
}

int sah_fact_cell_country(int cell) {
    int offset;
    return strip_of(cell, &offset)->country;
}

int sah_fact_neighbours(int cell, int out[static 8]) {
    int32_t gid = sah_fact_gid(cell);
    int n = 0;
    for (int up = -1; up <= 1; up++)
        for (int right = -1; right <= 1; right++) {
            if (up == 0 && right == 0) continue;
            int beside = sah_fact_cell(gid + up * COLUMNS + right);
            if (beside >= 0) out[n++] = beside;
        }
    return n;
}

double sah_fact_gid_lon(int32_t gid) {
    return ((gid - 1) % COLUMNS) / 2.0 - 179.75;
}

double sah_fact_gid_lat(int32_t gid) {
    int row = (gid - 1) / COLUMNS;
    return row / 2.0 - 89.75;
}

/* ---- distances --------------------------------------------------------------------- */

/* From (0, 0) to the piece between two points, in degrees of latitude. */
static double to_piece(double ax, double ay, double bx, double by) {
    double dx = bx - ax, dy = by - ay, square = dx * dx + dy * dy;
    double t = square > 0 ? -(ax * dx + ay * dy) / square : 0;
    t = fmin(fmax(t, 0), 1);
    return hypot(ax + t * dx, ay + t * dy);
}

static double to_border(const struct sah_geography *geo, double lon, double lat) {
    double shrink = cos(sah_radians(lat)), best = INFINITY;
    for (size_t i = 0; i < geo->nlines; i++) {
        const struct sah_geo_line *line = &geo->line[i];
        if (strcmp(line->layer, "border") != 0) continue;
        for (size_t k = 1; k < line->n; k++)
            best = fmin(best, to_piece(((double)line->lon[k - 1] - lon) * shrink,
                                       (double)line->lat[k - 1] - lat,
                                       ((double)line->lon[k] - lon) * shrink,
                                       (double)line->lat[k] - lat));
    }
    return isinf(best) ? NAN : best * KM_PER_DEGREE;
}

float sah_fact_border_km(struct sah_fact_ground *ground, int32_t gid) {
    if (!ground->geo || gid < 1 || gid > SAH_FACT_GIDS) return NAN;
    float *km = &ground->border_km[gid];
    if (*km < 0)
        *km =
            (float)to_border(ground->geo, sah_fact_gid_lon(gid), sah_fact_gid_lat(gid));
    return *km;
}

float sah_fact_capital_km(const struct sah_fact_ground *ground, int32_t gid,
                          int country) {
    int cell = sah_fact_cell(gid);
    if (cell >= 0) country = sah_fact_cell_country(cell);
    int number =
        ground->geo ? sah_geography_country(ground->geo, sah_fact_iso3[country]) : -1;
    if (number < 0) return NAN;
    const struct sah_geo_country *c = &ground->geo->country[number];
    return (float)sah_distance_km(sah_fact_gid_lon(gid), sah_fact_gid_lat(gid), c->lon,
                                  c->lat);
}

/* ---- regions ----------------------------------------------------------------------- */

static const char *const central[] = {"Mopti", "Segou", "S\xC3\xA9gou"};

static bool is_central(const struct sah_geography *geo, int region) {
    if (region < 0) return false;
    const struct sah_geo_region *r = &geo->region[region];
    if (strcmp(geo->country[r->country].iso3, "MLI") != 0) return false;
    for (size_t i = 0; i < sizeof central / sizeof central[0]; i++)
        if (strcmp(r->name, central[i]) == 0) return true;
    return false;
}

bool sah_fact_is_central(const struct sah_fact_ground *ground, double lon, double lat) {
    const struct sah_geography *geo = ground->geo;
    if (!geo) return false;
    double half = geo->table_deg / 2;
    for (size_t i = 0; i < geo->ncells; i++) {
        const struct sah_geo_cell *c = &geo->cell[i];
        if (lon >= c->lon - half && lon < c->lon + half && lat >= c->lat - half &&
            lat < c->lat + half)
            return is_central(geo, c->region);
    }
    return false;
}

int sah_fact_ground_open(struct sah_fact_ground *ground,
                         const struct sah_geography *geo, struct sah_error *err) {
    *ground = (struct sah_fact_ground){.geo = geo};
    ground->border_km = malloc((SAH_FACT_GIDS + 1) * sizeof *ground->border_km);
    if (!ground->border_km)
        return sah_error_add(err, SAH_MEMORY, "no memory for distances");
    for (int32_t i = 0; i <= SAH_FACT_GIDS; i++) ground->border_km[i] = -1;
    return SAH_OK;
}

void sah_fact_ground_close(struct sah_fact_ground *ground) {
    free(ground->border_km);
    *ground = (struct sah_fact_ground){0};
}
