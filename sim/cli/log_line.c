/* Progress on a terminal: one line, written over. */
#include "sim/cli/log.h"
#include "sim/cli/say.h"
#include "sim/study/cost.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { LINE = 256, DATE = 12, WIDEST_BAR = 24, NARROWEST_BAR = 6 };
static const double period_seconds = 0.1;

static int columns(void) {
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

/* Everything behind the bar, with the first `n` headlines. */
static void put_tail(char text[static LINE], const struct sah_run_log *log,
                     const struct sah_run *run, size_t n) {
    int32_t done = sah_log_days_done(run);
    size_t at = (size_t)snprintf(text, LINE, "%3d %%", (int)(100.0 * done / run->days));
    for (size_t k = 0; k < n && at < LINE; k++)
        at += (size_t)snprintf(text + at, LINE - at, "  %s %s",
                               sah_say_count(run->headline[k].value).text,
                               run->headline[k].what->name);
    if (at >= LINE) return;
    snprintf(text + at, LINE - at, "  %.1f M agent-steps/s  %s left",
             sah_run_speed(run) / 1e6,
             sah_say_seconds(sah_log_seconds_left(log, run)).text);
}

static void put_bar(const struct sah_run_log *log, int width, double done) {
    int full = (int)(width * done + 0.5);
    const char *on = log->is_utf8 ? "\u2588" : "#",
               *off = log->is_utf8 ? "\u2591" : ".";
    for (int i = 0; i < width; i++) fputs(i < full ? on : off, stderr);
    fputs("  ", stderr);
}

void sah_log_line(struct sah_run_log *log, const struct sah_run *run) {
    double now = sah_wall_seconds();
    int32_t done = sah_log_days_done(run);
    bool last = done == run->days;
    if (log->is_open && !last && now - log->told < period_seconds) return;
    log->told = now;
    log->is_open = true;

    char tail[LINE];
    size_t shown = run->nheadlines + 1;
    int room = columns() - 1 - DATE, bar;
    do {
        put_tail(tail, log, run, --shown);
        bar = room - (int)strlen(tail) - 2;
    } while (shown > 0 && room < (int)strlen(tail));
    fprintf(stderr, "\r%s  ", sah_say_day(run->world->today).text);
    if (bar >= NARROWEST_BAR)
        put_bar(log, bar < WIDEST_BAR ? bar : WIDEST_BAR, (double)done / run->days);
    fprintf(stderr, "%.*s\033[K", room > 0 ? room : 0, tail);
    fflush(stderr);
}
