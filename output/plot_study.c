/* Words of a study, and which outcomes are shown. */
#include "output/plot_study.h"

#include "output/date_ticks.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int sah_plot_study_open(const struct sah_study_head *head,
                        const struct sah_plot_options *options, const char *title,
                        const char *note, double room_pt, struct sah_plot_sheet *sheet,
                        struct sah_error *err) {
    char first[SAH_DATE_WORDS], last[SAH_DATE_WORDS], subtitle[SAH_PLOT_LINE],
        mark[SAH_PLOT_LINE], failed[48] = "";
    sah_date_words(head->start, first), sah_date_words(head->end, last);
    if (head->nfailed)
        snprintf(failed, sizeof failed, " \u00B7 %zu runs failed", head->nfailed);
    snprintf(subtitle, sizeof subtitle, "%s to %s%s%s%s", first, last,
             note ? " \u00B7 " : "", note ? note : "", failed);
    snprintf(mark, sizeof mark, "%s, %zu point%s, %zu replicate%s, seed %lld \u00B7 %s",
             head->kind, head->npoints, head->npoints == 1 ? "" : "s",
             head->nreplicates, head->nreplicates == 1 ? "" : "s",
             (long long)head->seed, head->source);
    return sah_plot_sheet_open(
        options, &(struct sah_plot_words){title, subtitle, head->title, mark},
        sah_plot_height(room_pt), sheet, err);
}

/* ---- outcomes ------------------------------------------------------------------------- */

static const char *const USUAL[] = {"deaths", "events", "fighters at the end",
                                    "displaced people at the end"};

static size_t find(const struct sah_study_head *head, const char *name) {
    size_t m = 0;
    while (m < head->nmeasures && strcmp(head->measure[m], name) != 0) m++;
    return m;
}

int sah_plot_study_choose(const struct sah_study_file *file, const char *only,
                          size_t outcome[SAH_PLOT_OUTCOMES], size_t *n,
                          struct sah_error *err) {
    const struct sah_study_head *head = sah_study_file_head(file);
    *n = 0;
    if (head->nmeasures == 0)
        return sah_error_add(err, SAH_INPUT, "%s: has no measures", head->path);
    if (only) {
        int found = sah_study_file_measure(file, only, err);
        if (found < 0) return SAH_INPUT;
        outcome[(*n)++] = (size_t)found;
        return SAH_OK;
    }
    for (size_t i = 0; i < sizeof USUAL / sizeof *USUAL; i++) {
        size_t m = find(head, USUAL[i]);
        if (m < head->nmeasures) outcome[(*n)++] = m;
    }
    for (size_t m = 0; *n == 0 && m < head->nmeasures && m < SAH_PLOT_OUTCOMES; m++)
        outcome[m] = m;
    if (*n == 0)
        *n = head->nmeasures < SAH_PLOT_OUTCOMES ? head->nmeasures : SAH_PLOT_OUTCOMES;
    return SAH_OK;
}

const char *sah_plot_study_unit(const struct sah_study_head *head, size_t measure) {
    return strcmp(head->unit[measure], "1") == 0 ? "" : head->unit[measure];
}

/* ---- points ---------------------------------------------------------------------------- */

void sah_plot_study_point(const struct sah_study_head *head, size_t point, bool named,
                          char text[static SAH_PLOT_LINE]) {
    size_t used = 0;
    text[0] = '\0';
    if (head->point_name && head->point_name[point][0]) {
        snprintf(text, SAH_PLOT_LINE, "%s", head->point_name[point]);
        return;
    }
    for (size_t k = 0; k < head->nfactors && used < SAH_PLOT_LINE; k++) {
        char word[SAH_STUDY_WORD];
        sah_study_factor_word(&head->factor[k], head->factor[k].value[point], word);
        used += (size_t)snprintf(text + used, SAH_PLOT_LINE - used, "%s%s%s%s",
                                 k ? " \u00B7 " : "", named ? head->factor[k].name : "",
                                 named ? " " : "", word);
    }
    if (head->nfactors == 0) snprintf(text, SAH_PLOT_LINE, "the scenario itself");
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double *sah_plot_study_levels(const struct sah_study_head *head, size_t factor,
                              size_t *n) {
    double *level = malloc((head->npoints + 1) * sizeof *level);
    *n = 0;
    if (!level) return NULL;
    memcpy(level, head->factor[factor].value, head->npoints * sizeof *level);
    qsort(level, head->npoints, sizeof *level, ascending);
    for (size_t p = 0; p < head->npoints; p++)
        if (*n == 0 || level[p] != level[*n - 1]) level[(*n)++] = level[p];
    return level;
}

/* ---- rows ------------------------------------------------------------------------------- */

double sah_plot_rows_height(size_t n, int lanes) {
    static const double below = 16; /* numbers of the axis, and air */
    return sah_chart_head(SAH_PLOT_TYPE_PT) +
           sah_rows_height(n, lanes, SAH_PLOT_TYPE_PT) + below;
}

/* Words stand at the ends of bars, on the side they run to. */
void sah_plot_rows_draw(const struct sah_plot_rows *rows,
                        const struct sah_plot_sheet *sheet, double top, double names) {
    double words =
        fmin(sah_rows_words(rows->row, rows->n, SAH_PLOT_TYPE_PT), 0.2 * sheet->width);
    double left = rows->across.low < 0 ? words : 0;
    struct sah_chart chart = {
        .canvas = sheet->canvas,
        .x = sheet->left,
        .y = top + sah_chart_head(SAH_PLOT_TYPE_PT),
        .width = sheet->width,
        .height = sah_rows_height(rows->n, rows->lanes, SAH_PLOT_TYPE_PT),
        .across = rows->across,
        .type_pt = SAH_PLOT_TYPE_PT};
    sah_chart_title(&chart, rows->title, rows->note);
    chart.x += names + left;
    chart.width -= names + left + words;
    sah_rows_draw(&chart, rows->row, rows->n, rows->lanes, names, left);
}
