/* Rank 0 hands out, the others ask, work and answer. */
#include "sim/study/ranks.h"

#include "sim/study/stock.h"

#include <mpi.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { TAG = 1, WORDS = 512 };

/* What rank 0 says instead of the number of a run. */
enum { GO_HOME = -1, ASK_AGAIN = -2 };

struct answer {
    long long run; /* -1: nothing was done */
    int status, end;
    char words[WORDS];
};

/* ---- life ----------------------------------------------------------------------------- */

bool sah_ranks_begin(struct sah_ranks *ranks) {
    *ranks = (struct sah_ranks){.rank = 0, .size = 1};
    /* Started alone, a program need not wake MPI. */
    if (!getenv("OMPI_COMM_WORLD_SIZE") && !getenv("PMI_SIZE") && !getenv("PMIX_RANK"))
        return true;
    int given = 0;
    if (MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &given)) return false;
    MPI_Comm_rank(MPI_COMM_WORLD, &ranks->rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks->size);
    ranks->is_mpi = true;
    return true;
}

void sah_ranks_end(const struct sah_ranks *ranks) {
    if (ranks->is_mpi) MPI_Finalize();
}

int sah_ranks_agree(const struct sah_ranks *ranks, int said) {
    int all = said;
    if (ranks->is_mpi) MPI_Allreduce(&said, &all, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    return all;
}

static void rest(long nanoseconds) {
    const struct timespec pause = {0, nanoseconds};
    nanosleep(&pause, NULL);
}

/* ---- those who work -------------------------------------------------------------------- */

static struct answer do_run(const struct sah_work_place *place, long long run) {
    struct answer answer = {.run = run};
    struct sah_error err = {0};
    enum sah_work_end end = SAH_WORK_BUSY;
    answer.status = sah_study_work(place, (size_t)run, &end, &err);
    answer.end = (int)end;
    if (answer.status)
        snprintf(answer.words, WORDS, "%s",
                 err.text ? err.text : sah_code_text(answer.status));
    sah_error_clear(&err);
    return answer;
}

static void serve(const struct sah_crew *crew) {
    const struct sah_work_place place = {.study = crew->study,
                                         .folder = crew->folder,
                                         .retry = crew->retry,
                                         .stop = crew->stop};
    struct answer answer = {.run = -1};
    omp_set_num_threads(crew->threads);
    for (;;) {
        long long run = GO_HOME;
        MPI_Send(&answer, (int)sizeof answer, MPI_BYTE, 0, TAG, MPI_COMM_WORLD);
        MPI_Recv(&run, 1, MPI_LONG_LONG, 0, TAG, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
        if (run == GO_HOME) return;
        answer = (struct answer){.run = -1};
        if (run == ASK_AGAIN)
            rest(100000000);
        else
            answer = do_run(&place, run);
    }
}

/* ---- who hands out --------------------------------------------------------------------- */

enum { WAITING, OUT, SETTLED, BUSY }; /* BUSY: another job was at it */

struct desk {
    struct sah_crew *crew;
    unsigned char *state; /* [n] */
    size_t n, next, left; /* `left` to be settled */
    bool again;           /* the runs that were waiting have all been handed out */
    bool stop;
    int status;
    struct sah_error *err;
};

static int look_around(struct desk *desk) {
    struct sah_crew *crew = desk->crew;
    struct sah_stock stock = {0};
    int status = sah_stock_take(crew->study, crew->folder, crew->shard, crew->shards,
                                !crew->retry, desk->state, &stock, desk->err);
    for (size_t r = 0; r < desk->n; r++) {
        bool is_ours = r % crew->shards == crew->shard;
        desk->state[r] = desk->state[r] || !is_ours ? SETTLED : WAITING;
        desk->left += desk->state[r] == WAITING;
    }
    crew->runs = stock.runs;
    crew->found = stock.found;
    crew->failed = stock.failed;
    return status;
}

static void take_in(struct desk *desk, const struct answer *answer) {
    struct sah_crew *crew = desk->crew;
    if (answer->run < 0 || !desk->state) return;
    if (answer->status) {
        desk->stop = true;
        if (answer->status != SAH_STOPPED && !desk->status)
            desk->status =
                sah_error_add(desk->err, answer->status, "%.*s",
                              (int)strcspn(answer->words, "\n"), answer->words);
        return;
    }
    if (answer->end == SAH_WORK_BUSY) {
        desk->state[answer->run] = BUSY;
        return;
    }
    desk->state[answer->run] = SETTLED;
    desk->left--;
    crew->made++;
    crew->failed += answer->end == SAH_WORK_FAILED;
    if (answer->end == SAH_WORK_FAILED && crew->fail_fast) desk->stop = true;
    if (crew->done) crew->done(crew->user, crew->made, crew->runs - crew->found);
}

static long long find(struct desk *desk, unsigned char state) {
    for (; desk->next < desk->n; desk->next++)
        if (desk->state[desk->next] == state) return (long long)desk->next++;
    return GO_HOME;
}

/* First what was waiting, then, round after round, what others were at. */
static long long choose(struct desk *desk) {
    if (desk->stop || desk->left == 0) return GO_HOME;
    long long run = find(desk, desk->again ? BUSY : WAITING);
    if (run == GO_HOME) {
        desk->again = true;
        desk->next = 0;
        return ASK_AGAIN;
    }
    desk->state[run] = OUT;
    return run;
}

static bool someone_asks(void) {
    int waiting = 0;
    MPI_Iprobe(MPI_ANY_SOURCE, TAG, MPI_COMM_WORLD, &waiting, MPI_STATUS_IGNORE);
    return waiting != 0;
}

static void hand_out(struct desk *desk, int workers) {
    const atomic_int *stop = desk->crew->stop;
    while (workers > 0) {
        if (stop && *stop) desk->stop = true;
        if (!someone_asks()) {
            rest(100000);
            continue;
        }
        struct answer answer;
        MPI_Status from;
        MPI_Recv(&answer, (int)sizeof answer, MPI_BYTE, MPI_ANY_SOURCE, TAG,
                 MPI_COMM_WORLD, &from);
        take_in(desk, &answer);
        long long run = choose(desk);
        MPI_Send(&run, 1, MPI_LONG_LONG, from.MPI_SOURCE, TAG, MPI_COMM_WORLD);
        if (run == GO_HOME) workers--;
    }
}

static int preside(struct sah_crew *crew, int workers, struct sah_error *err) {
    struct desk desk = {.crew = crew, .n = sah_study_runs(crew->study), .err = err};
    desk.state = calloc(desk.n + 1, 1);
    desk.status =
        desk.state ? look_around(&desk)
                   : sah_error_add(err, SAH_MEMORY, "no memory for %zu runs", desk.n);
    desk.stop = desk.status != SAH_OK;
    hand_out(&desk, workers);
    free(desk.state);
    return desk.status ? desk.status : desk.stop && desk.left ? SAH_STOPPED : SAH_OK;
}

int sah_ranks_work(const struct sah_ranks *ranks, struct sah_crew *crew,
                   struct sah_error *err) {
    if (ranks->rank == 0) return preside(crew, ranks->size - 1, err);
    serve(crew);
    return SAH_OK;
}
