/* From numbers to a place between 0 and 1, and the ticks that tell the way back. */
#ifndef SAH_OUTPUT_SCALE_H
#define SAH_OUTPUT_SCALE_H
#include <stddef.h>

enum sah_scale_kind {
    SAH_SCALE_LINEAR,
    SAH_SCALE_LOG,       /* low > 0 */
    SAH_SCALE_SYMMETRIC, /* linear, low = -high */
    SAH_SCALE_STEPS,     /* whole numbers low .. high, each a class of its own */
};

struct sah_scale {
    enum sah_scale_kind kind;
    double low, high; /* low < high */
};

enum { SAH_MAX_TICKS = 24, SAH_NUMBER_TEXT = 32 };

struct sah_tick {
    double value, at;           /* at 0..1 */
    char text[SAH_NUMBER_TEXT]; /* empty for a minor tick */
};

/* A scale of round ends that holds min .. max. On a log scale `floor` is the smallest
 * number worth showing and the low end. Never degenerate, whatever is given. */
struct sah_scale sah_scale_fit(enum sah_scale_kind kind, double min, double max,
                               double floor);

/* 0..1, clipped at the ends. NAN where there is nothing to show: NAN itself, and what
 * lies below the low end of a log scale. */
double sah_scale_at(const struct sah_scale *scale, double value);

/* About `want` labelled ticks, in order; on a log scale minor ones between decades.
 * Returns their number, at most SAH_MAX_TICKS. */
size_t sah_scale_ticks(const struct sah_scale *scale, size_t want,
                       struct sah_tick ticks[static SAH_MAX_TICKS]);

double sah_nice_step(double span, size_t want); /* 1, 2 or 5 times a power of ten */
double sah_nice_above(double value);            /* the next of these, value > 0 */
double sah_nice_below(double value);

/* "1,250", "0.05", "3 million", "-2" with a true minus sign. */
void sah_tick_text(double value, char text[static SAH_NUMBER_TEXT]);

#endif
