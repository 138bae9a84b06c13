/* sahel ledger: what each cause cost. */
#include "output/ledger.h"

#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"

struct ledger {
    struct sah_options common;
    const char *country;
};

static const struct sah_option rows[] = {
    SAH_OPTION_CSV,
    {"country", 0, "ISO3", "Of one country, such as MLI (tables alone)", 1,
     SAH_TEXT(struct ledger, country)},
    SAH_OPTION_QUIET,
    {0},
};

static const struct sah_usage usage = {
    .options = rows,
    .least = 1,
    .most = 1,
    .arguments = "RUN.h5",
    .doc = "Print the ledger of a result: by year, who did what and what each cause "
           "cost or "
           "brought, all countries together or one. Items without anything in any year "
           "are "
           "left out. With --csv by year and country, whole.\v"
           "Example:\n  sahel ledger run.h5 --country BFA",
};

int sah_cli_ledger(int argc, char **argv) {
    struct ledger own = {0};
    struct sah_error err = {0};
    sah_options_parse(&usage, argc, argv, &own);
    if (own.common.csv && own.country) {
        sah_error_add(&err, SAH_INPUT,
                      "--csv tells all countries, each in a column: without --country");
        return sah_say_errors(&err, SAH_INPUT, NULL);
    }
    const char *path = own.common.argument[0];
    int status = own.common.csv ? sah_ledger_csv(path, stdout, &err)
                                : sah_ledger_table(path, own.country, stdout, &err);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
