/* Reading all records, then the index of all packs. */
#include "sim/study/stock.h"

#include "sim/study/packs.h"
#include "sim/study/study_work.h"

struct taker {
    const struct sah_study_folder *folder;
    size_t n, shard, shards;
    bool with_failed;
    unsigned char *there;
    struct sah_stock *stock;
    struct sah_error *err;
};

static void found(const struct taker *taker, size_t run, bool is_done) {
    if (run % taker->shards != taker->shard || taker->there[run]) return;
    if (!is_done && !taker->with_failed) return;
    taker->stock->found++;
    taker->stock->failed += !is_done;
    taker->there[run] = 1;
}

static int look_at_records(const struct taker *taker) {
    for (size_t r = taker->shard; r < taker->n; r += taker->shards) {
        enum sah_record_state state = SAH_RECORD_FAILED;
        struct sah_error unread = {0};
        int status = sah_study_recorded(taker->folder, r, &state, &unread);
        sah_error_clear(&unread);
        taker->stock->runs++;
        if (status == SAH_MISSING) continue;
        if (status)
            return sah_error_add(taker->err, status, "run %zu cannot be read", r);
        found(taker, r, state == SAH_RECORD_DONE);
    }
    return SAH_OK;
}

static int look_at_packs(const struct taker *taker) {
    int status = SAH_OK;
    for (size_t i = 0; !status && i < sah_pack_count(taker->n); i++) {
        struct sah_pack_index index;
        status = sah_pack_index_read(taker->folder, i, taker->n, &index, taker->err);
        for (size_t k = 0; !status && k < index.n; k++)
            found(taker, index.first + k, index.state[k] == SAH_RECORD_DONE);
        sah_pack_index_free(&index);
        if (status == SAH_MISSING) status = SAH_OK;
    }
    return status;
}

int sah_stock_take(const struct sah_study *study, const struct sah_study_folder *folder,
                   size_t shard, size_t shards, bool with_failed,
                   unsigned char *there, /* NOLINT(readability-non-const-parameter) */
                   struct sah_stock *stock, struct sah_error *err) {
    const struct taker taker = {
        folder, sah_study_runs(study), shard, shards, with_failed, there, stock, err};
    *stock = (struct sah_stock){0};
    int status = look_at_records(&taker);
    return status ? status : look_at_packs(&taker);
}
