/* Ramps and neutral tones.
 *
 * A ramp is given by five sRGB anchors of our own; only their hue and chroma count, the
 * lightness is laid straight from the first to the last (diverging: to the middle and
 * back), after Kovesi 2015, "Good colour maps: how to design them", arXiv:1509.03700.
 * CIELAB: CIE 15:2004, white D65; sRGB: IEC 61966-2-1. */
#include "output/palette.h"

#include <math.h>
#include <stdbool.h>

static const double WHITE[3] = {0.95047, 1.0, 1.08883};

struct sah_colour sah_colour_hex(uint32_t rgb) {
    return (struct sah_colour){(double)(rgb >> 16 & 255) / 255.0,
                               (double)(rgb >> 8 & 255) / 255.0,
                               (double)(rgb & 255) / 255.0, 1.0};
}

struct sah_colour sah_colour_fade(struct sah_colour colour, double alpha) {
    colour.a *= alpha;
    return colour;
}

static double to_linear(double v) {
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double from_linear(double v) {
    v = fmin(fmax(v, 0.0), 1.0);
    return v <= 0.0031308 ? 12.92 * v : 1.055 * pow(v, 1.0 / 2.4) - 0.055;
}

static double lab_f(double t) {
    return t > 216.0 / 24389.0 ? cbrt(t) : (24389.0 / 27.0 * t + 16.0) / 116.0;
}

static double lab_f_inverse(double f) {
    double cube = f * f * f;
    return cube > 216.0 / 24389.0 ? cube : (116.0 * f - 16.0) * 27.0 / 24389.0;
}

struct sah_lab sah_colour_lab(struct sah_colour colour) {
    double r = to_linear(colour.r), g = to_linear(colour.g), b = to_linear(colour.b);
    double x = lab_f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE[0]);
    double y = lab_f((0.2126729 * r + 0.7151522 * g + 0.0721750 * b) / WHITE[1]);
    double z = lab_f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / WHITE[2]);
    return (struct sah_lab){116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)};
}

struct sah_colour sah_colour_of_lab(struct sah_lab lab) {
    double fy = (lab.l + 16.0) / 116.0;
    double x = WHITE[0] * lab_f_inverse(fy + lab.a / 500.0);
    double y = WHITE[1] * lab_f_inverse(fy);
    double z = WHITE[2] * lab_f_inverse(fy - lab.b / 200.0);
    return (struct sah_colour){
        from_linear(3.2404542 * x - 1.5371385 * y - 0.4985314 * z),
        from_linear(-0.9692660 * x + 1.8760108 * y + 0.0415560 * z),
        from_linear(0.0556434 * x - 0.2040259 * y + 1.0572252 * z), 1.0};
}

enum { ANCHORS = 5 };

static const struct {
    uint32_t anchor[ANCHORS];
    double l_first, l_last;
    bool diverging; /* l_last is then the lightness of the middle */
} RAMP[SAH_RAMP_COUNT] = {
    [SAH_RAMP_EMBER] = {{0xFFE9B0, 0xFDB35A, 0xE8663C, 0xA82A43, 0x43123F},
                        91,
                        18,
                        false},
    [SAH_RAMP_TIDE] = {{0xDDF0D6, 0x9BD3C0, 0x4BA3B5, 0x2C69A3, 0x1D2A60},
                       91,
                       20,
                       false},
    [SAH_RAMP_DUSK] = {{0xF6E3E1, 0xDDB7CF, 0xAC86BF, 0x6C57A2, 0x2B2766},
                       90,
                       20,
                       false},
    [SAH_RAMP_RULE] = {{0x0A4F8F, 0x7FB2D8, 0xF6E7A6, 0xE8935A, 0xA63A00},
                       38,
                       91,
                       true},
    [SAH_RAMP_INK] = {{0xE4E1DC, 0xB5B2AE, 0x8A8784, 0x5F5D5B, 0x2E2D2C},
                      86,
                      24,
                      false},
};

/* Lightness at `at`: straight, or straight to the middle and back. */
static double lightness(enum sah_ramp ramp, double at) {
    double t = RAMP[ramp].diverging ? 1.0 - fabs(2.0 * at - 1.0) : at;
    return RAMP[ramp].l_first + t * (RAMP[ramp].l_last - RAMP[ramp].l_first);
}

struct sah_colour sah_ramp_at(enum sah_ramp ramp, double at) {
    at = at > 0.0 ? fmin(at, 1.0) : 0.0; /* NAN becomes 0 */
    double place = at * (ANCHORS - 1);
    int i = place >= ANCHORS - 1 ? ANCHORS - 2 : (int)place;
    double t = place - i;
    struct sah_lab low = sah_colour_lab(sah_colour_hex(RAMP[ramp].anchor[i]));
    struct sah_lab high = sah_colour_lab(sah_colour_hex(RAMP[ramp].anchor[i + 1]));
    return sah_colour_of_lab((struct sah_lab){lightness(ramp, at),
                                              low.a + t * (high.a - low.a),
                                              low.b + t * (high.b - low.b)});
}

struct sah_colour sah_ink(enum sah_ink ink) {
    static const uint32_t rgb[SAH_INK_COUNT] = {
        [SAH_INK_PAPER] = 0xFFFFFF,  [SAH_INK_TEXT] = 0x1F2428,
        [SAH_INK_SOFT] = 0x565E64,   [SAH_INK_FAINT] = 0x8A9196,
        [SAH_INK_LAND] = 0xF4F2ED,   [SAH_INK_SEA] = 0xDCE7ED,
        [SAH_INK_WATER] = 0x8FB3C9,  [SAH_INK_BORDER] = 0x4A4A4A,
        [SAH_INK_REGION] = 0xB3AEA5, [SAH_INK_ROAD] = 0xC9B99B,
        [SAH_INK_NAME] = 0x6E6A64,
    };
    return sah_colour_hex(rgb[ink]);
}
