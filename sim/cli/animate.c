/* sahel animate: a field of a result as a film. */
#include "output/film.h"
#include "output/map_result.h"

#include "sim/cli/commands.h"
#include "sim/cli/picture.h"
#include "sim/cli/say.h"
#include "sim/cli/stop.h"

enum { KEY_FRAMES = SAH_KEY_OWN, KEY_STEP, KEY_FPS, KEY_WIDTH };

struct animate {
    struct sah_options common;
    struct sah_film_options film;
};

static const struct argp_option rows[] = {
    {"field", 'f', "F", 0, "Field to show; 'sahel info' lists them", 0},
    {"output", 'o', "FILE", 0, "Film to write: .mp4, .gif or .webp; needs ffmpeg", 0},
    {"frames", KEY_FRAMES, "DIR", 0, "Write PNG pictures instead, without ffmpeg", 0},
    SAH_OPTION_FROM,
    SAH_OPTION_TO,
    {"step", KEY_STEP, "DAYS", 0, "Days from picture to picture (about 300 in all)", 1},
    {"fps", KEY_FPS, "N", 0, "Pictures a second (20)", 1},
    {"width", KEY_WIDTH, "PIXELS", 0, "Width of the film in pixels (1280)", 1},
    SAH_OPTION_FORCE,
    SAH_OPTION_QUIET,
    {0},
};

static error_t finish(struct animate *own, struct argp_state *state) {
    struct sah_film_target *target = &own->film.target;
    sah_options_key(&own->common, ARGP_KEY_END, NULL, state);
    if (!own->film.field)
        argp_error(state, "which field? Give --field, such as control");
    if (!target->path == !target->folder)
        argp_error(state,
                   "where to? Give -o FILE, such as -o run.mp4, or --frames DIR");
    own->film.result = own->common.argument[0];
    target->force = own->common.force;
    return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct animate *own = state->input;
    struct sah_film_target *target = &own->film.target;
    if (sah_picture_days_key(&own->film.from, &own->film.to, key, arg, state)) return 0;
    switch (key) {
    case 'f':
        own->film.field = arg;
        return 0;
    case 'o':
        target->path = arg;
        return 0;
    case KEY_FRAMES:
        target->folder = arg;
        return 0;
    case KEY_STEP:
        own->film.step_days = (int32_t)sah_option_whole(state, "--step", arg, 1, 3660);
        return 0;
    case KEY_FPS:
        target->fps = (int)sah_option_whole(state, "--fps", arg, 1, 120);
        return 0;
    case KEY_WIDTH:
        target->width_px = (int)sah_option_whole(state, "--width", arg, 160, 7680);
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
        "Make a film of a result: a field on the map, events that light up and fade, "
        "the date, what the scenario does, deaths by month.\v"
        "Examples:\n  sahel animate run.h5 --field control -o control.mp4\n"
        "  sahel animate run.h5 --field presence --width 640 --step 15 -o run.gif\n"
        "  sahel animate run.h5 --field control --frames pictures",
};

int sah_cli_animate(int argc, char **argv) {
    struct animate own = {
        .common = {.least = 1, .most = 1},
        .film = {.from = SAH_MAP_FIRST,
                 .to = SAH_MAP_LAST,
                 .target = {.width_px = SAH_FILM_WIDTH, .fps = SAH_FILM_FPS}}};
    struct sah_error err = {0};
    sah_options_parse(&argp, argc, argv, &own.common);
    own.film.stop = sah_stop_listen();
    int status = sah_film(&own.film, &err);
    int stopped = *own.film.stop;
    if (status) status = sah_say_errors(&err, status, NULL);
    return stopped && status ? 128 + stopped : status;
}
