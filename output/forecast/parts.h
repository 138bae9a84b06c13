/* What each part of the layer says of each cell, seen from one month; for layer.c. */
#ifndef SAH_OUTPUT_FORECAST_PARTS_H
#define SAH_OUTPUT_FORECAST_PARTS_H
#include "output/forecast/layer.h"
#include "output/forecast/score.h"

struct sah_part_value {
    float value;
    double weight;
};

struct sah_place {
    double lon, lat, narrow; /* of a cell; cosine of the latitude */
};

struct sah_parts {
    struct sah_place place[SAH_FORECAST_CELLS];
    const struct sah_panel *panel;
    enum sah_panel_kind kind;
    struct sah_window window;
    double often[SAH_LAYER_PARTS][SAH_FORECAST_CELLS]; /* chance of any death */
    size_t nsizes;
    float *size; /* [nsizes] deaths of all cells and months with any, sorted */
    double size_bin[SAH_SCORE_BINS];
};
/* `window` is copied. Free in any case. */
int sah_parts_make(struct sah_parts *parts, const struct sah_panel *panel,
                   enum sah_panel_kind kind, const struct sah_window *window,
                   struct sah_error *err);
void sah_parts_free(struct sah_parts *parts);

/* Values a part adds to the law of a cell, whose weights sum to 1; at most
 * sah_parts_most of them. */
size_t sah_parts_most(const struct sah_parts *parts);
size_t sah_parts_law(const struct sah_parts *parts, enum sah_layer_part part, int cell,
                     struct sah_part_value *value);
void sah_parts_bins(const struct sah_parts *parts, enum sah_layer_part part, int cell,
                    struct sah_part_value *room, double bin[static SAH_SCORE_BINS]);

#endif
