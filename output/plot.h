/* Pictures of a result that are no maps: what `sahel plot` draws. */
#ifndef SAH_OUTPUT_PLOT_H
#define SAH_OUTPUT_PLOT_H
#include "output/canvas.h"
#include "output/result.h"
#include "output/study_file.h"

struct sah_plot_options {
    const char *result;         /* path of run.h5, study.h5 or of a comparison */
    const char *const *results; /* all of them, that one first; one but for a fan */
    size_t nresults;
    const char *kind; /* name of a row below */
    const char *only; /* one series or ledger entry instead of the usual set, or NULL */
    const char *by;   /* of a study: "a" or "a,b", factors of a heat map; or NULL */
    int64_t point;    /* of a study: the point of a fan */
    struct sah_picture picture;
};

/* Draws and writes the picture. */
int sah_plot(const struct sah_plot_options *options, struct sah_error *err);

/* What kinds there are; ends without name. */
struct sah_plot_kind {
    const char *name, *doc;
    bool many; /* takes more than one result */
    /* Of a result, or of a file that `file` opens itself. */
    int (*draw)(struct sah_result *result, const struct sah_plot_options *options,
                struct sah_error *err);
    int (*file)(const struct sah_plot_options *options, struct sah_error *err);
    /* Of a study; NULL: there is none. */
    int (*study)(struct sah_study_file *file, const struct sah_plot_options *options,
                 struct sah_error *err);
};
extern const struct sah_plot_kind sah_plot_kinds[];

#endif
