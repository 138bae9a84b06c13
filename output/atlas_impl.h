/* The parts of an atlas's data; for atlas*.c alone. docs/atlas.md tells what the page
 * shows, output/atlas/README.md how it is built. */
#ifndef SAH_OUTPUT_ATLAS_IMPL_H
#define SAH_OUTPUT_ATLAS_IMPL_H
#include "output/atlas.h"
#include "output/json.h"
#include "output/map_panels.h"
#include "output/plot_impl.h"

/* The page without its data, as built; made from output/atlas/atlas.html. */
extern const unsigned char sah_atlas_page[];
extern const size_t sah_atlas_page_length;

/* Values [period][cell], `stride` from period to period. */
struct sah_atlas_block {
    const double *value;
    size_t ntimes, ncells, stride;
};
/* How a field looks, and one layer of values; into an open object. */
void sah_atlas_look(struct sah_json *json, const struct sah_map_field *field,
                    const struct sah_scale *scale);
int sah_atlas_layer(struct sah_json *json, const struct sah_atlas_block *block,
                    struct sah_error *err);
/* The same page of a comparison: maps of a, b and their difference by year, effects. */
int sah_atlas_comparison(struct sah_json *json, const char *path,
                         struct sah_error *err);

/* The same page of a study: points, fans, outcomes, what the factors do. */
int sah_atlas_study(struct sah_json *json, const char *path, struct sah_error *err);

/* What the page asks of every file (atlas_bare.c): of which run, and for those without
 * maps or without the parts of a run, empty ones. */
struct sah_atlas_run {
    const char *title, *model, *version;
    int64_t seed;
    int32_t start, end;
};
void sah_atlas_head(struct sah_json *json, const struct sah_atlas_run *run);
void sah_atlas_nowhere(struct sah_json *json);
void sah_atlas_nothing(struct sah_json *json);

int sah_atlas_fields(struct sah_json *json, struct sah_map_source *source,
                     struct sah_error *err);
/* `country` by cell, -1 at sea; NULL and a `geo` of NULL for a model without land. */
void sah_atlas_land(struct sah_json *json, const struct sah_grid *grid,
                    const struct sah_geography *geo, const int16_t *country);
int sah_atlas_events(struct sah_json *json, struct sah_result *result,
                     struct sah_error *err);
int sah_atlas_series(struct sah_json *json, struct sah_result *result,
                     struct sah_error *err);
int sah_atlas_groups(struct sah_json *json, struct sah_result *result,
                     struct sah_error *err);
int sah_atlas_ledger(struct sah_json *json, struct sah_result *result,
                     struct sah_error *err);
int sah_atlas_origin(struct sah_json *json, struct sah_result *result,
                     struct sah_error *err);

/* "#1f2428". */
void sah_atlas_colour(struct sah_json *json, const char *key, struct sah_colour colour);
/* A list of names and one of colours under `key`: {names: [...], colours: [...]}. */
int sah_atlas_axis(struct sah_json *json, const char *key,
                   const struct sah_result *result, const struct sah_axis *axis,
                   struct sah_error *err);

#endif
