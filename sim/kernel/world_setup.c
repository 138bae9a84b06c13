/* The sections `run`, `grid` and `mechanisms`, and what they build. */
#include "sim/kernel/world_setup.h"

#include "sim/kernel/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const struct sah_param top_table[] = {
    {.key = "title", .type = SAH_TEXT, .at = offsetof(struct sah_run_params, title),
     .unit = "1", .def_text = "", .fixed = true, .source = "design",
     .doc = "Title shown on maps and kept in the result"},
    {0},
};
/* clang-format on */

/* clang-format off */
const struct sah_param sah_run_table[] = {
    {.key = "model", .type = SAH_TEXT, .at = offsetof(struct sah_run_params, model),
     .unit = "1", .def_text = "", .fixed = true, .source = "design",
     .doc = "Model family: agents and rules of the world; empty: the first"},
    {.key = "start", .type = SAH_DATE, .at = offsetof(struct sah_run_params, start),
     .unit = "1", .def_text = "2016-01-01", .fixed = true, .source = "design",
     .doc = "First day simulated"},
    {.key = "end", .type = SAH_DATE, .at = offsetof(struct sah_run_params, end),
     .unit = "1", .def_text = "2020-12-31", .fixed = true, .source = "design",
     .doc = "Last day simulated"},
    {.key = "seed", .type = SAH_INT, .at = offsetof(struct sah_run_params, seed),
     .unit = "1", .def = 1, .min = 0, .max = 9007199254740992.0, .fixed = true,
     .source = "design", .doc = "Seed of all chance in the run"},
    {.key = "people_per_agent", .type = SAH_REAL,
     .at = offsetof(struct sah_run_params, people_per_agent), .unit = "persons",
     .def = 500, .min = 1, .max = 1000, .fixed = true, .source = "design",
     .doc = "People that one community agent stands for at most"},
    {0},
};
/* clang-format on */

static const char *const whole_country[] = {"all", NULL};

/* clang-format off */
const struct sah_param sah_grid_table[] = {
    {.key = "geography", .type = SAH_TEXT,
     .at = offsetof(struct sah_grid_params, geography), .unit = "1",
     .def_text = "../geography", .fixed = true, .source = "design",
     .doc = "Folder of geography tables, relative to the file that names it"},
    {.key = "box", .type = SAH_REALS, .at = offsetof(struct sah_grid_params, box),
     .unit = "deg", .min = -180, .max = 180, .def_text = "-12.5, 8, 16, 25.5",
     .fixed = true, .source = "design",
     .doc = "West, south, east and north edge of the grid"},
    {.key = "cell", .type = SAH_REAL, .at = offsetof(struct sah_grid_params, cell_deg),
     .unit = "deg", .def = 0.25, .min = 0.05, .max = 1, .fixed = true,
     .source = "design", .doc = "Side of a grid cell"},
    {.key = "theatre", .type = SAH_SHARES,
     .at = offsetof(struct sah_grid_params, theatre), .unit = "km", .min = 0,
     .max = 10000, .choices = whole_country, .fixed = true, .source = "design",
     .def_text = "MLI: all, BFA: all, NER: all, BEN: 200 km, TGO: 200 km, GHA: 200 "
      "km, CIV: 200 km",
     .doc = "Where people live as agents: whole countries, or a strip of others along "
      "them"},
    {0},
};
/* clang-format on */

/* One switch row per cast member that has a switch; the caller frees. */
static struct sah_param *switch_table(const struct sah_family *family) {
    struct sah_param *table = calloc(family->ncast + 1, sizeof *table);
    if (!table) return NULL;
    size_t n = 0;
    for (size_t i = 0; i < family->ncast; i++) {
        const struct sah_model *model = family->cast[i];
        if (model->always) continue;
        table[n++] = (struct sah_param){.key = model->name,
                                        .type = SAH_SWITCH,
                                        .at = i * sizeof(bool),
                                        .unit = "1",
                                        .def = model->off ? 0 : 1,
                                        .max = 1,
                                        .doc = model->doc,
                                        .source = "design"};
    }
    return table;
}

static const struct sah_family *find_family(const struct sah_world_request *request,
                                            const char *name) {
    for (size_t i = 0; i < request->nfamilies; i++)
        if (strcmp(request->families[i]->name, name) == 0) return request->families[i];
    return NULL;
}

/* The family must be known before its sections can be bound; named by nobody, it is the
 * first. */
static int choose_family(struct sah_world *world,
                         const struct sah_world_request *request,
                         struct sah_error *err) {
    const struct sah_node *run =
        sah_node_find(sah_scenario_root(world->scenario), "run");
    const struct sah_node *model = run ? sah_node_find(run, "model") : NULL;
    bool named = model && model->text && *model->text;
    world->family =
        named ? find_family(request, model->text) : request->families[0];
    if (world->family) return SAH_OK;
    const char *names[16];
    size_t n = 0;
    for (; n < request->nfamilies && n < 16; n++) names[n] = request->families[n]->name;
    const char *near = sah_nearest(model->text, names, n);
    return sah_scenario_complain(err, model->origin, "run.model", model->text,
                                 "no such model; did you mean %s?",
                                 near ? near : names[0]);
}

static int allocate_members(struct sah_world *world, struct sah_error *err) {
    const struct sah_family *family = world->family;
    world->self = calloc(family->ncast + 1, sizeof *world->self);
    world->on = calloc(family->ncast + 1, sizeof *world->on);
    world->lists = calloc(family->nlists + 1, sizeof *world->lists);
    world->state = calloc(1, family->state_size + 1);
    bool ok = world->self && world->on && world->lists && world->state;
    for (size_t i = 0; ok && i < family->ncast; i++) {
        world->on[i] = true;
        world->self[i] = calloc(1, family->cast[i]->size + 1);
        ok = world->self[i] != NULL;
    }
    for (size_t i = 0; ok && i < family->nlists; i++)
        world->lists[i] = family->lists[i];
    return ok ? SAH_OK : sah_error_add(err, SAH_MEMORY, "no memory for the models");
}

/* All sections in the order a scenario shows them; the caller frees. */
static struct sah_section *collect_sections(struct sah_world *world,
                                            const struct sah_param *switches,
                                            const struct sah_world_request *request,
                                            size_t *count) {
    const struct sah_family *family = world->family;
    struct sah_section *section =
        calloc(4 + family->ncast + request->nsections, sizeof *section);
    if (!section) return NULL;
    size_t n = 0;
    section[n++] = (struct sah_section){"", "The scenario", top_table, &world->run};
    section[n++] = (struct sah_section){"run", "Period, seed and scale of the run",
                                        sah_run_table, &world->run};
    if (family->has_land)
        section[n++] = (struct sah_section){"grid", "Grid, land and theatre",
                                            sah_grid_table, &world->place};
    section[n++] = (struct sah_section){"mechanisms", "Switches of the mechanisms",
                                        switches, world->on};
    for (size_t i = 0; i < family->ncast; i++)
        if (family->cast[i]->params)
            section[n++] =
                (struct sah_section){family->cast[i]->name, family->cast[i]->doc,
                                     family->cast[i]->params, world->self[i]};
    for (size_t i = 0; i < request->nsections; i++) section[n++] = request->sections[i];
    *count = n;
    return section;
}

static int check_run(const struct sah_world *world, struct sah_error *err) {
    if (world->run.end >= world->run.start) return SAH_OK;
    const struct sah_setting *end = sah_binding_find(&world->binding, "run.end");
    char text[11];
    sah_day_text(world->run.end, text);
    return sah_scenario_complain(err, end->origin, "run.end", text,
                                 "must not lie before run.start");
}

int sah_world_bind(struct sah_world *world, const struct sah_world_request *request,
                   struct sah_error *err) {
    int status = choose_family(world, request, err);
    if (!status) status = allocate_members(world, err);
    if (status) return status;

    size_t n = 0;
    world->switches = switch_table(world->family);
    struct sah_section *sections =
        world->switches ? collect_sections(world, world->switches, request, &n) : NULL;
    if (!sections) return sah_error_add(err, SAH_MEMORY, "no memory for the sections");
    const char *also[] = {"timeline"};
    status = sah_scenario_bind(world->scenario, sections, n, world->lists,
                               world->family->nlists, also, 1, &world->binding, err);
    free(sections);
    int later =
        sah_timeline_bind(&world->timeline, world->scenario, &world->binding, err);
    if (status || later) return status ? status : later;
    return check_run(world, err);
}

static int lay_grid(struct sah_world *world, struct sah_error *err) {
    const struct sah_setting *setting = sah_binding_find(&world->binding, "grid.box");
    const struct sah_reals *box = &world->place.box;
    if (box->n != 4)
        return sah_scenario_complain(
            err, setting->origin, "grid.box", NULL,
            "must be four numbers: [west, south, east, north]");
    return sah_grid_init(&world->grid, box->value[0], box->value[1], box->value[2],
                         box->value[3], world->place.cell_deg, err);
}

static bool whole(const struct sah_world *world, int16_t country) {
    const struct sah_shares *theatre = &world->place.theatre;
    for (size_t i = 0; i < theatre->n; i++)
        if (country >= 0 &&
            strcmp(theatre->name[i], world->geo->country[country].iso3) == 0)
            return theatre->share[i] >= sah_grid_table[3].max;
    return false;
}

/* Is a cell of a partly covered country within `depth_km` of a whole country? */
static bool in_strip(const struct sah_world *world, const int32_t *edge, size_t nedge,
                     int32_t cell, double depth_km) {
    for (size_t i = 0; i < nedge; i++)
        if (sah_grid_distance_km(&world->grid, cell, edge[i]) <= depth_km) return true;
    return false;
}

/* Cells of whole countries that touch another country: what strips are measured from.
 */
static size_t find_edge(const struct sah_world *world, int32_t *edge) {
    size_t n = 0;
    for (int32_t c = 0; c < world->grid.ncells; c++) {
        int32_t near[8];
        int count = sah_grid_neighbours(&world->grid, c, near);
        bool outer = false;
        for (int k = 0; k < count; k++)
            outer |= !whole(world, world->land->country[near[k]]);
        if (whole(world, world->land->country[c]) && outer) edge[n++] = c;
    }
    return n;
}

static int lay_theatre(struct sah_world *world, struct sah_error *err) {
    const struct sah_shares *theatre = &world->place.theatre;
    const struct sah_setting *setting =
        sah_binding_find(&world->binding, "grid.theatre");
    size_t ncells = (size_t)world->grid.ncells;
    world->theatre = calloc(ncells + 1, 1);
    int32_t *edge = calloc(ncells + 1, sizeof *edge);
    if (!world->theatre || !edge) {
        free(edge);
        return sah_error_add(err, SAH_MEMORY, "no memory for %zu cells", ncells);
    }
    size_t nedge = find_edge(world, edge);
    for (size_t i = 0; i < theatre->n; i++) {
        int country = sah_geography_country(world->geo, theatre->name[i]);
        if (country < 0)
            sah_scenario_complain(err, setting->origin, "grid.theatre",
                                  theatre->name[i], "no such country in countries.csv");
        double depth = theatre->share[i];
        for (int32_t c = 0; country >= 0 && c < world->grid.ncells; c++)
            if (world->land->country[c] == country)
                world->theatre[c] = depth >= sah_grid_table[3].max ||
                                    in_strip(world, edge, nedge, c, depth);
    }
    free(edge);
    return err->code;
}

int sah_world_lay_land(struct sah_world *world, struct sah_error *err) {
    int status = lay_grid(world, err);
    if (status) return status;
    const struct sah_setting *setting =
        sah_binding_find(&world->binding, "grid.geography");
    char *folder = sah_path_beside(setting->origin, world->place.geography);
    if (!folder) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    status = sah_geography_read(folder, &world->geo, err);
    free(folder);
    if (!status) status = sah_land_create(world->geo, &world->grid, &world->land, err);
    return status ? status : lay_theatre(world, err);
}
