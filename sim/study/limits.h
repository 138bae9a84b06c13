/* Will it fit? What a run needs, and what this process may have. */
#ifndef SAH_STUDY_LIMITS_H
#define SAH_STUDY_LIMITS_H
#include "sim/study/run.h"

/* Agents of the first day, and the most memory that the run will hold at once. From values
 * and land alone: the world need not have agents yet. */
struct sah_need {
    double agents, bytes;
};
struct sah_need sah_need_of(const struct sah_world *world);

/* The most this process may hold, and who says so: the least of the memory that is free,
 * what the control group leaves (versions 1 and 2), and RLIMIT_AS. Infinite where nothing
 * is known. */
struct sah_room {
    double bytes;
    const char *by;
};
struct sah_room sah_room_now(void);

/* For `admit` of a run: refuses, with the numbers, what does not fit. `host` points at the
 * number (double) of such worlds that are held at once; NULL: one. */
int sah_need_admit(const struct sah_world *world, void *host, struct sah_error *err);

/* Bytes on the disk: of the work while the run goes on, and of the result. */
struct sah_disk_need {
    double work, result;
};
int sah_disk_need_of(const struct sah_run *run, struct sah_disk_need *need,
                     struct sah_error *err);

/* Seconds that the run will take on this machine when it has nothing else to do: the first
 * days are stepped, half a second of them, and what the others will cost is told from them.
 * Counted is the processor's time for the calling thread, which opened the run and does its
 * share of all parallel work. The run is good for nothing but closing afterwards. */
int sah_run_forecast(struct sah_run *run, double *seconds, struct sah_error *err);

#endif
