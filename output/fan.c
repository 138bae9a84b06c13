/* Two areas and a line. */
#include "output/fan.h"

#include "output/plot_impl.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const struct sah_fan_usual sah_fan_usual[] = {
    {SAH_SERIES, "deaths", "Deaths", 1, NULL},
    {SAH_SERIES, "events", "Events", 1, NULL},
    {SAH_SERIES, "fighters", "Fighters", 1, NULL},
    {SAH_SERIES, "treasury", "Money of armed groups", 0.01, "USD"},
    {SAH_SERIES, "displaced", "Displaced people", 1, NULL},
    {0},
};

struct sah_scale sah_fan_scale(const struct sah_fan *fan) {
    double high = 0, low = 0;
    for (size_t i = 0; i < fan->ntimes * SAH_FAN_QUANTILES; i++) {
        high = fmax(high, fan->quantile[i]);
        low = fmin(low, fan->quantile[i]);
    }
    return sah_scale_fit(SAH_SCALE_LINEAR, low, high, 0);
}

static void name_median(const struct sah_chart *chart, const struct sah_fan *fan,
                        struct sah_colour ink, double room) {
    double last = fan->quantile[2 * fan->ntimes + fan->ntimes - 1];
    char value[SAH_NUMBER_TEXT];
    struct sah_end end = {
        .y = sah_chart_y(chart, last), .colour = ink, .text = "median"};
    sah_plot_amount(last, value);
    snprintf(end.value, sizeof end.value, "%s", value);
    if (isfinite(last)) sah_chart_ends(chart, &end, 1, room);
}

bool sah_fan_bands(const struct sah_chart *chart, const struct sah_fan *fan,
                   struct sah_colour colour) {
    double *day = calloc(fan->ntimes + 1, sizeof *day);
    const double *q[SAH_FAN_QUANTILES];
    for (size_t k = 0; k < SAH_FAN_QUANTILES; k++)
        q[k] = fan->quantile + k * fan->ntimes;
    bool told = day && fan->ntimes && isfinite(q[2][0]);
    for (size_t t = 0; told && t < fan->ntimes; t++)
        day[t] = fan->flow ? (fan->first[t] + fan->after[t]) / 2 : fan->after[t];
    if (told) {
        sah_chart_area(chart, day, q[0], q[4], fan->ntimes,
                       sah_colour_fade(colour, 0.22));
        sah_chart_area(chart, day, q[1], q[3], fan->ntimes,
                       sah_colour_fade(colour, 0.34));
        sah_chart_line(chart, day, q[2], fan->ntimes,
                       (struct sah_stroke){colour, 1.4, false});
    }
    free(day);
    return told;
}

void sah_fan_draw(const struct sah_chart *chart, const struct sah_fan *fan,
                  double room) {
    struct sah_colour ink = sah_ramp_at(SAH_RAMP_TIDE, 0.7);
    sah_chart_axes(chart, NULL);
    sah_chart_title(chart, fan->title, fan->note);
    bool told = sah_fan_bands(chart, fan, ink);
    if (!told) sah_chart_nothing(chart, "no run is whole");
    if (told && room > 0) name_median(chart, fan, ink, room);
}
