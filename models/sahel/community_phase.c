/* Compiled once per instruction set; the formulas stand in community_phase.h. */
#include "models/sahel/community_phase.h"

#include "models/sahel/community_agent.h"

/* The m <= SAHEL_LANES agents from `i` on; m is a constant in the long loop. */
static inline __attribute__((always_inline)) void
lanes(const struct sahel_rates *restrict rates,
      const struct sahel_drivers *restrict drivers,
      const struct sahel_columns *restrict agents, size_t i, size_t m,
      float sum[restrict SAHEL_NANSWERS][SAHEL_LANES]) {
    const int32_t *restrict people = agents->people + i;
    const uint8_t *restrict group = agents->group + i;
    const uint8_t *restrict livelihood = agents->livelihood + i;
    float *restrict grievance = agents->grievance + i;
    float *restrict fear_state = agents->fear_state + i;
    float *restrict fear_insurgent = agents->fear_insurgent + i;
    float *restrict support = agents->support + i;
    float *restrict wealth = agents->wealth + i;
    for (size_t l = 0; l < m; l++) {
        uint8_t g = group[l];
        float hurt = drivers->hurt[g];
        float contact = drivers->contact[g];
        float anger = relax(grievance[l], drivers->rest[g], rates->grievance, hurt);
        float dread = relax(fear_state[l], 0.0f, rates->fear, hurt);
        float menace = relax(fear_insurgent[l], 0.0f, rates->fear, drivers->menace[g]);
        float means =
            relax(wealth[l], drivers->goal[livelihood[l]], rates->wealth, 0.0f);
        support[l] = relax(support[l], contact * anger, rates->support, 0.0f);
        grievance[l] = anger;
        fear_state[l] = dread;
        fear_insurgent[l] = menace;
        wealth[l] = means;

        float n = (float)people[l];
        float reason[SAHEL_NREASONS];
        readiness(rates, n, contact, drivers->tie[g], drivers->feud[g], anger,
                  dread, means, reason);
        for (int k = 0; k < SAHEL_NREASONS; k++) sum[k][l] += reason[k];
        sum[SAHEL_ANSWER_FLIGHT][l] +=
            n * flight(drivers->flight_rate, rates->flight_threshold, dread, menace);
        sum[SAHEL_ANSWER_TIPS][l] +=
            n * (1.0f - support[l]) * (1.0f - dread) * (1.0f - menace);
    }
}

void SAH_VARIANT_OF(sah_community_day)(const struct sahel_rates *rates,
                                         const struct sahel_drivers *drivers,
                                         const struct sahel_columns *agents,
                                         float *answer) {
    float sum[SAHEL_NANSWERS][SAHEL_LANES] = {{0}};
    size_t whole = agents->n - agents->n % SAHEL_LANES;
    for (size_t i = 0; i < whole; i += SAHEL_LANES)
        lanes(rates, drivers, agents, i, SAHEL_LANES, sum);
    lanes(rates, drivers, agents, whole, agents->n - whole, sum);
    for (int k = 0; k < SAHEL_NANSWERS; k++) {
        float total = 0;
        for (int l = 0; l < SAHEL_LANES; l++) total += sum[k][l];
        answer[k] = total;
    }
}
