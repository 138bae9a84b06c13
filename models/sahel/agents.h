/* Agents of the Sahel model and what happens to them: communities, bands, posts, calls,
 * and the logs of events, of allegiances and of what is seen. One list of columns each. */
#ifndef SAHEL_AGENTS_H
#define SAHEL_AGENTS_H
#include "sim/sah.h"

#define SAHEL_STATE_NEUTRAL 0.3f /* presence of the state, state_presence off */

enum { SAHEL_LIVELIHOODS = 4, SAHEL_KITS = 3, SAHEL_AT_HOME = -1 };
enum { SAHEL_MAX_GROUPS = 32, SAHEL_MAX_FACTIONS = 64 }; /* checked by family.c */

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
    X(uint8_t, country, "1", SAH_KEEP, "Country it happened in")                     \
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

/* What a list of events made from news would hold of today; actors as in events, -1 where
 * it does not know them. */
#define SAHEL_OBSERVED_COLUMNS(X)                                                     \
    X(uint64_t, id, "1", SAH_KEEP, "Number of the record")                            \
    X(int32_t, cell, "1", SAH_KEEP, "Grid cell it is recorded in")                    \
    X(uint8_t, country, "1", SAH_KEEP, "Country it is recorded in")                   \
    X(uint64_t, event, "1", SAH_KEEP, "Number of the event itself")                   \
    X(int32_t, date_told, "days since 1970-01-01", SAH_KEEP, "Day it is recorded on") \
    X(uint8_t, violence, "1", SAH_KEEP, "UCDP's kind of organised violence")          \
    X(uint8_t, kind, "1", SAH_KEEP, "Kind of event")                                  \
    X(int16_t, side_a, "1", SAH_KEEP, "Who is said to have struck")                   \
    X(int16_t, side_b, "1", SAH_KEEP, "Who is said to have been struck")              \
    X(int32_t, deaths_a, "persons", SAH_KEEP, "Deaths of side a, as told")            \
    X(int32_t, deaths_b, "persons", SAH_KEEP, "Deaths of side b, as told")            \
    X(int32_t, deaths_civilians, "persons", SAH_KEEP, "Deaths of civilians, as told") \
    X(int32_t, deaths, "persons", SAH_KEEP, "All deaths, as told")                    \
    X(uint8_t, where_prec, "1", SAH_KEEP, "1 the place, 2 the nearest town")          \
    X(float, town_km, "km", SAH_KEEP, "From where it happened to the nearest town")   \
    X(float, moved_km, "km", SAH_KEEP, "From where it happened to where it is recorded")
struct sahel_observed {
    struct sah_population base;
    SAHEL_OBSERVED_COLUMNS(SAH_COLUMN_POINTER)
};

/* ---- numbers of populations and logs, in the order family.c registers them ---- */

enum { SAHEL_COMMUNITIES, SAHEL_BANDS, SAHEL_POSTS, SAHEL_CALLS };
enum { SAHEL_LOG_EVENTS, SAHEL_LOG_ALLEGIANCES, SAHEL_LOG_OBSERVED };

#endif
