/* The laws of attrition and their equations' solution.
 *
 *   square     B' = -r R          R' = -b B           aimed fire (Lanchester 1916)
 *   linear     B' = -r R B/N      R' = -b B R/N       fire into an area
 *   deitchman  B' = -r R          R' = -b B R/N       guerrillas aim, regulars cannot
 *   kress      B' = -r R          R' = -b B (m + (1-m) R/P) + w C
 *              C  = b B (1-m) (1 - R/P),  civilians lose C to death and w C to red
 *
 * with N a fixed number (`scale`), m the share of operations that rest on intelligence, P
 * all among whom insurgents hide (civilians and themselves), w the backlash.
 * Sources: Lanchester 1916, "Aircraft in Warfare"; Deitchman 1962, "A Lanchester model of
 * guerrilla warfare", Operations Research 10; Kress and Szechtman 2009, "Why defeating
 * insurgencies is hard: the effect of intelligence in counterinsurgency operations",
 * Operations Research 57. Of the last, losses of the government are kept in aimed form
 * and reinforcements are left out. */
#include "models/classic/lanchester.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>

static double share(double part, double all) {
    return all > 0 ? part / all : 0;
}

/* Operations of the government: what hits insurgents, and what hits others. */
static void operate(const struct lanchester_attrition *law, const double *n,
                    struct lanchester_flow *flow) {
    double fire = law->blue_rate * n[LANCHESTER_BLUE], m = law->intelligence;
    double red = share(n[LANCHESTER_RED], n[LANCHESTER_RED] + n[LANCHESTER_CIVIL]);
    flow->killed[LANCHESTER_RED] = fire * (m + (1 - m) * red);
    flow->killed[LANCHESTER_CIVIL] = fire * (1 - m) * (1 - red);
    flow->joined = law->backlash * flow->killed[LANCHESTER_CIVIL];
}

struct lanchester_flow sah_lanchester_flow(const struct lanchester_attrition *law,
                                           const double n[LANCHESTER_SIDES]) {
    double blue = n[LANCHESTER_BLUE], red = n[LANCHESTER_RED];
    double fire = law->blue_rate * blue, fire_back = law->red_rate * red;
    struct lanchester_flow flow = {{fire_back, fire, 0}, 0};
    if (law->law == LANCHESTER_LINEAR)
        flow.killed[LANCHESTER_BLUE] *= blue / law->scale;
    if (law->law == LANCHESTER_LINEAR || law->law == LANCHESTER_DEITCHMAN)
        flow.killed[LANCHESTER_RED] *= red / law->scale;
    if (law->law == LANCHESTER_KRESS) operate(law, n, &flow);
    for (int s = 0; s < LANCHESTER_SIDES; s++)
        if (!(n[s] > 0)) flow.killed[s] = 0;
    if (!(n[LANCHESTER_CIVIL] > 0)) flow.joined = 0;
    return flow;
}

static int slope(double t, const double n[], double out[], void *law) {
    (void)t;
    struct lanchester_flow flow = sah_lanchester_flow(law, n);
    out[LANCHESTER_BLUE] = -flow.killed[LANCHESTER_BLUE];
    out[LANCHESTER_RED] = flow.joined - flow.killed[LANCHESTER_RED];
    out[LANCHESTER_CIVIL] = -flow.joined - flow.killed[LANCHESTER_CIVIL];
    return GSL_SUCCESS;
}

/* In steps of a day, cut at zero: a side that is gone stays gone. */
void sah_lanchester_solve(const struct lanchester_attrition *law, double days,
                          double n[LANCHESTER_SIDES]) {
    struct lanchester_attrition own = *law;
    gsl_odeiv2_system system = {slope, NULL, LANCHESTER_SIDES, &own};
    for (int s = 0; s < LANCHESTER_SIDES; s++) n[s] = (double)law->start[s];
    gsl_odeiv2_driver *driver =
        gsl_odeiv2_driver_alloc_y_new(&system, gsl_odeiv2_step_rkf45, 1e-2, 1e-6, 1e-9);
    if (!driver) return;
    double t = 0;
    for (int day = 1; t < days; day++) {
        double until = day < days ? day : days;
        if (gsl_odeiv2_driver_apply(driver, &t, until, n) != GSL_SUCCESS) break;
        for (int s = 0; s < LANCHESTER_SIDES; s++)
            if (n[s] < 0) n[s] = 0;
    }
    gsl_odeiv2_driver_free(driver);
}
