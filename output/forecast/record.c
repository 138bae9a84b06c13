/* Events are summed by month, cell and who struck. */
#include "output/forecast/record.h"

#include "output/forecast/panel.h"
#include "sim/kernel/calendar.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* What is summed of an event: a name, and how much. */
struct entry {
    char name[40];
    double value;
};

const char *sah_record_camp(const struct sah_fact_event *event) {
    enum sah_role role = sah_role_militant(event->a) ? event->a : event->b;
    switch (role) {
    case SAH_UMBRELLA:
    case SAH_MACINA:
        return "al_qaeda";
    case SAH_RIVAL:
        return "islamic_state";
    case SAH_MILITANT: /* Boko Haram around Lake Chad, MUJAO elsewhere */
        return event->lon < SAH_FACT_EAST ? "al_qaeda" : "islamic_state";
    default:
        return NULL;
    }
}

static bool of_act(const struct sah_fact_event *e, struct entry *entry) {
    const char *camp = sah_record_camp(e);
    if (!camp) return false;
    snprintf(entry->name, sizeof entry->name, "%s@%d", camp, (int)e->gid);
    entry->value = 1;
    return true;
}

static bool of_deaths(const struct sah_fact_event *e, struct entry *entry) {
    snprintf(entry->name, sizeof entry->name, "%d", (int)e->gid);
    entry->value = e->deaths;
    return true;
}

/* One-sided violence: by a state or a partner, or else by armed groups. */
static bool of_harm(const struct sah_fact_event *e, struct entry *entry) {
    if (e->violence != SAH_ONE_SIDED) return false;
    bool forces = e->a == SAH_STATE || e->a == SAH_FOREIGN || e->a == SAH_MISSION;
    snprintf(entry->name, sizeof entry->name, "%s@%d", forces ? "forces" : "insurgents",
             (int)e->gid);
    entry->value = e->deaths;
    return true;
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

/* Equal names become one. */
static void put_sums(const char *key, struct entry *entry, size_t n, FILE *out) {
    if (n) qsort(entry, n, sizeof *entry, by_name);
    fprintf(out, ", %s: {", key);
    for (size_t i = 0, first = 0; i < n; i++) {
        bool last = i + 1 == n || strcmp(entry[i].name, entry[i + 1].name) != 0;
        if (!last) {
            entry[i + 1].value += entry[i].value;
            continue;
        }
        fprintf(out, "%s\"%s\": %.0f", first++ ? ", " : "", entry[i].name,
                entry[i].value);
    }
    fputc('}', out);
}

static void put_month(const struct sah_fact_event *event, size_t n, struct entry *entry,
                      FILE *out) {
    static const struct {
        const char *key;
        bool (*of)(const struct sah_fact_event *e, struct entry *entry);
    } part[] = {{"acts", of_act}, {"deaths", of_deaths}, {"harm", of_harm}};
    struct sah_date date = sah_date_of(event->day);
    fprintf(out, "  - {name: m%04d-%02d, from: %04d-%02d-01", date.year, date.month,
            date.year, date.month);
    for (size_t p = 0; p < sizeof part / sizeof *part; p++) {
        size_t m = 0;
        for (size_t i = 0; i < n; i++)
            if (part[p].of(&event[i], &entry[m])) m++;
        put_sums(part[p].key, entry, m, out);
    }
    fputs("}\n", out);
}

void sah_record_write(const struct sah_fact_event *event, size_t n, int32_t until,
                      FILE *out) {
    struct entry *entry = calloc(n + 1, sizeof *entry);
    while (n && event[n - 1].day > until) n--;
    fputs(n ? "record:\n" : "", out);
    for (size_t i = 0, m; entry && i < n; i += m) {
        int month = sah_month_of(event[i].day);
        for (m = 1; i + m < n && sah_month_of(event[i + m].day) == month;) m++;
        put_month(event + i, m, entry, out);
    }
    free(entry);
}
