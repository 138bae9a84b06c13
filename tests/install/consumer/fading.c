/* The Sahel model with a mechanism from outside: fear fades by itself.
 *
 *     fading SCENARIO on|off     prints the digest of the last state */
#include "models/sahel/family.h"
#include "models/sahel/world.h"
#include "sim/study/run.h"

#include <string.h>

struct fading {
    double rate;
};

static int fade(void *self, struct sah_world *world, struct sah_error *err) {
    (void)err;
    struct sahel_communities *people = &sahel_of(world)->communities;
    const float left = 1 - (float)((struct fading *)self)->rate;
    for (size_t i = 0; i < people->base.n; i++) people->fear_insurgent[i] *= left;
    return SAH_OK;
}

static const struct sah_param params[] = {
    {.key = "rate",
     .type = SAH_REAL,
     .at = offsetof(struct fading, rate),
     .def = 0.05,
     .max = 1,
     .unit = "1/day",
     .source = "assumed",
     .doc = "Share of fear lost a day"},
    {0},
};
static const struct sah_act acts[] = {
    {SAHEL_AFTERMATH, SAH_NOTHING, NULL, fade, "Fear fades"},
    {0},
};
static const struct sah_model fading = {
    .name = "fading",
    .doc = "Fear fades by itself",
    .off = true,
    .acts = acts,
    .size = sizeof(struct fading),
    .params = params,
};

/* The family of the library, with one more in its cast. */
static int run(const char *scenario, const char *set) {
    const struct sah_model *cast[64];
    struct sah_family family = sah_family_sahel;
    const struct sah_family *const families[] = {&family};
    for (size_t i = 0; i < family.ncast; i++) cast[i] = family.cast[i];
    cast[family.ncast++] = &fading;
    family.cast = cast;

    const char *const sets[] = {"run.end=2016-01-31", "run.people_per_agent=1000", set};
    struct sah_run_request request = {.scenario = scenario,
                                      .set = sets,
                                      .nset = 3,
                                      .families = families,
                                      .nfamilies = 1};
    struct sah_run run = {0};
    struct sah_error err = {0};
    int status = sah_run_open(&request, &run, &err);
    if (!status) status = sah_run_days(&run, NULL, &err);
    if (status && err.text) fputs(err.text, stderr);
    if (!status) {
        char digest[33];
        sah_digest_text(sah_world_digest(run.world), digest);
        puts(digest);
    }
    sah_run_close(&run);
    sah_error_clear(&err);
    return status != SAH_OK;
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    return run(argv[1], strcmp(argv[2], "on") == 0 ? "mechanisms.fading=on"
                                                   : "mechanisms.fading=off");
}
