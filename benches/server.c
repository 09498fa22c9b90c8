/*
 * The server of the measurements: gives fixed answers as FinAut's server would, over plain HTTP/1.1 and TLS, and costs so little that
 * the client's cost shows. It judges nothing and keeps nothing but two counters.
 *
 * Build and run (benches/run.sh does it):
 *   cc -O2 -o server benches/server.c -lssl -lcrypto -lz -lpthread
 *   ./server [--pages N] [--gzip] [--cert FILE --key FILE]
 *
 * It prints "plain PORT", with a certificate "tls PORT" too, and runs until its standard input ends. It answers
 *   POST /o/token/                      a token for an hour
 *   GET  /finautapi/v1/user/N/          one person, always the same 773 bytes
 *   GET  /finautapi/v1/user/?page=N     100 people of 768 bytes each, and the number of the next page, over --pages pages (1000)
 *   GET  /finautapi/v1/user/?persnr=N   nobody
 *   POST /finautapi/v1/user/            201, with what was sent and an id
 *   GET  /counts                        connections and requests so far, this connection and request included
 * Every answer has a Content-Length. With --gzip the bodies are packed for a client that accepts it.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

enum { PER_PAGE = 100, GET_BYTES = 773, LISTED_BYTES = 768, FIRST_ID = 500000 };

static atomic_long connections, requests;
static long pages = 1000;
static int packs;

struct listener {
    int socket;
    SSL_CTX *tls;
    char base[64]; /* http://127.0.0.1:PORT/finautapi/v1 */
    char person[GET_BYTES + 1];
};

struct connection {
    struct listener *listener;
    int socket;
    SSL *tls;
    char *out, *packed;
    size_t room;
    char in[16384];
};

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

/* One person as JSON, in exactly `bytes` bytes: the comment takes what is left. */
static void write_person(char *out, const char *base, long id, int bytes)
{
    int length, left;
    length = snprintf(out, (size_t)bytes + 1,
        "{\"id\":\"%s/user/%06ld/\",\"persnr\":\"018190%05ld\",\"first_name\":\"Bjørg Åse\",\"last_name\":\"Hætta-Sørensen\","
        "\"email\":\"bjorg.%06ld@bank.example\",\"mobile\":\"91234567\",\"employee_alias\":\"E%06ld\","
        "\"work_for\":{\"company\":\"%s/companies/412/\",\"department\":\"%s/departments/2718/\",\"franchise\":null},"
        "\"employment\":[\"%s/employment/%06ld/\"],"
        "\"userroles\":[{\"usertype\":\"afr_ka\",\"company\":\"%s/companies/412/\"},\"%s/userrole/krd_ka/\"],\"comment\":\"",
        base, id, id % 100000, id, id, base, base, base, id, base, base);
    left = bytes - length - 2;
    if (left < 0) {
        fprintf(stderr, "a person takes more than %d bytes\n", bytes);
        exit(1);
    }
    memset(out + length, 'k', (size_t)left);
    memcpy(out + length + left, "\"}", 3);
}

static int send_all(struct connection *c, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = c->tls ? SSL_write(c->tls, bytes, (int)length) : send(c->socket, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return 0;
        bytes += sent;
        length -= (size_t)sent;
    }
    return 1;
}

/* Where the body of an answer begins in `out`; the head is written before it. */
enum { HEAD_ROOM = 256 };

static int answer(struct connection *c, const char *status, size_t length, int pack)
{
    char head[HEAD_ROOM];
    int head_length;
    char *body = c->out + HEAD_ROOM;
    if (pack) {
        z_stream z = { 0 };
        if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
            return 0;
        z.next_in = (unsigned char *)body;
        z.avail_in = (unsigned)length;
        z.next_out = (unsigned char *)c->packed + HEAD_ROOM;
        z.avail_out = (unsigned)(c->room - HEAD_ROOM);
        if (deflate(&z, Z_FINISH) != Z_STREAM_END)
            return 0;
        length = z.total_out;
        deflateEnd(&z);
        body = c->packed + HEAD_ROOM;
    }
    head_length = snprintf(head, sizeof head,
        "HTTP/1.1 %s\r\nServer: bench\r\nContent-Type: application/json\r\nAllow: GET, POST, HEAD, OPTIONS\r\n"
        "Vary: Accept\r\n%sContent-Length: %zu\r\n\r\n",
        status, pack ? "Content-Encoding: gzip\r\n" : "", length);
    memcpy(body - head_length, head, (size_t)head_length);
    return send_all(c, body - head_length, (size_t)head_length + length);
}

static size_t page(struct connection *c, long number)
{
    char *body = c->out + HEAD_ROOM, *at = body;
    const char *base = c->listener->base;
    int n;
    at += sprintf(at, "{\"count\":%ld,\"next\":", pages * PER_PAGE);
    at += number < pages ? sprintf(at, "\"%s/user/?page=%ld\"", base, number + 1) : sprintf(at, "null");
    at += number > 1 ? sprintf(at, ",\"previous\":\"%s/user/?page=%ld\"", base, number - 1) : sprintf(at, ",\"previous\":null");
    at += sprintf(at, ",\"results\":[");
    for (n = 0; n < PER_PAGE; n++) {
        write_person(at, base, FIRST_ID + (number - 1) * PER_PAGE + n, LISTED_BYTES);
        at += LISTED_BYTES;
        *at++ = ',';
    }
    at[-1] = ']';
    *at++ = '}';
    return (size_t)(at - body);
}

/* Answers one request; `body` has what it brings. 0: the connection is to be closed. */
static int serve(struct connection *c, char *head, const char *body, size_t length)
{
    char *out = c->out + HEAD_ROOM;
    char *query;
    int pack = packs && strcasestr(head, "gzip") != NULL;
    if (strncmp(head, "POST /o/token/", 14) == 0)
        return answer(c, "200 OK", (size_t)sprintf(out,
            "{\"access_token\":\"k3Vb0sWqXz7uT1nRcY5mJd8eLhPfGa\",\"token_type\":\"Bearer\",\"expires_in\":3600,"
            "\"scope\":\"read write\"}"), pack);
    if (strncmp(head, "POST /finautapi/v1/user/ ", 25) == 0 && length > 0 && length < 4096)
        return answer(c, "201 Created",
            (size_t)sprintf(out, "{\"id\":\"%s/user/590496/\",%.*s", c->listener->base, (int)length - 1, body + 1), pack);
    if (strncmp(head, "GET /counts", 11) == 0)
        return answer(c, "200 OK", (size_t)sprintf(out, "{\"connections\":%ld,\"requests\":%ld}", connections, requests), 0);
    if (strncmp(head, "GET /finautapi/v1/user/", 23) != 0)
        return answer(c, "404 Not Found", (size_t)sprintf(out, "{\"detail\":\"Not found.\"}"), pack);
    query = head + 23;
    if (*query >= '0' && *query <= '9') {
        memcpy(out, c->listener->person, GET_BYTES);
        return answer(c, "200 OK", GET_BYTES, pack);
    }
    if (strncmp(query, "?persnr=", 8) == 0)
        return answer(c, "200 OK", (size_t)sprintf(out, "{\"count\":0,\"next\":null,\"previous\":null,\"results\":[]}"), pack);
    query = strncmp(query, "?page=", 6) == 0 ? query + 6 : "1";
    return answer(c, "200 OK", page(c, atol(query)), pack);
}

static void *converse(void *taken)
{
    struct connection *c = taken;
    size_t filled = 0;
    int open = 1;
    /* A page, and as much again for packing what cannot be packed. */
    c->room = HEAD_ROOM + 2 * PER_PAGE * (LISTED_BYTES + 1) + 4096;
    c->out = malloc(c->room);
    c->packed = malloc(c->room);
    if (c->listener->tls) {
        c->tls = SSL_new(c->listener->tls);
        SSL_set_fd(c->tls, c->socket);
        open = SSL_accept(c->tls) == 1;
    }
    while (open) {
        char *end, *given;
        size_t head, body = 0;
        ssize_t got = c->tls ? SSL_read(c->tls, c->in + filled, (int)(sizeof c->in - 1 - filled))
                             : recv(c->socket, c->in + filled, sizeof c->in - 1 - filled, 0);
        if (got <= 0)
            break;
        filled += (size_t)got;
        c->in[filled] = 0;
        while (open && (end = strstr(c->in, "\r\n\r\n")) != NULL) {
            head = (size_t)(end + 4 - c->in);
            end[2] = 0;
            given = c->in[0] == 'G' ? NULL : strcasestr(c->in, "\r\ncontent-length:");
            body = given ? strtoul(given + 17, NULL, 10) : 0;
            end[2] = '\r';
            if (filled < head + body)
                break;
            requests++;
            end[2] = 0;
            open = serve(c, c->in, c->in + head, body);
            filled -= head + body;
            memmove(c->in, c->in + head + body, filled + 1);
        }
        if (filled == sizeof c->in - 1)
            break;
    }
    if (c->tls)
        SSL_free(c->tls);
    close(c->socket);
    free(c->out);
    free(c->packed);
    free(c);
    return NULL;
}

static void *accept_all(void *taken)
{
    struct listener *listener = taken;
    for (;;) {
        pthread_t thread;
        pthread_attr_t attributes;
        int on = 1;
        struct connection *c = calloc(1, sizeof *c);
        c->listener = listener;
        c->socket = accept(listener->socket, NULL, NULL);
        if (c->socket < 0)
            fail("accept");
        connections++;
        setsockopt(c->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        pthread_attr_init(&attributes);
        pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
        if (pthread_create(&thread, &attributes, converse, c) != 0)
            fail("pthread_create");
    }
    return NULL;
}

static struct listener *listen_at(const char *scheme, SSL_CTX *tls)
{
    struct sockaddr_in address = { 0 };
    socklen_t length = sizeof address;
    pthread_t thread;
    struct listener *listener = calloc(1, sizeof *listener);
    listener->tls = tls;
    listener->socket = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener->socket, (struct sockaddr *)&address, length) != 0 || listen(listener->socket, 128) != 0
        || getsockname(listener->socket, (struct sockaddr *)&address, &length) != 0)
        fail("bind");
    snprintf(listener->base, sizeof listener->base, "%s://127.0.0.1:%d/finautapi/v1", scheme, ntohs(address.sin_port));
    write_person(listener->person, listener->base, 590496, GET_BYTES);
    if (pthread_create(&thread, NULL, accept_all, listener) != 0)
        fail("pthread_create");
    printf("%s %d\n", tls ? "tls" : "plain", ntohs(address.sin_port));
    return listener;
}

int main(int argc, char **argv)
{
    const char *cert = NULL, *key = NULL;
    char byte;
    int n;
    for (n = 1; n < argc; n++) {
        if (strcmp(argv[n], "--gzip") == 0)
            packs = 1;
        else if (strcmp(argv[n], "--pages") == 0 && n + 1 < argc)
            pages = atol(argv[++n]);
        else if (strcmp(argv[n], "--cert") == 0 && n + 1 < argc)
            cert = argv[++n];
        else if (strcmp(argv[n], "--key") == 0 && n + 1 < argc)
            key = argv[++n];
        else
            return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    listen_at("http", NULL);
    if (cert && key) {
        SSL_CTX *tls = SSL_CTX_new(TLS_server_method());
        SSL_CTX_set_read_ahead(tls, 1);
        if (SSL_CTX_use_certificate_chain_file(tls, cert) != 1 || SSL_CTX_use_PrivateKey_file(tls, key, SSL_FILETYPE_PEM) != 1)
            return 1;
        listen_at("https", tls);
    }
    fflush(stdout);
    while (read(0, &byte, 1) > 0) {
    }
    return 0;
}
