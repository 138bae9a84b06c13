/* Compiled once per instruction set; the formulas stand in community_phase.h. */
#include "models/sahel/community_phase.h"

#include "models/sahel/community_agent.h"

/* What the tables hold for each lane: picked one by one, then worked on side by side.
 */
struct picked {
    float rest[SAHEL_LANES], goal[SAHEL_LANES];
    float hurt[SAHEL_LANES], menace[SAHEL_LANES], contact[SAHEL_LANES],
        tie[SAHEL_LANES], feud[SAHEL_LANES];
};

#define ALWAYS static inline __attribute__((always_inline))

ALWAYS void pick(const struct sahel_drivers *drivers,
                 const struct sahel_columns *agents, size_t i, size_t m, bool quiet,
                 struct picked *lane) {
    for (size_t l = 0; l < m; l++) {
        uint8_t g = agents->group[i + l];
        lane->rest[l] = drivers->rest[g];
        lane->goal[l] = drivers->goal[agents->livelihood[i + l]];
        if (quiet) continue;
        lane->hurt[l] = drivers->hurt[g];
        lane->menace[l] = drivers->menace[g];
        lane->contact[l] = drivers->contact[g];
        lane->tie[l] = drivers->tie[g];
        lane->feud[l] = drivers->feud[g];
    }
}

/* The m <= SAHEL_LANES agents from `i` on; m and quiet are constants where it counts.
 */
ALWAYS void lanes(const struct sahel_rates *rates, const struct sahel_drivers *drivers,
                  const struct sahel_columns *agents, size_t i, size_t m, bool quiet,
                  float sum[restrict SAHEL_NANSWERS][SAHEL_LANES]) {
    const int32_t *restrict people = agents->people + i;
    float *restrict grievance = agents->grievance + i;
    float *restrict fear_state = agents->fear_state + i;
    float *restrict fear_insurgent = agents->fear_insurgent + i;
    float *restrict support = agents->support + i;
    float *restrict wealth = agents->wealth + i;
    const struct sahel_rates rate = *rates;
    const float flight_rate = drivers->flight_rate;
    struct picked lane;
    pick(drivers, agents, i, m, quiet, &lane);
    for (size_t l = 0; l < m; l++) {
        float hurt = quiet ? 0.0f : lane.hurt[l],
              menaced = quiet ? 0.0f : lane.menace[l];
        float contact = quiet ? 0.0f : lane.contact[l];
        float anger = relax(grievance[l], lane.rest[l], rate.grievance, hurt);
        float dread = relax(fear_state[l], 0.0f, rate.fear, hurt);
        float menace = relax(fear_insurgent[l], 0.0f, rate.fear, menaced);
        float means = relax(wealth[l], lane.goal[l], rate.wealth, 0.0f);
        float backing = relax(support[l], contact * anger, rate.support, 0.0f);
        grievance[l] = anger;
        fear_state[l] = dread;
        fear_insurgent[l] = menace;
        support[l] = backing;
        wealth[l] = means;
        float n = (float)people[l];
        sum[SAHEL_ANSWER_TIPS][l] +=
            n * ((1.0f - backing) * (1.0f - dread) * (1.0f - menace));
        if (quiet) continue;
        float reason[SAHEL_NREASONS];
        readiness(&rate, n, contact, lane.tie[l], lane.feud[l], anger, dread, means,
                  reason);
        for (int k = 0; k < SAHEL_NREASONS; k++) sum[k][l] += reason[k];
        sum[SAHEL_ANSWER_FLIGHT][l] +=
            n * flight(flight_rate, rate.flight_threshold, dread, menace);
    }
}

ALWAYS void all_lanes(const struct sahel_rates *rates,
                      const struct sahel_drivers *drivers,
                      const struct sahel_columns *agents, bool quiet, float *answer) {
    float sum[SAHEL_NANSWERS][SAHEL_LANES] = {{0}};
    size_t whole = agents->n - agents->n % SAHEL_LANES;
    for (size_t i = 0; i < whole; i += SAHEL_LANES)
        lanes(rates, drivers, agents, i, SAHEL_LANES, quiet, sum);
    lanes(rates, drivers, agents, whole, agents->n - whole, quiet, sum);
    for (int k = 0; k < SAHEL_NANSWERS; k++) {
        float total = 0;
        for (int l = 0; l < SAHEL_LANES; l++) total += sum[k][l];
        answer[k] = total;
    }
}

void SAH_VARIANT_OF(sah_community_day)(const struct sahel_rates *rates,
                                       const struct sahel_drivers *drivers,
                                       const struct sahel_columns *agents,
                                       float *answer) {
    if (drivers->quiet)
        all_lanes(rates, drivers, agents, true, answer);
    else
        all_lanes(rates, drivers, agents, false, answer);
}
