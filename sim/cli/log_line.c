/* Progress on a terminal: one line, written over. */
#include "sim/cli/log.h"
#include "sim/cli/say.h"
#include "sim/study/cost.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { LINE = 256, WIDEST_BAR = 24, NARROWEST_BAR = 6 };
static const double period_seconds = 0.1;

static int columns(void) {
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

/* Adds a piece where it still fits into `room` columns. */
static void add(char text[static LINE], int room, const char *piece) {
    size_t length = strlen(text), more = strlen(piece);
    if (length + more + 1 > LINE || (int)(length + more) > room) return;
    memcpy(text + length, piece, more + 1);
}

static void add_numbers(char text[static LINE], int room, const struct sah_log *log,
                        const struct sah_run *run) {
    char piece[LINE];
    double left = sah_log_seconds_left(log, run);
    for (size_t k = 0; k < run->nheadlines; k++) {
        snprintf(piece, sizeof piece, "   %s %s",
                 sah_say_count(run->headline[k].value).text,
                 run->headline[k].what->name);
        add(text, room, piece);
    }
    snprintf(piece, sizeof piece, "   %s left", sah_say_seconds(left).text);
    add(text, room, piece);
    snprintf(piece, sizeof piece, "   %s agent-steps/s",
             sah_say_large(sah_run_speed(run)).text);
    add(text, room, piece);
}

static void put_bar(const struct sah_log *log, int width, double done) {
    int full = (int)(width * done + 0.5);
    const char *on = log->is_utf8 ? "\u2588" : "#",
               *off = log->is_utf8 ? "\u2591" : ".";
    fputs("  ", stderr);
    for (int i = 0; i < width; i++) fputs(i < full ? on : off, stderr);
}

void sah_log_line(struct sah_log *log, const struct sah_run *run) {
    double now = sah_wall_seconds();
    int32_t done = sah_log_days_done(run);
    bool last = done == run->days;
    if (log->is_open && !last && now - log->told < period_seconds) return;
    log->told = now;
    log->is_open = true;

    char date[32], tail[LINE] = "";
    double share = (double)done / run->days;
    int width = columns() - 1;
    snprintf(date, sizeof date, "%s", sah_say_day(run->world->today).text);
    snprintf(tail, sizeof tail, "  %3d %%", (int)(100 * share));
    int taken = (int)strlen(date) + 2 + NARROWEST_BAR;
    add_numbers(tail, width - taken, log, run);
    int bar = width - (int)strlen(date) - 2 - (int)strlen(tail);
    if (bar > WIDEST_BAR) bar = WIDEST_BAR;
    fprintf(stderr, "\r%s", date);
    if (bar >= NARROWEST_BAR) put_bar(log, bar, share);
    fprintf(stderr, "%s\033[K", tail);
    fflush(stderr);
}
