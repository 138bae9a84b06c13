/* Columns and blocks of study.h5, read when asked for. */
#include "output/study_file.h"

#include "output/h5_read.h"
#include "output/scale.h"
#include "sim/kernel/calendar.h"
#include "sim/kernel/param.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char SUFFIX[] = "_quantile", SUM[] = "_sum";

struct sah_study_file {
    struct sah_h5 h5;
    struct sah_study_head head;
    size_t nseries, nperiods;
    struct sah_study_series *series;
    int32_t *day; /* [nperiods + 1] */
};

/* ---- small pieces ----------------------------------------------------------------------- */

static size_t length_of(struct sah_h5 *h5, const char *name) {
    hid_t dataset = sah_h5_object(h5, h5->file, name);
    size_t n = sah_h5_length(h5, dataset);
    sah_h5_drop(dataset);
    return n;
}

/* A column of numbers, `n` of them. */
static double *take_numbers(struct sah_h5 *h5, const char *name, size_t n) {
    hid_t dataset = sah_h5_object(h5, h5->file, name);
    double *out = h5->status ? NULL : sah_h5_room(h5, n + 1, sizeof *out);
    if (out && sah_h5_length(h5, dataset) != n)
        h5->status = sah_error_add(h5->err, SAH_FORMAT, "%s: %s has another length",
                                   h5->path, name);
    if (out) sah_h5_read(h5, dataset, SAH_F64, out);
    sah_h5_drop(dataset);
    return out;
}

/* A text cut at blanks; both are the caller's. */
static char **cut(struct sah_h5 *h5, char *text, size_t *n) {
    char *rest = NULL;
    *n = 0;
    if (!text) return NULL;
    char **word = sah_h5_room(h5, strlen(text) / 2 + 2, sizeof *word);
    for (char *at = strtok_r(text, " ", &rest); word && at && !h5->status;
         at = strtok_r(NULL, " ", &rest)) {
        word[*n] = strdup(at);
        if (word[*n])
            ++*n;
        else
            h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for words");
    }
    return word;
}

/* ---- points and factors ------------------------------------------------------------------ */

static void read_factor(struct sah_study_file *f, const char *name,
                        struct sah_study_factor *factor) {
    struct sah_h5 *h5 = &f->h5;
    hid_t dataset = sah_h5_object(h5, h5->file, name);
    factor->name = strdup(name);
    factor->unit = sah_h5_get_text(h5, dataset, "units");
    factor->doc = sah_h5_get_text(h5, dataset, "long_name");
    char *words = sah_h5_get_text(h5, dataset, "flag_meanings");
    factor->word = cut(h5, words, &factor->nwords);
    factor->is_date = factor->unit && strncmp(factor->unit, "days since ", 11) == 0;
    free(words);
    sah_h5_drop(dataset);
    factor->value = take_numbers(h5, name, f->head.npoints);
}

static void read_factors(struct sah_study_file *f, hid_t root) {
    struct sah_h5 *h5 = &f->h5;
    char *list = sah_h5_get_text(h5, root, "factors");
    size_t n = 0;
    char **name = cut(h5, list, &n);
    f->head.factor = sah_h5_room(h5, n + 1, sizeof *f->head.factor);
    for (size_t k = 0; k < n && !h5->status && f->head.factor; k++)
        read_factor(f, name[k], &f->head.factor[f->head.nfactors++]);
    for (size_t k = 0; k < n; k++) free(name[k]);
    free(name);
    free(list);
}

static void read_points(struct sah_study_file *f, hid_t root) {
    struct sah_h5 *h5 = &f->h5;
    f->head.npoints = length_of(h5, "design");
    f->head.nreplicates = length_of(h5, "replicate");
    f->head.nruns = length_of(h5, "runs/state");
    double *state = take_numbers(h5, "runs/state", f->head.nruns);
    for (size_t r = 0; state && r < f->head.nruns; r++)
        f->head.nfailed += state[r] != 1;
    free(state);
    read_factors(f, root);
    if (sah_h5_has(h5, h5->file, "point_name"))
        f->head.point_name = sah_h5_take_texts(h5, "point_name", f->head.npoints);
}

static void read_measures(struct sah_study_file *f) {
    struct sah_h5 *h5 = &f->h5;
    if (h5->status || !sah_h5_has(h5, h5->file, "measures")) return;
    f->head.nmeasures = length_of(h5, "measures/measure");
    f->head.measure = sah_h5_take_texts(h5, "measures/measure", f->head.nmeasures);
    f->head.unit = sah_h5_take_texts(h5, "measures/unit", f->head.nmeasures);
}

/* Levels name their factors. */
static void read_levels(struct sah_study_file *f) {
    struct sah_h5 *h5 = &f->h5;
    if (h5->status || !sah_h5_has(h5, h5->file, "measures/level_factor")) return;
    size_t n = length_of(h5, "measures/level");
    char **name = sah_h5_take_texts(h5, "measures/level_factor", n);
    double *value = take_numbers(h5, "measures/level_value", n);
    f->head.level = sah_h5_room(h5, n + 1, sizeof *f->head.level);
    for (size_t i = 0; name && value && f->head.level && i < n; i++) {
        size_t k = 0;
        while (k < f->head.nfactors && strcmp(f->head.factor[k].name, name[i]) != 0)
            k++;
        if (k == f->head.nfactors) continue;
        f->head.level[f->head.nlevels++] = (struct sah_study_level){k, value[i]};
    }
    if (!h5->status && f->head.nlevels != n)
        h5->status = sah_error_add(h5->err, SAH_FORMAT, "%s: levels of unknown factors",
                                   h5->path);
    sah_h5_free_texts(name, name ? n : 0);
    free(value);
}

/* ---- series ---------------------------------------------------------------------------- */

static bool ends_with(const char *name, const char *suffix) {
    size_t n = strlen(name), m = strlen(suffix);
    return n > m && strcmp(name + n - m, suffix) == 0;
}

/* Labels of the items, and their titles where there are some. */
static void read_items(struct sah_h5 *h5, const char *axis,
                       struct sah_study_series *series) {
    char path[160];
    snprintf(path, sizeof path, "series/%.120s", axis);
    series->nitems = length_of(h5, path);
    series->item = sah_h5_take_texts(h5, path, series->nitems);
    snprintf(path, sizeof path, "series/%.120s_title", axis);
    bool titled = sah_h5_has(h5, h5->file, path);
    snprintf(path, sizeof path, "series/%.120s%s", axis, titled ? "_title" : "");
    series->title = sah_h5_take_texts(h5, path, series->nitems);
}

static void read_one(struct sah_study_file *f, hid_t group, const char *name) {
    struct sah_h5 *h5 = &f->h5;
    struct sah_study_series *series = &f->series[f->nseries];
    hid_t dataset = sah_h5_object(h5, group, name);
    char *axis = sah_h5_get_text(h5, dataset, "items");
    char *method = sah_h5_get_text(h5, dataset, "cell_methods");
    series->name = strndup(name, strlen(name) - strlen(SUFFIX));
    series->unit = sah_h5_get_text(h5, dataset, "units");
    series->doc = sah_h5_get_text(h5, dataset, "long_name");
    sah_h5_drop(dataset);
    if (!h5->status) {
        char sum[160];
        series->doc[strcspn(series->doc, ":")] = '\0';
        series->flow = strcmp(method, "time: sum") == 0;
        if (*axis) read_items(h5, axis, series);
        snprintf(sum, sizeof sum, "%.100s%s%s", series->name, SUM, SUFFIX);
        series->has_sum = *axis && sah_h5_has(h5, group, sum);
    }
    f->nseries++; /* what was read is freed with the file */
    free(method);
    free(axis);
}

static bool is_sum(struct sah_h5 *h5, hid_t group, const char *name) {
    char whole[160], tail[32];
    snprintf(tail, sizeof tail, "%s%s", SUM, SUFFIX);
    if (!ends_with(name, tail)) return false;
    snprintf(whole, sizeof whole, "%.*s%s", (int)(strlen(name) - strlen(tail)), name,
             SUFFIX);
    return sah_h5_has(h5, group, whole);
}

static void read_days(struct sah_study_file *f) {
    struct sah_h5 *h5 = &f->h5;
    f->nperiods = length_of(h5, "series/time");
    double *first = take_numbers(h5, "series/time", f->nperiods);
    f->day = sah_h5_room(h5, f->nperiods + 1, sizeof *f->day);
    for (size_t t = 0; first && f->day && t < f->nperiods; t++)
        f->day[t] = (int32_t)first[t];
    if (f->day) f->day[f->nperiods] = f->head.end + 1;
    free(first);
}

static void read_series(struct sah_study_file *f) {
    struct sah_h5 *h5 = &f->h5;
    if (h5->status || !sah_h5_has(h5, h5->file, "series")) return;
    read_days(f);
    hid_t group = sah_h5_object(h5, h5->file, "series");
    size_t n = sah_h5_members(h5, group);
    f->series = sah_h5_room(h5, n + 1, sizeof *f->series);
    for (size_t i = 0; i < n && !h5->status && f->series; i++) {
        char *name = sah_h5_member(h5, group, i);
        if (name && ends_with(name, SUFFIX) && !is_sum(h5, group, name))
            read_one(f, group, name);
        free(name);
    }
    sah_h5_drop(group);
}

/* ---- the file ------------------------------------------------------------------------- */

static void check_format(struct sah_h5 *h5, hid_t root) {
    int64_t format = sah_h5_get_whole(h5, root, "study_format", -1);
    if (h5->status) return;
    if (format < 0)
        h5->status =
            sah_error_add(h5->err, SAH_FORMAT,
                          "%s: is no study, as 'sahel study run' writes", h5->path);
    else if (format > SAH_STUDY_FILE_FORMAT)
        h5->status =
            sah_error_add(h5->err, SAH_FORMAT,
                          "%s: is a study of format %lld; this program reads up "
                          "to %d",
                          h5->path, (long long)format, SAH_STUDY_FILE_FORMAT);
}

static void read_all(struct sah_study_file *f) {
    struct sah_h5 *h5 = &f->h5;
    hid_t root = sah_h5_object(h5, h5->file, "/");
    check_format(h5, root);
    if (!h5->status) {
        f->head.title = sah_h5_get_text(h5, root, "title");
        f->head.source = sah_h5_get_text(h5, root, "source");
        f->head.model = sah_h5_get_text(h5, root, "model");
        f->head.kind = sah_h5_get_text(h5, root, "design_kind");
        f->head.seed = sah_h5_get_whole(h5, root, "seed", 0);
        f->head.start = sah_h5_get_day(h5, root, "start");
        f->head.end = sah_h5_get_day(h5, root, "end");
    }
    if (!h5->status) read_points(f, root);
    sah_h5_drop(root);
    read_measures(f);
    read_levels(f);
    read_series(f);
}

bool sah_study_file_is(const char *path) {
    struct sah_error err = {0};
    struct sah_h5 h5;
    bool is = false;
    if (!sah_h5_open(&h5, path, &err)) {
        hid_t root = sah_h5_object(&h5, h5.file, "/");
        is = sah_h5_has_attribute(&h5, root, "study_format");
        sah_h5_drop(root);
        sah_h5_close(&h5);
    }
    sah_error_clear(&err);
    return is;
}

int sah_study_file_open(const char *path, struct sah_study_file **file,
                        struct sah_error *err) {
    struct sah_study_file *f = *file = calloc(1, sizeof *f);
    if (!f) return sah_error_add(err, SAH_MEMORY, "no memory for a study");
    f->h5.file = -1;
    f->head.path = strdup(path);
    int code = f->head.path ? sah_h5_open(&f->h5, f->head.path, err)
                            : sah_error_add(err, SAH_MEMORY, "no memory for a study");
    if (!code) {
        read_all(f);
        code = f->h5.status;
    }
    if (!code) return SAH_OK;
    sah_study_file_close(f);
    *file = NULL;
    return code;
}

static void free_list(char **text, size_t n) {
    for (size_t i = 0; text && i < n; i++) free(text[i]);
    free(text);
}

static void free_head(struct sah_study_head *head) {
    for (size_t k = 0; k < head->nfactors; k++) {
        struct sah_study_factor *factor = &head->factor[k];
        free(factor->name), free(factor->unit), free(factor->doc);
        free_list(factor->word, factor->nwords);
        free(factor->value);
    }
    free(head->factor);
    free(head->level);
    sah_h5_free_texts(head->point_name, head->point_name ? head->npoints : 0);
    sah_h5_free_texts(head->measure, head->measure ? head->nmeasures : 0);
    sah_h5_free_texts(head->unit, head->unit ? head->nmeasures : 0);
    free(head->path), free(head->title), free(head->source);
    free(head->model), free(head->kind);
}

void sah_study_file_close(struct sah_study_file *f) {
    if (!f) return;
    if (f->h5.file >= 0) sah_h5_close(&f->h5);
    for (size_t i = 0; i < f->nseries; i++) {
        struct sah_study_series *series = &f->series[i];
        free(series->name), free(series->unit), free(series->doc);
        sah_h5_free_texts(series->item, series->item ? series->nitems : 0);
        sah_h5_free_texts(series->title, series->title ? series->nitems : 0);
    }
    free_head(&f->head);
    free(f->series);
    free(f->day);
    free(f);
}

/* ---- questions ------------------------------------------------------------------------ */

const struct sah_study_head *sah_study_file_head(const struct sah_study_file *f) {
    return &f->head;
}

void sah_study_factor_word(const struct sah_study_factor *factor, double value,
                           char text[static SAH_STUDY_WORD]) {
    if (factor->is_date && fabs(value) < 1e7) {
        sah_day_text((int32_t)value, text);
    } else if (factor->nwords && value >= 0 && value < (double)factor->nwords) {
        snprintf(text, SAH_STUDY_WORD, "%s", factor->word[(size_t)value]);
    } else if (value != 0 && fabs(value) < 0.01) {
        snprintf(text, SAH_STUDY_WORD, "%.3g", value);
    } else {
        char number[SAH_NUMBER_TEXT];
        double unit = value != 0 ? pow(10, floor(log10(fabs(value))) - 3) : 1;
        sah_tick_text(unit * round(value / unit), number);
        snprintf(text, SAH_STUDY_WORD, "%s", number);
    }
}

int sah_study_file_measure(const struct sah_study_file *f, const char *name,
                           struct sah_error *err) {
    const char *near = NULL;
    size_t distance = SIZE_MAX;
    for (size_t m = 0; m < f->head.nmeasures; m++) {
        if (strcmp(f->head.measure[m], name) == 0) return (int)m;
        sah_nearer(name, f->head.measure[m], &near, &distance);
    }
    sah_error_add(err, SAH_INPUT, "%s: has no measure %s%s%s%s", f->head.path, name,
                  near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    return -1;
}

static void path_of(const char *table, char path[static 128]) {
    snprintf(path, 128, "measures/%.100s", table);
}

bool sah_study_file_has(struct sah_study_file *f, const char *table) {
    char path[128];
    path_of(table, path);
    return f->head.nmeasures && sah_h5_has(&f->h5, f->h5.file, path);
}

/* Reads a block; what fails is told to the caller and not remembered. */
static int read_block(struct sah_study_file *f, const char *path, int rank,
                      const hsize_t *start, const hsize_t *count, double *out,
                      struct sah_error *err) {
    struct sah_h5 *h5 = &f->h5;
    hsize_t extent[SAH_H5_RANK] = {0};
    h5->err = err;
    hid_t dataset = sah_h5_object(h5, h5->file, path);
    int found = h5->status ? rank : sah_h5_extent(h5, dataset, extent);
    bool fits = found == rank;
    for (int i = 0; i < rank; i++) fits = fits && start[i] + count[i] <= extent[i];
    if (!h5->status && !fits)
        h5->status =
            sah_error_add(err, SAH_FORMAT, "%s: %s has another shape", h5->path, path);
    if (!h5->status) sah_h5_read_block(h5, dataset, SAH_F64, start, count, out);
    sah_h5_drop(dataset);
    int code = h5->status;
    h5->status = SAH_OK;
    return code;
}

int sah_study_file_column(struct sah_study_file *f, const char *table, size_t measure,
                          size_t rows, double *out, struct sah_error *err) {
    char path[128];
    path_of(table, path);
    if (strcmp(table, "level_origin") == 0)
        return read_block(f, path, 1, (const hsize_t[]){measure}, (const hsize_t[]){1},
                          out, err);
    return read_block(f, path, 2, (const hsize_t[]){0, measure},
                      (const hsize_t[]){rows, 1}, out, err);
}

int sah_study_file_quantiles(struct sah_study_file *f, size_t measure, double *out,
                             struct sah_error *err) {
    return read_block(f, "measures/value_quantile", 3, (const hsize_t[]){0, 0, measure},
                      (const hsize_t[]){SAH_STUDY_QUANTILES, f->head.npoints, 1}, out,
                      err);
}

char *sah_study_file_text(struct sah_study_file *f, const char *which,
                          struct sah_error *err) {
    char path[64], *text = NULL;
    snprintf(path, sizeof path, "study/%.40s", which);
    f->h5.err = err;
    char **found = sah_h5_take_texts(&f->h5, path, 1);
    if (found) text = found[0], found[0] = NULL;
    sah_h5_free_texts(found, found ? 1 : 0);
    f->h5.status = SAH_OK;
    return text;
}

size_t sah_study_file_series_count(const struct sah_study_file *f) {
    return f->nseries;
}

const struct sah_study_series *sah_study_file_series(const struct sah_study_file *f,
                                                     size_t i) {
    return &f->series[i];
}

size_t sah_study_file_periods(const struct sah_study_file *f) {
    return f->nperiods;
}

const int32_t *sah_study_file_days(const struct sah_study_file *f) {
    return f->day;
}

/* The item in "(macina)" behind the name; -2 where there is no such item. */
static int find_item(const struct sah_study_series *series, const char *rest) {
    size_t n = strlen(rest);
    if (n == 0) return -1;
    if (rest[0] != ' ' || rest[1] != '(' || rest[n - 1] != ')') return -2;
    for (size_t i = 0; i < series->nitems; i++)
        if (strlen(series->item[i]) == n - 3 &&
            strncmp(series->item[i], rest + 2, n - 3) == 0)
            return (int)i;
    return -2;
}

int sah_study_file_find(const struct sah_study_file *f, const char *name,
                        size_t *series, int *item, struct sah_error *err) {
    const char *near = NULL;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < f->nseries; i++) {
        size_t n = strlen(f->series[i].name);
        *series = i;
        *item = strncmp(f->series[i].name, name, n) == 0
                    ? find_item(&f->series[i], name + n)
                    : -2;
        if (*item != -2) return SAH_OK;
        sah_nearer(name, f->series[i].name, &near, &distance);
    }
    return sah_error_add(err, SAH_INPUT, "%s: keeps no quantiles of a series %s%s%s%s",
                         f->head.path, name,
                         near ? "; did you mean "
                              : "; a study that keeps series and has two "
                                "replicates or more has them",
                         near ? near : "", near ? "?" : "");
}

int sah_study_file_fan(struct sah_study_file *f, size_t series, int item, size_t point,
                       double *out, struct sah_error *err) {
    const struct sah_study_series *s = &f->series[series];
    char path[192];
    bool sum = s->item && item < 0;
    if (sum && !s->has_sum)
        return sah_error_add(err, SAH_INPUT,
                             "%s: items of %s do not add up; name one, such as "
                             "'%s (%s)'",
                             f->head.path, s->name, s->name,
                             s->nitems ? s->item[0] : "");
    snprintf(path, sizeof path, "series/%.120s%s%s", s->name, sum ? SUM : "", SUFFIX);
    return read_block(f, path, s->item && !sum ? 4 : 3,
                      (const hsize_t[]){0, point, 0, item < 0 ? 0 : (hsize_t)item},
                      (const hsize_t[]){SAH_STUDY_QUANTILES, 1, f->nperiods, 1}, out,
                      err);
}
