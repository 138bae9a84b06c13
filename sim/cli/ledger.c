/* sahel ledger: what each cause cost. */
#include "output/ledger.h"

#include "sim/cli/commands.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"

enum { KEY_CSV = SAH_KEY_OWN };

struct ledger {
    struct sah_options common;
    bool csv;
};

static const struct argp_option rows[] = {
    {"csv", KEY_CSV, NULL, 0, "Print comma-separated values", 1},
    SAH_OPTION_QUIET,
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct ledger *own = state->input;
    if (key != KEY_CSV) return sah_options_key(&own->common, key, arg, state);
    own->csv = true;
    return 0;
}

static const struct argp argp = {
    .options = rows,
    .parser = parse,
    .args_doc = "RUN.h5",
    .doc =
        "Print the ledger of a result: by year, what each cause cost or brought, all "
        "countries together. With --csv also by country.\v"
        "Example:\n  sahel ledger run.h5 --csv > ledger.csv",
};

int sah_cli_ledger(int argc, char **argv) {
    struct ledger own = {.common = {.least = 1, .most = 1}};
    struct sah_error err = {0};
    sah_options_parse(&argp, argc, argv, &own.common);
    const char *path = own.common.argument[0];
    int status = own.csv ? sah_ledger_csv(path, stdout, &err)
                         : sah_ledger_table(path, stdout, &err);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
