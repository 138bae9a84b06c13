/* Designs: which points of a space of factors a study looks at.
 *
 * A design knows no names. Its table has a row for every point and a column for every
 * factor. In a grid, a list and one-at-a-time an entry is the number of a level, NAN where
 * the factor stays as the scenario has it; in the sampled kinds it lies in 0..1.
 *
 *     grid       every level with every other, the last factor fastest
 *     list       row i takes level i of every factor
 *     oat        first nothing changed, then one factor at a time at each of its levels
 *     lhs        Latin hypercube (McKay, Beckman and Conover 1979, Technometrics 21(2)):
 *                each of n equal slices of every factor holds one point
 *     sobol      Sobol' sequence (GSL's gsl_qrng_sobol), at most 40 factors
 *     morris     `points` trajectories of k + 1 points (Morris 1991, Technometrics 33(2)),
 *                `levels` per factor, an even number
 *     saltelli   `points` base samples A and B of the Sobol' sequence in 2k dimensions, and
 *                for each factor A with its column from B (Saltelli et al. 2010, Computer
 *                Physics Communications 181(2)); row i (k + 2) is A_i, the next B_i, then
 *                the k mixed; at most 20 factors
 *
 * Draws are keyed by the seed of the study; the same request gives the same table. */
#ifndef SAH_STUDY_DESIGN_H
#define SAH_STUDY_DESIGN_H
#include "sim/kernel/error.h"

#include <stddef.h>
#include <stdint.h>

enum sah_design_kind {
    SAH_DESIGN_GRID,
    SAH_DESIGN_LIST,
    SAH_DESIGN_OAT,
    SAH_DESIGN_LHS,
    SAH_DESIGN_SOBOL,
    SAH_DESIGN_MORRIS,
    SAH_DESIGN_SALTELLI,
};
extern const char *const sah_design_names[]; /* ended by NULL */

enum { SAH_DESIGN_POINTS = 1000000, SAH_DESIGN_FACTORS = 1000 }; /* the most */

struct sah_design_request {
    enum sah_design_kind kind;
    size_t nfactors;
    const size_t *levels; /* [nfactors]; of grid, list and oat */
    size_t points;        /* of the sampled kinds: see above */
    size_t grid;          /* levels of morris: 4, 6, 8 ... */
    uint64_t seed;
};

struct sah_design {
    enum sah_design_kind kind;
    size_t npoints, nfactors, base; /* base: trajectories, base samples; else npoints */
    double *at;                     /* [npoints][nfactors] */
};

/* Are entries levels, or do they lie in 0..1? */
bool sah_design_has_levels(enum sah_design_kind kind);
/* SAH_INPUT, with words that fit behind "design: ", where there would be too many points
 * or factors. Free in any case. */
int sah_design_create(const struct sah_design_request *request,
                      struct sah_design *design, struct sah_error *err);
void sah_design_free(struct sah_design *design);

#endif
