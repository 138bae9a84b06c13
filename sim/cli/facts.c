/* sahel facts: how a result, or a list of real events, fares on the facts on record. */
#include "output/facts/card.h"
#include "output/facts/load.h"
#include "output/facts/scdi.h"
#include "output/facts/view_study.h"

#include "sim/cli/commands.h"
#include "sim/cli/data.h"
#include "sim/cli/options.h"
#include "sim/cli/say.h"
#include "sim/cli/target.h"
#include "sim/kernel/calendar.h"

#include <string.h>

struct facts {
    struct sah_options common;
    struct sah_facts_lists lists;
    struct sah_picture plot;
    const char *log, *hdf5;
    long design;
    bool list, scdi;
};

static const struct sah_option rows[] = {
    {"events", 0, "FILE",
     "Measure this list of events instead: columns of UCDP GED, of ACLED or of 'sahel "
     "events', told by the header",
     0, SAH_TEXT(struct facts, lists.events)},
    SAH_OPTION_CSV,
    {"plot", 0, "FILE", "Draw the card: .png, .svg or .pdf", 1,
     SAH_TEXT(struct facts, plot.path)},
    {"hdf5", 0, "FILE", "Write values and verdicts, for xarray", 1,
     SAH_TEXT(struct facts, hdf5)},
    {"log", 0, "NAME",
     "Measure this log of results: observed, or events for what truly happened "
     "(observed)",
     1, SAH_TEXT(struct facts, log)},
    {"totals", 0, "FILE",
     "Beside --events: deaths by country and month (iso3, year, month, fatalities)", 1,
     SAH_TEXT(struct facts, lists.totals)},
    {"displaced", 0, "FILE",
     "Beside --events: displaced people (iso3, year, idps_end_of_year)", 1,
     SAH_TEXT(struct facts, lists.displaced)},
    {"design", 0, "N", "Of a study, the runs of this point of the design alone (all)",
     1, SAH_WHOLE(struct facts, design, 0, INT32_MAX)},
    {"geography", 0, "DIR",
     "Beside --events or a study: tables of borders and capitals (those of the "
     "program)",
     1, SAH_TEXT(struct facts, lists.geography)},
    {"scdi", 0, NULL,
     "Print the Spatial Conflict Dynamics indicator by year instead: areas by density "
     "and "
     "clustering of events",
     1, SAH_FLAG(struct facts, scdi)},
    {"list", 0, NULL, "Explain all facts: definition, source, band", 1,
     SAH_FLAG(struct facts, list)},
    SAH_OPTION_FORCE,
    SAH_OPTION_QUIET,
    {0},
};

static void check(void *call, struct argp_state *state) {
    const struct facts *own = call;
    bool files = own->common.narguments > 0, events = own->lists.events;
    if (own->list) return;
    if (files == events)
        argp_error(state, "what to measure? Give results, or --events FILE");
    if (!events && (own->lists.totals || own->lists.displaced))
        argp_error(state, "--totals and --displaced go with --events");
}

static const struct sah_usage usage = {
    .options = rows,
    .most = SAH_MAX_ARGUMENTS,
    .arguments = "RUN.h5|STUDY.h5...",
    .doc =
        "Compare results with 40 facts on record, or a list of real events with "
        "them. Several results count as replicates: median and 90 % interval."
        "\v"
        "An item hits where the median lies in the band of the record, is near where "
        "it lies in twice the band. Items up to 2018 are for fitting, later ones for "
        "checking. Results are measured by what a list made from news would have "
        "recorded of them.\n\n"
        "Examples:\n  sahel facts run.h5\n"
        "  sahel facts run-*.h5 --plot card.png --csv > card.csv\n"
        "  sahel facts --events ged.csv",
    .check = check,
};

/* ---- the command ------------------------------------------------------------------- */

static void explain(void) {
    for (size_t i = 0; i < sah_facts_count; i++) {
        const struct sah_fact *f = &sah_facts[i];
        char band[SAH_FACT_TEXT];
        sah_fact_band_text(f, band);
        printf("%-4s %s (%s)\n     %s.\n     Source: %s. Band: %s.\n", f->id, f->name,
               f->unit, f->definition, f->source, band);
    }
}

static int check_targets(const struct facts *own, struct sah_error *err) {
    int code = own->plot.path ? sah_picture_check(&own->plot, err) : SAH_OK;
    int hdf5 = own->hdf5 ? sah_target_check(own->hdf5, own->common.force, err) : SAH_OK;
    return code ? code : hdf5;
}

static int load(const struct facts *own, struct sah_facts_views *views,
                struct sah_error *err) {
    int code = SAH_OK;
    if (own->lists.events) return sah_facts_load_list(&own->lists, views, err);
    for (int i = 0; i < own->common.narguments; i++) {
        struct sah_facts_source source = {.path = own->common.argument[i],
                                          .log = own->log,
                                          .design = own->design,
                                          .geography = own->lists.geography};
        int bad = sah_facts_load_result(&source, views, err);
        if (bad) code = bad;
    }
    return code;
}

static void warn(const struct facts *own, const struct sah_facts_views *views) {
    if (views->fell_back && !own->common.quiet)
        fprintf(stderr,
                "sahel: observation is off in %zu of %zu results: measured by what "
                "truly happened\n",
                views->fell_back, views->n);
}

static int tell(const struct facts *own, const struct sah_card *card,
                struct sah_error *err) {
    int code = SAH_OK;
    if (own->common.csv)
        code = sah_card_csv(card, stdout, err);
    else
        sah_card_print(card, stdout);
    if (!code && own->hdf5) code = sah_card_write(card, own->hdf5, err);
    if (!code && own->plot.path) code = sah_card_draw(card, &own->plot, err);
    return code;
}

/* Means over the views; a year that one does not cover is left out. */
static int tell_year(const struct facts *own, const struct sah_facts_views *views,
                     int year, struct sah_error *err) {
    double sum[SAH_SCDI_CLASSES] = {0}, all = 0, n = (double)views->n;
    for (size_t i = 0; i < views->n; i++) {
        struct sah_scdi_year row;
        int code = sah_scdi_of_year(&views->view[i], year, &row, err);
        if (code) return code;
        for (int c = 0; c < SAH_SCDI_CLASSES; c++) sum[c] += (double)row.of[c];
        all += (double)row.areas;
    }
    printf(own->common.csv ? "%d,%g" : "%4d %8.4g", year, all / n);
    for (int c = 1; c < SAH_SCDI_CLASSES; c++)
        printf(own->common.csv ? ",%g" : " %15.4g", sum[c] / n);
    putchar('\n');
    return SAH_OK;
}

static int tell_scdi(const struct facts *own, const struct sah_facts_views *views,
                     struct sah_error *err) {
    int32_t first = INT32_MIN, last = INT32_MAX;
    for (size_t i = 0; i < views->n; i++) {
        if (views->view[i].first > first) first = views->view[i].first;
        if (views->view[i].last < last) last = views->view[i].last;
    }
    int from = sah_date_of(first).year + (sah_day_of_year(first) > 1);
    int to = sah_date_of(last).year - !sah_day_ends_year(last), code = SAH_OK;
    puts(own->common.csv
             ? "year,areas,dispersed_low,clustered_low,dispersed_high,clustered_high"
             : "year    areas   dispersed low   clustered low  dispersed high"
               "  clustered high");
    for (int year = from; !code && year <= to; year++)
        code = tell_year(own, views, year, err);
    return code;
}

static int measure(const struct facts *own, struct sah_error *err) {
    struct sah_facts_views views = {0};
    struct sah_card card = {0};
    int code = check_targets(own, err);
    if (!code) code = load(own, &views, err);
    if (!code) warn(own, &views);
    if (!code && own->scdi) {
        code = tell_scdi(own, &views, err);
    } else if (!code) {
        if (views.n) card.title = views.view[0].name;
        code = sah_card_make(views.list, views.n, &card, err);
        if (!code) code = tell(own, &card, err);
    }
    sah_card_free(&card);
    sah_facts_views_free(&views);
    return code;
}

int sah_cli_facts(int argc, char **argv) {
    struct facts own = {.design = SAH_FACTS_ALL_DESIGNS};
    struct sah_error err = {0};
    sah_options_parse(&usage, argc, argv, &own);
    own.plot.force = own.common.force;
    if (!own.lists.geography)
        own.lists.geography = sah_data_path("scenarios/geography");
    if (own.list) {
        explain();
        return 0;
    }
    int status = measure(&own, &err);
    return status ? sah_say_errors(&err, status, NULL) : 0;
}
