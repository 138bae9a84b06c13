/* The steps a calendar knows, the widest last; the first that gives few enough wins. */
#include "output/date_ticks.h"

#include "sim/kernel/calendar.h"

#include <math.h>
#include <stdio.h>

static const char *const MONTH[] = {"January",   "February", "March",    "April",
                                    "May",       "June",     "July",     "August",
                                    "September", "October",  "November", "December"};

const char *sah_month_short(int month) {
    static const char *const name[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return name[month - 1];
}

void sah_date_words(int32_t day, char text[static SAH_DATE_WORDS]) {
    struct sah_date date = sah_date_of(day);
    snprintf(text, SAH_DATE_WORDS, "%d %s %d", date.day, MONTH[date.month - 1],
             date.year);
}

struct step {
    int days, months; /* one of them */
};
static const struct step STEP[] = {{1, 0},  {2, 0},   {5, 0},  {10, 0}, {0, 1},
                                   {0, 2},  {0, 3},   {0, 6},  {0, 12}, {0, 24},
                                   {0, 60}, {0, 120}, {0, 600}};
enum { NSTEPS = sizeof STEP / sizeof *STEP };

static double days_of(const struct step *step) {
    return step->days ? step->days : step->months * 30.44;
}

static const struct step *choose(double span, size_t want) {
    for (size_t i = 0; i < NSTEPS; i++)
        if (span / days_of(&STEP[i]) <= (double)want) return &STEP[i];
    return &STEP[NSTEPS - 1];
}

static void name_tick(int32_t day, const struct step *step,
                      char text[SAH_NUMBER_TEXT]) {
    struct sah_date date = sah_date_of(day);
    if (step->days)
        snprintf(text, SAH_NUMBER_TEXT, "%d %s", date.day, sah_month_short(date.month));
    else if (date.month == 1)
        snprintf(text, SAH_NUMBER_TEXT, "%d", date.year);
    else
        snprintf(text, SAH_NUMBER_TEXT, "%s", sah_month_short(date.month));
}

/* The first tick on or after a day, and the one after a tick. */
static int32_t month_tick(int index) {
    return sah_day_of((struct sah_date){index / 12, index % 12 + 1, 1});
}

static int first_month(int32_t day, int months) {
    struct sah_date date = sah_date_of(day);
    int index = date.year * 12 + date.month - 1 + (date.day > 1);
    return (index + months - 1) / months * months;
}

static void add(const struct sah_scale *days, const struct step *step, int32_t day,
                struct sah_tick *ticks, size_t *n) {
    struct sah_tick *tick = &ticks[(*n)++];
    *tick = (struct sah_tick){.value = day, .at = sah_scale_at(days, day)};
    name_tick(day, step, tick->text);
}

size_t sah_date_ticks(const struct sah_scale *days, size_t want,
                      struct sah_tick ticks[static SAH_MAX_TICKS]) {
    const struct step *step = choose(days->high - days->low, want);
    int32_t low = (int32_t)ceil(days->low), high = (int32_t)floor(days->high);
    size_t n = 0;
    if (step->days) {
        for (int32_t day = low; day <= high && n < SAH_MAX_TICKS; day += step->days)
            add(days, step, day, ticks, &n);
        return n;
    }
    for (int index = first_month(low, step->months); n < SAH_MAX_TICKS;
         index += step->months) {
        if (index / 12 > 9999 || month_tick(index) > high) break;
        add(days, step, month_tick(index), ticks, &n);
    }
    return n;
}
