/* The nearest name to a misspelt one, by optimal string alignment: d(i, j) is the least
 * of a deletion, an insertion, a substitution and an exchange of two neighbours
 * (Damerau 1964; Boytsov 2011, section 2). */
#include "sim/kernel/param.h"

#include <string.h>

enum { LONGEST_NAME = 96 };

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_exchange(const char *a, size_t i, const char *b, size_t j) {
    return i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
           lower(a[i - 2]) == lower(b[j - 1]);
}

/* Three rows of the table are enough: this one and the two above. */
static size_t distance_between(const char *a, size_t na, const char *b, size_t nb) {
    size_t rows[3][LONGEST_NAME + 1];
    for (size_t j = 0; j <= nb; j++) rows[0][j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3], *above2 = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t change = lower(a[i - 1]) != lower(b[j - 1]);
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + change);
            if (is_exchange(a, i, b, j)) row[j] = least(row[j], above2[j - 2] + 1);
        }
    }
    return rows[na % 3][nb];
}

void sah_nearer(const char *wrong, const char *name, const char **best,
                size_t *distance) {
    size_t na = strlen(wrong), nb = strlen(name);
    if (na == 0 || na > LONGEST_NAME || nb > LONGEST_NAME) return;
    size_t bound = (na > nb ? na : nb) / 3;
    if (bound == 0) bound = 1;
    if ((na > nb ? na - nb : nb - na) > bound) return;
    size_t d = distance_between(wrong, na, name, nb);
    if (d > bound || d >= *distance || d == least(na, nb)) return;
    *best = name;
    *distance = d;
}

const char *sah_nearest(const char *wrong, const char *const *names, size_t n) {
    const char *best = NULL;
    size_t distance = SIZE_MAX;
    for (size_t i = 0; i < n; i++) sah_nearer(wrong, names[i], &best, &distance);
    return best;
}
