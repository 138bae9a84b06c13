/* sahel digest: the last state of a result in one number. */
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
    .doc = "Print the digest of the last state, one line, the hexadecimal digits last. "
           "Two "
           "runs are the same when their digests are.\v"
           "Example:\n  sahel digest run.h5",
};

int sah_cli_digest(int argc, char **argv) {
    struct sah_options options = {0};
    struct sah_error err = {0};
    sah_options_parse(&usage, argc, argv, &options);
    int status = sah_info_digest(options.argument[0], stdout, &err);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
