/* Run by run: what would have been recorded is sorted into cells and months, then let go. */
#include "output/forecast/futures.h"

#include "output/facts/view_study.h"
#include "sim/kernel/sphere.h"

#include <stdlib.h>
#include <string.h>

struct reader {
    struct sah_futures *futures;
    struct sah_panel panel; /* of one run */
};

static bool counts(const struct sah_fact_event *event) {
    return event->deaths >= 1 &&
           sah_forecast_cell(sah_priogrid(event->lon, event->lat)) >= 0;
}

static int grow(struct sah_futures *f, struct sah_error *err) {
    size_t months = (size_t)f->months, row = (f->n + 1) * months;
    for (int k = 0; k < SAH_PANEL_KINDS; k++) {
        float *grown = realloc(f->deaths[k], SAH_FORECAST_CELLS * row * sizeof *grown);
        if (!grown) return sah_error_add(err, SAH_MEMORY, "no memory for futures");
        f->deaths[k] = grown;
    }
    f->n++;
    return SAH_OK;
}

/* While reading [future][cell][month]; turned at the end. */
static int take(struct sah_facts_view *view, void *user, struct sah_error *err) {
    struct reader *reader = user;
    struct sah_futures *f = reader->futures;
    size_t size = (size_t)SAH_FORECAST_CELLS * (size_t)f->months;
    for (int k = 0; k < SAH_PANEL_KINDS; k++)
        memset(reader->panel.deaths[k], 0, size * sizeof(float));
    for (size_t i = 0; i < view->n; i++) sah_panel_add(&reader->panel, &view->event[i]);
    int code = grow(f, err);
    for (int k = 0; !code && k < SAH_PANEL_KINDS; k++)
        memcpy(f->deaths[k] + (f->n - 1) * size, reader->panel.deaths[k],
               size * sizeof(float));
    sah_facts_view_free(view);
    return code;
}

static int turn(struct sah_futures *f, struct sah_error *err) {
    size_t months = (size_t)f->months, row = f->n * months;
    for (int k = 0; k < SAH_PANEL_KINDS; k++) {
        float *turned = malloc((SAH_FORECAST_CELLS * row + 1) * sizeof *turned);
        if (!turned) return sah_error_add(err, SAH_MEMORY, "no memory for futures");
        for (size_t i = 0; i < f->n; i++)
            for (size_t c = 0; c < SAH_FORECAST_CELLS; c++)
                memcpy(turned + c * row + i * months,
                       f->deaths[k] + (i * SAH_FORECAST_CELLS + c) * months,
                       months * sizeof *turned);
        free(f->deaths[k]);
        f->deaths[k] = turned;
    }
    return SAH_OK;
}

int sah_futures_read(const char *path, int first, int months,
                     struct sah_futures *futures, struct sah_error *err) {
    struct sah_facts_views views = {.counts = counts};
    struct reader reader = {.futures = futures};
    *futures = (struct sah_futures){.first = first, .months = months};
    int code = sah_panel_open(&reader.panel, first, months, err);
    if (!code)
        code = sah_facts_view_study(path, NULL, SAH_FACTS_ALL_DESIGNS, &views, take,
                                    &reader, err);
    if (!code) code = turn(futures, err);
    sah_panel_close(&reader.panel);
    sah_facts_views_free(&views);
    return code;
}

void sah_futures_free(struct sah_futures *futures) {
    for (int k = 0; k < SAH_PANEL_KINDS; k++) free(futures->deaths[k]);
    *futures = (struct sah_futures){0};
}
