/* Bytes of pictures made final: element numbers, physical size, name.
 *
 * PNG chunks and their CRC: ISO/IEC 15948:2004, sections 5.3, 11.3.5.3 and annex D. */
#include "output/canvas_file.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool sah_bytes_add(struct sah_bytes *bytes, const void *data, size_t n) {
    if (n > bytes->capacity - bytes->n) {
        if (n > SIZE_MAX / 4 || bytes->n > SIZE_MAX / 4) return false;
        size_t capacity = 2 * (bytes->n + n);
        unsigned char *grown = realloc(bytes->data, capacity);
        if (!grown) return false;
        bytes->data = grown, bytes->capacity = capacity;
    }
    if (n && bytes->data) memcpy(bytes->data + bytes->n, data, n);
    bytes->n += n;
    return true;
}

void sah_bytes_free(struct sah_bytes *bytes) {
    free(bytes->data);
    *bytes = (struct sah_bytes){0};
}

/* All of it, whatever write() does in one go. */
static int write_all(int file, const struct sah_bytes *bytes) {
    size_t done = 0;
    while (done < bytes->n) {
        ssize_t n = write(file, bytes->data + done, bytes->n - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return -1;
        done += (size_t)n;
    }
    return fsync(file) == 0 || errno == EINVAL ? 0 : -1; /* pipes cannot be synced */
}

/* link() refuses an existing name, rename() replaces it. */
static int put_in_place(const char *part, const char *path, bool force) {
    if (force) return rename(part, path);
    if (link(part, path) == 0) return unlink(part);
    if (errno == EEXIST || access(path, F_OK) == 0) {
        errno = EEXIST;
        return -1;
    }
    return rename(part, path); /* a file system without links */
}

static int save_as(const struct sah_bytes *bytes, const char *part, const char *path,
                   bool force) {
    int file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NONBLOCK, 0666);
    if (file < 0) return -1;
    int failed = write_all(file, bytes), why = errno;
    if (close(file) != 0 && !failed) failed = -1, why = errno;
    if (!failed && put_in_place(part, path, force) != 0) failed = -1, why = errno;
    if (failed) unlink(part);
    errno = why;
    return failed;
}

int sah_bytes_save(const struct sah_bytes *bytes, const char *path, bool force,
                   struct sah_error *err) {
    struct stat there;
    if (stat(path, &there) == 0 && !S_ISREG(there.st_mode))
        return sah_error_add(err, SAH_EXISTS, "%s: is not a regular file", path);
    size_t room = strlen(path) + 32;
    char *part = malloc(room);
    if (!part) return sah_error_add(err, SAH_MEMORY, "%s: no memory to write", path);
    snprintf(part, room, "%s.part.%ld", path, (long)getpid());
    int failed = save_as(bytes, part, path, force), why = errno;
    free(part);
    if (!failed) return SAH_OK;
    if (why == EEXIST)
        return sah_error_add(err, SAH_EXISTS, "%s: exists already; --force replaces it",
                             path);
    return sah_error_add(err, SAH_IO, "%s: cannot be written: %s", path, strerror(why));
}

/* The number behind one of the counted words at `text`, and the length of the word. */
static bool counted(const char *text, const char *end, size_t *word, size_t *digits) {
    static const char *const words[] = {"surface", "image"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t n = strlen(words[i]), d = 0;
        if ((size_t)(end - text) <= n || memcmp(text, words[i], n) != 0) continue;
        while (text + n + d < end && isdigit((unsigned char)text[n + d])) d++;
        if (!d) continue;
        *word = n, *digits = d;
        return true;
    }
    return false;
}

struct numbering {
    unsigned long *seen;
    size_t n, capacity;
};

/* The rank of `number` by first appearance; 0 without memory. */
static size_t rank_of(struct numbering *numbers, unsigned long number) {
    for (size_t i = 0; i < numbers->n; i++) {
        if (numbers->seen[i] == number) return i + 1;
    }
    if (numbers->n == numbers->capacity) {
        size_t capacity = 2 * numbers->capacity + 16;
        unsigned long *grown = realloc(numbers->seen, capacity * sizeof *grown);
        if (!grown) return 0;
        numbers->seen = grown, numbers->capacity = capacity;
    }
    numbers->seen[numbers->n++] = number;
    return numbers->n;
}

static bool renumber(const struct sah_bytes *svg, struct numbering *numbers,
                     struct sah_bytes *out) {
    const char *at = (const char *)svg->data, *end = at + svg->n, *kept = at;
    while (at < end) {
        size_t word, digits;
        bool id =
            (*at == 's' || *at == 'i') && at > kept && (at[-1] == '"' || at[-1] == '#');
        if (!id || !counted(at, end, &word, &digits)) {
            at++;
            continue;
        }
        char text[24];
        size_t rank = rank_of(numbers, strtoul(at + word, NULL, 10));
        int n = snprintf(text, sizeof text, "%zu", rank);
        if (!rank || !sah_bytes_add(out, kept, (size_t)(at + word - kept)) ||
            !sah_bytes_add(out, text, (size_t)n))
            return false;
        at = kept = at + word + digits;
    }
    return sah_bytes_add(out, kept, (size_t)(end - kept)) && sah_bytes_add(out, "", 1);
}

static const char IMAGE[] = "<image ";
static const char SHARP[] = "style=\"image-rendering:optimizeSpeed;"
                            "image-rendering:pixelated\" ";

static bool sharpen(const struct sah_bytes *svg, struct sah_bytes *out) {
    const char *at = (const char *)svg->data, *end = at + svg->n;
    for (const char *next; (next = strstr(at, IMAGE)) != NULL;) {
        next += sizeof IMAGE - 1;
        if (!sah_bytes_add(out, at, (size_t)(next - at)) ||
            !sah_bytes_add(out, SHARP, sizeof SHARP - 1))
            return false;
        at = next;
    }
    return sah_bytes_add(out, at, (size_t)(end - at));
}

bool sah_svg_settle(struct sah_bytes *svg) {
    struct numbering numbers = {0};
    struct sah_bytes out = {0};
    struct sah_bytes numbered = {0};
    bool done = sah_bytes_add(svg, "", 1); /* a closing zero: scans stop inside */
    if (done) svg->n--;
    done = done && renumber(svg, &numbers, &numbered);
    if (done) numbered.n--; /* its zero is kept behind the end */
    done = done && sharpen(&numbered, &out);
    free(numbers.seen);
    sah_bytes_free(&numbered);
    if (!done) {
        sah_bytes_free(&out);
        return false;
    }
    sah_bytes_free(svg);
    *svg = out;
    return true;
}

static uint32_t png_crc(const unsigned char *data, size_t n) {
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < n; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? 0xEDB88320u ^ crc >> 1 : crc >> 1;
    }
    return ~crc;
}

static void put_u32(unsigned char *at, uint32_t value) {
    for (int i = 0; i < 4; i++) at[i] = (unsigned char)(value >> (24 - 8 * i));
}

bool sah_png_add_dpi(struct sah_bytes *png, double dpi) {
    enum { BEFORE = 8 + 25, LENGTH = 9, CHUNK = 12 + LENGTH }; /* signature and IHDR */
    unsigned char chunk[CHUNK] = {0};
    uint32_t per_metre = (uint32_t)lround(dpi / 0.0254);
    put_u32(chunk, LENGTH);
    memcpy(chunk + 4, "pHYs", 4);
    put_u32(chunk + 8, per_metre);
    put_u32(chunk + 12, per_metre);
    chunk[16] = 1; /* unit: metre */
    put_u32(chunk + 17, png_crc(chunk + 4, 4 + LENGTH));
    if (png->n < BEFORE || !sah_bytes_add(png, chunk, CHUNK)) return false;
    memmove(png->data + BEFORE + CHUNK, png->data + BEFORE, png->n - CHUNK - BEFORE);
    memcpy(png->data + BEFORE, chunk, CHUNK);
    return true;
}
