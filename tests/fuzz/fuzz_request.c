/* What a browser sends to `sahel explore`: a form, to settings that a run may have.
 *
 * Whatever is let through is checked again here: printable, one pair, of a setting that a
 * page is offered, and nothing that a scenario would refuse. The rest of HTTP is read by
 * libmicrohttpd; tests/cli/test_explore.py speaks to all of it. */
#include "models/registry.h"
#include "output/recorder.h"
#include "sim/explore/form.h"
#include "sim/kernel/world_setup.h"
#include "tests/fuzz/fuzz.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char yaml[] = "run: {model: sahel}\n";

/* As sah_world_create, but without land and agents. */
static struct sah_world *bind(const char *const *set, size_t n, struct sah_error *err) {
    static struct sah_output_params params;
    struct sah_section output[SAH_OUTPUT_SECTIONS];
    struct sah_world *world = calloc(1, sizeof *world);
    if (!world) exit(EXIT_FAILURE);
    sah_output_sections(&params, output);
    const struct sah_world_request request = {.families = sah_families,
                                              .nfamilies = sah_family_count(),
                                              .sections = output,
                                              .nsections = SAH_OUTPUT_SECTIONS};
    int status = sah_scenario_parse("fuzz.yaml", yaml, strlen(yaml), set, n,
                                    &world->scenario, err);
    if (!status) status = sah_world_cast(world, &request, err);
    if (!status) sah_world_bind(world, &request, err);
    return world;
}

static void check(const struct sah_world *world, const char *set) {
    char path[256];
    size_t n = strcspn(set, "=");
    if (set[n] != '=' || n >= sizeof path) abort();
    for (const char *c = set; *c; c++)
        if (!isprint((unsigned char)*c)) abort();
    snprintf(path, sizeof path, "%.*s", (int)n, set);
    if (!sah_form_offer(world, path)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct sah_world *world;
    static size_t usual; /* mistakes of a scenario that says nothing */
    struct sah_error err = {0};
    if (!world) {
        world = bind(NULL, 0, &err);
        usual = err.count;
    }
    sah_error_clear(&err);
    struct sah_form form;
    if (sah_form_read((const char *)data, size, world, &form, &err) == SAH_OK) {
        for (size_t i = 0; i < form.n; i++) check(world, form.set[i]);
        sah_world_free(bind(form.set, form.n, &err));
        if (err.count != usual) abort();
    }
    sah_form_free(&form);
    sah_error_clear(&err);
    return 0;
}
