/* The colours of every picture: ramps for amounts, one colour per actor, quiet land.
 *
 * Ramps run straight in lightness (CIELAB L*), so that equal steps look equal, print in
 * grey and survive colour blindness. Actors take their colour by label, never by order,
 * so that a group looks the same on every map, plot and page. */
#ifndef SAH_OUTPUT_PALETTE_H
#define SAH_OUTPUT_PALETTE_H
#include <stddef.h>
#include <stdint.h>

struct sah_colour {
    double r, g, b, a; /* sRGB 0..1, not multiplied by a */
};
struct sah_lab {
    double l, a, b; /* CIELAB, white D65: l 0 black .. 100 white */
};

struct sah_colour sah_colour_hex(uint32_t rgb); /* 0xRRGGBB, opaque */
struct sah_colour sah_colour_fade(struct sah_colour colour, double alpha);
struct sah_lab sah_colour_lab(struct sah_colour colour);
struct sah_colour sah_colour_of_lab(struct sah_lab lab); /* nearest by clipping */

enum sah_ramp {
    SAH_RAMP_EMBER, /* harm: pale yellow to dark wine */
    SAH_RAMP_TIDE,  /* people: pale green to deep blue */
    SAH_RAMP_DUSK,  /* anything else: pale rose to indigo */
    SAH_RAMP_RULE,  /* diverging: blue, pale yellow, vermilion */
    SAH_RAMP_INK,   /* strength where hue already tells who: pale to dark grey */
    SAH_RAMP_COUNT,
};
struct sah_colour sah_ramp_at(enum sah_ramp ramp, double at); /* at 0..1, clipped */

/* Neutral tones of paper, type and land. */
enum sah_ink {
    SAH_INK_PAPER,
    SAH_INK_TEXT,
    SAH_INK_SOFT,  /* second line of type, ticks */
    SAH_INK_FAINT, /* corner text */
    SAH_INK_LAND,
    SAH_INK_SEA,
    SAH_INK_WATER, /* lines of rivers and shores */
    SAH_INK_BORDER,
    SAH_INK_REGION,
    SAH_INK_ROAD,
    SAH_INK_NAME, /* names of countries */
    SAH_INK_COUNT,
};
struct sah_colour sah_ink(enum sah_ink ink);

/* The colours of n actors, distinct as long as the palette lasts. Known labels (such as
 * "macina" or "Katibat Macina") have fixed colours; others get one of those left by a
 * hash of their label. */
void sah_actor_colours(const char *const *label, size_t n, struct sah_colour *out);
struct sah_colour sah_actor_colour(const char *label);

/* The palette itself: colour i of sah_actor_palette_count. */
size_t sah_actor_palette_count(void);
struct sah_colour sah_actor_palette(size_t i);

#endif
