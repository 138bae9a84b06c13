/* Quoting, and the check that nothing was lost on the way out. */
#include "output/csv.h"

#include <errno.h>
#include <math.h>
#include <string.h>

void sah_csv_put(FILE *out, const char *text, bool first) {
    if (!first) fputc(',', out);
    if (!strpbrk(text, ",\"\r\n")) {
        fputs(text, out);
        return;
    }
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"') fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

void sah_csv_put_number(FILE *out, double number) {
    char text[48] = "nan"; /* without its sign */
    if (!isnan(number)) snprintf(text, sizeof text, "%.9g", number);
    sah_csv_put(out, text, false);
}

int sah_csv_check(FILE *out, const char *what, struct sah_error *err) {
    if (fflush(out) == 0 && !ferror(out)) return SAH_OK;
    return sah_error_add(err, SAH_IO, "cannot write %s: %s", what, strerror(errno));
}
