/* What is on record of the conflict, as functions of events and series.
 *
 * A fact is a number that the record and a run both have: deaths of a year, the tail of
 * event sizes, how far active cells lie from the capital. The catalogue (catalogue.c)
 * says what each is, from where it is known, and how near a run must come. A fact reads
 * a view: a list of events that pass one predicate, and a few series where there are
 * some. Views are made from results (view_result.h) and from lists of real events
 * (view_list.h) alike, so that both are measured with the same yardstick.
 *
 * The predicate: at least one death, in Mali, Burkina Faso or Niger, west of 11 degrees
 * east. Cells are those of PRIO-GRID; cells.h. */
#ifndef SAH_OUTPUT_FACTS_H
#define SAH_OUTPUT_FACTS_H
#include "output/facts/ground.h"
#include "output/facts/roles.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sah_fact_violence { SAH_STATE_BASED = 1, SAH_NON_STATE, SAH_ONE_SIDED };
enum sah_fact_kind { SAH_NO_KIND, SAH_ASSAULT, SAH_DEVICE, SAH_FIRE, SAH_KIDNAP };
enum {
    SAH_FACT_MOST_YEARS = 128,
    SAH_FACT_MONTHS = 12,
    SAH_FACT_MOST_EVENTS = 200000, /* that pass the predicate, of a list */
};
#define SAH_FACT_EAST 11.0 /* events at and beyond it belong to another conflict */

struct sah_fact_event {
    int32_t day, gid;
    int year, month; /* of the day */
    int country;     /* enum sah_fact_state */
    enum sah_fact_violence violence;
    enum sah_fact_kind kind;
    enum sah_role a, b; /* who struck, who was struck */
    bool macina;        /* known to be a deed of Macina */
    bool central;       /* in the regions of Mopti or Segou */
    double lon, lat, deaths;
    double deaths_b, wounded;    /* of the side struck; NAN: not told */
    float border_km, capital_km; /* of the cell; NAN where the ground is not known */
};

/* Amounts through time. */
struct sah_fact_series {
    size_t n;
    int32_t *day; /* rising */
    double *value;
};

struct sah_facts_view {
    char *name;          /* title of the run, or path of the list */
    int32_t first, last; /* days covered */
    double cell_deg;     /* places are those of cells of this side; 0: exact */
    size_t n, nacts;
    struct sah_fact_event *event; /* what is recorded, by day; passes the predicate */
    struct sah_fact_event *act;   /* all that happened, deadly or not; may be NULL */
    bool names_macina, tells_kinds;
    /* Which events of a list are taken; NULL: those of the predicate above. */
    bool (*counts)(const struct sah_fact_event *event);

    /* Country totals by month, from a year on; NULL: those of the events. */
    double *totals[SAH_FACT_STATES];
    int totals_year;
    size_t totals_years;
    struct sah_fact_series displaced[SAH_FACT_STATES]; /* persons */
    struct sah_fact_series umbrella, rival;            /* fighters */
    double reason[4]; /* recruits: jobs, belief, abuse, feud */
    double recruits;  /* all; 0: not known */
};
void sah_facts_view_free(struct sah_facts_view *view);
/* Room for another event, zeroed; NULL without memory. */
struct sah_fact_event *sah_facts_view_add(struct sah_fact_event **list, size_t *n);
/* Year, month, cell and place on the ground from day, lon and lat; sorts by day. */
void sah_facts_view_settle(struct sah_facts_view *view, struct sah_fact_ground *ground);
/* Does the event pass the predicate? */
bool sah_facts_counts(const struct sah_fact_event *event);
bool sah_fact_series_add(struct sah_fact_series *series, int32_t day, double value);

/* How near is near enough. */
enum sah_fact_band {
    SAH_BAND_FACTOR,   /* within a factor; near: within its square */
    SAH_BAND_DISTANCE, /* within a distance; near: within twice that */
    SAH_BAND_SIGN,     /* in the range itself; near: within a distance of it */
};

struct sah_fact_item;
typedef double sah_fact_value(const struct sah_facts_view *view,
                              const struct sah_fact_item *item, const char **why);

struct sah_fact {
    const char *id, *name, *unit;
    const char *definition, *source;
    enum sah_fact_band band;
    double width;
    sah_fact_value *value; /* NAN and a reason where it is not defined */
    bool since;            /* of all days up to the end of the period */
    int back;              /* years before the period that it needs too */
};
/* A value that is compared: a fact of a part (a country, a kind) in a period. */
struct sah_fact_item {
    const struct sah_fact *fact;
    const char *part;
    int arg;          /* what the part means to the fact */
    int from, to;     /* years, both belong; 0: the whole run */
    double low, high; /* on record; equal where it is one value */
    bool check;       /* period ends after 2018: not to be fitted to */
};
extern const struct sah_fact sah_facts[];
extern const size_t sah_facts_count;
/* All items in order; they live as long as the program. */
const struct sah_fact_item *sah_fact_items(size_t *n);

/* The value of an item; NAN with a reason where the view does not cover its period. */
double sah_fact_of(const struct sah_facts_view *view, const struct sah_fact_item *item,
                   const char **why);

/* Do the days from `first` to `last` hold its period, and the years before that it needs? */
bool sah_fact_covers(const struct sah_fact_item *item, int32_t first, int32_t last);

enum sah_fact_verdict { SAH_FACT_HIT, SAH_FACT_NEAR, SAH_FACT_MISS, SAH_FACT_NA };
extern const char *const sah_fact_verdicts[]; /* "hit", "near", "miss", "na" */
/* How far from the record, in widths of the band and with its sign: within -1..1 a hit. */
double sah_fact_off(const struct sah_fact_item *item, double value);
enum sah_fact_verdict sah_fact_judge(const struct sah_fact_item *item, double value);

enum { SAH_FACT_TEXT = 48 };
void sah_fact_period(const struct sah_fact_item *item, char text[static SAH_FACT_TEXT]);
/* "359", "1000..2000" and "factor 1.6", "within 0.1". */
void sah_fact_observed(const struct sah_fact_item *item,
                       char text[static SAH_FACT_TEXT]);
void sah_fact_band_text(const struct sah_fact *fact, char text[static SAH_FACT_TEXT]);

#endif
