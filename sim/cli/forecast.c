/* sahel forecast: deaths by cell and month of a year to come, and how such forecasts fare. */
#include "sim/cli/forecast.h"

#include "output/disk.h"
#include "output/forecast/baselines.h"
#include "sim/cli/commands.h"
#include "sim/cli/say.h"
#include "sim/cli/target.h"
#include "sim/kernel/calendar.h"
#include "sim/study/crew.h"

#include <omp.h>
#include <stdlib.h>

enum {
    FIRST_YEAR = 1981,
    LAST_YEAR = 2100,
    MOST_FUTURES = 100000,
    MOST_PASTS = 1000,
};

static const struct sah_option rows[] = {
    {"events", 0, "FILE",
     "The list of events: columns of UCDP GED, of ACLED or of 'sahel events', told by "
     "the header",
     0, SAH_TEXT(struct sah_forecast_call, events),
     .need = "from what past? Give --events FILE"},
    {"window", 0, "YEAR", "The year to forecast", 0,
     SAH_WHOLE(struct sah_forecast_call, year, FIRST_YEAR, LAST_YEAR),
     .need = "of which year? Give --window YEAR"},
    {"until", 0, "DATE",
     "Last day that is known, the end of a month (31 October before the window)", 0,
     SAH_DAY(struct sah_forecast_call, until)},
    {"output", 'o', "DIR", "The folder of the forecast", 0,
     SAH_TEXT(struct sah_forecast_call, folder)},
    {"baselines", 0, NULL,
     "Score the forecasts that others are measured by, and nothing else", 1,
     SAH_FLAG(struct sah_forecast_call, baselines)},
    {"futures", 0, "N", "Simulate N futures of the window (1000)", 1,
     SAH_WHOLE(struct sah_forecast_call, futures, 1, MOST_FUTURES)},
    {"hindcasts", 0, "N",
     "Simulate N futures of each earlier window, to fit the layer (40)", 1,
     SAH_WHOLE(struct sah_forecast_call, hindcasts, 1, MOST_FUTURES)},
    {"pasts", 0, "N", "Let futures go on from N pasts (8)", 1,
     SAH_WHOLE(struct sah_forecast_call, pasts, 1, MOST_PASTS)},
    {"fit-until", 0, "DATE", "Last day that the layer is fitted to (--until)", 1,
     SAH_DAY(struct sah_forecast_call, fit_until)},
    {"seed", 0, "N", "Seed of pasts and futures (1)", 1,
     SAH_WHOLE(struct sah_forecast_call, seed, 0, INT32_MAX)},
    {"jobs", 'j', "N", "Run N at a time (as many as there are processors)", 1,
     SAH_WHOLE(struct sah_forecast_call, jobs, 1, SAH_CREW_JOBS)},
    SAH_OPTION_CSV,
    {"draws-csv", 0, NULL, "Write the draws as tables of VIEWS too, some 200 MB each",
     1, SAH_FLAG(struct sah_forecast_call, draws_csv)},
    SAH_OPTION_SET,
    SAH_OPTION_MEMORY,
    SAH_OPTION_FORCE,
    SAH_OPTION_QUIET,
    {0},
};

/* ---- windows ----------------------------------------------------------------------- */

int32_t sah_forecast_eve(const struct sah_forecast_call *call, int year) {
    int months = ((int)call->year - year) * 12;
    return sah_month_first(sah_month_of(call->until) - months + 1) - 1;
}

struct sah_window sah_forecast_window(const struct sah_forecast_call *call, int year) {
    return (struct sah_window){sah_month_of(sah_forecast_eve(call, year)),
                               sah_month_id(year, 1), SAH_FORECAST_MONTHS, NULL};
}

char *sah_forecast_file(const struct sah_forecast_call *call, const char *name) {
    return sah_disk_join(call->folder, name);
}

bool sah_forecast_is_past(const struct sah_forecast_call *call,
                          const struct sah_panel *panel) {
    return sah_month_id((int)call->year, 12) < panel->first + panel->months;
}

/* ---- options ----------------------------------------------------------------------- */

static void check_dates(struct sah_forecast_call *call, struct argp_state *state) {
    if (call->until == SAH_NO_DAY)
        call->until = sah_day_of((struct sah_date){(int)call->year - 1, 10, 31});
    if (call->fit_until == SAH_NO_DAY) call->fit_until = call->until;
    if (!sah_day_ends_month(call->until) || !sah_day_ends_month(call->fit_until))
        argp_error(state, "--until, --fit-until: must be the last day of a month");
    if (call->until >= sah_day_of((struct sah_date){(int)call->year, 1, 1}))
        argp_error(state, "--until: must lie before the window");
    if (call->fit_until > call->until)
        argp_error(state, "--fit-until: must not lie after what is known");
}

static void check(void *own, struct argp_state *state) {
    struct sah_forecast_call *call = own;
    check_dates(call, state);
    if (call->baselines && (call->common.narguments || call->folder))
        argp_error(state, "--baselines needs no scenario and no folder");
    if (!call->baselines && !call->common.narguments)
        argp_error(state, "what to forecast with? Give a scenario, or --baselines");
    if (!call->baselines && !call->folder)
        argp_error(state, "where to? Give -o DIR, such as -o out");
}

static const struct sah_usage usage = {
    .options = rows,
    .most = 1,
    .arguments = "S.yaml --events FILE --window YEAR -o DIR\n"
                 "--baselines --events FILE --window YEAR",
    .doc =
        "Forecast deaths by cell of PRIO-GRID and month, on the 916 cells of Mali, "
        "Burkina Faso and Niger, and score forecasts as the VIEWS prediction challenge "
        "does."
        "\v"
        "The scenario is run to the last day known while the list of events steers it "
        "(mechanism past); from there futures go on, each with a seed of its own. A "
        "layer mixes what they say of a cell with what its history says; its weights "
        "are fitted to earlier windows, seen from their own eves. What came is taken "
        "from the list, where it holds the window too.\n\n"
        "CRPS, IGN (ignorance over 11 bins) and MIS (interval score at 90 %) are means "
        "over cells and months, of 1,000 draws each; lower is better. Stopped or "
        "killed, the same command goes on.\n\n"
        "Examples:\n  sahel forecast --baselines --events ged.csv --window 2019\n"
        "  sahel forecast scenarios/sahel/coarse-history.yaml --events ged.csv "
        "--window 2019 -o out",
    .check = check,
};

/* ---- baselines --------------------------------------------------------------------- */

static int score_kind(const struct sah_panel *panel, const struct sah_window *window,
                      enum sah_panel_kind kind, struct sah_draws *draws,
                      struct sah_forecast_scores *scores, struct sah_error *err) {
    int code = SAH_OK;
    for (const struct sah_baseline *b = sah_baselines; !code && b->name; b++) {
        code = sah_baseline_draw(b, panel, kind, window->until, draws, err);
        if (!code)
            sah_tally_score(draws, panel, kind, b->name,
                            &scores->tally[kind][scores->n[kind]++]);
    }
    return code;
}

int sah_forecast_baselines(const struct sah_forecast_call *call,
                           const struct sah_panel *panel,
                           struct sah_forecast_scores *scores, struct sah_error *err) {
    struct sah_draws draws;
    struct sah_window window = sah_forecast_window(call, (int)call->year);
    int code = sah_draws_open(&draws, window.first, window.months, err);
    for (int kind = 0; !code && kind < SAH_PANEL_KINDS; kind++)
        code =
            score_kind(panel, &window, (enum sah_panel_kind)kind, &draws, scores, err);
    sah_draws_close(&draws);
    return code;
}

/* ---- the command ------------------------------------------------------------------- */

static int tell(const struct sah_forecast_call *call,
                const struct sah_forecast_scores *scores, struct sah_error *err) {
    int code = SAH_OK;
    for (int kind = 0; !code && kind < SAH_PANEL_KINDS; kind++) {
        const struct sah_tally *tally = scores->tally[kind];
        if (call->common.csv) {
            code = sah_tally_csv(tally, scores->n[kind], kind == 0, stdout, err);
        } else if (scores->n[kind]) {
            if (kind) putchar('\n');
            sah_tally_print(tally, scores->n[kind], stdout);
        }
    }
    return code;
}

static int save_scores(const struct sah_forecast_call *call,
                       const struct sah_forecast_scores *scores,
                       struct sah_error *err) {
    char *path = sah_forecast_file(call, "scores.csv"), *text = NULL;
    size_t length = 0;
    FILE *out = path ? open_memstream(&text, &length) : NULL;
    int code = out ? SAH_OK : sah_error_add(err, SAH_MEMORY, "no memory for scores");
    for (int kind = 0; !code && kind < SAH_PANEL_KINDS; kind++)
        code = sah_tally_csv(scores->tally[kind], scores->n[kind], kind == 0, out, err);
    if (out) fclose(out);
    if (!code) code = sah_disk_save(path, text, length, err);
    free(text);
    free(path);
    return code;
}

static int forecast(const struct sah_forecast_call *call, const struct sah_panel *panel,
                    const struct sah_facts_view *view,
                    struct sah_forecast_scores *scores, struct sah_error *err) {
    struct sah_forecast_windows *windows = calloc(1, sizeof *windows);
    if (!windows) return sah_error_add(err, SAH_MEMORY, "no memory for windows");
    int status = sah_forecast_simulate(call, view, windows);
    int code = SAH_OK;
    if (!status) code = sah_forecast_draw(call, panel, windows, scores, err);
    if (!status && !code && scores->n[0]) code = save_scores(call, scores, err);
    sah_forecast_windows_free(windows);
    free(windows);
    if (!status && code) return sah_say_errors(err, code, NULL);
    return status;
}

/* What stands in the way is told before the work. */
static int check_targets(const struct sah_forecast_call *call, struct sah_error *err) {
    static const char *const names[] = {"draws.h5", "scores.csv", "weights.csv",
                                        "reliability.png"};
    int code = SAH_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path = sah_forecast_file(call, names[i]);
        if (!path) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
        struct sah_error none = {0};
        int bad = sah_target_check(path, call->common.force, &none);
        if (bad == SAH_EXISTS)
            code = sah_error_add(err, SAH_EXISTS,
                                 "%s: exists already; --force makes it anew from the "
                                 "futures that are there",
                                 path);
        sah_error_clear(&none);
        free(path);
    }
    return code;
}

static int work(const struct sah_forecast_call *call,
                struct sah_forecast_scores *scores) {
    struct sah_panel panel = {0};
    struct sah_facts_view view = {0};
    struct sah_error err = {0};
    int status = 0;
    int code = call->baselines ? SAH_OK : check_targets(call, &err);
    if (!code) code = sah_panel_read(call->events, &panel, &view, &err);
    bool past = !code && sah_forecast_is_past(call, &panel);
    if (!code && call->baselines && !past)
        code = sah_error_add(&err, SAH_INPUT, "%s: does not hold the year %ld",
                             call->events, call->year);
    if (!code && past) code = sah_forecast_baselines(call, &panel, scores, &err);
    if (!code && !call->baselines) status = forecast(call, &panel, &view, scores, &err);
    if (!code && !status) code = tell(call, scores, &err);
    if (code) status = sah_say_errors(&err, code, "nothing was forecast");
    sah_panel_close(&panel);
    sah_facts_view_free(&view);
    sah_error_clear(&err);
    return status;
}

int sah_cli_forecast(int argc, char **argv) {
    struct sah_forecast_call call = {.command = sah_cli_command_line(argc, argv),
                                     .until = SAH_NO_DAY,
                                     .fit_until = SAH_NO_DAY,
                                     .futures = 1000,
                                     .hindcasts = 40,
                                     .pasts = 8,
                                     .seed = 1};
    sah_options_parse(&usage, argc, argv, &call);
    omp_set_num_threads(1); /* workers are forked */
    struct sah_forecast_scores *scores = calloc(1, sizeof *scores);
    int status = scores ? work(&call, scores) : SAH_EXIT_FAILED;
    free(scores);
    free(call.command);
    sah_options_free(&call.common);
    return status;
}
