/* Parts of mechanism 22: who flees (displacement.c), to which towns (displacement_hosts.c),
 * how people move and are booked (displacement_move.c), who goes home or moves on
 * (displacement_return.c), and which agents become one (displacement_merge.c). */
#ifndef SAHEL_DISPLACEMENT_H
#define SAHEL_DISPLACEMENT_H
#include "models/flight/law.h"
#include "models/sahel/community_agent.h"

enum { SAHEL_HOSTS = 6 }; /* towns that people of a cell think of */

struct sahel_displacement { /* parameters, in displacement.c */
    double rate, half, threshold, range_km, size, return_rate, calm;
    double conquest, rulers, ousted_day;
    float *seen;    /* [cell] presence of the state yesterday */
    float *ousted;  /* [cell] takeovers remembered, in deaths */
    int32_t *host;  /* [cell][SAHEL_HOSTS] cells of the towns, or nowhere */
    float *appeal;  /* [cell][SAHEL_HOSTS] */
    double *part;   /* scratch of `room` agents: their parts of those who flee */
    int64_t *count; /* scratch of twice as many: how many of each flee */
    size_t room;
    int64_t *party; /* [group][livelihood][SAHEL_HOSTS] last who left a cell today */
};

/* Fills `host` and `appeal`, which hold nothing yet. */
int sah_displaced_find_hosts(struct sahel_displacement *own,
                             const struct sah_world *world, struct sah_error *err);

/* Agents of few people: of one kind and in one place, they become one. */
static inline int32_t sahel_small_agent(const struct sah_world *world) {
    return (int32_t)(world->run.people_per_agent / 2);
}

/* `count` people of agent `i`, all of them in `from`, spread over its host towns, calm
 * ones first; booked under `why`. */
int sah_displaced_send(const struct sahel_displacement *own, struct sah_world *world,
                       int32_t from, size_t i, int64_t count, enum sahel_move why,
                       struct sah_error *err);
/* `count` people of agent `i`, who are away, go home. */
int sah_displaced_go_home(struct sah_world *world, size_t i, int64_t count,
                          struct sah_error *err);

/* Those who go home where it is calm, and who move on for want, of MOVE_DAYS days. */
int sah_displaced_return(const struct sahel_displacement *own, struct sah_world *world,
                         struct sah_error *err);
/* Small agents of one kind in one cell become one, as far as an agent may hold them. */
int sah_displaced_merge(struct sah_world *world, struct sah_error *err);

#endif
