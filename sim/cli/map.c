/* sahel map: one field of a result as a picture. */
#include "output/map_result.h"

#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"

enum { KEY_FROM = SAH_KEY_OWN, KEY_TO, KEY_MULTIPLE, KEY_WIDTH, KEY_DPI };

struct map {
    struct sah_options common;
    struct sah_map_options map;
};

static const struct argp_option rows[] = {
    {"field", 'f', "F", 0,
     "Field to draw; 'sahel info' lists them; scdi: density and clustering of events",
     0},
    {"output", 'o', "FILE", 0, "Picture to write: .png, .svg or .pdf", 0},
    {"from", KEY_FROM, "DATE", 0, "First day (of the run); flows are summed", 1},
    {"to", KEY_TO, "DATE", 0, "Last day (of the run); stocks are shown at it", 1},
    {"multiple", KEY_MULTIPLE, "WHAT", 0,
     "A panel for each year, or for each item of an axis such as faction", 1},
    {"width", KEY_WIDTH, "MM", 0, "Width of the picture in millimetres (180)", 1},
    {"dpi", KEY_DPI, "N", 0, "Dots per inch of a PNG (300)", 1},
    SAH_OPTION_FORCE,
    SAH_OPTION_QUIET,
    {0},
};

static error_t finish(struct map *own, struct argp_state *state) {
    sah_options_key(&own->common, ARGP_KEY_END, NULL, state);
    if (!own->map.field) argp_error(state, "which field? Give --field, such as deaths");
    if (!own->map.picture.path)
        argp_error(state, "where to? Give -o FILE, such as -o map.png");
    own->map.result = own->common.argument[0];
    own->map.picture.force = own->common.force;
    return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct map *own = state->input;
    switch (key) {
    case 'f':
        own->map.field = arg;
        return 0;
    case 'o':
        own->map.picture.path = arg;
        return 0;
    case KEY_FROM:
        own->map.from = sah_option_day(state, "--from", arg);
        return 0;
    case KEY_TO:
        own->map.to = sah_option_day(state, "--to", arg);
        return 0;
    case KEY_MULTIPLE:
        own->map.multiple = arg;
        return 0;
    case KEY_WIDTH:
        own->map.picture.width_mm = sah_option_number(state, "--width", arg, 40, 2000);
        return 0;
    case KEY_DPI:
        own->map.picture.dpi = sah_option_number(state, "--dpi", arg, 20, 2400);
        return 0;
    case ARGP_KEY_END:
        return finish(own, state);
    default:
        return sah_options_key(&own->common, key, arg, state);
    }
}

static const struct argp argp = {
    .options = rows,
    .parser = parse,
    .args_doc = "RUN.h5 --field F -o FILE",
    .doc =
        "Draw a field of a result on the map.\v"
        "Examples:\n  sahel map run.h5 --field deaths --multiple year -o deaths.png\n"
        "  sahel map run.h5 --field control --to 2018-12-31 -o control.pdf",
};

int sah_cli_map(int argc, char **argv) {
    struct map own = {.common = {.least = 1, .most = 1},
                      .map = {.from = SAH_MAP_FIRST, .to = SAH_MAP_LAST}};
    struct sah_error err = {0};
    sah_options_parse(&argp, argc, argv, &own.common);
    int status = sah_map_from_result(&own.map, &err);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
