/* Parts that a file which is no result does not have, as the page wants them. */
#include "output/atlas_impl.h"

void sah_atlas_head(struct sah_json *json, const struct sah_atlas_run *run) {
    sah_json_open(json, "run", '{');
    sah_json_text(json, "title", run->title);
    sah_json_text(json, "model", run->model);
    sah_json_whole(json, "seed", run->seed);
    sah_json_text(json, "version", run->version);
    sah_json_whole(json, "start", run->start);
    sah_json_whole(json, "end", run->end);
    sah_json_text(json, "fields_every", "year");
    sah_json_close(json, '{');
}

void sah_atlas_nowhere(struct sah_json *json) {
    struct sah_grid none = {0};
    sah_atlas_land(json, &none, NULL, NULL);
    sah_json_open(json, "periods", '{');
    sah_json_numbers(json, "first", NULL, 0);
    sah_json_numbers(json, "last", NULL, 0);
    sah_json_close(json, '{');
    sah_json_numbers(json, "fields", NULL, 0);
}

void sah_atlas_nothing(struct sah_json *json) {
    static const char *const lists[] = {"ledger", "captions", "provenance"};
    for (int k = 0; k < 3; k++) sah_json_numbers(json, lists[k], NULL, 0);
    static const char *const objects[] = {"events", "groups"};
    for (int k = 0; k < 2; k++) {
        sah_json_open(json, objects[k], '{');
        sah_json_close(json, '{');
    }
}
