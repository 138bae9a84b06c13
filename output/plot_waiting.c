/* How long it is quiet: days from one event to the next, against pure chance. */
#include "output/plot_events.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_COUNTRIES = 3 };

static int descending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

struct waits {
    const char *label;
    struct sah_colour colour;
    size_t n;
    double *days; /* [n] sorted, longest first */
    double rate;  /* events a day */
};

/* Days from each event to the next, of one country or (-1) of all. */
static void collect(const struct sah_plot_log *e, int country, double *room,
                    struct waits *waits) {
    double before = NAN;
    *waits =
        (struct waits){.days = room, .colour = sah_ink(SAH_INK_TEXT), .label = "All"};
    for (size_t i = 0; i < e->table.nrows; i++) {
        if (country >= 0 && (int)sah_result_number(e->country, i) != country) continue;
        double day = sah_result_number(e->date, i);
        if (!isnan(before)) room[waits->n++] = day - before;
        before = day;
    }
    const struct sah_result_run *run = sah_result_run(e->result);
    qsort(room, waits->n, sizeof *room, descending);
    waits->rate = (double)(waits->n + 1) / (double)(run->end - run->start + 1);
}

/* If events fell evenly by chance at this rate: an exponential wait, told in whole days.
 * The event before falls anywhere in its day. */
static double by_chance(double rate, double days) {
    return days < 1 ? 1 : exp(-rate * days) * expm1(rate) / rate;
}

enum { NCURVE = 97 };

static void draw_chance(const struct sah_chart *chart, const struct waits *w) {
    double x[NCURVE], y[NCURVE];
    for (size_t i = 0; i < NCURVE; i++) {
        x[i] = pow(chart->across.high, (double)i / (NCURVE - 1));
        y[i] = by_chance(w->rate, x[i]);
        if (y[i] < chart->up.low) y[i] = NAN;
    }
    struct sah_stroke stroke = {sah_colour_fade(w->colour, 0.75), 0.7, true};
    sah_chart_line(chart, x, y, NCURVE, stroke);
}

static void draw_waits(const struct sah_chart *chart, const struct waits *w) {
    draw_chance(chart, w);
    for (size_t i = 0; i < w->n; i++) {
        if (i + 1 < w->n && w->days[i + 1] == w->days[i]) continue;
        sah_chart_dot(chart, w->days[i], (double)(i + 1) / (double)w->n, 1.25,
                      w->colour);
    }
}

/* The countries with most events, most first. */
static size_t top_countries(const struct sah_plot_log *e, int country[MOST_COUNTRIES]) {
    size_t count[256] = {0}, n = 0;
    if (!e->country || e->country->nwords == 0) return 0;
    for (size_t i = 0; i < e->table.nrows; i++) {
        double code = sah_result_number(e->country, i);
        bool known = code >= 0 && code < 256 && code < (double)e->country->nwords;
        if (known) count[(int)code]++;
    }
    for (; n < MOST_COUNTRIES; n++) {
        size_t best = 0;
        for (size_t c = 1; c < 256; c++)
            if (count[c] > count[best]) best = c;
        if (count[best] < 10) break;
        country[n] = (int)best, count[best] = 0;
    }
    return n;
}

static void name_waits(const struct sah_plot_log *e, int country, struct waits *w) {
    const struct sah_axis *axis = sah_result_axis(e->result, "country");
    struct sah_colour colour[256];
    w->label = e->country->words[country];
    if (!axis || axis->n > 256 || (size_t)country >= axis->n) return;
    sah_axis_colours(e->result, axis, colour);
    w->colour = colour[country];
    w->label = sah_axis_title(axis, (size_t)country);
}

static double longest(const struct waits *w, size_t n) {
    double most = 10;
    for (size_t i = 0; i < n; i++)
        if (w[i].n) most = fmax(most, w[i].days[0]);
    return most;
}

/* In the lower left, which the data leave free. */
static void name_lines(const struct sah_chart *chart, const struct waits *w, size_t n) {
    struct sah_type_style style = {.size_pt = chart->type_pt,
                                   .ink = sah_ink(SAH_INK_TEXT)};
    double x = chart->x + 0.06 * chart->width, line = 1.35 * chart->type_pt;
    double y = chart->y + chart->height - chart->type_pt - (double)n * line;
    for (size_t i = 0; i < n; i++) {
        double swatch =
            sah_chart_swatch(chart->canvas, x, y, chart->type_pt, w[i].colour);
        sah_canvas_text(chart->canvas, &style, x + swatch, y, SAH_AT_LEFT, w[i].label);
        y += line;
    }
    style.ink = sah_ink(SAH_INK_SOFT);
    sah_canvas_text(chart->canvas, &style, x, y, SAH_AT_LEFT, "dashed: by chance");
}

static void draw_waiting(struct sah_chart chart, const struct waits *w, size_t n) {
    double least = w[0].n ? fmin(0.5 / (double)w[0].n, 0.1) : 0.01;
    chart.across = sah_scale_fit(SAH_SCALE_LOG, 1, longest(w, n), 1);
    chart.up = (struct sah_scale){SAH_SCALE_LOG, least, 1};
    sah_chart_axes(&chart, "days until the next event");
    sah_chart_title(&chart, "Waiting", "share of waits at least so long");
    for (size_t i = n; i-- > 0;)
        if (w[i].n) draw_waits(&chart, &w[i]);
    if (w[0].n)
        name_lines(&chart, w, n);
    else
        sah_chart_nothing(&chart, "fewer than two events");
}

int sah_plot_waiting(const struct sah_chart *chart, const struct sah_plot_log *e,
                     struct sah_error *err) {
    int country[MOST_COUNTRIES];
    size_t n = top_countries(e, country), rows = e->table.nrows;
    if (n == 1) n = 0; /* which would be all once more */
    struct waits waits[MOST_COUNTRIES + 1];
    double *room = calloc((n + 1) * (rows + 1), sizeof *room);
    if (!room) return sah_error_add(err, SAH_MEMORY, "no memory for a plot");
    collect(e, -1, room, &waits[0]);
    for (size_t i = 0; i < n; i++) {
        collect(e, country[i], room + (i + 1) * (rows + 1), &waits[i + 1]);
        name_waits(e, country[i], &waits[i + 1]);
    }
    draw_waiting(*chart, waits, n + 1);
    free(room);
    return SAH_OK;
}
