/* A comparison as a page: of every field three maps by year, of every outcome its effect. */
#include "output/atlas_impl.h"
#include "output/comparison.h"
#include "output/difference.h"

#include "sim/kernel/calendar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- maps ------------------------------------------------------------------------------ */

static void put_periods(struct sah_json *json, const struct sah_difference *d,
                        int32_t end) {
    sah_json_open(json, "periods", '{');
    for (int k = 0; k < 2; k++) {
        sah_json_open(json, k ? "last" : "first", '[');
        for (size_t y = 0; y < d->nyears; y++) {
            int32_t last = y + 1 < d->nyears ? d->day[y + 1] - 1 : end;
            sah_json_whole(json, NULL, k ? last : d->day[y]);
        }
        sah_json_close(json, '[');
    }
    sah_json_close(json, '{');
}

/* Means over replicates lie between the classes of zones: a colour each. */
static struct sah_map_field look_of(const char *name) {
    struct sah_map_field field = *sah_map_field_find(name);
    if (field.look != SAH_LOOK_OPEN) field.look = SAH_LOOK_CELLS;
    if (field.scale == SAH_SCALE_STEPS) field.scale = SAH_SCALE_LINEAR;
    return field;
}

struct view {
    const char *what; /* in the title, after the field */
    struct sah_map_field look;
    struct sah_scale scale;
    const double *value;
};

static int put_view(struct sah_json *json, const char *name,
                    const struct sah_difference *d, const struct view *view,
                    struct sah_error *err) {
    size_t ncells = (size_t)d->grid.ncells;
    struct sah_atlas_block block = {view->value, d->nyears, ncells, ncells};
    char title[SAH_PLOT_LINE];
    snprintf(title, sizeof title, "%.*s: %s", (int)strcspn(d->doc, ":"), d->doc,
             view->what);
    sah_json_open(json, NULL, '{');
    sah_json_text(json, "name", name);
    sah_json_text(json, "title", title);
    sah_json_text(json, "unit", strcmp(d->unit, "1") == 0 ? "" : d->unit);
    sah_json_text(json, "nature", d->flow ? "sum" : "end");
    sah_atlas_look(json, &view->look, &view->scale);
    int code = sah_atlas_layer(json, &block, err);
    sah_json_close(json, '{');
    return code;
}

/* The difference, then both on one scale. */
static int put_views(struct sah_json *json, const char *name,
                     const struct sah_difference *d, struct sah_error *err) {
    size_t n = d->nyears * (size_t)d->grid.ncells;
    struct sah_map_field known = look_of(name);
    struct sah_map_field apart = {
        .look = SAH_LOOK_CELLS, .ramp = SAH_RAMP_RULE, .scale = SAH_SCALE_SYMMETRIC};
    struct sah_scale both, scale;
    struct sah_map_field settled = sah_map_field_settle(&known, d->arm, 2 * n, &both);
    apart = sah_map_field_settle(&apart, d->value, n, &scale);
    struct view view[3] = {{"b less a", apart, scale, d->value},
                           {"a", settled, both, d->arm},
                           {"b", settled, both, d->arm + n}};
    int code = SAH_OK;
    for (int k = 0; k < 3 && !code; k++) code = put_view(json, name, d, &view[k], err);
    return code;
}

static int put_land(struct sah_json *json, const struct sah_difference *d,
                    struct sah_error *err) {
    struct sah_land *land = NULL;
    int code = d->geo ? sah_land_create(d->geo, &d->grid, &land, err) : SAH_OK;
    sah_atlas_land(json, &d->grid, d->geo, land ? land->country : NULL);
    sah_land_free(land);
    return code;
}

/* `list` is cut into words. The first field brings grid, land and periods. */
static int put_maps(struct sah_json *json, const char *path, char *list, int32_t end,
                    struct sah_error *err) {
    int code = SAH_OK;
    bool first = true;
    for (char *name = list; *name && !code;) {
        struct sah_difference d;
        size_t length = strcspn(name, " ");
        bool more = name[length] != '\0';
        name[length] = '\0';
        code = sah_difference_read(path, name, &d, err);
        if (!code && first) code = put_land(json, &d, err);
        if (!code && first) put_periods(json, &d, end);
        if (first) sah_json_open(json, "fields", '[');
        if (!code) code = put_views(json, name, &d, err);
        sah_difference_free(&d);
        first = false;
        name += length + more;
    }
    if (!first) sah_json_close(json, '[');
    return code;
}

/* ---- effects --------------------------------------------------------------------------- */

static void put_effects(struct sah_json *json, const struct sah_comparison *c) {
    sah_json_open(json, "effects", '{');
    sah_json_text(json, "a", c->a);
    sah_json_text(json, "b", c->b);
    sah_json_whole(json, "replicates", c->replicates);
    sah_json_open(json, "rows", '[');
    for (size_t i = 0; i < c->n; i++) {
        const struct sah_effect *e = &c->effect[i];
        bool nothing = !(e->a != 0) && !(e->b != 0);
        if (nothing || !isfinite(e->effect)) continue;
        sah_json_open(json, NULL, '{');
        sah_json_text(json, "measure", e->measure);
        sah_json_text(json, "unit", strcmp(e->unit, "1") == 0 ? "" : e->unit);
        sah_json_number(json, "a", e->a);
        sah_json_number(json, "b", e->b);
        sah_json_number(json, "effect", e->effect);
        sah_json_number(json, "low", e->low);
        sah_json_number(json, "high", e->high);
        sah_json_close(json, '{');
    }
    sah_json_close(json, '[');
    sah_json_close(json, '{');
}

/* ---- series ---------------------------------------------------------------------------- */

static void put_days(struct sah_json *json, const struct sah_comparison *c) {
    for (size_t k = 0; k < 2; k++) {
        sah_json_open(json, k ? "after" : "first", '[');
        for (size_t t = 0; t < c->nperiods; t++)
            sah_json_whole(json, NULL, c->day[t + k]);
        sah_json_close(json, '[');
    }
}

/* The medians of both, as two lines. */
static void put_one_series(struct sah_json *json, const struct sah_comparison *c,
                           const struct sah_arms_series *series) {
    const size_t median = SAH_COMPARISON_QUANTILES / 2;
    const char *unit = strcmp(series->unit, "1") == 0 ? "" : series->unit;
    char words[SAH_PLOT_LINE];
    snprintf(words, sizeof words, "%.100s%s%s", unit, *unit ? ", " : "",
             series->flow ? "median of a month" : "median at the end of the month");
    sah_json_open(json, NULL, '{');
    sah_json_text(json, "name", series->name);
    sah_json_text(json, "title", series->doc);
    sah_json_text(json, "unit", words);
    sah_json_text(json, "nature", "end");
    put_days(json, c);
    sah_json_open(json, "items", '[');
    for (size_t k = 0; k < 2; k++) {
        const double *of =
            series->quantile + (k * SAH_COMPARISON_QUANTILES + median) * c->nperiods;
        sah_json_open(json, NULL, '{');
        sah_json_text(json, "name", k ? "b" : "a");
        sah_atlas_colour(json, "colour", sah_ramp_at(SAH_RAMP_RULE, k ? 0.98 : 0.02));
        sah_json_numbers(json, "values", of, c->nperiods);
        sah_json_close(json, '{');
    }
    sah_json_close(json, '[');
    sah_json_close(json, '{');
}

static void put_series(struct sah_json *json, const struct sah_comparison *c) {
    sah_json_open(json, "series", '[');
    for (size_t i = 0; i < c->nseries; i++) {
        bool any = false;
        for (size_t k = 0; k < c->nperiods * 2 * SAH_COMPARISON_QUANTILES; k++)
            any = any || c->series[i].quantile[k] != 0;
        bool cut = strstr(c->series[i].name, "_by_") != NULL; /* told whole elsewhere */
        if (any && !cut) put_one_series(json, c, &c->series[i]);
    }
    sah_json_close(json, '[');
}

/* Both scenarios after each other. */
static void put_scenarios(struct sah_json *json, const struct sah_comparison *c) {
    size_t room = strlen(c->yaml[0]) + strlen(c->yaml[1]) + 64;
    char *both = malloc(room);
    if (both) snprintf(both, room, "# a\n%s\n# b\n%s", c->yaml[0], c->yaml[1]);
    sah_json_text(json, "scenario", both ? both : "");
    free(both);
}

int sah_atlas_comparison(struct sah_json *json, const char *path,
                         struct sah_error *err) {
    struct sah_comparison c;
    int code = sah_comparison_read(path, &c, err);
    char *list = code ? NULL : sah_difference_fields(path, err);
    if (!code && !list) code = SAH_FORMAT;
    sah_json_open(json, NULL, '{');
    if (!code) {
        sah_atlas_head(json, &(struct sah_atlas_run){c.title, c.model, c.source, c.seed,
                                                     c.start, c.end});
        if (*list)
            code = put_maps(json, path, list, c.end, err);
        else
            sah_atlas_nowhere(json);
        put_effects(json, &c);
        put_series(json, &c);
        put_scenarios(json, &c);
        sah_atlas_nothing(json);
    }
    sah_json_close(json, '{');
    free(list);
    sah_comparison_free(&c);
    return code;
}
