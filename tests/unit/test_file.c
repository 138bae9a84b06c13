/* Whole files: read to the last byte, or a message with the path. */
#include "sim/kernel/file.h"
#include "tests/support/alloc.h"
#include "tests/support/cmocka_all.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A temporary file of some bytes; its path goes to `path`. */
static void make_file(char *path, const char *bytes, size_t n) {
    strcpy(path, "/tmp/sahel-file-XXXXXX");
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, bytes, n), n);
    close(descriptor);
}

static void reads_every_byte(void **state) {
    (void)state;
    char path[64], *text;
    size_t length;
    make_file(path, "a\0b\r\n", 5);
    assert_int_equal(sah_file_read(path, 5, &text, &length, NULL), 0);
    assert_int_equal(length, 5);
    assert_memory_equal(text, "a\0b\r\n", 6);
    free(text);
    remove(path);
    make_file(path, "", 0);
    assert_int_equal(sah_file_read(path, 0, &text, &length, NULL), 0);
    assert_int_equal(length, 0);
    assert_string_equal(text, "");
    free(text);
    remove(path);
}

static void refusals_name_the_path(void **state) {
    (void)state;
    char path[64], *text;
    size_t length;
    struct sah_error err = {0};
    make_file(path, "12345", 5);
    assert_int_equal(sah_file_read(path, 4, &text, &length, &err), SAH_LIMIT);
    assert_int_equal(sah_file_read("/tmp", 4, &text, &length, &err), SAH_MISSING);
    assert_int_equal(sah_file_read("/tmp/no/such", 4, &text, &length, &err),
                     SAH_MISSING);
    assert_non_null(strstr(err.text, "/tmp/sahel-file-"));
    assert_non_null(strstr(err.text, "/tmp: is not a regular file\n"));
    assert_non_null(strstr(err.text, "/tmp/no/such: No such file or directory\n"));
    sah_error_clear(&err);
    remove(path);
}

/* Nobody writes into the pipe or reads from it: an open that waits would never end. */
static void nothing_else_is_opened_or_waited_for(void **state) {
    (void)state;
    static const int flags[] = {O_RDONLY, O_RDWR, O_WRONLY | O_CREAT | O_TRUNC};
    char path[] = "/tmp/sahel-pipe-XXXXXX";
    assert_true(mkdtemp(path));
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);
    const char *const names[] = {path, "/dev/null", "/tmp", "/dev/zero"};
    alarm(20);
    for (size_t n = 0; n < sizeof names / sizeof *names; n++)
        for (size_t k = 0; k < sizeof flags / sizeof *flags; k++) {
            struct sah_error err = {0};
            int fd = -1;
            assert_int_equal(sah_file_open(names[n], flags[k], &fd, &err), SAH_MISSING);
            assert_int_equal(fd, -1);
            assert_non_null(strstr(err.text, "is not a regular file\n"));
            sah_error_clear(&err);
        }
    alarm(0);
    remove(path);
}

static void failed_allocations_are_told(void **state) {
    (void)state;
    char path[64], *text;
    size_t length;
    make_file(path, "12345", 5);
    alloc_fail_at(1); /* fopen's own is inside the C library */
    assert_int_equal(sah_file_read(path, 9, &text, &length, NULL), SAH_MEMORY);
    alloc_fail_at(0);
    remove(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_byte),
        cmocka_unit_test(refusals_name_the_path),
        cmocka_unit_test(nothing_else_is_opened_or_waited_for),
        cmocka_unit_test(failed_allocations_are_told),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
