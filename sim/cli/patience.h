/* How threads wait for each other. */
#ifndef SAH_CLI_PATIENCE_H
#define SAH_CLI_PATIENCE_H

/* Sets how waiting threads wait, unless the environment says so. A day has many short
 * parallel acts. Where the machine has nothing else to do, a thread that looks again and
 * again for some microseconds saves the way to sleep and back, a third of a run; with
 * other work on it, it holds up those it waits for, and a run on two busy cores takes
 * twice as long: then threads sleep at once. What else wants to run at the start decides.
 *
 * OpenMP reads this once before main, so the program starts itself again; it returns
 * where nothing was to do or that cannot be done. */
void sah_wait_patiently(char **argv);

#endif
