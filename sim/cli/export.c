/* sahel export: a result as the inputs of another model. */
#include "output/flee/export.h"

#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"
#include "sim/cli/target.h"

#include <string.h>

struct export {
    struct sah_options common;
    struct sah_flee_export flee;
};

static const struct sah_option rows[] = {
    {"output", 'o', "DIR", "The folder to make", 0,
     SAH_TEXT(struct export, flee.folder),
     .need = "where to? Give -o DIR, such as -o mycase"},
    {"least", 0, "N",
     "Towns where there are never N displaced people have no camp (100)", 1,
     SAH_WHOLE(struct export, flee.least, 1, 100000000)},
    SAH_OPTION_FORCE,
    SAH_OPTION_QUIET,
    {0},
};

static const char *const kinds[] = {"flee", NULL};

static const struct sah_usage usage = {
    .options = rows,
    .least = 2,
    .most = 2,
    .verbs = kinds,
    .arguments = "flee RUN.h5 -o DIR",
    .doc = "Write a result of the Sahel model as inputs of the migration model Flee: "
           "places, routes, conflicts day by day, and lists of the displaced people."
           "\v"
           "Each cell belongs to the nearest town of its country. A town is a conflict "
           "zone in the periods in which people died around it; where displaced people "
           "stayed there is a camp beside it.\n\n"
           "Examples:\n  sahel export flee run.h5 -o mycase\n"
           "  sahel flee mycase -o out.csv",
};

static int write_case(struct export *own, struct sah_error *err) {
    struct sah_result *result = NULL;
    int code = sah_target_check_folder(own->flee.folder, own->common.force, err);
    if (!code) code = sah_result_open(own->common.argument[1], &result, err);
    if (!code) code = sah_flee_export(result, &own->flee, err);
    if (!code && !own->common.quiet)
        fprintf(stderr,
                "sahel: %zu places, %zu conflict zones, %zu camps that hold %.1f %% of "
                "the displaced\n",
                own->flee.nplaces + own->flee.ncamps, own->flee.nzones,
                own->flee.ncamps, 100 * own->flee.in_camps / own->flee.displaced);
    sah_result_close(result);
    return code;
}

int sah_cli_export(int argc, char **argv) {
    struct export own = {.flee = {.least = 100}};
    struct sah_error err = {0};
    sah_options_parse(&usage, argc, argv, &own);
    int code = write_case(&own, &err);
    return code ? sah_say_errors(&err, code, NULL) : 0;
}
