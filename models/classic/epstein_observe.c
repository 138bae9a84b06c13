/* What civil violence shows of itself. */
#include "models/classic/epstein.h"

static const double zone_of[] = {[EPSTEIN_NOBODY] = 0,
                                 [EPSTEIN_QUIET] = -1,
                                 [EPSTEIN_REBEL] = 2,
                                 [EPSTEIN_OFFICER] = -2,
                                 [EPSTEIN_PRISONER] = 1};

static void read_city(const struct sah_world *world, double *out) {
    const struct epstein *e = epstein_of(world);
    for (int32_t c = 0; c < world->grid.ncells; c++)
        out[c] = zone_of[e->board[c] & EPSTEIN_KIND];
    for (size_t i = 0; i < e->people.base.n; i++) {
        int32_t cell = e->people.cell[i];
        if (e->people.free_at[i] != 0 && e->board[cell] == EPSTEIN_NOBODY)
            out[cell] = 1;
    }
}

static void read_groups(const struct sah_world *world, double *out) {
    const struct epstein *e = epstein_of(world);
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        int kind = e->board[c] & EPSTEIN_KIND;
        double strength = kind == EPSTEIN_QUIET ? 1 : kind == EPSTEIN_REBEL ? 2 : 0;
        out[c] = e->board[c] & EPSTEIN_OTHER ? strength : -strength;
    }
}

static void read_rebellion(const struct sah_world *world, double *out) {
    const struct epstein *e = epstein_of(world);
    for (int32_t c = 0; c < world->grid.ncells; c++)
        out[c] = (e->board[c] & EPSTEIN_KIND) == EPSTEIN_REBEL;
}

static double count_kind(const struct sah_world *world, uint8_t bits, uint8_t kind) {
    const struct epstein *e = epstein_of(world);
    int64_t n = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++) n += (e->board[c] & bits) == kind;
    return (double)n;
}

static double count_role(const struct sah_world *world, uint8_t role) {
    const struct epstein_people *people = &epstein_of(world)->people;
    int64_t n = 0;
    for (size_t i = 0; i < people->base.n; i++)
        n += people->role[i] == role && people->cell[i] != SAH_NOWHERE;
    return (double)n;
}

static void read_quiet(const struct sah_world *world, double *out) {
    *out = count_kind(world, EPSTEIN_KIND, EPSTEIN_QUIET);
}

static void read_rebels(const struct sah_world *world, double *out) {
    *out = count_kind(world, EPSTEIN_KIND, EPSTEIN_REBEL);
}

static void read_police(const struct sah_world *world, double *out) {
    *out = (double)*epstein_of(world)->police;
}

static void read_jailed(const struct sah_world *world, double *out) {
    const struct epstein_people *people = &epstein_of(world)->people;
    int64_t n = 0;
    for (size_t i = 0; i < people->base.n; i++)
        n += people->free_at[i] != 0 && people->cell[i] != SAH_NOWHERE;
    *out = (double)n;
}

static void read_blue(const struct sah_world *world, double *out) {
    *out = count_role(world, EPSTEIN_BLUE);
}

static void read_red(const struct sah_world *world, double *out) {
    *out = count_role(world, EPSTEIN_RED);
}

#define TALLY(name, number)                                               \
    static void read_##name(const struct sah_world *world, double *out) { \
        *out = (double)epstein_of(world)->today[number];                  \
    }
TALLY(arrests, EPSTEIN_ARRESTS)
TALLY(killed, EPSTEIN_KILLED)
TALLY(born, EPSTEIN_BORN)
TALLY(died, EPSTEIN_DIED)

#define FIELD(name, unit, nature, type, doc) \
    { #name, unit, doc, SAH_FIELD, nature, type, {NULL, NULL }, read_##name }
#define SERIES(name, nature, doc) \
    { #name, "persons", doc, SAH_SERIES, nature, SAH_I64, {NULL, NULL }, read_##name }

const struct sah_observable sah_epstein_observables[] = {
    FIELD(city, "1", SAH_STOCK, SAH_I8,
          "Who stands there: -2 police, -1 quiet, 0 nobody, 1 arrested there, 2 rebel"),
    FIELD(groups, "1", SAH_STOCK, SAH_I8,
          "People there: -2 blue in violence, -1 blue, 1 red, 2 red in violence"),
    FIELD(rebellion, "d", SAH_FLOW, SAH_F32, "Days on which a rebel stood there"),
    SERIES(quiet, SAH_STOCK, "Quiet citizens at large"),
    SERIES(rebels, SAH_STOCK, "Citizens in rebellion"),
    SERIES(jailed, SAH_STOCK, "Citizens in jail"),
    SERIES(police, SAH_STOCK, "Police"),
    SERIES(blue, SAH_STOCK, "Citizens of the blue people"),
    SERIES(red, SAH_STOCK, "Citizens of the red people"),
    SERIES(arrests, SAH_FLOW, "Arrests"),
    SERIES(killed, SAH_FLOW, "Citizens killed by others"),
    SERIES(born, SAH_FLOW, "Births"),
    SERIES(died, SAH_FLOW, "Deaths of age"),
    {0},
};
