/* Failing allocators: the n-th call of malloc, calloc or realloc gives NULL.
 *
 * Works in programs linked as sah_failing_allocations (tests/unit/tests.cmake) says. */
#ifndef SAH_TESTS_ALLOC_H
#define SAH_TESTS_ALLOC_H

/* The n-th allocation from now on fails, once; 0 for none. */
void alloc_fail_at(long n);

/* Whether that allocation has been reached. */
int alloc_failed(void);

#endif
