/* Every request passes the same gate, then one table of what there is to ask for.
 *
 * A page from elsewhere can send requests to 127.0.0.1 too: it cannot know the token; the
 * Host that a rebound name would bring is not ours; and what changes something must come
 * from our own Origin. */
#include "sim/explore/serve.h"

#include "sim/explore/controls.h"
#include "sim/explore/form.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

extern const unsigned char sah_explore_page[];
extern const size_t sah_explore_page_length;

enum { CONNECTIONS = 32, IDLE_SECONDS = 15, MEMORY = 32 * 1024 };

/* A request while its body comes in. */
struct request {
    size_t length;
    bool too_long;
    char body[SAH_FORM_BYTES];
};

/* ---- answers ----------------------------------------------------------------------- */

static const char *const headers[][2] = {
    {"Cache-Control", "no-store"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
     "img-src data: blob:; font-src data:; connect-src 'self'; frame-src 'self'; "
     "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"},
};

static enum MHD_Result send_it(struct MHD_Connection *connection, unsigned status,
                               const char *type, struct MHD_Response *response) {
    if (!response) return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        MHD_add_response_header(response, headers[i][0], headers[i][1]);
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result say(struct MHD_Connection *connection, unsigned status,
                           const char *text) {
    return send_it(connection, status, "text/plain; charset=utf-8",
                   MHD_create_response_from_buffer(
                       strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_MUST_COPY));
}

/* What `write` prints, as JSON. */
static enum MHD_Result say_json(struct MHD_Connection *connection,
                                void write(FILE *, const struct sah_server *),
                                const struct sah_server *server) {
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (!out) return MHD_NO;
    write(out, server);
    if (fclose(out) || !text) {
        free(text);
        return say(connection, MHD_HTTP_INTERNAL_SERVER_ERROR, "no memory\n");
    }
    return send_it(
        connection, MHD_HTTP_OK, "application/json",
        MHD_create_response_from_buffer(length, text, MHD_RESPMEM_MUST_FREE));
}

/* ---- what there is to ask for ------------------------------------------------------ */

typedef enum MHD_Result answer(struct sah_server *server,
                               struct MHD_Connection *connection, const char *rest,
                               const struct request *request);

static enum MHD_Result page(struct sah_server *server,
                            struct MHD_Connection *connection, const char *rest,
                            const struct request *request) {
    (void)server;
    (void)rest;
    (void)request;
    return send_it(connection, MHD_HTTP_OK, "text/html; charset=utf-8",
                   MHD_create_response_from_buffer(sah_explore_page_length,
                                                   (void *)(uintptr_t)sah_explore_page,
                                                   MHD_RESPMEM_PERSISTENT));
}

static void write_controls(FILE *out, const struct sah_server *server) {
    sah_controls_write(out, server->world);
}

static enum MHD_Result controls(struct sah_server *server,
                                struct MHD_Connection *connection, const char *rest,
                                const struct request *request) {
    (void)rest;
    (void)request;
    return say_json(connection, write_controls, server);
}

static void write_state(FILE *out, const struct sah_server *server) {
    sah_job_tell(&server->job, out);
}

static enum MHD_Result state(struct sah_server *server,
                             struct MHD_Connection *connection, const char *rest,
                             const struct request *request) {
    (void)rest;
    (void)request;
    return say_json(connection, write_state, server);
}

/* run/12.html */
static enum MHD_Result atlas(struct sah_server *server,
                             struct MHD_Connection *connection, const char *rest,
                             const struct request *request) {
    (void)request;
    char path[128], *end;
    long number = strtol(rest, &end, 10);
    struct stat about;
    if (*rest < '1' || *rest > '9' || strcmp(end, ".html") != 0 || number > INT32_MAX ||
        !sah_job_page(&server->job, (int)number, path))
        return say(connection, MHD_HTTP_NOT_FOUND, "there is no such run\n");
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &about)) {
        if (fd >= 0) close(fd);
        return say(connection, MHD_HTTP_NOT_FOUND, "there is no such run\n");
    }
    return send_it(connection, MHD_HTTP_OK, "text/html; charset=utf-8",
                   MHD_create_response_from_fd((uint64_t)about.st_size, fd));
}

static enum MHD_Result complain(struct MHD_Connection *connection, unsigned status,
                                struct sah_error *err) {
    char text[4096];
    snprintf(text, sizeof text, "%s\n", err->text ? err->text : "");
    sah_error_clear(err);
    return say(connection, status, text);
}

static enum MHD_Result begin(struct sah_server *server,
                             struct MHD_Connection *connection, const char *rest,
                             const struct request *request) {
    (void)rest;
    struct sah_error err = {0};
    struct sah_form form;
    int status =
        sah_form_read(request->body, request->length, server->world, &form, &err);
    unsigned code = MHD_HTTP_BAD_REQUEST;
    if (!status) {
        status = sah_job_start(&server->job, form.set, form.n, &err);
        code = MHD_HTTP_INTERNAL_SERVER_ERROR;
    }
    sah_form_free(&form);
    return status ? complain(connection, code, &err)
                  : say_json(connection, write_state, server);
}

static enum MHD_Result cancel(struct sah_server *server,
                              struct MHD_Connection *connection, const char *rest,
                              const struct request *request) {
    (void)rest;
    (void)request;
    sah_job_cancel(&server->job);
    return say_json(connection, write_state, server);
}

static const struct place {
    const char *method, *path;
    bool prefix; /* more may follow */
    answer *answer;
} places[] = {
    {"GET", "", false, page},
    {"GET", "controls.json", false, controls},
    {"GET", "state.json", false, state},
    {"GET", "run/", true, atlas},
    {"POST", "run", false, begin},
    {"POST", "cancel", false, cancel},
};

static bool is_at(const struct place *place, const char *path) {
    return place->prefix ? strncmp(path, place->path, strlen(place->path)) == 0
                         : strcmp(path, place->path) == 0;
}

/* ---- the gate ---------------------------------------------------------------------- */

static const char *header(struct MHD_Connection *connection, const char *name) {
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static bool is_own_host(const struct sah_server *server,
                        struct MHD_Connection *connection) {
    const char *host = header(connection, MHD_HTTP_HEADER_HOST);
    for (size_t i = 0; i < 2 && host; i++)
        if (strcmp(host, server->origin[i] + strlen("http://")) == 0) return true;
    return false;
}

static bool is_own_origin(const struct sah_server *server,
                          struct MHD_Connection *connection) {
    const char *origin = header(connection, "Origin");
    return origin && (strcmp(origin, server->origin[0]) == 0 ||
                      strcmp(origin, server->origin[1]) == 0);
}

static bool is_form(struct MHD_Connection *connection) {
    const char *type = header(connection, MHD_HTTP_HEADER_CONTENT_TYPE);
    return type && strncmp(type, MHD_HTTP_POST_ENCODING_FORM_URLENCODED,
                           strlen(MHD_HTTP_POST_ENCODING_FORM_URLENCODED)) == 0;
}

/* What follows "/TOKEN/", NULL where that does not stand there. All of the token is
 * looked at, however much of it is right. */
static const char *behind_token(const struct sah_server *server, const char *url) {
    unsigned apart = 0;
    size_t n = strlen(server->token);
    if (strlen(url) < n + 2) return NULL;
    for (size_t i = 0; i < n; i++) apart |= (unsigned)(url[i + 1] ^ server->token[i]);
    return url[0] == '/' && !apart && url[n + 1] == '/' ? url + n + 2 : NULL;
}

/* NULL where the request may pass; the status, and why not. */
static const char *refusal(const struct sah_server *server,
                           struct MHD_Connection *connection, const char *url,
                           const struct place *place, unsigned *status) {
    *status = MHD_HTTP_FORBIDDEN;
    if (!is_own_host(server, connection))
        return "this page is for this computer alone\n";
    *status = MHD_HTTP_NOT_FOUND;
    if (!behind_token(server, url)) return "nothing here; the address has a token\n";
    if (!place) return "nothing here\n";
    if (strcmp(place->method, "POST") != 0) return NULL;
    *status = MHD_HTTP_FORBIDDEN;
    if (!is_own_origin(server, connection))
        return "only our own page may ask for that\n";
    *status = MHD_HTTP_UNSUPPORTED_MEDIA_TYPE;
    return is_form(connection) ? NULL : "expected a form (urlencoded)\n";
}

static const struct place *find(const struct sah_server *server, const char *url,
                                const char *method, bool *other_method) {
    const char *path = behind_token(server, url);
    *other_method = false;
    for (size_t i = 0; path && i < sizeof places / sizeof *places; i++) {
        if (!is_at(&places[i], path)) continue;
        if (strcmp(method, places[i].method) == 0) return &places[i];
        *other_method = true;
    }
    return NULL;
}

/* Bytes beyond the bound are let pass unread. */
static void take(struct request *request, const char *data, size_t n) {
    if (request->too_long || n > sizeof request->body - request->length) {
        request->too_long = true;
        return;
    }
    memcpy(request->body + request->length, data, n);
    request->length += n;
}

static enum MHD_Result serve(void *self, struct MHD_Connection *connection,
                             const char *url, const char *method, const char *version,
                             const char *data, size_t *n, void **own) {
    (void)version;
    struct sah_server *server = self;
    bool other_method;
    const struct place *place = find(server, url, method, &other_method);
    if (!*own) { /* only the head has come */
        *own = calloc(1, sizeof(struct request));
        return *own ? MHD_YES : MHD_NO;
    }
    if (*n) {
        take(*own, data, *n);
        *n = 0;
        return MHD_YES;
    }
    unsigned status;
    const char *why = refusal(server, connection, url, place, &status);
    if (other_method && status == MHD_HTTP_NOT_FOUND)
        return say(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "not by this method\n");
    if (why) return say(connection, status, why);
    struct request *request = *own;
    if (request->too_long)
        return say(connection, MHD_HTTP_CONTENT_TOO_LARGE, "too much\n");
    const char *rest = behind_token(server, url) + strlen(place->path);
    return place->answer(server, connection, rest, request);
}

static void forget(void *self, struct MHD_Connection *connection, void **own,
                   enum MHD_RequestTerminationCode how) {
    (void)self;
    (void)connection;
    (void)how;
    free(*own);
    *own = NULL;
}

/* ---- life -------------------------------------------------------------------------- */

static int make_token(struct sah_server *server, struct sah_error *err) {
    unsigned char chance[16];
    if (getrandom(chance, sizeof chance, 0) != (ssize_t)sizeof chance)
        return sah_error_add(err, SAH_IO, "no random numbers to be had for the token");
    for (size_t i = 0; i < sizeof chance; i++)
        snprintf(server->token + 2 * i, 3, "%02x", chance[i]);
    return SAH_OK;
}

static int listen_at(struct sah_server *server, struct sah_error *err) {
    struct sockaddr_in here = {.sin_family = AF_INET,
                               .sin_port = htons(server->port),
                               .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL, 0, NULL, NULL, serve, server, MHD_OPTION_SOCK_ADDR,
        (struct sockaddr *)&here, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY, MHD_OPTION_NOTIFY_COMPLETED,
        forget, NULL, MHD_OPTION_END);
    if (!server->daemon)
        return sah_error_add(err, SAH_IO,
                             "cannot listen at 127.0.0.1, port %u; is it taken?",
                             server->port);
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    if (info) server->port = info->port;
    static const char *const names[] = {"127.0.0.1", "localhost"};
    for (size_t i = 0; i < 2; i++)
        snprintf(server->origin[i], sizeof server->origin[i], "http://%s:%u", names[i],
                 server->port);
    return SAH_OK;
}

int sah_server_open(struct sah_server *server, struct sah_error *err) {
    int status = make_token(server, err);
    if (!status) status = sah_job_open(&server->job, err);
    return status ? status : listen_at(server, err);
}

int sah_server_turn(struct sah_server *server, int milliseconds) {
    sah_job_poll(&server->job);
    return MHD_run_wait(server->daemon, milliseconds) == MHD_YES ? SAH_OK : SAH_IO;
}

void sah_server_close(struct sah_server *server) {
    if (server->daemon) MHD_stop_daemon(server->daemon);
    sah_job_close(&server->job);
}
