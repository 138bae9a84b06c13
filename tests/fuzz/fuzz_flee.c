/* Inputs of Flee: files in parts behind lines "%% input_csv/routes.csv", read, simulated for
 * a few days where they hold few people, told as tables. */
#include "models/flight/flee_run.h"
#include "output/flee/sheet.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/tiny_flee.h"

enum { MOST_DAYS = 20, MOST_PEOPLE = 20000, MOST_PLACES = 50 };

static int64_t people_of(const struct sah_flee_case *flee, int days) {
    int64_t sum = 0;
    for (size_t c = 0; c < flee->ncamps; c++) sum += flee->registered[c];
    for (int t = 0; t < days; t++) sum += flee->gained[t] > 0 ? flee->gained[t] : 0;
    return sum;
}

static void simulate(const struct sah_flee_case *flee, struct sah_error *err) {
    struct sah_flee_settings settings;
    struct sah_flee_run run;
    const char *camp[MOST_PLACES];
    int days = flee->days < MOST_DAYS ? flee->days : MOST_DAYS;
    sah_flee_defaults(&settings);
    if (flee->nplaces > MOST_PLACES || people_of(flee, days) > MOST_PEOPLE) return;
    settings.day0 = flee->start & 1 ? SAH_FLEE_DAY0_CAMPS : SAH_FLEE_DAY0_EMPTY;
    if (sah_flee_run(flee, &settings, days, &run, err)) return;
    for (size_t c = 0; c < flee->ncamps; c++) camp[c] = flee->place[flee->camp[c]].name;
    struct sah_flee_sheet sheet = {.title = "fuzz",
                                   .start = flee->start,
                                   .days = days,
                                   .ncamps = run.ncamps,
                                   .camp = camp,
                                   .simulated = run.simulated,
                                   .list = run.lists,
                                   .fled = run.fled,
                                   .away = run.away,
                                   .debt = run.debt,
                                   .home = run.home};
    sah_flee_print(&sheet, fuzz_sink());
    sah_flee_run_free(&run);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fuzz_parts parts;
    struct tiny_flee tiny = tiny_flee_case();
    struct sah_flee_case flee;
    struct sah_error err = {0};
    fuzz_parts_cut(&parts, data, size);
    for (size_t i = 1; i < parts.n && tiny.n < TINY_FLEE_MOST; i++)
        tiny_flee_put(&tiny, parts.part[i].name, parts.part[i].text);
    struct sah_flee_files files = tiny_flee_files(&tiny);
    if (sah_flee_read(&files, &flee, &err) == SAH_OK) simulate(&flee, &err);
    sah_flee_free(&flee);
    sah_error_clear(&err);
    fuzz_parts_free(&parts);
    return 0;
}
