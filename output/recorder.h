/* The recorder writes what a run leaves: one self-describing HDF5 file.
 *
 * It watches a world after every day, adds up periods, appends blocks raw to
 * `run.h5.part/`, and packs them into `run.h5` (renamed into place) at the end. No HDF5
 * file is open between. It reads the world and never changes it. docs/format.md tells
 * what stands in the file and in the folder. */
#ifndef SAH_OUTPUT_RECORDER_H
#define SAH_OUTPUT_RECORDER_H
#include "output/lineage.h"
#include "sim/kernel/world.h"

/* Section `output` of a scenario, with `fields` and `series` in it. */
struct sah_output_params {
    int fields_every; /* enum sah_every: day, month, year */
    int series_every;
    struct sah_names fields_keep; /* empty: all */
    bool events;
};

/* The sections that a scenario sets them by, for struct sah_world_request. */
enum { SAH_OUTPUT_SECTIONS = 3 };
void sah_output_sections(struct sah_output_params *params,
                         struct sah_section sections[static SAH_OUTPUT_SECTIONS]);

/* Fields to keep must exist in the family; all that do not are told. Also checks the
 * names of the family (output/names.h). */
int sah_output_check(const struct sah_world *world,
                     const struct sah_output_params *params, struct sah_error *err);

struct sah_recorder;

/* What only the caller knows, for /provenance. Texts may be NULL. */
struct sah_provenance {
    const char *command; /* the command line */
    int threads;
    double seconds;           /* of this run, all of it */
    size_t peak_bytes;        /* 0: not known */
    uint64_t agent_steps;     /* agents times days */
    const char *const *phase; /* nphases names */
    const double *phase_seconds;
    size_t nphases;
    const struct sah_lineage *lineage; /* of a branch, else NULL */
};

/* To be called before the first day that is to be kept. `path` must not exist unless `force`; it stays
 * untouched until _finish. Unfinished work of another run is not thrown away without
 * `force` either. */
int sah_recorder_create(const struct sah_world *world,
                        const struct sah_output_params *params, const char *path,
                        bool force, struct sah_recorder **recorder,
                        struct sah_error *err);
/* Takes up the work left in `run.h5.part/` at the day of the world, for which
 * sah_recorder_sync was called; what was written later is cut off. */
int sah_recorder_resume(const struct sah_world *world,
                        const struct sah_output_params *params, const char *path,
                        bool force, struct sah_recorder **recorder,
                        struct sah_error *err);

/* After every day of the world. */
int sah_recorder_day(struct sah_recorder *recorder, const struct sah_world *world,
                     struct sah_error *err);
/* Brings all so far to the disk, with the sums of open periods, so that resume can go
 * on from this day: call it before a checkpoint gets its name. Of older days only the
 * last one synced can still be resumed. */
int sah_recorder_sync(struct sah_recorder *recorder, const struct sah_world *world,
                      struct sah_error *err);
/* A small file of the caller's in the folder, written whole or not at all. */
int sah_recorder_save(struct sah_recorder *recorder, const char *name, const void *data,
                      size_t length, struct sah_error *err);
/* The path of a file in the folder; caller frees, NULL without memory. */
char *sah_recorder_path(const struct sah_recorder *recorder, const char *name);
/* Packs the file, gives it its name and removes the folder. On failure the folder stays
 * and the target is untouched. */
int sah_recorder_finish(struct sah_recorder *recorder, const struct sah_world *world,
                        const struct sah_provenance *provenance, struct sah_error *err);
void sah_recorder_discard(struct sah_recorder *recorder); /* with the part folder */
void sah_recorder_free(struct sah_recorder *recorder);    /* leaves the part folder */

#endif
