/* Mechanism 37, observed past: bands are drawn to where armed groups were seen.
 *
 * The scenario may list what was recorded, month by month: uses of force by camp, deaths
 * and harm to civilians, by cell of PRIO-GRID. On the first of each month up to the morrow
 * of `until`,
 *
 *   seen_f(c)  = sum over acts a of the camp of f  n_a share_f(a) 2^(-age_a / half_life),
 *                felt around as influence is;
 *   share_f(a) = k_f(a) / sum over its camp of k,  k = kin e^(-km from its homes / reach)
 *   each act of the month before calls a band of f with probability `pull` to a cell drawn
 *                by seen_f; there it is rooted by `rooted` at least, its home stays
 *   violence  := (1 - pull) violence + pull (deaths recorded, fading by `memory`)
 *
 * and people hear of last month's harm to civilians as if it had been done today. Numbers
 * of fighters, forces, money, and with `until` past all else, stay those of the run. So the
 * past steers where, not how many. After `until` nothing happens any more.
 *
 * A form of nudging, the simplest assimilation of data (Hoke and Anthes 1976), with chance
 * in place of a relaxed field, as bands are whole; form assumed. */
#include "models/sahel/family.h"
#include "models/sahel/world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AT(field) .at = offsetof(struct sahel_record, field)
#define SEEN(word, field, what, text)                                                \
    {                                                                                \
        .key = word, .type = SAH_SHARES, AT(field), .unit = what, .min = 0,          \
        .max = 1e6, .def_text = "", .fixed = true, .source = "scenario", .doc = text \
    }
/* clang-format off */
const struct sah_param sah_sahel_record_table[] = {
    {.key = "from", .type = SAH_DATE, AT(from), .unit = "1", .required = true,
     .fixed = true, .source = "scenario", .doc = "First day of the month it tells of"},
    SEEN("acts", acts, "1", "Uses of force, by camp@gid, such as al_qaeda@148729"),
    SEEN("deaths", deaths, "persons", "Deaths of all kinds, by gid of PRIO-GRID"),
    SEEN("harm", harm, "persons", "Civilians killed, by insurgents@gid and forces@gid"),
    {0},
};
/* clang-format on */
#undef AT

enum told { ACTS, DEATHS, BY_INSURGENTS, BY_FORCES };
struct sighting {
    int32_t day, cell; /* the middle of its month */
    int told, camp;
    double value;
};

struct past {
    int32_t until;
    double pull, half_life, memory, rooted;
    size_t n;
    struct sighting *sighting; /* by month */
    int32_t *home;             /* cells of the homes of factions, one after another */
    float *seen;               /* [cell] scratch */
    double *weight;            /* [cell] scratch */
};

#define AT(field) .at = offsetof(struct past, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "until", .type = SAH_DATE, AT(until), .unit = "1", .def_text = "2018-10-31",
     .fixed = true, .source = "scenario", .doc = "Last day of the past that steers"},
    {.key = "pull", .type = SAH_REAL, AT(pull), .unit = "1", .def = 0.5, .max = 1,
     .source = "assumed",
     .doc = "Chance that an act on record calls a band; weight of recorded deaths"},
    {.key = "half_life", .type = SAH_REAL, AT(half_life), .unit = "day", .def = 180,
     .min = 5, .max = 10000, .source = "assumed",
     .doc = "Time in which what was seen loses half its weight"},
    {.key = "memory", .type = SAH_REAL, AT(memory), .unit = "day", .def = 45, .min = 1,
     .max = 1000, .source = "influence.memory",
     .doc = "Time in which half of the memory of recorded deaths fades"},
    {.key = "rooted", .type = SAH_REAL, AT(rooted), .unit = "1", .def = 0.4, .max = 1,
     .source = "bands.rooted", .doc = "How rooted a band is at least where it was seen"},
    {0},
};
/* clang-format on */

/* ---- names ------------------------------------------------------------------------- */

static const char *const camps[] = {
    [SAHEL_CAMP_QAIDA] = "al_qaeda",
    [SAHEL_CAMP_STATE_ISLAMIQUE] = "islamic_state",
    [SAHEL_CAMP_REBEL] = "rebel",
    [SAHEL_CAMP_LOYAL] = "loyal",
    [SAHEL_CAMP_SELF_DEFENCE] = "self_defence",
};
enum { NCAMPS = sizeof camps / sizeof *camps };

/* The cell around the centre of one of PRIO-GRID; false where that is no number of it. */
static bool cell_of(const struct sah_world *world, const char *gid, int32_t *cell) {
    enum { COLUMNS = 720, CELLS = 360 * COLUMNS };
    char *end;
    long number = strtol(gid, &end, 10);
    if (end == gid || *end || number < 1 || number > CELLS) return false;
    long row = (number - 1) / COLUMNS, column = (number - 1) % COLUMNS;
    *cell = sah_grid_cell(&world->grid, (double)column / 2 - 179.75,
                          (double)row / 2 - 89.75);
    return true;
}

/* What stands before the @, by number; -1 where it is unknown. */
static int word_of(const char *name, const char *const *words, int n) {
    for (int k = 0; k < n; k++) {
        size_t length = words[k] ? strlen(words[k]) : 0;
        if (length && strncmp(name, words[k], length) == 0 && name[length] == '@')
            return k;
    }
    return -1;
}

/* One entry of a row; false where its name means nothing. Places beyond the box are
 * left out. */
static bool add(struct past *own, const struct sah_world *world,
                const struct sahel_record *record, int told, const char *name,
                double value) {
    static const char *const sides[] = {"insurgents", "forces"};
    struct sighting s = {.day = record->from + 15, .told = told, .value = value};
    const char *at = strchr(name, '@');
    int word = 0;
    if (told == ACTS) word = s.camp = word_of(name, camps, NCAMPS);
    if (told == BY_INSURGENTS) s.told += word = word_of(name, sides, 2);
    if (word < 0 || (told != DEATHS && !at)) return false;
    if (!cell_of(world, told == DEATHS ? name : at + 1, &s.cell)) return false;
    if (s.cell != SAH_NOWHERE && world->theatre[s.cell]) own->sighting[own->n++] = s;
    return true;
}

static void complain(const struct sah_world *world, const struct sahel_record *record,
                     const char *key, const char *name, struct sah_error *err) {
    char path[256];
    snprintf(path, sizeof path, "record.%.200s.%.40s", record->name, key);
    const struct sah_setting *at = sah_binding_find(&world->binding, path);
    SAH_BUG_IF(!at, "a list item without its own row");
    sah_scenario_complain(err, sah_setting_part(at, name), at->path, name,
                          "must be a number of PRIO-GRID, with its camp or side "
                          "before it, such as al_qaeda@148729 or forces@148729");
}

static void take(struct past *own, const struct sah_world *world,
                 const struct sahel_record *record, struct sah_error *err) {
    const struct {
        const char *key;
        const struct sah_shares *shares;
        int told;
    } part[] = {{"acts", &record->acts, ACTS},
                {"deaths", &record->deaths, DEATHS},
                {"harm", &record->harm, BY_INSURGENTS}};
    for (size_t p = 0; p < sizeof part / sizeof *part; p++)
        for (size_t k = 0; k < part[p].shares->n; k++)
            if (!add(own, world, record, part[p].told, part[p].shares->name[k],
                     part[p].shares->share[k]))
                complain(world, record, part[p].key, part[p].shares->name[k], err);
}

static int resolve(void *self, struct sah_world *world, struct sah_error *err) {
    struct past *own = self;
    const struct sahel *s = sahel_of(world);
    size_t most = 1, cells = (size_t)world->grid.ncells;
    for (size_t i = 0; i < s->nrecords; i++)
        most += s->record[i].acts.n + s->record[i].deaths.n + s->record[i].harm.n;
    own->sighting = calloc(most, sizeof *own->sighting);
    own->seen = calloc(cells + 1, sizeof *own->seen);
    own->weight = calloc(cells + 1, sizeof *own->weight);
    if (!own->sighting || !own->seen || !own->weight)
        return sah_error_add(err, SAH_MEMORY, "no memory for the observed past");
    for (size_t i = 0; i < s->nrecords; i++) take(own, world, &s->record[i], err);
    return err->code;
}

/* ---- bands ------------------------------------------------------------------------- */

/* How far a faction is at home in a cell: kin there, and near its first places. */
static double at_home(const struct past *own, const struct sah_world *world,
                      size_t faction, int32_t cell) {
    const struct sahel *s = sahel_of(world);
    const int32_t *home = own->home;
    const struct sahel_faction *f = &s->faction[faction];
    double kin = 1, near = INFINITY;
    for (size_t g = 0; g < s->ngroups; g++)
        kin += (double)s->affinity[faction * s->ngroups + g] *
               s->people_group[(size_t)cell * s->ngroups + g];
    for (size_t k = 0; k < faction; k++) home += s->faction[k].homes.n;
    for (size_t k = 0; k < f->homes.n; k++) {
        double km = sah_grid_distance_km(&world->grid, home[k], cell);
        if (km < near) near = km;
    }
    return f->homes.n ? kin * sah_exp(-near / (f->reach_km + 1)) : 0;
}

/* Of acts of its camp in a cell, the part that is taken for the faction's. */
static double share_of(const struct past *own, const struct sah_world *world,
                       size_t faction, int32_t cell) {
    const struct sahel *s = sahel_of(world);
    double all = 0, mine = 0;
    for (size_t f = 0; f < s->nfactions; f++) {
        if (!s->active[f] || s->faction[f].camp != s->faction[faction].camp) continue;
        double here = at_home(own, world, f, cell);
        all += here;
        if (f == faction) mine = here;
    }
    return all > 0 ? mine / all : 0;
}

/* Told of the month before? */
static bool is_new(const struct sighting *s, const struct sah_world *world) {
    enum { MONTH = 31 };
    return s->day >= world->today - MONTH;
}

/* Fills `seen` for a faction; returns the number of its acts in the month before. */
static double look_for(struct past *own, const struct sah_world *world,
                       size_t faction) {
    size_t n = (size_t)world->grid.ncells;
    double called = 0;
    memset(own->seen, 0, n * sizeof *own->seen);
    for (size_t k = 0; k < own->n; k++) {
        const struct sighting *a = &own->sighting[k];
        if (a->told != ACTS || a->camp != sahel_of(world)->faction[faction].camp ||
            a->day >= world->today)
            continue;
        double left = sahel_left(own->half_life, world->today - a->day);
        double mine = a->value * share_of(own, world, faction, a->cell);
        if (mine > 0) sah_reach_add(world, own->seen, a->cell, (float)(mine * left));
        if (is_new(a, world)) called += mine;
    }
    for (size_t c = 0; c < n; c++)
        own->weight[c] = world->theatre[c] ? (double)own->seen[c] : 0;
    return called;
}

/* For each act a band is called; which, is drawn. */
static void move_bands(const struct past *own, struct sah_world *world, int faction,
                       double called) {
    struct sahel_bands *b = &sahel_of(world)->bands;
    double bands = 0;
    for (size_t i = 0; i < b->base.n; i++)
        bands += b->faction[i] == faction && b->cell[i] != SAH_NOWHERE;
    double chance = own->pull * (called < bands ? called / bands : 1);
    for (size_t i = 0; i < b->base.n; i++) {
        if (b->faction[i] != faction || b->cell[i] == SAH_NOWHERE) continue;
        struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_PAST, b->id[i]);
        if (!sah_bernoulli(&rng, chance)) continue;
        int32_t to =
            (int32_t)sah_discrete(&rng, own->weight, (size_t)world->grid.ncells);
        b->cell[i] = to;
        if ((double)b->embedded[i] < own->rooted) b->embedded[i] = (float)own->rooted;
    }
}

/* ---- people ------------------------------------------------------------------------ */

static void remember(struct past *own, struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells;
    float pull = (float)own->pull;
    memset(own->seen, 0, n * sizeof *own->seen);
    for (size_t k = 0; k < own->n; k++) {
        const struct sighting *d = &own->sighting[k];
        if (d->told != DEATHS || d->day >= world->today) continue;
        sah_reach_add(
            world, own->seen, d->cell,
            (float)(d->value * sahel_left(own->memory, world->today - d->day)));
    }
    for (size_t c = 0; c < n; c++)
        s->violence[c] = (1 - pull) * s->violence[c] + pull * own->seen[c];
}

static void hear(const struct past *own, struct sah_world *world) {
    for (size_t k = 0; k < own->n; k++) {
        const struct sighting *h = &own->sighting[k];
        if (h->told < BY_INSURGENTS || h->day >= world->today || !is_new(h, world))
            continue;
        sah_deed_hear(world, h->cell, h->value, h->told == BY_FORCES);
    }
}

static int steer(void *self, struct sah_world *world, struct sah_error *err) {
    struct past *own = self;
    struct sahel *s = sahel_of(world);
    bool due = sah_date_of(world->today).day == 1 && world->today <= own->until + 1;
    if (!due || !own->n) return SAH_OK;
    for (size_t f = 0; f < s->nfactions; f++) {
        if (!s->active[f] || !s->faction[f].camp) continue;
        double called = look_for(own, world, f);
        if (called > 0) move_bands(own, world, (int)f, called);
    }
    remember(own, world);
    hear(own, world);
    return sah_population_sort(&s->bands.base, (size_t)world->grid.ncells, err);
}

/* Where factions are at home; others have found these places sound. */
static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct past *own = self;
    const struct sahel *s = sahel_of(world);
    size_t n = 0;
    for (size_t f = 0; f < s->nfactions; f++) n += s->faction[f].homes.n;
    own->home = calloc(n + 1, sizeof *own->home);
    if (!own->home)
        return sah_error_add(err, SAH_MEMORY, "no memory for the observed past");
    n = 0;
    for (size_t f = 0; f < s->nfactions; f++)
        for (size_t k = 0; k < s->faction[f].homes.n; k++)
            own->home[n++] = sah_place_cell(world, s->faction[f].homes.name[k]);
    return SAH_OK;
}

static void free_own(void *self) {
    struct past *own = self;
    free(own->home);
    free(own->sighting);
    free(own->seen);
    free(own->weight);
}

static const struct sah_act acts[] = {
    {SAHEL_MOVE, SAH_NOTHING, NULL, steer,
     "On the first of a month bands are drawn to what was recorded"},
    {0},
};

const struct sah_model sah_model_past = {
    .name = "past",
    .doc = "A recorded past steers where bands are",
    .reference = "ODD 7.37",
    .off = true,
    .acts = acts,
    .size = sizeof(struct past),
    .params = params,
    .resolve = resolve,
    .init = init,
    .free = free_own,
};
