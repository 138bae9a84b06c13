/* A run as a film: a field on the map over time, events that light up and fade, the
 * date, what the scenario does, deaths by month. */
#ifndef SAH_OUTPUT_FILM_H
#define SAH_OUTPUT_FILM_H
#include "output/film_pipe.h"

#include <stdatomic.h>
#include <stdint.h>

struct sah_film_options {
    const char *result, *field;
    int32_t from, to;  /* days; SAH_MAP_FIRST, SAH_MAP_LAST */
    int32_t step_days; /* from picture to picture; 0: so that there are about 300 */
    struct sah_film_target target; /* its height is chosen */
    /* Asked before every picture; may be NULL: a film that is stopped leaves nothing. */
    const atomic_int *stop;
};

enum { SAH_FILM_WIDTH = 1280, SAH_FILM_FPS = 20 };

int sah_film(const struct sah_film_options *options, struct sah_error *err);

#endif
