/* What a computation costs: seconds and bytes, as the system counts them. */
#ifndef SAH_STUDY_COST_H
#define SAH_STUDY_COST_H
#include <stddef.h>

double sah_wall_seconds(void); /* since some moment in the past */
double sah_cpu_seconds(void);  /* of the processor, for all threads of this process */
/* Of the processor, for the calling thread: other work on the machine hardly counts. */
double sah_thread_seconds(void);

/* The most memory this process held at once; 0 where that is not known. */
size_t sah_peak_bytes(void);
/* Begins counting anew from what is held now, where the system can. */
void sah_peak_reset(void);

#endif
