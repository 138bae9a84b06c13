/* sahel params: what a scenario may say, from the parameter tables. */
#include "sim/cli/commands.h"
#include "sim/cli/say.h"
#include "sim/cli/scenario.h"
#include "sim/kernel/param_doc.h"

#include <string.h>

struct params {
    struct sah_options common;
    const char *model;
    bool markdown, all;
};

static const struct sah_option rows[] = {
    {"all", 0, NULL, "Explain every parameter of every section", 1,
     SAH_FLAG(struct params, all)},
    {"markdown", 0, NULL, "Print the chapter of the manual", 1,
     SAH_FLAG(struct params, markdown)},
    {"model", 0, "NAME", "Of this model (else sahel)", 1,
     SAH_TEXT(struct params, model)},
    SAH_OPTION_QUIET,
    {0},
};

static const struct sah_usage usage = {
    .options = rows,
    .most = 1,
    .arguments = "[NAME]",
    .doc = "Explain a section, a list or a single parameter; without NAME, list all "
           "sections.\v"
           "Examples:\n  sahel params recruitment\n  sahel params run.seed\n"
           "  sahel params --markdown > parameters.md",
};

struct nearest {
    size_t distance;
    char path[128]; /* "" where nothing is near */
};

static void describe(const struct sah_offer *offer, const char *name,
                     const char **near) {
    const struct sah_family *family = offer->world->family;
    sah_params_describe(stdout, name, offer->section, offer->nsections, family->lists,
                        family->nlists, near);
}

/* The nearest "section.key" of a table. */
static void offer_rows(const char *wrong, const char *section,
                       const struct sah_param *params, struct nearest *nearest) {
    for (; params && params->key; params++) {
        const char *best = NULL;
        char path[128];
        size_t before = nearest->distance;
        snprintf(path, sizeof path, "%s%s%s", section, *section ? "." : "",
                 params->key);
        sah_nearer(wrong, path, &best, &nearest->distance);
        if (nearest->distance < before) memcpy(nearest->path, path, sizeof path);
    }
}

/* Of all sections, lists and their rows. */
static struct nearest find_nearest(const struct sah_offer *offer, const char *wrong) {
    const struct sah_family *family = offer->world->family;
    struct nearest nearest = {.distance = SIZE_MAX};
    for (size_t i = 0; i < offer->nsections; i++)
        offer_rows(wrong, offer->section[i].name, offer->section[i].params, &nearest);
    for (size_t i = 0; i < family->nlists; i++)
        offer_rows(wrong, family->lists[i].name, family->lists[i].params, &nearest);
    return nearest;
}

static int describe_one(const struct sah_offer *offer, const char *name) {
    const struct sah_family *family = offer->world->family;
    const char *near = NULL;
    if (sah_params_describe(stdout, name, offer->section, offer->nsections,
                            family->lists, family->nlists, &near))
        return 0;
    struct nearest nearest = find_nearest(offer, name);
    if (!near || !*near) near = nearest.path;
    fprintf(stderr, "sahel params: no such section or parameter: %s%s%s%s\n", name,
            *near ? "; did you mean " : "", near, *near ? "?" : "");
    return SAH_EXIT_USAGE;
}

static void describe_all(const struct sah_offer *offer) {
    const struct sah_family *family = offer->world->family;
    for (size_t i = 0; i < offer->nsections; i++) {
        if (i) puts("\n");
        describe(offer, offer->section[i].name, NULL);
    }
    for (size_t i = 0; i < family->nlists; i++) {
        puts("\n");
        describe(offer, family->lists[i].name, NULL);
    }
}

static int print(const struct params *params, const struct sah_offer *offer) {
    const struct sah_family *family = offer->world->family;
    if (params->common.argument[0])
        return describe_one(offer, params->common.argument[0]);
    if (params->markdown)
        sah_params_chapter(stdout, offer->section, offer->nsections, family->lists,
                           family->nlists);
    else if (params->all)
        describe_all(offer);
    else
        sah_params_list(stdout, offer->section, offer->nsections, family->lists,
                        family->nlists);
    return 0;
}

int sah_cli_params(int argc, char **argv) {
    struct params params = {0};
    struct sah_offer offer;
    sah_options_parse(&usage, argc, argv, &params);
    int status = sah_cli_offer(params.model, &offer);
    if (status) return status;
    status = print(&params, &offer);
    sah_cli_offer_free(&offer);
    return status;
}
