/* Walks two files side by side. */
#include "output/diff_impl.h"

#include <fnmatch.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Results have two floors; a group that holds itself would have no end. */
enum { DEFAULT_LINES = 20, MOST_DEPTH = 16 };

static const char *const always_ignored[] = {"/provenance/environment",
                                             "/provenance/resources"};
/* How HDF5 wires dimensions: addresses, not content. */
static const char *const wiring[] = {"DIMENSION_LIST", "REFERENCE_LIST"};

void sah_diff_tell(struct sah_diff *diff, const char *path, const char *format, ...) {
    size_t most = diff->options->max_lines ? diff->options->max_lines : DEFAULT_LINES;
    diff->count++;
    if (diff->told >= most) return;
    diff->told++;
    va_list args;
    va_start(args, format);
    fprintf(diff->out, "%s: ", path);
    vfprintf(diff->out, format, args);
    fputc('\n', diff->out);
    va_end(args);
}

static bool is_ignored(const struct sah_diff *diff, const char *path) {
    for (size_t i = 0; i < sizeof always_ignored / sizeof *always_ignored; i++)
        if (strcmp(path, always_ignored[i]) == 0) return true;
    for (size_t i = 0; i < diff->options->nignore; i++) {
        const char *glob = diff->options->ignore[i];
        if (fnmatch(glob, *glob == '/' ? path : path + 1, 0) == 0) return true;
    }
    return false;
}

/* `parent`, a mark, `name`; caller frees. NULL without memory, which is remembered. */
static char *path_of(struct sah_diff *diff, const char *parent, char mark,
                     const char *name) {
    if (mark == '/' && strcmp(parent, "/") == 0) parent = "";
    size_t size = strlen(parent) + strlen(name) + 2;
    char *path = sah_h5_room(&diff->a, size, 1);
    if (path) snprintf(path, size, "%s%c%s", parent, mark, name);
    return path;
}

/* ---- attributes ---------------------------------------------------------------- */

static bool is_wiring(const char *name) {
    for (size_t i = 0; i < sizeof wiring / sizeof *wiring; i++)
        if (strcmp(name, wiring[i]) == 0) return true;
    return false;
}

/* Tells attributes of `x` that `y` lacks; compares the others when `both`. */
static void attributes_of(struct sah_diff *diff, const char *path, struct sah_h5 *h5,
                          hid_t x, hid_t y, bool both) {
    struct sah_h5 *other = h5 == &diff->a ? &diff->b : &diff->a;
    char *name;
    for (size_t i = 0; (name = sah_h5_attribute(h5, x, i)); i++) {
        char *where = path_of(diff, path, '@', name);
        if (where && !is_wiring(name) && !is_ignored(diff, where)) {
            bool there = sah_h5_has_attribute(other, y, name);
            if (!there && !sah_diff_status(diff))
                sah_diff_tell(diff, where, "only in %s", h5->path);
            else if (there && both)
                sah_diff_attribute(diff, where, name, x, y);
        }
        free(where);
        free(name);
    }
}

/* ---- members ------------------------------------------------------------------- */

static void compare_objects(struct sah_diff *diff, const char *path, hid_t a, hid_t b);

static void compare_member(struct sah_diff *diff, const char *path, const char *name,
                           hid_t a, hid_t b) {
    hid_t x = sah_h5_object(&diff->a, a, name), y = sah_h5_object(&diff->b, b, name);
    if (!sah_diff_status(diff)) compare_objects(diff, path, x, y);
    sah_h5_drop(x);
    sah_h5_drop(y);
}

/* Tells members of `x` that `y` lacks; compares the others when `both`. */
static void members_of(struct sah_diff *diff, const char *path, struct sah_h5 *h5,
                       hid_t x, hid_t y, bool both) {
    struct sah_h5 *other = h5 == &diff->a ? &diff->b : &diff->a;
    size_t n = sah_h5_members(h5, x);
    for (size_t i = 0; i < n && !sah_diff_status(diff); i++) {
        char *name = sah_h5_member(h5, x, i);
        char *where = name ? path_of(diff, path, '/', name) : NULL;
        if (where && !is_ignored(diff, where)) {
            bool there = sah_h5_has(other, y, name);
            if (!there && !sah_diff_status(diff))
                sah_diff_tell(diff, where, "only in %s", h5->path);
            else if (there && both)
                compare_member(diff, where, name, x, y);
        }
        free(where);
        free(name);
    }
}

static void compare_groups(struct sah_diff *diff, const char *path, hid_t a, hid_t b) {
    if (diff->depth == MOST_DEPTH) {
        diff->a.status =
            sah_error_add(diff->err, SAH_FORMAT, "%s: groups within groups without end",
                          diff->a.path);
        return;
    }
    diff->depth++;
    members_of(diff, path, &diff->a, a, b, true);
    members_of(diff, path, &diff->b, b, a, false);
    diff->depth--;
}

static void compare_objects(struct sah_diff *diff, const char *path, hid_t a, hid_t b) {
    H5I_type_t kind = H5Iget_type(a);
    if (kind != H5Iget_type(b)) {
        sah_diff_tell(diff, path, "a group in one file, a dataset in the other");
        return;
    }
    attributes_of(diff, path, &diff->a, a, b, true);
    attributes_of(diff, path, &diff->b, b, a, false);
    if (kind == H5I_DATASET) sah_diff_dataset(diff, path, a, b);
    if (kind == H5I_GROUP) compare_groups(diff, path, a, b);
}

int sah_diff(const char *a, const char *b, const struct sah_diff_options *options,
             FILE *out, struct sah_error *err) {
    static const struct sah_diff_options none;
    struct sah_diff diff = {
        .options = options ? options : &none, .out = out, .err = err};
    int status = sah_h5_open(&diff.a, a, err);
    int other = sah_h5_open(&diff.b, b, err);
    if (!status) status = other;
    if (!status) {
        compare_member(&diff, "/", "/", diff.a.file, diff.b.file);
        status = sah_diff_status(&diff);
    }
    if (diff.count > diff.told)
        fprintf(out, "and %zu more differences\n", diff.count - diff.told);
    sah_h5_close(&diff.a);
    sah_h5_close(&diff.b);
    if (!status && (fflush(out) != 0 || ferror(out)))
        status = sah_error_add(err, SAH_IO, "cannot write the differences");
    return status ? status : diff.count ? SAH_DIFFERS : SAH_OK;
}
