/* The card as a picture: a row for each fact, a dot for each item, on one scale of bands.
 *
 * In the middle the record; the dark field is the band, the light one twice that. Full dots
 * are items for fitting, open ones for checking; a line through a dot is the 90 % interval
 * of replicates. What lies further out stands at the edge. */
#include "output/facts/card.h"

#include "output/chart.h"
#include "output/page.h"
#include "sah_version.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>

static const double ROW_PT = 12.5, TYPE_PT = 6.4, EDGE = 3.4, REACH = 3.8, DOT_PT = 1.7;
enum { LINE = 256 };

struct colours {
    struct sah_colour hit, near, miss;
};

static struct colours colours(void) {
    return (struct colours){sah_ramp_at(SAH_RAMP_RULE, 0.04), sah_colour_hex(0x8A8578),
                            sah_ramp_at(SAH_RAMP_RULE, 0.97)};
}

static struct sah_colour colour_of(enum sah_fact_verdict verdict) {
    struct colours c = colours();
    return verdict == SAH_FACT_HIT ? c.hit : verdict == SAH_FACT_NEAR ? c.near : c.miss;
}

/* Rows of a fact that are on the card. */
struct span {
    const struct sah_card_row *row;
    size_t n, known, hit;
};

static struct span span_at(const struct sah_card *card, size_t first) {
    struct span span = {.row = &card->row[first]};
    for (size_t i = first; i < card->nrows; i++) {
        const struct sah_card_row *row = &card->row[i];
        if (row->item->fact != span.row->item->fact) break;
        span.n++;
        span.known += row->verdict != SAH_FACT_NA;
        span.hit += row->verdict == SAH_FACT_HIT;
    }
    return span;
}

static double clip(double off) {
    return fmin(fmax(off, -EDGE), EDGE);
}

static void draw_interval(const struct sah_chart *chart, const struct sah_card_row *row,
                          double y, struct sah_colour colour) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    if (isnan(row->low)) return;
    double low = sah_chart_x(chart, clip(sah_fact_off(row->item, row->low)));
    double high = sah_chart_x(chart, clip(sah_fact_off(row->item, row->high)));
    sah_canvas_ink(chart->canvas, sah_colour_fade(colour, 0.4));
    cairo_set_line_width(cr, 0.6);
    cairo_new_path(cr);
    cairo_move_to(cr, low, y), cairo_line_to(cr, high, y);
    cairo_stroke(cr);
}

static void draw_dot(const struct sah_chart *chart, const struct sah_card_row *row,
                     double y) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    struct sah_colour colour = colour_of(row->verdict);
    double x = sah_chart_x(chart, clip(sah_fact_off(row->item, row->middle)));
    draw_interval(chart, row, y, colour);
    cairo_new_path(cr);
    cairo_arc(cr, x, y, DOT_PT, 0, 2 * 3.14159265358979323846);
    sah_canvas_ink(chart->canvas, row->item->check ? sah_colour_hex(0xFFFFFF) : colour);
    cairo_fill_preserve(cr);
    sah_canvas_ink(chart->canvas, colour);
    cairo_set_line_width(cr, 0.8);
    cairo_stroke(cr);
}

/* The items of a row are spread a little, the first at the top. */
static void draw_row(const struct sah_chart *chart, const struct span *span, double y) {
    struct sah_type_style style = {.size_pt = TYPE_PT, .ink = sah_ink(SAH_INK_TEXT)};
    char text[LINE];
    double baseline = y + 0.35 * TYPE_PT;
    snprintf(text, sizeof text, "%s  %s", span->row->item->fact->name,
             span->row->item->fact->id);
    if (!span->known) style.ink = sah_ink(SAH_INK_SOFT);
    sah_canvas_text(chart->canvas, &style, chart->x - 6, baseline, SAH_AT_RIGHT, text);
    snprintf(text, sizeof text, "%zu of %zu", span->hit, span->known);
    if (!span->known) snprintf(text, sizeof text, "not available");
    style.ink = sah_ink(SAH_INK_SOFT);
    sah_canvas_text(chart->canvas, &style, chart->x + chart->width + 8, baseline,
                    SAH_AT_LEFT, text);
    for (size_t i = 0; i < span->n; i++) {
        double part = span->n > 1 ? (double)i / (double)(span->n - 1) - 0.5 : 0;
        if (span->row[i].verdict != SAH_FACT_NA)
            draw_dot(chart, &span->row[i], y + part * (ROW_PT - 2 * DOT_PT - 1.5));
    }
}

static void draw_field(const struct sah_chart *chart, double width, unsigned hex) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    double left = sah_chart_x(chart, -width), right = sah_chart_x(chart, width);
    sah_canvas_ink(chart->canvas, sah_colour_hex(hex));
    cairo_new_path(cr);
    sah_canvas_rectangle(chart->canvas, left, chart->y, right - left, chart->height);
    cairo_fill(cr);
}

static void draw_ground(const struct sah_chart *chart, size_t nrows) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    draw_field(chart, 2, 0xF6F4EF);
    draw_field(chart, 1, 0xEAE6DC);
    cairo_set_line_width(cr, 0.3);
    for (size_t i = 5; i < nrows; i += 5) { /* for the eye */
        double y = chart->y + (double)i * ROW_PT;
        cairo_new_path(cr);
        cairo_move_to(cr, chart->x, y);
        cairo_line_to(cr, chart->x + chart->width, y);
        sah_canvas_ink(chart->canvas, sah_colour_hex(0xD9D5CB));
        cairo_stroke(cr);
    }
    double x = sah_chart_x(chart, 0);
    cairo_new_path(cr);
    cairo_move_to(cr, x, chart->y), cairo_line_to(cr, x, chart->y + chart->height);
    sah_canvas_ink(chart->canvas, sah_ink(SAH_INK_SOFT));
    cairo_set_line_width(cr, 0.7);
    cairo_stroke(cr);
}

static void name_axis(const struct sah_chart *chart) {
    static const struct {
        double at;
        const char *text;
    } word[] = {{-2.8, "\u2190 far below"},
                {-1, "\u2212 band"},
                {0, "record"},
                {1, "+ band"},
                {2.8, "far above \u2192"}};
    struct sah_type_style style = {.size_pt = TYPE_PT, .ink = sah_ink(SAH_INK_SOFT)};
    for (size_t i = 0; i < sizeof word / sizeof word[0]; i++)
        sah_canvas_text(chart->canvas, &style, sah_chart_x(chart, word[i].at),
                        chart->y + chart->height + 1.4 * TYPE_PT, SAH_AT_CENTRE,
                        word[i].text);
}

static void draw_rows(const struct sah_card *card, struct sah_canvas *canvas,
                      double top, double width, size_t nfacts) {
    double room = width - 2 * SAH_PAGE_MARGIN_PT, names = 0.30 * room, sums = 58;
    struct sah_chart chart = {.canvas = canvas,
                              .x = SAH_PAGE_MARGIN_PT + names,
                              .y = top,
                              .width = room - names - sums,
                              .height = (double)nfacts * ROW_PT,
                              .across = {SAH_SCALE_LINEAR, -REACH, REACH},
                              .type_pt = TYPE_PT};
    draw_ground(&chart, nfacts);
    size_t line = 0;
    for (size_t i = 0; i < card->nrows; line++) {
        struct span span = span_at(card, i);
        draw_row(&chart, &span, top + ((double)line + 0.5) * ROW_PT);
        i += span.n;
    }
    name_axis(&chart);
}

static void write_subtitle(const struct sah_card *card, char text[static LINE]) {
    size_t hit[2], all[2];
    for (int check = 0; check < 2; check++) {
        hit[check] = sah_card_count(card, check, SAH_FACT_HIT);
        all[check] = hit[check] + sah_card_count(card, check, SAH_FACT_NEAR) +
                     sah_card_count(card, check, SAH_FACT_MISS);
    }
    snprintf(
        text, LINE,
        "to 2018 (full dots) %zu of %zu items hit \u00B7 2019-20 (open dots) %zu of "
        "%zu \u00B7 %zu replicate%s",
        hit[0], all[0], hit[1], all[1], card->replicates,
        card->replicates == 1 ? "" : "s");
}

int sah_card_draw(const struct sah_card *card, const struct sah_picture *picture,
                  struct sah_error *err) {
    char title[LINE], subtitle[LINE];
    size_t nfacts = 0;
    for (size_t i = 0; i < card->nrows; nfacts++) i += span_at(card, i).n;
    double width = sah_picture_width_pt(picture), head = 6;
    double height = ceil(2 * SAH_PAGE_MARGIN_PT + SAH_PAGE_HEADER_PT +
                         SAH_PAGE_FOOTER_PT + head + (double)nfacts * ROW_PT + 16);
    snprintf(title, sizeof title, "Facts on record: %.200s", card->title);
    write_subtitle(card, subtitle);
    struct sah_canvas *canvas;
    int code = sah_canvas_open(picture, height, title, &canvas, err);
    if (code) return code;
    struct sah_page page = {.title = title,
                            .subtitle = subtitle,
                            .mark = "sahel " SAH_VERSION,
                            .left = SAH_PAGE_MARGIN_PT,
                            .width = width,
                            .height = height};
    sah_page_header(canvas, &page);
    sah_page_corner(canvas, &page);
    draw_rows(card, canvas, SAH_PAGE_MARGIN_PT + SAH_PAGE_HEADER_PT + head, width,
              nfacts);
    code = sah_canvas_finish(canvas, err);
    sah_canvas_free(canvas);
    return code;
}
