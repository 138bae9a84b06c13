/* What a scenario that a test reads must say, or what must be told of it. */
#ifndef SAH_TESTS_SCENARIO_ERRORS_H
#define SAH_TESTS_SCENARIO_ERRORS_H
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_scenario.h"

#define RUN "run: {start: 2016-01-01}\n"

static inline void read_text(struct tiny *t, const char *yaml) {
    tiny_read(t, yaml, strlen(yaml), NULL, 0);
}

static inline void assert_error(const char *yaml, const char *message) {
    struct tiny t;
    read_text(&t, yaml);
    assert_int_equal(t.code, SAH_INPUT);
    assert_non_null(t.err.text);
    assert_string_equal(t.err.text, message);
    tiny_free(&t);
}

/* The same with what libfyaml says, which is not ours to fix word by word. */
static inline void assert_error_begins(const char *yaml, size_t length,
                                       const char *begin) {
    struct tiny t;
    tiny_read(&t, yaml, length, NULL, 0);
    assert_int_equal(t.code, SAH_INPUT);
    assert_non_null(t.err.text);
    if (strncmp(t.err.text, begin, strlen(begin)) != 0)
        fail_msg("%s\ndoes not begin with\n%s", t.err.text, begin);
    tiny_free(&t);
}

#endif
