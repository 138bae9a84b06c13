/* Settling a map: one scale for all panels, the colours of actors, the legends. */
#include "output/map_sheet.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t values_per_panel(const struct sah_map *map) {
    bool actors = map->field->look == SAH_LOOK_ACTORS;
    return (size_t)map->grid->ncells * (actors ? map->actors->n : 1);
}

/* One scale over all panels. */
static int settle_scale(struct sah_sheet *sheet, struct sah_error *err) {
    const struct sah_map *map = sheet->map;
    size_t each = values_per_panel(map);
    double *all = malloc(map->npanels * each * sizeof *all + 1);
    if (!all)
        return sah_error_add(err, SAH_MEMORY, "no memory for the values of a map");
    for (size_t i = 0; i < map->npanels; i++)
        memcpy(all + i * each, map->panel[i].value, each * sizeof *all);
    sheet->layer.field =
        sah_map_field_settle(map->field, all, map->npanels * each, &sheet->layer.scale);
    free(all);
    return SAH_OK;
}

static int settle_actors(struct sah_sheet *sheet, struct sah_error *err) {
    const struct sah_axis *axis = sheet->map->actors;
    sheet->layer.actor = malloc((axis->n + 1) * sizeof *sheet->layer.actor);
    if (!sheet->layer.actor)
        return sah_error_add(err, SAH_MEMORY, "no memory for the actors of a map");
    sah_actor_colours(axis->label, axis->n, sheet->layer.actor);
    return SAH_OK;
}

/* Whether `text` holds `part`, whatever the case. */
static bool holds(const char *text, const char *part) {
    size_t n = strlen(part);
    for (; *text; text++) {
        size_t i = 0;
        while (i < n &&
               tolower((unsigned char)text[i]) == tolower((unsigned char)part[i]))
            i++;
        if (i == n) return true;
    }
    return n == 0;
}

/* "Deaths per cell", "Wealth (CFA per person)". */
static void write_legend_title(struct sah_sheet *sheet) {
    const struct sah_map_field *field = &sheet->layer.field;
    const char *what = field->what ? field->what : field->title;
    const char *unit = sheet->map->unit ? sheet->map->unit : "1";
    if (!what) what = sheet->map->title ? sheet->map->title : "Value";
    bool counts =
        strcmp(unit, "1") == 0 || (field->what && strcmp(unit, "persons") == 0);
    bool tell = !field->total && !counts && !holds(what, unit);
    snprintf(sheet->legend_title, sizeof sheet->legend_title, "%s%s%s%s%s", what,
             field->total ? " per cell" : "", tell ? " (" : "", tell ? unit : "",
             tell ? ")" : "");
}

static void write_legend_note(struct sah_sheet *sheet) {
    char low[SAH_NUMBER_TEXT];
    if (sheet->layer.scale.kind != SAH_SCALE_LOG) return;
    sah_tick_text(sheet->layer.scale.low, low);
    snprintf(sheet->legend_note, sizeof sheet->legend_note,
             "logarithmic, blank below %s", low);
}

static struct sah_legend *add_legend(struct sah_sheet *sheet,
                                     enum sah_legend_kind kind) {
    struct sah_legend *legend = &sheet->legend[sheet->nlegends++];
    *legend =
        (struct sah_legend){.kind = kind,
                            .title = sheet->legend_title,
                            .note = sheet->legend_note[0] ? sheet->legend_note : NULL,
                            .type_pt = SAH_SHEET_LEGEND_PT,
                            .scale = sheet->layer.scale,
                            .ramp = sheet->layer.field.ramp};
    return legend;
}

static bool actor_seen(const struct sah_sheet *sheet, size_t actor) {
    size_t ncells = (size_t)sheet->map->grid->ncells;
    for (size_t p = 0; p < sheet->map->npanels; p++) {
        const struct sah_map_panel *panel = &sheet->map->panel[p];
        if (panel->actor >= 0 && (size_t)panel->actor != actor) continue;
        const double *value = panel->value + actor * ncells;
        for (size_t i = 0; i < ncells; i++) {
            if (!isnan(sah_scale_at(&sheet->layer.scale, value[i])) && value[i] > 0)
                return true;
        }
    }
    return false;
}

static void add_actor_keys(struct sah_sheet *sheet) {
    const struct sah_axis *axis = sheet->map->actors;
    size_t n = 0;
    for (size_t i = 0; i < axis->n; i++) {
        if (!actor_seen(sheet, i)) continue;
        sheet->key[n++] = (struct sah_legend_key){
            sheet->layer.actor[i], axis->title ? axis->title[i] : axis->label[i]};
    }
    struct sah_legend *legend = add_legend(sheet, SAH_LEGEND_KEYS);
    legend->title = n ? "Strongest actor in the cell" : "No actor is present";
    legend->note = NULL;
    legend->key = sheet->key, legend->nkeys = n;
}

/* Titles of panels then say who is shown. */
static bool one_actor_each(const struct sah_map *map) {
    for (size_t i = 0; i < map->npanels; i++) {
        if (map->panel[i].actor < 0 || !map->panel[i].title) return false;
    }
    return true;
}

static void add_zone_keys(struct sah_sheet *sheet) {
    const struct sah_map_field *field = &sheet->layer.field;
    size_t n = 0;
    for (; n < SAH_MAX_ZONES && field->zone[n]; n++)
        sheet->key[n] = (struct sah_legend_key){sah_layer_zone(&sheet->layer, (int)n),
                                                field->zone[n]};
    struct sah_legend *legend = add_legend(sheet, SAH_LEGEND_KEYS);
    legend->key = sheet->key, legend->nkeys = n;
}

static void add_circles(struct sah_sheet *sheet) {
    struct sah_legend *legend = add_legend(sheet, SAH_LEGEND_CIRCLES);
    legend->colour = sah_ramp_at(sheet->layer.field.ramp, 0.72);
    legend->radius_pt = sheet->layer.radius_pt;
    legend->note = "area of the circle";
}

static int settle_legends(struct sah_sheet *sheet, struct sah_error *err) {
    size_t nactors = sheet->map->actors ? sheet->map->actors->n : 0;
    sheet->key = calloc(nactors + SAH_MAX_ZONES, sizeof *sheet->key);
    if (!sheet->key) return sah_error_add(err, SAH_MEMORY, "no memory for a legend");
    write_legend_title(sheet);
    write_legend_note(sheet);
    switch (sheet->layer.field.look) {
    case SAH_LOOK_ZONES:
        add_zone_keys(sheet);
        break;
    case SAH_LOOK_CIRCLES:
        add_circles(sheet);
        break;
    case SAH_LOOK_ACTORS:
        if (!one_actor_each(sheet->map)) add_actor_keys(sheet);
        add_legend(sheet, SAH_LEGEND_BAR);
        break;
    case SAH_LOOK_CELLS:
    case SAH_LOOK_OPEN:
        add_legend(sheet, SAH_LEGEND_BAR);
        break;
    }
    return SAH_OK;
}

int sah_sheet_init(struct sah_sheet *sheet, const struct sah_map *map, double width_pt,
                   struct sah_error *err) {
    *sheet = (struct sah_sheet){.map = map, .layer.map = map};
    SAH_BUG_IF(map->npanels == 0, "a map without panels");
    SAH_BUG_IF(map->field->look == SAH_LOOK_ACTORS && !map->actors,
               "a map of actors without their names");
    sheet->layer.radius_pt = map->npanels == 1 ? 9 : map->npanels <= 4 ? 7 : 5.5;
    int code = settle_scale(sheet, err);
    if (!code && sheet->layer.field.look == SAH_LOOK_ACTORS)
        code = settle_actors(sheet, err);
    if (!code) code = settle_legends(sheet, err);
    if (!code) sah_sheet_arrange(sheet, width_pt);
    return code;
}

void sah_sheet_free(struct sah_sheet *sheet) {
    free(sheet->layer.actor);
    free(sheet->key);
    *sheet = (struct sah_sheet){0};
}
