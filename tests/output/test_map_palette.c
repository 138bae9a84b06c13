/* Ramps run straight in lightness, also to eyes without red or green cones; actors keep
 * their colours and stay apart. */
#include "output/palette.h"
#include "tests/support/cmocka_all.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static double apart(struct sah_lab m, struct sah_lab n) {
    return sqrt(pow(m.l - n.l, 2) + pow(m.a - n.a, 2) + pow(m.b - n.b, 2));
}

static double linear(double v) {
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double gamma_of(double v) {
    v = fmin(fmax(v, 0), 1);
    return v <= 0.0031308 ? 12.92 * v : 1.055 * pow(v, 1 / 2.4) - 0.055;
}

/* Machado, Oliveira and Fernandes 2009, IEEE TVCG 15(6), severity 1.0; on linear RGB.
 */
enum sight { DEUTAN, PROTAN };
static struct sah_colour seen(enum sight sight, struct sah_colour c) {
    static const double m[2][3][3] = {{{0.367322, 0.860646, -0.227968},
                                       {0.280085, 0.672501, 0.047413},
                                       {-0.011820, 0.042940, 0.968881}},
                                      {{0.152286, 1.052583, -0.204868},
                                       {0.114503, 0.786281, 0.099216},
                                       {-0.003882, -0.048116, 1.051998}}};
    double in[3] = {linear(c.r), linear(c.g), linear(c.b)}, out[3];
    for (int i = 0; i < 3; i++)
        out[i] = gamma_of(m[sight][i][0] * in[0] + m[sight][i][1] * in[1] +
                          m[sight][i][2] * in[2]);
    return (struct sah_colour){out[0], out[1], out[2], c.a};
}

static void lab_knows_its_landmarks(void **state) {
    (void)state;
    struct sah_lab white = sah_colour_lab(sah_colour_hex(0xFFFFFF));
    struct sah_lab red = sah_colour_lab(sah_colour_hex(0xFF0000));
    assert_true(fabs(white.l - 100) < 0.01 && fabs(white.a) < 0.02 &&
                fabs(white.b) < 0.02);
    assert_true(fabs(red.l - 53.24) < 0.05 && fabs(red.a - 80.09) < 0.1);
    for (uint32_t rgb = 0; rgb <= 0xFFFFFF; rgb += 0x01357) {
        struct sah_colour c = sah_colour_hex(rgb),
                          d = sah_colour_of_lab(sah_colour_lab(c));
        assert_true(fabs(c.r - d.r) + fabs(c.g - d.g) + fabs(c.b - d.b) < 2e-3);
    }
}

/* Lightness falls evenly: no step is more than half off the mean. */
static void sequential_ramps_fall_evenly(void **state) {
    (void)state;
    static const enum sah_ramp ramps[] = {SAH_RAMP_EMBER, SAH_RAMP_TIDE, SAH_RAMP_DUSK,
                                          SAH_RAMP_INK};
    enum { STEPS = 64 };
    for (size_t r = 0; r < sizeof ramps / sizeof ramps[0]; r++) {
        double first = sah_colour_lab(sah_ramp_at(ramps[r], 0)).l;
        double last = sah_colour_lab(sah_ramp_at(ramps[r], 1)).l;
        double mean = (first - last) / STEPS, before = first;
        assert_true(first - last > 55);
        for (int i = 1; i <= STEPS; i++) {
            double l = sah_colour_lab(sah_ramp_at(ramps[r], (double)i / STEPS)).l;
            assert_true(before - l > 0.5 * mean && before - l < 1.5 * mean);
            before = l;
        }
    }
}

static void ramps_keep_their_order_without_cones(void **state) {
    (void)state;
    for (int sight = DEUTAN; sight <= PROTAN; sight++) {
        for (int ramp = 0; ramp < SAH_RAMP_COUNT; ramp++) {
            if (ramp == SAH_RAMP_RULE) continue;
            double before = 101;
            for (int i = 0; i <= 20; i++) {
                struct sah_colour c = sah_ramp_at((enum sah_ramp)ramp, i / 20.0);
                double l = sah_colour_lab(seen((enum sight)sight, c)).l;
                assert_true(l < before);
                before = l;
            }
        }
    }
}

static void diverging_ramp_is_even_and_its_sides_differ(void **state) {
    (void)state;
    for (int i = 0; i <= 10; i++) {
        struct sah_colour low = sah_ramp_at(SAH_RAMP_RULE, 0.05 * i);
        struct sah_colour high = sah_ramp_at(SAH_RAMP_RULE, 1 - 0.05 * i);
        assert_true(fabs(sah_colour_lab(low).l - sah_colour_lab(high).l) < 4);
        if (i > 7) continue;
        for (int sight = DEUTAN; sight <= PROTAN; sight++)
            assert_true(apart(sah_colour_lab(seen((enum sight)sight, low)),
                              sah_colour_lab(seen((enum sight)sight, high))) > 20);
    }
}

static void ramps_clip(void **state) {
    (void)state;
    struct sah_colour low = sah_ramp_at(SAH_RAMP_TIDE, 0);
    struct sah_colour odd[] = {sah_ramp_at(SAH_RAMP_TIDE, -3),
                               sah_ramp_at(SAH_RAMP_TIDE, NAN)};
    for (int i = 0; i < 2; i++)
        assert_true(odd[i].r == low.r && odd[i].g == low.g && odd[i].b == low.b);
    assert_true(sah_ramp_at(SAH_RAMP_TIDE, 7).r == sah_ramp_at(SAH_RAMP_TIDE, 1).r);
}

static void actors_stay_apart_to_all_eyes(void **state) {
    (void)state;
    for (size_t i = 0; i < sah_actor_palette_count(); i++) {
        for (size_t j = 0; j < i; j++) {
            struct sah_colour a = sah_actor_palette(i), b = sah_actor_palette(j);
            double plain = apart(sah_colour_lab(a), sah_colour_lab(b));
            double deutan =
                apart(sah_colour_lab(seen(DEUTAN, a)), sah_colour_lab(seen(DEUTAN, b)));
            double protan =
                apart(sah_colour_lab(seen(PROTAN, a)), sah_colour_lab(seen(PROTAN, b)));
            if (plain <= 20 || deutan <= 11 || protan <= 8)
                print_message("%zu %zu: %g %g %g\n", i, j, plain, deutan, protan);
            assert_true(plain > 20 && deutan > 11 && protan > 8);
        }
    }
}

static int same(struct sah_colour a, struct sah_colour b) {
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

static void actors_have_their_colour_by_label(void **state) {
    (void)state;
    const char *one[] = {"macina", "isgs", "jnim"};
    const char *two[] = {"someone_else", "jnim", "another", "Katibat Macina"};
    struct sah_colour a[3], b[4];
    sah_actor_colours(one, 3, a);
    sah_actor_colours(two, 4, b);
    assert_true(same(a[0], b[3]));
    assert_true(same(a[2], b[1]));
    assert_true(same(a[1], sah_actor_colour("IS-GS")));
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < i; j++) assert_false(same(b[i], b[j]));
    }
}

static void many_strangers_differ_while_the_palette_lasts(void **state) {
    (void)state;
    enum { MOST = 64 };
    char text[MOST][16];
    const char *label[MOST];
    struct sah_colour colour[MOST];
    for (int i = 0; i < MOST; i++) {
        snprintf(text[i], sizeof text[i], "band%d", i * 7919);
        label[i] = text[i];
    }
    size_t n = sah_actor_palette_count();
    sah_actor_colours(label, n, colour);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) assert_false(same(colour[i], colour[j]));
    }
    sah_actor_colours(label, MOST, colour); /* more than the palette: still answers */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lab_knows_its_landmarks),
        cmocka_unit_test(sequential_ramps_fall_evenly),
        cmocka_unit_test(ramps_keep_their_order_without_cones),
        cmocka_unit_test(diverging_ramp_is_even_and_its_sides_differ),
        cmocka_unit_test(ramps_clip),
        cmocka_unit_test(actors_stay_apart_to_all_eyes),
        cmocka_unit_test(actors_have_their_colour_by_label),
        cmocka_unit_test(many_strangers_differ_while_the_palette_lasts),
    };
    return cmocka_run_group_tests_name("palette", tests, NULL, NULL);
}
