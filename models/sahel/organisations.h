/* Organisations of the Sahel model as a scenario lists them: factions and forces, and
 * the talks that states offer. */
#ifndef SAHEL_ORGANISATIONS_H
#define SAHEL_ORGANISATIONS_H
#include "sim/sah.h"

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
    double experience;       /* attacks it had made by then */
    double civilian_share;   /* share of its attacks that go against civilians */
    double device_share, indirect_share;
    double fights_state; /* how far it is at war with states, 0 not .. 1 */
    double reach_km;
    struct sah_shares stances; /* to other factions, -1 war .. 1 allied */
    int parent_index;          /* or -1 */
};

enum sahel_owner { SAHEL_NATIONAL, SAHEL_FOREIGN, SAHEL_MISSION };

/* What a force is there for. The usual mandate: a mission protects, others fight. */
enum sahel_mandate {
    SAHEL_USUAL,
    SAHEL_FIGHT,   /* patrols, answers attacks, raids */
    SAHEL_PROTECT, /* shelters people around its posts; patrols, but seeks no contact */
    SAHEL_ADVISE,  /* trains national forces of its area; stays in its bases */
    SAHEL_AIR      /* flies from its bases: supports who answers, and raids */
};

struct sahel_force {
    char *name;
    char *title, *country; /* iso3 of the state it serves; empty for foreign forces */
    int owner, mandate;
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
    int country_index, duty; /* duty: its mandate, the usual one resolved */
    int32_t *base_cell;      /* [bases.n] */
    bool *may_act;           /* [country] */
};

/* What one or more states offer a faction and all who belong to it. */
struct sahel_talk {
    char *name;
    char *title, *faction;
    struct sah_names states;  /* iso3; the army of the first one speaks for them */
    int32_t offer;            /* day of the first offer */
    double rate_year;         /* further offers a year */
    struct sah_names leaving; /* forces that must go first */
    double left;              /* share of them that may stay */
    double prisoners;         /* fighters held, who are let go */
    /* derived */
    int faction_index, army; /* force that speaks */
    bool *in_state;          /* [country] */
    bool *leaves;            /* [force] */
};

/* A month as it was recorded; past.c tells how its names are read. */
struct sahel_record {
    char *name;
    int32_t from;
    struct sah_shares acts, deaths, harm;
};

#endif
