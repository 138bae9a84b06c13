/* How threads wait for each other. */
#ifndef SAH_CLI_PATIENCE_H
#define SAH_CLI_PATIENCE_H

/* Lets waiting threads sleep instead of spin, unless the environment says how they
 * wait. A day has many short parallel acts; with other work on the machine, spinning
 * threads hold up those they wait for (a run on two busy cores took seven times as
 * long). OpenMP reads this once before main, so the program starts itself again; it
 * returns where nothing was to do or that cannot be done. */
void sah_wait_patiently(char **argv);

#endif
