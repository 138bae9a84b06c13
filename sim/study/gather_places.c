/* Fields, series and ledger over runs and time. */
#include "sim/study/gather_impl.h"

#include "output/names.h"

#include <stdio.h>
#include <stdlib.h>

const char *const sah_gather_groups[SAH_PLACES] = {
    [SAH_FIELD] = "fields", [SAH_SERIES] = "series", [SAH_LEDGER] = "ledger"};

enum { CHUNK_BYTES = 1 << 16 };

static void put_time(struct sah_gather_sheet *sheet, enum sah_place place,
                     struct sah_space *space) {
    struct sah_h5 *h5 = &sheet->h5;
    size_t n = sheet->all->periods[place];
    const int32_t *days = sheet->all->days[place];
    int32_t *first = malloc((n + 1) * sizeof *first);
    if (!first) {
        h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for periods");
        return;
    }
    for (size_t t = 0; t < n; t++) first[t] = days[2 * t];
    space->time = sah_h5_coordinate(h5, space->group, "time", "days since 1970-01-01",
                                    "First day of the period", SAH_I32, first, n);
    sah_h5_text(h5, space->time, "standard_name", "time");
    sah_h5_text(h5, space->time, "calendar", "proleptic_gregorian");
    sah_h5_text(h5, space->time, "axis", "T");
    free(first);
}

static void add(struct sah_h5_variable *v, hid_t dim) {
    v->dim[v->rank++] = dim;
}

static void add_axes(struct sah_gather_sheet *sheet, struct sah_space *space,
                     const struct sah_observable *what, struct sah_h5_variable *v) {
    const struct sah_axis *before = NULL;
    for (int k = 0; k < 2; k++) {
        if (!what->axes[k]) continue;
        const struct sah_axis *axis =
            sah_world_find_axis(sheet->pack.world, what->axes[k]);
        add(v, sah_space_axis(&sheet->pack, space, axis, axis == before));
        before = axis;
    }
}

/* So many runs of a small variable make a chunk. */
static hsize_t runs_per_chunk(const struct sah_gather_sheet *sheet,
                              const struct sah_watched *variable) {
    size_t bytes = variable->count * sah_type_size(variable->what->type) *
                   sheet->all->periods[variable->what->place];
    return bytes && bytes < CHUNK_BYTES ? CHUNK_BYTES / bytes : 1;
}

static hid_t create(struct sah_gather_sheet *sheet, struct sah_space *space,
                    const struct sah_watched *variable, const hid_t *lead,
                    struct sah_h5_sources *sources) {
    const struct sah_observable *what = variable->what;
    char name[SAH_STORED_NAME], source[SAH_STORED_NAME + 16];
    sah_stored_name(sheet->pack.world, what->place, what->name, name);
    snprintf(source, sizeof source, "/%s/%s", sah_gather_groups[what->place], name);
    struct sah_h5_variable v = {.name = name,
                                .unit = what->unit,
                                .doc = what->doc,
                                .type = what->type,
                                .fill = true,
                                .chunk = {runs_per_chunk(sheet, variable)},
                                .of = sources};
    for (int i = 0; i < sheet->nlead; i++) add(&v, lead[i]);
    add(&v, space->time);
    add_axes(sheet, space, what, &v);
    if (what->place == SAH_FIELD) {
        add(&v, space->lat);
        add(&v, space->lon);
    }
    if (sources) sources->dataset = source;
    hid_t dataset = sah_h5_variable(&sheet->h5, space->group, &v);
    sah_h5_text(&sheet->h5, dataset, "cell_methods",
                what->nature == SAH_FLOW ? "time: sum" : "time: point");
    return dataset;
}

void sah_gather_place(struct sah_gather_sheet *sheet, enum sah_place place, hid_t group,
                      const hid_t *lead, struct sah_h5_sources *sources, hid_t *out) {
    const struct sah_watch *watch = &sheet->all->watch[place];
    struct sah_space space;
    sah_space_open(&sheet->pack, &space, group);
    put_time(sheet, place, &space);
    if (place == SAH_FIELD && sheet->pack.world->grid.ncells)
        sah_space_grid(&sheet->pack, &space);
    char *coordinates = sources ? sah_gather_coordinates(sheet->all) : NULL;
    for (size_t v = 0; v < watch->n; v++) {
        hid_t dataset = create(sheet, &space, &watch->variable[v], lead, sources);
        sah_h5_text(&sheet->h5, dataset, "coordinates", coordinates);
        if (place == SAH_FIELD) sah_h5_text(&sheet->h5, dataset, "grid_mapping", "crs");
        if (out)
            out[v] = dataset;
        else
            sah_h5_drop(dataset);
    }
    free(coordinates);
    sah_space_close(&space);
}
