/* A study as a page: of every point fans of series and quantiles of outcomes, of every outcome
 * what the factors do to it. */
#include "output/atlas_impl.h"
#include "output/fan.h"
#include "output/study_file.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_POINTS = 2000,
    MOST_MEASURES = 32,
    MOST_NUMBERS = 400000, /* of fans; some 3 MB */
    SHADES = 17,
    NQ = SAH_STUDY_QUANTILES,
};

struct page {
    struct sah_json *json;
    struct sah_study_file *file;
    const struct sah_study_head *head;
    struct sah_error *err;
    double *room; /* numbers of one thing */
    size_t left;  /* numbers that may still be told of fans */
    size_t dropped;
};

/* ---- points ----------------------------------------------------------------------------- */

static void put_factors(struct page *page) {
    const struct sah_study_head *head = page->head;
    sah_json_open(page->json, "factors", '[');
    for (size_t k = 0; k < head->nfactors; k++) {
        const struct sah_study_factor *factor = &head->factor[k];
        sah_json_open(page->json, NULL, '{');
        sah_json_text(page->json, "name", factor->name);
        sah_json_text(page->json, "unit",
                      strcmp(factor->unit, "1") == 0 || factor->is_date ? ""
                                                                        : factor->unit);
        sah_json_text(page->json, "doc", factor->doc);
        sah_json_numbers(page->json, "values", factor->value, head->npoints);
        sah_json_open(page->json, "words", '[');
        for (size_t p = 0; p < head->npoints; p++) {
            char word[SAH_STUDY_WORD];
            sah_study_factor_word(factor, factor->value[p], word);
            sah_json_text(page->json, NULL, word);
        }
        sah_json_close(page->json, '[');
        sah_json_close(page->json, '{');
    }
    sah_json_close(page->json, '[');
    sah_json_open(page->json, "names", '[');
    for (size_t p = 0; head->point_name && p < head->npoints; p++)
        sah_json_text(page->json, NULL, head->point_name[p]);
    sah_json_close(page->json, '[');
}

static void put_days(struct page *page) {
    const int32_t *day = sah_study_file_days(page->file);
    size_t n = sah_study_file_periods(page->file);
    for (size_t k = 0; k < 2; k++) {
        sah_json_open(page->json, k ? "after" : "first", '[');
        for (size_t t = 0; t < n; t++) sah_json_whole(page->json, NULL, day[t + k]);
        sah_json_close(page->json, '[');
    }
}

/* ---- fans ------------------------------------------------------------------------------ */

/* Numbers lie [point][quantile][period]; what would be too much for a page is counted. */
static int put_fan(struct page *page, size_t number, int item, const char *title,
                   double scale, const char *unit) {
    const struct sah_study_series *series = sah_study_file_series(page->file, number);
    size_t each = NQ * sah_study_file_periods(page->file);
    size_t all = each * page->head->npoints;
    if (all > page->left) {
        page->dropped++;
        return SAH_OK;
    }
    int code = SAH_OK;
    for (size_t p = 0; p < page->head->npoints && !code; p++)
        code = sah_study_file_fan(page->file, number, item, p, page->room + p * each,
                                  page->err);
    bool any = false;
    for (size_t i = 0; i < all && !code; i++) {
        any = any || page->room[i] != 0;
        page->room[i] *= scale;
    }
    if (code || !any) return code;
    page->left -= all;
    sah_json_open(page->json, NULL, '{');
    sah_json_text(page->json, "name", series->name);
    sah_json_text(page->json, "title", title);
    sah_json_text(page->json, "unit", strcmp(unit, "1") == 0 ? "" : unit);
    sah_json_text(page->json, "nature", series->flow ? "sum" : "end");
    sah_json_numbers(page->json, "fans", page->room, all);
    sah_json_close(page->json, '{');
    return SAH_OK;
}

/* All together first, then each item. */
static int put_series(struct page *page, size_t number) {
    const struct sah_study_series *series = sah_study_file_series(page->file, number);
    const struct sah_fan_usual *u = sah_fan_usual;
    while (u->name && strcmp(u->name, series->name) != 0) u++;
    double scale = u->name ? u->scale : 1;
    const char *unit = u->name && u->unit ? u->unit : series->unit;
    const char *title = u->name ? u->title : series->doc;
    int code = SAH_OK;
    if (!series->item || series->has_sum)
        code = put_fan(page, number, -1, title, scale, unit);
    for (size_t i = 0; i < series->nitems && !code; i++) {
        char whole[SAH_PLOT_LINE];
        snprintf(whole, sizeof whole, "%.120s: %.120s", title, series->title[i]);
        code = put_fan(page, number, (int)i, whole, scale, unit);
    }
    return code;
}

static bool is_usual(const char *name) {
    for (const struct sah_fan_usual *u = sah_fan_usual; u->name; u++)
        if (strcmp(u->name, name) == 0) return true;
    return false;
}

/* The usual ones first, in their order. */
static int put_fans(struct page *page) {
    size_t n = sah_study_file_series_count(page->file);
    int code = SAH_OK;
    put_days(page);
    sah_json_open(page->json, "fans", '[');
    for (const struct sah_fan_usual *u = sah_fan_usual; u->name; u++)
        for (size_t i = 0; i < n && !code; i++)
            if (strcmp(sah_study_file_series(page->file, i)->name, u->name) == 0)
                code = put_series(page, i);
    for (size_t i = 0; i < n && !code; i++)
        if (!is_usual(sah_study_file_series(page->file, i)->name))
            code = put_series(page, i);
    sah_json_close(page->json, '[');
    sah_json_whole(page->json, "fans_left_out", (long long)page->dropped);
    return code;
}

/* ---- outcomes --------------------------------------------------------------------------- */

/* Estimates by factor, or by level where there are levels. */
static const struct estimate {
    const char *name, *words;
    const char *low, *high; /* NULL: no interval */
} ESTIMATES[] = {
    {"level_effect", "", "level_low", "level_high"},
    {"mu_star", "mu*", "mu_star_low", "mu_star_high"},
    {"mu", "mu", NULL, NULL},
    {"sigma", "sigma", NULL, NULL},
    {"S1", "S1", "S1_low", "S1_high"},
    {"ST", "ST", "ST_low", "ST_high"},
};
enum { NESTIMATES = sizeof ESTIMATES / sizeof *ESTIMATES };

static int put_row(struct page *page, size_t measure, const struct estimate *e) {
    const struct sah_study_head *head = page->head;
    bool levels = e == ESTIMATES;
    size_t n = levels ? head->nlevels : head->nfactors;
    const char *table[] = {e->name, e->low, e->high};
    int code = SAH_OK;
    double *column = calloc(3 * n + 1, sizeof *column);
    if (!column) return sah_error_add(page->err, SAH_MEMORY, "no memory for outcomes");
    for (size_t c = 0; c < 3 && !code; c++)
        if (table[c])
            code = sah_study_file_column(page->file, table[c], measure, n,
                                         column + c * n, page->err);
    for (size_t i = 0; i < n && !code; i++) {
        size_t factor = levels ? head->level[i].factor : i;
        char word[SAH_STUDY_WORD];
        if (levels)
            sah_study_factor_word(&head->factor[factor], head->level[i].value, word);
        sah_json_open(page->json, NULL, '{');
        sah_json_text(page->json, "factor", head->factor[factor].name);
        sah_json_text(page->json, "what", levels ? word : e->words);
        sah_json_number(page->json, "value", column[i]);
        if (e->low) sah_json_number(page->json, "low", column[n + i]);
        if (e->low) sah_json_number(page->json, "high", column[2 * n + i]);
        sah_json_close(page->json, '{');
    }
    free(column);
    return code;
}

static int put_rows(struct page *page, size_t measure) {
    int code = SAH_OK;
    sah_json_open(page->json, "rows", '[');
    for (size_t i = 0; i < NESTIMATES && !code; i++)
        if (sah_study_file_has(page->file, ESTIMATES[i].name))
            code = put_row(page, measure, &ESTIMATES[i]);
    sah_json_close(page->json, '[');
    double origin;
    if (code || !page->head->nlevels) return code;
    code = sah_study_file_column(page->file, "level_origin", measure, 1, &origin,
                                 page->err);
    sah_json_number(page->json, "origin", origin);
    return code;
}

static int put_measure(struct page *page, size_t m) {
    static const char *const names[NQ] = {"low", NULL, "median", NULL, "high"};
    const struct sah_study_head *head = page->head;
    size_t n = head->npoints;
    int code = sah_study_file_quantiles(page->file, m, page->room, page->err);
    sah_json_open(page->json, NULL, '{');
    sah_json_text(page->json, "name", head->measure[m]);
    sah_json_text(page->json, "unit",
                  strcmp(head->unit[m], "1") == 0 ? "" : head->unit[m]);
    for (size_t q = 0; q < NQ && !code; q++)
        if (names[q]) sah_json_numbers(page->json, names[q], page->room + q * n, n);
    if (!code)
        code = sah_study_file_column(page->file, "mean", m, n, page->room, page->err);
    if (!code) sah_json_numbers(page->json, "mean", page->room, n);
    if (!code) code = put_rows(page, m);
    sah_json_close(page->json, '{');
    return code;
}

/* Without those that are told by country, kind or group. */
static int put_measures(struct page *page) {
    size_t told = 0;
    int code = SAH_OK;
    sah_json_open(page->json, "measures", '[');
    for (size_t m = 0; m < page->head->nmeasures && !code && told < MOST_MEASURES;
         m++) {
        if (strchr(page->head->measure[m], '(')) continue;
        code = put_measure(page, m);
        told++;
    }
    sah_json_close(page->json, '[');
    return code;
}

/* ---- the page ---------------------------------------------------------------------------- */

static int put_study(struct page *page) {
    const struct sah_study_head *head = page->head;
    sah_json_open(page->json, "study", '{');
    sah_json_text(page->json, "kind", head->kind);
    sah_json_whole(page->json, "points", (long long)head->npoints);
    sah_json_whole(page->json, "replicates", (long long)head->nreplicates);
    sah_json_whole(page->json, "failed", (long long)head->nfailed);
    sah_json_open(page->json, "ramp", '[');
    for (int i = 0; i < SHADES; i++)
        sah_atlas_colour(page->json, NULL,
                         sah_ramp_at(SAH_RAMP_DUSK, i / (SHADES - 1.0)));
    sah_json_close(page->json, '[');
    put_factors(page);
    int code = put_fans(page);
    if (!code) code = put_measures(page);
    sah_json_close(page->json, '{');
    return code;
}

static int put_scenario(struct page *page) {
    char *study = sah_study_file_text(page->file, "yaml", page->err);
    char *scenario =
        study ? sah_study_file_text(page->file, "scenario", page->err) : NULL;
    size_t room = study && scenario ? strlen(study) + strlen(scenario) + 64 : 0;
    char *both = room ? malloc(room) : NULL;
    if (both) snprintf(both, room, "# study\n%s\n# scenario\n%s", study, scenario);
    sah_json_text(page->json, "scenario", both ? both : "");
    int code = study && scenario ? SAH_OK : SAH_FORMAT;
    free(study), free(scenario), free(both);
    return code;
}

static int make(struct page *page) {
    const struct sah_study_head *head = page->head;
    size_t each = NQ * (1 + sah_study_file_periods(page->file));
    if (head->npoints > MOST_POINTS)
        return sah_error_add(page->err, SAH_LIMIT,
                             "%s: has %zu points; a page shows at most %d", head->path,
                             head->npoints, MOST_POINTS);
    page->room = malloc((head->npoints * each + 1) * sizeof *page->room);
    if (!page->room)
        return sah_error_add(page->err, SAH_MEMORY, "no memory for a page");
    sah_atlas_head(page->json,
                   &(struct sah_atlas_run){head->title, head->model, head->source,
                                           head->seed, head->start, head->end});
    sah_atlas_nowhere(page->json);
    int code = put_study(page);
    if (!code) code = put_scenario(page);
    sah_json_numbers(page->json, "series", NULL, 0);
    sah_atlas_nothing(page->json);
    free(page->room);
    return code;
}

int sah_atlas_study(struct sah_json *json, const char *path, struct sah_error *err) {
    struct page page = {.json = json, .err = err, .left = MOST_NUMBERS};
    int code = sah_study_file_open(path, &page.file, err);
    if (code) return code;
    page.head = sah_study_file_head(page.file);
    sah_json_open(json, NULL, '{');
    code = make(&page);
    sah_json_close(json, '{');
    sah_study_file_close(page.file);
    return code;
}
