/* Options and arguments that several commands share, on argp.
 *
 * A command has a struct that begins with `struct sah_options`, an argp parser that
 * hands to sah_options_key what it does not know itself, and in its table of options
 * the rows below that it wants. */
#ifndef SAH_CLI_OPTIONS_H
#define SAH_CLI_OPTIONS_H
#include "sim/kernel/error.h"

#include <argp.h>
#include <stdbool.h>
#include <stdint.h>

#ifdef __clang_analyzer__ /* which cannot know that these end the program */
/* NOLINTBEGIN(readability-redundant-declaration) */
__attribute__((noreturn)) void argp_error(const struct argp_state *state,
                                          const char *format, ...);
__attribute__((noreturn)) void argp_failure(const struct argp_state *state, int status,
                                            int number, const char *format, ...);
/* NOLINTEND(readability-redundant-declaration) */
#endif

enum { SAH_MAX_THREADS = 1024, SAH_MAX_ARGUMENTS = 64 };

struct sah_options {
    /* what the command expects: filled by it */
    int least, most;       /* arguments */
    const char *arguments; /* what they are called; filled by sah_options_parse */

    const char *argument[SAH_MAX_ARGUMENTS];
    int narguments;
    bool quiet, force, any_memory;
    int threads;      /* 0: as OMP_NUM_THREADS says, else as many as there are */
    const char **set; /* "key=value" */
    size_t nset;
};

/* Keys of options without a letter; commands count on from SAH_KEY_OWN. */
enum {
    SAH_KEY_SET = 0x100,
    SAH_KEY_THREADS,
    SAH_KEY_FORCE,
    SAH_KEY_MEMORY,
    SAH_KEY_OWN
};

/* Rows for a command's table of options. */
#define SAH_OPTION_QUIET \
    { "quiet", 'q', NULL, 0, "Say nothing but errors", 90 }
#define SAH_OPTION_SET                                                              \
    {                                                                               \
        "set", SAH_KEY_SET, "KEY=VALUE", 0,                                         \
            "Set a value over the scenario, such as run.seed=7; may be repeated", 1 \
    }
#define SAH_OPTION_THREADS                                                 \
    {                                                                      \
        "threads", SAH_KEY_THREADS, "N", 0,                                \
            "Use N threads (else OMP_NUM_THREADS, else all processors)", 1 \
    }
#define SAH_OPTION_FORCE \
    { "force", SAH_KEY_FORCE, NULL, 0, "Overwrite what exists", 1 }

#define SAH_OPTION_MEMORY                                                     \
    {                                                                         \
        "no-memory-check", SAH_KEY_MEMORY, NULL, 0,                           \
            "Try also what would not fit into memory by its expected size", 1 \
    }

/* The shared keys and arguments; a command's parser ends with a call of it. */
error_t sah_options_key(struct sah_options *options, int key, char *arg,
                        struct argp_state *state);
/* The parser of a command that has no options of its own. */
error_t sah_options_only(int key, char *arg, struct argp_state *state);

/* Parses all of a command line into `options`, the head of the command's struct. Ends
 * the program on --help and, with status 2, on a mistake. */
void sah_options_parse(const struct argp *argp, int argc, char **argv,
                       struct sah_options *options);
void sah_options_free(struct sah_options *options);

/* Sets the number of threads; to be called once all is parsed. */
void sah_options_apply_threads(const struct sah_options *options);

/* Whole numbers and days; end the program with a message where `text` is none. */
long sah_option_whole(struct argp_state *state, const char *name, const char *text,
                      long least, long most);
double sah_option_number(struct argp_state *state, const char *name, const char *text,
                         double least, double most);
int32_t sah_option_day(struct argp_state *state, const char *name, const char *text);
void sah_option_choice(struct argp_state *state, const char *name, const char *text,
                       const char *const *choices);

#endif
