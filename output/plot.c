/* The table of kinds, and what surrounds every plot. */
#include "output/plot_impl.h"

#include "output/comparison.h"
#include "output/date_ticks.h"
#include "sim/kernel/param.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* clang-format off */
const struct sah_plot_kind sah_plot_kinds[] = {
    {"series", "Deaths, events, fighters, money and displaced people over time",
     false, sah_plot_series, NULL, NULL},
    {"events", "How severe events are, how long none happens, of what kind they are",
     false, sah_plot_events, NULL, NULL},
    {"factions", "Strengths of armed groups as a river, with pledges, splits and wars",
     false, sah_plot_factions, NULL, NULL},
    {"ledger", "What caused what: bars by cause, reason and stream",
     false, sah_plot_ledger, NULL, NULL},
    {"response", "How long forces take to react, and how often they do",
     false, sah_plot_response, NULL, NULL},
    {"fan", "Of many results, a comparison, a point of a study: median of series, bands",
     true, sah_plot_fan, sah_plot_arms, sah_plot_study_fan},
    {"effects", "Of a comparison: the effect on every measure with its interval",
     false, NULL, sah_plot_effects, NULL},
    {"difference", "Of a comparison: maps of the difference, by year",
     false, NULL, sah_plot_difference, NULL},
    {"multiples", "Of a study: a series as a fan for every point of the design",
     false, NULL, NULL, sah_plot_multiples},
    {"heat", "Of a study: outcomes over the levels of two factors",
     false, NULL, NULL, sah_plot_heat},
    {"tornado", "Of a study: what each factor does to outcomes, the largest first",
     false, NULL, NULL, sah_plot_tornado},
    {"bars", "Of a study: indices of Sobol', or mu* and sigma of Morris",
     false, NULL, NULL, sah_plot_bars},
    {0},
};
/* clang-format on */

static const struct sah_plot_kind *find_kind(const char *name, struct sah_error *err) {
    const char *near = NULL;
    size_t distance = SIZE_MAX;
    for (const struct sah_plot_kind *k = sah_plot_kinds; k->name; k++) {
        if (strcmp(k->name, name) == 0) return k;
        sah_nearer(name, k->name, &near, &distance);
    }
    sah_error_add(err, SAH_INPUT, "%s: no such kind of plot%s%s%s", name,
                  near ? "; did you mean " : "; see 'sahel plot --help'",
                  near ? near : "", near ? "?" : "");
    return NULL;
}

/* What a study can be drawn as is told where it cannot. */
static int draw_study(const struct sah_plot_kind *kind,
                      const struct sah_plot_options *options, struct sah_error *err) {
    struct sah_study_file *file;
    if (!kind->study)
        return sah_error_add(err, SAH_INPUT,
                             "%s: is a study; it can be drawn as fan, multiples, heat, "
                             "tornado and bars",
                             options->result);
    int code = sah_study_file_open(options->result, &file, err);
    if (code) return code;
    code = kind->study(file, options, err);
    sah_study_file_close(file);
    return code;
}

int sah_plot(const struct sah_plot_options *options, struct sah_error *err) {
    const struct sah_plot_kind *kind = find_kind(options->kind, err);
    if (!kind) return SAH_INPUT;
    bool study = (!kind->draw && !kind->file) || sah_study_file_is(options->result);
    if (options->nresults > 1 && (!kind->many || study))
        return sah_error_add(err, SAH_INPUT, "%s: %s is drawn of one file alone",
                             options->results[1], kind->name);
    int code = sah_picture_check(&options->picture, err);
    if (code) return code;
    if (study) return draw_study(kind, options, err);
    if (kind->file && (!kind->draw || sah_comparison_is(options->result)))
        return kind->file(options, err);
    struct sah_result *result;
    code = sah_result_open(options->result, &result, err);
    if (code) return code;
    code = kind->draw(result, options, err);
    sah_result_close(result);
    return code;
}

/* ---- the sheet ------------------------------------------------------------------------- */

static void write_subtitle(const struct sah_result_run *run, const char *note,
                           char text[static SAH_PLOT_LINE]) {
    char first[SAH_DATE_WORDS], last[SAH_DATE_WORDS];
    sah_date_words(run->start, first), sah_date_words(run->end, last);
    snprintf(text, SAH_PLOT_LINE, "%s to %s%s%s", first, last, note ? " \u00B7 " : "",
             note ? note : "");
}

double sah_plot_height(double room_pt) {
    return ceil(2 * SAH_PAGE_MARGIN_PT + SAH_PAGE_HEADER_PT + SAH_PAGE_FOOTER_PT +
                room_pt);
}

int sah_plot_sheet_open(const struct sah_plot_options *options,
                        const struct sah_plot_words *words, double height_pt,
                        struct sah_plot_sheet *sheet, struct sah_error *err) {
    double width = sah_picture_width_pt(&options->picture);
    int code = sah_canvas_open(&options->picture, height_pt, words->title,
                               &sheet->canvas, err);
    if (code) return code;
    struct sah_page page = {.title = words->title,
                            .subtitle = words->subtitle,
                            .source = words->source,
                            .mark = words->mark,
                            .left = SAH_PAGE_MARGIN_PT,
                            .width = width,
                            .height = height_pt};
    sah_page_header(sheet->canvas, &page);
    sah_page_corner(sheet->canvas, &page);
    sheet->left = SAH_PAGE_MARGIN_PT;
    sheet->right = width - SAH_PAGE_MARGIN_PT;
    sheet->width = sheet->right - sheet->left;
    sheet->top = SAH_PAGE_MARGIN_PT + SAH_PAGE_HEADER_PT;
    return SAH_OK;
}

int sah_plot_open(const struct sah_result *result,
                  const struct sah_plot_options *options, const char *title,
                  const char *note, double height_pt, struct sah_plot_sheet *sheet,
                  struct sah_error *err) {
    const struct sah_result_run *run = sah_result_run(result);
    char subtitle[SAH_PLOT_LINE], mark[SAH_PLOT_LINE];
    write_subtitle(run, note, subtitle);
    snprintf(mark, sizeof mark, "digest %s \u00B7 sahel %s", run->digest, run->version);
    return sah_plot_sheet_open(
        options, &(struct sah_plot_words){title, subtitle, run->title, mark}, height_pt,
        sheet, err);
}

int sah_plot_close(struct sah_plot_sheet *sheet, int code, struct sah_error *err) {
    if (!code) code = sah_canvas_finish(sheet->canvas, err);
    sah_canvas_free(sheet->canvas);
    return code;
}

/* ---- words and scales ------------------------------------------------------------------ */

struct sah_scale sah_plot_days(double first, double last) {
    return (struct sah_scale){SAH_SCALE_LINEAR, first, fmax(last, first + 1)};
}

struct sah_scale sah_plot_run_days(const struct sah_result *result) {
    const struct sah_result_run *run = sah_result_run(result);
    return sah_plot_days(run->start, run->end + 1.0);
}

void sah_plot_amount(double value, char text[static SAH_NUMBER_TEXT]) {
    double size = fabs(value);
    double unit = size >= 1e6    ? pow(10, floor(log10(size)) - 2)
                  : size >= 100  ? 1
                  : size >= 0.01 ? pow(10, floor(log10(size)) - 2)
                                 : 1e-4;
    sah_tick_text(unit * round(value / unit), text);
}

void sah_plot_unit(const struct sah_sheaf *sheaf, char text[static SAH_PLOT_LINE]) {
    const struct sah_variable *v = sheaf->variable;
    const char *unit = strcmp(v->unit, "1") == 0 ? "" : v->unit;
    bool flow = v->nature == SAH_FLOW;
    snprintf(text, SAH_PLOT_LINE, "%s%s%s", unit, *unit && flow ? " " : "",
             !flow                               ? ""
             : strcmp(sheaf->every, "day") == 0  ? "a day"
             : strcmp(sheaf->every, "year") == 0 ? "a year"
                                                 : "a month");
}

double sah_plot_keys(struct sah_canvas *canvas, const struct sah_plot_key *key,
                     size_t n, double x, double y, double width) {
    struct sah_type_style style = {.size_pt = SAH_PLOT_TYPE_PT,
                                   .ink = sah_ink(SAH_INK_TEXT)};
    double at = 0, down = 0, line = 1.6 * SAH_PLOT_TYPE_PT;
    for (size_t i = 0; i < n; i++) {
        double step = 1.12 * SAH_PLOT_TYPE_PT + 1.3 * SAH_PLOT_TYPE_PT +
                      sah_type_measure(&style, key[i].text).width;
        if (at > 0 && at + step > width) at = 0, down += line;
        if (canvas) {
            double baseline = y + down + SAH_PLOT_TYPE_PT;
            double swatch = sah_chart_swatch(canvas, x + at, baseline, SAH_PLOT_TYPE_PT,
                                             key[i].colour);
            sah_canvas_text(canvas, &style, x + at + swatch, baseline, SAH_AT_LEFT,
                            key[i].text);
        }
        at += step;
    }
    return n ? down + line : 0;
}
