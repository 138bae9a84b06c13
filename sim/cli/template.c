/* sahel template: a scenario to fill in, made from the parameter tables. */
#include "sim/cli/commands.h"
#include "sim/cli/scenario.h"
#include "sim/kernel/param_doc.h"

static const struct sah_option rows[] = {SAH_OPTION_QUIET, {0}};

static const struct sah_usage usage = {
    .options = rows,
    .most = 1,
    .arguments = "[MODEL]",
    .doc = "Print a scenario in which every parameter stands as a comment, with its "
           "meaning, range and default.\v"
           "An overlay that says only what differs is shorter: begin it with a line "
           "such as 'base: scenarios/sahel/base.yaml'.\n\n"
           "Example:\n  sahel template > my.yaml",
};

int sah_cli_template(int argc, char **argv) {
    struct sah_options options = {0};
    struct sah_offer offer;
    sah_options_parse(&usage, argc, argv, &options);
    int status = sah_cli_offer(options.argument[0], &offer);
    if (status) return status;
    const struct sah_family *family = offer.world->family;
    sah_params_template(stdout, offer.section, offer.nsections, family->lists,
                        family->nlists);
    sah_cli_offer_free(&offer);
    return 0;
}
