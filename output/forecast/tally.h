/* Scores of forecasts, added up: by month, by country and over all. */
#ifndef SAH_OUTPUT_FORECAST_TALLY_H
#define SAH_OUTPUT_FORECAST_TALLY_H
#include "output/forecast/draws.h"
#include "output/forecast/score.h"

struct sah_tally_sum {
    double score[SAH_SCORES]; /* sums over n cells and months */
    size_t n;
};
struct sah_tally {
    char kind[16], model[48];
    int first, months;
    struct sah_tally_sum all;
    struct sah_tally_sum active; /* where somebody died */
    struct sah_tally_sum country[SAH_FACT_STATES];
    struct sah_tally_sum month[SAH_DRAWS_MONTHS];
};

/* Scores draws against the panel, which covers their months. */
void sah_tally_score(const struct sah_draws *draws, const struct sah_panel *came,
                     enum sah_panel_kind kind, const char *model,
                     struct sah_tally *tally);
double sah_tally_mean(const struct sah_tally_sum *sum, enum sah_score_of score);

/* A table for people; rows kind, model, part, CRPS, IGN, MIS, n, where part is all, active,
 * a country or a month such as 2019-03. */
void sah_tally_print(const struct sah_tally *tally, size_t n, FILE *out);
int sah_tally_csv(const struct sah_tally *tally, size_t n, bool header, FILE *out,
                  struct sah_error *err);

#endif
