/* A packed chunk is what the filters of HDF5 make of it, and what is packed ahead is what
 * is packed at the end. */
#include "output/ahead.h"

#include "output/h5.h"
#include "output/store.h"
#include "tests/output/scratch.h"
#include "tests/support/alloc.h"
#include "tests/support/cmocka_all.h"

#include <errno.h>
#include <omp.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { CELLS = 37 * 53, ITEMS = 3, TYPES = 5, RECORDS = 101, ROW = 53 };

static struct sah_error err;

/* A field of each size of value, of `ITEMS` items or of one. */
static const struct sah_observable what[TYPES] = {
    {.name = "u8", .place = SAH_FIELD, .type = SAH_U8},
    {.name = "i16", .place = SAH_FIELD, .type = SAH_I16},
    {.name = "i32", .place = SAH_FIELD, .type = SAH_I32},
    {.name = "f32", .place = SAH_FIELD, .type = SAH_F32},
    {.name = "f64", .place = SAH_FIELD, .type = SAH_F64},
};

static struct sah_watched variable[TYPES];
static struct sah_watch watch = {.place = SAH_FIELD, .n = TYPES, .variable = variable};

static void lay_out(void) {
    watch.payload_size = 0;
    for (int v = 0; v < TYPES; v++) {
        size_t count = (size_t)CELLS * (v % 2 ? ITEMS : 1);
        variable[v] = (struct sah_watched){
            .what = &what[v], .count = count, .offset = watch.payload_size};
        watch.payload_size += count * sah_type_size(what[v].type);
    }
}

/* Much that is nothing, some that repeats, some noise, as in a result. */
static double value_of(size_t record, size_t i) {
    uint32_t x = (uint32_t)(record / 5 * 7919 + i) * 2654435761u;
    return i % 3 == 0 ? 0 : i % 3 == 1 ? (double)(i % 11) : (double)(x >> 25);
}

static void append(struct sah_part *part, size_t record) {
    char *payload = malloc(watch.payload_size);
    for (int v = 0; v < TYPES; v++) {
        size_t size = sah_type_size(what[v].type);
        for (size_t i = 0; i < variable[v].count; i++)
            sah_store_put(what[v].type, value_of(record, i),
                          payload + variable[v].offset + i * size);
    }
    int32_t day = (int32_t)record;
    assert_int_equal(
        sah_part_append(part, SAH_STREAM_FIELDS, day, day, payload, 1, &err), SAH_OK);
    free(payload);
}

static struct sah_part *begun(const char *name, size_t records) {
    lay_out();
    const struct sah_stream_plan plan[SAH_STREAM_COUNT] = {
        [SAH_STREAM_FIELDS] = {"fields", watch.payload_size}};
    struct sah_part *part;
    assert_int_equal(sah_part_create(scratch(name), "", plan, true, &part, &err),
                     SAH_OK);
    for (size_t i = 0; i < records; i++) append(part, i);
    return part;
}

/* ---- as HDF5 does ---------------------------------------------------------------- */

/* A dataset written through the filters: the slow and obvious twin. */
static hid_t twin(struct sah_h5 *h5, const struct sah_part *part, int v,
                  const struct sah_cut *cut, size_t n) {
    enum sah_type type = what[v].type;
    hid_t time = sah_h5_dimension(h5, h5->file, "time", n);
    hid_t item = sah_h5_dimension(h5, h5->file, "item", cut->items);
    hid_t lat = sah_h5_dimension(h5, h5->file, "lat", CELLS / ROW);
    hid_t lon = sah_h5_dimension(h5, h5->file, "lon", ROW);
    hid_t dataset = sah_h5_variable(
        h5, h5->file,
        &(struct sah_h5_variable){.name = "twin",
                                  .type = type,
                                  .rank = 4,
                                  .dim = {time, item, lat, lon},
                                  .chunk = {cut->periods, 1, CELLS / ROW, ROW},
                                  .fill = true});
    size_t bytes = variable[v].count * sah_type_size(type);
    char *all = malloc(n * bytes);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(sah_part_read(part, SAH_STREAM_FIELDS, i, variable[v].offset,
                                       bytes, all + i * bytes, &err),
                         SAH_OK);
    sah_h5_write(h5, dataset, type, all);
    H5Dflush(dataset);
    free(all);
    for (int i = 0; i < 4; i++) sah_h5_drop((const hid_t[]){time, item, lat, lon}[i]);
    return dataset;
}

static void compare_chunk(hid_t dataset, const struct sah_cut *cut, size_t k,
                          const struct sah_packer *packer) {
    const hsize_t at[4] = {k / cut->items * cut->periods, k % cut->items};
    hsize_t bytes = 0;
    uint32_t mask = 1;
    assert_true(H5Dget_chunk_storage_size(dataset, at, &bytes) >= 0);
    assert_int_equal(bytes, packer->bytes);
    char *theirs = malloc(bytes);
    assert_true(H5Dread_chunk(dataset, H5P_DEFAULT, at, &mask, theirs) >= 0);
    assert_int_equal(mask, 0);
    assert_memory_equal(theirs, packer->packed, bytes);
    free(theirs);
}

/* `n` periods are no multiple of those of a chunk for any type, so that each has an edge. */
static void chunks_are_those_of_the_filters(void **state) {
    (void)state;
    struct sah_part *part = begun("a", RECORDS);
    for (int v = 0; v < TYPES; v++) {
        struct sah_cut cut = sah_cut_of(&variable[v], CELLS);
        assert_true(cut.periods > 1 && RECORDS % cut.periods != 0);
        struct sah_h5 h5;
        struct sah_packer packer;
        assert_int_equal(sah_h5_create(&h5, scratch("a.h5"), "a.h5", &err), SAH_OK);
        hid_t dataset = twin(&h5, part, v, &cut, RECORDS);
        assert_true(sah_h5_has_chunks(dataset));
        assert_int_equal(sah_packer_init(&packer, cut.periods * cut.plane, &err),
                         SAH_OK);
        for (size_t k = 0; k < (RECORDS / cut.periods + 1) * cut.items; k++) {
            assert_int_equal(sah_packer_pack(&packer, part, &cut, RECORDS, k, &err),
                             SAH_OK);
            compare_chunk(dataset, &cut, k, &packer);
        }
        sah_packer_free(&packer);
        sah_h5_drop(dataset);
        assert_int_equal(sah_h5_close(&h5), SAH_OK);
    }
    sah_part_remove(part);
}

/* What is handed over packed is read as any other value. */
static void chunks_are_read_back(void **state) {
    (void)state;
    struct sah_part *part = begun("b", RECORDS);
    struct sah_cut cut = sah_cut_of(&variable[3], CELLS);
    struct sah_h5 h5;
    struct sah_packer packer;
    assert_int_equal(sah_h5_create(&h5, scratch("b.h5"), "b.h5", &err), SAH_OK);
    hid_t dataset = twin(&h5, part, 3, &cut, RECORDS);
    assert_int_equal(sah_packer_init(&packer, cut.periods * cut.plane, &err), SAH_OK);
    assert_int_equal(sah_packer_pack(&packer, part, &cut, RECORDS, 1, &err), SAH_OK);
    sah_h5_write_chunk(&h5, dataset, (const hsize_t[4]){0, 2}, packer.packed,
                       packer.bytes);
    assert_int_equal(h5.status, SAH_OK);
    float *all = malloc(RECORDS * variable[3].count * sizeof *all);
    assert_true(
        H5Dread(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, all) >= 0);
    for (size_t i = 0; i < (size_t)CELLS * ITEMS; i++)
        assert_true(all[i] == (float)value_of(0, i < 2 * CELLS ? i : i - CELLS));
    free(all);
    sah_packer_free(&packer);
    sah_h5_drop(dataset);
    sah_h5_close(&h5);
    sah_part_remove(part);
}

static void a_chunk_that_does_not_fit_is_told(void **state) {
    (void)state;
    lay_out();
    struct sah_part *part = begun("c", 2);
    struct sah_cut cut = sah_cut_of(&variable[2], CELLS);
    struct sah_h5 h5;
    assert_int_equal(sah_h5_create(&h5, scratch("c.h5"), "c.h5", &err), SAH_OK);
    hid_t dataset = twin(&h5, part, 2, &cut, 2);
    sah_h5_write_chunk(&h5, dataset, (const hsize_t[4]){1}, "x", 1);
    assert_int_equal(h5.status, SAH_IO);
    assert_non_null(strstr(err.text, "c.h5: cannot write /twin"));
    sah_error_clear(&err);
    sah_h5_drop(dataset);
    sah_h5_close(&h5);
    sah_part_remove(part);
}

/* ---- ahead ----------------------------------------------------------------------- */

static bool no_thread; /* is to be had */

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *how,
                          void *(*work)(void *), void *data);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *how,
                          void *(*work)(void *), void *data) {
    return no_thread ? EAGAIN : __real_pthread_create(thread, how, work, data);
}

/* All chunks of a variable that were packed ahead, each as it is packed at the end; how
 * many they are. */
static size_t compare(const struct sah_ahead *ahead, const struct sah_part *part,
                      size_t v) {
    struct sah_cut cut = sah_cut_of(&variable[v], CELLS);
    struct sah_packer packer;
    size_t k = 0;
    assert_int_equal(sah_packer_init(&packer, cut.periods * cut.plane, &err), SAH_OK);
    for (const struct sah_packed *p = sah_ahead_first(ahead, v); p; p = p->next, k++) {
        assert_int_equal(sah_packer_pack(&packer, part, &cut, RECORDS, k, &err),
                         SAH_OK);
        assert_int_equal(p->bytes, packer.bytes);
        assert_memory_equal(p->data, packer.packed, p->bytes);
    }
    sah_packer_free(&packer);
    return k;
}

static size_t compare_all(const struct sah_ahead *ahead, const struct sah_part *part) {
    size_t sum = 0;
    for (size_t v = 0; v < TYPES; v++) sum += compare(ahead, part, v);
    return sum;
}

static size_t whole_chunks(void) {
    size_t sum = 0;
    for (size_t v = 0; v < TYPES; v++) {
        struct sah_cut cut = sah_cut_of(&variable[v], CELLS);
        sum += RECORDS / cut.periods * cut.items;
    }
    return sum;
}

/* However far it comes while records are still appended. */
static void what_is_packed_ahead_is_the_same(void **state) {
    (void)state;
    struct sah_part *part = begun("d", 0);
    struct sah_ahead *ahead = sah_ahead_start(part, &watch, CELLS, SAH_AHEAD_ROOM);
    assert_non_null(ahead);
    for (size_t n = 0; n < RECORDS;) {
        append(part, n++);
        sah_ahead_tell(ahead, n);
    }
    sah_ahead_stop(ahead);
    assert_true(compare_all(ahead, part) <= whole_chunks());
    sah_ahead_free(ahead);
    sah_part_remove(part);
}

/* What it makes of records that are there already, given longer and longer. */
static size_t made(const struct sah_part *part, size_t told, size_t room,
                   size_t wanted) {
    size_t n = 0;
    long ms = 50;
    do {
        struct sah_ahead *ahead = sah_ahead_start(part, &watch, CELLS, room);
        assert_non_null(ahead);
        sah_ahead_tell(ahead, told);
        nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000}, NULL);
        sah_ahead_stop(ahead);
        n = compare_all(ahead, part);
        sah_ahead_free(ahead);
        ms *= 3;
    } while (n != wanted && ms < 10000);
    return n;
}

static void all_whole_chunks_are_packed(void **state) {
    (void)state;
    struct sah_part *part = begun("e", RECORDS);
    size_t all = whole_chunks();
    assert_int_equal(made(part, RECORDS, SAH_AHEAD_ROOM, all), all);
    sah_part_remove(part);
}

/* The first variable is short of records that are not there, so the others are not come
 * to; of a small room the first chunks take what there is. */
static void it_ends_quietly_where_it_cannot_go_on(void **state) {
    (void)state;
    struct sah_part *part = begun("f", RECORDS);
    struct sah_cut first = sah_cut_of(&variable[0], CELLS);
    size_t left = RECORDS / first.periods;
    assert_int_equal(made(part, 2 * RECORDS, SAH_AHEAD_ROOM, left), left);
    struct sah_packer packer;
    assert_int_equal(sah_packer_init(&packer, first.periods * first.plane, &err),
                     SAH_OK);
    assert_int_equal(sah_packer_pack(&packer, part, &first, RECORDS, 0, &err), SAH_OK);
    assert_int_equal(made(part, RECORDS, packer.bytes + 40, 1), 1);
    assert_int_equal(made(part, RECORDS, packer.bytes, 0), 0);
    sah_packer_free(&packer);
    sah_part_remove(part);
}

static void without_thread_or_memory_nothing_is_packed_ahead(void **state) {
    (void)state;
    struct sah_part *part = begun("g", 1);
    no_thread = true;
    assert_null(sah_ahead_start(part, &watch, CELLS, SAH_AHEAD_ROOM));
    no_thread = false;
    struct sah_ahead *ahead = NULL;
    long n = 0;
    for (alloc_fail_at(++n);
         !(ahead = sah_ahead_start(part, &watch, CELLS, SAH_AHEAD_ROOM));
         alloc_fail_at(++n))
        assert_true(alloc_failed());
    alloc_fail_at(0);
    assert_true(n > 4);
    sah_ahead_free(ahead);
    assert_null(sah_ahead_start(part, &watch, 0, SAH_AHEAD_ROOM));
    omp_set_num_threads(1);
    assert_null(sah_ahead_start(part, &watch, CELLS, SAH_AHEAD_ROOM));
    omp_set_num_threads(2);
    sah_ahead_tell(NULL, 1);
    sah_ahead_stop(NULL);
    sah_ahead_free(NULL);
    assert_null(sah_ahead_first(NULL, 0));
    sah_part_remove(part);
}

static void a_packer_without_memory_says_so(void **state) {
    (void)state;
    struct sah_packer packer;
    for (long n = 1; n <= 4; n++) {
        alloc_fail_at(n);
        assert_int_equal(sah_packer_init(&packer, 1000, &err), SAH_MEMORY);
        alloc_fail_at(0);
        assert_non_null(strstr(err.text, "no memory to pack 1000 bytes"));
        sah_error_clear(&err);
        sah_packer_free(&packer);
    }
}

int main(void) {
    omp_set_num_threads(2);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chunks_are_those_of_the_filters),
        cmocka_unit_test(chunks_are_read_back),
        cmocka_unit_test(a_chunk_that_does_not_fit_is_told),
        cmocka_unit_test(what_is_packed_ahead_is_the_same),
        cmocka_unit_test(all_whole_chunks_are_packed),
        cmocka_unit_test(it_ends_quietly_where_it_cannot_go_on),
        cmocka_unit_test(without_thread_or_memory_nothing_is_packed_ahead),
        cmocka_unit_test(a_packer_without_memory_says_so),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
