/* A log: what happened, row by row and in order of time.
 *
 * Its rows are those of today; each morning they are gone. What they were stays in a
 * chain of digests, which is state:
 *
 *     chain' = digest(chain, today's rows)
 *
 * so that two worlds whose logs once differed differ ever after. Who wants the rows
 * themselves takes them at the end of each day, as the recorder does.
 *
 * A log that stands aside tells what somebody would have seen of the world: nothing in
 * the world may read it, a checkpoint keeps its place, and the digest of the world leaves
 * it out. */
#ifndef SAH_LOG_H
#define SAH_LOG_H
#include "sim/kernel/population.h"

enum { SAH_MAX_LOGS = 8 }; /* of a world */

/* A column of codes, and the axis of the world that names them; codes outside the axis,
 * such as -1, mean none. A table ends without column. */
struct sah_log_code {
    const char *column, *axis;
};

struct sah_log {
    struct sah_population *rows; /* today's; its name and doc are those of the log */
    const char *row;             /* what one is called: "event" */
    const struct sah_log_code *codes; /* NULL: plain numbers only */
    uint64_t chain[2];                /* of all rows of days gone by */
    uint64_t count;                   /* how many they were */
    bool aside;                       /* only watches: no part of the digest */
};

/* The number of today's row `i`, from 1 on through the whole run. */
static inline uint64_t sah_log_number(const struct sah_log *log, size_t i) {
    return log->count + i + 1;
}
/* The axis that names the codes of a column; NULL for plain numbers. */
const char *sah_log_axis(const struct sah_log *log, const char *column);

/* Takes the rows away; links them to the chain, as today's. */
void sah_log_begin_day(struct sah_log *log);
void sah_log_end_day(struct sah_log *log);

#endif
