/* Large pages for large arrays.
 *
 * Columns of millions of agents span many pages; in 2 MiB pages they are mapped and
 * walked faster. A hint: nothing depends on it, and small arrays are left alone. */
#ifndef SAH_PAGES_H
#define SAH_PAGES_H
#include <stddef.h>

void sah_pages_advise(void *data, size_t bytes);

#endif
