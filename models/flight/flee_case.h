/* A case as Flee's input files tell it: places, routes, closures, conflicts, and the people
 * registered in camps.
 *
 * The files are those of Flee and FabFlee (Suleimenova, Bell and Groen 2017; Groen and
 * others): input_csv/ with locations, routes, closures, conflicts, sim_period,
 * registration_corrections, and source_data/ with data_layout and a list for each camp.
 * What each number means follows Flee; docs/flee.md tells it and where we differ. */
#ifndef SAH_FLEE_CASE_H
#define SAH_FLEE_CASE_H
#include "sim/kernel/error.h"

#include <stdint.h>

enum {
    SAH_FLEE_MOST_BYTES = 1 << 26, /* of a file */
    SAH_FLEE_MOST_PLACES = 1000,
    SAH_FLEE_MOST_LINKS = 20000,
    SAH_FLEE_MOST_CLOSURES = 2000,
    SAH_FLEE_MOST_DAYS = 10000,
    SAH_FLEE_MOST_COUNT = 100000000, /* people of a place or a list */
};

enum sah_flee_kind {
    SAH_FLEE_TOWN,
    SAH_FLEE_ZONE, /* was or will be in conflict: conflicts.csv tells when */
    SAH_FLEE_CAMP,
    SAH_FLEE_IDP_CAMP, /* takes people in, but holds no refugees */
    SAH_FLEE_MARKER,   /* a bend of a road */
};

struct sah_flee_place {
    char *name;
    int country; /* number of the name */
    enum sah_flee_kind kind;
    double lat, lon;
    double people;     /* who live there; of a camp, whom it can hold */
    int conflict_from; /* day, or -1 */
};
struct sah_flee_link {
    int a, b; /* places */
    double km;
};

enum sah_flee_closed {
    SAH_FLEE_COUNTRIES,
    SAH_FLEE_PLACE,
    SAH_FLEE_LINK,
    SAH_FLEE_INTO
};
struct sah_flee_closure {
    enum sah_flee_closed what;
    int a, b;     /* countries, or places; b is -1 for a single place */
    int from, to; /* days: closed on `from`, open again on `to` */
};

struct sah_flee_case {
    int32_t start; /* date of day 0 */
    int days;      /* that can be simulated */
    int asked; /* Length of sim_period.csv; more than `days` where files end earlier */
    size_t unsorted;  /* rows of lists that stand behind later dates */
    size_t strangers; /* lists of places that locations.csv does not hold */
    size_t nplaces, nlinks, nclosures, ncountries;
    struct sah_flee_place *place;
    struct sah_flee_link *link;
    struct sah_flee_closure *closure;
    char **country;
    float *conflict;     /* [days][nplaces], intensity, 0: peace */
    size_t ncamps;       /* camps with a list, in the order of the places */
    int *camp;           /* [ncamps] */
    int64_t *registered; /* [days][ncamps], corrected and interpolated */
    int64_t *gained;     /* [days], change of the sum of all lists; on day 0 the sum */
    int64_t *total;      /* [days], the same of the list "total"; 0 without one */
};

/* Where files come from. `take` gives the text of a file such as "input_csv/routes.csv",
 * which the reader frees; a file that is `optional` and not there gives NULL and SAH_OK.
 */
struct sah_flee_files {
    const char *folder; /* stands in messages */
    int (*take)(const struct sah_flee_files *files, const char *name, bool optional,
                char **text, size_t *length, struct sah_error *err);
    void *own;
};
struct sah_flee_files sah_flee_folder(const char *folder);

/* Reads all files and tells all mistakes, each with file, line and column. */
int sah_flee_read(const struct sah_flee_files *files, struct sah_flee_case *flee,
                  struct sah_error *err);
void sah_flee_free(struct sah_flee_case *flee);

#endif
