/* Names of places and countries, and the scale bar: what is written on the land.
 *
 * The scale bar takes its place first, then the capitals, the countries in the middle
 * of what is seen of them, and other places, the lonely ones first, until the map is
 * full enough. Small maps carry the names of countries only. */
#include "output/carto.h"
#include "output/scale.h"

#include <cairo.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double AREA_PER_NAME_PT2 = 5500; /* fewer names than fit: no clutter */
static const double LEAST_WIDTH_PT = 200;     /* of a map with names of places */
static const double HALO_PT = 1.1;

static struct sah_type_style place_style(const struct sah_carto *carto, bool capital) {
    return (struct sah_type_style){.size_pt = carto->type_pt * (capital ? 1.08 : 1.0),
                                   .bold = capital,
                                   .ink = sah_ink(SAH_INK_TEXT),
                                   .halo_pt = HALO_PT * carto->type_pt / 7};
}

static struct sah_type_style country_style(const struct sah_carto *carto) {
    return (struct sah_type_style){.size_pt = carto->type_pt * 1.05,
                                   .ink = sah_ink(SAH_INK_NAME),
                                   .halo_pt = HALO_PT * carto->type_pt / 7,
                                   .spacing_pt = carto->type_pt * 0.22};
}

/* The bar */

static const double BAR_INSET_PT = 8;

static double bar_km(const struct sah_projection *p) {
    return sah_nice_below(p->width / sah_projection_pt_per_km(p) / 4);
}

static bool draw_scale_bar(const struct sah_carto *carto,
                           struct sah_label_space *space) {
    const struct sah_projection *p = &carto->projection;
    cairo_t *cr = sah_canvas_cairo(carto->canvas);
    double km = bar_km(p), width = km * sah_projection_pt_per_km(p);
    double x = p->x + BAR_INSET_PT, y = p->y + p->height - BAR_INSET_PT;
    char text[48];
    snprintf(text, sizeof text, "%g km", km);
    struct sah_type_style style = place_style(carto, false);
    for (int halo = 1; halo >= 0; halo--) {
        sah_canvas_ink(carto->canvas, sah_ink(halo ? SAH_INK_PAPER : SAH_INK_TEXT));
        cairo_set_line_width(cr, halo ? 2.6 : 0.8);
        cairo_move_to(cr, x, y - 2.5);
        cairo_line_to(cr, x, y);
        cairo_line_to(cr, x + width, y);
        cairo_line_to(cr, x + width, y - 2.5);
        cairo_stroke(cr);
    }
    sah_canvas_text(carto->canvas, &style, x + width / 2, y - 3.8, SAH_AT_CENTRE, text);
    return sah_label_take(
        space, (struct sah_box){x - 4, y - 7 - carto->type_pt, x + width + 4, y + 4});
}

/* Places */

struct named {
    const struct sah_geo_place *place;
    bool capital;
    double apart_km; /* from the nearest more important place */
};

static bool in_view(const struct sah_projection *p, double lon, double lat) {
    return lon > p->west && lon < p->east && lat > p->south && lat < p->north;
}

/* By rank (0 is a capital), people and name. */
static int by_importance(const void *a, const void *b) {
    const struct sah_geo_place *m = ((const struct named *)a)->place,
                               *n = ((const struct named *)b)->place;
    if (m->rank != n->rank) return m->rank < n->rank ? -1 : 1;
    if (m->people != n->people) return m->people > n->people ? -1 : 1;
    return strcmp(m->name, n->name);
}

/* Within a rank a lonely town tells more than one more suburb. */
static int by_isolation(const void *a, const void *b) {
    const struct named *m = a, *n = b;
    if (m->place->rank == n->place->rank && m->apart_km != n->apart_km)
        return m->apart_km > n->apart_km ? -1 : 1;
    return by_importance(a, b);
}

static void measure_isolation(struct named *named, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const struct sah_geo_place *here = named[i].place;
        named[i].apart_km = INFINITY;
        for (size_t j = 0; j < i; j++) {
            const struct sah_geo_place *there = named[j].place;
            double km = sah_distance_km(here->lon, here->lat, there->lon, there->lat);
            named[i].apart_km = fmin(named[i].apart_km, km);
        }
    }
}

static size_t seen_places(const struct sah_carto *carto, struct named *named) {
    size_t n = 0;
    for (size_t i = 0; i < carto->geo->nplaces; i++) {
        const struct sah_geo_place *place = &carto->geo->place[i];
        if (in_view(&carto->projection, place->lon, place->lat))
            named[n++] = (struct named){place, place->rank == 0, 0};
    }
    qsort(named, n, sizeof *named, by_importance);
    measure_isolation(named, n);
    qsort(named, n, sizeof *named, by_isolation);
    return n;
}

static double mark_radius(const struct sah_carto *carto, bool capital) {
    return carto->type_pt * (capital ? 0.24 : 0.16);
}

static struct sah_label label_of(const struct sah_carto *carto,
                                 const struct named *named) {
    struct sah_type_style style = place_style(carto, named->capital);
    struct sah_label label = {.radius = mark_radius(carto, named->capital) + 1};
    sah_project(&carto->projection, named->place->lon, named->place->lat, &label.x,
                &label.y);
    label.width = sah_type_measure(&style, named->place->name).width + 1;
    label.height = 0.95 * style.size_pt;
    return label;
}

static void draw_place(const struct sah_carto *carto, const struct named *named,
                       const struct sah_label *label) {
    cairo_t *cr = sah_canvas_cairo(carto->canvas);
    double radius = mark_radius(carto, named->capital);
    cairo_new_path(cr);
    cairo_arc(cr, label->x, label->y, radius, 0, 2 * 3.14159265358979323846);
    sah_canvas_ink(carto->canvas,
                   sah_ink(named->capital ? SAH_INK_TEXT : SAH_INK_PAPER));
    cairo_fill_preserve(cr);
    sah_canvas_ink(carto->canvas,
                   sah_ink(named->capital ? SAH_INK_PAPER : SAH_INK_TEXT));
    cairo_set_line_width(cr, named->capital ? 0.5 : 0.55);
    cairo_stroke(cr);
    struct sah_type_style style = place_style(carto, named->capital);
    sah_canvas_text(carto->canvas, &style, label->box.x0 + 0.5,
                    label->box.y1 - 0.18 * style.size_pt, SAH_AT_LEFT,
                    named->place->name);
}

/* Countries */

static void capitals_of(const char *name, char *text, size_t size) {
    size_t n = 0;
    for (; name[n] && n + 1 < size; n++)
        text[n] = (char)toupper((unsigned char)name[n]);
    text[n] = '\0';
}

static int country_at(const struct sah_geography *geo, double lon, double lat) {
    for (size_t i = 0; i < geo->ncells; i++) {
        const struct sah_geo_cell *cell = &geo->cell[i];
        if (fabs(cell->lon - lon) <= geo->table_deg / 2 &&
            fabs(cell->lat - lat) <= geo->table_deg / 2)
            return cell->country;
    }
    return -1;
}

/* Whether a name of this width, in degrees, stays at home around a point. */
static bool at_home(const struct sah_geography *geo, int country, double lon,
                    double lat, double half_width) {
    for (int i = -2; i <= 2; i++) {
        if (country_at(geo, lon + i * half_width / 2, lat) != country) return false;
    }
    return true;
}

static bool centre_of(const struct sah_carto *carto, int country, double *lon,
                      double *lat) {
    double n = 0, sum_lon = 0, sum_lat = 0;
    for (size_t i = 0; i < carto->geo->ncells; i++) {
        const struct sah_geo_cell *cell = &carto->geo->cell[i];
        if (cell->country != country) continue;
        if (!in_view(&carto->projection, cell->lon, cell->lat)) continue;
        sum_lon += cell->lon, sum_lat += cell->lat, n++;
    }
    if (n == 0) return false;
    *lon = sum_lon / n, *lat = sum_lat / n;
    return true;
}

static struct sah_box box_around(double x, double y, double width, double height) {
    return (struct sah_box){x - width / 2, y - height / 2, x + width / 2,
                            y + height / 2};
}

/* Tries places in rows away from the middle, up and down in turn. */
static bool place_country(const struct sah_carto *carto, struct sah_label_space *space,
                          int country, const char *text) {
    const struct sah_projection *p = &carto->projection;
    struct sah_type_style style = country_style(carto);
    double width = sah_type_measure(&style, text).width, height = style.size_pt;
    double half = width / 2 / p->width * (p->east - p->west) * 1.05;
    double lon, lat, x, y;
    if (!centre_of(carto, country, &lon, &lat)) return true;
    for (int ring = 0; ring < 60; ring++) {
        int row = (ring / 5 + 1) / 2 * (ring / 5 % 2 ? 1 : -1);
        int column = (ring % 5 + 1) / 2 * (ring % 5 % 2 ? 1 : -1);
        double at_lon = lon + column * 0.5, at_lat = lat + row * 0.5;
        sah_project(p, at_lon, at_lat, &x, &y);
        struct sah_box box = box_around(x, y, width + 4, height);
        if (!sah_label_free(space, box)) continue;
        if (!at_home(carto->geo, country, at_lon, at_lat, half)) continue;
        sah_canvas_text(carto->canvas, &style, x + style.spacing_pt / 2,
                        y + 0.35 * style.size_pt, SAH_AT_CENTRE, text);
        return sah_label_take(space, box);
    }
    return true;
}

static bool place_countries(const struct sah_carto *carto,
                            struct sah_label_space *space) {
    for (size_t i = 0; i < carto->geo->ncountries; i++) {
        char text[64];
        capitals_of(carto->geo->country[i].name, text, sizeof text);
        if (!place_country(carto, space, (int)i, text)) return false;
    }
    return true;
}

/* All of it */

static size_t place_names(const struct sah_carto *carto, struct sah_label_space *space,
                          const struct named *named, struct sah_label *label, size_t n,
                          size_t most) {
    for (size_t i = 0; i < n; i++) label[i] = label_of(carto, &named[i]);
    size_t placed = sah_labels_place(space, label, n, most);
    for (size_t i = 0; i < n; i++) {
        if (label[i].placed) draw_place(carto, &named[i], &label[i]);
    }
    return placed;
}

static bool draw_names(const struct sah_carto *carto, struct sah_label_space *space,
                       struct named *named, struct sah_label *label) {
    const struct sah_projection *p = &carto->projection;
    size_t most = (size_t)(p->width * p->height / AREA_PER_NAME_PT2);
    if (p->width < LEAST_WIDTH_PT) most = 0;
    size_t n = seen_places(carto, named), capitals = 0;
    while (capitals < n && named[capitals].capital) capitals++;
    size_t placed = place_names(carto, space, named, label, capitals, most);
    if (!place_countries(carto, space)) return false;
    place_names(carto, space, named + capitals, label + capitals, n - capitals,
                most - placed);
    return true;
}

int sah_carto_names(const struct sah_carto *carto, struct sah_error *err) {
    const struct sah_projection *p = &carto->projection;
    struct sah_label_space space = {
        .bounds = {p->x + 2, p->y + 2, p->x + p->width - 2, p->y + p->height - 2}};
    bool done = !carto->scale_bar || draw_scale_bar(carto, &space);
    if (done && carto->names && carto->geo) {
        size_t n = carto->geo->nplaces + 1;
        struct named *named = malloc(n * sizeof *named);
        struct sah_label *label = malloc(n * sizeof *label);
        done = named && label && draw_names(carto, &space, named, label);
        free(named), free(label);
    }
    sah_label_space_free(&space);
    return done ? SAH_OK
                : sah_error_add(err, SAH_MEMORY, "no memory for names on a map");
}
