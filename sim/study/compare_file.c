/* A comparison as a file: netCDF-4 as results are, docs/format.md tells what stands in it.
 */
#include "sim/study/compare_sheet.h"

#include "output/disk.h"
#include "sah_version.h"
#include "sim/kernel/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FORMAT = 1 };

static const char *const arm_labels[SAH_COMPARE_ARMS] = {"a", "b"};

static const struct sah_world *world_of(const struct sah_compare_sheet *sheet,
                                        int side) {
    return sah_twins_world(&sheet->compare->twins, sheet->compare->arm[side]);
}

hid_t sah_compare_put_arms(struct sah_compare_sheet *sheet, hid_t group) {
    return sah_h5_names(sheet->h5, group, "arm", "Which of the two", arm_labels,
                        SAH_COMPARE_ARMS);
}

void sah_compare_put(struct sah_compare_sheet *sheet, hid_t group,
                     const struct sah_h5_variable *v, const void *values) {
    hid_t dataset = sah_h5_variable(sheet->h5, group, v);
    sah_h5_write(sheet->h5, dataset, v->type, values);
    sah_h5_drop(dataset);
}

/* ---- root ------------------------------------------------------------------------------ */

static void put_day(struct sah_h5 *h5, hid_t object, const char *name, int32_t day) {
    char text[11];
    sah_day_text(day, text);
    sah_h5_text(h5, object, name, text);
}

static void put_root(struct sah_compare_sheet *sheet, hid_t root) {
    struct sah_h5 *h5 = sheet->h5;
    const struct sah_world *a = world_of(sheet, 0), *b = world_of(sheet, 1);
    char title[512];
    snprintf(title, sizeof title, "%.200s, against: %.200s",
             b->run.title ? b->run.title : "", a->run.title ? a->run.title : "");
    sah_h5_text(h5, root, "Conventions", "CF-1.10");
    sah_h5_text(h5, root, "title", title);
    sah_h5_text(h5, root, "source", "sahel " SAH_VERSION);
    sah_h5_whole(h5, root, "comparison_format", FORMAT);
    sah_h5_text(h5, root, "model", a->family->name);
    sah_h5_whole(h5, root, "seed", (int64_t)sheet->compare->twins.seed);
    sah_h5_whole(h5, root, "replicates", (int64_t)sheet->compare->replicates);
    put_day(h5, root, "start", a->run.start);
    put_day(h5, root, "end", a->run.end);
}

/* ---- maps ------------------------------------------------------------------------------ */

static void put_years(struct sah_compare_sheet *sheet, struct sah_space *space) {
    const struct sah_compare_maps *maps = sheet->compare->maps;
    int32_t *first = calloc(maps->nyears + 1, sizeof *first);
    if (!first) {
        sheet->h5->status = sah_error_add(sheet->h5->err, SAH_MEMORY, "no memory");
        return;
    }
    for (size_t y = 0; y < maps->nyears; y++)
        first[y] = y ? sah_day_of((struct sah_date){maps->first_year + (int)y, 1, 1})
                     : maps->start;
    space->time =
        sah_h5_coordinate(sheet->h5, space->group, "time", "days since 1970-01-01",
                          "First day of the year", SAH_I32, first, maps->nyears);
    sah_h5_text(sheet->h5, space->time, "standard_name", "time");
    sah_h5_text(sheet->h5, space->time, "calendar", "proleptic_gregorian");
    sah_h5_text(sheet->h5, space->time, "axis", "T");
    free(first);
}

/* Both arms in one variable. */
static void put_means(struct sah_compare_sheet *sheet, const struct sah_space *space,
                      hid_t arm, size_t field) {
    const struct sah_compare_maps *maps = sheet->compare->maps;
    const struct sah_observable *what = maps->field[field];
    hid_t dataset = sah_h5_variable(
        sheet->h5, space->group,
        &(struct sah_h5_variable){.name = what->name,
                                  .unit = what->unit,
                                  .doc = what->doc,
                                  .type = SAH_F64,
                                  .rank = 4,
                                  .dim = {arm, space->time, space->lat, space->lon},
                                  .fill = true});
    sah_h5_text(sheet->h5, dataset, "cell_methods",
                what->nature == SAH_FLOW ? "time: sum replicate: mean"
                                         : "time: point replicate: mean");
    sah_h5_text(sheet->h5, dataset, "grid_mapping", "crs");
    const struct sah_grid *grid = &world_of(sheet, 0)->grid;
    for (hsize_t k = 0; k < SAH_COMPARE_ARMS; k++)
        sah_h5_write_block(sheet->h5, dataset, SAH_F64, (const hsize_t[]){k, 0, 0, 0},
                           (const hsize_t[]){1, maps->nyears, (hsize_t)grid->nlat,
                                             (hsize_t)grid->nlon},
                           sah_compare_maps_of(maps, field, (enum sah_compare_layer)k));
    sah_h5_drop(dataset);
}

static void put_layer(struct sah_compare_sheet *sheet, const struct sah_space *space,
                      size_t field, enum sah_compare_layer layer, const char *suffix,
                      const char *doc) {
    const struct sah_compare_maps *maps = sheet->compare->maps;
    char name[128], text[256];
    snprintf(name, sizeof name, "%s_%s", maps->field[field]->name, suffix);
    snprintf(text, sizeof text, "%s: %s", maps->field[field]->doc, doc);
    sah_compare_put(
        sheet, space->group,
        &(struct sah_h5_variable){.name = name,
                                  .unit = maps->field[field]->unit,
                                  .doc = text,
                                  .type = SAH_F64,
                                  .rank = 3,
                                  .dim = {space->time, space->lat, space->lon},
                                  .fill = true},
        sah_compare_maps_of(maps, field, layer));
}

static void put_maps(struct sah_compare_sheet *sheet, hid_t root) {
    const struct sah_compare_maps *maps = sheet->compare->maps;
    struct sah_space space;
    if (!maps || sheet->h5->status) return;
    sah_space_open(&sheet->pack, &space, root);
    hid_t arm = sah_compare_put_arms(sheet, root);
    put_years(sheet, &space);
    sah_space_grid(&sheet->pack, &space);
    for (size_t f = 0; f < maps->nfields && !sheet->h5->status; f++) {
        put_means(sheet, &space, arm, f);
        put_layer(sheet, &space, f, SAH_COMPARE_DIFFERENCE, "difference",
                  "mean of b less a over replicates");
        put_layer(sheet, &space, f, SAH_COMPARE_ERROR, "difference_error",
                  "standard error of that mean");
    }
    sah_h5_drop(arm);
    sah_space_close(&space);
}

/* ---- series ---------------------------------------------------------------------------- */

static void put_one_series(struct sah_compare_sheet *sheet, hid_t group,
                           const hid_t dim[3], size_t i) {
    const struct sah_compare_series *s = sheet->compare->series;
    const struct sah_observable *what = s->series[i];
    char name[128], text[256];
    snprintf(name, sizeof name, "%s_quantile", what->name);
    snprintf(text, sizeof text, "%s%s: quantile over replicates", what->doc,
             what->axes[0] ? ", all together" : "");
    hid_t dataset =
        sah_h5_variable(sheet->h5, group,
                        &(struct sah_h5_variable){.name = name,
                                                  .unit = what->unit,
                                                  .doc = text,
                                                  .type = SAH_F64,
                                                  .rank = 3,
                                                  .dim = {dim[0], dim[1], dim[2]}});
    sah_h5_text(sheet->h5, dataset, "cell_methods",
                what->nature == SAH_FLOW ? "time: sum" : "time: point");
    sah_h5_write(sheet->h5, dataset, SAH_F64, sah_compare_series_of(s, i, 0));
    sah_h5_drop(dataset);
}

static void put_series(struct sah_compare_sheet *sheet) {
    const struct sah_compare_series *s = sheet->compare->series;
    struct sah_h5 *h5 = sheet->h5;
    if (!s || h5->status) return;
    hid_t group = sah_h5_group(h5, h5->file, "series"), dim[3];
    dim[0] = sah_compare_put_arms(sheet, group);
    dim[1] = sah_h5_coordinate(h5, group, "quantile", "1", "Share below", SAH_F64,
                               sah_compare_quantiles, SAH_COMPARE_QUANTILES);
    dim[2] = sah_h5_coordinate(h5, group, "time", "days since 1970-01-01",
                               "First day of the month", SAH_I32, s->first, s->nmonths);
    sah_h5_text(h5, dim[2], "calendar", "proleptic_gregorian");
    for (size_t i = 0; i < s->nseries && !h5->status; i++)
        put_one_series(sheet, group, dim, i);
    for (int k = 0; k < 3; k++) sah_h5_drop(dim[k]);
    sah_h5_drop(group);
}

/* ---- what was asked -------------------------------------------------------------------- */

static void put_scenarios(struct sah_compare_sheet *sheet) {
    struct sah_h5 *h5 = sheet->h5;
    hid_t group = sah_h5_group(h5, h5->file, "scenario");
    hid_t arm = sah_compare_put_arms(sheet, group);
    char *yaml[SAH_COMPARE_ARMS];
    const char *title[SAH_COMPARE_ARMS], *path[SAH_COMPARE_ARMS];
    for (int k = 0; k < SAH_COMPARE_ARMS; k++) {
        const struct sah_world *world = world_of(sheet, k);
        yaml[k] = sah_scenario_yaml(world->scenario, false);
        title[k] = world->run.title ? world->run.title : "";
        path[k] = sheet->compare->scenario[k];
        if (!yaml[k] && !h5->status)
            h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory");
    }
    sah_h5_drop(sah_h5_strings(h5, group, "title", "Title", arm, title, 2));
    sah_h5_drop(sah_h5_strings(h5, group, "path", "Where it was read", arm, path, 2));
    sah_h5_drop(sah_h5_strings(h5, group, "yaml", "The scenario as resolved, YAML", arm,
                               (const char *const *)yaml, 2));
    for (int k = 0; k < SAH_COMPARE_ARMS; k++) free(yaml[k]);
    sah_h5_drop(arm);
    sah_h5_drop(group);
}

/* ---- the file ------------------------------------------------------------------------- */

static void put_all(struct sah_compare_sheet *sheet) {
    hid_t root = H5Gopen2(sheet->h5->file, "/", H5P_DEFAULT);
    if (root < 0) sah_h5_fail(sheet->h5, "open", "/");
    put_root(sheet, root);
    put_maps(sheet, root);
    put_series(sheet);
    sah_compare_put_table(sheet);
    put_scenarios(sheet);
    sah_pack_land(&sheet->pack);
    sah_pack_geography(&sheet->pack);
    sah_pack_provenance(&sheet->pack);
    sah_h5_drop(root);
}

static int write_to(struct sah_compare_sheet *sheet, const char *temporary,
                    const char *target, struct sah_error *err) {
    struct sah_h5 h5;
    sheet->h5 = sheet->pack.h5 = &h5;
    if (!sah_h5_create(&h5, temporary, target, err)) put_all(sheet);
    int status = sah_h5_close(&h5);
    sheet->h5 = sheet->pack.h5 = NULL;
    if (!status) status = sah_disk_settle(temporary, target, err);
    if (status) unlink(temporary);
    return status;
}

int sah_compare_write(const struct sah_compare *compare, const char *path,
                      const struct sah_provenance *provenance, struct sah_error *err) {
    struct sah_compare_sheet sheet = {.compare = compare};
    size_t values = SAH_COMPARE_ARMS * compare->replicates;
    sheet.pack =
        (struct sah_pack){.world = world_of(&sheet, 0),
                          .provenance = provenance,
                          .target = path,
                          .started = time(NULL) - (int64_t)provenance->seconds};
    sheet.scratch = calloc(values + compare->nrows + 1, sizeof(double));
    char *temporary = sah_disk_concat(path, ".new");
    int status = sheet.scratch && temporary
                     ? write_to(&sheet, temporary, path, err)
                     : sah_error_add(err, SAH_MEMORY, "no memory for a file");
    free(temporary);
    free(sheet.scratch);
    return status;
}
