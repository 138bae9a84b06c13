/* Reading study.h5, what `sahel study` left: points and their factors, outcomes at every
 * point, quantiles of series. All of it stands in that file; values by run, which lie in the
 * packs beside it, are not read here. */
#ifndef SAH_OUTPUT_STUDY_FILE_H
#define SAH_OUTPUT_STUDY_FILE_H
#include "sim/kernel/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SAH_STUDY_FILE_FORMAT = 1 }; /* the newest that is read */
enum { SAH_STUDY_QUANTILES = 5 };   /* 5, 25, 50, 75, 95 % */

struct sah_study_file;

struct sah_study_factor {
    char *name, *unit, *doc;
    double *value; /* by point */
    bool is_date;  /* days */
    size_t nwords; /* of a switch or choice; 0: a number */
    char **word;
};

/* What is known at once. */
struct sah_study_head {
    char *path, *title, *source, *model, *kind; /* kind: of the design */
    int64_t seed;
    int32_t start, end;
    size_t npoints, nreplicates, nruns, nfailed;
    size_t nfactors;
    struct sah_study_factor *factor;
    char **point_name; /* by point; NULL where points have none */
    size_t nmeasures;
    char **measure, **unit;
    size_t nlevels; /* of grid and oat; rows of level_effect and its like */
    struct sah_study_level {
        size_t factor;
        double value;
    } * level;
};

/* A series of which quantiles are kept. */
struct sah_study_series {
    char *name, *unit, *doc;
    bool flow;    /* summed over each period; else as at its end */
    bool has_sum; /* its items add up */
    size_t nitems;
    char **item;  /* labels; NULL: it has no items */
    char **title; /* of items, for people */
};

/* Is it one? Whatever is wrong with it is told by opening. */
bool sah_study_file_is(const char *path);
/* A file that is no study is told by name. */
int sah_study_file_open(const char *path, struct sah_study_file **file,
                        struct sah_error *err);
void sah_study_file_close(struct sah_study_file *file); /* NULL is fine */

const struct sah_study_head *sah_study_file_head(const struct sah_study_file *file);
/* "1e-05 /day", "on", "2018-01-01": what a factor is at a point. */
enum { SAH_STUDY_WORD = 64 };
void sah_study_factor_word(const struct sah_study_factor *factor, double value,
                           char text[static SAH_STUDY_WORD]);

/* A measure by name, -1 and a message with the nearest where there is none. */
int sah_study_file_measure(const struct sah_study_file *file, const char *name,
                           struct sah_error *err);
/* Columns of measures: mean, sd, count by point; S1, mu_star ... by factor; level_effect,
 * level_low, level_high by level. level_origin has one row for all. */
bool sah_study_file_has(struct sah_study_file *file, const char *table);
int sah_study_file_column(struct sah_study_file *file, const char *table,
                          size_t measure, size_t rows, double *out,
                          struct sah_error *err);
/* Quantiles over replicates of a measure, [quantile][point]. */
int sah_study_file_quantiles(struct sah_study_file *file, size_t measure, double *out,
                             struct sah_error *err);
/* The study as read ("yaml") or its scenario as resolved ("scenario"); caller frees. */
char *sah_study_file_text(struct sah_study_file *file, const char *which,
                          struct sah_error *err);

/* Series, and what they have in common. */
size_t sah_study_file_series_count(const struct sah_study_file *file);
const struct sah_study_series *sah_study_file_series(const struct sah_study_file *file,
                                                     size_t i);
/* "fighters" or, of one item, "fighters (macina)"; `item` is -1 for all together. */
int sah_study_file_find(const struct sah_study_file *file, const char *name,
                        size_t *series, int *item, struct sah_error *err);
size_t sah_study_file_periods(const struct sah_study_file *file);
/* The first day of each, and the day after the last. */
const int32_t *sah_study_file_days(const struct sah_study_file *file);
/* [quantile][period] at a point; of an item, or -1: of the series without items, of the
 * sum of those that add up. */
int sah_study_file_fan(struct sah_study_file *file, size_t series, int item,
                       size_t point, double *out, struct sah_error *err);

#endif
