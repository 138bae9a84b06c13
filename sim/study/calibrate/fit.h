/* What a calibration is after: `fit` in a study file.
 *
 *     fit:
 *       facts: [F1, F4 2017, F15 MLI lat]   # of `sahel facts`; left out: all for fitting
 *       leave: [F8]                         # but for these
 *       observed:                           # and values of measures of the study
 *         - {measure: rebels, value: 120, band: [100, 150], scale: log}
 *       waves: 3          # waves in all
 *       points: 0         # of a later wave; 0: as many as the design has
 *       cutoff: 3         # implausibility beyond which a point is ruled out
 *       forgive: 0        # share of the aims that may lie beyond it
 *       discrepancy: 0.5  # of the model, a standard deviation in half widths of the band
 *       sample: 64        # points of the posterior sample
 *
 * An aim is one number that runs should meet: an item of a fact, or the value of a measure.
 * Its distance from the record is told in half widths of its band, on a straight or
 * logarithmic axis: within -1..1 is a hit. Items that are for checking are refused. */
#ifndef SAH_STUDY_CALIBRATE_FIT_H
#define SAH_STUDY_CALIBRATE_FIT_H
#include "output/facts/facts.h"
#include "sim/study/study.h"

enum { SAH_AIM_TEXT = 128, SAH_FIT_WAVES = 20 };

struct sah_aim {
    const struct sah_fact_item *item; /* or NULL: a measure */
    size_t measure;                   /* its row in the study's list */
    char name[SAH_AIM_TEXT];          /* "F4 all 2017", "rebels" */
    const char *unit;
    bool is_log;
    double value, low, high; /* on record, and the ends of the band */
    double middle, half;     /* on the axis */
    double least;            /* of a logarithm: what is smaller counts as this; or 0 */
};

struct sah_fit {
    int64_t waves, points, sample;
    double cutoff, forgive, discrepancy;
    const char *log; /* of facts: NULL for what is observed */
    size_t naims;
    struct sah_aim *aim;
    /* read, before what they name is found */
    struct sah_names facts, leave;
    char *log_name;
};

/* Reads it against an open study, or what there is of one that is wrong: all mistakes are
 * told. Free in any case. */
int sah_fit_read(struct sah_fit *fit, struct sah_study *study, struct sah_error *err);
void sah_fit_free(struct sah_fit *fit);

/* Half widths of the band from the record, and back. What is not finite becomes NAN. */
double sah_aim_off(const struct sah_aim *aim, double value);
double sah_aim_value(const struct sah_aim *aim, double off);

#endif
