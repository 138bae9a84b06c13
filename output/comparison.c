/* Columns of /measures become rows. */
#include "output/comparison.h"

#include "output/h5_read.h"
#include "sim/kernel/calendar.h"

#include <stdlib.h>
#include <string.h>

static void check_format(struct sah_h5 *h5, hid_t root) {
    int64_t format = sah_h5_get_whole(h5, root, "comparison_format", -1);
    if (h5->status) return;
    if (format < 0)
        h5->status =
            sah_error_add(h5->err, SAH_FORMAT,
                          "%s: is no comparison, as 'sahel compare' writes", h5->path);
    else if (format > SAH_COMPARISON_FORMAT)
        h5->status = sah_error_add(
            h5->err, SAH_FORMAT,
            "%s: is a comparison of format %lld; this program reads up to %d", h5->path,
            (long long)format, SAH_COMPARISON_FORMAT);
}

static void read_titles(struct sah_h5 *h5, struct sah_comparison *c) {
    char **title = sah_h5_take_texts(h5, "scenario/title", 2);
    if (!title) return;
    c->a = title[0], c->b = title[1];
    title[0] = title[1] = NULL;
    sah_h5_free_texts(title, 2);
    char **yaml = sah_h5_take_texts(h5, "scenario/yaml", 2);
    if (!yaml) return;
    c->yaml[0] = yaml[0], c->yaml[1] = yaml[1];
    yaml[0] = yaml[1] = NULL;
    sah_h5_free_texts(yaml, 2);
}

static void read_rows(struct sah_h5 *h5, struct sah_comparison *c) {
    char **measure = sah_h5_take_texts(h5, "measures/measure", c->n);
    char **unit = sah_h5_take_texts(h5, "measures/unit", c->n);
    for (size_t i = 0; measure && unit && i < c->n; i++) {
        c->effect[i].measure = measure[i], c->effect[i].unit = unit[i];
        measure[i] = unit[i] = NULL;
    }
    sah_h5_free_texts(measure, measure ? c->n : 0);
    sah_h5_free_texts(unit, unit ? c->n : 0);
}

static void read_column(struct sah_h5 *h5, struct sah_comparison *c, const char *name,
                        size_t at, double *room) {
    hid_t dataset = sah_h5_object(h5, h5->file, name);
    if (!h5->status && sah_h5_length(h5, dataset) != c->n)
        h5->status = sah_error_add(h5->err, SAH_FORMAT, "%s: %s has another length",
                                   h5->path, name);
    if (!h5->status) sah_h5_read(h5, dataset, SAH_F64, room);
    for (size_t i = 0; !h5->status && i < c->n; i++)
        memcpy((char *)&c->effect[i] + at, &room[i], sizeof *room);
    sah_h5_drop(dataset);
}

static const struct {
    const char *name;
    size_t at;
} COLUMN[] = {
    {"measures/a", offsetof(struct sah_effect, a)},
    {"measures/b", offsetof(struct sah_effect, b)},
    {"measures/effect", offsetof(struct sah_effect, effect)},
    {"measures/low", offsetof(struct sah_effect, low)},
    {"measures/high", offsetof(struct sah_effect, high)},
};

static void read_effects(struct sah_h5 *h5, struct sah_comparison *c) {
    hid_t dataset = sah_h5_object(h5, h5->file, "measures/effect");
    c->n = sah_h5_length(h5, dataset);
    sah_h5_drop(dataset);
    c->effect = sah_h5_room(h5, c->n, sizeof *c->effect);
    double *room = sah_h5_room(h5, c->n, sizeof *room);
    if (!c->effect || !room) c->n = 0;
    for (size_t k = 0; k < sizeof COLUMN / sizeof *COLUMN && !h5->status; k++)
        read_column(h5, c, COLUMN[k].name, COLUMN[k].at, room);
    if (!h5->status) read_rows(h5, c);
    free(room);
}

/* ---- series ---------------------------------------------------------------------------- */

static const char SUFFIX[] = "_quantile";

static void read_one(struct sah_h5 *h5, struct sah_comparison *c, hid_t group,
                     const char *name) {
    struct sah_arms_series *series = &c->series[c->nseries++];
    size_t n = c->nperiods * 2 * SAH_COMPARISON_QUANTILES;
    hid_t dataset = sah_h5_object(h5, group, name);
    char *method = sah_h5_get_text(h5, dataset, "cell_methods");
    series->name = strndup(name, strlen(name) - strlen(SUFFIX));
    series->unit = sah_h5_get_text(h5, dataset, "units");
    series->doc = sah_h5_get_text(h5, dataset, "long_name");
    series->quantile = sah_h5_room(h5, n + 1, sizeof *series->quantile);
    if (!h5->status && (!series->name || sah_h5_length(h5, dataset) != n))
        h5->status = sah_error_add(h5->err, SAH_FORMAT,
                                   "%s: series/%s has another shape", h5->path, name);
    if (!h5->status) {
        series->flow = strcmp(method, "time: sum") == 0;
        series->doc[strcspn(series->doc, ":")] = '\0';
        sah_h5_read(h5, dataset, SAH_F64, series->quantile);
    }
    free(method);
    sah_h5_drop(dataset);
}

static void read_days(struct sah_h5 *h5, struct sah_comparison *c, hid_t group) {
    hid_t time = sah_h5_object(h5, group, "time");
    c->nperiods = sah_h5_length(h5, time);
    c->day = sah_h5_room(h5, c->nperiods + 1, sizeof *c->day);
    if (!h5->status) sah_h5_read(h5, time, SAH_I32, c->day);
    if (!h5->status) c->day[c->nperiods] = c->end + 1;
    sah_h5_drop(time);
}

static void read_series(struct sah_h5 *h5, struct sah_comparison *c) {
    if (h5->status || !sah_h5_has(h5, h5->file, "series")) return;
    hid_t group = sah_h5_object(h5, h5->file, "series");
    size_t n = sah_h5_members(h5, group);
    read_days(h5, c, group);
    c->series = sah_h5_room(h5, n + 1, sizeof *c->series);
    for (size_t i = 0; i < n && !h5->status; i++) {
        char *name = sah_h5_member(h5, group, i);
        size_t length = name ? strlen(name) : 0, tail = strlen(SUFFIX);
        if (length > tail && strcmp(name + length - tail, SUFFIX) == 0)
            read_one(h5, c, group, name);
        free(name);
    }
    sah_h5_drop(group);
}

static void read_all(struct sah_h5 *h5, struct sah_comparison *c) {
    hid_t root = sah_h5_object(h5, h5->file, "/");
    check_format(h5, root);
    if (!h5->status) {
        c->title = sah_h5_get_text(h5, root, "title");
        c->source = sah_h5_get_text(h5, root, "source");
        c->start = sah_h5_get_day(h5, root, "start");
        c->end = sah_h5_get_day(h5, root, "end");
        c->model = sah_h5_get_text(h5, root, "model");
        c->seed = sah_h5_get_whole(h5, root, "seed", 0);
        c->replicates = sah_h5_get_whole(h5, root, "replicates", 0);
    }
    sah_h5_drop(root);
    if (!h5->status) read_titles(h5, c);
    if (!h5->status) read_effects(h5, c);
    read_series(h5, c);
}

bool sah_comparison_is(const char *path) {
    struct sah_error err = {0};
    struct sah_h5 h5;
    bool is = false;
    if (!sah_h5_open(&h5, path, &err)) {
        hid_t root = sah_h5_object(&h5, h5.file, "/");
        is = sah_h5_has_attribute(&h5, root, "comparison_format");
        sah_h5_drop(root);
        sah_h5_close(&h5);
    }
    sah_error_clear(&err);
    return is;
}

int sah_comparison_read(const char *path, struct sah_comparison *comparison,
                        struct sah_error *err) {
    struct sah_h5 h5;
    *comparison = (struct sah_comparison){0};
    int code = sah_h5_open(&h5, path, err);
    if (code) return code;
    read_all(&h5, comparison);
    code = h5.status;
    sah_h5_close(&h5);
    return code;
}

void sah_comparison_free(struct sah_comparison *comparison) {
    for (size_t i = 0; i < comparison->n; i++) {
        free(comparison->effect[i].measure);
        free(comparison->effect[i].unit);
    }
    for (size_t i = 0; i < comparison->nseries; i++) {
        struct sah_arms_series *series = &comparison->series[i];
        free(series->name), free(series->unit), free(series->doc);
        free(series->quantile);
    }
    free(comparison->series), free(comparison->day);
    free(comparison->effect);
    free(comparison->title), free(comparison->source);
    free(comparison->a), free(comparison->b), free(comparison->model);
    free(comparison->yaml[0]), free(comparison->yaml[1]);
    *comparison = (struct sah_comparison){0};
}
