/* From cells and periods to towns, days and lists. */
#include "output/flee/export_impl.h"

#include <stdlib.h>

static int open_periods(struct sah_flee_world *w) {
    w->nperiods = sah_result_period_count(w->result, SAH_FIELD);
    w->period = sah_result_periods(w->result, SAH_FIELD);
    if (!w->nperiods || w->grid->ncells == 0)
        return sah_error_add(w->err, SAH_INPUT, "%s: holds no fields", w->run->path);
    if (w->period[w->nperiods - 1].last - w->run->start >= 10000)
        return sah_error_add(w->err, SAH_LIMIT, "%s: more than 10000 days",
                             w->run->path);
    return SAH_OK;
}

int sah_flee_export(struct sah_result *result, struct sah_flee_export *to,
                    struct sah_error *err) {
    struct sah_flee_world w = {.result = result,
                               .to = to,
                               .run = sah_result_run(result),
                               .grid = sah_result_grid(result),
                               .err = err};
    int code = open_periods(&w);
    if (!code) code = sah_flee_open_towns(&w);
    if (!code) code = sah_flee_choose(&w);
    if (!code) code = sah_flee_save(&w);
    sah_geography_free(w.geo);
    free(w.town);
    free(w.town_of);
    free(w.displaced);
    free(w.deaths);
    free(w.cells);
    free(w.kept);
    free(w.km);
    return code;
}
