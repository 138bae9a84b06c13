/* Fields, series, ledger: what there is, and its values over periods. */
#include "output/result_impl.h"

#include "output/names.h"
#include "sim/kernel/calendar.h"
#include "sim/kernel/param.h"

#include <hdf5_hl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_VALUES = 1 << 17 };

const char *const sah_result_groups[SAH_RESULT_PLACES] = {
    [SAH_FIELD] = "/",
    [SAH_SERIES] = "series",
    [SAH_LEDGER] = "ledger",
};

/* ---- listing ------------------------------------------------------------------- */

struct scale_name {
    char text[128];
};

static herr_t take_name(hid_t dataset, unsigned dim, hid_t scale, void *data) {
    (void)dataset, (void)dim;
    struct scale_name *name = data;
    char path[256];
    if (H5Iget_name(scale, path, sizeof path) <= 0) return 1;
    const char *last = strrchr(path, '/');
    size_t length = strlen(last ? last + 1 : path);
    if (length >= sizeof name->text) length = sizeof name->text - 1;
    memcpy(name->text, last ? last + 1 : path, length);
    name->text[length] = '\0';
    return 1;
}

/* H5DSiterate_scales trusts the attribute to be a list of references per dimension. */
static bool has_scales(hid_t dataset, int rank) {
    if (H5Aexists(dataset, "DIMENSION_LIST") <= 0) return false;
    hid_t list = H5Aopen(dataset, "DIMENSION_LIST", H5P_DEFAULT);
    hid_t type = H5Aget_type(list), space = H5Aget_space(list);
    bool lists = H5Tget_class(type) == H5T_VLEN;
    hid_t item = lists ? H5Tget_super(type) : -1;
    bool sound = item >= 0 && H5Tequal(item, H5T_STD_REF_OBJ) > 0 &&
                 H5Sget_simple_extent_npoints(space) == rank;
    sah_h5_drop(item);
    sah_h5_drop(space);
    sah_h5_drop(type);
    sah_h5_drop(list);
    return sound;
}

/* The axis a dimension lies along; the second of the same is called "<name>_2". */
static const struct sah_axis *axis_of(struct sah_result *result, hid_t dataset,
                                      int dim) {
    struct scale_name name = {""};
    if (H5DSiterate_scales(dataset, (unsigned)dim, NULL, take_name, &name) < 0)
        sah_h5_fail(&result->h5, "read", "the dimensions of a variable");
    const struct sah_axis *axis = sah_result_axis(result, name.text);
    size_t length = strlen(name.text);
    if (axis || length < 3) return axis;
    name.text[length - 2] = '\0';
    return sah_result_axis(result, name.text);
}

static void read_axes(struct sah_result *result, struct sah_variable *variable,
                      hid_t dataset) {
    hsize_t extent[SAH_H5_RANK];
    struct sah_h5 *h5 = &result->h5;
    int rank = sah_h5_extent(h5, dataset, extent);
    int naxes = rank - (variable->place == SAH_FIELD ? 3 : 1);
    bool sound = naxes >= 0 && naxes <= 2 && (!naxes || has_scales(dataset, rank));
    for (int k = 0; sound && k < naxes; k++) {
        variable->axis[k] = axis_of(result, dataset, k + 1);
        sound = variable->axis[k] && variable->axis[k]->n == extent[k + 1];
    }
    if (sound && variable->place == SAH_FIELD)
        sound = extent[rank - 2] == (hsize_t)result->grid.nlat &&
                extent[rank - 1] == (hsize_t)result->grid.nlon;
    if (sound) sound = extent[0] == result->place[variable->place].nperiods;
    if (!sound && !h5->status)
        h5->status = sah_error_add(h5->err, SAH_FORMAT,
                                   "%s: the dimensions of %s are not as they should be",
                                   h5->path, variable->name);
}

/* Reads member `name` if it is a variable over periods; takes the name over. */
static void read_variable(struct sah_result *result, enum sah_place place, hid_t group,
                          char *name) {
    struct sah_h5 *h5 = &result->h5;
    struct sah_result_place *there = &result->place[place];
    struct sah_variable v = {.name = name, .place = place};
    hid_t object = sah_h5_object(h5, group, name);
    bool ours = object >= 0 && H5Iget_type(object) == H5I_DATASET &&
                strlen(name) < SAH_STORED_NAME &&
                sah_h5_has_attribute(h5, object, "cell_methods") &&
                sah_h5_type_of(h5, object, &v.type);
    if (ours) {
        char *methods = sah_h5_get_text(h5, object, "cell_methods");
        bool sum = methods && strncmp(methods, "time: sum", 9) == 0;
        free(methods);
        v.nature = sum ? SAH_FLOW : SAH_STOCK;
        v.unit = sah_h5_get_text(h5, object, "units");
        v.doc = sah_h5_get_text(h5, object, "long_name");
        read_axes(result, &v, object);
        sah_plain_name(place, name);
        there->variable[there->n++] = v;
    } else {
        free(name);
    }
    sah_h5_drop(object);
}

static int32_t day_before(int32_t day) {
    return day > INT32_MIN ? day - 1 : day;
}

static void read_days(struct sah_result *result, enum sah_place place, hid_t group) {
    struct sah_h5 *h5 = &result->h5;
    struct sah_result_place *there = &result->place[place];
    hid_t bounds = sah_h5_object(h5, group, "time_bnds");
    size_t n = sah_h5_length(h5, bounds) / 2;
    there->period = sah_h5_room(h5, n, sizeof *there->period);
    int32_t *day = sah_h5_room(h5, 2 * n, sizeof *day);
    if (day) sah_h5_read(h5, bounds, SAH_I32, day);
    if (h5->status || !there->period || !day) n = 0;
    there->nperiods = n;
    for (size_t i = 0; i < n; i++)
        there->period[i] = (struct sah_period){day[2 * i], day_before(day[2 * i + 1])};
    free(day);
    sah_h5_drop(bounds);
}

static void read_place(struct sah_result *result, enum sah_place place) {
    struct sah_h5 *h5 = &result->h5;
    if (!sah_h5_has(h5, h5->file, sah_result_groups[place])) return;
    hid_t group = sah_h5_object(h5, h5->file, sah_result_groups[place]);
    if (sah_h5_has(h5, group, "time_bnds")) read_days(result, place, group);
    size_t n = sah_h5_members(h5, group);
    struct sah_result_place *there = &result->place[place];
    there->variable = sah_h5_room(h5, n, sizeof *there->variable);
    for (size_t i = 0; i < n && !h5->status; i++) {
        char *name = sah_h5_member(h5, group, i);
        if (name) read_variable(result, place, group, name);
    }
    sah_h5_drop(group);
}

void sah_result_read_places(struct sah_result *result) {
    for (int p = 0; p < SAH_RESULT_PLACES; p++) read_place(result, (enum sah_place)p);
}

void sah_result_free_places(struct sah_result *result) {
    for (int p = 0; p < SAH_RESULT_PLACES; p++) {
        struct sah_result_place *there = &result->place[p];
        for (size_t i = 0; i < there->n; i++) {
            free(there->variable[i].name);
            free(there->variable[i].unit);
            free(there->variable[i].doc);
        }
        free(there->variable);
        free(there->period);
    }
}

/* ---- questions ----------------------------------------------------------------- */

size_t sah_result_count(const struct sah_result *result, enum sah_place place) {
    return result->place[place].n;
}

const struct sah_variable *sah_result_at(const struct sah_result *result,
                                         enum sah_place place, size_t i) {
    return i < result->place[place].n ? &result->place[place].variable[i] : NULL;
}

static int tell_unknown(const struct sah_result *result, enum sah_place place,
                        const char *name, struct sah_error *err) {
    static const char *const what[] = {"field", "series", "ledger entry"};
    const struct sah_result_place *there = &result->place[place];
    const char **names = calloc(there->n + 1, sizeof *names);
    for (size_t i = 0; names && i < there->n; i++) names[i] = there->variable[i].name;
    const char *near = names ? sah_nearest(name, names, there->n) : NULL;
    free(names);
    return sah_error_add(err, SAH_INPUT, "%s: no %s %s%s%s%s", result->run.path,
                         what[place], name, near ? "; did you mean " : "",
                         near ? near : "", near ? "?" : "");
}

const struct sah_variable *sah_result_find(const struct sah_result *result,
                                           enum sah_place place, const char *name,
                                           struct sah_error *err) {
    const struct sah_result_place *there = &result->place[place];
    for (size_t i = 0; i < there->n; i++)
        if (strcmp(there->variable[i].name, name) == 0) return &there->variable[i];
    tell_unknown(result, place, name, err);
    return NULL;
}

size_t sah_variable_count(const struct sah_result *result,
                          const struct sah_variable *variable) {
    size_t n = variable->place == SAH_FIELD ? (size_t)result->grid.ncells : 1;
    for (int k = 0; k < 2; k++)
        if (variable->axis[k]) n *= variable->axis[k]->n;
    return n;
}

size_t sah_result_period_count(const struct sah_result *result, enum sah_place place) {
    return result->place[place].nperiods;
}

const struct sah_period *sah_result_periods(const struct sah_result *result,
                                            enum sah_place place) {
    return result->place[place].period;
}

/* ---- values -------------------------------------------------------------------- */

/* Fill values become NaN; real numbers carry NaN themselves. */
static void undefine(struct sah_h5 *h5, hid_t dataset, double *value, size_t n) {
    double fill = sah_h5_get_real(h5, dataset, "_FillValue", (double)NAN);
    if (isnan(fill)) return;
    for (size_t i = 0; i < n; i++)
        if (value[i] == fill) value[i] = (double)NAN;
}

static hid_t open_variable(struct sah_result *result,
                           const struct sah_variable *variable) {
    struct sah_h5 *h5 = &result->h5;
    hid_t group = sah_h5_object(h5, h5->file, sah_result_groups[variable->place]);
    char name[SAH_STORED_NAME];
    snprintf(name, sizeof name, "%s" SAH_FIELD_SUFFIX, variable->name);
    bool renamed = variable->place == SAH_FIELD && sah_h5_has(h5, group, name);
    hid_t dataset = sah_h5_object(h5, group, renamed ? name : variable->name);
    sah_h5_drop(group);
    return dataset;
}

static void read_periods(struct sah_result *result, hid_t dataset, size_t from,
                         size_t count, size_t values, double *out) {
    struct sah_h5 *h5 = &result->h5;
    hsize_t extent[SAH_H5_RANK] = {0};
    int rank = sah_h5_extent(h5, dataset, extent);
    size_t each = 1;
    for (int i = 1; i < rank; i++) each *= (size_t)extent[i];
    if (rank < 1 || each != values) sah_h5_fail(h5, "use", "a dataset");
    extent[0] = count;
    sah_h5_read_block(h5, dataset, SAH_F64, (const hsize_t[SAH_H5_RANK]){from}, extent,
                      out);
    undefine(h5, dataset, out, count * values);
}

int sah_result_read(struct sah_result *result, const struct sah_variable *variable,
                    size_t from, size_t to, double *out, struct sah_error *err) {
    struct sah_h5 *h5 = sah_result_begin(result, err);
    size_t n = result->place[variable->place].nperiods;
    if (from > to || to >= n)
        return sah_error_add(err, SAH_INPUT, "%s: periods %zu to %zu of %zu",
                             variable->name, from, to, n);
    size_t values = sah_variable_count(result, variable);
    hid_t dataset = open_variable(result, variable);
    if (values) read_periods(result, dataset, from, to - from + 1, values, out);
    sah_h5_drop(dataset);
    return h5->status;
}

/* The periods that lie wholly in from..to; false where there is none. */
static bool find_periods(const struct sah_result_place *there, int32_t from, int32_t to,
                         size_t *first, size_t *last) {
    bool found = false;
    for (size_t i = 0; i < there->nperiods; i++) {
        if (there->period[i].first < from || there->period[i].last > to) continue;
        if (!found) *first = i;
        *last = i;
        found = true;
    }
    return found;
}

static int tell_empty(const struct sah_result *result,
                      const struct sah_variable *variable, int32_t from, int32_t to,
                      struct sah_error *err) {
    const struct sah_result_place *there = &result->place[variable->place];
    char text[4][11] = {"", "", "", ""};
    sah_day_text(from, text[0]);
    sah_day_text(to, text[1]);
    if (there->nperiods == 0)
        return sah_error_add(err, SAH_INPUT, "%s: the file holds no period of it",
                             variable->name);
    sah_day_text(there->period[0].first, text[2]);
    sah_day_text(there->period[there->nperiods - 1].last, text[3]);
    return sah_error_add(
        err, SAH_INPUT,
        "%s: no whole period from %s to %s; the file holds %s to %s in "
        "%zu periods",
        variable->name, text[0], text[1], text[2], text[3], there->nperiods);
}

/* Adds up periods first..last, block by block. */
static void sum_periods(struct sah_result *result, hid_t dataset, size_t first,
                        size_t last, size_t values, double *out) {
    struct sah_h5 *h5 = &result->h5;
    size_t most = BLOCK_VALUES / (values ? values : 1) + 1;
    if (most > last - first + 1) most = last - first + 1;
    double *block = sah_h5_room(h5, most * values, sizeof *block);
    for (size_t i = 0; i < values; i++) out[i] = 0;
    for (size_t at = first; block && at <= last && !h5->status; at += most) {
        size_t count = last - at + 1 < most ? last - at + 1 : most;
        read_periods(result, dataset, at, count, values, block);
        for (size_t t = 0; t < count; t++)
            for (size_t i = 0; i < values; i++) out[i] += block[t * values + i];
    }
    free(block);
}

int sah_result_over(struct sah_result *result, const struct sah_variable *variable,
                    int32_t from, int32_t to, double *out, struct sah_period *covered,
                    struct sah_error *err) {
    struct sah_h5 *h5 = sah_result_begin(result, err);
    const struct sah_result_place *there = &result->place[variable->place];
    size_t first = 0, last = 0, values = sah_variable_count(result, variable);
    if (!find_periods(there, from, to, &first, &last))
        return tell_empty(result, variable, from, to, err);
    if (variable->nature == SAH_STOCK) first = last;
    if (covered)
        *covered =
            (struct sah_period){there->period[first].first, there->period[last].last};
    hid_t dataset = open_variable(result, variable);
    if (values) sum_periods(result, dataset, first, last, values, out);
    sah_h5_drop(dataset);
    return h5->status;
}
