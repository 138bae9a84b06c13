/* A view of a list of real events: a table of comma-separated values with the columns of
 * UCDP's GED, of ACLED, or of `sahel events`. Which of them is told by the header. A
 * broken row is told with file, line, column and what would be right; one is enough to
 * refuse the list. */
#ifndef SAH_OUTPUT_FACTS_VIEW_LIST_H
#define SAH_OUTPUT_FACTS_VIEW_LIST_H
#include "output/facts/facts.h"
#include "sim/kernel/table.h"

/* Years counted as covered: from the first to the last year of any row. */
int sah_facts_view_list(const struct sah_table *table, struct sah_facts_view *view,
                        struct sah_error *err);
/* The name of the layout, or NULL where the columns are none that is known. */
const char *sah_facts_layout(const struct sah_table *table);

/* Country totals by month: iso3, year, month, fatalities. */
int sah_facts_view_totals(const struct sah_table *table, struct sah_facts_view *view,
                          struct sah_error *err);
/* Displaced people at the end of years: iso3, year, idps_end_of_year. */
int sah_facts_view_displaced(const struct sah_table *table, struct sah_facts_view *view,
                             struct sah_error *err);

/* Reads a file as a table; caller frees. */
int sah_facts_table(const char *path, struct sah_table **table, struct sah_error *err);

#endif
