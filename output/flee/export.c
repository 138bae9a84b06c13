/* From cells and periods to towns, days and lists. */
#include "output/flee/export.h"

#include "output/csv.h"
#include "output/disk.h"
#include "sim/kernel/calendar.h"
#include "sim/kernel/sphere.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { NEIGHBOURS = 3, MOST_ZONES = 250, PATH_SIZE = 4096, NAME_SIZE = 128 };
static const double HALF_DEATHS = 19; /* of a period; as displacement.half */

struct town {
    char name[NAME_SIZE];
    const char *country;
    double lon, lat, people, deaths, most; /* most displaced */
    bool kept, zone, camp;
};
struct world {
    struct sah_result *result;
    struct sah_flee_export *to;
    const struct sah_result_run *run;
    const struct sah_grid *grid;
    struct sah_geography *geo;
    size_t nperiods, ntowns;
    const struct sah_period *period;
    struct town *town;
    int *town_of;      /* [cell], or -1 */
    double *displaced; /* [period][town] */
    double *deaths;    /* [period][town] */
    double *cells;     /* scratch, [period][cell] */
    size_t *kept;      /* numbers of the towns that are kept */
    double *km;        /* [kept][kept] */
    struct sah_error *err;
};

/* ---- towns ------------------------------------------------------------------------- */

static int open_land(struct world *w) {
    const struct sah_geo_file *files;
    size_t n;
    int code = sah_result_geography(w->result, &files, &n, w->err);
    if (!code && !n)
        code =
            sah_error_add(w->err, SAH_INPUT, "%s: the model has no land", w->run->path);
    return code ? code : sah_geography_parse(files, n, &w->geo, w->err);
}

/* Flee's names hold no blanks and no commas, and are unlike each other. */
static void name_town(struct world *w, size_t i, const char *name) {
    struct town *t = &w->town[i];
    snprintf(t->name, sizeof t->name, "%.100s", name);
    for (char *c = t->name; *c; c++)
        if (strchr(" ,\"#", *c)) *c = '_';
    for (size_t k = 0; k < i; k++)
        if (strcmp(w->town[k].name, t->name) == 0) {
            size_t length = strlen(t->name);
            snprintf(t->name + length, sizeof t->name - length, "_%zu", i);
        }
}

static int open_towns(struct world *w) {
    const struct sah_geography *geo = w->geo;
    w->town = calloc(geo->nplaces + 1, sizeof *w->town);
    if (!w->town) return sah_error_add(w->err, SAH_MEMORY, "no memory for towns");
    for (size_t p = 0; p < geo->nplaces; p++) {
        const struct sah_geo_place *place = &geo->place[p];
        if (sah_grid_cell(w->grid, place->lon, place->lat) < 0) continue;
        struct town *t = &w->town[w->ntowns];
        t->country = geo->country[place->country].iso3;
        t->lon = place->lon, t->lat = place->lat;
        name_town(w, w->ntowns++, place->name);
    }
    return w->ntowns ? SAH_OK
                     : sah_error_add(w->err, SAH_INPUT, "%s: no town in its land",
                                     w->run->path);
}

/* The nearest town of the cell's country, or else of all. */
static int nearest_town(const struct world *w, int32_t cell, const char *country) {
    double lon = sah_grid_lon(w->grid, cell), lat = sah_grid_lat(w->grid, cell);
    double best = INFINITY;
    int nearest = -1;
    for (size_t i = 0; i < w->ntowns; i++) {
        double km = sah_distance_km(lon, lat, w->town[i].lon, w->town[i].lat);
        /* NOLINTNEXTLINE(clang-analyzer-core.*): those counted are there */
        if (strcmp(w->town[i].country, country) != 0) km += 1e5;
        if (km < best) {
            best = km;
            nearest = (int)i;
        }
    }
    return nearest;
}

static int assign_cells(struct world *w) {
    const struct sah_result_land *land;
    int code = sah_result_land(w->result, &land, w->err);
    if (code) return code;
    w->town_of = calloc((size_t)w->grid->ncells + 1, sizeof *w->town_of);
    if (!w->town_of) return sah_error_add(w->err, SAH_MEMORY, "no memory for cells");
    for (int32_t c = 0; c < w->grid->ncells; c++) {
        int country = land->country ? land->country[c] : -1;
        w->town_of[c] = -1;
        if (country >= 0)
            w->town_of[c] = nearest_town(w, c, w->geo->country[country].iso3);
    }
    return SAH_OK;
}

/* A field added up by period and town. */
static int gather(struct world *w, const char *name, double *out) {
    const struct sah_variable *v = sah_result_find(w->result, SAH_FIELD, name, w->err);
    if (!v) return SAH_INPUT;
    size_t ncells = (size_t)w->grid->ncells;
    int code = sah_result_read(w->result, v, 0, w->nperiods - 1, w->cells, w->err);
    for (size_t p = 0; !code && p < w->nperiods; p++)
        for (size_t c = 0; c < ncells; c++) {
            double value = w->cells[p * ncells + c];
            if (w->town_of[c] >= 0 && isfinite(value))
                out[p * w->ntowns + (size_t)w->town_of[c]] += value;
        }
    return code;
}

static int gather_people(struct world *w) {
    double *people = calloc(w->nperiods * w->ntowns, sizeof *people);
    if (!people) return sah_error_add(w->err, SAH_MEMORY, "no memory for people");
    int code = gather(w, "people", people);
    for (size_t i = 0; i < w->ntowns; i++) w->town[i].people = people[i];
    free(people);
    return code;
}

/* ---- what is kept ------------------------------------------------------------------ */

static int by_deaths(const void *a, const void *b) {
    const struct town *x = *(struct town *const *)a, *y = *(struct town *const *)b;
    if (x->deaths > y->deaths || x->deaths < y->deaths)
        return x->deaths > y->deaths ? -1 : 1;
    return x < y ? -1 : 1;
}

/* A table has so many columns at most: the towns with most deaths have one. */
static int choose_zones(struct world *w) {
    struct town **order = calloc(w->ntowns, sizeof *order);
    if (!order) return sah_error_add(w->err, SAH_MEMORY, "no memory for towns");
    for (size_t i = 0; i < w->ntowns; i++) order[i] = &w->town[i];
    qsort(order, w->ntowns, sizeof *order, by_deaths);
    for (size_t i = 0; i < w->ntowns && i < MOST_ZONES; i++)
        order[i]->zone = order[i]->deaths > 0;
    free(order);
    return SAH_OK;
}

static int choose(struct world *w) {
    for (size_t i = 0; i < w->ntowns; i++) {
        struct town *t = &w->town[i];
        for (size_t p = 0; p < w->nperiods; p++) {
            t->deaths += w->deaths[p * w->ntowns + i];
            t->most = fmax(t->most, round(w->displaced[p * w->ntowns + i]));
        }
        t->camp = t->most > 0 && t->most >= w->to->least;
    }
    int code = choose_zones(w);
    w->kept = calloc(w->ntowns, sizeof *w->kept);
    if (!code && !w->kept)
        code = sah_error_add(w->err, SAH_MEMORY, "no memory for towns");
    for (size_t i = 0; !code && i < w->ntowns; i++) {
        struct town *t = &w->town[i];
        w->to->displaced += t->most;
        w->to->in_camps += t->camp ? t->most : 0;
        w->to->ncamps += t->camp;
        w->to->nzones += t->zone;
        if (t->zone || t->camp) w->kept[w->to->nplaces++] = i;
    }
    if (!code && !w->to->ncamps)
        code = sah_error_add(w->err, SAH_INPUT,
                             "%s: nowhere are %g displaced people or more: there would "
                             "be no camp",
                             w->run->path, w->to->least);
    return code;
}

/* ---- files ------------------------------------------------------------------------- */

struct sheet {
    FILE *out;
    char *text;
    size_t length;
};

static int open_sheet(struct world *w, struct sheet *sheet) {
    *sheet = (struct sheet){0};
    sheet->out = open_memstream(&sheet->text, &sheet->length);
    return sheet->out ? SAH_OK
                      : sah_error_add(w->err, SAH_MEMORY, "no memory for a table");
}

static int save_sheet(struct world *w, struct sheet *sheet, const char *name) {
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

static void put_locations(const struct world *w, FILE *out) {
    fputs("#name,region,country,latitude,longitude,location_type,conflict_date,"
          "population\n",
          out);
    for (size_t k = 0; k < w->to->nplaces; k++) {
        size_t i = w->kept[k];
        const struct town *t = &w->town[i];
        size_t first = 0;
        while (t->zone && first < w->nperiods && w->deaths[first * w->ntowns + i] <= 0)
            first++;
        fprintf(out, "%s,%s,%s,%.4f,%.4f,%s,", t->name, t->country, t->country, t->lat,
                t->lon, t->zone ? "conflict_zone" : "town");
        if (t->zone) fprintf(out, "%d", w->period[first].first - w->run->start);
        fprintf(out, ",%.0f\n", t->people);
    }
    for (size_t k = 0; k < w->to->nplaces; k++) {
        const struct town *t = &w->town[w->kept[k]];
        if (t->camp)
            fprintf(out, "%s_camp,%s,%s,%.4f,%.4f,camp,,%.0f\n", t->name, t->country,
                    t->country, t->lat, t->lon, t->most);
    }
}

/* Distances between all that are kept. */
static int measure_ways(struct world *w) {
    size_t n = w->to->nplaces;
    w->km = calloc(n * n, sizeof *w->km);
    if (!w->km) return sah_error_add(w->err, SAH_MEMORY, "no memory for ways");
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
            const struct town *x = &w->town[w->kept[a]], *y = &w->town[w->kept[b]];
            w->km[a * n + b] = fmax(sah_distance_km(x->lon, x->lat, y->lon, y->lat), 1);
        }
    return SAH_OK;
}

static double km_between(const struct world *w, size_t a, size_t b) {
    return w->km[a * w->to->nplaces + b];
}

static void put_route(const struct world *w, size_t a, size_t b, FILE *out) {
    fprintf(out, "%s,%s,%.0f,0\n", w->town[w->kept[a]].name, w->town[w->kept[b]].name,
            km_between(w, a, b));
}

/* Is b among the nearest of a? */
static bool is_near(const struct world *w, size_t a, size_t b) {
    double km = km_between(w, a, b);
    int nearer = 0;
    for (size_t c = 0; c < w->to->nplaces; c++)
        if (c != a && c != b) {
            double other = km_between(w, a, c);
            nearer += other < km || (other <= km && c < b);
        }
    return nearer < NEIGHBOURS;
}

/* The shortest net that reaches all (Prim 1957): from[b] is what b hangs on. */
static void span(const struct world *w, size_t *from, double *km, bool *done) {
    size_t n = w->to->nplaces;
    for (size_t i = 0; i < n; i++) km[i] = i ? INFINITY : 0;
    for (size_t step = 0; step < n; step++) {
        size_t at = n;
        for (size_t i = 0; i < n; i++)
            if (!done[i] && (at == n || km[i] < km[at])) at = i;
        done[at] = true;
        for (size_t i = 0; i < n; i++) {
            double way = done[i] ? INFINITY : km_between(w, at, i);
            if (way < km[i]) {
                km[i] = way;
                from[i] = at;
            }
        }
    }
}

/* Nobody takes shelter in the town fled from: the ways to a camp are those from the towns
 * around. */
static void put_camp_routes(const struct world *w, size_t a, FILE *out) {
    const char *name = w->town[w->kept[a]].name;
    for (size_t b = 0; b < w->to->nplaces; b++)
        if (b != a && is_near(w, a, b))
            fprintf(out, "%s,%s_camp,%.0f,0\n", w->town[w->kept[b]].name, name,
                    km_between(w, a, b));
    if (w->to->nplaces == 1) fprintf(out, "%s,%s_camp,1,0\n", name, name);
}

static int put_routes(struct world *w, FILE *out) {
    size_t n = w->to->nplaces;
    size_t *from = calloc(n, sizeof *from);
    double *km = calloc(n, sizeof *km);
    bool *done = calloc(n, sizeof *done);
    int code = SAH_OK;
    fputs("#name1,name2,distance,forced_redirection\n", out);
    if (from && km && done)
        span(w, from, km, done);
    else
        code = sah_error_add(w->err, SAH_MEMORY, "no memory for routes");
    for (size_t a = 0; !code && a < n; a++)
        for (size_t b = a + 1; b < n; b++)
            if (is_near(w, a, b) || is_near(w, b, a) || (from[b] == a && b) ||
                (from[a] == b && a))
                put_route(w, a, b, out);
    for (size_t a = 0; !code && a < n; a++)
        if (w->town[w->kept[a]].camp) put_camp_routes(w, a, out);
    free(from);
    free(km);
    free(done);
    return code;
}

/* Between 0 and 1, as Flee wants it; saturates in deaths, as readiness to flee does. */
static double intensity(const struct world *w, size_t period, size_t town) {
    double deaths = w->deaths[period * w->ntowns + town];
    return deaths / (deaths + HALF_DEATHS);
}

static void put_conflicts(const struct world *w, FILE *out) {
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
static int begins_empty(struct world *w, bool *empty) {
    struct sah_lineage lineage = {0};
    int code = sah_result_lineage(w->result, &lineage, w->err);
    *empty = lineage.nstages == 0;
    sah_lineage_free(&lineage);
    return code;
}

static void put_list(const struct world *w, size_t town, bool empty, FILE *out) {
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

static int save_lists(struct world *w) {
    struct sheet layout, list;
    bool empty;
    int code = begins_empty(w, &empty);
    if (!code) code = open_sheet(w, &layout);
    if (code) return code;
    fputs("total,refugees.csv\n", layout.out);
    for (size_t i = 0; !code && i <= w->ntowns; i++) {
        char name[2 * NAME_SIZE];
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

static int make_folder(struct world *w, const char *name) {
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s%s", w->to->folder, name);
    if (mkdir(path, 0777) == 0 || errno == EEXIST) return SAH_OK;
    return sah_disk_fail(w->err, path, "make the folder");
}

static int save_text(struct world *w, const char *name, const char *text) {
    struct sheet sheet;
    int code = open_sheet(w, &sheet);
    if (code) return code;
    fputs(text, sheet.out);
    return save_sheet(w, &sheet, name);
}

static int save_all(struct world *w) {
    char period[64], date[11];
    struct sheet sheet;
    static void (*const put[])(const struct world *, FILE *) = {put_locations,
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
        int routes = put_routes(w, sheet.out);
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

/* ---- all --------------------------------------------------------------------------- */

static int open_periods(struct world *w) {
    w->nperiods = sah_result_period_count(w->result, SAH_FIELD);
    w->period = sah_result_periods(w->result, SAH_FIELD);
    if (!w->nperiods || w->grid->ncells == 0)
        return sah_error_add(w->err, SAH_INPUT, "%s: holds no fields", w->run->path);
    if (w->period[w->nperiods - 1].last - w->run->start >= 10000)
        return sah_error_add(w->err, SAH_LIMIT, "%s: more than 10000 days",
                             w->run->path);
    return SAH_OK;
}

static int make_room(struct world *w) {
    w->displaced = calloc(w->nperiods * w->ntowns, sizeof *w->displaced);
    w->deaths = calloc(w->nperiods * w->ntowns, sizeof *w->deaths);
    w->cells = calloc(w->nperiods * (size_t)w->grid->ncells, sizeof *w->cells);
    return w->displaced && w->deaths && w->cells
               ? SAH_OK
               : sah_error_add(w->err, SAH_MEMORY, "no memory for fields");
}

int sah_flee_export(struct sah_result *result, struct sah_flee_export *to,
                    struct sah_error *err) {
    struct world w = {.result = result,
                      .to = to,
                      .run = sah_result_run(result),
                      .grid = sah_result_grid(result),
                      .err = err};
    int code = open_periods(&w);
    if (!code) code = open_land(&w);
    if (!code) code = open_towns(&w);
    if (!code) code = assign_cells(&w);
    if (!code) code = make_room(&w);
    if (!code) code = gather(&w, "displaced", w.displaced);
    if (!code) code = gather(&w, "deaths", w.deaths);
    if (!code) code = gather_people(&w);
    if (!code) code = choose(&w);
    if (!code) code = measure_ways(&w);
    if (!code) code = save_all(&w);
    sah_geography_free(w.geo);
    free(w.town);
    free(w.town_of);
    free(w.displaced);
    free(w.deaths);
    free(w.cells);
    free(w.kept);
    free(w.km);
    return code;
}
