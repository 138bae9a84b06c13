/* One picture: ground, values, lines and names, events, the column at the right. */
#include "output/film_impl.h"
#include "output/text_block.h"

#include "output/date_ticks.h"
#include "sim/kernel/calendar.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const double FADE_DAY = 60, RING_DAY = 10, CAPTION_DAY = 120;
static const double SPARK_PT = 54, PI = 3.14159265358979323846;

/* ---- layers ---------------------------------------------------------------------------- */

static struct sah_carto carto_of(const struct sah_film *film,
                                 struct sah_canvas *canvas) {
    return (struct sah_carto){.canvas = canvas,
                              .geo = film->source.geo,
                              .projection = film->frame,
                              .type_pt = 7.5,
                              .scale_bar = true,
                              .names = true};
}

static void draw_header(const struct sah_film *film, struct sah_canvas *canvas) {
    const struct sah_result_run *run = sah_result_run(film->source.result);
    const char *title = film->map.title ? film->map.title : film->map.field->title;
    struct sah_type_style bold = {.size_pt = 15,
                                  .bold = true,
                                  .ink = sah_ink(SAH_INK_TEXT),
                                  .max_width_pt = film->frame.width};
    struct sah_type_style soft = {
        .size_pt = 9, .ink = sah_ink(SAH_INK_SOFT), .max_width_pt = film->frame.width};
    double x = film->frame.x;
    sah_canvas_text(canvas, &bold, x, 27, SAH_AT_LEFT, title ? title : "Map");
    sah_canvas_text(canvas, &soft, x, 41, SAH_AT_LEFT, run->title);
}

static void draw_footer(const struct sah_film *film, struct sah_canvas *canvas) {
    struct sah_type_style faint = {.size_pt = 5.6, .ink = sah_ink(SAH_INK_FAINT)};
    faint.max_width_pt = film->frame.width;
    sah_canvas_text(canvas, &faint, film->frame.x, film->height - 8, SAH_AT_LEFT,
                    film->source.mark);
}

int sah_film_layers(struct sah_film *film, int width_px, int height_px,
                    struct sah_error *err) {
    double scale = width_px / SAH_FILM_POINTS;
    int code = sah_canvas_memory(width_px, height_px, scale, &film->ground, err);
    if (!code) code = sah_canvas_memory(width_px, height_px, scale, &film->over, err);
    if (code) return code;
    struct sah_carto carto = carto_of(film, film->ground);
    sah_canvas_ink(film->ground, sah_ink(SAH_INK_PAPER));
    cairo_paint(sah_canvas_cairo(film->ground));
    sah_carto_ground(&carto);
    draw_header(film, film->ground);
    draw_footer(film, film->ground);
    carto.canvas = film->over;
    code = sah_carto_water(&carto, err);
    sah_carto_lines(&carto);
    if (!code) code = sah_carto_names(&carto, err);
    sah_carto_frame(&carto);
    return code;
}

/* ---- values and events ------------------------------------------------------------------- */

/* The period a day lies in; a stock is that of its end, and changes with it. */
static size_t period_at(const struct sah_film *film, int32_t day) {
    size_t i = 0;
    while (i + 1 < film->panels.n && film->period[i].last < day) i++;
    bool stock = film->panels.variable->nature == SAH_STOCK;
    return stock && i > 0 && film->period[i].last != day ? i - 1 : i;
}

static int draw_values(const struct sah_film *film, struct sah_canvas *canvas,
                       int32_t day, struct sah_error *err) {
    struct sah_carto carto = carto_of(film, canvas);
    const struct sah_map_panel *panel = &film->panels.panel[period_at(film, day)];
    if (film->sheet.layer.field.look == SAH_LOOK_CIRCLES)
        return sah_layer_circles(&film->sheet.layer, panel, &carto, err);
    return sah_layer_cells(&film->sheet.layer, panel, &carto, err);
}

static void draw_disc(struct sah_canvas *canvas, double x, double y, double radius,
                      struct sah_colour fill, double alpha) {
    cairo_t *cr = sah_canvas_cairo(canvas);
    cairo_new_path(cr);
    cairo_arc(cr, x, y, radius, 0, 2 * PI);
    sah_canvas_ink(canvas, sah_colour_fade(fill, alpha));
    cairo_fill_preserve(cr);
    sah_canvas_ink(canvas, sah_colour_fade(sah_ink(SAH_INK_PAPER), alpha));
    cairo_set_line_width(cr, 0.6);
    cairo_stroke(cr);
}

/* Appears within a ring that opens, then fades. */
static void draw_event(const struct sah_film *film, struct sah_canvas *canvas,
                       const struct sah_film_event *event, double age) {
    cairo_t *cr = sah_canvas_cairo(canvas);
    double x, y, radius = 1.8 + 0.75 * sqrt(fmax(event->deaths, 0));
    sah_project(&film->frame, event->lon, event->lat, &x, &y);
    draw_disc(canvas, x, y, radius, event->colour, 0.92 * (1 - age / FADE_DAY));
    if (age >= RING_DAY) return;
    cairo_new_path(cr);
    cairo_arc(cr, x, y, radius + 1 + 0.7 * age, 0, 2 * PI);
    sah_canvas_ink(canvas, sah_colour_fade(event->colour, 1 - age / RING_DAY));
    cairo_set_line_width(cr, 0.9);
    cairo_stroke(cr);
}

static void draw_events(const struct sah_film *film, struct sah_canvas *canvas,
                        int32_t day) {
    cairo_t *cr = sah_canvas_cairo(canvas);
    cairo_save(cr);
    cairo_new_path(cr);
    sah_canvas_rectangle(canvas, film->frame.x, film->frame.y, film->frame.width,
                         film->frame.height);
    cairo_clip(cr);
    for (size_t i = 0; i < film->nevents; i++) {
        double age = day - film->event[i].day;
        if (age >= 0 && age < FADE_DAY) draw_event(film, canvas, &film->event[i], age);
    }
    cairo_restore(cr);
}

/* ---- the column at the right --------------------------------------------------------------- */

static double draw_date(const struct sah_film *film, struct sah_canvas *canvas,
                        int32_t day) {
    struct sah_date date = sah_date_of(day);
    struct sah_type_style bold = {
        .size_pt = 20, .bold = true, .ink = sah_ink(SAH_INK_TEXT)};
    struct sah_type_style soft = {.size_pt = 8.5, .ink = sah_ink(SAH_INK_SOFT)};
    char text[32], count[SAH_NUMBER_TEXT], told[SAH_NUMBER_TEXT * 3];
    double events = 0, deaths = 0;
    for (size_t i = 0; i < film->nevents && film->event[i].day <= day; i++)
        events++, deaths += film->event[i].deaths;
    snprintf(text, sizeof text, "%s %d", sah_month_short(date.month), date.year);
    sah_canvas_text(canvas, &bold, film->side_x, 29, SAH_AT_LEFT, text);
    sah_tick_text(events, count);
    snprintf(told, sizeof told, "%s events, ", count);
    sah_tick_text(deaths, count);
    strncat(told, count, sizeof told - strlen(told) - 1);
    strncat(told, " deaths so far", sizeof told - strlen(told) - 1);
    if (film->nevents)
        sah_canvas_text(canvas, &soft, film->side_x, 42, SAH_AT_LEFT, told);
    return film->frame.y + 2;
}

static double draw_legends(const struct sah_film *film, struct sah_canvas *canvas,
                           double y) {
    for (size_t i = 0; i < film->sheet.nlegends; i++) {
        struct sah_legend legend = film->sheet.legend[i];
        if (legend.kind == SAH_LEGEND_CIRCLES) legend.radius_pt = 7;
        sah_legend_draw(canvas, &legend, film->side_x, y, film->side_width);
        y += sah_legend_height(&legend, film->side_width) + 5;
    }
    if (film->nkeys == 0) return y;
    struct sah_type_style bold = {
        .size_pt = 7, .bold = true, .ink = sah_ink(SAH_INK_TEXT)};
    bold.max_width_pt = film->side_width;
    sah_canvas_text(canvas, &bold, film->side_x, y + 6, SAH_AT_LEFT,
                    "Events by who struck");
    y += 9;
    for (size_t i = 0; i < film->nkeys; i++) {
        sah_plot_keys(canvas, &film->key[i], 1, film->side_x, y, film->side_width);
        y += 9.6;
    }
    return y + 6;
}

/* The latest caption, for a while; it fades. */
static void draw_caption(const struct sah_film *film, struct sah_canvas *canvas,
                         int32_t day, double y) {
    const struct sah_caption *last = NULL;
    for (size_t i = 0; i < film->captions.n && film->captions.caption[i].day <= day;
         i++)
        last = &film->captions.caption[i];
    if (!last || day - last->day > CAPTION_DAY) return;
    double age = (day - last->day) / CAPTION_DAY;
    double alpha = age < 0.7 ? 1 : (1 - age) / 0.3;
    char date[SAH_DATE_WORDS];
    struct sah_type_style bold = {.size_pt = 7,
                                  .bold = true,
                                  .ink = sah_colour_fade(sah_ink(SAH_INK_TEXT), alpha)};
    struct sah_type_style style = {
        .size_pt = 8.5, .ink = sah_colour_fade(sah_ink(SAH_INK_TEXT), alpha)};
    double room = film->height - 8 - SPARK_PT - 18 - (y + 12);
    int lines = (int)fmin(fmax(room / (1.3 * style.size_pt), 1), 6);
    sah_date_words(last->day, date);
    sah_canvas_text(canvas, &bold, film->side_x, y + 8, SAH_AT_LEFT, date);
    sah_text_block(canvas, &style, film->side_x, y + 11, film->side_width, lines,
                   last->text);
}

/* Months of the run; those to come are pale. */
static void draw_spark(const struct sah_film *film, struct sah_canvas *canvas,
                       int32_t day) {
    const struct sah_sheaf *deaths = &film->deaths;
    if (!film->has_deaths || deaths->ntimes == 0) return;
    char note[SAH_PLOT_LINE];
    struct sah_chart chart = {
        .canvas = canvas,
        .x = film->side_x,
        .y = film->height - 20 - SPARK_PT + 12,
        .width = film->side_width,
        .height = SPARK_PT - 12,
        .across = sah_plot_days(deaths->first[0], deaths->last[deaths->ntimes - 1]),
        .up = {SAH_SCALE_LINEAR, 0, fmax(sah_sheaf_peak(deaths), 1)},
        .ticks = SAH_CHART_DAYS,
        .no_up = true,
        .type_pt = 6};
    sah_plot_unit(deaths, note);
    sah_chart_title(&chart, "Deaths", note);
    for (size_t t = 0; t < deaths->ntimes; t++) {
        struct sah_colour colour = sah_ramp_at(SAH_RAMP_EMBER, 0.65);
        bool past = deaths->first[t] <= day;
        sah_chart_block(&chart, deaths->first[t], deaths->last[t], 0, deaths->value[t],
                        past ? colour : sah_colour_hex(0xE3E1DC));
    }
    double x[2] = {day, day}, y[2] = {0, chart.up.high};
    sah_chart_line(&chart, x, y, 2,
                   (struct sah_stroke){sah_ink(SAH_INK_TEXT), 0.7, false});
    sah_chart_axes(&chart, NULL);
}

int sah_film_picture(const struct sah_film *film, struct sah_canvas *canvas,
                     int32_t day, struct sah_error *err) {
    sah_canvas_lay(canvas, film->ground);
    int code = draw_values(film, canvas, day, err);
    if (code) return code;
    sah_canvas_lay(canvas, film->over);
    draw_events(film, canvas, day);
    double y = draw_date(film, canvas, day);
    y = draw_legends(film, canvas, y);
    draw_caption(film, canvas, day, y);
    draw_spark(film, canvas, day);
    return SAH_OK;
}
