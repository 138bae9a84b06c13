/* Text of several lines, broken at blanks. */
#ifndef SAH_OUTPUT_TEXT_BLOCK_H
#define SAH_OUTPUT_TEXT_BLOCK_H
#include "output/canvas.h"

/* At most `most` lines, the last shortened by an ellipsis; returns the height. Draws when
 * `canvas`. */
double sah_text_block(struct sah_canvas *canvas, const struct sah_type_style *style,
                      double x, double top, double width, int most, const char *text);

#endif
