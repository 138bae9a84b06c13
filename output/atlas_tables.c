/* Events, series, groups and ledger of an atlas. */
#include "output/atlas_impl.h"
#include "output/river.h"
#include "output/turns.h"

#include "sim/kernel/calendar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void sah_atlas_colour(struct sah_json *json, const char *key, struct sah_colour c) {
    char text[8];
    snprintf(text, sizeof text, "#%02x%02x%02x", (unsigned)lround(255 * c.r),
             (unsigned)lround(255 * c.g), (unsigned)lround(255 * c.b));
    sah_json_text(json, key, text);
}

int sah_atlas_axis(struct sah_json *json, const char *key,
                   const struct sah_result *result, const struct sah_axis *axis,
                   struct sah_error *err) {
    struct sah_colour *colour = calloc(axis->n + 1, sizeof *colour);
    if (!colour) return sah_error_add(err, SAH_MEMORY, "no memory for an atlas");
    sah_axis_colours(result, axis, colour);
    sah_json_open(json, key, '{');
    sah_json_open(json, "names", '[');
    for (size_t i = 0; i < axis->n; i++)
        sah_json_text(json, NULL, sah_axis_title(axis, i));
    sah_json_close(json, '[');
    sah_json_open(json, "colours", '[');
    for (size_t i = 0; i < axis->n; i++) sah_atlas_colour(json, NULL, colour[i]);
    sah_json_close(json, '[');
    sah_json_close(json, '{');
    free(colour);
    return SAH_OK;
}

/* ---- events --------------------------------------------------------------------------- */

/* Columns as the page wants them; `axis` names those that hold codes. */
static const struct {
    const char *name, *axis;
} COLUMN[] = {
    {"date", NULL},       {"lon", NULL},
    {"lat", NULL},        {"deaths", NULL},
    {"kind", "kind"},     {"country", "country"},
    {"side_a", "side_a"}, {"side_b", "side_b"},
    {"cause", "cause"},   {"deaths_civilians", NULL},
};
enum { NCOLUMNS = sizeof COLUMN / sizeof *COLUMN };

static void put_column(struct sah_json *json, const struct sah_result_table *table,
                       const struct sah_result_column *column) {
    sah_json_open(json, column->name, '[');
    for (size_t i = 0; i < table->nrows; i++)
        sah_json_number(json, NULL, sah_result_number(column, i));
    sah_json_close(json, '[');
}

static bool keeps_log(const struct sah_result *result, const char *name) {
    for (size_t i = 0; i < sah_result_log_count(result); i++)
        if (strcmp(sah_result_log_at(result, i), name) == 0) return true;
    return false;
}

static int put_axes(struct sah_json *json, struct sah_result *result,
                    struct sah_error *err) {
    int code = SAH_OK;
    sah_json_open(json, "axes", '{');
    for (size_t k = 0; k < NCOLUMNS && !code; k++) {
        const struct sah_axis *axis =
            COLUMN[k].axis ? sah_result_axis(result, COLUMN[k].axis) : NULL;
        if (axis) code = sah_atlas_axis(json, COLUMN[k].name, result, axis, err);
    }
    sah_json_close(json, '{');
    return code;
}

int sah_atlas_events(struct sah_json *json, struct sah_result *result,
                     struct sah_error *err) {
    struct sah_result_table table = {0};
    int code = SAH_OK;
    sah_json_open(json, "events", '{');
    if (keeps_log(result, "events")) {
        code = sah_result_log(result, "events", &table, err);
        for (size_t k = 0; k < NCOLUMNS && !code; k++) {
            const struct sah_result_column *column =
                sah_result_table_find(&table, COLUMN[k].name);
            if (column) put_column(json, &table, column);
        }
        if (!code) code = put_axes(json, result, err);
    }
    sah_json_close(json, '{');
    sah_result_table_clear(&table);
    return code;
}

/* ---- series --------------------------------------------------------------------------- */

static void put_sheaf(struct sah_json *json, const struct sah_sheaf *sheaf,
                      const char *title, double scale, const char *unit) {
    char text[SAH_PLOT_LINE];
    sah_plot_unit(sheaf, text);
    sah_json_open(json, NULL, '{');
    sah_json_text(json, "name", sheaf->variable->name);
    sah_json_text(json, "title", title);
    sah_json_text(json, "unit", unit ? unit : text);
    sah_json_text(json, "nature", sheaf->variable->nature == SAH_FLOW ? "sum" : "end");
    sah_json_numbers(json, "first", sheaf->first, sheaf->ntimes);
    sah_json_numbers(json, "after", sheaf->last, sheaf->ntimes);
    sah_json_open(json, "items", '[');
    for (size_t i = 0; i < sheaf->nitems; i++) {
        sah_json_open(json, NULL, '{');
        sah_json_text(json, "name", sheaf->label[i]);
        sah_atlas_colour(json, "colour", sheaf->colour[i]);
        sah_json_open(json, "values", '[');
        for (size_t t = 0; t < sheaf->ntimes; t++)
            sah_json_number(json, NULL, scale * sah_sheaf_of(sheaf, i)[t]);
        sah_json_close(json, '[');
        sah_json_close(json, '{');
    }
    sah_json_close(json, '[');
    sah_json_close(json, '{');
}

static int put_series(struct sah_json *json, struct sah_result *result,
                      const struct sah_variable *v, const char *axis, const char *title,
                      double scale, const char *unit, struct sah_error *err) {
    struct sah_sheaf sheaf;
    int code = sah_sheaf_read(result, v, axis, &sheaf, err);
    if (!code) code = sah_sheaf_gather(&sheaf, SAH_RIVER_MOST, err);
    if (!code) put_sheaf(json, &sheaf, title, scale, unit);
    sah_sheaf_free(&sheaf);
    return code;
}

int sah_atlas_series(struct sah_json *json, struct sah_result *result,
                     struct sah_error *err) {
    int code = SAH_OK, told = 0;
    sah_json_open(json, "series", '[');
    for (const struct sah_plot_usual *u = sah_plot_usual; u->name && !code; u++) {
        const struct sah_variable *v = sah_result_find(result, u->place, u->name, NULL);
        if (!v) continue;
        code = put_series(json, result, v, u->axis, u->title, u->scale, u->unit, err);
        told++;
    }
    size_t n = told ? 0 : sah_result_count(result, SAH_SERIES);
    for (size_t i = 0; i < n && !code; i++) {
        const struct sah_variable *v = sah_result_at(result, SAH_SERIES, i);
        code = put_series(json, result, v, v->axis[0] ? v->axis[0]->name : NULL, v->doc,
                          1, NULL, err);
    }
    sah_json_close(json, '[');
    return code;
}

/* ---- groups --------------------------------------------------------------------------- */

enum { RIVER_TIMES = 240 };
static const double RIVER_GAP = 0.035;

static void put_stream(struct sah_json *json, const struct sah_river *river, size_t i,
                       const struct sah_axis *factions,
                       const struct sah_colour *colour) {
    const struct sah_river_stream *s = &river->stream[i];
    sah_json_open(json, NULL, '{');
    sah_json_text(json, "name", sah_axis_title(factions, (size_t)s->faction));
    sah_atlas_colour(json, "colour", colour[s->faction]);
    sah_json_numbers(json, "low", s->low, river->ntimes);
    sah_json_numbers(json, "high", s->high, river->ntimes);
    sah_json_open(json, "umbrella", '[');
    for (size_t t = 0; t < river->ntimes; t++)
        sah_json_whole(json, NULL, river->umbrella[i * river->ntimes + t]);
    sah_json_close(json, '[');
    sah_json_close(json, '{');
}

static int put_river(struct sah_json *json, struct sah_result *result,
                     const struct sah_axis *factions, struct sah_error *err) {
    struct sah_river bare, river = {0};
    struct sah_colour *colour = calloc(factions->n + 1, sizeof *colour);
    if (!colour) return sah_error_add(err, SAH_MEMORY, "no memory for an atlas");
    sah_axis_colours(result, factions, colour);
    int code = sah_river_read(result, 2, 0, &bare, err);
    if (!code)
        code = sah_river_read(result, RIVER_TIMES,
                              RIVER_GAP * (bare.highest - bare.lowest), &river, err);
    sah_json_numbers(json, "day", river.day, river.ntimes);
    sah_json_open(json, "streams", '[');
    for (size_t i = 0; i < river.nstreams && !code; i++)
        put_stream(json, &river, i, factions, colour);
    sah_json_close(json, '[');
    sah_river_free(&bare), sah_river_free(&river);
    free(colour);
    return code;
}

static int put_turns(struct sah_json *json, struct sah_result *result,
                     struct sah_error *err) {
    struct sah_turns turns;
    int code = sah_turns_read(result, &turns, err);
    sah_json_open(json, "turns", '[');
    for (size_t i = 0; i < turns.n; i++) {
        sah_json_open(json, NULL, '{');
        sah_json_whole(json, "day", turns.turn[i].day);
        sah_json_text(json, "kind", sah_turn_word(&turns, turns.turn[i].kind));
        sah_json_whole(json, "a", turns.turn[i].side_a);
        sah_json_whole(json, "b", turns.turn[i].side_b);
        sah_json_close(json, '{');
    }
    sah_json_close(json, '[');
    if (!code && turns.sides)
        code = sah_atlas_axis(json, "sides", result, turns.sides, err);
    sah_turns_free(&turns);
    return code;
}

int sah_atlas_groups(struct sah_json *json, struct sah_result *result,
                     struct sah_error *err) {
    const struct sah_axis *factions = sah_result_axis(result, "faction");
    int code = SAH_OK;
    sah_json_open(json, "groups", '{');
    if (factions && sah_result_find(result, SAH_SERIES, "fighters", NULL)) {
        code = sah_atlas_axis(json, "factions", result, factions, err);
        if (!code) code = put_river(json, result, factions, err);
        if (!code) code = put_turns(json, result, err);
    }
    sah_json_close(json, '{');
    return code;
}

/* ---- ledger --------------------------------------------------------------------------- */

/* What is not 0, as year, item, inner item, value after each other. */
static int put_values(struct sah_json *json, struct sah_result *result,
                      const struct sah_variable *entry, struct sah_error *err) {
    const struct sah_result_run *run = sah_result_run(result);
    size_t n = sah_variable_count(result, entry);
    size_t inner = entry->axis[1] ? entry->axis[1]->n : 1;
    double *value = calloc(n + 1, sizeof *value);
    int code = value ? SAH_OK : sah_error_add(err, SAH_MEMORY, "no memory");
    sah_json_open(json, "values", '[');
    for (int y = sah_date_of(run->start).year; y <= sah_date_of(run->end).year && !code;
         y++) {
        code =
            sah_result_over(result, entry, sah_day_of((struct sah_date){y, 1, 1}),
                            sah_day_of((struct sah_date){y, 12, 31}), value, NULL, err);
        for (size_t i = 0; i < n && !code; i++) {
            if (value[i] == 0 || !isfinite(value[i])) continue;
            sah_json_whole(json, NULL, y);
            sah_json_whole(json, NULL, (long long)(i / inner));
            sah_json_whole(json, NULL, (long long)(i % inner));
            sah_json_number(json, NULL, value[i]);
        }
    }
    sah_json_close(json, '[');
    free(value);
    return code;
}

int sah_atlas_ledger(struct sah_json *json, struct sah_result *result,
                     struct sah_error *err) {
    int code = SAH_OK;
    sah_json_open(json, "ledger", '[');
    for (size_t i = 0; i < sah_result_count(result, SAH_LEDGER) && !code; i++) {
        const struct sah_variable *v = sah_result_at(result, SAH_LEDGER, i);
        if (!v->axis[0]) continue;
        sah_json_open(json, NULL, '{');
        sah_json_text(json, "name", v->name);
        sah_json_text(json, "title", v->doc);
        sah_json_text(json, "unit", strcmp(v->unit, "1") == 0 ? "" : v->unit);
        sah_json_text(json, "by", v->axis[1] ? v->axis[1]->name : "");
        code = sah_atlas_axis(json, "items", result, v->axis[0], err);
        if (!code && v->axis[1])
            code = sah_atlas_axis(json, "inner", result, v->axis[1], err);
        if (!code) code = put_values(json, result, v, err);
        sah_json_close(json, '{');
    }
    sah_json_close(json, '[');
    return code;
}
