/* Comparing what a folder belongs to with what is asked. */
#include "sim/study/mark.h"

#include "output/disk.h"

#include <stdlib.h>
#include <string.h>

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

int sah_mark_compare(const char *path, const char *folder, const char *what,
                     const char *text, struct sah_error *err) {
    void *data = NULL;
    size_t length = 0;
    int status = sah_disk_load_sealed(path, &data, &length, err);
    if (!status && strcmp(data, text) != 0) {
        tell_changes(folder, data, text, false, err);
        tell_changes(folder, text, data, true, err);
        status = sah_error_add(err, SAH_EXISTS,
                               "%s: holds another %s; give another folder, or put "
                               "the %s back as it was",
                               folder, what, what);
    }
    free(data);
    return status;
}
