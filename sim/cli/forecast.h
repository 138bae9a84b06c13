/* sahel forecast: what it was asked, and its parts. */
#ifndef SAH_CLI_FORECAST_H
#define SAH_CLI_FORECAST_H
#include "output/forecast/draws.h"
#include "sim/cli/options.h"

struct sah_forecast_call {
    struct sah_options common; /* argument[0] is the scenario */
    const char *events, *folder;
    char *command;
    long year; /* the window */
    int32_t until;
    bool dated, baselines, csv;
};

/* Of the window: its first month and how many there are; the last month known. */
int sah_forecast_first(const struct sah_forecast_call *call);
enum { SAH_FORECAST_MONTHS = 12 };
int sah_forecast_until(const struct sah_forecast_call *call);

#endif
