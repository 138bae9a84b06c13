/* Which cells of PRIO-GRID (Tollefsen, Strand and Buhaug 2012) count for which country:
 * that with most of the cell's area, by the boundaries of Natural Earth 1:10m (public
 * domain); west of 11 E. A run on finer or coarser cells is measured on these. */
#include "output/facts/ground.h"

/* clang-format off */
const struct sah_fact_strip sah_fact_strips[] = {
    {199, 351, 351, SAH_BFA}, {200, 350, 353, SAH_BFA}, {201, 343, 348, SAH_MLI},
    {201, 349, 353, SAH_BFA}, {202, 343, 348, SAH_MLI}, {202, 349, 361, SAH_BFA},
    {203, 342, 348, SAH_MLI}, {203, 349, 364, SAH_BFA}, {204, 337, 340, SAH_MLI},
    {204, 342, 350, SAH_MLI}, {204, 351, 363, SAH_BFA}, {204, 364, 364, SAH_NER},
    {204, 366, 366, SAH_NER}, {205, 337, 350, SAH_MLI}, {205, 351, 362, SAH_BFA},
    {205, 363, 367, SAH_NER}, {206, 337, 351, SAH_MLI}, {206, 352, 361, SAH_BFA},
    {206, 362, 367, SAH_NER}, {206, 373, 374, SAH_NER}, {206, 376, 379, SAH_NER},
    {207, 336, 353, SAH_MLI}, {207, 354, 360, SAH_BFA}, {207, 361, 369, SAH_NER},
    {207, 372, 381, SAH_NER}, {208, 336, 355, SAH_MLI}, {208, 356, 360, SAH_BFA},
    {208, 361, 381, SAH_NER}, {209, 336, 357, SAH_MLI}, {209, 358, 359, SAH_BFA},
    {209, 360, 381, SAH_NER}, {210, 336, 362, SAH_MLI}, {210, 363, 381, SAH_NER},
    {211, 349, 367, SAH_MLI}, {211, 368, 381, SAH_NER}, {212, 349, 367, SAH_MLI},
    {212, 368, 381, SAH_NER}, {213, 349, 367, SAH_MLI}, {213, 368, 381, SAH_NER},
    {214, 349, 367, SAH_MLI}, {214, 368, 381, SAH_NER}, {215, 348, 367, SAH_MLI},
    {215, 368, 381, SAH_NER}, {216, 348, 367, SAH_MLI}, {216, 368, 381, SAH_NER},
    {217, 348, 367, SAH_MLI}, {217, 368, 381, SAH_NER}, {218, 348, 365, SAH_MLI},
    {218, 370, 381, SAH_NER}, {219, 348, 365, SAH_MLI}, {219, 372, 381, SAH_NER},
    {220, 348, 363, SAH_MLI}, {220, 373, 381, SAH_NER}, {221, 348, 362, SAH_MLI},
    {221, 375, 381, SAH_NER}, {222, 348, 361, SAH_MLI}, {222, 376, 381, SAH_NER},
    {223, 348, 359, SAH_MLI}, {223, 378, 381, SAH_NER}, {224, 347, 358, SAH_MLI},
    {224, 380, 381, SAH_NER}, {225, 347, 356, SAH_MLI}, {225, 381, 381, SAH_NER},
    {226, 347, 355, SAH_MLI}, {227, 347, 353, SAH_MLI}, {228, 347, 352, SAH_MLI},
    {229, 347, 350, SAH_MLI},
};
/* clang-format on */
const size_t sah_fact_nstrips = sizeof sah_fact_strips / sizeof sah_fact_strips[0];
