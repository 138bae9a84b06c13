/* The hint to the system, where it has one (Linux). */
#define _DEFAULT_SOURCE /* for madvise */
#include "sim/kernel/pages.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

enum { WORTH_IT = 4 << 20 };

void sah_pages_advise(void *data, size_t bytes) {
#ifdef MADV_HUGEPAGE
    if (bytes < WORTH_IT) return;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t begin = ((uintptr_t)data + page - 1) / page * page;
    uintptr_t end = ((uintptr_t)data + bytes) / page * page;
    (void)madvise((char *)data + (begin - (uintptr_t)data), end - begin, MADV_HUGEPAGE);
#else
    (void)data;
    (void)bytes;
#endif
}
