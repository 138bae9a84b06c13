/* The files of Flee's folder, as docs/flee.md tells them. */
#include "output/flee/export_impl.h"

#include "output/csv.h"
#include "output/disk.h"
#include "sim/kernel/calendar.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { PATH_SIZE = 4096 };
static const double HALF_DEATHS = 19; /* of a period; as displacement.half */

struct sheet {
    FILE *out;
    char *text;
    size_t length;
};

static int open_sheet(struct sah_flee_world *w, struct sheet *sheet) {
    *sheet = (struct sheet){0};
    sheet->out = open_memstream(&sheet->text, &sheet->length);
    return sheet->out ? SAH_OK
                      : sah_error_add(w->err, SAH_MEMORY, "no memory for a table");
}

static int save_sheet(struct sah_flee_world *w, struct sheet *sheet, const char *name) {
    char path[PATH_SIZE];
    int n = snprintf(path, sizeof path, "%s/%s", w->to->folder, name);
    int code = sah_csv_check(sheet->out, name, w->err);
    if (fclose(sheet->out) != 0 && !code)
        code = sah_error_add(w->err, SAH_MEMORY, "no memory for a table");
    if (!code && (n < 0 || n >= PATH_SIZE))
        code = sah_error_add(w->err, SAH_INPUT, "%.80s: the path is too long", path);
    if (!code) code = sah_disk_save(path, sheet->text, sheet->length, w->err);
    free(sheet->text);
    return code;
}

static void put_locations(const struct sah_flee_world *w, FILE *out) {
    fputs("#name,region,country,latitude,longitude,location_type,conflict_date,"
          "population\n",
          out);
    for (size_t k = 0; k < w->to->nplaces; k++) {
        size_t i = w->kept[k];
        const struct sah_flee_town *t = &w->town[i];
        size_t first = 0;
        while (t->zone && first < w->nperiods && w->deaths[first * w->ntowns + i] <= 0)
            first++;
        fprintf(out, "%s,%s,%s,%.4f,%.4f,%s,", t->name, t->country, t->country, t->lat,
                t->lon, t->zone ? "conflict_zone" : "town");
        if (t->zone) fprintf(out, "%d", w->period[first].first - w->run->start);
        fprintf(out, ",%.0f\n", t->people);
    }
    for (size_t k = 0; k < w->to->nplaces; k++) {
        const struct sah_flee_town *t = &w->town[w->kept[k]];
        if (t->camp)
            fprintf(out, "%s_camp,%s,%s,%.4f,%.4f,camp,,%.0f\n", t->name, t->country,
                    t->country, t->lat, t->lon, t->most);
    }
}

/* Between 0 and 1, as Flee wants it; saturates in deaths, as readiness to flee does. */
static double intensity(const struct sah_flee_world *w, size_t period, size_t town) {
    double deaths = w->deaths[period * w->ntowns + town];
    return deaths / (deaths + HALF_DEATHS);
}

static void put_conflicts(const struct sah_flee_world *w, FILE *out) {
    fputs("#Day", out);
    for (size_t k = 0; k < w->to->nplaces; k++)
        if (w->town[w->kept[k]].zone) fprintf(out, ",%s", w->town[w->kept[k]].name);
    for (size_t p = 0; p < w->nperiods; p++)
        for (int32_t day = w->period[p].first; day <= w->period[p].last; day++) {
            fprintf(out, "\n%d", day - w->run->start);
            for (size_t k = 0; k < w->to->nplaces; k++)
                if (w->town[w->kept[k]].zone)
                    fprintf(out, ",%.3g", intensity(w, p, w->kept[k]));
        }
    fputc('\n', out);
}

/* Nobody is displaced when a run begins, unless it goes on from another. */
static int begins_empty(struct sah_flee_world *w, bool *empty) {
    struct sah_lineage lineage = {0};
    int code = sah_result_lineage(w->result, &lineage, w->err);
    *empty = lineage.nstages == 0;
    sah_lineage_free(&lineage);
    return code;
}

static void put_list(const struct sah_flee_world *w, size_t town, bool empty,
                     FILE *out) {
    char date[11];
    fputs("#DateTime,displaced people\n", out);
    sah_day_text(w->run->start, date);
    if (empty) fprintf(out, "%s,0\n", date);
    for (size_t p = 0; p < w->nperiods; p++) {
        double count = 0;
        for (size_t i = 0; i < w->ntowns; i++)
            if (town == i || (town == w->ntowns && w->town[i].camp))
                count += round(w->displaced[p * w->ntowns + i]);
        sah_day_text(w->period[p].last, date);
        if (empty && w->period[p].last == w->run->start) continue;
        fprintf(out, "%s,%.0f\n", date, count);
    }
}

static int save_lists(struct sah_flee_world *w) {
    struct sheet layout, list;
    bool empty;
    int code = begins_empty(w, &empty);
    if (!code) code = open_sheet(w, &layout);
    if (code) return code;
    fputs("total,refugees.csv\n", layout.out);
    for (size_t i = 0; !code && i <= w->ntowns; i++) {
        char name[2 * SAH_FLEE_NAME];
        bool total = i == w->ntowns;
        if (!total && !w->town[i].camp) continue;
        snprintf(name, sizeof name, "source_data/%s.csv",
                 total ? "refugees" : w->town[i].name);
        if (!total)
            fprintf(layout.out, "%s_camp,%s.csv\n", w->town[i].name, w->town[i].name);
        code = open_sheet(w, &list);
        if (code) break;
        put_list(w, i, empty, list.out);
        code = save_sheet(w, &list, name);
    }
    int saved = save_sheet(w, &layout, "source_data/data_layout.csv");
    return code ? code : saved;
}

static int make_folder(struct sah_flee_world *w, const char *name) {
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s%s", w->to->folder, name);
    if (mkdir(path, 0777) == 0 || errno == EEXIST) return SAH_OK;
    return sah_disk_fail(w->err, path, "make the folder");
}

static int save_text(struct sah_flee_world *w, const char *name, const char *text) {
    struct sheet sheet;
    int code = open_sheet(w, &sheet);
    if (code) return code;
    fputs(text, sheet.out);
    return save_sheet(w, &sheet, name);
}

int sah_flee_save(struct sah_flee_world *w) {
    char period[64], date[11];
    struct sheet sheet;
    static void (*const put[])(const struct sah_flee_world *, FILE *) = {put_locations,
                                                                         put_conflicts};
    static const char *const names[] = {"input_csv/locations.csv",
                                        "input_csv/conflicts.csv"};
    int code = make_folder(w, "");
    if (!code) code = make_folder(w, "/input_csv");
    if (!code) code = make_folder(w, "/source_data");
    for (size_t i = 0; !code && i < 2; i++) {
        code = open_sheet(w, &sheet);
        if (code) break;
        put[i](w, sheet.out);
        code = save_sheet(w, &sheet, names[i]);
    }
    if (!code && !(code = open_sheet(w, &sheet))) {
        int routes = sah_flee_put_routes(w, sheet.out);
        code = save_sheet(w, &sheet, "input_csv/routes.csv");
        if (routes) code = routes;
    }
    sah_day_text(w->run->start, date);
    snprintf(period, sizeof period, "StartDate,%s\nLength,%d\n", date,
             w->period[w->nperiods - 1].last - w->run->start + 1);
    if (!code) code = save_text(w, "input_csv/sim_period.csv", period);
    if (!code)
        code = save_text(w, "input_csv/closures.csv",
                         "#closure_type,name1,name2,closure_start,closure_end\n");
    if (!code)
        code =
            save_text(w, "input_csv/registration_corrections.csv", "#name,date,how\n");
    return code ? code : save_lists(w);
}
