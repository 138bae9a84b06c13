/* Mechanism 32, negotiation: offers, who follows, what is laid down and what is not, the
 * end of it, prisoners; and the war among factions goes on. */
#include "tests/support/cmocka_all.h"
#include "tests/support/tiny_world.h"

#include <math.h>
#include <stdio.h>

#define ON "mechanisms.negotiation=on"
/* What is asked for is had at once, and lasts. */
#define READY                                                                    \
    ON, "negotiation.accept=1", "negotiation.patience=1", "negotiation.spoil=0", \
        "negotiation.lasting=10000", "negotiation.depth=1"
#define RIVER_TALKS \
    "talks=[{name: peace, faction: river, states: [MLI], offer: 2016-01-03}]"
#define LEAGUE_TALKS                                                                 \
    "talks=[{name: peace, faction: league, states: [MLI, BFA], offer: 2016-01-20}]", \
        "mechanisms.pledges=on", "factions.league.from=2015-01-01",                  \
        "factions.river.pledge=2015-01-01", "factions.hills.pledge=2015-01-01"

static int mali(const struct sah_world *world) {
    return sah_geography_country(world->geo, "MLI");
}

static float laid_down(const struct sah_world *world, int faction, const char *state) {
    const struct sahel *s = sahel_of(world);
    int country = sah_geography_country(world->geo, state);
    return s->truce_with[(size_t)faction * s->ncountries + (size_t)country];
}

/* Turns of a kind in today's log; the last of them in `turn`. */
static int turns(const struct sah_world *world, enum sahel_turn_kind kind,
                 struct sahel_turn *turn) {
    const struct sahel_allegiances *a = &sahel_of(world)->allegiances;
    int n = 0;
    for (size_t i = 0; i < a->base.n; i++) {
        if (a->kind[i] != kind) continue;
        n++;
        if (turn)
            *turn = (struct sahel_turn){.cause = a->cause[i],
                                        .side_a = a->side_a[i],
                                        .side_b = a->side_b[i],
                                        .fighters = a->fighters[i]};
    }
    return n;
}

/* Runs until such a turn is told; the days it took, or `most`. */
static int run_to(struct sah_world *world, enum sahel_turn_kind kind, int most,
                  struct sahel_turn *turn) {
    for (int day = 1; day <= most; day++) {
        tiny_run(world, 1);
        if (turns(world, kind, turn)) return day;
    }
    return most;
}

/* ---- offers ------------------------------------------------------------------------- */

static void an_offer_comes_on_its_day_and_is_accepted(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(READY, RIVER_TALKS));
    struct sahel_turn turn;
    assert_int_equal(run_to(world, SAHEL_TURN_OFFER, 10, &turn), 3);
    assert_int_equal(turn.cause, SAHEL_BY_SCENARIO);
    assert_int_equal(turn.side_a, sahel_actor_force(sahel_of(world), TINY_NORTH));
    assert_int_equal(turn.side_b, TINY_RIVER);
    assert_true(laid_down(world, TINY_RIVER, "MLI") <= 0);
    int64_t fighters = tiny_fighters(world, TINY_RIVER);
    run_to(world, SAHEL_TURN_CEASEFIRE, 30, &turn);
    assert_int_equal(turn.side_a, TINY_RIVER);
    assert_int_equal(turn.fighters, fighters);
    assert_true(fabsf(laid_down(world, TINY_RIVER, "MLI") - 1) < 1e-6f);
    assert_true(laid_down(world, TINY_RIVER, "BFA") <= 0);
    assert_true(laid_down(world, TINY_SAND, "MLI") <= 0);
    tiny_verify(world);
    sah_world_free(world);
}

static void over_all_states_it_is_a_mean(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(READY, RIVER_TALKS));
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_RIVER, tiny_cell(world, "Gao"), 30);
    tiny_add_band(world, TINY_RIVER, tiny_cell(world, "Djibo"), 10);
    run_to(world, SAHEL_TURN_CEASEFIRE, 30, NULL);
    assert_true(fabsf(sahel_of(world)->truce[TINY_RIVER] - 0.75f) < 1e-6f);
    assert_true(fabs(sahel_war(sahel_of(world), TINY_RIVER) - 0.25) < 1e-6);
    assert_true(sahel_war_at(world, TINY_RIVER, tiny_cell(world, "Gao")) < 1e-6);
    assert_true(sahel_war_at(world, TINY_RIVER, tiny_cell(world, "Djibo")) > 0.999);
    sah_world_free(world);
}

#define PARTNER_LEAVES                                                                 \
    "talks=[{name: peace, faction: river, states: [MLI], offer: 2016-01-03, leaving: " \
    "[partner], left: 0.5}]"

static void a_condition_not_met_is_waited_for(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(READY, PARTNER_LEAVES, "negotiation.unmet=0", "negotiation.stands=40"));
    struct sahel_turn turn;
    assert_int_equal(run_to(world, SAHEL_TURN_REFUSAL, 100, &turn), 43);
    assert_int_equal(turn.cause, SAHEL_BY_CONDITION);
    assert_true(laid_down(world, TINY_RIVER, "MLI") <= 0);
    sah_world_free(world);
    world = tiny_make_still(SETS(READY, PARTNER_LEAVES, "negotiation.unmet=0",
                                 "timeline=[{date: 2016-01-20, what: "
                                 "forces.partner.strength, to: 0}]"));
    assert_true(run_to(world, SAHEL_TURN_CEASEFIRE, 300, NULL) < 300);
    const struct sahel_posts *p = &sahel_of(world)->posts;
    int32_t left = 0;
    for (size_t i = 0; i < p->base.n; i++)
        if (p->force[i] == TINY_PARTNER) left += p->soldiers[i];
    assert_in_range(left, 0, 375); /* 750 in the field at first */
    sah_world_free(world);
}

/* Mean days to a ceasefire over seeds. */
static double days_to_peace(const char *a, const char *b) {
    double days = 0;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        char text[32];
        snprintf(text, sizeof text, "run.seed=%d", (int)seed);
        struct sah_world *world =
            tiny_make_still(SETS(READY, RIVER_TALKS, "negotiation.accept=0.05",
                                 "negotiation.stands=10000", text, a, b));
        days += run_to(world, SAHEL_TURN_CEASEFIRE, 900, NULL) / 12.0;
        sah_world_free(world);
    }
    return days;
}

/* At 0.05 a day the mean is 20 days and three for the offer to come. */
static void the_rate_of_acceptance_is_its_parameter(void **state) {
    (void)state;
    double days = days_to_peace("negotiation.spoil=0", "negotiation.patience=1");
    double slow = days_to_peace("negotiation.spoil=0", "negotiation.patience=0.1");
    print_message("days to a ceasefire: %.1f, without losses: %.1f\n", days, slow);
    assert_true(days > 10 && days < 40);
    assert_true(slow > 3 * days);
}

/* ---- who follows -------------------------------------------------------------------- */

static int followers(const char *independence, float cohesion) {
    struct sah_world *world = tiny_make_still(
        SETS(READY, LEAGUE_TALKS, independence, "mechanisms.rival=off"));
    struct sahel *s = sahel_of(world);
    int n = 0;
    for (int day = 0; day < 60 && !n; day++) {
        s->cohesion[TINY_LEAGUE] = cohesion;
        tiny_run(world, 1);
        n = turns(world, SAHEL_TURN_CEASEFIRE, NULL);
    }
    sah_world_free(world);
    return n;
}

/* Cohesion is switched off: it stands at 1, and all follow. */
static void members_follow_a_united_umbrella(void **state) {
    (void)state;
    assert_int_equal(followers("negotiation.independence=1", 1), 3);
}

static void who_leaves_the_umbrella_fights_on(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(SETS(READY, LEAGUE_TALKS));
    struct sahel *s = sahel_of(world);
    run_to(world, SAHEL_TURN_CEASEFIRE, 60, NULL);
    assert_true(laid_down(world, TINY_HILLS, "BFA") > 0.99f);
    s->pledged[TINY_HILLS] = -1;
    tiny_run(world, 1);
    assert_true(laid_down(world, TINY_HILLS, "BFA") <= 0);
    assert_true(laid_down(world, TINY_RIVER, "BFA") > 0.99f);
    sah_world_free(world);
}

/* Half of the umbrellas' members stay away at half of the cohesion. */
static void members_of_a_divided_umbrella_may_not(void **state) {
    (void)state;
    int all = 0;
    for (int seed = 1; seed <= 20; seed++) {
        char text[32];
        snprintf(text, sizeof text, "run.seed=%d", seed);
        struct sah_world *world = tiny_make_still(
            SETS(READY, LEAGUE_TALKS, text, "mechanisms.cohesion=on",
                 "cohesion.half_life=1", "cohesion.leadership=0", "cohesion.arrears=0",
                 "cohesion.distance=1", "cohesion.far=100 km", "cohesion.autonomy=1",
                 "cohesion.split=0", "cohesion.leave=0", "cohesion.defect=0"));
        for (int day = 0; day < 60; day++) {
            tiny_run(world, 1);
            int n = turns(world, SAHEL_TURN_CEASEFIRE, NULL);
            if (n) all += n - 1;
            if (n) break;
        }
        sah_world_free(world);
    }
    print_message("%d of 40 members followed\n", all);
    assert_in_range(all, 4, 32);
}

/* ---- what a ceasefire does, and what not -------------------------------------------- */

#define FIGHTING "mechanisms.attacks=on", "attacks.rate=0.5", "bands.rooted=1"

/* With nobody of a state in reach, a day with a ceasefire is a day without. */
static void the_war_of_factions_goes_on_as_before(void **state) {
    (void)state;
    const char *const alone[] = {"forces.north.strength=0", "forces.south.strength=0",
                                 "forces.east.strength=0", "forces.partner.strength=0",
                                 "forces.mission.strength=0"};
    struct sah_world *peace = tiny_make_still(
        SETS(READY, RIVER_TALKS, FIGHTING, "attacks.rivalry=10", "mechanisms.rival=on",
             alone[0], alone[1], alone[2], alone[3], alone[4]));
    struct sah_world *war =
        tiny_make_still(SETS(FIGHTING, "attacks.rivalry=10", "mechanisms.rival=on",
                             alone[0], alone[1], alone[2], alone[3], alone[4]));
    int clashes = 0, truce = 0;
    for (int k = 0; k < 6; k++) {
        tiny_add_band(peace, TINY_SAND, tiny_cell(peace, "Gao"), 20);
        tiny_add_band(war, TINY_SAND, tiny_cell(war, "Gao"), 20);
    }
    for (int day = 0; day < 120; day++) {
        tiny_run(peace, 1);
        tiny_run(war, 1);
        const struct sahel *p = sahel_of(peace), *w = sahel_of(war);
        size_t pairs = p->nfactions * p->nfactions;
        assert_memory_equal(p->stance, w->stance, pairs * sizeof *p->stance);
        assert_memory_equal(p->at_war, w->at_war, pairs);
        assert_int_equal(p->events.base.n, w->events.base.n);
        for (size_t i = 0; i < p->events.base.n; i++) {
            assert_int_equal(p->events.kind[i], w->events.kind[i]);
            assert_int_equal(p->events.deaths[i], w->events.deaths[i]);
            clashes += p->events.kind[i] == SAHEL_CLASH;
        }
        truce += laid_down(peace, TINY_RIVER, "MLI") > 0.99f;
    }
    print_message("%d clashes\n", clashes);
    assert_true(clashes > 5 && truce > 60);
    sah_world_free(peace);
    sah_world_free(war);
}

struct shares {
    double on_forces, on_people, clashes;
};

static struct shares violence(const char *talks, uint64_t seed) {
    char text[32];
    snprintf(text, sizeof text, "run.seed=%d", (int)seed);
    struct sah_world *world = tiny_make_still(
        SETS(READY, talks, FIGHTING, text, "attacks.fire=0", "attacks.fire_back=0",
             "attacks.civilian_base=0", "attacks.civilian_size=0",
             "attacks.device_dead=0", "attacks.indirect_dead=0", "attacks.rivalry=1"));
    struct sahel *s = sahel_of(world);
    tiny_clear_bands(world);
    tiny_add_band(world, TINY_RIVER, tiny_cell(world, "Gao"), 10);
    tiny_add_band(world, TINY_SAND, tiny_cell(world, "Gao"), 10);
    for (size_t b = 0; b < s->bands.base.n; b++)
        s->bands.gear[b] = s->bands.embedded[b] = 1;
    tiny_run(world, 20);
    struct shares sum = {0};
    for (int day = 0; day < 900; day++) {
        tiny_run(world, 1);
        const struct sahel_events *e = &s->events;
        for (size_t i = 0; i < e->base.n; i++) {
            if (e->side_a[i] != TINY_RIVER) continue;
            sum.clashes += e->kind[i] == SAHEL_CLASH;
            sum.on_people += e->side_b[i] == sahel_actor_civilians(s);
            sum.on_forces += e->kind[i] <= SAHEL_INDIRECT;
        }
    }
    sah_world_free(world);
    return sum;
}

/* Beside soldiers it does nothing in place of what it laid down. */
static void only_the_war_on_states_is_laid_down(void **state) {
    (void)state;
    struct shares war = violence("negotiation.pause=0", 1);
    struct shares peace = violence(RIVER_TALKS, 1);
    print_message("on forces %g -> %g, on people %g -> %g, clashes %g -> %g\n",
                  war.on_forces, peace.on_forces, war.on_people, peace.on_people,
                  war.clashes, peace.clashes);
    assert_true(war.on_forces > 50 && peace.on_forces <= 0);
    assert_true(fabs(peace.on_people - war.on_people) <
                5 * sqrt(war.on_people + peace.on_people));
    assert_true(fabs(peace.clashes - war.clashes) <
                5 * sqrt(war.clashes + peace.clashes));
    assert_true(war.clashes > 30 && war.on_people > 30);
}

/* ---- the end ------------------------------------------------------------------------ */

static void it_ends_and_is_offered_again(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(READY,
             "talks=[{name: peace, faction: river, states: [MLI], offer: 2016-01-03, "
             "rate: 300}]",
             "negotiation.lasting=2", "negotiation.pause=20"));
    struct sahel_turn turn;
    run_to(world, SAHEL_TURN_CEASEFIRE, 30, NULL);
    assert_true(run_to(world, SAHEL_TURN_BREAKDOWN, 60, &turn) < 60);
    assert_int_equal(turn.cause, SAHEL_BY_CHANCE);
    assert_int_equal(turn.side_a, TINY_RIVER);
    assert_true(laid_down(world, TINY_RIVER, "MLI") <= 0);
    assert_true(sahel_of(world)->truce[TINY_RIVER] <= 0);
    int days = run_to(world, SAHEL_TURN_OFFER, 60, &turn);
    assert_in_range(days, 20, 40);
    assert_int_equal(turn.cause, SAHEL_BY_CHANCE);
    sah_world_free(world);
}

/* Where all is laid down partners raid others; where not, the deaths soon break it. */
static void violence_breaks_it(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(READY, RIVER_TALKS, "negotiation.spoil=0.5", "negotiation.half=1",
             "mechanisms.foreign_force=on", "forces.partner.raid_rate=1"));
    struct sahel_turn turn;
    run_to(world, SAHEL_TURN_CEASEFIRE, 30, NULL);
    tiny_run(world, 20);
    assert_int_equal(turns(world, SAHEL_TURN_BREAKDOWN, NULL), 0);
    sah_world_free(world);
    world = tiny_make_still(SETS(READY, RIVER_TALKS, "negotiation.spoil=0.5",
                                 "negotiation.half=1", "negotiation.depth=0.5",
                                 "mechanisms.foreign_force=on",
                                 "forces.partner.raid_rate=1"));
    run_to(world, SAHEL_TURN_CEASEFIRE, 30, NULL);
    assert_true(run_to(world, SAHEL_TURN_BREAKDOWN, 60, &turn) < 60);
    assert_int_equal(turn.cause, SAHEL_BY_VIOLENCE);
    sah_world_free(world);
}

/* ---- prisoners ---------------------------------------------------------------------- */

static void prisoners_come_back_once(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(READY,
             "talks=[{name: peace, faction: river, states: [MLI], offer: 2016-01-03, "
             "prisoners: 40}]",
             "negotiation.exchange=10"));
    int64_t before = tiny_fighters(world, TINY_RIVER);
    struct sahel_turn turn;
    run_to(world, SAHEL_TURN_CEASEFIRE, 30, NULL);
    assert_int_equal(run_to(world, SAHEL_TURN_EXCHANGE, 60, &turn), 10);
    assert_int_equal(turn.fighters, 40);
    assert_int_equal(tiny_fighters(world, TINY_RIVER), before + 40);
    const struct sahel *s = sahel_of(world);
    assert_int_equal(s->came_faction[SAHEL_EXIT_FREED * s->nfactions + TINY_RIVER], 40);
    assert_int_equal(s->sum[SAHEL_SUM_FREED], 40);
    tiny_verify(world);
    tiny_run(world, 60);
    assert_int_equal(tiny_fighters(world, TINY_RIVER), before + 40);
    tiny_verify(world);
    sah_world_free(world);
}

/* ---- off ---------------------------------------------------------------------------- */

static void off_is_as_if_there_were_no_talks(void **state) {
    (void)state;
    struct sah_world *off = tiny_make(SETS(LEAGUE_TALKS, "mechanisms.negotiation=off"));
    struct sah_world *none = tiny_make(
        SETS("mechanisms.negotiation=off", "mechanisms.pledges=on",
             "factions.league.from=2015-01-01", "factions.river.pledge=2015-01-01",
             "factions.hills.pledge=2015-01-01"));
    tiny_run(off, 60);
    tiny_run(none, 60);
    const struct sahel *a = sahel_of(off), *b = sahel_of(none);
    assert_int_equal(a->bands.base.n, b->bands.base.n);
    assert_memory_equal(a->bands.cell, b->bands.cell,
                        a->bands.base.n * sizeof *a->bands.cell);
    assert_memory_equal(a->sum, b->sum, SAHEL_NSUMS * sizeof *a->sum);
    assert_memory_equal(off->logs[SAHEL_LOG_EVENTS].chain,
                        none->logs[SAHEL_LOG_EVENTS].chain, 2 * sizeof(uint64_t));
    assert_true(laid_down(off, TINY_RIVER, "MLI") <= 0 && mali(off) >= 0);
    sah_world_free(off);
    sah_world_free(none);
}

static void switched_off_a_ceasefire_is_over(void **state) {
    (void)state;
    struct sah_world *world = tiny_make_still(
        SETS(READY, RIVER_TALKS,
             "timeline=[{date: 2016-02-10, what: mechanisms.negotiation, to: off}]"));
    run_to(world, SAHEL_TURN_CEASEFIRE, 30, NULL);
    assert_true(laid_down(world, TINY_RIVER, "MLI") > 0.99f);
    tiny_run(world, 60);
    assert_true(laid_down(world, TINY_RIVER, "MLI") <= 0);
    assert_true(sahel_of(world)->truce[TINY_RIVER] <= 0);
    sah_world_free(world);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offer_comes_on_its_day_and_is_accepted),
        cmocka_unit_test(over_all_states_it_is_a_mean),
        cmocka_unit_test(a_condition_not_met_is_waited_for),
        cmocka_unit_test(the_rate_of_acceptance_is_its_parameter),
        cmocka_unit_test(members_follow_a_united_umbrella),
        cmocka_unit_test(who_leaves_the_umbrella_fights_on),
        cmocka_unit_test(members_of_a_divided_umbrella_may_not),
        cmocka_unit_test(the_war_of_factions_goes_on_as_before),
        cmocka_unit_test(only_the_war_on_states_is_laid_down),
        cmocka_unit_test(it_ends_and_is_offered_again),
        cmocka_unit_test(violence_breaks_it),
        cmocka_unit_test(prisoners_come_back_once),
        cmocka_unit_test(off_is_as_if_there_were_no_talks),
        cmocka_unit_test(switched_off_a_ceasefire_is_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
