/* Drawing a settled map: header, panels, legend, corner. */
#include "output/map.h"
#include "output/map_sheet.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const double LEAST_WIDTH_MM = 60; /* narrower than a column of a journal */

int sah_map_layout(const struct sah_map *map, double width_pt,
                   struct sah_map_layout *layout, struct sah_error *err) {
    struct sah_sheet sheet;
    int code = sah_sheet_init(&sheet, map, width_pt, err);
    *layout = sheet.layout;
    sah_sheet_free(&sheet);
    return code;
}

static double total_of(const struct sah_sheet *sheet,
                       const struct sah_map_panel *panel) {
    double total = 0;
    for (int32_t i = 0; i < sheet->map->grid->ncells; i++)
        total += isfinite(panel->value[i]) ? panel->value[i] : 0;
    return total;
}

/* Totals are told as people would: four digits matter. */
static void total_text(double total, char text[static SAH_NUMBER_TEXT]) {
    double unit = total >= 1e6 ? pow(10, floor(log10(total)) - 2) : 1;
    sah_tick_text(unit * round(total / unit), text);
}

/* Header and corner */

static const char *title_of(const struct sah_sheet *sheet) {
    const struct sah_map *map = sheet->map;
    if (map->title) return map->title;
    return map->field->title ? map->field->title : "Map";
}

/* The period, and the total of a single panel of amounts. */
static void write_subtitle(const struct sah_sheet *sheet, char line[SAH_SHEET_LINE]) {
    char total[SAH_NUMBER_TEXT] = "";
    const char *subtitle = sheet->map->subtitle ? sheet->map->subtitle : "";
    bool told = sheet->layer.field.total && sheet->map->npanels == 1;
    if (told) total_text(total_of(sheet, &sheet->map->panel[0]), total);
    snprintf(line, SAH_SHEET_LINE, "%s%s%s%s", subtitle,
             told && *subtitle ? " \u00B7 " : "", told ? "total " : "", total);
}

static void draw_around(const struct sah_sheet *sheet, struct sah_canvas *canvas) {
    const struct sah_grid *g = sheet->map->grid;
    char subtitle[SAH_SHEET_LINE], projection[SAH_SHEET_LINE];
    write_subtitle(sheet, subtitle);
    if (g->plain)
        snprintf(projection, sizeof projection, "a torus");
    else
        snprintf(projection, sizeof projection, "plate carr\u00E9e true at %.4g\u00B0",
                 (g->south + g->north) / 2);
    struct sah_page page = {.title = title_of(sheet),
                            .subtitle = subtitle,
                            .source = sheet->map->source,
                            .mark = sheet->map->mark,
                            .aside = projection,
                            .left = sheet->layout.left,
                            .width = sheet->layout.width,
                            .height = sheet->layout.height};
    sah_page_header(canvas, &page);
    sah_page_corner(canvas, &page);
}

/* Panels */

static void draw_panel_title(const struct sah_sheet *sheet, struct sah_canvas *canvas,
                             const struct sah_map_panel *panel, double x, double y) {
    struct sah_type_style bold = {
        .size_pt = 8, .bold = true, .ink = sah_ink(SAH_INK_TEXT)};
    struct sah_type_style soft = {.size_pt = 7, .ink = sah_ink(SAH_INK_SOFT)};
    bold.max_width_pt = sheet->layout.panel_width;
    double baseline = y - 4;
    if (!panel->title) return;
    sah_canvas_text(canvas, &bold, x, baseline, SAH_AT_LEFT, panel->title);
    if (!sheet->layer.field.total) return;
    char total[SAH_NUMBER_TEXT];
    total_text(total_of(sheet, panel), total);
    sah_canvas_text(canvas, &soft, x + sheet->layout.panel_width, baseline,
                    SAH_AT_RIGHT, total);
}

/* The bottom panel of each column carries degrees. */
static bool lowest(const struct sah_sheet *sheet, size_t i) {
    return i + sheet->layout.columns >= sheet->map->npanels;
}

static struct sah_carto carto_of(const struct sah_sheet *sheet,
                                 struct sah_canvas *canvas, size_t i) {
    const struct sah_map_layout *l = &sheet->layout;
    const struct sah_grid *g = sheet->map->grid;
    size_t row = i / l->columns, column = i % l->columns;
    return (struct sah_carto){
        .canvas = canvas,
        .geo = sheet->map->geo,
        .projection = {g->west, g->south, g->east, g->north,
                       l->left + (double)column * l->step_x,
                       l->top + (double)row * l->step_y, l->panel_width,
                       l->panel_height},
        .type_pt = l->type_pt,
        .left_degrees = column == 0 && !g->plain,
        .bottom_degrees = lowest(sheet, i) && !g->plain,
        .scale_bar = i == 0 && !g->plain,
        .names = true,
    };
}

static int draw_panel(const struct sah_sheet *sheet, struct sah_canvas *canvas,
                      size_t i, struct sah_error *err) {
    const struct sah_map_panel *panel = &sheet->map->panel[i];
    struct sah_carto carto = carto_of(sheet, canvas, i);
    bool circles = sheet->layer.field.look == SAH_LOOK_CIRCLES;
    int code = SAH_OK;
    draw_panel_title(sheet, canvas, panel, carto.projection.x, carto.projection.y);
    sah_carto_ground(&carto);
    if (!circles) code = sah_layer_cells(&sheet->layer, panel, &carto, err);
    if (!code) code = sah_carto_water(&carto, err);
    sah_carto_lines(&carto);
    if (circles) code = sah_layer_circles(&sheet->layer, panel, &carto, err);
    if (!code) code = sah_carto_names(&carto, err);
    sah_carto_frame(&carto);
    return code;
}

static void draw_legends(const struct sah_sheet *sheet, struct sah_canvas *canvas) {
    const struct sah_map_layout *l = &sheet->layout;
    double y = l->legend_y;
    for (size_t i = 0; i < sheet->nlegends; i++) {
        const struct sah_legend *legend = &sheet->legend[i];
        sah_legend_draw(canvas, legend, l->legend_x, y, l->legend_width);
        y += sah_legend_height(legend, l->legend_width) + 4.5;
    }
}

static int draw_sheet(const struct sah_sheet *sheet, const struct sah_picture *picture,
                      struct sah_error *err) {
    struct sah_canvas *canvas;
    int code =
        sah_canvas_open(picture, sheet->layout.height, title_of(sheet), &canvas, err);
    if (code) return code;
    for (size_t i = 0; i < sheet->map->npanels && !code; i++)
        code = draw_panel(sheet, canvas, i, err);
    draw_legends(sheet, canvas);
    draw_around(sheet, canvas);
    if (!code) code = sah_canvas_finish(canvas, err);
    sah_canvas_free(canvas);
    return code;
}

int sah_map_draw(const struct sah_map *map, const struct sah_picture *picture,
                 struct sah_error *err) {
    struct sah_sheet sheet;
    if (sah_picture_width_pt(picture) < LEAST_WIDTH_MM * SAH_POINTS_PER_MM)
        return sah_error_add(err, SAH_INPUT, "%s: a map needs at least %g mm of width",
                             picture->path, LEAST_WIDTH_MM);
    int code = sah_sheet_init(&sheet, map, sah_picture_width_pt(picture), err);
    if (!code) code = draw_sheet(&sheet, picture, err);
    sah_sheet_free(&sheet);
    return code;
}
