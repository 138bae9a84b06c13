/* Views of the runs of a study, read from study.h5 and the packs beside it. Every run that
 * was done is a view. */
#ifndef SAH_OUTPUT_FACTS_VIEW_STUDY_H
#define SAH_OUTPUT_FACTS_VIEW_STUDY_H
#include "output/facts/load.h"

/* Is it one, rather than a result? Whatever is wrong with it is told by reading. */
bool sah_facts_is_study(const char *path);

enum { SAH_FACTS_ALL_DESIGNS = -1 };
/* Adds a view for each run, or for each of one point of the design. Views are to be
 * settled: `settle` is called with each. */
typedef int sah_facts_settle(struct sah_facts_view *view, void *user,
                             struct sah_error *err);
int sah_facts_view_study(const char *path, const char *log, long design,
                         struct sah_facts_views *views, sah_facts_settle *settle,
                         void *user, struct sah_error *err);

#endif
