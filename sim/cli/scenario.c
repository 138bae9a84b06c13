/* Worlds for commands that ask, and the parameters of families. */
#include "sim/cli/scenario.h"

#include "models/registry.h"
#include "sim/cli/say.h"
#include "sim/kernel/world_setup.h"

#include <stdlib.h>
#include <string.h>

struct sah_run_request sah_cli_request(const struct sah_options *options) {
    return (struct sah_run_request){.scenario = options->argument[0],
                                    .set = options->set,
                                    .nset = options->nset,
                                    .families = sah_families,
                                    .nfamilies = sah_family_count()};
}

int sah_cli_open(const struct sah_options *options, struct sah_run *run) {
    struct sah_run_request request = sah_cli_request(options);
    struct sah_error err = {0};
    int status = sah_run_open(&request, run, &err);
    if (!status) return 0;
    sah_run_close(run);
    return sah_say_errors(&err, status, "nothing was run");
}

const struct sah_family *sah_cli_family(const char *name) {
    if (!name) return sah_families[0];
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < sah_family_count(); i++) {
        if (strcmp(sah_families[i]->name, name) == 0) return sah_families[i];
        sah_nearer(name, sah_families[i]->name, &best, &distance);
    }
    fprintf(stderr, "sahel: no such model: %s%s%s%s\n", name,
            best ? "; did you mean " : "", best ? best : "", best ? "?" : "");
    return NULL;
}

/* ---- parameters without a scenario ----------------------------------------------- */

static struct sah_output_params unused_output;

/* Binds the empty scenario: the world then holds every section's table. */
static int bind_nothing(const struct sah_family *family, struct sah_world *world,
                        struct sah_error *err) {
    char yaml[128];
    int length = snprintf(yaml, sizeof yaml, "run: {model: %s}\n", family->name);
    struct sah_section output[SAH_OUTPUT_SECTIONS];
    sah_output_sections(&unused_output, output);
    struct sah_world_request request = {.families = sah_families,
                                        .nfamilies = sah_family_count(),
                                        .sections = output,
                                        .nsections = SAH_OUTPUT_SECTIONS};
    int status = sah_scenario_parse("(nothing)", yaml, (size_t)length, NULL, 0,
                                    &world->scenario, err);
    return status ? status : sah_world_bind(world, &request, err);
}

static void add(struct sah_offer *offer, const char *name, const char *doc,
                const struct sah_param *params) {
    if (!params || !params->key) return;
    offer->section[offer->nsections++] =
        (struct sah_section){.name = name, .doc = doc, .params = params};
}

static int list_sections(struct sah_offer *offer, struct sah_error *err) {
    const struct sah_family *family = offer->world->family;
    offer->section =
        calloc(family->ncast + 4 + SAH_OUTPUT_SECTIONS, sizeof *offer->section);
    if (!offer->section)
        return sah_error_add(err, SAH_MEMORY, "no memory for %zu sections",
                             family->ncast + 4 + SAH_OUTPUT_SECTIONS);
    add(offer, "", "The scenario",
        sah_binding_find(&offer->world->binding, "title")->param);
    add(offer, "run", "Period, seed and scale of the run", sah_run_table);
    if (family->has_land) add(offer, "grid", "Grid, land and theatre", sah_grid_table);
    add(offer, "mechanisms", "Switches of the mechanisms", offer->world->switches);
    for (size_t i = 0; i < family->ncast; i++)
        add(offer, family->cast[i]->name, family->cast[i]->doc,
            family->cast[i]->params);
    struct sah_section output[SAH_OUTPUT_SECTIONS];
    sah_output_sections(&unused_output, output);
    for (size_t i = 0; i < SAH_OUTPUT_SECTIONS; i++)
        add(offer, output[i].name, output[i].doc, output[i].params);
    return SAH_OK;
}

int sah_cli_offer(const char *name, struct sah_offer *offer) {
    *offer = (struct sah_offer){0};
    const struct sah_family *family = sah_cli_family(name);
    if (!family) return SAH_EXIT_USAGE;
    struct sah_error err = {0};
    offer->world = calloc(1, sizeof *offer->world);
    int status = offer->world
                     ? bind_nothing(family, offer->world, &err)
                     : sah_error_add(&err, SAH_MEMORY, "no memory for a world");
    if (!status) status = list_sections(offer, &err);
    if (!status) return 0;
    sah_cli_offer_free(offer);
    return sah_say_errors(&err, status, NULL);
}

void sah_cli_offer_free(struct sah_offer *offer) {
    sah_world_free(offer->world);
    free(offer->section);
    *offer = (struct sah_offer){0};
}
