/* Scenario, parameters, digests and provenance: rows of text. */
#include "output/result_impl.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- scenario ------------------------------------------------------------------ */

int sah_result_scenario(struct sah_result *result, const char **yaml,
                        struct sah_error *err) {
    struct sah_h5 *h5 = sah_result_begin(result, err);
    if (!result->yaml) {
        if (!sah_h5_has(h5, h5->file, "scenario/yaml"))
            return sah_error_add(err, SAH_FORMAT, "%s: holds no scenario", h5->path);
        hid_t dataset = sah_h5_object(h5, h5->file, "scenario/yaml");
        size_t n;
        char **texts = sah_h5_read_texts(h5, dataset, &n);
        if (texts && n == 1) {
            result->yaml = texts[0];
            texts[0] = NULL;
        }
        sah_h5_free_texts(texts, n);
        sah_h5_drop(dataset);
    }
    *yaml = result->yaml;
    return h5->status;
}

/* ---- parameters ---------------------------------------------------------------- */

/* Moves the texts of a column into a member of each row. */
static void read_member(struct sah_result *result, hid_t group, const char *name,
                        size_t at) {
    struct sah_h5 *h5 = &result->h5;
    hid_t dataset = sah_h5_object(h5, group, name);
    size_t n = 0;
    char **texts = sah_h5_read_texts(h5, dataset, &n);
    if (texts && n != result->nparameters) sah_h5_fail(h5, "use", name);
    for (size_t i = 0; texts && !h5->status && i < n; i++) {
        memcpy((char *)&result->parameter[i] + at, &texts[i], sizeof texts[i]);
        texts[i] = NULL;
    }
    sah_h5_free_texts(texts, n);
    sah_h5_drop(dataset);
}

static void read_parameters(struct sah_result *result) {
    struct sah_h5 *h5 = &result->h5;
    hid_t group = sah_h5_object(h5, h5->file, "parameters");
    hid_t number = sah_h5_object(h5, group, "number");
    size_t n = sah_h5_length(h5, number);
    double *value = sah_h5_room(h5, n, sizeof *value);
    result->parameter = sah_h5_room(h5, n, sizeof *result->parameter);
    if (result->parameter) result->nparameters = n;
    if (value) sah_h5_read(h5, number, SAH_F64, value);
    for (size_t i = 0; value && i < result->nparameters; i++)
        result->parameter[i].number = value[i];
#define MEMBER(name, member) \
    read_member(result, group, name, offsetof(struct sah_result_parameter, member))
    MEMBER("parameter", path);
    MEMBER("value", value);
    MEMBER("unit", unit);
    MEMBER("doc", doc);
    MEMBER("origin", origin);
#undef MEMBER
    free(value);
    sah_h5_drop(number);
    sah_h5_drop(group);
}

static void free_parameters(struct sah_result *result) {
    for (size_t i = 0; i < result->nparameters; i++) {
        struct sah_result_parameter *p = &result->parameter[i];
        free(p->path);
        free(p->value);
        free(p->unit);
        free(p->doc);
        free(p->origin);
    }
    free(result->parameter);
    result->parameter = NULL;
    result->nparameters = 0;
}

int sah_result_parameters(struct sah_result *result,
                          const struct sah_result_parameter **parameters, size_t *n,
                          struct sah_error *err) {
    struct sah_h5 *h5 = sah_result_begin(result, err);
    if (!result->has_parameters && sah_h5_has(h5, h5->file, "parameters"))
        read_parameters(result);
    if (h5->status)
        free_parameters(result);
    else
        result->has_parameters = true;
    *parameters = result->parameter;
    *n = result->nparameters;
    return h5->status;
}

/* ---- digests ------------------------------------------------------------------- */

static void read_digests(struct sah_result *result) {
    struct sah_h5 *h5 = &result->h5;
    hid_t time = sah_h5_object(h5, h5->file, "digest/time");
    hid_t hex = sah_h5_object(h5, h5->file, "digest/hex");
    size_t n = sah_h5_length(h5, time), ntexts = 0;
    int32_t *day = sah_h5_room(h5, n, sizeof *day);
    char **texts = sah_h5_read_texts(h5, hex, &ntexts);
    if (day) sah_h5_read(h5, time, SAH_I32, day);
    if (!h5->status && n != ntexts) sah_h5_fail(h5, "use", "digest/hex");
    result->digest = sah_h5_room(h5, n, sizeof *result->digest);
    for (size_t i = 0; result->digest && day && texts && i < n; i++) {
        result->digest[i] = (struct sah_result_digest){day[i], texts[i]};
        texts[i] = NULL;
    }
    if (result->digest) result->ndigests = n;
    sah_h5_free_texts(texts, ntexts);
    free(day);
    sah_h5_drop(time);
    sah_h5_drop(hex);
}

int sah_result_digests(struct sah_result *result,
                       const struct sah_result_digest **digests, size_t *n,
                       struct sah_error *err) {
    struct sah_h5 *h5 = sah_result_begin(result, err);
    if (!result->has_digests && sah_h5_has(h5, h5->file, "digest"))
        read_digests(result);
    if (!h5->status) result->has_digests = true;
    *digests = result->digest;
    *n = result->ndigests;
    return h5->status;
}

/* ---- provenance ---------------------------------------------------------------- */

/* An attribute as text, whatever its kind; caller frees. */
static char *fact_text(struct sah_h5 *h5, hid_t group, const char *name) {
    hid_t attribute = H5Aopen(group, name, H5P_DEFAULT);
    hid_t type = attribute < 0 ? -1 : H5Aget_type(attribute);
    H5T_class_t class = type < 0 ? H5T_NO_CLASS : H5Tget_class(type);
    sah_h5_drop(type);
    sah_h5_drop(attribute);
    if (class == H5T_STRING) return sah_h5_get_text(h5, group, name);
    char *text = sah_h5_room(h5, 32, 1);
    if (text && class == H5T_INTEGER)
        snprintf(text, 32, "%lld", (long long)sah_h5_get_whole(h5, group, name, 0));
    else if (text)
        snprintf(text, 32, "%.6g", sah_h5_get_real(h5, group, name, (double)NAN));
    return text;
}

static char *fact_name(struct sah_h5 *h5, const char *part, const char *name) {
    size_t size = strlen(part) + strlen(name) + 2;
    char *text = sah_h5_room(h5, size, 1);
    if (text) snprintf(text, size, "%s/%s", part, name);
    return text;
}

static void add_fact(struct sah_result *result, hid_t group, const char *part,
                     const char *name) {
    struct sah_h5 *h5 = &result->h5;
    void *grown = realloc(result->fact, (result->nfacts + 1) * sizeof *result->fact);
    if (!grown) {
        h5->status = sah_error_add(h5->err, SAH_MEMORY, "no memory for provenance");
        return;
    }
    result->fact = grown;
    result->fact[result->nfacts++] = (struct sah_result_fact){
        .name = fact_name(h5, part, name), .value = fact_text(h5, group, name)};
}

static void read_facts(struct sah_result *result, hid_t group, const char *part) {
    char *name;
    for (size_t i = 0; (name = sah_h5_attribute(&result->h5, group, i)); i++) {
        add_fact(result, group, part, name);
        free(name);
    }
}

static void read_provenance(struct sah_result *result) {
    static const char *const parts[] = {"software", "environment", "resources"};
    struct sah_h5 *h5 = &result->h5;
    hid_t group = sah_h5_object(h5, h5->file, "provenance");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!sah_h5_has(h5, group, parts[i])) continue;
        hid_t part = sah_h5_object(h5, group, parts[i]);
        read_facts(result, part, parts[i]);
        sah_h5_drop(part);
    }
    sah_h5_drop(group);
}

static void free_facts(struct sah_result *result) {
    for (size_t i = 0; i < result->nfacts; i++) {
        free(result->fact[i].name);
        free(result->fact[i].value);
    }
    free(result->fact);
    result->fact = NULL;
    result->nfacts = 0;
}

int sah_result_provenance(struct sah_result *result,
                          const struct sah_result_fact **facts, size_t *n,
                          struct sah_error *err) {
    struct sah_h5 *h5 = sah_result_begin(result, err);
    if (!result->has_facts) read_provenance(result);
    if (h5->status)
        free_facts(result);
    else
        result->has_facts = true;
    *facts = result->fact;
    *n = result->nfacts;
    return h5->status;
}

void sah_result_free_texts(struct sah_result *result) {
    free(result->yaml);
    free_parameters(result);
    free_facts(result);
    for (size_t i = 0; i < result->ndigests; i++) free(result->digest[i].hex);
    free(result->digest);
}
