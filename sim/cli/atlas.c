/* sahel atlas: one page that shows a whole result. */
#include "output/atlas.h"

#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"

struct atlas {
    struct sah_options common;
    struct sah_atlas_options atlas;
};

static const struct argp_option rows[] = {
    {"output", 'o', "FILE", 0, "Page to write: .html", 0},
    SAH_OPTION_FORCE,
    SAH_OPTION_QUIET,
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct atlas *own = state->input;
    switch (key) {
    case 'o':
        own->atlas.path = arg;
        return 0;
    case ARGP_KEY_END:
        sah_options_key(&own->common, key, arg, state);
        if (!own->atlas.path)
            argp_error(state, "where to? Give -o FILE, such as -o run.html");
        own->atlas.result = own->common.argument[0];
        own->atlas.force = own->common.force;
        return 0;
    default:
        return sah_options_key(&own->common, key, arg, state);
    }
}

static const struct argp argp = {
    .options = rows,
    .parser = parse,
    .args_doc = "RUN.h5 -o FILE",
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
    struct atlas own = {.common = {.least = 1, .most = 1}};
    struct sah_error err = {0};
    sah_options_parse(&argp, argc, argv, &own.common);
    int status = sah_atlas(&own.atlas, &err);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
