/* Cairo surfaces by suffix, and type through Pango. */
#include "output/canvas.h"
#include "output/canvas_file.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>
#include <errno.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* The first family that is installed; DejaVu comes with nearly every distribution. */
static const char FONT_FAMILIES[] = "Lato, Liberation Sans, DejaVu Sans, sans-serif";
enum { MAX_PIXELS = 32767 }; /* of a side; cairo's limit */

enum format { FORMAT_PNG, FORMAT_SVG, FORMAT_PDF, FORMAT_COUNT };
static const char *const SUFFIX[FORMAT_COUNT] = {".png", ".svg", ".pdf"};

struct sah_canvas {
    enum format format;
    char *path;
    bool force;
    double dpi;
    struct sah_bytes bytes; /* what SVG and PDF surfaces stream to */
    cairo_surface_t *surface;
    cairo_t *cr;
};

static int format_of(const char *path) {
    const char *dot = strrchr(path, '.');
    for (int i = 0; dot && i < FORMAT_COUNT; i++) {
        if (strcasecmp(dot, SUFFIX[i]) == 0) return i;
    }
    return -1;
}

double sah_picture_width_pt(const struct sah_picture *picture) {
    double width = picture->width_mm > 0 ? picture->width_mm : SAH_PICTURE_WIDTH_MM;
    return width * SAH_POINTS_PER_MM;
}

static double dpi_of(const struct sah_picture *picture) {
    return picture->dpi > 0 ? picture->dpi : SAH_PICTURE_DPI;
}

/* Whether the folder of `path` is there and lets us write. */
static int check_folder(const char *path, struct sah_error *err) {
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    if (!folder) return sah_error_add(err, SAH_MEMORY, "%s: no memory", path);
    int code = SAH_OK;
    if (access(folder, W_OK | X_OK) != 0)
        code = sah_error_add(err, SAH_INPUT, "%s: cannot be written: %s", path,
                             strerror(errno));
    free(folder);
    return code;
}

int sah_picture_check(const struct sah_picture *picture, struct sah_error *err) {
    const char *path = picture->path;
    if (format_of(path) < 0)
        return sah_error_add(err, SAH_INPUT,
                             "%s: unknown kind of picture; .png, .svg or .pdf?", path);
    struct stat target;
    if (stat(path, &target) == 0) {
        if (!S_ISREG(target.st_mode))
            return sah_error_add(err, SAH_INPUT, "%s: is not a regular file", path);
        if (!picture->force)
            return sah_error_add(err, SAH_EXISTS,
                                 "%s: exists already; --force replaces it", path);
    }
    return check_folder(path, err);
}

/* Pango ends the program when no font is installed at all; this says so instead. */
static int check_fonts(struct sah_error *err) {
    PangoFontFamily **families = NULL;
    int n = 0;
    pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &n);
    g_free(families);
    if (n > 0) return SAH_OK;
    return sah_error_add(err, SAH_MISSING,
                         "no font is installed; fonts-dejavu-core would do");
}

static cairo_status_t stream(void *bytes, const unsigned char *data, unsigned n) {
    return sah_bytes_add(bytes, data, n) ? CAIRO_STATUS_SUCCESS
                                         : CAIRO_STATUS_NO_MEMORY;
}

/* Dates left empty are left out. */
static void describe_pdf(cairo_surface_t *surface, const char *title) {
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
    if (title) cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
}

static cairo_surface_t *make_surface(struct sah_canvas *canvas, double width,
                                     double height, const char *title) {
    cairo_surface_t *surface;
    double scale = canvas->dpi / 72;
    switch (canvas->format) {
    case FORMAT_SVG:
        return cairo_svg_surface_create_for_stream(stream, &canvas->bytes, width,
                                                   height);
    case FORMAT_PDF:
        surface =
            cairo_pdf_surface_create_for_stream(stream, &canvas->bytes, width, height);
        describe_pdf(surface, title);
        return surface;
    case FORMAT_PNG:
    case FORMAT_COUNT:
        break;
    }
    surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround(width * scale),
                                         (int)lround(height * scale));
    cairo_surface_set_device_scale(surface, scale, scale);
    return surface;
}

/* Letters keep their shape and place at every resolution. */
static void set_font_options(cairo_t *cr) {
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(cr, options);
    cairo_font_options_destroy(options);
}

static int check_size(const struct sah_picture *picture, double width, double height,
                      struct sah_error *err) {
    double side = fmax(width, height) * dpi_of(picture) / 72;
    bool fits = isfinite(side) && width >= 1 && height >= 1 && side <= MAX_PIXELS;
    if (fits) return SAH_OK;
    return sah_error_add(err, SAH_INPUT,
                         "%s: %.0f by %.0f mm at %.0f dpi: at most %d pixels a side",
                         picture->path, width / SAH_POINTS_PER_MM,
                         height / SAH_POINTS_PER_MM, dpi_of(picture), MAX_PIXELS);
}

static int begin(struct sah_canvas *canvas, double width, double height,
                 const char *title, struct sah_error *err) {
    canvas->surface = make_surface(canvas, width, height, title);
    canvas->cr = cairo_create(canvas->surface);
    if (cairo_status(canvas->cr) != CAIRO_STATUS_SUCCESS)
        return sah_error_add(err, SAH_MEMORY, "%s: %s", canvas->path,
                             cairo_status_to_string(cairo_status(canvas->cr)));
    set_font_options(canvas->cr);
    sah_canvas_ink(canvas, sah_ink(SAH_INK_PAPER));
    cairo_paint(canvas->cr);
    return SAH_OK;
}

int sah_canvas_open(const struct sah_picture *picture, double height_pt,
                    const char *title, struct sah_canvas **out, struct sah_error *err) {
    double width_pt = sah_picture_width_pt(picture);
    *out = NULL;
    int code = sah_picture_check(picture, err);
    if (!code) code = check_size(picture, width_pt, height_pt, err);
    if (!code) code = check_fonts(err);
    if (code) return code;

    struct sah_canvas *canvas = calloc(1, sizeof *canvas);
    char *path = strdup(picture->path);
    if (!canvas || !path) {
        free(canvas), free(path);
        return sah_error_add(err, SAH_MEMORY, "%s: no memory", picture->path);
    }
    canvas->path = path;
    canvas->format = (enum format)format_of(path);
    canvas->force = picture->force;
    canvas->dpi = dpi_of(picture);
    code = begin(canvas, width_pt, height_pt, title, err);
    if (code) {
        sah_canvas_free(canvas);
        return code;
    }
    *out = canvas;
    return SAH_OK;
}

static cairo_status_t finish_bytes(struct sah_canvas *canvas) {
    cairo_status_t status = cairo_status(canvas->cr);
    if (!status && canvas->format == FORMAT_PNG) {
        status =
            cairo_surface_write_to_png_stream(canvas->surface, stream, &canvas->bytes);
    }
    cairo_surface_finish(canvas->surface);
    return status ? status : cairo_surface_status(canvas->surface);
}

int sah_canvas_finish(struct sah_canvas *canvas, struct sah_error *err) {
    cairo_status_t status = finish_bytes(canvas);
    bool done = !status;
    if (done && canvas->format == FORMAT_PNG)
        done = sah_png_add_dpi(&canvas->bytes, canvas->dpi);
    if (done && canvas->format == FORMAT_SVG) done = sah_svg_settle(&canvas->bytes);
    if (!done)
        return sah_error_add(
            err, SAH_MEMORY, "%s: cannot be drawn: %s", canvas->path,
            cairo_status_to_string(status ? status : CAIRO_STATUS_NO_MEMORY));
    return sah_bytes_save(&canvas->bytes, canvas->path, canvas->force, err);
}

int sah_canvas_memory(int width_px, int height_px, double scale,
                      struct sah_canvas **out, struct sah_error *err) {
    struct sah_canvas *canvas = calloc(1, sizeof *canvas);
    *out = NULL;
    if (!canvas) return sah_error_add(err, SAH_MEMORY, "no memory for a picture");
    int code = check_fonts(err);
    canvas->dpi = 72 * scale;
    canvas->surface =
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width_px, height_px);
    cairo_surface_set_device_scale(canvas->surface, scale, scale);
    canvas->cr = cairo_create(canvas->surface);
    if (!code && cairo_status(canvas->cr) != CAIRO_STATUS_SUCCESS)
        code = sah_error_add(err, SAH_MEMORY, "no memory for a picture of %d x %d",
                             width_px, height_px);
    if (code) {
        sah_canvas_free(canvas);
        return code;
    }
    set_font_options(canvas->cr);
    *out = canvas;
    return SAH_OK;
}

void sah_canvas_clear(struct sah_canvas *canvas) {
    cairo_save(canvas->cr);
    cairo_set_operator(canvas->cr, CAIRO_OPERATOR_CLEAR);
    cairo_paint(canvas->cr);
    cairo_restore(canvas->cr);
}

void sah_canvas_lay(struct sah_canvas *canvas, struct sah_canvas *layer) {
    cairo_save(canvas->cr);
    cairo_set_source_surface(canvas->cr, layer->surface, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(canvas->cr), CAIRO_FILTER_NEAREST);
    cairo_paint(canvas->cr);
    cairo_restore(canvas->cr);
}

const unsigned char *sah_canvas_pixels(struct sah_canvas *canvas, int *stride) {
    cairo_surface_flush(canvas->surface);
    *stride = cairo_image_surface_get_stride(canvas->surface);
    return cairo_image_surface_get_data(canvas->surface);
}

int sah_canvas_save_png(struct sah_canvas *canvas, const char *path, bool force,
                        struct sah_error *err) {
    canvas->bytes.n = 0;
    cairo_status_t status =
        cairo_surface_write_to_png_stream(canvas->surface, stream, &canvas->bytes);
    if (status)
        return sah_error_add(err, SAH_MEMORY, "%s: cannot be drawn: %s", path,
                             cairo_status_to_string(status));
    return sah_bytes_save(&canvas->bytes, path, force, err);
}

void sah_canvas_free(struct sah_canvas *canvas) {
    if (!canvas) return;
    cairo_destroy(canvas->cr);
    cairo_surface_destroy(canvas->surface); /* may still stream to bytes */
    sah_bytes_free(&canvas->bytes);
    free(canvas->path);
    free(canvas);
}

cairo_t *sah_canvas_cairo(struct sah_canvas *canvas) {
    return canvas->cr;
}

void sah_canvas_ink(struct sah_canvas *canvas, struct sah_colour c) {
    if (c.a >= 1)
        cairo_set_source_rgb(canvas->cr, c.r, c.g, c.b);
    else
        cairo_set_source_rgba(canvas->cr, c.r, c.g, c.b, c.a);
}

void sah_canvas_rectangle(struct sah_canvas *canvas, double x, double y, double width,
                          double height) {
    cairo_rectangle(canvas->cr, x, y, width, height);
}

static void set_attributes(PangoLayout *layout, const struct sah_type_style *style) {
    PangoAttrList *list = pango_attr_list_new();
    if (style->spacing_pt != 0) {
        int spacing = (int)lround(style->spacing_pt * PANGO_SCALE);
        pango_attr_list_insert(list, pango_attr_letter_spacing_new(spacing));
    }
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

static void set_font(PangoLayout *layout, const struct sah_type_style *style) {
    PangoFontDescription *font = pango_font_description_from_string(FONT_FAMILIES);
    pango_font_description_set_absolute_size(font, style->size_pt * PANGO_SCALE);
    if (style->bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
    if (style->italic) pango_font_description_set_style(font, PANGO_STYLE_ITALIC);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
}

static void set_layout(PangoLayout *layout, const struct sah_type_style *style,
                       const char *text) {
    char *valid = g_utf8_make_valid(text, -1);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_context_set_round_glyph_positions(pango_layout_get_context(layout), FALSE);
    set_font(layout, style);
    set_attributes(layout, style);
    pango_layout_set_text(layout, valid, -1);
    if (style->max_width_pt > 0) {
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
        pango_layout_set_width(layout, (int)lround(style->max_width_pt * PANGO_SCALE));
    }
    g_free(valid);
}

static struct sah_type_extent extent_of(PangoLayout *layout) {
    PangoRectangle logical;
    pango_layout_get_extents(layout, NULL, &logical);
    int baseline = pango_layout_get_baseline(layout);
    return (struct sah_type_extent){
        (double)logical.width / PANGO_SCALE, (double)baseline / PANGO_SCALE,
        (double)(logical.y + logical.height - baseline) / PANGO_SCALE};
}

/* A layout that measures as every canvas draws: without hinting, a point a unit. */
static PangoLayout *measuring_layout(void) {
    cairo_surface_t *nowhere =
        cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, NULL);
    cairo_t *cr = cairo_create(nowhere);
    set_font_options(cr);
    PangoLayout *layout = pango_cairo_create_layout(cr);
    cairo_destroy(cr);
    cairo_surface_destroy(nowhere);
    return layout;
}

struct sah_type_extent sah_type_measure(const struct sah_type_style *style,
                                        const char *text) {
    PangoLayout *layout = measuring_layout();
    set_layout(layout, style, text);
    struct sah_type_extent extent = extent_of(layout);
    g_object_unref(layout);
    return extent;
}

static void draw_halo(struct sah_canvas *canvas, PangoLayout *layout, double width) {
    cairo_t *cr = canvas->cr;
    pango_cairo_layout_path(cr, layout);
    sah_canvas_ink(canvas, sah_colour_fade(sah_ink(SAH_INK_PAPER), 0.85));
    cairo_set_line_width(cr, 2 * width);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cr);
}

void sah_canvas_text(struct sah_canvas *canvas, const struct sah_type_style *style,
                     double x, double baseline, enum sah_anchor anchor,
                     const char *text) {
    cairo_t *cr = canvas->cr;
    PangoLayout *layout = pango_cairo_create_layout(cr);
    set_layout(layout, style, text);
    struct sah_type_extent extent = extent_of(layout);
    double left = x - (anchor == SAH_AT_RIGHT    ? 1
                       : anchor == SAH_AT_CENTRE ? 0.5
                                                 : 0) *
                          extent.width;
    cairo_save(cr);
    cairo_move_to(cr, left, baseline - extent.ascent);
    if (style->halo_pt > 0) {
        draw_halo(canvas, layout, style->halo_pt);
        cairo_move_to(cr, left, baseline - extent.ascent);
    }
    sah_canvas_ink(canvas, style->ink);
    pango_cairo_show_layout(cr, layout);
    cairo_restore(cr);
    g_object_unref(layout);
}
