/*
 * The peer: what a C programmer writes by hand with libcurl and cJSON, carefully. The handle is kept (so the connection is, too), the
 * buffer is used again, each body is parsed once and looked at as little as needed. It has no throttle, no retry, no state; the token
 * is fetched once and never renewed. With --nosignal 1 libcurl leaves the process's signals alone, as a program with threads must ask
 * it to (CURLOPT_NOSIGNAL); without, it blocks SIGPIPE around each request, which is its default and costs six system calls.
 *
 * Build and run (benches/run.sh does it; Debian: libcurl4-openssl-dev, libcjson-dev):
 *   cc -O2 -I benches -o libcurl benches/peers/libcurl.c -lcurl -lcjson
 *   ./libcurl CASE --host URL [--ca FILE] [--nosignal 1] [--calls N]
 *
 *   get     GET user/590496/, its JSON parsed to a tree, the id looked for
 *   fresh   the same with a new handle for each call
 *   list    all pages of user/: each parsed, its items moved into one array, `next` followed. The result is that tree: it could be
 *           walked, and is not written as text again. Prints "BYTES PEAK" (bytes of all bodies, most memory)
 *   walk    the list as one text, fetched page by page before: parsed to a tree, three fields of each person read, freed
 */
#include <cjson/cJSON.h>
#include <curl/curl.h>

#include "blocks.h"

struct buffer {
    char *bytes;
    size_t length, room;
};

struct peer {
    CURL *curl;
    struct curl_slist *headers;
    struct buffer body;
    const char *host, *ca;
    long no_signal;
    cJSON *people;
    long long bytes;
};

static void append(struct buffer *buffer, const char *bytes, size_t length)
{
    if (buffer->length + length + 1 > buffer->room) {
        buffer->room = 2 * (buffer->length + length + 1);
        buffer->bytes = realloc(buffer->bytes, buffer->room);
        if (!buffer->bytes)
            stop("realloc", NULL);
    }
    memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = 0;
}

static size_t take(char *bytes, size_t size, size_t count, void *buffer)
{
    append(buffer, bytes, size * count);
    return size * count;
}

static void open_handle(struct peer *peer)
{
    peer->curl = curl_easy_init();
    if (!peer->curl)
        stop("curl_easy_init", NULL);
    curl_easy_setopt(peer->curl, CURLOPT_NOSIGNAL, peer->no_signal);
    curl_easy_setopt(peer->curl, CURLOPT_TIMEOUT, 30L);
    curl_easy_setopt(peer->curl, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(peer->curl, CURLOPT_WRITEDATA, &peer->body);
    if (peer->ca)
        curl_easy_setopt(peer->curl, CURLOPT_CAINFO, peer->ca);
    if (peer->headers)
        curl_easy_setopt(peer->curl, CURLOPT_HTTPHEADER, peer->headers);
}

/* Fetches what a path of the host has into the body. */
static void fetch(struct peer *peer, const char *url)
{
    long status = 0;
    CURLcode code;
    peer->body.length = 0;
    curl_easy_setopt(peer->curl, CURLOPT_URL, url);
    code = curl_easy_perform(peer->curl);
    if (code != CURLE_OK)
        stop(url, curl_easy_strerror(code));
    curl_easy_getinfo(peer->curl, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200)
        stop(url, peer->body.bytes);
}

static cJSON *parsed(const struct buffer *body)
{
    cJSON *tree = cJSON_ParseWithLength(body->bytes, body->length);
    if (!tree)
        stop("no JSON", body->bytes);
    return tree;
}

static const char *text_of(const cJSON *object, const char *name)
{
    const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
    if (!text)
        stop("missing", name);
    return text;
}

static void sign_in(struct peer *peer)
{
    char url[256], header[256];
    cJSON *token;
    open_handle(peer);
    curl_easy_setopt(peer->curl, CURLOPT_POSTFIELDS,
        "grant_type=client_credentials&client_id=bench&client_secret=bench-secret&scope=read+write");
    snprintf(url, sizeof url, "%s/o/token/", peer->host);
    fetch(peer, url);
    token = parsed(&peer->body);
    snprintf(header, sizeof header, "Authorization: Bearer %s", text_of(token, "access_token"));
    cJSON_Delete(token);
    peer->headers = curl_slist_append(curl_slist_append(NULL, header), "Accept: application/json");
    curl_easy_setopt(peer->curl, CURLOPT_HTTPGET, 1L);
    curl_easy_setopt(peer->curl, CURLOPT_HTTPHEADER, peer->headers);
}

static void get(void *state)
{
    struct peer *peer = state;
    char url[256];
    cJSON *person;
    snprintf(url, sizeof url, "%s/finautapi/v1/user/%d/", peer->host, 590496);
    fetch(peer, url);
    person = parsed(&peer->body);
    text_of(person, "id");
    cJSON_Delete(person);
}

static void fresh(void *state)
{
    struct peer *peer = state;
    open_handle(peer);
    get(peer);
    curl_easy_cleanup(peer->curl);
}

/* Fetches all pages; `each` is given each page's tree, which it may take apart. */
static void each_page(struct peer *peer, void (*each)(struct peer *peer, cJSON *page))
{
    char url[256];
    snprintf(url, sizeof url, "%s/finautapi/v1/user/", peer->host);
    while (*url) {
        cJSON *page, *next;
        fetch(peer, url);
        peer->bytes += (long long)peer->body.length;
        page = parsed(&peer->body);
        next = cJSON_GetObjectItemCaseSensitive(page, "next");
        snprintf(url, sizeof url, "%s", cJSON_IsString(next) ? next->valuestring : "");
        each(peer, page);
        cJSON_Delete(page);
    }
}

/* Appends a page's items to the one array: the whole chain at once, as cJSON keeps it. */
static void join(struct peer *peer, cJSON *page)
{
    cJSON *results = cJSON_GetObjectItemCaseSensitive(page, "results");
    cJSON *first = results->child, *here = peer->people->child;
    if (!first)
        return;
    results->child = NULL;
    if (!here) {
        peer->people->child = first;
        return;
    }
    /* The first item's `prev` is the last one. */
    cJSON *last = first->prev;
    here->prev->next = first;
    first->prev = here->prev;
    here->prev = last;
}

static void list(void *state)
{
    struct peer *peer = state;
    cJSON_Delete(peer->people);
    peer->people = cJSON_CreateArray();
    peer->bytes = 0;
    each_page(peer, join);
}

static struct buffer people_text;

static void join_text(struct peer *peer, cJSON *page)
{
    (void)peer;
    char *text = cJSON_PrintUnformatted(cJSON_GetObjectItemCaseSensitive(page, "results"));
    text[0] = people_text.length ? ',' : '[';
    append(&people_text, text, strlen(text) - 1);
    free(text);
}

static unsigned long read_bytes;

static void walk(void *state)
{
    cJSON *people = parsed(&people_text), *person;
    (void)state;
    cJSON_ArrayForEach(person, people)
    {
        read_bytes += strlen(text_of(person, "id"));
        read_bytes += strlen(text_of(person, "last_name"));
        read_bytes += strlen(text_of(cJSON_GetObjectItemCaseSensitive(person, "work_for"), "department"));
    }
    cJSON_Delete(people);
}

int main(int argc, char **argv)
{
    static struct peer peer;
    long calls = atol(option(argc, argv, "calls", "-1"));
    const char *what = argc > 1 ? argv[1] : "";
    peer.host = option(argc, argv, "host", NULL);
    peer.ca = option(argc, argv, "ca", NULL);
    peer.no_signal = atol(option(argc, argv, "nosignal", "0"));
    if (!peer.host)
        return 2;
    curl_global_init(CURL_GLOBAL_DEFAULT);
    sign_in(&peer);
    if (strcmp(what, "get") == 0) {
        run_blocks(calls, get, &peer);
    } else if (strcmp(what, "fresh") == 0) {
        curl_easy_cleanup(peer.curl);
        run_blocks(calls, fresh, &peer);
    } else if (strcmp(what, "list") == 0) {
        run_blocks(calls, list, &peer);
        printf("%lld %ld\n", peer.bytes, peak_rss());
    } else if (strcmp(what, "walk") == 0) {
        each_page(&peer, join_text);
        append(&people_text, "]", 1);
        run_blocks(calls, walk, &peer);
        fprintf(stderr, "%lu bytes read\n", read_bytes);
    } else {
        return 2;
    }
    return 0;
}
