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
int sah_checkpoint_read(struct sah_world *world, const char *path, struct sah_error *err);

#endif
