/* Flee's files as texts, and a small case of them. */
#ifndef SAH_TESTS_TINY_FLEE_H
#define SAH_TESTS_TINY_FLEE_H
#include "models/flight/flee_case.h"

#include <stdlib.h>
#include <string.h>

struct tiny_file {
    const char *name, *text;
};
enum { TINY_FLEE_MOST = 24 };
struct tiny_flee {
    size_t n;
    struct tiny_file file[TINY_FLEE_MOST]; /* of one name the last counts */
};

static inline int tiny_flee_take(const struct sah_flee_files *files, const char *name,
                                 bool optional, char **text, size_t *length,
                                 struct sah_error *err) {
    const struct tiny_flee *tiny = files->own;
    const char *found = NULL;
    *text = NULL;
    for (size_t i = 0; i < tiny->n; i++)
        if (strcmp(tiny->file[i].name, name) == 0) found = tiny->file[i].text;
    if (!found && optional) return SAH_OK;
    if (!found)
        return sah_error_add(err, SAH_MISSING, "%s/%s: no such file", files->folder,
                             name);
    *length = strlen(found);
    *text = malloc(*length + 1);
    if (!*text) return sah_error_add(err, SAH_MEMORY, "no memory");
    memcpy(*text, found, *length + 1);
    return SAH_OK;
}

static inline struct sah_flee_files tiny_flee_files(const struct tiny_flee *tiny) {
    union {
        const void *given;
        void *own;
    } data = {.given = tiny};
    return (struct sah_flee_files){
        .folder = "case", .take = tiny_flee_take, .own = data.own};
}

/* Aba, in conflict; two camps 100 km away; one of them gains 10 people a day. */
static inline struct tiny_flee tiny_flee_case(void) {
    return (struct tiny_flee){
        .n = 7,
        .file = {{"input_csv/locations.csv",
                  "#name,region,country,latitude,longitude,location_type,conflict_date,"
                  "population\n"
                  "Aba,West,Home,15,-2,conflict_zone,0,1000\n"
                  "North,Far,Sand,17,-2,camp,,99\n"
                  "South,Far,Reed,13,-2,camp,,399\n"},
                 {"input_csv/routes.csv", "#name1,name2,distance,forced_redirection\n"
                                          "Aba,North,100,0\nAba,South,100,0\n"},
                 {"input_csv/sim_period.csv", "StartDate,2018-01-01\nLength,11\n"},
                 {"source_data/data_layout.csv",
                  "total,all.csv\nNorth,north.csv\nSouth,south.csv\n"},
                 {"source_data/all.csv", "2018-01-01,10\n"},
                 {"source_data/north.csv", "#DateTime,people\n2018-01-01,10\n"
                                           "2018-01-11,110\n"},
                 {"source_data/south.csv", "Date,people\n2018-01-01,0\n"}}};
}

static inline void tiny_flee_put(struct tiny_flee *tiny, const char *name,
                                 const char *text) {
    tiny->file[tiny->n++] = (struct tiny_file){name, text};
}

#endif
