/* {title, scenario, seed, groups: [{name, doc, reference, on, rows: [...]}]} */
#include "sim/explore/controls.h"

#include "output/json.h"
#include "sim/explore/form.h"

#include <math.h>
#include <string.h>

static void put_choices(struct sah_json *json, const struct sah_param *param) {
    if (param->type != SAH_CHOICE) return;
    sah_json_open(json, "choices", '[');
    for (const char *const *word = param->choices; *word; word++)
        sah_json_text(json, NULL, *word);
    sah_json_close(json, '[');
}

static void put_row(struct sah_json *json, const struct sah_setting *setting) {
    const struct sah_param *param = setting->param;
    char value[64], usual[64];
    sah_param_text(param, setting->value, value, sizeof value);
    sah_param_default_text(param, usual, sizeof usual);
    sah_json_open(json, NULL, '{');
    sah_json_text(json, "key", param->key);
    sah_json_text(json, "path", setting->path);
    sah_json_text(json, "doc", param->doc);
    sah_json_text(json, "unit", param->unit);
    sah_json_text(json, "type", sah_param_type_word(param->type));
    sah_json_text(json, "source", param->source);
    sah_json_text(json, "text", value);
    sah_json_text(json, "usual", usual);
    sah_json_number(json, "value", sah_param_number(param, setting->value));
    if (isfinite(param->min)) sah_json_number(json, "min", param->min);
    if (isfinite(param->max)) sah_json_number(json, "max", param->max);
    put_choices(json, param);
    sah_json_close(json, '{');
}

static void put_rows(struct sah_json *json, const struct sah_world *world,
                     const struct sah_model *model) {
    sah_json_open(json, "rows", '[');
    for (const struct sah_param *p = model->params; p && p->key; p++) {
        char path[128];
        snprintf(path, sizeof path, "%s.%s", model->name, p->key);
        const struct sah_setting *setting = sah_form_offer(world, path);
        if (setting) put_row(json, setting);
    }
    sah_json_close(json, '[');
}

static void put_group(struct sah_json *json, const struct sah_world *world,
                      const struct sah_model *model) {
    char path[128];
    snprintf(path, sizeof path, "mechanisms.%s", model->name);
    const struct sah_setting *on = sah_form_offer(world, path);
    sah_json_open(json, NULL, '{');
    sah_json_text(json, "name", model->name);
    sah_json_text(json, "doc", model->doc);
    sah_json_text(json, "reference", model->reference ? model->reference : "");
    if (on) sah_json_text(json, "on", *(const bool *)on->value ? "on" : "off");
    put_rows(json, world, model);
    sah_json_close(json, '{');
}

void sah_controls_write(FILE *out, const struct sah_world *world) {
    struct sah_json json = {.out = out};
    sah_json_open(&json, NULL, '{');
    sah_json_text(&json, "title", world->run.title);
    sah_json_text(&json, "scenario", sah_scenario_path(world->scenario));
    sah_json_whole(&json, "seed", (long long)world->run.seed);
    sah_json_open(&json, "groups", '[');
    for (size_t i = 0; i < world->family->ncast; i++)
        put_group(&json, world, world->family->cast[i]);
    sah_json_close(&json, '[');
    sah_json_close(&json, '{');
}
