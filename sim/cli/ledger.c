/* sahel ledger: what each cause cost. */
#include "output/ledger.h"

#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"

enum { KEY_CSV = SAH_KEY_OWN, KEY_COUNTRY };

struct ledger {
    struct sah_options common;
    bool csv;
    const char *country;
};

static const struct argp_option rows[] = {
    {"csv", KEY_CSV, NULL, 0, "Print comma-separated values", 1},
    {"country", KEY_COUNTRY, "ISO3", 0, "Of one country, such as MLI (tables alone)",
     1},
    SAH_OPTION_QUIET,
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct ledger *own = state->input;
    if (key == KEY_CSV)
        own->csv = true;
    else if (key == KEY_COUNTRY)
        own->country = arg;
    else
        return sah_options_key(&own->common, key, arg, state);
    return 0;
}

static const struct argp argp = {
    .options = rows,
    .parser = parse,
    .args_doc = "RUN.h5",
    .doc = "Print the ledger of a result: by year, who did what and what each cause "
           "cost or "
           "brought, all countries together or one. Items without anything in any year "
           "are "
           "left out. With --csv by year and country, whole.\v"
           "Example:\n  sahel ledger run.h5 --country BFA",
};

int sah_cli_ledger(int argc, char **argv) {
    struct ledger own = {.common = {.least = 1, .most = 1}};
    struct sah_error err = {0};
    sah_options_parse(&argp, argc, argv, &own.common);
    if (own.csv && own.country) {
        sah_error_add(&err, SAH_INPUT,
                      "--csv tells all countries, each in a column: without --country");
        return sah_say_errors(&err, SAH_INPUT, NULL);
    }
    const char *path = own.common.argument[0];
    int status = own.csv ? sah_ledger_csv(path, stdout, &err)
                         : sah_ledger_table(path, own.country, stdout, &err);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
