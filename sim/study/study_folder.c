/* Making a folder, and finding out whose it is. */
#include "sim/study/study_folder.h"

#include "output/disk.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char mark[] = "study.txt";

/* ---- paths -------------------------------------------------------------------------- */

char *sah_study_folder_file(const struct sah_study_folder *folder, const char *name) {
    return sah_disk_join(folder->path, name);
}

char *sah_study_folder_run(const struct sah_study_folder *folder, size_t run) {
    char name[48];
    snprintf(name, sizeof name, "runs/%06zu", run);
    return sah_disk_join(folder->path, name);
}

char *sah_study_folder_pack(const struct sah_study_folder *folder, size_t pack) {
    char name[48];
    snprintf(name, sizeof name, "packs/%03zu.h5", pack);
    return sah_disk_join(folder->path, name);
}

/* ---- another study? ------------------------------------------------------------------- */

/* The line of a key, "key<tab>value"; NULL where there is none. */
static const char *find_line(const char *text, const char *key, size_t length) {
    while (text && *text) {
        if (strncmp(text, key, length) == 0 && text[length] == '\t') return text;
        text = strchr(text, '\n');
        if (text) text++;
    }
    return NULL;
}

struct line {
    int key, value; /* lengths */
    const char *text;
};

static struct line line_at(const char *text) {
    struct line line = {.text = text, .key = (int)strcspn(text, "\t\n")};
    if (text[line.key] == '\t') line.value = (int)strcspn(text + line.key + 1, "\n");
    return line;
}

static const char *value_of(const struct line *line) {
    return line->text + line->key + (line->value ? 1 : 0);
}

/* Lines of `a` that are other or missing in `b`; `back`: only the missing, a is new. */
static void tell_changes(const char *path, const char *a, const char *b, bool back,
                         struct sah_error *err) {
    for (const char *at = a; at && *at; at = strchr(at, '\n'), at += at != NULL) {
        struct line old = line_at(at);
        const char *found = find_line(b, at, (size_t)old.key);
        struct line new = found ? line_at(found) : (struct line){.text = ""};
        bool same = found && old.value == new.value &&
                    !memcmp(value_of(&old), value_of(&new), (size_t)old.value);
        if (same || (back && found)) continue;
        if (found)
            sah_error_add(err, SAH_EXISTS, "%s: %.*s was %.*s, is now %.*s", path,
                          old.key, at, old.value, value_of(&old), new.value,
                          value_of(&new));
        else
            sah_error_add(err, SAH_EXISTS, "%s: %.*s = %.*s %s", path, old.key, at,
                          old.value, value_of(&old),
                          back ? "was not in it" : "is no longer in it");
    }
}

static int compare(const struct sah_study_folder *folder, const char *path,
                   const char *identity, struct sah_error *err) {
    void *data = NULL;
    size_t length = 0;
    int status = sah_disk_load_sealed(path, &data, &length, err);
    if (!status && strcmp(data, identity) != 0) {
        tell_changes(folder->path, data, identity, false, err);
        tell_changes(folder->path, identity, data, true, err);
        status = sah_error_add(err, SAH_EXISTS,
                               "%s: holds another study; give another folder, or put "
                               "the study back as it was",
                               folder->path);
    }
    free(data);
    return status;
}

/* What a study has that is just begun, also by another process. */
static bool is_ours(const char *name) {
    static const char *const names[] = {"claims", "runs", "packs", "study.txt",
                                        "study.txt.new"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0) return true;
    return name[0] == '.';
}

static int check_empty(const struct sah_study_folder *folder, struct sah_error *err) {
    DIR *dir = opendir(folder->path);
    int status = SAH_OK;
    if (!dir) return sah_disk_fail(err, folder->path, "open");
    for (struct dirent *entry; !status && (entry = readdir(dir));)
        if (!is_ours(entry->d_name))
            status = sah_error_add(err, SAH_EXISTS,
                                   "%s: holds %s and no study; give another folder",
                                   folder->path, entry->d_name);
    closedir(dir);
    return status;
}

/* ---- opening ------------------------------------------------------------------------ */

static int make_folder(const char *path, struct sah_error *err) {
    struct stat info;
    if (mkdir(path, 0777) == 0 || errno == EEXIST) {
        if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) return SAH_OK;
        return sah_error_add(err, SAH_EXISTS, "%s: exists and is no folder", path);
    }
    return sah_error_add(err, SAH_INPUT, "%s: no folder can be made there: %s", path,
                         strerror(errno));
}

static int make_inside(const struct sah_study_folder *folder, const char *name,
                       struct sah_error *err) {
    char *path = sah_study_folder_file(folder, name);
    int status = path ? make_folder(path, err)
                      : sah_error_add(err, SAH_MEMORY, "no memory for a path");
    free(path);
    return status;
}

/* With the claim on beginning: one process at a time. */
static int settle(struct sah_study_folder *folder, const char *path,
                  const char *identity, struct sah_error *err) {
    struct stat info;
    if (stat(path, &info) == 0) return compare(folder, path, identity, err);
    int status = check_empty(folder, err);
    if (!status) status = make_inside(folder, "runs", err);
    if (!status) status = make_inside(folder, "packs", err);
    if (!status) status = sah_disk_save_sealed(path, identity, strlen(identity), err);
    return status;
}

static int create_in(struct sah_study_folder *folder, const char *path,
                     const char *identity, struct sah_error *err) {
    struct stat info;
    bool is_old = stat(path, &info) == 0;
    char *claims = sah_study_folder_file(folder, "claims");
    if (!claims) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    int status = is_old ? SAH_OK : check_empty(folder, err);
    if (!status) status = sah_claims_open(&folder->claims, claims, err);
    if (!status) status = sah_claims_take(&folder->claims, SAH_CLAIM_BEGIN, err);
    if (!status) {
        status = settle(folder, path, identity, err);
        sah_claims_drop(&folder->claims, SAH_CLAIM_BEGIN);
    }
    free(claims);
    return status;
}

static int look_in(struct sah_study_folder *folder, const char *path,
                   const char *identity, struct sah_error *err) {
    struct stat info;
    char *claims = sah_study_folder_file(folder, "claims");
    if (!claims) return sah_error_add(err, SAH_MEMORY, "no memory for a path");
    int status = SAH_OK;
    if (stat(path, &info) != 0)
        status = sah_error_add(err, SAH_MISSING,
                               "%s: holds no study yet; begin with 'sahel study run'",
                               folder->path);
    if (!status) status = compare(folder, path, identity, err);
    if (!status) status = sah_claims_open(&folder->claims, claims, err);
    free(claims);
    return status;
}

int sah_study_folder_open(const struct sah_study *study, const char *path, bool create,
                          struct sah_study_folder *folder, struct sah_error *err) {
    *folder = (struct sah_study_folder){.path = strdup(path), .claims = {-1}};
    char *identity = sah_study_identity(study);
    char *marked = folder->path ? sah_study_folder_file(folder, mark) : NULL;
    int status = identity && marked
                     ? SAH_OK
                     : sah_error_add(err, SAH_MEMORY, "no memory for a study");
    if (!status) {
        struct sah_digest_state state;
        sah_digest_init(&state);
        sah_digest_update_text(&state, "study", identity);
        folder->study = sah_digest_final(&state);
    }
    if (!status && create) status = make_folder(path, err);
    if (!status)
        status = create ? create_in(folder, marked, identity, err)
                        : look_in(folder, marked, identity, err);
    free(marked);
    free(identity);
    return status;
}

void sah_study_folder_close(struct sah_study_folder *folder) {
    sah_claims_close(&folder->claims);
    free(folder->path);
    folder->path = NULL;
}
