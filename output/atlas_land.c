/* The land under the fields: grid, which cells are land, lines, names. Lines are whole
 * hundredths of a degree, each point told by its step from the one before. */
#include "output/atlas_impl.h"

#include <math.h>
#include <string.h>

enum { PLACES = 60 };

static void put_grid(struct sah_json *json, const struct sah_grid *grid) {
    sah_json_open(json, "grid", '{');
    sah_json_number(json, "west", grid->west);
    sah_json_number(json, "south", grid->south);
    sah_json_number(json, "cell", grid->cell_deg);
    sah_json_whole(json, "nlon", grid->nlon);
    sah_json_whole(json, "nlat", grid->nlat);
    sah_json_close(json, '{');
}

/* Number of the country by cell, -1 at sea, in runs: value, length, value, length ... */
static void put_countries(struct sah_json *json, const int16_t *country, size_t n) {
    sah_json_open(json, "country", '[');
    for (size_t i = 0; country && i < n;) {
        size_t j = i;
        while (j < n && country[j] == country[i]) j++;
        sah_json_whole(json, NULL, country[i]);
        sah_json_whole(json, NULL, (long long)(j - i));
        i = j;
    }
    sah_json_close(json, '[');
}

static bool is_seen(const struct sah_grid *g, double lon, double lat) {
    return lon >= g->west && lon <= g->east && lat >= g->south && lat <= g->north;
}

static bool line_is_seen(const struct sah_grid *g, const struct sah_geo_line *line) {
    for (size_t i = 0; i < line->n; i++)
        if (is_seen(g, line->lon[i], line->lat[i])) return true;
    return false;
}

static void put_line(struct sah_json *json, const struct sah_geo_line *line) {
    long x = 0, y = 0;
    sah_json_open(json, NULL, '{');
    sah_json_text(json, "layer", line->layer);
    sah_json_open(json, "at", '[');
    for (size_t i = 0; i < line->n; i++) {
        long lon = lround(100 * (double)line->lon[i]),
             lat = lround(100 * (double)line->lat[i]);
        if (i && lon == x && lat == y) continue;
        sah_json_whole(json, NULL, lon - x);
        sah_json_whole(json, NULL, lat - y);
        x = lon, y = lat;
    }
    sah_json_close(json, '[');
    sah_json_close(json, '{');
}

/* Capitals, then the largest. */
static void put_places(struct sah_json *json, const struct sah_geography *geo,
                       const struct sah_grid *grid) {
    size_t n = 0;
    sah_json_open(json, "places", '[');
    for (int rank = 0; rank < 3; rank++) {
        for (size_t i = 0; i < geo->nplaces && n < PLACES; i++) {
            const struct sah_geo_place *place = &geo->place[i];
            if (place->rank != rank || !is_seen(grid, place->lon, place->lat)) continue;
            sah_json_open(json, NULL, '{');
            sah_json_text(json, "name", place->name);
            sah_json_number(json, "lon", place->lon);
            sah_json_number(json, "lat", place->lat);
            sah_json_whole(json, "rank", rank);
            sah_json_close(json, '{');
            n++;
        }
    }
    sah_json_close(json, '[');
}

void sah_atlas_land(struct sah_json *json, const struct sah_grid *grid,
                    const struct sah_geography *geo, const int16_t *country) {
    put_grid(json, grid);
    sah_json_open(json, "land", '{');
    put_countries(json, country, (size_t)grid->ncells);
    sah_json_open(json, "names", '[');
    for (size_t i = 0; geo && i < geo->ncountries; i++)
        sah_json_text(json, NULL, geo->country[i].name);
    sah_json_close(json, '[');
    sah_json_open(json, "lines", '[');
    for (size_t i = 0; geo && i < geo->nlines; i++)
        if (line_is_seen(grid, &geo->line[i])) put_line(json, &geo->line[i]);
    sah_json_close(json, '[');
    if (geo) put_places(json, geo, grid);
    sah_json_close(json, '{');
}
