/* sahel diff: do two results say the same? */
#include "output/diff.h"

#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"

#include <stdlib.h>

struct diff {
    struct sah_options common;
    struct sah_words ignore;
    size_t lines;
};

static const struct sah_option rows[] = {
    {"ignore", 0, "GLOB",
     "Leave out datasets and attributes such as '/ledger*' or '/series/deaths@units'; "
     "may be repeated",
     1, SAH_WORDS(struct diff, ignore)},
    {"lines", 0, "N", "Tell at most N differences (20)", 1,
     SAH_WHOLE(struct diff, lines, 1, 1000000)},
    {"quiet", 'q', NULL, "Say nothing; the exit status tells", 90,
     SAH_FLAG(struct sah_options, quiet)},
    {0},
};

static const struct sah_usage usage = {
    .options = rows,
    .least = 2,
    .most = 2,
    .arguments = "A.h5 B.h5",
    .doc = "Compare every dataset and attribute of two results but those that tell of "
           "the machine, the time and the threads.\v"
           "Exit status 0 when they say the same, 1 when they differ.\n\n"
           "Example:\n  sahel diff one.h5 two.h5 --ignore '/provenance*'",
};

/* Differences go to standard output, or nowhere. */
static int compare(const struct diff *own, struct sah_error *err) {
    struct sah_diff_options options = {
        .ignore = own->ignore.word, .nignore = own->ignore.n, .max_lines = own->lines};
    FILE *out = own->common.quiet ? fopen("/dev/null", "w") : stdout;
    if (!out) return sah_error_add(err, SAH_IO, "/dev/null: cannot be written");
    int status =
        sah_diff(own->common.argument[0], own->common.argument[1], &options, out, err);
    if (out != stdout) fclose(out);
    return status;
}

int sah_cli_diff(int argc, char **argv) {
    struct diff own = {0};
    struct sah_error err = {0};
    sah_options_parse(&usage, argc, argv, &own);
    int code = compare(&own, &err), status = sah_code_status(code);
    bool answered = code == SAH_OK || code == SAH_DIFFERS;
    if (!answered)
        status = sah_say_errors(&err, code, NULL);
    else if (!own.common.quiet)
        fputs(code == SAH_OK ? "they say the same\n" : "they differ\n", stderr);
    sah_error_clear(&err);
    free(own.ignore.word);
    return status;
}
