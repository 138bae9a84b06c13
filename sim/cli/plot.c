/* sahel plot: pictures of a result that are no maps. */
#include "output/plot.h"

#include "sim/cli/commands.h"
#include "sim/cli/picture.h"
#include "sim/cli/say.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_ONLY = SAH_KEY_OWN, KEY_POINT, KEY_BY };

struct plot {
    struct sah_options common;
    struct sah_plot_options plot;
};

static const struct argp_option rows[] = {
    SAH_OPTION_PICTURE,
    {"only", KEY_ONLY, "NAME", 0,
     "This series or entry of the ledger alone ('sahel info' lists them), the field of "
     "difference (deaths), the outcome of heat, tornado and bars",
     1},
    {"point", KEY_POINT, "N", 0, "Point of a study that a fan shows (0)", 1},
    {"by", KEY_BY, "A,B", 0, "Factors across and up a heat map (the first two)", 1},
    SAH_OPTION_WIDTH,
    SAH_OPTION_DPI,
    SAH_OPTION_FORCE,
    SAH_OPTION_QUIET,
    {0},
};

static error_t finish(struct plot *own, struct argp_state *state) {
    sah_options_key(&own->common, ARGP_KEY_END, NULL, state);
    if (!own->plot.picture.path)
        argp_error(state, "where to? Give -o FILE, such as -o plot.png");
    size_t n = (size_t)own->common.narguments;
    own->plot.results = own->common.argument;
    own->plot.result = own->common.argument[0];
    own->plot.nresults = n ? n - 1 : 0;
    own->plot.kind = n ? own->common.argument[n - 1] : "";
    own->plot.picture.force = own->common.force;
    return 0;
}

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct plot *own = state->input;
    if (sah_picture_key(&own->plot.picture, 60, key, arg, state)) return 0;
    switch (key) {
    case KEY_ONLY:
        own->plot.only = arg;
        return 0;
    case KEY_POINT:
        own->plot.point = sah_option_whole(state, "--point", arg, 0, 999999);
        return 0;
    case KEY_BY:
        own->plot.by = arg;
        return 0;
    case ARGP_KEY_END:
        return finish(own, state);
    default:
        return sah_options_key(&own->common, key, arg, state);
    }
}

static const char about[] =
    "Draw a plot of a result, of many (fan), of a study or of a comparison.";
static const char examples[] =
    "Examples:\n  sahel plot run.h5 factions -o factions.svg\n"
    "  sahel plot run.h5 series --only deaths_by_cause -o causes.png\n"
    "  sahel plot futures/branch-*.h5 fan -o futures.pdf\n"
    "  sahel plot out/study.h5 heat --only deaths -o heat.png\n"
    "  sahel plot cmp.h5 effects -o effects.pdf";

/* The table of kinds, a line each, between the two; NULL without memory. */
static char *tell_kinds(void) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out) return NULL;
    fprintf(out, "%s\vKinds:\n", about);
    for (const struct sah_plot_kind *k = sah_plot_kinds; k->name; k++)
        fprintf(out, "  %-10s %s\n", k->name, k->doc);
    fprintf(out, "\n%s", examples);
    fclose(out);
    return text;
}

int sah_cli_plot(int argc, char **argv) {
    struct plot own = {.common = {.least = 2, .most = SAH_MAX_ARGUMENTS}};
    struct sah_error err = {0};
    static char *doc; /* argp may end the program while it reads it */
    doc = tell_kinds();
    struct argp argp = {.options = rows,
                        .parser = parse,
                        .args_doc = "RUN.h5... KIND -o FILE",
                        .doc = doc ? doc : about};
    sah_options_parse(&argp, argc, argv, &own.common);
    free(doc);
    int status = sah_plot(&own.plot, &err);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
