/* The functions behind the catalogue, and what `arg` of an item means to each. */
#ifndef SAH_OUTPUT_FACTS_FAMILIES_H
#define SAH_OUTPUT_FACTS_FAMILIES_H
#include "output/facts/facts.h"

/* country, or SAH_FACT_ALL */
sah_fact_value sah_fact_deaths_total, sah_fact_deaths_events, sah_fact_events,
    sah_fact_active_cells, sah_fact_ever_active, sah_fact_cell_months,
    sah_fact_burstiness, sah_fact_lag_one, sah_fact_dispersion, sah_fact_season,
    sah_fact_displaced, sah_fact_displaced_per_death;
/* enum sah_fact_violence */
sah_fact_value sah_fact_violence_share, sah_fact_one_sided_deaths;
/* enum sah_fact_kind */
sah_fact_value sah_fact_attack_share;
/* SAH_MISSION, or any other: forces but for those */
sah_fact_value sah_fact_device_deaths;

enum { SAH_SIZE_MEAN, SAH_SIZE_MEDIAN, SAH_SIZE_P90, SAH_SIZE_P99, SAH_SIZE_MAX };
sah_fact_value sah_fact_tail_exponent, sah_fact_size;

enum { SAH_BUSIEST_DEATHS, SAH_BUSIEST_EVENTS };
sah_fact_value sah_fact_busiest;

/* a country, and which of the two */
enum { SAH_PLACE_COUNTRY = 3, SAH_PLACE_LON = 4 };
sah_fact_value sah_fact_mean_place, sah_fact_border, sah_fact_near_border,
    sah_fact_capital;

enum { SAH_HAZARD_BESIDE, SAH_HAZARD_ELSEWHERE };
sah_fact_value sah_fact_moran, sah_fact_contagion, sah_fact_new_cells, sah_fact_hazard,
    sah_fact_staying;

enum { SAH_MACINA_CENTRAL, SAH_MACINA_MALI };
enum { SAH_WAR_BEFORE, SAH_WAR_AFTER };
sah_fact_value sah_fact_rival_share, sah_fact_macina_share, sah_fact_war_of_camps,
    sah_fact_government;
sah_fact_value sah_fact_strength; /* SAH_UMBRELLA, SAH_RIVAL */

/* of the numbers in view->reason */
enum { SAH_REASON_JOBS, SAH_REASON_BELIEF, SAH_REASON_ABUSE, SAH_REASON_FEUD };
sah_fact_value sah_fact_reason;

#endif
