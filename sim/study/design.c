/* Sizes and tables of the kinds; the sampled ones stand in design_sample.c. */
#include "sim/study/design.h"

#include "sim/study/design_impl.h"

#include <math.h>
#include <stdlib.h>

const char *const sah_design_names[] = {"grid",  "list",   "oat",      "lhs",
                                        "sobol", "morris", "saltelli", NULL};

bool sah_design_has_levels(enum sah_design_kind kind) {
    return kind <= SAH_DESIGN_OAT;
}

/* ---- sizes -------------------------------------------------------------------------- */

/* As doubles: a grid may be larger than any number of ours. */
static double product(const size_t *levels, size_t n) {
    double all = 1;
    for (size_t k = 0; k < n; k++) all *= (double)levels[k];
    return all;
}

static double sum(const size_t *levels, size_t n) {
    double all = 0;
    for (size_t k = 0; k < n; k++) all += (double)levels[k];
    return all;
}

static double count(const struct sah_design_request *request) {
    double n = (double)request->points, k = (double)request->nfactors;
    switch (request->kind) {
    case SAH_DESIGN_GRID:
        return product(request->levels, request->nfactors);
    case SAH_DESIGN_LIST:
        return request->nfactors ? (double)request->levels[0] : n;
    case SAH_DESIGN_OAT:
        return 1 + sum(request->levels, request->nfactors);
    case SAH_DESIGN_MORRIS:
        return n * (k + 1);
    case SAH_DESIGN_SALTELLI:
        return n * (k + 2);
    case SAH_DESIGN_LHS:
    case SAH_DESIGN_SOBOL:
        break;
    }
    return n;
}

static int check(const struct sah_design_request *request, struct sah_error *err) {
    enum sah_design_kind kind = request->kind;
    size_t most = kind == SAH_DESIGN_SOBOL      ? 40
                  : kind == SAH_DESIGN_SALTELLI ? 20
                                                : SAH_DESIGN_FACTORS;
    double n = count(request);
    if (request->nfactors > most)
        return sah_error_add(err, SAH_INPUT,
                             "%s takes at most %zu factors, there are %zu",
                             sah_design_names[kind], most, request->nfactors);
    if (n > SAH_DESIGN_POINTS)
        return sah_error_add(err, SAH_INPUT, "%.6g points, at most %d are possible", n,
                             SAH_DESIGN_POINTS);
    return SAH_OK;
}

/* ---- tables by level ----------------------------------------------------------------- */

static void fill_grid(const struct sah_design_request *request,
                      const struct sah_design *design) {
    for (size_t p = 0; p < design->npoints; p++) {
        size_t rest = p;
        for (size_t k = design->nfactors; k-- > 0; rest /= request->levels[k])
            design->at[p * design->nfactors + k] = (double)(rest % request->levels[k]);
    }
}

static void fill_list(const struct sah_design *design) {
    for (size_t p = 0; p < design->npoints; p++)
        for (size_t k = 0; k < design->nfactors; k++)
            design->at[p * design->nfactors + k] = (double)p;
}

static void fill_oat(const struct sah_design_request *request,
                     const struct sah_design *design) {
    size_t n = design->npoints * design->nfactors, p = 1;
    for (size_t i = 0; i < n; i++) design->at[i] = NAN;
    for (size_t k = 0; k < design->nfactors; k++)
        for (size_t level = 0; level < request->levels[k]; level++, p++)
            design->at[p * design->nfactors + k] = (double)level;
}

static int fill(const struct sah_design_request *request, struct sah_design *design,
                struct sah_error *err) {
    switch (request->kind) {
    case SAH_DESIGN_GRID:
        fill_grid(request, design);
        return SAH_OK;
    case SAH_DESIGN_LIST:
        fill_list(design);
        return SAH_OK;
    case SAH_DESIGN_OAT:
        fill_oat(request, design);
        return SAH_OK;
    case SAH_DESIGN_LHS:
        return sah_design_lhs(design, request->seed, err);
    case SAH_DESIGN_SOBOL:
        return sah_design_sobol(design, err);
    case SAH_DESIGN_MORRIS:
        sah_design_morris(design, request->grid, request->seed);
        return SAH_OK;
    case SAH_DESIGN_SALTELLI:
        break;
    }
    return sah_design_saltelli(design, err);
}

/* ---- life --------------------------------------------------------------------------- */

int sah_design_create(const struct sah_design_request *request,
                      struct sah_design *design, struct sah_error *err) {
    *design = (struct sah_design){.kind = request->kind, .nfactors = request->nfactors};
    int status = check(request, err);
    if (status) return status;
    design->npoints = (size_t)count(request);
    bool is_based =
        request->kind == SAH_DESIGN_MORRIS || request->kind == SAH_DESIGN_SALTELLI;
    design->base = is_based ? request->points : design->npoints;
    design->at = calloc(design->npoints * design->nfactors + 1, sizeof *design->at);
    if (!design->at)
        return sah_error_add(err, SAH_MEMORY, "no memory for %zu points",
                             design->npoints);
    return fill(request, design, err);
}

void sah_design_free(struct sah_design *design) {
    free(design->at);
    *design = (struct sah_design){0};
}
