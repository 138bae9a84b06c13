/* One colour per actor everywhere.
 *
 * The first eight are those of Okabe and Ito 2008, "Color Universal Design" (free to
 * use), in the order that suits the Sahel; the others fill gaps in lightness between
 * them, so that all stay apart under red-green blindness (a test measures it). */
#include "output/palette.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

enum slot {
    VERMILION,
    ORANGE,
    PURPLE,
    YELLOW,
    BLACK,
    BLUE,
    GREEN,
    SKY, /* Okabe and Ito */
    WINE,
    BROWN,
    INDIGO,
    LAVENDER,
    STONE,
    PINE,
    MINT,
    OLIVE,
    ROSE,
    NAVY,
    VIOLET,
    MAGENTA,
    MAROON,
    SLOTS
};

static const uint32_t COLOUR[SLOTS] = {
    [VERMILION] = 0xD55E00, [ORANGE] = 0xE69F00,  [PURPLE] = 0xCC79A7,
    [YELLOW] = 0xF0E442,    [BLACK] = 0x000000,   [BLUE] = 0x0072B2,
    [GREEN] = 0x009E73,     [SKY] = 0x56B4E9,     [WINE] = 0x7A1F4E,
    [BROWN] = 0x8A5A1F,     [INDIGO] = 0x3D2C8D,  [LAVENDER] = 0xC9BEF1,
    [STONE] = 0xB5B5AC,     [PINE] = 0x1F5A3A,    [MINT] = 0xB0E8B0,
    [OLIVE] = 0xB0A048,     [ROSE] = 0xF84868,    [NAVY] = 0x082858,
    [VIOLET] = 0xB050F8,    [MAGENTA] = 0xB80088, [MAROON] = 0x680000,
};

/* Beginnings of labels, letters and digits only; the first that fits decides. Warm
 * colours stand for the family of JNIM, violet for the Islamic State's, blue and green
 * for states and those beside them; those of no camp have what is left. */
static const struct {
    const char *begins;
    enum slot slot;
} KNOWN[] = {
    {"jnim", VERMILION},
    {"gsim", VERMILION},
    {"macina", ORANGE},
    {"katibatmacina", ORANGE},
    {"katibamacina", ORANGE},
    {"flm", ORANGE},
    {"ansardin", PURPLE},
    {"ansaraldin", PURPLE},
    {"ansaredd", PURPLE},
    {"aqim", WINE},
    {"aqmi", WINE},
    {"almour", BROWN},
    {"almurab", BROWN},
    {"mourab", BROWN},
    {"murab", BROWN},
    {"ansarou", YELLOW},
    {"isgs", INDIGO},
    {"issahel", INDIGO},
    {"eigs", INDIGO},
    {"iswap", LAVENDER},
    {"bokoharam", LAVENDER},
    {"mali", BLUE},
    {"mli", BLUE},
    {"fama", BLUE},
    {"burkina", GREEN},
    {"bfa", GREEN},
    {"niger", SKY},
    {"ner", SKY},
    {"barkhane", BLACK},
    {"france", BLACK},
    {"minusma", STONE},
    {"unmission", STONE},
    {"selfdefence", PINE},
    {"selfdefense", PINE},
    {"vdp", PINE},
    {"volunteers", PINE},
    {"danna", PINE},
    {"koglweogo", ROSE},
    {"dozo", NAVY},
    {"cma", MINT},
    {"coordinationofazawad", MINT},
    {"plateforme", OLIVE},
    {"gatia", OLIVE},
    {"neighbours", OLIVE},
    {"g5force", NAVY},
    {"splinter1", VIOLET},
    {"splinter2", MAGENTA},
    {"splinter3", MAROON},
};

static const size_t NKNOWN = sizeof KNOWN / sizeof KNOWN[0];

size_t sah_actor_palette_count(void) {
    return SLOTS;
}

struct sah_colour sah_actor_palette(size_t i) {
    return sah_colour_hex(COLOUR[i % SLOTS]);
}

/* Whether `label`, letters and digits only, begins with `begins`. */
static bool begins_with(const char *label, const char *begins) {
    for (; *label && *begins; label++) {
        if (!isalnum((unsigned char)*label)) continue;
        if (tolower((unsigned char)*label) != *begins) return false;
        begins++;
    }
    return !*begins;
}

static int known_slot(const char *label) {
    for (size_t i = 0; i < NKNOWN; i++) {
        if (begins_with(label, KNOWN[i].begins)) return (int)KNOWN[i].slot;
    }
    return -1;
}

/* FNV-1a, for labels nobody has named yet. */
static size_t hashed_slot(const char *label) {
    uint32_t hash = 2166136261u;
    for (; *label; label++) hash = (hash ^ (unsigned char)*label) * 16777619u;
    return hash % SLOTS;
}

struct sah_colour sah_actor_colour(const char *label) {
    int known = known_slot(label);
    return sah_actor_palette(known >= 0 ? (size_t)known : hashed_slot(label));
}

/* The first slot from `slot` on that is used least. */
static size_t least_used(const size_t used[SLOTS], size_t slot) {
    size_t best = slot;
    for (size_t step = 1; step < SLOTS; step++) {
        size_t next = (slot + step) % SLOTS;
        if (used[next] < used[best]) best = next;
    }
    return best;
}

void sah_actor_colours(const char *const *label, size_t n, struct sah_colour *out) {
    size_t used[SLOTS] = {0};
    for (int known = 1; known >= 0; known--) { /* fixed colours are never given away */
        for (size_t i = 0; i < n; i++) {
            int fixed = known_slot(label[i]);
            if ((fixed >= 0) != known) continue;
            size_t wish = fixed >= 0 ? (size_t)fixed : hashed_slot(label[i]);
            size_t slot = fixed >= 0 && !used[wish] ? wish : least_used(used, wish);
            used[slot]++;
            out[i] = sah_actor_palette(slot);
        }
    }
}
