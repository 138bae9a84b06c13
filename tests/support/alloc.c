/* The linker leads allocations here (--wrap). */
#include "tests/support/alloc.h"

#include <stddef.h>

static long left;
static int failed;

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *data, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *data, size_t size);

void alloc_fail_at(long n) {
    left = n;
    failed = 0;
}

int alloc_failed(void) {
    return failed;
}

static int fails(void) {
    if (left == 0 || --left > 0) return 0;
    failed = 1;
    return 1;
}

void *__wrap_malloc(size_t size) {
    return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size) {
    return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *data, size_t size) {
    return fails() ? NULL : __real_realloc(data, size);
}
