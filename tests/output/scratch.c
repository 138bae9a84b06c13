#include "tests/output/scratch.h"

#include "output/disk.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[128];

int scratch_make(void **state) {
    (void)state;
    const char *parent = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.100s/sahel-XXXXXX", parent ? parent : "/tmp");
    return mkdtemp(folder) ? 0 : -1;
}

const char *scratch(const char *name) {
    static char path[8][256];
    static unsigned turn;
    char *text = path[turn++ % 8];
    snprintf(text, sizeof path[0], "%s/%.100s", folder, name);
    return text;
}

long scratch_size(const char *name) {
    struct stat info;
    return stat(scratch(name), &info) == 0 ? (long)info.st_size : -1;
}

void scratch_write(const char *name, const void *data, unsigned long length) {
    FILE *out = fopen(scratch(name), "wb");
    if (!out || fwrite(data, 1, length, out) != length || fclose(out) != 0) abort();
}

void scratch_drop(const char *name) {
    const char *path = scratch(name);
    if (unlink(path) == 0) return;
    sah_disk_empty(path, NULL);
    rmdir(path);
}

int scratch_remove(void **state) {
    (void)state;
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (entry->d_name[0] != '.') scratch_drop(entry->d_name);
    if (dir) closedir(dir);
    return rmdir(folder);
}
