/* What was asked: the scenario and its parameters; and the digests of what came. */
#include "output/pack.h"

#include "output/settings.h"
#include "sim/kernel/calendar.h"

#include <stdlib.h>
#include <string.h>

void sah_pack_scenario(struct sah_pack *pack) {
    const struct sah_world *world = pack->world;
    struct sah_h5 *h5 = pack->h5;
    if (!world->scenario || h5->status) return;
    char *yaml = sah_scenario_yaml(world->scenario, false), start[11], end[11];
    if (!yaml) {
        h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for the scenario");
        return;
    }
    sah_day_text(world->run.start, start);
    sah_day_text(world->run.end, end);
    hid_t group = sah_h5_group(h5, h5->file, "scenario");
    sah_h5_text(h5, group, "model", world->family->name);
    sah_h5_text(h5, group, "title", world->run.title ? world->run.title : "");
    sah_h5_whole(h5, group, "seed", world->run.seed);
    sah_h5_text(h5, group, "start", start);
    sah_h5_text(h5, group, "end", end);
    sah_h5_document(h5, group, "yaml", "The scenario as resolved, YAML", yaml);
    sah_h5_drop(group);
    free(yaml);
}

/* Where each text of the settings begins; the caller frees. */
static const char **index_texts(const char *texts, size_t length, size_t *n) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++) count += texts[i] == '\0';
    const char **start = calloc(count + 1, sizeof *start);
    for (size_t i = 0; start && i < count; i++) {
        start[i] = texts;
        texts += strlen(texts) + 1;
    }
    *n = count / SAH_SETTING_TEXTS;
    return start;
}

struct settings {
    hid_t group, dim;
    size_t n;
    const char **text;   /* [n][SAH_SETTING_TEXTS] */
    const char **column; /* [n] room */
};

static const char **column_of(struct settings *s, enum sah_setting_text which) {
    for (size_t i = 0; i < s->n; i++)
        s->column[i] = s->text[i * SAH_SETTING_TEXTS + which];
    return s->column;
}

static void put_texts(struct sah_pack *pack, struct settings *s, const char *name,
                      const char *doc, enum sah_setting_text which) {
    sah_h5_drop(sah_h5_strings(pack->h5, s->group, name, doc, s->dim,
                               column_of(s, which), s->n));
}

static void put_numbers(struct sah_pack *pack, struct settings *s) {
    struct sah_h5 *h5 = pack->h5;
    double *number = malloc((s->n + 1) * sizeof *number);
    if (!number) {
        h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for parameters");
        return;
    }
    const char **text = column_of(s, SAH_SETTING_NUMBER);
    for (size_t i = 0; i < s->n; i++) number[i] = strtod(text[i], NULL);
    hid_t dataset = sah_h5_variable(h5, s->group,
                                    &(struct sah_h5_variable){
                                        .name = "number",
                                        .doc = "The value where it is a number",
                                        .type = SAH_F64,
                                        .rank = 1,
                                        .dim = {s->dim},
                                        .fill = true,
                                    });
    sah_h5_write(h5, dataset, SAH_F64, number);
    sah_h5_drop(dataset);
    free(number);
}

static void put_settings(struct sah_pack *pack, struct settings *s) {
    s->group = sah_h5_group(pack->h5, pack->h5->file, "parameters");
    s->dim = sah_h5_names(pack->h5, s->group, "parameter", "Section and key",
                          column_of(s, SAH_SETTING_PATH), s->n);
    put_texts(pack, s, "value", "Value on the first day", SAH_SETTING_VALUE);
    if (!pack->h5->status) put_numbers(pack, s);
    put_texts(pack, s, "unit", "Unit of the number", SAH_SETTING_UNIT);
    put_texts(pack, s, "doc", "What it means", SAH_SETTING_DOC);
    put_texts(pack, s, "origin", "Where the value was set", SAH_SETTING_ORIGIN);
    sah_h5_drop(s->dim);
    sah_h5_drop(s->group);
}

void sah_pack_parameters(struct sah_pack *pack) {
    struct sah_h5 *h5 = pack->h5;
    void *texts = NULL;
    size_t length;
    if (h5->status) return;
    h5->status = sah_part_load(pack->part, "settings", &texts, &length, h5->err);
    if (h5->status) return;
    struct settings s = {.text = index_texts(texts, length, &s.n)};
    s.column = s.text ? calloc(s.n + 1, sizeof *s.column) : NULL;
    if (!s.column)
        h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for parameters");
    else if (s.n > 0)
        put_settings(pack, &s);
    free(s.column);
    free(s.text);
    free(texts);
}

static void put_digests(struct sah_pack *pack, struct sah_space *space, size_t n,
                        char (*text)[33], const char **hex) {
    struct sah_h5 *h5 = pack->h5;
    for (size_t i = 0; i < n && !h5->status; i++) {
        struct sah_digest digest;
        h5->status = sah_part_read(pack->part, SAH_STREAM_DIGEST, i, 0, sizeof digest,
                                   &digest, h5->err);
        if (!h5->status) sah_digest_text(digest, text[i]);
        hex[i] = text[i];
    }
    sah_h5_drop(sah_h5_strings(h5, space->group, "hex", "128-bit digest of the state",
                               space->time, hex, n));
}

void sah_pack_digest(struct sah_pack *pack) {
    struct sah_h5 *h5 = pack->h5;
    size_t n = sah_part_count(pack->part, SAH_STREAM_DIGEST);
    char(*text)[33] = calloc(n + 1, sizeof *text);
    const char **hex = calloc(n + 1, sizeof *hex);
    struct sah_space space;
    sah_space_open(pack, &space, sah_h5_group(h5, h5->file, "digest"));
    sah_space_time(pack, &space, SAH_STREAM_DIGEST);
    if (text && hex)
        put_digests(pack, &space, n, text, hex);
    else
        h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for digests");
    sah_space_close(&space);
    sah_h5_drop(space.group);
    free(text);
    free(hex);
}
