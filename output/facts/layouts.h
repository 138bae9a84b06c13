/* The layouts of lists of events; for view_list.c and its tests. */
#ifndef SAH_OUTPUT_FACTS_LAYOUTS_H
#define SAH_OUTPUT_FACTS_LAYOUTS_H
#include "output/facts/facts.h"
#include "sim/kernel/table.h"

/* What a row tells, as it stands there. */
struct sah_list_row {
    char *date, *country, *a, *b;
    double lon, lat, deaths;
    int violence;  /* 1 to 3 (UCDP); from 0 by name (ours) */
    int precision; /* of the place: 1 exact, 2 near, 3 and more vague */
    int kind;      /* by name, or -1 */
    char *type, *sub_type;
};

struct sah_list_layout {
    const char *name, *mark; /* has a column of this name */
    const struct sah_table_field *fields, *optional;
    /* Violence and kind of a row; false: no use of armed force, and left out. */
    bool (*read)(const struct sah_list_row *row, struct sah_fact_event *event);
    int most_precision; /* vaguer places are left out */
};
extern const struct sah_list_layout sah_list_layouts[]; /* ends without name */
extern const struct sah_table_names sah_list_names[];   /* of violence and kinds */

/* Words of our own results; SAH_NO_KIND and 0 where there is none. */
enum sah_fact_kind sah_list_kind(const char *name);
enum sah_fact_violence sah_list_violence(const char *name);

#endif
