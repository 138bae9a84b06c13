/* Measures at work, several together: they share what is looked at. */
#include "sim/study/probe_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sah_probes {
    const struct sah_world *world;
    struct sah_sights sights;
    size_t n;
    struct sah_probe **row;
};

struct sah_probes *sah_probes_create(const struct sah_world *world) {
    struct sah_probes *probes = calloc(1, sizeof *probes);
    if (probes) probes->world = world;
    return probes;
}

void sah_probes_free(struct sah_probes *probes) {
    if (!probes) return;
    for (size_t k = 0; k < probes->n; k++) sah_probe_drop(probes->row[k]);
    free(probes->row);
    sah_sights_free(&probes->sights);
    free(probes);
}

int sah_probes_add(struct sah_probes *probes, const struct sah_measure *m,
                   struct sah_error *err) {
    struct sah_probe **grown =
        probes ? realloc(probes->row, (probes->n + 1) * sizeof(struct sah_probe *))
               : NULL;
    if (!grown) return sah_error_add(err, SAH_MEMORY, "no memory for a measure");
    probes->row = grown;
    struct sah_probe *probe;
    int status = sah_probe_make(m, probes->world, &probes->sights, &probe, err);
    if (status)
        sah_probe_drop(probe);
    else
        probes->row[probes->n++] = probe;
    return status;
}

int sah_probes_day(struct sah_probes *probes, struct sah_error *err) {
    int status = SAH_OK;
    for (size_t k = 0; !status && k < probes->n; k++)
        status = sah_probe_day(probes->row[k], probes->world, err);
    return status;
}

double sah_probes_value(const struct sah_probes *probes, size_t k) {
    return sah_probe_number(probes->row[k], probes->world);
}

void sah_probes_unit(const struct sah_probes *probes, size_t k, char unit[static 64]) {
    const struct sah_probe *p = probes->row[k];
    const char *above = sah_probe_unit(p),
               *below = p->per ? sah_probe_unit(p->per) : "1";
    if (strcmp(below, "1") == 0)
        snprintf(unit, 64, "%s", above);
    else if (strcmp(above, below) == 0)
        snprintf(unit, 64, "1");
    else
        snprintf(unit, 64, "%s/%s", above, below);
}
