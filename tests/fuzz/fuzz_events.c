/* Lists of real events: layout, rows, facts, card.
 *
 * The first part of an input is the list; behind lines "%% totals" and "%% displaced"
 * stand the tables beside it. */
#include "output/facts/card.h"
#include "output/facts/scdi.h"
#include "output/facts/view_list.h"
#include "output/forecast/panel.h"
#include "output/forecast/record.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/tiny_geography.h"

#include <stdlib.h>
#include <string.h>

static struct sah_geography *geo;
static struct sah_fact_ground ground;

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    struct sah_error err = {0};
    (void)argc, (void)argv;
    if (tiny_parse(NULL, NULL, &geo, &err) || sah_fact_ground_open(&ground, geo, &err))
        abort();
    return 0;
}

typedef int take(const struct sah_table *table, struct sah_facts_view *view,
                 struct sah_error *err);

static int read_part(const struct fuzz_part *part, take *take,
                     struct sah_facts_view *view, struct sah_error *err) {
    struct sah_table *table = NULL;
    int code = sah_table_parse("list.csv", part->text, part->length, &table, err);
    if (!code) code = take(table, view, err);
    sah_table_free(table);
    return code;
}

static take *take_of(const char *name) {
    if (strcmp(name, "totals") == 0) return sah_facts_view_totals;
    if (strcmp(name, "displaced") == 0) return sah_facts_view_displaced;
    return sah_facts_view_list;
}

static void measure(struct sah_facts_view *view, struct sah_error *err) {
    const struct sah_facts_view *views[] = {view};
    struct sah_card card = {.title = "fuzz"};
    struct sah_scdi_year year;
    sah_facts_view_settle(view, &ground);
    if (sah_card_make(views, 1, &card, err) == SAH_OK) {
        sah_card_print(&card, fuzz_sink());
        sah_card_csv(&card, fuzz_sink(), err);
    }
    sah_card_free(&card);
    sah_scdi_of_year(view, 2018, &year, err);
}

/* The same list as the past of a forecast. */
static void forecast(struct sah_facts_view *view, struct sah_error *err) {
    struct sah_panel panel = {0};
    sah_panel_fill(&panel, view, err);
    sah_record_write(view->event, view->n, view->last, fuzz_sink());
    sah_panel_close(&panel);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct fuzz_parts parts;
    struct sah_facts_view view = {0};
    struct sah_error err = {0};
    bool twice[2] = {false, false};
    int code = SAH_OK;
    fuzz_parts_cut(&parts, data, size);
    for (size_t i = 0; i < parts.n; i++) { /* each table once, as the program does */
        take *take = take_of(i ? parts.part[i].name : "");
        bool list = take == sah_facts_view_list;
        bool *seen = &twice[take == sah_facts_view_totals];
        if ((list && i > 0) || (!list && *seen)) continue;
        if (!list) *seen = true;
        int bad = read_part(&parts.part[i], take, &view, &err);
        if (bad) code = bad;
    }
    if (!code) measure(&view, &err);
    if (!code) forecast(&view, &err);
    sah_facts_view_free(&view);
    sah_error_clear(&err);
    fuzz_parts_free(&parts);
    return 0;
}
