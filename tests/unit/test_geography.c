/* Geographies: tables become structs, ethnic shares find their regions, mistakes are
 * named by file and line; the tables we publish are whole. */
#include "sim/kernel/geography.h"
#include "tests/support/alloc.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_geography.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct sah_geography *tiny(void) {
    struct sah_geography *geo;
    assert_int_equal(tiny_parse(NULL, NULL, &geo, NULL), 0);
    return geo;
}

/* With one table replaced, the reading fails and says so. */
static void assert_refused(const char *name, const char *text, const char *message) {
    struct sah_geography *geo;
    struct sah_error err = {0};
    assert_int_equal(tiny_parse(name, text, &geo, &err), SAH_INPUT);
    assert_null(geo);
    assert_string_equal(err.text, message);
    sah_error_clear(&err);
}

static void tables_become_structs(void **state) {
    (void)state;
    struct sah_geography *geo = tiny();
    assert_int_equal(geo->ncountries, 2);
    assert_string_equal(geo->country[1].capital, "Bcity");
    assert_int_equal(geo->nregions, 3);
    assert_int_equal(geo->region[2].country, 1);
    assert_int_equal(geo->group[0].livelihood, SAH_HERDING);
    assert_int_equal(geo->group[2].livelihood, SAH_TRADE);
    assert_true(geo->nplaces == 1 && geo->place[0].people == 90 &&
                geo->place[0].rank == 0);
    assert_true(geo->ngold == 1 && geo->gold[0].weight == 2 &&
                geo->gold[0].from_year == 2016);
    assert_true(geo->nparks == 1 && geo->park[0].radius_km == 15);
    assert_string_equal(geo->base[0].kind, "garrison");
    assert_int_equal(geo->ncells, 3);
    assert_true(geo->table_deg == 0.5);
    assert_true(geo->cell[1].protected_share == 0.5f && geo->cell[2].region == 2);
    assert_int_equal(sah_geography_country(geo, "BBB"), 1);
    assert_int_equal(sah_geography_country(geo, "CCC"), -1);
    assert_int_equal(sah_geography_region(geo, "AAA-2"), 1);
    assert_int_equal(sah_geography_group(geo, "other"), 2);
    sah_geography_free(geo);
    sah_geography_free(NULL);
}

static void lines_end_where_parts_change(void **state) {
    (void)state;
    struct sah_geography *geo = tiny();
    assert_int_equal(geo->nlines, 3);
    assert_string_equal(geo->line[0].layer, "border");
    assert_string_equal(geo->line[0].name, "");
    assert_true(geo->line[0].n == 2 && geo->line[1].n == 3 && geo->line[2].n == 2);
    assert_true(geo->line[1].lat[2] == 10.4f && geo->line[2].lon[1] == 2.0f);
    sah_geography_free(geo);
}

static void shares_by_region_country_or_other(void **state) {
    (void)state;
    struct sah_geography *geo = tiny();
    const double *share = geo->ethnic_share;
    assert_true(share[0] == 0.4 && share[1] == 0.6 && share[2] == 0.0);
    assert_true(share[3] == 1.0 && share[4] == 0.0); /* 0.99 scaled */
    assert_true(share[6] == 0.0 && share[7] == 0.0 &&
                share[8] == 1.0); /* not mentioned */
    sah_geography_free(geo);
}

static void files_are_kept_verbatim(void **state) {
    (void)state;
    struct sah_geography *geo = tiny(), *again;
    assert_int_equal(geo->nfiles, TINY_FILES);
    for (int i = 0; i < TINY_FILES; i++) {
        assert_string_equal(geo->file[i].name, tiny_texts[i][0]);
        assert_string_equal(geo->file[i].text, tiny_texts[i][1]);
    }
    assert_int_equal(sah_geography_parse(geo->file, geo->nfiles, &again, NULL), 0);
    assert_int_equal(again->ncells, geo->ncells);
    sah_geography_free(again);
    sah_geography_free(geo);
}

static void missing_files_are_named(void **state) {
    (void)state;
    struct sah_geography *geo;
    struct sah_error err = {0};
    assert_int_equal(sah_geography_parse(NULL, 0, &geo, &err), SAH_MISSING);
    assert_null(geo);
    assert_int_equal(err.count, 10);
    assert_non_null(strstr(err.text, "cells.csv: is not there\n"));
    sah_error_clear(&err);
    assert_int_equal(sah_geography_read("/nonexistent", &geo, &err), SAH_MISSING);
    assert_int_equal(err.count, 10);
    assert_non_null(strstr(err.text, "/nonexistent/cells.csv: No such file"));
    sah_error_clear(&err);
    assert_false(sah_geography_found("/nonexistent"));
    assert_true(sah_geography_found("scenarios/geography"));
}

static void bad_names_are_refused(void **state) {
    (void)state;
    assert_refused("countries.csv", "iso3,name,capital,lon,lat\n",
                   "countries.csv: must have 1 to 5000 rows\n");
    assert_refused("countries.csv",
                   "iso3,name,capital,lon,lat\nAAA,a,b,0,0\nBBB,c,d,0,0\nAAA,e,f,0,0\n",
                   "countries.csv:4: iso3 = AAA: stands there twice\n");
    assert_refused("regions.csv", "region,iso3,name,lon,lat\nAAA-1,ABC,One,0,0\n",
                   "regions.csv:2: iso3 = ABC: no such country\n");
    assert_refused("groups.csv", "group,name,livelihood\nx,X,fishing\n",
                   "groups.csv:2: livelihood = fishing: no such livelihood\n");
    assert_refused("places.csv", "name,iso3,lon,lat,people\n",
                   "places.csv: has no column rank\n");
    assert_refused("bases.csv", "name,iso3,lon,lat,kind\nX,AAA,0,99,garrison\n",
                   "bases.csv:2: lat = 99: must lie in -90..90\n");
}

static void mistakes_of_several_tables_are_all_told(void **state) {
    (void)state;
    struct sah_geo_file file[TINY_FILES];
    for (int i = 0; i < TINY_FILES; i++) {
        file[i] = (struct sah_geo_file){(char *)(uintptr_t)tiny_texts[i][0],
                                        (char *)(uintptr_t)tiny_texts[i][1],
                                        strlen(tiny_texts[i][1])};
        if (i == 5 || i == 7) file[i].length = 10;
    }
    struct sah_geography *geo;
    struct sah_error err = {0};
    assert_int_equal(sah_geography_parse(file, TINY_FILES, &geo, &err), SAH_INPUT);
    assert_non_null(strstr(err.text, "gold.csv: has no column"));
    assert_non_null(strstr(err.text, "bases.csv: has no column"));
    sah_error_clear(&err);
}

static void bad_shares_are_refused(void **state) {
    (void)state;
#define HEAD "region,group,share\n"
    assert_refused(
        "ethnicity.csv", HEAD "AAA-1,fulani,0.5\nAAA-1,other,0.4\nAAA-*,other,1\n",
        "ethnicity.csv:3: region = AAA-1: the shares add up to 0.9, not to 1\n");
    assert_refused("ethnicity.csv",
                   HEAD "AAA-9,fulani,1\nCCC-*,fulani,1\nA-*,other,1\n",
                   "ethnicity.csv:2: region = AAA-9: no such region\n"
                   "ethnicity.csv:3: region = CCC-*: no such region\n"
                   "ethnicity.csv:4: region = A-*: no such region\n");
    assert_refused("ethnicity.csv", HEAD "AAA-*,fulani,0.5\nAAA-*,fulani,0.5\n",
                   "ethnicity.csv:3: group = fulani: stands there twice for AAA-*\n");
    assert_refused("ethnicity.csv", HEAD "AAA-1,fulani,1\n",
                   "ethnicity.csv: has no row for AAA-2 and none for AAA-*\n");
    assert_refused("ethnicity.csv", HEAD "AAA-*,moon,1\nAAA-*,other,1.5\n",
                   "ethnicity.csv:2: group = moon: no such group\n"
                   "ethnicity.csv:3: share = 1.5: must lie in 0..1\n");
    assert_refused("groups.csv",
                   "group,name,livelihood\nfulani,F,herding\nbambara,B,farming\n",
                   "ethnicity.csv: has no row for BBB-1 and none for BBB-*\n");
}

#define CELLS                                                                       \
    "lon,lat,country,region,land,people_2000,people_2020,elevation_m,ruggedness_m," \
    "river,lake,road,border_km,capital_km,town_km,pasture,protected,urban\n"
#define REST ",1,0,0,0,0,0,0,0,0,0,0,0,0,0\n"

static void bad_cells_are_refused(void **state) {
    (void)state;
    assert_refused("cells.csv", CELLS "0.25,0.25,AAA,AAA-1" REST,
                   "cells.csv: must have two cells or more, to tell their size\n");
    assert_refused("cells.csv",
                   CELLS "0.25,0,AAA,AAA-1" REST "0.75,0,AAA,AAA-1" REST
                         "1.6,0,AAA,AAA-1" REST,
                   "cells.csv:4: lon = 1.6: is off the lattice of 0.5\n");
    assert_refused("cells.csv", CELLS "0.25,0,AAA,AAA-1" REST "0.75,0.8,AAA,AAA-1" REST,
                   "cells.csv:3: lat = 0.8: is off the lattice of 0.5\n");
    assert_refused("cells.csv",
                   CELLS "0.25,0,AAA,AAA-1" REST "0.75,0,AAA,AAA-1" REST
                         "0.75,0,AAA,AAA-2" REST,
                   "cells.csv:4: lon = 0.75: the cell stands there twice\n");
    assert_refused("cells.csv", CELLS "0.25,0,AAA,AAA-1" REST "0.75,0,AAA,BBB-1" REST,
                   "cells.csv:3: region = BBB-1: lies in BBB, the cell in AAA\n");
    struct sah_geography *geo;
    assert_int_equal(tiny_parse("cells.csv",
                                CELLS "0,0,AAA,AAA-1" REST "170,80,AAA,AAA-1" REST
                                      "0.00001,0,AAA,AAA-1" REST,
                                &geo, NULL),
                     SAH_INPUT);
}

static void optional_rows_may_be_missing(void **state) {
    (void)state;
    struct sah_geography *geo;
    assert_int_equal(tiny_parse("lines.csv", "layer,part,name,lon,lat\n", &geo, NULL),
                     0);
    assert_int_equal(geo->nlines, 0);
    sah_geography_free(geo);
    assert_int_equal(
        tiny_parse("gold.csv", "name,lon,lat,radius_km,weight,from_year\n", &geo, NULL),
        0);
    assert_int_equal(geo->ngold, 0);
    sah_geography_free(geo);
}

static void failed_allocations_are_told(void **state) {
    (void)state;
    long n = 0;
    int code = SAH_MEMORY;
    while (code) {
        struct sah_geography *geo;
        alloc_fail_at(++n);
        code = tiny_parse(NULL, NULL, &geo, NULL);
        bool reached = alloc_failed();
        alloc_fail_at(0);
        assert_int_equal(code, reached ? SAH_MEMORY : 0);
        sah_geography_free(geo);
    }
    assert_true(n > 60);
}

static void folders_are_read(void **state) {
    (void)state;
    char folder[] = "/tmp/sahel-geography-XXXXXX", path[128];
    assert_non_null(mkdtemp(folder));
    for (int i = 0; i < TINY_FILES; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, tiny_texts[i][0]);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        const char *text = i == 4 ? "name,iso3,lon,lat,people,rank\nX,AAA,0,0,-1,0\n"
                                  : tiny_texts[i][1];
        fputs(text, file);
        fclose(file);
    }
    struct sah_geography *geo;
    struct sah_error err = {0};
    assert_int_equal(sah_geography_read(folder, &geo, &err), SAH_INPUT);
    snprintf(path, sizeof path,
             "%s/places.csv:2: people = -1: must lie in 0..1000000000\n", folder);
    assert_string_equal(err.text, path);
    sah_error_clear(&err);
    for (int i = 0; i < TINY_FILES; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, tiny_texts[i][0]);
        remove(path);
    }
    rmdir(folder);
}

static void published_tables_are_whole(void **state) {
    (void)state;
    struct sah_geography *geo = NULL;
    struct sah_error err = {0};
    sah_geography_read("scenarios/geography", &geo, &err);
    if (err.text) fail_msg("%s", err.text);
    assert_true(geo->table_deg == 0.25);
    assert_true(geo->ncells > 10000 && geo->nplaces > 300 && geo->nlines > 100);
    static const char *const theatre[] = {"MLI", "BFA", "NER", "BEN",
                                          "TGO", "GHA", "CIV"};
    for (int i = 0; i < 7; i++)
        assert_true(sah_geography_country(geo, theatre[i]) >= 0);
    for (size_t r = 0; r < geo->nregions; r++) {
        double sum = 0.0;
        for (size_t g = 0; g < geo->ngroups; g++)
            sum += geo->ethnic_share[r * geo->ngroups + g];
        assert_true(fabs(sum - 1.0) < 1e-12);
    }
    sah_geography_free(geo);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_become_structs),
        cmocka_unit_test(lines_end_where_parts_change),
        cmocka_unit_test(shares_by_region_country_or_other),
        cmocka_unit_test(files_are_kept_verbatim),
        cmocka_unit_test(missing_files_are_named),
        cmocka_unit_test(bad_names_are_refused),
        cmocka_unit_test(mistakes_of_several_tables_are_all_told),
        cmocka_unit_test(bad_shares_are_refused),
        cmocka_unit_test(bad_cells_are_refused),
        cmocka_unit_test(optional_rows_may_be_missing),
        cmocka_unit_test(failed_allocations_are_told),
        cmocka_unit_test(folders_are_read),
        cmocka_unit_test(published_tables_are_whole),
    };
    return cmocka_run_group_tests_name("geography", tests, NULL, NULL);
}
