/* SIGINT and SIGTERM ask for an end at the end of the day; a second one ends at once.
 */
#ifndef SAH_CLI_STOP_H
#define SAH_CLI_STOP_H
#include <stdatomic.h>

/* From here on the first signal is kept, not obeyed. Returns where: 0 or its number. */
const atomic_int *sah_stop_listen(void);
const char *sah_stop_name(int number); /* "SIGINT", "SIGTERM" */

#endif
