/* What several commands do with a scenario. */
#ifndef SAH_CLI_SCENARIO_H
#define SAH_CLI_SCENARIO_H
#include "sim/cli/options.h"
#include "sim/study/run.h"

/* The run that the first argument, --set and the cast of this program describe. */
struct sah_run_request sah_cli_request(const struct sah_options *options);

/* Reads the scenario named by the first argument and builds its world; where that fails
 * all messages are printed. Returns the exit status, 0 when `run` is open. */
int sah_cli_open(const struct sah_options *options, struct sah_run *run);

/* A family as parameters see it: its sections and lists with nothing bound. */
struct sah_offer {
    struct sah_world *world;
    struct sah_section *section;
    size_t nsections;
};
/* The first family where `name` is NULL. Returns an exit status. */
int sah_cli_offer(const char *name, struct sah_offer *offer);
void sah_cli_offer_free(struct sah_offer *offer);
/* NULL where there is none, after a message with the nearest name. */
const struct sah_family *sah_cli_family(const char *name);

#endif
