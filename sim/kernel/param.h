/* One parameter table, read by everyone.
 *
 * A row is an index card: key, type, unit, default, range, sentence, source. From it
 * come parsing, checks, `sahel params`, the template scenario, nearest-name hints,
 * sweep axes and the attributes of a result. A table is an array ended by a row without
 * key. */
#ifndef SAH_PARAM_H
#define SAH_PARAM_H
#include "sim/kernel/error.h"
#include "sim/kernel/unit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* type, what its place in the owner's struct holds, the word for it */
#define SAH_PARAM_TYPES(X)                                            \
    X(REAL, double, "number")                                         \
    X(INT, int64_t, "whole number")                                   \
    X(SWITCH, bool, "switch")              /* on, off, true, false */ \
    X(CHOICE, int, "choice")               /* index into choices */   \
    X(DATE, int32_t, "date")               /* day number */           \
    X(TEXT, char *, "text")                /* owned by the binding */ \
    X(NAMES, struct sah_names, "names")    /* [a, b] */               \
    X(REALS, struct sah_reals, "numbers")  /* [1, 2 km] */            \
    X(SHARES, struct sah_shares, "shares") /* {a: 0.7, b: 0.3} */

enum sah_param_type {
#define X(name, ctype, word) SAH_##name,
    SAH_PARAM_TYPES(X)
#undef X
};

struct sah_names {
    size_t n;
    char **name;
};

struct sah_reals {
    size_t n;
    double *value;
};

struct sah_shares {
    size_t n;
    char **name;
    double *share;
};

/* Numbers (REAL, INT, REALS, SHARES) lie in min..max, both given, infinities allowed.
 * A choice holds one of `choices`; names, where choices are given, are among them; a
 * share may be a word of choices, which stands for `max` ("all"). */
struct sah_param {
    const char *key;
    enum sah_param_type type;
    bool required;        /* has no default: must be given */
    bool fixed;           /* the timeline may not change it */
    size_t at;            /* offset in the owner's struct */
    const char *unit;     /* "1" for pure numbers and texts */
    double def, min, max; /* REAL, INT; SWITCH and CHOICE use def only */
    const char
        *def_text; /* DATE, TEXT, NAMES ("a, b"), REALS ("1, 2"), SHARES ("a: 1") */
    const char *const *choices; /* ended by NULL */
    const char *doc;
    const char *source; /* literature key, "calibrated", "assumed" or "design" */
};

/* A section of a scenario: its table and the struct that receives the values. The name
 * "" stands for the top level itself; "output.fields" for a section within a section.
 */
struct sah_section {
    const char *name, *doc;
    const struct sah_param *params;
    void *base;
};

/* A list of named things (factions, forces). The binding allocates zeroed items of
 * `item_size` bytes; each begins with `char *name`, filled from the item's key `name`.
 * Owner of the items: the binding. */
struct sah_list {
    const char *name, *doc;
    const struct sah_param *params;
    size_t item_size;
    void *items; /* filled in */
    size_t n;    /* filled in */
};

/* Reads the text of a REAL, INT, SWITCH, CHOICE or DATE into `value`, a place of the
 * row's C type, and checks its range. On failure `value` is untouched and `why` tells
 * what would be right ("must lie in 0..1 (default 0.5)"). */
bool sah_param_read(const struct sah_param *param, const char *text, void *value,
                    char *why, size_t size);
/* One number of a REALS or SHARES row, checked in the same way. */
bool sah_param_read_number(const struct sah_param *param, const char *text,
                           double *value, char *why, size_t size);
/* Puts the default of one of those types; false where the row's default is no value. */
bool sah_param_default(const struct sah_param *param, void *value);

/* The value of a REAL, INT, SWITCH, CHOICE or DATE as a number, and back (whole numbers
 * are rounded to the nearest). */
bool sah_param_is_number(const struct sah_param *param);
double sah_param_number(const struct sah_param *param, const void *value);
void sah_param_set_number(const struct sah_param *param, void *value, double number);

/* Writes one value of a row as text a scenario could hold; returns its length as
 * snprintf does. `value` points at the row's place in its owner's struct. */
int sah_param_text(const struct sah_param *param, const void *value, char *text,
                   size_t size);
/* The same for the default; "" where there is none. */
int sah_param_default_text(const struct sah_param *param, char *text, size_t size);
/* The bounds, "0..0.001 1/day" or "at least 0 km", "" where there are none; and what
 * may stand there in words: bounds, choices, "on, off". */
int sah_param_bounds_text(const struct sah_param *param, char *text, size_t size);
int sah_param_range_text(const struct sah_param *param, char *text, size_t size);
const char *sah_param_type_word(enum sah_param_type type);

/* What was expected where no value of the row could be read: "expected a number in
 * 1/day (default 5e-08)". */
int sah_param_expected(const struct sah_param *param, char *text, size_t size);

/* Checks a table: every row has a sentence, a known unit, a source, a range, a default
 * inside it and a key of its own. All faults are told. */
int sah_params_verify(const struct sah_param *params, const char *section,
                      struct sah_error *err);

/* The shortest decimal text that reads back as the same number; at least 32 bytes. */
void sah_number_text(double number, char text[static 32]);
/* Texts as YAML writes them: plain where that is safe, else in double quotes. */
int sah_quoted_text(const char *raw, char *text, size_t size);

/* The nearest of `n` names to a misspelt one, or NULL where none is near: edit distance
 * with neighbours exchanged (Damerau-Levenshtein, optimal string alignment), at most a
 * third of the word. */
const char *sah_nearest(const char *wrong, const char *const *names, size_t n);
/* One step of the same, for names that lie in no array: keeps in `best` and `distance`
 * (begin with NULL and SIZE_MAX) whether `name` is nearer than what was seen. */
void sah_nearer(const char *wrong, const char *name, const char **best,
                size_t *distance);

#endif
