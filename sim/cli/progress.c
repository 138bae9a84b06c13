/* A line that changes on a terminal, ten lines elsewhere. */
#include "sim/cli/progress.h"

#include "sim/cli/say.h"
#include "sim/study/cost.h"

#include <unistd.h>

struct sah_progress sah_progress_begin(bool quiet) {
    return (struct sah_progress){.quiet = quiet,
                                 .is_terminal = isatty(STDERR_FILENO) == 1,
                                 .begun = sah_wall_seconds()};
}

void sah_progress_tell(void *user, size_t done, size_t runs) {
    struct sah_progress *p = user;
    int tenths = (int)(done * 10 / runs);
    if (p->quiet || (!p->is_terminal && tenths <= p->told_tenths)) return;
    p->told_tenths = tenths;
    double left =
        (sah_wall_seconds() - p->begun) * (double)(runs - done) / (double)done;
    fprintf(stderr, "%s%zu of %zu runs, %s left%s", p->is_terminal ? "\r\033[K" : "",
            done, runs, sah_say_seconds(left).text,
            p->is_terminal && done < runs ? "" : "\n");
}
