/* Making a folder, and finding out whose it is. */
#include "sim/study/study_folder.h"

#include "output/disk.h"
#include "sim/study/mark.h"

#include <dirent.h>
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

/* ---- is it ours? --------------------------------------------------------------------- */

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

static int make_inside(const struct sah_study_folder *folder, const char *name,
                       struct sah_error *err) {
    char *path = sah_study_folder_file(folder, name);
    int status = path ? sah_disk_folder(path, err)
                      : sah_error_add(err, SAH_MEMORY, "no memory for a path");
    free(path);
    return status;
}

/* With the claim on beginning: one process at a time. */
static int settle(struct sah_study_folder *folder, const char *path,
                  const char *identity, struct sah_error *err) {
    struct stat info;
    if (stat(path, &info) == 0)
        return sah_mark_compare(path, folder->path, "study", identity, err);
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
    if (!status) status = sah_mark_compare(path, folder->path, "study", identity, err);
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
    if (!status && create) status = sah_disk_folder(path, err);
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
