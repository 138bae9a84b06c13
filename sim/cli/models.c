/* sahel models: the cast of a family, from the structs of its models. */
#include "models/registry.h"
#include "sim/cli/commands.h"
#include "sim/cli/scenario.h"

static const struct sah_option rows[] = {SAH_OPTION_QUIET, {0}};

static const struct sah_usage usage = {
    .options = rows,
    .most = 1,
    .arguments = "[MODEL]",
    .doc = "List models and the mechanisms of each: name, switch, what it does, where "
           "that comes from. 'always' marks the ground that has no switch.\v"
           "A mechanism is switched in the section 'mechanisms' of a scenario.\n\n"
           "Example:\n  sahel models",
};

static const char *switch_of(const struct sah_model *model) {
    if (model->always) return "always";
    return model->off ? "off" : "on";
}

static void tell(const struct sah_family *family) {
    printf("%s: %s\n\n", family->name, family->doc);
    printf("  %-16s %-7s %s\n", "mechanism", "switch", "what it does, and its source");
    for (size_t i = 0; i < family->ncast; i++) {
        const struct sah_model *model = family->cast[i];
        printf("  %-16s %-7s %s\n", model->name, switch_of(model), model->doc);
        if (model->reference) printf("%27s%s\n", "", model->reference);
    }
}

int sah_cli_models(int argc, char **argv) {
    struct sah_options options = {0};
    sah_options_parse(&usage, argc, argv, &options);
    if (options.argument[0]) {
        const struct sah_family *family = sah_cli_family(options.argument[0]);
        if (family) tell(family);
        return family ? 0 : 2;
    }
    for (size_t i = 0; sah_families[i]; i++) {
        if (i) puts("");
        tell(sah_families[i]);
    }
    return 0;
}
