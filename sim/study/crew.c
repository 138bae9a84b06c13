/* Fork, watch, replace. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "sim/study/crew.h"

#include "sim/study/stock.h"
#include "sim/study/take.h"

#include <errno.h>
#include <omp.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { NOTHING = -1, BUSY = 16, TROUBLE_TEXT = 1024 };

/* What all processes see. */
struct board {
    atomic_int stop;
    atomic_size_t next; /* run to be handed out */
    atomic_size_t made, failed, busy;
    atomic_int trouble; /* code; its words are in `text` */
    char text[TROUBLE_TEXT];
    atomic_llong at[SAH_CREW_JOBS]; /* the run of each worker */
    atomic_uchar end[];             /* [runs] 0 waiting, enum sah_work_end + 1, BUSY */
};

struct seat {
    pid_t pid;       /* 0: empty */
    long long first; /* run to begin with; NOTHING: as handed out */
};

struct master {
    struct sah_crew *crew;
    struct board *board;
    size_t n, board_bytes;
    unsigned char *attempts; /* [n] */
    struct seat seat[SAH_CREW_JOBS];
    size_t told;
};

/* ---- a worker ------------------------------------------------------------------------ */

struct worker {
    const struct sah_crew *crew;
    struct board *board;
    struct sah_work_place place;
    size_t n, number;
};

static void report(const struct worker *worker, int status, struct sah_error *err) {
    int none = SAH_OK;
    if (status == SAH_STOPPED) return;
    if (!atomic_compare_exchange_strong(&worker->board->trouble, &none, status)) return;
    snprintf(worker->board->text, TROUBLE_TEXT, "%s",
             err->text ? err->text : sah_code_text(status));
    worker->board->stop = 1;
}

static void note(const struct worker *worker, size_t run, enum sah_work_end end) {
    struct board *board = worker->board;
    unsigned char was = atomic_load(&board->end[run]),
                  is = end == SAH_WORK_BUSY ? BUSY : (unsigned char)(end + 1);
    atomic_store(&board->end[run], is);
    if (was == BUSY && is != BUSY) atomic_fetch_sub(&board->busy, 1);
    if (was != BUSY && is == BUSY) atomic_fetch_add(&board->busy, 1);
    if (end == SAH_WORK_FAILED) atomic_fetch_add(&board->failed, 1);
    if (end != SAH_WORK_BUSY) atomic_fetch_add(&board->made, 1);
    if (end == SAH_WORK_FAILED && worker->crew->fail_fast) board->stop = 1;
}

static bool do_one(const struct worker *worker, size_t run) {
    struct sah_error err = {0};
    enum sah_work_end end = SAH_WORK_BUSY;
    atomic_store(&worker->board->at[worker->number], (long long)run);
    int status = sah_study_work(&worker->place, run, &end, &err);
    if (status)
        report(worker, status, &err);
    else
        note(worker, run, end);
    atomic_store(&worker->board->at[worker->number], NOTHING);
    sah_error_clear(&err);
    return status == SAH_OK;
}

static bool is_ours(const struct sah_crew *crew, size_t run) {
    return run % crew->shards == crew->shard;
}

/* What others were at when it was our turn: they may have died since. */
static void look_again(const struct worker *worker) {
    static const struct timespec pause = {0, 100000000};
    struct board *board = worker->board;
    while (atomic_load(&board->busy) > 0 && !board->stop) {
        nanosleep(&pause, NULL);
        for (size_t r = 0; r < worker->n && !board->stop; r++) {
            unsigned char busy = BUSY;
            if (atomic_load(&board->end[r]) == busy && !do_one(worker, r)) return;
        }
    }
}

static void work(const struct worker *worker, long long first) {
    struct board *board = worker->board;
    if (first != NOTHING && !do_one(worker, (size_t)first)) return;
    while (!board->stop) {
        size_t run = atomic_fetch_add(&board->next, 1);
        if (run >= worker->n) break;
        if (!is_ours(worker->crew, run) || atomic_load(&board->end[run])) continue;
        if (!do_one(worker, run)) return;
    }
    look_again(worker);
}

/* Stopping is the master's affair: a signal from the terminal reaches all. */
static void settle_signals(pid_t master) {
    sigset_t none;
    sigemptyset(&none);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != master) _exit(1);
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

_Noreturn static void be_worker(const struct master *master, size_t number) {
    const struct sah_crew *crew = master->crew;
    struct sah_study_folder folder = *crew->folder;
    struct worker worker = {.crew = crew,
                            .board = master->board,
                            .n = master->n,
                            .number = number,
                            .place = {.study = crew->study,
                                      .folder = &folder,
                                      .retry = crew->retry,
                                      .stop = &master->board->stop}};
    struct sah_error err = {0};
    omp_set_num_threads(crew->threads);
    char *path = sah_study_folder_file(&folder, "claims");
    int status = path ? sah_claims_open(&folder.claims, path, &err) : SAH_MEMORY;
    if (status)
        report(&worker, status, &err);
    else
        work(&worker, master->seat[number].first);
    _exit(0);
}

/* ---- the master ---------------------------------------------------------------------- */

static int start(struct master *master, size_t number, struct sah_error *err) {
    pid_t own = getpid(), pid = fork();
    if (pid == 0) {
        settle_signals(own);
        be_worker(master, number);
    }
    if (pid < 0)
        return sah_error_add(err, SAH_MEMORY, "no worker can be started: %s",
                             strerror(errno));
    master->seat[number].pid = pid;
    return SAH_OK;
}

static int give_up(const struct master *master, size_t run, int number,
                   struct sah_error *err) {
    char message[160];
    const struct sah_study_folder *folder = master->crew->folder;
    char *path = sah_study_folder_run(folder, run);
    if (!path) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    snprintf(message, sizeof message,
             "its process was ended %d times, last by signal %d (%s)",
             SAH_CREW_ATTEMPTS, number, strsignal(number));
    int status = sah_take_save_failure(path, folder->study, run, message, err);
    free(path);
    atomic_store(&master->board->end[run], SAH_WORK_FAILED + 1);
    atomic_fetch_add(&master->board->failed, 1);
    atomic_fetch_add(&master->board->made, 1);
    return status;
}

/* A worker died: its run is done again, unless it ended too many. */
static int replace(struct master *master, size_t number, int signal_number,
                   struct sah_error *err) {
    struct board *board = master->board;
    long long run = atomic_exchange(&board->at[number], NOTHING);
    master->crew->deaths++;
    master->seat[number].first = run;
    if (board->stop) return SAH_OK;
    if (run != NOTHING && ++master->attempts[run] == SAH_CREW_ATTEMPTS) {
        master->seat[number].first = NOTHING;
        int status = give_up(master, (size_t)run, signal_number, err);
        if (status) return status;
    }
    return start(master, number, err);
}

static int reap(struct master *master, struct sah_error *err) {
    int status = SAH_OK;
    for (size_t i = 0; i < master->crew->jobs; i++) {
        int how;
        pid_t pid = master->seat[i].pid;
        if (!pid || waitpid(pid, &how, WNOHANG) != pid) continue;
        master->seat[i].pid = 0;
        bool died = WIFSIGNALED(how) || WEXITSTATUS(how) != 0;
        if (died && !status)
            status = replace(master, i, WIFSIGNALED(how) ? WTERMSIG(how) : 0, err);
    }
    return status;
}

static bool has_workers(const struct master *master) {
    for (size_t i = 0; i < master->crew->jobs; i++)
        if (master->seat[i].pid) return true;
    return false;
}

static void tell(struct master *master) {
    size_t made = atomic_load(&master->board->made),
           missing = master->crew->runs - master->crew->found;
    if (!master->crew->done || made <= master->told || !missing) return;
    master->told = made;
    master->crew->done(master->crew->user, made < missing ? made : missing, missing);
}

static int watch(struct master *master, struct sah_error *err) {
    static const struct timespec moment = {0, 200000000};
    sigset_t child;
    int status = SAH_OK;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    while (has_workers(master)) {
        sigtimedwait(&child, NULL, &moment);
        int fault = reap(master, err);
        if (fault && !status) status = fault;
        if (status || (master->crew->stop && *master->crew->stop))
            master->board->stop = 1;
        tell(master);
    }
    return status;
}

/* ---- all of it ------------------------------------------------------------------------ */

static int look_around(struct master *master, struct sah_error *err) {
    struct sah_crew *crew = master->crew;
    struct sah_stock stock = {0};
    unsigned char *there = calloc(master->n + 1, 1);
    if (!there)
        return sah_error_add(err, SAH_MEMORY, "no memory for %zu runs", master->n);
    int status = sah_stock_take(crew->study, crew->folder, crew->shard, crew->shards,
                                !crew->retry, there, &stock, err);
    for (size_t r = 0; r < master->n; r++)
        if (there[r]) atomic_store(&master->board->end[r], SAH_WORK_DONE + 1);
    crew->runs = stock.runs;
    crew->found = stock.found;
    crew->failed = stock.failed;
    free(there);
    return status;
}

static int begin(struct master *master, struct sah_error *err) {
    master->board_bytes = sizeof *master->board + master->n;
    void *board = mmap(NULL, master->board_bytes, PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    master->attempts = calloc(master->n + 1, 1);
    if (board == MAP_FAILED || !master->attempts) {
        if (board != MAP_FAILED) munmap(board, master->board_bytes);
        return sah_error_add(err, SAH_MEMORY, "no memory for %zu runs", master->n);
    }
    master->board = board;
    for (size_t i = 0; i < SAH_CREW_JOBS; i++) {
        atomic_store(&master->board->at[i], NOTHING);
        master->seat[i].first = NOTHING;
    }
    return look_around(master, err);
}

static int start_all(struct master *master, struct sah_error *err) {
    int status = SAH_OK;
    size_t missing = master->crew->runs - master->crew->found;
    for (size_t i = 0; !status && i < master->crew->jobs && i < missing; i++)
        status = start(master, i, err);
    if (status) master->board->stop = 1;
    return status;
}

static int sum_up(struct master *master, int status, struct sah_error *err) {
    const struct board *board = master->board;
    int trouble = atomic_load(&board->trouble);
    master->crew->made = atomic_load(&board->made);
    master->crew->failed += atomic_load(&board->failed);
    if (status) return status;
    if (trouble)
        return sah_error_add(err, trouble, "%.*s", (int)strcspn(board->text, "\n"),
                             board->text);
    return board->stop ? SAH_STOPPED : SAH_OK;
}

int sah_crew_work(struct sah_crew *crew, struct sah_error *err) {
    struct master master = {.crew = crew, .n = sah_study_runs(crew->study)};
    sigset_t child, before;
    if (crew->jobs > SAH_CREW_JOBS) crew->jobs = SAH_CREW_JOBS;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, &before);
    int status = begin(&master, err);
    if (!status) {
        status = start_all(&master, err);
        int watched = watch(&master, err);
        status = sum_up(&master, status ? status : watched, err);
    }
    if (master.board) munmap(master.board, master.board_bytes);
    free(master.attempts);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}
