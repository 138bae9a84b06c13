/* The typography of a sheet: header, panels in rows, legend, a line in the corner. */
#include "output/map_sheet.h"

#include <math.h>

static const double PANEL_TITLE_PT = 13;
static const double GUTTER_PT = 9; /* between panels */
static const double LEGEND_GAP_PT = 9;
static const double SLOT_LEAST_PT = 110; /* narrower is no place for a legend */

static size_t columns_for(size_t npanels) {
    if (npanels <= 3) return npanels;
    if (npanels == 4) return 2;
    return npanels <= 9 ? 3 : npanels <= 16 ? 4 : 5;
}

static double type_for(size_t columns) {
    return columns == 1 ? 7.0 : columns == 2 ? 6.2 : columns == 3 ? 5.6 : 5.0;
}

static double legends_height(const struct sah_sheet *sheet, double width) {
    double height = 0;
    for (size_t i = 0; i < sheet->nlegends; i++)
        height +=
            sah_legend_height(&sheet->legend[i], width) + (i ? LEGEND_GAP_PT / 2 : 0);
    return height;
}

static double aspect_of(const struct sah_grid *g) {
    if (g->plain) return (double)g->nlon / g->nlat;
    return sah_map_aspect(g->west, g->south, g->east, g->north);
}

static void arrange_panels(struct sah_map_layout *l, const struct sah_map *map,
                           double width) {
    const struct sah_grid *g = map->grid;
    l->columns = columns_for(map->npanels);
    l->rows = (map->npanels + l->columns - 1) / l->columns;
    l->width = width;
    l->type_pt = type_for(l->columns);
    l->left = SAH_PAGE_MARGIN_PT;
    if (!g->plain) l->left += sah_carto_degrees_width(l->type_pt);
    double room = width - l->left - SAH_PAGE_MARGIN_PT;
    l->panel_width = (room - GUTTER_PT * (double)(l->columns - 1)) / (double)l->columns;
    l->panel_height = l->panel_width / aspect_of(g);
    double title = map->npanels > 1 ? PANEL_TITLE_PT : 0;
    l->top = SAH_PAGE_MARGIN_PT + SAH_PAGE_HEADER_PT + title;
    l->step_x = l->panel_width + GUTTER_PT;
    l->step_y = l->panel_height + title + GUTTER_PT / 2;
}

/* In the empty place of the last row, if there is one and it is large enough. */
static bool legend_in_slot(struct sah_sheet *sheet, double bottom_pt) {
    struct sah_map_layout *l = &sheet->layout;
    size_t used = sheet->map->npanels - (l->rows - 1) * l->columns;
    double inset = GUTTER_PT;
    double width = (double)(l->columns - used) * l->step_x - 2 * inset;
    if (used == l->columns || width < SLOT_LEAST_PT) return false;
    if (legends_height(sheet, width) > l->panel_height) return false;
    l->legend_width = width;
    l->legend_x = l->left + (double)used * l->step_x + inset;
    l->legend_y = l->top + (double)(l->rows - 1) * l->step_y + bottom_pt / 2;
    return true;
}

void sah_sheet_arrange(struct sah_sheet *sheet, double width_pt) {
    struct sah_map_layout *l = &sheet->layout;
    *l = (struct sah_map_layout){0};
    arrange_panels(l, sheet->map, width_pt);
    bool plain = sheet->map->grid->plain;
    double degrees = plain ? 0 : sah_carto_degrees_height(l->type_pt);
    double bottom =
        l->top + (double)(l->rows - 1) * l->step_y + l->panel_height + degrees;
    if (!legend_in_slot(sheet, degrees)) {
        l->legend_x = l->left;
        l->legend_y = bottom + LEGEND_GAP_PT;
        l->legend_width = width_pt - l->left - SAH_PAGE_MARGIN_PT;
        bottom = l->legend_y + legends_height(sheet, l->legend_width);
    }
    l->height = ceil(bottom + SAH_PAGE_FOOTER_PT + SAH_PAGE_MARGIN_PT);
}
