/* What a calibration found, in print and as a picture. */
#include "sim/cli/calibrate.h"

#include "output/csv.h"
#include "output/pairs.h"
#include "sim/cli/say.h"

#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PARAMETERS, EFFECTS, AIMS, WAVES, PULLS = 4 };
const char *const sah_calibrate_tables[] = {[PARAMETERS] = "parameters",
                                            [EFFECTS] = "effects",
                                            [AIMS] = "aims",
                                            [WAVES] = "waves",
                                            NULL};

/* ---- questions ------------------------------------------------------------------------- */

static double quantile(const struct sah_calibration *all, size_t j, size_t k) {
    return sah_calibration_value(
        all, j, all->posterior.quantile[j * SAH_POSTERIOR_QUANTILES + k]);
}

/* Ranges that run downwards have their quantiles the other way round. */
static void interval(const struct sah_calibration *all, size_t j, size_t k, double *low,
                     double *high) {
    double a = quantile(all, j, k),
           b = quantile(all, j, SAH_POSTERIOR_QUANTILES - 1 - k);
    *low = fmin(a, b), *high = fmax(a, b);
}

struct value {
    char text[SAH_FACTOR_TEXT];
};

static struct value word(const struct sah_calibration *all, size_t j, double number) {
    const struct sah_param *param = all->study->factor[j].param;
    struct value value = {""};
    int32_t day = (int32_t)number;
    if (param->type == SAH_DATE)
        sah_param_text(param, &day, value.text, sizeof value.text);
    else
        snprintf(value.text, sizeof value.text, "%.4g", number);
    return value;
}

static const char *unit_of(const struct sah_calibration *all, size_t j) {
    const char *unit = all->study->factor[j].param->unit;
    return strcmp(unit, "1") == 0 ? "" : unit;
}

struct wave {
    size_t points, most, middle;
};

static struct wave wave_of(const struct sah_calibration *all, size_t number) {
    const struct sah_cloud *cloud = &all->cloud;
    struct wave wave = {0};
    double *hits = malloc((cloud->n + 1) * sizeof *hits);
    for (size_t p = 0; hits && p < cloud->n; p++)
        if (cloud->wave[p] == number)
            hits[wave.points++] = (double)sah_cloud_hits(cloud, p);
    if (hits && wave.points) {
        gsl_sort(hits, 1, wave.points);
        wave.most = (size_t)hits[wave.points - 1];
        wave.middle = (size_t)hits[(wave.points - 1) / 2];
    }
    free(hits);
    return wave;
}

/* ---- for people ------------------------------------------------------------------------ */

static void print_parameters(const struct sah_calibration *all) {
    printf("%-36s %-10s %22s %11s %24s %24s %6s\n", "parameter", "unit", "prior",
           "median", "50 %", "90 %", "left");
    for (size_t j = 0; j < all->cloud.d; j++) {
        const struct sah_factor *factor = &all->study->factor[j];
        double low, high;
        char prior[96], half[96], most[96];
        snprintf(prior, sizeof prior, "%.24s .. %.24s%s",
                 word(all, j, factor->from).text, word(all, j, factor->to).text,
                 factor->is_log ? " log" : "");
        interval(all, j, SAH_POSTERIOR_P25, &low, &high);
        snprintf(half, sizeof half, "%.24s .. %.24s", word(all, j, low).text,
                 word(all, j, high).text);
        interval(all, j, SAH_POSTERIOR_P05, &low, &high);
        snprintf(most, sizeof most, "%.24s .. %.24s", word(all, j, low).text,
                 word(all, j, high).text);
        printf("%-36s %-10s %22s %11s %24s %24s %6.2f\n", factor->name, unit_of(all, j),
               prior, word(all, j, quantile(all, j, SAH_POSTERIOR_P50)).text, half,
               most, all->posterior.left[j]);
    }
}

static void print_identified(const struct sah_calibration *all) {
    size_t wide = 0;
    for (size_t j = 0; j < all->cloud.d; j++) {
        if (all->posterior.left[j] < SAH_POSTERIOR_WIDE) continue;
        printf("%s%s",
               wide++ ? ", "
                      : "\nnot identified, the posterior is about as "
                        "wide as the prior: ",
               all->study->factor[j].name);
    }
    puts(wide ? "" : "\nall parameters are identified to some degree");
}

/* How much an aim tells of a parameter: its effect, in what the two may differ by. */
static double strength(const struct sah_calibration *all, size_t aim, size_t j) {
    double effect = all->posterior.effect[aim * all->cloud.d + j];
    double missed = all->fit->discrepancy, chance = all->match.aim[aim].chance;
    return isnan(effect) ? 0 : fabs(effect) / sqrt(chance + 0.25 + missed * missed);
}

static const char *pull(double effect, double off) {
    if (fabs(off) < 0.25) return "met";
    return (off > 0) == (effect > 0) ? "pulls down" : "pulls up";
}

static void print_pulls_of(const struct sah_calibration *all, size_t j, double *room,
                           size_t *order) {
    size_t m = all->fit->naims;
    for (size_t i = 0; i < m; i++) room[i] = -strength(all, i, j);
    gsl_sort_index(order, room, 1, m);
    printf("%s\n", all->study->factor[j].name);
    for (size_t k = 0; k < PULLS && k < m && room[order[k]] < 0; k++) {
        double effect = all->posterior.effect[order[k] * all->cloud.d + j];
        double off = all->posterior.off[order[k]];
        printf("    %+7.2f  %-40s %5.2f %s the record: %s\n", effect,
               all->fit->aim[order[k]].name, fabs(off), off > 0 ? "above" : "below",
               pull(effect, off));
    }
}

static void print_pulls(const struct sah_calibration *all) {
    size_t m = all->fit->naims;
    double *room = malloc((m + 1) * sizeof *room);
    size_t *order = malloc((m + 1) * sizeof *order);
    puts("\nwhat pulls: gain of an aim over the range of the parameter, and where it "
         "stands at the\nposterior medians, both in half widths of its band");
    for (size_t j = 0; room && order && j < all->cloud.d; j++)
        print_pulls_of(all, j, room, order);
    free(room);
    free(order);
}

static void print_emulators(const struct sah_calibration *all) {
    size_t n = 0, far = 0, unused = 0;
    for (size_t i = 0; i < all->fit->naims; i++) {
        const struct sah_match_aim *aim = &all->match.aim[i];
        for (size_t k = 0; k < aim->value.n; k++, n++)
            far += fabs(aim->value.loo[k]) > 2;
    }
    printf("\nemulators: %.1f %% of points left out lie beyond two standard deviations "
           "(4.6 due)\n",
           n ? 100 * (double)far / (double)n : 0);
    for (size_t i = 0; i < all->fit->naims; i++) {
        const struct sah_match_aim *aim = &all->match.aim[i];
        if (aim->state == SAH_MATCH_USED) continue;
        printf("%s%s (%s)",
               unused++ ? ", " : "without part in the fit: ", all->fit->aim[i].name,
               sah_match_states[aim->state]);
    }
    if (unused) putchar('\n');
}

static void print_waves(const struct sah_calibration *all) {
    puts("");
    for (size_t w = 1; w <= (size_t)all->fit->waves; w++) {
        struct wave wave = wave_of(all, w);
        printf("wave %zu: %zu points; of %zu aims the best met %zu, half of them %zu\n",
               w, wave.points, all->fit->naims, wave.most, wave.middle);
    }
    if (all->posterior.reached > all->fit->cutoff)
        printf("all of the prior is ruled out at a cutoff of %g; the least "
               "implausibility found is %.3g\n",
               all->fit->cutoff, all->posterior.reached);
    else
        printf("%.2g of the prior is not ruled out\n", all->posterior.share);
}

void sah_calibrate_print(const struct sah_calibration *all) {
    print_parameters(all);
    print_identified(all);
    print_pulls(all);
    print_emulators(all);
    print_waves(all);
}

/* ---- comma-separated ------------------------------------------------------------------- */

static void csv_parameters(const struct sah_calibration *all) {
    puts("parameter,unit,scale,from,to,own,median,low50,high50,low90,high90,left");
    for (size_t j = 0; j < all->cloud.d; j++) {
        const struct sah_factor *factor = &all->study->factor[j];
        double low, high;
        sah_csv_put(stdout, factor->name, true);
        sah_csv_put(stdout, factor->param->unit, false);
        sah_csv_put(stdout, factor->is_log ? "log" : "linear", false);
        sah_csv_put_number(stdout, factor->from);
        sah_csv_put_number(stdout, factor->to);
        sah_csv_put_number(stdout, factor->own);
        sah_csv_put_number(stdout, quantile(all, j, SAH_POSTERIOR_P50));
        interval(all, j, SAH_POSTERIOR_P25, &low, &high);
        sah_csv_put_number(stdout, low), sah_csv_put_number(stdout, high);
        interval(all, j, SAH_POSTERIOR_P05, &low, &high);
        sah_csv_put_number(stdout, low), sah_csv_put_number(stdout, high);
        sah_csv_put_number(stdout, all->posterior.left[j]);
        putchar('\n');
    }
}

static void csv_effects(const struct sah_calibration *all) {
    puts("aim,parameter,effect,strength");
    for (size_t i = 0; i < all->fit->naims; i++)
        for (size_t j = 0; j < all->cloud.d; j++) {
            sah_csv_put(stdout, all->fit->aim[i].name, true);
            sah_csv_put(stdout, all->study->factor[j].name, false);
            sah_csv_put_number(stdout, all->posterior.effect[i * all->cloud.d + j]);
            sah_csv_put_number(stdout, strength(all, i, j));
            putchar('\n');
        }
}

static void csv_aims(const struct sah_calibration *all) {
    puts("aim,unit,state,observed,low,high,off,chance,emulated,left_out_beyond_2");
    for (size_t i = 0; i < all->fit->naims; i++) {
        const struct sah_aim *aim = &all->fit->aim[i];
        const struct sah_match_aim *match = &all->match.aim[i];
        size_t far = 0;
        for (size_t k = 0; k < match->value.n; k++)
            far += fabs(match->value.loo[k]) > 2;
        sah_csv_put(stdout, aim->name, true);
        sah_csv_put(stdout, aim->unit, false);
        sah_csv_put(stdout, sah_match_states[match->state], false);
        sah_csv_put_number(stdout, aim->value);
        sah_csv_put_number(stdout, aim->low);
        sah_csv_put_number(stdout, aim->high);
        sah_csv_put_number(stdout, all->posterior.off[i]);
        sah_csv_put_number(stdout, sqrt(match->chance));
        sah_csv_put_number(stdout, sah_aim_value(aim, all->posterior.off[i]));
        sah_csv_put_number(stdout, (double)far / (double)match->value.n);
        putchar('\n');
    }
}

static void csv_waves(const struct sah_calibration *all) {
    puts("wave,points,aims,most_hits,median_hits");
    for (size_t w = 1; w <= (size_t)all->fit->waves; w++) {
        struct wave wave = wave_of(all, w);
        printf("%zu,%zu,%zu,%zu,%zu\n", w, wave.points, all->fit->naims, wave.most,
               wave.middle);
    }
}

int sah_calibrate_csv(const struct sah_calibration *all, const char *table,
                      struct sah_error *err) {
    static void (*const print[])(const struct sah_calibration *) = {
        csv_parameters, csv_effects, csv_aims, csv_waves};
    for (size_t k = 0; sah_calibrate_tables[k]; k++)
        if (strcmp(table, sah_calibrate_tables[k]) == 0) print[k](all);
    return sah_csv_check(stdout, "the calibration", err);
}

/* ---- the picture ----------------------------------------------------------------------- */

int sah_calibrate_draw(const struct sah_calibration *all,
                       const struct sah_picture *picture, struct sah_error *err) {
    size_t d = all->cloud.d;
    char title[300], subtitle[200];
    struct sah_pairs_axis *axis = calloc(d + 1, sizeof *axis);
    if (!axis) return sah_error_add(err, SAH_MEMORY, "no memory for a picture");
    for (size_t j = 0; j < d; j++) {
        const struct sah_factor *factor = &all->study->factor[j];
        const double *q = all->posterior.quantile + j * SAH_POSTERIOR_QUANTILES;
        axis[j] = (struct sah_pairs_axis){.name = factor->name,
                                          .unit = factor->param->unit,
                                          .from = factor->from,
                                          .to = factor->to,
                                          .is_log = factor->is_log,
                                          .median = q[SAH_POSTERIOR_P50],
                                          .low = q[SAH_POSTERIOR_P05],
                                          .high = q[SAH_POSTERIOR_P95]};
    }
    snprintf(title, sizeof title, "Posterior: %.200s", all->study->title);
    snprintf(subtitle, sizeof subtitle,
             "%zu points of a sample in the ranges of the prior \u00B7 %zu runs of %zu "
             "aims",
             all->posterior.n, all->cloud.n * all->cloud.replicates, all->fit->naims);
    struct sah_pairs pairs = {.title = title,
                              .subtitle = subtitle,
                              .nparameters = d,
                              .axis = axis,
                              .nsample = all->posterior.n,
                              .at = all->posterior.at};
    int status = sah_pairs_draw(&pairs, picture, err);
    free(axis);
    return status;
}
