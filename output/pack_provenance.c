/* What made the file: software (the same for equal runs), environment and resources. */
#include "output/pack.h"

#include "sah_version.h"
#include "sim/kernel/isa.h"

#include <gsl/gsl_version.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#define WORD(number) #number
#define TEXT(number) WORD(number)
#if defined(__clang__)
#define COMPILER                                                       \
    "clang " TEXT(__clang_major__) "." TEXT(__clang_minor__) "." TEXT( \
        __clang_patchlevel__)
#elif defined(__GNUC__)
#define COMPILER "gcc " __VERSION__
#else
#define COMPILER "unknown"
#endif

static void put_software(struct sah_h5 *h5, hid_t parent) {
    hid_t group = sah_h5_group(h5, parent, "software");
    unsigned major = 0, minor = 0, release = 0;
    char hdf5[48];
    H5get_libversion(&major, &minor, &release);
    snprintf(hdf5, sizeof hdf5, "%u.%u.%u", major, minor, release);
    sah_h5_text(h5, group, "program", "sahel");
    sah_h5_text(h5, group, "version", SAH_VERSION);
    sah_h5_text(h5, group, "commit", SAH_COMMIT);
    sah_h5_text(h5, group, "compiler", COMPILER);
    sah_h5_text(h5, group, "hdf5", hdf5);
    sah_h5_text(h5, group, "gsl", gsl_version);
    sah_h5_drop(group);
}

/* The processor's name as Linux tells it; "" elsewhere. */
static void name_processor(char *name, size_t size) {
    name[0] = '\0';
    FILE *in = fopen("/proc/cpuinfo", "r");
    char line[256];
    while (in && !name[0] && fgets(line, sizeof line, in)) {
        const char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) != 0 || !colon) continue;
        colon += strspn(colon, ": ");
        snprintf(name, size, "%.*s", (int)strcspn(colon, "\n"), colon);
    }
    if (in) fclose(in);
}

static void put_environment(struct sah_pack *pack, hid_t parent) {
    struct sah_h5 *h5 = pack->h5;
    const struct sah_provenance *told = pack->provenance;
    hid_t group = sah_h5_group(h5, parent, "environment");
    struct utsname system;
    char processor[128];
    if (uname(&system) >= 0) {
        char text[192];
        snprintf(text, sizeof text, "%s %s", system.sysname, system.release);
        sah_h5_text(h5, group, "system", text);
        sah_h5_text(h5, group, "machine", system.machine);
    }
    name_processor(processor, sizeof processor);
    sah_h5_text(h5, group, "processor", processor);
    sah_h5_text(h5, group, "instructions", sah_isa_name(sah_isa_best()));
    sah_h5_whole(h5, group, "threads", told->threads);
    sah_h5_text(h5, group, "command", told->command);
    sah_h5_text(h5, group, "path", pack->target);
    if (pack->world->scenario)
        sah_h5_text(h5, group, "scenario", sah_scenario_path(pack->world->scenario));
    if (told->lineage) sah_h5_text(h5, group, "parent", told->lineage->parent);
    sah_h5_drop(group);
}

static void put_moment(struct sah_h5 *h5, hid_t group, const char *name,
                       time_t moment) {
    struct tm parts;
    char text[32] = "";
    if (gmtime_r(&moment, &parts))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    sah_h5_text(h5, group, name, text);
}

static void put_phases(struct sah_pack *pack, hid_t group) {
    const struct sah_provenance *told = pack->provenance;
    struct sah_h5 *h5 = pack->h5;
    if (told->nphases == 0) return;
    hid_t phase = sah_h5_names(h5, group, "phase", "Phase of the day", told->phase,
                               told->nphases);
    hid_t spent = sah_h5_variable(h5, group,
                                  &(struct sah_h5_variable){
                                      .name = "phase_seconds",
                                      .unit = "s",
                                      .doc = "Time spent in the phase",
                                      .type = SAH_F64,
                                      .rank = 1,
                                      .dim = {phase},
                                  });
    sah_h5_write(h5, spent, SAH_F64, told->phase_seconds);
    sah_h5_drop(spent);
    sah_h5_drop(phase);
}

static void put_resources(struct sah_pack *pack, hid_t parent) {
    struct sah_h5 *h5 = pack->h5;
    const struct sah_provenance *told = pack->provenance;
    hid_t group = sah_h5_group(h5, parent, "resources");
    put_moment(h5, group, "started", (time_t)pack->started);
    put_moment(h5, group, "finished", time(NULL));
    sah_h5_real(h5, group, "seconds", told->seconds);
    sah_h5_whole(h5, group, "peak_bytes", (int64_t)told->peak_bytes);
    sah_h5_whole(h5, group, "agent_steps", (int64_t)told->agent_steps);
    put_phases(pack, group);
    sah_h5_drop(group);
}

void sah_pack_provenance(struct sah_pack *pack) {
    struct sah_h5 *h5 = pack->h5;
    hid_t group = sah_h5_group(h5, h5->file, "provenance");
    put_software(h5, group);
    put_environment(pack, group);
    put_resources(pack, group);
    sah_h5_drop(group);
}
