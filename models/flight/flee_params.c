/* What may be set of a run on Flee's inputs. */
#include "models/flight/flee_run.h"

static const char *const day0_words[] = {"camps", "zones", "empty", NULL};
static const char *const newcomers_words[] = {"camps", "total", NULL};
static const char *const rule_words[] = {"law", "nearest", "uniform", "walk", NULL};

#define AT(field) .at = offsetof(struct sah_flee_settings, field)
/* clang-format off */
const struct sah_param sah_flee_params[] = {
    {.key = "size", .type = SAH_REAL, AT(size), .unit = "1", .def = 0.5, .max = 2,
     .source = "assumed: as displacement.size",
     .doc = "How a camp's pull grows with whom it can hold: as their number to this power"},
    {.key = "range", .type = SAH_REAL, AT(range_km), .unit = "km", .def = 80, .min = 1,
     .max = 1e6, .source = "assumed: as displacement.range",
     .doc = "Length of the way over which a camp's pull falls e-fold"},
    {.key = "power", .type = SAH_REAL, AT(power), .unit = "1", .def = 0, .max = 10,
     .source = "assumed; Flee has 1",
     .doc = "How pull falls with the way beside that: as (1 + km/near)^-power"},
    {.key = "near", .type = SAH_REAL, AT(near_km), .unit = "km", .def = 10, .min = 0.1,
     .max = 1000, .source = "Suleimenova et al. 2017: softening of Flee",
     .doc = "Ways below it differ little in length"},
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "1", .def = 1, .min = 0.001,
     .max = 1000, .source = "assumed",
     .doc = "Intensity of conflict that half repels, and half drives away"},
    {.key = "leave", .type = SAH_REAL, AT(leave), .unit = "1", .def = 1, .max = 1,
     .source = "Suleimenova et al. 2017",
     .doc = "Chance a day to set out from a place in conflict"},
    {.key = "move_on", .type = SAH_REAL, AT(move_on), .unit = "1/day", .def = 0.001,
     .max = 1, .source = "Suleimenova et al. 2017",
     .doc = "Hazard of going on from a camp to another"},
    {.key = "return_rate", .type = SAH_REAL, AT(return_rate), .unit = "1/day", .def = 0,
     .max = 1, .source = "assumed: Flee knows no return",
     .doc = "Hazard of going home once it is calm there"},
    {.key = "calm", .type = SAH_REAL, AT(calm), .unit = "1", .def = 0, .max = 1e6,
     .source = "assumed", .doc = "Intensity of conflict up to which it is calm"},
    {.key = "room", .type = SAH_REAL, AT(room), .unit = "1", .def = 1, .max = 1e6,
     .source = "Suleimenova et al. 2017: capacity of Flee",
     .doc = "Camps hold so many times what locations.csv tells, and pull less from nine "
            "tenths of it on; 0: no end of room"},
    {.key = "speed", .type = SAH_REAL, AT(speed), .unit = "km/day", .def = 360, .min = 1,
     .max = 10000, .source = "Flee 2 and 3: 30 km/h for 12 hours; 200 in Flee 1",
     .doc = "How far people come in a day"},
    {.key = "fade", .type = SAH_REAL, AT(fade), .unit = "day", .def = 0, .max = 100000,
     .source = "assumed", .doc = "Half-life of flight from a place since conflict came "
                                 "there; 0: it goes on"},
    {.key = "day0", .type = SAH_CHOICE, AT(day0), .unit = "1", .choices = day0_words,
     .source = "Flee 3",
     .doc = "Who is registered on day 0: is in the camps, flees from conflict zones on "
            "that day, or is left out"},
    {.key = "newcomers", .type = SAH_CHOICE, AT(newcomers), .unit = "1",
     .choices = newcomers_words, .source = "Flee 3 (camps), Flee 2 (total)",
     .doc = "How many flee: as many as the lists of camps together gained, or the list of "
            "the total"},
    {.key = "rule", .type = SAH_CHOICE, AT(rule), .unit = "1", .choices = rule_words,
     .source = "design",
     .doc = "The law; or, to compare with: the nearest camp, any camp alike, a walk from "
            "place to place as in Flee"},
    {.key = "seed", .type = SAH_INT, AT(seed), .unit = "1", .def = 1, .max = 9e15,
     .source = "design", .doc = "Seed of chance"},
    {0},
};
/* clang-format on */

void sah_flee_defaults(struct sah_flee_settings *settings) {
    for (const struct sah_param *p = sah_flee_params; p->key; p++)
        sah_param_default(p, (char *)settings + p->at);
}
