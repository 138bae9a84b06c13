/* Columns of a day gathered into rows. */
#include "output/log_rows.h"

#include <string.h>

size_t sah_row_offset(const struct sah_population *rows, size_t k) {
    size_t offset = 0;
    for (size_t c = 0; c < k; c++) offset += sah_type_size(rows->columns[c].type);
    return offset;
}

void sah_row_encode(const struct sah_population *rows, void *out) {
    size_t row = sah_row_offset(rows, rows->ncolumns), offset = 0;
    for (size_t k = 0; k < rows->ncolumns; k++) {
        size_t size = sah_type_size(rows->columns[k].type);
        const char *from = sah_population_column(rows, k);
        char *to = (char *)out + offset;
        for (size_t i = 0; i < rows->n; i++)
            memcpy(to + i * row, from + i * size, size);
        offset += size;
    }
}
