/* Unfinished work: the file `restart`, from which a run goes on, to a bound scenario.
 *
 * What is read is taken as far as a scenario is (fuzz_scenario.c); a checkpoint and the
 * raw streams beside it have targets of their own. */
#include "output/disk.h"
#include "sim/study/keep.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static char path[256], folder[300], restart[320];
    if (!*path) {
        snprintf(path, sizeof path, "%s/run.h5", fuzz_folder());
        snprintf(folder, sizeof folder, "%s.part", path);
        mkdir(folder, 0777);
        snprintf(restart, sizeof restart, "%s/restart", folder);
    }
    struct sah_keep keep = {0};
    struct sah_error err = {0};
    fuzz_file("run.h5.part/restart", data, size); /* no checksum: refused */
    sah_keep_load(path, &keep, &err);
    sah_keep_free(&keep);
    sah_error_clear(&err);
    sah_disk_save_sealed(restart, data, size, &err);
    int status = sah_keep_load(path, &keep, &err);
    struct sah_scenario *scenario = NULL;
    if (!status)
        if (sah_scenario_parse(keep.path, keep.yaml, keep.length, NULL, 0, &scenario,
                               &err) == SAH_OK)
            sah_scenario_free(scenario);
    sah_keep_free(&keep);
    sah_error_clear(&err);
    return 0;
}
