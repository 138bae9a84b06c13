/* Options and arguments of commands: a table for each, read by argp.
 *
 * A command has a struct that begins with `struct sah_options`, and a table of options
 * in which every row says how it is called, what it is for, and which member of that
 * struct takes it. From the table come parsing and its messages, --help, the manual page
 * and the words that a shell completes. */
#ifndef SAH_CLI_OPTIONS_H
#define SAH_CLI_OPTIONS_H
#include "sim/kernel/error.h"

#include <argp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __clang_analyzer__ /* which cannot know that these end the program */
/* NOLINTBEGIN(readability-redundant-declaration) */
__attribute__((noreturn)) void argp_error(const struct argp_state *state,
                                          const char *format, ...);
__attribute__((noreturn)) void argp_failure(const struct argp_state *state, int status,
                                            int number, const char *format, ...);
/* NOLINTEND(readability-redundant-declaration) */
#endif

enum { SAH_MAX_THREADS = 1024, SAH_MAX_ARGUMENTS = 64, SAH_MAX_OPTIONS = 32 };
enum { SAH_NO_DAY = INT32_MIN }; /* of an option that takes a day */

/* What an option that may be repeated was given. */
struct sah_words {
    const char **word;
    size_t n;
};

/* What commands share; the head of the struct of each. */
struct sah_options {
    const char *argument[SAH_MAX_ARGUMENTS];
    int narguments;
    bool quiet, force, any_memory, csv;
    int threads;          /* 0: as OMP_NUM_THREADS says, else as many as there are */
    struct sah_words set; /* "key=value" */
};

/* ---- rows ---------------------------------------------------------------------------- */

enum sah_option_kind {
    SAH_TAKE_FLAG,   /* bool; no argument */
    SAH_TAKE_TEXT,   /* const char * */
    SAH_TAKE_CHOICE, /* const char *: one of `choices` */
    SAH_TAKE_WORDS,  /* struct sah_words */
    SAH_TAKE_DAY,    /* int32_t */
    SAH_TAKE_REAL,   /* double in least..most */
    SAH_TAKE_LONG,   /* whole numbers in least..most, kept as such a member */
    SAH_TAKE_INT,
    SAH_TAKE_SIZE,
    SAH_TAKE_WHOLE_REAL,
    SAH_TAKE_OWN /* what `read` makes of it; ends in argp_error where it cannot */
};

typedef void sah_option_read(struct argp_state *state, const char *text, void *at);

struct sah_option {
    const char *name;
    int letter;           /* 0: none */
    const char *argument; /* what it is called; NULL: takes none */
    const char *doc;
    int group; /* of --help: 0 what is needed, 1 the rest, 90 for quiet */
    enum sah_option_kind kind;
    size_t at; /* from the head of the command's struct */
    double least, most;
    const char *const *choices; /* ended by NULL */
    sah_option_read *read;
    const char *need; /* said where it was not given; NULL: it may be left out */
};

/* Where a row's value goes; a member of another type does not compile. */
/* clang-format off */
#define SAH_OPTION_AT(type, member, as) \
    offsetof(type, member) + 0 * sizeof(_Generic(&((type *)0)->member, as *: 0))
/* clang-format on */
#define SAH_FLAG(type, member) \
    .kind = SAH_TAKE_FLAG, .at = SAH_OPTION_AT(type, member, bool)
#define SAH_TEXT(type, member) \
    .kind = SAH_TAKE_TEXT, .at = SAH_OPTION_AT(type, member, const char *)
#define SAH_CHOICE(type, member, list)                                        \
    .kind = SAH_TAKE_CHOICE, .at = SAH_OPTION_AT(type, member, const char *), \
    .choices = (list)
#define SAH_WORDS(type, member) \
    .kind = SAH_TAKE_WORDS, .at = SAH_OPTION_AT(type, member, struct sah_words)
#define SAH_DAY(type, member) \
    .kind = SAH_TAKE_DAY, .at = SAH_OPTION_AT(type, member, int32_t)
#define SAH_NUMBER(type, member, from, to)                                             \
    .kind = SAH_TAKE_REAL, .at = SAH_OPTION_AT(type, member, double), .least = (from), \
    .most = (to)
/* clang-format off */
#define SAH_WHOLE(type, member, from, to)                              \
    .kind = _Generic(((type *)0)->member, long: SAH_TAKE_LONG,         \
                     int: SAH_TAKE_INT, size_t: SAH_TAKE_SIZE,         \
                     double: SAH_TAKE_WHOLE_REAL),                     \
    .at = offsetof(type, member), .least = (from), .most = (to)
/* clang-format on */
#define SAH_OWN(type, member, function) \
    .kind = SAH_TAKE_OWN, .at = offsetof(type, member), .read = (function)

/* Rows that commands share. */
#define SAH_OPTION_QUIET                                  \
    {                                                     \
        "quiet", 'q', NULL, "Say nothing but errors", 90, \
            SAH_FLAG(struct sah_options, quiet)           \
    }
#define SAH_OPTION_CSV                                     \
    {                                                      \
        "csv", 0, NULL, "Print comma-separated values", 1, \
            SAH_FLAG(struct sah_options, csv)              \
    }
#define SAH_OPTION_SET                                                               \
    {                                                                                \
        "set", 0, "KEY=VALUE",                                                       \
            "Set a value over the scenario, such as run.seed=7; may be repeated", 1, \
            SAH_WORDS(struct sah_options, set)                                       \
    }
#define SAH_OPTION_THREADS                                                  \
    {                                                                       \
        "threads", 0, "N",                                                  \
            "Use N threads (else OMP_NUM_THREADS, else all processors)", 1, \
            SAH_WHOLE(struct sah_options, threads, 1, SAH_MAX_THREADS)      \
    }
#define SAH_OPTION_FORCE                              \
    {                                                 \
        "force", 0, NULL, "Overwrite what exists", 1, \
            SAH_FLAG(struct sah_options, force)       \
    }
#define SAH_OPTION_MEMORY                                                      \
    {                                                                          \
        "no-memory-check", 0, NULL,                                            \
            "Try also what would not fit into memory by its expected size", 1, \
            SAH_FLAG(struct sah_options, any_memory)                           \
    }

/* ---- a command ----------------------------------------------------------------------- */

struct sah_usage {
    const struct sah_option *options; /* ended by a row without name */
    int least, most;                  /* arguments */
    const char *const *verbs;         /* the first argument is one of these; or NULL */
    const char *arguments;            /* what they are called */
    const char *doc;                  /* "\v" parts what stands before the options */
    /* Checks what rows cannot say, when all is parsed; ends in argp_error. May be NULL. */
    void (*check)(void *own, struct argp_state *state);
};

/* Parses all of a command line into `own`, which begins with a struct sah_options. Ends
 * the program on --help and, with status 2, on a mistake. */
void sah_options_parse(const struct sah_usage *usage, int argc, char **argv, void *own);
void sah_options_free(struct sah_options *options);

/* Sets the number of threads; to be called once all is parsed. */
void sah_options_apply_threads(const struct sah_options *options);

#endif
