/* A broken invariant, caught. CATCH_BUG(statement) runs the statement and leaves in
 * `bug_what` the sentence of the invariant it broke, NULL if all was well. */
#ifndef SAH_TESTS_BUG_H
#define SAH_TESTS_BUG_H
#include "sim/kernel/error.h"

#include <setjmp.h>
#include <stddef.h>

static jmp_buf bug_return;
static const char *volatile bug_what;

static void bug_caught(const char *file, int line, const char *what) {
    (void)file;
    (void)line;
    bug_what = what;
    longjmp(bug_return, 1);
}

#define CATCH_BUG(statement)             \
    do {                                 \
        bug_what = NULL;                 \
        sah_bug_set_handler(bug_caught); \
        if (setjmp(bug_return) == 0) {   \
            statement;                   \
        }                                \
        sah_bug_set_handler(NULL);       \
    } while (0)

#define ASSERT_BUG(statement, sentence)          \
    do {                                         \
        CATCH_BUG(statement);                    \
        assert_non_null(bug_what);               \
        assert_string_equal(bug_what, sentence); \
    } while (0)

#define ASSERT_NO_BUG(statement) \
    do {                         \
        CATCH_BUG(statement);    \
        assert_null(bug_what);   \
    } while (0)

#endif
