/* The hot loop against a slow twin: every variant, bit for bit, for cells of 0 to 1000
 * agents; and the quiet path against the full one. */
#include "models/sahel/community_phase.h"
#include "tests/support/chance.h"
#include "tests/support/cmocka_all.h"

#include <string.h>

enum { MOST = 1000, GROUPS = 20 };

static const size_t sizes[] = {0, 1, 15, 16, 17, 1000};
enum { SIZES = sizeof sizes / sizeof *sizes };

struct cell {
    int32_t people[MOST];
    uint8_t group[MOST], livelihood[MOST];
    float grievance[MOST], fear_state[MOST], fear_insurgent[MOST], support[MOST],
        wealth[MOST];
    float rest[GROUPS], hurt[GROUPS], menace[GROUPS], contact[GROUPS], tie[GROUPS],
        feud[GROUPS], goal[SAHEL_LIVELIHOODS];
    float flight_rate;
};

static float unit(uint64_t *chance) {
    return (float)chance_between(chance, 0, 1);
}

static void fill(float *column, size_t n, uint64_t *chance) {
    for (size_t i = 0; i < n; i++) column[i] = unit(chance);
}

static void random_cell(struct cell *c, uint64_t *chance) {
    for (size_t i = 0; i < MOST; i++) {
        c->people[i] = (int32_t)chance_below(chance, 1001);
        c->group[i] = (uint8_t)chance_below(chance, GROUPS);
        c->livelihood[i] = (uint8_t)chance_below(chance, SAHEL_LIVELIHOODS);
    }
    fill(c->grievance, MOST, chance);
    fill(c->fear_state, MOST, chance);
    fill(c->fear_insurgent, MOST, chance);
    fill(c->support, MOST, chance);
    fill(c->wealth, MOST, chance);
    fill(c->rest, GROUPS, chance);
    fill(c->hurt, GROUPS, chance);
    fill(c->menace, GROUPS, chance);
    fill(c->contact, GROUPS, chance);
    fill(c->tie, GROUPS, chance);
    fill(c->feud, GROUPS, chance);
    fill(c->goal, SAHEL_LIVELIHOODS, chance);
    c->flight_rate = unit(chance);
}

static void silence(struct cell *c) {
    memset(c->hurt, 0, sizeof c->hurt);
    memset(c->menace, 0, sizeof c->menace);
    memset(c->contact, 0, sizeof c->contact);
    memset(c->tie, 0, sizeof c->tie);
    memset(c->feud, 0, sizeof c->feud);
    c->flight_rate = 0;
}

static struct sahel_rates random_rates(uint64_t *chance) {
    struct sahel_rates r = {.grievance = unit(chance),
                            .fear = unit(chance),
                            .support = unit(chance),
                            .wealth = unit(chance),
                            .tail = 20 * unit(chance),
                            .flight_threshold = 0.5f * unit(chance)};
    for (int k = 0; k < SAHEL_NREASONS; k++) r.weight[k] = 1e-3f * unit(chance);
    return r;
}

/* ---- the twin: the formulas of community_phase.h, one agent after another ------------ */

static float pulled(float x, float towards, float rate) {
    return x + rate * (towards - x);
}
static float raised(float x, float by) {
    return x + by * (1.0f - x);
}

/* The answers of agent `i`, whose feelings move on. */
static void twin_agent(struct cell *c, const struct sahel_rates *r, size_t i,
                       float term[SAHEL_NANSWERS]) {
    uint8_t g = c->group[i];
    float n = (float)c->people[i];
    float G = raised(pulled(c->grievance[i], c->rest[g], r->grievance), c->hurt[g]);
    float S = raised(pulled(c->fear_state[i], 0, r->fear), c->hurt[g]);
    float I = raised(pulled(c->fear_insurgent[i], 0, r->fear), c->menace[g]);
    float W = pulled(c->wealth[i], c->goal[c->livelihood[i]], r->wealth);
    float P = pulled(c->support[i], c->contact[g] * G, r->support);
    c->grievance[i] = G;
    c->fear_state[i] = S;
    c->fear_insurgent[i] = I;
    c->wealth[i] = W;
    c->support[i] = P;
    float want = W < 1 ? 1 - W : 0;
    float above = (S > I ? S : I) - r->flight_threshold;
    float drawn = n * c->contact[g];
    term[SAHEL_ABUSE] = drawn * r->weight[SAHEL_ABUSE] * (S * G);
    term[SAHEL_GRIEVANCE] =
        drawn * r->weight[SAHEL_GRIEVANCE] * sah_expf(r->tail * (G - 1));
    term[SAHEL_JOBS] = drawn * r->weight[SAHEL_JOBS] * want;
    term[SAHEL_TIES] = n * r->weight[SAHEL_TIES] * c->tie[g];
    term[SAHEL_FEUD] = n * r->weight[SAHEL_FEUD] * c->feud[g];
    term[SAHEL_BELIEF] = drawn * r->weight[SAHEL_BELIEF];
    term[SAHEL_ANSWER_FLIGHT] = n * (c->flight_rate * (above > 0 ? above : 0));
    term[SAHEL_ANSWER_TIPS] = n * ((1 - P) * (1 - S) * (1 - I));
}

/* Sums over 16 lanes by the agent's place, then over lanes in order. */
static void twin_day(struct cell *c, const struct sahel_rates *r, size_t n,
                     float answer[SAHEL_NANSWERS]) {
    float lane[SAHEL_NANSWERS][16] = {{0}};
    for (size_t i = 0; i < n; i++) {
        float term[SAHEL_NANSWERS];
        twin_agent(c, r, i, term);
        for (int k = 0; k < SAHEL_NANSWERS; k++) lane[k][i % 16] += term[k];
    }
    for (int k = 0; k < SAHEL_NANSWERS; k++) {
        answer[k] = 0;
        for (int l = 0; l < 16; l++) answer[k] += lane[k][l];
    }
}

/* ---- the loop under test -------------------------------------------------------------- */

static void loop_day(sahel_community_day *day, struct cell *c,
                     const struct sahel_rates *r, size_t n, size_t room, bool quiet,
                     float answer[SAHEL_NANSWERS]) {
    struct sahel_drivers drivers = {.ngroups = GROUPS,
                                    .rest = c->rest,
                                    .hurt = c->hurt,
                                    .menace = c->menace,
                                    .contact = c->contact,
                                    .tie = c->tie,
                                    .feud = c->feud,
                                    .goal = c->goal,
                                    .flight_rate = c->flight_rate,
                                    .quiet = quiet};
    struct sahel_columns agents = {.n = n,
                                   .room = room,
                                   .people = c->people,
                                   .group = c->group,
                                   .livelihood = c->livelihood,
                                   .grievance = c->grievance,
                                   .fear_state = c->fear_state,
                                   .fear_insurgent = c->fear_insurgent,
                                   .support = c->support,
                                   .wealth = c->wealth};
    day(r, &drivers, &agents, answer);
}

static sahel_community_day *const variants[] = SAH_VARIANTS(sah_community_day);

/* One cell, all ways: `start` is left as it was. */
static void assert_all_alike(const struct cell *start, const struct sahel_rates *r,
                             size_t n, bool may_be_quiet) {
    static struct cell twin, loop;
    float expected[SAHEL_NANSWERS], answer[SAHEL_NANSWERS];
    twin = *start;
    twin_day(&twin, r, n, expected);
    for (int isa = 0; isa <= (int)sah_isa_limit(); isa++)
        for (int way = 0; way < 2 + 2 * (int)may_be_quiet; way++) {
            loop = *start;
            loop_day(variants[isa], &loop, r, n, way % 2 ? MOST : n, way / 2, answer);
            assert_memory_equal(answer, expected, sizeof answer);
            assert_memory_equal(&loop, &twin, sizeof twin);
        }
}

static void every_variant_is_the_twin(void **state) {
    (void)state;
    static struct cell cell;
    uint64_t chance = 11;
    for (int k = 0; k < 30; k++)
        for (int j = 0; j < SIZES; j++) {
            random_cell(&cell, &chance);
            struct sahel_rates rates = random_rates(&chance);
            assert_all_alike(&cell, &rates, sizes[j], false);
        }
}

static void the_quiet_path_is_the_full_one(void **state) {
    (void)state;
    static struct cell cell;
    uint64_t chance = 12;
    for (int k = 0; k < 30; k++)
        for (int j = 0; j < SIZES; j++) {
            random_cell(&cell, &chance);
            silence(&cell);
            struct sahel_rates rates = random_rates(&chance);
            assert_all_alike(&cell, &rates, sizes[j], true);
        }
}

static void nobody_answers_nothing(void **state) {
    (void)state;
    static struct cell cell;
    uint64_t chance = 13;
    float answer[SAHEL_NANSWERS];
    random_cell(&cell, &chance);
    struct sahel_rates rates = random_rates(&chance);
    loop_day(sah_community_day_best(), &cell, &rates, 0, 0, false, answer);
    for (int k = 0; k < SAHEL_NANSWERS; k++)
        assert_true(answer[k] >= 0 && answer[k] <= 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_variant_is_the_twin),
        cmocka_unit_test(the_quiet_path_is_the_full_one),
        cmocka_unit_test(nobody_answers_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
