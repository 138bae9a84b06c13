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

/* The rows of a log as events. */
int sah_facts_take_log(const struct sah_result_table *table, const char *name,
                       bool record, struct sah_facts_view *view, struct sah_error *err);
/* Marks what Macina did, by the log of what happened; rows of both in order of time. */
void sah_facts_mark_macina(const struct sah_result_table *events,
                           const struct sah_result_table *record,
                           struct sah_facts_view *view);
#endif
