/* Which form of the log speaks, and what all of them ask. */
#include "sim/cli/log.h"

#include "sim/cli/say.h"
#include "sim/kernel/calendar.h"
#include "sim/study/cost.h"

#include <langinfo.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void sah_log_open(struct sah_run_log *log, enum sah_log_kind kind, const char *result,
                  const char *maps) {
    *log = (struct sah_run_log){.kind = kind,
                                .result = result,
                                .maps = maps,
                                .is_terminal = isatty(STDERR_FILENO) == 1,
                                .is_utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0};
}

void sah_log_start(struct sah_run_log *log, const struct sah_run *run) {
    log->begun = log->told = sah_wall_seconds();
    log->days_before = sah_log_days_done(run);
    if (log->kind == SAH_LOG_JSON) sah_log_json_start(log, run);
    if (log->kind != SAH_LOG_TEXT) return;
    sah_log_text_start(log, run);
    if (log->is_terminal) sah_log_line(log, run);
}

void sah_log_day(void *user, const struct sah_run *run) {
    struct sah_run_log *log = user;
    if (log->kind == SAH_LOG_JSON)
        sah_log_json_day(log, run);
    else if (log->kind == SAH_LOG_TEXT && !log->is_terminal)
        sah_log_text_day(log, run);
    else if (log->kind == SAH_LOG_TEXT)
        sah_log_line(log, run);
}

void sah_log_break(struct sah_run_log *log) {
    if (log->is_open) fputc('\n', stderr);
    log->is_open = false;
}

void sah_log_finish(struct sah_run_log *log, const struct sah_run *run,
                    const struct sah_log_end *end) {
    sah_log_break(log);
    if (log->kind == SAH_LOG_JSON) sah_log_json_finish(log, run, end);
    if (log->kind == SAH_LOG_TEXT && end->status == 0) sah_log_text_finish(log, run);
}

int sah_log_errors(struct sah_run_log *log, struct sah_error *err, int code,
                   const char *after) {
    sah_log_break(log);
    code = sah_error_cause(err, code);
    if (log->kind != SAH_LOG_JSON) return sah_say_errors(err, code, after);
    sah_log_json_errors(err, code);
    sah_error_clear(err);
    return sah_code_status(code);
}

int32_t sah_log_days_done(const struct sah_run *run) {
    return run->days - (run->world->run.end - run->world->today);
}

double sah_log_seconds_left(const struct sah_run_log *log, const struct sah_run *run) {
    int32_t done = sah_log_days_done(run), ours = done - log->days_before;
    double spent = sah_wall_seconds() - log->begun;
    return ours > 0 ? spent * (run->days - done) / ours : 0;
}

double sah_log_file_bytes(const char *path) {
    struct stat info;
    return path && stat(path, &info) == 0 ? (double)info.st_size : 0;
}
