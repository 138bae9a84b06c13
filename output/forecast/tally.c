/* Sums run cell by cell, in order. */
#include "output/forecast/tally.h"

#include "output/csv.h"

#include <math.h>
#include <string.h>

static void add(struct sah_tally_sum *sum, const double score[static SAH_SCORES]) {
    for (int s = 0; s < SAH_SCORES; s++) sum->score[s] += score[s];
    sum->n++;
}

void sah_tally_score(const struct sah_draws *draws, const struct sah_panel *came,
                     enum sah_panel_kind kind, const char *model,
                     struct sah_tally *tally) {
    *tally = (struct sah_tally){.first = draws->first, .months = draws->months};
    SAH_BUG_IF(draws->months > SAH_DRAWS_MONTHS, "a window is too long");
    snprintf(tally->kind, sizeof tally->kind, "%s", sah_panel_names[kind]);
    snprintf(tally->model, sizeof tally->model, "%s", model);
    for (int cell = 0; cell < SAH_FORECAST_CELLS; cell++) {
        const float *row = sah_panel_row(came, kind, cell, draws->first);
        for (int m = 0; m < draws->months; m++) {
            double score[SAH_SCORES], deaths = (double)row[m];
            sah_score_all(sah_draws_at(draws, cell, draws->first + m), SAH_DRAWS,
                          deaths, score);
            add(&tally->all, score);
            if (deaths > 0) add(&tally->active, score);
            add(&tally->country[sah_forecast_country(cell)], score);
            add(&tally->month[m], score);
        }
    }
}

double sah_tally_mean(const struct sah_tally_sum *sum, enum sah_score_of score) {
    return sum->n ? sum->score[score] / (double)sum->n : NAN;
}

/* ---- telling ----------------------------------------------------------------------- */

void sah_tally_print(const struct sah_tally *tally, size_t n, FILE *out) {
    const char *kind = "";
    for (size_t i = 0; i < n; i++) {
        const struct sah_tally *t = &tally[i];
        if (strcmp(kind, t->kind) != 0)
            fprintf(out, "%s%-12s %-24s %9s %9s %9s %12s\n", i ? "\n" : "", t->kind,
                    "model", "CRPS", "IGN", "MIS", "CRPS active");
        kind = t->kind;
        fprintf(out, "%-12s %-24s", "", t->model);
        for (int s = 0; s < SAH_SCORES; s++)
            fprintf(out, " %9.5f", sah_tally_mean(&t->all, (enum sah_score_of)s));
        fprintf(out, " %12.4f\n", sah_tally_mean(&t->active, SAH_CRPS));
    }
}

static void put_row(const struct sah_tally *t, const char *part,
                    const struct sah_tally_sum *sum, FILE *out) {
    sah_csv_put(out, t->kind, true);
    sah_csv_put(out, t->model, false);
    sah_csv_put(out, part, false);
    for (int s = 0; s < SAH_SCORES; s++)
        sah_csv_put_number(out, sah_tally_mean(sum, (enum sah_score_of)s));
    sah_csv_put_number(out, (double)sum->n);
    fputc('\n', out);
}

int sah_tally_csv(const struct sah_tally *tally, size_t n, bool header, FILE *out,
                  struct sah_error *err) {
    if (header) fputs("kind,model,part,CRPS,IGN,MIS,n\n", out);
    for (size_t i = 0; i < n; i++) {
        const struct sah_tally *t = &tally[i];
        put_row(t, "all", &t->all, out);
        put_row(t, "active", &t->active, out);
        for (int c = 0; c < SAH_FACT_STATES; c++)
            put_row(t, sah_fact_iso3[c], &t->country[c], out);
        for (int m = 0; m < t->months; m++) {
            char text[16];
            int month = t->first + m - 1;
            snprintf(text, sizeof text, "%04d-%02d", 1980 + month / 12, month % 12 + 1);
            put_row(t, text, &t->month[m], out);
        }
    }
    return sah_csv_check(out, "scores", err);
}
