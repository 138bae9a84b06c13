/* sahel map: one field of a result as a picture. */
#include "output/map_result.h"

#include "sim/cli/commands.h"
#include "sim/cli/picture.h"
#include "sim/cli/say.h"

struct map {
    struct sah_options common;
    struct sah_map_options map;
};

static const struct sah_option rows[] = {
    {"field", 'f', "F",
     "Field to draw; 'sahel info' lists them; scdi: density and clustering of events",
     0, SAH_TEXT(struct map, map.field),
     .need = "which field? Give --field, such as deaths"},
    SAH_OPTION_PICTURE(struct map, map.picture,
                       "where to? Give -o FILE, such as -o map.png"),
    SAH_OPTION_FROM(struct map, map.from),
    SAH_OPTION_TO(struct map, map.to),
    {"multiple", 0, "WHAT",
     "A panel for each year, or for each item of an axis such as faction", 1,
     SAH_TEXT(struct map, map.multiple)},
    SAH_OPTION_WIDTH(struct map, map.picture, 40),
    SAH_OPTION_DPI(struct map, map.picture),
    SAH_OPTION_FORCE,
    SAH_OPTION_QUIET,
    {0},
};

static const struct sah_usage usage = {
    .options = rows,
    .least = 1,
    .most = 1,
    .arguments = "RUN.h5 --field F -o FILE",
    .doc =
        "Draw a field of a result on the map.\v"
        "Examples:\n  sahel map run.h5 --field deaths --multiple year -o deaths.png\n"
        "  sahel map run.h5 --field control --to 2018-12-31 -o control.pdf",
};

int sah_cli_map(int argc, char **argv) {
    struct map own = {.map = {.from = SAH_MAP_FIRST, .to = SAH_MAP_LAST}};
    struct sah_error err = {0};
    sah_options_parse(&usage, argc, argv, &own);
    own.map.result = own.common.argument[0];
    own.map.picture.force = own.common.force;
    int status = sah_map_from_result(&own.map, &err);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
