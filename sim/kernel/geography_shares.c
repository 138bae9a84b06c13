/* Ethnic shares of regions.
 *
 * A row speaks of a region, or, as "MLI-*", of all regions of a country that have no
 * row of their own. A region of a country that the table does not mention at all
 * belongs to the group "other". Shares of a region must add up to 1 within rounding (2
 * %) and are then scaled to do so exactly. */
#include "sim/kernel/geography_impl.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct row {
    char *region;
    int group;
    double share;
};

/* Shares by "speaker": first all regions, then all countries. */
struct shares {
    struct sah_geography *geo;
    const struct sah_table *table;
    size_t nspeakers;
    double *share;   /* [speaker][group], NAN where no row speaks of it */
    int *last_row;   /* [speaker], -1 where it has none */
    bool *mentioned; /* [country] */
    struct sah_error *err;
};

static double *shares_of(const struct shares *s, size_t speaker) {
    return s->share + speaker * s->geo->ngroups;
}

static int country_of(const struct sah_geography *geo, size_t speaker) {
    return speaker < geo->nregions ? geo->region[speaker].country
                                   : (int)(speaker - geo->nregions);
}

/* The region called `text`, or the country of "ISO-*"; -1 where there is none. */
static int find_speaker(const struct sah_geography *geo, const char *text) {
    size_t length = strlen(text);
    if (length < 2 || strcmp(text + length - 2, "-*") != 0)
        return sah_geography_region(geo, text);
    for (size_t i = 0; i < geo->ncountries; i++)
        if (strlen(geo->country[i].iso3) == length - 2 &&
            strncmp(geo->country[i].iso3, text, length - 2) == 0)
            return (int)(geo->nregions + i);
    return -1;
}

static int take_row(struct shares *s, const struct row *row, size_t i) {
    int speaker = find_speaker(s->geo, row->region);
    if (speaker < 0)
        return sah_table_complain(s->err, s->table, i, "region", "no such region");
    double *share = &shares_of(s, (size_t)speaker)[row->group];
    if (!isnan(*share))
        return sah_table_complain(s->err, s->table, i, "group",
                                  "stands there twice for %s", row->region);
    *share = row->share;
    s->last_row[speaker] = (int)i;
    s->mentioned[country_of(s->geo, (size_t)speaker)] = true;
    return SAH_OK;
}

/* Scales the shares of each speaker to 1. */
static int scale(struct shares *s) {
    int code = SAH_OK;
    for (size_t speaker = 0; speaker < s->nspeakers; speaker++) {
        double *share = shares_of(s, speaker), sum = 0.0;
        if (s->last_row[speaker] < 0) continue;
        for (size_t g = 0; g < s->geo->ngroups; g++) {
            if (isnan(share[g])) share[g] = 0.0;
            sum += share[g];
        }
        if (!(fabs(sum - 1.0) <= 0.02))
            code = sah_table_complain(s->err, s->table, (size_t)s->last_row[speaker],
                                      "region", "the shares add up to %.4g, not to 1",
                                      sum);
        for (size_t g = 0; g < s->geo->ngroups; g++) share[g] /= sum;
    }
    return code;
}

/* Where the shares of a region come from: itself, its country, or nobody (-1). */
static int speaker_for(const struct shares *s, size_t region) {
    size_t country = s->geo->nregions + (size_t)s->geo->region[region].country;
    /* NOLINTNEXTLINE(clang-analyzer-core.*): there are as many rows as speakers */
    if (s->last_row[region] >= 0) return (int)region;
    return s->last_row[country] >= 0 ? (int)country : -1;
}

static int fill_region(struct shares *s, size_t region, int other) {
    struct sah_geography *geo = s->geo;
    double *out = geo->ethnic_share + region * geo->ngroups;
    int speaker = speaker_for(s, region);
    if (speaker >= 0) {
        memcpy(out, shares_of(s, (size_t)speaker), geo->ngroups * sizeof *out);
        return SAH_OK;
    }
    const char *iso3 = geo->country[geo->region[region].country].iso3;
    if (other < 0 || s->mentioned[geo->region[region].country])
        return sah_error_add(s->err, SAH_INPUT,
                             "%s: has no row for %s and none for %s-*", s->table->name,
                             geo->region[region].id, iso3);
    out[other] = 1.0;
    return SAH_OK;
}

static int fill(struct shares *s, const struct row *row) {
    struct sah_geography *geo = s->geo;
    int code = SAH_OK, bad;
    for (size_t k = 0; k < s->nspeakers * geo->ngroups; k++) s->share[k] = NAN;
    for (size_t k = 0; k < s->nspeakers; k++) s->last_row[k] = -1;
    for (size_t i = 0; i < s->table->nrows; i++)
        if ((bad = take_row(s, &row[i], i)) != SAH_OK) code = bad;
    if (!code) code = scale(s);
    int other = sah_geography_group(geo, "other");
    for (size_t region = 0; !code && region < geo->nregions; region++)
        if ((bad = fill_region(s, region, other)) != SAH_OK) code = bad;
    return code;
}

static int read_rows(const struct sah_geography *geo, const struct sah_table *table,
                     struct row *row, struct sah_error *err) {
    static const struct sah_table_field fields[] = {
        {.column = "region", .as = SAH_AS_TEXT, .at = offsetof(struct row, region)},
        {.column = "group", .as = SAH_AS_NAME, .at = offsetof(struct row, group)},
        {.column = "share",
         .as = SAH_AS_REAL,
         .at = offsetof(struct row, share),
         .max = 1},
        {.column = NULL}};
    char **name = malloc(geo->ngroups * sizeof *name);
    if (!name) return sah_error_add(err, SAH_MEMORY, "%s: no memory", table->name);
    for (size_t g = 0; g < geo->ngroups; g++) name[g] = geo->group[g].id;
    struct sah_table_names groups = {"group", geo->ngroups, name};
    int code = sah_table_rows(table, fields, &groups, sizeof *row, row, err);
    free(name);
    return code;
}

int sah_geography_load_shares(struct sah_geography *geo, const struct sah_table *table,
                              struct sah_error *err) {
    struct shares s = {.geo = geo, .table = table, .err = err};
    s.nspeakers = geo->nregions + geo->ncountries;
    s.share = malloc(s.nspeakers * geo->ngroups * sizeof *s.share);
    s.last_row = malloc(s.nspeakers * sizeof *s.last_row);
    s.mentioned = calloc(geo->ncountries, sizeof *s.mentioned);
    struct row *row = calloc(table->nrows + 1, sizeof *row);
    geo->ethnic_share = calloc(geo->nregions * geo->ngroups, sizeof *geo->ethnic_share);
    int code = SAH_OK;
    if (!s.share || !s.last_row || !s.mentioned || !row || !geo->ethnic_share)
        code = sah_error_add(err, SAH_MEMORY, "%s: no memory", table->name);
    if (!code) code = read_rows(geo, table, row, err);
    if (!code) code = fill(&s, row);
    free(row);
    free(s.mentioned);
    free(s.last_row);
    free(s.share);
    return code;
}
