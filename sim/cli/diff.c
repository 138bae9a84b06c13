/* sahel diff: do two results say the same? */
#include "output/diff.h"

#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"

#include <stdlib.h>

enum { KEY_IGNORE = SAH_KEY_OWN, KEY_LINES };

struct diff {
    struct sah_options common;
    const char **ignore;
    size_t nignore, lines;
};

static const struct argp_option rows[] = {
    {"ignore", KEY_IGNORE, "GLOB", 0,
     "Leave out datasets and attributes such as '/ledger*' or '/series/deaths@units'; "
     "may be repeated",
     1},
    {"lines", KEY_LINES, "N", 0, "Tell at most N differences (20)", 1},
    {"quiet", 'q', NULL, 0, "Say nothing; the exit status tells", 90},
    {0},
};

static void add_ignore(struct diff *own, const char *glob, struct argp_state *state) {
    const char **grown = realloc(own->ignore, (own->nignore + 1) * sizeof *grown);
    if (!grown) argp_failure(state, SAH_EXIT_FAILED, 0, "out of memory");
    own->ignore = grown;
    own->ignore[own->nignore++] = glob;
}

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct diff *own = state->input;
    switch (key) {
    case KEY_IGNORE:
        add_ignore(own, arg, state);
        return 0;
    case KEY_LINES:
        own->lines = (size_t)sah_option_whole(state, "--lines", arg, 1, 1000000);
        return 0;
    default:
        return sah_options_key(&own->common, key, arg, state);
    }
}

static const struct argp argp = {
    .options = rows,
    .parser = parse,
    .args_doc = "A.h5 B.h5",
    .doc = "Compare every dataset and attribute of two results but those that tell of "
           "the machine, the time and the threads.\v"
           "Exit status 0 when they say the same, 1 when they differ.\n\n"
           "Example:\n  sahel diff one.h5 two.h5 --ignore '/provenance*'",
};

/* Differences go to standard output, or nowhere. */
static int compare(const struct diff *own, struct sah_error *err) {
    struct sah_diff_options options = {
        .ignore = own->ignore, .nignore = own->nignore, .max_lines = own->lines};
    FILE *out = own->common.quiet ? fopen("/dev/null", "w") : stdout;
    if (!out) return sah_error_add(err, SAH_IO, "/dev/null: cannot be written");
    int status =
        sah_diff(own->common.argument[0], own->common.argument[1], &options, out, err);
    if (out != stdout) fclose(out);
    return status;
}

int sah_cli_diff(int argc, char **argv) {
    struct diff own = {.common = {.least = 2, .most = 2}};
    struct sah_error err = {0};
    sah_options_parse(&argp, argc, argv, &own.common);
    int code = compare(&own, &err), status = sah_code_status(code);
    bool answered = code == SAH_OK || code == SAH_DIFFERS;
    if (!answered)
        status = sah_say_errors(&err, code, NULL);
    else if (!own.common.quiet)
        fputs(code == SAH_OK ? "they say the same\n" : "they differ\n", stderr);
    sah_error_clear(&err);
    free(own.ignore);
    return status;
}
