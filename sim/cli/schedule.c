/* sahel schedule: the day as a timetable. */
#include "sim/kernel/schedule.h"

#include "sim/cli/commands.h"
#include "sim/cli/say.h"
#include "sim/cli/scenario.h"

static const struct sah_option rows[] = {SAH_OPTION_SET, SAH_OPTION_QUIET, {0}};

static const struct sah_usage usage = {
    .options = rows,
    .least = 1,
    .most = 1,
    .arguments = "SCENARIO.yaml",
    .doc =
        "Print the timetable of a day: phases in order, in each what acts, over what, "
        "and whether this scenario has it switched on.\v"
        "'plan' runs on all threads, 'apply' then settles in fixed order.\n\n"
        "Example:\n  sahel schedule scenarios/sahel/base.yaml",
};

static const char *domain_of(const struct sah_world *world, const struct sah_act *act) {
    if (!act->plan) return "";
    if (act->over == SAH_OVER_CELLS) return "cells";
    size_t number = (size_t)(act->over - SAH_OVER_POPULATION);
    return number < world->npopulations ? world->population[number]->name : "";
}

static const char *steps_of(const struct sah_act *act) {
    if (act->plan && act->apply) return "plan, apply";
    return act->plan ? "plan" : "apply";
}

static void tell_phase(const struct sah_world *world, int phase) {
    const struct sah_schedule *schedule = world->schedule;
    printf("\n%d  %s\n", phase, world->family->phases[phase - 1]);
    bool empty = true;
    for (size_t i = 0; i < schedule->n; i++) {
        const struct sah_schedule_row *row = &schedule->row[i];
        if (row->act->phase != phase) continue;
        empty = false;
        printf("   %-3s %-16s %-11s %-12s %s\n", world->on[row->member] ? "" : "off",
               world->family->cast[row->member]->name, steps_of(row->act),
               domain_of(world, row->act), row->act->doc ? row->act->doc : "");
    }
    if (empty) puts("       (nothing yet)");
}

static void tell(const struct sah_world *world) {
    printf("   %-3s %-16s %-11s %-12s %s\n\n", "", "mechanism", "steps", "over",
           "what");
    printf("0  timeline\n   %-3s %-16s %-11s %-12s %zu dated changes of parameters\n",
           "", "", "apply", "", world->timeline.n);
    for (size_t i = 1; i <= world->family->nphases; i++) tell_phase(world, (int)i);
    for (size_t i = 0; i < world->family->ncast; i++)
        if (!world->on[i]) printf("\nswitched off: %s\n", world->family->cast[i]->name);
}

int sah_cli_schedule(int argc, char **argv) {
    struct sah_options options = {0};
    struct sah_run run;
    sah_options_parse(&usage, argc, argv, &options);
    int status = sah_cli_open(&options, &run);
    if (!status) {
        tell(run.world);
        sah_run_close(&run);
    }
    sah_options_free(&options);
    return status;
}
