/* Unfinished work whose files were changed: checkpoint, raw streams, open periods.
 *
 * An input is a list of patches to the folder of a small run that was stopped half-way:
 * file (one byte), place (two), length (one), bytes; length 0 cuts the file there. All
 * checksums are made right again unless the first byte is odd, so that what they guard
 * is reached. Then the run is gone on with and stepped to its end; packing costs ten
 * times as much and is done where the first byte has its second bit. */
#include "output/disk.h"
#include "sim/kernel/checkpoint.h"
#include "sim/kernel/state.h"
#include "tests/fuzz/fuzz.h"
#include "tests/output/toy.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

enum { MOST_PATCHES = 16, ROOM = 1 << 17, STOP = 45, MOST_DAYS = 70 };

struct kept {
    const char *name;
    size_t record; /* of a stream */
    size_t length;
    char *bytes;
};

/* clang-format off */
static struct kept kept[] = {
    {.name = "checkpoint"}, {.name = "layout.txt"}, {.name = "settings"},
    {.name = "pending-2016-02-28"}, {.name = "fields.raw"}, {.name = "series.raw"},
    {.name = "ledger.raw"}, {.name = "events.raw"}, {.name = "digest.raw"},
};
/* clang-format on */
enum {
    NKEPT = sizeof kept / sizeof *kept,
    CHECKPOINT = 0,
    SETTINGS = 2,
    FIRST_STREAM = 4
};

static char result[256], part[300];

static void give_up(const char *what, const struct sah_error *err) {
    fprintf(stderr, "%s: %s\n", what, err->text ? err->text : "no message");
    exit(EXIT_FAILURE);
}

static void make_toy(struct toy *toy) {
    struct sah_error err = {0};
    if (toy_create(toy, "2016-01-15", "2016-03-10", "{}", &err)) give_up("toy", &err);
}

/* ---- the run that was stopped ------------------------------------------------------- */

/* All records of a stream are as long as its first: two are needed to tell. */
static void keep_file(struct kept *file) {
    char path[400];
    void *bytes;
    struct sah_error err = {0};
    snprintf(path, sizeof path, "%s/%s", part, file->name);
    if (sah_disk_load(path, &bytes, &file->length, &err)) give_up(path, &err);
    file->bytes = bytes;
}

static bool has_check(const struct kept *file, size_t record) {
    uint64_t check;
    if (record > file->length || file->length % record) return false;
    memcpy(&check, file->bytes + record - sizeof check, sizeof check);
    return check == XXH3_64bits(file->bytes, record - sizeof check);
}

static void measure_records(struct kept *file) {
    for (size_t size = 17; !file->record && size <= file->length; size++)
        if (has_check(file, size)) file->record = size;
}

static void make_kept(void) {
    struct toy toy;
    struct sah_error err = {0};
    struct sah_recorder *recorder;
    char checkpoint[400];
    snprintf(result, sizeof result, "%s/run.h5", fuzz_folder());
    snprintf(part, sizeof part, "%s.part", result);
    snprintf(checkpoint, sizeof checkpoint, "%s/checkpoint", part);
    make_toy(&toy);
    int status =
        sah_recorder_create(toy.world, &toy.params, result, true, &recorder, &err);
    for (int i = 0; !status && i < STOP; i++) {
        status = sah_world_step(toy.world, &err);
        if (!status) status = sah_recorder_day(recorder, toy.world, &err);
    }
    if (!status) status = sah_recorder_sync(recorder, toy.world, &err);
    if (!status) status = sah_checkpoint_write(toy.world, checkpoint, &err);
    if (status) give_up("stopped run", &err);
    sah_recorder_free(recorder);
    toy_free(&toy);
    for (int i = 0; i < NKEPT; i++) keep_file(&kept[i]);
    for (int i = FIRST_STREAM; i < NKEPT; i++) measure_records(&kept[i]);
}

/* ---- patches ------------------------------------------------------------------------ */

struct folder {
    size_t length[NKEPT];
    char *bytes[NKEPT];
};

static const uint8_t *patch(struct folder *to, const uint8_t *at, const uint8_t *end) {
    size_t which = at[0] % NKEPT, place = (size_t)(at[1] | at[2] << 8), n = at[3];
    at += 4;
    if (place > to->length[which]) place %= to->length[which] + 1;
    if (n == 0) to->length[which] = place;
    for (; n > 0 && at < end && place < ROOM - 1; n--)
        to->bytes[which][place++] = (char)*at++;
    if (place > to->length[which]) to->length[which] = place;
    return at;
}

static void repair_stream(struct folder *to, int which) {
    size_t record = kept[which].record;
    for (size_t at = 0; record && at + record <= to->length[which]; at += record) {
        char *begin = to->bytes[which] + at;
        uint64_t check = XXH3_64bits(begin, record - sizeof check);
        memcpy(begin + record - sizeof check, &check, sizeof check);
    }
}

/* The checksum behind a small file (output/disk.h). */
static void repair_sealed(struct folder *to, int which) {
    uint64_t check;
    if (to->length[which] < sizeof check) return;
    size_t content = to->length[which] - sizeof check;
    check = XXH3_64bits(to->bytes[which], content);
    memcpy(to->bytes[which] + content, &check, sizeof check);
}

/* As written by sim/kernel/checkpoint.c: a header, records of name, type and count with
 * their values, the digest of all. */
static void repair_checkpoint(struct folder *to) {
    enum { HEADER = 32, NAME_BYTES = 48, RECORD = 64 };
    char *bytes = to->bytes[CHECKPOINT];
    size_t end = to->length[CHECKPOINT], at = HEADER;
    struct sah_digest digest;
    struct sah_digest_state state;
    sah_digest_init(&state);
    while (at + RECORD + sizeof digest <= end) {
        char name[NAME_BYTES + 1] = "";
        uint32_t type;
        uint64_t count;
        memcpy(name, bytes + at, NAME_BYTES);
        memcpy(&type, bytes + at + NAME_BYTES, sizeof type);
        memcpy(&count, bytes + at + NAME_BYTES + 8, sizeof count);
        if (type > SAH_F64 || count > end) return;
        size_t size = count * sah_type_size((enum sah_type)type);
        if (at + RECORD + size + sizeof digest > end) return;
        sah_digest_update(&state, name, (enum sah_type)type, bytes + at + RECORD,
                          count);
        at += RECORD + size;
    }
    digest = sah_digest_final(&state);
    memcpy(bytes + at, &digest, sizeof digest);
}

static void fill_folder(struct folder *to, const uint8_t *data, size_t size) {
    static char room[NKEPT][ROOM];
    for (int i = 0; i < NKEPT; i++) {
        to->length[i] = kept[i].length;
        to->bytes[i] = room[i];
        memcpy(room[i], kept[i].bytes, kept[i].length);
    }
    bool repair = !size || data[0] % 2 == 0;
    const uint8_t *at = data + (size > 0), *end = data + size;
    for (int i = 0; i < MOST_PATCHES && end - at > 4; i++) at = patch(to, at, end);
    for (int i = FIRST_STREAM; repair && i < NKEPT; i++) repair_stream(to, i);
    for (int i = SETTINGS; repair && i < FIRST_STREAM; i++) repair_sealed(to, i);
    if (repair) repair_checkpoint(to);
}

static void write_folder(const struct folder *from) {
    char name[80];
    mkdir(part, 0777);
    sah_disk_empty(part, NULL);
    for (int i = 0; i < NKEPT; i++) {
        snprintf(name, sizeof name, "run.h5.part/%s", kept[i].name);
        fuzz_file(name, from->bytes[i], from->length[i]);
    }
}

/* ---- going on ----------------------------------------------------------------------- */

static void go_on(struct toy *toy, bool pack) {
    struct sah_error err = {0};
    struct sah_recorder *recorder = NULL;
    char checkpoint[400];
    snprintf(checkpoint, sizeof checkpoint, "%s/checkpoint", part);
    int status = sah_checkpoint_read(toy->world, checkpoint, &err);
    if (!status)
        status = sah_recorder_resume(toy->world, &toy->params, result, true, &recorder,
                                     &err);
    for (int i = 0; !status && i < MOST_DAYS && !sah_world_done(toy->world); i++) {
        status = sah_world_step(toy->world, &err);
        if (!status) status = sah_recorder_day(recorder, toy->world, &err);
    }
    const struct sah_provenance provenance = {.command = "toy", .threads = 1};
    if (!status && pack) sah_recorder_finish(recorder, toy->world, &provenance, &err);
    sah_recorder_free(recorder);
    sah_error_clear(&err);
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc, (void)argv;
    make_kept();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct toy toy;
    struct folder folder;
    fill_folder(&folder, data, size);
    write_folder(&folder);
    make_toy(&toy);
    go_on(&toy, size && data[0] & 2);
    toy_free(&toy);
    return 0;
}
