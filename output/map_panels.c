/* Reading fields for maps: panel by panel, blank where the field's `where` is not above
 * zero. */
#include "output/map_panels.h"

#include "output/facts/scdi.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int read_geography(struct sah_map_source *source, struct sah_error *err) {
    const struct sah_geo_file *files;
    size_t n;
    int code = sah_result_geography(source->result, &files, &n, err);
    if (code || n == 0) return code;
    return sah_geography_parse(files, n, &source->geo, err);
}

int sah_map_source_open(struct sah_map_source *source, const char *path,
                        struct sah_error *err) {
    *source = (struct sah_map_source){0};
    int code = sah_result_open(path, &source->result, err);
    if (code) return code;
    const struct sah_result_run *run = sah_result_run(source->result);
    snprintf(source->mark, sizeof source->mark, "digest %s \u00B7 sahel %s",
             run->digest, run->version);
    return read_geography(source, err);
}

void sah_map_source_close(struct sah_map_source *source) {
    sah_geography_free(source->geo);
    sah_result_close(source->result);
}

void sah_map_panels_free(struct sah_map_panels *panels) {
    free(panels->panel);
    free(panels->value);
    free(panels->title);
}

int sah_map_panels_alloc(struct sah_map_panels *panels, size_t n,
                         struct sah_error *err) {
    panels->n = n;
    panels->panel = calloc(n, sizeof *panels->panel);
    panels->value = calloc(n * panels->items * panels->ncells, sizeof *panels->value);
    panels->title = calloc(n, sizeof *panels->title);
    if (panels->panel && panels->value && panels->title) return SAH_OK;
    return sah_error_add(err, SAH_MEMORY, "no memory for a map of %zu panels", n);
}

void sah_map_panels_sum(const struct sah_map_panels *panels, size_t i) {
    double *value = panels->value + i * panels->items * panels->ncells;
    if (panels->field->look == SAH_LOOK_ACTORS) return;
    for (size_t item = 1; item < panels->items; item++) {
        for (size_t k = 0; k < panels->ncells; k++)
            value[k] += value[item * panels->ncells + k];
    }
}

/* Fields that no run keeps but any events give. */
static bool is_made(const struct sah_variable *variable) {
    return variable == &sah_scdi_field;
}

static const struct sah_variable *find_field(struct sah_result *result,
                                             const char *name, struct sah_error *err) {
    bool kept = sah_result_find(result, SAH_FIELD, name, NULL);
    if (!kept && strcmp(name, sah_scdi_field.name) == 0) return &sah_scdi_field;
    return sah_result_find(result, SAH_FIELD, name, err);
}

int sah_map_panels_init(struct sah_map_panels *panels, struct sah_map_source *source,
                        const char *field, struct sah_error *err) {
    const struct sah_variable *variable = find_field(source->result, field, err);
    *panels = (struct sah_map_panels){.variable = variable};
    if (!variable) return SAH_INPUT;
    panels->field = sah_map_field_find(field);
    panels->ncells = (size_t)sah_result_grid(source->result)->ncells;
    panels->items = variable->axis[0] ? variable->axis[0]->n : 1;
    if (panels->field->look == SAH_LOOK_ACTORS && !variable->axis[0])
        panels->field = sah_map_field_find("");
    return SAH_OK;
}

/* Blanks cells where the field's `where` is not above zero; a result without that field
 * is shown whole. */
static int mask_panel(struct sah_map_source *source,
                      const struct sah_map_panels *panels, size_t i, int32_t from,
                      int32_t to, struct sah_error *err) {
    const struct sah_variable *mask =
        panels->field->where
            ? sah_result_find(source->result, SAH_FIELD, panels->field->where, NULL)
            : NULL;
    if (!mask || mask->axis[0]) return SAH_OK;
    double *there = malloc(panels->ncells * sizeof *there);
    if (!there) return sah_error_add(err, SAH_MEMORY, "no memory for a map");
    int code = sah_result_over(source->result, mask, from, to, there, NULL, err);
    size_t n = panels->items * panels->ncells;
    for (size_t k = 0; !code && k < n; k++) {
        if (!(there[k % panels->ncells] > 0)) panels->value[i * n + k] = NAN;
    }
    free(there);
    return code;
}

int sah_map_panels_read(struct sah_map_source *source, struct sah_map_panels *panels,
                        size_t i, int32_t from, int32_t to, struct sah_error *err) {
    struct sah_period covered;
    double *value = panels->value + i * panels->items * panels->ncells;
    int code = is_made(panels->variable)
                   ? sah_scdi_over(source->result, from, to, value, &covered, err)
                   : sah_result_over(source->result, panels->variable, from, to, value,
                                     &covered, err);
    if (code) return code;
    panels->panel[i] = (struct sah_map_panel){.value = value, .actor = -1};
    if (i == 0) panels->first = covered.first;
    panels->last = covered.last;
    return mask_panel(source, panels, i, from, to, err);
}
