/* What a scenario may say about its results, and the check that takes a family. */
#include "output/recorder.h"

#include "output/names.h"
#include "output/watch.h"

#include <stdlib.h>
#include <string.h>

static const struct sah_param fields_table[] = {
    {.key = "every",
     .type = SAH_CHOICE,
     .fixed = true,
     .at = offsetof(struct sah_output_params, fields_every),
     .unit = "1",
     .def = SAH_EVERY_MONTH,
     .choices = sah_every_names,
     .doc = "Period that maps are kept for",
     .source = "design"},
    {.key = "keep",
     .type = SAH_NAMES,
     .fixed = true,
     .at = offsetof(struct sah_output_params, fields_keep),
     .unit = "1",
     .def_text = "",
     .doc = "Fields to keep as maps; none named: all",
     .source = "design"},
    {.key = NULL},
};

static const struct sah_param series_table[] = {
    {.key = "every",
     .type = SAH_CHOICE,
     .fixed = true,
     .at = offsetof(struct sah_output_params, series_every),
     .unit = "1",
     .def = SAH_EVERY_DAY,
     .choices = sah_every_names,
     .doc = "Period that series are kept for",
     .source = "design"},
    {.key = NULL},
};

static const struct sah_param output_table[] = {
    {.key = "events",
     .type = SAH_SWITCH,
     .fixed = true,
     .at = offsetof(struct sah_output_params, events),
     .unit = "1",
     .def = 1,
     .max = 1,
     .doc = "Keep the table of events and the other logs",
     .source = "design"},
    {.key = NULL},
};

void sah_output_sections(struct sah_output_params *params,
                         struct sah_section sections[static SAH_OUTPUT_SECTIONS]) {
    sections[0] =
        (struct sah_section){"output", "What a run leaves", output_table, params};
    sections[1] = (struct sah_section){"output.fields", "Maps through time",
                                       fields_table, params};
    sections[2] = (struct sah_section){"output.series", "Numbers through time",
                                       series_table, params};
}

/* The names of a family's fields; caller frees. */
static const char **field_names(const struct sah_family *family, size_t *n) {
    const struct sah_observable *all = family->observables;
    size_t most = 0;
    while (all && all[most].name) most++;
    const char **names = calloc(most + 1, sizeof *names);
    *n = 0;
    for (size_t i = 0; names && i < most; i++)
        if (all[i].place == SAH_FIELD) names[(*n)++] = all[i].name;
    return names;
}

static int check_name(const struct sah_world *world, const char *name,
                      const char *const *names, size_t n, struct sah_error *err) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0) return SAH_OK;
    const char *near = sah_nearest(name, names, n), *path = "output.fields.keep";
    const struct sah_setting *setting = sah_binding_find(&world->binding, path);
    struct sah_origin origin = setting ? setting->origin : (struct sah_origin){0};
    if (!near) return sah_scenario_complain(err, origin, path, name, "no such field");
    return sah_scenario_complain(err, origin, path, name,
                                 "no such field; did you mean %s?", near);
}

int sah_output_check(const struct sah_world *world,
                     const struct sah_output_params *params, struct sah_error *err) {
    int named = sah_names_check(world, err);
    if (named) return named;
    size_t n;
    const char **names = field_names(world->family, &n);
    if (!names) return sah_error_add(err, SAH_MEMORY, "no memory for names");
    const struct sah_names *keep = &params->fields_keep;
    int status = SAH_OK;
    for (size_t i = 0; i < keep->n; i++)
        if (check_name(world, keep->name[i], names, n, err)) status = SAH_INPUT;
    free(names);
    return status;
}
