/* What a study takes from a run while it goes on: measures, and what is to be kept. */
#ifndef SAH_STUDY_TAKE_H
#define SAH_STUDY_TAKE_H
#include "output/watch.h"
#include "sim/study/record.h"
#include "sim/study/study.h"

/* The watch over a place, as the study keeps it; an empty one where it does not. */
int sah_take_watch(const struct sah_study *study, const struct sah_run *run,
                   enum sah_place place, struct sah_watch *watch,
                   struct sah_error *err);

struct sah_take;

/* Before the first day of `run`, which must outlive it. Free in any case. */
int sah_take_begin(const struct sah_study *study, const struct sah_run *run,
                   struct sah_take **take, struct sah_error *err);
/* After every day, for sah_run_watch; `user` is the take. What goes wrong is told by
 * sah_take_save. */
void sah_take_day(void *user, const struct sah_run *run);
/* After the last day: the record, whole. */
int sah_take_save(struct sah_take *take, const char *path, struct sah_digest study,
                  size_t number, struct sah_error *err);
/* Bytes taken so far. */
double sah_take_bytes(const struct sah_take *take);
void sah_take_free(struct sah_take *take);

/* The record of a run that failed with a message. */
int sah_take_save_failure(const char *path, struct sah_digest study, size_t number,
                          const char *message, struct sah_error *err);

#endif
