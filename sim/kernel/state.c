/* Walks clock, chains of the logs, populations, arrays and the fields of models. */
#include "sim/kernel/state.h"

static int walk_population(struct sah_population *population,
                           const struct sah_state_visitor *visitor,
                           struct sah_error *err) {
    int status = SAH_OK;
    if (visitor->population) status = visitor->population(visitor->to, population, err);
    for (size_t k = 0; k < population->ncolumns && !status; k++)
        status = visitor->array(
            visitor->to, population->columns[k].name, population->columns[k].type,
            sah_population_column(population, k), population->n, err);
    if (!status && population->first)
        status = visitor->array(visitor->to, "first", SAH_I64, population->first,
                                population->ncells + 1, err);
    return status;
}

static int walk_log(struct sah_log *log, const struct sah_state_visitor *visitor,
                    struct sah_error *err) {
    int status = visitor->array(visitor->to, "log_chain", SAH_U64, log->chain, 2, err);
    if (status) return status;
    return visitor->array(visitor->to, "log_count", SAH_U64, &log->count, 1, err);
}

static int walk_fields(const struct sah_model *model, char *self,
                       const struct sah_state_visitor *visitor, struct sah_error *err) {
    int status = SAH_OK;
    for (const struct sah_field *f = model->fields; f && f->name && !status; f++)
        status =
            visitor->array(visitor->to, f->name, f->type, self + f->at, f->count, err);
    return status;
}

int sah_state_walk(struct sah_world *world, const struct sah_state_visitor *visitor,
                   struct sah_error *err) {
    void *to = visitor->to;
    int status = visitor->array(to, "today", SAH_I32, &world->today, 1, err);
    if (!status) status = visitor->array(to, "tick", SAH_U32, &world->tick, 1, err);
    for (size_t i = 0; i < world->nlogs && !status; i++)
        if (!world->logs[i].aside || !visitor->world_only)
            status = walk_log(&world->logs[i], visitor, err);
    for (size_t i = 0; i < world->npopulations && !status; i++)
        status = walk_population(world->population[i], visitor, err);
    for (size_t i = 0; i < world->nblocks && !status; i++) {
        struct sah_block *b = &world->block[i];
        status = visitor->array(to, b->name, b->type, b->data, b->count, err);
    }
    for (size_t i = 0; i < world->family->ncast && !status; i++)
        status = walk_fields(world->family->cast[i], world->self[i], visitor, err);
    return status;
}
