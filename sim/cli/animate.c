/* sahel animate: a field of a result as a film. */
#include "output/film.h"
#include "output/map_result.h"

#include "sim/cli/commands.h"
#include "sim/cli/picture.h"
#include "sim/cli/say.h"
#include "sim/cli/stop.h"

struct animate {
    struct sah_options common;
    struct sah_film_options film;
};

static const struct sah_option rows[] = {
    {"field", 'f', "F", "Field to show; 'sahel info' lists them", 0,
     SAH_TEXT(struct animate, film.field),
     .need = "which field? Give --field, such as control"},
    {"output", 'o', "FILE", "Film to write: .mp4, .gif or .webp; needs ffmpeg", 0,
     SAH_TEXT(struct animate, film.target.path)},
    {"frames", 0, "DIR", "Write PNG pictures instead, without ffmpeg", 0,
     SAH_TEXT(struct animate, film.target.folder)},
    SAH_OPTION_FROM(struct animate, film.from),
    SAH_OPTION_TO(struct animate, film.to),
    {"step", 0, "DAYS", "Days from picture to picture (about 300 in all)", 1,
     SAH_WHOLE(struct animate, film.step_days, 1, 3660)},
    {"fps", 0, "N", "Pictures a second (20)", 1,
     SAH_WHOLE(struct animate, film.target.fps, 1, 120)},
    {"width", 0, "PIXELS", "Width of the film in pixels (1280)", 1,
     SAH_WHOLE(struct animate, film.target.width_px, 160, 7680)},
    SAH_OPTION_FORCE,
    SAH_OPTION_QUIET,
    {0},
};

static void check(void *call, struct argp_state *state) {
    const struct animate *own = call;
    if (!own->film.target.path == !own->film.target.folder)
        argp_error(state,
                   "where to? Give -o FILE, such as -o run.mp4, or --frames DIR");
}

static const struct sah_usage usage = {
    .options = rows,
    .least = 1,
    .most = 1,
    .arguments = "RUN.h5 --field F -o FILE",
    .doc =
        "Make a film of a result: a field on the map, events that light up and fade, "
        "the date, what the scenario does, deaths by month.\v"
        "Examples:\n  sahel animate run.h5 --field control -o control.mp4\n"
        "  sahel animate run.h5 --field presence --width 640 --step 15 -o run.gif\n"
        "  sahel animate run.h5 --field control --frames pictures",
    .check = check,
};

int sah_cli_animate(int argc, char **argv) {
    struct animate own = {
        .film = {.from = SAH_MAP_FIRST,
                 .to = SAH_MAP_LAST,
                 .target = {.width_px = SAH_FILM_WIDTH, .fps = SAH_FILM_FPS}}};
    struct sah_error err = {0};
    sah_options_parse(&usage, argc, argv, &own);
    own.film.result = own.common.argument[0];
    own.film.target.force = own.common.force;
    own.film.stop = sah_stop_listen();
    int status = sah_film(&own.film, &err);
    int stopped = *own.film.stop;
    if (status) status = sah_say_errors(&err, status, NULL);
    return stopped && status ? 128 + stopped : status;
}
