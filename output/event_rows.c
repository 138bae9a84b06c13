/* Columns of a day gathered into rows. */
#include "output/event_rows.h"

#include <string.h>

size_t sah_event_offset(const struct sah_population *log, size_t k) {
    size_t offset = 0;
    for (size_t c = 0; c < k; c++) offset += sah_type_size(log->columns[c].type);
    return offset;
}

size_t sah_event_size(const struct sah_world *world) {
    return world->log ? sah_event_offset(world->log, world->log->ncolumns) : 0;
}

void sah_event_encode(const struct sah_population *log, void *rows) {
    size_t row = sah_event_offset(log, log->ncolumns), offset = 0;
    for (size_t k = 0; k < log->ncolumns; k++) {
        size_t size = sah_type_size(log->columns[k].type);
        const char *from = sah_population_column(log, k);
        char *to = (char *)rows + offset;
        for (size_t i = 0; i < log->n; i++) memcpy(to + i * row, from + i * size, size);
        offset += size;
    }
}

static const struct sah_axis *find_by_stem(const struct sah_world *world,
                                           const char *name, size_t length) {
    for (size_t i = 0; i < world->naxes; i++)
        if (strlen(world->axis[i].name) == length &&
            strncmp(world->axis[i].name, name, length) == 0)
            return &world->axis[i];
    return NULL;
}

const struct sah_axis *sah_event_axis(const struct sah_world *world,
                                      const struct sah_column *column) {
    if (!sah_type_is_whole(column->type)) return NULL;
    const struct sah_axis *axis = sah_world_find_axis(world, column->name);
    if (!axis) axis = sah_world_find_axis(world, column->unit);
    const char *end = strrchr(column->name, '_');
    if (axis || !end || strcmp(column->unit, "1") != 0) return axis;
    return find_by_stem(world, column->name, (size_t)(end - column->name));
}
