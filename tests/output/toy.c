#include "tests/output/toy.h"

#include "sim/kernel/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TOY_EVENTS(X)                                                \
    X(uint64_t, id, "1", SAH_KEEP, "Number of the event")            \
    X(int32_t, cell, "1", SAH_KEEP, "Grid cell")                     \
    X(uint8_t, kind, "1", SAH_KEEP, "Kind of event")                 \
    X(int16_t, side_a, "1", SAH_KEEP, "Who struck; -1 nobody known") \
    X(int32_t, deaths, "persons", SAH_SUM, "Deaths")                 \
    X(float, severity, "1", SAH_MEAN, "Deaths above those usual")

struct toy_log {
    struct sah_population base;
    TOY_EVENTS(SAH_COLUMN_POINTER)
};

#define SAH_COLUMN_STRUCT struct toy_log
static const struct sah_column log_columns[] = {TOY_EVENTS(SAH_COLUMN_ROW)};
#undef SAH_COLUMN_STRUCT

/* A log without place. */
#define TOY_TALKS(X)                                              \
    X(uint64_t, id, "1", SAH_KEEP, "Number of the talk")          \
    X(uint8_t, about, "1", SAH_KEEP, "Kind of event it is about") \
    X(int16_t, with, "1", SAH_KEEP, "Who talks; -1 nobody known")

struct toy_talks {
    struct sah_population base;
    TOY_TALKS(SAH_COLUMN_POINTER)
};

#define SAH_COLUMN_STRUCT struct toy_talks
static const struct sah_column talk_columns[] = {TOY_TALKS(SAH_COLUMN_ROW)};
#undef SAH_COLUMN_STRUCT

static const struct sah_log_code log_codes[] = {
    {"kind", "kind"}, {"side_a", "side"}, {0}};
static const struct sah_log_code talk_codes[] = {
    {"about", "kind"}, {"with", "side"}, {0}};

struct toy_state {
    struct toy_log log;
    struct toy_talks talks;
    double *people; /* [cell] */
};

static const char *const kinds[] = {"raid", "device", "feud"};
static const char *const kind_titles[] = {"Raid", "Explosive device", "Feud, communal"};
static const char *const sides[] = {"jama\xca\xbf"
                                    "a",
                                    "state"};
static const char *const countries[] = {"AAA", "BBB"};

/* ---- what happens -------------------------------------------------------------- */

int toy_events(int32_t day) {
    return (int)(day % 4);
}
int toy_deaths(int32_t day, int i) {
    return (int)((day + 3 * i) % 7);
}
int toy_kind(int32_t day, int i) {
    return (int)((day + i) % TOY_KINDS);
}
int32_t toy_cell(int32_t day, int i) {
    return (int32_t)(1 + (day * 5 + i) % (TOY_CELLS - 1));
}
bool toy_talks(int32_t day) {
    return day % 8 == 3;
}
static int country_of(int32_t cell) {
    return cell % TOY_NLON >= TOY_NLON / 2;
}

static struct toy_state *state_of(const struct sah_world *world) {
    return world->state;
}

static int talk(struct sah_world *world, struct sah_error *err) {
    struct toy_talks *talks = &state_of(world)->talks;
    if (!toy_talks(world->today)) return SAH_OK;
    int status = sah_population_add(&talks->base, 1, NULL, err);
    if (status) return status;
    talks->id[0] = sah_log_number(&world->logs[1], 0);
    talks->about[0] = (uint8_t)toy_kind(world->today, 0);
    talks->with[0] = (int16_t)(world->today / 8 % 3 - 1);
    return SAH_OK;
}

static int begin_day(struct sah_world *world, struct sah_error *err) {
    struct toy_state *toy = state_of(world);
    size_t first;
    int status = sah_population_add(&toy->log.base, (size_t)toy_events(world->today),
                                    &first, err);
    for (int i = 0; !status && i < toy_events(world->today); i++) {
        toy->log.id[i] = (uint64_t)world->today * 100 + (uint64_t)i;
        toy->log.cell[i] = toy_cell(world->today, i);
        toy->log.kind[i] = (uint8_t)toy_kind(world->today, i);
        toy->log.side_a[i] = (int16_t)(i - 1);
        toy->log.deaths[i] = toy_deaths(world->today, i);
        toy->log.severity[i] = (float)toy->log.deaths[i] - 3.0f;
    }
    for (int c = 1; c < TOY_CELLS; c++) toy->people[c] += 0.5;
    return status ? status : talk(world, err);
}

static int create(struct sah_world *world, struct sah_error *err) {
    struct toy_state *toy = state_of(world);
    sah_population_init(&toy->log.base, "events", "Events", log_columns,
                        sizeof log_columns / sizeof *log_columns);
    sah_population_init(&toy->talks.base, "talks", "Talks", talk_columns,
                        sizeof talk_columns / sizeof *talk_columns);
    sah_world_log(world, &toy->log.base, "event", log_codes, err);
    sah_world_log(world, &toy->talks.base, "talk", talk_codes, err);
    toy->people =
        sah_world_array(world, "people", SAH_F64, TOY_CELLS, "persons", "People", err);
    int status = sah_grid_init(&world->grid, -3, 12, 0, 14, 0.5, err);
    if (!toy->people || status) return SAH_MEMORY;
    for (int c = 1; c < TOY_CELLS; c++) toy->people[c] = 100 * c;
    const struct sah_axis axes[] = {
        {"kind", "Kinds of event", TOY_KINDS, kinds, kind_titles},
        {"side", "Who strikes", 2, sides, NULL},
        {"country", "Countries", TOY_COUNTRIES, countries, NULL},
    };
    for (size_t i = 0; !status && i < sizeof axes / sizeof *axes; i++)
        status = sah_world_axis(world, axes[i], err);
    return status;
}

static void free_state(struct sah_world *world) {
    for (size_t i = 0; i < world->nlogs; i++) sah_population_free(world->logs[i].rows);
}

/* ---- what is observed ---------------------------------------------------------- */

enum { BY_CELL = 1, BY_KIND = 2, BY_COUNTRY = 4 };

/* Adds 1 or the deaths of each event, [kind][country or cell]. */
static void tally(const struct sah_world *world, double *out, unsigned by,
                  bool deaths) {
    const struct toy_log *log = &state_of(world)->log;
    size_t inner = by & BY_CELL ? TOY_CELLS : by & BY_COUNTRY ? TOY_COUNTRIES : 1;
    size_t outer = by & BY_KIND ? TOY_KINDS : 1;
    memset(out, 0, inner * outer * sizeof *out);
    for (size_t i = 0; i < log->base.n; i++) {
        size_t k = by & BY_KIND ? log->kind[i] : 0, c = 0;
        if (by & BY_CELL) c = (size_t)log->cell[i];
        if (by & BY_COUNTRY) c = (size_t)country_of(log->cell[i]);
        out[k * inner + c] += deaths ? log->deaths[i] : 1;
    }
}

static void read_people(const struct sah_world *world, double *out) {
    memcpy(out, state_of(world)->people, TOY_CELLS * sizeof *out);
}
static void read_cell_deaths(const struct sah_world *world, double *out) {
    tally(world, out, BY_CELL, true);
}
static void read_cell_kinds(const struct sah_world *world, double *out) {
    tally(world, out, BY_CELL | BY_KIND, false);
}
static void read_events(const struct sah_world *world, double *out) {
    tally(world, out, 0, false);
}
static void read_deaths(const struct sah_world *world, double *out) {
    tally(world, out, BY_KIND | BY_COUNTRY, true);
}
static void read_total(const struct sah_world *world, double *out) {
    *out = 0;
    for (int c = 0; c < TOY_CELLS; c++) *out += state_of(world)->people[c];
}
static void read_exchange(const struct sah_world *world, double *out) {
    for (int i = 0; i < 4; i++) out[i] = (world->today % 5) * (i % 2 ? 0.25 : 1);
}

static const struct sah_observable observables[] = {
    {"people",
     "persons",
     "People of the cell",
     SAH_FIELD,
     SAH_STOCK,
     SAH_F32,
     {NULL, NULL},
     read_people},
    {"deaths",
     "persons",
     "Deaths",
     SAH_FIELD,
     SAH_FLOW,
     SAH_I16,
     {NULL, NULL},
     read_cell_deaths},
    {"events",
     "1",
     "Events by kind",
     SAH_FIELD,
     SAH_FLOW,
     SAH_U8,
     {"kind", NULL},
     read_cell_kinds},
    {"events",
     "1",
     "Events of the day",
     SAH_SERIES,
     SAH_FLOW,
     SAH_I32,
     {NULL, NULL},
     read_events},
    {"deaths",
     "persons",
     "Deaths by kind and country",
     SAH_SERIES,
     SAH_FLOW,
     SAH_I32,
     {"kind", "country"},
     read_deaths},
    {"people",
     "persons",
     "People",
     SAH_SERIES,
     SAH_STOCK,
     SAH_F64,
     {NULL, NULL},
     read_total},
    {"exchange",
     "1",
     "From country to country",
     SAH_SERIES,
     SAH_FLOW,
     SAH_F32,
     {"country", "country"},
     read_exchange},
    {"deaths",
     "persons",
     "Deaths by kind and country",
     SAH_LEDGER,
     SAH_FLOW,
     SAH_I32,
     {"kind", "country"},
     read_deaths},
    {0},
};

static const char *const phases[] = {"happen"};

const struct sah_family toy_family = {
    .name = "toy",
    .doc = "A toy",
    .phases = phases,
    .nphases = 1,
    .state_size = sizeof(struct toy_state),
    .create = create,
    .begin_day = begin_day,
    .free = free_state,
    .observables = observables,
    .headline = {"events", "deaths", "people"},
};

/* ---- life ---------------------------------------------------------------------- */

int toy_create(struct toy *toy, const char *start, const char *end, const char *output,
               struct sah_error *err) {
    char yaml[512];
    *toy = (struct toy){0};
    int n = snprintf(yaml, sizeof yaml,
                     "title: \"A toy, d\xc3\xa9j\xc3\xa0 vu\"\n"
                     "run: {model: toy, start: %s, end: %s, seed: 7}\noutput: %s\n",
                     start, end, output);
    struct sah_scenario *scenario;
    int status =
        sah_scenario_parse("toy.yaml", yaml, (size_t)n, NULL, 0, &scenario, err);
    if (status) return status;
    const struct sah_family *families[] = {&toy_family};
    struct sah_section sections[SAH_OUTPUT_SECTIONS];
    sah_output_sections(&toy->params, sections);
    const struct sah_world_request request = {.families = families,
                                              .nfamilies = 1,
                                              .sections = sections,
                                              .nsections = SAH_OUTPUT_SECTIONS};
    return sah_world_create(scenario, &request, &toy->world, err);
}

void toy_free(struct toy *toy) {
    sah_world_free(toy->world);
    *toy = (struct toy){0};
}

static float *floats(float value) {
    float *all = malloc(TOY_CELLS * sizeof *all);
    for (int c = 0; all && c < TOY_CELLS; c++) all[c] = value;
    return all;
}

static void make_land(struct sah_land *land) {
    land->ncells = TOY_CELLS;
    land->country = calloc(TOY_CELLS, sizeof *land->country);
    land->region = calloc(TOY_CELLS, sizeof *land->region);
    land->people_2000 = calloc(TOY_CELLS, sizeof *land->people_2000);
    land->people_2020 = calloc(TOY_CELLS, sizeof *land->people_2020);
    float **layer[] = {
        &land->land,    &land->elevation_m, &land->ruggedness_m,    &land->river,
        &land->lake,    &land->road,        &land->border_km,       &land->capital_km,
        &land->town_km, &land->pasture,     &land->protected_share, &land->urban,
        &land->gold,    &land->area_km2};
    for (size_t i = 0; i < sizeof layer / sizeof *layer; i++)
        *layer[i] = floats((float)i);
    for (int c = 0; c < TOY_CELLS; c++) {
        land->country[c] = c == TOY_SEA ? -1 : (int16_t)country_of(c);
        land->region[c] = c == TOY_SEA ? -1 : 0;
        land->people_2020[c] = c;
    }
}

static const char table[] = "id,iso3\n0,AAA\n1,BBB\n";

void toy_lay_land(struct toy *toy) {
    struct sah_geography *geo = calloc(1, sizeof *geo);
    geo->file = calloc(1, sizeof *geo->file);
    geo->nfiles = 1;
    geo->file->name = strdup("countries.csv");
    geo->file->text = strdup(table);
    geo->file->length = sizeof table - 1;
    geo->country = calloc(TOY_COUNTRIES, sizeof *geo->country);
    geo->ncountries = TOY_COUNTRIES;
    for (int i = 0; i < TOY_COUNTRIES; i++)
        geo->country[i].iso3 = (char *)(uintptr_t)countries[i];
    toy->world->geo = geo;
    toy->world->land = calloc(1, sizeof *toy->world->land);
    make_land(toy->world->land);
}

int toy_run(struct toy *toy, const char *path, bool force, struct sah_error *err) {
    struct sah_recorder *recorder;
    int status =
        sah_recorder_create(toy->world, &toy->params, path, force, &recorder, err);
    if (status) return status;
    while (!status && !sah_world_done(toy->world)) {
        status = sah_world_step(toy->world, err);
        if (!status) status = sah_recorder_day(recorder, toy->world, err);
    }
    const double seconds[] = {0.5};
    const struct sah_provenance provenance = {.command = "toy",
                                              .threads = 1,
                                              .seconds = 1.5,
                                              .peak_bytes = 1000,
                                              .agent_steps = 42,
                                              .phase = phases,
                                              .phase_seconds = seconds,
                                              .nphases = 1};
    if (!status) status = sah_recorder_finish(recorder, toy->world, &provenance, err);
    sah_recorder_free(recorder);
    return status;
}
