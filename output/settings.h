/* The parameters of a run as texts, taken before the timeline moves them.
 *
 * Six zero-ended texts for each: path, value, number, unit, doc, origin. */
#ifndef SAH_OUTPUT_SETTINGS_H
#define SAH_OUTPUT_SETTINGS_H
#include "sim/kernel/scenario.h"

enum sah_setting_text {
    SAH_SETTING_PATH,
    SAH_SETTING_VALUE,
    SAH_SETTING_NUMBER,
    SAH_SETTING_UNIT,
    SAH_SETTING_DOC,
    SAH_SETTING_ORIGIN,
    SAH_SETTING_TEXTS
};

/* Caller frees `texts`. */
int sah_settings_take(const struct sah_binding *binding, char **texts, size_t *length,
                      struct sah_error *err);

#endif
