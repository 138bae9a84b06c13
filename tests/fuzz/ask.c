/* info, digest, events, ledger, diff, map, and what rerun takes from a result. */
#include "tests/fuzz/ask.h"

#include "output/diff.h"
#include "output/info.h"
#include "output/ledger.h"
#include "output/log_csv.h"
#include "output/map_result.h"
#include "output/result.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

typedef int printer(const char *path, FILE *out, struct sah_error *err);

static int print_events(const char *path, FILE *out, struct sah_error *err) {
    return sah_log_csv(path, "events", out, err);
}

static void print(const char *path, printer *question) {
    struct sah_error err = {0};
    question(path, fuzz_sink(), &err);
    sah_error_clear(&err);
}

static void read_over(struct sah_result *result, const struct sah_variable *variable) {
    struct sah_error err = {0};
    const struct sah_result_run *run = sah_result_run(result);
    size_t n = sah_variable_count(result, variable);
    double *value = calloc(n + 1, sizeof *value);
    if (value)
        sah_result_over(result, variable, run->start, run->end, value, NULL, &err);
    free(value);
    sah_error_clear(&err);
}

static void read_all(struct sah_result *result, struct sah_error *err) {
    const struct sah_result_land *land;
    const struct sah_geo_file *files;
    const struct sah_result_parameter *parameters;
    const struct sah_result_digest *digests;
    const struct sah_result_fact *facts;
    const char *yaml;
    size_t n;
    sah_result_land(result, &land, err);
    sah_result_scenario(result, &yaml, err);
    sah_result_parameters(result, &parameters, &n, err);
    sah_result_digests(result, &digests, &n, err);
    sah_result_provenance(result, &facts, &n, err);
    struct sah_geography *geo = NULL;
    if (sah_result_geography(result, &files, &n, err) == SAH_OK && n > 0)
        sah_geography_parse(files, n, &geo, err);
    sah_geography_free(geo);
}

static void read_values(const char *path) {
    struct sah_result *result = NULL;
    struct sah_error err = {0};
    if (sah_result_open(path, &result, &err) == SAH_OK) {
        for (int place = 0; place <= SAH_LEDGER; place++)
            for (size_t i = 0; i < sah_result_count(result, (enum sah_place)place); i++)
                read_over(result, sah_result_at(result, (enum sah_place)place, i));
        read_all(result, &err);
        sah_result_close(result);
    }
    sah_error_clear(&err);
}

/* A picture costs more than all else: a small one. */
static void draw(const char *path) {
    struct sah_error err = {0};
    char picture[256];
    snprintf(picture, sizeof picture, "%s/map.png", fuzz_folder());
    const struct sah_map_options options = {
        .result = path,
        .field = "events",
        .multiple = "kind",
        .from = SAH_MAP_FIRST,
        .to = SAH_MAP_LAST,
        .picture = {.path = picture, .force = true, .width_mm = 40, .dpi = 20}};
    sah_map_from_result(&options, &err);
    sah_error_clear(&err);
}

static void compare(const char *path) {
    struct sah_error err = {0};
    sah_diff(path, path, NULL, fuzz_sink(), &err);
    sah_error_clear(&err);
}

static int ledger_table(const char *path, FILE *out, struct sah_error *err) {
    return sah_ledger_table(path, NULL, out, err);
}

void fuzz_ask(const char *path, unsigned which) {
    switch (which % 4) {
    case 0:
        print(path, sah_info);
        print(path, print_events);
        break;
    case 1:
        print(path, sah_info_digest);
        print(path, sah_ledger_csv);
        print(path, ledger_table);
        break;
    case 2:
        read_values(path);
        break;
    default:
        compare(path);
        draw(path);
        break;
    }
}
