/* The table of known fields. */
#include "output/map_fields.h"

#include <math.h>
#include <string.h>

static const struct sah_map_field FIELDS[] = {
    {.name = "events",
     .look = SAH_LOOK_CIRCLES,
     .ramp = SAH_RAMP_EMBER,
     .scale = SAH_SCALE_LINEAR,
     .floor = 1,
     .title = "Violent events",
     .what = "Events",
     .total = true},
    {.name = "deaths",
     .look = SAH_LOOK_CELLS,
     .ramp = SAH_RAMP_EMBER,
     .scale = SAH_SCALE_LOG,
     .floor = 1,
     .title = "Deaths in organised violence",
     .what = "Deaths",
     .total = true},
    {.name = "control",
     .look = SAH_LOOK_ZONES,
     .ramp = SAH_RAMP_RULE,
     .scale = SAH_SCALE_STEPS,
     .title = "Control of territory",
     .what = "Zone of control",
     .where = "people",
     .zone_low = -2,
     .zone = {"state rules", "state stronger", "contested", "insurgents stronger",
              "insurgents rule"}},
    {.name = "presence",
     .look = SAH_LOOK_ACTORS,
     .ramp = SAH_RAMP_INK,
     .scale = SAH_SCALE_LOG,
     .floor = 1,
     .title = "Presence of armed actors",
     .what = "Fighters felt in the cell"},
    {.name = "displaced",
     .look = SAH_LOOK_CELLS,
     .ramp = SAH_RAMP_DUSK,
     .scale = SAH_SCALE_LOG,
     .floor = 100,
     .title = "Displaced people",
     .what = "Displaced people",
     .total = true},
    {.name = "people",
     .look = SAH_LOOK_CELLS,
     .ramp = SAH_RAMP_TIDE,
     .scale = SAH_SCALE_LOG,
     .floor = 100,
     .title = "Population",
     .what = "People",
     .total = true},
    {.name = "state",
     .look = SAH_LOOK_CELLS,
     .ramp = SAH_RAMP_TIDE,
     .scale = SAH_SCALE_LINEAR,
     .title = "Presence of the state",
     .what = "State presence",
     .where = "people"},
    {.name = "soldiers",
     .look = SAH_LOOK_CELLS,
     .ramp = SAH_RAMP_TIDE,
     .scale = SAH_SCALE_LOG,
     .floor = 1,
     .title = "National soldiers felt",
     .what = "Soldiers felt in the cell"},
    {.name = "scdi",
     .look = SAH_LOOK_ZONES,
     .ramp = SAH_RAMP_EMBER,
     .scale = SAH_SCALE_STEPS,
     .title = "Density and clustering of violence",
     .what = "Events in the area",
     .zone_low = 1,
     .zone = {"dispersed, low density", "clustered, low density",
              "dispersed, high density", "clustered, high density"}},
    {.name = "city",
     .look = SAH_LOOK_ZONES,
     .ramp = SAH_RAMP_RULE,
     .scale = SAH_SCALE_STEPS,
     .title = "Who stands where",
     .what = "In the cell",
     .zone_low = -2,
     .zone = {"police", "quiet", "nobody", "arrested here, in jail", "in rebellion"}},
    {.name = "groups",
     .look = SAH_LOOK_ZONES,
     .ramp = SAH_RAMP_RULE,
     .scale = SAH_SCALE_STEPS,
     .title = "Two peoples",
     .what = "In the cell",
     .zone_low = -2,
     .zone = {"blue, violent", "blue", "neither", "red", "red, violent"}},
    {.name = "rebellion",
     .look = SAH_LOOK_CELLS,
     .ramp = SAH_RAMP_EMBER,
     .scale = SAH_SCALE_LINEAR,
     .title = "Days of rebellion",
     .what = "Days in rebellion",
     .total = true},
    {.name = "foreign",
     .look = SAH_LOOK_CELLS,
     .ramp = SAH_RAMP_TIDE,
     .scale = SAH_SCALE_LOG,
     .floor = 1,
     .title = "Foreign soldiers felt",
     .what = "Soldiers felt in the cell"},
};

static const struct sah_map_field ANYTHING = {.look = SAH_LOOK_OPEN,
                                              .ramp = SAH_RAMP_DUSK};

const struct sah_map_field *sah_map_field_find(const char *name) {
    for (size_t i = 0; i < sizeof FIELDS / sizeof FIELDS[0]; i++) {
        if (strcmp(FIELDS[i].name, name) == 0) return &FIELDS[i];
    }
    return &ANYTHING;
}

struct range {
    double min, max, least_positive;
};

static struct range range_of(const double *value, size_t n) {
    struct range range = {INFINITY, -INFINITY, INFINITY};
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(value[i])) continue;
        range.min = fmin(range.min, value[i]);
        range.max = fmax(range.max, value[i]);
        if (value[i] > 0) range.least_positive = fmin(range.least_positive, value[i]);
    }
    if (range.min > range.max) range.min = range.max = 0;
    return range;
}

static void choose(struct sah_map_field *field, const struct range *range) {
    field->look = SAH_LOOK_CELLS;
    if (range->min < 0 && range->max > 0) {
        field->scale = SAH_SCALE_SYMMETRIC;
        field->ramp = SAH_RAMP_RULE;
    } else if (range->min >= 0 && range->max > 1000 * range->least_positive) {
        field->scale = SAH_SCALE_LOG;
        field->floor = pow(10, floor(log10(range->least_positive)));
        field->floor = fmax(field->floor, range->max / 1e6);
    } else {
        field->scale = SAH_SCALE_LINEAR;
    }
}

struct sah_map_field sah_map_field_settle(const struct sah_map_field *known,
                                          const double *value, size_t n,
                                          struct sah_scale *scale) {
    struct sah_map_field field = *known;
    struct range range = range_of(value, n);
    if (field.look == SAH_LOOK_OPEN) choose(&field, &range);
    if (field.look == SAH_LOOK_CIRCLES) range.min = 0;
    if (field.look == SAH_LOOK_ZONES) {
        int zones = 0;
        while (zones < SAH_MAX_ZONES && field.zone[zones]) zones++;
        range.min = field.zone_low, range.max = field.zone_low + zones - 1;
    }
    *scale = sah_scale_fit(field.scale, range.min, range.max, field.floor);
    return field;
}
