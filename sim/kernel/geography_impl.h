/* What the files of the geography share and nobody else needs. */
#ifndef SAH_GEOGRAPHY_IMPL_H
#define SAH_GEOGRAPHY_IMPL_H
#include "sim/kernel/geography.h"
#include "sim/kernel/table.h"

enum { SAH_GEO_TABLES = 10 };
extern const char *const sah_geography_tables[SAH_GEO_TABLES]; /* file names */

/* Fills the structs from the kept files; `folder` stands in messages, may be NULL. */
int sah_geography_load(struct sah_geography *geo, const char *folder,
                       struct sah_error *err);

/* Fills ethnic_share from ethnicity.csv; regions and groups must be there. */
int sah_geography_load_shares(struct sah_geography *geo, const struct sah_table *table,
                              struct sah_error *err);

/* Finds table_deg, and that the cells lie on one lattice, each once. */
int sah_geography_check_cells(struct sah_geography *geo, const struct sah_table *table,
                              struct sah_error *err);

/* The lattice of cells.csv: column and row of a centre, from the south-west. */
struct sah_geo_lattice {
    double west, south, deg; /* of its edge */
    int nlon, nlat;
};
struct sah_geo_lattice sah_geography_lattice(const struct sah_geography *geo);
int sah_geo_lattice_column(const struct sah_geo_lattice *lattice, double lon);
int sah_geo_lattice_row(const struct sah_geo_lattice *lattice, double lat);

#endif
