/* sahel events: every use of armed force of a run. */
#include "output/event_csv.h"

#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"

enum { KEY_CSV = SAH_KEY_OWN };

struct events {
    struct sah_options common;
    bool csv;
};

static const struct argp_option rows[] = {
    {"csv", KEY_CSV, NULL, 0, "Print comma-separated values", 1},
    SAH_OPTION_QUIET,
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct events *own = state->input;
    if (key != KEY_CSV) return sah_options_key(&own->common, key, arg, state);
    own->csv = true;
    return 0;
}

static const struct argp argp = {
    .options = rows,
    .parser = parse,
    .args_doc = "RUN.h5",
    .doc =
        "Print the events of a result, one row each: date, place, kind, sides, deaths."
        "\v"
        "Comma-separated values are the only form there is; scripts say --csv.\n\n"
        "Example:\n  sahel events run.h5 --csv > events.csv",
};

int sah_cli_events(int argc, char **argv) {
    struct events own = {.common = {.least = 1, .most = 1}};
    struct sah_error err = {0};
    sah_options_parse(&argp, argc, argv, &own.common);
    int status = sah_event_csv(own.common.argument[0], stdout, &err);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
