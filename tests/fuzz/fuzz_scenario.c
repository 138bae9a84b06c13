/* Scenarios: text to tree to bound parameters, timeline and printed scenario.
 *
 * An input is a scenario; after a line "%% sets" every line is a `--set`; after
 * "%% base.yaml" stands a file that the scenario may name as its base. Land is not laid
 * and nobody is born: that costs what the scenario asks for (sahel check). */
#include "models/registry.h"
#include "output/recorder.h"
#include "sim/kernel/world_setup.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_SETS = 8 };

static size_t cut_lines(char *text, const char *line[MOST_SETS]) {
    size_t n = 0;
    for (char *rest = NULL, *at = strtok_r(text, "\n", &rest); at && n < MOST_SETS;
         at = strtok_r(NULL, "\n", &rest))
        line[n++] = at;
    return n;
}

/* As sah_world_create, but without land and agents. */
static void bind(struct sah_scenario *scenario) {
    static struct sah_output_params params;
    struct sah_section output[SAH_OUTPUT_SECTIONS];
    struct sah_error err = {0};
    struct sah_world *world = calloc(1, sizeof *world);
    if (!world) exit(EXIT_FAILURE);
    sah_output_sections(&params, output);
    const struct sah_world_request request = {.families = sah_families,
                                              .nfamilies = sah_family_count(),
                                              .sections = output,
                                              .nsections = SAH_OUTPUT_SECTIONS};
    world->scenario = scenario;
    int status = sah_world_cast(world, &request, &err);
    if (!status) {
        status = sah_world_bind(world, &request, &err);
        sah_output_check(world, &params, &err);
    }
    if (!status)
        for (int32_t day = -1; day <= 1; day++)
            sah_timeline_apply(&world->timeline, world->run.start + 400 * day);
    char *yaml = sah_scenario_yaml(scenario, true);
    free(yaml);
    sah_world_free(world);
    sah_error_clear(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fuzz_parts parts;
    const char *set[MOST_SETS];
    size_t nset = 0;
    fuzz_parts_cut(&parts, data, size);
    for (size_t i = 1; i < parts.n; i++) {
        if (strcmp(parts.part[i].name, "base.yaml") == 0)
            fuzz_file("base.yaml", parts.part[i].text, parts.part[i].length);
        else
            nset = cut_lines(parts.part[i].text, set);
    }
    char name[256];
    snprintf(name, sizeof name, "%s/scenario.yaml", fuzz_folder());
    struct sah_scenario *scenario = NULL;
    struct sah_error err = {0};
    /* a single part goes in whole, zeros and all */
    const char *yaml = parts.n > 1 ? parts.part[0].text : (const char *)data;
    size_t length = parts.n > 1 ? parts.part[0].length : size;
    if (sah_scenario_parse(name, yaml, length, set, nset, &scenario, &err) == SAH_OK)
        bind(scenario);
    sah_error_clear(&err);
    fuzz_parts_free(&parts);
    return 0;
}
