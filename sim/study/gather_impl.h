/* What the parts of gathering share. */
#ifndef SAH_STUDY_GATHER_IMPL_H
#define SAH_STUDY_GATHER_IMPL_H
#include "output/pack.h"
#include "sim/study/gather.h"
#include "sim/study/packs.h"
#include "sim/study/take.h"

enum { SAH_GATHER_BLOCK = 32 << 20 }; /* bytes of values held at once */

struct sah_gather {
    const struct sah_study *study;
    const struct sah_study_folder *folder;
    const struct sah_provenance *provenance;
    struct sah_error *err;
    size_t nruns, npacks;
    struct sah_watch watch[SAH_PLACES];
    size_t periods[SAH_PLACES];
    int32_t *days[SAH_PLACES]; /* [periods][2]: first day, the day after the last */
    uint64_t (*rows)[SAH_MAX_LOGS]; /* [npacks] */
};

/* A file being written, and the dimensions that stand for runs: `run` in a pack, replicate
 * and design in study.h5. */
struct sah_gather_sheet {
    struct sah_gather *all;
    struct sah_pack pack; /* its world and its file, for the helpers of output/pack.h */
    struct sah_h5 h5;
    int nlead;
};

/* ---- one pack (gather_pack.c) ---- */
int sah_gather_pack(struct sah_gather *all, size_t pack);

/* ---- fields, series, ledger (gather_places.c) ---- */
extern const char *const sah_gather_groups[SAH_PLACES]; /* of a pack */
/* Group, dimensions and variables of a place. `lead` are the dimensions of runs in that
 * group; `out` gets the ids of datasets [watch.n], to be dropped by the caller, or is NULL.
 * Without `sources` they are to be written. */
void sah_gather_place(struct sah_gather_sheet *sheet, enum sah_place place, hid_t group,
                      const hid_t *lead, struct sah_h5_sources *sources, hid_t *out);

/* ---- logs (gather_logs.c) ---- */
void sah_gather_put_logs(struct sah_gather_sheet *sheet, size_t pack);
void sah_gather_show_logs(struct sah_gather_sheet *sheet);

/* ---- quantiles over replicates (gather_quantiles.c) ---- */
enum { SAH_GATHER_QUANTILES = 5 };
extern const double sah_gather_quantiles[SAH_GATHER_QUANTILES];
/* Of `n` values, `step` apart; those that are defined are left in `sorted`, in order.
 * Returns how many. */
size_t sah_gather_quantile(const double *value, size_t n, size_t step, double *sorted,
                           double q[SAH_GATHER_QUANTILES]);
/* Into the group of series, whose axes are there already. */
void sah_gather_series_quantiles(struct sah_gather_sheet *sheet, hid_t group,
                                 hid_t design);

/* ---- what levels do (gather_levels.c) ---- */
/* Of grid and oat, into the group of measures; nothing for other designs. */
void sah_gather_levels(struct sah_gather_sheet *sheet, hid_t group, hid_t measure);

/* ---- study.h5 (gather_sheet.c, gather_points.c, gather_outcomes.c) ---- */
int sah_gather_study(struct sah_gather *all);
/* Replicate and design with the factors as coordinates: in every group that has runs. */
void sah_gather_points(struct sah_gather_sheet *sheet, hid_t group, hid_t lead[2]);
/* Names of the factors, with blanks, for the attribute `coordinates`; caller frees. */
char *sah_gather_coordinates(const struct sah_gather *all);
void sah_gather_outcomes(struct sah_gather_sheet *sheet);
/* Where the rows of all packs lie among replicates and points; frees with free. */
struct sah_h5_source *sah_gather_sources(const struct sah_gather *all, size_t *n);
/* Names of packs as study.h5 sees them: "packs/000.h5". */
void sah_gather_pack_name(size_t pack, char name[static SAH_H5_FILE]);

#endif
