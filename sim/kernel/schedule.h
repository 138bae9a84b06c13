/* The day as a timetable: phases in order, in each the acts of the cast in order. */
#ifndef SAH_SCHEDULE_H
#define SAH_SCHEDULE_H
#include "sim/kernel/model.h"

struct sah_schedule_row {
    size_t member; /* number in the cast */
    const struct sah_act *act;
    double seconds; /* spent so far; like the next, not state */
    double alone;   /* seconds of a long walk on one thread of late; 0: unknown */
};

struct sah_schedule {
    size_t n;
    struct sah_schedule_row *row; /* by phase, then by cast, then as in its table */
};

int sah_schedule_create(const struct sah_family *family, struct sah_schedule **schedule,
                        struct sah_error *err);
void sah_schedule_free(struct sah_schedule *schedule);

/* Runs the acts of one day for all members that are switched on. */
int sah_schedule_day(struct sah_schedule *schedule, struct sah_world *world,
                     struct sah_error *err);

/* Chunks that plan walks over: as many drawers does an outbox of that act need. */
size_t sah_chunk_count(const struct sah_world *world, int over);

/* Seconds spent in a phase (numbered from 1), and by a member of the cast. */
double sah_schedule_seconds(const struct sah_schedule *schedule, int phase);
double sah_schedule_member_seconds(const struct sah_schedule *schedule, size_t member);

#endif
