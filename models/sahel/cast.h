/* The cast: one line a mechanism, in the order in which acts of one phase follow each
 * other. Numbers are those of the mechanisms in docs/odd.md. */
#ifndef SAHEL_CAST_H
#define SAHEL_CAST_H

#define SAHEL_CAST(X)                                                      \
    X(environment)    /* 35 rain, drought and season */                    \
    X(state_presence) /* 18 posts, services, distance */                   \
    X(slow_drivers)   /* 20 poverty, corruption, schooling */              \
    X(aid_access)     /* 23 where aid reaches the displaced */             \
    X(communities)    /* people and what they feel */                      \
    X(ties)           /* 7 recruits bind their kin */                      \
    X(factions)       /* armed organisations as the scenario lists them */ \
    X(outreach)       /* 5 appeal widens */                                \
    X(forces)         /* states and their partners likewise */             \
    X(cohesion)       /* 2 splits, defections, returns */                  \
    X(pledges)        /* 1 the merger under an umbrella */                 \
    X(rival)          /* 17 tolerance, war and truce among factions */     \
    X(negotiation)    /* 32 offers, ceasefires and their end */            \
    X(accord)         /* 34 where an accord keeps the state out */         \
    X(gold)           /* 9 */                                              \
    X(predation)      /* 10 livestock, poaching, levies */                 \
    X(treasury)       /* pay, arms, arrears */                             \
    X(spending)       /* 11 what money beyond pay buys */                  \
    X(recruitment)    /* 6 who joins and why */                            \
    X(funding)        /* 28 steady or volatile money of forces */          \
    X(joint_command)  /* 27 what members share, across borders */          \
    X(assistance)     /* 29 training, equipment, airlift */                \
    X(un_mission)     /* 26 shelter around missions */                     \
    X(overstretch)    /* 19 a fixed force against a growing area */        \
    X(foreign_force)  /* 25 raids and operations of partners */            \
    X(protection)     /* 14 armour against devices */                      \
    X(losses)         /* killed and wounded in fights */                   \
    X(severity)       /* 13 gathering and scattering */                    \
    X(spread)         /* 21 bands move */                                  \
    X(past)           /* 37 what was recorded steers where bands are */    \
    X(attacks)        /* 12 what insurgents do */                          \
    X(patrols)        /* what state units do */                            \
    X(response)       /* 19 who comes after an attack, and when */         \
    X(leadership)     /* 4 leaders lost and followed */                    \
    X(learning)       /* 38 groups get better at attacks, and share it */  \
    X(command)        /* 3 the umbrella follows the parent's signals */    \
    X(abuse)          /* 8 harm to civilians by forces */                  \
    X(self_defence)   /* 24 states arm villages */                         \
    X(mediation)      /* 16 groups calm feuds or take a side */            \
    X(feuds)          /* communal violence */                              \
    X(local_pacts)    /* 33 peace bought for taxes and rules */            \
    X(legitimacy)     /* 30 support of foreign forces */                   \
    X(displacement)   /* 22 flight and return */                           \
    X(influence)      /* who is felt where */                              \
    X(drawdown)       /* 31 partners leave, gaps fill slowly */            \
    X(control)        /* 15 zones of control */                            \
    X(observation)    /* 36 what a list made from news would hold */

/* Places in the cast, and two that own slots without being in it. */
enum sahel_member {
    SAHEL_MEMBER_today = -2, /* what the day counts */
    SAHEL_MEMBER_ground,     /* parts that have no switch */
#define SAHEL_MEMBER(name) SAHEL_MEMBER_##name,
    SAHEL_CAST(SAHEL_MEMBER)
#undef SAHEL_MEMBER
};

#endif
