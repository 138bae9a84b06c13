/* The built page up to its mark, the data, the rest of the page. */
#include "output/atlas_impl.h"
#include "output/canvas_file.h"
#include "output/captions.h"
#include "output/comparison.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

static const char MARK[] = "<!--SAHEL-DATA-->";

/* ---- data ----------------------------------------------------------------------------- */

static void put_run(struct sah_json *json, struct sah_result *result) {
    const struct sah_result_run *run = sah_result_run(result);
    sah_json_open(json, "run", '{');
    sah_json_text(json, "title", run->title);
    sah_json_text(json, "model", run->model);
    sah_json_text(json, "digest", run->digest);
    sah_json_text(json, "version", run->version);
    sah_json_whole(json, "seed", run->seed);
    sah_json_whole(json, "start", run->start);
    sah_json_whole(json, "end", run->end);
    sah_json_text(json, "fields_every", run->fields_every);
    sah_json_close(json, '{');
}

/* What names a machine or a path of it is left out: pages are passed on. */
static bool is_private(const char *name) {
    static const char *const kept[] = {"software/", "resources/", "environment/threads",
                                       "environment/instructions"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (strncmp(name, kept[i], strlen(kept[i])) == 0) return false;
    return true;
}

int sah_atlas_origin(struct sah_json *json, struct sah_result *result,
                     struct sah_error *err) {
    const struct sah_result_fact *fact;
    struct sah_captions captions = {0};
    const char *yaml = "";
    size_t n = 0;
    int code = sah_result_scenario(result, &yaml, err);
    if (!code) code = sah_result_provenance(result, &fact, &n, err);
    if (!code) code = sah_captions_read(result, &captions, err);
    sah_json_text(json, "scenario", yaml);
    sah_json_open(json, "captions", '[');
    for (size_t i = 0; i < captions.n; i++) {
        sah_json_open(json, NULL, '{');
        sah_json_whole(json, "day", captions.caption[i].day);
        sah_json_text(json, "text", captions.caption[i].text);
        sah_json_close(json, '{');
    }
    sah_json_close(json, '[');
    sah_json_open(json, "provenance", '[');
    for (size_t i = 0; i < n && !code; i++) {
        if (is_private(fact[i].name)) continue;
        sah_json_text(json, NULL, fact[i].name);
        sah_json_text(json, NULL, fact[i].value);
    }
    sah_json_close(json, '[');
    sah_captions_free(&captions);
    return code;
}

static int put_result(FILE *out, struct sah_map_source *source, struct sah_error *err) {
    struct sah_json json = {.out = out};
    sah_json_open(&json, NULL, '{');
    const struct sah_result_land *land = NULL;
    put_run(&json, source->result);
    int code = sah_result_land(source->result, &land, err);
    sah_atlas_land(&json, sah_result_grid(source->result), source->geo,
                   !code && land ? land->country : NULL);
    if (!code) code = sah_atlas_fields(&json, source, err);
    if (!code) code = sah_atlas_events(&json, source->result, err);
    if (!code) code = sah_atlas_series(&json, source->result, err);
    if (!code) code = sah_atlas_groups(&json, source->result, err);
    if (!code) code = sah_atlas_ledger(&json, source->result, err);
    if (!code) code = sah_atlas_origin(&json, source->result, err);
    sah_json_close(&json, '{');
    return code;
}

static int put_data(FILE *out, const char *path, struct sah_error *err) {
    struct sah_map_source source = {0};
    struct sah_json json = {.out = out};
    if (sah_comparison_is(path)) return sah_atlas_comparison(&json, path, err);
    if (sah_study_file_is(path)) return sah_atlas_study(&json, path, err);
    int code = sah_map_source_open(&source, path, err);
    if (!code) code = put_result(out, &source, err);
    sah_map_source_close(&source);
    return code;
}

/* ---- page ----------------------------------------------------------------------------- */

static int write_page(FILE *out, const char *path, struct sah_error *err) {
    const char *page = (const char *)sah_atlas_page;
    const char *mark = strstr(page, MARK);
    if (!mark)
        return sah_error_add(err, SAH_CHECK, "the page of the atlas has no mark");
    fwrite(page, 1, (size_t)(mark - page), out);
    fputs("<script type=\"application/json\" id=\"data\">", out);
    int code = put_data(out, path, err);
    fputs("</script>", out);
    fputs(mark + strlen(MARK), out);
    return code;
}

static int make(const struct sah_atlas_options *options, struct sah_error *err) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (!out) return sah_error_add(err, SAH_MEMORY, "no memory for an atlas");
    int code = write_page(out, options->result, err);
    bool lost = ferror(out) != 0;
    if ((fclose(out) != 0 || lost) && !code)
        code = sah_error_add(err, SAH_MEMORY, "no memory for an atlas");
    struct sah_bytes bytes = {.data = (unsigned char *)text, .n = length};
    if (!code) code = sah_bytes_save(&bytes, options->path, options->force, err);
    free(text);
    return code;
}

static int check_target(const struct sah_atlas_options *options,
                        struct sah_error *err) {
    const char *dot = strrchr(options->path, '.');
    struct stat there;
    if (!dot || (strcasecmp(dot, ".html") != 0 && strcasecmp(dot, ".htm") != 0))
        return sah_error_add(err, SAH_INPUT, "%s: an atlas is a page; .html?",
                             options->path);
    if (stat(options->path, &there) != 0) return SAH_OK;
    if (!S_ISREG(there.st_mode))
        return sah_error_add(err, SAH_INPUT, "%s: is not a regular file",
                             options->path);
    if (options->force) return SAH_OK;
    return sah_error_add(err, SAH_EXISTS, "%s: exists already; --force replaces it",
                         options->path);
}

int sah_atlas(const struct sah_atlas_options *options, struct sah_error *err) {
    int code = check_target(options, err);
    return code ? code : make(options, err);
}
