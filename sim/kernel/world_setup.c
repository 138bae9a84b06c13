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
static const struct sah_param run_table[] = {
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
     .def = 500, .min = 1, .max = 2000, .fixed = true, .source = "design",
     .doc = "People that one community agent stands for at most"},
    {0},
};
/* clang-format on */

static const char *const whole_country[] = {"all", NULL};
static const double whole_depth = 10000; /* km, what "all" stands for */

/* clang-format off */
static const struct sah_param grid_table[] = {
    {.key = "geography", .type = SAH_TEXT,
     .at = offsetof(struct sah_grid_params, geography), .unit = "1",
     .def_text = "", .fixed = true, .source = "design",
     .doc = "Folder of geography tables, relative to the file that names it; empty: "
      "../geography beside the scenario if it is there, else the program's own"},
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

/* clang-format off */
static const struct sah_param plain_table[] = {
    {.key = "columns", .type = SAH_INT, .at = offsetof(struct sah_grid_params, columns),
     .unit = "1", .def = 40, .min = 1, .max = SAH_GRID_SIDE, .fixed = true,
     .source = "design", .doc = "Cells from west to east; the last is beside the first"},
    {.key = "rows", .type = SAH_INT, .at = offsetof(struct sah_grid_params, rows),
     .unit = "1", .def = 40, .min = 1, .max = SAH_GRID_SIDE, .fixed = true,
     .source = "design",
     .doc = "Cells from south to north; the last is beside the first"},
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
    world->family = named ? find_family(request, model->text) : request->families[0];
    if (world->family) return SAH_OK;
    SAH_BUG_IF(!named, "a program without families");
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

int sah_world_cast(struct sah_world *world, const struct sah_world_request *request,
                   struct sah_error *err) {
    int status = choose_family(world, request, err);
    return status ? status : allocate_members(world, err);
}

struct sah_section *sah_world_sections(struct sah_world *world,
                                       const struct sah_section *more, size_t nmore,
                                       size_t *count) {
    const struct sah_family *family = world->family;
    if (!world->switches) world->switches = switch_table(family);
    struct sah_section *section = calloc(4 + family->ncast + nmore, sizeof *section);
    if (!world->switches || !section) {
        free(section);
        return NULL;
    }
    size_t n = 0;
    section[n++] = (struct sah_section){"", "The scenario", top_table, &world->run};
    section[n++] = (struct sah_section){"run", "Period, seed and scale of the run",
                                        run_table, &world->run};
    if (family->has_land)
        section[n++] = (struct sah_section){"grid", "Grid, land and theatre",
                                            grid_table, &world->place};
    if (family->has_plain)
        section[n++] = (struct sah_section){"grid", "A torus of cells", plain_table,
                                            &world->place};
    if (world->switches->key)
        section[n++] = (struct sah_section){"mechanisms", "Switches of the mechanisms",
                                            world->switches, world->on};
    for (size_t i = 0; i < family->ncast; i++)
        if (family->cast[i]->params)
            section[n++] = (struct sah_section){
                family->cast[i]->name, family->cast[i]->doc, family->cast[i]->params,
                world->self ? world->self[i] : NULL};
    for (size_t i = 0; i < nmore; i++) section[n++] = more[i];
    *count = n;
    return section;
}

/* ---- binding ---- */

/* A setting that can be built upon: bound, and not refused. */
static const struct sah_setting *sound(const struct sah_world *world,
                                       const char *path) {
    const struct sah_setting *setting = sah_binding_find(&world->binding, path);
    return setting && !setting->refused ? setting : NULL;
}

/* Who is always there is no unknown name in `mechanisms`, but has no switch. */
static int refuse_switches(const struct sah_world *world, struct sah_error *err) {
    const struct sah_node *switches =
        sah_node_find(sah_scenario_root(world->scenario), "mechanisms");
    int status = SAH_OK;
    for (size_t i = 0; i < world->family->ncast; i++) {
        const struct sah_model *model = world->family->cast[i];
        struct sah_node *node =
            model->always ? sah_node_find(switches, model->name) : NULL;
        if (!node) continue;
        char path[128];
        snprintf(path, sizeof path, "mechanisms.%s", model->name);
        node->used = true;
        status = sah_scenario_complain(err, node->key_origin, path, node->text,
                                       "has no switch: it is always on");
    }
    return status;
}

static int check_run(const struct sah_world *world, struct sah_error *err) {
    const struct sah_setting *start = sound(world, "run.start");
    const struct sah_setting *end = sound(world, "run.end");
    if (!start || !end || world->run.end >= world->run.start) return SAH_OK;
    char text[11];
    sah_day_text(world->run.end, text);
    return sah_scenario_complain(err, end->origin, "run.end", text,
                                 "must not lie before run.start");
}

int sah_world_bind(struct sah_world *world, const struct sah_world_request *request,
                   struct sah_error *err) {
    size_t n = 0;
    struct sah_section *sections =
        sah_world_sections(world, request->sections, request->nsections, &n);
    if (!sections) return sah_error_add(err, SAH_MEMORY, "no memory for the sections");
    const char *also[] = {"timeline"};
    int no_switch = refuse_switches(world, err);
    int bound = sah_scenario_bind(world->scenario, sections, n, world->lists,
                                  world->family->nlists, also, 1, &world->binding, err);
    free(sections);
    int timed =
        sah_timeline_bind(&world->timeline, world->scenario, &world->binding, err);
    int dated = check_run(world, err);
    if (bound || timed) return bound ? bound : timed;
    return dated ? dated : no_switch;
}

/* ---- land ---- */

/* How late a value was laid: over all defaults, bases, the scenario itself. */
static int height(const struct sah_world *world, const struct sah_setting *setting) {
    if (!setting->node) return 0;
    if (setting->origin.line == 0) return 3; /* the command line */
    const char *top = sah_scenario_path(world->scenario);
    return strcmp(setting->origin.file, top) == 0 ? 2 : 1;
}

/* Tells at a setting what the grid finds wrong. */
static int relay(const struct sah_setting *setting, struct sah_error *found,
                 struct sah_error *err) {
    const char *told = found->text ? found->text : "no grid can be laid";
    int status = sah_scenario_complain(err, setting->origin, setting->path, NULL,
                                       "%.*s", (int)strcspn(told, "\n"), told);
    sah_error_clear(found);
    return status;
}

static int lay_grid(struct sah_world *world, struct sah_error *err) {
    const struct sah_setting *box = sound(world, "grid.box");
    const struct sah_setting *cell = sound(world, "grid.cell");
    const double *edge = world->place.box.value;
    struct sah_error found = {0};
    if (box && world->place.box.n != 4)
        return sah_scenario_complain(
            err, box->origin, box->path, NULL,
            "must be four numbers: [west, south, east, north]");
    if (box && sah_grid_check_box(edge[0], edge[1], edge[2], edge[3], &found))
        return relay(box, &found, err);
    if (!box || !cell) return SAH_INPUT;
    if (sah_grid_init(&world->grid, edge[0], edge[1], edge[2], edge[3],
                      world->place.cell_deg, &found))
        return relay(height(world, cell) > height(world, box) ? cell : box, &found,
                     err);
    return sah_grid_hasten(&world->grid, err);
}

/* The folder beside the scenario where a scenario names none. */
static const char usual_folder[] = "../geography";

/* Where the tables are sought; the caller frees. NULL without memory. */
static char *geography_folder(const struct sah_world *world,
                              const struct sah_world_request *request,
                              const struct sah_setting *setting) {
    if (*world->place.geography)
        return sah_path_beside(setting->origin, world->place.geography);
    struct sah_origin top = {sah_scenario_path(world->scenario), 1, 1, NULL};
    char *beside = sah_path_beside(top, usual_folder);
    if (!beside || !request->geography || sah_geography_found(beside)) return beside;
    free(beside);
    return strdup(request->geography);
}

static int read_geography(struct sah_world *world,
                          const struct sah_world_request *request,
                          struct sah_error *err) {
    const struct sah_setting *setting = sound(world, "grid.geography");
    if (!setting) return SAH_INPUT;
    char *folder = geography_folder(world, request, setting);
    if (!folder) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    int status = sah_geography_found(folder)
                     ? sah_geography_read(folder, &world->geo, err)
                     : sah_scenario_complain(
                           err, setting->origin, setting->path, world->place.geography,
                           "%s: no folder of geography tables", folder);
    free(folder);
    return status;
}

static bool whole(const struct sah_world *world, int16_t country) {
    const struct sah_shares *theatre = &world->place.theatre;
    for (size_t i = 0; i < theatre->n; i++)
        if (country >= 0 &&
            strcmp(theatre->name[i], world->geo->country[country].iso3) == 0)
            return theatre->share[i] >= whole_depth;
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

/* Every country of the theatre has a row in the geography. */
static int check_theatre(const struct sah_world *world, struct sah_error *err) {
    const struct sah_shares *theatre = &world->place.theatre;
    const struct sah_setting *setting = sound(world, "grid.theatre");
    int status = setting ? SAH_OK : SAH_INPUT;
    for (size_t i = 0; setting && i < theatre->n; i++)
        if (sah_geography_country(world->geo, theatre->name[i]) < 0)
            status = sah_scenario_complain(
                err, sah_setting_part(setting, theatre->name[i]), setting->path,
                theatre->name[i], "no such country in countries.csv");
    return status;
}

static int lay_theatre(struct sah_world *world, struct sah_error *err) {
    const struct sah_shares *theatre = &world->place.theatre;
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
        double depth = theatre->share[i];
        for (int32_t c = 0; c < world->grid.ncells; c++)
            if (world->land->country[c] == country)
                world->theatre[c] =
                    depth >= whole_depth || in_strip(world, edge, nedge, c, depth);
    }
    free(edge);
    return SAH_OK;
}

int sah_world_lay_plain(struct sah_world *world, struct sah_error *err) {
    if (!sound(world, "grid.columns") || !sound(world, "grid.rows")) return SAH_INPUT;
    return sah_grid_init_plain(&world->grid, world->place.columns, world->place.rows,
                               err);
}

int sah_world_lay_land(struct sah_world *world, const struct sah_world_request *request,
                       struct sah_error *err) {
    int grid = lay_grid(world, err);
    int tables = world->geo ? SAH_OK : read_geography(world, request, err);
    int status = tables ? tables : check_theatre(world, err);
    if (grid || status) return grid ? grid : status;
    status = sah_land_create(world->geo, &world->grid, &world->land, err);
    return status ? status : lay_theatre(world, err);
}
