/* Small charts, one for each camp: registered as an area, simulated as a line. */
#include "output/chart.h"
#include "output/flee/sheet.h"
#include "output/page.h"
#include "sah_version.h"

#include <math.h>
#include <stdlib.h>

static const double TYPE_PT = 6.4, CHART_PT = 78, GAP_PT = 14;
enum { ACROSS = 3, LINE = 256 };

struct drawing {
    const struct sah_flee_sheet *sheet;
    struct sah_canvas *canvas;
    double *day, *list, *simulated, *nothing; /* [days] */
};

static void fill(const struct drawing *d, size_t camp, double *most) {
    const struct sah_flee_sheet *sheet = d->sheet;
    *most = 1;
    for (int t = 0; t < sheet->days; t++) {
        size_t at = (size_t)t * sheet->ncamps + camp;
        d->day[t] = sheet->start + t;
        d->list[t] = (double)sheet->list[at];
        d->simulated[t] = (double)sheet->simulated[at];
        d->nothing[t] = 0;
        *most = fmax(*most, fmax(d->list[t], d->simulated[t]));
    }
}

static void draw_camp(const struct drawing *d, size_t camp, double x, double y,
                      double width) {
    const struct sah_flee_sheet *sheet = d->sheet;
    struct sah_colour of_list = sah_colour_hex(0xC9C3B4),
                      of_run = sah_ramp_at(SAH_RAMP_RULE, 0.97);
    double most;
    fill(d, camp, &most);
    struct sah_chart chart = {
        .canvas = d->canvas,
        .across = {SAH_SCALE_LINEAR, sheet->start, sheet->start + fmax(sheet->days, 2)},
        .up = sah_scale_fit(SAH_SCALE_LINEAR, 0, most, 0),
        .ticks = SAH_CHART_DAYS,
        .type_pt = TYPE_PT};
    double gutter = sah_chart_gutter(&chart.up, CHART_PT, TYPE_PT);
    double head = sah_chart_head(TYPE_PT);
    chart.x = x + gutter, chart.y = y + head;
    chart.width = width - gutter - GAP_PT;
    chart.height = CHART_PT - head - sah_chart_foot(TYPE_PT, false);
    sah_chart_axes(&chart, NULL);
    sah_chart_area(&chart, d->day, d->nothing, d->list, (size_t)sheet->days, of_list);
    sah_chart_line(&chart, d->day, d->simulated, (size_t)sheet->days,
                   (struct sah_stroke){of_run, 1.1, false});
    sah_chart_title(&chart, sheet->camp[camp], "persons");
}

static void draw_keys(const struct drawing *d, double y) {
    struct sah_type_style style = {.size_pt = TYPE_PT, .ink = sah_ink(SAH_INK_SOFT)};
    double x = SAH_PAGE_MARGIN_PT;
    x += sah_chart_swatch(d->canvas, x, y, TYPE_PT, sah_colour_hex(0xC9C3B4));
    sah_canvas_text(d->canvas, &style, x, y, SAH_AT_LEFT, "registered");
    x += sah_type_measure(&style, "registered").width + 2 * TYPE_PT;
    x += sah_chart_swatch(d->canvas, x, y, TYPE_PT, sah_ramp_at(SAH_RAMP_RULE, 0.97));
    sah_canvas_text(d->canvas, &style, x, y, SAH_AT_LEFT, "simulated");
}

static void draw_camps(const struct drawing *d, double top, double width) {
    double each = (width - 2 * SAH_PAGE_MARGIN_PT + GAP_PT) / ACROSS;
    draw_keys(d, top + TYPE_PT);
    for (size_t c = 0; c < d->sheet->ncamps; c++) {
        size_t row = c / ACROSS;
        draw_camp(d, c, SAH_PAGE_MARGIN_PT + (double)(c % ACROSS) * each,
                  top + 2.4 * TYPE_PT + (double)row * (CHART_PT + GAP_PT), each);
    }
}

static int draw_on(struct drawing *d, const struct sah_picture *picture,
                   struct sah_error *err) {
    const struct sah_flee_sheet *sheet = d->sheet;
    char title[LINE], subtitle[LINE];
    size_t rows = (sheet->ncamps + ACROSS - 1) / ACROSS;
    double width = sah_picture_width_pt(picture),
           top = SAH_PAGE_MARGIN_PT + SAH_PAGE_HEADER_PT;
    double height = ceil(top + 3 * TYPE_PT + (double)rows * (CHART_PT + GAP_PT) +
                         SAH_PAGE_FOOTER_PT + SAH_PAGE_MARGIN_PT);
    snprintf(title, sizeof title, "People in camps: %.200s", sheet->title);
    snprintf(subtitle, sizeof subtitle,
             "averaged relative difference %.3f over %d days",
             sah_flee_score(sheet, 0, sheet->days).error, sheet->days);
    int code = sah_canvas_open(picture, height, title, &d->canvas, err);
    if (code) return code;
    struct sah_page page = {.title = title,
                            .subtitle = subtitle,
                            .mark = "sahel " SAH_VERSION,
                            .left = SAH_PAGE_MARGIN_PT,
                            .width = width,
                            .height = height};
    sah_page_header(d->canvas, &page);
    sah_page_corner(d->canvas, &page);
    draw_camps(d, top, width);
    code = sah_canvas_finish(d->canvas, err);
    sah_canvas_free(d->canvas);
    return code;
}

int sah_flee_draw(const struct sah_flee_sheet *sheet, const struct sah_picture *picture,
                  struct sah_error *err) {
    size_t n = (size_t)sheet->days;
    double *all = calloc(4 * n, sizeof *all);
    if (!all) return sah_error_add(err, SAH_MEMORY, "no memory for a picture");
    struct drawing d = {.sheet = sheet,
                        .day = all,
                        .list = all + n,
                        .simulated = all + 2 * n,
                        .nothing = all + 3 * n};
    int code = draw_on(&d, picture, err);
    free(all);
    return code;
}
