/* What a result holds once open; shared by result*.c only. */
#ifndef SAH_OUTPUT_RESULT_IMPL_H
#define SAH_OUTPUT_RESULT_IMPL_H
#include "output/h5_read.h"
#include "output/result.h"

enum { SAH_RESULT_PLACES = 3 };

struct sah_result_place {
    size_t n, nperiods;
    struct sah_variable *variable;
    struct sah_period *period;
};

struct sah_result {
    struct sah_h5 h5;
    struct sah_result_run run;
    struct sah_grid grid;
    size_t naxes, nlogs;
    struct sah_axis *axis;
    char **log; /* names */
    struct sah_result_place place[SAH_RESULT_PLACES];

    /* read on request, kept until close */
    struct sah_result_land land;
    struct sah_geo_file *file;
    char *yaml;
    struct sah_result_parameter *parameter;
    struct sah_result_digest *digest;
    struct sah_result_fact *fact;
    size_t nfiles, nparameters, ndigests, nfacts;
    bool has_land, has_files, has_parameters, has_digests, has_facts;
};

/* Messages of the next calls go to `err`; an earlier failure is forgotten. */
struct sah_h5 *sah_result_begin(struct sah_result *result, struct sah_error *err);

/* Group of a place: "/", "series", "ledger". */
extern const char *const sah_result_groups[SAH_RESULT_PLACES];
void sah_result_read_logs(struct sah_result *result);
/* All columns of a group; caller clears. */
void sah_result_table_read(struct sah_h5 *h5, hid_t group,
                           struct sah_result_table *table);
void sah_result_read_places(struct sah_result *result);
void sah_result_free_places(struct sah_result *result);
void sah_result_free_tables(struct sah_result *result);
void sah_result_free_texts(struct sah_result *result);

#endif
