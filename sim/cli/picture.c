/* Keys of pictures. */
#include "sim/cli/picture.h"

bool sah_picture_key(struct sah_picture *picture, double least_mm, int key, char *arg,
                     struct argp_state *state) {
    switch (key) {
    case 'o':
        picture->path = arg;
        return true;
    case SAH_KEY_WIDTH:
        picture->width_mm = sah_option_number(state, "--width", arg, least_mm, 2000);
        return true;
    case SAH_KEY_DPI:
        picture->dpi = sah_option_number(state, "--dpi", arg, 20, 2400);
        return true;
    default:
        return false;
    }
}

bool sah_picture_days_key(int32_t *from, int32_t *to, int key, char *arg,
                          struct argp_state *state) {
    if (key == SAH_KEY_FROM) *from = sah_option_day(state, "--from", arg);
    if (key == SAH_KEY_TO) *to = sah_option_day(state, "--to", arg);
    return key == SAH_KEY_FROM || key == SAH_KEY_TO;
}
