/* The folder of a study:
 *
 *     study.txt      what the study is, line by line; sealed, never changed
 *     claims         locked byte by byte (claims.h)
 *     runs/000123    records of runs (record.h), until they are packed
 *     packs/000.h5   packed runs (gather.h)
 *     study.h5       all of it as arrays
 *
 * A folder belongs to one study: another one, or the same with another seed, scenario,
 * design, list of measures or program, is refused, with what differs. */
#ifndef SAH_STUDY_STUDY_FOLDER_H
#define SAH_STUDY_STUDY_FOLDER_H
#include "sim/kernel/digest.h"
#include "sim/study/claims.h"
#include "sim/study/study.h"

struct sah_study_folder {
    char *path;
    struct sah_digest study; /* of study.txt */
    struct sah_claims claims;
};

/* Makes the folder and writes study.txt where it is new and `create`; SAH_MISSING where it
 * is new and not to be made. Close in any case. */
int sah_study_folder_open(const struct sah_study *study, const char *path, bool create,
                          struct sah_study_folder *folder, struct sah_error *err);
void sah_study_folder_close(struct sah_study_folder *folder);

/* "<folder>/runs/000123", "<folder>/packs/000.h5", "<folder>/<name>"; the caller frees, NULL
 * without memory. */
char *sah_study_folder_run(const struct sah_study_folder *folder, size_t run);
char *sah_study_folder_pack(const struct sah_study_folder *folder, size_t pack);
char *sah_study_folder_file(const struct sah_study_folder *folder, const char *name);

/* The lines "key<tab>value" that tell what a study is; the caller frees. */
char *sah_study_identity(const struct sah_study *study);

#endif
