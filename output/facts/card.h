/* The card: every item as one or many views have it, beside the record. */
#ifndef SAH_OUTPUT_FACTS_CARD_H
#define SAH_OUTPUT_FACTS_CARD_H
#include "output/canvas.h"
#include "output/facts/facts.h"

#include <stdio.h>

enum { SAH_FACT_WHY = 160 };
struct sah_card_row {
    const struct sah_fact_item *item;
    double *value;            /* [replicates], NAN where not defined */
    double middle, low, high; /* median, 5 and 95 % quantile of those defined */
    enum sah_fact_verdict verdict;
    char why[SAH_FACT_WHY]; /* where na */
};
struct sah_card {
    size_t nrows, replicates;
    struct sah_card_row *row;
    double *values;
    const char *title; /* what the views are of; lent */
};

/* A row is na where more than half of the views do not define it. */
int sah_card_make(const struct sah_facts_view *const *view, size_t n,
                  struct sah_card *card, struct sah_error *err);
void sah_card_free(struct sah_card *card);

/* Rows of a verdict, of those to be fitted or checked. */
size_t sah_card_count(const struct sah_card *card, bool check,
                      enum sah_fact_verdict verdict);

/* id,item,period,simulated,low,high,observed,band,verdict */
int sah_card_csv(const struct sah_card *card, FILE *out, struct sah_error *err);
void sah_card_print(const struct sah_card *card, FILE *out);
/* netCDF-4; docs/card.md tells what stands in it. */
int sah_card_write(const struct sah_card *card, const char *path,
                   struct sah_error *err);
int sah_card_draw(const struct sah_card *card, const struct sah_picture *picture,
                  struct sah_error *err);

#endif
