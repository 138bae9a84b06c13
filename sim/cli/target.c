/* Looks at the file system and changes nothing. */
#include "sim/cli/target.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The folder that `path` lies in; caller frees. */
static char *parent_of(const char *path) {
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') length--;
    while (length > 0 && path[length - 1] != '/') length--;
    while (length > 1 && path[length - 1] == '/') length--;
    return length ? strndup(path, length) : strdup(".");
}

static int check_parent(const char *path, struct sah_error *err) {
    struct stat info;
    char *parent = parent_of(path);
    int status = SAH_OK;
    if (!parent)
        status = sah_error_add(err, SAH_MEMORY, "no memory for a path");
    else if (stat(parent, &info) != 0 || !S_ISDIR(info.st_mode))
        status =
            sah_error_add(err, SAH_MISSING, "%s: there is no folder %s", path, parent);
    else if (access(parent, W_OK) != 0)
        status = sah_error_add(err, SAH_INPUT, "%s: the folder %s: %s", path, parent,
                               strerror(errno));
    free(parent);
    return status;
}

int sah_target_check(const char *path, bool force, struct sah_error *err) {
    struct stat info;
    if (!*path) return sah_error_add(err, SAH_INPUT, "an empty name is no target");
    if (stat(path, &info) != 0) return check_parent(path, err);
    if (!S_ISREG(info.st_mode))
        return sah_error_add(err, SAH_EXISTS, "%s: is not a regular file", path);
    if (force) return SAH_OK;
    return sah_error_add(err, SAH_EXISTS, "%s: exists already; --force overwrites it",
                         path);
}

static bool is_picture(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot && strcmp(dot, ".png") == 0;
}

int sah_target_check_maps(const char *folder, bool force, struct sah_error *err) {
    struct stat info;
    if (!*folder) return sah_error_add(err, SAH_INPUT, "an empty name is no folder");
    if (stat(folder, &info) != 0) return check_parent(folder, err);
    if (!S_ISDIR(info.st_mode))
        return sah_error_add(err, SAH_EXISTS, "%s: exists and is no folder", folder);
    DIR *open = opendir(folder);
    if (!open) return sah_error_add(err, SAH_INPUT, "%s: %s", folder, strerror(errno));
    bool taken = false;
    for (struct dirent *entry; !taken && (entry = readdir(open));)
        taken = is_picture(entry->d_name);
    closedir(open);
    if (!taken || force) return SAH_OK;
    return sah_error_add(err, SAH_EXISTS,
                         "%s: holds pictures already; --force overwrites those of the "
                         "same names",
                         folder);
}

int sah_target_check_folder(const char *folder, bool force, struct sah_error *err) {
    struct stat info;
    if (!*folder) return sah_error_add(err, SAH_INPUT, "an empty name is no folder");
    if (stat(folder, &info) != 0) return check_parent(folder, err);
    if (!S_ISDIR(info.st_mode))
        return sah_error_add(err, SAH_EXISTS, "%s: exists and is no folder", folder);
    if (force) return SAH_OK;
    return sah_error_add(err, SAH_EXISTS, "%s: exists already; --force writes into it",
                         folder);
}

bool sah_target_same(const char *a, const char *b) {
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}

/* ---- the command line ------------------------------------------------------------ */

static void put_word(FILE *out, const char *word) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789_-+=./,:@%";
    if (*word && strspn(word, plain) == strlen(word)) {
        fputs(word, out);
        return;
    }
    fputc('\'', out);
    for (; *word; word++)
        if (*word == '\'')
            fputs("'\\''", out);
        else
            fputc(*word, out);
    fputc('\'', out);
}

char *sah_cli_command_line(int argc, char **argv) {
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out) return NULL;
    for (int i = 0; i < argc; i++) {
        if (i) fputc(' ', out);
        if (i)
            put_word(out, argv[i]);
        else
            fputs(argv[0], out); /* "sahel run" */
    }
    bool whole = !ferror(out);
    if (fclose(out) == 0 && whole) return text;
    free(text);
    return NULL;
}
