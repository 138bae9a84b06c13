/* sahel atlas: one page that shows a whole result. */
#include "output/atlas.h"

#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"

struct atlas {
    struct sah_options common;
    struct sah_atlas_options atlas;
};

static const struct sah_option rows[] = {
    {"output", 'o', "FILE", "Page to write: .html", 0,
     SAH_TEXT(struct atlas, atlas.path),
     .need = "where to? Give -o FILE, such as -o run.html"},
    SAH_OPTION_FORCE,
    SAH_OPTION_QUIET,
    {0},
};

static const struct sah_usage usage = {
    .options = rows,
    .least = 1,
    .most = 1,
    .arguments = "RUN.h5 -o FILE",
    .doc =
        "Write one page that shows a whole result: a map with fields and events over "
        "time, series, armed groups, the ledger, the scenario and where it comes "
        "from. It opens in any browser, from disk, without network. Of a comparison "
        "it shows both, their difference and all effects; of a study every point with "
        "fans of series and outcomes, and what the factors do.\v"
        "Examples:\n  sahel atlas run.h5 -o run.html\n"
        "  sahel atlas cmp.h5 -o cmp.html\n"
        "  sahel atlas out/study.h5 -o study.html",
};

int sah_cli_atlas(int argc, char **argv) {
    struct atlas own = {0};
    struct sah_error err = {0};
    sah_options_parse(&usage, argc, argv, &own);
    own.atlas.result = own.common.argument[0];
    own.atlas.force = own.common.force;
    int status = sah_atlas(&own.atlas, &err);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
