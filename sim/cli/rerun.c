/* sahel rerun: does a result come out again from what it carries? */
#include "models/registry.h"
#include "output/result.h"
#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"
#include "sim/study/again.h"

#include <stdlib.h>
#include <string.h>

static const struct sah_option rows[] = {
    SAH_OPTION_THREADS,
    SAH_OPTION_QUIET,
    {0},
};

static const struct sah_usage usage = {
    .options = rows,
    .least = 1,
    .most = 1,
    .arguments = "RUN.h5",
    .doc =
        "Repeat a run from the scenario and the geography that its result carries, and "
        "compare the digest of the last state. Writes nothing. Status 1 where they "
        "differ."
        "\v"
        "Example:\n  sahel rerun run.h5",
};

static int tell(const struct sah_options *own, const struct sah_result_run *made,
                const char *digest) {
    bool same = strcmp(digest, made->digest) == 0;
    if (!own->quiet || !same)
        fprintf(stderr, "%s: %s\n  was %s, by sahel %s (%s)\n  now %s\n", made->path,
                same ? "the same digest" : "the digests differ", made->digest,
                made->version, made->commit, digest);
    return same ? 0 : 1;
}

static int repeat(const struct sah_options *own) {
    struct sah_result *result = NULL;
    struct sah_run run = {0};
    struct sah_error err = {0};
    int code = sah_result_open(own->argument[0], &result, &err), status;
    const struct sah_again again = {
        .result = result, .families = sah_families, .nfamilies = sah_family_count()};
    if (!code) code = sah_again_begin(&again, &run, &err);
    if (!code) code = sah_run_days(&run, NULL, &err);
    if (code) {
        status = sah_say_errors(&err, code, NULL);
    } else {
        char digest[33];
        sah_digest_text(sah_world_digest(run.world), digest);
        status = tell(own, sah_result_run(result), digest);
    }
    sah_run_close(&run);
    sah_result_close(result);
    sah_error_clear(&err);
    return status;
}

int sah_cli_rerun(int argc, char **argv) {
    struct sah_options own = {0};
    sah_options_parse(&usage, argc, argv, &own);
    sah_options_apply_threads(&own);
    int status = repeat(&own);
    sah_options_free(&own);
    return status;
}
