/* Coast lines made into rings, and their sides named. */
#include "output/carto_shore.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WITNESSES = 400, CORNERS = 6 }; /* cells asked; points added to close a ring */
static const double TRUSTED = 0.9;     /* of the witnesses must agree */
static const double GAP_DEG = 0.3;     /* ends this close belong together */
static const double EDGE_DEG = 0.2;    /* an end this close to the frame leaves it */
static const double BEYOND_DEG = 10;   /* the coast is taken to go on straight */

/* Rings from lines */

static bool is_coast(const struct sah_geo_line *line) {
    return strcmp(line->layer, "coast") == 0 && line->n > 1;
}

static bool ring_alloc(struct sah_ring *ring, size_t n) {
    ring->n = n;
    ring->lon = malloc(2 * (n + CORNERS) * sizeof *ring->lon);
    ring->lat = ring->lon ? ring->lon + n + CORNERS : NULL;
    return ring->lon;
}

static bool copy_line(struct sah_shore *shore, const struct sah_geo_line *line) {
    struct sah_ring *ring = &shore->ring[shore->n];
    if (!ring_alloc(ring, line->n)) return false;
    for (size_t i = 0; i < line->n; i++)
        ring->lon[i] = line->lon[i], ring->lat[i] = line->lat[i];
    shore->n++;
    return true;
}

static bool copy_lines(struct sah_shore *shore, const struct sah_geography *geo) {
    size_t n = 0;
    shore->n = 0;
    for (size_t i = 0; i < geo->nlines; i++) n += is_coast(&geo->line[i]);
    shore->ring = calloc(n + 1, sizeof *shore->ring);
    if (!shore->ring) return false;
    for (size_t i = 0; i < geo->nlines; i++) {
        if (is_coast(&geo->line[i]) && !copy_line(shore, &geo->line[i])) return false;
    }
    return true;
}

static bool closed(const struct sah_ring *ring) {
    size_t last = ring->n - 1;
    return ring->lon[0] == ring->lon[last] && ring->lat[0] == ring->lat[last];
}

static void reverse(struct sah_ring *ring) {
    for (size_t i = 0, j = ring->n - 1; i < j; i++, j--) {
        double lon = ring->lon[i], lat = ring->lat[i];
        ring->lon[i] = ring->lon[j], ring->lat[i] = ring->lat[j];
        ring->lon[j] = lon, ring->lat[j] = lat;
    }
}

/* Ends of two pieces; `a_first` means the first point of a, else its last. */
struct joint {
    size_t a, b;
    bool a_first, b_first;
    double gap;
};

static double gap_between(const struct sah_ring *a, bool a_first,
                          const struct sah_ring *b, bool b_first) {
    size_t i = a_first ? 0 : a->n - 1, j = b_first ? 0 : b->n - 1;
    return hypot(a->lon[i] - b->lon[j], a->lat[i] - b->lat[j]);
}

static void look_at_pair(const struct sah_shore *shore, size_t a, size_t b,
                         struct joint *best) {
    for (int ends = 0; ends < 4; ends++) {
        bool a_first = ends & 1, b_first = ends & 2;
        double gap = gap_between(&shore->ring[a], a_first, &shore->ring[b], b_first);
        if (gap < best->gap) *best = (struct joint){a, b, a_first, b_first, gap};
    }
}

static struct joint nearest_ends(const struct sah_shore *shore) {
    struct joint best = {.gap = GAP_DEG};
    for (size_t a = 0; a < shore->n; a++) {
        if (closed(&shore->ring[a])) continue;
        for (size_t b = a + 1; b < shore->n; b++) {
            if (!closed(&shore->ring[b])) look_at_pair(shore, a, b, &best);
        }
    }
    return best;
}

/* Appends b to a, each turned so that the joined ends meet; b's place is filled. */
static bool join(struct sah_shore *shore, const struct joint *joint) {
    SAH_BUG_IF(joint->a == joint->b, "a ring is joined with itself");
    struct sah_ring *a = &shore->ring[joint->a], *b = &shore->ring[joint->b], both;
    if (joint->a_first) reverse(a);
    if (!joint->b_first) reverse(b);
    if (!ring_alloc(&both, a->n + b->n)) return false;
    memcpy(both.lon, a->lon, a->n * sizeof *a->lon);
    memcpy(both.lat, a->lat, a->n * sizeof *a->lat);
    memcpy(both.lon + a->n, b->lon, b->n * sizeof *b->lon);
    memcpy(both.lat + a->n, b->lat, b->n * sizeof *b->lat);
    free(a->lon), free(b->lon);
    *a = both;
    *b = shore->ring[--shore->n];
    return true;
}

static bool join_all(struct sah_shore *shore) {
    for (;;) {
        struct joint joint = nearest_ends(shore);
        if (joint.gap >= GAP_DEG) return true;
        if (!join(shore, &joint)) return false;
    }
}

/* Closing along the frame */

static void widen(struct sah_box *frame, double lon, double lat, double by) {
    frame->x0 = fmin(frame->x0, lon - by), frame->x1 = fmax(frame->x1, lon + by);
    frame->y0 = fmin(frame->y0, lat - by), frame->y1 = fmax(frame->y1, lat + by);
}

static struct sah_box frame_of(const struct sah_geography *geo) {
    struct sah_box frame = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (size_t i = 0; i < geo->nlines; i++) {
        const struct sah_geo_line *line = &geo->line[i];
        for (size_t p = 0; p < line->n; p++)
            widen(&frame, line->lon[p], line->lat[p], 0);
    }
    for (size_t i = 0; i < geo->ncells; i++)
        widen(&frame, geo->cell[i].lon, geo->cell[i].lat, geo->table_deg / 2);
    return frame;
}

/* Distances to the south, east, north and west side. */
static int nearest_side(struct sah_box f, double lon, double lat, double *distance) {
    const double side[4] = {lat - f.y0, f.x1 - lon, f.y1 - lat, lon - f.x0};
    int best = 0;
    for (int i = 1; i < 4; i++) {
        if (side[i] < side[best]) best = i;
    }
    *distance = side[best];
    return best;
}

/* A place along the frame, counter-clockwise from the south-west: 0..4. */
static double along(struct sah_box f, double lon, double lat) {
    double u = (lon - f.x0) / (f.x1 - f.x0), v = (lat - f.y0) / (f.y1 - f.y0), ignored;
    double at[4] = {u, v, 1 - u, 1 - v};
    int side = nearest_side(f, lon, lat, &ignored);
    return side + fmin(fmax(at[side], 0), 1);
}

static bool leaves(struct sah_box f, const struct sah_ring *ring, size_t i) {
    double distance;
    nearest_side(f, ring->lon[i], ring->lat[i], &distance);
    return distance < EDGE_DEG;
}

static void add_point(struct sah_ring *ring, double lon, double lat) {
    ring->lon[ring->n] = lon, ring->lat[ring->n] = lat;
    ring->n++;
}

/* The point straight outside of one at the edge of the data. */
static void add_outside(struct sah_box f, struct sah_box wide, struct sah_ring *ring,
                        double lon, double lat) {
    double ignored;
    int side = nearest_side(f, lon, lat, &ignored);
    add_point(ring,
              side == 1   ? wide.x1
              : side == 3 ? wide.x0
                          : lon,
              side == 2   ? wide.y1
              : side == 0 ? wide.y0
                          : lat);
}

/* Goes outside, passes corners counter-clockwise from the end to the start, and comes
 * in again. */
static void close_along(struct sah_box f, struct sah_box wide, struct sah_ring *ring) {
    double lon = ring->lon[ring->n - 1], lat = ring->lat[ring->n - 1];
    double from = along(f, lon, lat), to = along(f, ring->lon[0], ring->lat[0]);
    if (to < from) to += 4;
    add_outside(f, wide, ring, lon, lat);
    for (int i = (int)floor(from) + 1; i <= (int)floor(to); i++) {
        int corner = i % 4;
        add_point(ring, corner == 1 || corner == 2 ? wide.x1 : wide.x0,
                  corner == 2 || corner == 3 ? wide.y1 : wide.y0);
    }
    add_outside(f, wide, ring, ring->lon[0], ring->lat[0]);
}

/* Naming the sides */

/* Jordan: a ray to the east crosses the rings an odd number of times from inside. */
static bool odd_at(const struct sah_shore *shore, double x, double y) {
    bool odd = false;
    for (size_t r = 0; r < shore->n; r++) {
        const struct sah_ring *ring = &shore->ring[r];
        for (size_t i = 0, j = ring->n - 1; i < ring->n; j = i++) {
            if ((ring->lat[i] > y) == (ring->lat[j] > y)) continue;
            double t = (y - ring->lat[i]) / (ring->lat[j] - ring->lat[i]);
            if (ring->lon[i] + t * (ring->lon[j] - ring->lon[i]) > x) odd = !odd;
        }
    }
    return odd;
}

bool sah_shore_land(const struct sah_shore *shore, double lon, double lat) {
    return !shore->known || odd_at(shore, lon, lat) == shore->odd_is_land;
}

/* Cells wholly on one side vote. */
static void vote(struct sah_shore *shore, const struct sah_geography *geo) {
    size_t asked = 0, odd = 0, step = geo->ncells / WITNESSES + 1;
    for (size_t i = 0; i < geo->ncells; i += step) {
        const struct sah_geo_cell *cell = &geo->cell[i];
        bool land = cell->land > 0.999F;
        if (!land && cell->land > 0) continue;
        odd += odd_at(shore, cell->lon, cell->lat) == land;
        asked++;
    }
    double share = asked ? (double)odd / (double)asked : 0.5;
    shore->odd_is_land = share > 0.5;
    shore->known = fmax(share, 1 - share) >= TRUSTED;
}

int sah_shore_init(struct sah_shore *shore, const struct sah_geography *geo,
                   struct sah_error *err) {
    struct sah_box data = frame_of(geo), wide = data;
    wide.x0 -= BEYOND_DEG, wide.x1 += BEYOND_DEG;
    wide.y0 -= BEYOND_DEG, wide.y1 += BEYOND_DEG;
    *shore = (struct sah_shore){.frame = wide};
    if (!copy_lines(shore, geo) || !join_all(shore)) {
        sah_shore_free(shore);
        return sah_error_add(err, SAH_MEMORY, "no memory for the coast of a map");
    }
    for (size_t i = 0; i < shore->n; i++) {
        struct sah_ring *ring = &shore->ring[i];
        if (!closed(ring) && leaves(data, ring, 0) && leaves(data, ring, ring->n - 1))
            close_along(data, wide, ring);
    }
    if (shore->n > 0) vote(shore, geo);
    return SAH_OK;
}

void sah_shore_free(struct sah_shore *shore) {
    for (size_t i = 0; i < shore->n; i++) free(shore->ring[i].lon);
    free(shore->ring);
    *shore = (struct sah_shore){0};
}
