/* A card as a netCDF-4 file: arrays over items and replicates, with names beside them. */
#include "output/facts/card.h"

#include "output/disk.h"
#include "output/h5.h"
#include "sah_version.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FORMAT = 1 };

struct sheet {
    struct sah_h5 *h5;
    const struct sah_card *card;
    hid_t root, item, replicate;
    char (*text)[SAH_FACT_TEXT]; /* [nrows], scratch */
    const char **pointer;        /* [nrows] */
    double *number;
};

static void put_texts(struct sheet *s, const char *name, const char *doc) {
    sah_h5_drop(
        sah_h5_strings(s->h5, s->root, name, doc, s->item, s->pointer, s->card->nrows));
}

#define PUT_TEXTS(s, name, doc, of)                              \
    do {                                                         \
        for (size_t i = 0; i < (s)->card->nrows; i++) {          \
            const struct sah_card_row *row = &(s)->card->row[i]; \
            (s)->pointer[i] = (of);                              \
        }                                                        \
        put_texts(s, name, doc);                                 \
    } while (0)

static const char *period_of(struct sheet *s, const struct sah_card_row *row) {
    size_t i = (size_t)(row - s->card->row);
    sah_fact_period(row->item, s->text[i]);
    return s->text[i];
}

static void put_names(struct sheet *s) {
    PUT_TEXTS(s, "id", "Number of the fact", row->item->fact->id);
    PUT_TEXTS(s, "name", "What the fact is", row->item->fact->name);
    PUT_TEXTS(s, "part", "Country or part of the item", row->item->part);
    PUT_TEXTS(s, "period", "Years of the item", period_of(s, row));
    PUT_TEXTS(s, "unit", "Unit of the values", row->item->fact->unit);
    PUT_TEXTS(s, "use", "For fitting, or for checking alone",
              row->item->check ? "check" : "fit");
    PUT_TEXTS(s, "verdict", "How the median fares", sah_fact_verdicts[row->verdict]);
}

static void put_numbers(struct sheet *s, const char *name, const char *doc,
                        const double *values, bool by_replicate) {
    struct sah_h5_variable v = {.name = name,
                                .doc = doc,
                                .type = SAH_F64,
                                .rank = by_replicate ? 2 : 1,
                                .dim = {s->item, s->replicate},
                                .fill = true};
    hid_t dataset = sah_h5_variable(s->h5, s->root, &v);
    sah_h5_write(s->h5, dataset, SAH_F64, values);
    sah_h5_drop(dataset);
}

#define PUT_NUMBERS(s, name, doc, of)                            \
    do {                                                         \
        for (size_t i = 0; i < (s)->card->nrows; i++) {          \
            const struct sah_card_row *row = &(s)->card->row[i]; \
            (s)->number[i] = (of);                               \
        }                                                        \
        put_numbers(s, name, doc, (s)->number, false);           \
    } while (0)

static void put_values(struct sheet *s) {
    put_numbers(s, "value", "What each replicate gave", s->card->values, true);
    PUT_NUMBERS(s, "median", "Median of the replicates", row->middle);
    PUT_NUMBERS(s, "low", "5 % quantile of the replicates", row->low);
    PUT_NUMBERS(s, "high", "95 % quantile of the replicates", row->high);
    PUT_NUMBERS(s, "observed_low", "On record, least", row->item->low);
    PUT_NUMBERS(s, "observed_high", "On record, most", row->item->high);
    PUT_NUMBERS(s, "off", "Median less record, in widths of the band",
                isnan(row->middle) ? NAN : sah_fact_off(row->item, row->middle));
}

static void put_all(struct sheet *s) {
    s->root = H5Gopen2(s->h5->file, "/", H5P_DEFAULT);
    if (s->root < 0) sah_h5_fail(s->h5, "open", "/");
    sah_h5_text(s->h5, s->root, "Conventions", "CF-1.10");
    sah_h5_text(s->h5, s->root, "title", s->card->title);
    sah_h5_text(s->h5, s->root, "source", "sahel " SAH_VERSION);
    sah_h5_whole(s->h5, s->root, "facts_format", FORMAT);
    s->item = sah_h5_dimension(s->h5, s->root, "item", s->card->nrows);
    s->replicate = sah_h5_dimension(s->h5, s->root, "replicate", s->card->replicates);
    put_names(s);
    put_values(s);
    sah_h5_drop(s->item);
    sah_h5_drop(s->replicate);
    sah_h5_drop(s->root);
}

static int write_to(struct sheet *s, const char *temporary, const char *target,
                    struct sah_error *err) {
    struct sah_h5 h5;
    s->h5 = &h5;
    if (!sah_h5_create(&h5, temporary, target, err)) put_all(s);
    int code = sah_h5_close(&h5);
    s->h5 = NULL;
    if (!code) code = sah_disk_settle(temporary, target, err);
    if (code) unlink(temporary);
    return code;
}

int sah_card_write(const struct sah_card *card, const char *path,
                   struct sah_error *err) {
    size_t n = card->nrows + 1;
    struct sheet s = {.card = card,
                      .text = calloc(n, sizeof *s.text),
                      .pointer = calloc(n, sizeof *s.pointer),
                      .number = calloc(n, sizeof *s.number)};
    char *temporary = sah_disk_concat(path, ".new");
    int code = s.text && s.pointer && s.number && temporary
                   ? write_to(&s, temporary, path, err)
                   : sah_error_add(err, SAH_MEMORY, "no memory for a file");
    free(temporary);
    free(s.text);
    free(s.pointer);
    free(s.number);
    return code;
}
