/* Records on the disk. */
#include "sim/study/record.h"

#include "output/disk.h"
#include "sim/kernel/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char magic[8] = "SAHRUN1";

/* ---- saving ------------------------------------------------------------------------- */

static struct sah_digest check_of(const struct sah_record_head *head, const void *body,
                                  size_t length) {
    struct sah_digest_state state;
    sah_digest_init(&state);
    sah_digest_update(&state, "head", SAH_U8, head, sizeof *head);
    sah_digest_update(&state, "body", SAH_U8, body, length);
    return sah_digest_final(&state);
}

static int write_all(int fd, const struct sah_record_head *head, const void *body,
                     size_t length) {
    struct sah_digest check = check_of(head, body, length);
    off_t behind = (off_t)(sizeof *head + length);
    return sah_disk_write(fd, head, sizeof *head, 0) ||
           sah_disk_write(fd, body, length, sizeof *head) ||
           sah_disk_write(fd, &check, sizeof check, behind);
}

int sah_record_save(const char *path, const struct sah_record_head *head,
                    const void *body, size_t length, struct sah_error *err) {
    struct sah_record_head marked = *head;
    char *temporary = sah_disk_concat(path, ".new");
    if (!temporary) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    memcpy(marked.magic, magic, sizeof magic);
    int fd = -1,
        status = sah_file_open(temporary, O_WRONLY | O_CREAT | O_TRUNC, &fd, err);
    if (!status && write_all(fd, &marked, body, length))
        status = sah_disk_fail(err, path, "write");
    if (fd >= 0 && close(fd) != 0 && !status)
        status = sah_disk_fail(err, path, "write");
    if (!status && rename(temporary, path) != 0)
        status = sah_disk_fail(err, path, "put the finished file in place");
    if (status) unlink(temporary);
    free(temporary);
    return status;
}

/* ---- loading ------------------------------------------------------------------------ */

struct cursor {
    const char *at, *end;
    bool good;
};

/* `n` things of `size` bytes; nothing where they are not there. */
static const void *take(struct cursor *cursor, uint64_t n, uint64_t size) {
    uint64_t left = (uint64_t)(cursor->end - cursor->at);
    if (!cursor->good || (size && n > left / size)) {
        cursor->good = false;
        return NULL;
    }
    const char *found = cursor->at;
    cursor->at += n * size;
    return found;
}

static bool lay_out(struct sah_record *record) {
    const struct sah_record_head *head = &record->head;
    struct cursor cursor = {record->data + sizeof *head,
                            record->data + record->length - sizeof record->check, true};
    /* measures are read where they lie: the message is padded to whole doubles */
    record->message = take(&cursor, (head->message + 7) / 8, 8);
    record->measure = take(&cursor, head->nmeasures, sizeof *record->measure);
    for (int p = 0; p < SAH_RECORD_PLACES; p++) {
        if (head->payload[p] > UINT32_MAX) return false;
        record->place[p] = take(&cursor, head->periods[p], sah_record_period(head, p));
    }
    for (size_t k = 0; k < SAH_MAX_LOGS; k++) {
        if (head->row[k] > UINT32_MAX) return false;
        record->log[k] = take(&cursor, head->rows[k], sah_record_row(head, k));
    }
    return cursor.good && cursor.at == cursor.end;
}

static bool is_sound(struct sah_record *record, struct sah_digest study, size_t run) {
    struct sah_record_head *head = &record->head;
    if (record->length < sizeof *head + sizeof record->check) return false;
    memcpy(head, record->data, sizeof *head);
    memcpy(&record->check, record->data + record->length - sizeof record->check,
           sizeof record->check);
    if (memcmp(head->magic, magic, sizeof magic) != 0 || head->run != run) return false;
    size_t body = record->length - sizeof *head - sizeof record->check;
    struct sah_digest check = check_of(head, record->data + sizeof *head, body);
    return sah_digest_equal(check, record->check) &&
           sah_digest_equal(head->study, study) && lay_out(record);
}

int sah_record_load(const char *path, struct sah_digest study, size_t run,
                    struct sah_record *record, struct sah_error *err) {
    void *data = NULL;
    *record = (struct sah_record){0};
    int status = sah_disk_load(path, &data, &record->length, err);
    record->data = data;
    if (status || is_sound(record, study, run)) return status;
    return sah_error_add(err, SAH_FORMAT, "%s: is damaged or cut short", path);
}

void sah_record_free(struct sah_record *record) {
    free(record->data);
    *record = (struct sah_record){0};
}
