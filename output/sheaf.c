/* Reading, summing over time and over the other axis, gathering the small ones. */
#include "output/sheaf.h"

#include "sim/kernel/calendar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHORT_DAYS = 100, LINE_DAYS = 800, LONG_DAYS = 366 * 15 };

/* ---- time ---------------------------------------------------------------------------- */

/* Never finer than what was kept. Blocks of flows need room, points of a line do not. */
static const char *choose_every(enum sah_nature nature, const struct sah_period *period,
                                size_t n) {
    int days = n ? period[n - 1].last - period[0].first + 1 : 0;
    int each = n ? days / (int)n : 1;
    if (days > LONG_DAYS || each > 300) return "year";
    int most = nature == SAH_STOCK ? LINE_DAYS : SHORT_DAYS;
    return days > most || each > 1 ? "month" : "day";
}

/* Do two days belong to the same period? */
static bool together(const char *every, int32_t a, int32_t b) {
    struct sah_date x = sah_date_of(a), y = sah_date_of(b);
    if (strcmp(every, "day") == 0) return a == b;
    return x.year == y.year && (strcmp(every, "year") == 0 || x.month == y.month);
}

static bool begins(const struct sah_sheaf *sheaf, const struct sah_period *period,
                   size_t t) {
    return t == 0 || !together(sheaf->every, period[t - 1].first, period[t].first);
}

/* ---- memory -------------------------------------------------------------------------- */

void sah_sheaf_free(struct sah_sheaf *sheaf) {
    free(sheaf->first), free(sheaf->last), free(sheaf->value);
    free(sheaf->label), free(sheaf->item), free(sheaf->colour);
    *sheaf = (struct sah_sheaf){0};
}

/* One place more than there are items, for the others. */
static int make_room(struct sah_sheaf *sheaf, struct sah_error *err) {
    size_t n = sheaf->nitems + 1, t = sheaf->ntimes + 1;
    sheaf->first = calloc(t, sizeof *sheaf->first);
    sheaf->last = calloc(t, sizeof *sheaf->last);
    sheaf->value = calloc(n * t, sizeof *sheaf->value);
    sheaf->label = calloc(n, sizeof *sheaf->label);
    sheaf->item = calloc(n, sizeof *sheaf->item);
    sheaf->colour = calloc(n, sizeof *sheaf->colour);
    if (sheaf->first && sheaf->last && sheaf->value && sheaf->label && sheaf->item &&
        sheaf->colour)
        return SAH_OK;
    return sah_error_add(err, SAH_MEMORY, "no memory for a plot of %zu items", n);
}

/* ---- reading ------------------------------------------------------------------------- */

struct reading {
    const struct sah_period *period;
    size_t nperiods, each, inner; /* values per period; per item of the first axis */
    int axis;                     /* number of the one kept, -1: none */
    double *raw;
};

static size_t item_of(const struct sah_sheaf *sheaf, const struct reading *r,
                      size_t i) {
    if (r->axis < 0) return 0;
    return r->axis == 0 ? i / r->inner : i % sheaf->variable->axis[1]->n;
}

static void add_period(struct sah_sheaf *sheaf, const struct reading *r, size_t t,
                       size_t at) {
    bool stock = sheaf->variable->nature == SAH_STOCK;
    if (stock) {
        for (size_t i = 0; i < sheaf->nitems; i++)
            sheaf->value[i * sheaf->ntimes + at] = 0;
    }
    for (size_t i = 0; i < r->each; i++) {
        double value = r->raw[t * r->each + i];
        sheaf->value[item_of(sheaf, r, i) * sheaf->ntimes + at] += value;
    }
    sheaf->last[at] = r->period[t].last + 1;
}

static void fill(struct sah_sheaf *sheaf, const struct reading *r) {
    size_t at = 0;
    for (size_t t = 0; t < r->nperiods; t++) {
        if (begins(sheaf, r->period, t) && t > 0) at++;
        if (begins(sheaf, r->period, t)) sheaf->first[at] = r->period[t].first;
        add_period(sheaf, r, t, at);
    }
}

static void name_items(struct sah_sheaf *sheaf, const struct sah_result *result,
                       const struct sah_axis *axis) {
    for (size_t i = 0; i < sheaf->nitems; i++) {
        sheaf->item[i] = (int)i;
        sheaf->label[i] = axis ? sah_axis_title(axis, i) : sheaf->variable->doc;
        sheaf->colour[i] = sah_ink(SAH_INK_SOFT);
    }
    if (axis) sah_axis_colours(result, axis, sheaf->colour);
}

static int find_axis(const struct sah_variable *variable, const char *name) {
    for (int k = 0; k < 2 && name; k++)
        if (variable->axis[k] && strcmp(variable->axis[k]->name, name) == 0) return k;
    return -1;
}

static size_t count_times(const struct sah_sheaf *sheaf, const struct reading *r) {
    size_t n = 0;
    for (size_t t = 0; t < r->nperiods; t++) n += begins(sheaf, r->period, t);
    return n;
}

int sah_sheaf_read(struct sah_result *result, const struct sah_variable *variable,
                   const char *axis, struct sah_sheaf *sheaf, struct sah_error *err) {
    struct reading r = {.period = sah_result_periods(result, variable->place),
                        .nperiods = sah_result_period_count(result, variable->place),
                        .each = sah_variable_count(result, variable),
                        .inner = variable->axis[1] ? variable->axis[1]->n : 1,
                        .axis = find_axis(variable, axis)};
    const struct sah_axis *kept = r.axis < 0 ? NULL : variable->axis[r.axis];
    *sheaf = (struct sah_sheaf){.variable = variable,
                                .nitems = kept ? kept->n : 1,
                                .every = choose_every(variable->nature, r.period,
                                                      r.nperiods)};
    sheaf->ntimes = count_times(sheaf, &r);
    int code = make_room(sheaf, err);
    if (!code) name_items(sheaf, result, kept);
    if (code || r.nperiods == 0) return code;
    r.raw = malloc(r.nperiods * r.each * sizeof *r.raw + 1);
    if (!r.raw) return sah_error_add(err, SAH_MEMORY, "no memory for a plot");
    code = sah_result_read(result, variable, 0, r.nperiods - 1, r.raw, err);
    if (!code) fill(sheaf, &r);
    free(r.raw);
    return code;
}

/* ---- the small ones ------------------------------------------------------------------- */

static double weight(const struct sah_sheaf *sheaf, size_t item) {
    const double *value = sah_sheaf_of(sheaf, item);
    double sum = 0, most = 0;
    for (size_t t = 0; t < sheaf->ntimes; t++) {
        sum += fabs(value[t]);
        most = fmax(most, fabs(value[t]));
    }
    return sheaf->variable->nature == SAH_FLOW ? sum : most;
}

/* How many items weigh more, or as much and come first. */
static size_t rank(const struct sah_sheaf *sheaf, size_t item) {
    double own = weight(sheaf, item);
    size_t n = 0;
    for (size_t i = 0; i < sheaf->nitems; i++) {
        double other = weight(sheaf, i);
        n += other > own || (other == own && i < item);
    }
    return n;
}

static void move_item(struct sah_sheaf *sheaf, size_t from, size_t to) {
    memmove(sheaf->value + to * sheaf->ntimes, sheaf->value + from * sheaf->ntimes,
            sheaf->ntimes * sizeof *sheaf->value);
    sheaf->label[to] = sheaf->label[from];
    sheaf->item[to] = sheaf->item[from];
    sheaf->colour[to] = sheaf->colour[from];
}

static void add_item(struct sah_sheaf *sheaf, size_t from, double *others) {
    const double *value = sah_sheaf_of(sheaf, from);
    for (size_t t = 0; t < sheaf->ntimes; t++) others[t] += value[t];
}

static void append_others(struct sah_sheaf *sheaf, size_t n, size_t gathered,
                          const double *others) {
    sheaf->nitems = n;
    if (gathered == 0) return;
    memcpy(sheaf->value + n * sheaf->ntimes, others, sheaf->ntimes * sizeof *others);
    sheaf->label[n] = "Others";
    sheaf->item[n] = -1;
    sheaf->colour[n] = sah_colour_hex(0xC8C4BC);
    sheaf->nitems = n + 1;
}

/* Items by weight in `place`; SIZE_MAX where there is nothing. */
static size_t rank_all(const struct sah_sheaf *sheaf, size_t *place) {
    size_t some = 0;
    for (size_t i = 0; i < sheaf->nitems; i++) {
        bool any = weight(sheaf, i) > 0;
        place[i] = any ? rank(sheaf, i) : SIZE_MAX;
        some += any;
    }
    return some;
}

static void gather(struct sah_sheaf *sheaf, size_t most, const size_t *place,
                   double *others) {
    size_t n = 0, gathered = 0;
    for (size_t i = 0, all = sheaf->nitems; i < all; i++) {
        if (place[i] == SIZE_MAX) continue;
        if (place[i] < most)
            move_item(sheaf, i, n++);
        else
            add_item(sheaf, i, others), gathered++;
    }
    append_others(sheaf, n, gathered, others);
}

int sah_sheaf_gather(struct sah_sheaf *sheaf, size_t most, struct sah_error *err) {
    size_t *place = calloc(sheaf->nitems + 1, sizeof *place);
    double *others = calloc(sheaf->ntimes + 1, sizeof *others);
    bool room = place && others;
    if (room) {
        size_t some = rank_all(sheaf, place);
        if (some == most + 1) most = some; /* one alone keeps its name */
        gather(sheaf, most, place, others);
    }
    free(place);
    free(others);
    return room ? SAH_OK : sah_error_add(err, SAH_MEMORY, "no memory for a plot");
}

/* ---- questions ------------------------------------------------------------------------ */

const double *sah_sheaf_of(const struct sah_sheaf *sheaf, size_t item) {
    return sheaf->value + item * sheaf->ntimes;
}

double sah_sheaf_total(const struct sah_sheaf *sheaf, size_t item) {
    const double *value = sah_sheaf_of(sheaf, item);
    double sum = 0;
    if (sheaf->ntimes == 0) return 0;
    if (sheaf->variable->nature == SAH_STOCK) return value[sheaf->ntimes - 1];
    for (size_t t = 0; t < sheaf->ntimes; t++) sum += value[t];
    return sum;
}

double sah_sheaf_peak(const struct sah_sheaf *sheaf) {
    double peak = 0;
    for (size_t i = 0; i < sheaf->nitems * sheaf->ntimes; i++)
        peak = fmax(peak, sheaf->value[i]);
    return peak;
}

double sah_sheaf_low(const struct sah_sheaf *sheaf) {
    double low = 0;
    for (size_t i = 0; i < sheaf->nitems * sheaf->ntimes; i++)
        low = fmin(low, sheaf->value[i]);
    return low;
}

double sah_sheaf_peak_of_sum(const struct sah_sheaf *sheaf) {
    double peak = 0;
    for (size_t t = 0; t < sheaf->ntimes; t++) {
        double sum = 0;
        for (size_t i = 0; i < sheaf->nitems; i++)
            sum += sheaf->value[i * sheaf->ntimes + t];
        peak = fmax(peak, sum);
    }
    return peak;
}
