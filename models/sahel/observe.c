/* What the Sahel family shows: fields on the map, daily series, monthly ledgers. */
#include "models/sahel/family.h"
#include "models/sahel/world.h"

#define FROM(name, array, count)                                          \
    static void read_##name(const struct sah_world *world, double *out) { \
        const struct sahel *s = sahel_of(world);                          \
        size_t n = (size_t)world->grid.ncells;                            \
        (void)n;                                                          \
        size_t total = (size_t)(count);                                   \
        for (size_t k = 0; k < total; k++) out[k] = (double)s->array[k];  \
    }

/* fields */
FROM(events, events_cell, n)
FROM(deaths, deaths_cell, n)
FROM(control, control, n)
FROM(presence, influence, s->nfactions *n)
FROM(displaced, displaced_now, n)
FROM(people, people_now, n)
FROM(state, state, n)
FROM(soldiers, soldiers_felt, n)
FROM(foreign, cover, n)
FROM(insurgents, insurgent, n)
FROM(operation, operation, n)
FROM(drought, drought, n)
FROM(tips, tips, n)
FROM(recruits_cell, recruits_cell, n)
FROM(pact, pact, n)
FROM(refuge, refuge, n)
/* series */
FROM(treasury, treasury, s->nfactions)
FROM(arrears, arrears, s->nfactions)
FROM(firepower, firepower, s->nfactions)
FROM(mobility, mobility, s->nfactions)
FROM(contactable, contactable, s->nfactions)
FROM(stance, stance, s->nfactions * s->nfactions)
FROM(recruits_faction, recruits_faction, s->nfactions)
FROM(lost_faction, lost_faction, s->nfactions)
FROM(cohesion, cohesion, s->nfactions)
FROM(leadership, leadership, s->nfactions)
FROM(drive, drive, s->nfactions)
FROM(pledged, pledged, s->nfactions)
FROM(response, response, s->nforces)
FROM(truce, truce, s->nfactions)
/* ledgers */
FROM(deaths_kind, deaths_kind, SAHEL_NKINDS * s->ncountries)
FROM(events_kind, events_kind, SAHEL_NKINDS * s->ncountries)
FROM(deaths_type, deaths_type, SAHEL_NVIOLENCE * s->ncountries)
FROM(deaths_cause, deaths_cause, SAHEL_NCAUSES * s->ncountries)
FROM(events_cause, events_cause, SAHEL_NCAUSES * s->ncountries)
FROM(wounded_cause, wounded_cause, SAHEL_NCAUSES * s->ncountries)
FROM(deaths_actor, deaths_actor, (s->nfactions + s->nforces + 1) * s->ncountries)
FROM(events_actor, events_actor, (s->nfactions + s->nforces + 1) * s->ncountries)
FROM(turns, turns, SAHEL_NTURNS *SAHEL_NTURN_CAUSES)
FROM(left_exit, left_faction, SAHEL_NEXITS * s->nfactions)
FROM(came_exit, came_faction, SAHEL_NEXITS * s->nfactions)
FROM(events_type, events_type, SAHEL_NVIOLENCE * s->ncountries)
FROM(deaths_side, deaths_side, 3 * s->ncountries)
FROM(recruits, recruits, SAHEL_NREASONS * s->ncountries)
FROM(recruits_group, recruits_group, s->nfactions * s->ngroups)
FROM(moved, moved, SAHEL_NMOVES * s->ncountries)
FROM(pacts, pacts, SAHEL_NPACTS * s->ncountries)

static void read_money(const struct sah_world *world, double *out) {
    const struct sahel *s = sahel_of(world);
    for (size_t k = 0; k < SAHEL_NSTREAMS * s->nfactions; k++)
        out[k] = (double)s->money[k] / 100;
}

/* Sums of a [kind][country] counter by country. */
static void by_country(const struct sahel *s, const int64_t *counter, size_t kinds,
                       double *out) {
    for (size_t c = 0; c < s->ncountries; c++) {
        out[c] = 0;
        for (size_t k = 0; k < kinds; k++)
            out[c] += (double)counter[k * s->ncountries + c];
    }
}

static void read_deaths_country(const struct sah_world *world, double *out) {
    const struct sahel *s = sahel_of(world);
    by_country(s, s->deaths_kind, SAHEL_NKINDS, out);
}

static void read_events_country(const struct sah_world *world, double *out) {
    const struct sahel *s = sahel_of(world);
    by_country(s, s->events_kind, SAHEL_NKINDS, out);
}

static void read_displaced_country(const struct sah_world *world, double *out) {
    const struct sahel *s = sahel_of(world);
    for (size_t c = 0; c < s->ncountries; c++) out[c] = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++)
        out[sahel_country_of(world, c)] += s->displaced_now[c];
}

static void read_fighters(const struct sah_world *world, double *out) {
    const struct sahel *s = sahel_of(world);
    for (size_t f = 0; f < s->nfactions; f++) out[f] = 0;
    for (size_t b = 0; b < s->bands.base.n; b++)
        out[s->bands.faction[b]] += s->bands.fighters[b];
}

/* Mean over fighters of the way from where their band was raised. */
static void read_distance(const struct sah_world *world, double *out) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_bands *b = &s->bands;
    for (size_t f = 0; f < s->nfactions; f++) {
        double km = 0, fighters = 0;
        for (size_t i = 0; i < b->base.n; i++) {
            if (b->faction[i] != (int)f || b->cell[i] == SAH_NOWHERE) continue;
            double away = sah_grid_distance_km(&world->grid, b->home[i], b->cell[i]);
            km += away * b->fighters[i];
            fighters += b->fighters[i];
        }
        out[f] = fighters > 0 ? km / fighters : 0;
    }
}

static void read_left_faction(const struct sah_world *world, double *out) {
    const struct sahel *s = sahel_of(world);
    for (size_t f = 0; f < s->nfactions; f++) {
        out[f] = 0;
        for (size_t k = 0; k < SAHEL_NEXITS; k++)
            out[f] += (double)s->left_faction[k * s->nfactions + f];
    }
}

static void read_soldiers_force(const struct sah_world *world, double *out) {
    const struct sahel *s = sahel_of(world);
    for (size_t f = 0; f < s->nforces; f++) out[f] = 0;
    for (size_t p = 0; p < s->posts.base.n; p++)
        out[s->posts.force[p]] += s->posts.soldiers[p];
}

/* Units of a force that have given up their post. */
static void read_posts_left(const struct sah_world *world, double *out) {
    const struct sahel *s = sahel_of(world);
    for (size_t f = 0; f < s->nforces; f++) out[f] = 0;
    for (size_t p = 0; p < s->posts.base.n; p++)
        out[s->posts.force[p]] += s->posts.mode[p] == SAHEL_WITHDRAWN;
}

static void read_bands(const struct sah_world *world, double *out) {
    const struct sahel *s = sahel_of(world);
    for (size_t f = 0; f < s->nfactions; f++) out[f] = 0;
    for (size_t b = 0; b < s->bands.base.n; b++)
        if (s->bands.cell[b] != SAH_NOWHERE) out[s->bands.faction[b]]++;
}

/* What a headline tells: totals of today, or in store, over all countries. */
static void read_total(const struct sah_world *world, const int64_t *counter,
                       size_t kinds, double *out) {
    const struct sahel *s = sahel_of(world);
    *out = 0;
    (void)world;
    for (size_t k = 0; k < kinds * s->ncountries; k++) *out += (double)counter[k];
}

static void read_all_events(const struct sah_world *world, double *out) {
    read_total(world, sahel_of(world)->events_kind, SAHEL_NKINDS, out);
}

static void read_all_deaths(const struct sah_world *world, double *out) {
    read_total(world, sahel_of(world)->deaths_kind, SAHEL_NKINDS, out);
}

static void read_seen_events(const struct sah_world *world, double *out) {
    *out = (double)sahel_of(world)->observed.base.n;
}

static void read_seen_deaths(const struct sah_world *world, double *out) {
    const struct sahel_observed *o = &sahel_of(world)->observed;
    *out = 0;
    for (size_t i = 0; i < o->base.n; i++) *out += o->deaths[i];
}

static void read_all_displaced(const struct sah_world *world, double *out) {
    const struct sahel *s = sahel_of(world);
    *out = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++) *out += s->displaced_now[c];
}

#define FIELD(word, unit, nature, type, axis, text) \
    { #word, unit, text, SAH_FIELD, nature, type, {axis, NULL }, read_##word }
#define SERIES(word, name, unit, nature, type, axis, text) \
    { #word, unit, text, SAH_SERIES, nature, type, {axis, NULL }, read_##name }
#define LEDGER(word, name, unit, axis_a, axis_b, text) \
    { #word, unit, text, SAH_LEDGER, SAH_FLOW, SAH_F64, {axis_a, axis_b }, read_##name }

const struct sah_observable sah_sahel_observables[] = {
    FIELD(events, "1", SAH_FLOW, SAH_I32, NULL, "Events of organised violence"),
    FIELD(deaths, "persons", SAH_FLOW, SAH_I32, NULL, "Deaths in organised violence"),
    FIELD(control, "1", SAH_STOCK, SAH_F32, NULL,
          "Control, from -2 (state) to 2 (insurgents)"),
    FIELD(presence, "persons", SAH_STOCK, SAH_F32, "faction",
          "Fighters felt, by armed group"),
    FIELD(displaced, "persons", SAH_STOCK, SAH_I32, NULL,
          "Displaced people living here"),
    FIELD(people, "persons", SAH_STOCK, SAH_I32, NULL, "People living here"),
    FIELD(state, "1", SAH_STOCK, SAH_F32, NULL, "Presence of the state, 0 to 1"),
    FIELD(soldiers, "persons", SAH_STOCK, SAH_F32, NULL, "National soldiers felt"),
    FIELD(foreign, "persons", SAH_STOCK, SAH_F32, NULL, "Foreign soldiers felt"),
    FIELD(insurgents, "persons", SAH_STOCK, SAH_F32, NULL,
          "Fighters felt, of those at war with states"),
    FIELD(operation, "1", SAH_STOCK, SAH_F32, NULL,
          "Strength of a running area operation, 0 to 1"),
    FIELD(recruits_cell, "persons", SAH_FLOW, SAH_I32, NULL, "Recruits from here"),
    FIELD(drought, "1", SAH_STOCK, SAH_F32, NULL, "Shortage of pasture and harvest"),
    FIELD(tips, "1", SAH_STOCK, SAH_F32, NULL,
          "Willingness to inform on insurgents, 0 to 1"),
    FIELD(pact, "1", SAH_STOCK, SAH_I16, NULL,
          "Number of the armed group it has a pact with, or -1"),

    FIELD(refuge, "1", SAH_STOCK, SAH_F32, NULL,
          "How far an accord keeps the state out, 0 to 1"),

    SERIES(events, all_events, "1", SAH_FLOW, SAH_I32, NULL, "Events"),
    SERIES(deaths, all_deaths, "persons", SAH_FLOW, SAH_I32, NULL, "Deaths"),
    SERIES(observed_events, seen_events, "1", SAH_FLOW, SAH_I32, NULL,
           "Events of the day that are recorded"),
    SERIES(observed_deaths, seen_deaths, "persons", SAH_FLOW, SAH_I32, NULL,
           "Deaths recorded of the events of the day"),
    SERIES(displaced, all_displaced, "persons", SAH_STOCK, SAH_I64, NULL,
           "Displaced people"),
    SERIES(events_by_country, events_country, "1", SAH_FLOW, SAH_I32, "country",
           "Events by country"),
    SERIES(deaths_by_country, deaths_country, "persons", SAH_FLOW, SAH_I32, "country",
           "Deaths by country"),
    SERIES(displaced_by_country, displaced_country, "persons", SAH_STOCK, SAH_I64,
           "country", "Displaced people by country of stay"),
    SERIES(fighters, fighters, "persons", SAH_STOCK, SAH_I32, "faction", "Fighters"),
    SERIES(bands, bands, "1", SAH_STOCK, SAH_I32, "faction", "Bands"),
    SERIES(recruits, recruits_faction, "persons", SAH_FLOW, SAH_I32, "faction",
           "Recruits by armed group"),
    SERIES(killed, lost_faction, "persons", SAH_FLOW, SAH_I32, "faction",
           "Fighters killed"),
    SERIES(left, left_faction, "persons", SAH_FLOW, SAH_I32, "faction",
           "Fighters who left"),
    SERIES(treasury, treasury, "0.01 USD", SAH_STOCK, SAH_F64, "faction", "Treasury"),
    SERIES(arrears, arrears, "1", SAH_STOCK, SAH_F32, "faction",
           "Share of pay not met lately"),
    SERIES(distance_from_home, distance, "km", SAH_STOCK, SAH_F32, "faction",
           "Mean way of fighters from where their band was raised"),
    SERIES(firepower, firepower, "1", SAH_STOCK, SAH_F32, "faction",
           "Fire by weapons bought, against habit"),
    SERIES(mobility, mobility, "1", SAH_STOCK, SAH_F32, "faction",
           "Reach by motorcycles and fuel, against habit"),
    SERIES(contact, contactable, "1", SAH_STOCK, SAH_F32, "faction",
           "How well bands find each other, against habit"),
    SERIES(cohesion, cohesion, "1", SAH_STOCK, SAH_F32, "faction",
           "Cohesion, 0 falls apart to 1 one body"),
    SERIES(leadership, leadership, "1", SAH_STOCK, SAH_F32, "faction",
           "How settled the leadership is, 0 to 1"),
    SERIES(drive, drive, "1", SAH_STOCK, SAH_F32, "faction",
           "Tempo by leadership, against habit"),
    SERIES(pledged_to, pledged, "1", SAH_STOCK, SAH_I16, "faction",
           "Number of the faction its pledge in force goes to, or -1"),
    SERIES(truce, truce, "1", SAH_STOCK, SAH_F32, "faction",
           "Share of its war on states laid down"),
    {"stance",
     "1",
     "Stance of armed groups, -1 war to 1 allied",
     SAH_SERIES,
     SAH_STOCK,
     SAH_F32,
     {"faction", "faction"},
     read_stance},
    SERIES(soldiers, soldiers_force, "persons", SAH_STOCK, SAH_I32, "force",
           "Soldiers in the field"),
    SERIES(posts_left, posts_left, "1", SAH_STOCK, SAH_I32, "force",
           "Units that have given up their post"),
    SERIES(response, response, "1", SAH_STOCK, SAH_F32, "force",
           "Share of calls answered in time"),

    LEDGER(deaths_by_kind, deaths_kind, "persons", "kind", "country",
           "Deaths by kind of event"),
    LEDGER(events_by_kind, events_kind, "1", "kind", "country", "Events by kind"),
    LEDGER(deaths_by_violence, deaths_type, "persons", "violence", "country",
           "Deaths by kind of organised violence"),
    LEDGER(events_by_violence, events_type, "1", "violence", "country",
           "Events by kind of organised violence"),
    LEDGER(deaths_by_cause, deaths_cause, "persons", "cause", "country",
           "Deaths by cause of the event"),
    LEDGER(events_by_cause, events_cause, "1", "cause", "country",
           "Events by what they came from"),
    LEDGER(wounded_by_cause, wounded_cause, "persons", "cause", "country",
           "Wounded by cause of the event"),
    LEDGER(deaths_by_actor, deaths_actor, "persons", "side_a", "country",
           "Deaths in events by who struck"),
    LEDGER(events_by_actor, events_actor, "1", "side_a", "country",
           "Events by who struck"),
    LEDGER(turns_by_cause, turns, "1", "turn", "turn_cause",
           "Turns in the relations of armed groups, by cause"),
    LEDGER(left_by_cause, left_exit, "persons", "exit", "faction",
           "Fighters who left, by reason"),
    LEDGER(came_by_cause, came_exit, "persons", "exit", "faction",
           "Fighters who came over from other armed groups or from prison, by reason"),
    LEDGER(deaths_by_side, deaths_side, "persons", "side", "country", "Who died"),
    LEDGER(recruits_by_reason, recruits, "persons", "reason", "country",
           "Recruits by first reason"),
    LEDGER(recruits_by_group, recruits_group, "persons", "faction", "group",
           "Recruits by armed group and ethnic group"),
    LEDGER(moved_by_cause, moved, "persons", "move", "country",
           "Flights and returns by cause and country of origin"),
    LEDGER(pacts_by_cause, pacts, "1", "pact_turn", "country",
           "Local pacts begun and ended, by cause"),
    LEDGER(money_by_stream, money, "USD", "stream", "faction", "Money by stream"),
    {0},
};
