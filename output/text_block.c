/* Line by line as many words as fit. */
#include "output/text_block.h"

#include <stdio.h>
#include <string.h>

enum { LINE = 512 };

/* The bytes of `text` that fit into a line: whole words, but at least one. */
static size_t fitting(const struct sah_type_style *style, const char *text,
                      double width) {
    size_t best = 0, n = strlen(text);
    char line[LINE];
    for (size_t i = 1; i <= n && i < LINE; i++) {
        if (text[i] != ' ' && text[i] != '\0') continue;
        snprintf(line, sizeof line, "%.*s", (int)i, text);
        if (best && sah_type_measure(style, line).width > width) break;
        best = i;
    }
    return best ? best : n;
}

double sah_text_block(struct sah_canvas *canvas, const struct sah_type_style *style,
                      double x, double top, double width, int most, const char *text) {
    struct sah_type_style bare = *style;
    double step = 1.3 * style->size_pt, y = top;
    bare.max_width_pt = 0;
    for (int i = 0; i < most && *text; i++) {
        size_t n = i + 1 < most ? fitting(&bare, text, width) : strlen(text);
        char line[LINE];
        snprintf(line, sizeof line, "%.*s", (int)n, text);
        struct sah_type_style cut = *style;
        cut.max_width_pt = width;
        if (canvas)
            sah_canvas_text(canvas, &cut, x, y + style->size_pt, SAH_AT_LEFT, line);
        text += n;
        text += strspn(text, " ");
        y += step;
    }
    return y - top;
}
