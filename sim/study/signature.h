/* Signatures: what a mechanism must do, written down and tried.
 *
 *     mechanism: gold
 *     scenario: box.yaml              # beside this file
 *     replicates: 24
 *     set: {run.end: 2017-12-31}      # laid over the scenario in all arms
 *     contrasts:
 *       - name: price doubled
 *         a: {gold.price: 1}
 *         b: {gold.price: 2}
 *         measures:
 *           - {name: gold income, of: money_by_stream, where: {stream: gold}, expected: up}
 *     levels:
 *       - {name: tail exponent, arm: {}, events: {column: deaths, reduce: tail},
 *          low: 2.5, high: 3.2}
 *
 * A contrast may name its own `replicates`.
 *
 * An effect is the mean over replicates of b - a, or of the sum over arms a to h with
 * `weights: {a: 1, b: -1, c: -1, d: 1}`; with `relative: on`, divided by the mean of
 * arm a. Expected up or down, it passes where the sign is right and the mean at least
 * SAH_SIGNATURE_Z standard errors from zero; with bounds, where the mean lies in
 * low..high. A level is the mean of one arm and has bounds. */
#ifndef SAH_STUDY_SIGNATURE_H
#define SAH_STUDY_SIGNATURE_H
#include "sim/study/pair.h"

#define SAH_SIGNATURE_Z        5
#define SAH_SIGNATURE_NO_BOUND 1e300

enum { SAH_SIGNATURE_ARMS = 8 };
enum sah_expected { SAH_EXPECT_BOUNDS, SAH_EXPECT_UP, SAH_EXPECT_DOWN };

struct sah_signature_row {
    const char *mechanism, *contrast; /* "level" for a level */
    struct sah_measure measure;
    int expected;
    double low, high; /* bounds */
    bool relative;
    size_t replicates, nsides;
    double weight[SAH_SIGNATURE_ARMS];
    size_t arm[SAH_SIGNATURE_ARMS], slot[SAH_SIGNATURE_ARMS];
    /* found */
    char unit[64];
    struct sah_effect effect;
    bool pass;
};

struct sah_signature_file {
    struct sah_scenario *tree;
    struct sah_binding binding;
};

struct sah_signatures {
    struct sah_twins twins; /* seed, families, geography: filled by the caller */
    const char
        *scenario;     /* under all arms, instead of the files' own and their `set` */
    size_t replicates; /* instead of those of the files; 0: as they say */
    size_t nfiles, nrows;
    struct sah_signature_file *file;
    struct sah_signature_row **row; /* by file, in the order written */
};

/* Adds the rows of a file; all its mistakes, and those of its scenarios, are told. */
int sah_signatures_read(struct sah_signatures *signatures, const char *path,
                        struct sah_error *err);
/* Runs all arms and judges all rows. SAH_DIFFERS, without a message, where one misses. */
int sah_signatures_run(struct sah_signatures *signatures,
                       const struct sah_twins_watch *watch, struct sah_error *err);
void sah_signatures_free(struct sah_signatures *signatures);

/* "up", "down", "2.5..3.2", "at least 2"; at least 64 bytes. */
void sah_signature_expected(const struct sah_signature_row *row, char text[static 64]);

#endif
