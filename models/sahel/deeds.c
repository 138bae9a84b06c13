/* Deeds: what mechanisms do to the world, with every count and sum kept in step.
 *
 * Called from `apply` only, one after another in fixed order. */
#include "models/sahel/world.h"

#include <string.h>

/* ---- fear ---- */

/* What a death adds to the fear of those who hear of it on the spot. */
#define FEAR_OWN_GROUP 0.012f
#define FEAR_OTHERS    0.004f
#define FEAR_BATTLE    0.001f
#define FEAR_MOST      0.5f /* a day can add */

/* Harm is heard of around: as pending hurt or menace, falling with distance. `group` <
 * 0: nobody's in particular. */
static void spread_fear(const struct sah_world *world, float *pending, int32_t cell,
                        int group, float own, float others) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_around *felt = &s->felt[cell / world->grid.nlon];
    for (int32_t k = 0; k < felt->n; k++) {
        int32_t c = sahel_beside(&world->grid, felt, cell, k);
        if (c == SAH_NOWHERE) continue;
        float *at = pending + (size_t)c * s->ngroups;
        for (int g = 0; g < (int)s->ngroups; g++) {
            float sum = at[g] + felt->weight[k] * (g == group ? own : others);
            at[g] = sum < FEAR_MOST ? sum : FEAR_MOST;
        }
    }
}

void sah_deed_hear(struct sah_world *world, int32_t cell, double count, bool by_state) {
    struct sahel *s = sahel_of(world);
    float fear = (float)count * FEAR_OTHERS;
    spread_fear(world, by_state ? s->hurt : s->menace, cell, -1, fear, fear);
}

/* ---- events ---- */

static enum sahel_violence violence_of(const struct sahel *s,
                                       const struct sahel_happening *h) {
    int16_t civilians = sahel_actor_civilians(s);
    if (h->side_a == civilians) return SAHEL_NON_STATE; /* communities */
    if (h->side_b == civilians) return SAHEL_ONE_SIDED;
    bool force_a = h->side_a >= (int16_t)s->nfactions;
    bool force_b = h->side_b >= (int16_t)s->nfactions;
    return force_a || force_b ? SAHEL_STATE_BASED : SAHEL_NON_STATE;
}

static void count_deaths_by_side(struct sahel *s, const struct sahel_happening *h,
                                 size_t country) {
    int16_t first_force = (int16_t)s->nfactions;
    size_t n = s->ncountries;
    s->deaths_side[(size_t)(h->side_a >= first_force) * n + country] += h->deaths_a;
    s->deaths_side[(size_t)(h->side_b >= first_force) * n + country] += h->deaths_b;
    s->deaths_side[2 * n + country] += h->deaths_civilians;
}

/* With the dead come wounded: Poisson, by draws of the event's own. */
static int32_t wounded_of(const struct sah_world *world, uint64_t event,
                          int32_t deaths) {
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_WOUNDED, event);
    return (int32_t)sah_poisson(&rng, sahel_of(world)->rates.wounded * deaths);
}

int sah_deed_event(struct sah_world *world, const struct sahel_happening *h,
                   struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    size_t i, country = (size_t)sahel_country_of(world, h->cell);
    int status = sah_population_add(&s->events.base, 1, &i, err);
    if (status) return status;
    struct sahel_events *e = &s->events;
    int32_t deaths = h->deaths_a + h->deaths_b + h->deaths_civilians;
    enum sahel_violence violence = violence_of(s, h);
    e->id[i] = sah_log_number(&world->logs[SAHEL_LOG_EVENTS], i);
    e->cell[i] = h->cell;
    e->country[i] = (uint8_t)country;
    e->date[i] = world->today;
    e->violence[i] = (uint8_t)violence;
    e->kind[i] = (uint8_t)h->kind;
    e->cause[i] = (uint8_t)h->cause;
    e->side_a[i] = h->side_a;
    e->side_b[i] = h->side_b;
    e->strength_a[i] = h->strength_a;
    e->strength_b[i] = h->strength_b;
    e->deaths_a[i] = h->deaths_a;
    e->deaths_b[i] = h->deaths_b;
    e->deaths_civilians[i] = h->deaths_civilians;
    e->wounded[i] = h->spared + wounded_of(world, e->id[i], deaths);
    e->deaths[i] = deaths;
    e->band[i] = h->band;
    e->response_hours[i] = -1;

    s->events_cell[h->cell]++;
    s->deaths_cell[h->cell] += deaths;
    s->events_kind[(size_t)h->kind * s->ncountries + country]++;
    s->deaths_kind[(size_t)h->kind * s->ncountries + country] += deaths;
    size_t cause = (size_t)h->cause * s->ncountries + country;
    s->events_cause[cause]++;
    s->deaths_cause[cause] += deaths;
    s->wounded_cause[cause] += e->wounded[i];
    s->events_type[(size_t)violence * s->ncountries + country]++;
    s->deaths_type[(size_t)violence * s->ncountries + country] += deaths;
    size_t actor = (size_t)h->side_a * s->ncountries + country;
    s->events_actor[actor]++;
    s->deaths_actor[actor] += deaths;
    count_deaths_by_side(s, h, country);
    int32_t battle = h->deaths_a + h->deaths_b;
    float *whom = h->side_a < (int16_t)s->nfactions ? s->menace : s->hurt;
    if (battle) spread_fear(world, whom, h->cell, -1, 0, FEAR_BATTLE * (float)battle);
    return SAH_OK;
}

int sah_deed_turn(struct sah_world *world, const struct sahel_turn *turn,
                  struct sah_error *err) {
    struct sahel_allegiances *a = &sahel_of(world)->allegiances;
    size_t i;
    int status = sah_population_add(&a->base, 1, &i, err);
    if (status) return status;
    a->id[i] = sah_log_number(&world->logs[SAHEL_LOG_ALLEGIANCES], i);
    a->date[i] = world->today;
    a->kind[i] = (uint8_t)turn->kind;
    sahel_of(world)->turns[(int)turn->kind * SAHEL_NTURN_CAUSES + (int)turn->cause]++;
    a->side_a[i] = turn->side_a;
    a->side_b[i] = turn->side_b;
    a->fighters[i] = turn->fighters;
    a->cause[i] = (uint8_t)turn->cause;
    return SAH_OK;
}

/* ---- deaths ---- */

/* The agent that holds person number `at` of a cell (of one group, or any). */
static size_t agent_of_person(const struct sahel *s, int32_t cell, int group,
                              int64_t at) {
    const struct sahel_communities *c = &s->communities;
    int64_t i = c->base.first[cell];
    for (; i < c->base.first[cell + 1]; i++) {
        if (c->cell[i] != cell || (group >= 0 && c->group[i] != group)) continue;
        if (at < c->people[i]) return (size_t)i;
        at -= c->people[i];
    }
    sah_bug(__FILE__, __LINE__, "a person is counted that no agent holds");
    return 0;
}

/* People of a cell that stand in its sorted range: those who came today do not. */
static int64_t people_present(const struct sahel *s, int32_t cell, int group) {
    const struct sahel_communities *c = &s->communities;
    int64_t total = 0;
    for (int64_t i = c->base.first[cell]; i < c->base.first[cell + 1]; i++)
        if (c->cell[i] == cell && (group < 0 || c->group[i] == group))
            total += c->people[i];
    return total;
}

int64_t sah_deed_someone(const struct sah_world *world, int32_t cell,
                         struct sah_rng *rng) {
    const struct sahel *s = sahel_of(world);
    int64_t present = people_present(s, cell, -1);
    return present > 0 ? (int64_t)agent_of_person(s, cell, -1, sah_below(rng, present))
                       : -1;
}

int32_t sah_deed_kill_people(struct sah_world *world, int32_t cell, int group,
                             int32_t count, bool by_state, struct sah_rng *rng) {
    struct sahel *s = sahel_of(world);
    struct sahel_communities *c = &s->communities;
    int64_t present = people_present(s, cell, group);
    int32_t killed = present < count ? (int32_t)present : count;
    for (int32_t k = 0; k < killed; k++) {
        size_t i = agent_of_person(s, cell, group, sah_below(rng, present - k));
        c->people[i]--;
        s->people_group[(size_t)cell * s->ngroups + c->group[i]]--;
        s->people_now[cell]--;
        if (c->origin[i] != SAHEL_AT_HOME) s->displaced_now[cell]--;
        spread_fear(world, by_state ? s->hurt : s->menace, cell, c->group[i],
                    FEAR_OWN_GROUP, FEAR_OTHERS);
        if (c->people[i] == 0) c->cell[i] = SAH_NOWHERE;
    }
    s->sum[SAHEL_SUM_CIVILIANS_KILLED] += killed;
    return killed;
}

int32_t sah_deed_kill_fighters(struct sah_world *world, size_t band, int32_t count) {
    struct sahel *s = sahel_of(world);
    int32_t *fighters = &s->bands.fighters[band];
    int32_t killed = count < *fighters ? count : *fighters;
    *fighters -= killed;
    if (*fighters == 0) s->bands.cell[band] = SAH_NOWHERE;
    s->lost_faction[s->bands.faction[band]] += killed;
    s->sum[SAHEL_SUM_FIGHTERS_KILLED] += killed;
    return killed;
}

static void book_change(struct sahel *s, int from, int to, int32_t count,
                        enum sahel_exit exit) {
    s->left_faction[(size_t)exit * s->nfactions + (size_t)from] += count;
    s->came_faction[(size_t)exit * s->nfactions + (size_t)to] += count;
}

void sah_deed_change_side(struct sah_world *world, size_t band, int faction,
                          enum sahel_exit exit) {
    struct sahel_bands *b = &sahel_of(world)->bands;
    book_change(sahel_of(world), b->faction[band], faction, b->fighters[band], exit);
    b->faction[band] = (int16_t)faction;
}

int32_t sah_deed_kill_soldiers(struct sah_world *world, size_t post, int32_t count) {
    struct sahel *s = sahel_of(world);
    int32_t *soldiers = &s->posts.soldiers[post];
    int32_t killed = count < *soldiers ? count : *soldiers;
    if (*soldiers > 0) s->posts.pressure[post] += (float)killed / (float)*soldiers;
    *soldiers -= killed;
    s->sum[SAHEL_SUM_SOLDIERS_KILLED] += killed;
    return killed;
}

int32_t sah_deed_defect(struct sah_world *world, size_t from, size_t to,
                        int32_t count) {
    struct sahel *s = sahel_of(world);
    struct sahel_bands *b = &s->bands;
    int32_t gone = count < b->fighters[from] ? count : b->fighters[from];
    b->fighters[from] -= gone;
    b->fighters[to] += gone;
    if (b->fighters[from] == 0) b->cell[from] = SAH_NOWHERE;
    book_change(s, b->faction[from], b->faction[to], gone, SAHEL_EXIT_DEFECTED);
    return gone;
}

void sah_deed_free_fighters(struct sah_world *world, size_t band, int32_t count) {
    struct sahel *s = sahel_of(world);
    size_t faction = (size_t)s->bands.faction[band];
    s->bands.fighters[band] += count;
    s->came_faction[SAHEL_EXIT_FREED * s->nfactions + faction] += count;
    s->sum[SAHEL_SUM_FREED] += count;
}

/* ---- money ---- */

static void book(struct sahel *s, int faction, enum sahel_stream stream,
                 int64_t cents) {
    s->treasury[faction] += cents;
    s->money[(size_t)stream * s->nfactions + (size_t)faction] += cents;
}

void sah_deed_earn(struct sah_world *world, int faction, enum sahel_stream stream,
                   int64_t cents) {
    struct sahel *s = sahel_of(world);
    book(s, faction, stream, cents);
    s->sum[SAHEL_SUM_MONEY_IN] += cents;
}

int64_t sah_deed_spend(struct sah_world *world, int faction, enum sahel_stream stream,
                       int64_t cents) {
    struct sahel *s = sahel_of(world);
    int64_t have = s->treasury[faction];
    int64_t spent = cents < have ? cents : have;
    book(s, faction, stream, -spent);
    s->sum[SAHEL_SUM_MONEY_OUT] += spent;
    return spent;
}

void sah_deed_share(struct sah_world *world, int from, int to, int64_t cents) {
    struct sahel *s = sahel_of(world);
    book(s, from, SAHEL_SHARED, -cents);
    book(s, to, SAHEL_SHARED, cents);
}

/* ---- bands and places ---- */

int sah_deed_raise_band(struct sah_world *world, int faction, int32_t cell,
                        int32_t fighters, uint64_t parent, uint32_t ordinal,
                        struct sah_error *err) {
    struct sahel_bands *b = &sahel_of(world)->bands;
    size_t i;
    int status = sah_population_add(&b->base, 1, &i, err);
    if (status) return status;
    b->id[i] = sah_id_child(parent, world->tick, ordinal);
    b->cell[i] = b->home[i] = cell;
    b->fighters[i] = fighters;
    b->faction[i] = (int16_t)faction;
    b->gear[i] = 0.5f;
    return SAH_OK;
}

int32_t sah_place_cell(const struct sah_world *world, const char *name) {
    const struct sah_geography *geo = world->geo;
    for (size_t i = 0; i < geo->nbases; i++)
        if (strcmp(geo->base[i].name, name) == 0)
            return sah_grid_cell(&world->grid, geo->base[i].lon, geo->base[i].lat);
    for (size_t i = 0; i < geo->nplaces; i++)
        if (strcmp(geo->place[i].name, name) == 0)
            return sah_grid_cell(&world->grid, geo->place[i].lon, geo->place[i].lat);
    return SAH_NOWHERE;
}

static const char *place_near(const struct sah_world *world, const char *name) {
    const struct sah_geography *geo = world->geo;
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < geo->nbases; i++)
        sah_nearer(name, geo->base[i].name, &best, &distance);
    for (size_t i = 0; i < geo->nplaces; i++)
        sah_nearer(name, geo->place[i].name, &best, &distance);
    return best;
}

void sah_place_complain(const struct sah_world *world, const struct sah_setting *at,
                        const char *name, struct sah_error *err) {
    const char *near = place_near(world, name);
    bool other = near && strcmp(near, name) != 0;
    sah_scenario_complain(err, sah_setting_part(at, name), at->path, name,
                          "no such place in the box (places.csv, bases.csv)%s%s%s",
                          other ? "; did you mean " : "", other ? near : "",
                          other ? "?" : "");
}

void sah_reach_add(const struct sah_world *world, float *field, int32_t cell,
                   float amount) {
    sah_reach_add_all(world, &(const struct sahel_reach){field, amount}, 1, cell);
}

void sah_reach_add_all(const struct sah_world *world, const struct sahel_reach *reach,
                       size_t n, int32_t cell) {
    const struct sah_grid *grid = &world->grid;
    const int32_t row = cell / grid->nlon, column = cell % grid->nlon;
    const struct sahel_around *felt = &sahel_of(world)->felt[row];
    for (int32_t k = 0; k < felt->n; k++) {
        int32_t r = row + felt->drow[k], c = column + felt->dcol[k];
        if (r < 0 || r >= grid->nlat || c < 0 || c >= grid->nlon) continue;
        size_t at = (size_t)(r * grid->nlon + c);
        float weight = felt->weight[k];
        for (size_t i = 0; i < n; i++) reach[i].field[at] += reach[i].amount * weight;
    }
}
