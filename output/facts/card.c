/* Computing a card, counting it, and printing it. */
#include "output/facts/card.h"

#include "output/csv.h"

#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void explain(struct sah_card_row *row, const char *why) {
    bool covers = why && strncmp(why, "does not cover", 14) == 0;
    snprintf(row->why, sizeof row->why, "%s%s", covers ? "the list or run " : "",
             why ? why : "not defined");
}

static void describe(struct sah_card_row *row, double *room, size_t n) {
    size_t known = 0;
    for (size_t k = 0; k < n; k++)
        if (!isnan(row->value[k])) room[known++] = row->value[k];
    row->middle = row->low = row->high = NAN;
    row->verdict = SAH_FACT_NA;
    if (2 * known <= n) return;
    gsl_sort(room, 1, known);
    row->middle = gsl_stats_median_from_sorted_data(room, 1, known);
    row->verdict = sah_fact_judge(row->item, row->middle);
    if (n < 2) return;
    row->low = gsl_stats_quantile_from_sorted_data(room, 1, known, 0.05);
    row->high = gsl_stats_quantile_from_sorted_data(room, 1, known, 0.95);
}

int sah_card_make(const struct sah_facts_view *const *view, size_t n,
                  struct sah_card *card, struct sah_error *err) {
    const struct sah_fact_item *item = sah_fact_items(&card->nrows);
    card->replicates = n;
    card->row = calloc(card->nrows, sizeof *card->row);
    card->values = calloc((card->nrows + 1) * n + 1, sizeof *card->values);
    if (!card->row || !card->values)
        return sah_error_add(err, SAH_MEMORY, "no memory for facts");
    double *room = card->values + card->nrows * n;
    for (size_t i = 0; i < card->nrows; i++) {
        struct sah_card_row *row = &card->row[i];
        row->item = &item[i], row->value = card->values + i * n;
        for (size_t k = 0; k < n; k++) {
            const char *why = NULL;
            row->value[k] = sah_fact_of(view[k], row->item, &why);
            if (isnan(row->value[k])) explain(row, why);
        }
        describe(row, room, n);
    }
    return SAH_OK;
}

void sah_card_free(struct sah_card *card) {
    free(card->row);
    free(card->values);
    *card = (struct sah_card){0};
}

size_t sah_card_count(const struct sah_card *card, bool check,
                      enum sah_fact_verdict verdict) {
    size_t n = 0;
    for (size_t i = 0; i < card->nrows; i++)
        n += card->row[i].item->check == check && card->row[i].verdict == verdict;
    return n;
}

/* ---- in print ---------------------------------------------------------------------- */

int sah_card_csv(const struct sah_card *card, FILE *out, struct sah_error *err) {
    fputs("id,item,period,simulated,low,high,observed,band,verdict\n", out);
    for (size_t i = 0; i < card->nrows; i++) {
        const struct sah_card_row *row = &card->row[i];
        char period[SAH_FACT_TEXT], observed[SAH_FACT_TEXT], band[SAH_FACT_TEXT];
        sah_fact_period(row->item, period);
        sah_fact_observed(row->item, observed);
        sah_fact_band_text(row->item->fact, band);
        sah_csv_put(out, row->item->fact->id, true);
        sah_csv_put(out, row->item->part, false);
        sah_csv_put(out, period, false);
        sah_csv_put_number(out, row->middle);
        sah_csv_put_number(out, row->low);
        sah_csv_put_number(out, row->high);
        sah_csv_put(out, observed, false);
        sah_csv_put(out, band, false);
        sah_csv_put(out, sah_fact_verdicts[row->verdict], false);
        fputc('\n', out);
    }
    return sah_csv_check(out, "the facts", err);
}

static void number(double value, char text[static SAH_FACT_TEXT]) {
    double size = fabs(value);
    if (isnan(value))
        snprintf(text, SAH_FACT_TEXT, "-");
    else if (size >= 100 || value == round(value))
        snprintf(text, SAH_FACT_TEXT, "%.0f", value);
    else
        snprintf(text, SAH_FACT_TEXT,
                 size >= 10  ? "%.1f"
                 : size >= 1 ? "%.2f"
                             : "%.3f",
                 value);
}

static void print_row(const struct sah_card *card, const struct sah_card_row *row,
                      FILE *out) {
    char period[SAH_FACT_TEXT], observed[SAH_FACT_TEXT], band[SAH_FACT_TEXT],
        middle[SAH_FACT_TEXT], low[SAH_FACT_TEXT], high[SAH_FACT_TEXT];
    sah_fact_period(row->item, period);
    sah_fact_observed(row->item, observed);
    sah_fact_band_text(row->item->fact, band);
    number(row->middle, middle), number(row->low, low), number(row->high, high);
    fprintf(out, "     %-24s %-9s %9s", row->item->part, period, middle);
    if (card->replicates > 1) fprintf(out, " %9s %9s", low, high);
    fprintf(out, " %12s  %-12s %-5s  %s", observed, band,
            row->item->check ? "check" : "fit", sah_fact_verdicts[row->verdict]);
    if (row->verdict == SAH_FACT_NA) fprintf(out, ": %s", row->why);
    fputc('\n', out);
}

static void print_sum(const struct sah_card *card, bool check, FILE *out) {
    size_t n[4], all = 0;
    for (int v = SAH_FACT_HIT; v <= SAH_FACT_NA; v++) {
        n[v] = sah_card_count(card, check, (enum sah_fact_verdict)v);
        if (v != SAH_FACT_NA) all += n[v];
    }
    fprintf(out, "%s: %zu of %zu hit, %zu near, %zu missed, %zu not available\n",
            check ? "check" : "fit  ", n[SAH_FACT_HIT], all, n[SAH_FACT_NEAR],
            n[SAH_FACT_MISS], n[SAH_FACT_NA]);
}

void sah_card_print(const struct sah_card *card, FILE *out) {
    const struct sah_fact *before = NULL;
    fprintf(out, "     %-24s %-9s %9s", "item", "period", "simulated");
    if (card->replicates > 1) fprintf(out, " %9s %9s", "5 %", "95 %");
    fprintf(out, " %12s  %-12s %-5s  %s\n", "observed", "band", "use", "verdict");
    for (size_t i = 0; i < card->nrows; i++) {
        const struct sah_fact *fact = card->row[i].item->fact;
        bool bare = strcmp(fact->unit, "1") == 0;
        if (fact != before)
            fprintf(out, "%-4s %s%s%s\n", fact->id, fact->name, bare ? "" : ", ",
                    bare ? "" : fact->unit);
        before = fact;
        print_row(card, &card->row[i], out);
    }
    fputc('\n', out);
    print_sum(card, false, out);
    print_sum(card, true, out);
}
