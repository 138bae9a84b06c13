/* A log of a day as rows of bytes: its columns in order, without gaps. */
#ifndef SAH_OUTPUT_LOG_ROWS_H
#define SAH_OUTPUT_LOG_ROWS_H
#include "sim/kernel/population.h"

/* Where column `k` begins in a row; with k = rows->ncolumns the bytes of a row. */
size_t sah_row_offset(const struct sah_population *rows, size_t k);
/* Encodes rows->n rows. */
void sah_row_encode(const struct sah_population *rows, void *out);

#endif
