/* What a run needs to be gone on with after a kill, without the files it was made from:
 * the scenario as resolved, the geography tables, and what the caller was asked.
 *
 * Kept in `<result>.part/restart`, written whole before the first day. */
#ifndef SAH_STUDY_KEEP_H
#define SAH_STUDY_KEEP_H
#include "output/recorder.h"

struct sah_keep {
    char *path; /* of the scenario, for messages */
    char *yaml; /* resolved, without bases */
    size_t length;
    bool force;                /* the result may overwrite another */
    struct sah_geography *geo; /* NULL for a model without land */
};

int sah_keep_save(struct sah_recorder *recorder, const struct sah_world *world,
                  bool force, struct sah_error *err);
/* From `<result>.part/`; free with sah_keep_free. */
int sah_keep_load(const char *result, struct sah_keep *keep, struct sah_error *err);
void sah_keep_free(struct sah_keep *keep);

#endif
