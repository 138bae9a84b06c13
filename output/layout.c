/* One line per stream, one per variable. */
#include "output/layout.h"

#include "output/log_rows.h"
#include "sim/kernel/calendar.h"

#include <stdio.h>
#include <stdlib.h>

static void lay_out_watch(FILE *out, const struct sah_watch *watch) {
    fprintf(out, "%s %s, %zu bytes\n", sah_place_names[watch->place],
            sah_every_names[watch->every], watch->payload_size);
    for (size_t i = 0; i < watch->n; i++)
        fprintf(out, "  %zu %s %s[%zu]\n", watch->variable[i].offset,
                watch->variable[i].what->name,
                sah_type_name(watch->variable[i].what->type), watch->variable[i].count);
}

static void lay_out_log(FILE *out, const struct sah_population *rows) {
    fprintf(out, "%s, %zu bytes\n", rows->name, sah_row_offset(rows, rows->ncolumns));
    for (size_t k = 0; k < rows->ncolumns; k++)
        fprintf(out, "  %zu %s %s\n", sah_row_offset(rows, k), rows->columns[k].name,
                sah_type_name(rows->columns[k].type));
}

char *sah_layout_text(const struct sah_world *world, const struct sah_watch *watch,
                      bool logs) {
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out) return NULL;
    char first[11], last[11];
    sah_day_text(world->run.start, first);
    sah_day_text(world->run.end, last);
    fprintf(out, "sahel part 2\nmodel %s, seed %lld, %s to %s\n", world->family->name,
            (long long)world->run.seed, first, last);
    fprintf(out, "grid %.9g %.9g %.9g %.9g by %.9g\n", world->grid.west,
            world->grid.south, world->grid.east, world->grid.north,
            world->grid.cell_deg);
    for (int p = 0; p < SAH_PLACES; p++) lay_out_watch(out, &watch[p]);
    for (size_t k = 0; logs && k < world->nlogs; k++)
        lay_out_log(out, world->logs[k].rows);
    bool whole = !ferror(out);
    if (fclose(out) == 0 && whole) return text;
    free(text);
    return NULL;
}
