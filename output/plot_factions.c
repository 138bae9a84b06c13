/* The river of armed groups over the turns in their relations. */
#include "output/plot_impl.h"
#include "output/river.h"
#include "output/turns.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double RIVER_PT = 250, GAP_SHARE = 0.035, LEAST_NAME_PT = 8;
enum { NTIMES = 400 };

struct scene {
    struct sah_result *result;
    const struct sah_axis *factions;
    struct sah_river river;
    struct sah_turns turns;
    struct sah_colour *faction, *side; /* colours */
};

/* ---- streams ------------------------------------------------------------------------- */

static void trace_edges(const struct sah_chart *chart, const struct sah_river *river,
                        const double *low, const double *high, size_t from, size_t to) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    cairo_new_path(cr);
    for (size_t t = from; t <= to; t++)
        cairo_line_to(cr, sah_chart_x(chart, river->day[t]),
                      sah_chart_y(chart, high[t]));
    for (size_t t = to + 1; t-- > from;)
        cairo_line_to(cr, sah_chart_x(chart, river->day[t]),
                      sah_chart_y(chart, low[t]));
    cairo_close_path(cr);
}

static void draw_streams(const struct sah_chart *chart, const struct scene *scene) {
    const struct sah_river *river = &scene->river;
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    for (size_t i = 0; i < river->nstreams; i++) {
        const struct sah_river_stream *s = &river->stream[i];
        trace_edges(chart, river, s->low, s->high, 0, river->ntimes - 1);
        sah_canvas_ink(chart->canvas, scene->faction[s->faction]);
        cairo_fill_preserve(cr);
        sah_canvas_ink(chart->canvas, sah_ink(SAH_INK_PAPER));
        cairo_set_line_width(cr, 0.5);
        cairo_stroke(cr);
    }
}

/* ---- umbrellas ----------------------------------------------------------------------- */

static int umbrella_of(const struct sah_river *river, size_t i, size_t t) {
    return river->umbrella[i * river->ntimes + t];
}

/* Streams first..last of those that flow under `who` at a time; false where fewer than
 * two do, or others lie between them. */
static bool members(const struct sah_river *river, int who, size_t t, size_t *first,
                    size_t *last) {
    size_t n = 0;
    *first = *last = 0;
    for (size_t i = 0; i < river->nstreams; i++) {
        if (umbrella_of(river, i, t) != who || river->stream[i].strength[t] <= 0)
            continue;
        if (n++ == 0) *first = i;
        *last = i;
    }
    return n >= 2 && *last - *first + 1 == n;
}

static void draw_band(const struct sah_chart *chart, const struct scene *scene, int who,
                      size_t from, size_t to, const double *low, const double *high) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    trace_edges(chart, &scene->river, low, high, from, to);
    sah_canvas_ink(chart->canvas, scene->faction[who]);
    cairo_set_line_width(cr, 1.6);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cr);
}

/* A line around those who flow together, as long as they do. */
static void draw_umbrella(const struct sah_chart *chart, const struct scene *scene,
                          int who, double *low, double *high) {
    const struct sah_river *river = &scene->river;
    size_t from = 0, first = 0, last = 0;
    bool open = false;
    for (size_t t = 0; t <= river->ntimes; t++) {
        bool now = t < river->ntimes && members(river, who, t, &first, &last);
        if (now) {
            low[t] = river->stream[first].low[t];
            high[t] = river->stream[last].high[t];
        }
        if (now && !open) from = t;
        if (open && !now && t - from > 1)
            draw_band(chart, scene, who, from, t - 1, low, high);
        open = now;
    }
}

static int draw_umbrellas(const struct sah_chart *chart, const struct scene *scene,
                          struct sah_error *err) {
    double *edge = calloc(2 * scene->river.ntimes + 1, sizeof *edge);
    if (!edge) return sah_error_add(err, SAH_MEMORY, "no memory for a river");
    for (size_t k = 0; k < scene->factions->n; k++)
        draw_umbrella(chart, scene, (int)k, edge, edge + scene->river.ntimes);
    free(edge);
    return SAH_OK;
}

/* ---- turns between two streams --------------------------------------------------------- */

static void draw_tie(const struct sah_chart *chart, const struct scene *scene,
                     const struct sah_turn *turn) {
    const struct sah_river *river = &scene->river;
    int a = sah_river_find(river, turn->side_a),
        b = sah_river_find(river, turn->side_b);
    const char *kind = scene->turns.kinds->label[turn->kind];
    bool war = strcmp(kind, "war") == 0;
    if (a < 0 || b < 0 ||
        (!war && strcmp(kind, "split") != 0 && strcmp(kind, "defection") != 0 &&
         strcmp(kind, "truce") != 0))
        return;
    size_t t = sah_river_time(river, turn->day);
    const struct sah_river_stream *x = &river->stream[a], *y = &river->stream[b];
    double days[2] = {turn->day, turn->day};
    double ends[2] = {(x->low[t] + x->high[t]) / 2, (y->low[t] + y->high[t]) / 2};
    sah_chart_line(chart, days, ends, 2,
                   (struct sah_stroke){sah_ink(SAH_INK_TEXT), 0.6, !war});
    for (int k = 0; k < 2; k++) {
        sah_chart_dot(chart, days[k], ends[k], 1.7, sah_ink(SAH_INK_TEXT));
        if (!war) sah_chart_dot(chart, days[k], ends[k], 1.0, sah_ink(SAH_INK_PAPER));
    }
}

/* ---- names and measure ---------------------------------------------------------------- */

/* Dark type on light streams and the other way round. */
static struct sah_colour ink_upon(struct sah_colour colour) {
    return sah_colour_lab(colour).l > 58 ? sah_ink(SAH_INK_TEXT)
                                         : sah_ink(SAH_INK_PAPER);
}

/* In the stream where it is widest, if the name has room. */
static void name_inside(const struct sah_chart *chart, const struct scene *scene,
                        const struct sah_river_stream *s, const char *text) {
    const struct sah_river *river = &scene->river;
    struct sah_type_style style = {.size_pt = chart->type_pt,
                                   .ink = ink_upon(scene->faction[s->faction])};
    double width = sah_type_measure(&style, text).width;
    double best = LEAST_NAME_PT, x = 0, y = 0;
    for (size_t t = 0; t < river->ntimes; t++) {
        double at = sah_chart_x(chart, river->day[t]), low = -INFINITY, high = INFINITY;
        if (at < chart->x + width / 2 + 4 ||
            at > chart->x + chart->width - width / 2 - 4)
            continue;
        for (size_t k = 0; k < river->ntimes; k++) {
            if (fabs(sah_chart_x(chart, river->day[k]) - at) > width / 2 + 2) continue;
            low = fmax(low, s->low[k]), high = fmin(high, s->high[k]);
        }
        double room = sah_chart_y(chart, low) - sah_chart_y(chart, high);
        if (room > best) {
            best = room, x = at;
            y = (sah_chart_y(chart, low) + sah_chart_y(chart, high)) / 2;
        }
    }
    if (best > LEAST_NAME_PT)
        sah_canvas_text(chart->canvas, &style, x, y + 0.35 * chart->type_pt,
                        SAH_AT_CENTRE, text);
}

static size_t fill_ends(const struct sah_chart *chart, const struct scene *scene,
                        struct sah_end *end) {
    const struct sah_river *river = &scene->river;
    size_t n = 0, t = river->ntimes - 1;
    for (size_t i = 0; i < river->nstreams && n < SAH_END_LABELS; i++) {
        const struct sah_river_stream *s = &river->stream[i];
        if (s->strength[t] <= 0) continue;
        end[n].y = sah_chart_y(chart, (s->low[t] + s->high[t]) / 2);
        end[n].colour = scene->faction[s->faction];
        snprintf(end[n].text, sizeof end[n].text, "%s",
                 sah_axis_title(scene->factions, (size_t)s->faction));
        sah_plot_amount(s->strength[t], end[n++].value);
    }
    return n;
}

/* A bar as high as so many fighters are wide. */
static void draw_measure(const struct sah_chart *chart) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    struct sah_type_style style = {.size_pt = chart->type_pt,
                                   .ink = sah_ink(SAH_INK_SOFT)};
    double span = chart->up.high - chart->up.low, value = sah_nice_below(span / 5);
    double height = chart->height * value / span, x = chart->x - 6;
    double bottom = chart->y + chart->height - 2;
    char number[SAH_NUMBER_TEXT], text[SAH_NUMBER_TEXT + 16];
    sah_tick_text(value, number);
    snprintf(text, sizeof text, "%s", number);
    cairo_new_path(cr);
    cairo_move_to(cr, x - 2, bottom), cairo_line_to(cr, x + 2, bottom);
    cairo_move_to(cr, x, bottom), cairo_line_to(cr, x, bottom - height);
    cairo_move_to(cr, x - 2, bottom - height),
        cairo_line_to(cr, x + 2, bottom - height);
    sah_canvas_ink(chart->canvas, sah_ink(SAH_INK_SOFT));
    cairo_set_line_width(cr, 0.6);
    cairo_stroke(cr);
    sah_canvas_text(chart->canvas, &style, x - 4, bottom - height / 2, SAH_AT_RIGHT,
                    text);
    sah_canvas_text(chart->canvas, &style, x - 4,
                    bottom - height / 2 + 1.2 * chart->type_pt, SAH_AT_RIGHT,
                    "fighters");
}

/* The umbrellas with two members or more at the end: "line around: JNIM". */
static void write_note(const struct scene *scene, char note[static SAH_PLOT_LINE]) {
    const struct sah_river *river = &scene->river;
    size_t first = 0, last = 0, n = 0;
    snprintf(note, SAH_PLOT_LINE,
             "fighters; a gap parts those under no common umbrella");
    for (size_t k = 0; k < scene->factions->n; k++) {
        bool ever = false;
        for (size_t t = 0; t < river->ntimes && !ever; t++)
            ever = members(river, (int)k, t, &first, &last);
        size_t used = strlen(note);
        if (ever)
            snprintf(note + used, SAH_PLOT_LINE - used, "%s%s",
                     n ? ", " : "; lines around: ", sah_axis_title(scene->factions, k));
        n += ever;
    }
}

/* ---- the sheet ------------------------------------------------------------------------- */

static double names_width(const struct scene *scene) {
    struct sah_type_style style = {.size_pt = SAH_PLOT_TYPE_PT};
    double widest = 0;
    for (size_t i = 0; i < scene->river.nstreams; i++) {
        const char *title =
            sah_axis_title(scene->factions, (size_t)scene->river.stream[i].faction);
        widest = fmax(widest, sah_type_measure(&style, title).width);
    }
    return widest + 21 + 22;
}

static int draw_river(const struct sah_chart *chart, const struct scene *scene,
                      double names, struct sah_error *err) {
    struct sah_end end[SAH_END_LABELS];
    char note[SAH_PLOT_LINE];
    write_note(scene, note);
    sah_chart_title(chart, "Strength", note);
    sah_chart_axes(chart, NULL);
    if (scene->river.nstreams == 0) {
        sah_chart_nothing(chart, "no armed group had fighters");
        return SAH_OK;
    }
    draw_streams(chart, scene);
    int code = draw_umbrellas(chart, scene, err);
    for (size_t i = 0; i < scene->turns.n; i++)
        draw_tie(chart, scene, &scene->turns.turn[i]);
    for (size_t i = 0; i < scene->river.nstreams; i++) {
        const struct sah_river_stream *s = &scene->river.stream[i];
        if (s->strength[scene->river.ntimes - 1] > 0) continue; /* named at its end */
        name_inside(chart, scene, s,
                    sah_axis_title(scene->factions, (size_t)s->faction));
    }
    sah_chart_ends(chart, end, fill_ends(chart, scene, end), names);
    draw_measure(chart);
    return code;
}

static int draw_sheet(const struct scene *scene, const struct sah_plot_options *options,
                      struct sah_error *err) {
    struct sah_plot_sheet sheet;
    double head = sah_chart_head(SAH_PLOT_TYPE_PT);
    double turns = sah_turns_height(&scene->turns, SAH_PLOT_TYPE_PT);
    double foot = sah_chart_foot(SAH_PLOT_TYPE_PT, false);
    double height = 2 * SAH_PAGE_MARGIN_PT + SAH_PAGE_HEADER_PT + SAH_PAGE_FOOTER_PT +
                    head + RIVER_PT + foot + (turns > 0 ? head + 10 + turns + foot : 0);
    int code = sah_plot_open(scene->result, options, "Armed groups", NULL, ceil(height),
                             &sheet, err);
    if (code) return code;
    double gutter = fmax(sah_turns_names(&scene->turns, SAH_PLOT_TYPE_PT), 36);
    double names = fmin(names_width(scene), 0.34 * sheet.width);
    struct sah_chart chart = {
        .canvas = sheet.canvas,
        .x = sheet.left + gutter,
        .y = sheet.top + head,
        .width = sheet.width - gutter - names,
        .height = RIVER_PT,
        .across = sah_plot_run_days(scene->result),
        .up = {SAH_SCALE_LINEAR, scene->river.lowest, fmax(scene->river.highest, 1)},
        .ticks = SAH_CHART_DAYS,
        .no_up = true,
        .type_pt = SAH_PLOT_TYPE_PT};
    code = draw_river(&chart, scene, names, err);
    chart.y += RIVER_PT + foot + 10 + head, chart.height = turns;
    if (turns > 0) {
        chart.width += names; /* names of late turns may run out to the right */
        chart.across.high = chart.across.low + (chart.across.high - chart.across.low) *
                                                   chart.width / (chart.width - names);
        sah_chart_title(
            &chart, "Turns in relations",
            "ring: who acts; core: towards whom \u00B7 above, solid ties are "
            "wars, dashed ones truces, splits, defections");
        sah_turns_draw(&chart, &scene->turns, scene->side);
    }
    return sah_plot_close(&sheet, code, err);
}

static int colour_actors(struct scene *scene, struct sah_error *err) {
    const struct sah_axis *sides = scene->turns.sides;
    scene->faction = calloc(scene->factions->n + 1, sizeof *scene->faction);
    scene->side = calloc((sides ? sides->n : 0) + 1, sizeof *scene->side);
    if (!scene->faction || !scene->side)
        return sah_error_add(err, SAH_MEMORY, "no memory for a river");
    sah_axis_colours(scene->result, scene->factions, scene->faction);
    if (sides) sah_axis_colours(scene->result, sides, scene->side);
    return SAH_OK;
}

static double gap_of(struct sah_result *result, struct sah_error *err) {
    struct sah_river bare;
    double gap = 0;
    if (!sah_river_read(result, 2, 0, &bare, err))
        gap = GAP_SHARE * (bare.highest - bare.lowest);
    sah_river_free(&bare);
    return gap;
}

int sah_plot_factions(struct sah_result *result, const struct sah_plot_options *options,
                      struct sah_error *err) {
    struct scene scene = {.result = result,
                          .factions = sah_result_axis(result, "faction")};
    if (!scene.factions)
        return sah_error_add(err, SAH_INPUT, "%s: model %s has no factions",
                             sah_result_run(result)->path,
                             sah_result_run(result)->model);
    int code = sah_river_read(result, NTIMES, gap_of(result, NULL), &scene.river, err);
    if (!code) code = sah_turns_read(result, &scene.turns, err);
    if (!code) code = colour_actors(&scene, err);
    if (!code) code = draw_sheet(&scene, options, err);
    sah_river_free(&scene.river);
    sah_turns_free(&scene.turns);
    free(scene.faction), free(scene.side);
    return code;
}
