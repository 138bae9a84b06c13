/* sahel explore: a scenario in a browser, with everything that may be turned. */
#include "sim/explore/serve.h"

#include "sim/cli/commands.h"
#include "sim/cli/say.h"
#include "sim/cli/scenario.h"
#include "sim/cli/stop.h"

enum { WAIT_MS = 100 };

struct explore {
    struct sah_options common;
    long port;
};

static const struct sah_option rows[] = {
    {"port", 0, "N", "Listen at this port (else one that is free)", 1,
     SAH_WHOLE(struct explore, port, 1, 65535)},
    SAH_OPTION_THREADS,
    SAH_OPTION_QUIET,
    {0},
};

static const struct sah_usage usage = {
    .options = rows,
    .least = 1,
    .most = 1,
    .arguments = "SCENARIO.yaml",
    .doc =
        "Explore a scenario in a browser: switches and sliders for every mechanism, "
        "made "
        "from the parameter tables. A change runs in the background and is shown "
        "beside "
        "the run before, with the same chance; what was found is saved as a scenario.\v"
        "The address is printed on standard output. It is of this computer alone "
        "(127.0.0.1), and holds a random token: who does not know it sees nothing. "
        "Ends "
        "with Ctrl-C; its results are removed then. A slow scenario is better explored "
        "coarser, such as scenarios/lessons/three-borders.yaml.\n\n"
        "Examples:\n  sahel explore scenarios/lessons/three-borders.yaml\n"
        "  sahel explore scenarios/sahel/coarse.yaml --port 8080",
};

static int serve(struct sah_server *server) {
    const atomic_int *stop = sah_stop_listen();
    struct sah_error err = {0};
    int status = sah_server_open(server, &err);
    if (!status) {
        printf("%s/%s/\n", server->origin[0], server->token);
        fflush(stdout);
        fprintf(stderr, "open this address in a browser; Ctrl-C ends it\n");
        status = sah_job_start(&server->job, NULL, 0, &err);
    }
    while (!status && !*stop)
        if (sah_server_turn(server, WAIT_MS))
            status = sah_error_add(&err, SAH_IO, "cannot wait for requests");
    sah_server_close(server);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}

int sah_cli_explore(int argc, char **argv) {
    struct explore own = {0};
    struct sah_run run;
    char threads[16];
    sah_options_parse(&usage, argc, argv, &own);
    int status = sah_cli_open(&own.common, &run);
    if (!status) {
        struct sah_server server = {
            .world = run.world,
            .port = (uint16_t)own.port,
            .job = {.scenario = sah_scenario_path(run.world->scenario)}};
        snprintf(threads, sizeof threads, "%d", own.common.threads);
        if (own.common.threads) server.job.threads = threads;
        status = serve(&server);
        sah_run_close(&run);
    }
    sah_options_free(&own.common);
    return status;
}
