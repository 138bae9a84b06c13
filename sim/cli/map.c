/* sahel map: one field of a result as a picture. */
#include "output/map_result.h"

#include "sim/cli/commands.h"
#include "sim/cli/picture.h"
#include "sim/cli/say.h"

enum { KEY_MULTIPLE = SAH_KEY_OWN };

struct map {
    struct sah_options common;
    struct sah_map_options map;
};

static const struct argp_option rows[] = {
    {"field", 'f', "F", 0,
     "Field to draw; 'sahel info' lists them; scdi: density and clustering of events",
     0},
    SAH_OPTION_PICTURE,
    SAH_OPTION_FROM,
    SAH_OPTION_TO,
    {"multiple", KEY_MULTIPLE, "WHAT", 0,
     "A panel for each year, or for each item of an axis such as faction", 1},
    SAH_OPTION_WIDTH,
    SAH_OPTION_DPI,
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
    if (sah_picture_key(&own->map.picture, 40, key, arg, state)) return 0;
    if (sah_picture_days_key(&own->map.from, &own->map.to, key, arg, state)) return 0;
    switch (key) {
    case 'f':
        own->map.field = arg;
        return 0;
    case KEY_MULTIPLE:
        own->map.multiple = arg;
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
