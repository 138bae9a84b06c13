/* The ledger of a result, by year and country: whom a cause cost what. */
#ifndef SAH_OUTPUT_LEDGER_H
#define SAH_OUTPUT_LEDGER_H
#include "sim/kernel/error.h"

#include <stdio.h>

/* Columns year,country,entry,item,value,unit: one row per value. `item` is that of the
 * axis which is not the country ("a/b" of two such); country and item are empty where
 * an entry has none. Flows are summed over the year, stocks are those at its end. */
int sah_ledger_csv(const char *path, FILE *out, struct sah_error *err);

/* For people: per entry a table of items by year, of one country (its label) or, if that
 * is NULL, of all together. Items without anything in any year are left out, and so are
 * entries that know no countries where one is asked for. */
int sah_ledger_table(const char *path, const char *country, FILE *out,
                     struct sah_error *err);

#endif
