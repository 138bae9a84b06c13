/* Packing: from the raw blocks of a run to one HDF5 file.
 *
 * Each pack_*.c writes one part of the file. Failures stay in pack->h5->status. */
#ifndef SAH_OUTPUT_PACK_H
#define SAH_OUTPUT_PACK_H
#include "output/ahead.h"
#include "output/h5.h"
#include "output/part.h"
#include "output/recorder.h"
#include "output/watch.h"

/* Where the records of each place lie. */
extern const enum sah_stream sah_stream_of[SAH_PLACES];

struct sah_pack {
    struct sah_h5 *h5;
    const struct sah_world *world;
    const struct sah_part *part;
    const struct sah_watch *watch; /* [SAH_PLACES] by enum sah_place */
    const struct sah_ahead *ahead; /* stopped; may be NULL */
    const struct sah_provenance *provenance;
    const char *target;
    int32_t first;   /* day recorded */
    int64_t started; /* seconds since 1970 */
    bool logs;       /* are kept */
};

/* Writes everything to `temporary`; `pack->h5` is set inside. */
int sah_pack_file(struct sah_pack *pack, const char *temporary, struct sah_error *err);

/* Dimensions of one group; each is made when first asked for. */
enum { SAH_MAX_DIMENSIONS = 2 * SAH_MAX_AXES };
struct sah_space {
    hid_t group, time, lat, lon, nv;
    size_t naxes;
    const struct sah_axis *axis[SAH_MAX_DIMENSIONS];
    bool twin[SAH_MAX_DIMENSIONS]; /* the second dimension of the same axis */
    hid_t dim[SAH_MAX_DIMENSIONS];
};
void sah_space_open(struct sah_pack *pack, struct sah_space *space, hid_t group);
void sah_space_close(struct sah_space *space);
void sah_space_time(struct sah_pack *pack, struct sah_space *space,
                    enum sah_stream stream);
void sah_space_grid(struct sah_pack *pack, struct sah_space *space);
hid_t sah_space_axis(struct sah_pack *pack, struct sah_space *space,
                     const struct sah_axis *axis, bool twin);
/* Labels (and titles) of an axis over a dimension made of it. */
hid_t sah_pack_axis(struct sah_pack *pack, hid_t group, const char *name,
                    const struct sah_axis *axis);
/* flag_values and flag_meanings of a variable coded by labels. */
void sah_pack_flags(struct sah_pack *pack, hid_t dataset, enum sah_type type,
                    const char *const *labels, size_t n);

void sah_pack_root(struct sah_pack *pack);
void sah_pack_watch(struct sah_pack *pack, enum sah_place place, hid_t group);
void sah_pack_logs(struct sah_pack *pack);
void sah_pack_axes(struct sah_pack *pack);
void sah_pack_land(struct sah_pack *pack);
void sah_pack_geography(struct sah_pack *pack);
void sah_pack_scenario(struct sah_pack *pack);
void sah_pack_parameters(struct sah_pack *pack);
void sah_pack_digest(struct sah_pack *pack);
void sah_pack_lineage(struct sah_pack *pack);
void sah_pack_provenance(struct sah_pack *pack);

#endif
