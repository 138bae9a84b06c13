/* Options that commands share which draw: where to, how large, of which days. */
#ifndef SAH_CLI_PICTURE_H
#define SAH_CLI_PICTURE_H
#include "output/canvas.h"
#include "sim/cli/options.h"

/* Rows for a command's table of options; `picture` is a member of its struct. */
#define SAH_OPTION_PICTURE(type, picture, where)                          \
    {                                                                     \
        "output", 'o', "FILE", "Picture to write: .png, .svg or .pdf", 0, \
            SAH_TEXT(type, picture.path), .need = (where)                 \
    }
#define SAH_OPTION_WIDTH(type, picture, least_mm)                         \
    {                                                                     \
        "width", 0, "MM", "Width of the picture in millimetres (180)", 1, \
            SAH_NUMBER(type, picture.width_mm, least_mm, 2000)            \
    }
#define SAH_OPTION_DPI(type, picture)                     \
    {                                                     \
        "dpi", 0, "N", "Dots per inch of a PNG (300)", 1, \
            SAH_NUMBER(type, picture.dpi, 20, 2400)       \
    }
#define SAH_OPTION_FROM(type, member)                                     \
    {                                                                     \
        "from", 0, "DATE", "First day (of the run); flows are summed", 1, \
            SAH_DAY(type, member)                                         \
    }
#define SAH_OPTION_TO(type, member)                                          \
    {                                                                        \
        "to", 0, "DATE", "Last day (of the run); stocks are shown at it", 1, \
            SAH_DAY(type, member)                                            \
    }

#endif
