/* One row of texts per bound value. */
#include "output/settings.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static double number_of(const struct sah_setting *setting) {
    switch (setting->param->type) {
    case SAH_REAL:
        return *(const double *)setting->value;
    case SAH_INT:
        return (double)*(const int64_t *)setting->value;
    case SAH_SWITCH:
        return *(const bool *)setting->value;
    case SAH_CHOICE:
        return *(const int *)setting->value;
    case SAH_DATE:
        return *(const int32_t *)setting->value;
    default:
        return NAN;
    }
}

static void put(FILE *out, const char *text) {
    fputs(text ? text : "", out);
    fputc('\0', out);
}

static int put_value(FILE *out, const struct sah_setting *setting) {
    int length = sah_param_text(setting->param, setting->value, NULL, 0);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (!text) return SAH_MEMORY;
    sah_param_text(setting->param, setting->value, text, (size_t)length + 1);
    put(out, text);
    free(text);
    return SAH_OK;
}

static void put_origin(FILE *out, struct sah_origin origin) {
    fputs(origin.file ? origin.file : "default", out);
    if (origin.line > 0) fprintf(out, ":%d:%d", origin.line, origin.column);
    fputc('\0', out);
}

static int put_setting(FILE *out, const struct sah_setting *setting) {
    put(out, setting->path);
    int status = put_value(out, setting);
    fprintf(out, "%.17g", number_of(setting));
    fputc('\0', out);
    put(out, setting->param->unit);
    put(out, setting->param->doc);
    put_origin(out, setting->origin);
    return status;
}

int sah_settings_take(const struct sah_binding *binding, char **texts, size_t *length,
                      struct sah_error *err) {
    *texts = NULL;
    FILE *out = open_memstream(texts, length);
    int status = out ? SAH_OK : SAH_MEMORY;
    for (size_t i = 0; !status && i < binding->n; i++)
        status = put_setting(out, &binding->setting[i]);
    if (out && ferror(out)) status = SAH_MEMORY;
    if (out && fclose(out) != 0) status = SAH_MEMORY;
    if (!status) return SAH_OK;
    free(*texts);
    *texts = NULL;
    return sah_error_add(err, status, "no memory for the list of parameters");
}
