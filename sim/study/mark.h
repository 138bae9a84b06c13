/* What a folder belongs to: lines "key<tab>value" in a sealed file, never changed. */
#ifndef SAH_STUDY_MARK_H
#define SAH_STUDY_MARK_H
#include "sim/kernel/error.h"

/* SAH_EXISTS where the file at `path` says something else, told line by line; `what` is what
 * the folder holds ("study"). */
int sah_mark_compare(const char *path, const char *folder, const char *what,
                     const char *text, struct sah_error *err);

#endif
