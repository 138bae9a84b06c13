/* Marks of one row never lie on each other: they move right. Names come where there is
 * room. */
#include "output/turns.h"

#include "output/label.h"
#include "output/sheaf.h"

#include <cairo.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double ROW = 1.75; /* of the type */
enum { NAME = 2 * SAH_END_TEXT };

/* ---- reading ------------------------------------------------------------------------- */

/* What a kind is called beside its marks, which say who; others by their title. */
static const struct {
    const char *label, *word;
} WORD[] = {
    {"pledge", "Pledge"},
    {"merger", "Merger"},
    {"split", "Split"},
    {"rejoin", "Return"},
    {"defection", "Defection"},
    {"tolerance", "Tolerance"},
    {"war", "War"},
    {"truce", "Truce"},
    {"leader_lost", "Leader lost"},
    {"succession", "Successor"},
    {"offer", "Offer of talks"},
    {"refusal", "Refusal"},
    {"ceasefire", "Ceasefire"},
    {"breakdown", "Breakdown"},
    {"exchange", "Exchange"},
};

const char *sah_turn_word(const struct sah_turns *turns, int kind) {
    const char *label = turns->kinds->label[kind];
    for (size_t i = 0; i < sizeof WORD / sizeof *WORD; i++)
        if (strcmp(WORD[i].label, label) == 0) return WORD[i].word;
    return label;
}

static int code_of(const struct sah_result_table *table, const char *name, size_t row,
                   const struct sah_axis *axis) {
    const struct sah_result_column *column = sah_result_table_find(table, name);
    double value = column ? sah_result_number(column, row) : -1;
    return axis && value >= 0 && value < (double)axis->n ? (int)value : -1;
}

static double number_of(const struct sah_result_table *table, const char *name,
                        size_t row) {
    const struct sah_result_column *column = sah_result_table_find(table, name);
    return column ? sah_result_number(column, row) : 0;
}

static void fill(struct sah_turns *turns, const struct sah_result_table *table) {
    for (size_t i = 0; i < table->nrows; i++) {
        struct sah_turn turn = {.day = (int32_t)number_of(table, "date", i),
                                .kind = code_of(table, "kind", i, turns->kinds),
                                .side_a = code_of(table, "side_a", i, turns->sides),
                                .side_b = code_of(table, "side_b", i, turns->sides),
                                .fighters = number_of(table, "fighters", i)};
        if (turn.kind < 0) continue;
        turns->turn[turns->n++] = turn;
        turns->row[turn.kind] = 0;
    }
    for (size_t k = 0; k < turns->kinds->n; k++)
        if (turns->row[k] == 0) turns->row[k] = (int)turns->nrows++;
}

static bool keeps_turns(const struct sah_result *result) {
    for (size_t i = 0; i < sah_result_log_count(result); i++)
        if (strcmp(sah_result_log_at(result, i), "allegiances") == 0) return true;
    return false;
}

int sah_turns_read(struct sah_result *result, struct sah_turns *turns,
                   struct sah_error *err) {
    struct sah_result_table table = {0};
    *turns = (struct sah_turns){.kinds = sah_result_axis(result, "turn"),
                                .sides = sah_result_axis(result, "side_a")};
    if (!turns->kinds || !keeps_turns(result)) return SAH_OK;
    int code = sah_result_log(result, "allegiances", &table, err);
    if (code) return code;
    turns->turn = calloc(table.nrows + 1, sizeof *turns->turn);
    turns->row = calloc(turns->kinds->n + 1, sizeof *turns->row);
    for (size_t k = 0; turns->row && k < turns->kinds->n; k++) turns->row[k] = -1;
    if (turns->turn && turns->row)
        fill(turns, &table);
    else
        code = sah_error_add(err, SAH_MEMORY, "no memory for turns");
    sah_result_table_clear(&table);
    return code;
}

void sah_turns_free(struct sah_turns *turns) {
    free(turns->turn);
    free(turns->row);
    *turns = (struct sah_turns){0};
}

/* ---- drawing ------------------------------------------------------------------------- */

double sah_turns_height(const struct sah_turns *turns, double type_pt) {
    return (double)turns->nrows * ROW * type_pt;
}

double sah_turns_names(const struct sah_turns *turns, double type_pt) {
    struct sah_type_style style = {.size_pt = type_pt};
    double widest = 0;
    for (size_t k = 0; turns->kinds && k < turns->kinds->n; k++)
        if (turns->row && turns->row[k] >= 0)
            widest = fmax(widest,
                          sah_type_measure(&style, sah_turn_word(turns, (int)k)).width);
    return widest + 5;
}

static double row_middle(const struct sah_chart *chart, int row) {
    return chart->y + ((double)row + 0.5) * ROW * chart->type_pt;
}

static void draw_rows(const struct sah_chart *chart, const struct sah_turns *turns) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    struct sah_type_style style = {.size_pt = chart->type_pt,
                                   .ink = sah_ink(SAH_INK_TEXT)};
    for (size_t k = 0; k < turns->kinds->n; k++) {
        if (turns->row[k] < 0) continue;
        double y = row_middle(chart, turns->row[k]);
        sah_canvas_text(chart->canvas, &style, chart->x - 5, y + 0.35 * chart->type_pt,
                        SAH_AT_RIGHT, sah_turn_word(turns, (int)k));
        cairo_move_to(cr, chart->x, y);
        cairo_line_to(cr, chart->x + chart->width, y);
        sah_canvas_ink(chart->canvas, sah_colour_hex(0xE3E1DC));
        cairo_set_line_width(cr, 0.35);
        cairo_stroke(cr);
    }
}

/* A ring in the colour of the one, a core in that of the other. */
static void draw_mark(const struct sah_chart *chart, double x, double y, double radius,
                      struct sah_colour ring, struct sah_colour core) {
    cairo_t *cr = sah_canvas_cairo(chart->canvas);
    for (int k = 0; k < 2; k++) {
        cairo_new_path(cr);
        cairo_arc(cr, x, y, k ? 0.5 * radius : radius, 0, 2 * 3.14159265358979323846);
        sah_canvas_ink(chart->canvas, k ? core : ring);
        cairo_fill(cr);
    }
}

static void write_name(const struct sah_turns *turns, const struct sah_turn *turn,
                       char text[static NAME]) {
    const char *a =
        turn->side_a >= 0 ? sah_axis_title(turns->sides, (size_t)turn->side_a) : "";
    const char *b =
        turn->side_b >= 0 ? sah_axis_title(turns->sides, (size_t)turn->side_b) : "";
    snprintf(text, NAME, "%.90s%s%.90s", a, *a && *b ? " \u2013 " : "", b);
}

static void draw_turn(const struct sah_chart *chart, const struct sah_turns *turns,
                      const struct sah_turn *turn, const struct sah_colour *colour,
                      struct sah_label_space *space) {
    double radius = 0.42 * chart->type_pt,
           y = row_middle(chart, turns->row[turn->kind]);
    double x = sah_chart_x(chart, turn->day), right = chart->x + chart->width;
    struct sah_box box = {x - radius, y - radius, x + radius, y + radius};
    while (!sah_label_free(space, box) && box.x1 < right)
        box.x0 += radius, box.x1 += radius;
    struct sah_colour none = sah_ink(SAH_INK_SOFT);
    struct sah_colour a = turn->side_a >= 0 ? colour[turn->side_a] : none;
    struct sah_colour b = turn->side_b >= 0 ? colour[turn->side_b] : a;
    draw_mark(chart, (box.x0 + box.x1) / 2, y, radius, a, b);
    sah_label_take(space, box);
}

/* At the right of its mark, if all of it has room. */
static void name_turn(const struct sah_chart *chart, const struct sah_turns *turns,
                      const struct sah_turn *turn, struct sah_label_space *space) {
    char text[NAME];
    struct sah_type_style style = {.size_pt = 0.9 * chart->type_pt,
                                   .ink = sah_ink(SAH_INK_SOFT)};
    double radius = 0.42 * chart->type_pt,
           y = row_middle(chart, turns->row[turn->kind]);
    double x = sah_chart_x(chart, turn->day) + radius + 2;
    write_name(turns, turn, text);
    double width = sah_type_measure(&style, text).width;
    struct sah_box box = {x, y - radius, x + width + 3, y + radius};
    if (!sah_label_free(space, box)) {
        box.x1 = x - 2 * radius - 4, box.x0 = box.x1 - width - 3;
        if (!sah_label_free(space, box)) return;
        x = box.x0 + 1;
    }
    sah_label_take(space, box);
    sah_canvas_text(chart->canvas, &style, x, y + 0.32 * chart->type_pt, SAH_AT_LEFT,
                    text);
}

void sah_turns_draw(const struct sah_chart *chart, const struct sah_turns *turns,
                    const struct sah_colour *colour) {
    struct sah_label_space space = {.bounds = {chart->x - 4, chart->y - 1,
                                               chart->x + chart->width + 4,
                                               chart->y + chart->height + 1}};
    if (turns->nrows == 0) return;
    draw_rows(chart, turns);
    for (size_t i = 0; i < turns->n; i++)
        draw_turn(chart, turns, &turns->turn[i], colour, &space);
    for (size_t i = 0; i < turns->n; i++)
        name_turn(chart, turns, &turns->turn[i], &space);
    sah_label_space_free(&space);
}
