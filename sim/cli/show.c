/* sahel show: the scenario as the run sees it. */
#include "sim/cli/commands.h"
#include "sim/cli/say.h"
#include "sim/cli/scenario.h"

#include <stdlib.h>

struct show {
    struct sah_options common;
    bool plain, given;
};

static const struct sah_option rows[] = {
    SAH_OPTION_SET,
    {"plain", 0, NULL, "Leave out the origins", 1, SAH_FLAG(struct show, plain)},
    {"given", 0, NULL, "Leave out what stands at its default", 1,
     SAH_FLAG(struct show, given)},
    SAH_OPTION_QUIET,
    {0},
};

static const struct sah_usage usage = {
    .options = rows,
    .least = 1,
    .most = 1,
    .arguments = "SCENARIO.yaml",
    .doc = "Show a scenario in full, as one YAML text: bases and --set laid over each "
           "other, defaults filled in, each value with its origin.\v"
           "Example:\n  sahel show scenarios/sahel/base.yaml --set run.seed=7 | less",
};

static int print(const struct show *show, struct sah_run *run) {
    struct sah_error err = {0};
    int status = SAH_OK;
    if (!show->given)
        status =
            sah_scenario_add_defaults(run->world->scenario, &run->world->binding, &err);
    char *yaml = status ? NULL : sah_scenario_yaml(run->world->scenario, !show->plain);
    if (!status && !yaml)
        status = sah_error_add(&err, SAH_MEMORY, "no memory for the text");
    if (!status) fputs(yaml, stdout);
    free(yaml);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}

int sah_cli_show(int argc, char **argv) {
    struct show show = {0};
    struct sah_run run;
    sah_options_parse(&usage, argc, argv, &show);
    int status = sah_cli_open(&show.common, &run);
    if (!status) {
        status = print(&show, &run);
        sah_run_close(&run);
    }
    sah_options_free(&show.common);
    return status;
}
