/* Mechanism 33, local pacts: a place buys peace from the group that is strongest there.
 *
 * Every tenth day the people of a cell without a pact agree with a hazard per day
 *
 *   readiness  B/(B + half)  N/(N + dread)  (1 - state)
 *
 * B fighters felt of the strongest bloc that is after rule and at war with states, N the
 * mean fear of insurgents of its people. A pact ends with the sum of the hazards
 *
 *   by_force M/(M + half_force)     M soldiers felt, national and foreign
 *   by_rival R/(R + B)              R fighters felt of the strongest other such bloc
 *   gone     2/(2 + B)              the group has left
 *   ln 2 / lasts                    time
 *
 * While it lasts, in that cell and for that bloc: its zone of control (15) calls for no
 * more attacks on civilians than habit, of which `spare` are left out; tips fall by
 * `hush`, levies rise by `tax`, and its rules make up for a share `rule` of the presence
 * that it lacks in the eyes of control.
 *
 * Source: why people obey and what they get for it, Arjona (2016); orders agreed between
 * armed groups and local powers, Staniland (2012); people side with who can protect and
 * punish them, Kalyvas (2006). Hazards in place of their types of order; forms assumed. */
#include "models/sahel/world.h"

#include <stdlib.h>

struct local_pacts {
    double readiness, half, dread;
    double by_force, half_force, by_rival, gone, lasts;
    double spare, hush, tax, rule;
    float *fear; /* scratch: mean fear of insurgents by cell */
};

#define AT(field) .at = offsetof(struct local_pacts, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "readiness", .type = SAH_REAL, AT(readiness), .unit = "1/day", .def = 0.01,
     .max = 1, .source = "assumed",
     .doc = "Hazard of agreeing under full presence and fear where no state is"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "persons", .def = 30,
     .min = 0.1, .max = 10000, .source = "assumed",
     .doc = "Fighters felt that are half of full presence"},
    {.key = "dread", .type = SAH_REAL, AT(dread), .unit = "1", .def = 0.1, .min = 0.001,
     .max = 1, .source = "assumed",
     .doc = "Mean fear of insurgents that is half of full fear"},
    {.key = "by_force", .type = SAH_REAL, AT(by_force), .unit = "1/day", .def = 0.01,
     .max = 1, .source = "assumed", .doc = "Hazard that full presence of forces ends it"},
    {.key = "half_force", .type = SAH_REAL, AT(half_force), .unit = "persons",
     .def = 150, .min = 1, .max = 100000, .source = "assumed",
     .doc = "Soldiers felt that are half of that"},
    {.key = "by_rival", .type = SAH_REAL, AT(by_rival), .unit = "1/day", .def = 0.01,
     .max = 1, .source = "assumed", .doc = "Hazard that a rival alone on the spot ends it"},
    {.key = "gone", .type = SAH_REAL, AT(gone), .unit = "1/day", .def = 0.02, .max = 1,
     .source = "assumed", .doc = "Hazard that it ends where the group has left"},
    {.key = "lasts", .type = SAH_REAL, AT(lasts), .unit = "day", .def = 700, .min = 1,
     .max = 36500, .source = "assumed", .doc = "Time in which half of all pacts lapse"},
    {.key = "spare", .type = SAH_REAL, AT(spare), .unit = "1", .def = 0.8, .max = 1,
     .source = "assumed", .doc = "Share of the group's attacks on civilians left out"},
    {.key = "hush", .type = SAH_REAL, AT(hush), .unit = "1", .def = 0.5, .max = 1,
     .source = "assumed", .doc = "Share of tips not given"},
    {.key = "tax", .type = SAH_REAL, AT(tax), .unit = "1", .def = 0.5, .max = 5,
     .source = "assumed", .doc = "What the group takes more than without a pact"},
    {.key = "rule", .type = SAH_REAL, AT(rule), .unit = "1", .def = 0.4, .max = 1,
     .source = "assumed", .doc = "Share of lacking presence that its rules make up"},
    {0},
};
/* clang-format on */

enum { PERIOD = 10, NOBODY = -1 };

/* ---- who is there ---- */

static bool deals(const struct sahel *s, size_t faction) {
    return sahel_war(s, (int)faction) > 0 &&
           sahel_habits(s, (int)faction)->aim == SAHEL_AIM_RULE;
}

static double felt_of(const struct sahel *s, size_t faction, int32_t cell, size_t n) {
    return s->influence[faction * n + (size_t)cell];
}

/* Fighters felt of a faction's bloc, of those that deal. */
static double bloc_felt(const struct sahel *s, int faction, int32_t cell, size_t n) {
    double felt = 0;
    for (size_t f = 0; f < s->nfactions; f++)
        if (s->bloc[f] == s->bloc[faction] && deals(s, f))
            felt += felt_of(s, f, cell, n);
    return felt;
}

/* The strongest faction of the strongest bloc but `other`'s; NOBODY where none is felt. */
static int strongest(const struct sahel *s, int32_t cell, size_t n, int other) {
    int best = NOBODY;
    double most = 0, own = 0;
    for (size_t f = 0; f < s->nfactions; f++) {
        double felt = felt_of(s, f, cell, n);
        if (felt <= 0 || !deals(s, f)) continue;
        if (other != NOBODY && s->bloc[f] == s->bloc[other]) continue;
        double bloc = bloc_felt(s, (int)f, cell, n);
        if (bloc < most || (bloc <= most && felt <= own)) continue;
        best = (int)f;
        most = bloc;
        own = felt;
    }
    return best;
}

/* ---- begin and end ---- */

static float mean_fear(const struct sahel *s, int32_t cell) {
    const struct sahel_communities *c = &s->communities;
    double fear = 0, people = 0;
    for (int64_t i = c->base.first[cell]; i < c->base.first[cell + 1]; i++) {
        if (c->cell[i] != cell) continue;
        fear += (double)c->people[i] * (double)c->fear_insurgent[i];
        people += c->people[i];
    }
    return people > 0 ? (float)(fear / people) : 0;
}

static void count(struct sah_world *world, int32_t cell, enum sahel_pact what) {
    struct sahel *s = sahel_of(world);
    s->pacts[(size_t)what * s->ncountries + (size_t)sahel_country_of(world, cell)]++;
}

static void agree(const struct local_pacts *own, struct sah_world *world,
                  int32_t cell) {
    struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells;
    int with = strongest(s, cell, n, NOBODY);
    if (with == NOBODY) return;
    float felt = (float)bloc_felt(s, with, cell, n);
    double hazard = own->readiness * (double)sahel_pull(felt, (float)own->half) *
                    (double)sahel_pull(own->fear[cell], (float)own->dread) *
                    (1 - (double)s->state[cell]);
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_PACT, (uint64_t)cell + 1);
    if (!sah_bernoulli(&rng, -sah_expm1(-hazard * PERIOD))) return;
    s->pact[cell] = (int16_t)with;
    count(world, cell, SAHEL_PACT_AGREED);
}

static void hold(const struct local_pacts *own, struct sah_world *world, int32_t cell) {
    struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells;
    int with = s->pact[cell], rival = strongest(s, cell, n, with);
    double felt = bloc_felt(s, with, cell, n);
    double rivals = rival == NOBODY ? 0 : bloc_felt(s, rival, cell, n);
    float soldiers = s->soldiers_felt[cell] + s->cover[cell];
    const double hazard[SAHEL_NPACTS] = {
        [SAHEL_PACT_BY_FORCE] =
            own->by_force * (double)sahel_pull(soldiers, (float)own->half_force),
        [SAHEL_PACT_BY_RIVAL] =
            rivals > 0 ? own->by_rival * rivals / (rivals + felt) : 0,
        [SAHEL_PACT_GROUP_GONE] = own->gone * 2 / (2 + felt),
        [SAHEL_PACT_LAPSED] = sahel_fading(own->lasts)};
    double sum = 0;
    for (int k = 0; k < SAHEL_NPACTS; k++) sum += hazard[k];
    struct sah_rng rng = sahel_rng(world, SAHEL_DRAW_PACT_END, (uint64_t)cell + 1);
    if (!sah_bernoulli(&rng, -sah_expm1(-sum * PERIOD))) return;
    s->pact[cell] = NOBODY;
    count(world, cell, (enum sahel_pact)sah_discrete(&rng, hazard, SAHEL_NPACTS));
}

/* Fear is measured where somebody is felt. */
static void ask(void *self, struct sah_world *world, struct sah_span span) {
    const struct local_pacts *own = self;
    const struct sahel *s = sahel_of(world);
    if (world->tick % PERIOD) return;
    for (int32_t c = (int32_t)span.begin; c < span.end; c++)
        own->fear[c] =
            s->insurgent[c] > 0 && s->pact[c] == NOBODY ? mean_fear(s, c) : 0;
}

static int turn(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct local_pacts *own = self;
    struct sahel *s = sahel_of(world);
    if (world->tick % PERIOD) return SAH_OK;
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        if (s->pact[c] != NOBODY)
            hold(own, world, c);
        else if (own->fear[c] > 0)
            agree(own, world, c);
        bool kept = s->pact[c] != NOBODY;
        s->spared[c] = kept ? (float)own->spare : 0;
        s->dues[c] = kept ? (float)own->tax : 0;
        s->ruled[c] = kept ? (float)own->rule : 0;
    }
    return SAH_OK;
}

static void keep_silent(void *self, struct sah_world *world, struct sah_span span) {
    const struct local_pacts *own = self;
    struct sahel *s = sahel_of(world);
    for (int32_t c = (int32_t)span.begin; c < span.end; c++)
        if (s->pact[c] != NOBODY) s->tips[c] *= (float)(1 - own->hush);
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct local_pacts *own = self;
    own->fear = calloc((size_t)world->grid.ncells + 1, sizeof *own->fear);
    return own->fear ? SAH_OK : sah_error_add(err, SAH_MEMORY, "no memory for pacts");
}

static void free_own(void *self) {
    free(((struct local_pacts *)self)->fear);
}

static const struct sah_act acts[] = {
    {SAHEL_INFORMATION, SAH_OVER_CELLS, keep_silent, NULL, "Silence where pacts hold"},
    {SAHEL_AFTERMATH, SAH_OVER_CELLS, ask, turn,
     "Pacts are agreed and end, every tenth day"},
    {0},
};

const struct sah_model sah_model_local_pacts = {
    .name = "local_pacts",
    .doc = "Places buy peace from an armed group for taxes and rules",
    .reference = "ODD 7.33; Arjona 2016; Staniland 2012",
    .acts = acts,
    .size = sizeof(struct local_pacts),
    .params = params,
    .init = init,
    .free = free_own,
};
