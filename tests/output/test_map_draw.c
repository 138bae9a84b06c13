/* Whole maps of a small land: the right colour at the right place, the right shape,
 * legends that fit, and no crash without memory. */
#include "output/map.h"
#include "output/map_layer.h"
#include "output/map_sheet.h"
#include "tests/support/alloc.h"
#include "tests/support/cmocka_all.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/sah_map_XXXXXX", path[64];
enum { NLON = 12, NLAT = 8, NCELLS = NLON * NLAT, NACTORS = 3 };
static const double DPI = 144;

static struct sah_grid grid;
static double value[2][NACTORS * NCELLS];

static int set_up(void **state) {
    (void)state;
    if (!mkdtemp(folder)) return -1;
    snprintf(path, sizeof path, "%s/map.png", folder);
    return sah_grid_init(&grid, -6, 10, 0, 14, 0.5, NULL);
}

static int tear_down(void **state) {
    (void)state;
    return unlink(path) || rmdir(folder);
}

static void fill(double with) {
    for (int p = 0; p < 2; p++) {
        for (int i = 0; i < NACTORS * NCELLS; i++) value[p][i] = with;
    }
}

static struct sah_map map_of(const char *field, const struct sah_map_panel *panel,
                             size_t n) {
    return (struct sah_map){.subtitle = "a day",
                            .source = "A scenario with a rather long name indeed",
                            .mark = "digest 0123456789abcdef",
                            .unit = "1",
                            .field = sah_map_field_find(field),
                            .grid = &grid,
                            .panel = panel,
                            .npanels = n};
}

static void draw(const struct sah_map *map) {
    struct sah_error err = {0};
    struct sah_picture picture = {
        .path = path, .width_mm = 120, .dpi = DPI, .force = true};
    int code = sah_map_draw(map, &picture, &err);
    if (code) fail_msg("%s", err.text);
}

static struct sah_map_layout layout_of(const struct sah_map *map) {
    struct sah_map_layout layout;
    assert_int_equal(sah_map_layout(map, 120 * SAH_POINTS_PER_MM, &layout, NULL),
                     SAH_OK);
    return layout;
}

/* The pixel at a place given in points. */
static struct sah_colour pixel(cairo_surface_t *image, double x, double y) {
    int column = (int)(x * DPI / 72), row = (int)(y * DPI / 72);
    unsigned char *data = cairo_image_surface_get_data(image);
    uint32_t rgb;
    memcpy(&rgb, data + cairo_image_surface_get_stride(image) * row + 4 * column, 4);
    return sah_colour_hex(rgb & 0xFFFFFF);
}

static void cell_middle(const struct sah_map_layout *l, size_t panel, int32_t cell,
                        double *x, double *y) {
    double u = (sah_grid_lon(&grid, cell) - grid.west) / (grid.east - grid.west);
    double v = (grid.north - sah_grid_lat(&grid, cell)) / (grid.north - grid.south);
    *x = l->left + (double)(panel % l->columns) * l->step_x + u * l->panel_width;
    *y = l->top + (double)(panel / l->columns) * l->step_y + v * l->panel_height;
}

static void expect_colour(cairo_surface_t *image, const struct sah_map_layout *l,
                          size_t panel, int32_t cell, struct sah_colour want) {
    double x, y;
    cell_middle(l, panel, cell, &x, &y);
    struct sah_colour got = pixel(image, x, y);
    double off = fabs(got.r - want.r) + fabs(got.g - want.g) + fabs(got.b - want.b);
    if (off > 0.02)
        fail_msg("cell %d: %.2f %.2f %.2f, not %.2f %.2f %.2f", cell, got.r, got.g,
                 got.b, want.r, want.g, want.b);
}

static struct sah_colour over_land(struct sah_colour c, double alpha) {
    struct sah_colour land = sah_ink(SAH_INK_LAND);
    return (struct sah_colour){alpha * c.r + (1 - alpha) * land.r,
                               alpha * c.g + (1 - alpha) * land.g,
                               alpha * c.b + (1 - alpha) * land.b, 1};
}

/* Deaths from 1 to 1000 on a log scale: ends, middle, below the floor, nothing. */
static void cells_have_the_colour_of_their_value(void **state) {
    (void)state;
    fill(0);
    value[0][40] = 1, value[0][53] = 1000, value[0][66] = sqrt(1000),
    value[0][67] = 0.5;
    value[0][68] = NAN;
    struct sah_map_panel panel = {NULL, value[0], -1};
    struct sah_map map = map_of("deaths", &panel, 1);
    struct sah_map_layout l = layout_of(&map);
    draw(&map);
    cairo_surface_t *image = cairo_image_surface_create_from_png(path);
    expect_colour(image, &l, 0, 40, sah_ramp_at(SAH_RAMP_EMBER, 0));
    expect_colour(image, &l, 0, 53, sah_ramp_at(SAH_RAMP_EMBER, 1));
    expect_colour(image, &l, 0, 66, sah_ramp_at(SAH_RAMP_EMBER, 0.5));
    for (int32_t cell = 67; cell <= 70; cell++)
        expect_colour(image, &l, 0, cell, sah_ink(SAH_INK_LAND));
    cairo_surface_destroy(image);
}

static void zones_have_five_colours(void **state) {
    (void)state;
    fill(NAN);
    for (int zone = -2; zone <= 2; zone++) value[0][50 + zone] = zone + 0.2;
    struct sah_map_panel panel = {NULL, value[0], -1};
    struct sah_map map = map_of("control", &panel, 1);
    struct sah_map_layout l = layout_of(&map);
    draw(&map);
    cairo_surface_t *image = cairo_image_surface_create_from_png(path);
    for (int zone = -2; zone <= 2; zone++)
        expect_colour(image, &l, 0, 50 + zone,
                      sah_ramp_at(SAH_RAMP_RULE, (zone + 2) / 4.0));
    expect_colour(image, &l, 0, 54, sah_ink(SAH_INK_LAND));
    cairo_surface_destroy(image);
}

static const char *const LABEL[NACTORS] = {"macina", "isgs", "jnim"};
static const struct sah_axis ACTORS = {"faction", "Factions", NACTORS, LABEL, NULL};

static void the_strongest_actor_colours_the_cell(void **state) {
    (void)state;
    fill(0);
    value[0][0 * NCELLS + 50] = 100, value[0][1 * NCELLS + 50] = 20;
    value[0][1 * NCELLS + 52] = 1;
    struct sah_map_panel panels[2] = {{"all", value[0], -1}, {"IS", value[0], 1}};
    struct sah_map map = map_of("presence", panels, 2);
    map.actors = &ACTORS;
    struct sah_map_layout l = layout_of(&map);
    draw(&map);
    cairo_surface_t *image = cairo_image_surface_create_from_png(path);
    struct sah_colour macina = sah_actor_colour("macina"),
                      isgs = sah_actor_colour("isgs");
    double strong = 0.5 + 0.48 * log(20) / log(100);
    expect_colour(image, &l, 0, 50, over_land(macina, 0.98));
    expect_colour(image, &l, 0, 52, over_land(isgs, 0.5));
    expect_colour(image, &l, 1, 50, over_land(isgs, strong));
    cairo_surface_destroy(image);
}

/* Two panels share one scale: 10 is the top of neither alone. */
static void panels_share_a_scale(void **state) {
    (void)state;
    fill(0);
    value[0][50] = 10, value[1][50] = 1000;
    struct sah_map_panel panels[2] = {{"2016", value[0], -1}, {"2017", value[1], -1}};
    struct sah_map map = map_of("deaths", panels, 2);
    struct sah_map_layout l = layout_of(&map);
    draw(&map);
    cairo_surface_t *image = cairo_image_surface_create_from_png(path);
    expect_colour(image, &l, 0, 50, sah_ramp_at(SAH_RAMP_EMBER, 1.0 / 3));
    expect_colour(image, &l, 1, 50, sah_ramp_at(SAH_RAMP_EMBER, 1));
    cairo_surface_destroy(image);
}

static void a_degree_has_its_true_shape(void **state) {
    (void)state;
    fill(1);
    for (size_t n = 1; n <= 7; n++) {
        struct sah_map_panel panels[7];
        for (size_t i = 0; i < n; i++)
            panels[i] = (struct sah_map_panel){"year", value[0], -1};
        struct sah_map map = map_of("deaths", panels, n);
        struct sah_map_layout l = layout_of(&map);
        double wide = l.panel_width / (grid.east - grid.west);
        double high = l.panel_height / (grid.north - grid.south);
        assert_true(fabs(wide / high - cos(12 * 3.14159265358979 / 180)) < 1e-9);
        assert_true(l.columns * l.rows >= n && l.columns * (l.rows - 1) < n);
        assert_true(l.left + l.panel_width * (double)l.columns <= l.width);
        assert_true(l.legend_x + l.legend_width <= l.width + 1e-6);
        assert_true(l.legend_y > l.top && l.legend_y < l.height);
    }
}

static void a_circle_grows_by_area(void **state) {
    (void)state;
    struct sah_scale scale = {SAH_SCALE_LINEAR, 0, 100};
    double whole = sah_circle_radius(&scale, 8, 100),
           quarter = sah_circle_radius(&scale, 8, 25);
    assert_true(whole == 8 && quarter == 4);
    assert_true(sah_circle_radius(&scale, 8, 0) == 0);
}

static void keys_wrap_where_the_line_ends(void **state) {
    (void)state;
    struct sah_legend_key key[6];
    for (int i = 0; i < 6; i++)
        key[i] = (struct sah_legend_key){sah_actor_palette((size_t)i), "some faction"};
    struct sah_legend legend = {
        .kind = SAH_LEGEND_KEYS, .title = "Who", .type_pt = 7, .key = key, .nkeys = 6};
    assert_true(sah_legend_height(&legend, 100) > sah_legend_height(&legend, 1000));
}

static void too_narrow_is_refused(void **state) {
    (void)state;
    struct sah_error err = {0};
    fill(1);
    struct sah_map_panel panel = {NULL, value[0], -1};
    struct sah_map map = map_of("deaths", &panel, 1);
    struct sah_picture picture = {.path = path, .width_mm = 20, .force = true};
    assert_int_equal(sah_map_draw(&map, &picture, &err), SAH_INPUT);
    assert_non_null(strstr(err.text, "at least 60 mm"));
    sah_error_clear(&err);
}

/* Circles, places, countries and a title beyond any width. */
static void draws_whatever_the_land_holds(void **state) {
    (void)state;
    char country_name[] = "Somewhere", town[] = "Town", empty[] = "";
    char layers[6][8] = {"coast", "border", "region", "river", "lake", "road"};
    struct sah_geo_country country = {empty, country_name, town, -3, 12};
    struct sah_geo_place place[20];
    struct sah_geo_cell cell[NCELLS];
    float lon[4] = {-5, -2, -1, -5}, lat[4] = {11, 11, 13, 11};
    struct sah_geo_line line[6];
    for (int i = 0; i < 20; i++)
        place[i] =
            (struct sah_geo_place){town, 0, -6 + 0.3 * i, 10 + 0.2 * i, 1000, i % 3};
    for (int i = 0; i < NCELLS; i++)
        cell[i] = (struct sah_geo_cell){.lon = (float)sah_grid_lon(&grid, i),
                                        .lat = (float)sah_grid_lat(&grid, i),
                                        .land = 1};
    for (int i = 0; i < 6; i++)
        line[i] = (struct sah_geo_line){layers[i], empty, 4, lon, lat};
    struct sah_geography geo = {.country = &country,
                                .ncountries = 1,
                                .place = place,
                                .nplaces = 20,
                                .cell = cell,
                                .ncells = NCELLS,
                                .line = line,
                                .nlines = 6,
                                .table_deg = 0.5};
    fill(0);
    for (int i = 0; i < NCELLS; i++) value[0][i] = i % 7;
    struct sah_map_panel panel = {NULL, value[0], -1};
    char title[600];
    memset(title, 'M', sizeof title);
    title[599] = '\0';
    struct sah_map map = map_of("events", &panel, 1);
    map.geo = &geo, map.title = title, map.source = title, map.subtitle = title;
    draw(&map);
    map.mark = title; /* longer than the sheet */
    draw(&map);
}

static void survives_lack_of_memory(void **state) {
    (void)state;
    fill(3);
    struct sah_map_panel panels[2] = {{"one", value[0], -1}, {"two", value[1], -1}};
    struct sah_map map = map_of("presence", panels, 2);
    map.actors = &ACTORS;
    struct sah_picture picture = {
        .path = path, .width_mm = 80, .dpi = 40, .force = true};
    for (long n = 1;; n++) {
        alloc_fail_at(n);
        int code = sah_map_draw(&map, &picture, NULL);
        int failed = alloc_failed();
        alloc_fail_at(0);
        if (!failed) break;
        if (code) assert_true(code == SAH_MEMORY || code == SAH_IO);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_have_the_colour_of_their_value),
        cmocka_unit_test(zones_have_five_colours),
        cmocka_unit_test(the_strongest_actor_colours_the_cell),
        cmocka_unit_test(panels_share_a_scale),
        cmocka_unit_test(a_degree_has_its_true_shape),
        cmocka_unit_test(a_circle_grows_by_area),
        cmocka_unit_test(keys_wrap_where_the_line_ends),
        cmocka_unit_test(too_narrow_is_refused),
        cmocka_unit_test(draws_whatever_the_land_holds),
        cmocka_unit_test(survives_lack_of_memory),
    };
    return cmocka_run_group_tests_name("map", tests, set_up, tear_down);
}
