/* From a scenario to a world: sections offered, land found, all mistakes in one go. */
#include "sim/kernel/world_setup.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_geography.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- a family of two: one is always there, one has a switch ---- */

struct wind {
    double speed;
};

/* clang-format off */
static const struct sah_param wind_rows[] = {
    {.key = "speed", .type = SAH_REAL, .at = offsetof(struct wind, speed), .unit = "1",
     .def = 1, .max = 9, .source = "assumed", .doc = "How strong it blows"},
    {0},
};
/* clang-format on */

/* A model's own mistake, told where its value stands. */
static int blow(void *self, struct sah_world *world, struct sah_error *err) {
    const struct wind *wind = self;
    const struct sah_setting *at = sah_binding_find(&world->binding, "wind.speed");
    if (wind->speed < 8) return SAH_OK;
    return sah_scenario_complain(err, at->origin, at->path, NULL, "a storm");
}

static const struct sah_model ground = {
    .name = "ground", .doc = "Earth", .always = true, .size = 1};
static const struct sah_model wind = {.name = "wind",
                                      .doc = "Air",
                                      .size = sizeof(struct wind),
                                      .params = wind_rows,
                                      .init = blow};
static const struct sah_model *const cast[] = {&ground, &wind};

static int create(struct sah_world *world, struct sah_error *err) {
    (void)world, (void)err;
    return SAH_OK;
}

static const char *const phases[] = {"blow"};
static const struct sah_family family = {.name = "toy",
                                         .doc = "A toy",
                                         .phases = phases,
                                         .nphases = 1,
                                         .cast = cast,
                                         .ncast = 2,
                                         .has_land = true,
                                         .state_size = 1,
                                         .create = create};
static const struct sah_family *const families[] = {&family};

/* ---- worlds of it ---- */

#define LAND "grid: {box: [0, 10, 2, 10.5], cell: 0.5 deg, theatre: {AAA: all}}\n"

/* What the caller of sah_world_create looks at afterwards. */
static int look(const struct sah_world *world, void *user, struct sah_error *err) {
    int *looks = user;
    (*looks)++;
    assert_non_null(sah_binding_find(&world->binding, "run.seed"));
    return looks[1] ? sah_error_add(err, SAH_INPUT, "also this") : SAH_OK;
}

static struct sah_world_request request_with(struct sah_geography *geo) {
    return (struct sah_world_request){.families = families, .nfamilies = 1, .geo = geo};
}

static int make(const char *name, const char *yaml, struct sah_world_request request,
                struct sah_world **world, struct sah_error *err) {
    struct sah_scenario *scenario;
    *world = NULL;
    assert_int_equal(
        sah_scenario_parse(name, yaml, strlen(yaml), NULL, 0, &scenario, err), SAH_OK);
    return sah_world_create(scenario, &request, world, err);
}

static struct sah_geography *tables(void) {
    struct sah_geography *geo;
    assert_int_equal(tiny_parse(NULL, NULL, &geo, NULL), SAH_OK);
    return geo;
}

static void assert_error(const char *yaml, const char *message) {
    struct sah_error err = {0};
    struct sah_world *world;
    assert_int_equal(make("t.yaml", yaml, request_with(tables()), &world, &err),
                     SAH_INPUT);
    assert_null(world);
    assert_string_equal(err.text, message);
    sah_error_clear(&err);
}

/* ---- land ---- */

static void tables_at_hand_are_taken(void **state) {
    (void)state;
    struct sah_error err = {0};
    struct sah_world *world;
    struct sah_geography *geo = tables();
    int status = make("t.yaml", LAND, request_with(geo), &world, &err);
    assert_null(err.text);
    assert_int_equal(status, SAH_OK);
    assert_ptr_equal(world->geo, geo);
    assert_int_equal(world->theatre[0] + world->theatre[1], 2);
    assert_int_equal(world->theatre[2] + world->theatre[3], 0);
    sah_world_free(world);
}

static void write_tables(const char *folder) {
    assert_int_equal(mkdir(folder, 0777), 0);
    for (int i = 0; i < TINY_FILES; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", folder, tiny_texts[i][0]);
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        fputs(tiny_texts[i][1], file);
        fclose(file);
    }
}

static void remove_tables(const char *folder) {
    for (int i = 0; i < TINY_FILES; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/%s", folder, tiny_texts[i][0]);
        remove(path);
    }
    rmdir(folder);
}

/* `name` stands for the scenario's file, which need not be there itself. */
static int find_land(const char *name, const char *fallback, struct sah_error *err) {
    struct sah_world_request request = request_with(NULL);
    struct sah_world *world;
    request.geography = fallback;
    int status = make(name, LAND, request, &world, err);
    sah_world_free(world);
    return status;
}

static void usual_folders_are_sought(void **state) {
    (void)state;
    char root[] = "/tmp/sah_world_XXXXXX", name[64], beside[64], own[64];
    char message[256];
    assert_non_null(mkdtemp(root));
    snprintf(name, sizeof name, "%s/mine/t.yaml", root);
    snprintf(beside, sizeof beside, "%s/geography", root);
    snprintf(own, sizeof own, "%s/own", root);
    char mine[64];
    snprintf(mine, sizeof mine, "%s/mine", root);
    mkdir(mine, 0777);

    struct sah_error err = {0};
    assert_int_equal(find_land(name, own, &err), SAH_INPUT);
    snprintf(message, sizeof message,
             "%s:1:1: grid.geography: %s: no folder of geography tables\n", name, own);
    assert_string_equal(err.text, message);
    sah_error_clear(&err);
    assert_int_equal(find_land(name, NULL, &err), SAH_INPUT);
    snprintf(message, sizeof message,
             "%s:1:1: grid.geography: %s/../geography: no folder of geography "
             "tables\n",
             name, mine);
    assert_string_equal(err.text, message);
    sah_error_clear(&err);

    write_tables(own);
    assert_int_equal(find_land(name, own, &err), SAH_OK);
    write_tables(beside);
    assert_int_equal(find_land(name, NULL, &err), SAH_OK);
    assert_int_equal(find_land(name, "/nonexistent", &err), SAH_OK);
    assert_null(err.text);
    remove_tables(own);
    remove_tables(beside);
    rmdir(mine);
    rmdir(root);
}

static void a_missing_folder_is_one_mistake(void **state) {
    (void)state;
    struct sah_error err = {0};
    struct sah_world *world;
    assert_int_equal(make("sub/t.yaml", "grid: {geography: ../nowhere}\n",
                          request_with(NULL), &world, &err),
                     SAH_INPUT);
    assert_string_equal(err.text, "sub/t.yaml:1:19: grid.geography = ../nowhere: "
                                  "sub/../nowhere: no folder of geography tables\n");
    sah_error_clear(&err);
}

static void the_grid_complains_of_what_was_laid_last(void **state) {
    (void)state;
    assert_error("grid: {box: [0, 10, 2.2, 10.5], cell: 0.5, theatre: {AAA: all}}\n",
                 "t.yaml:1:13: grid.box: 0..2.2 east, 10..10.5 north: must hold a "
                 "whole number of cells of 0.5 degrees in each direction\n");
    assert_error("grid: {cell: 0.3, theatre: {AAA: all}}\n",
                 "t.yaml:1:14: grid.cell: -12.5..16 east, 8..25.5 north: must hold a "
                 "whole number of cells of 0.3 degrees in each direction\n");
    assert_error("grid: {box: [2, 10, 0, 10.5], cell: 0.3, theatre: {AAA: all}}\n",
                 "t.yaml:1:13: grid.box: from 2 to 0 east: must rise within "
                 "-180..180\n");
    assert_error("grid: {box: [1, 2, 3], theatre: {AAA: all}}\n",
                 "t.yaml:1:13: grid.box: must be four numbers: [west, south, east, "
                 "north]\n");
}

/* ---- mistakes of several steps ---- */

static void mistakes_of_all_steps_are_told(void **state) {
    (void)state;
    assert_error("run: {seed: x, start: 2016-02-01, end: 2016-01-01}\n"
                 "mechanisms: {ground: off, wnd: on}\n"
                 "grid: {box: [0, 10, 2.2, 10.5], theatre: {AAA: all, XYZ: all}}\n",
                 "t.yaml:2:14: mechanisms.ground = off: has no switch: it is always "
                 "on\n"
                 "t.yaml:1:13: run.seed = x: expected a whole number (default 1)\n"
                 "t.yaml:2:27: mechanisms.wnd: no such parameter; did you mean wind?\n"
                 "t.yaml:1:40: run.end = 2016-01-01: must not lie before run.start\n"
                 "t.yaml:3:13: grid.box: 0..2.2 east, 10..10.5 north: must hold a "
                 "whole number of cells of 0.25 degrees in each direction\n"
                 "t.yaml:3:53: grid.theatre = XYZ: no such country in countries.csv\n");
}

static void refused_values_are_not_built_upon(void **state) {
    (void)state;
    assert_error("run: {start: x, end: 2010-01-01}\n"
                 "grid: {box: [0, 10, 2.2, y], theatre: {AAA: z}, geography: [a]}\n"
                 "wind: {speed: 9}\n",
                 "t.yaml:1:14: run.start = x: expected a date such as 2016-01-31 "
                 "(default 2016-01-01)\n"
                 "t.yaml:2:60: grid.geography: expected a text, found a list\n"
                 "t.yaml:2:26: grid.box = y: expected a list of numbers such as [1, 2] "
                 "in deg\n"
                 "t.yaml:2:45: grid.theatre.AAA = z: expected names with numbers such "
                 "as {a: 1} in km\n");
}

static void callers_look_in_any_case(void **state) {
    (void)state;
    struct sah_error err = {0};
    struct sah_world *world;
    int looks[2] = {0, 1};
    struct sah_world_request request = request_with(tables());
    request.check = look;
    request.user = looks;
    assert_int_equal(make("t.yaml", LAND "wind: {speed: 9}\n", request, &world, &err),
                     SAH_INPUT);
    assert_string_equal(err.text, "t.yaml:2:15: wind.speed: a storm\nalso this\n");
    sah_error_clear(&err);
    request.geo = tables();
    assert_int_equal(make("t.yaml", LAND "run: {seed: x}\n", request, &world, &err),
                     SAH_INPUT);
    assert_int_equal(err.count, 2);
    sah_error_clear(&err);
    request.geo = tables();
    looks[1] = 0;
    assert_int_equal(make("t.yaml", LAND, request, &world, &err), SAH_OK);
    assert_int_equal(looks[0], 3);
    sah_world_free(world);
}

/* ---- what is offered ---- */

static void sections_without_a_scenario(void **state) {
    (void)state;
    static const char *const names[] = {"",           "run",  "grid",
                                        "mechanisms", "wind", "more"};
    const struct sah_section more = {"more", "Of a caller", wind_rows, NULL};
    struct sah_world *world = calloc(1, sizeof *world);
    size_t n;
    assert_non_null(world);
    world->family = &family;
    struct sah_section *section = sah_world_sections(world, &more, 1, &n);
    assert_non_null(section);
    assert_int_equal(n, sizeof names / sizeof *names);
    for (size_t i = 0; i < n; i++) {
        assert_string_equal(section[i].name, names[i]);
        assert_non_null(section[i].params->key);
    }
    assert_string_equal(section[3].params[0].key, "wind");
    assert_null(section[3].params[1].key);
    free(section);
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_at_hand_are_taken),
        cmocka_unit_test(usual_folders_are_sought),
        cmocka_unit_test(a_missing_folder_is_one_mistake),
        cmocka_unit_test(the_grid_complains_of_what_was_laid_last),
        cmocka_unit_test(mistakes_of_all_steps_are_told),
        cmocka_unit_test(refused_values_are_not_built_upon),
        cmocka_unit_test(callers_look_in_any_case),
        cmocka_unit_test(sections_without_a_scenario),
    };
    return cmocka_run_group_tests_name("world_setup", tests, NULL, NULL);
}
