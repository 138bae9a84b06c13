/* How a faction breaks and mends: bands, money and habits change hands; the books know
 * both sides of it. */
#include "models/sahel/splinter.h"

/* ---- where they stand ---- */

static bool is_of(const struct sahel_bands *b, size_t band, int faction) {
    return b->faction[band] == faction && b->cell[band] != SAH_NOWHERE;
}

bool sah_sahel_belongs(const struct sahel *s, int faction, int to) {
    for (size_t hop = 0; hop <= s->nfactions && faction >= 0; hop++) {
        if (faction == to) return true;
        faction = s->pledged[faction];
    }
    return false;
}

static double km_from_middle(const struct sah_world *world, int32_t cell,
                             const struct sahel_middle *middle) {
    return sah_distance_km(sah_grid_lon(&world->grid, cell),
                           sah_grid_lat(&world->grid, cell), middle->lon, middle->lat);
}

static bool counts(const struct sahel *s, size_t band, int faction, bool members) {
    const struct sahel_bands *b = &s->bands;
    if (!members || b->cell[band] == SAH_NOWHERE) return is_of(b, band, faction);
    return sah_sahel_belongs(s, b->faction[band], faction);
}

struct sahel_middle sah_sahel_middle_of(const struct sah_world *world, int faction,
                                        bool members) {
    const struct sahel *s = sahel_of(world);
    const struct sahel_bands *b = &s->bands;
    struct sahel_middle m = {0};
    for (size_t i = 0; i < b->base.n; i++) {
        if (!counts(s, i, faction, members)) continue;
        m.fighters += b->fighters[i];
        m.lon += b->fighters[i] * sah_grid_lon(&world->grid, b->cell[i]);
        m.lat += b->fighters[i] * sah_grid_lat(&world->grid, b->cell[i]);
    }
    if (m.fighters == 0) return m;
    m.lon /= (double)m.fighters;
    m.lat /= (double)m.fighters;
    for (size_t i = 0; i < b->base.n; i++)
        if (counts(s, i, faction, members))
            m.spread_km += b->fighters[i] * km_from_middle(world, b->cell[i], &m);
    m.spread_km /= (double)m.fighters;
    return m;
}

/* ---- who leaves ---- */

/* The cell of the faction's farthest band, the first of equals. */
static int32_t farthest(const struct sah_world *world, int faction,
                        const struct sahel_middle *middle) {
    const struct sahel_bands *b = &sahel_of(world)->bands;
    int32_t best = SAH_NOWHERE;
    double most = 0;
    for (size_t i = 0; i < b->base.n; i++) {
        if (!is_of(b, i, faction) || b->cell[i] == best) continue;
        double km = km_from_middle(world, b->cell[i], middle);
        if (km <= most) continue;
        most = km;
        best = b->cell[i];
    }
    return best;
}

int64_t sah_sahel_far_part(const struct sah_world *world, int faction,
                           const struct sahel_middle *middle, bool *leaves) {
    const struct sahel_bands *b = &sahel_of(world)->bands;
    int32_t far = farthest(world, faction, middle);
    int64_t fighters = 0;
    for (size_t i = 0; i < b->base.n; i++) {
        leaves[i] = is_of(b, i, faction) && far != SAH_NOWHERE &&
                    sah_grid_distance_km(&world->grid, b->cell[i], far) <
                        km_from_middle(world, b->cell[i], middle);
        if (leaves[i]) fighters += b->fighters[i];
    }
    return fighters;
}

/* ---- breaking ---- */

static bool has_fighters(const struct sahel *s, int faction) {
    for (size_t i = 0; i < s->bands.base.n; i++)
        if (is_of(&s->bands, i, faction)) return true;
    return false;
}

int sah_sahel_free_row(const struct sahel *s) {
    for (int f = 0; f < (int)s->nfactions; f++)
        if (s->faction[f].splinter && !has_fighters(s, f)) return f;
    return -1;
}

static void copy_pair(struct sahel *s, size_t from, size_t to) {
    s->stance[to] = s->stance[from];
    s->given[to] = s->given[from];
    s->at_war[to] = s->at_war[from];
}

/* The row stands to all, and all to it, as they do with `from`. */
static void copy_relations(struct sahel *s, int from, int row) {
    size_t n = s->nfactions, a = (size_t)from, b = (size_t)row;
    for (size_t g = 0; g < s->ngroups; g++)
        s->affinity[b * s->ngroups + g] = s->affinity[a * s->ngroups + g];
    for (size_t k = 0; k < n; k++) {
        copy_pair(s, a * n + k, b * n + k);
        copy_pair(s, k * n + a, k * n + b);
    }
    copy_pair(s, a * n + a, b * n + b);
}

void sah_sahel_break_away(struct sah_world *world, int from, int row,
                          const bool *leaves, double treasury_share) {
    struct sahel *s = sahel_of(world);
    s->line[row] = s->line[from];
    s->arrears[row] = s->arrears[from];
    s->active[row] = 1;
    copy_relations(s, from, row);
    sah_deed_share(world, from, row,
                   (int64_t)((double)s->treasury[from] * treasury_share));
    for (size_t i = 0; i < s->bands.base.n; i++)
        if (leaves[i]) sah_deed_change_side(world, i, row, SAHEL_EXIT_SPLIT_OFF);
}

/* ---- mending ---- */

void sah_sahel_come_back(struct sah_world *world, int row, int to) {
    struct sahel *s = sahel_of(world);
    for (size_t i = 0; i < s->bands.base.n; i++)
        if (is_of(&s->bands, i, row))
            sah_deed_change_side(world, i, to, SAHEL_EXIT_REJOINED);
    sah_deed_share(world, row, to, s->treasury[row]);
    s->line[row] = (int16_t)row;
    s->pledged[row] = -1;
    s->active[row] = 0;
}
