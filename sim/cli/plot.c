/* sahel plot: pictures of a result that are no maps. */
#include "output/plot.h"

#include "sim/cli/commands.h"
#include "sim/cli/picture.h"
#include "sim/cli/say.h"

#include <stdlib.h>
#include <string.h>

struct plot {
    struct sah_options common;
    struct sah_plot_options plot;
};

static const struct sah_option rows[] = {
    SAH_OPTION_PICTURE(struct plot, plot.picture,
                       "where to? Give -o FILE, such as -o plot.png"),
    {"only", 0, "NAME",
     "This series or entry of the ledger alone ('sahel info' lists them), the field of "
     "difference (deaths), the outcome of heat, tornado and bars",
     1, SAH_TEXT(struct plot, plot.only)},
    {"point", 0, "N", "Point of a study that a fan shows (0)", 1,
     SAH_WHOLE(struct plot, plot.point, 0, 999999)},
    {"by", 0, "A,B", "Factors across and up a heat map (the first two)", 1,
     SAH_TEXT(struct plot, plot.by)},
    SAH_OPTION_WIDTH(struct plot, plot.picture, 60),
    SAH_OPTION_DPI(struct plot, plot.picture),
    SAH_OPTION_FORCE,
    SAH_OPTION_QUIET,
    {0},
};

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
    struct plot own = {0};
    struct sah_error err = {0};
    static char *doc; /* argp may end the program while it reads it */
    doc = tell_kinds();
    struct sah_usage usage = {.options = rows,
                              .least = 2,
                              .most = SAH_MAX_ARGUMENTS,
                              .arguments = "RUN.h5... KIND -o FILE",
                              .doc = doc ? doc : about};
    sah_options_parse(&usage, argc, argv, &own);
    free(doc);
    size_t n = (size_t)own.common.narguments; /* at least two; the last is the kind */
    own.plot.results = own.common.argument;
    own.plot.result = own.common.argument[0];
    own.plot.nresults = n - 1;
    own.plot.kind = own.common.argument[n - 1];
    own.plot.picture.force = own.common.force;
    int status = sah_plot(&own.plot, &err);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
