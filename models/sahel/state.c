/* The shared state: slots, axes and the neighbourhood in which agents are felt. */
#include "models/sahel/cast.h"
#include "models/sahel/family.h"
#include "models/sahel/world.h"

#include <stdlib.h>

/* ---- slots ---- */

static int make_slots(struct sah_world *world, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells;
#define X(owner, name, ctype, count, neutral, unit, doc)                               \
    s->name = sah_world_array(world, #name, SAH_TYPE_OF(ctype), (size_t)(count), unit, \
                              doc, err);                                               \
    if (!s->name) return SAH_MEMORY;
    SAHEL_SLOTS(X)
#undef X
    return SAH_OK;
}

/* Does its owner leave a slot at rest today? Who is not in the cast always does so with
 * the counts of the day, and never with anything else. */
static bool rests(const struct sah_world *world, enum sahel_member owner) {
    return owner == SAHEL_MEMBER_today || (owner >= 0 && !world->on[owner]);
}

#define DEFINE_FILL(ctype)                                             \
    static void fill_##ctype(ctype *slot, size_t count, ctype value) { \
        for (size_t i = 0; i < count; i++) slot[i] = value;            \
    }
DEFINE_FILL(float)
DEFINE_FILL(uint8_t)
DEFINE_FILL(int16_t)
DEFINE_FILL(int32_t)
DEFINE_FILL(int64_t)

void sah_sahel_begin_day(struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells;
#define X(owner, name, ctype, count, neutral, unit, doc) \
    if (rests(world, SAHEL_MEMBER_##owner))              \
        fill_##ctype(s->name, (size_t)(count), neutral);
    SAHEL_SLOTS(X)
#undef X
}

static void set_neutral(struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells;
#define X(owner, name, ctype, count, neutral, unit, doc) \
    fill_##ctype(s->name, (size_t)(count), neutral);
    SAHEL_SLOTS(X)
#undef X
    for (size_t f = 0; f < s->nfactions; f++) s->line[f] = s->bloc[f] = (int16_t)f;
}

/* ---- around ---- */

static int make_around(struct sah_world *world, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    size_t rows = (size_t)world->grid.nlat + 1;
    s->felt = calloc(rows, sizeof *s->felt);
    s->met = calloc(rows, sizeof *s->met);
    if (!s->felt || !s->met)
        return sah_error_add(err, SAH_MEMORY, "no memory for neighbourhoods");
    return sah_around_make(&world->grid, s->felt, s->met, err);
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
LABELS(SAHEL_PACTS, pact)
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
        {"pact_turn", "How pacts begin and end", SAHEL_NPACTS, pact_labels,
         pact_titles},
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
    int status = make_slots(world, err);
    if (!status) status = make_around(world, err);
    if (!status) status = make_axes(world, err);
    if (!status) set_neutral(world);
    return status;
}

void sah_sahel_state_free(struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    sah_around_free(s->felt, world->grid.nlat);
    sah_around_free(s->met, world->grid.nlat);
    free(s->names);
    for (size_t f = 0; s->force && f < s->nforces; f++) {
        free(s->force[f].may_act);
        free(s->force[f].base_cell);
    }
    for (size_t k = 0; s->talk && k < s->ntalks; k++) {
        free(s->talk[k].in_state);
        free(s->talk[k].leaves);
    }
}
