/* Scales with round ends and round ticks: 1, 2, 5 times powers of ten. */
#include "output/scale.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const double TINY = 1e-9; /* of a step: rounding is no reason for one more */

/* The smallest of 1, 2, 5, 10 that is not below `mantissa`. */
static double round_mantissa(double mantissa) {
    static const double nice[] = {1, 2, 5};
    for (size_t i = 0; i < 3; i++) {
        if (mantissa <= nice[i] * (1 + TINY)) return nice[i];
    }
    return 10;
}

double sah_nice_above(double value) {
    double decade = pow(10, floor(log10(value)));
    return round_mantissa(value / decade) * decade;
}

double sah_nice_below(double value) {
    double decade = pow(10, floor(log10(value) + TINY)), mantissa = value / decade;
    return (mantissa >= 5 ? 5 : mantissa >= 2 ? 2 : 1) * decade;
}

double sah_nice_step(double span, size_t want) {
    return sah_nice_above(span / (double)(want ? want : 1));
}

static struct sah_scale fit_linear(double min, double max) {
    if (!(max > min)) max = min + (min == 0 ? 1 : fabs(min));
    double step = sah_nice_step(max - min, 5);
    return (struct sah_scale){SAH_SCALE_LINEAR, step * floor(min / step + TINY),
                              step * ceil(max / step - TINY)};
}

static struct sah_scale fit_log(double min, double max, double floor_value) {
    double low = floor_value > 0 ? floor_value : min;
    if (!(low > 0)) low = max > 0 ? max / 1000 : 1;
    double high = max > low ? sah_nice_above(max) : low;
    return (struct sah_scale){SAH_SCALE_LOG, low, fmax(high, 10 * low)};
}

struct sah_scale sah_scale_fit(enum sah_scale_kind kind, double min, double max,
                               double floor_value) {
    if (!isfinite(min)) min = 0;
    if (!isfinite(max)) max = min;
    double reach = fmax(fabs(min), fabs(max));
    switch (kind) {
    case SAH_SCALE_LOG:
        return fit_log(min, max, floor_value);
    case SAH_SCALE_SYMMETRIC:
        reach = reach > 0 ? sah_nice_above(reach) : 1;
        return (struct sah_scale){kind, -reach, reach};
    case SAH_SCALE_STEPS:
        min = round(min);
        return (struct sah_scale){kind, min, fmax(round(max), min + 1)};
    case SAH_SCALE_LINEAR:
        break;
    }
    return fit_linear(min, max);
}

double sah_scale_at(const struct sah_scale *scale, double value) {
    double low = scale->low, high = scale->high;
    if (isnan(value)) return NAN;
    if (scale->kind == SAH_SCALE_LOG) {
        if (value < low * (1 - TINY)) return NAN;
        value = log(value), low = log(low), high = log(high);
    } else if (scale->kind == SAH_SCALE_STEPS) {
        value = round(value);
    }
    return fmin(fmax((value - low) / (high - low), 0), 1);
}

static void add_tick(const struct sah_scale *scale, double value, int labelled,
                     struct sah_tick *ticks, size_t *n) {
    if (*n >= SAH_MAX_TICKS) return;
    struct sah_tick *tick = &ticks[(*n)++];
    *tick = (struct sah_tick){.value = value, .at = sah_scale_at(scale, value)};
    if (labelled) sah_tick_text(value, tick->text);
}

static size_t linear_ticks(const struct sah_scale *scale, double step,
                           struct sah_tick *ticks) {
    size_t n = 0;
    double first = ceil(scale->low / step - TINY);
    for (int k = 0; (first + k) * step <= scale->high + TINY * step; k++)
        add_tick(scale, (first + k) * step, 1, ticks, &n);
    return n;
}

/* Decades; 2 and 5 between them labelled when there are few, unlabelled otherwise. */
static size_t log_ticks(const struct sah_scale *scale, size_t want,
                        struct sah_tick *ticks) {
    double decades = log10(scale->high / scale->low);
    int every = (int)ceil(decades / (double)want - TINY);
    int few = 3 * decades <= (double)want, minor = decades <= 6;
    size_t n = 0;
    int first = (int)floor(log10(scale->low) + TINY);
    int last = (int)floor(log10(scale->high) + TINY);
    for (int decade = first; decade <= last; decade++) {
        static const double part[] = {1, 2, 5};
        for (int i = 0; i < (minor ? 3 : 1); i++) {
            double value = part[i] * pow(10, decade);
            if (value < scale->low * (1 - TINY) || value > scale->high * (1 + TINY))
                continue;
            int labelled =
                value > scale->high * (1 - TINY) ||
                (i == 0 ? (decade - first) % (every > 0 ? every : 1) == 0 : few);
            add_tick(scale, value, labelled, ticks, &n);
        }
    }
    return n;
}

size_t sah_scale_ticks(const struct sah_scale *scale, size_t want,
                       struct sah_tick ticks[static SAH_MAX_TICKS]) {
    if (want < 2) want = 2;
    switch (scale->kind) {
    case SAH_SCALE_LOG:
        return log_ticks(scale, want, ticks);
    case SAH_SCALE_STEPS: {
        double step = sah_nice_step(scale->high - scale->low, SAH_MAX_TICKS - 2);
        return linear_ticks(scale, fmax(step, 1), ticks);
    }
    case SAH_SCALE_LINEAR:
    case SAH_SCALE_SYMMETRIC:
        break;
    }
    return linear_ticks(scale, sah_nice_step(scale->high - scale->low, want), ticks);
}

/* "1234567.5" -> "1,234,567.5" */
static void group_thousands(const char *plain, char *text, size_t size) {
    size_t whole = strcspn(plain, "."), n = 0;
    for (size_t i = 0; plain[i]; i++) {
        bool comma = i > 0 && i < whole && (whole - i) % 3 == 0;
        if (comma && n + 1 < size) text[n++] = ',';
        if (n + 1 < size) text[n++] = plain[i];
    }
    text[n] = '\0';
}

void sah_tick_text(double value, char text[static SAH_NUMBER_TEXT]) {
    char plain[16], grouped[20];
    double size = fabs(value);
    const char *word = "";
    if (size >= 1e6 && size < 1e15) {
        word = size < 1e9 ? " million" : " billion";
        size /= size < 1e9 ? 1e6 : 1e9;
    }
    if (size >= 1e9 || (size > 0 && size < 1e-4)) {
        snprintf(plain, sizeof plain, "%.3g", size);
        snprintf(grouped, sizeof grouped, "%s", plain);
    } else {
        snprintf(plain, sizeof plain, "%.*f", size >= 1000 ? 0 : 4, size);
        size_t end = strlen(plain);
        if (strchr(plain, '.')) {
            while (end > 1 && plain[end - 1] == '0') plain[--end] = '\0';
            if (plain[end - 1] == '.') plain[--end] = '\0';
        }
        group_thousands(plain, grouped, sizeof grouped);
    }
    snprintf(text, SAH_NUMBER_TEXT, "%s%s%s", value < 0 ? "\u2212" : "", grouped, word);
}
