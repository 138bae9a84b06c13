/* Sheets become files: right kind, same bytes every time, nothing lost, nothing
 * overwritten, and a sentence for everything that cannot be. */
#include "output/canvas.h"
#include "output/canvas_file.h"
#include "tests/support/cmocka_all.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/sah_canvas_XXXXXX";

static int make_folder(void **state) {
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    return rmdir(folder);
}

static const char *in_folder(const char *name) {
    static char path[4][128];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static int draw(const char *path, bool force, struct sah_error *err) {
    struct sah_picture picture = {
        .path = path, .width_mm = 40, .dpi = 150, .force = force};
    struct sah_canvas *canvas;
    int code = sah_canvas_open(&picture, 60, "A <title> & more", &canvas, err);
    if (code) return code;
    struct sah_type_style style = {
        .size_pt = 8, .ink = sah_ink(SAH_INK_TEXT), .halo_pt = 1, .max_width_pt = 90};
    sah_canvas_text(canvas, &style, 5, 20, SAH_AT_LEFT,
                    "<b>Cote d'Ivoire</b> \xff\xfe");
    sah_canvas_text(canvas, &style, 5, 40, SAH_AT_LEFT,
                    "Much too long for a sheet as narrow as this one is");
    code = sah_canvas_finish(canvas, err);
    sah_canvas_free(canvas);
    return code;
}

static char *read_file(const char *path, size_t *n) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *n = (size_t)ftell(file);
    rewind(file);
    char *data = calloc(1, *n + 1);
    assert_non_null(data);
    assert_int_equal(fread(data, 1, *n, file), *n);
    fclose(file);
    return data;
}

static bool holds(const char *data, size_t n, const char *word) {
    for (size_t i = 0; i + strlen(word) <= n; i++) {
        if (memcmp(data + i, word, strlen(word)) == 0) return true;
    }
    return false;
}

static const char *const NAMES[] = {"a.png", "a.svg", "a.pdf"};

static void every_kind_has_its_header(void **state) {
    (void)state;
    static const char *const begins[] = {"\x89PNG\r\n\x1a\n",
                                         "<?xml version=", "%PDF-1."};
    for (int i = 0; i < 3; i++) {
        size_t n;
        assert_int_equal(draw(in_folder(NAMES[i]), false, NULL), SAH_OK);
        char *data = read_file(in_folder(NAMES[i]), &n);
        assert_true(n > 300);
        assert_memory_equal(data, begins[i], strlen(begins[i]));
        free(data);
        unlink(in_folder(NAMES[i]));
    }
}

static void equal_drawings_give_equal_bytes(void **state) {
    (void)state;
    for (int i = 0; i < 3; i++) {
        size_t n, again;
        assert_int_equal(draw(in_folder(NAMES[i]), false, NULL), SAH_OK);
        char *first = read_file(in_folder(NAMES[i]), &n);
        assert_int_equal(draw(in_folder(NAMES[i]), true, NULL), SAH_OK);
        char *second = read_file(in_folder(NAMES[i]), &again);
        assert_int_equal(n, again);
        assert_memory_equal(first, second, n);
        if (i == 2) assert_false(holds(first, n, "CreationDate"));
        free(first), free(second);
        unlink(in_folder(NAMES[i]));
    }
}

/* 150 dots per inch are 5906 per metre; 40 mm are 236 pixels. */
static void png_tells_its_size(void **state) {
    (void)state;
    size_t n;
    assert_int_equal(draw(in_folder("a.png"), false, NULL), SAH_OK);
    unsigned char *data = (unsigned char *)read_file(in_folder("a.png"), &n);
    assert_int_equal(data[18] << 8 | data[19], 236);
    assert_memory_equal(data + 37, "pHYs", 4);
    assert_int_equal(data[43] << 8 | data[44], 5906);
    free(data);
    unlink(in_folder("a.png"));
}

static void expect(const char *path, bool force, int code, const char *message) {
    struct sah_error err = {0};
    assert_int_equal(draw(path, force, &err), code);
    if (!strstr(err.text, message)) fail_msg("'%s' lacks '%s'", err.text, message);
    sah_error_clear(&err);
}

static void refusals_say_why(void **state) {
    (void)state;
    expect(in_folder("a.gif"), false, SAH_INPUT, "a.gif: unknown kind of picture");
    expect(in_folder("png"), false, SAH_INPUT, ".png, .svg or .pdf");
    expect(in_folder("nowhere/a.png"), false, SAH_INPUT, "cannot be written: No such");
    assert_int_equal(mkdir(in_folder("dir.png"), 0777), 0);
    expect(in_folder("dir.png"), true, SAH_INPUT, "is not a regular file");
    rmdir(in_folder("dir.png"));
}

static void an_existing_file_stays_without_force(void **state) {
    (void)state;
    FILE *file = fopen(in_folder("a.svg"), "w");
    fputs("precious", file);
    fclose(file);
    expect(in_folder("a.svg"), false, SAH_EXISTS, "--force replaces it");
    size_t n;
    char *data = read_file(in_folder("a.svg"), &n);
    assert_string_equal(data, "precious");
    free(data);
    assert_int_equal(draw(in_folder("a.svg"), true, NULL), SAH_OK);
    unlink(in_folder("a.svg"));
}

/* A name taken between opening and finishing is respected as well. */
static void saving_never_steals_a_name(void **state) {
    (void)state;
    struct sah_bytes bytes = {0};
    struct sah_error err = {0};
    assert_true(sah_bytes_add(&bytes, "new", 3));
    assert_int_equal(sah_bytes_save(&bytes, in_folder("x"), false, NULL), SAH_OK);
    assert_int_equal(sah_bytes_save(&bytes, in_folder("x"), false, &err), SAH_EXISTS);
    assert_int_equal(sah_bytes_save(&bytes, in_folder("no/x"), true, &err), SAH_IO);
    sah_bytes_free(&bytes);
    sah_error_clear(&err);
    unlink(in_folder("x")); /* rmdir at the end tells whether a part was left */
}

static void a_full_disk_is_an_error(void **state) {
    (void)state;
    struct sah_bytes bytes = {0};
    struct sah_error err = {0};
    if (access("/dev/full", W_OK) != 0) skip();
    assert_int_equal(symlink("/dev/full", in_folder("full.part")), 0);
    char part[160];
    snprintf(part, sizeof part, "%s.part.%ld", in_folder("full"), (long)getpid());
    assert_int_equal(rename(in_folder("full.part"), part), 0);
    assert_true(sah_bytes_add(&bytes, "much", 4));
    assert_int_equal(sah_bytes_save(&bytes, in_folder("full"), false, &err), SAH_IO);
    assert_non_null(strstr(err.text, "No space left"));
    sah_bytes_free(&bytes);
    sah_error_clear(&err);
}

static void too_large_is_refused_before_drawing(void **state) {
    (void)state;
    struct sah_error err = {0};
    struct sah_canvas *canvas;
    struct sah_picture huge = {
        .path = in_folder("a.png"), .width_mm = 5000, .dpi = 600};
    assert_int_equal(sah_canvas_open(&huge, 100, "t", &canvas, &err), SAH_INPUT);
    assert_null(canvas);
    assert_non_null(strstr(err.text, "pixels a side"));
    sah_error_clear(&err);
}

static void elements_are_numbered_by_appearance(void **state) {
    (void)state;
    const char before[] = "<g id=\"surface41\"/><image id=\"image7\"/>"
                          "<use href=\"#image7\"/><a href=\"#surface41\"/> surface9";
    const char after[] =
        "<g id=\"surface1\"/><image style=\"image-rendering:optimizeSpeed;"
        "image-rendering:pixelated\" id=\"image2\"/>"
        "<use href=\"#image2\"/><a href=\"#surface1\"/> surface9";
    struct sah_bytes svg = {0};
    assert_true(sah_bytes_add(&svg, before, strlen(before)));
    assert_true(sah_svg_settle(&svg));
    assert_int_equal(svg.n, strlen(after));
    assert_memory_equal(svg.data, after, svg.n);
    sah_bytes_free(&svg);
}

static void type_measures_and_shortens(void **state) {
    (void)state;
    struct sah_type_style style = {.size_pt = 10};
    struct sah_type_extent one = sah_type_measure(&style, "M"),
                           many = sah_type_measure(&style, "MMMM");
    assert_true(fabs(many.width - 4 * one.width) < 0.05 * many.width);
    assert_true(one.ascent > 5 && one.ascent < 14 && one.descent > 0);
    style.max_width_pt = 2.5 * one.width;
    assert_true(sah_type_measure(&style, "MMMM").width <= style.max_width_pt + 0.01);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_has_its_header),
        cmocka_unit_test(equal_drawings_give_equal_bytes),
        cmocka_unit_test(png_tells_its_size),
        cmocka_unit_test(refusals_say_why),
        cmocka_unit_test(an_existing_file_stays_without_force),
        cmocka_unit_test(saving_never_steals_a_name),
        cmocka_unit_test(a_full_disk_is_an_error),
        cmocka_unit_test(too_large_is_refused_before_drawing),
        cmocka_unit_test(elements_are_numbered_by_appearance),
        cmocka_unit_test(type_measures_and_shortens),
    };
    return cmocka_run_group_tests_name("canvas", tests, make_folder, remove_folder);
}
