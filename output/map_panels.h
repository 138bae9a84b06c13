/* The panels of maps: an open result with its geography, and fields cut into panels. For
 * those who draw maps of results: map_result.c, film.c. */
#ifndef SAH_OUTPUT_MAP_PANELS_H
#define SAH_OUTPUT_MAP_PANELS_H
#include "output/map.h"
#include "output/result.h"

enum { SAH_PANEL_LINE = 256 };

/* An open result with its geography. */
struct sah_map_source {
    struct sah_result *result;
    struct sah_geography *geo; /* NULL for a model without land */
    char mark[SAH_PANEL_LINE]; /* digest and version, for the corner */
};
int sah_map_source_open(struct sah_map_source *source, const char *path,
                        struct sah_error *err);
void sah_map_source_close(struct sah_map_source *source);

/* The panels of one map, and what they are made of. */
struct sah_map_panels {
    const struct sah_variable *variable;
    const struct sah_map_field *field;
    size_t n, ncells, items; /* items of the field's axis, 1 without */
    struct sah_map_panel *panel;
    double *value; /* [panel][item][cell] */
    char (*title)[SAH_PANEL_LINE];
    int32_t first, last; /* days covered */
};
/* Of a field by name; no panel yet. Free in any case. */
int sah_map_panels_init(struct sah_map_panels *panels, struct sah_map_source *source,
                        const char *field, struct sah_error *err);
void sah_map_panels_free(struct sah_map_panels *panels);
int sah_map_panels_alloc(struct sah_map_panels *panels, size_t n,
                         struct sah_error *err);

/* Reads panel i for the days from..to; the first panel's first and the last one's last
 * day are remembered. */
int sah_map_panels_read(struct sah_map_source *source, struct sah_map_panels *panels,
                        size_t i, int32_t from, int32_t to, struct sah_error *err);
/* All items of an axis in one, in panel i, where the field is not shown by actor. */
void sah_map_panels_sum(const struct sah_map_panels *panels, size_t i);

#endif
