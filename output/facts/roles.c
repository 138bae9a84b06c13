/* The table of names. The first row whose words stand in a name, whatever the case, tells
 * its role; a row of a short word asks for the whole name. */
#include "output/facts/roles.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

/* clang-format off */
static const struct {
    const char *words;
    enum sah_role role;
    bool whole;
} rows[] = {
    {"unknown", SAH_NOBODY, true},
    {"unidentified", SAH_NOBODY, false},
    {"civilian", SAH_CIVILIANS, false},
    {"macina", SAH_MACINA, false},
    {"flm", SAH_MACINA, true},
    {"jnim", SAH_UMBRELLA, false},
    {"support of islam", SAH_UMBRELLA, false},
    {"ansar dine", SAH_UMBRELLA, false},
    {"ansar al-din", SAH_UMBRELLA, false},
    {"ansar_al_din", SAH_UMBRELLA, false},
    {"ansaroul", SAH_UMBRELLA, false},
    {"murabit", SAH_UMBRELLA, false},
    {"mourabit", SAH_UMBRELLA, false},
    {"signed-in-blood", SAH_UMBRELLA, false},
    {"aqim", SAH_UMBRELLA, false},
    {"islamic maghreb", SAH_UMBRELLA, false},
    {"west africa province", SAH_MILITANT, false},
    {"boko haram", SAH_MILITANT, false},
    {"boko_haram", SAH_MILITANT, false},
    {"jama'atu ahlis sunna", SAH_MILITANT, false},
    {"is", SAH_RIVAL, true},
    {"is_sahel", SAH_RIVAL, false},
    {"isgs", SAH_RIVAL, false},
    {"islamic state", SAH_RIVAL, false},
    {"mujao", SAH_MILITANT, false},
    {"unity and jihad", SAH_MILITANT, false},
    {"splinter_", SAH_MILITANT, false},
    {"minusma", SAH_MISSION, false},
    {"multidimensional integrated", SAH_MISSION, false},
    {"united nations", SAH_MISSION, false},
    {"of france", SAH_FOREIGN, false},
    {"barkhane", SAH_FOREIGN, false},
    {"takuba", SAH_FOREIGN, false},
    {"g5", SAH_FOREIGN, false},
    {"us_niger", SAH_FOREIGN, false},
    {"russian_force", SAH_FOREIGN, false},
    {"_army", SAH_STATE, false},
    {"neighbours", SAH_STATE, true},
    {"government of", SAH_STATE, false},
    {"military forces of", SAH_STATE, false},
    {"police forces of", SAH_STATE, false},
};
/* clang-format on */

static bool holds(const char *name, const char *words) {
    size_t length = strlen(words);
    for (; *name; name++)
        if (strncasecmp(name, words, length) == 0) return true;
    return false;
}

enum sah_role sah_role_of(const char *name) {
    if (!name || !*name) return SAH_NOBODY;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].whole ? strcasecmp(name, rows[i].words) == 0
                          : holds(name, rows[i].words))
            return rows[i].role;
    return SAH_OTHER;
}

int sah_role_militant(enum sah_role role) {
    return role == SAH_UMBRELLA || role == SAH_MACINA || role == SAH_RIVAL ||
           role == SAH_MILITANT;
}
