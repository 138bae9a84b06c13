/* What the fuzz targets share.
 *
 * A target is libFuzzer's: it is called with bytes, many thousand times in one process,
 * and must neither crash nor leak nor ask for memory without bound, whatever they say.
 * Refusing them is fine; docs/hostile-input.md tells how to run a target and add a seed. */
#ifndef SAH_TESTS_FUZZ_H
#define SAH_TESTS_FUZZ_H
#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);

/* A folder of this process in memory, emptied and removed at exit. */
const char *fuzz_folder(void);
/* The path of a file in it that holds the bytes; good until the next call. */
const char *fuzz_file(const char *name, const void *data, size_t size);
/* Where printed results go. */
FILE *fuzz_sink(void);

/* Parts of an input, cut at lines that hold nothing but "%% name". The first part has
 * the name "". `name` and `text` end in zeros and live until fuzz_parts_free. */
enum { FUZZ_PARTS = 16 };
struct fuzz_part {
    char *name, *text;
    size_t length;
};
struct fuzz_parts {
    size_t n;
    struct fuzz_part part[FUZZ_PARTS];
    char *storage;
};
void fuzz_parts_cut(struct fuzz_parts *parts, const uint8_t *data, size_t size);
void fuzz_parts_free(struct fuzz_parts *parts);

#endif
