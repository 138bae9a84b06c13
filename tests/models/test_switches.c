/* Every mechanism is a switch: off, its slots are neutral and nothing else has changed.
 *
 * Twin worlds, one with the switch off, run day by day. Up to the mechanism's first
 * effect all state is the same, bit by bit; on that day only what the mechanism writes,
 * and what follows from it on the same day, may differ. */
#include "models/sahel/cast.h"
#include "models/sahel/family.h"
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <stdio.h>
#include <string.h>

/* ---- what differs ------------------------------------------------------------------- */

struct differences {
    size_t n;
    char name[128][48];
};

static void note(struct differences *d, const char *of, const char *name) {
    assert_true(d->n < 128);
    snprintf(d->name[d->n++], sizeof *d->name, "%s%s", of, name);
}

static void compare_blocks(const struct sah_world *a, const struct sah_world *b,
                           struct differences *d) {
    for (size_t i = 0; i < a->nblocks; i++) {
        const struct sah_block *x = &a->block[i], *y = &b->block[i];
        if (memcmp(x->data, y->data, x->count * sah_type_size(x->type)) != 0)
            note(d, "", x->name);
    }
}

static void compare_agents(const struct sah_population *x,
                           const struct sah_population *y, struct differences *d) {
    char of[24];
    snprintf(of, sizeof of, "%s.", x->name);
    if (x->n != y->n) note(d, of, "n");
    for (size_t k = 0; x->n == y->n && k < x->ncolumns; k++) {
        size_t bytes = x->n * sah_type_size(x->columns[k].type);
        if (bytes && memcmp(sah_population_column(x, k), sah_population_column(y, k),
                            bytes) != 0)
            note(d, of, x->columns[k].name);
    }
}

static void compare(const struct sah_world *a, const struct sah_world *b,
                    struct differences *d) {
    d->n = 0;
    compare_blocks(a, b, d);
    for (size_t i = 0; i < a->npopulations; i++)
        compare_agents(a->population[i], b->population[i], d);
    for (size_t i = 0; i < a->nlogs; i++)
        compare_agents(a->logs[i].rows, b->logs[i].rows, d);
}

/* ---- mechanisms and their first effects --------------------------------------------- */

typedef bool predicate(const struct sah_world *on, const struct sah_world *off);

/* Is `word` one of the blank-separated `words`? */
static bool among(const char *word, const char *words) {
    size_t n = strlen(word);
    for (const char *at = strstr(words, word); at; at = strstr(at + 1, word))
        if ((at == words || at[-1] == ' ') && (at[n] == ' ' || at[n] == 0)) return true;
    return false;
}

static bool pledged(const struct sah_world *on, const struct sah_world *off) {
    (void)off;
    return on->today >= sahel_of(on)->faction[TINY_RIVER].pledge;
}

static bool struck_by(const struct sah_world *world, int first, int last) {
    const struct sahel_events *e = &sahel_of(world)->events;
    for (size_t i = 0; i < e->base.n; i++)
        if (e->kind[i] >= first && e->kind[i] <= last) return true;
    return false;
}

static bool struck(const struct sah_world *on, const struct sah_world *off) {
    return struck_by(on, SAHEL_ASSAULT, SAHEL_CLASH) &&
           !struck_by(off, SAHEL_ASSAULT, SAHEL_CLASH);
}

static bool unpaid(const struct sah_world *on, const struct sah_world *off) {
    return sahel_of(on)->funding[TINY_NORTH] < 1 &&
           sahel_of(off)->funding[TINY_NORTH] >= 1;
}

static bool called(const struct sah_world *on, const struct sah_world *off) {
    return sahel_of(on)->calls.base.n > 0 &&
           struck_by(off, SAHEL_ASSAULT, SAHEL_KIDNAPPING);
}

static bool operated(const struct sah_world *on, const struct sah_world *off) {
    const struct sahel *s = sahel_of(on);
    bool felt = false;
    for (int32_t c = 0; c < on->grid.ncells; c++) felt |= s->operation[c] > 0;
    return (felt || struck_by(on, SAHEL_RAID, SAHEL_RAID)) &&
           !struck_by(off, SAHEL_RAID, SAHEL_RAID);
}

/* A raid met a faction. */
static bool leader_hit(const struct sah_world *on, const struct sah_world *off) {
    return struck_by(on, SAHEL_RAID, SAHEL_RAID) &&
           struck_by(off, SAHEL_RAID, SAHEL_RAID);
}

/* A member hears what the other did. */
static bool signalled(const struct sah_world *on, const struct sah_world *off) {
    (void)off;
    const struct sahel *s = sahel_of(on);
    const float *hills = s->echo + TINY_HILLS * SAHEL_NKINDS;
    bool heard = false;
    for (size_t k = 0; k < SAHEL_NKINDS; k++) heard |= hills[k] > 1;
    return heard;
}

static bool harmed(const struct sah_world *on, const struct sah_world *off) {
    return struck_by(on, SAHEL_SWEEP, SAHEL_SWEEP) &&
           !struck_by(off, SAHEL_SWEEP, SAHEL_SWEEP);
}

static bool somebody_died(const struct sah_world *on, const struct sah_world *off) {
    (void)off;
    return tiny_mean(sahel_of(on)->violence, (size_t)on->grid.ncells) > 0;
}

static bool at_site(const struct sah_world *on, const struct sah_world *off) {
    (void)off;
    const struct sahel *s = sahel_of(on);
    for (size_t k = 0; k < on->geo->ngold; k++) {
        int32_t c =
            sah_grid_cell(&on->grid, on->geo->gold[k].lon, on->geo->gold[k].lat);
        if (c >= 0 && s->insurgent[c] > 0) return true;
    }
    return false;
}

/* Some foreign soldiers have gone. */
static bool uncovered(const struct sah_world *on, const struct sah_world *off) {
    (void)off;
    const struct sahel *s = sahel_of(on);
    for (int32_t c = 0; c < on->grid.ncells; c++)
        if (s->cover[c] < s->shield[c]) return true;
    return false;
}

static bool foreigners_felt(const struct sah_world *on, const struct sah_world *off) {
    (void)off;
    return tiny_mean(sahel_of(on)->cover, (size_t)on->grid.ncells) > 0;
}

static bool agreed(const struct sah_world *on, const struct sah_world *off) {
    (void)off;
    const struct sahel *s = sahel_of(on);
    for (int32_t c = 0; c < on->grid.ncells; c++)
        if (s->pact[c] >= 0) return s->fighters_felt[c] > 0;
    return false;
}

/* A band of the same id stands elsewhere. */
static bool moved(const struct sah_world *on, const struct sah_world *off) {
    const struct sahel_bands *x = &sahel_of(on)->bands, *y = &sahel_of(off)->bands;
    for (size_t i = 0; i < x->base.n; i++)
        for (size_t j = 0; j < y->base.n; j++)
            if (x->id[i] == y->id[j] && x->cell[i] != y->cell[j]) return true;
    return false;
}

static bool presence(const struct sah_world *on, const struct sah_world *off) {
    size_t n = (size_t)on->grid.ncells;
    return memcmp(sahel_of(on)->state, sahel_of(off)->state, n * sizeof(float)) != 0;
}

static bool gathered(const struct sah_world *on, const struct sah_world *off) {
    return sahel_of(on)->bands.base.n != sahel_of(off)->bands.base.n;
}

/* An offer was made: here or, at first, only in the log. */
static bool offered(const struct sah_world *on, const struct sah_world *off) {
    return sahel_of(on)->allegiances.base.n > sahel_of(off)->allegiances.base.n;
}

static bool signed_by_now(const struct sah_world *on, const struct sah_world *off) {
    (void)off;
    return on->today >= sah_day_of((struct sah_date){2016, 2, 1});
}

static const struct effect {
    const char *name, *set[3]; /* settings of both worlds */
    const char *own;           /* the mechanism's own memory: not compared */
    const char *slots;         /* what may differ on the first day; NULL: anything */
    predicate *caused;         /* what must be so on that day; NULL: nothing */
} effects[] = {
    {.name = "environment",
     .set = {"environment.drought_threshold=5"},
     .slots = "season"},
    {.name = "state_presence", .caused = presence},
    {.name = "pledges",
     .set = {"mechanisms.severity=off", "mechanisms.rival=off", "pledges.shared=0"},
     .slots = "pledged swore bloc treasury money allegiances.n turns observed.side_a "
              "observed.side_b",
     .caused = pledged},
    {.name = "cohesion", .slots = "cohesion"},
    {.name = "leadership",
     .set = {"leadership.found=1"},
     .slots = "leadership drive allegiances.n turns",
     .caused = leader_hit},
    {.name = "command",
     .set = {"factions.river.signal=on", "factions.river.pledge=2016-01-01",
             "factions.hills.pledge=2016-01-01"},
     .own = "signals signals_heard",
     .slots = "echo",
     .caused = signalled},
    {.name = "learning",
     .set = {"learning.exponent=0.5"},
     .own = "experience experience_brought",
     .slots = "skill"},
    {.name = "rival",
     .set = {"rival.defection=0"},
     .own = "overlap",
     .slots = "stance at_war allegiances.n turns"},
    {.name = "gold",
     .set = {"spread.lode=0", "gold.rapacity=0", "mechanisms.spending=off"},
     .own = "lode prize",
     .slots = "treasury money sum",
     .caused = at_site},
    {.name = "spending",
     .slots = "treasury money sum kit firepower mobility contactable"},
    {.name = "predation",
     .slots = "treasury money sum taken communities.wealth readiness"},
    {.name = "recruitment",
     .slots = "contact tie feud readiness communities.support tips control coercion "
              "recruits recruits_faction recruits_group recruits_cell recent_recruits "
              "joined drawn "
              "people_now people_group "
              "communities.people communities.cell bands.fighters sum influence "
              "fighters_felt "
              "insurgent"},
    {.name = "overstretch",
     .set = {"overstretch.need=2000", "mechanisms.response=off"},
     .slots = "response",
     .caused = somebody_died},
    {.name = "joint_command",
     .set = {"joint_command.reach=1", "forces.north.command=g5",
             "forces.south.command=g5"},
     .slots = "shared_tips strip_km allied followed delay"},
    {.name = "funding",
     .set = {"forces.north.volatility=1", "forces.north.budget=0.5"},
     .own = "budget_shock budget_money budget_begun",
     .caused = unpaid},
    {.name = "un_mission", .slots = "restraint sheltered"},
    {.name = "assistance",
     .set = {"forces.north.aid=8 MUSD/year"},
     .own = "trained",
     .slots = "training equipped armoured protection posts.supply"},
    {.name = "response",
     .set = {"response.find=0"},
     .slots = "events.response_hours calls.n",
     .caused = called},
    {.name = "foreign_force",
     .set = {"foreign_force.wary=0"}, /* which acts at once */
     .caused = operated},
    {.name = "severity", .caused = gathered},
    {.name = "spread", .caused = moved},
    {.name = "attacks", .caused = struck},
    {.name = "abuse", .caused = harmed},
    {.name = "self_defence",
     .set = {"self_defence.level=0.3", "self_defence.watch=0",
             "self_defence.provoke=0"},
     .slots = "armed under_arms"},
    {.name = "mediation", .slots = "calmed inflamed feud_call"},
    {.name = "displacement",
     .own = "state_seen ousted",
     .slots = "flight_rate flight moved displaced_now people_now people_group "
              "communities.n communities.people communities.cell communities.id",
     .caused = somebody_died},
    {.name = "slow_drivers",
     .set = {"slow_drivers.poverty=0.5", "slow_drivers.corruption=0.5",
             "slow_drivers.schooling=0.5"},
     .slots = "relief probity idle contact tie feud communities.grievance "
              "communities.wealth communities.support readiness tips control coercion"},
    {.name = "aid_access",
     .slots = "hardship aided forsaken communities.wealth readiness"},
    {.name = "legitimacy",
     .slots = "stay wronged backing resented",
     .caused = foreigners_felt},
    {.name = "local_pacts",
     .set = {"local_pacts.readiness=0.1"},
     .slots = "pact pacts spared dues ruled control coercion",
     .caused = agreed},
    {.name = "drawdown", .own = "believed", .slots = "shield", .caused = uncovered},
    {.name = "ties", .slots = "kin tips tie readiness control coercion"},
    {.name = "outreach", .own = "recent_recruits", .slots = "affinity"},
    {.name = "protection", .slots = "protection escorted"},
    {.name = "control", .slots = "control coercion"},
    {.name = "negotiation",
     .set = {"talks=[{name: peace, faction: river, states: [MLI], offer: 2016-02-01}]",
             "negotiation.accept=1", "negotiation.patience=1"},
     .own = "talks_since talks_lost talks_most talks_phase talks_offered",
     .slots = "truce truce_with talks_follows allegiances.n turns",
     .caused = offered},
    {.name = "accord",
     .set = {"accord.signatories=[river]", "accord.signed=2016-02-01"},
     .caused = signed_by_now},
    {.name = "past",
     .set =
         {"record=[{name: m, from: 2016-01-01, acts: {\"islamic_state@150120\": 1}}]",
          "past.until=2016-12-31"}},
    {.name = "observation", .slots = "observed.n", .caused = somebody_died},
};
enum { EFFECTS = sizeof effects / sizeof *effects };

static void forget_own(struct differences *d, const char *own) {
    for (size_t i = 0; own && i < d->n; i++)
        if (among(d->name[i], own))
            memcpy(d->name[i--], d->name[--d->n], sizeof *d->name);
}

static void assert_kind(const struct effect *e, const struct sah_world *on,
                        const struct sah_world *off, const struct differences *d) {
    print_message("%s: first effect on day %u (%s ...)\n", e->name, on->tick,
                  d->name[0]);
    for (size_t i = 0; e->slots && i < d->n; i++)
        if (!among(d->name[i], e->slots))
            fail_msg("%s off changes %s at once", e->name, d->name[i]);
    if (e->caused && !e->caused(on, off))
        fail_msg("%s off changes %s without a cause", e->name, d->name[0]);
}

static void first_effect(const struct effect *e) {
    char word[64];
    snprintf(word, sizeof word, "mechanisms.%s=off", e->name);
    char on_word[64];
    snprintf(on_word, sizeof on_word, "mechanisms.%s=on", e->name);
    const char *with[5] = {on_word, e->set[0], e->set[1], e->set[2], NULL};
    const char *without[5] = {word, e->set[0], e->set[1], e->set[2], NULL};
    struct sah_world *on = tiny_make(with), *off = tiny_make(without);
    struct differences d = {0};
    for (int day = 0; day < 300 && !d.n; day++) {
        tiny_run(on, 1);
        tiny_run(off, 1);
        compare(on, off, &d);
        forget_own(&d, e->own);
    }
    if (!d.n) fail_msg("%s: no effect in 300 days", e->name);
    assert_kind(e, on, off, &d);
    sah_world_free(on);
    sah_world_free(off);
}

/* Nobody who has a switch is left out. */
static void every_switch_is_tried(void **state) {
    (void)state;
    for (size_t i = 0; i < sah_family_sahel.ncast; i++) {
        const struct sah_model *model = sah_family_sahel.cast[i];
        bool tried = model->always;
        for (size_t k = 0; k < EFFECTS; k++)
            tried |= strcmp(effects[k].name, model->name) == 0;
        if (!tried) fail_msg("the switch %s is not tried", model->name);
    }
}

static void nothing_changes_before_the_first_effect(void **state) {
    (void)state;
    for (size_t i = 0; i < EFFECTS; i++) first_effect(&effects[i]);
}

/* ---- neutral slots ------------------------------------------------------------------ */

static bool all_are(const float *field, size_t n, float value) {
    for (size_t k = 0; k < n; k++)
        if (field[k] < value || field[k] > value) return false;
    return true;
}

/* Neutral values that their owners work out: asked for below. */
static const char worked_out[] = "bloc affinity stance at_war";

static bool slot_rests(const struct sah_world *world, enum sahel_member owner,
                       const char *name) {
    return owner >= 0 && !world->on[owner] && !among(name, worked_out);
}

/* Every slot of whoever is off, by the table that tells its neutral value. */
static size_t assert_slots_rest(const struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells, slots = 0;
#define X(owner, name, ctype, count, neutral, unit, doc)                        \
    if (slot_rests(world, SAHEL_MEMBER_##owner, #name)) {                       \
        slots++;                                                                \
        for (size_t i = 0; i < (size_t)(count); i++)                            \
            if (s->name[i] < (ctype)(neutral) || s->name[i] > (ctype)(neutral)) \
                fail_msg("%s of %s is not at rest", #name, #owner);             \
    }
    SAHEL_SLOTS(X)
#undef X
    return slots;
}

static void assert_agents_rest(const struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    assert_int_equal(s->calls.base.n, 0); /* response */
    for (size_t p = 0; p < s->posts.base.n; p++) {
        assert_int_equal(s->posts.mode[p], SAHEL_AT_POST); /* state presence */
        assert_true(s->posts.supply[p] >= 1 &&
                    s->posts.supply[p] <= 1); /* assistance */
    }
}

static void assert_neutral(const struct sah_world *world) {
    const struct sahel *s = sahel_of(world);
    size_t n = (size_t)world->grid.ncells, pairs = s->nfactions * s->nfactions;
    assert_true(assert_slots_rest(world) > 60);
    assert_true(all_are(s->readiness, SAHEL_NREASONS * n, 0));       /* recruitment */
    assert_true(all_are(s->flight, n, 0));                           /* displacement */
    assert_memory_equal(s->shield, s->cover, n * sizeof *s->shield); /* drawdown */
    assert_memory_equal(s->stance, s->given, pairs * sizeof *s->stance); /* rival */
    for (size_t f = 0; f < s->nfactions; f++)
        assert_int_equal(s->bloc[f], f); /* pledges */
}

static void off_is_neutral(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(NULL);
    size_t bands = sahel_of(world)->bands.base.n;
    struct tiny_tally tally = tiny_run_count(world, 200);
    assert_neutral(world);
    assert_agents_rest(world);
    assert_true(all_are(sahel_of(world)->control, (size_t)world->grid.ncells, -1));
    assert_true(tally.events + tally.recruits + tally.left + tally.fled <= 0);
    for (int k = 0; k < SAHEL_NSTREAMS; k++) assert_true(tally.usd[k] <= 0);
    assert_int_equal(sahel_of(world)->bands.base.n, bands);
    for (size_t b = 0; b < bands; b++)
        assert_int_equal(sahel_of(world)->bands.cell[b],
                         sahel_of(world)->bands.home[b]);
    tiny_verify(world);
    sah_world_free(world);
}

static double of_gold(const struct tiny_tally *t) {
    return t->usd[SAHEL_GOLD];
}
static double of_kit(const struct tiny_tally *t) {
    return -t->usd[SAHEL_WEAPONS] - t->usd[SAHEL_MOTORCYCLES] -
           t->usd[SAHEL_COMMUNICATIONS];
}
static double of_prey(const struct tiny_tally *t) {
    return t->usd[SAHEL_LIVESTOCK] + t->usd[SAHEL_LEVY] + t->usd[SAHEL_POACHING];
}
static double of_recruits(const struct tiny_tally *t) {
    return t->recruits;
}
static double of_attacks(const struct tiny_tally *t) {
    return t->kind_events[SAHEL_ASSAULT] + t->kind_events[SAHEL_DEVICE] +
           t->kind_events[SAHEL_INDIRECT] + t->kind_events[SAHEL_KILLING] +
           t->kind_events[SAHEL_COMPLEX] + t->kind_events[SAHEL_ASSASSINATION] +
           t->kind_events[SAHEL_KIDNAPPING] + t->kind_events[SAHEL_CLASH];
}
static double of_raids(const struct tiny_tally *t) {
    return t->kind_events[SAHEL_RAID];
}
static double of_harm(const struct tiny_tally *t) {
    return t->kind_events[SAHEL_SWEEP];
}
static double of_flight(const struct tiny_tally *t) {
    return t->fled + t->returned;
}

/* Switched off by the timeline, after a hundred days in which all was on. */
static void off_in_the_midst_of_a_run(void **state) {
    (void)state;
    char timeline[4096] = "timeline=[";
    for (size_t i = 0; i < EFFECTS; i++) {
        size_t end = strlen(timeline);
        snprintf(timeline + end, sizeof timeline - end,
                 "%s{date: 2016-04-10, what: mechanisms.%s, to: off}", i ? ", " : "",
                 effects[i].name);
    }
    strcat(timeline, "]");
    struct sah_world *world = tiny_make(SETS(timeline));
    struct tiny_tally on = tiny_run_count(world, 100);
    assert_true(of_attacks(&on) > 0 && of_recruits(&on) > 0 && of_flight(&on) > 0);
    struct tiny_tally off = tiny_run_count(world, 30);
    assert_neutral(world);
    assert_true(of_attacks(&off) + of_recruits(&off) + of_raids(&off) <= 0);
    assert_true(of_flight(&off) + of_prey(&off) + of_gold(&off) <= 0);
    tiny_verify(world);
    sah_world_free(world);
}

/* Each one alone off among the others on: its own counters stay empty. */
static double with_off(const char *set, double (*of)(const struct tiny_tally *)) {
    struct sah_world *world = tiny_make(SETS(set));
    struct tiny_tally tally = tiny_run_count(world, 120);
    double value = of(&tally);
    sah_world_free(world);
    return value;
}

static void its_own_counters_stay_empty(void **state) {
    (void)state;
    assert_true(with_off("mechanisms.gold=off", of_gold) <= 0);
    assert_true(with_off("mechanisms.spending=off", of_kit) <= 0);
    assert_true(with_off("mechanisms.predation=off", of_prey) <= 0);
    assert_true(with_off("mechanisms.recruitment=off", of_recruits) <= 0);
    assert_true(with_off("mechanisms.attacks=off", of_attacks) <= 0);
    assert_true(with_off("mechanisms.foreign_force=off", of_raids) <= 0);
    assert_true(with_off("mechanisms.displacement=off", of_flight) <= 0);
    assert_true(with_off("mechanisms.abuse=off", of_harm) <= 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_switch_is_tried),
        cmocka_unit_test(nothing_changes_before_the_first_effect),
        cmocka_unit_test(off_is_neutral),
        cmocka_unit_test(off_in_the_midst_of_a_run),
        cmocka_unit_test(its_own_counters_stay_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
