/* Factions: armed organisations as the scenario lists them.
 *
 * Each has a strength on the day it appears, homes, an ethnic profile and habits;
 * adding one is editing the scenario. It appears as teams spread over its homes. */
#include "models/sahel/family.h"
#include "models/sahel/world.h"

#include <stdio.h>
#include <string.h>

static const char *const camps[] = {
    "none", "al_qaeda", "islamic_state", "rebel", "loyal", "self_defence", NULL};
static const char *const aims[] = {"rule", "autonomy", "gain", "defence", NULL};

#define AT(field) .at = offsetof(struct sahel_faction, field)
/* clang-format off */
const struct sah_param sah_sahel_faction_table[] = {
    {.key = "title", .type = SAH_TEXT, AT(title), .unit = "1", .def_text = "",
     .fixed = true, .source = "design", .doc = "Name shown to people"},
    {.key = "parent", .type = SAH_TEXT, AT(parent), .unit = "1", .def_text = "",
     .fixed = true, .source = "facts 1.2",
     .doc = "Faction or umbrella it pledges to once the pledge is dated"},
    {.key = "camp", .type = SAH_CHOICE, AT(camp), .unit = "1", .choices = camps,
     .fixed = true, .source = "facts 1.2", .doc = "Transnational camp"},
    {.key = "aim", .type = SAH_CHOICE, AT(aim), .unit = "1", .choices = aims,
     .fixed = true, .source = "facts 1.2", .doc = "What it is after"},
    {.key = "splinter", .type = SAH_SWITCH, AT(splinter), .unit = "1", .fixed = true,
     .source = "design",
     .doc = "A free slot: appears only when another faction splits"},
    {.key = "signal", .type = SAH_SWITCH, AT(signal), .unit = "1", .fixed = true,
     .source = "assumed",
     .doc = "Its small attacks are a signal to those it shares an umbrella with"},
    {.key = "leader", .type = SAH_REAL, AT(leader), .unit = "1", .def = 1, .max = 1,
     .source = "facts 1.2",
     .doc = "Its leadership as history tells: a fall to this share is a loss"},
    {.key = "stances", .type = SAH_SHARES, AT(stances), .unit = "1", .min = -1,
     .max = 1, .def_text = "", .fixed = true, .source = "facts 1.2",
     .doc = "Stance to other factions at the start, -1 war .. 1 allied"},
    {.key = "fights_state", .type = SAH_REAL, AT(fights_state), .unit = "1", .def = 1,
     .max = 1, .source = "facts 1.2",
     .doc = "How far it is at war with states: 0 not .. 1 fully"},
    {.key = "from", .type = SAH_DATE, AT(from), .unit = "1", .def_text = "2012-01-01",
     .fixed = true, .source = "facts 1.2", .doc = "Day it appears"},
    {.key = "pledge", .type = SAH_DATE, AT(pledge), .unit = "1",
     .def_text = "2017-03-02", .fixed = true, .source = "facts 4",
     .doc = "Day from which its pledge to the parent holds"},
    {.key = "strength", .type = SAH_REAL, AT(strength), .unit = "persons", .def = 0,
     .max = 20000, .fixed = true, .source = "facts 1.1",
     .doc = "Fighters on the day it appears"},
    {.key = "homes", .type = SAH_NAMES, AT(homes), .unit = "1", .def_text = "",
     .fixed = true, .source = "facts 1.2", .doc = "Towns around which it appears"},
    {.key = "profile", .type = SAH_SHARES, AT(profile), .unit = "1", .min = 0, .max = 1,
     .def_text = "", .fixed = true, .source = "facts 1.2",
     .doc = "Pull on members of each ethnic group, 0..1"},
    {.key = "outside", .type = SAH_REAL, AT(outside_usd_year), .unit = "USD/year",
     .def = 0, .max = 1e8, .source = "assumed",
     .doc = "Money from outside the theatre"},
    {.key = "reserve", .type = SAH_REAL, AT(reserve_usd), .unit = "USD", .def = 200000,
     .max = 1e8, .fixed = true, .source = "assumed",
     .doc = "Treasury on the day it appears"},
    {.key = "experience", .type = SAH_REAL, AT(experience), .unit = "1", .def = 0,
     .max = 1e5, .source = "scenario",
     .doc = "Attacks it had made before its first day, as far as remembered"},
    {.key = "civilian_share", .type = SAH_REAL, AT(civilian_share), .unit = "1",
     .def = 0.25, .max = 1, .source = "facts 6.2",
     .doc = "Share of its attacks that go against civilians"},
    {.key = "device_share", .type = SAH_REAL, AT(device_share), .unit = "1", .def = 0.28,
     .max = 1, .source = "facts 6.2; calibrated (provisional)",
     .doc = "Share of explosive devices among its attacks on forces"},
    {.key = "indirect_share", .type = SAH_REAL, AT(indirect_share), .unit = "1",
     .def = 0.2, .max = 1, .source = "facts 6.2; calibrated (provisional)",
     .doc = "Share of mortar and rocket fire among its attacks on forces"},
    {.key = "reach", .type = SAH_REAL, AT(reach_km), .unit = "km", .def = 200, .min = 0,
     .max = 1000, .source = "assumed", .doc = "Farthest that its bands move at once"},
    {0},
};
/* clang-format on */

struct factions {
    double team_size, rooted;
};

/* clang-format off */
static const struct sah_param params[] = {
    {.key = "team_size", .type = SAH_REAL, .at = offsetof(struct factions, team_size),
     .unit = "persons", .def = 6, .min = 1, .max = 100, .fixed = true,
     .source = "assumed",
     .doc = "Fighters of the smallest unit that acts on its own"},
    {.key = "rooted", .type = SAH_REAL, .at = offsetof(struct factions, rooted),
     .unit = "1", .def = 0.4, .max = 1, .fixed = true, .source = "assumed",
     .doc = "How rooted bands are where their faction appears"},
    {0},
};
/* clang-format on */

static const struct sah_setting *setting_of(const struct sah_world *world,
                                            const char *list, const char *name,
                                            const char *key) {
    char path[256];
    snprintf(path, sizeof path, "%s.%s.%s", list, name, key);
    const struct sah_setting *setting = sah_binding_find(&world->binding, path);
    SAH_BUG_IF(!setting, "a list item without its own row");
    return setting;
}

static void complain_of_group(const struct sah_world *world,
                              const struct sah_setting *at, const char *name,
                              struct sah_error *err) {
    const char *near = NULL;
    size_t distance = SIZE_MAX;
    for (size_t g = 0; g < world->geo->ngroups; g++)
        sah_nearer(name, world->geo->group[g].id, &near, &distance);
    sah_scenario_complain(err, sah_setting_part(at, name), at->path, name,
                          "no such ethnic group in groups.csv%s%s%s",
                          near ? "; did you mean " : "", near ? near : "",
                          near ? "?" : "");
}

/* Ethnic groups and parents are named; names become numbers, or are told. */
static void resolve_profile(struct sah_world *world, struct sahel_faction *f,
                            struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    size_t row = (size_t)(f - s->faction) * s->ngroups;
    for (size_t k = 0; k < f->profile.n; k++) {
        int group = sah_geography_group(world->geo, f->profile.name[k]);
        if (group >= 0) {
            s->affinity[row + (size_t)group] = (float)f->profile.share[k];
            continue;
        }
        const struct sah_setting *at =
            setting_of(world, "factions", f->name, "profile");
        complain_of_group(world, at, f->profile.name[k], err);
    }
}

static int faction_named(const struct sahel *s, const char *name) {
    for (size_t k = 0; k < s->nfactions; k++)
        if (strcmp(s->faction[k].name, name) == 0) return (int)k;
    return -1;
}

static void resolve_parent(struct sah_world *world, struct sahel_faction *f,
                           struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    f->parent_index = f->parent[0] ? faction_named(s, f->parent) : -1;
    if (!f->parent[0]) return;
    const struct sah_setting *at = setting_of(world, "factions", f->name, "parent");
    if (f->parent_index < 0 || &s->faction[f->parent_index] == f)
        sah_scenario_complain(err, at->origin, at->path, f->parent,
                              "must name another faction");
}

/* Members of one camp begin as allies; what a row says of another holds both ways. */
static void resolve_stances(struct sah_world *world, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    size_t n = s->nfactions;
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++)
            if (s->faction[a].camp && s->faction[a].camp == s->faction[b].camp)
                s->stance[a * n + b] = 0.5f;
    for (size_t a = 0; a < n; a++) {
        const struct sah_shares *given = &s->faction[a].stances;
        for (size_t k = 0; k < given->n; k++) {
            int b = faction_named(s, given->name[k]);
            const struct sah_setting *at =
                setting_of(world, "factions", s->faction[a].name, "stances");
            if (b < 0)
                sah_scenario_complain(err, sah_setting_part(at, given->name[k]),
                                      at->path, given->name[k],
                                      "must name another faction");
            else
                s->stance[a * n + (size_t)b] = s->stance[(size_t)b * n + a] =
                    (float)given->share[k];
        }
    }
    memcpy(s->given, s->stance, n * n * sizeof *s->given);
    for (size_t k = 0; k < n * n; k++) s->at_war[k] = s->stance[k] < 0;
}

static void check_homes(struct sah_world *world, struct sahel_faction *f,
                        struct sah_error *err) {
    const struct sah_setting *at = setting_of(world, "factions", f->name, "homes");
    if (f->strength > 0 && !f->homes.n)
        sah_scenario_complain(err, at->origin, at->path, "",
                              "a faction with fighters needs a home");
    for (size_t k = 0; k < f->homes.n; k++)
        if (sah_place_cell(world, f->homes.name[k]) == SAH_NOWHERE)
            sah_place_complain(world, at, f->homes.name[k], err);
}

/* Spreads a faction's first teams over its homes. */
static int appear(const struct factions *own, struct sah_world *world, int faction,
                  struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    struct sahel_faction *f = &s->faction[faction];
    int32_t left = (int32_t)(f->strength + 0.5), team = (int32_t)own->team_size;
    int status = SAH_OK;
    s->active[faction] = 1;
    s->treasury[faction] = (int64_t)(f->reserve_usd * 100);
    s->sum[SAHEL_SUM_MONEY_START] += s->treasury[faction];
    s->sum[SAHEL_SUM_FIGHTERS_START] += left;
    for (uint32_t k = 0; left > 0 && !status; k++) {
        int32_t size = left < 2 * team ? left : team;
        int32_t cell = sah_place_cell(world, f->homes.name[k % f->homes.n]);
        status = sah_deed_raise_band(world, faction, cell, size, (uint64_t)faction + 1,
                                     k, err);
        left -= size;
    }
    for (size_t b = 0; b < s->bands.base.n; b++)
        if (s->bands.faction[b] == faction) s->bands.embedded[b] = (float)own->rooted;
    return status;
}

static int appear_today(void *self, struct sah_world *world, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    int status = SAH_OK;
    for (size_t f = 0; f < s->nfactions && !status; f++)
        if (!s->active[f] && !s->faction[f].splinter &&
            s->faction[f].from <= world->today)
            status = appear(self, world, (int)f, err);
    return status;
}

/* Where bands do not gather, one that has grown to two teams divides. */
static int divide(void *self, struct sah_world *world, struct sah_error *err) {
    (void)self;
    struct sahel *s = sahel_of(world);
    struct sahel_bands *b = &s->bands;
    int status = SAH_OK;
    for (size_t i = 0, n = b->base.n; i < n && !s->gathering && !status; i++) {
        if (b->fighters[i] < 2 * s->team_size) continue;
        size_t part;
        status = sah_population_split(&b->base, i, s->team_size, &part, err);
        if (!status) b->id[part] = sah_id_child(b->id[i], world->tick, 0);
    }
    return status;
}

static int resolve(void *self, struct sah_world *world, struct sah_error *err) {
    (void)self;
    struct sahel *s = sahel_of(world);
    for (size_t k = 0; k < s->nfactions; k++) {
        resolve_profile(world, &s->faction[k], err);
        resolve_parent(world, &s->faction[k], err);
        check_homes(world, &s->faction[k], err);
    }
    resolve_stances(world, err);
    return err->code;
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    sahel_of(world)->team_size = (int32_t)((struct factions *)self)->team_size;
    int32_t today = world->today++;
    int status = appear_today(self, world, err);
    world->today = today;
    return status;
}

static const struct sah_act acts[] = {
    {SAHEL_DECIDE, SAH_NOTHING, NULL, appear_today, "Factions of today's date appear"},
    {SAHEL_UNITS, SAH_NOTHING, NULL, divide, "Large bands divide, where none gather"},
    {0},
};

const struct sah_model sah_model_factions = {
    .name = "bands",
    .doc = "Armed organisations appear",
    .reference = "ODD 7.0.2",
    .always = true,
    .acts = acts,
    .size = sizeof(struct factions),
    .params = params,
    .resolve = resolve,
    .init = init,
};
