/* A sheaf: what each item of an axis did over time, ready to be drawn.
 *
 * Read from a series or an entry of the ledger: days become months (years for a long
 * run, days for a short one), the axis that is not asked for is summed away, small items
 * are gathered in "others". Flows are summed over each period, stocks are those of its
 * end. */
#ifndef SAH_OUTPUT_SHEAF_H
#define SAH_OUTPUT_SHEAF_H
#include "output/palette.h"
#include "output/result.h"

struct sah_sheaf {
    const struct sah_variable *variable;
    size_t nitems, ntimes;
    double *first, *last; /* [ntimes] day a period begins with; the day after it */
    double *value;        /* [item][time] */
    const char **label;   /* [nitems] for people */
    int *item;            /* [nitems] number on the axis; -1: the others */
    struct sah_colour *colour;
    const char *every; /* "day", "month", "year" */
};

/* `axis` names the one kept; NULL: all in one item. */
int sah_sheaf_read(struct sah_result *result, const struct sah_variable *variable,
                   const char *axis, struct sah_sheaf *sheaf, struct sah_error *err);
/* Keeps the `most` items that are largest (flows: in all; stocks: at any time), in order of
 * the axis, and sums the rest; items without anything go. */
int sah_sheaf_gather(struct sah_sheaf *sheaf, size_t most, struct sah_error *err);
void sah_sheaf_free(struct sah_sheaf *sheaf);

const double *sah_sheaf_of(const struct sah_sheaf *sheaf, size_t item);
/* Flows in all; stocks at the end. */
double sah_sheaf_total(const struct sah_sheaf *sheaf, size_t item);
/* The largest value of an item, and of the sum of all. */
double sah_sheaf_peak(const struct sah_sheaf *sheaf);
double sah_sheaf_peak_of_sum(const struct sah_sheaf *sheaf);
double sah_sheaf_low(const struct sah_sheaf *sheaf);

/* Is the axis one of actors (factions, forces, countries, sides), which have colours of
 * their own everywhere? Other items are told apart by shade. */
bool sah_axis_has_actors(const struct sah_axis *axis);
/* The colours of all items of an axis. */
void sah_axis_colours(const struct sah_result *result, const struct sah_axis *axis,
                      struct sah_colour *colour);
const char *sah_axis_title(const struct sah_axis *axis, size_t item);

#endif
