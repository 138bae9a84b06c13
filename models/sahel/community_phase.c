/* Compiled once per instruction set; the formulas stand in community_phase.h. */
#include "models/sahel/community_phase.h"

#include "models/sahel/community_agent.h"

#include <string.h>

/* What the tables hold for each lane: picked one by one, then worked on side by side.
 */
struct picked {
    float rest[SAHEL_LANES], goal[SAHEL_LANES];
    float hurt[SAHEL_LANES], menace[SAHEL_LANES], contact[SAHEL_LANES],
        tie[SAHEL_LANES], feud[SAHEL_LANES];
};

#define ALWAYS static inline __attribute__((always_inline))

/* A value of a table for each lane. With AVX-512 a table is two registers, out of which
 * all lanes pick at once. */
#if defined(__AVX512BW__) && defined(__AVX512VL__)
#include <immintrin.h>
_Static_assert(SAHEL_MAX_GROUPS == 32 && SAHEL_LANES == 16, "two registers a table");

ALWAYS void look_up(const float *table, size_t n, const uint8_t *index, float *out) {
    uint32_t there = n < 32 ? (UINT32_C(1) << n) - 1 : UINT32_MAX;
    __m512i at = _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)index));
    __m512 low = _mm512_maskz_loadu_ps((__mmask16)there, table);
    __m512 high = _mm512_maskz_loadu_ps((__mmask16)(there >> 16), table + 16);
    _mm512_storeu_ps(out, _mm512_permutex2var_ps(low, at, high));
}
#else
ALWAYS void look_up(const float *table, size_t n, const uint8_t *index, float *out) {
    (void)n;
    for (size_t l = 0; l < SAHEL_LANES; l++) out[l] = table[index[l]];
}
#endif

ALWAYS void pick(const struct sahel_drivers *drivers,
                 const struct sahel_columns *agents, size_t i, bool quiet,
                 struct picked *lane) {
    const uint8_t *group = agents->group + i;
    size_t n = drivers->ngroups;
    look_up(drivers->rest, n, group, lane->rest);
    look_up(drivers->goal, SAHEL_LIVELIHOODS, agents->livelihood + i, lane->goal);
    if (quiet) return;
    look_up(drivers->hurt, n, group, lane->hurt);
    look_up(drivers->menace, n, group, lane->menace);
    look_up(drivers->contact, n, group, lane->contact);
    look_up(drivers->tie, n, group, lane->tie);
    look_up(drivers->feud, n, group, lane->feud);
}

/* The SAHEL_LANES agents from `i` on; quiet is a constant. */
ALWAYS void lanes(const struct sahel_rates *rates, const struct sahel_drivers *drivers,
                  const struct sahel_columns *agents, size_t i, bool quiet,
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
    pick(drivers, agents, i, quiet, &lane);
    for (size_t l = 0; l < SAHEL_LANES; l++) {
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
            n * sah_flight_hazard(flight_rate, rate.flight_threshold, dread, menace);
    }
}

/* The last agents of a cell, fewer than lanes, in a copy with nobody in the others. */
struct rest {
    int32_t people[SAHEL_LANES];
    uint8_t group[SAHEL_LANES], livelihood[SAHEL_LANES];
    float grievance[SAHEL_LANES], fear_state[SAHEL_LANES], fear_insurgent[SAHEL_LANES],
        support[SAHEL_LANES], wealth[SAHEL_LANES];
};

#define REST_COLUMNS(X) \
    X(people)           \
    X(group)            \
    X(livelihood) X(grievance) X(fear_state) X(fear_insurgent) X(support) X(wealth)
#define REST_CHANGES(X) \
    X(grievance) X(fear_state) X(fear_insurgent) X(support) X(wealth)

ALWAYS struct sahel_columns columns_of(struct rest *rest) {
    return (struct sahel_columns){.n = SAHEL_LANES,
#define X(column) .column = rest->column,
                                  REST_COLUMNS(X)
#undef X
    };
}

/* At the end of what may be touched: lane by lane. */
ALWAYS void last_lanes(const struct sahel_rates *rates,
                       const struct sahel_drivers *drivers,
                       const struct sahel_columns *agents, size_t i, bool quiet,
                       float sum[restrict SAHEL_NANSWERS][SAHEL_LANES]) {
    struct rest rest;
    const struct sahel_columns all = columns_of(&rest);
    size_t m = agents->n - i;
#define X(column)                               \
    memset(rest.column, 0, sizeof rest.column); \
    memcpy(rest.column, agents->column + i, m * sizeof *rest.column);
    REST_COLUMNS(X)
#undef X
    lanes(rates, drivers, &all, 0, quiet, sum);
#define X(column) memcpy(agents->column + i, rest.column, m * sizeof *rest.column);
    REST_CHANGES(X)
#undef X
}

/* Elsewhere all lanes at once: those of the next cell are left as they were. */
ALWAYS void rest_lanes(const struct sahel_rates *rates,
                       const struct sahel_drivers *drivers,
                       const struct sahel_columns *agents, size_t i, bool quiet,
                       float sum[restrict SAHEL_NANSWERS][SAHEL_LANES]) {
    struct rest rest;
    const struct sahel_columns all = columns_of(&rest);
    const int32_t m = (int32_t)(agents->n - i);
#define X(column) memcpy(rest.column, agents->column + i, sizeof rest.column);
    REST_COLUMNS(X)
#undef X
    for (int32_t l = 0; l < SAHEL_LANES; l++)
        rest.people[l] = l < m ? rest.people[l] : 0;
    lanes(rates, drivers, &all, 0, quiet, sum);
#define X(column)                                                     \
    for (int32_t l = 0; l < SAHEL_LANES; l++) {                       \
        float was = agents->column[i + (size_t)l];                    \
        agents->column[i + (size_t)l] = l < m ? rest.column[l] : was; \
    }
    REST_CHANGES(X)
#undef X
}

ALWAYS void all_lanes(const struct sahel_rates *rates,
                      const struct sahel_drivers *drivers,
                      const struct sahel_columns *agents, bool quiet, float *answer) {
    const int first = quiet ? SAHEL_ANSWER_TIPS : 0; /* the others are zero */
    float sum[SAHEL_NANSWERS][SAHEL_LANES];
    for (int k = first; k < SAHEL_NANSWERS; k++) memset(sum[k], 0, sizeof sum[k]);
    size_t whole = agents->n - agents->n % SAHEL_LANES;
    for (size_t i = 0; i < whole; i += SAHEL_LANES)
        lanes(rates, drivers, agents, i, quiet, sum);
    if (whole < agents->n && whole + SAHEL_LANES <= agents->room)
        rest_lanes(rates, drivers, agents, whole, quiet, sum);
    else if (whole < agents->n)
        last_lanes(rates, drivers, agents, whole, quiet, sum);
    for (int k = 0; k < first; k++) answer[k] = 0;
    for (int k = first; k < SAHEL_NANSWERS; k++) {
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
