/* The columns of UCDP's Georeferenced Event Dataset (whole, and as short tables of it are
 * often cut), of ACLED, and of our own `sahel events --csv`.
 *
 * ACLED does not know UCDP's kinds of violence: against civilians, or with nobody but
 * civilians struck, is one-sided; with forces of a state on a side is state-based; the
 * rest is non-state. Protests, riots and what it calls strategic developments are no use
 * of armed force, but for abductions, which it files under violence against civilians.
 * Source of both layouts: their codebooks; Sundberg and Melander 2013, Raleigh et al.
 * 2010. */
#include "output/facts/layouts.h"

#include <string.h>

#define AT(field) .at = offsetof(struct sah_list_row, field)
#define TEXT(name, field) \
    { .column = name, .as = SAH_AS_TEXT, AT(field) }
#define MAYBE(name, field) \
    { .column = name, .as = SAH_AS_TEXT, AT(field), .blank = true }
#define DEGREES(name, field, most) \
    { .column = name, .as = SAH_AS_REAL, AT(field), .min = -(most), .max = (most) }
#define WHOLE(name, field, low, high) \
    { .column = name, .as = SAH_AS_INT, AT(field), .min = (low), .max = (high) }
#define DEATHS(name) \
    { .column = name, .as = SAH_AS_REAL, AT(deaths), .max = 1e7 }
#define NAMED(name, field, number) \
    { .column = name, .as = SAH_AS_NAME, AT(field), .list = (number), .blank = true }

static char *violence_names[] = {"state_based", "non_state", "one_sided"};
static char *kind_names[] = {"assault",
                             "explosive_device",
                             "indirect_fire",
                             "complex_attack",
                             "attack_on_civilians",
                             "assassination",
                             "kidnapping",
                             "faction_clash",
                             "patrol_contact",
                             "foreign_operation",
                             "harm_by_forces",
                             "communal_violence",
                             "pursuit"};
const struct sah_table_names sah_list_names[] = {
    {"kind of violence", 3, violence_names},
    {"kind of event", sizeof kind_names / sizeof kind_names[0], kind_names},
};

static const struct sah_table_field ged[] = {
    TEXT("date_start", date),
    TEXT("country", country),
    TEXT("side_a", a),
    TEXT("side_b", b),
    DEGREES("longitude", lon, 180),
    DEGREES("latitude", lat, 90),
    WHOLE("type_of_violence", violence, 1, 3),
    DEATHS("best"),
    {0},
};
static const struct sah_table_field ged_more[] = {WHOLE("where_prec", precision, 1, 7),
                                                  {0}};

static const struct sah_table_field cut[] = {
    TEXT("date", date),
    TEXT("country", country),
    TEXT("side_a", a),
    TEXT("side_b", b),
    DEGREES("lon", lon, 180),
    DEGREES("lat", lat, 90),
    WHOLE("type_code", violence, 1, 3),
    DEATHS("best"),
    {0},
};

static const struct sah_table_field acled[] = {
    TEXT("event_date", date),
    TEXT("country", country),
    TEXT("event_type", type),
    TEXT("sub_event_type", sub_type),
    TEXT("actor1", a),
    MAYBE("actor2", b),
    DEGREES("longitude", lon, 180),
    DEGREES("latitude", lat, 90),
    DEATHS("fatalities"),
    {0},
};
static const struct sah_table_field acled_more[] = {
    WHOLE("geo_precision", precision, 1, 3), {0}};

static const struct sah_table_field own[] = {
    TEXT("date", date),
    MAYBE("country", country),
    MAYBE("side_a", a),
    MAYBE("side_b", b),
    DEGREES("lon", lon, 180),
    DEGREES("lat", lat, 90),
    NAMED("violence", violence, 0),
    NAMED("kind", kind, 1),
    DEATHS("deaths"),
    {0},
};
static const struct sah_table_field nothing[] = {{0}};

static bool read_ged(const struct sah_list_row *row, struct sah_fact_event *event) {
    event->violence = (enum sah_fact_violence)row->violence;
    return true;
}

/* ---- ours -------------------------------------------------------------------------- */

enum sah_fact_kind sah_list_kind(const char *name) {
    static const enum sah_fact_kind kinds[] = {SAH_ASSAULT, SAH_DEVICE,  SAH_FIRE,
                                               SAH_ASSAULT, SAH_ASSAULT, SAH_ASSAULT,
                                               SAH_KIDNAP};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(name, kind_names[i]) == 0) return kinds[i];
    return SAH_NO_KIND;
}

enum sah_fact_violence sah_list_violence(const char *name) {
    for (int i = 0; i < 3; i++)
        if (strcmp(name, violence_names[i]) == 0)
            return (enum sah_fact_violence)(i + 1);
    return (enum sah_fact_violence)0;
}

static bool read_own(const struct sah_list_row *row, struct sah_fact_event *event) {
    event->violence = (enum sah_fact_violence)(row->violence + 1);
    event->kind = row->kind < 0 ? SAH_NO_KIND : sah_list_kind(kind_names[row->kind]);
    return true;
}

/* ---- ACLED ------------------------------------------------------------------------- */

/* clang-format off */
static const struct {
    const char *type, *sub_type; /* NULL: any other */
    enum sah_fact_kind kind;
    bool one_sided;
} acled_kinds[] = {
    {"Violence against civilians", "Abduction/forced disappearance", SAH_KIDNAP, true},
    {"Violence against civilians", NULL, SAH_ASSAULT, true},
    {"Explosions/Remote violence", "Remote explosive/landmine/IED", SAH_DEVICE, false},
    {"Explosions/Remote violence", "Shelling/artillery/missile attack", SAH_FIRE, false},
    {"Explosions/Remote violence", NULL, SAH_ASSAULT, false},
    {"Battles", NULL, SAH_ASSAULT, false},
};
/* clang-format on */

static bool read_acled(const struct sah_list_row *row, struct sah_fact_event *event) {
    bool of_state = event->a == SAH_STATE || event->b == SAH_STATE ||
                    event->a == SAH_FOREIGN || event->b == SAH_FOREIGN;
    for (size_t i = 0; i < sizeof acled_kinds / sizeof acled_kinds[0]; i++) {
        const char *sub_type = acled_kinds[i].sub_type;
        if (strcmp(row->type, acled_kinds[i].type) != 0) continue;
        if (sub_type && strcmp(row->sub_type, sub_type) != 0) continue;
        event->kind = acled_kinds[i].kind;
        event->violence = of_state ? SAH_STATE_BASED : SAH_NON_STATE;
        if (acled_kinds[i].one_sided || event->b == SAH_CIVILIANS)
            event->violence = SAH_ONE_SIDED;
        return true;
    }
    return false;
}

const struct sah_list_layout sah_list_layouts[] = {
    {"UCDP GED", "type_of_violence", ged, ged_more, read_ged, 2},
    {"UCDP GED, short", "type_code", cut, nothing, read_ged, 2},
    {"ACLED", "event_type", acled, acled_more, read_acled, 2},
    {"sahel events", "violence", own, nothing, read_own, 2},
    {0},
};
