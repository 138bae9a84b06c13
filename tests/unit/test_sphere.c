/* Distances, areas and PRIO-GRID ids. */
#include "sim/kernel/sphere.h"
#include "tests/support/chance.h"
#include "tests/support/cmocka_all.h"

#include <math.h>

/* Haversine in long double; the mirrored half angle beyond a quarter turn. */
static double reference_km(double lon1, double lat1, double lon2, double lat2) {
    long double d = acosl(-1.0L) / 180.0L;
    long double u = sinl(((long double)lat2 - lat1) * d / 2);
    long double v = sinl(((long double)lon2 - lon1) * d / 2);
    long double c = cosl(lat1 * d) * cosl(lat2 * d), h = u * u + c * v * v;
    return (double)(2 * SAH_EARTH_RADIUS_KM * atan2l(sqrtl(h), sqrtl(1 - h)));
}

static void distances_agree_with_the_haversine(void **state) {
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 100000; i++) {
        double reach = i % 2 ? 60.0 : 0.01;
        double lon = chance_between(&seed, -100, 100),
               lat = chance_between(&seed, -29, 29);
        double lon2 = lon + chance_between(&seed, -reach, reach);
        double lat2 = lat + chance_between(&seed, -reach, reach);
        double right = reference_km(lon, lat, lon2, lat2);
        assert_true(fabs(sah_distance_km(lon, lat, lon2, lat2) - right) <=
                    1e-12 * right);
    }
}

static void distance_is_a_metric(void **state) {
    (void)state;
    uint64_t seed = 2;
    for (int i = 0; i < 20000; i++) {
        double p[6];
        for (int k = 0; k < 6; k += 2) {
            p[k] = chance_between(&seed, -180, 180);
            p[k + 1] = chance_between(&seed, -90, 90);
        }
        double ab = sah_distance_km(p[0], p[1], p[2], p[3]);
        double bc = sah_distance_km(p[2], p[3], p[4], p[5]);
        double ac = sah_distance_km(p[0], p[1], p[4], p[5]);
        assert_true(ab == sah_distance_km(p[2], p[3], p[0], p[1]));
        assert_true(ac <= (ab + bc) * (1.0 + 1e-14));
        assert_true(sah_distance_km(p[0], p[1], p[0], p[1]) == 0.0);
    }
}

static void known_distances(void **state) {
    (void)state;
    double half = SAH_PI * SAH_EARTH_RADIUS_KM;
    assert_true(fabs(sah_distance_km(0, 0, 180, 0) - half) < 1e-9);
    assert_true(fabs(sah_distance_km(17, -90, -40, 90) - half) < 1e-9);
    assert_true(fabs(sah_distance_km(10, 20, -170, -20) - half) < 1e-9);
    assert_true(fabs(sah_distance_km(0, 0, 90, 0) - half / 2) < 1e-9);
    assert_true(fabs(sah_distance_km(179.5, 0, -179.5, 0) - half / 180) < 1e-9);
    double bamako_niamey = sah_distance_km(-8.0, 12.65, 2.11, 13.514);
    assert_true(bamako_niamey > 1090 && bamako_niamey < 1105);
}

static void areas_add_up(void **state) {
    (void)state;
    double globe = 4.0 * SAH_PI * SAH_EARTH_RADIUS_KM * SAH_EARTH_RADIUS_KM, sum = 0.0;
    assert_true(fabs(sah_area_km2(-180, -90, 180, 90) / globe - 1.0) < 1e-14);
    for (int i = 0; i < 3600; i++)
        sum += 7200 * sah_area_km2(0, -90 + 0.05 * i, 0.05, -90 + 0.05 * (i + 1));
    assert_true(fabs(sum / globe - 1.0) < 1e-12);
    assert_true(sah_area_km2(3, 5, 3, 9) == 0.0);
    /* quarter_degree_cells.csv and priogrid_cells.csv round to 0.1 */
    assert_true(fabs(sah_area_km2(8.75, 4.0, 9.0, 4.25) - 770.8) < 0.5);
    assert_true(fabs(sah_area_km2(-8.0, 4.0, -7.5, 4.5) - 3082.6) < 2.0);
}

static void priogrid_ids(void **state) {
    (void)state;
    assert_int_equal(sah_priogrid(-180, -90), 1);
    assert_int_equal(sah_priogrid(180, 90), 259200);
    assert_int_equal(sah_priogrid(179.75, 89.75), 259200);
    assert_int_equal(sah_priogrid(-7.75, 4.25), 135705); /* row 189, col 345 */
    assert_int_equal(sah_priogrid(-7.5001, 4.4999), 135705);
    assert_int_equal(sah_priogrid(5.75, 4.25), 135732);
    assert_int_equal(sah_priogrid(8.875, 4.125), 135738);
    assert_int_equal(sah_priogrid(9.125, 4.125), 135739);
    assert_int_equal(sah_priogrid(180.1, 0), -1);
    assert_int_equal(sah_priogrid(0, -90.1), -1);
    assert_int_equal(sah_priogrid(NAN, 0), -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances_agree_with_the_haversine),
        cmocka_unit_test(distance_is_a_metric),
        cmocka_unit_test(known_distances),
        cmocka_unit_test(areas_add_up),
        cmocka_unit_test(priogrid_ids),
    };
    return cmocka_run_group_tests_name("sphere", tests, NULL, NULL);
}
