/* Pairs of parameters: names that are short and yet tell parameters apart. */
#include "output/pairs.h"

#include "tests/support/cmocka_all.h"

#include <string.h>

static const struct {
    const char *name, *shorter;
} names[] = {{"attacks.rate", "attacks.rate"},
             {"severity.rate", "severity.rate"},
             {"spread.state", "state"},
             {"severity.estate", "estate"}, /* ends so, but not from a dot on */
             {"factions.river.outside", "river.outside"},
             {"factions.hills.outside", "hills.outside"},
             {"rate", "rate"}, /* no shorter way */
             {"displacement.range", "range"}};
enum { N = sizeof names / sizeof *names };

static void names_are_short_and_differ(void **state) {
    struct sah_pairs_axis axis[N] = {0};
    const struct sah_pairs pairs = {.nparameters = N, .axis = axis};
    (void)state;
    for (size_t j = 0; j < N; j++) axis[j].name = names[j].name;
    for (size_t j = 0; j < N; j++)
        assert_string_equal(sah_pairs_short_name(&pairs, j), names[j].shorter);
    for (size_t j = 0; j < N; j++)
        for (size_t k = 0; k < j; k++)
            assert_true(strcmp(sah_pairs_short_name(&pairs, j),
                               sah_pairs_short_name(&pairs, k)) != 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_are_short_and_differ)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
