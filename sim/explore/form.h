/* What a page asks for: settings of a scenario, as a browser sends them, checked. */
#ifndef SAH_EXPLORE_FORM_H
#define SAH_EXPLORE_FORM_H
#include "sim/kernel/world.h"

enum { SAH_FORM_BYTES = 64 * 1024, SAH_FORM_MOST = 1000 };

struct sah_form {
    size_t n;
    const char **set; /* "gold.price=2", as --set takes them; owned */
};

/* May a page set this? Switches of mechanisms, their numbers and choices, and the seed:
 * nothing that names a file, a place or a thing. NULL where it may not. */
const struct sah_setting *sah_form_offer(const struct sah_world *world,
                                         const char *path);

/* Reads application/x-www-form-urlencoded (WHATWG URL, 5.1) of at most SAH_FORM_BYTES:
 * `path=value&...`. Every mistake is told in `err`; SAH_INPUT then. Free in any case. */
int sah_form_read(const char *body, size_t length, const struct sah_world *world,
                  struct sah_form *form, struct sah_error *err);
void sah_form_free(struct sah_form *form);

#endif
