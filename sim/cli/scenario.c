/* Worlds for commands that ask, and the parameters of families. */
#include "sim/cli/scenario.h"

#include "models/registry.h"
#include "sim/cli/data.h"
#include "sim/cli/say.h"
#include "sim/kernel/world_setup.h"
#include "sim/study/limits.h"

#include <stdlib.h>
#include <string.h>

struct sah_run_request sah_cli_request(const struct sah_options *options) {
    return (struct sah_run_request){.scenario = sah_data_find(options->argument[0]),
                                    .set = options->set.word,
                                    .nset = options->set.n,
                                    .admit =
                                        options->any_memory ? NULL : sah_need_admit,
                                    .families = sah_families,
                                    .nfamilies = sah_family_count(),
                                    .geography = sah_data_path("scenarios/geography"),
                                    .data = sah_data_folder()};
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

static int list_sections(const struct sah_family *family, struct sah_offer *offer,
                         struct sah_error *err) {
    struct sah_section output[SAH_OUTPUT_SECTIONS];
    sah_output_sections(&unused_output, output);
    offer->world = calloc(1, sizeof *offer->world);
    if (offer->world) {
        offer->world->family = family;
        offer->section = sah_world_sections(offer->world, output, SAH_OUTPUT_SECTIONS,
                                            &offer->nsections);
    }
    if (offer->section) return SAH_OK;
    return sah_error_add(err, SAH_MEMORY, "no memory for the sections");
}

int sah_cli_offer(const char *name, struct sah_offer *offer) {
    *offer = (struct sah_offer){0};
    const struct sah_family *family = sah_cli_family(name);
    if (!family) return SAH_EXIT_USAGE;
    struct sah_error err = {0};
    int status = list_sections(family, offer, &err);
    if (!status) return 0;
    sah_cli_offer_free(offer);
    return sah_say_errors(&err, status, NULL);
}

void sah_cli_offer_free(struct sah_offer *offer) {
    sah_world_free(offer->world);
    free(offer->section);
    *offer = (struct sah_offer){0};
}
