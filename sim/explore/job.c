/* Children are spawned from the program itself and heard through a pipe, which is read
 * without waiting. */
#define _GNU_SOURCE /* pipe2, environ */
#include "sim/explore/job.h"

#include "output/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    KEPT = 3,
    WORDS = 16
}; /* last runs whose files are kept, beside the first; words before the settings */

/* ---- files ------------------------------------------------------------------------- */

static void name_file(const struct sah_job *job, int number, const char *ending,
                      char path[static 128]) {
    snprintf(path, 128, "%s/%d.%s", job->folder, number, ending);
}

static int remove_one(const char *path, const struct stat *about, int kind,
                      struct FTW *where) {
    (void)about;
    (void)kind;
    (void)where;
    return remove(path);
}

static void remove_tree(const char *path) {
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static void remove_run(const struct sah_job *job, int number) {
    static const char *const endings[] = {"h5", "h5.part", "html"};
    char path[128];
    for (size_t i = 0; i < sizeof endings / sizeof *endings && number > 0; i++) {
        name_file(job, number, endings[i], path);
        remove_tree(path);
    }
}

int sah_job_open(struct sah_job *job, struct sah_error *err) {
    const char *above = getenv("TMPDIR");
    job->log = -1;
    int n = snprintf(job->folder, sizeof job->folder, "%s/sahel-explore-XXXXXX",
                     above && *above ? above : "/tmp");
    if (n >= (int)sizeof job->folder)
        return sah_error_add(err, SAH_INPUT, "TMPDIR is too long a path");
    if (mkdtemp(job->folder)) return SAH_OK;
    return sah_disk_fail(err, job->folder, "make the folder");
}

/* ---- children ---------------------------------------------------------------------- */

static int spawn(struct sah_job *job, const char **words, struct sah_error *err) {
    int ends[2];
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n < 0 || pipe2(ends, O_CLOEXEC | O_NONBLOCK))
        return sah_disk_fail(err, "/proc/self/exe", "start");
    self[n] = '\0';
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
    errno = posix_spawn(&job->pid, self, &actions, NULL,
                        (char *const *)(uintptr_t)words, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    job->log = ends[0];
    job->length = 0;
    if (!errno) return SAH_OK;
    job->pid = 0;
    close(job->log);
    job->log = -1;
    return sah_disk_fail(err, self, "start");
}

static int spawn_run(struct sah_job *job, const char *const *set, size_t n,
                     struct sah_error *err) {
    char target[128];
    name_file(job, job->number, "h5", target);
    const char **words = calloc(WORDS + 2 * n, sizeof *words);
    if (!words) return sah_error_add(err, SAH_MEMORY, "no memory for a command");
    const char *const first[] = {"sahel", "run",        job->scenario, "-o",
                                 target,  "--log=json", "--force",     NULL};
    size_t k = 0;
    for (; first[k]; k++) words[k] = first[k];
    if (job->threads) {
        words[k++] = "--threads";
        words[k++] = job->threads;
    }
    for (size_t i = 0; i < n; i++) {
        words[k++] = "--set";
        words[k++] = set[i];
    }
    int status = spawn(job, words, err);
    free(words);
    return status;
}

static int spawn_atlas(struct sah_job *job, struct sah_error *err) {
    char result[128], page[128];
    name_file(job, job->number, "h5", result);
    name_file(job, job->number, "html", page);
    const char *words[] = {"sahel", "atlas", result, "-o", page, "--force", "-q", NULL};
    return spawn(job, words, err);
}

/* ---- hearing ----------------------------------------------------------------------- */

static bool is_object(const char *line, const char *type) {
    char start[64];
    snprintf(start, sizeof start, "{\"type\": \"%s\"", type);
    size_t n = strlen(line);
    return strncmp(line, start, strlen(start)) == 0 && line[n - 1] == '}';
}

static void hear_line(struct sah_job *job) {
    job->line[job->length] = '\0';
    if (is_object(job->line, "progress")) memcpy(job->told, job->line, job->length + 1);
    if (is_object(job->line, "error")) memcpy(job->failed, job->line, job->length + 1);
    job->length = 0;
}

static void hear(struct sah_job *job) {
    char heard[4096];
    ssize_t n;
    while ((n = read(job->log, heard, sizeof heard)) > 0)
        for (ssize_t i = 0; i < n; i++) {
            if (heard[i] == '\n')
                hear_line(job);
            else if (job->length < SAH_JOB_LINE - 1)
                job->line[job->length++] = heard[i];
        }
}

static void fall_silent(struct sah_job *job) {
    if (job->log >= 0) close(job->log);
    job->log = -1;
    job->pid = 0;
}

/* The step that ended well is followed by the next. */
static void go_on(struct sah_job *job) {
    struct sah_error err = {0};
    if (job->state == SAH_JOB_DRAWING)
        job->state = SAH_JOB_DONE;
    else
        job->state = spawn_atlas(job, &err) ? SAH_JOB_FAILED : SAH_JOB_DRAWING;
    sah_error_clear(&err);
}

void sah_job_poll(struct sah_job *job) {
    if (job->pid <= 0) return;
    int status = 0;
    hear(job);
    if (waitpid(job->pid, &status, WNOHANG) != job->pid) return;
    hear(job);
    fall_silent(job);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        go_on(job);
    else
        job->state = SAH_JOB_FAILED;
}

/* ---- asked for ------------------------------------------------------------------------ */

void sah_job_cancel(struct sah_job *job) {
    if (job->pid <= 0) return;
    kill(job->pid, SIGKILL);
    waitpid(job->pid, NULL, 0);
    fall_silent(job);
    remove_run(job, job->number);
    job->state = SAH_JOB_CANCELLED;
}

int sah_job_start(struct sah_job *job, const char *const *set, size_t n,
                  struct sah_error *err) {
    sah_job_cancel(job);
    job->number++;
    if (job->number - KEPT > 1) remove_run(job, job->number - KEPT);
    job->told[0] = job->failed[0] = '\0';
    int status = spawn_run(job, set, n, err);
    job->state = status ? SAH_JOB_FAILED : SAH_JOB_RUNNING;
    return status;
}

void sah_job_tell(const struct sah_job *job, FILE *out) {
    static const char *const words[] = {
#define X(name, word) word,
        SAH_JOB_STATES(X)
#undef X
    };
    fprintf(out, "{\"number\": %d, \"state\": \"%s\", \"told\": %s, \"failed\": %s}",
            job->number, words[job->state], *job->told ? job->told : "null",
            *job->failed ? job->failed : "null");
}

bool sah_job_page(const struct sah_job *job, int number, char path[static 128]) {
    bool whole = number < job->number || job->state == SAH_JOB_DONE;
    if (number < 1 || number > job->number || !whole) return false;
    name_file(job, number, "html", path);
    return access(path, R_OK) == 0;
}

void sah_job_close(struct sah_job *job) {
    sah_job_cancel(job);
    if (*job->folder) remove_tree(job->folder);
}
