/* Checkpoints: all state of a world in one file, and back.
 *
 * A file is a header (magic, format, fingerprint of the scenario) and one record per
 * array in the order in which the world lists its state: populations, arrays, fields of
 * models. Each record says its name, type and count; the file ends with a digest of all
 * before it, so that a cut or damaged one is found. It is written under a temporary name,
 * brought to the disk, then renamed. Numbers are little-endian. */
#ifndef SAH_CHECKPOINT_H
#define SAH_CHECKPOINT_H
#include "sim/kernel/world.h"

enum { SAH_CHECKPOINT_FORMAT = 1 };

int sah_checkpoint_write(const struct sah_world *world, const char *path,
                         struct sah_error *err);

/* Puts a world, made from the same scenario and not yet stepped, where the checkpoint
 * was taken. On failure the world must not be used further. */
int sah_checkpoint_read(struct sah_world *world, const char *path,
                        struct sah_error *err);

/* The same in memory: what branches begin from. Free with sah_snapshot_free. */
struct sah_snapshot {
    char *data;
    size_t length;
};
int sah_snapshot_take(const struct sah_world *world, struct sah_snapshot *snapshot,
                      struct sah_error *err);
/* The world may come from another scenario than the one that was taken, where that has
 * the same agents, arrays and models; whether it makes sense is the caller's to know.
 * Reads only: many worlds may be put at once. */
int sah_snapshot_put(struct sah_world *world, const struct sah_snapshot *snapshot,
                     struct sah_error *err);
void sah_snapshot_free(struct sah_snapshot *snapshot);

#endif
