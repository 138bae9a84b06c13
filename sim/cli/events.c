/* sahel events: every use of armed force of a run, or another of its logs. */
#include "output/log_csv.h"

#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"

enum { KEY_CSV = SAH_KEY_OWN, KEY_LOG };

struct events {
    struct sah_options common;
    bool csv;
    const char *log;
};

static const struct argp_option rows[] = {
    {"csv", KEY_CSV, NULL, 0, "Print comma-separated values", 1},
    {"log", KEY_LOG, "NAME", 0, "Print this log (else events); see sahel info", 1},
    SAH_OPTION_QUIET,
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct events *own = state->input;
    switch (key) {
    case KEY_CSV:
        own->csv = true;
        return 0;
    case KEY_LOG:
        own->log = arg;
        return 0;
    default:
        return sah_options_key(&own->common, key, arg, state);
    }
}

static const struct argp argp = {
    .options = rows,
    .parser = parse,
    .args_doc = "RUN.h5",
    .doc =
        "Print the events of a result, one row each: date, place, kind, sides, deaths. "
        "Another log, allegiances or observed, is printed by its name."
        "\v"
        "Comma-separated values are the only form there is; scripts say --csv.\n\n"
        "Examples:\n  sahel events run.h5 --csv > events.csv\n"
        "  sahel events run.h5 --csv --log allegiances > allegiances.csv",
};

int sah_cli_events(int argc, char **argv) {
    struct events own = {.common = {.least = 1, .most = 1}, .log = "events"};
    struct sah_error err = {0};
    sah_options_parse(&argp, argc, argv, &own.common);
    int status = sah_log_csv(own.common.argument[0], own.log, stdout, &err);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
