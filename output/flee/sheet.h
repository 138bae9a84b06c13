/* What a run on Flee's inputs is told as: people in camps beside those registered, day by
 * day, and how far apart they are.
 *
 *     E(t) = sum over camps |simulated - registered| / sum over camps registered
 *
 * the averaged relative difference of Suleimenova, Bell and Groen (2017); rescaled: with
 * the simulated numbers of a day scaled to the registered sum, so that only their division
 * among camps counts. */
#ifndef SAH_OUTPUT_FLEE_SHEET_H
#define SAH_OUTPUT_FLEE_SHEET_H
#include "output/canvas.h"

#include <stdint.h>
#include <stdio.h>

struct sah_flee_sheet {
    const char *title;
    int32_t start; /* date of day 0 */
    int days;
    size_t ncamps;
    const char *const *camp;                  /* names */
    const int64_t *simulated, *list;          /* [days][ncamps] */
    const int64_t *fled, *away, *debt, *home; /* [days] */
};

struct sah_flee_score {
    double error, rescaled;
};
/* Of one day; means over from .. to - 1. */
struct sah_flee_score sah_flee_score_on(const struct sah_flee_sheet *sheet, int day);
struct sah_flee_score sah_flee_score(const struct sah_flee_sheet *sheet, int from,
                                     int to);

/* Tables for people: by camp, and by month. */
void sah_flee_print(const struct sah_flee_sheet *sheet, FILE *out);
/* A row a day, in the columns of Flee's out.csv, so that its tools read it. */
int sah_flee_csv(const struct sah_flee_sheet *sheet, const char *path,
                 struct sah_error *err);
/* A small chart for every camp. */
int sah_flee_draw(const struct sah_flee_sheet *sheet, const struct sah_picture *picture,
                  struct sah_error *err);

#endif
