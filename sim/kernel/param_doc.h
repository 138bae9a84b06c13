/* Words for people, from the parameter tables alone: a template scenario, the parameter
 * chapter of the manual, the description of one section.
 *
 * All write to a stream of the caller, who checks it for errors. */
#ifndef SAH_PARAM_DOC_H
#define SAH_PARAM_DOC_H
#include "sim/kernel/param.h"

#include <stdio.h>

/* A scenario file in which every parameter stands as a comment with its default; what
 * must be given stands in the open with a place to fill in. A list shows one item. */
void sah_params_template(FILE *out, const struct sah_section *sections,
                         size_t nsections, const struct sah_list *lists, size_t nlists);

/* Markdown: a heading and a table for each section and list. */
void sah_params_chapter(FILE *out, const struct sah_section *sections, size_t nsections,
                        const struct sah_list *lists, size_t nlists);

/* Plain text about the section, list or single parameter ("recruitment",
 * "recruitment.base_rate", "forces.strength") `name`; false where there is none, and
 * then `near` (may be NULL) is the nearest name or NULL. */
bool sah_params_describe(FILE *out, const char *name,
                         const struct sah_section *sections, size_t nsections,
                         const struct sah_list *lists, size_t nlists,
                         const char **near);

/* One line for each section and list: name and sentence. */
void sah_params_list(FILE *out, const struct sah_section *sections, size_t nsections,
                     const struct sah_list *lists, size_t nlists);

#endif
