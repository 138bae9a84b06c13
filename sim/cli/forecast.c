/* sahel forecast: deaths by cell and month of a year to come, and how such forecasts fare. */
#include "sim/cli/forecast.h"

#include "output/forecast/baselines.h"
#include "output/forecast/tally.h"
#include "sim/cli/commands.h"
#include "sim/cli/say.h"
#include "sim/kernel/calendar.h"

#include <stdlib.h>

enum { KEY_EVENTS = SAH_KEY_OWN, KEY_UNTIL, KEY_WINDOW, KEY_BASELINES, KEY_CSV };
enum { FIRST_YEAR = 1981, LAST_YEAR = 2100, MOST_TALLIES = 64 };

static const struct argp_option rows[] = {
    {"events", KEY_EVENTS, "FILE", 0,
     "The list of events: columns of UCDP GED, of ACLED or of 'sahel events', told by "
     "the header",
     0},
    {"window", KEY_WINDOW, "YEAR", 0, "The year to forecast", 0},
    {"until", KEY_UNTIL, "DATE", 0,
     "Last day that is known, the end of a month (31 October before the window)", 0},
    {"baselines", KEY_BASELINES, NULL, 0,
     "Score the forecasts that others are measured by, and nothing else", 1},
    {"csv", KEY_CSV, NULL, 0, "Print comma-separated values", 1},
    SAH_OPTION_QUIET,
    {0},
};

int sah_forecast_first(const struct sah_forecast_call *call) {
    return sah_month_id((int)call->year, 1);
}

int sah_forecast_until(const struct sah_forecast_call *call) {
    return sah_month_of(call->until);
}

static void check(struct sah_forecast_call *call, struct argp_state *state) {
    if (!call->events) argp_error(state, "from what past? Give --events FILE");
    if (!call->year) argp_error(state, "of which year? Give --window YEAR");
    if (!call->dated)
        call->until = sah_day_of((struct sah_date){(int)call->year - 1, 10, 31});
    if (!sah_day_ends_month(call->until))
        argp_error(state, "--until: must be the last day of a month");
    if (sah_forecast_until(call) >= sah_forecast_first(call))
        argp_error(state, "--until: must lie before the window");
    if (!call->baselines) argp_error(state, "what to forecast with? Give --baselines");
}

static error_t parse(int key, char *arg, struct argp_state *state) {
    struct sah_forecast_call *call = state->input;
    error_t status = 0;
    switch (key) {
    case KEY_EVENTS:
        call->events = arg;
        return 0;
    case KEY_WINDOW:
        call->year = sah_option_whole(state, "--window", arg, FIRST_YEAR, LAST_YEAR);
        return 0;
    case KEY_UNTIL:
        call->until = sah_option_day(state, "--until", arg);
        call->dated = true;
        return 0;
    case KEY_BASELINES:
        call->baselines = true;
        return 0;
    case KEY_CSV:
        call->csv = true;
        return 0;
    default:
        status = sah_options_key(&call->common, key, arg, state);
        if (key == ARGP_KEY_END) check(call, state);
        return status;
    }
}

static const struct argp argp = {
    .options = rows,
    .parser = parse,
    .args_doc = "",
    .doc =
        "Score forecasts of deaths by cell of PRIO-GRID and month, as the VIEWS "
        "prediction challenge does, on the 916 cells of Mali, Burkina Faso and Niger."
        "\v"
        "CRPS, IGN (ignorance over 11 bins) and MIS (interval score at 90 %) are means "
        "over cells and months, of 1,000 draws each; lower is better. What came is "
        "taken from the list, which holds the window too.\n\n"
        "Example:\n  sahel forecast --baselines --events ged.csv --window 2019",
};

/* ---- baselines --------------------------------------------------------------------- */

static int score(const struct sah_panel *panel, const struct sah_forecast_call *call,
                 enum sah_panel_kind kind, struct sah_draws *draws,
                 struct sah_tally *tally, size_t *n, struct sah_error *err) {
    int code = SAH_OK;
    for (const struct sah_baseline *b = sah_baselines; !code && b->name; b++) {
        code = sah_baseline_draw(b, panel, kind, sah_forecast_until(call), draws, err);
        if (!code) sah_tally_score(draws, panel, kind, b->name, &tally[(*n)++]);
    }
    return code;
}

static int score_kinds(const struct sah_panel *panel,
                       const struct sah_forecast_call *call, struct sah_tally *tally,
                       size_t *n, struct sah_error *err) {
    struct sah_draws draws;
    int first = sah_forecast_first(call);
    if (first + SAH_FORECAST_MONTHS > panel->first + panel->months)
        return sah_error_add(err, SAH_INPUT, "%s: does not hold the year %ld",
                             call->events, call->year);
    int code = sah_draws_open(&draws, first, SAH_FORECAST_MONTHS, err);
    for (int kind = 0; !code && kind < SAH_PANEL_KINDS; kind++)
        code = score(panel, call, (enum sah_panel_kind)kind, &draws, tally, n, err);
    sah_draws_close(&draws);
    return code;
}

static int score_baselines(const struct sah_forecast_call *call,
                           struct sah_error *err) {
    struct sah_panel panel = {0};
    struct sah_tally *tally = calloc(MOST_TALLIES, sizeof *tally);
    size_t n = 0;
    int code = tally ? sah_panel_read(call->events, &panel, NULL, err)
                     : sah_error_add(err, SAH_MEMORY, "no memory for scores");
    if (!code) code = score_kinds(&panel, call, tally, &n, err);
    if (!code && call->csv)
        code = sah_tally_csv(tally, n, stdout, err);
    else if (!code)
        sah_tally_print(tally, n, stdout);
    sah_panel_close(&panel);
    free(tally);
    return code;
}

int sah_cli_forecast(int argc, char **argv) {
    struct sah_forecast_call call = {.common = {.least = 0, .most = 0}};
    struct sah_error err = {0};
    sah_options_parse(&argp, argc, argv, &call.common);
    int status = score_baselines(&call, &err);
    if (status) status = sah_say_errors(&err, status, NULL);
    sah_options_free(&call.common);
    return status;
}
