/* What every sheet has around its picture: a title, a line under it, a line in the
 * corner that tells what it was drawn from. Maps and plots share it. */
#ifndef SAH_OUTPUT_PAGE_H
#define SAH_OUTPUT_PAGE_H
#include "output/canvas.h"

/* The sizes of type on a sheet, and its edges. */
#define SAH_PAGE_TITLE_PT    11.0
#define SAH_PAGE_SUBTITLE_PT 8.0
#define SAH_PAGE_CORNER_PT   5.6
#define SAH_PAGE_MARGIN_PT   9.0
#define SAH_PAGE_HEADER_PT   31.0 /* title and subtitle */
#define SAH_PAGE_FOOTER_PT   11.0 /* corner line */

struct sah_page {
    const char *title, *subtitle;
    const char *source; /* name of the scenario; may be NULL */
    const char *mark;   /* digest and version, kept whole; may be NULL */
    const char *aside;  /* told after the mark if there is room; may be NULL */
    double left, width, height;
};

void sah_page_header(struct sah_canvas *canvas, const struct sah_page *page);
void sah_page_corner(struct sah_canvas *canvas, const struct sah_page *page);

#endif
