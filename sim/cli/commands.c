/* One line a command, in the order in which `sahel help` tells them. */
#include "sim/cli/commands.h"

#include "sim/kernel/param.h"

#include <stdint.h>
#include <string.h>

const struct sah_command sah_commands[] = {
    {"run", "Run a scenario; keep one result file, and maps", sah_cli_run, true},
    {"resume", "Go on with a run that was stopped or killed", sah_cli_resume, true},
    {"rerun", "Repeat a run from its result and compare digests", sah_cli_rerun, true},
    {"branch", "Go on from a day of a result, under an overlay, with new seeds",
     sah_cli_branch, true},
    {"check", "Check a scenario and tell its size", sah_cli_check, true},
    {"show", "Show a scenario in full, each value with its origin", sah_cli_show,
     false},
    {"template", "Print a scenario to fill in, every parameter explained",
     sah_cli_template, false},
    {"params", "Explain parameters: meaning, unit, default, range, source",
     sah_cli_params, false},
    {"models", "List the mechanisms of a model", sah_cli_models, false},
    {"schedule", "Print the timetable of a day", sah_cli_schedule, false},
    {"info", "Describe a result", sah_cli_info, false},
    {"events", "Print the events of a result", sah_cli_events, false},
    {"ledger", "Print what each cause cost, by year", sah_cli_ledger, false},
    {"digest", "Print the digest of the last state of a result", sah_cli_digest, false},
    {"diff", "Compare two results", sah_cli_diff, false},
    {"map", "Draw a map of a result", sah_cli_map, false},
    {"plot", "Draw plots of a result: series, events, factions, ledger", sah_cli_plot,
     false},
    {"animate", "Make a film of a result", sah_cli_animate, false},
    {"atlas", "Write one page that shows a whole result", sah_cli_atlas, false},
    {"compare", "Compare two scenarios with the same chance", sah_cli_compare, true},
    {"explore", "Explore a scenario in a browser, with switches and sliders",
     sah_cli_explore, true},
    {"study", "Plan and run a study: a design, replicates, sensitivity", sah_cli_study,
     true},
    {"calibrate", "Fit parameters to facts on record or other observations, by waves",
     sah_cli_calibrate, true},
    {"facts", "Compare results, or a list of real events, with facts on record",
     sah_cli_facts, false},
    {"forecast", "Forecast deaths by cell and month, and score such forecasts",
     sah_cli_forecast, true},
    {"flee", "Simulate flight on the inputs of the migration model Flee", sah_cli_flee,
     true},
    {"export", "Write a result as inputs of Flee", sah_cli_export, false},
    {"signatures", "Try what every mechanism must do, with paired runs",
     sah_cli_signatures, true},
    {"bench", "Measure speed and memory on this machine", sah_cli_bench, true},
    {"help", "Explain a command", sah_cli_help, false},
    {0},
};

const struct sah_command *sah_command_find(const char *name) {
    for (const struct sah_command *c = sah_commands; c->name; c++)
        if (strcmp(c->name, name) == 0) return c;
    return NULL;
}

const char *sah_command_near(const char *wrong) {
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (const struct sah_command *c = sah_commands; c->name; c++)
        sah_nearer(wrong, c->name, &best, &distance);
    return best;
}

int sah_command_call(const struct sah_command *command, int argc, char **argv) {
    static char name[64]; /* argp keeps it for its messages */
    snprintf(name, sizeof name, "sahel %s", command->name);
    argv[0] = name;
    return command->run(argc, argv);
}
