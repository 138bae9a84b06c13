/* Talks: what states offer to armed groups, as the scenario lists it. Names become
 * numbers, or are told to be wrong. What comes of talks: negotiation.c. */
#include "models/sahel/family.h"
#include "models/sahel/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AT(field) .at = offsetof(struct sahel_talk, field)
/* clang-format off */
const struct sah_param sah_sahel_talk_table[] = {
    {.key = "title", .type = SAH_TEXT, AT(title), .unit = "1", .def_text = "",
     .fixed = true, .source = "design", .doc = "Name shown to people"},
    {.key = "faction", .type = SAH_TEXT, AT(faction), .unit = "1", .required = true,
     .fixed = true, .source = "scenario",
     .doc = "Faction or umbrella that talks are offered to"},
    {.key = "states", .type = SAH_NAMES, AT(states), .unit = "1", .required = true,
     .fixed = true, .source = "scenario",
     .doc = "States that offer them (ISO 3166 alpha-3); the first one speaks"},
    {.key = "offer", .type = SAH_DATE, AT(offer), .unit = "1", .required = true,
     .fixed = true, .source = "scenario", .doc = "Day of the first offer"},
    {.key = "rate", .type = SAH_REAL, AT(rate_year), .unit = "1/year", .def = 0,
     .max = 365, .source = "scenario", .doc = "Further offers a year, at random"},
    {.key = "leaving", .type = SAH_NAMES, AT(leaving), .unit = "1", .def_text = "",
     .fixed = true, .source = "scenario",
     .doc = "Forces that must leave first; empty: no condition"},
    {.key = "left", .type = SAH_REAL, AT(left), .unit = "1", .def = 0.2, .max = 1,
     .source = "assumed",
     .doc = "Share of their most soldiers there that may stay"},
    {.key = "prisoners", .type = SAH_REAL, AT(prisoners), .unit = "persons", .def = 0,
     .max = 5000, .fixed = true, .source = "scenario",
     .doc = "Fighters held who are let go in an exchange"},
    {0},
};
/* clang-format on */

static const struct sah_setting *setting_of(const struct sah_world *world,
                                            const struct sahel_talk *talk,
                                            const char *key, char path[static 256]) {
    snprintf(path, 256, "talks.%.200s.%.40s", talk->name, key);
    return sah_binding_find(&world->binding, path);
}

/* The first force that serves a state; -1 where none does. */
static int army_of(const struct sahel *s, int country) {
    for (size_t f = 0; f < s->nforces; f++)
        if (country >= 0 && s->force[f].country_index == country) return (int)f;
    return -1;
}

static void resolve_states(struct sah_world *world, struct sahel_talk *talk,
                           struct sah_error *err) {
    char path[256];
    const struct sah_setting *at = setting_of(world, talk, "states", path);
    talk->army = -1;
    for (size_t i = 0; i < talk->states.n; i++) {
        const char *name = talk->states.name[i];
        int country = sah_geography_country(world->geo, name);
        int army = army_of(sahel_of(world), country);
        if (army < 0) {
            sah_scenario_complain(err, sah_setting_part(at, name), path, name,
                                  "no force serves such a state");
            continue;
        }
        talk->in_state[country] = true;
        if (talk->army < 0) talk->army = army;
    }
    if (!talk->states.n)
        sah_scenario_complain(err, at->origin, path, "", "talks need a state");
}

static void resolve_faction(struct sah_world *world, struct sahel_talk *talk,
                            struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    char path[256];
    const struct sah_setting *at = setting_of(world, talk, "faction", path);
    talk->faction_index = -1;
    for (size_t f = 0; f < s->nfactions; f++)
        if (strcmp(s->faction[f].name, talk->faction) == 0)
            talk->faction_index = (int)f;
    if (talk->faction_index < 0)
        sah_scenario_complain(err, at->origin, path, talk->faction,
                              "must name a faction");
}

static void resolve_leaving(struct sah_world *world, struct sahel_talk *talk,
                            struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    char path[256];
    const struct sah_setting *at = setting_of(world, talk, "leaving", path);
    for (size_t i = 0; i < talk->leaving.n; i++) {
        bool known = false;
        for (size_t f = 0; f < s->nforces; f++)
            if (strcmp(s->force[f].name, talk->leaving.name[i]) == 0)
                known = talk->leaves[f] = true;
        if (!known)
            sah_scenario_complain(err, sah_setting_part(at, talk->leaving.name[i]),
                                  path, talk->leaving.name[i], "must name a force");
    }
}

int sah_sahel_talks_resolve(struct sah_world *world, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    for (size_t k = 0; k < s->ntalks; k++) {
        struct sahel_talk *talk = &s->talk[k];
        talk->in_state = calloc(s->ncountries + 1, sizeof *talk->in_state);
        talk->leaves = calloc(s->nforces + 1, sizeof *talk->leaves);
        if (!talk->in_state || !talk->leaves)
            return sah_error_add(err, SAH_MEMORY, "no memory for talks");
        resolve_faction(world, talk, err);
        resolve_states(world, talk, err);
        resolve_leaving(world, talk, err);
    }
    return err->code;
}
