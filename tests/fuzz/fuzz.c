/* Files in memory, and inputs of several parts. */
#include "tests/fuzz/fuzz.h"

#include "output/disk.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/dev/shm/sahel-fuzz-XXXXXX";

static void remove_folder(void) {
    sah_disk_empty(folder, NULL);
    rmdir(folder);
}

const char *fuzz_folder(void) {
    static int made;
    if (made) return folder;
    if (!mkdtemp(folder)) {
        perror(folder);
        exit(EXIT_FAILURE);
    }
    atexit(remove_folder);
    made = 1;
    return folder;
}

const char *fuzz_file(const char *name, const void *data, size_t size) {
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", fuzz_folder(), name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file)) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    return path;
}

FILE *fuzz_sink(void) {
    static FILE *sink;
    if (!sink) sink = fopen("/dev/null", "w");
    return sink;
}

/* ---- parts ------------------------------------------------------------------------- */

/* The next line "%% name" from `at` on, or NULL. */
static char *next_mark(char *at) {
    while (at && strncmp(at, "%% ", 3) != 0) {
        at = strchr(at, '\n');
        if (at) at++;
    }
    return at;
}

static void add_part(struct fuzz_parts *parts, char *name, char *text, size_t length) {
    parts->part[parts->n++] = (struct fuzz_part){name, text, length};
}

/* Zeros end a part early: the rest would be out of sight of what reads texts. */
void fuzz_parts_cut(struct fuzz_parts *parts, const uint8_t *data, size_t size) {
    *parts = (struct fuzz_parts){.storage = malloc(size + 2)};
    if (!parts->storage) exit(EXIT_FAILURE);
    if (size) memcpy(parts->storage, data, size);
    memset(parts->storage + size, 0, 2);
    char *name = parts->storage + size + 1, *at = parts->storage;
    while (parts->n < FUZZ_PARTS) {
        char *mark = next_mark(at);
        add_part(parts, name, at, mark ? (size_t)(mark - at) : strlen(at));
        if (!mark) return;
        *mark = '\0';
        name = mark + 3;
        at = strchr(name, '\n');
        if (!at) return;
        *at++ = '\0';
    }
}

void fuzz_parts_free(struct fuzz_parts *parts) {
    free(parts->storage);
}
