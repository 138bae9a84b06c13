/* A coast in pieces, drawn either way round, splits the frame into land and sea. */
#include "output/carto_shore.h"
#include "tests/support/alloc.h"
#include "tests/support/cmocka_all.h"

#include <stdlib.h>
#include <string.h>

enum { SIDE = 10, MOST_LINES = 8 };

struct land {
    struct sah_geography geo;
    struct sah_geo_cell cell[SIDE * SIDE];
    struct sah_geo_line line[MOST_LINES];
};

/* A square of ten by ten degrees whose cells east of longitude 4 are land, with an
 * island in the west and a lagoon in the east. */
static int is_land(double lon, double lat) {
    if (lon > 1 && lon < 3 && lat > 1 && lat < 3) return 1;
    if (lon > 6 && lon < 8 && lat > 6 && lat < 8) return 0;
    return lon > 4;
}

static void lay(struct land *land) {
    *land = (struct land){0};
    land->geo.cell = land->cell, land->geo.ncells = SIDE * SIDE,
    land->geo.table_deg = 1;
    land->geo.line = land->line;
    for (int i = 0; i < SIDE * SIDE; i++) {
        float lon = (float)(i % SIDE) + 0.5F, lat = (float)(i / SIDE) + 0.5F;
        land->cell[i] = (struct sah_geo_cell){
            .lon = lon, .lat = lat, .land = is_land(lon, lat) ? 1.0F : 0.0F};
    }
}

static void add(struct land *land, size_t n, float *lon, float *lat) {
    land->line[land->geo.nlines++] = (struct sah_geo_line){
        .layer = "coast", .name = "", .n = n, .lon = lon, .lat = lat};
}

static float south_lon[] = {4, 4, 4}, south_lat[] = {0, 2, 4.9F};
static float north_lon[] = {4, 4},
             north_lat[] = {9.95F, 5.1F}; /* the other way round */
static float isle_lon[] = {1, 3, 3, 1, 1}, isle_lat[] = {1, 1, 3, 3, 1};
static float lagoon_lon[] = {6, 6, 8, 8, 6}, lagoon_lat[] = {6, 8, 8, 6, 6};

static void check_all_cells(const struct sah_shore *shore) {
    for (int i = 0; i < SIDE * SIDE; i++) {
        double lon = i % SIDE + 0.5, lat = i / SIDE + 0.5;
        assert_int_equal(sah_shore_land(shore, lon, lat), is_land(lon, lat));
    }
}

static void pieces_islands_and_lagoons(void **state) {
    (void)state;
    struct land land;
    struct sah_shore shore;
    lay(&land);
    add(&land, 3, south_lon, south_lat);
    add(&land, 5, isle_lon, isle_lat);
    add(&land, 2, north_lon, north_lat);
    add(&land, 5, lagoon_lon, lagoon_lat);
    assert_int_equal(sah_shore_init(&shore, &land.geo, NULL), SAH_OK);
    assert_true(shore.known);
    assert_int_equal(shore.n, 3);
    check_all_cells(&shore);
    assert_true(sah_shore_land(&shore, 15, 5)); /* beyond the data the coast goes on */
    assert_false(sah_shore_land(&shore, -5, 5));
    sah_shore_free(&shore);
}

static void a_land_without_coast_is_all_land(void **state) {
    (void)state;
    struct land land;
    struct sah_shore shore;
    lay(&land);
    assert_int_equal(sah_shore_init(&shore, &land.geo, NULL), SAH_OK);
    assert_false(shore.known);
    assert_true(sah_shore_land(&shore, 0.5, 0.5));
    sah_shore_free(&shore);
}

static void a_coast_that_contradicts_the_cells_is_not_believed(void **state) {
    (void)state;
    struct land land;
    struct sah_shore shore;
    lay(&land);
    add(&land, 5, isle_lon, isle_lat);
    assert_int_equal(sah_shore_init(&shore, &land.geo, NULL), SAH_OK);
    assert_false(shore.known);
    sah_shore_free(&shore);
}

static void survives_lack_of_memory(void **state) {
    (void)state;
    for (int n = 1;; n++) {
        struct land land;
        struct sah_shore shore;
        lay(&land);
        add(&land, 3, south_lon, south_lat);
        add(&land, 2, north_lon, north_lat);
        alloc_fail_at(n);
        int code = sah_shore_init(&shore, &land.geo, NULL);
        alloc_fail_at(0);
        sah_shore_free(&shore);
        if (!code) break;
        assert_int_equal(code, SAH_MEMORY);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_islands_and_lagoons),
        cmocka_unit_test(a_land_without_coast_is_all_land),
        cmocka_unit_test(a_coast_that_contradicts_the_cells_is_not_believed),
        cmocka_unit_test(survives_lack_of_memory),
    };
    return cmocka_run_group_tests_name("shore", tests, NULL, NULL);
}
