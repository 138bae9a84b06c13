/* Rows for people and for programs. */
#include "sim/cli/bench.h"
#include "sim/cli/say.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static double per_second(const struct sah_bench_row *row, double amount) {
    return row->seconds > 0 ? amount / row->seconds : 0;
}

void sah_bench_print_head(FILE *out) {
    fprintf(out, "%-16s %-9s %11s %7s %11s %6s %8s %15s %11s %6s %8s\n", "model", "",
            "size", "threads", "agents", "steps", "seconds", "agent-steps/s",
            "bytes/agent", "GB/s", "memory");
}

void sah_bench_print_row(FILE *out, const struct sah_bench_row *row) {
    char moved[32] = "", bytes[32] = "";
    if (row->bytes_moved > 0)
        snprintf(moved, sizeof moved, "%.1f", per_second(row, row->bytes_moved) / 1e9);
    if (row->bytes_per_agent > 0)
        snprintf(bytes, sizeof bytes, "%.1f", row->bytes_per_agent);
    fprintf(out, "%-16s %-9s %11s %7d %11s %6.0f %8.2f %15s %11s %6s %8s\n", row->model,
            row->state, sah_say_count(row->size).text, row->threads,
            sah_say_count(row->agents).text, row->steps, row->seconds,
            sah_say_large(per_second(row, row->agent_steps)).text, bytes, moved,
            sah_say_bytes(row->peak_bytes).text);
    fflush(out);
}

/* ---- parts ----------------------------------------------------------------------- */

typedef const struct sah_bench_parts *parts_of(const struct sah_bench_row *row);

static const struct sah_bench_parts *phases_of(const struct sah_bench_row *row) {
    return &row->phases;
}

static const struct sah_bench_parts *mechanisms_of(const struct sah_bench_row *row) {
    return &row->mechanisms;
}

/* Rows of one model stand side by side. */
static bool shown(const struct sah_bench_row *row, const char *model) {
    return row->phases.n > 0 && strcmp(row->model, model) == 0;
}

static const struct sah_bench_row *first_run(const struct sah_bench_row *rows, size_t n,
                                             const char *model) {
    for (size_t i = 0; i < n; i++)
        if (shown(&rows[i], model)) return &rows[i];
    return NULL;
}

static void print_part(FILE *out, const struct sah_bench_row *rows, size_t n,
                       const char *model, parts_of *parts, size_t k) {
    fprintf(out, "  %-24s", parts(first_run(rows, n, model))->part[k].name);
    for (size_t i = 0; i < n; i++)
        if (shown(&rows[i], model))
            fprintf(out, " %9.3f", parts(&rows[i])->part[k].seconds);
    fputs("\n", out);
}

/* The slowest part that comes behind `last` (SIZE_MAX: of all) in this order. */
static size_t next_slowest(const struct sah_bench_parts *parts, size_t last) {
    size_t best = SIZE_MAX;
    const struct sah_bench_part *part = parts->part;
    for (size_t k = 0; k < parts->n; k++) {
        if (last != SIZE_MAX && (part[k].seconds > part[last].seconds ||
                                 (part[k].seconds == part[last].seconds && k <= last)))
            continue;
        if (best == SIZE_MAX || part[k].seconds > part[best].seconds) best = k;
    }
    return best;
}

static void print_parts_head(FILE *out, const struct sah_bench_row *rows, size_t n,
                             const char *model, const char *title) {
    fprintf(out, "\n%-26s", title);
    for (size_t i = 0; i < n; i++)
        if (shown(&rows[i], model)) fprintf(out, " %9d", rows[i].threads);
    fprintf(out, "\n%-26s", strcmp(model, "sahel") ? "size" : "people per agent");
    for (size_t i = 0; i < n; i++)
        if (shown(&rows[i], model)) fprintf(out, " %9.6g", rows[i].size);
    fputs("\n", out);
}

static void print_model(FILE *out, const struct sah_bench_row *rows, size_t n,
                        const char *model) {
    const struct sah_bench_row *first = first_run(rows, n, model);
    char title[64];
    bool sahel = strcmp(model, "sahel") == 0;
    snprintf(title, sizeof title, "%s%sseconds by phase, threads", sahel ? "" : model,
             sahel ? "" : ": ");
    print_parts_head(out, rows, n, model, title);
    for (size_t k = 0; k < first->phases.n; k++)
        print_part(out, rows, n, model, phases_of, k);
    if (first->mechanisms.n == 0) return;
    print_parts_head(out, rows, n, model, "by mechanism, threads");
    size_t k = SIZE_MAX;
    while ((k = next_slowest(&first->mechanisms, k)) != SIZE_MAX)
        print_part(out, rows, n, model, mechanisms_of, k);
}

void sah_bench_print_parts(FILE *out, const struct sah_bench_row *rows, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (first_run(rows, n, rows[i].model) == &rows[i])
            print_model(out, rows, n, rows[i].model);
}

/* ---- JSON ------------------------------------------------------------------------ */

static void put_parts(FILE *out, const char *name,
                      const struct sah_bench_parts *parts) {
    fprintf(out, ", \"%s\": [", name);
    for (size_t k = 0; k < parts->n; k++) {
        fprintf(out, "%s{\"name\": ", k ? ", " : "");
        sah_put_json(out, parts->part[k].name);
        fprintf(out, ", \"seconds\": %.6f}", parts->part[k].seconds);
    }
    fputs("]", out);
}

static void put_row(FILE *out, const struct sah_bench_row *row) {
    fprintf(out,
            "{\"model\": \"%s\", \"size\": %.15g, \"threads\": %d, \"agents\": %.15g, "
            "\"steps\": %.15g, \"seconds\": %.9g, \"agent_steps_per_second\": %.9g, "
            "\"bytes_per_agent\": %.6g, \"peak_bytes\": %.15g, \"state\": \"%s\", "
            "\"bytes_per_second\": %.9g",
            row->model, row->size, row->threads, row->agents, row->steps, row->seconds,
            per_second(row, row->agent_steps), row->bytes_per_agent, row->peak_bytes,
            row->state, per_second(row, row->bytes_moved));
    put_parts(out, "phases", &row->phases);
    put_parts(out, "mechanisms", &row->mechanisms);
    fputs("}", out);
}

void sah_bench_print_json(FILE *out, const struct sah_bench_row *rows, size_t n) {
    fputs("[", out);
    for (size_t i = 0; i < n; i++) {
        fputs(i ? ",\n " : "", out);
        put_row(out, &rows[i]);
    }
    fputs("]\n", out);
}
