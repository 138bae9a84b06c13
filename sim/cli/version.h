/* What program this is, and what it is made of. */
#ifndef SAH_CLI_VERSION_H
#define SAH_CLI_VERSION_H
#include <stdio.h>

void sah_print_version(FILE *out); /* several lines */

#endif
