/* What was added up becomes a number. */
#include "sim/study/probe_impl.h"

#include <math.h>
#include <stdlib.h>

static double reduced(const struct sah_probe *p, const struct sah_tally *t) {
    double n = (double)p->days;
    switch (p->reduce) {
    case SAH_REDUCE_MEAN:
        return t->sum / n;
    case SAH_REDUCE_LAST:
        return t->last;
    case SAH_REDUCE_MAX:
    case SAH_REDUCE_ACTIVE:
        return t->most;
    case SAH_REDUCE_VAR:
        return (t->squares - t->sum * t->sum / n) / (n - 1);
    default:
        return t->sum;
    }
}

static double concentration(const struct sah_probe *p, double sum) {
    bool is_hhi = p->m->cells == SAH_OVER_HHI;
    double value = 0;
    for (size_t k = 0; k < p->n; k++) {
        double share = reduced(p, &p->tally[k]) / sum;
        if (share > 0) value += is_hhi ? share * share : -share * log(share);
    }
    return sum > 0 ? value : NAN;
}

/* Of two that were counted in one month. */
static double chance_shared(const struct sah_probe *p) {
    double pairs = 0;
    for (size_t k = 0; k < p->n; k++)
        pairs += p->tally[k].pairs + sah_pairs_of(p->tally[k].month);
    return pairs / (p->all.pairs + sah_pairs_of(p->all.month));
}

static double over_entries(const struct sah_probe *p) {
    if (p->m->cells == SAH_OVER_PAIRS) return chance_shared(p);
    double sum = 0, most = -INFINITY, above = 0;
    for (size_t k = 0; k < p->n; k++) {
        double value = reduced(p, &p->tally[k]);
        sum += value;
        most = value > most ? value : most;
        above += value > p->m->above;
    }
    if (p->reduce == SAH_REDUCE_ACTIVE || p->m->cells == SAH_OVER_COUNT) return above;
    return p->m->cells == SAH_OVER_MAX ? most : concentration(p, sum);
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(const struct sah_probe *p) {
    if (p->nvalues == 0) return NAN;
    size_t n = p->nvalues, at = (size_t)ceil(p->m->quantile * (double)n);
    qsort(p->value, n, sizeof *p->value, by_size);
    return p->value[at ? at - 1 : 0];
}

static double of_events(const struct sah_probe *p) {
    double n = (double)p->nvalues, sum = 0, above = 0;
    for (size_t i = 0; i < p->nvalues; i++) {
        sum += p->value[i];
        above += p->value[i] > p->m->above;
    }
    switch (p->m->reduce) {
    case SAH_REDUCE_COUNT:
        return n;
    case SAH_REDUCE_MEAN:
        return sum / n;
    case SAH_REDUCE_SHARE:
        return above / n;
    case SAH_REDUCE_QUANTILE:
        return quantile(p);
    case SAH_REDUCE_TAIL:
        return sah_tail_exponent(p->value, p->nvalues, p->m->xmin);
    default:
        return sum;
    }
}

double sah_probe_number(const struct sah_probe *p, const struct sah_world *world) {
    double value = p->m->is_events ? of_events(p)
                   : p->days == 0  ? NAN
                   : p->by_entry   ? over_entries(p)
                   : sah_probe_can_wait(p, world)
                       ? sah_probe_total(p, sah_sight_today(p->sight, world))
                       : reduced(p, p->tally);
    if (p->per) value /= sah_probe_number(p->per, world);
    return isfinite(value) ? value : NAN;
}

const char *sah_probe_unit(const struct sah_probe *p) {
    bool is_number = p->reduce == SAH_REDUCE_ACTIVE || p->m->cells >= SAH_OVER_COUNT;
    if (!p->m->is_events) return is_number ? "1" : p->what->unit;
    bool has_unit = p->column >= 0 && p->m->reduce != SAH_REDUCE_COUNT &&
                    p->m->reduce != SAH_REDUCE_SHARE && p->m->reduce != SAH_REDUCE_TAIL;
    return has_unit ? p->column_unit : "1";
}
