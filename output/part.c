/* Streams of equal records, cut back to a day when work is taken up again. */
#include "output/part.h"

#include "output/disk.h"
#include "sim/kernel/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

enum { DAYS_BYTES = 2 * sizeof(int32_t), CHECK_BYTES = sizeof(uint64_t) };

struct stream {
    int fd; /* -1: not kept in this run */
    size_t payload, n;
    char *path;
};

struct sah_part {
    char *folder, *layout; /* layout: until it is written */
    int lock;
    struct stream stream[SAH_STREAM_COUNT];
};

static size_t record_size(const struct stream *stream) {
    return DAYS_BYTES + stream->payload + CHECK_BYTES;
}

static uint64_t check_of(const void *record, size_t bytes) {
    return XXH3_64bits(record, bytes);
}

char *sah_part_path(const struct sah_part *part, const char *name) {
    return sah_disk_join(part->folder, name);
}

static char *stream_path(const struct sah_part *part, const char *name) {
    char *path = sah_part_path(part, name);
    char *file = path ? sah_disk_concat(path, ".raw") : NULL;
    free(path);
    return file;
}

/* ---- opening ------------------------------------------------------------------- */

static struct sah_part *new_part(const char *target,
                                 const struct sah_stream_plan plan[SAH_STREAM_COUNT]) {
    struct sah_part *part = calloc(1, sizeof *part);
    if (!part) return NULL;
    part->lock = -1;
    for (int s = 0; s < SAH_STREAM_COUNT; s++) part->stream[s].fd = -1;
    part->folder = sah_disk_concat(target, ".part");
    bool whole = part->folder;
    for (int s = 0; whole && s < SAH_STREAM_COUNT; s++) {
        if (!plan[s].payload) continue;
        part->stream[s].payload = plan[s].payload;
        part->stream[s].path = stream_path(part, plan[s].name);
        whole = part->stream[s].path;
    }
    if (whole) return part;
    sah_part_close(part);
    return NULL;
}

void sah_part_close(struct sah_part *part) {
    if (!part) return;
    for (int s = 0; s < SAH_STREAM_COUNT; s++) {
        if (part->stream[s].fd >= 0) close(part->stream[s].fd);
        free(part->stream[s].path);
    }
    if (part->lock >= 0) close(part->lock);
    free(part->layout);
    free(part->folder);
    free(part);
}

/* The layout goes first and the lock stays: stopped in between, what is left is ours
 * and no unfinished work. */
static int empty(struct sah_part *part) {
    sah_part_drop(part, SAH_PART_MARK);
    return sah_disk_empty(part->folder, "lock");
}

void sah_part_remove(struct sah_part *part) {
    if (!part) return;
    empty(part);
    sah_disk_empty(part->folder, NULL);
    rmdir(part->folder);
    sah_part_close(part);
}

/* Nobody else may write here meanwhile; the lock goes with the process. */
static int take_lock(struct sah_part *part, struct sah_error *err) {
    char *path = sah_part_path(part, "lock");
    if (!path) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    int status = sah_file_open(path, O_RDWR | O_CREAT, &part->lock, err);
    free(path);
    if (status) return status;
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(part->lock, F_SETLK, &lock) == 0) return SAH_OK;
    if (errno == EACCES || errno == EAGAIN)
        return sah_error_add(err, SAH_EXISTS, "%s: another run is writing here",
                             part->folder);
    return sah_disk_fail(err, part->folder, "lock");
}

static bool is_work(const struct sah_part *part, const char *target) {
    struct stat info;
    char *mark = sah_part_path(part, SAH_PART_MARK);
    char *packed = sah_part_path(part, SAH_PART_PACKED);
    bool work = !mark || !packed || /* without memory to tell, loading will say so */
                (stat(mark, &info) == 0 && !sah_disk_is_same(packed, target));
    free(mark);
    free(packed);
    return work;
}

bool sah_part_is_work(const char *target) {
    static const struct sah_stream_plan none[SAH_STREAM_COUNT];
    struct sah_part *part = new_part(target, none);
    bool work = !part || is_work(part, target);
    sah_part_close(part);
    return work;
}

void sah_part_sweep(const char *target) {
    static const struct sah_stream_plan none[SAH_STREAM_COUNT];
    struct sah_part *part = new_part(target, none);
    struct sah_error err = {0};
    struct stat info;
    bool ours = part && stat(part->folder, &info) == 0 && S_ISDIR(info.st_mode) &&
                !is_work(part, target) && take_lock(part, &err) == SAH_OK;
    sah_error_clear(&err);
    if (ours)
        sah_part_remove(part);
    else
        sah_part_close(part);
}

static int open_streams(struct sah_part *part, int flags, struct sah_error *err) {
    int status = SAH_OK;
    for (int s = 0; !status && s < SAH_STREAM_COUNT; s++) {
        struct stream *stream = &part->stream[s];
        if (stream->payload)
            status = sah_file_open(stream->path, O_RDWR | flags, &stream->fd, err);
    }
    return status;
}

static bool has_file(const struct sah_part *part, const char *name) {
    char *path = sah_part_path(part, name);
    bool found = path && access(path, F_OK) == 0;
    free(path);
    return found;
}

/* Only a folder that carries our marks is ours to empty; one without layout holds no
 * work yet. A bare one was begun or left by a run that was killed in between. */
static int clear_old(const struct sah_part *part, bool force, struct sah_error *err) {
    bool begun = has_file(part, SAH_PART_MARK);
    if (!begun && !has_file(part, "lock") && !sah_disk_is_bare(part->folder))
        return sah_error_add(err, SAH_EXISTS,
                             "%s: exists, but holds no unfinished run; move it away",
                             part->folder);
    if (begun && !force)
        return sah_error_add(
            err, SAH_EXISTS,
            "%s: unfinished work lies here: go on with `sahel resume`, "
            "or throw it away with --force",
            part->folder);
    return SAH_OK;
}

static int enter_new(struct sah_part *part, struct sah_error *err) {
    int status = take_lock(part, err);
    if (status) rmdir(part->folder);
    return status;
}

static int make_folder(struct sah_part *part, bool force, struct sah_error *err) {
    if (mkdir(part->folder, 0777) == 0) return enter_new(part, err);
    if (errno != EEXIST) return sah_disk_fail(err, part->folder, "create");
    int status = clear_old(part, force, err);
    if (!status) status = take_lock(part, err);
    if (status) return status;
    return empty(part) ? sah_disk_fail(err, part->folder, "empty") : SAH_OK;
}

int sah_part_create(const char *target, const char *layout,
                    const struct sah_stream_plan plan[SAH_STREAM_COUNT], bool force,
                    struct sah_part **out, struct sah_error *err) {
    struct sah_part *part = new_part(target, plan);
    if (part) part->layout = strdup(layout);
    if (!part || !part->layout) {
        sah_part_close(part);
        return sah_error_add(err, SAH_MEMORY, "no memory for %s.part", target);
    }
    int status = make_folder(part, force, err);
    if (status) {
        sah_part_close(part);
        return status;
    }
    status = open_streams(part, O_CREAT | O_TRUNC, err);
    if (status) {
        sah_part_remove(part);
        return status;
    }
    *out = part;
    return SAH_OK;
}

/* ---- taking up again ----------------------------------------------------------- */

static int same_layout(struct sah_part *part, const char *layout,
                       struct sah_error *err) {
    void *found;
    size_t length;
    char *path = sah_part_path(part, SAH_PART_MARK);
    if (!path) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    int status = sah_disk_load(path, &found, &length, err);
    free(path);
    if (status) return status;
    bool same = length == strlen(layout) && memcmp(found, layout, length) == 0;
    free(found);
    if (same) return SAH_OK;
    return sah_error_add(err, SAH_FORMAT,
                         "%s: was begun with another scenario or another version",
                         part->folder);
}

/* Is the record whole? Also tells its last day. */
static bool is_valid(const struct stream *stream, size_t record, void *scratch,
                     int32_t *last) {
    size_t size = record_size(stream);
    if (sah_disk_read(stream->fd, scratch, size, (off_t)(record * size))) return false;
    uint64_t check;
    memcpy(&check, (char *)scratch + size - CHECK_BYTES, sizeof check);
    memcpy(last, (char *)scratch + sizeof *last, sizeof *last);
    return check == check_of(scratch, size - CHECK_BYTES);
}

/* Everything before the torn end must be whole. */
static int check_records(const struct stream *stream, void *scratch,
                         struct sah_error *err) {
    int32_t last;
    for (size_t i = 0; i < stream->n; i++)
        if (!is_valid(stream, i, scratch, &last))
            return sah_error_add(err, SAH_FORMAT, "%s: record %zu is damaged",
                                 stream->path, i);
    return SAH_OK;
}

/* Drops the torn end and all that is later than `day`. */
static int cut_back(struct stream *stream, int32_t day, struct sah_error *err) {
    size_t size = record_size(stream);
    off_t length = lseek(stream->fd, 0, SEEK_END);
    void *scratch = length < 0 ? NULL : malloc(size);
    if (!scratch)
        return sah_error_add(err, SAH_MEMORY, "no memory for %s", stream->path);
    stream->n = (size_t)length / size;
    int32_t last;
    while (stream->n > 0 &&
           (!is_valid(stream, stream->n - 1, scratch, &last) || last > day))
        stream->n--;
    int status = check_records(stream, scratch, err);
    free(scratch);
    if (status) return status;
    if (ftruncate(stream->fd, (off_t)(stream->n * size)) == 0) return SAH_OK;
    return sah_disk_fail(err, stream->path, "shorten");
}

/* Files that are read only at the end are looked at in the beginning too. */
static int check_files(const struct sah_part *part, struct sah_error *err) {
    DIR *folder = opendir(part->folder);
    if (!folder) return sah_disk_fail(err, part->folder, "read the folder");
    int status = SAH_OK;
    for (struct dirent *entry; !status && (entry = readdir(folder));) {
        struct stat info;
        if (fstatat(dirfd(folder), entry->d_name, &info, 0) != 0) continue;
        if (S_ISREG(info.st_mode) || S_ISDIR(info.st_mode)) continue;
        status = sah_error_add(err, SAH_INPUT, "%s/%s: is not a regular file",
                               part->folder, entry->d_name);
    }
    closedir(folder);
    return status;
}

int sah_part_resume(const char *target, const char *layout,
                    const struct sah_stream_plan plan[SAH_STREAM_COUNT], int32_t day,
                    struct sah_part **out, struct sah_error *err) {
    struct sah_part *part = new_part(target, plan);
    if (!part) return sah_error_add(err, SAH_MEMORY, "no memory for %s.part", target);
    int status = same_layout(part, layout, err);
    if (!status) status = check_files(part, err);
    if (!status) status = take_lock(part, err);
    if (!status) status = open_streams(part, 0, err);
    for (int s = 0; !status && s < SAH_STREAM_COUNT; s++)
        if (part->stream[s].fd >= 0) status = cut_back(&part->stream[s], day, err);
    if (status) {
        sah_part_close(part);
        return status;
    }
    *out = part;
    return SAH_OK;
}

/* ---- records ------------------------------------------------------------------- */

static void fill_record(const struct stream *stream, char *at, int32_t first,
                        int32_t last, const void *payload) {
    memcpy(at, &first, sizeof first);
    memcpy(at + sizeof first, &last, sizeof last);
    memcpy(at + DAYS_BYTES, payload, stream->payload);
    uint64_t check = check_of(at, DAYS_BYTES + stream->payload);
    memcpy(at + DAYS_BYTES + stream->payload, &check, sizeof check);
}

int sah_part_append(struct sah_part *part, enum sah_stream which, int32_t first,
                    int32_t last, const void *payloads, size_t n,
                    struct sah_error *err) {
    struct stream *stream = &part->stream[which];
    if (stream->fd < 0 || n == 0) return SAH_OK;
    size_t size = record_size(stream);
    char *records = malloc(n * size);
    if (!records)
        return sah_error_add(err, SAH_MEMORY, "no memory for a block of results");
    for (size_t i = 0; i < n; i++)
        fill_record(stream, records + i * size, first, last,
                    (const char *)payloads + i * stream->payload);
    int status =
        sah_disk_write(stream->fd, records, n * size, (off_t)(stream->n * size));
    if (status)
        status = sah_disk_fail(err, stream->path, "write");
    else
        stream->n += n;
    free(records);
    return status;
}

/* From here on the folder counts as work that can be gone on with. */
static int save_layout(struct sah_part *part, struct sah_error *err) {
    if (!part->layout) return SAH_OK;
    char *path = sah_part_path(part, SAH_PART_MARK);
    if (!path) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    int status = sah_disk_save(path, part->layout, strlen(part->layout), err);
    free(path);
    if (status) return status;
    free(part->layout);
    part->layout = NULL;
    return SAH_OK;
}

int sah_part_sync(struct sah_part *part, struct sah_error *err) {
    for (int s = 0; s < SAH_STREAM_COUNT; s++)
        if (part->stream[s].fd >= 0 && fsync(part->stream[s].fd) != 0)
            return sah_disk_fail(err, part->stream[s].path, "write");
    return save_layout(part, err);
}

const char *sah_part_file(const struct sah_part *part, enum sah_stream stream) {
    return part->stream[stream].path;
}

size_t sah_part_count(const struct sah_part *part, enum sah_stream stream) {
    return part->stream[stream].n;
}

static int read_at(const struct stream *stream, size_t record, size_t offset,
                   size_t bytes, void *out, struct sah_error *err) {
    off_t at = (off_t)(record * record_size(stream) + offset);
    if (!sah_disk_read(stream->fd, out, bytes, at)) return SAH_OK;
    return sah_disk_fail(err, stream->path, "read");
}

int sah_part_days(const struct sah_part *part, enum sah_stream stream, size_t record,
                  int32_t *first, int32_t *last, struct sah_error *err) {
    int32_t days[2];
    int status = read_at(&part->stream[stream], record, 0, sizeof days, days, err);
    if (status) return status;
    *first = days[0];
    *last = days[1];
    return SAH_OK;
}

int sah_part_read(const struct sah_part *part, enum sah_stream stream, size_t record,
                  size_t offset, size_t bytes, void *out, struct sah_error *err) {
    return read_at(&part->stream[stream], record, DAYS_BYTES + offset, bytes, out, err);
}

/* ---- small files --------------------------------------------------------------- */

int sah_part_save(struct sah_part *part, const char *name, const void *data,
                  size_t length, struct sah_error *err) {
    char *path = sah_part_path(part, name);
    if (!path) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    int status = sah_disk_save_sealed(path, data, length, err);
    free(path);
    return status;
}

int sah_part_load(const struct sah_part *part, const char *name, void **data,
                  size_t *length, struct sah_error *err) {
    char *path = sah_part_path(part, name);
    if (!path) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    int status = sah_disk_load_sealed(path, data, length, err);
    free(path);
    return status;
}

void sah_part_drop(struct sah_part *part, const char *name) {
    char *path = sah_part_path(part, name);
    if (path) unlink(path);
    free(path);
}
