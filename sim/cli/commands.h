/* The one table of all commands. */
#ifndef SAH_CLI_COMMANDS_H
#define SAH_CLI_COMMANDS_H
#include <stdbool.h>
#include <stdio.h>

/* Gets its own arguments, argv[0] being "sahel <name>"; returns the exit status. */
typedef int sah_command_run(int argc, char **argv);

struct sah_command {
    const char *name;
    const char *summary; /* one line */
    sah_command_run *run;
    bool threads; /* works on many for long: how they wait matters */
};

extern const struct sah_command sah_commands[]; /* ends without name */

const struct sah_command *sah_command_find(const char *name); /* or NULL */
/* The nearest name to a misspelt one; NULL where none is near. */
const char *sah_command_near(const char *wrong);
/* What `sahel help` prints. */
void sah_command_list(FILE *out);
/* Runs one, argv[0] still being the program's name or whatever. */
int sah_command_call(const struct sah_command *command, int argc, char **argv);

sah_command_run sah_cli_run, sah_cli_resume, sah_cli_rerun, sah_cli_branch,
    sah_cli_check, sah_cli_show, sah_cli_template, sah_cli_params, sah_cli_models,
    sah_cli_schedule, sah_cli_info, sah_cli_events, sah_cli_ledger, sah_cli_digest,
    sah_cli_diff, sah_cli_map, sah_cli_plot, sah_cli_animate, sah_cli_atlas,
    sah_cli_compare, sah_cli_explore, sah_cli_study, sah_cli_calibrate, sah_cli_facts,
    sah_cli_forecast, sah_cli_flee, sah_cli_export, sah_cli_signatures, sah_cli_bench,
    sah_cli_help;

#endif
