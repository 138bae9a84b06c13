/* How tiny worlds are made, run, counted and compared. */
#include "tests/support/tiny_world.h"

#include "models/registry.h"
#include "models/sahel/family.h"
#include "tests/support/cmocka_all.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */
static const char scenario_text[] =
"title: Tiny\n"
"run: {start: 2016-01-01, end: 2018-12-31, seed: 1, people_per_agent: 1000}\n"
"grid:\n"
"  geography: scenarios/geography\n"
"  box: [-4, 13, 2, 17]\n"
"  cell: 0.25 deg\n"
"  theatre: {MLI: all, BFA: all, NER: all}\n"
"factions:\n"
"- {name: league, camp: al_qaeda, from: 2016-03-01, strength: 0, reserve: 0}\n"
"- {name: river, camp: al_qaeda, parent: league, pledge: 2016-07-01, strength: 200,\n"
"  homes: [Gao, Douentza], reserve: 2 MUSD, outside: 1 MUSD/year, reach: 200 km,\n"
"  profile: {tuareg: 0.6, songhai: 0.4, fulani: 0.4, arab: 0.6}, civilian_share: 0.3,\n"
"  device_share: 0.3, indirect_share: 0.15}\n"
"- {name: hills, camp: al_qaeda, parent: league, pledge: 2016-07-01, strength: 150,\n"
"  homes: [Djibo], reserve: 20 kUSD, reach: 150 km, civilian_share: 0.4,\n"
"  profile: {fulani: 0.9, mossi: 0.05, gurma: 0.15}, device_share: 0.3,\n"
"  indirect_share: 0.1}\n"
"- {name: sand, camp: islamic_state, strength: 120, homes: [Ansongo], reach: 200 km,\n"
"  reserve: 500 kUSD, profile: {fulani: 0.7, tuareg: 0.2, songhai: 0.1},\n"
"  civilian_share: 0.3, device_share: 0.3, indirect_share: 0.1,\n"
"  stances: {river: -1, hills: -1}}\n"
"- {name: embers, splinter: on, reserve: 0}\n"
"forces:\n"
"- {name: north, owner: national, country: MLI, strength: 4000, field_share: 0.4,\n"
"  bases: [Gao, Timbuktu, Douentza, Ansongo], lethality: 0.8,\n"
"  armour: 0.1, patrol_rate: 0.004, harm: 0.5, unit_size: 100}\n"
"- {name: south, owner: national, country: BFA, strength: 4000, field_share: 0.3,\n"
"  bases: [Djibo, Dori, Ouahigouya, Kaya], lethality: 0.7,\n"
"  armour: 0.1, patrol_rate: 0.004, harm: 0.8, unit_size: 100}\n"
"- {name: east, owner: national, country: NER, strength: 3000, field_share: 0.3,\n"
"  bases: [Tillaberi, Tera], lethality: 1, armour: 0.1,\n"
"  patrol_rate: 0.004, harm: 0.3, unit_size: 100}\n"
"- {name: partner, owner: foreign, strength: 1500, field_share: 0.5, unit_size: 250,\n"
"  bases: [Gao, Timbuktu], area: [MLI, BFA, NER], lethality: 3, armour: 0.6,\n"
"  patrol_rate: 0.001, raid_rate: 0.03, raid_range: 300 km, harm: 0.2}\n"
"- {name: mission, owner: mission, strength: 3000, field_share: 0.5, unit_size: 400,\n"
"  bases: [Gao, Douentza], area: [MLI], armour: 0.6, patrol_rate: 0.001, harm: 0}\n"
"attacks: {rate: 0.15, half_density: 5.3, exposed: 200, foes_half: 20, rivalry: 0.1,\n"
"  fire: 0.3, fire_back: 0.2, civilian_base: 1, civilian_size: 0.2, device_dead: 2,\n"
"  indirect_dead: 0.5, kidnap_share: 0.15, ransom: 20000, ransom_share: 0.3}\n"
"learning: {exponent: 0}\n"
"losses: {front: 1e9}\n"
"patrols: {fire: 0.3, fire_back: 0.2, detachment: 30}\n"
"abuse: {reprisal: 0.1, anger: 5}\n"
"feuds: {rate: 0.1, tension: 0.05, dry: 0.1, revenge: 0.5, half: 40, half_life: 150,\n"
"  arms: 0.5, odds: 3, dead: 3, back: 0.25}\n"
"mediation: {bridge: 0.5, calm: 0.7, inflame: 0.3, call: 1, half: 20}\n"
"self_defence: {watch: 0.6, half: 0.2, provoke: 0.01, dead: 3, lose: 0.1}\n"
"recruitment: {base_rate: 1e-5, half: 40, deterrence: 0.8, pool: 0.01, refill: 2500,\n"
"  purse: 0, follow: 3,\n"
"  abuse: 100, grievance: 4, jobs: 0.6, ties: 0.5, feud: 0.5, belief: 0.15}\n"
"treasury: {pay: 3, memory: 60, leave: 0.0005, leave_home: 1, leave_arrears: 0.003}\n"
"cohesion: {half_life: 120, autonomy: 0.6, arrears: 0.5, leadership: 0.4, distance: 0.4,\n"
"  far: 300, variety: 0.2, threshold: 0.5, split: 0.004, least: 20, pledge_kept: 0.5,\n"
"  resentment: -0.2, leave: 0.002, mend: 0.001, mended: 0.75, defect: 0.001}\n"
"command: {lag: 14, memory: 14, gain: 1, half: 2, small: 20}\n"
"leadership: {succession: 120, loss: 0.5, tempo: 0.5, found: 0.05}\n"
"gold: {yield: 60000, share: 0.04, half: 15}\n"
"predation: {livestock_rate: 1, levy_rate: 1, forest_rate: 10, half: 30, burden: 0.15}\n"
"severity: {rate: 0.03, scatter: 0.12, range: 120}\n"
"bands: {team_size: 6, rooted: 0}\n"
"influence: {rooting: 450}\n"
"spending: {reserve: 180, most: 4}\n"
"spread: {stay: 30, ride: 35, kin: 2, state: 2.5, crowd: 1.2, supply: 1.5}\n"
"displacement: {rate: 0.02, half: 6, threshold: 0.01, range: 80, return_rate: 0.002,\n"
"  calm: 0.5, conquest: 0}\n"
"drawdown: {linger: 120}\n"
"control: {half_life: 45, least: 0.3, scale: 2}\n"
"foreign_force: {deadliness: 0.4, focus: 6, period: 120, length: 40, extent: 60}\n"
"environment: {rain_depth: 0.6, rain_peak: 232, rain_width: 35}\n";

/* Rates of the ground, which has no switch. */
static const char *const quiet[] = {
    "treasury.pay=0", "treasury.leave=0",
    "treasury.leave_arrears=0", "feuds.rate=0",
    "factions.river.outside=0", "forces.north.patrol_rate=0",
    "forces.south.patrol_rate=0", "forces.east.patrol_rate=0",
    "forces.partner.patrol_rate=0", "forces.mission.patrol_rate=0", NULL};
/* clang-format on */

enum { MOST_SETS = 160 };

/* ---- life --------------------------------------------------------------------------- */

static size_t append(const char **list, size_t n, const char *const *sets) {
    for (; sets && *sets; sets++) {
        assert_true(n < MOST_SETS);
        list[n++] = *sets;
    }
    return n;
}

static void assert_done(int status, struct sah_error *err) {
    if (status) fail_msg("%s", err->text ? err->text : "no message");
}

/* The land of a scenario that names ours, read once for all worlds of a program: reading
 * takes a third of the time of making one. */
static struct sah_geography *land_of(const char *yaml) {
    static struct sah_geography *geo;
    struct sah_error err = {0};
    if (!strstr(yaml, "geography: scenarios/geography")) return NULL;
    if (!geo) assert_done(sah_geography_read("scenarios/geography", &geo, &err), &err);
    return geo;
}

struct sah_world *tiny_make_text(const char *yaml, const char *const *sets) {
    const char *all[MOST_SETS];
    size_t n = append(all, 0, sets);
    struct sah_error err = {0};
    struct sah_scenario *scenario;
    struct sah_world *world = NULL;
    struct sah_geography *geo = land_of(yaml);
    struct sah_world_request request = {.families = sah_families,
                                        .nfamilies = sah_family_count(),
                                        .geo = geo,
                                        .geo_lent = geo != NULL};
    assert_done(
        sah_scenario_parse("tiny.yaml", yaml, strlen(yaml), all, n, &scenario, &err),
        &err);
    assert_done(sah_world_create(scenario, &request, &world, &err), &err);
    return world;
}

const char *tiny_scenario(void) {
    return scenario_text;
}

struct sah_world *tiny_make(const char *const *sets) {
    return tiny_make_text(scenario_text, sets);
}

struct sah_world *tiny_make_seed(uint64_t seed, const char *const *sets) {
    char text[48];
    snprintf(text, sizeof text, "run.seed=%llu", (unsigned long long)seed);
    const char *all[MOST_SETS + 1] = {text};
    all[append(all, 1, sets)] = NULL;
    return tiny_make(all);
}

/* Switches everybody off who has a switch; the texts lie in `text`. */
static size_t switch_off(char text[MOST_SETS][64], const char **list) {
    size_t n = 0;
    for (size_t i = 0; i < sah_family_sahel.ncast; i++) {
        if (sah_family_sahel.cast[i]->always) continue;
        assert_true(n < MOST_SETS);
        snprintf(text[n], sizeof text[n], "mechanisms.%s=off",
                 sah_family_sahel.cast[i]->name);
        list[n] = text[n];
        n++;
    }
    return n;
}

struct sah_world *tiny_make_still(const char *const *sets) {
    static char text[MOST_SETS][64];
    const char *all[MOST_SETS + 1];
    size_t n = append(all, switch_off(text, all), quiet);
    all[append(all, n, sets)] = NULL;
    return tiny_make(all);
}

void tiny_run(struct sah_world *world, int days) {
    struct sah_error err = {0};
    for (int k = 0; k < days; k++) assert_done(sah_world_step(world, &err), &err);
}

void tiny_verify(const struct sah_world *world) {
    struct sah_error err = {0};
    assert_done(sah_world_verify(world, &err), &err);
}

/* ---- counts ------------------------------------------------------------------------- */

static double total(const int64_t *counter, size_t n) {
    int64_t sum = 0;
    for (size_t k = 0; k < n; k++) sum += counter[k];
    return (double)sum;
}

void tiny_count(const struct sah_world *world, struct tiny_tally *t) {
    const struct sahel *s = sahel_of(world);
    size_t n = s->ncountries;
    for (size_t k = 0; k < SAHEL_NKINDS; k++) {
        t->kind_events[k] += total(s->events_kind + k * n, n);
        t->kind_deaths[k] += total(s->deaths_kind + k * n, n);
    }
    t->events += total(s->events_kind, SAHEL_NKINDS * n);
    t->deaths += total(s->deaths_kind, SAHEL_NKINDS * n);
    t->fighters_killed += total(s->deaths_side, n);
    t->soldiers_killed += total(s->deaths_side + n, n);
    t->civilians_killed += total(s->deaths_side + 2 * n, n);
    for (size_t k = 0; k < SAHEL_NREASONS; k++)
        t->reason[k] += total(s->recruits + k * n, n);
    t->recruits += total(s->recruits, SAHEL_NREASONS * n);
    t->left += total(s->left_faction, SAHEL_NEXITS * s->nfactions);
    t->fled += total(s->moved, SAHEL_RETURNED * n);
    t->returned +=
        total(s->moved + SAHEL_RETURNED * n, (SAHEL_NMOVES - SAHEL_RETURNED) * n);
    for (size_t k = 0; k < SAHEL_NSTREAMS; k++)
        t->usd[k] += total(s->money + k * s->nfactions, s->nfactions) / 100;
}

struct tiny_tally tiny_run_count(struct sah_world *world, int days) {
    struct tiny_tally tally = {0};
    for (int k = 0; k < days; k++) {
        tiny_run(world, 1);
        tiny_count(world, &tally);
    }
    return tally;
}

int32_t tiny_cell(const struct sah_world *world, const char *place) {
    int32_t cell = sah_place_cell(world, place);
    assert_true(cell != SAH_NOWHERE);
    return cell;
}

int64_t tiny_fighters(const struct sah_world *world, int faction) {
    const struct sahel_bands *b = &sahel_of(world)->bands;
    int64_t sum = 0;
    for (size_t i = 0; i < b->base.n; i++)
        if (faction < 0 || b->faction[i] == faction) sum += b->fighters[i];
    return sum;
}

double tiny_mean(const float *field, size_t n) {
    double sum = 0;
    for (size_t k = 0; k < n; k++) sum += (double)field[k];
    return sum / (double)n;
}

static void sort_bands(struct sah_world *world) {
    struct sah_error err = {0};
    assert_done(sah_population_sort(&sahel_of(world)->bands.base,
                                    (size_t)world->grid.ncells, &err),
                &err);
}

size_t tiny_add_band(struct sah_world *world, int faction, int32_t cell, int fighters) {
    struct sahel *s = sahel_of(world);
    struct sah_error err = {0};
    uint64_t parent = 1000000 + s->bands.base.n;
    assert_done(sah_deed_raise_band(world, faction, cell, fighters, parent, 0, &err),
                &err);
    s->sum[SAHEL_SUM_FIGHTERS_START] += fighters;
    uint64_t id = s->bands.id[s->bands.base.n - 1];
    sort_bands(world);
    size_t i = 0;
    while (s->bands.id[i] != id) i++;
    return i;
}

void tiny_clear_bands(struct sah_world *world) {
    struct sahel *s = sahel_of(world);
    s->sum[SAHEL_SUM_FIGHTERS_START] -= tiny_fighters(world, -1);
    for (size_t i = 0; i < s->bands.base.n; i++) {
        s->bands.fighters[i] = 0;
        s->bands.cell[i] = SAH_NOWHERE;
    }
    sort_bands(world);
}

/* ---- paired runs -------------------------------------------------------------------- */

/* Pairs that SAH_TEST_PAIRS allows. */
static int most_pairs(int seeds) {
    const char *most = getenv("SAH_TEST_PAIRS");
    int n = most ? atoi(most) : 0;
    return n > 0 && n < seeds ? n : seeds;
}

/* Of one measure or several. */
static struct tiny_sample sample(tiny_measure *one, tiny_measures *several,
                                 const char *const *sets, int seeds) {
    struct tiny_sample s = {.asked = seeds, .n = most_pairs(seeds)};
    assert_true(s.n <= TINY_SEEDS);
    for (int k = 0; k < s.n; k++) {
        double measured[TINY_MEASURES] = {0};
        struct sah_world *world = tiny_make_seed(1001 + (uint64_t)k, sets);
        if (one)
            measured[0] = one(world);
        else
            several(world, measured);
        for (int m = 0; m < TINY_MEASURES; m++) s.value[m][k] = measured[m];
        tiny_verify(world);
        sah_world_free(world);
    }
    return s;
}

struct tiny_sample tiny_sample(tiny_measures *measures, const char *const *sets,
                               int seeds) {
    return sample(NULL, measures, sets, seeds);
}

struct tiny_sample tiny_sample_one(tiny_measure *measure, const char *const *sets,
                                   int seeds) {
    return sample(measure, NULL, sets, seeds);
}

struct tiny_contrast tiny_compare(const struct tiny_sample *a,
                                  const struct tiny_sample *b, int measure) {
    struct tiny_contrast c = {0};
    double square = 0, n = a->n;
    assert_int_equal(a->n, b->n);
    for (int k = 0; k < a->n; k++) {
        double of_a = a->value[measure][k], of_b = b->value[measure][k];
        c.mean_a += of_a / n;
        c.mean_b += of_b / n;
        c.difference += (of_b - of_a) / n;
        square += (of_b - of_a) * (of_b - of_a);
    }
    if (a->n < a->asked) skip(); /* too few to tell anything */
    double variance = (square - n * c.difference * c.difference) / (n - 1);
    c.error = sqrt(variance > 0 ? variance / n : 0);
    return c;
}

struct tiny_contrast tiny_pair(tiny_measure *measure, const char *const *a,
                               const char *const *b, int seeds) {
    struct tiny_sample of_a = tiny_sample_one(measure, a, seeds);
    struct tiny_sample of_b = tiny_sample_one(measure, b, seeds);
    return tiny_compare(&of_a, &of_b, 0);
}

static void tell(const char *what, struct tiny_contrast c) {
    print_message("%s: %.5g -> %.5g, difference %.4g +- %.2g (%.1f errors)\n", what,
                  c.mean_a, c.mean_b, c.difference, c.error, c.difference / c.error);
}

void tiny_assert_above(const char *what, struct tiny_contrast contrast, double errors) {
    tell(what, contrast);
    assert_true(contrast.difference > errors * contrast.error);
}

void tiny_assert_below(const char *what, struct tiny_contrast contrast, double errors) {
    tell(what, contrast);
    assert_true(-contrast.difference > errors * contrast.error);
}
