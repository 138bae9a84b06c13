/* Reading what a run left: a result file, without HDF5 in sight.
 *
 * Opening reads the small things (run, grid, axes, names); values are read on request.
 * All texts and tables handed out as `const` belong to the result and live until
 * sah_result_close. Days are day numbers of sim/kernel/calendar.h. */
#ifndef SAH_OUTPUT_RESULT_H
#define SAH_OUTPUT_RESULT_H
#include "output/lineage.h"
#include "sim/kernel/geography.h"
#include "sim/kernel/grid.h"
#include "sim/kernel/observable.h"

#include <stdbool.h>

struct sah_result;

/* The newest layout this code reads; root attribute `format`. */
enum { SAH_RESULT_FORMAT = 1 };

/* A file that is no result, is cut short or has a newer format is told by name. */
int sah_result_open(const char *path, struct sah_result **result,
                    struct sah_error *err);
void sah_result_close(struct sah_result *result);

/* What was run. */
struct sah_result_run {
    char *path; /* of the file */
    char *title, *model;
    char *version, *commit;            /* of the program */
    char *digest;                      /* of the last state, hexadecimal */
    char *fields_every, *series_every; /* "day", "month", "year" */
    char *headline;     /* names of the series to tell first, with blanks */
    char *logs;         /* names of the logs kept, with blanks */
    int32_t start, end; /* first and last day */
    int64_t seed;
    double people_per_agent;
};
const struct sah_result_run *sah_result_run(const struct sah_result *result);
/* No cell where a model has no grid. */
const struct sah_grid *sah_result_grid(const struct sah_result *result);

/* Axes: faction, country, kind ... */
size_t sah_result_axis_count(const struct sah_result *result);
const struct sah_axis *sah_result_axis_at(const struct sah_result *result, size_t i);
const struct sah_axis *sah_result_axis(const struct sah_result *result,
                                       const char *name);          /* or NULL */
int sah_axis_item(const struct sah_axis *axis, const char *label); /* or -1 */

/* Fields, series and ledger entries. */
struct sah_variable {
    char *name, *unit, *doc;
    enum sah_place place;
    enum sah_nature nature;
    enum sah_type type;             /* as stored */
    const struct sah_axis *axis[2]; /* NULL where unused */
};
size_t sah_result_count(const struct sah_result *result, enum sah_place place);
const struct sah_variable *sah_result_at(const struct sah_result *result,
                                         enum sah_place place, size_t i);
/* NULL and a message with the nearest name where there is none. */
const struct sah_variable *sah_result_find(const struct sah_result *result,
                                           enum sah_place place, const char *name,
                                           struct sah_error *err);
/* Numbers per period: axis items times cells. */
size_t sah_variable_count(const struct sah_result *result,
                          const struct sah_variable *variable);

/* The periods a place was kept for, in order; first and last day of each belong. */
struct sah_period {
    int32_t first, last;
};
size_t sah_result_period_count(const struct sah_result *result, enum sah_place place);
const struct sah_period *sah_result_periods(const struct sah_result *result,
                                            enum sah_place place);

/* All periods from..to: values [period][axis 0][axis 1 or cell], NAN where undefined
 * (sea). The range is by number of period, both belong; `out` holds them all. */
int sah_result_read(struct sah_result *result, const struct sah_variable *variable,
                    size_t from, size_t to, double *out, struct sah_error *err);

/* One value per axis item and cell for the days from..to: a flow is summed over the
 * periods that lie wholly inside, a stock is that of the last of them. `covered` (may
 * be NULL) tells the days meant; a range that holds no whole period is an error. */
int sah_result_over(struct sah_result *result, const struct sah_variable *variable,
                    int32_t from, int32_t to, double *out, struct sah_period *covered,
                    struct sah_error *err);

/* The land as the run saw it; [ncells] each, all NULL for a model without land. Country
 * and region are numbers of the geography's rows, -1 at sea. */
struct sah_result_land {
    int16_t *country, *region;
    float *land; /* share of the cell */
    double *people_2020;
};
int sah_result_land(struct sah_result *result, const struct sah_result_land **land,
                    struct sah_error *err);

/* The tables of the geography, for sah_geography_parse; none for a model without. */
int sah_result_geography(struct sah_result *result, const struct sah_geo_file **files,
                         size_t *nfiles, struct sah_error *err);

/* A table of typed columns. Codes have words where an axis names them. */
struct sah_result_column {
    char *name, *unit, *doc;
    enum sah_type type;
    void *data;
    size_t nwords; /* 0: plain numbers */
    char **words;  /* by code; codes outside 0 .. nwords-1 mean none */
};
struct sah_result_table {
    size_t nrows, ncolumns;
    struct sah_result_column *column;
};
/* The logs that a run kept: events and the like. */
size_t sah_result_log_count(const struct sah_result *result);
const char *sah_result_log_at(const struct sah_result *result, size_t i);
/* A log in order of time: date (day number), for what has a place lon, lat and gid, and
 * the model's own. An unknown name is told with the nearest. Caller clears. */
int sah_result_log(struct sah_result *result, const char *name,
                   struct sah_result_table *table, struct sah_error *err);
void sah_result_table_clear(struct sah_result_table *table);
const struct sah_result_column *
sah_result_table_find(const struct sah_result_table *table,
                      const char *name); /* or NULL */
double sah_result_number(const struct sah_result_column *column, size_t row);
const char *sah_result_word(const struct sah_result_column *column, size_t row);
/* As text: a word for a code, a date for days since 1970-01-01, else the shortest form
 * that reads back the same. Returns `text`. */
enum { SAH_RESULT_TEXT = 40 };
const char *sah_result_text(const struct sah_result_column *column, size_t row,
                            char text[static SAH_RESULT_TEXT]);

/* The scenario as resolved, YAML. */
int sah_result_scenario(struct sah_result *result, const char **yaml,
                        struct sah_error *err);

/* Where a branch goes on from; all zero for a run that is none. Free with
 * sah_lineage_free. */
int sah_result_lineage(struct sah_result *result, struct sah_lineage *lineage,
                       struct sah_error *err);

/* Parameters, digests and provenance are rows of text. */
struct sah_result_parameter {
    char *path, *value, *unit, *doc, *origin;
    double number; /* NAN where the value is no number */
};
int sah_result_parameters(struct sah_result *result,
                          const struct sah_result_parameter **parameters, size_t *n,
                          struct sah_error *err);
struct sah_result_digest {
    int32_t day;
    char *hex;
};
int sah_result_digests(struct sah_result *result,
                       const struct sah_result_digest **digests, size_t *n,
                       struct sah_error *err);
struct sah_result_fact {
    char *name, *value; /* "software/version", "0.1.0" */
};
int sah_result_provenance(struct sah_result *result,
                          const struct sah_result_fact **facts, size_t *n,
                          struct sah_error *err);

#endif
