/* Where the pictures of a film go: to ffmpeg through a pipe, or into a folder.
 *
 * ffmpeg is a program beside ours, not a library in it: what it can read and write is
 * its own affair, and who has none gets PNG pictures. */
#ifndef SAH_OUTPUT_FILM_PIPE_H
#define SAH_OUTPUT_FILM_PIPE_H
#include "output/canvas.h"

struct sah_film_pipe;

struct sah_film_target {
    const char *path;   /* .mp4, .gif or .webp; or NULL */
    const char *folder; /* for PNG pictures instead; made if missing */
    int width_px, height_px, fps;
    bool force;
};

/* Whether the target may be written and, for a film, whether ffmpeg is there. */
int sah_film_check(const struct sah_film_target *target, struct sah_error *err);

int sah_film_pipe_open(const struct sah_film_target *target,
                       struct sah_film_pipe **pipe, struct sah_error *err);
int sah_film_pipe_put(struct sah_film_pipe *pipe, struct sah_canvas *picture,
                      struct sah_error *err);
/* Waits for ffmpeg and gives the film its name; with an earlier failure (`code`) nothing
 * is left. Frees the pipe, which may be NULL. */
int sah_film_pipe_close(struct sah_film_pipe *pipe, int code, struct sah_error *err);

#endif
