/* Header and corner line of a sheet. */
#include "output/page.h"

#include <stdio.h>

enum { LINE = 512 };

void sah_page_header(struct sah_canvas *canvas, const struct sah_page *page) {
    double room = page->width - page->left - SAH_PAGE_MARGIN_PT;
    struct sah_type_style title = {.size_pt = SAH_PAGE_TITLE_PT,
                                   .bold = true,
                                   .ink = sah_ink(SAH_INK_TEXT),
                                   .max_width_pt = room};
    struct sah_type_style soft = {.size_pt = SAH_PAGE_SUBTITLE_PT,
                                  .ink = sah_ink(SAH_INK_SOFT),
                                  .max_width_pt = room};
    double y = SAH_PAGE_MARGIN_PT + SAH_PAGE_TITLE_PT * 0.85;
    sah_canvas_text(canvas, &title, page->left, y, SAH_AT_LEFT, page->title);
    sah_canvas_text(canvas, &soft, page->left, y + SAH_PAGE_SUBTITLE_PT * 1.45,
                    SAH_AT_LEFT, page->subtitle ? page->subtitle : "");
}

/* At the right the mark, whole, and the aside if there is room; before it as much of
 * the scenario's name as fits. */
void sah_page_corner(struct sah_canvas *canvas, const struct sah_page *page) {
    const char *source = page->source ? page->source : "";
    const char *mark = page->mark ? page->mark : "";
    const char *aside = page->aside ? page->aside : "";
    struct sah_type_style style = {.size_pt = SAH_PAGE_CORNER_PT,
                                   .ink = sah_ink(SAH_INK_FAINT)};
    char line[LINE], name[LINE];
    double right = page->width - SAH_PAGE_MARGIN_PT, room = right - page->left;
    double y = page->height - SAH_PAGE_MARGIN_PT;
    snprintf(name, sizeof name, "%s%s", source, *source ? " \u00B7 " : "");
    snprintf(line, sizeof line, "%s%s%s", mark, *mark && *aside ? " \u00B7 " : "",
             aside);
    double used = sah_type_measure(&style, line).width;
    if (used + sah_type_measure(&style, name).width > room) {
        snprintf(line, sizeof line, "%s", mark);
        used = sah_type_measure(&style, line).width;
    }
    sah_canvas_text(canvas, &style, right, y, SAH_AT_RIGHT, line);
    style.max_width_pt = room - used;
    if (*source && style.max_width_pt > 4 * SAH_PAGE_CORNER_PT)
        sah_canvas_text(canvas, &style, right - used, y, SAH_AT_RIGHT, name);
}
