/* Mechanism 7, personal ties: those who joined leave kin and friends behind.
 *
 *   kin_cg  = 1 - e^(-circle J_cg / N_cg)
 *   tips_c := tips_c (1 - hush kin_c),      kin_c = sum over g of kin_cg N_cg / N_c
 *
 * with J people of group g who joined from cell c (fading as cohorts do) and N people of
 * it there: the share of people who know at least one of them, if each of J is known by
 * `circle` others at random. Ties raise the hazard of joining through kin (mechanism 6)
 * and keep people from informing.
 *
 * Source: recruits name friends and kin who introduced them, facts 6.1; recruitment
 * through networks, Sageman (2004). Form assumed. Saturates at 1; its half-life is that
 * of the cohorts, recruitment.refill. */
#include "models/sahel/world.h"

#include <string.h>

struct ties {
    double circle, hush;
};

#define AT(field) .at = offsetof(struct ties, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "circle", .type = SAH_REAL, AT(circle), .unit = "persons", .def = 150,
     .max = 5000, .source = "Dunbar 1992; assumed",
     .doc = "People who know one who joined well enough to follow"},
    {.key = "hush", .type = SAH_REAL, AT(hush), .unit = "1", .def = 0.7, .max = 1,
     .source = "assumed", .doc = "Share of tips that ties to everybody silence"},
    {0},
};
/* clang-format on */

/* Has nobody joined from a cell? So it is in most, and they have no ties. */
static bool nobody_joined(const struct sahel *s, size_t row) {
    static const float none[SAHEL_MAX_GROUPS];
    return memcmp(s->joined + row, none, s->ngroups * sizeof *none) == 0;
}

/* People of a cell tied to fighters, over its groups; writes their shares. */
static double tie_cell(const struct ties *own, struct sahel *s, size_t row) {
    double tied = 0;
    for (size_t g = 0; g < s->ngroups; g++) {
        double people = s->people_group[row + g], joined = s->joined[row + g];
        double kin =
            people > 0 && joined > 0 ? -sah_expm1(-own->circle * joined / people) : 0;
        s->kin[row + g] = (float)kin;
        tied += kin * people;
    }
    return tied;
}

static void tie(void *self, struct sah_world *world, struct sah_span span) {
    const struct ties *own = self;
    struct sahel *s = sahel_of(world);
    for (int32_t c = (int32_t)span.begin; c < span.end; c++) {
        if (s->people_now[c] <= 0) continue;
        size_t row = (size_t)c * s->ngroups;
        if (nobody_joined(s, row)) {
            memset(s->kin + row, 0, s->ngroups * sizeof *s->kin);
            continue;
        }
        double tied = tie_cell(own, s, row);
        if (tied <= 0) continue;
        double share = tied / s->people_now[c];
        s->tips[c] *= (float)(1 - own->hush * (share < 1 ? share : 1));
    }
}

static const struct sah_act acts[] = {
    {SAHEL_INFORMATION, SAH_OVER_CELLS, tie, NULL, "Ties to those who joined"},
    {0},
};

const struct sah_model sah_model_ties = {
    .name = "ties",
    .doc = "Recruits tie their kin and friends to the group",
    .reference = "ODD 7.7; Sageman 2004",
    .acts = acts,
    .size = sizeof(struct ties),
    .params = params,
};
