/* Mechanism 15, control: five zones from presence and collaboration.
 *
 *   goal(c) = 2 (I - S) / (I + S + 0.05),   I = I/(I + half) * (1 - tips/2)
 *                                            S = state (1 - I/2 (1 - tips))
 *
 * and where a pact gives a group rule (33) it makes up for presence, I + ruled (1 - I);
 * control follows its goal with a half-life; rounded it gives Kalyvas's zones -2 .. 2.
 * Violence against civilians follows the zone: selective where one side has the upper
 * hand and is told who defects, little where it rules alone and at parity,
 *
 *   coercion = least + (scale - least) 4 d (1 - d),   d = max(0, own side's lead),
 *
 * d = 0 at parity, 1 under sole control. For experiments control can be `held` at one
 * zone everywhere. Source: Kalyvas (2006), The Logic of Violence
 * in Civil War, ch. 7; the parabola stands for his denunciation times defection. */
#include "models/sahel/world.h"

#include <math.h>

struct control {
    double half, half_life, least, scale, zone;
    bool held;
};

#define AT(field) .at = offsetof(struct control, field)
/* clang-format off */
static const struct sah_param params[] = {
    {.key = "half", .type = SAH_REAL, AT(half), .unit = "persons", .def = 30,
     .min = 0.1, .max = 1000, .source = "assumed",
     .doc = "Fighters felt that give half presence"},
    {.key = "half_life", .type = SAH_REAL, AT(half_life), .unit = "day", .def = 45,
     .min = 1, .max = 1000, .source = "assumed",
     .doc = "Time in which control follows half of the way"},
    {.key = "least", .type = SAH_REAL, AT(least), .unit = "1", .def = 0.5, .max = 1,
     .source = "assumed",
     .doc = "Violence against civilians at parity and sole control"},
    {.key = "scale", .type = SAH_REAL, AT(scale), .unit = "1", .def = 1.2, .max = 20,
     .source = "assumed", .doc = "Peak of violence against civilians"},
    {.key = "held", .type = SAH_SWITCH, AT(held), .unit = "1", .source = "design",
     .doc = "Control is held at `zone` in every cell: for experiments"},
    {.key = "zone", .type = SAH_REAL, AT(zone), .unit = "1", .def = 0, .min = -2,
     .max = 2, .source = "design", .doc = "Where control is held, -2 state .. 2 insurgents"},
    {0},
};
/* clang-format on */

static double goal_of(const struct control *own, const struct sahel *s, int32_t cell) {
    double tips = s->tips[cell];
    double insurgent =
        sahel_pull(s->insurgent[cell], (float)own->half) * (1 - 0.5 * tips);
    insurgent += (1 - insurgent) * s->ruled[cell]; /* pacts */
    double state = s->state[cell] * (1 - 0.5 * insurgent * (1 - tips));
    return 2 * (insurgent - state) / (insurgent + state + 0.05);
}

/* `lead` of one side, -1 .. 1; behind parity a side strikes as at parity. */
static double coercion_of(const struct control *own, double lead) {
    double d = lead > 0 ? lead : 0;
    return own->least + (own->scale - own->least) * 4 * d * (1 - d);
}

static void settle(void *self, struct sah_world *world, struct sah_span span) {
    const struct control *own = self;
    struct sahel *s = sahel_of(world);
    int32_t n = world->grid.ncells;
    double k = sahel_fading(own->half_life);
    for (int32_t c = (int32_t)span.begin; c < span.end; c++) {
        if (!world->theatre[c]) continue;
        s->control[c] =
            own->held
                ? (float)own->zone
                : s->control[c] + (float)(k * (goal_of(own, s, c) - s->control[c]));
        s->coercion[c] = (float)coercion_of(own, s->control[c] / 2.0);
        s->coercion[n + c] = (float)coercion_of(own, -s->control[c] / 2.0);
    }
}

static const struct sah_act acts[] = {
    {SAHEL_CONTROL, SAH_OVER_CELLS, settle, NULL,
     "Zones of control and their violence"},
    {0},
};

const struct sah_model sah_model_control = {
    .name = "control",
    .doc = "Control zones from presence and collaboration steer violence",
    .reference = "ODD 7.15; Kalyvas 2006",
    .acts = acts,
    .size = sizeof(struct control),
    .params = params,
};
