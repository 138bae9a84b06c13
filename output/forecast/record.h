/* A list of events as the observed past of a scenario: months, by camp and cell, as
 * mechanism `past` of the Sahel model reads them (ODD 7.37). */
#ifndef SAH_OUTPUT_FORECAST_RECORD_H
#define SAH_OUTPUT_FORECAST_RECORD_H
#include "output/facts/facts.h"

#include <stdio.h>

/* The camp whose act an event is, by the sides; NULL where none that is followed. */
const char *sah_record_camp(const struct sah_fact_event *event);

/* Writes the list `record` in YAML, of all days up to `until`. Events are sorted by day. */
void sah_record_write(const struct sah_fact_event *event, size_t n, int32_t until,
                      FILE *out);

#endif
