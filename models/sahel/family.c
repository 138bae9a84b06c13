/* The Sahel family: how armed groups expand, and what states and people do about it. */
#include "models/sahel/family.h"

#include "models/sahel/cast.h"
#include "models/sahel/world.h"

#include <stdio.h>

static const struct sah_column community_columns[] = {
#define SAH_COLUMN_STRUCT struct sahel_communities
    SAHEL_COMMUNITY_COLUMNS(SAH_COLUMN_ROW)
#undef SAH_COLUMN_STRUCT
};
static const struct sah_column band_columns[] = {
#define SAH_COLUMN_STRUCT struct sahel_bands
    SAHEL_BAND_COLUMNS(SAH_COLUMN_ROW)
#undef SAH_COLUMN_STRUCT
};
static const struct sah_column post_columns[] = {
#define SAH_COLUMN_STRUCT struct sahel_posts
    SAHEL_POST_COLUMNS(SAH_COLUMN_ROW)
#undef SAH_COLUMN_STRUCT
};
static const struct sah_column call_columns[] = {
#define SAH_COLUMN_STRUCT struct sahel_calls
    SAHEL_CALL_COLUMNS(SAH_COLUMN_ROW)
#undef SAH_COLUMN_STRUCT
};
static const struct sah_column event_columns[] = {
#define SAH_COLUMN_STRUCT struct sahel_events
    SAHEL_EVENT_COLUMNS(SAH_COLUMN_ROW)
#undef SAH_COLUMN_STRUCT
};
static const struct sah_column allegiance_columns[] = {
#define SAH_COLUMN_STRUCT struct sahel_allegiances
    SAHEL_ALLEGIANCE_COLUMNS(SAH_COLUMN_ROW)
#undef SAH_COLUMN_STRUCT
};
static const struct sah_column observed_columns[] = {
#define SAH_COLUMN_STRUCT struct sahel_observed
    SAHEL_OBSERVED_COLUMNS(SAH_COLUMN_ROW)
#undef SAH_COLUMN_STRUCT
};
/* Which axes (state.c) name the codes of the logs. */
static const struct sah_log_code event_codes[] = {
    {"country", "country"},
    {"violence", "violence"},
    {"kind", "kind"},
    {"cause", "cause"},
    {"side_a", "side_a"},
    {"side_b", "side_b"},
    {0},
};
static const struct sah_log_code allegiance_codes[] = {
    {"kind", "turn"},
    {"side_a", "side_a"},
    {"side_b", "side_b"},
    {"cause", "turn_cause"},
    {0},
};
static const struct sah_log_code observed_codes[] = {
    {"country", "country"}, {"violence", "violence"}, {"kind", "kind"},
    {"side_a", "side_a"},   {"side_b", "side_b"},     {0},
};
#define COUNT(array) (sizeof(array) / sizeof *(array))

#define X(name) extern const struct sah_model sah_model_##name;
SAHEL_CAST(X)
#undef X
static const struct sah_model *const cast[] = {
#define X(name) &sah_model_##name,
    SAHEL_CAST(X)
#undef X
};

static const char *const phases[] = {
#define X(name, text) text,
    SAHEL_PHASES(X)
#undef X
};

static const struct sah_list lists[] = {
    {.name = "factions",
     .doc = "Armed groups",
     .params = sah_sahel_faction_table,
     .item_size = sizeof(struct sahel_faction)},
    {.name = "forces",
     .doc = "State and foreign forces",
     .params = sah_sahel_force_table,
     .item_size = sizeof(struct sahel_force)},
    {.name = "talks",
     .doc = "Talks that states offer to armed groups",
     .params = sah_sahel_talk_table,
     .item_size = sizeof(struct sahel_talk)},
    {.name = "record",
     .doc = "Months as they were recorded",
     .params = sah_sahel_record_table,
     .item_size = sizeof(struct sahel_record)},
};

static int make_populations(struct sah_world *world, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    sah_population_init(&s->communities.base, "communities",
                        "People of one ethnic group and livelihood in one cell",
                        community_columns, COUNT(community_columns));
    sah_population_init(&s->bands.base, "bands", "Armed bands of a faction",
                        band_columns, COUNT(band_columns));
    sah_population_init(&s->posts.base, "posts", "State and foreign units",
                        post_columns, COUNT(post_columns));
    sah_population_init(&s->calls.base, "calls", "Answers to attacks under way",
                        call_columns, COUNT(call_columns));
    int a = sah_world_people(world, &s->communities.base, err);
    int b = sah_world_people(world, &s->bands.base, err);
    int c = sah_world_people(world, &s->posts.base, err);
    int d = sah_world_people(world, &s->calls.base, err);
    SAH_BUG_IF(a != SAHEL_COMMUNITIES || b != SAHEL_BANDS || c != SAHEL_POSTS ||
                   d != SAHEL_CALLS,
               "populations are registered in another order than world.h says");
    return SAH_OK;
}

static int make_logs(struct sah_world *world, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    sah_population_init(&s->events.base, "events", "Uses of armed force", event_columns,
                        COUNT(event_columns));
    sah_population_init(&s->allegiances.base, "allegiances",
                        "Turns in the relations of armed groups", allegiance_columns,
                        COUNT(allegiance_columns));
    sah_population_init(&s->observed.base, "observed",
                        "Events as a list made from news would hold them",
                        observed_columns, COUNT(observed_columns));
    int a = sah_world_log(world, &s->events.base, "event", event_codes, err);
    int b = sah_world_log(world, &s->allegiances.base, "turn", allegiance_codes, err);
    int c = sah_world_log(world, &s->observed.base, "record", observed_codes, err);
    SAH_BUG_IF(a != SAHEL_LOG_EVENTS || b != SAHEL_LOG_ALLEGIANCES ||
                   c != SAHEL_LOG_OBSERVED,
               "logs are registered in another order than world.h says");
    world->logs[SAHEL_LOG_OBSERVED].aside = true;
    return SAH_OK;
}

/* Mechanisms hold tables of so many rows; the first beyond them is told. */
static void refuse(struct sah_world *world, const char *list, const char *name,
                   int most, struct sah_error *err) {
    char path[256];
    snprintf(path, sizeof path, "%s.%s.title", list, name);
    const struct sah_setting *at = sah_binding_find(&world->binding, path);
    if (at)
        sah_scenario_complain(err, at->origin, list, name, "there may be %d at most",
                              most);
    else
        sah_error_add(err, SAH_LIMIT, "%s: there may be %d at most", list, most);
}

/* Forces have no limit; what mechanisms keep of factions by cell stands on the stack. */
static int check_lists(struct sah_world *world, struct sah_error *err) {
    const struct sahel *s = sahel_of(world);
    if (s->nfactions > SAHEL_MAX_FACTIONS)
        refuse(world, "factions", s->faction[SAHEL_MAX_FACTIONS].name,
               SAHEL_MAX_FACTIONS, err);
    return err->code;
}

static int create(struct sah_world *world, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    s->faction = world->lists[0].items;
    s->nfactions = world->lists[0].n;
    s->force = world->lists[1].items;
    s->nforces = world->lists[1].n;
    s->talk = world->lists[2].items;
    s->ntalks = world->lists[2].n;
    s->record = world->lists[3].items;
    s->nrecords = world->lists[3].n;
    s->ngroups = world->geo->ngroups;
    s->ncountries = world->geo->ncountries;
    if (s->ngroups > SAHEL_MAX_GROUPS)
        return sah_error_add(err, SAH_LIMIT, "groups.csv: more than %d ethnic groups",
                             SAHEL_MAX_GROUPS);
    int status = check_lists(world, err);
    if (!status) status = make_populations(world, err);
    if (!status) status = make_logs(world, err);
    return status ? status : sah_sahel_state_create(world, err);
}

/* Slow sorting has its own period: newcomers of a cell wait at the end till then. */
enum { SORT_PERIOD = 10 };

static int begin_day(struct sah_world *world, struct sah_error *err) {
    struct sahel *s = sahel_of(world);
    size_t ncells = (size_t)world->grid.ncells;
    sah_sahel_begin_day(world);
    int status = SAH_OK;
    if (world->tick % SORT_PERIOD == 0)
        status = sah_population_sort(&s->communities.base, ncells, err);
    if (!status) status = sah_population_sort(&s->bands.base, ncells, err);
    if (!status) status = sah_population_sort(&s->posts.base, ncells, err);
    if (!status) status = sah_population_sort(&s->calls.base, ncells, err);
    return status;
}

static void free_all(struct sah_world *world) {
    for (size_t i = 0; i < world->npopulations; i++)
        sah_population_free(world->population[i]);
    for (size_t i = 0; i < world->nlogs; i++) sah_population_free(world->logs[i].rows);
    sah_sahel_state_free(world);
}

const struct sah_family sah_family_sahel = {
    .name = "sahel",
    .doc = "Insurgent expansion and counter-insurgency in the Sahel",
    .phases = phases,
    .nphases = COUNT(phases),
    .cast = cast,
    .ncast = COUNT(cast),
    .lists = lists,
    .nlists = COUNT(lists),
    .has_land = true,
    .state_size = sizeof(struct sahel),
    .agents = sah_sahel_agents,
    .agent_bytes = 66, /* 46 in columns, 12 while they are sorted, newcomers */
    .cell_bytes = 1000,
    .create = create,
    .begin_day = begin_day,
    .verify = sah_sahel_verify,
    .free = free_all,
    .observables = sah_sahel_observables,
    .headline = {"events", "deaths", "displaced"},
};
