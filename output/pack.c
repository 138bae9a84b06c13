/* The order of a result file, and its root. */
#include "output/pack.h"

#include "output/names.h"
#include "output/result.h"
#include "sah_version.h"
#include "sim/kernel/calendar.h"

#include <stdio.h>
#include <string.h>

static void put_day(struct sah_h5 *h5, hid_t object, const char *name, int32_t day) {
    char text[11];
    sah_day_text(day, text);
    sah_h5_text(h5, object, name, text);
}

static void put_headline(struct sah_pack *pack, hid_t root) {
    const char *const *name = pack->world->family->headline;
    char text[200] = "";
    for (size_t i = 0; i < 3 && name[i]; i++) {
        size_t length = strlen(text);
        snprintf(text + length, sizeof text - length, "%s%s", i ? " " : "", name[i]);
    }
    sah_h5_text(pack->h5, root, "headline", text);
}

/* The logs that are kept, so that a reader knows which groups they are. */
static void put_logs(struct sah_pack *pack, hid_t root) {
    const struct sah_world *world = pack->world;
    char text[SAH_MAX_LOGS * SAH_STORED_NAME] = "";
    for (size_t k = 0; pack->logs && k < world->nlogs; k++) {
        size_t length = strlen(text);
        snprintf(text + length, sizeof text - length, "%s%s", k ? " " : "",
                 world->logs[k].rows->name);
    }
    sah_h5_text(pack->h5, root, "logs", text);
}

static void put_run(struct sah_pack *pack, hid_t root) {
    const struct sah_world *world = pack->world;
    struct sah_h5 *h5 = pack->h5;
    char digest[33];
    sah_digest_text(sah_world_digest(world), digest);
    sah_h5_text(h5, root, "model", world->family->name);
    sah_h5_whole(h5, root, "seed", world->run.seed);
    put_day(h5, root, "start", pack->first);
    put_day(h5, root, "end", world->today);
    sah_h5_real(h5, root, "people_per_agent", world->run.people_per_agent);
    sah_h5_text(h5, root, "digest", digest);
    sah_h5_text(h5, root, "fields_every",
                sah_every_names[pack->watch[SAH_FIELD].every]);
    sah_h5_text(h5, root, "series_every",
                sah_every_names[pack->watch[SAH_SERIES].every]);
    put_headline(pack, root);
    put_logs(pack, root);
}

static void put_box(struct sah_h5 *h5, hid_t root, const struct sah_grid *grid) {
    if (grid->plain) {
        sah_h5_whole(h5, root, "columns", grid->nlon);
        sah_h5_whole(h5, root, "rows", grid->nlat);
        return;
    }
    sah_h5_real(h5, root, "geospatial_lon_min", grid->west);
    sah_h5_real(h5, root, "geospatial_lon_max", grid->east);
    sah_h5_real(h5, root, "geospatial_lat_min", grid->south);
    sah_h5_real(h5, root, "geospatial_lat_max", grid->north);
    sah_h5_real(h5, root, "geospatial_lat_resolution", grid->cell_deg);
    sah_h5_real(h5, root, "geospatial_lon_resolution", grid->cell_deg);
}

void sah_pack_root(struct sah_pack *pack) {
    struct sah_h5 *h5 = pack->h5;
    const struct sah_world *world = pack->world;
    hid_t root = H5Gopen2(h5->file, "/", H5P_DEFAULT);
    if (root < 0) sah_h5_fail(h5, "open", "/");
    sah_h5_text(h5, root, "Conventions", "CF-1.10");
    sah_h5_text(h5, root, "title", world->run.title ? world->run.title : "");
    sah_h5_text(h5, root, "source", "sahel " SAH_VERSION);
    sah_h5_whole(h5, root, "format", SAH_RESULT_FORMAT);
    put_run(pack, root);
    if (world->grid.ncells > 0) put_box(h5, root, &world->grid);
    sah_h5_drop(root);
}

static void put_group(struct sah_pack *pack, enum sah_place place, const char *name) {
    if (pack->watch[place].n == 0) return;
    hid_t group = sah_h5_group(pack->h5, pack->h5->file, name);
    sah_pack_watch(pack, place, group);
    sah_h5_drop(group);
}

static void put_all(struct sah_pack *pack) {
    sah_pack_root(pack);
    sah_pack_watch(pack, SAH_FIELD, pack->h5->file);
    put_group(pack, SAH_SERIES, "series");
    put_group(pack, SAH_LEDGER, "ledger");
    if (pack->logs) sah_pack_logs(pack);
    sah_pack_axes(pack);
    sah_pack_land(pack);
    sah_pack_geography(pack);
    sah_pack_scenario(pack);
    sah_pack_parameters(pack);
    sah_pack_digest(pack);
    sah_pack_lineage(pack);
    sah_pack_provenance(pack);
}

int sah_pack_file(struct sah_pack *pack, const char *temporary, struct sah_error *err) {
    struct sah_h5 h5;
    pack->h5 = &h5;
    if (!sah_h5_create(&h5, temporary, pack->target, err)) put_all(pack);
    int status = sah_h5_close(&h5);
    pack->h5 = NULL;
    return status;
}
