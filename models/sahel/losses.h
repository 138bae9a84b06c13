/* Losses of a fight, by a mixed attrition law.
 *
 * One side strikes from cover and aims (Lanchester's square law), the other fires back
 * into an area (linear law), as in Deitchman (1962). Over a short time t
 *
 *   losses of the struck  ~ Binomial(B, 1 - e^(-a t A / B)),
 *   losses of the striker ~ Binomial(A, 1 - e^(-b t B / (A + B))),
 *
 * a, b the fire of each side, t exponential with mean 1: some fights are broken off at
 * once, some go on. A and B are those in contact: of n no more than n/(1 + n/front), so
 * that large forces lose smaller parts of themselves, as in the record of battles (Dupuy
 * 1987, Understanding War, on size and casualty rates; form ours). Changed from
 * Deitchman: chance, and a time that is drawn. */
#ifndef SAHEL_LOSSES_H
#define SAHEL_LOSSES_H
#include "sim/sah.h"

struct sahel_fight {
    int32_t striker, struck; /* strengths on the spot */
    double fire, fire_back;  /* a, b */
    double front;            /* see above */
    int32_t striker_dead, struck_dead;
};

/* Those of a side in contact at once, n / (1 + n/front). */
int32_t sah_engaged(int32_t strength, double front);

/* Fills in the losses. */
void sah_attrition(struct sahel_fight *fight, struct sah_rng *rng);

#endif
