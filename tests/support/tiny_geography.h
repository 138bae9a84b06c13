/* A land of two countries, small enough to check by hand: four half-degree cells in a
 * row along 10..10.5 north from 0 to 2 east, the third at sea.
 *
 *     0.25  AAA a1 land 1.0  people 100 -> 400
 *     0.75  AAA a2 land 0.5  people   0 -> 50
 *     1.25  sea
 *     1.75  BBB b1 land 0.8  people  10 -> 10                                     */
#ifndef SAH_TESTS_TINY_GEOGRAPHY_H
#define SAH_TESTS_TINY_GEOGRAPHY_H
#include "sim/kernel/geography.h"

#include <string.h>

enum { TINY_FILES = 10 };

static const char *const tiny_texts[TINY_FILES][2] = {
    {"countries.csv", "# two\niso3,name,capital,lon,lat\n"
                      "AAA,Aland,Acity,0.1,10.1\nBBB,Bland,Bcity,1.9,10.4\n"},
    {"regions.csv", "region,iso3,name,lon,lat\nAAA-1,AAA,A one,0.25,10.25\n"
                    "AAA-2,AAA,A two,0.75,10.25\nBBB-1,BBB,B one,1.75,10.25\n"},
    {"groups.csv",
     "group,name,livelihood\nfulani,Fulani,herding\nbambara,Bambara,farming\n"
     "other,Others,trade\n"},
    {"ethnicity.csv", "region,group,share,basis\nAAA-*,bambara,0.6,rank\n"
                      "AAA-*,fulani,0.4,rank\nAAA-2,fulani,0.99,rank\n"},
    {"places.csv", "name,iso3,lon,lat,people,rank\nAcity,AAA,0.1,10.1,90,0\n"},
    {"gold.csv", "name,lon,lat,radius_km,weight,from_year,basis\n"
                 "Pit,0.25,10.25,20,2,2016,made up\n"},
    {"protected.csv",
     "name,iso3,lon,lat,radius_km,basis\nForest,AAA BBB,1,10.25,15,x\n"},
    {"bases.csv", "name,iso3,lon,lat,kind,basis\nAcity,AAA,0.1,10.1,garrison,x\n"},
    {"cells.csv", "lon,lat,country,region,land,people_2000,people_2020,elevation_m,"
                  "ruggedness_m,river,"
                  "lake,road,border_km,capital_km,town_km,pasture,protected,urban\n"
                  "0.25,10.25,AAA,AAA-1,1,100,400,300,20,1,0,1,100,10,10,0.5,0,0.2\n"
                  "0.75,10.25,AAA,AAA-2,0.5,0,50,600,40,0,0.25,0,60,50,50,0.25,0.5,0\n"
                  "1.75,10.25,BBB,BBB-1,0.8,10,10,900,60,0,0,0,20,20,20,0,1,0\n"},
    {"lines.csv", "layer,part,name,lon,lat\nborder,0,,1,10\nborder,0,,1,10.5\n"
                  "river,0,Niger,0,10\nriver,0,Niger,0.5,10.2\nriver,0,Niger,1,10.4\n"
                  "river,1,Niger,1.5,10\nriver,1,Niger,2,10.4\n"},
};

/* The tables, one of them replaced where `name` is not NULL. */
static inline int tiny_parse(const char *name, const char *text,
                             struct sah_geography **geo, struct sah_error *err) {
    struct sah_geo_file file[TINY_FILES];
    for (int i = 0; i < TINY_FILES; i++) {
        const char *from = tiny_texts[i][1];
        if (name && strcmp(name, tiny_texts[i][0]) == 0) from = text;
        file[i].name = (char *)(uintptr_t)tiny_texts[i][0];
        file[i].text = (char *)(uintptr_t)from;
        file[i].length = strlen(from);
    }
    return sah_geography_parse(file, TINY_FILES, geo, err);
}

#endif
