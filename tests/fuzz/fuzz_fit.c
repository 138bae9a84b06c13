/* What a calibration asks: `fit` of a study file, read without its scenario. */
#include "sim/study/calibrate/fit.h"
#include "tests/fuzz/fuzz.h"

#include <math.h>
#include <stdlib.h>

static void ask(struct sah_study *study) {
    struct sah_error err = {0};
    struct sah_fit fit;
    int status = sah_fit_read(&fit, study, &err);
    for (size_t i = 0; !status && i < fit.naims; i++)
        if (isnan(sah_aim_value(&fit.aim[i], sah_aim_off(&fit.aim[i], 1)))) abort();
    sah_fit_free(&fit);
    sah_error_clear(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct sah_outcome red = {.name = "red"}, blue = {.name = "blue"};
    static struct sah_outcome *rows[] = {&red, &blue};
    struct sah_study study = {
        .nreplicates = 2, .keep = {.events = true}, .outcomes = {.n = 2, .row = rows}};
    struct sah_error err = {0};
    char path[256];
    fuzz_file("fit.yaml", (const char *)data, size);
    snprintf(path, sizeof path, "%s/fit.yaml", fuzz_folder());
    if (sah_scenario_read_plain(path, &study.file, &err) == SAH_OK) ask(&study);
    sah_binding_free(&study.binding, NULL, 0);
    sah_scenario_free(study.file);
    sah_error_clear(&err);
    return 0;
}
