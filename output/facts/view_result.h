/* A view of a result: the recorded events, and series of strengths, displaced people and
 * reasons of recruits. */
#ifndef SAH_OUTPUT_FACTS_VIEW_RESULT_H
#define SAH_OUTPUT_FACTS_VIEW_RESULT_H
#include "output/facts/facts.h"
#include "output/result.h"

/* `log` names the log that counts as the record; NULL: `observed`, and where the run did
 * not observe, `events`, which `*fell_back` (may be NULL) tells. Free the view in any
 * case. */
int sah_facts_view_result(struct sah_result *result, const char *log,
                          struct sah_facts_view *view, bool *fell_back,
                          struct sah_error *err);

/* Some rows of a log, in order of time; those of one run. */
struct sah_facts_rows {
    const struct sah_result_table *table;
    const char *log; /* its name */
    size_t first, n;
};
/* What happened and what counts as the record of it become events of the view. */
int sah_facts_take_logs(const struct sah_facts_rows *events,
                        const struct sah_facts_rows *record,
                        struct sah_facts_view *view, struct sah_error *err);

/* Values of a variable over an axis through time, [period][item][each]. */
struct sah_facts_block {
    const char *const *label;
    size_t items, each, periods;
    const int32_t *last; /* day of each period */
    const double *value;
};
int sah_facts_take_displaced(const struct sah_facts_block *by_country,
                             struct sah_facts_view *view, struct sah_error *err);
int sah_facts_take_strengths(const struct sah_facts_block *fighters,
                             const struct sah_facts_block *pledged,
                             struct sah_facts_view *view, struct sah_error *err);
void sah_facts_take_reasons(const struct sah_facts_block *recruits,
                            struct sah_facts_view *view);

#endif
