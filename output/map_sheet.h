/* A map being made: what is settled between the request and the drawing. */
#ifndef SAH_OUTPUT_MAP_SHEET_H
#define SAH_OUTPUT_MAP_SHEET_H
#include "output/legend.h"
#include "output/map_layer.h"
#include "output/page.h"

enum { SAH_SHEET_LEGENDS = 2, SAH_SHEET_LINE = 256 };

struct sah_sheet {
    const struct sah_map *map;
    struct sah_layer layer;
    struct sah_map_layout layout;
    struct sah_legend_key *key;
    struct sah_legend legend[SAH_SHEET_LEGENDS];
    size_t nlegends;
    char legend_title[SAH_SHEET_LINE], legend_note[SAH_SHEET_LINE];
};

/* Settles scale, colours, legends and layout. Free in any case. */
int sah_sheet_init(struct sah_sheet *sheet, const struct sah_map *map, double width_pt,
                   struct sah_error *err);
void sah_sheet_free(struct sah_sheet *sheet);

/* Fills layout from the map's shape and the legends' heights. */
void sah_sheet_arrange(struct sah_sheet *sheet, double width_pt);

#define SAH_SHEET_LEGEND_PT 7.0 /* type */

#endif
