/* Units of measure, from one table.
 *
 * A unit is a product of the table's names raised to small whole powers: "1/day",
 * "USD/person/day", "persons/km2", "km/h". A quantity is a number followed by a unit.
 * Conversion multiplies and divides by exact whole ratios, so that "12 h" is exactly
 * 0.5 day and "4.5 %" exactly the nearest double to 0.045. */
#ifndef SAH_UNIT_H
#define SAH_UNIT_H
#include <stdbool.h>
#include <stddef.h>

enum sah_dimension {
    SAH_TIME,   /* day */
    SAH_LENGTH, /* km */
    SAH_ANGLE,  /* degree */
    SAH_MASS,   /* kg */
    SAH_MONEY,  /* USD */
    SAH_PERSON, /* person */
    SAH_ANIMAL, /* head of livestock */
    SAH_EVENT,  /* event */
    SAH_NDIMENSIONS,
};

struct sah_unit {
    const char *name;
    enum sah_dimension dimension; /* SAH_NDIMENSIONS for pure numbers */
    int power;                    /* of the dimension: 2 for an area */
    double num, den;              /* one unit is num / den base units */
    const char *doc;
};

/* What came of reading a quantity. */
enum sah_quantity {
    SAH_QUANTITY_OK,
    SAH_QUANTITY_NO_NUMBER,  /* does not begin with a number */
    SAH_QUANTITY_NOT_FINITE, /* too large, nan, infinite */
    SAH_QUANTITY_NO_UNIT,    /* its unit is not known */
    SAH_QUANTITY_OTHER_KIND, /* its unit measures something else */
};

const struct sah_unit *sah_units(size_t *n);
bool sah_unit_known(const char *unit); /* a product of known names, or "1" */

/* Reads `text` in the unit `unit`; a naked number is taken in that unit. `value` is set
 * only when all is well. `rest` (may be NULL) points at the unit part of the text. */
enum sah_quantity sah_quantity_read(const char *text, const char *unit, double *value,
                                    const char **rest);
/* The same as a question. */
bool sah_quantity_parse(const char *text, const char *unit, double *value);

#endif
