/* Versions of the libraries as they were loaded, not as they were compiled against. */
#include "sim/cli/version.h"

#include "sah_version.h"
#include "sim/cli/data.h"
#include "sim/kernel/isa.h"

#include <cairo.h>
#include <gsl/gsl_version.h>
#include <hdf5.h>
#include <libfyaml.h>
#include <omp.h>
#include <pango/pango.h>

#if defined(__clang__)
#define COMPILER "clang " __clang_version__
#elif defined(__GNUC__)
#define COMPILER "gcc " __VERSION__
#else
#define COMPILER "unknown"
#endif

void sah_print_version(FILE *out) {
    unsigned major = 0, minor = 0, release = 0;
    H5get_libversion(&major, &minor, &release);
    fprintf(out, "sahel %s (%s)\n", SAH_VERSION, SAH_COMMIT);
    fprintf(out, "  compiler      %s\n", COMPILER);
    fprintf(out, "  instructions  %s\n", sah_isa_name(sah_isa_best()));
    fprintf(out, "  data          %s\n", sah_data_folder());
    fprintf(out, "  threads       %d\n", omp_get_max_threads());
    fprintf(out, "  GSL           %s\n", gsl_version);
    fprintf(out, "  HDF5          %u.%u.%u\n", major, minor, release);
    fprintf(out, "  libfyaml      %s\n", fy_library_version());
    fprintf(out, "  Cairo         %s\n", cairo_version_string());
    fprintf(out, "  Pango         %s\n", pango_version_string());
}
