/* The timeline is read from the scenario as the result keeps it. */
#include "output/captions.h"

#include "output/disk.h"
#include "sim/kernel/calendar.h"
#include "sim/kernel/scenario.h"

#include <stdlib.h>
#include <string.h>

static const char *text_of(const struct sah_node *entry, const char *key) {
    const struct sah_node *node = sah_node_find(entry, key);
    return node && node->kind == SAH_SCALAR ? node->text : "";
}

/* An entry without a reason is told by what it sets. */
static const char *words_of(const struct sah_node *entry) {
    const char *why = text_of(entry, "why");
    return *why ? why : text_of(entry, "what");
}

static bool add(struct sah_captions *captions, int32_t day, const char *text) {
    char *copy = sah_disk_concat(text, "");
    if (!copy) return false;
    captions->caption[captions->n++] = (struct sah_caption){day, copy};
    return true;
}

static int by_day(const void *a, const void *b) {
    const struct sah_caption *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return strcmp(x->text, y->text);
}

/* Captions of one day become one; the same words are told once. */
static bool join(struct sah_captions *captions) {
    size_t n = 0;
    for (size_t i = 0; i < captions->n; i++) {
        struct sah_caption *last = n ? &captions->caption[n - 1] : NULL;
        struct sah_caption next = captions->caption[i];
        captions->caption[i].text = NULL;
        if (!last || last->day != next.day) {
            captions->caption[n++] = next;
            continue;
        }
        if (!strstr(last->text, next.text)) {
            char *start = sah_disk_concat(last->text, "; ");
            char *all = start ? sah_disk_concat(start, next.text) : NULL;
            free(start);
            if (!all) free(next.text);
            if (!all) return false;
            free(last->text);
            last->text = all;
        }
        free(next.text);
    }
    captions->n = n;
    return true;
}

static int collect(struct sah_captions *captions, const struct sah_node *timeline,
                   struct sah_error *err) {
    size_t n = 0;
    bool whole = true;
    for (const struct sah_node *e = timeline->child; e; e = e->next) n++;
    captions->caption = calloc(n + 1, sizeof *captions->caption);
    for (const struct sah_node *e = timeline->child; captions->caption && e && whole;
         e = e->next) {
        int32_t day;
        if (sah_day_parse(text_of(e, "date"), &day) && *words_of(e))
            whole = add(captions, day, words_of(e));
    }
    if (captions->caption && whole) {
        qsort(captions->caption, captions->n, sizeof *captions->caption, by_day);
        whole = join(captions);
    }
    return captions->caption && whole
               ? SAH_OK
               : sah_error_add(err, SAH_MEMORY, "no memory for captions");
}

int sah_captions_read(struct sah_result *result, struct sah_captions *captions,
                      struct sah_error *err) {
    const char *yaml;
    struct sah_scenario *scenario = NULL;
    *captions = (struct sah_captions){0};
    int code = sah_result_scenario(result, &yaml, err);
    if (!code)
        code = sah_scenario_parse(sah_result_run(result)->path, yaml, strlen(yaml),
                                  NULL, 0, &scenario, err);
    if (code) return code;
    const struct sah_node *timeline =
        sah_node_find(sah_scenario_root(scenario), "timeline");
    if (timeline && timeline->kind == SAH_SEQUENCE)
        code = collect(captions, timeline, err);
    sah_scenario_free(scenario);
    return code;
}

void sah_captions_free(struct sah_captions *captions) {
    for (size_t i = 0; i < captions->n; i++) free(captions->caption[i].text);
    free(captions->caption);
    *captions = (struct sah_captions){0};
}
