/* Turns in the relations of armed groups, as rows of marks over time: a row for each
 * kind that occurs, a mark in the colours of those concerned. */
#ifndef SAH_OUTPUT_TURNS_H
#define SAH_OUTPUT_TURNS_H
#include "output/chart.h"
#include "output/result.h"

struct sah_turn {
    int32_t day;
    int kind, side_a, side_b; /* numbers of the axes turn and side; -1: none */
    double fighters;
};
struct sah_turns {
    const struct sah_axis *kinds, *sides; /* NULL where the result has none */
    size_t n, nrows;
    struct sah_turn *turn;
    int *row; /* [kinds->n] row of a kind; -1: does not occur */
};

/* From the log `allegiances`; none in a result without. Free in any case. */
int sah_turns_read(struct sah_result *result, struct sah_turns *turns,
                   struct sah_error *err);
void sah_turns_free(struct sah_turns *turns);

/* A word for a kind of turn. */
const char *sah_turn_word(const struct sah_turns *turns, int kind);

double sah_turns_height(const struct sah_turns *turns, double type_pt);
double sah_turns_names(const struct sah_turns *turns, double type_pt);
/* Rows fill the frame of the chart, names of kinds stand at its left. `colour` is that of
 * each side. */
void sah_turns_draw(const struct sah_chart *chart, const struct sah_turns *turns,
                    const struct sah_colour *colour);

#endif
