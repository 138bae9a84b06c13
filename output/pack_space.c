/* Dimensions and their coordinates: time, place, axes. Every group has its own. */
#include "output/pack.h"

#include "output/store.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char time_unit[] = "days since 1970-01-01";

void sah_space_open(struct sah_pack *pack, struct sah_space *space, hid_t group) {
    (void)pack;
    *space =
        (struct sah_space){.group = group, .time = -1, .lat = -1, .lon = -1, .nv = -1};
}

void sah_space_close(struct sah_space *space) {
    for (size_t i = 0; i < space->naxes; i++) sah_h5_drop(space->dim[i]);
    sah_h5_drop(space->time);
    sah_h5_drop(space->lat);
    sah_h5_drop(space->lon);
    sah_h5_drop(space->nv);
}

static void put_bounds(struct sah_pack *pack, struct sah_space *space, const char *name,
                       hid_t dim, enum sah_type type, const void *values) {
    if (space->nv < 0) space->nv = sah_h5_dimension(pack->h5, space->group, "nv", 2);
    hid_t dataset = sah_h5_variable(
        pack->h5, space->group,
        &(struct sah_h5_variable){
            .name = name, .type = type, .rank = 2, .dim = {dim, space->nv}});
    sah_h5_write(pack->h5, dataset, type, values);
    sah_h5_drop(dataset);
}

/* Periods of a stream: `day[i]` their first days, `bound[i]` from that to the day after
 * the last. */
static int read_periods(struct sah_pack *pack, enum sah_stream stream, size_t n,
                        int32_t *day, int32_t *bound) {
    for (size_t i = 0; i < n; i++) {
        int32_t *b = bound + 2 * i;
        int status = sah_part_days(pack->part, stream, i, &b[0], &b[1], pack->h5->err);
        if (status) return status;
        day[i] = b[0];
        b[1]++;
    }
    return SAH_OK;
}

static void describe_time(struct sah_h5 *h5, hid_t time, const char *bounds) {
    sah_h5_text(h5, time, "standard_name", "time");
    sah_h5_text(h5, time, "calendar", "proleptic_gregorian");
    sah_h5_text(h5, time, "axis", "T");
    sah_h5_text(h5, time, "bounds", bounds);
}

void sah_space_time(struct sah_pack *pack, struct sah_space *space,
                    enum sah_stream stream) {
    struct sah_h5 *h5 = pack->h5;
    if (h5->status) return;
    size_t n = sah_part_count(pack->part, stream);
    int32_t *day = malloc((3 * n + 1) * sizeof *day), *bound = day ? day + n : NULL;
    if (!day)
        h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for periods");
    else
        h5->status = read_periods(pack, stream, n, day, bound);
    bool instant = stream == SAH_STREAM_DIGEST;
    space->time = sah_h5_coordinate(h5, space->group, "time", time_unit,
                                    instant ? "Day after which the state was taken"
                                            : "First day of the period",
                                    SAH_I32, day, n);
    describe_time(h5, space->time, instant ? NULL : "time_bnds");
    if (!instant) put_bounds(pack, space, "time_bnds", space->time, SAH_I32, bound);
    free(day);
}

struct line { /* of cell centres along one direction */
    const char *name, *bounds, *unit, *standard, *axis;
    double from, step;
    int n;
};

static hid_t put_line(struct sah_pack *pack, struct sah_space *space,
                      const struct line *line) {
    struct sah_h5 *h5 = pack->h5;
    size_t n = (size_t)line->n;
    double *centre = malloc(3 * n * sizeof *centre), *edge = centre ? centre + n : NULL;
    if (!centre) {
        h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for coordinates");
        return -1;
    }
    for (size_t i = 0; i < n; i++) {
        centre[i] = line->from + ((double)i + 0.5) * line->step;
        edge[2 * i] = line->from + (double)i * line->step;
        edge[2 * i + 1] = line->from + (double)(i + 1) * line->step;
    }
    hid_t dim = sah_h5_coordinate(h5, space->group, line->name, line->unit,
                                  line->standard, SAH_F64, centre, n);
    if (!pack->world->grid.plain) sah_h5_text(h5, dim, "standard_name", line->standard);
    sah_h5_text(h5, dim, "axis", line->axis);
    sah_h5_text(h5, dim, "bounds", line->bounds);
    put_bounds(pack, space, line->bounds, dim, SAH_F64, edge);
    free(centre);
    return dim;
}

/* The figure of the earth that PRIO-GRID and the tables speak in. */
static void put_mapping(struct sah_h5 *h5, hid_t group) {
    if (h5->status) return;
    hid_t crs = sah_h5_variable(
        h5, group,
        &(struct sah_h5_variable){
            .name = "crs", .doc = "WGS 84", .type = SAH_I32, .rank = 0});
    sah_h5_write(h5, crs, SAH_I32, &(int32_t){0});
    sah_h5_text(h5, crs, "grid_mapping_name", "latitude_longitude");
    sah_h5_real(h5, crs, "semi_major_axis", 6378137);
    sah_h5_real(h5, crs, "inverse_flattening", 298.257223563);
    sah_h5_drop(crs);
}

static void put_plain(struct sah_pack *pack, struct sah_space *space) {
    const struct sah_grid *grid = &pack->world->grid;
    space->lat = put_line(
        pack, space, &(struct line){"y", "y_bnds", "1", "row", "Y", 0, 1, grid->nlat});
    if (pack->h5->status) return;
    space->lon =
        put_line(pack, space,
                 &(struct line){"x", "x_bnds", "1", "column", "X", 0, 1, grid->nlon});
}

void sah_space_grid(struct sah_pack *pack, struct sah_space *space) {
    const struct sah_grid *grid = &pack->world->grid;
    if (pack->h5->status) return;
    if (grid->plain) {
        put_plain(pack, space);
        return;
    }
    space->lat = put_line(pack, space,
                          &(struct line){"lat", "lat_bnds", "degrees_north", "latitude",
                                         "Y", grid->south, grid->cell_deg, grid->nlat});
    if (pack->h5->status) return;
    space->lon = put_line(pack, space,
                          &(struct line){"lon", "lon_bnds", "degrees_east", "longitude",
                                         "X", grid->west, grid->cell_deg, grid->nlon});
    put_mapping(pack->h5, space->group);
}

hid_t sah_pack_axis(struct sah_pack *pack, hid_t group, const char *name,
                    const struct sah_axis *axis) {
    hid_t dim = sah_h5_names(pack->h5, group, name, axis->doc, axis->label, axis->n);
    if (!axis->title) return dim;
    char title[128];
    snprintf(title, sizeof title, "%s_title", name);
    sah_h5_drop(sah_h5_strings(pack->h5, group, title, "Name for people", dim,
                               axis->title, axis->n));
    return dim;
}

hid_t sah_space_axis(struct sah_pack *pack, struct sah_space *space,
                     const struct sah_axis *axis, bool twin) {
    for (size_t i = 0; i < space->naxes; i++)
        if (space->axis[i] == axis && space->twin[i] == twin) return space->dim[i];
    char name[96];
    snprintf(name, sizeof name, "%s%s", axis->name, twin ? "_2" : "");
    SAH_BUG_IF(space->naxes == SAH_MAX_DIMENSIONS, "more dimensions than axes");
    hid_t dim = sah_pack_axis(pack, space->group, name, axis);
    space->axis[space->naxes] = axis;
    space->twin[space->naxes] = twin;
    space->dim[space->naxes++] = dim;
    return dim;
}

/* Words of flag_meanings are parted by blanks and hold none. */
static char *join_words(const char *const *labels, size_t n) {
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out) return NULL;
    for (size_t i = 0; i < n; i++) {
        if (i) fputc(' ', out);
        for (const char *c = labels[i]; *c; c++)
            fputc(isspace((unsigned char)*c) ? '_' : *c, out);
    }
    bool whole = !ferror(out);
    if (fclose(out) == 0 && whole) return text;
    free(text);
    return NULL;
}

void sah_pack_flags(struct sah_pack *pack, hid_t dataset, enum sah_type type,
                    const char *const *labels, size_t n) {
    struct sah_h5 *h5 = pack->h5;
    if (h5->status || n == 0) return;
    size_t size = sah_type_size(type);
    char *codes = calloc(n, size), *words = join_words(labels, n);
    if (codes && words) {
        for (size_t i = 0; i < n; i++) sah_store_put(type, (double)i, codes + i * size);
        sah_h5_numbers(h5, dataset, "flag_values", type, codes, n);
        sah_h5_text(h5, dataset, "flag_meanings", words);
    } else {
        h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for flags");
    }
    free(codes);
    free(words);
}
