/* A child process that reads raw pictures; it writes beside the target, and what it wrote is
 * renamed when all went well. */
#include "output/film_pipe.h"

#include "output/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { MOST_WORDS = 40, ENOUGH = 64 };

struct sah_film_pipe {
    struct sah_film_target target;
    char *part; /* where ffmpeg writes */
    pid_t child;
    int fd; /* of the pipe's end that we write to; -1 */
    size_t count;
    struct sigaction before; /* what SIGPIPE did */
};

/* ---- kinds of film ---------------------------------------------------------------------- */

static const char GIF_COLOURS[] =
    "split[a][b];[a]palettegen=stats_mode=diff[p];"
    "[b][p]paletteuse=dither=bayer:bayer_scale=4:diff_mode=rectangle";

/* Words for ffmpeg behind the input. Bit-exact: no version of the encoder in the file. GIF
 * has 256 colours, chosen for the film as a whole. */
static const struct {
    const char *suffix;
    const char *words[24];
} KIND[] = {
    {".mp4",
     {"-c:v", "libx264", "-preset", "medium", "-crf", "20", "-pix_fmt", "yuv420p",
      "-movflags", "+faststart", "-f", "mp4"}},
    {".gif", {"-filter_complex", GIF_COLOURS, "-loop", "0", "-f", "gif"}},
    {".webp", {"-c:v", "libwebp_anim", "-quality", "75", "-loop", "0", "-f", "webp"}},
};
enum { NKINDS = sizeof KIND / sizeof *KIND };

static int kind_of(const char *path) {
    const char *dot = strrchr(path, '.');
    for (int i = 0; dot && i < NKINDS; i++)
        if (strcasecmp(dot, KIND[i].suffix) == 0) return i;
    return -1;
}

/* ---- may it be written? ------------------------------------------------------------------ */

static bool has_program(const char *name) {
    const char *path = getenv("PATH");
    for (const char *at = path ? path : "/usr/bin:/bin"; *at;) {
        size_t n = strcspn(at, ":");
        char file[4096];
        int length = snprintf(file, sizeof file, "%.*s/%s", (int)n, at, name);
        struct stat there;
        if (n && length < (int)sizeof file && stat(file, &there) == 0 &&
            S_ISREG(there.st_mode) && access(file, X_OK) == 0)
            return true;
        at += n + (at[n] == ':');
    }
    return false;
}

static int check_film(const struct sah_film_target *target, struct sah_error *err) {
    struct stat there;
    if (kind_of(target->path) < 0)
        return sah_error_add(err, SAH_INPUT,
                             "%s: unknown kind of film; .mp4, .gif or .webp?",
                             target->path);
    if (stat(target->path, &there) == 0) {
        if (!S_ISREG(there.st_mode))
            return sah_error_add(err, SAH_INPUT, "%s: is not a regular file",
                                 target->path);
        if (!target->force)
            return sah_error_add(err, SAH_EXISTS,
                                 "%s: exists already; --force replaces it",
                                 target->path);
    }
    if (has_program("ffmpeg")) return SAH_OK;
    return sah_error_add(err, SAH_MISSING,
                         "%s: a film needs the program ffmpeg, which is not installed "
                         "(Debian: apt install ffmpeg); --frames DIR writes PNG "
                         "pictures without it",
                         target->path);
}

static int check_folder(const struct sah_film_target *target, struct sah_error *err) {
    char first[4096];
    struct stat there;
    if (mkdir(target->folder, 0777) != 0 &&
        !(errno == EEXIST && stat(target->folder, &there) == 0 &&
          S_ISDIR(there.st_mode)))
        return sah_error_add(err, SAH_INPUT, "%s: cannot be made: %s", target->folder,
                             strerror(errno));
    snprintf(first, sizeof first, "%s/00000.png", target->folder);
    if (access(first, F_OK) == 0 && !target->force)
        return sah_error_add(err, SAH_EXISTS,
                             "%s: holds pictures already; --force replaces them",
                             target->folder);
    return SAH_OK;
}

int sah_film_check(const struct sah_film_target *target, struct sah_error *err) {
    return target->folder ? check_folder(target, err) : check_film(target, err);
}

/* ---- the child ------------------------------------------------------------------------- */

static void put_words(const struct sah_film_pipe *pipe, char size[ENOUGH],
                      char rate[ENOUGH], char *words[MOST_WORDS]) {
    size_t n = 0;
    const struct sah_film_target *t = &pipe->target;
    snprintf(size, ENOUGH, "%dx%d", t->width_px, t->height_px);
    snprintf(rate, ENOUGH, "%d", t->fps);
    const char *const head[] = {
        "ffmpeg",    "-hide_banner", "-loglevel", "error",  "-nostdin", "-y",
        "-f",        "rawvideo",     "-pix_fmt",  "bgra",   "-s",       size,
        "-r",        rate,           "-i",        "pipe:0", "-an",      "-fflags",
        "+bitexact", "-flags:v",     "+bitexact"};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        words[n++] = (char *)(uintptr_t)head[i];
    const char *const *kind = KIND[kind_of(t->path)].words;
    for (size_t i = 0; kind[i]; i++) words[n++] = (char *)(uintptr_t)kind[i];
    words[n++] = pipe->part;
    words[n] = NULL;
}

static int start(struct sah_film_pipe *pipe, const int ends[2]) {
    char size[ENOUGH], rate[ENOUGH], *words[MOST_WORDS];
    posix_spawn_file_actions_t actions;
    put_words(pipe, size, rate, words);
    int failed = posix_spawn_file_actions_init(&actions);
    if (failed) return failed;
    failed = posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
    if (!failed)
        failed = posix_spawnp(&pipe->child, words[0], &actions, NULL, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static int start_ffmpeg(struct sah_film_pipe *film, struct sah_error *err) {
    int ends[2];
    film->part = sah_disk_concat(film->target.path, ".part");
    if (!film->part) return sah_error_add(err, SAH_MEMORY, "no memory for a film");
    if (pipe(ends) != 0)
        return sah_error_add(err, SAH_IO, "cannot make a pipe: %s", strerror(errno));
    fcntl(ends[0], F_SETFD, FD_CLOEXEC), fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    int failed = start(film, ends);
    close(ends[0]);
    film->fd = ends[1];
    if (failed)
        return sah_error_add(err, SAH_IO, "cannot start ffmpeg: %s", strerror(failed));
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGPIPE, &ignore, &film->before);
    return SAH_OK;
}

int sah_film_pipe_open(const struct sah_film_target *target, struct sah_film_pipe **out,
                       struct sah_error *err) {
    int code = sah_film_check(target, err);
    *out = NULL;
    if (code) return code;
    struct sah_film_pipe *film = calloc(1, sizeof *film);
    if (!film) return sah_error_add(err, SAH_MEMORY, "no memory for a film");
    film->target = *target;
    film->fd = -1;
    if (!target->folder) code = start_ffmpeg(film, err);
    *out = film;
    return code;
}

/* ---- pictures --------------------------------------------------------------------------- */

static int put_file(struct sah_film_pipe *film, struct sah_canvas *picture,
                    struct sah_error *err) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%05zu.png", film->target.folder, film->count);
    return sah_canvas_save_png(picture, path, film->target.force, err);
}

static int put_bytes(int fd, const unsigned char *data, size_t n) {
    while (n > 0) {
        ssize_t done = write(fd, data, n);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return -1;
        data += done, n -= (size_t)done;
    }
    return 0;
}

static int put_raw(struct sah_film_pipe *film, struct sah_canvas *picture,
                   struct sah_error *err) {
    int stride, failed = 0;
    const unsigned char *row = sah_canvas_pixels(picture, &stride);
    for (int y = 0; y < film->target.height_px && !failed; y++, row += stride)
        failed = put_bytes(film->fd, row, 4 * (size_t)film->target.width_px);
    if (!failed) return SAH_OK;
    return sah_error_add(err, SAH_IO, "%s: ffmpeg takes no more pictures: %s",
                         film->target.path, strerror(errno));
}

int sah_film_pipe_put(struct sah_film_pipe *film, struct sah_canvas *picture,
                      struct sah_error *err) {
    int code = film->target.folder ? put_file(film, picture, err)
                                   : put_raw(film, picture, err);
    film->count++;
    return code;
}

/* ---- the end --------------------------------------------------------------------------- */

static int wait_for(struct sah_film_pipe *film, struct sah_error *err) {
    int status = 0;
    while (waitpid(film->child, &status, 0) < 0)
        if (errno != EINTR) break;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return SAH_OK;
    return sah_error_add(err, SAH_IO, "%s: ffmpeg failed", film->target.path);
}

static int settle(struct sah_film_pipe *film, int code, struct sah_error *err) {
    if (film->fd >= 0) close(film->fd);
    if (film->child) {
        int failed = wait_for(film, code ? NULL : err);
        sigaction(SIGPIPE, &film->before, NULL);
        if (!code) code = failed;
    }
    if (!film->part) return code;
    if (!code && access(film->target.path, F_OK) == 0 && !film->target.force)
        code = sah_error_add(err, SAH_EXISTS, "%s: exists already", film->target.path);
    if (!code) return sah_disk_settle(film->part, film->target.path, err);
    unlink(film->part);
    return code;
}

int sah_film_pipe_close(struct sah_film_pipe *film, int code, struct sah_error *err) {
    if (!film) return code;
    code = settle(film, code, err);
    free(film->part);
    free(film);
    return code;
}
