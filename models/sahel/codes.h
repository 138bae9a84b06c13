/* Words of the Sahel model: the phases of its day, the codes that its results name things
 * by, and the purposes of its draws. Each list stands here once; axes, labels and counters
 * are made from it. */
#ifndef SAHEL_CODES_H
#define SAHEL_CODES_H

/* ---- the day ---- */

#define SAHEL_PHASES(X)                     \
    X(ENVIRONMENT, "environment")           \
    X(ECONOMY, "economy")                   \
    X(INFORMATION, "information")           \
    X(DECIDE, "organisations decide")       \
    X(UNITS, "units decide")                \
    X(MOVE, "move")                         \
    X(ENCOUNTER, "encounters")              \
    X(AFTERMATH, "aftermath")               \
    X(RECRUIT, "recruitment and desertion") \
    X(CONTROL, "control and presence") X(OBSERVE, "observe")

enum sahel_phase {
    SAHEL_BEFORE,
#define X(name, text) SAHEL_##name,
    SAHEL_PHASES(X)
#undef X
};

/* ---- lists of codes ---- */

/* UCDP's three kinds of organised violence. */
#define SAHEL_VIOLENCE(X) \
    X(STATE_BASED, "state_based") X(NON_STATE, "non_state") X(ONE_SIDED, "one_sided")

#define SAHEL_KINDS(X)                                                         \
    X(ASSAULT, "assault", "Ambush, raid or assault on a force")                \
    X(DEVICE, "explosive_device", "Explosive device against a force")          \
    X(INDIRECT, "indirect_fire", "Mortar or rocket fire on a base")            \
    X(COMPLEX, "complex_attack",                                               \
      "Assault of a large band on a base, with devices and fire")              \
    X(KILLING, "attack_on_civilians", "Violence against civilians")            \
    X(ASSASSINATION, "assassination", "Killing of a leader who cooperates")    \
    X(KIDNAPPING, "kidnapping", "Kidnapping")                                  \
    X(CLASH, "faction_clash", "Fight between armed groups")                    \
    X(PATROL, "patrol_contact", "Contact found by a state unit")               \
    X(RAID, "foreign_operation", "Raid or air strike of a foreign force")      \
    X(SWEEP, "harm_by_forces", "Civilians harmed by a state or foreign force") \
    X(STRIFE, "communal_violence", "Communities fight each other")             \
    X(PURSUIT, "pursuit", "Contact of those who answer an attack with the strikers")

/* Why somebody joins; first reason, as in the UNDP and ISS interviews. */
#define SAHEL_REASONS(X)                                       \
    X(ABUSE, "abuse", "A rights abuse suffered")               \
    X(GRIEVANCE, "grievance", "A grievance against the state") \
    X(JOBS, "jobs", "Livelihood")                              \
    X(TIES, "ties", "Personal ties")                           \
    X(FEUD, "feud", "A local feud or the need of protection")  \
    X(BELIEF, "belief", "Belief")

/* What an event came from. */
#define SAHEL_CAUSES(X)                                                    \
    X(OPPORTUNITY, "opportunity", "A target within reach")                 \
    X(COERCION, "coercion", "Violence that the zone of control calls for") \
    X(ECHO, "command", "Follows small attacks of the parent")              \
    X(WAR, "war_of_factions", "Enmity between armed groups")               \
    X(FEUD_HEAT, "feud", "A feud between communities")                     \
    X(ARMED_VILLAGE, "armed_village", "Arms in the hands of villages")     \
    X(TIP, "tip", "Information given by people")                           \
    X(CONTACT, "contact", "Forces and fighters met by chance")             \
    X(OPERATION, "operation", "Raids and operations of partners")          \
    X(PURSUIT, "pursuit", "Reaction to an attack")                         \
    X(BLIND, "blind_force", "Force used without information")              \
    X(ANGER, "reprisal", "Forces strike back after losses")

/* Why fighters leave their faction. */
#define SAHEL_EXITS(X)                                        \
    X(WEARY, "weariness", "Tired of it, pay met")             \
    X(UNPAID, "arrears", "Pay not met")                       \
    X(DEFECTED, "defection", "Went over to another faction")  \
    X(SPLIT_OFF, "split", "Left with a splinter group")       \
    X(REJOINED, "rejoin", "Came back to those they had left") \
    X(FREED, "freed", "Came back from prison (none leaves so)")

/* Money of the factions, by stream; the last ones are spent. */
#define SAHEL_STREAMS(X)                                                     \
    X(GOLD, "gold", "Share of gold sites")                                   \
    X(LIVESTOCK, "livestock", "Livestock theft")                             \
    X(POACHING, "poaching", "Poaching and forest use")                       \
    X(LEVY, "levy", "Levies on routes, markets and harvests")                \
    X(RANSOM, "ransom", "Ransoms")                                           \
    X(OUTSIDE, "outside", "Money from outside the theatre")                  \
    X(SHARED, "shared", "Received from (positive) or given to the umbrella") \
    X(PAY, "pay", "Pay and upkeep of fighters (spent)")                      \
    X(WEAPONS, "weapons", "Weapons and ammunition (spent)")                  \
    X(MOTORCYCLES, "motorcycles", "Motorcycles and fuel (spent)")            \
    X(COMMUNICATIONS, "communications", "Phones, radios and credit (spent)")

/* Why people leave home or come back. */
#define SAHEL_MOVES(X)                                                       \
    X(FLED_INSURGENT, "fear_of_insurgents", "Fled, mostly from insurgents")  \
    X(FLED_STATE, "fear_of_forces", "Fled, mostly from state forces")        \
    X(FLED_WANT, "want", "Displaced who moved on as aid did not reach them") \
    X(RETURNED, "returned", "Returned home, as it is calm there")            \
    X(RETURNED_AID, "returned_with_aid", "Returned home where aid helps")

/* How a local pact begins or ends. */
#define SAHEL_PACTS(X)                                                      \
    X(AGREED, "agreed", "A place bought peace from an armed group")         \
    X(BY_FORCE, "broken_by_forces", "Ended where forces are present")       \
    X(BY_RIVAL, "broken_by_rival", "Ended by a rival of the group")         \
    X(GROUP_GONE, "group_gone", "Ended as the group is not there any more") \
    X(LAPSED, "lapsed", "Ended with time")

/* What turns the relations of armed groups: a graph through time. */
#define SAHEL_TURNS(X)                                                         \
    X(PLEDGE, "pledge", "Side a pledges to umbrella b")                        \
    X(MERGER, "merger", "Three or more pledge to umbrella a at once")          \
    X(SPLIT, "split", "Side a leaves what it belonged to, b")                  \
    X(REJOIN, "rejoin", "Side a comes back to umbrella b")                     \
    X(DEFECTION, "defection", "Fighters go over from a to b")                  \
    X(TOLERANCE, "tolerance", "Sides a and b agree to leave each other alone") \
    X(WAR, "war", "Sides a and b begin to fight each other")                   \
    X(TRUCE, "truce", "Sides a and b stop fighting each other")                \
    X(LEADER_LOST, "leader_lost", "Side a loses its leadership")               \
    X(SUCCESSION, "succession", "Side a has a new leadership")                 \
    X(OFFER, "offer", "State a offers talks to b")                             \
    X(REFUSAL, "refusal", "Side a lets an offer of b lapse")                   \
    X(CEASEFIRE, "ceasefire", "Side a lays down its war on state b")           \
    X(BREAKDOWN, "breakdown", "The ceasefire of a with state b ends")          \
    X(EXCHANGE, "exchange", "Prisoners come back to a from state b")

#define SAHEL_TURN_CAUSES(X)                                          \
    X(SCENARIO, "scenario", "Dated by the scenario")                  \
    X(ARREARS, "arrears", "Pay not met")                              \
    X(LEADERSHIP, "leadership", "Loss or weakness of the leadership") \
    X(DISTANCE, "distance", "Far from those it belongs to")           \
    X(RIVALRY, "rivalry", "Rivalry over people and revenue")          \
    X(OVERLAP, "overlap", "Both hold the same ground")                \
    X(TALKS, "talks", "Talks")                                        \
    X(CONDITION, "condition", "A condition not met")                  \
    X(VIOLENCE, "violence", "Violence of spoilers and forces")        \
    X(CHANCE, "chance", "By chance")

enum sahel_violence {
#define X(name, label) SAHEL_##name,
    SAHEL_VIOLENCE(X)
#undef X
        SAHEL_NVIOLENCE
};
enum sahel_kind {
#define X(name, label, doc) SAHEL_##name,
    SAHEL_KINDS(X)
#undef X
        SAHEL_NKINDS
};
enum sahel_turn_kind {
#define X(name, label, doc) SAHEL_TURN_##name,
    SAHEL_TURNS(X)
#undef X
        SAHEL_NTURNS
};
enum sahel_turn_cause {
#define X(name, label, doc) SAHEL_BY_##name,
    SAHEL_TURN_CAUSES(X)
#undef X
        SAHEL_NTURN_CAUSES
};
enum sahel_reason {
#define X(name, label, doc) SAHEL_##name,
    SAHEL_REASONS(X)
#undef X
        SAHEL_NREASONS
};
enum sahel_cause {
#define X(name, label, doc) SAHEL_CAUSE_##name,
    SAHEL_CAUSES(X)
#undef X
        SAHEL_NCAUSES
};
enum sahel_exit {
#define X(name, label, doc) SAHEL_EXIT_##name,
    SAHEL_EXITS(X)
#undef X
        SAHEL_NEXITS
};
enum sahel_stream {
#define X(name, label, doc) SAHEL_##name,
    SAHEL_STREAMS(X)
#undef X
        SAHEL_NSTREAMS
};
enum sahel_move {
#define X(name, label, doc) SAHEL_##name,
    SAHEL_MOVES(X)
#undef X
        SAHEL_NMOVES
};

enum sahel_pact {
#define X(name, label, doc) SAHEL_PACT_##name,
    SAHEL_PACTS(X)
#undef X
        SAHEL_NPACTS
};

/* Purposes of keyed draws; numbers are fixed for ever. */
/* clang-format off */
#define SAHEL_DRAWS(X) \
    X(RAIN, 2) X(BAND_MOVE, 3) X(GATHER, 4) X(ATTACK, 6) X(ATTACK_LOSS, 7) \
    X(PATROL, 9) X(PATROL_LOSS, 10) X(RAID, 11) X(RECRUITS, 13) X(RECRUIT_WHO, 14) \
    X(DESERT, 15) X(FLEE, 16) X(FLEE_WHERE, 18) X(RETURN, 19) X(INCOME, 20) \
    X(COERCE, 21) X(FILL, 25) X(DEFECT, 30) \
    X(LEADER, 35) X(SPLIT, 36) X(LEAK, 37) X(REJOIN, 38) \
    X(STRIFE, 45) X(STRIFE_WHO, 46) X(ABUSE, 47) X(REPRISAL, 48) X(VILLAGE, 49) \
    X(ANSWER, 65) X(PURSUIT, 66) X(BUDGET, 67) \
    X(PACT, 75) X(PACT_END, 76) X(MOVE_ON, 77) X(RETURN_WHY, 78) \
    X(TALKS, 80) X(EXCHANGE, 81) X(OBSERVE, 82) X(WOUNDED, 95) X(PAST, 110)
/* clang-format on */
enum sahel_draw {
#define X(name, number) SAHEL_DRAW_##name = (number),
    SAHEL_DRAWS(X)
#undef X
};

#endif
