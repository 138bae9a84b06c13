/* Options that commands share which draw: where to, how large, of which days. */
#ifndef SAH_CLI_PICTURE_H
#define SAH_CLI_PICTURE_H
#include "output/canvas.h"
#include "sim/cli/options.h"

enum { SAH_KEY_WIDTH = 0x180, SAH_KEY_DPI, SAH_KEY_FROM, SAH_KEY_TO };

/* Rows for a command's table of options. */
#define SAH_OPTION_PICTURE \
    { "output", 'o', "FILE", 0, "Picture to write: .png, .svg or .pdf", 0 }
#define SAH_OPTION_WIDTH \
    { "width", SAH_KEY_WIDTH, "MM", 0, "Width of the picture in millimetres (180)", 1 }
#define SAH_OPTION_DPI \
    { "dpi", SAH_KEY_DPI, "N", 0, "Dots per inch of a PNG (300)", 1 }
#define SAH_OPTION_FROM \
    { "from", SAH_KEY_FROM, "DATE", 0, "First day (of the run); flows are summed", 1 }
#define SAH_OPTION_TO \
    { "to", SAH_KEY_TO, "DATE", 0, "Last day (of the run); stocks are shown at it", 1 }

/* Is the key one of a picture, or of days? Then it is taken. Pictures are at least so wide. */
bool sah_picture_key(struct sah_picture *picture, double least_mm, int key, char *arg,
                     struct argp_state *state);
bool sah_picture_days_key(int32_t *from, int32_t *to, int key, char *arg,
                          struct argp_state *state);

#endif
