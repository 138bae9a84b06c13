/* Ways between towns: to the nearest of each, and so many more that all can be reached. */
#include "output/flee/export_impl.h"

#include "sim/kernel/sphere.h"

#include <math.h>
#include <stdlib.h>

enum { NEIGHBOURS = 3 };

/* Distances between all that are kept. */
static int measure_ways(struct sah_flee_world *w) {
    size_t n = w->to->nplaces;
    w->km = calloc(n * n, sizeof *w->km);
    if (!w->km) return sah_error_add(w->err, SAH_MEMORY, "no memory for ways");
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
            const struct sah_flee_town *x = &w->town[w->kept[a]],
                                       *y = &w->town[w->kept[b]];
            w->km[a * n + b] = fmax(sah_distance_km(x->lon, x->lat, y->lon, y->lat), 1);
        }
    return SAH_OK;
}

static double km_between(const struct sah_flee_world *w, size_t a, size_t b) {
    return w->km[a * w->to->nplaces + b];
}

static void put_route(const struct sah_flee_world *w, size_t a, size_t b, FILE *out) {
    fprintf(out, "%s,%s,%.0f,0\n", w->town[w->kept[a]].name, w->town[w->kept[b]].name,
            km_between(w, a, b));
}

/* Is b among the nearest of a? */
static bool is_near(const struct sah_flee_world *w, size_t a, size_t b) {
    double km = km_between(w, a, b);
    int nearer = 0;
    for (size_t c = 0; c < w->to->nplaces; c++)
        if (c != a && c != b) {
            double other = km_between(w, a, c);
            nearer += other < km || (other <= km && c < b);
        }
    return nearer < NEIGHBOURS;
}

/* The shortest net that reaches all (Prim 1957): from[b] is what b hangs on. */
static void span(const struct sah_flee_world *w, size_t *from, double *km, bool *done) {
    size_t n = w->to->nplaces;
    for (size_t i = 0; i < n; i++) km[i] = i ? INFINITY : 0;
    for (size_t step = 0; step < n; step++) {
        size_t at = n;
        for (size_t i = 0; i < n; i++)
            if (!done[i] && (at == n || km[i] < km[at])) at = i;
        done[at] = true;
        for (size_t i = 0; i < n; i++) {
            double way = done[i] ? INFINITY : km_between(w, at, i);
            if (way < km[i]) {
                km[i] = way;
                from[i] = at;
            }
        }
    }
}

/* Nobody takes shelter in the town fled from: the ways to a camp are those from the towns
 * around. */
static void put_camp_routes(const struct sah_flee_world *w, size_t a, FILE *out) {
    const char *name = w->town[w->kept[a]].name;
    for (size_t b = 0; b < w->to->nplaces; b++)
        if (b != a && is_near(w, a, b))
            fprintf(out, "%s,%s_camp,%.0f,0\n", w->town[w->kept[b]].name, name,
                    km_between(w, a, b));
    if (w->to->nplaces == 1) fprintf(out, "%s,%s_camp,1,0\n", name, name);
}

int sah_flee_put_routes(struct sah_flee_world *w, FILE *out) {
    size_t n = w->to->nplaces;
    size_t *from = calloc(n, sizeof *from);
    double *km = calloc(n, sizeof *km);
    bool *done = calloc(n, sizeof *done);
    int code = measure_ways(w);
    fputs("#name1,name2,distance,forced_redirection\n", out);
    if (!code && from && km && done)
        span(w, from, km, done);
    else if (!code)
        code = sah_error_add(w->err, SAH_MEMORY, "no memory for routes");
    for (size_t a = 0; !code && a < n; a++)
        for (size_t b = a + 1; b < n; b++)
            if (is_near(w, a, b) || is_near(w, b, a) || (from[b] == a && b) ||
                (from[a] == b && a))
                put_route(w, a, b, out);
    for (size_t a = 0; !code && a < n; a++)
        if (w->town[w->kept[a]].camp) put_camp_routes(w, a, out);
    free(from);
    free(km);
    free(done);
    return code;
}
