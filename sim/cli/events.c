/* sahel events: every use of armed force of a run, or another of its logs. */
#include "output/log_csv.h"

#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"

struct events {
    struct sah_options common;
    const char *log;
};

static const struct sah_option rows[] = {
    SAH_OPTION_CSV,
    {"log", 0, "NAME", "Print this log (else events); see sahel info", 1,
     SAH_TEXT(struct events, log)},
    SAH_OPTION_QUIET,
    {0},
};

static const struct sah_usage usage = {
    .options = rows,
    .least = 1,
    .most = 1,
    .arguments = "RUN.h5",
    .doc =
        "Print the events of a result, one row each: date, place, kind, sides, deaths. "
        "Another log, allegiances or observed, is printed by its name."
        "\v"
        "Comma-separated values are the only form there is; scripts say --csv.\n\n"
        "Examples:\n  sahel events run.h5 --csv > events.csv\n"
        "  sahel events run.h5 --csv --log allegiances > allegiances.csv",
};

int sah_cli_events(int argc, char **argv) {
    struct events own = {.log = "events"};
    struct sah_error err = {0};
    sah_options_parse(&usage, argc, argv, &own);
    int status = sah_log_csv(own.common.argument[0], own.log, stdout, &err);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
