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

enum { FIRST_KEY = 0x100 }; /* of options without a letter */

/* ---- values -------------------------------------------------------------------------- */

static double read_number(struct argp_state *state, const struct sah_option *option,
                          const char *text) {
    char *end;
    double value = strtod(text, &end);
    if (end == text || *end || !(value >= option->least && value <= option->most))
        argp_error(state, "--%s = %s: must be a number in %g..%g", option->name, text,
                   option->least, option->most);
    return value;
}

static long read_whole(struct argp_state *state, const struct sah_option *option,
                       const char *text) {
    char *end;
    long value = strtol(text, &end, 10), least = (long)option->least,
         most = (long)option->most;
    if (end == text || *end || value < least || value > most)
        argp_error(state, "--%s = %s: must be a whole number in %ld..%ld", option->name,
                   text, least, most);
    return value;
}

static int32_t read_day(struct argp_state *state, const struct sah_option *option,
                        const char *text) {
    int32_t day = 0;
    if (!sah_day_parse(text, &day))
        argp_error(state, "--%s = %s: expected a date such as 2016-01-31", option->name,
                   text);
    return day;
}

static void check_choice(struct argp_state *state, const char *name, const char *text,
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

static const char *read_choice(struct argp_state *state,
                               const struct sah_option *option, const char *text) {
    char name[64];
    snprintf(name, sizeof name, "--%s", option->name);
    check_choice(state, name, text, option->choices);
    return text;
}

static void add_word(struct argp_state *state, struct sah_words *words,
                     const char *text) {
    const char **grown = realloc(words->word, (words->n + 1) * sizeof *grown);
    if (!grown) argp_failure(state, SAH_EXIT_FAILED, 0, "out of memory");
    words->word = grown;
    words->word[words->n++] = text;
}

/* ---- rows ---------------------------------------------------------------------------- */

static void take(const struct sah_option *option, void *at, const char *text,
                 struct argp_state *state) {
    switch (option->kind) {
    case SAH_TAKE_FLAG:
        *(bool *)at = true;
        break;
    case SAH_TAKE_TEXT:
        *(const char **)at = text;
        break;
    case SAH_TAKE_CHOICE:
        *(const char **)at = read_choice(state, option, text);
        break;
    case SAH_TAKE_WORDS:
        add_word(state, at, text);
        break;
    case SAH_TAKE_DAY:
        *(int32_t *)at = read_day(state, option, text);
        break;
    case SAH_TAKE_REAL:
        *(double *)at = read_number(state, option, text);
        break;
    case SAH_TAKE_LONG:
        *(long *)at = read_whole(state, option, text);
        break;
    case SAH_TAKE_INT:
        *(int *)at = (int)read_whole(state, option, text);
        break;
    case SAH_TAKE_SIZE:
        *(size_t *)at = (size_t)read_whole(state, option, text);
        break;
    case SAH_TAKE_WHOLE_REAL:
        *(double *)at = (double)read_whole(state, option, text);
        break;
    case SAH_TAKE_OWN:
        option->read(state, text, at);
        break;
    }
}

/* Of the kinds that may be needed; 0 stands for none. */
static bool is_given(const struct sah_option *option, const void *at) {
    switch (option->kind) {
    case SAH_TAKE_DAY:
        return *(const int32_t *)at != SAH_NO_DAY;
    case SAH_TAKE_LONG:
        return *(const long *)at != 0;
    default:
        return *(const char *const *)at != NULL;
    }
}

/* ---- a command line ------------------------------------------------------------------ */

struct call {
    const struct sah_usage *usage;
    void *own;
};

static void *target(const struct call *call, const struct sah_option *option) {
    return (char *)call->own + option->at;
}

static int key_of(const struct sah_usage *usage, const struct sah_option *option) {
    return option->letter ? option->letter : FIRST_KEY + (int)(option - usage->options);
}

static void add_argument(const struct call *call, const char *text,
                         struct argp_state *state) {
    struct sah_options *options = call->own;
    if (options->narguments == call->usage->most)
        argp_error(state, "one argument too many: %s", text);
    options->argument[options->narguments++] = text;
}

static void finish(const struct call *call, struct argp_state *state) {
    const struct sah_usage *usage = call->usage;
    const struct sah_options *options = call->own;
    if (options->narguments < usage->least)
        argp_error(state, "an argument is missing: %s", usage->arguments);
    if (usage->verbs) /* named after the command, the last word of "sahel study" */
        check_choice(state, strrchr(state->name, ' ') + 1, options->argument[0],
                     usage->verbs);
    for (const struct sah_option *o = usage->options; o->name; o++)
        if (o->need && !is_given(o, target(call, o))) argp_error(state, "%s", o->need);
    if (usage->check) usage->check(call->own, state);
}

static error_t parse(int key, char *text, struct argp_state *state) {
    const struct call *call = state->input;
    if (key == ARGP_KEY_ARG) {
        add_argument(call, text, state);
        return 0;
    }
    if (key == ARGP_KEY_END) {
        finish(call, state);
        return 0;
    }
    for (const struct sah_option *o = call->usage->options; o->name; o++)
        if (key == key_of(call->usage, o)) {
            take(o, target(call, o), text, state);
            return 0;
        }
    return ARGP_ERR_UNKNOWN;
}

/* The rows as argp wants them, kept until the program ends: argp may end it. */
static const struct argp_option *rows_of(const struct sah_usage *usage) {
    static struct argp_option rows[SAH_MAX_OPTIONS + 1];
    size_t n = 0;
    for (const struct sah_option *o = usage->options; o->name; o++) {
        SAH_BUG_IF(n == SAH_MAX_OPTIONS, "too many options");
        rows[n++] = (struct argp_option){.name = o->name,
                                         .key = key_of(usage, o),
                                         .arg = o->argument,
                                         .doc = o->doc,
                                         .group = o->group};
    }
    rows[n] = (struct argp_option){0};
    return rows;
}

void sah_options_free(struct sah_options *options) {
    free(options->set.word);
    options->set = (struct sah_words){0};
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

void sah_options_parse(const struct sah_usage *usage, int argc, char **argv,
                       void *own) {
    const struct argp argp = {.options = rows_of(usage),
                              .parser = parse,
                              .args_doc = usage->arguments,
                              .doc = usage->doc};
    struct call call = {usage, own};
    argp_err_exit_status = SAH_EXIT_USAGE;
    setenv("ARGP_HELP_FMT", "no-dup-args-note,rmargin=88", 0);
    if (sah_describe_command(&argp, argc, argv)) exit(0);
    refuse_unknown(&argp, argc, argv);
    error_t failure = argp_parse(&argp, argc, argv, 0, NULL, &call);
    if (failure) {
        fprintf(stderr, "%s: %s\n", argv[0], strerror(failure));
        exit(SAH_EXIT_FAILED);
    }
}
