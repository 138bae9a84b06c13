/* Fields, series and ledger: variables over time. */
#include "output/pack.h"

#include "output/names.h"

#include <stdlib.h>

const enum sah_stream sah_stream_of[SAH_PLACES] = {
    [SAH_FIELD] = SAH_STREAM_FIELDS,
    [SAH_SERIES] = SAH_STREAM_SERIES,
    [SAH_LEDGER] = SAH_STREAM_LEDGER,
};

/* Periods that make a chunk: maps are cut by axis item, series are not. */
static size_t periods_per_chunk(const struct sah_pack *pack,
                                const struct sah_watched *variable, size_t n) {
    size_t values = variable->what->place == SAH_FIELD
                        ? (size_t)pack->world->grid.ncells
                        : variable->count;
    size_t periods = sah_chunk_periods(values * sah_type_size(variable->what->type));
    return periods > n ? n : periods;
}

static void add_dim(struct sah_h5_variable *v, hid_t dim, hsize_t chunk) {
    v->dim[v->rank] = dim;
    v->chunk[v->rank++] = chunk;
}

/* Adds the axes of an observable; `extent` gets their sizes. */
static void add_axes(struct sah_pack *pack, struct sah_space *space,
                     const struct sah_observable *what, struct sah_h5_variable *v,
                     hsize_t *extent) {
    const struct sah_axis *before = NULL;
    for (int k = 0; k < 2; k++) {
        if (!what->axes[k]) continue;
        const struct sah_axis *axis = sah_world_find_axis(pack->world, what->axes[k]);
        extent[v->rank] = axis->n;
        add_dim(v, sah_space_axis(pack, space, axis, axis == before),
                what->place == SAH_FIELD ? 1 : axis->n);
        before = axis;
    }
}

static hid_t create(struct sah_pack *pack, struct sah_space *space,
                    const struct sah_watched *variable, size_t periods,
                    hsize_t *extent) {
    const struct sah_observable *what = variable->what;
    const struct sah_grid *grid = &pack->world->grid;
    bool on_map = what->place == SAH_FIELD;
    char name[SAH_STORED_NAME];
    sah_stored_name(pack->world, what->place, what->name, name);
    struct sah_h5_variable v = {
        .name = name,
        .unit = what->unit,
        .doc = what->doc,
        .type = what->type,
        .fill = on_map || !sah_type_is_whole(what->type),
    };
    add_dim(&v, space->time, periods);
    add_axes(pack, space, what, &v, extent);
    if (on_map) {
        extent[v.rank] = (hsize_t)grid->nlat;
        add_dim(&v, space->lat, (hsize_t)grid->nlat);
        extent[v.rank] = (hsize_t)grid->nlon;
        add_dim(&v, space->lon, (hsize_t)grid->nlon);
    }
    hid_t dataset = sah_h5_variable(pack->h5, space->group, &v);
    sah_h5_text(pack->h5, dataset, "cell_methods",
                what->nature == SAH_FLOW ? "time: sum" : "time: point");
    if (on_map && !grid->plain) sah_h5_text(pack->h5, dataset, "grid_mapping", "crs");
    return dataset;
}

/* Copies blocks of periods from the records to the dataset. */
static void copy(struct sah_pack *pack, const struct sah_watched *variable,
                 hid_t dataset, size_t n, size_t periods, hsize_t *extent) {
    struct sah_h5 *h5 = pack->h5;
    size_t bytes = variable->count * sah_type_size(variable->what->type);
    enum sah_stream stream = sah_stream_of[variable->what->place];
    char *block = malloc(periods * bytes + 1);
    if (!block) h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory to pack");
    for (size_t t = 0; t < n && !h5->status; t += periods) {
        size_t m = n - t < periods ? n - t : periods;
        for (size_t i = 0; i < m && !h5->status; i++)
            h5->status = sah_part_read(pack->part, stream, t + i, variable->offset,
                                       bytes, block + i * bytes, h5->err);
        extent[0] = m;
        sah_h5_write_block(h5, dataset, variable->what->type,
                           (const hsize_t[SAH_H5_RANK]){t}, extent, block);
    }
    free(block);
}

/* The chunks of a field: those packed ahead, then the others. */
static void copy_chunks(struct sah_pack *pack, const struct sah_packed *ahead,
                        const struct sah_cut *cut, hid_t dataset, size_t n) {
    struct sah_h5 *h5 = pack->h5;
    struct sah_packer packer;
    size_t chunks = (n + cut->periods - 1) / cut->periods * cut->items;
    h5->status = sah_packer_init(&packer, cut->periods * cut->plane, h5->err);
    for (size_t k = 0; k < chunks && !h5->status; k++) {
        const hsize_t start[SAH_H5_RANK] = {k / cut->items * cut->periods,
                                            k % cut->items};
        if (!ahead)
            h5->status = sah_packer_pack(&packer, pack->part, cut, n, k, h5->err);
        sah_h5_write_chunk(h5, dataset, start, ahead ? ahead->data : packer.packed,
                           ahead ? ahead->bytes : packer.bytes);
        if (ahead) ahead = ahead->next;
    }
    sah_packer_free(&packer);
}

/* Everything else goes through HDF5, which packs it if it is not too small. */
static void copy_variable(struct sah_pack *pack, enum sah_place place, size_t v,
                          hid_t dataset, size_t n, size_t periods, hsize_t *extent) {
    const struct sah_watched *variable = &pack->watch[place].variable[v];
    if (pack->h5->status || !variable->count) return;
    if (place == SAH_FIELD && sah_h5_has_chunks(dataset)) {
        struct sah_cut cut = sah_cut_of(variable, (size_t)pack->world->grid.ncells);
        cut.periods = periods;
        copy_chunks(pack, sah_ahead_first(pack->ahead, v), &cut, dataset, n);
    } else {
        copy(pack, variable, dataset, n, periods, extent);
    }
}

void sah_pack_watch(struct sah_pack *pack, enum sah_place place, hid_t group) {
    const struct sah_watch *watch = &pack->watch[place];
    size_t n = sah_part_count(pack->part, sah_stream_of[place]);
    struct sah_space space;
    sah_space_open(pack, &space, group);
    if (watch->n) sah_space_time(pack, &space, sah_stream_of[place]);
    if (place == SAH_FIELD && pack->world->grid.ncells) sah_space_grid(pack, &space);
    for (size_t v = 0; v < watch->n && !pack->h5->status; v++) {
        hsize_t extent[SAH_H5_RANK] = {0};
        size_t periods = periods_per_chunk(pack, &watch->variable[v], n);
        hid_t dataset = create(pack, &space, &watch->variable[v], periods, extent);
        copy_variable(pack, place, v, dataset, n, periods, extent);
        sah_h5_drop(dataset);
    }
    sah_space_close(&space);
}
