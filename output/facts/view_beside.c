/* Tables beside a list of events: totals by month, displaced people at the end of years. */
#include "output/facts/view_list.h"

#include "sim/kernel/calendar.h"

#include <stdlib.h>

struct amount {
    char *iso3;
    int year, month;
    double value;
};
#define AMOUNT(name, kind, field, low, high)                              \
    {                                                                     \
        .column = name, .as = kind, .at = offsetof(struct amount, field), \
        .min = (low), .max = (high)                                       \
    }
enum { FIRST_YEAR = 1900, LAST_YEAR = 2100 };
static const struct sah_table_field totals_fields[] = {
    AMOUNT("iso3", SAH_AS_TEXT, iso3, 0, 0),
    AMOUNT("year", SAH_AS_INT, year, FIRST_YEAR, LAST_YEAR),
    AMOUNT("month", SAH_AS_INT, month, 1, 12),
    AMOUNT("fatalities", SAH_AS_REAL, value, 0, 1e9),
    {0},
};
static const struct sah_table_field displaced_fields[] = {
    AMOUNT("iso3", SAH_AS_TEXT, iso3, 0, 0),
    AMOUNT("year", SAH_AS_INT, year, FIRST_YEAR, LAST_YEAR),
    AMOUNT("idps_end_of_year", SAH_AS_REAL, value, 0, 1e9),
    {0},
};

static int read_amounts(const struct sah_table *table,
                        const struct sah_table_field *fields, struct amount **amount,
                        struct sah_error *err) {
    *amount = calloc(table->nrows + 1, sizeof **amount);
    if (!*amount) return sah_error_add(err, SAH_MEMORY, "%s: no memory", table->name);
    return sah_table_rows(table, fields, NULL, sizeof **amount, *amount, err);
}

/* Months that no row tells stay without deaths only inside the years of the table. */
static int take_totals(struct sah_facts_view *view, const struct amount *amount,
                       size_t n, struct sah_error *err) {
    int first = LAST_YEAR, last = FIRST_YEAR;
    for (size_t i = 0; i < n; i++) {
        if (amount[i].year < first) first = amount[i].year;
        if (amount[i].year > last) last = amount[i].year;
    }
    view->totals_year = first;
    view->totals_years = first > last ? 0 : (size_t)(last - first + 1);
    for (size_t i = 0; i < n; i++) {
        int c = sah_fact_country(amount[i].iso3);
        if (c < 0) continue;
        if (!view->totals[c])
            view->totals[c] =
                calloc(view->totals_years * SAH_FACT_MONTHS, sizeof(double));
        if (!view->totals[c]) return sah_error_add(err, SAH_MEMORY, "no memory");
        int month = (amount[i].year - first) * SAH_FACT_MONTHS + amount[i].month - 1;
        view->totals[c][month] += amount[i].value;
    }
    return SAH_OK;
}

int sah_facts_view_totals(const struct sah_table *table, struct sah_facts_view *view,
                          struct sah_error *err) {
    struct amount *amount;
    int code = read_amounts(table, totals_fields, &amount, err);
    if (!code) code = take_totals(view, amount, table->nrows, err);
    free(amount);
    return code;
}

static int take_displaced(struct sah_facts_view *view, const struct amount *amount,
                          size_t n, struct sah_error *err) {
    for (size_t i = 0; i < n; i++) {
        int c = sah_fact_country(amount[i].iso3);
        int32_t day = sah_day_of((struct sah_date){amount[i].year, 12, 31});
        if (c >= 0 && !sah_fact_series_add(&view->displaced[c], day, amount[i].value))
            return sah_error_add(err, SAH_MEMORY, "no memory");
    }
    return SAH_OK;
}

int sah_facts_view_displaced(const struct sah_table *table, struct sah_facts_view *view,
                             struct sah_error *err) {
    struct amount *amount;
    int code = read_amounts(table, displaced_fields, &amount, err);
    if (!code) code = take_displaced(view, amount, table->nrows, err);
    free(amount);
    return code;
}
