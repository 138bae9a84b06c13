/* Parsing that ends in a helpful message. */
#include "sim/cli/options.h"

#include "sim/cli/describe.h"
#include "sim/cli/say.h"
#include "sim/kernel/calendar.h"
#include "sim/kernel/param.h"

#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- shared keys ----------------------------------------------------------------- */

static void add_set(struct sah_options *options, const char *text,
                    struct argp_state *state) {
    const char **grown = realloc(options->set, (options->nset + 1) * sizeof *grown);
    if (!grown) argp_failure(state, SAH_EXIT_FAILED, 0, "out of memory");
    options->set = grown;
    options->set[options->nset++] = text;
}

static void add_argument(struct sah_options *options, const char *text,
                         struct argp_state *state) {
    if (options->narguments == options->most)
        argp_error(state, "one argument too many: %s", text);
    options->argument[options->narguments++] = text;
}

error_t sah_options_key(struct sah_options *options, int key, char *arg,
                        struct argp_state *state) {
    switch (key) {
    case 'q':
        options->quiet = true;
        return 0;
    case SAH_KEY_FORCE:
        options->force = true;
        return 0;
    case SAH_KEY_MEMORY:
        options->any_memory = true;
        return 0;
    case SAH_KEY_SET:
        add_set(options, arg, state);
        return 0;
    case SAH_KEY_THREADS:
        options->threads =
            (int)sah_option_whole(state, "--threads", arg, 1, SAH_MAX_THREADS);
        return 0;
    case ARGP_KEY_ARG:
        add_argument(options, arg, state);
        return 0;
    case ARGP_KEY_END:
        if (options->narguments < options->least)
            argp_error(state, "an argument is missing: %s", options->arguments);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

error_t sah_options_only(int key, char *arg, struct argp_state *state) {
    return sah_options_key(state->input, key, arg, state);
}

void sah_options_free(struct sah_options *options) {
    free(options->set);
    options->set = NULL;
}

void sah_options_apply_threads(const struct sah_options *options) {
    if (options->threads > 0) omp_set_num_threads(options->threads);
    if (omp_get_max_threads() > SAH_MAX_THREADS) omp_set_num_threads(SAH_MAX_THREADS);
}

/* ---- unknown options ------------------------------------------------------------- */

static const char *const everywhere[] = {"help", "usage"};
enum { NEVERYWHERE = sizeof everywhere / sizeof *everywhere };

/* Is `word` (of that length) an option, or the beginning of one? */
static bool is_option(const struct argp *argp, const char *word, size_t length) {
    for (size_t i = 0; i < NEVERYWHERE; i++)
        if (strncmp(everywhere[i], word, length) == 0) return true;
    for (const struct argp_option *o = argp->options; o && (o->name || o->key); o++)
        if (o->name && strncmp(o->name, word, length) == 0) return true;
    return false;
}

static const char *nearest_option(const struct argp *argp, const char *wrong) {
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < NEVERYWHERE; i++)
        sah_nearer(wrong, everywhere[i], &best, &distance);
    for (const struct argp_option *o = argp->options; o && (o->name || o->key); o++)
        if (o->name) sah_nearer(wrong, o->name, &best, &distance);
    return best;
}

/* argp would only say that it does not know the option. */
static void refuse_unknown(const struct argp *argp, int argc, char **argv) {
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--", 2) != 0) continue;
        size_t length = strcspn(argv[i] + 2, "=");
        if (is_option(argp, argv[i] + 2, length)) continue;
        char word[64];
        snprintf(word, sizeof word, "%.*s", (int)length, argv[i] + 2);
        const char *near = nearest_option(argp, word);
        fprintf(stderr, "%s: no such option: --%s%s%s%s\n", argv[0], word,
                near ? "; did you mean --" : "", near ? near : "", near ? "?" : "");
        fprintf(stderr, "Try '%s --help'.\n", argv[0]);
        exit(SAH_EXIT_USAGE);
    }
}

void sah_options_parse(const struct argp *argp, int argc, char **argv,
                       struct sah_options *options) {
    argp_err_exit_status = SAH_EXIT_USAGE;
    options->arguments = argp->args_doc;
    setenv("ARGP_HELP_FMT", "no-dup-args-note,rmargin=88", 0);
    if (sah_describe_command(argp, argc, argv)) exit(0);
    refuse_unknown(argp, argc, argv);
    error_t failure = argp_parse(argp, argc, argv, 0, NULL, options);
    if (failure) {
        fprintf(stderr, "%s: %s\n", argv[0], strerror(failure));
        exit(SAH_EXIT_FAILED);
    }
}

/* ---- values ---------------------------------------------------------------------- */

double sah_option_number(struct argp_state *state, const char *name, const char *text,
                         double least, double most) {
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end || !(value >= least && value <= most))
        argp_error(state, "%s = %s: must be a number in %g..%g", name, text, least,
                   most);
    return value;
}

long sah_option_whole(struct argp_state *state, const char *name, const char *text,
                      long least, long most) {
    char *end;
    long value = strtol(text, &end, 10);
    if (end == text || *end || value < least || value > most)
        argp_error(state, "%s = %s: must be a whole number in %ld..%ld", name, text,
                   least, most);
    return value;
}

int32_t sah_option_day(struct argp_state *state, const char *name, const char *text) {
    int32_t day = 0;
    if (!sah_day_parse(text, &day))
        argp_error(state, "%s = %s: expected a date such as 2016-01-31", name, text);
    return day;
}

void sah_option_choice(struct argp_state *state, const char *name, const char *text,
                       const char *const *choices) {
    size_t n = 0;
    for (; choices[n]; n++)
        if (strcmp(choices[n], text) == 0) return;
    const char *near = sah_nearest(text, choices, n);
    char list[256] = "";
    for (size_t i = 0; i < n; i++) {
        size_t length = strlen(list);
        snprintf(list + length, sizeof list - length, "%s%s", i ? ", " : "",
                 choices[i]);
    }
    argp_error(state, "%s = %s: expected one of %s%s%s%s", name, text, list,
               near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}
