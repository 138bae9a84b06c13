/* The daily arithmetic over all communities: the hot loop of the model.
 *
 * Works on the agents of one cell, whose drivers are hoisted into tables by ethnic
 * group and livelihood. Attitudes relax and take in what was suffered:
 *
 *   G' = G + k_g (rest_g - G)       + hurt_g   (1 - G)        grievance
 *   S' = S - k_f S                  + hurt_g   (1 - S)        fear of state forces
 *   I' = I - k_f I                  + menace_g (1 - I)        fear of insurgents
 *   P' = P + k_p (pull_g G' - P)                              support of insurgents
 *   W' = W + k_w (goal_l - W)                                 wealth
 *
 * and give what is expected of them today, summed over people (readiness to join by
 * reason, flight, willingness to inform). Grievance works through its tail: those above
 * a personal threshold join, e^(k (G - 1)) of them (exponential thresholds).
 *
 * In a quiet cell - nobody harmed, no fighters felt, no flight - intake and drivers are
 * zero; leaving their terms out gives the same bits and saves two thirds of the work.
 *
 * Sums run over SAHEL_LANES lanes by the agent's place in its cell, then over lanes in
 * order: the same bits on every processor. */
#ifndef SAHEL_COMMUNITY_PHASE_H
#define SAHEL_COMMUNITY_PHASE_H
#include "models/sahel/world.h"

enum { SAHEL_LANES = 16 };

enum sahel_answer { /* what one cell's communities answer, in this order */
                    SAHEL_ANSWER_REASON, /* first of SAHEL_NREASONS */
                    SAHEL_ANSWER_FLIGHT = SAHEL_NREASONS,
                    SAHEL_ANSWER_TIPS,
                    SAHEL_NANSWERS
};

struct sahel_drivers { /* of one cell; rows of tables by group */
    size_t ngroups;
    const float *rest, *hurt, *menace, *contact, *tie, *feud;
    const float *goal; /* by livelihood */
    float flight_rate;
    bool quiet; /* all of hurt .. feud and the flight rate are zero */
};

struct sahel_columns { /* of the agents of one cell */
    size_t n;
    size_t room; /* how many, theirs first, may be read and written as they were */
    const int32_t *people;
    const uint8_t *group, *livelihood;
    float *grievance, *fear_state, *fear_insurgent, *support, *wealth;
};

/* One day of one cell; `answer` gets SAHEL_NANSWERS sums. */
SAH_VARIANT_DECLARE(void, sah_community_day,
                    (const struct sahel_rates *rates,
                     const struct sahel_drivers *drivers,
                     const struct sahel_columns *agents, float *answer))
typedef void sahel_community_day(const struct sahel_rates *,
                                 const struct sahel_drivers *,
                                 const struct sahel_columns *, float *);
/* The variant this processor runs. */
sahel_community_day *sah_community_day_best(void);

/* The columns of n agents from `first` on; no others may be touched. */
struct sahel_columns sah_community_columns(const struct sahel_communities *c,
                                           size_t first, size_t n);
/* The tables of a cell, all but the goal of wealth. */
struct sahel_drivers sah_community_drivers(const struct sahel *s, int32_t cell);

#endif
