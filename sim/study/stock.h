/* What of a study is there already: in records, which are newer, and in packs. */
#ifndef SAH_STUDY_STOCK_H
#define SAH_STUDY_STOCK_H
#include "sim/study/study_folder.h"

/* Of the runs r with r % shards == shard. */
struct sah_stock {
    size_t runs; /* all of them */
    size_t found, failed;
};

/* `there` [all runs of the study] gets 1 where a run is there and sound; of runs that
 * failed only where `with_failed`. What is damaged counts as missing. */
int sah_stock_take(const struct sah_study *study, const struct sah_study_folder *folder,
                   size_t shard, size_t shards, bool with_failed, unsigned char *there,
                   struct sah_stock *stock, struct sah_error *err);

#endif
