/* What `sahel run` says while it works, on standard error: who and what at the start,
 * how far along, and at the end where the time went.
 *
 * Text has one line that is written over and over on a terminal and a row for every
 * tenth elsewhere; JSON has an object per line with `type` start, progress (monthly),
 * error, end. */
#ifndef SAH_CLI_LOG_H
#define SAH_CLI_LOG_H
#include "sim/study/run.h"

enum sah_log_kind { SAH_LOG_NONE, SAH_LOG_TEXT, SAH_LOG_JSON };

struct sah_run_log {
    enum sah_log_kind kind;
    const char *result, *maps; /* paths; maps may be NULL */
    bool is_terminal, is_utf8;
    bool is_open;        /* an unfinished line stands on the terminal */
    int told_tenths;     /* rows of plain text */
    int32_t days_before; /* done by those who worked on the run before */
    double begun, told, maps_seconds;
};

/* How the run came out. */
struct sah_log_end {
    int status;       /* of the program */
    const char *word; /* done, stopped, failed */
};

void sah_log_open(struct sah_run_log *log, enum sah_log_kind kind, const char *result,
                  const char *maps);
void sah_log_start(struct sah_run_log *log, const struct sah_run *run);
sah_run_observer sah_log_day; /* its user is the log */
/* Ends an open line, so that a message may follow. */
void sah_log_break(struct sah_run_log *log);
void sah_log_finish(struct sah_run_log *log, const struct sah_run *run,
                    const struct sah_log_end *end);
/* Says all errors, in the form of the log; returns the exit status of `code`. */
int sah_log_errors(struct sah_run_log *log, struct sah_error *err, int code,
                   const char *after);

/* The three forms: log_line.c, log_text.c, log_json.c. */
void sah_log_line(struct sah_run_log *log, const struct sah_run *run);
void sah_log_text_start(const struct sah_run_log *log, const struct sah_run *run);
void sah_log_text_day(struct sah_run_log *log, const struct sah_run *run);
void sah_log_text_finish(const struct sah_run_log *log, const struct sah_run *run);
void sah_log_json_start(const struct sah_run_log *log, const struct sah_run *run);
void sah_log_json_day(struct sah_run_log *log, const struct sah_run *run);
void sah_log_json_errors(const struct sah_error *err, int code);
void sah_log_json_finish(const struct sah_run_log *log, const struct sah_run *run,
                         const struct sah_log_end *end);

/* Shared by the forms. */
int32_t sah_log_days_done(const struct sah_run *run);
double sah_log_seconds_left(const struct sah_run_log *log, const struct sah_run *run);
double sah_log_file_bytes(const char *path); /* 0 where there is none */

#endif
