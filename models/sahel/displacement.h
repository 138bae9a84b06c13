/* Parts of mechanism 22: how readily people flee (displacement.c), who does
 * (displacement_flee.c), to which towns (displacement_hosts.c), how they move and are
 * booked (displacement_move.c), who goes home or moves on (displacement_return.c), and
 * which agents become one (displacement_merge.c). */
#ifndef SAHEL_DISPLACEMENT_H
#define SAHEL_DISPLACEMENT_H
#include "models/flight/law.h"
#include "models/sahel/community_agent.h"
#include "sim/kernel/outbox.h"

enum { SAHEL_HOSTS = 6 }; /* towns that people of a cell think of */

struct sahel_displacement { /* parameters, in displacement.c */
    double rate, half, threshold, range_km, size, return_rate, calm;
    double conquest, rulers, ousted_day;
    float *seen;               /* [cell] presence of the state yesterday */
    float *ousted;             /* [cell] takeovers remembered, in deaths */
    int32_t *host;             /* [cell][SAHEL_HOSTS] cells of the towns, or nowhere */
    float *appeal;             /* [cell][SAHEL_HOSTS] */
    struct sah_outbox leaving; /* struct sahel_leave, who flee today */
    struct sahel_parties *parties; /* into which they gather */
};

struct sahel_leave { /* people of an agent who leave for a town */
    size_t agent;
    int64_t count;
    int32_t from;
    uint8_t host; /* of those their cell thinks of */
    uint8_t why;  /* enum sahel_move */
};

/* Those of one kind who leave a cell for one town on one day go as one agent: the last
 * that had room. Of another cell if below `begin`. */
struct sahel_parties {
    size_t begin;
    size_t agent[SAHEL_MAX_GROUPS][SAHEL_LIVELIHOODS][SAHEL_HOSTS];
};

/* Fills `host` and `appeal`, which hold nothing yet. */
int sah_displaced_find_hosts(struct sahel_displacement *own,
                             const struct sah_world *world, struct sah_error *err);

/* Agents of few people: of one kind and in one place, they become one. */
static inline int32_t sahel_small_agent(const struct sah_world *world) {
    return (int32_t)(world->run.people_per_agent / 2);
}

/* Plans who flees today and where to; does it. */
void sah_displaced_choose(void *self, struct sah_world *world, struct sah_span span);
int sah_displaced_flee(void *self, struct sah_world *world, struct sah_error *err);

/* Over which host towns of its cell `count` people of agent `i` spread, calm ones first.
 * False where no town draws them: they stay. */
bool sah_displaced_spread(const struct sahel_displacement *own,
                          const struct sah_world *world, size_t i, int64_t count,
                          enum sahel_move why, int64_t share[static SAHEL_HOSTS]);
/* They leave for one of them, booked under `why`; in parties, if these are not NULL. */
int sah_displaced_leave(const struct sahel_displacement *own, struct sah_world *world,
                        const struct sahel_leave *leave, struct sahel_parties *parties,
                        struct sah_error *err);
/* `count` people of agent `i`, who are away, go home. */
int sah_displaced_go_home(struct sah_world *world, size_t i, int64_t count,
                          struct sah_error *err);

/* Every thirtieth day some go home where it is calm, and some move on for want. */
int sah_displaced_return(void *self, struct sah_world *world, struct sah_error *err);
/* Every tenth day small agents of one kind in one cell become one, as far as an agent may
 * hold them. */
void sah_displaced_merge(void *self, struct sah_world *world, struct sah_span span);

#endif
