/* sahel info: what a result holds. */
#include "output/info.h"

#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"

static const struct sah_option rows[] = {SAH_OPTION_QUIET, {0}};

static const struct sah_usage usage = {
    .options = rows,
    .least = 1,
    .most = 1,
    .arguments = "RUN.h5",
    .doc = "Describe a result: what was run, what came of it, what the file holds."
           "\v"
           "Example:\n  sahel info run.h5",
};

int sah_cli_info(int argc, char **argv) {
    struct sah_options options = {0};
    struct sah_error err = {0};
    sah_options_parse(&usage, argc, argv, &options);
    int status = sah_info(options.argument[0], stdout, &err);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
