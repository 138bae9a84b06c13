/* The Spatial Conflict Dynamics indicator of OECD and SWAC 2020, "The Geography of
 * Conflict in North and West Africa": is violence of an area dense or sparse, clustered
 * or dispersed?
 *
 *     density        events per km2 and year; high from 0.0017 on
 *     concentration  mean distance from an event to its nearest neighbour in the area,
 *                    over 0.5 / sqrt(events per km2), what chance would give (Clark and
 *                    Evans 1954); clustered below 1
 *
 * Changed: areas are cells of half a degree, or two cells of the run where that is more,
 * not 50 km squares; an event alone in its area counts as dispersed (assumed); events of a
 * run, whose place is known to the cell alone, lie anywhere in it. */
#ifndef SAH_OUTPUT_FACTS_SCDI_H
#define SAH_OUTPUT_FACTS_SCDI_H
#include "output/facts/facts.h"
#include "output/result.h"

#define SAH_SCDI_DENSE 0.0017 /* events per km2 and year */

enum sah_scdi {
    SAH_SCDI_NONE,
    SAH_SCDI_DISPERSED_LOW,
    SAH_SCDI_CLUSTERED_LOW,
    SAH_SCDI_DISPERSED_HIGH,
    SAH_SCDI_CLUSTERED_HIGH,
    SAH_SCDI_CLASSES
};
extern const char *const sah_scdi_words[SAH_SCDI_CLASSES];

struct sah_scdi_point {
    double lon, lat;
};
struct sah_scdi_area {
    int32_t row, column; /* in steps of the side, from -180 and -90 */
    size_t n;
    double density, ratio; /* ratio NAN for an event alone */
    enum sah_scdi class;
};
/* Areas with an event, by row and column; points are sorted by area. The caller frees. */
int sah_scdi_areas(struct sah_scdi_point *point, size_t n, double side_deg,
                   double years, struct sah_scdi_area **area, size_t *nareas,
                   struct sah_error *err);

/* A field on the grid of a run: the class of the area of each cell, NAN where nothing
 * happened; all events of the days from..to. */
extern const struct sah_variable sah_scdi_field;
int sah_scdi_over(struct sah_result *result, int32_t from, int32_t to, double *out,
                  struct sah_period *covered, struct sah_error *err);

/* Of a view, year by year. */
struct sah_scdi_year {
    int year;
    size_t areas, of[SAH_SCDI_CLASSES];
};
int sah_scdi_of_year(const struct sah_facts_view *view, int year,
                     struct sah_scdi_year *row, struct sah_error *err);

#endif
