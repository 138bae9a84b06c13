/* Picture after picture into the pipe. */
#include "output/film_impl.h"

#include <math.h>

enum { PICTURES = 300 };

/* Even numbers: what most encoders want. */
static int even(double pixels) {
    return 2 * (int)lround(pixels / 2);
}

static int32_t choose_step(const struct sah_film_options *options, int32_t days) {
    if (options->step_days > 0) return options->step_days;
    return days > PICTURES ? days / PICTURES : 1;
}

static int clip_days(const struct sah_film *film,
                     const struct sah_film_options *options, int32_t *from, int32_t *to,
                     struct sah_error *err) {
    const struct sah_result_run *run = sah_result_run(film->source.result);
    *from = options->from > run->start ? options->from : run->start;
    *to = options->to < run->end ? options->to : run->end;
    if (*from <= *to) return SAH_OK;
    return sah_error_add(err, SAH_INPUT, "%s: no day between the dates asked for",
                         options->result);
}

/* The last day is always shown. */
static int play(struct sah_film *film, const struct sah_film_options *options,
                struct sah_film_pipe *pipe, struct sah_canvas *canvas,
                struct sah_error *err) {
    int32_t from, to;
    int code = clip_days(film, options, &from, &to, err);
    if (code) return code;
    int32_t step = choose_step(options, to - from + 1), day = from;
    for (;;) {
        if (options->stop && *options->stop)
            return sah_error_add(err, SAH_STOPPED, "stopped; no film is left");
        code = sah_film_picture(film, canvas, day, err);
        if (!code) code = sah_film_pipe_put(pipe, canvas, err);
        if (code || day == to) return code;
        day = to - day < step ? to : day + step;
    }
}

static int make(struct sah_film *film, const struct sah_film_options *options,
                struct sah_error *err) {
    struct sah_film_target target = options->target;
    struct sah_film_pipe *pipe = NULL;
    struct sah_canvas *canvas = NULL;
    target.width_px = even(target.width_px);
    target.height_px = even(target.width_px * film->height / SAH_FILM_POINTS);
    double scale = target.width_px / SAH_FILM_POINTS;
    int code = sah_film_layers(film, target.width_px, target.height_px, err);
    if (!code)
        code =
            sah_canvas_memory(target.width_px, target.height_px, scale, &canvas, err);
    if (!code) code = sah_film_pipe_open(&target, &pipe, err);
    if (!code) code = play(film, options, pipe, canvas, err);
    code = sah_film_pipe_close(pipe, code, err);
    sah_canvas_free(canvas);
    return code;
}

int sah_film(const struct sah_film_options *options, struct sah_error *err) {
    struct sah_film film = {0};
    int code = sah_film_check(&options->target, err);
    if (!code) code = sah_film_read(&film, options, err);
    if (!code) code = make(&film, options, err);
    sah_film_free(&film);
    return code;
}
