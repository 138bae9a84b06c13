/* What is on record: the items of every fact. Figures are published summaries or were
 * computed from open data; docs/card.md tells how. */
#include "output/facts/families.h"
#include "output/facts/sift.h"

#include <math.h>
#include <stdlib.h>

#define NONE NAN
enum { MOST_VALUES = 10, FIRST_CHECKED = 2019 };

/* Periods of `span` years, `step` years apart, from `first` on. */
struct row {
    int fact; /* F1 is 1 */
    const char *part;
    int arg, first, span, step;
    int n;
    double value[MOST_VALUES]; /* NONE: no item */
    double high;               /* of a range; 0: the value */
};
#define VALUES(...)                                            \
    (int)(sizeof((double[]){__VA_ARGS__}) / sizeof(double)), { \
        __VA_ARGS__                                            \
    }

enum { ALL = SAH_FACT_ALL };
enum { LAT_MLI = SAH_MLI, LAT_BFA = SAH_BFA, LAT_NER = SAH_NER };
enum {
    LON_MLI = SAH_MLI + SAH_PLACE_LON,
    LON_BFA = SAH_BFA + SAH_PLACE_LON,
    LON_NER = SAH_NER + SAH_PLACE_LON
};

/* clang-format off */
static const struct row rows[] = {
    {1, "MLI", SAH_MLI, 2012, 1, 1, VALUES(359, 881, 291, 256, 191, 605, 1281, 1227, 1509), 0},
    {2, "BFA", SAH_BFA, 2016, 1, 1, VALUES(26, 54, 195, 1246, 1167), 0},
    {3, "NER", SAH_NER, 2017, 1, 1, VALUES(71, 116, 220, 400), 0},
    {4, "all", ALL, 2012, 1, 1, VALUES(32, 75, 23, 44, 40, 116, 234, 331, 286), 0},
    {5, "MLI", SAH_MLI, 2017, 1, 1, VALUES(93, 170, 139, 138), 0},
    {5, "BFA", SAH_BFA, 2017, 1, 1, VALUES(18, 54, 166, 119), 0},
    {5, "NER", SAH_NER, 2017, 1, 1, VALUES(5, 10, 26, 29), 0},
    {6, "state-based", SAH_STATE_BASED, 2017, 2, 2, VALUES(.51, .47), 0},
    {6, "non-state", SAH_NON_STATE, 2017, 2, 2, VALUES(.14, .10), 0},
    {6, "one-sided", SAH_ONE_SIDED, 2017, 2, 2, VALUES(.35, .44), 0},
    {7, "all", ALL, 2012, 5, 5, VALUES(.07), 0},
    {7, "all", ALL, 2017, 2, 2, VALUES(.36, .43), 0},
    {8, "all", ALL, 2012, 7, 7, VALUES(3.06), 0},
    {8, "all", ALL, 2012, 9, 9, VALUES(2.85), 0},
    {9, "mean", SAH_SIZE_MEAN, 2012, 7, 7, VALUES(6.6), 0},
    {9, "mean", SAH_SIZE_MEAN, 2019, 2, 2, VALUES(7.9), 0},
    {9, "median", SAH_SIZE_MEDIAN, 2012, 7, 7, VALUES(3), 0},
    {9, "median", SAH_SIZE_MEDIAN, 2019, 2, 2, VALUES(4), 0},
    {9, "p90", SAH_SIZE_P90, 2012, 7, 7, VALUES(16), 0},
    {9, "p90", SAH_SIZE_P90, 2019, 2, 2, VALUES(18), 0},
    {9, "p99", SAH_SIZE_P99, 2012, 7, 7, VALUES(44), 0},
    {9, "p99", SAH_SIZE_P99, 2019, 2, 2, VALUES(53), 0},
    {9, "max", SAH_SIZE_MAX, 2012, 7, 7, VALUES(58), 0},
    {9, "max", SAH_SIZE_MAX, 2019, 2, 2, VALUES(166), 0},
    {10, "all", ALL, 2012, 1, 1, VALUES(17, 25, 14, 27, 25, 60, 81, 87, 95), 0},
    {11, "MLI", SAH_MLI, 2017, 1, 1, VALUES(49, 57, 49, 52), 0},
    {11, "BFA", SAH_BFA, 2017, 1, 1, VALUES(5, 13, 29, 28), 0},
    {11, "NER", SAH_NER, 2017, 1, 1, VALUES(6, 10, 9, 15), 0},
    {12, "all", ALL, 2012, 3, 0, VALUES(40), 0},
    {12, "all", ALL, 2012, 5, 0, VALUES(66), 0},
    {12, "all", ALL, 2012, 7, 0, VALUES(125), 0},
    {12, "all", ALL, 2012, 9, 0, VALUES(175), 0},
    {13, "all", ALL, 2012, 9, 9, VALUES(1.05), 0},
    {14, "deaths", SAH_BUSIEST_DEATHS, 2018, 1, 1, VALUES(.36, .51, .38), 0},
    {14, "events", SAH_BUSIEST_EVENTS, 2018, 1, 1, VALUES(.35, .39, .34), 0},
    {15, "MLI lat", LAT_MLI, 2012, 1, 1, VALUES(16.8, 17.0, 18.2, 15.3, 16.8, 15.8, 15.2, 15.0, 14.9), 0},
    {15, "MLI lon", LON_MLI, 2012, 1, 1, VALUES(-.8, -1.3, .4, -3.3, -1.7, -1.6, -1.8, -2.0, -3.1), 0},
    {16, "BFA lat", LAT_BFA, 2017, 1, 1, VALUES(14.1, 13.9, 13.7, 13.6), 0},
    {16, "BFA lon", LON_BFA, 2017, 1, 1, VALUES(-1.4, -1.2, -1.4, -1.3), 0},
    {16, "NER lat", LAT_NER, 2017, 1, 1, VALUES(14.9, 14.6, 14.9, 14.8), 0},
    {16, "NER lon", LON_NER, 2017, 1, 1, VALUES(1.7, 2.5, 1.9, 2.2), 0},
    {17, "all", ALL, 2012, 3, 3, VALUES(132, 92, 52), 0},
    {18, "all", ALL, 2012, 3, 3, VALUES(.18, .32, .47), 0},
    {19, "all", ALL, 2012, 3, 3, VALUES(925, 544, 339), 0},
    {20, "all", ALL, 2012, 1, 1, VALUES(.03, .04, .17, .08, .14, .23, .47, .61, .55), 0},
    {21, "all", ALL, 2013, 1, 1, VALUES(.65, .92, .36, .68, .55, .88, .91, .88), 0},
    {22, "all", ALL, 2017, 1, 1, VALUES(.40, .76, .78, .72), 0},
    {23, "beside", SAH_HAZARD_BESIDE, 2017, 1, 1, VALUES(.18, .19, .16, .16), 0},
    {23, "elsewhere", SAH_HAZARD_ELSEWHERE, 2017, 1, 1, VALUES(.042, .018, .016, .022), 0},
    {24, "all", ALL, 2013, 1, 1, VALUES(.59, .26, .23, .36, .60, .65, .64, .64), 0},
    {25, "MLI", SAH_MLI, 2017, 1, 1, VALUES(.06, .13, .04, .05), 0},
    {25, "BFA", SAH_BFA, 2017, 1, 1, VALUES(.24, .14, .11, .16), 0},
    {25, "NER", SAH_NER, 2019, 1, 1, VALUES(.16, .23), 0},
    {26, "MLI", SAH_MLI, 2012, 9, 9, VALUES(.30), 0},
    {26, "BFA", SAH_BFA, 2012, 9, 9, VALUES(.58), 0},
    {26, "NER", SAH_NER, 2012, 9, 9, VALUES(.51), 0},
    {27, "MLI", SAH_MLI, 2012, 9, 9, VALUES(.51), 0},
    {27, "BFA", SAH_BFA, 2016, 5, 5, VALUES(.85), 0},
    {28, "MLI", SAH_MLI, 2012, 9, 9, VALUES(80), 0},
    {28, "BFA", SAH_BFA, 2016, 5, 5, VALUES(87), 0},
    {29, "all", ALL, 2012, 9, 9, VALUES(.58), 0},
    {30, "explosive device", SAH_DEVICE, 2017, 1, 1, VALUES(.26), 0},
    {30, "indirect fire", SAH_FIRE, 2017, 1, 1, VALUES(.09), 0},
    {30, "kidnapping", SAH_KIDNAP, 2017, 1, 1, VALUES(.04), 0},
    {30, "assault, ambush, killing", SAH_ASSAULT, 2017, 1, 1, VALUES(.61), 0},
    {31, "mission", SAH_MISSION, 2019, 1, 1, VALUES(.10), 0},
    {31, "other forces", SAH_STATE, 2019, 1, 1, VALUES(.32), 0},
    {32, "IS faction", ALL, 2018, 1, 1, VALUES(.26), 0},
    {33, "central Mali", SAH_MACINA_CENTRAL, 2018, 1, 1, VALUES(.63), 0},
    {33, "MLI", SAH_MACINA_MALI, 2018, 1, 1, VALUES(.33), 0},
    {34, "umbrella", SAH_UMBRELLA, 2017, 2, 2, VALUES(1000, 1000), 2000},
    {34, "IS faction", SAH_RIVAL, 2018, 1, 1, VALUES(300), 425},
    {35, "jobs", SAH_REASON_JOBS, 0, 1, 1, VALUES(.25), 0},
    {35, "belief", SAH_REASON_BELIEF, 0, 1, 1, VALUES(.17), 0},
    {35, "trigger", SAH_REASON_FEUD, 0, 1, 1, VALUES(.48), 0},
    {35, "abuse among triggers", SAH_REASON_ABUSE, 0, 1, 1, VALUES(.71), 0},
    {36, "BFA", SAH_BFA, 2017, 1, 1, VALUES(5, 47, 560, 1075), 0},
    {37, "MLI", SAH_MLI, 2012, 1, 1, VALUES(230, 218, 62, 50, 37, 38, 120, 208, 326), 0},
    {38, "MLI", SAH_MLI, 2018, 1, 1, VALUES(64, NONE, 78), 0},
    {38, "BFA", SAH_BFA, 2019, 1, 1, VALUES(410, 440), 0},
    {39, "before July 2019", SAH_WAR_BEFORE, 2012, 8, 8, VALUES(0), 0},
    {39, "2020", SAH_WAR_AFTER, 2020, 1, 1, VALUES(25), INFINITY},
    {40, "2020 over 2019", ALL, 2019, 2, 2, VALUES(3), 0},
};
/* clang-format on */

enum { NROWS = sizeof rows / sizeof rows[0] };
static struct sah_fact_item items[NROWS * MOST_VALUES]; /* made when first asked for */
static size_t nitems;

static void add(const struct row *row, int k) {
    int from = row->first + k * row->step;
    double value = row->value[k];
    if (isnan(value)) return;
    items[nitems++] = (struct sah_fact_item){
        .fact = &sah_facts[row->fact - 1],
        .part = row->part,
        .arg = row->arg,
        .from = from,
        .to = row->first ? from + row->span - 1 : 0,
        .low = value,
        .high = row->high != 0 ? row->high : value,
        .check = from + row->span - 1 >= FIRST_CHECKED,
    };
}

const struct sah_fact_item *sah_fact_items(size_t *n) {
    if (nitems == 0)
        for (size_t i = 0; i < NROWS; i++)
            for (int k = 0; k < rows[i].n; k++) add(&rows[i], k);
    *n = nitems;
    return items;
}
