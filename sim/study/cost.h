/* What a computation costs: seconds and bytes, as the system counts them. */
#ifndef SAH_STUDY_COST_H
#define SAH_STUDY_COST_H
#include <stddef.h>

double sah_wall_seconds(void); /* since some moment in the past */
double sah_cpu_seconds(void);  /* of all threads of this process */

/* The most memory this process held at once; 0 where that is not known. */
size_t sah_peak_bytes(void);
/* Begins counting anew from what is held now, where the system can. */
void sah_peak_reset(void);

#endif
