/* A patch: a tile of the torus with all that its turns may reach, in memory of its own.
 *
 * A turn moves twice by 7 cells at most and then touches counts within 8 more; a margin
 * that wide makes the torus flat for it, wherever the tile lies. Rows of a patch begin at
 * lines of the cache and the whole of it stays there, while rows of a large torus lie
 * pages apart. Patches played at the same time have no cell in common. */
#include "models/classic/epstein_play.h"

#include <string.h>

/* From column `at` of the patch on, `n` columns from `column` of the torus on. */
struct part {
    int at, column, n;
};

/* All columns; the patch reaches over the seam once at most. */
static void part_columns(const struct epstein_ground *patch, int n, int width,
                         struct part part[2]) {
    int first = patch->column[0], until_seam = width - first;
    part[0] = (struct part){0, first, n < until_seam ? n : until_seam};
    part[1] = (struct part){part[0].n, 0, n - part[0].n};
}

static void copy_part(const struct epstein_ground *to, int32_t to_cell,
                      const struct epstein_ground *from, int32_t from_cell, int n) {
    size_t cells = (size_t)n;
    memcpy(to->board + to_cell, from->board + from_cell, cells);
    memcpy(to->police_near + to_cell, from->police_near + from_cell, cells);
    memcpy(to->rebels_near + to_cell, from->rebels_near + from_cell, cells);
    memcpy(to->who + to_cell, from->who + from_cell, cells * sizeof *to->who);
}

/* Copies from the torus, or back to it. */
static void copy(const struct epstein_play *p, const struct epstein_ground *patch,
                 int columns, int rows, bool back) {
    const struct epstein_ground *torus = &p->torus;
    struct part part[2];
    part_columns(patch, columns, p->width, part);
    for (int y = 0; y < rows; y++)
        for (int i = 0; i < 2; i++) {
            int32_t here = y * EPSTEIN_STRIDE + part[i].at;
            int32_t there = patch->row[y] + part[i].column;
            if (back)
                copy_part(torus, there, patch, here, part[i].n);
            else
                copy_part(patch, here, torus, there, part[i].n);
        }
}

struct epstein_box sah_epstein_patch_take(const struct epstein_play *p,
                                          struct epstein_patch *patch,
                                          const struct epstein_box *tile) {
    struct epstein_box box = {
        .ground = {.board = patch->board,
                   .police_near = patch->police_near,
                   .rebels_near = patch->rebels_near,
                   .who = patch->who,
                   .row = p->torus.row + tile->y0 - EPSTEIN_MARGIN,
                   .column = p->torus.column + tile->x0 - EPSTEIN_MARGIN,
                   .patch = true},
        .x0 = EPSTEIN_MARGIN,
        .x1 = EPSTEIN_MARGIN + tile->x1 - tile->x0,
        .y0 = EPSTEIN_MARGIN,
        .y1 = EPSTEIN_MARGIN + tile->y1 - tile->y0,
    };
    copy(p, &box.ground, box.x1 + EPSTEIN_MARGIN, box.y1 + EPSTEIN_MARGIN, false);
    return box;
}

void sah_epstein_patch_return(const struct epstein_play *p,
                              const struct epstein_box *box) {
    copy(p, &box->ground, box->x1 + EPSTEIN_MARGIN, box->y1 + EPSTEIN_MARGIN, true);
}
