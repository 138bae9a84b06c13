/* Actors have their colours everywhere; kinds, causes and reasons are told apart by
 * shade, so that nobody takes a cause for a country. */
#include "output/sheaf.h"

#include <stdlib.h>
#include <string.h>

static const char *const ACTORS[] = {"faction", "force", "country", "side_a", "side_b"};

bool sah_axis_has_actors(const struct sah_axis *axis) {
    for (size_t i = 0; i < sizeof ACTORS / sizeof *ACTORS; i++)
        if (strcmp(axis->name, ACTORS[i]) == 0) return true;
    return false;
}

const char *sah_axis_title(const struct sah_axis *axis, size_t item) {
    return axis->title ? axis->title[item] : axis->label[item];
}

/* Items of other axes go through the shades in three strides, so that neighbours
 * differ. */
static struct sah_colour shade(size_t item) {
    static const double stride[] = {0.16, 0.62, 0.38, 0.86};
    double at = stride[item % 4] + 0.05 * (double)(item / 4 % 3);
    return sah_ramp_at(item / 4 % 2 ? SAH_RAMP_TIDE : SAH_RAMP_DUSK, at);
}

static bool find_in(const struct sah_result *result, const char *name,
                    const char *label, struct sah_colour *colour) {
    const struct sah_axis *axis = sah_result_axis(result, name);
    int item = axis ? sah_axis_item(axis, label) : -1;
    if (item < 0) return false;
    struct sah_colour *all = calloc(axis->n + 1, sizeof *all);
    if (all) {
        sah_actor_colours(axis->label, axis->n, all);
        *colour = all[item];
    }
    free(all);
    return all != NULL;
}

/* A side is a faction or a force, and has its colour; civilians are grey. */
static struct sah_colour colour_of_side(const struct sah_result *result,
                                        const char *label) {
    struct sah_colour colour = sah_ink(SAH_INK_FAINT);
    if (find_in(result, "faction", label, &colour)) return colour;
    find_in(result, "force", label, &colour);
    return colour;
}

void sah_axis_colours(const struct sah_result *result, const struct sah_axis *axis,
                      struct sah_colour *colour) {
    bool sides = strncmp(axis->name, "side_", 5) == 0;
    if (!sah_axis_has_actors(axis)) {
        for (size_t i = 0; i < axis->n; i++) colour[i] = shade(i);
    } else if (sides && sah_result_axis(result, "faction")) {
        for (size_t i = 0; i < axis->n; i++)
            colour[i] = colour_of_side(result, axis->label[i]);
    } else {
        sah_actor_colours(axis->label, axis->n, colour);
    }
}
