/* Writing and reading of checkpoints; the file stands in checkpoint.h. */
#include "sim/kernel/checkpoint.h"

#include "sim/kernel/file.h"
#include "sim/kernel/state.h"

#include <sah_version.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char magic[8] = "SAHCKPT";

struct stream {
    FILE *file;
    const char *path;
    bool any_scenario;              /* the fingerprint is not looked at */
    struct sah_digest_state digest; /* of all that went through */
};

static int cannot(const struct stream *stream, const char *what,
                  struct sah_error *err) {
    return sah_error_add(err, SAH_IO, "%s: cannot %s: %s", stream->path, what,
                         strerror(errno));
}

static int damaged(const struct stream *stream, const char *why,
                   struct sah_error *err) {
    return sah_error_add(err, SAH_FORMAT, "%s: not a checkpoint of this run: %s",
                         stream->path, why);
}

/* A stream on the file `name`, which becomes or is the checkpoint at `path`. */
static int open_stream(struct stream *stream, const char *name, const char *path,
                       int flags, struct sah_error *err) {
    int fd = -1;
    *stream = (struct stream){.path = path};
    sah_digest_init(&stream->digest);
    int status = sah_file_open(name, flags, &fd, err);
    if (status) return status;
    stream->file = fdopen(fd, flags & O_CREAT ? "wb" : "rb");
    if (stream->file) return SAH_OK;
    close(fd);
    return sah_error_add(err, SAH_MEMORY, "%s: no memory to open it", path);
}

/* What a checkpoint belongs to: the scenario as resolved, without places of origin, and
 * the program, whose rules may differ from another's. */
static int fingerprint(const struct sah_world *world, struct sah_digest *digest,
                       struct sah_error *err) {
    char *yaml = sah_scenario_yaml(world->scenario, false);
    if (!yaml)
        return sah_error_add(err, SAH_MEMORY, "no memory for the scenario's text");
    struct sah_digest_state state;
    sah_digest_init(&state);
    sah_digest_update_text(&state, "scenario", yaml);
    sah_digest_update_text(&state, "program", SAH_VERSION " " SAH_COMMIT);
    *digest = sah_digest_final(&state);
    free(yaml);
    return SAH_OK;
}

struct header {
    char magic[8];
    uint32_t format, name_bytes; /* of the record names */
    struct sah_digest fingerprint;
};

enum { NAME_BYTES = 48 };

struct record {
    char name[NAME_BYTES];
    uint32_t type, spare;
    uint64_t count;
};

static struct record record_of(const char *name, enum sah_type type, uint64_t count) {
    struct record record = {.type = (uint32_t)type, .count = count};
    strncpy(record.name, name, NAME_BYTES - 1);
    return record;
}

/* ---- writing ------------------------------------------------------------------------
 */

static int put(struct stream *stream, const void *data, size_t bytes,
               struct sah_error *err) {
    if (bytes && fwrite(data, 1, bytes, stream->file) != bytes)
        return cannot(stream, "write", err);
    return SAH_OK;
}

static int put_array(void *to, const char *name, enum sah_type type, void *data,
                     size_t count, struct sah_error *err) {
    struct stream *stream = to;
    struct record record = record_of(name, type, count);
    int status = put(stream, &record, sizeof record, err);
    if (!status) status = put(stream, data, count * sah_type_size(type), err);
    sah_digest_update(&stream->digest, name, type, data, count);
    return status;
}

static int put_population(void *to, struct sah_population *population,
                          struct sah_error *err) {
    uint64_t size[2] = {population->n, population->first ? population->ncells : 0};
    return put_array(to, population->name, SAH_U64, size, 2, err);
}

static int put_all(struct stream *stream, struct sah_world *world,
                   struct sah_error *err) {
    struct header header = {.format = SAH_CHECKPOINT_FORMAT, .name_bytes = NAME_BYTES};
    memcpy(header.magic, magic, sizeof magic);
    int status = fingerprint(world, &header.fingerprint, err);
    if (!status) status = put(stream, &header, sizeof header, err);
    const struct sah_state_visitor visitor = {stream, put_array, put_population, false};
    if (!status) status = sah_state_walk(world, &visitor, err);
    struct sah_digest digest = sah_digest_final(&stream->digest);
    return status ? status : put(stream, &digest, sizeof digest, err);
}

/* The folder too must reach the disk before a new name can be relied on. */
static void settle_folder(const char *path) {
    char *folder = strdup(path);
    char *slash = folder ? strrchr(folder, '/') : NULL;
    if (slash) *slash = '\0';
    int fd = folder ? open(slash ? folder : ".", O_RDONLY | O_DIRECTORY) : -1;
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

int sah_checkpoint_write(const struct sah_world *world, const char *path,
                         struct sah_error *err) {
    size_t length = strlen(path) + sizeof ".new";
    char *temporary = malloc(length);
    if (!temporary) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    snprintf(temporary, length, "%s.new", path);
    struct stream stream;
    int status =
        open_stream(&stream, temporary, path, O_WRONLY | O_CREAT | O_TRUNC, err);
    /* The walk hands out arrays to fill; this visitor only reads them. */
    if (!status) status = put_all(&stream, (struct sah_world *)(uintptr_t)world, err);
    if (!status && (fflush(stream.file) || fsync(fileno(stream.file))))
        status = cannot(&stream, "write", err);
    if (stream.file && fclose(stream.file) && !status)
        status = cannot(&stream, "write", err);
    if (!status && rename(temporary, path)) status = cannot(&stream, "rename", err);
    if (status)
        remove(temporary);
    else
        settle_folder(path);
    free(temporary);
    return status;
}

/* ---- reading ------------------------------------------------------------------------
 */

static int get(struct stream *stream, void *data, size_t bytes, struct sah_error *err) {
    if (!bytes || fread(data, 1, bytes, stream->file) == bytes) return SAH_OK;
    if (ferror(stream->file)) return cannot(stream, "read", err);
    return damaged(stream, "it is cut short", err);
}

static int get_array(void *to, const char *name, enum sah_type type, void *data,
                     size_t count, struct sah_error *err) {
    struct stream *stream = to;
    struct record found, wanted = record_of(name, type, count);
    int status = get(stream, &found, sizeof found, err);
    if (status) return status;
    if (memcmp(&found, &wanted, sizeof found) != 0)
        return damaged(stream, "its records are others", err);
    status = get(stream, data, count * sah_type_size(type), err);
    if (!status) sah_digest_update(&stream->digest, name, type, data, count);
    return status;
}

/* Bytes that are still to come; sizes beyond them are damage, not a reason to allocate.
 */
static uint64_t bytes_left(const struct stream *stream) {
    long at = ftell(stream->file);
    if (at < 0 || fseek(stream->file, 0, SEEK_END)) return 0;
    long end = ftell(stream->file);
    if (fseek(stream->file, at, SEEK_SET) || end < at) return 0;
    return (uint64_t)(end - at);
}

/* Gives the population the size it had; what it holds is read next. */
static int get_population(void *to, struct sah_population *population,
                          struct sah_error *err) {
    struct stream *stream = to;
    uint64_t size[2] = {0};
    int status = get_array(to, population->name, SAH_U64, size, 2, err);
    if (status) return status;
    if (size[0] > bytes_left(stream) || size[1] > bytes_left(stream))
        return damaged(stream, "it is cut short", err);
    sah_population_clear(population);
    if (size[0]) status = sah_population_add(population, size[0], NULL, err);
    free(population->first);
    population->first = NULL;
    population->ncells = (size_t)size[1];
    if (status || !size[1]) return status;
    population->first = calloc(size[1] + 1, sizeof *population->first);
    if (population->first) return SAH_OK;
    return sah_error_add(err, SAH_MEMORY, "no memory for %zu cells",
                         population->ncells);
}

static int get_header(struct stream *stream, const struct sah_world *world,
                      struct sah_error *err) {
    struct header header = {0};
    struct sah_digest own;
    int status = get(stream, &header, sizeof header, err);
    own = header.fingerprint;
    if (!status && !stream->any_scenario) status = fingerprint(world, &own, err);
    if (status) return status;
    if (memcmp(header.magic, magic, sizeof magic) != 0)
        return damaged(stream, "it is something else", err);
    if (header.format > SAH_CHECKPOINT_FORMAT)
        return sah_error_add(
            err, SAH_FORMAT,
            "%s: checkpoint format %u is newer than this program knows "
            "(%d)",
            stream->path, header.format, SAH_CHECKPOINT_FORMAT);
    if (!sah_digest_equal(header.fingerprint, own))
        return damaged(stream, "it belongs to another scenario or program", err);
    return SAH_OK;
}

static int get_all(struct stream *stream, struct sah_world *world,
                   struct sah_error *err) {
    int status = get_header(stream, world, err);
    const struct sah_state_visitor visitor = {stream, get_array, get_population, false};
    if (!status) status = sah_state_walk(world, &visitor, err);
    struct sah_digest found, own = sah_digest_final(&stream->digest);
    if (!status) status = get(stream, &found, sizeof found, err);
    if (!status && !sah_digest_equal(found, own))
        status = damaged(stream, "its digest does not fit its content", err);
    return status;
}

int sah_checkpoint_read(struct sah_world *world, const char *path,
                        struct sah_error *err) {
    struct stream stream;
    int status = open_stream(&stream, path, path, O_RDONLY, err);
    if (status) return status;
    status = get_all(&stream, world, err);
    fclose(stream.file);
    if (!status) sah_timeline_apply(&world->timeline, world->today);
    return status;
}

/* ---- in memory ---------------------------------------------------------------------- */

static const char in_memory[] = "the state in memory";

int sah_snapshot_take(const struct sah_world *world, struct sah_snapshot *snapshot,
                      struct sah_error *err) {
    *snapshot = (struct sah_snapshot){0};
    struct stream stream = {.file = open_memstream(&snapshot->data, &snapshot->length),
                            .path = in_memory};
    sah_digest_init(&stream.digest);
    int status = stream.file ? SAH_OK : SAH_MEMORY;
    /* The walk hands out arrays to fill; this visitor only reads them. */
    if (!status) status = put_all(&stream, (struct sah_world *)(uintptr_t)world, err);
    if (stream.file && fclose(stream.file) && !status) status = SAH_MEMORY;
    if (!status) return SAH_OK;
    sah_snapshot_free(snapshot);
    return sah_error_add(err, SAH_MEMORY, "no memory to keep the state of %zu agents",
                         sah_world_agents(world));
}

int sah_snapshot_put(struct sah_world *world, const struct sah_snapshot *snapshot,
                     struct sah_error *err) {
    struct stream stream = {.file = fmemopen(snapshot->data, snapshot->length, "rb"),
                            .path = in_memory,
                            .any_scenario = true};
    sah_digest_init(&stream.digest);
    if (!stream.file)
        return sah_error_add(err, SAH_MEMORY, "no memory to read %s", in_memory);
    int status = get_all(&stream, world, err);
    fclose(stream.file);
    if (!status) sah_timeline_apply(&world->timeline, world->today);
    return status;
}

void sah_snapshot_free(struct sah_snapshot *snapshot) {
    free(snapshot->data);
    *snapshot = (struct sah_snapshot){0};
}
