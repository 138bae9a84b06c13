/* The shared state: arrays, axes and the neighbourhood in which agents are felt. */
#include "models/sahel/family.h"
#include "models/sahel/world.h"

#include <stdlib.h>
#include <string.h>

/* ---- arrays ---- */

/* name, element, count, unit, doc; counts may use s (struct sahel *) and n (cells).
 * D: emptied when a day begins. */
#define ARRAYS(A, D)                                                                   \
    A(treasury, int64_t, s->nfactions, "0.01 USD", "Money of a faction")               \
    A(line, int16_t, s->nfactions, "1", "Whose row gives its habits")                  \
    A(pledged, int16_t, s->nfactions, "1", "Whom its pledge goes to, or -1")           \
    A(swore, uint8_t, s->nfactions, "1", "1 once its dated pledge has held")           \
    A(bloc, int16_t, s->nfactions, "1", "Who it pools money and fighters with")        \
    A(active, uint8_t, s->nfactions, "1", "1 once it has appeared")                    \
    A(arrears, float, s->nfactions, "1", "Share of pay not met lately")                \
    A(affinity, float, s->nfactions * s->ngroups, "1", "Pull on an ethnic group")      \
    A(stance, float, s->nfactions * s->nfactions, "1", "Stance to another faction")    \
    A(given, float, s->nfactions * s->nfactions, "1", "Stance it falls back to")       \
    A(at_war, uint8_t, s->nfactions * s->nfactions, "1", "1 in open war")              \
    A(hosting, float, s->nfactions, "1", "What its bloc shares of places")             \
    A(cohesion, float, s->nfactions, "1", "Cohesion")                                  \
    A(leadership, float, s->nfactions, "1", "How settled its leadership is")           \
    A(drive, float, s->nfactions, "1", "Tempo by leadership")                          \
    A(firepower, float, s->nfactions, "1", "Fire against habit")                       \
    A(mobility, float, s->nfactions, "1", "Reach against habit")                       \
    A(contactable, float, s->nfactions, "1", "How well its bands find each other")     \
    A(truce, float, s->nfactions, "1", "Share of its war on states laid down")         \
    A(echo, float, s->nfactions *SAHEL_NKINDS, "1", "Rate of a kind against habit")    \
    A(season, float, n, "1", "Ease of movement against the dry season")                \
    A(drought, float, n, "1", "Shortage of pasture and harvest")                       \
    A(influence, float, s->nfactions *n, "persons", "Fighters felt, by faction")       \
    A(insurgent, float, n, "persons", "Fighters felt")                                 \
    A(cover, float, n, "persons", "Foreign soldiers felt")                             \
    A(shield, float, n, "persons", "Foreign soldiers people count on")                 \
    A(soldiers_felt, float, n, "persons", "National soldiers felt")                    \
    A(state, float, n, "1", "Presence of the state")                                   \
    A(state_base, float, n, "1", "Presence by services and distance alone")            \
    A(control, float, n, "1", "Control, -2 state .. 2 insurgents")                     \
    A(coercion, float, 2 * n, "1", "Violence against civilians by zone of control")    \
    A(violence, float, n, "persons", "Deaths remembered")                              \
    A(operation, float, n, "1", "Running area operation")                              \
    A(fighters_felt, float, n, "persons", "Fighters of all factions felt")             \
    A(sheltered, float, n, "1", "Attacks on civilians prevented")                      \
    A(shared_tips, float, n, "1", "What allied forces know")                           \
    A(followed, float, n, "1", "Pursued across the border")                            \
    A(refuge, float, n, "1", "State kept out")                                         \
    A(backing, float, n, "1", "Shift of the will to inform")                           \
    A(feud_heat, float, n, "1", "Running feud between communities")                    \
    A(mixture, float, n, "1", "Mixture of herding and farming communities")            \
    A(grudge, float, n, "persons", "Deaths of feuds remembered")                       \
    A(calmed, float, n, "1", "Share of feuds settled")                                 \
    A(inflamed, float, n, "1", "Feuds kept alive by partisans")                        \
    A(under_arms, float, n, "1", "Share of its people armed")                          \
    A(vigil, float, n, "1", "Armed villages watch")                                    \
    A(tips, float, n, "1", "Willingness to inform on insurgents")                      \
    A(people_now, int32_t, n, "persons", "People")                                     \
    A(people_group, int32_t, s->ngroups *n, "persons", "People by ethnic group")       \
    A(displaced_now, int32_t, n, "persons", "Displaced people living here")            \
    A(rest, float, s->ngroups *n, "1", "Grievance at rest")                            \
    A(hurt, float, s->ngroups *n, "1", "Harm from forces, pending")                    \
    A(menace, float, s->ngroups *n, "1", "Harm from insurgents, pending")              \
    A(joined, float, s->ngroups *n, "persons", "Those who joined from here, fading")   \
    A(contact, float, s->ngroups *n, "1", "Pull of the groups present")                \
    A(tie, float, s->ngroups *n, "1", "Pull through kin")                              \
    A(feud, float, s->ngroups *n, "1", "Pull through feuds")                           \
    A(kin, float, s->ngroups *n, "1", "Ties to fighters")                              \
    A(armed, float, s->ngroups *n, "1", "Share armed for defence")                     \
    A(feud_call, float, s->ngroups *n, "1", "Pull of a party to feuds")                \
    A(hardship, float, n, "1", "Want added")                                           \
    A(wealth_rest, float, SAHEL_LIVELIHOODS *n, "1", "Wealth in a normal year")        \
    A(shortage, float, SAHEL_LIVELIHOODS *n, "1", "Share lost to drought")             \
    A(taken, float, n, "1", "Share taken by armed groups")                             \
    A(readiness, float, SAHEL_NREASONS *n, "persons/day", "Joiners expected")          \
    A(flight, float, n, "persons/day", "People expected to flee")                      \
    A(flight_rate, float, n, "1/day", "Flight per unit of fear")                       \
    A(response, float, s->nforces, "1", "Share of calls answered in time")             \
    A(protection, float, s->nforces, "1", "Share of device losses avoided")            \
    A(discipline, float, s->nforces, "1", "Civilians harmed against habit")            \
    A(funding, float, s->nforces, "1", "Share of its upkeep met")                      \
    A(strip_km, float, s->nforces, "km", "Depth it may act in beyond its area")        \
    A(allied, uint8_t, s->nforces * s->ncountries, "1",                                \
      "1 where it may act in strips")                                                  \
    A(delay, float, s->nforces, "1", "Time to decide against habit")                   \
    A(training, float, s->nforces, "1", "Civilians harmed by training")                \
    A(equipped, float, s->nforces, "1", "Fire by equipment")                           \
    A(restraint, float, s->nforces, "1", "Contacts it does not seek")                  \
    A(sum, int64_t, SAHEL_NSUMS, "1", "Sums since the first day")                      \
    D(events_cell, int32_t, n, "1", "Events today")                                    \
    D(deaths_cell, int32_t, n, "persons", "Deaths today")                              \
    D(deaths_kind, int64_t, SAHEL_NKINDS * s->ncountries, "persons", "Deaths by kind") \
    D(events_kind, int64_t, SAHEL_NKINDS * s->ncountries, "1", "Events by kind")       \
    D(deaths_cause, int64_t, SAHEL_NCAUSES * s->ncountries, "persons",                 \
      "Deaths by cause")                                                               \
    D(events_cause, int64_t, SAHEL_NCAUSES * s->ncountries, "1", "Events by cause")    \
    D(wounded_cause, int64_t, SAHEL_NCAUSES * s->ncountries, "persons",                \
      "Wounded by cause")                                                              \
    D(deaths_type, int64_t, SAHEL_NVIOLENCE * s->ncountries, "persons",                \
      "Deaths by kind of violence")                                                    \
    D(events_type, int64_t, SAHEL_NVIOLENCE * s->ncountries, "1",                      \
      "Events by kind of violence")                                                    \
    D(deaths_side, int64_t, 3 * s->ncountries, "persons", "Deaths by side")            \
    D(recruits, int64_t, SAHEL_NREASONS * s->ncountries, "persons", "Recruits")        \
    D(recruits_group, int64_t, s->nfactions * s->ngroups, "persons",                   \
      "Recruits by faction and group")                                                 \
    D(recruits_cell, int32_t, n, "persons", "Recruits today")                          \
    D(recruits_faction, int64_t, s->nfactions, "persons", "Recruits by faction")       \
    D(lost_faction, int64_t, s->nfactions, "persons", "Fighters killed")               \
    D(left_faction, int64_t, SAHEL_NEXITS * s->nfactions, "persons",                   \
      "Fighters who left")                                                             \
    D(came_faction, int64_t, SAHEL_NEXITS * s->nfactions, "persons",                   \
      "Fighters who came over")                                                        \
    D(moved, int64_t, SAHEL_NMOVES * s->ncountries, "persons", "Flights and returns")  \
    D(money, int64_t, SAHEL_NSTREAMS * s->nfactions, "0.01 USD", "Money moved")

static int make_arrays(struct sah_world *world, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells;
#define A(name, ctype, count, unit, doc)                                               \
    s->name = sah_world_array(world, #name, SAH_TYPE_OF(ctype), (size_t)(count), unit, \
                              doc, err);                                               \
    if (!s->name) return SAH_MEMORY;
    ARRAYS(A, A)
#undef A
    return SAH_OK;
}

void sah_sahel_begin_day(struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells;
#define KEEP(...)
#define EMPTY(name, ctype, count, unit, doc) \
    memset(s->name, 0, (size_t)(count) * sizeof(ctype));
    ARRAYS(KEEP, EMPTY)
#undef KEEP
#undef EMPTY
}

static void set_neutral(struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    int32_t n = world->grid.ncells;
    for (int32_t c = 0; c < n; c++) {
        s->season[c] = 1;
        s->state[c] = s->state_base[c] = SAHEL_STATE_NEUTRAL;
        s->coercion[c] = s->coercion[n + c] = 1;
        s->control[c] = -1;
    }
    for (size_t f = 0; f < s->nforces; f++)
        s->response[f] = s->discipline[f] = s->funding[f] = s->delay[f] =
            s->training[f] = s->equipped[f] = 1;
    for (size_t f = 0; f < s->nfactions; f++) {
        s->line[f] = s->bloc[f] = (int16_t)f;
        s->pledged[f] = -1;
        s->cohesion[f] = s->drive[f] = s->firepower[f] = 1;
        s->leadership[f] = 1;
        s->mobility[f] = s->contactable[f] = 1;
        for (size_t k = 0; k < SAHEL_NKINDS; k++) s->echo[f * SAHEL_NKINDS + k] = 1;
    }
}

/* ---- reach ---- */

enum { FELT_KM = 20, FELT_END_KM = 60 };

/* Cells within FELT_END_KM of a cell of this row: weight e^(-km / FELT_KM). */
static int make_reach_row(const struct sah_grid *grid, int row,
                          struct sahel_reach *reach, struct sah_error *err) {
    int32_t middle = row * grid->nlon;
    int deep = (int)(FELT_END_KM / (grid->cell_deg * 100.0)) + 1, wide = 3 * deep + 1;
    size_t most = (size_t)(2 * deep + 1) * (size_t)(2 * wide + 1);
    reach->drow = calloc(most, sizeof *reach->drow);
    reach->dcol = calloc(most, sizeof *reach->dcol);
    reach->weight = calloc(most, sizeof *reach->weight);
    if (!reach->drow || !reach->dcol || !reach->weight)
        return sah_error_add(err, SAH_MEMORY, "no memory for neighbourhoods");
    double lon = sah_grid_lon(grid, middle), lat = sah_grid_lat(grid, middle);
    for (int dr = -deep; dr <= deep; dr++)
        for (int dc = -wide; dc <= wide; dc++) {
            double km = sah_distance_km(lon, lat, lon + dc * grid->cell_deg,
                                        lat + dr * grid->cell_deg);
            if (km > FELT_END_KM) continue;
            reach->drow[reach->n] = dr;
            reach->dcol[reach->n] = dc;
            reach->weight[reach->n++] = (float)sah_exp(-km / FELT_KM);
        }
    return SAH_OK;
}

static int make_reach(struct sah_world *world, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    s->reach = calloc((size_t)world->grid.nlat + 1, sizeof *s->reach);
    if (!s->reach)
        return sah_error_add(err, SAH_MEMORY, "no memory for neighbourhoods");
    int status = SAH_OK;
    for (int row = 0; row < world->grid.nlat && !status; row++)
        status = make_reach_row(&world->grid, row, &s->reach[row], err);
    return status;
}

/* ---- axes ---- */

static const char *const violence_labels[] = {
#define X(name, label) label,
    SAHEL_VIOLENCE(X)
#undef X
};
#define LABELS(list, what)                                    \
    static const char *const what##_labels[] = {list(LABEL)}; \
    static const char *const what##_titles[] = {list(TITLE)};
#define LABEL(name, label, doc) label,
#define TITLE(name, label, doc) doc,
LABELS(SAHEL_KINDS, kind)
LABELS(SAHEL_REASONS, reason)
LABELS(SAHEL_STREAMS, stream)
LABELS(SAHEL_MOVES, move)
LABELS(SAHEL_CAUSES, cause)
LABELS(SAHEL_EXITS, exit)
LABELS(SAHEL_TURNS, turn)
LABELS(SAHEL_TURN_CAUSES, turn_cause)

static const char *const side_labels[] = {"fighters", "soldiers", "civilians"};
static const char *const livelihood_labels[] = {"farming", "herding", "mixed", "trade"};

/* Labels and titles of things named at run time: one array of 2n pointers each. */
static int make_names(struct sah_world *world, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    size_t n = s->nfactions + s->nforces + 1;
    size_t all = 2 * (n + s->ncountries + s->ngroups);
    s->names = calloc(all, sizeof *s->names);
    if (!s->names) return sah_error_add(err, SAH_MEMORY, "no memory for names");
    const char **actor = s->names, **actor_title = actor + n;
    for (size_t f = 0; f < s->nfactions; f++) {
        actor[f] = s->faction[f].name;
        actor_title[f] = s->faction[f].title;
    }
    for (size_t f = 0; f < s->nforces; f++) {
        actor[s->nfactions + f] = s->force[f].name;
        actor_title[s->nfactions + f] = s->force[f].title;
    }
    actor[n - 1] = "civilians";
    actor_title[n - 1] = "Civilians";
    const char **country = s->names + 2 * n, **group = country + 2 * s->ncountries;
    for (size_t k = 0; k < s->ncountries; k++) {
        country[k] = world->geo->country[k].iso3;
        country[s->ncountries + k] = world->geo->country[k].name;
    }
    for (size_t k = 0; k < s->ngroups; k++) {
        group[k] = world->geo->group[k].id;
        group[s->ngroups + k] = world->geo->group[k].name;
    }
    return SAH_OK;
}

static int make_axes(struct sah_world *world, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    int status = make_names(world, err);
    if (status) return status;
    size_t n = s->nfactions + s->nforces + 1;
    const char *const *actor = s->names;
    const char *const *country = actor + 2 * n, *const *group =
                                                    country + 2 * s->ncountries;
    const struct sah_axis axes[] = {
        {"faction", "Armed groups", s->nfactions, actor, actor + n},
        {"force", "State and foreign forces", s->nforces, actor + s->nfactions,
         actor + n + s->nfactions},
        {"country", "Countries", s->ncountries, country, country + s->ncountries},
        {"group", "Ethnic groups", s->ngroups, group, group + s->ngroups},
        {"violence", "UCDP's kinds of organised violence", SAHEL_NVIOLENCE,
         violence_labels, NULL},
        {"kind", "Kinds of events", SAHEL_NKINDS, kind_labels, kind_titles},
        {"reason", "Reasons of recruits", SAHEL_NREASONS, reason_labels, reason_titles},
        {"stream", "Streams of money", SAHEL_NSTREAMS, stream_labels, stream_titles},
        {"move", "Flight and return", SAHEL_NMOVES, move_labels, move_titles},
        {"cause", "Causes of events", SAHEL_NCAUSES, cause_labels, cause_titles},
        {"exit", "Why fighters left", SAHEL_NEXITS, exit_labels, exit_titles},
        {"side", "Who died", 3, side_labels, NULL},
        {"livelihood", "Livelihoods", SAHEL_LIVELIHOODS, livelihood_labels, NULL},
        {"side_a", "Who struck", n, actor, actor + n},
        {"side_b", "Who was struck", n, actor, actor + n},
        {"turn", "Kinds of turns in allegiance", SAHEL_NTURNS, turn_labels,
         turn_titles},
        {"turn_cause", "Why allegiances turn", SAHEL_NTURN_CAUSES, turn_cause_labels,
         turn_cause_titles},
    };
    for (size_t i = 0; i < sizeof axes / sizeof *axes && !status; i++)
        status = sah_world_axis(world, axes[i], err);
    return status;
}

/* ---- life ---- */

int sah_sahel_state_create(struct sah_world *world, struct sah_error *err) {
    int status = make_arrays(world, err);
    if (!status) status = make_reach(world, err);
    if (!status) status = make_axes(world, err);
    if (!status) set_neutral(world);
    return status;
}

void sah_sahel_state_free(struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    for (int row = 0; s->reach && row < world->grid.nlat; row++) {
        free(s->reach[row].drow);
        free(s->reach[row].dcol);
        free(s->reach[row].weight);
    }
    free(s->reach);
    free(s->names);
    for (size_t f = 0; s->force && f < s->nforces; f++) {
        free(s->force[f].may_act);
        free(s->force[f].base_cell);
    }
}
