/* May a file be written there? Asked before the work, not after it. */
#ifndef SAH_CLI_TARGET_H
#define SAH_CLI_TARGET_H
#include "sim/kernel/error.h"

/* The folder is there and writable; nothing has the name yet, unless `force`. */
int sah_target_check(const char *path, bool force, struct sah_error *err);
/* A folder for maps: absent under a folder that is there, or without pictures. */
int sah_target_check_maps(const char *folder, bool force, struct sah_error *err);
/* A folder for a case of Flee: absent under a folder that is there; or, with `force`, one
 * that is there. */
int sah_target_check_folder(const char *folder, bool force, struct sah_error *err);
bool sah_target_same(const char *a, const char *b); /* one and the same file */

/* The command line as a shell would take it; caller frees. NULL without memory. */
char *sah_cli_command_line(int argc, char **argv);

#endif
