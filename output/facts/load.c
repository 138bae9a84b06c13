/* Opening, reading and settling; every file is read once. */
#include "output/facts/load.h"

#include "output/facts/view_list.h"
#include "output/facts/view_result.h"
#include "output/facts/view_study.h"

#include <stdlib.h>

struct sah_facts_view *sah_facts_views_add(struct sah_facts_views *views,
                                           struct sah_error *err) {
    size_t n = views->n + 1;
    struct sah_facts_view *grown = realloc(views->view, n * sizeof *grown);
    if (grown) views->view = grown;
    const struct sah_facts_view **list = realloc(views->list, n * sizeof *list);
    if (list) views->list = list;
    if (!grown || !list) {
        sah_error_add(err, SAH_MEMORY, "no memory for facts");
        return NULL;
    }
    views->view[views->n] = (struct sah_facts_view){.counts = views->counts};
    views->n = n;
    for (size_t i = 0; i < n; i++) list[i] = &views->view[i];
    return &views->view[n - 1];
}

void sah_facts_views_free(struct sah_facts_views *views) {
    for (size_t i = 0; i < views->n; i++) sah_facts_view_free(&views->view[i]);
    free(views->view);
    free(views->list);
    *views = (struct sah_facts_views){0};
}

static int settle(struct sah_facts_view *view, const struct sah_geography *geo,
                  struct sah_error *err) {
    struct sah_fact_ground ground;
    int code = sah_fact_ground_open(&ground, geo, err);
    if (!code) sah_facts_view_settle(view, &ground);
    sah_fact_ground_close(&ground);
    return code;
}

/* ---- results ----------------------------------------------------------------------- */

static int settle_result(struct sah_result *result, struct sah_facts_view *view,
                         struct sah_error *err) {
    const struct sah_geo_file *files;
    struct sah_geography *geo = NULL;
    size_t n;
    int code = sah_result_geography(result, &files, &n, err);
    if (!code && n) code = sah_geography_parse(files, n, &geo, err);
    if (!code) code = settle(view, geo, err);
    sah_geography_free(geo);
    return code;
}

static int load_run(const struct sah_facts_source *source,
                    struct sah_facts_views *views, struct sah_error *err) {
    struct sah_result *result;
    bool fell_back = false;
    int code = sah_result_open(source->path, &result, err);
    if (code) return code;
    struct sah_facts_view *view = sah_facts_views_add(views, err);
    code = view ? sah_facts_view_result(result, source->log, view, &fell_back, err)
                : SAH_MEMORY;
    if (!code) code = settle_result(result, view, err);
    views->fell_back += fell_back;
    sah_result_close(result);
    return code;
}

static int settle_run(struct sah_facts_view *view, void *ground,
                      struct sah_error *err) {
    (void)err;
    sah_facts_view_settle(view, ground);
    return SAH_OK;
}

static int load_study(const struct sah_facts_source *source,
                      struct sah_facts_views *views, struct sah_error *err) {
    struct sah_geography *geo = NULL;
    struct sah_fact_ground ground = {0};
    int code = sah_geography_read(source->geography, &geo, err);
    if (!code) code = sah_fact_ground_open(&ground, geo, err);
    if (!code)
        code = sah_facts_view_study(source->path, source->log, source->design, views,
                                    settle_run, &ground, err);
    sah_fact_ground_close(&ground);
    sah_geography_free(geo);
    return code;
}

int sah_facts_load_result(const struct sah_facts_source *source,
                          struct sah_facts_views *views, struct sah_error *err) {
    bool study = sah_facts_is_study(source->path);
    return study ? load_study(source, views, err) : load_run(source, views, err);
}

/* ---- lists ------------------------------------------------------------------------- */

static int read_table(const char *path,
                      int (*take)(const struct sah_table *, struct sah_facts_view *,
                                  struct sah_error *),
                      struct sah_facts_view *view, struct sah_error *err) {
    struct sah_table *table;
    int code = path ? sah_facts_table(path, &table, err) : SAH_OK;
    if (code || !path) return code;
    code = take(table, view, err);
    sah_table_free(table);
    return code;
}

/* All files are read, so that all mistakes are told at once. */
int sah_facts_load_list(const struct sah_facts_lists *lists,
                        struct sah_facts_views *views, struct sah_error *err) {
    struct sah_geography *geo = NULL;
    struct sah_facts_view *view = sah_facts_views_add(views, err);
    if (!view) return SAH_MEMORY;
    int code = read_table(lists->events, sah_facts_view_list, view, err);
    int totals = read_table(lists->totals, sah_facts_view_totals, view, err);
    int displaced = read_table(lists->displaced, sah_facts_view_displaced, view, err);
    if (!code) code = totals ? totals : displaced;
    if (!code) code = sah_geography_read(lists->geography, &geo, err);
    if (!code) code = settle(view, geo, err);
    sah_geography_free(geo);
    return code;
}
