/* From files to views that are ready to be measured. */
#ifndef SAH_OUTPUT_FACTS_LOAD_H
#define SAH_OUTPUT_FACTS_LOAD_H
#include "output/facts/facts.h"

struct sah_facts_views {
    size_t n;
    struct sah_facts_view *view;
    const struct sah_facts_view **list; /* [n], to each */
    bool (*counts)(const struct sah_fact_event *event); /* as in a view, of those added */
    size_t fell_back; /* how many of them did not observe; events were taken */
};
void sah_facts_views_free(struct sah_facts_views *views);
/* An empty one more; NULL without memory, which is told. */
struct sah_facts_view *sah_facts_views_add(struct sah_facts_views *views,
                                           struct sah_error *err);

/* Adds the view of a result, or those of a study. */
struct sah_facts_source {
    const char *path;
    const char *log;       /* as for sah_facts_view_result */
    long design;           /* of a study: a point, or SAH_FACTS_ALL_DESIGNS */
    const char *geography; /* folder; a study does not hold its own */
};
int sah_facts_load_result(const struct sah_facts_source *source,
                          struct sah_facts_views *views, struct sah_error *err);

/* A list of events with, where not NULL, tables of totals and of displaced people. */
struct sah_facts_lists {
    const char *events, *totals, *displaced;
    const char *geography; /* folder */
};
int sah_facts_load_list(const struct sah_facts_lists *lists,
                        struct sah_facts_views *views, struct sah_error *err);

#endif
