/* What caused what: a list of bars for each entry, the longest first, each bar cut by
 * country or group. */
#include "output/bars.h"
#include "output/plot_impl.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *entry, *title;
} ENTRY[] = {
    {"deaths_by_cause", "Deaths by cause of the event"},
    {"deaths_by_side", "Who died"},
    {"recruits_by_reason", "Recruits by first reason"},
    {"left_by_cause", "Fighters who left"},
    {"moved_by_cause", "Flights and returns"},
    {"money_by_stream", "Money by stream"},
    {"pacts_by_cause", "Local pacts"},
    {"turns_by_cause", "Turns in relations"},
};
enum { NENTRIES = sizeof ENTRY / sizeof *ENTRY, MOST_LISTS = 24, KEPT_PARTS = 6 };

struct list {
    const char *title;
    const struct sah_variable *entry;
    size_t nbars, nkeys;
    struct sah_bar *bar;
    struct sah_plot_key key[SAH_BAR_PARTS];
};

struct book {
    struct sah_result *result;
    size_t n;
    struct list list[MOST_LISTS];
};

/* ---- reading ------------------------------------------------------------------------- */

/* The inner items that get a part of their own, largest first; the rest is one part. */
static size_t choose_parts(const double *value, size_t nbars, size_t ninner,
                           size_t *part) {
    double *sum = calloc(ninner + 1, sizeof *sum);
    size_t n = 0;
    for (size_t i = 0; sum && i < nbars * ninner; i++)
        sum[i % ninner] += fabs(value[i]);
    for (; sum && n < KEPT_PARTS; n++) {
        size_t best = 0;
        for (size_t k = 1; k < ninner; k++)
            if (sum[k] > sum[best]) best = k;
        if (!(sum[best] > 0)) break;
        part[n] = best, sum[best] = 0;
    }
    free(sum);
    return n;
}

/* What goes out is drawn like what comes in, and told with its sign. Of a sum of both only
 * what has its sign is drawn. */
static void fill_bar(struct sah_bar *bar, const double *value, size_t ninner,
                     const size_t *part, size_t nparts,
                     const struct sah_colour *colour) {
    double sum = 0, sign = 1;
    for (size_t k = 0; k < ninner; k++) sum += value[k];
    if (sum < 0) sign = -1;
    double rest = fabs(sum);
    for (size_t p = 0; p < nparts; p++) {
        bar->part[p].value = fmax(sign * value[part[p]], 0);
        bar->part[p].colour = colour[part[p]];
        rest -= sign * value[part[p]];
    }
    bar->part[nparts].value = rest > 1e-9 * fabs(sum) ? rest : 0;
    bar->part[nparts].colour = sah_colour_hex(0xC8C4BC);
    bar->nparts = nparts + 1;
    sah_plot_amount(sum, bar->told);
    bar->weight = fabs(sum);
}

static void fill_keys(struct list *list, const struct sah_axis *inner,
                      const size_t *part, size_t nparts,
                      const struct sah_colour *colour) {
    double rest = 0;
    for (size_t i = 0; i < list->nbars; i++) rest += list->bar[i].part[nparts].value;
    for (size_t p = 0; p < nparts; p++)
        list->key[list->nkeys++] =
            (struct sah_plot_key){colour[part[p]], sah_axis_title(inner, part[p])};
    if (rest > 0)
        list->key[list->nkeys++] =
            (struct sah_plot_key){sah_colour_hex(0xC8C4BC), "others"};
}

static int longest_first(const void *a, const void *b) {
    double x = ((const struct sah_bar *)a)->weight;
    double y = ((const struct sah_bar *)b)->weight;
    return (x < y) - (x > y);
}

static void drop_empty(struct list *list) {
    qsort(list->bar, list->nbars, sizeof *list->bar, longest_first);
    double least = list->nbars ? 1e-9 * list->bar[0].weight : 0; /* what only moves */
    while (list->nbars && !(list->bar[list->nbars - 1].weight > least)) list->nbars--;
}

/* Parts are cut by actors alone: shades of causes within causes would tell nothing. */
static int fill_list(const struct book *book, struct list *list, const double *value,
                     struct sah_error *err) {
    const struct sah_axis *outer = list->entry->axis[0], *inner = list->entry->axis[1];
    size_t ninner = inner ? inner->n : 1, part[KEPT_PARTS], nparts = 0;
    struct sah_colour *colour = calloc(ninner + 1, sizeof *colour);
    if (!colour) return sah_error_add(err, SAH_MEMORY, "no memory for a plot");
    if (inner && sah_axis_has_actors(inner)) {
        sah_axis_colours(book->result, inner, colour);
        nparts = choose_parts(value, list->nbars, ninner, part);
    }
    for (size_t i = 0; i < list->nbars; i++) {
        list->bar[i].label = sah_axis_title(outer, i);
        fill_bar(&list->bar[i], value + i * ninner, ninner, part, nparts, colour);
        if (nparts == 0) list->bar[i].part[0].colour = sah_ramp_at(SAH_RAMP_DUSK, 0.6);
    }
    if (nparts) fill_keys(list, inner, part, nparts, colour);
    drop_empty(list);
    free(colour);
    return SAH_OK;
}

static int add_list(struct book *book, const struct sah_variable *entry,
                    const char *title, struct sah_error *err) {
    const struct sah_result_run *run = sah_result_run(book->result);
    if (book->n == MOST_LISTS || !entry->axis[0]) return SAH_OK;
    size_t n = sah_variable_count(book->result, entry);
    double *value = calloc(n + 1, sizeof *value);
    struct list *list = &book->list[book->n++];
    *list = (struct list){.title = title, .entry = entry, .nbars = entry->axis[0]->n};
    list->bar = calloc(list->nbars + 1, sizeof *list->bar);
    int code =
        value && list->bar ? SAH_OK : sah_error_add(err, SAH_MEMORY, "no memory");
    if (!code)
        code = sah_result_over(book->result, entry, run->start, run->end, value, NULL,
                               err);
    if (!code) code = fill_list(book, list, value, err);
    free(value);
    return code;
}

static int read_book(struct book *book, const char *only, struct sah_error *err) {
    int code = SAH_OK;
    if (only) {
        const struct sah_variable *v =
            sah_result_find(book->result, SAH_LEDGER, only, err);
        return v ? add_list(book, v, v->doc, err) : SAH_INPUT;
    }
    for (size_t i = 0; i < NENTRIES && !code; i++) {
        const struct sah_variable *v =
            sah_result_find(book->result, SAH_LEDGER, ENTRY[i].entry, NULL);
        if (v) code = add_list(book, v, ENTRY[i].title, err);
    }
    size_t n = sah_result_count(book->result, SAH_LEDGER);
    for (size_t i = 0; book->n == 0 && i < n && !code; i++) {
        const struct sah_variable *v = sah_result_at(book->result, SAH_LEDGER, i);
        code = add_list(book, v, v->doc, err);
    }
    if (!code && book->n == 0)
        code = sah_error_add(err, SAH_INPUT, "%s: model %s keeps no ledger",
                             sah_result_run(book->result)->path,
                             sah_result_run(book->result)->model);
    return code;
}

/* ---- drawing ------------------------------------------------------------------------- */

static double list_height(const struct list *list, double width, double names) {
    return sah_chart_head(SAH_PLOT_TYPE_PT) +
           sah_plot_keys(NULL, list->key, list->nkeys, 0, 0, width) +
           sah_bars_height(list->bar, list->nbars, SAH_PLOT_TYPE_PT, names) + 12;
}

static void draw_list(const struct list *list, struct sah_canvas *canvas, double x,
                      double y, double width, double names) {
    struct sah_chart chart = {.canvas = canvas,
                              .x = x,
                              .y = y + sah_chart_head(SAH_PLOT_TYPE_PT),
                              .width = width,
                              .height = 2 * SAH_PLOT_TYPE_PT,
                              .type_pt = SAH_PLOT_TYPE_PT};
    const char *unit = strcmp(list->entry->unit, "1") == 0 ? "" : list->entry->unit;
    sah_chart_title(&chart, list->title, unit);
    chart.y += sah_plot_keys(canvas, list->key, list->nkeys, x,
                             chart.y - 0.3 * SAH_PLOT_TYPE_PT, width);
    if (list->nbars == 0) sah_chart_nothing(&chart, "nothing");
    chart.x += names, chart.width -= names;
    sah_bars_draw(&chart, list->bar, list->nbars, names, 0);
}

struct columns {
    size_t n;
    double width, gap, names, height[2];
    size_t of[MOST_LISTS]; /* which column a list stands in */
};

/* Lists fill the shorter column in turn. */
static struct columns arrange(const struct book *book, double width) {
    struct columns c = {.n = width < SAH_PLOT_NARROW_PT || book->n == 1 ? 1 : 2,
                        .gap = 20};
    c.width = c.n == 1 ? width : (width - c.gap) / 2;
    for (size_t i = 0; i < book->n; i++) {
        const struct list *list = &book->list[i];
        c.names = fmax(c.names, sah_bars_names(list->bar, list->nbars, SAH_PLOT_TYPE_PT,
                                               0.42 * c.width));
    }
    for (size_t i = 0; i < book->n; i++) {
        const struct list *list = &book->list[i];
        c.of[i] = c.n == 2 && c.height[1] < c.height[0];
        c.height[c.of[i]] += list_height(list, c.width, c.names);
    }
    return c;
}

static int draw_book(const struct book *book, const struct sah_plot_options *options,
                     struct sah_error *err) {
    struct sah_plot_sheet sheet;
    double width = sah_picture_width_pt(&options->picture) - 2 * SAH_PAGE_MARGIN_PT;
    struct columns c = arrange(book, width);
    double height = fmax(c.height[0], c.height[1]) + SAH_PAGE_HEADER_PT +
                    SAH_PAGE_FOOTER_PT + 2 * SAH_PAGE_MARGIN_PT;
    int code = sah_plot_open(book->result, options, "What caused what", "the whole run",
                             ceil(height), &sheet, err);
    if (code) return code;
    double y[2] = {sheet.top, sheet.top};
    for (size_t i = 0; i < book->n; i++) {
        const struct list *list = &book->list[i];
        double x = sheet.left + (double)c.of[i] * (c.width + c.gap);
        draw_list(list, sheet.canvas, x, y[c.of[i]], c.width, c.names);
        y[c.of[i]] += list_height(list, c.width, c.names);
    }
    return sah_plot_close(&sheet, SAH_OK, err);
}

int sah_plot_ledger(struct sah_result *result, const struct sah_plot_options *options,
                    struct sah_error *err) {
    struct book book = {.result = result};
    int code = read_book(&book, options->only, err);
    if (!code) code = draw_book(&book, options, err);
    for (size_t i = 0; i < book.n; i++) free(book.list[i].bar);
    return code;
}
