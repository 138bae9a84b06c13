/* Eastern Niger by the same rule and source as output/facts/cells.c. */
#include "output/forecast/cells.h"

#include "output/facts/ground.h"

enum { COLUMNS = 720 };

/* clang-format off */
static const struct {
    int row, first, last; /* of PRIO-GRID, from 0 */
} east[] = {
    {206, 384, 384}, {207, 382, 386}, {208, 382, 386}, {209, 382, 386},
    {210, 382, 387}, {211, 382, 388}, {212, 382, 389}, {213, 382, 390},
    {214, 382, 390}, {215, 382, 390}, {216, 382, 390}, {217, 382, 390},
    {218, 382, 390}, {219, 382, 390}, {220, 382, 391}, {221, 382, 390},
    {222, 382, 390}, {223, 382, 389}, {224, 382, 389}, {225, 382, 387},
    {225, 389, 389}, {226, 383, 385},
};
/* clang-format on */
enum { STRIPS = sizeof east / sizeof east[0] };

int sah_forecast_cell(int32_t gid) {
    int cell = sah_fact_cell(gid), before = SAH_FACT_CELLS;
    int row = (gid - 1) / COLUMNS, column = (gid - 1) % COLUMNS;
    if (cell >= 0) return cell;
    for (int i = 0; i < STRIPS; i++) {
        if (east[i].row == row && column >= east[i].first && column <= east[i].last)
            return before + column - east[i].first;
        before += east[i].last - east[i].first + 1;
    }
    return -1;
}

int32_t sah_forecast_gid(int cell) {
    if (cell < SAH_FACT_CELLS) return sah_fact_gid(cell);
    cell -= SAH_FACT_CELLS;
    int i = 0;
    for (; i < STRIPS - 1 && cell > east[i].last - east[i].first; i++)
        cell -= east[i].last - east[i].first + 1;
    return east[i].row * COLUMNS + east[i].first + cell + 1;
}

int sah_forecast_country(int cell) {
    return cell < SAH_FACT_CELLS ? sah_fact_cell_country(cell) : SAH_NER;
}

int sah_forecast_near(int cell, int out[static SAH_FORECAST_NEAR]) {
    int32_t gid = sah_forecast_gid(cell);
    int n = 0;
    for (int up = -1; up <= 1; up++)
        for (int right = -1; right <= 1; right++) {
            int beside = sah_forecast_cell(gid + up * COLUMNS + right);
            if (beside >= 0 && beside != cell) out[n++] = beside;
        }
    return n;
}
