/* What a film is made of; for film*.c alone. */
#ifndef SAH_OUTPUT_FILM_IMPL_H
#define SAH_OUTPUT_FILM_IMPL_H
#include "output/captions.h"
#include "output/film.h"
#include "output/map_panels.h"
#include "output/map_sheet.h"
#include "output/plot_impl.h"

enum { SAH_FILM_KEYS = 8 };

/* All lengths in points; a picture is SAH_FILM_POINTS wide. */
#define SAH_FILM_POINTS 640.0

struct sah_film_event {
    int32_t day;
    double lon, lat, deaths;
    struct sah_colour colour;
};

struct sah_film {
    struct sah_map_source source;
    struct sah_map_panels panels; /* one for each period of the field */
    const struct sah_period *period;
    struct sah_map map;
    struct sah_sheet sheet;
    struct sah_captions captions;
    struct sah_sheaf deaths; /* of the series, one item */
    bool has_deaths;
    size_t nevents, nkeys;
    struct sah_film_event *event; /* by day */
    struct sah_plot_key key[SAH_FILM_KEYS];
    double height; /* of a picture */
    struct sah_projection frame;
    double side_x, side_width;        /* of the column at the right */
    struct sah_canvas *ground, *over; /* below and above the values */
};

/* Reads all a film needs; free in any case. */
int sah_film_read(struct sah_film *film, const struct sah_film_options *options,
                  struct sah_error *err);
void sah_film_free(struct sah_film *film);

/* The layers that do not change. */
int sah_film_layers(struct sah_film *film, int width_px, int height_px,
                    struct sah_error *err);
int sah_film_picture(const struct sah_film *film, struct sah_canvas *canvas,
                     int32_t day, struct sah_error *err);

#endif
