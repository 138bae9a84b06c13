/* Errors speak to the author of the scenario.
 *
 * Functions return 0 or a negative code of the list below; what a person should read
 * goes into the caller's `struct sah_error`, always the last argument. It collects many
 * messages, so that all mistakes of a file are told at once. Library code never prints
 * and never exits. A broken invariant is a bug, not an error: SAH_BUG_IF. */
#ifndef SAH_ERROR_H
#define SAH_ERROR_H
#include <stdbool.h>
#include <stddef.h>

/* name, code, sentence, exit status of the program */
#define SAH_CODES(X)                                           \
    X(OK, 0, "done", 0)                                        \
    X(DIFFERS, -1, "the answer is no", 1)                      \
    X(INPUT, -2, "the request is wrong", 2)                    \
    X(MISSING, -3, "an input is missing or unreadable", 2)     \
    X(EXISTS, -4, "the target exists already", 2)              \
    X(FORMAT, -5, "a file is damaged or of another format", 2) \
    X(MEMORY, -6, "out of memory", 3)                          \
    X(IO, -7, "reading or writing failed", 3)                  \
    X(LIMIT, -8, "a built-in limit is exceeded", 3)            \
    X(CHECK, -9, "an internal check failed", 3)                \
    X(STOPPED, -10, "stopped on request", 130)

enum sah_code {
#define X(name, code, text, status) SAH_##name = (code),
    SAH_CODES(X)
#undef X
};

/* Collected messages, one per line. Initialise with {0}; free with sah_error_clear. */
struct sah_error {
    int code;      /* the first code added, or SAH_MEMORY; SAH_OK when empty */
    size_t count;  /* messages added, also those beyond what is kept */
    char *text;    /* the first messages, each ended by a newline; NULL when empty */
    size_t length; /* of text, without the final zero */
};

#if defined(__GNUC__)
#define SAH_PRINTF(at, first) __attribute__((format(printf, at, first)))
#else
#define SAH_PRINTF(at, first)
#endif

/* Adds one message and returns `code`, so that `return sah_error_add(...)` reads well.
 * `err` may be NULL. Never fails: where there is no memory for the message, that is what
 * err->code says. After want of memory nothing more is added: it would only tell of its
 * consequences, such as a name that seems unknown. */
int sah_error_add(struct sah_error *err, int code, const char *format, ...)
    SAH_PRINTF(3, 4);
#ifdef __clang_analyzer__ /* which does not see in other files that the code comes back */
#define sah_error_add(err, code, ...) (sah_error_add(err, code, __VA_ARGS__), (code))
#endif

void sah_error_clear(struct sah_error *err);

/* The code that tells the cause: want of memory, or else `code`. */
static inline int sah_error_cause(const struct sah_error *err, int code) {
    return err->code == SAH_MEMORY ? SAH_MEMORY : code;
}
/* The code for a file that could not be opened, by errno. */
int sah_error_of_open(int number);

/* The sentence that belongs to a code, and the exit status of a program ending on it. */
const char *sah_code_text(int code);
int sah_code_status(int code);

/* A broken invariant: tells where and aborts, in release builds too. Tests may put
 * their own handler (which must not return) in the place of the default one. */
typedef void sah_bug_handler(const char *file, int line, const char *what);
__attribute__((noreturn)) void sah_bug(const char *file, int line, const char *what);
void sah_bug_set_handler(sah_bug_handler *handler);
#define SAH_BUG_IF(condition, what)                                                \
    do {                                                                           \
        if (__builtin_expect(!!(condition), 0)) sah_bug(__FILE__, __LINE__, what); \
    } while (0)

#endif
