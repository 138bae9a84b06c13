/* From files to views that are ready to be measured. */
#ifndef SAH_OUTPUT_FACTS_LOAD_H
#define SAH_OUTPUT_FACTS_LOAD_H
#include "output/facts/facts.h"

struct sah_facts_views {
    size_t n;
    struct sah_facts_view *view;
    const struct sah_facts_view **list; /* [n], to each */
    size_t fell_back; /* how many of them did not observe; events were taken */
};
void sah_facts_views_free(struct sah_facts_views *views);

/* Adds the views of a result. `log` as for sah_facts_view_result. */
int sah_facts_load_result(const char *path, const char *log,
                          struct sah_facts_views *views, struct sah_error *err);

/* A list of events with, where not NULL, tables of totals and of displaced people. */
struct sah_facts_lists {
    const char *events, *totals, *displaced;
    const char *geography; /* folder */
};
int sah_facts_load_list(const struct sah_facts_lists *lists,
                        struct sah_facts_views *views, struct sah_error *err);

#endif
