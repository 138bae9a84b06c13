/* One year of one entry at a time. */
#include "output/ledger.h"

#include "output/csv.h"
#include "output/result.h"
#include "sim/kernel/calendar.h"

#include <stdlib.h>
#include <string.h>

enum { ITEM_TEXT = 128 };

struct book {
    struct sah_result *result;
    const char *country; /* the only one told of; NULL: all */
    const struct sah_variable *entry;
    size_t n;        /* values of the entry in a year */
    double *value;   /* [n] of one year */
    int first, last; /* years of the run */
};

static int year_of(int32_t day) {
    return sah_date_of(day).year;
}

static int32_t day_in(int year, int month, int day) {
    return sah_day_of((struct sah_date){year, month, day});
}

/* Fills book->value; the years of a run begin and end inside it. */
static int read_year(struct book *book, int year, struct sah_error *err) {
    return sah_result_over(book->result, book->entry, day_in(year, 1, 1),
                           day_in(year, 12, 31), book->value, NULL, err);
}

/* Which item of axis `k` value `i` belongs to. */
static size_t item_of(const struct sah_variable *entry, int k, size_t i) {
    size_t inner = k == 0 && entry->axis[1] ? entry->axis[1]->n : 1;
    return i / inner % entry->axis[k]->n;
}

/* Names the country and the other item of value `i`. */
static const char *name_country(const struct sah_variable *entry, size_t i,
                                char item[static ITEM_TEXT]) {
    const char *country = "";
    item[0] = '\0';
    for (int k = 0; k < 2; k++) {
        if (!entry->axis[k]) continue;
        const char *label = entry->axis[k]->label[item_of(entry, k, i)];
        size_t length = strlen(item);
        if (strcmp(entry->axis[k]->name, "country") == 0 && !*country)
            country = label;
        else
            snprintf(item + length, ITEM_TEXT - length, "%s%s", length ? "/" : "",
                     label);
    }
    return country;
}

/* ---- every entry --------------------------------------------------------------- */

typedef int tell_entry(struct book *book, FILE *out, struct sah_error *err);

static int tell_entries(struct book *book, FILE *out, tell_entry *tell,
                        struct sah_error *err) {
    int status = SAH_OK;
    size_t n = sah_result_count(book->result, SAH_LEDGER);
    for (size_t i = 0; !status && i < n; i++) {
        book->entry = sah_result_at(book->result, SAH_LEDGER, i);
        book->n = sah_variable_count(book->result, book->entry);
        book->value = calloc(book->n + 1, sizeof *book->value);
        if (!book->value) return sah_error_add(err, SAH_MEMORY, "no memory for a year");
        status = tell(book, out, err);
        free(book->value);
    }
    return status ? status : sah_csv_check(out, "the ledger", err);
}

static int country_axis(const struct sah_variable *entry) {
    for (int k = 0; k < 2; k++)
        if (entry->axis[k] && strcmp(entry->axis[k]->name, "country") == 0) return k;
    return -1;
}

static bool knows_country(const struct sah_variable *entry, const char *country) {
    int k = country_axis(entry);
    for (size_t i = 0; k >= 0 && i < entry->axis[k]->n; i++)
        if (strcmp(entry->axis[k]->label[i], country) == 0) return true;
    return false;
}

static int check_country(const struct book *book, const char *path,
                         struct sah_error *err) {
    if (!book->country) return SAH_OK;
    size_t n = sah_result_count(book->result, SAH_LEDGER);
    for (size_t i = 0; i < n; i++)
        if (knows_country(sah_result_at(book->result, SAH_LEDGER, i), book->country))
            return SAH_OK;
    return sah_error_add(err, SAH_INPUT,
                         "%s: its ledger knows no country %s; countries are told by "
                         "three letters, such as MLI",
                         path, book->country);
}

static int tell_all(const char *path, const char *country, FILE *out,
                    const char *header, tell_entry *tell, struct sah_error *err) {
    struct book book = {.country = country};
    int status = sah_result_open(path, &book.result, err);
    if (!status) status = check_country(&book, path, err);
    if (status) {
        sah_result_close(book.result);
        return status;
    }
    const struct sah_result_run *run = sah_result_run(book.result);
    book.first = year_of(run->start);
    book.last = year_of(run->end);
    if (sah_result_count(book.result, SAH_LEDGER) == 0) {
        status = sah_error_add(err, SAH_INPUT, "%s: model %s keeps no ledger", path,
                               run->model);
    } else {
        fputs(header, out);
        status = tell_entries(&book, out, tell, err);
    }
    sah_result_close(book.result);
    return status;
}

/* ---- for programs -------------------------------------------------------------- */

static void put_row(const struct book *book, FILE *out, int year, size_t i) {
    char item[ITEM_TEXT], text[32];
    const char *country = name_country(book->entry, i, item);
    fprintf(out, "%d", year);
    sah_csv_put(out, country, false);
    sah_csv_put(out, book->entry->name, false);
    sah_csv_put(out, item, false);
    snprintf(text, sizeof text, "%.15g", book->value[i]);
    sah_csv_put(out, text, false);
    sah_csv_put(out, book->entry->unit, false);
    fputc('\n', out);
}

static int tell_rows(struct book *book, FILE *out, struct sah_error *err) {
    int status = SAH_OK;
    for (int year = book->first; !status && year <= book->last; year++) {
        status = read_year(book, year, err);
        for (size_t i = 0; !status && i < book->n; i++) put_row(book, out, year, i);
    }
    return status;
}

int sah_ledger_csv(const char *path, FILE *out, struct sah_error *err) {
    return tell_all(path, NULL, out, "year,country,entry,item,value,unit\n", tell_rows,
                    err);
}

/* ---- for people ---------------------------------------------------------------- */

/* The row of a value: countries fall together. */
static size_t row_of(const struct sah_variable *entry, size_t i) {
    size_t row = 0;
    for (int k = 0; k < 2; k++)
        if (entry->axis[k] && strcmp(entry->axis[k]->name, "country") != 0)
            row = row * entry->axis[k]->n + item_of(entry, k, i);
    return row;
}

struct sheet {
    size_t nrows, nyears;
    double *sum;              /* [nyears][nrows] */
    char (*label)[ITEM_TEXT]; /* [nrows] */
};

static bool is_asked_for(const struct book *book, size_t i) {
    int k = country_axis(book->entry);
    if (!book->country || k < 0) return true;
    return strcmp(book->entry->axis[k]->label[item_of(book->entry, k, i)],
                  book->country) == 0;
}

static int fill_sheet(struct book *book, struct sheet *sheet, struct sah_error *err) {
    int status = SAH_OK;
    for (size_t y = 0; !status && y < sheet->nyears; y++) {
        status = read_year(book, book->first + (int)y, err);
        for (size_t i = 0; !status && i < book->n; i++) {
            size_t row = row_of(book->entry, i);
            if (!is_asked_for(book, i)) continue;
            sheet->sum[y * sheet->nrows + row] += book->value[i];
            name_country(book->entry, i, sheet->label[row]);
        }
    }
    return status;
}

static bool is_empty(const struct sheet *sheet, size_t row) {
    for (size_t y = 0; y < sheet->nyears; y++)
        if (sheet->sum[y * sheet->nrows + row] != 0) return false;
    return true;
}

static void print_sheet(const struct book *book, const struct sheet *sheet, FILE *out) {
    fprintf(out, "\n%s [%s]: %s\n%-28s", book->entry->name, book->entry->unit,
            book->entry->doc, "");
    for (int year = book->first; year <= book->last; year++) fprintf(out, "%12d", year);
    size_t told = 0;
    for (size_t r = 0; r < sheet->nrows; r++) {
        if (is_empty(sheet, r)) continue;
        told++;
        const char *label = sheet->label[r][0] ? sheet->label[r] : "all";
        fprintf(out, "\n  %-26s", label);
        for (size_t y = 0; y < sheet->nyears; y++)
            fprintf(out, "%12.10g", sheet->sum[y * sheet->nrows + r]);
    }
    if (!told) fputs("\n  nothing", out);
    fputc('\n', out);
}

static int tell_sheet(struct book *book, FILE *out, struct sah_error *err) {
    if (book->country && country_axis(book->entry) < 0) return SAH_OK;
    struct sheet sheet = {.nyears = (size_t)(book->last - book->first + 1)};
    for (size_t i = 0; i < book->n; i++)
        if (row_of(book->entry, i) >= sheet.nrows)
            sheet.nrows = row_of(book->entry, i) + 1;
    sheet.sum = calloc(sheet.nrows * sheet.nyears + 1, sizeof *sheet.sum);
    sheet.label = calloc(sheet.nrows + 1, sizeof *sheet.label);
    int status = sheet.sum && sheet.label
                     ? fill_sheet(book, &sheet, err)
                     : sah_error_add(err, SAH_MEMORY, "no memory for a table");
    if (!status) print_sheet(book, &sheet, out);
    free(sheet.sum);
    free(sheet.label);
    return status;
}

int sah_ledger_table(const char *path, const char *country, FILE *out,
                     struct sah_error *err) {
    return tell_all(path, country, out, "", tell_sheet, err);
}
