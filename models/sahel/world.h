/* The world of the Sahel model: communities, armed bands, state units, organisations.
 *
 * Mechanisms share this header and the kernel, nothing else: what one does to another
 * goes through the state named here. A slot that a mechanism writes has a neutral value
 * when that mechanism is switched off, told beside it. */
#ifndef SAHEL_WORLD_H
#define SAHEL_WORLD_H
#include "sim/sah.h"

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
    X(KILLING, "attack_on_civilians", "Violence against civilians")            \
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
#define SAHEL_EXITS(X)                                       \
    X(WEARY, "weariness", "Tired of it, pay met")            \
    X(UNPAID, "arrears", "Pay not met")                      \
    X(DEFECTED, "defection", "Went over to another faction") \
    X(SPLIT_OFF, "split", "Left with a splinter group")      \
    X(REJOINED, "rejoin", "Came back to those they had left")

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
    X(ARMS, "arms", "Weapons and ammunition used up (spent)")

/* Why people leave home or come back. */
#define SAHEL_MOVES(X)                                                      \
    X(FLED_INSURGENT, "fear_of_insurgents", "Fled, mostly from insurgents") \
    X(FLED_STATE, "fear_of_forces", "Fled, mostly from state forces")       \
    X(RETURNED, "returned", "Returned home")

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
    X(SUCCESSION, "succession", "Side a has a new leadership")

#define SAHEL_TURN_CAUSES(X)                                          \
    X(SCENARIO, "scenario", "Dated by the scenario")                  \
    X(ARREARS, "arrears", "Pay not met")                              \
    X(LEADERSHIP, "leadership", "Loss or weakness of the leadership") \
    X(DISTANCE, "distance", "Far from those it belongs to")           \
    X(RIVALRY, "rivalry", "Rivalry over people and revenue")          \
    X(OVERLAP, "overlap", "Both hold the same ground")                \
    X(TALKS, "talks", "Talks")                                        \
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

/* Purposes of keyed draws; numbers are fixed for ever. */
/* clang-format off */
#define SAHEL_DRAWS(X) \
    X(RAIN, 2) X(BAND_MOVE, 3) X(GATHER, 4) X(ATTACK, 6) X(ATTACK_LOSS, 7) \
    X(PATROL, 9) X(PATROL_LOSS, 10) X(RAID, 11) X(RECRUITS, 13) X(RECRUIT_WHO, 14) \
    X(DESERT, 15) X(FLEE, 16) X(FLEE_WHERE, 18) X(RETURN, 19) X(INCOME, 20) \
    X(COERCE, 21) X(FILL, 25) X(DEFECT, 30) \
    X(LEADER, 35) X(SPLIT, 36) X(LEAK, 37) X(REJOIN, 38) \
    X(STRIFE, 45) X(STRIFE_WHO, 46) X(ABUSE, 47) X(REPRISAL, 48) X(VILLAGE, 49) \
    X(ANSWER, 65) X(PURSUIT, 66) X(BUDGET, 67)
/* clang-format on */
enum sahel_draw {
#define X(name, number) SAHEL_DRAW_##name = (number),
    SAHEL_DRAWS(X)
#undef X
};

/* ---- agents ---- */

#define SAHEL_STATE_NEUTRAL 0.3f /* presence of the state, state_presence off */

enum { SAHEL_LIVELIHOODS = 4, SAHEL_AT_HOME = -1, SAHEL_MAX_GROUPS = 32 };

#define SAHEL_COMMUNITY_COLUMNS(X)                                              \
    X(uint64_t, id, "1", SAH_KEEP, "Identity, never reused")                    \
    X(int32_t, cell, "1", SAH_KEEP, "Grid cell it lives in")                    \
    X(int32_t, people, "persons", SAH_WEIGHT, "People it stands for")           \
    X(int32_t, origin, "1", SAH_KEEP, "Home cell of displaced people, else -1") \
    X(float, grievance, "1", SAH_MEAN, "0 content .. 1 aggrieved")              \
    X(float, fear_state, "1", SAH_MEAN, "Fear of state forces, 0..1")           \
    X(float, fear_insurgent, "1", SAH_MEAN, "Fear of insurgents, 0..1")         \
    X(float, support, "1", SAH_MEAN, "Support of insurgents, 0..1")             \
    X(float, wealth, "1", SAH_MEAN, "Wealth against the needs of life, 0..2")   \
    X(uint8_t, group, "1", SAH_KEEP, "Ethnic group")                            \
    X(uint8_t, livelihood, "1", SAH_KEEP, "0 farming, 1 herding, 2 mixed, 3 trade")
struct sahel_communities {
    struct sah_population base;
    SAHEL_COMMUNITY_COLUMNS(SAH_COLUMN_POINTER)
};

#define SAHEL_BAND_COLUMNS(X)                                              \
    X(uint64_t, id, "1", SAH_KEEP, "Identity, never reused")               \
    X(int32_t, cell, "1", SAH_KEEP, "Grid cell it stands in")              \
    X(int32_t, fighters, "persons", SAH_WEIGHT, "Fighters")                \
    X(int32_t, home, "1", SAH_KEEP, "Cell it was raised in")               \
    X(int16_t, faction, "1", SAH_KEEP, "Faction")                          \
    X(float, gear, "1", SAH_MEAN, "Weapons and supply against need, 0..1") \
    X(float, embedded, "1", SAH_MEAN, "Rooted where it stands, 0..1")
struct sahel_bands {
    struct sah_population base;
    SAHEL_BAND_COLUMNS(SAH_COLUMN_POINTER)
};

#define SAHEL_POST_COLUMNS(X)                                               \
    X(uint64_t, id, "1", SAH_KEEP, "Identity, never reused")                \
    X(int32_t, cell, "1", SAH_KEEP, "Grid cell it stands in")               \
    X(int32_t, soldiers, "persons", SAH_WEIGHT, "Soldiers")                 \
    X(int32_t, home, "1", SAH_KEEP, "Cell of its base")                     \
    X(int16_t, force, "1", SAH_KEEP, "Force it belongs to")                 \
    X(int16_t, mode, "1", SAH_KEEP, "0 at its post, 1 withdrawn")           \
    X(int32_t, since, "days", SAH_KEEP, "Days in this mode")                \
    X(float, pressure, "1", SAH_MEAN, "Recent losses against its strength") \
    X(float, supply, "1", SAH_MEAN, "Supplied against need, 0..1; neutral 1")
struct sahel_posts {
    struct sah_population base;
    SAHEL_POST_COLUMNS(SAH_COLUMN_POINTER)
};
enum sahel_post_mode { SAHEL_AT_POST, SAHEL_WITHDRAWN };

/* Answers to attacks that are under way. */
#define SAHEL_CALL_COLUMNS(X)                                         \
    X(uint64_t, id, "1", SAH_KEEP, "Number of the attack's event")    \
    X(int32_t, cell, "1", SAH_KEEP, "Grid cell of the attack")        \
    X(uint64_t, band, "1", SAH_KEEP, "Band that struck")              \
    X(uint64_t, post, "1", SAH_KEEP, "Unit that answers")             \
    X(int32_t, due, "days", SAH_KEEP, "Day of the run it gets there") \
    X(float, hours, "h", SAH_KEEP, "From the attack to the reaction")
struct sahel_calls {
    struct sah_population base;
    SAHEL_CALL_COLUMNS(SAH_COLUMN_POINTER)
};

/* Today's events: what the result keeps of violence. */
#define SAHEL_EVENT_COLUMNS(X)                                                       \
    X(uint64_t, id, "1", SAH_KEEP, "Number of the event")                            \
    X(int32_t, cell, "1", SAH_KEEP, "Grid cell it happened in")                      \
    X(int32_t, date, "days since 1970-01-01", SAH_KEEP, "Day it happened on")        \
    X(uint8_t, violence, "1", SAH_KEEP, "UCDP's kind of organised violence")         \
    X(uint8_t, kind, "1", SAH_KEEP, "Kind of event")                                 \
    X(uint8_t, cause, "1", SAH_KEEP, "What it came from")                            \
    X(int16_t, side_a, "1", SAH_KEEP, "Who struck")                                  \
    X(int16_t, side_b, "1", SAH_KEEP, "Who was struck")                              \
    X(int32_t, strength_a, "persons", SAH_KEEP, "Strength of side a on the spot")    \
    X(int32_t, strength_b, "persons", SAH_KEEP, "Strength of side b; 0 civilians")   \
    X(int32_t, deaths_a, "persons", SAH_KEEP, "Deaths of side a")                    \
    X(int32_t, deaths_b, "persons", SAH_KEEP, "Deaths of side b")                    \
    X(int32_t, deaths_civilians, "persons", SAH_KEEP, "Deaths of civilians")         \
    X(int32_t, wounded, "persons", SAH_KEEP, "Wounded of both sides, civilians too") \
    X(int32_t, deaths, "persons", SAH_KEEP, "All deaths of the event")               \
    X(uint64_t, band, "1", SAH_KEEP, "Band that struck; 0 where none did")           \
    X(float, response_hours, "h", SAH_KEEP, "Until a force reacted; -1: none did")
struct sahel_events {
    struct sah_population base;
    SAHEL_EVENT_COLUMNS(SAH_COLUMN_POINTER)
};

/* Today's turns in the relations of armed groups; actors as in events, -1 for none. */
#define SAHEL_ALLEGIANCE_COLUMNS(X)                                        \
    X(uint64_t, id, "1", SAH_KEEP, "Number of the turn")                   \
    X(int32_t, date, "days since 1970-01-01", SAH_KEEP, "Day of the turn") \
    X(uint8_t, kind, "1", SAH_KEEP, "Kind of turn")                        \
    X(int16_t, side_a, "1", SAH_KEEP, "Whose turn it is")                  \
    X(int16_t, side_b, "1", SAH_KEEP, "Whom it turns to or from")          \
    X(int32_t, fighters, "persons", SAH_KEEP, "Fighters concerned")        \
    X(uint8_t, cause, "1", SAH_KEEP, "Why it came about")
struct sahel_allegiances {
    struct sah_population base;
    SAHEL_ALLEGIANCE_COLUMNS(SAH_COLUMN_POINTER)
};

/* ---- organisations: lists of the scenario ---- */

enum sahel_camp {
    SAHEL_CAMP_NONE,
    SAHEL_CAMP_QAIDA,
    SAHEL_CAMP_STATE_ISLAMIQUE,
    SAHEL_CAMP_REBEL,       /* for autonomy, under an accord with the state */
    SAHEL_CAMP_LOYAL,       /* beside the state */
    SAHEL_CAMP_SELF_DEFENCE /* of a community */
};

enum sahel_aim {
    SAHEL_AIM_RULE,
    SAHEL_AIM_AUTONOMY,
    SAHEL_AIM_GAIN,
    SAHEL_AIM_DEFENCE
};

struct sahel_faction {
    char *name; /* first: the key of the list */
    char *title, *parent;
    int camp, aim;
    bool splinter;          /* a free slot: appears only when a faction splits */
    bool signal;            /* its bloc follows its small attacks; command */
    double leader;          /* its leadership as history tells; a fall is a loss */
    int32_t from;           /* day it appears */
    int32_t pledge;         /* day from which the pledge to its parent holds */
    double strength;        /* fighters on that day */
    struct sah_names homes; /* places it starts at */
    struct sah_shares profile;
    double outside_usd_year; /* money from outside */
    double reserve_usd;      /* treasury on its first day */
    double civilian_share;   /* share of its attacks that go against civilians */
    double device_share, indirect_share;
    double fights_state; /* how far it is at war with states, 0 not .. 1 */
    double reach_km;
    struct sah_shares stances; /* to other factions, -1 war .. 1 allied */
    int parent_index;          /* or -1 */
};

enum sahel_owner { SAHEL_NATIONAL, SAHEL_FOREIGN, SAHEL_MISSION };

struct sahel_force {
    char *name;
    char *title, *country; /* iso3 of the state it serves; empty for foreign forces */
    int owner;
    double strength;    /* persons; the timeline changes it */
    double field_share; /* share of it in units in the field */
    double unit_size;
    struct sah_names bases;
    double lethality, armour;
    double patrol_rate; /* patrols per 100 soldiers and day */
    double raid_rate;   /* raids per 1,000 soldiers and day */
    double harm;        /* civilians killed per contact */
    double raid_range_km;
    struct sah_names area;     /* countries it may act in */
    char *command;             /* joint command it is a member of; empty: none */
    double budget, volatility; /* share of its upkeep promised, and how it varies */
    double aid_usd_year;
    /* derived */
    int country_index;
    int32_t *base_cell; /* [bases.n] */
    bool *may_act;      /* [country] */
};

/* ---- the shared state ---- */

struct sahel_reach { /* cells around a row of cells, with weights falling by distance */
    int32_t n;
    int32_t *drow, *dcol;
    float *weight;
};

/* Rates of the community phase, per day, the same in all cells. Each morning they are
 * set from parameters: by communities, recruitment (weight; neutral 0) and displacement
 * (flight_threshold). */
struct sahel_rates {
    float grievance, fear, support, wealth; /* relaxation */
    float tail;                             /* steepness of the tail of grievance */
    float weight[SAHEL_NREASONS];           /* hazard of joining at full driver */
    float flight_threshold;                 /* fear above which people flee */
};

struct sahel {
    struct sahel_communities communities;
    struct sahel_bands bands;
    struct sahel_posts posts;
    struct sahel_calls calls;
    struct sahel_events events;
    struct sahel_allegiances allegiances;

    size_t nfactions, nforces, ngroups, ncountries;
    struct sahel_faction *faction;
    struct sahel_force *force;
    struct sahel_reach *reach; /* [nlat] */
    const char **names;        /* labels and titles of the axes made at run time */
    int32_t team_size;         /* smallest unit that acts on its own; bands */
    bool gathering;            /* bands may grow beyond teams; severity; neutral no */
    struct sahel_rates rates;  /* of today, from parameters; not state */

    /* organisations [faction] */
    int64_t *treasury;  /* cents of US dollar */
    int16_t *line;      /* whose row gives its habits; neutral: itself; cohesion */
    int16_t *pledged;   /* whom its pledge in force goes to, or -1; pledges, cohesion */
    uint8_t *swore;     /* its dated pledge has come into force once; pledges */
    int16_t *bloc;      /* who pools money and fighters; neutral: the faction */
    uint8_t *active;    /* has appeared */
    float *arrears;     /* share of pay not met lately, 0..1 */
    float *affinity;    /* [faction][group] pull on its members, 0..1; outreach */
    float *stance;      /* [faction][faction] -1 war .. 1 allied; rival */
    float *given;       /* [faction][faction] the stance it falls back to */
    uint8_t *at_war;    /* [faction][faction] open war; neutral: stance < 0; rival */
    float *hosting;     /* what members of its bloc share of places, 0..1; neutral 0;
                           pledges */
    float *cohesion;    /* 0 falls apart .. 1 one body; neutral 1; cohesion */
    float *leadership;  /* 0 lost .. 1 settled; neutral 1; leadership */
    float *drive;       /* tempo by its leadership; neutral 1; leadership */
    float *firepower;   /* by weapons bought; neutral 1; spending */
    float *mobility;    /* reach by motorcycles and fuel; neutral 1; spending */
    float *contactable; /* how well its bands find each other; neutral 1; spending */
    float *truce;       /* share of its war on states laid down; neutral 0; talks */
    float *echo;        /* [faction][kind] rate against habit; neutral 1; command */

    /* by cell */
    float *season;        /* movement and attacks against the dry season; neutral 1 */
    float *drought;       /* shortage of pasture and harvest, 0..1; neutral 0 */
    float *influence;     /* [faction][cell] fighters felt there */
    float *insurgent;     /* all of them */
    float *cover;         /* foreign soldiers felt there today */
    float *shield;        /* the same as people and fighters count on it */
    float *soldiers_felt; /* national soldiers felt there */
    float *state;         /* presence of the state, 0..1 */
    float *state_base;    /* what services and distance alone give */
    float *control;       /* -2 state .. 2 insurgents */
    float *coercion;      /* [2][cell] insurgents', forces' violence against civilians
                             by zone of control; neutral 1 */
    float *violence;      /* deaths remembered, half-life some weeks */
    float *operation;     /* strength of a running area operation, 0..1; neutral 0 */
    float *fighters_felt; /* fighters of all factions felt, at war with states or not */
    float *sheltered;    /* attacks on civilians prevented, 0..1; neutral 0; missions */
    float *shared_tips;  /* what allied forces know of it, 0..1; neutral 0 */
    float *followed;     /* who crosses the border there is pursued, 0..1; neutral 0;
                            joint_command */
    float *refuge;       /* the state kept out of it, 0..1; neutral 0; accord */
    float *backing;      /* shift of the will to inform, -1..1; neutral 0; legitimacy */
    float *feud_heat;    /* running feud between communities, 0..1; neutral 0 */
    float *mixture;      /* of herding and farming communities, 0..1; feuds */
    float *grudge;       /* deaths of feuds remembered around; feuds */
    float *calmed;       /* share of feuds settled, 0..1; neutral 0; mediation */
    float *inflamed;     /* feuds kept alive by partisans, 0..1; neutral 0; mediation */
    float *under_arms;   /* share of its people armed; neutral 0; self_defence */
    float *vigil;        /* armed villages watch, 0..1; neutral 0; self_defence */
    float *tips;         /* informing on insurgents, 0..1: will, and a state to tell */
    int32_t *people_now; /* [cell] */
    int32_t *people_group;  /* [cell][group] */
    int32_t *displaced_now; /* [cell] living here, from elsewhere */

    /* what acts on communities [cell][group] */
    float *rest;       /* grievance they fall back to */
    float *hurt;       /* pending: harm suffered from forces, per head */
    float *menace;     /* pending: harm suffered from insurgents, per head */
    float *joined;     /* [cell][group] who joined from here, fading with cohorts */
    float *contact;    /* pull of those present, 0..1; recruitment */
    float *tie, *feud; /* the same through kin, through feuds; recruitment */
    float *kin;        /* [cell][group] ties to fighters, 0..1; neutral 0; ties */
    float *armed;      /* [cell][group] share armed for defence; neutral 0 */
    float *feud_call; /* [cell][group] pull of a party to feuds; neutral 0; mediation */
    float *hardship;  /* [cell] want added or (negative) relieved; neutral 0 */
    float *wealth_rest; /* [cell][livelihood] wealth in a normal year */
    float *shortage;    /* [cell][livelihood] lost to drought; neutral 0 */
    float *taken;       /* [cell] share taken by armed groups; neutral 0 */
    /* what communities answer [cell] */
    float *readiness;   /* [cell][reason] joiners expected per day */
    float *flight;      /* people expected to flee per day; neutral 0 */
    float *flight_rate; /* set by displacement: per unit of fear and day; neutral 0 */

    /* forces [force] */
    float *response;   /* share of calls answered in time; neutral 1 */
    float *protection; /* share of device losses avoided; neutral 0; protection */
    float *discipline; /* civilians harmed against habit; neutral 1 */
    float *funding;    /* what its money lets it do; neutral 1; funding */
    float *strip_km;   /* depth it may act in along borders; neutral 0; joint_command */
    uint8_t *allied;   /* [force][country] whose strips; neutral 0; joint_command */
    float *delay;      /* its decisions against habit; neutral 1; joint_command */
    float *training;   /* civilians harmed by training; neutral 1; assistance */
    float *equipped;   /* fire by equipment; neutral 1; assistance */
    float *restraint;  /* contacts it does not seek, 0..1; neutral 0; un_mission */

    /* counters of today, emptied when a day begins */
    int32_t *events_cell, *deaths_cell; /* [cell] */
    int64_t *deaths_kind;               /* [kind][country] */
    int64_t *events_kind;               /* [kind][country] */
    int64_t *deaths_cause;              /* [cause][country] */
    int64_t *events_cause;              /* [cause][country] */
    int64_t *wounded_cause;             /* [cause][country] */
    int64_t *deaths_type;               /* [violence][country] */
    int64_t *events_type;               /* [violence][country] */
    int64_t *deaths_side;      /* [3: fighters, soldiers, civilians][country] */
    int64_t *recruits;         /* [reason][country] */
    int64_t *recruits_faction; /* [faction] */
    int64_t *recruits_group;   /* [faction][group] */
    int32_t *recruits_cell;    /* [cell] */
    int64_t *lost_faction;     /* [faction] fighters killed */
    int64_t *left_faction;     /* [exit][faction] fighters who left */
    int64_t *came_faction;     /* [exit][faction] and came over to it */
    int64_t *moved;            /* [move][country of origin] */
    int64_t *money;            /* [stream][faction] cents */

    /* sums since the first day, for what must be conserved */
    int64_t *sum; /* [SAHEL_NSUMS] */
};

enum sahel_sum {
    SAHEL_SUM_PEOPLE_START,
    SAHEL_SUM_FIGHTERS_START,
    SAHEL_SUM_CIVILIANS_KILLED,
    SAHEL_SUM_FIGHTERS_KILLED,
    SAHEL_SUM_RECRUITS,
    SAHEL_SUM_LEFT,
    SAHEL_SUM_SOLDIERS_START,
    SAHEL_SUM_SOLDIERS_KILLED,
    SAHEL_SUM_SOLDIERS_SENT,
    SAHEL_SUM_SOLDIERS_WITHDRAWN,
    SAHEL_SUM_MONEY_START,
    SAHEL_SUM_MONEY_IN,
    SAHEL_SUM_MONEY_OUT,
    SAHEL_NSUMS
};

/* ---- numbers of populations and logs, in the order family.c registers them ---- */

enum { SAHEL_COMMUNITIES, SAHEL_BANDS, SAHEL_POSTS, SAHEL_CALLS };
enum { SAHEL_LOG_EVENTS, SAHEL_LOG_ALLEGIANCES };

/* ---- questions ---- */

static inline struct sahel *sahel_of(const struct sah_world *world) {
    return world->state;
}

/* Actors are numbered: factions, then forces, then civilians. */
static inline int16_t sahel_actor_force(const struct sahel *s, int force) {
    return (int16_t)((int)s->nfactions + force);
}
static inline int16_t sahel_actor_civilians(const struct sahel *s) {
    return (int16_t)(s->nfactions + s->nforces);
}
static inline int sahel_country_of(const struct sah_world *world, int32_t cell) {
    int country = world->land->country[cell];
    return country < 0 ? 0 : country;
}
static inline struct sah_rng sahel_rng(const struct sah_world *world,
                                       enum sahel_draw draw, uint64_t id) {
    struct sah_rng rng;
    sah_rng_at(&rng, (uint64_t)world->run.seed, draw, id, world->tick);
    return rng;
}
/* What is left after `day` days, and what fades in one, at a half-life in days. */
static inline double sahel_left(double half_life, double day) {
    return sah_exp(-0.6931471805599453 * day / half_life);
}
static inline double sahel_fading(double half_life) {
    return -sah_expm1(-0.6931471805599453 / half_life);
}
/* The row that tells a faction's habits. */
static inline const struct sahel_faction *sahel_habits(const struct sahel *s,
                                                       int faction) {
    return &s->faction[s->line[faction]];
}
/* How far a faction is at war with states today, 0..1. */
static inline double sahel_war(const struct sahel *s, int faction) {
    return sahel_habits(s, faction)->fights_state * (1 - (double)s->truce[faction]);
}
/* How often a band does a kind against its habit. An echo is for larger attacks: of its
 * excess a band of one team takes up nothing, a large one almost all. */
static inline double sahel_echo(const struct sahel *s, int faction,
                                enum sahel_kind kind, int32_t fighters) {
    double excess = s->echo[(size_t)faction * SAHEL_NKINDS + kind] - 1.0;
    double large = 1 - (double)s->team_size / fighters;
    return 1 + excess * (large > 0 ? large : 0);
}
static inline float sahel_stance(const struct sahel *s, int a, int b) {
    return s->stance[(size_t)a * s->nfactions + (size_t)b];
}
/* How hostile a faction's bands are to another's today: 0 but in open war. */
static inline float sahel_enmity(const struct sahel *s, int a, int b) {
    float stance = sahel_stance(s, a, b);
    return s->at_war[(size_t)a * s->nfactions + (size_t)b] && stance < 0 ? -stance : 0;
}
static inline bool sahel_any_enemy(const struct sahel *s, int faction) {
    for (size_t f = 0; f < s->nfactions; f++)
        if (s->at_war[(size_t)faction * s->nfactions + f]) return true;
    return false;
}
/* What forces know of a cell: what people or armed villages tell, or allies do. */
static inline double sahel_known(const struct sahel *s, int32_t cell) {
    return 1 - (1 - (double)s->tips[cell]) * (1 - (double)s->shared_tips[cell]) *
                   (1 - (double)s->vigil[cell]);
}
/* May a force act in a cell: in its area, or in the strip it may pursue into? */
static inline bool sahel_may_act(const struct sah_world *world, int force,
                                 int32_t cell) {
    const struct sahel *s = sahel_of(world);
    size_t country = (size_t)sahel_country_of(world, cell);
    return s->force[force].may_act[country] ||
           (s->strip_km[force] > 0 &&
            s->allied[(size_t)force * s->ncountries + country] &&
            world->land->border_km[cell] <= s->strip_km[force] && world->theatre[cell]);
}
static inline float sahel_pull(float felt, float half) { /* saturates; half at `half` */
    return felt / (felt + half);
}

/* Hosts: how well a faction's bands are received in a cell by rooted members of its
 * bloc, 0..1; half where 20 of them are felt. */
static inline float sahel_hosts(const struct sahel *s, int faction, int32_t cell,
                                size_t ncells) {
    if (s->hosting[faction] <= 0) return 0;
    float felt = 0;
    for (size_t f = 0; f < s->nfactions; f++)
        if ((int)f != faction && s->bloc[f] == s->bloc[faction])
            felt += s->influence[f * ncells + (size_t)cell];
    return s->hosting[faction] * sahel_pull(felt, 20);
}

/* ---- deeds: what can be done to the world, with the books kept (deeds.c) ---- */

/* One use of armed force; the log gets it with place, type and number. */
struct sahel_happening {
    int32_t cell;
    enum sahel_kind kind;
    enum sahel_cause cause;
    int16_t side_a, side_b;
    int32_t strength_a, strength_b, deaths_a, deaths_b, deaths_civilians, wounded;
    uint64_t band; /* that struck, where forces may answer; else 0 */
};
int sah_deed_event(struct sah_world *world, const struct sahel_happening *happening,
                   struct sah_error *err);

/* One turn in the relations of armed groups; its log gets it with date and number. */
struct sahel_turn {
    enum sahel_turn_kind kind;
    enum sahel_turn_cause cause;
    int16_t side_a, side_b; /* actors; SAHEL_NOBODY */
    int32_t fighters;
};
enum { SAHEL_NOBODY = -1 };
int sah_deed_turn(struct sah_world *world, const struct sahel_turn *turn,
                  struct sah_error *err);

/* Kills `count` civilians of a cell (of one group, or of any if group < 0), chosen at
 * random; returns how many there were to kill. Harm is heard of around, most by their
 * group: as hurt where `by_state`, else as menace. */
int32_t sah_deed_kill_people(struct sah_world *world, int32_t cell, int group,
                             int32_t count, bool by_state, struct sah_rng *rng);
/* The agent of a person of the cell drawn at random; -1 where nobody is present. */
int64_t sah_deed_someone(const struct sah_world *world, int32_t cell,
                         struct sah_rng *rng);
/* Removes killed fighters from a band, or killed soldiers from a post. */
int32_t sah_deed_kill_fighters(struct sah_world *world, size_t band, int32_t count);
int32_t sah_deed_kill_soldiers(struct sah_world *world, size_t post, int32_t count);
/* Fighters of a band go over to a band of another faction: no one is lost. */
int32_t sah_deed_defect(struct sah_world *world, size_t from, size_t to, int32_t count);

/* A whole band changes its faction. */
void sah_deed_change_side(struct sah_world *world, size_t band, int faction,
                          enum sahel_exit exit);

/* Money in cents: earned from outside the world, spent out of it, handed over. */
void sah_deed_earn(struct sah_world *world, int faction, enum sahel_stream stream,
                   int64_t cents);
int64_t sah_deed_spend(struct sah_world *world, int faction, enum sahel_stream stream,
                       int64_t cents);
void sah_deed_share(struct sah_world *world, int from, int to, int64_t cents);

/* A new band of `fighters`, its id from `parent`; they are counted by the caller. */
int sah_deed_raise_band(struct sah_world *world, int faction, int32_t cell,
                        int32_t fighters, uint64_t parent, uint32_t ordinal,
                        struct sah_error *err);

/* The cell of a named town or base; SAH_NOWHERE where there is none in the box. */
int32_t sah_place_cell(const struct sah_world *world, const char *name);
/* Tells that a place named by a setting is unknown, with the nearest known one. */
void sah_place_complain(const struct sah_world *world, const struct sah_setting *at,
                        const char *name, struct sah_error *err);
/* The nearest cells around: weight falls by half every 14 km (e-fold 20 km), to 60 km.
 */
void sah_reach_add(const struct sah_world *world, float *field, int32_t cell,
                   float amount);

#endif
