/* A triangle of small frames. */
#include "output/pairs.h"

#include "output/chart.h"
#include "output/page.h"
#include "sah_version.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const double TYPE_PT = 6.2, GAP_PT = 4, FOOT_PT = 30, HEAD_PT = 6;
enum { BINS = 20, LINE = 128 };

struct sheet {
    const struct sah_pairs *pairs;
    struct sah_canvas *canvas;
    double x, y, side; /* of the first frame, and of each */
    double right;      /* edge */
};

static struct sah_chart frame(const struct sheet *s, size_t row, size_t column) {
    return (struct sah_chart){.canvas = s->canvas,
                              .x = s->x + (double)column * (s->side + GAP_PT),
                              .y = s->y + (double)row * (s->side + GAP_PT),
                              .width = s->side,
                              .height = s->side,
                              .across = {SAH_SCALE_LINEAR, 0, 1},
                              .up = {SAH_SCALE_LINEAR, 0, 1},
                              .type_pt = TYPE_PT};
}

static struct sah_colour deep(void) {
    return sah_ramp_at(SAH_RAMP_DUSK, 0.85);
}

static void draw_ground(const struct sah_chart *chart) {
    sah_chart_block(chart, 0, 1, 0, 1, sah_colour_hex(0xF6F4EF));
}

static void cross(const struct sah_chart *chart, double x, double y) {
    struct sah_stroke stroke = {sah_ink(SAH_INK_SOFT), 0.4, true};
    sah_chart_line(chart, (double[]){x, x}, (double[]){0, 1}, 2, stroke);
    if (!isnan(y)) sah_chart_line(chart, (double[]){0, 1}, (double[]){y, y}, 2, stroke);
}

/* ---- the frames ------------------------------------------------------------------------ */

static void draw_pair(const struct sheet *s, size_t row, size_t column) {
    const struct sah_pairs *pairs = s->pairs;
    struct sah_chart chart = frame(s, row, column);
    size_t d = pairs->nparameters;
    draw_ground(&chart);
    for (size_t i = 0; i < pairs->nsample; i++)
        sah_chart_dot(&chart, pairs->at[i * d + column], pairs->at[i * d + row], 0.7,
                      sah_colour_fade(deep(), 0.45));
    cross(&chart, pairs->axis[column].median, pairs->axis[row].median);
}

static size_t bin_of(double at) {
    double bin = floor(at * BINS);
    return bin < 0 ? 0 : bin >= BINS ? BINS - 1 : (size_t)bin;
}

/* Columns, the even prior as a line across. */
static void draw_share(const struct sheet *s, size_t j) {
    const struct sah_pairs *pairs = s->pairs;
    const struct sah_pairs_axis *axis = &pairs->axis[j];
    struct sah_chart chart = frame(s, j, j);
    double share[BINS] = {0}, most = 0;
    for (size_t i = 0; i < pairs->nsample; i++)
        share[bin_of(pairs->at[i * pairs->nparameters + j])] +=
            1 / (double)pairs->nsample;
    for (size_t k = 0; k < BINS; k++) most = fmax(most, share[k]);
    chart.up.high = fmax(most, 1.5 / BINS) * 1.1;
    sah_chart_block(&chart, 0, 1, 0, chart.up.high, sah_colour_hex(0xF6F4EF));
    sah_chart_block(&chart, axis->low, axis->high, 0, chart.up.high,
                    sah_colour_hex(0xEAE6DC));
    for (size_t k = 0; k < BINS; k++)
        sah_chart_block(&chart, (double)k / BINS, (double)(k + 1) / BINS, 0, share[k],
                        sah_colour_fade(deep(), 0.75));
    sah_chart_line(&chart, (double[]){0, 1}, (double[]){1.0 / BINS, 1.0 / BINS}, 2,
                   (struct sah_stroke){sah_ink(SAH_INK_TEXT), 0.6, false});
    sah_chart_line(&chart, (double[]){axis->median, axis->median},
                   (double[]){0, chart.up.high}, 2,
                   (struct sah_stroke){sah_ink(SAH_INK_SOFT), 0.4, true});
}

/* ---- words ----------------------------------------------------------------------------- */

static bool ends_so(const char *name, const char *end) {
    size_t length = strlen(name), of_end = strlen(end);
    return length >= of_end && strcmp(name + length - of_end, end) == 0 &&
           (length == of_end || name[length - of_end - 1] == '.');
}

const char *sah_pairs_short_name(const struct sah_pairs *pairs, size_t parameter) {
    const char *name = pairs->axis[parameter].name, *end = name + strlen(name);
    while (end > name) {
        size_t others = 0;
        for (end--; end > name && end[-1] != '.';) end--;
        for (size_t j = 0; j < pairs->nparameters; j++)
            others += j != parameter && ends_so(pairs->axis[j].name, end);
        if (!others) break;
    }
    return end;
}

static void write_ends(const struct sheet *s, size_t j) {
    const struct sah_pairs_axis *axis = &s->pairs->axis[j];
    struct sah_chart chart = frame(s, s->pairs->nparameters - 1, j);
    struct sah_type_style style = {.size_pt = fmin(TYPE_PT - 0.8, s->side / 8),
                                   .ink = sah_ink(SAH_INK_SOFT),
                                   .max_width_pt = s->side / 2};
    char text[SAH_NUMBER_TEXT], name[LINE];
    double below = chart.y + chart.height + 1.3 * TYPE_PT;
    snprintf(text, sizeof text, "%.3g", axis->from);
    sah_canvas_text(s->canvas, &style, chart.x, below, SAH_AT_LEFT, text);
    snprintf(text, sizeof text, "%.3g", axis->to);
    sah_canvas_text(s->canvas, &style, chart.x + s->side, below, SAH_AT_RIGHT, text);
    style.ink = sah_ink(SAH_INK_TEXT), style.max_width_pt = s->side + GAP_PT;
    sah_canvas_text(s->canvas, &style, chart.x + s->side / 2, below + 1.2 * TYPE_PT,
                    SAH_AT_CENTRE, sah_pairs_short_name(s->pairs, j));
    snprintf(name, sizeof name, "%s%s", strcmp(axis->unit, "1") == 0 ? "" : axis->unit,
             axis->is_log ? " (log)" : "");
    style.ink = sah_ink(SAH_INK_SOFT);
    sah_canvas_text(s->canvas, &style, chart.x + s->side / 2, below + 2.4 * TYPE_PT,
                    SAH_AT_CENTRE, name);
}

/* At the right of the diagonal, where there is room for all of it; else shorter. */
static void write_name(const struct sheet *s, size_t j) {
    struct sah_chart chart = frame(s, j, j);
    struct sah_type_style style = {
        .size_pt = TYPE_PT, .bold = true, .ink = sah_ink(SAH_INK_TEXT)};
    const char *name = s->pairs->axis[j].name;
    double x = chart.x + s->side + 1.5 * GAP_PT;
    if (x + sah_type_measure(&style, name).width > s->right)
        name = sah_pairs_short_name(s->pairs, j);
    if (j + 1 < s->pairs->nparameters)
        sah_canvas_text(s->canvas, &style, x, chart.y + TYPE_PT, SAH_AT_LEFT, name);
}

static void draw_all(const struct sheet *s) {
    for (size_t row = 0; row < s->pairs->nparameters; row++) {
        for (size_t column = 0; column < row; column++) draw_pair(s, row, column);
        draw_share(s, row);
        write_name(s, row);
        write_ends(s, row);
    }
}

int sah_pairs_draw(const struct sah_pairs *pairs, const struct sah_picture *picture,
                   struct sah_error *err) {
    double width = sah_picture_width_pt(picture), n = (double)pairs->nparameters;
    struct sheet s = {.pairs = pairs, .x = SAH_PAGE_MARGIN_PT};
    if (pairs->nparameters < 1 || pairs->nparameters > SAH_PAIRS_MOST)
        return sah_error_add(err, SAH_LIMIT, "pairs of 1 to %d parameters can be drawn",
                             SAH_PAIRS_MOST);
    s.side = fmin((width - 2 * SAH_PAGE_MARGIN_PT - (n - 1) * GAP_PT) / n, width / 4);
    s.right = width - SAH_PAGE_MARGIN_PT;
    s.y = SAH_PAGE_MARGIN_PT + SAH_PAGE_HEADER_PT + HEAD_PT;
    double height = ceil(s.y + n * (s.side + GAP_PT) + FOOT_PT + SAH_PAGE_FOOTER_PT +
                         SAH_PAGE_MARGIN_PT);
    int status = sah_canvas_open(picture, height, pairs->title, &s.canvas, err);
    if (status) return status;
    struct sah_page page = {.title = pairs->title,
                            .subtitle = pairs->subtitle,
                            .mark = "sahel " SAH_VERSION,
                            .left = SAH_PAGE_MARGIN_PT,
                            .width = width,
                            .height = height};
    sah_page_header(s.canvas, &page);
    sah_page_corner(s.canvas, &page);
    draw_all(&s);
    status = sah_canvas_finish(s.canvas, err);
    sah_canvas_free(s.canvas);
    return status;
}
