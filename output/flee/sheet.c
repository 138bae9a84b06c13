/* Scores and tables. */
#include "output/flee/sheet.h"

#include "output/canvas_file.h"
#include "output/csv.h"
#include "output/disk.h"
#include "sim/kernel/calendar.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- scores ------------------------------------------------------------------------ */

static double sum_of(const int64_t *count, size_t n) {
    double sum = 0;
    for (size_t c = 0; c < n; c++) sum += (double)count[c];
    return sum;
}

struct sah_flee_score sah_flee_score_on(const struct sah_flee_sheet *sheet, int day) {
    size_t at = (size_t)day * sheet->ncamps;
    const int64_t *simulated = sheet->simulated + at, *list = sheet->list + at;
    double all = sum_of(list, sheet->ncamps), mine = sum_of(simulated, sheet->ncamps);
    double apart = 0, rescaled = 0, scale = mine > 0 ? all / mine : 0;
    for (size_t c = 0; c < sheet->ncamps; c++) {
        apart += fabs((double)simulated[c] - (double)list[c]);
        rescaled += fabs((double)simulated[c] * scale - (double)list[c]);
    }
    return (struct sah_flee_score){apart / fmax(all, 1), rescaled / fmax(all, 1)};
}

struct sah_flee_score sah_flee_score(const struct sah_flee_sheet *sheet, int from,
                                     int to) {
    struct sah_flee_score sum = {0};
    for (int t = from; t < to; t++) {
        struct sah_flee_score one = sah_flee_score_on(sheet, t);
        sum.error += one.error;
        sum.rescaled += one.rescaled;
    }
    return (struct sah_flee_score){sum.error / (to - from), sum.rescaled / (to - from)};
}

/* ---- for people -------------------------------------------------------------------- */

static void print_camps(const struct sah_flee_sheet *sheet, FILE *out) {
    size_t n = sheet->ncamps, last = (size_t)(sheet->days - 1) * n;
    fprintf(out, "%-20s %12s %12s %12s %12s %12s\n", "", "registered", "simulated",
            "registered", "simulated", "apart");
    fprintf(out, "%-20s %12s %12s %12s %12s %12s\n", "camp", "last day", "last day",
            "mean", "mean", "mean");
    for (size_t c = 0; c < n; c++) {
        double list = 0, simulated = 0, apart = 0;
        for (int t = 0; t < sheet->days; t++) {
            double a = (double)sheet->list[(size_t)t * n + c];
            double b = (double)sheet->simulated[(size_t)t * n + c];
            list += a, simulated += b, apart += fabs(a - b);
        }
        fprintf(out, "%-20s %12lld %12lld %12.0f %12.0f %12.0f\n", sheet->camp[c],
                (long long)sheet->list[last + c], (long long)sheet->simulated[last + c],
                list / sheet->days, simulated / sheet->days, apart / sheet->days);
    }
}

/* The day after the last of the month of `day`, or the end. */
static int month_end(const struct sah_flee_sheet *sheet, int day) {
    while (day < sheet->days && !sah_day_ends_month(sheet->start + day)) day++;
    return day < sheet->days ? day + 1 : sheet->days;
}

static void print_months(const struct sah_flee_sheet *sheet, FILE *out) {
    fprintf(out, "\n%-8s %12s %12s %12s %8s %9s\n", "month", "registered", "simulated",
            "on the way", "error", "rescaled");
    for (int from = 0, to; from < sheet->days; from = to) {
        to = month_end(sheet, from);
        struct sah_flee_score score = sah_flee_score(sheet, from, to);
        struct sah_date date = sah_date_of(sheet->start + from);
        size_t last = (size_t)(to - 1) * sheet->ncamps;
        fprintf(out, "%04d-%02d  %12.0f %12.0f %12lld %8.3f %9.3f\n", date.year,
                date.month, sum_of(sheet->list + last, sheet->ncamps),
                sum_of(sheet->simulated + last, sheet->ncamps),
                (long long)sheet->away[to - 1], score.error, score.rescaled);
    }
}

void sah_flee_print(const struct sah_flee_sheet *sheet, FILE *out) {
    print_camps(sheet, out);
    print_months(sheet, out);
}

/* ---- in the columns of Flee -------------------------------------------------------- */

static void put_head(const struct sah_flee_sheet *sheet, FILE *out) {
    static const char *const of[] = {"sim", "data", "error"};
    fputs("Day,Date", out);
    for (size_t c = 0; c < sheet->ncamps; c++)
        for (int k = 0; k < 3; k++) {
            char name[256];
            snprintf(name, sizeof name, "%.200s %s", sheet->camp[c], of[k]);
            sah_csv_put(out, name, false);
        }
    fputs(
        ",Total error,refugees in camps (UNHCR),total refugees (simulation),raw UNHCR "
        "refugee count,refugees in camps (simulation),refugee_debt\n",
        out);
}

/* What was registered or left out on day 0, and all that was gained since. */
static void put_day(const struct sah_flee_sheet *sheet, int t, double raw, FILE *out) {
    size_t n = sheet->ncamps, at = (size_t)t * n;
    char date[11];
    sah_day_text(sheet->start + t, date);
    fprintf(out, "%d,%s", t, date);
    for (size_t c = 0; c < n; c++) {
        double list = (double)sheet->list[at + c];
        double simulated = (double)sheet->simulated[at + c];
        fprintf(out, ",%lld,%lld", (long long)sheet->simulated[at + c],
                (long long)sheet->list[at + c]);
        sah_csv_put_number(out, list > 0 ? fabs(simulated / list - 1) : 0);
    }
    double camps = sum_of(sheet->simulated + at, n);
    sah_csv_put_number(out, sah_flee_score_on(sheet, t).error);
    sah_csv_put_number(out, sum_of(sheet->list + at, n));
    sah_csv_put_number(out, camps + (double)sheet->away[t]);
    sah_csv_put_number(out, raw);
    sah_csv_put_number(out, camps);
    fprintf(out, ",%lld\n", (long long)sheet->debt[t]);
}

int sah_flee_csv(const struct sah_flee_sheet *sheet, const char *path,
                 struct sah_error *err) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (!out)
        return sah_error_add(err, SAH_MEMORY, "%s: no memory for the table", path);
    put_head(sheet, out);
    double raw = sum_of(sheet->list, sheet->ncamps);
    for (int t = 0; t < sheet->days; t++) {
        int64_t paid = t ? sheet->debt[t] - sheet->debt[t - 1] : 0;
        if (t) raw += (double)(sheet->fled[t] - paid);
        put_day(sheet, t, raw, out);
    }
    int code = sah_csv_check(out, path, err);
    if (fclose(out) != 0 && !code)
        code = sah_error_add(err, SAH_MEMORY, "%s: no memory for the table", path);
    if (!code) code = sah_disk_save(path, text, length, err);
    free(text);
    return code;
}
