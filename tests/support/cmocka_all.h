/* cmocka wants these in this order. */
#ifndef SAH_TESTS_CMOCKA_ALL_H
#define SAH_TESTS_CMOCKA_ALL_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#endif
