/* Mechanism 38, learning: groups get better at what they do, and share it.
 *
 * Each attack a faction makes adds to what it knows; members of a bloc learn from each
 * other as far as they host each other (pledges); what is known fades. Its tempo follows
 * a progress curve of its experience E, limited at `most`:
 *
 *   E_f'   = E_f 2^(-1/half_life) + attacks of today
 *   E      = E_f + shared hosting_f * sum over the others g of its bloc of E_g
 *   skill  = ((1 + E) / (1 + habit))^exponent,   1 at `habit`, at most `most`
 *
 * A faction brings what it knew on its first day (`experience` in the scenario). One that
 * splits off knows what those it left know.
 *
 * Source: Johnson, Carran, Botner, Fontaine, Laxague, Nuetzel, Turnley and Tivnan (2011),
 * Pattern in escalations in insurgent and terrorist activity: the n-th interval between
 * fatal days is tau_1 n^-b, the progress curve of industrial learning, so that the rate
 * goes as n^b. Changed: what is known fades, allies share it, and it has a ceiling. What
 * forces learn against it, their Red Queen, is in b. */
#include "models/sahel/world.h"

struct learning {
    double exponent, habit, most, shared, half_life_day;
    float *known; /* [faction] attacks, fading */
    uint8_t *met; /* [faction] 1 + the row whose habits it has, 0: not there */
};

#define AT(field) .at = offsetof(struct learning, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "exponent", .type = SAH_REAL, AT(exponent), .unit = "1", .def = 0.7, .max = 2,
     .source = "Johnson et al. 2011; calibrated (provisional)",
     .doc = "How tempo grows with experience: as its number to this power"},
    {.key = "habit", .type = SAH_REAL, AT(habit), .unit = "1", .def = 60, .min = 0,
     .max = 1e5, .source = "calibrated (provisional)",
     .doc = "Attacks known at which tempo is that of habit"},
    {.key = "most", .type = SAH_REAL, AT(most), .unit = "1", .def = 3, .min = 0.1,
     .max = 100, .source = "assumed", .doc = "Highest tempo against habit"},
    {.key = "shared", .type = SAH_REAL, AT(shared), .unit = "1", .def = 0.7, .max = 1,
     .source = "calibrated (provisional)", .doc = "How far hosts of a bloc learn from each other"},
    {.key = "half_life", .type = SAH_REAL, AT(half_life_day), .unit = "day", .def = 1000,
     .min = 1, .max = 100000, .source = "calibrated (provisional)",
     .doc = "Time in which half of what is known is lost"},
    {0},
};
/* clang-format on */

/* A row that a splinter takes anew knows what its new line knows. */
static void begin(const struct learning *own, const struct sahel *s) {
    for (size_t f = 0; f < s->nfactions; f++) {
        size_t line = (size_t)s->line[f];
        uint8_t met = s->active[f] ? (uint8_t)(line + 1) : 0;
        if (met && met != own->met[f])
            own->known[f] =
                line != f ? own->known[line] : (float)s->faction[f].experience;
        own->met[f] = met;
    }
}

static void note_today(const struct learning *own, const struct sahel *s) {
    const struct sahel_events *e = &s->events;
    for (size_t i = 0; i < e->base.n; i++)
        if (e->side_a[i] < (int16_t)s->nfactions) own->known[e->side_a[i]]++;
}

static double known_to(const struct learning *own, const struct sahel *s, size_t f) {
    double others = 0;
    for (size_t g = 0; g < s->nfactions; g++)
        if (g != f && s->bloc[g] == s->bloc[f]) others += (double)own->known[g];
    return own->known[f] + own->shared * (double)s->hosting[f] * others;
}

static int learn(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    const struct learning *own = self;
    struct sahel *s = sahel_of(world);
    float keep = (float)sahel_left(own->half_life_day, 1);
    begin(own, s);
    for (size_t f = 0; f < s->nfactions; f++) own->known[f] *= keep;
    note_today(own, s);
    for (size_t f = 0; f < s->nfactions; f++) {
        double ratio = (1 + known_to(own, s, f)) / (1 + own->habit);
        double skill = sah_exp(own->exponent * sah_log(ratio));
        s->skill[f] = (float)(skill < own->most ? skill : own->most);
    }
    return SAH_OK;
}

static int init(void *self, struct sah_world *world, struct sah_error *err) {
    struct learning *own = self;
    size_t n = sahel_of(world)->nfactions;
    own->known = sah_world_array(world, "experience", SAH_F32, n, "1",
                                 "Attacks a faction has made, fading", err);
    own->met = sah_world_array(
        world, "experience_brought", SAH_U8, n, "1",
        "1 + the row from which it brought it, 0 while it is not there", err);
    return own->known && own->met ? SAH_OK : SAH_MEMORY;
}

static const struct sah_act acts[] = {
    {SAHEL_AFTERMATH, SAH_NOTHING, NULL, learn, "Groups learn from their attacks"},
    {0},
};

const struct sah_model sah_model_learning = {
    .name = "learning",
    .doc = "Groups get better at attacks by making them, and allies share it",
    .reference = "ODD 7.38; Johnson et al. 2011",
    .acts = acts,
    .size = sizeof(struct learning),
    .params = params,
    .init = init,
};
