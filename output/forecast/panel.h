/* Deaths by cell and month, of a list of events or of a simulated future. */
#ifndef SAH_OUTPUT_FORECAST_PANEL_H
#define SAH_OUTPUT_FORECAST_PANEL_H
#include "output/facts/facts.h"
#include "output/forecast/cells.h"

/* What is counted: uses of force with a state on a side, or all. */
enum sah_panel_kind { SAH_PANEL_STATE, SAH_PANEL_ALL, SAH_PANEL_KINDS };
extern const char *const sah_panel_names[]; /* "state-based", "all"; ends with NULL */

/* Months of VIEWS: 1 is January 1980. */
int sah_month_of(int32_t day);
int sah_month_id(int year, int month);
int32_t sah_month_first(int month); /* first day */

struct sah_panel {
    int first; /* month */
    int months;
    float *deaths[SAH_PANEL_KINDS]; /* [cell][month - first] */
};
int sah_panel_open(struct sah_panel *panel, int first, int months,
                   struct sah_error *err);
void sah_panel_close(struct sah_panel *panel);
/* Events outside its cells and months are left out. */
void sah_panel_add(struct sah_panel *panel, const struct sah_fact_event *event);
/* The months of a cell from `month` on. */
const float *sah_panel_row(const struct sah_panel *panel, enum sah_panel_kind kind,
                           int cell, int month);

/* The whole years that a view covers; its events get their cell and are sorted by day. */
int sah_panel_fill(struct sah_panel *panel, struct sah_facts_view *view,
                   struct sah_error *err);
/* Reads a list (output/facts/view_list.h) that holds whole years; events of one month and
 * cell are summed. `view` keeps the events, by day; may be NULL. */
int sah_panel_read(const char *path, struct sah_panel *panel,
                   struct sah_facts_view *view, struct sah_error *err);

#endif
