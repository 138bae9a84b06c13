/* Asks the environment, then the program where it lies, then the build. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "sim/cli/data.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Paths handed out; a command line names few. */
struct path {
    struct path *before;
    char text[];
};
static struct path *paths;

static const char *keep(const char *folder, const char *name) {
    size_t length = strlen(folder), more = strlen(name) + 1;
    struct path *path = malloc(sizeof *path + length + 1 + more);
    if (!path) return name;
    memcpy(path->text, folder, length);
    path->text[length] = '/';
    memcpy(path->text + length + 1, name, more);
    path->before = paths;
    paths = path;
    return path->text;
}

/* The folder beside the program; NULL where there is none. */
static char *beside_program(void) {
    char path[PATH_MAX + sizeof "/" SAH_DATA_BESIDE];
    ssize_t length = readlink("/proc/self/exe", path, PATH_MAX);
    while (length > 0 && path[length - 1] != '/') length--;
    if (length <= 0) return NULL;
    memcpy(path + length, SAH_DATA_BESIDE, sizeof SAH_DATA_BESIDE);
    return realpath(path, NULL);
}

const char *sah_data_folder(void) {
    static char *beside;
    const char *chosen = getenv("SAHEL_DATA");
    if (chosen && *chosen) return chosen;
    if (!beside) beside = beside_program();
    return beside ? beside : SAH_DATA_DIR;
}

const char *sah_data_path(const char *name) {
    return keep(sah_data_folder(), name);
}

const char *sah_data_find(const char *path) {
    if (*path == '/' || access(path, F_OK) == 0) return path;
    const char *found = sah_data_path(path);
    return access(found, F_OK) == 0 ? found : path;
}
