/* The formulas of community_phase.h for one agent, as inline arithmetic. */
#ifndef SAHEL_COMMUNITY_AGENT_H
#define SAHEL_COMMUNITY_AGENT_H
#include "models/flight/law.h"
#include "models/sahel/community_phase.h"

/* Back to `rest` at rate k, up towards 1 by what is taken in. */
static inline float relax(float x, float rest, float k, float intake) {
    x = x + k * (rest - x);
    return x + intake * (1.0f - x);
}

/* Joiners expected by reason. Abuse counts where forces did harm (dread), grievance
 * through the tail of personal thresholds; want counts below a wealth of 1. */
static inline void readiness(const struct sahel_rates *rates, float people,
                             float contact, float tie, float feud, float anger,
                             float dread, float means,
                             float out[static SAHEL_NREASONS]) {
    const float *weight = rates->weight;
    float tail = sah_expf(rates->tail * (anger - 1.0f));
    float want = 1.0f - means;
    want = want > 0.0f ? want : 0.0f;
    float drawn = people * contact;
    out[SAHEL_ABUSE] = drawn * weight[SAHEL_ABUSE] * (dread * anger);
    out[SAHEL_GRIEVANCE] = drawn * weight[SAHEL_GRIEVANCE] * tail;
    out[SAHEL_JOBS] = drawn * weight[SAHEL_JOBS] * want;
    out[SAHEL_TIES] = people * weight[SAHEL_TIES] * tie;
    out[SAHEL_FEUD] = people * weight[SAHEL_FEUD] * feud;
    out[SAHEL_BELIEF] = drawn * weight[SAHEL_BELIEF];
}

#endif
