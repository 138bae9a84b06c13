/* Days of a log are linked like beads on a string. */
#include "sim/kernel/log.h"

#include "sim/kernel/digest.h"

#include <string.h>

const char *sah_log_axis(const struct sah_log *log, const char *column) {
    for (const struct sah_log_code *code = log->codes; code && code->column; code++)
        if (strcmp(code->column, column) == 0) return code->axis;
    return NULL;
}

void sah_log_begin_day(struct sah_log *log) {
    sah_population_clear(log->rows);
}

void sah_log_end_day(struct sah_log *log) {
    if (!log->rows->n) return;
    struct sah_digest_state state;
    sah_digest_init(&state);
    sah_digest_update(&state, "log_chain", SAH_U64, log->chain, 2);
    sah_digest_population(&state, log->rows);
    struct sah_digest digest = sah_digest_final(&state);
    log->chain[0] = digest.high;
    log->chain[1] = digest.low;
    log->count += log->rows->n;
}
