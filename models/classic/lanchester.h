/* Attrition by equations and by agents: what its files share. */
#ifndef CLASSIC_LANCHESTER_H
#define CLASSIC_LANCHESTER_H
#include "sim/kernel/world.h"

#define LANCHESTER_PEOPLE_COLUMNS(X)                         \
    X(uint64_t, id, "1", SAH_KEEP, "Identity, never reused") \
    X(int32_t, cell, "1", SAH_KEEP, "0; gone: nowhere")      \
    X(uint8_t, side, "1", SAH_KEEP, "0 blue, 1 red, 2 civilian")

struct lanchester_people {
    struct sah_population base;
    LANCHESTER_PEOPLE_COLUMNS(SAH_COLUMN_POINTER)
};

enum lanchester_side {
    LANCHESTER_BLUE,
    LANCHESTER_RED,
    LANCHESTER_CIVIL,
    LANCHESTER_SIDES
};
enum lanchester_law {
    LANCHESTER_SQUARE,
    LANCHESTER_LINEAR,
    LANCHESTER_DEITCHMAN,
    LANCHESTER_KRESS
};

/* Parameters of section `attrition`. */
struct lanchester_attrition {
    int law;
    int64_t start[LANCHESTER_SIDES], substeps;
    double blue_rate, red_rate, scale, intelligence, backlash;
};

/* People a day that a law kills of each side, and civilians that turn red, where so many
 * stand. */
struct lanchester_flow {
    double killed[LANCHESTER_SIDES], joined;
};
struct lanchester_flow sah_lanchester_flow(const struct lanchester_attrition *law,
                                           const double n[LANCHESTER_SIDES]);

/* The equations, solved from day 0 over so many days (GSL, Runge-Kutta-Fehlberg). */
void sah_lanchester_solve(const struct lanchester_attrition *law, double days,
                          double n[LANCHESTER_SIDES]);

struct lanchester {
    struct lanchester_people people;
    const struct lanchester_attrition *law;
    int64_t *n; /* state: [LANCHESTER_SIDES] */
};

extern const struct sah_model sah_model_attrition;
extern const struct sah_family sah_family_lanchester;

#endif
