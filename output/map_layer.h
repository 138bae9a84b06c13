/* The values of a map panel put on paper: cells of colour or circles. */
#ifndef SAH_OUTPUT_MAP_LAYER_H
#define SAH_OUTPUT_MAP_LAYER_H
#include "output/carto.h"
#include "output/map.h"

struct sah_layer {
    const struct sah_map *map;
    struct sah_map_field field; /* settled */
    struct sah_scale scale;
    struct sah_colour *actor; /* [map->actors->n], or NULL */
    double radius_pt;         /* of the largest circle */
};

/* The colour of a cell; alpha 0 where there is nothing to show. */
struct sah_colour sah_layer_colour(const struct sah_layer *layer,
                                   const struct sah_map_panel *panel, int32_t cell);
/* The colour of a class of SAH_LOOK_ZONES. */
struct sah_colour sah_layer_zone(const struct sah_layer *layer, int zone);

int sah_layer_cells(const struct sah_layer *layer, const struct sah_map_panel *panel,
                    const struct sah_carto *carto, struct sah_error *err);
int sah_layer_circles(const struct sah_layer *layer, const struct sah_map_panel *panel,
                      const struct sah_carto *carto, struct sah_error *err);

#endif
