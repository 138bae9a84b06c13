/* Reading Flee's files, between its parts. */
#ifndef SAH_FLEE_IMPL_H
#define SAH_FLEE_IMPL_H
#include "models/flight/flee_case.h"
#include "sim/kernel/table.h"

struct flee_reader {
    const struct sah_flee_files *files;
    struct sah_flee_case *flee;
    struct sah_error *err;
};

/* One file by its columns; NULL where an optional one is not there. */
struct flee_sheet {
    const char *file;
    const char *const *columns;
    size_t least;
    bool optional;
};
int sah_flee_open(const struct flee_reader *r, const struct flee_sheet *sheet,
                  struct sah_table **table);
/* The same with a header that may begin with #. */
int sah_flee_open_headed(const struct flee_reader *r, const char *file, bool optional,
                         struct sah_table **table);
/* The place of that name; else -1 and a message that tells the nearest. */
int sah_flee_place(const struct flee_reader *r, const struct sah_table *table,
                   size_t row, const char *column, const char *name);

int sah_flee_read_places(struct flee_reader *r);
int sah_flee_read_links(struct flee_reader *r);
int sah_flee_read_closures(struct flee_reader *r);
int sah_flee_read_period(struct flee_reader *r);
int sah_flee_read_conflicts(struct flee_reader *r);
int sah_flee_read_registered(struct flee_reader *r);

#endif
