/*
 * The library's side of the measurements: calls it through its C ABI as a host would.
 *
 * Build and run (benches/run.sh does it):
 *   cc -O2 -I include -I benches -o finaut benches/finaut.c -L target/release -lfinaut -lpthread
 *   ./finaut CASE --host URL [--ca FILE] [--state FILE] [--threads N] [--calls N]
 *
 *   get      users.get; the throttle's log is as full as in life (see below)
 *   fresh    users.get with a new client for each call
 *   list     users.list over all pages. Prints "BYTES PEAK" (bytes of the reply, most memory)
 *   pages    the same, page by page (finaut_call_pages). Prints "BYTES PEAK" (bytes of all pages, most memory)
 *   walk     users.list fetched before; three fields of each person read by a cursor and finaut_json_get
 *   short    users.get, for a process that makes few calls: no warm-up, no filled log
 *   threads  so many calls (100) on each of --threads threads (8), with one client
 *   create   users.create_candidate, another person each time
 *
 * The throttle must neither hold a call back nor be cheaper than in life, where its log has up to 200 slots. So the limit is far away,
 * and for `get` the calls go round as many accounts as it takes for each account's log to hold about 200: a slot is held for the window
 * and 50 ms more, and the shortest window is 0.1 s.
 */
#include <finaut.h>
#include <pthread.h>

#include "blocks.h"

enum { MOST_ACCOUNTS = 64, LOG = 200, WARM_UP = 50, WARM_UP_BLOCKS = 10 };

static const char *host, *ca, *state;
static const char *const user = "{\"id\": 590496}";

struct caller {
    finaut_client *accounts[MOST_ACCOUNTS];
    int count;
    long calls, turn; /* so many calls go to one account before the next one's turn */
};

static finaut_client *open_client(int account, double window_s)
{
    char config[1024];
    char *reply = NULL;
    finaut_client *client = NULL;
    int length = snprintf(config, sizeof config,
        "{\"host\": \"%s\", \"client_id\": \"bench-%d\", \"client_secret\": \"bench-secret\", \"proxy\": \"none\", "
        "\"throttle\": {\"requests\": 100000, \"per_s\": %.3f}",
        host, account, window_s);
    if (ca)
        length += snprintf(config + length, sizeof config - (size_t)length, ", \"ca_file\": \"%s\"", ca);
    if (state)
        length += snprintf(config + length, sizeof config - (size_t)length, ", \"state\": \"%s\"", state);
    snprintf(config + length, sizeof config - (size_t)length, "}");
    if (finaut_client_new(config, &client, &reply) != FINAUT_OK)
        stop("finaut_client_new", reply);
    finaut_string_free(reply);
    return client;
}

static void get_by(finaut_client *client)
{
    char *reply = NULL;
    if (finaut_users_get(client, user, &reply) != FINAUT_OK)
        stop("users.get", reply);
    finaut_string_free(reply);
}

static void get(void *taken)
{
    struct caller *caller = taken;
    get_by(caller->accounts[caller->calls++ / caller->turn % caller->count]);
}

/* Opens accounts for counting what up to 800 calls cost, which must not depend on how fast they are: no slot is free again meanwhile, and
 * each account's log grows from 150 to 250. All are opened and filled, however few are used, so that it falls out of a difference. */
static void open_counted_accounts(struct caller *caller)
{
    int account, n;
    caller->count = 8;
    caller->turn = 100;
    for (account = 0; account < caller->count; account++) {
        caller->accounts[account] = open_client(account, 3600);
        for (n = 0; n < LOG - caller->turn / 2; n++)
            get_by(caller->accounts[account]);
    }
}

/* Opens as many accounts as it takes, for calls as fast as they are here and now. */
static void open_accounts(struct caller *caller)
{
    finaut_client *first = open_client(MOST_ACCOUNTS, 0.1);
    double call_s = 1e9, filling_s;
    int block, n;
    get_by(first);
    /* The quickest of several blocks: what else the machine did meanwhile must not make the log longer. */
    for (block = 0; block < WARM_UP_BLOCKS; block++) {
        double began = (double)now_ns(CLOCK_MONOTONIC);
        for (n = 0; n < WARM_UP; n++)
            get_by(first);
        began = ((double)now_ns(CLOCK_MONOTONIC) - began) / 1e9 / WARM_UP;
        call_s = began < call_s ? began : call_s;
    }
    finaut_client_free(first);
    /* The other side has its turn in between and takes as long. */
    filling_s = 2 * LOG * call_s;
    caller->turn = 20;
    caller->count = filling_s >= 0.15 ? 1 : (int)(0.15 / filling_s + 0.5);
    if (caller->count > MOST_ACCOUNTS)
        caller->count = MOST_ACCOUNTS;
    for (n = 0; n < caller->count; n++) {
        caller->accounts[n] = open_client(n, caller->count == 1 && filling_s > 0.15 ? filling_s - 0.05 : 0.1);
        get_by(caller->accounts[n]);
    }
}

/* How many slots the accounts' logs hold, on average. */
static void tell_log(const struct caller *caller)
{
    double used = 0;
    int n;
    for (n = 0; n < caller->count; n++) {
        char *budget = NULL, *number = NULL;
        if (finaut_budget(caller->accounts[n], "{}", &budget) != FINAUT_OK || finaut_json_get(budget, "/used", &number) != FINAUT_OK)
            stop("budget", budget);
        used += atof(number);
        finaut_string_free(number);
        finaut_string_free(budget);
    }
    fprintf(stderr, "accounts %d, slots in a log %.0f\n", caller->count, used / caller->count);
}

static void fresh(void *taken)
{
    finaut_client *client = open_client(0, 0.1);
    (void)taken;
    get_by(client);
    finaut_client_free(client);
}

static char *people;

static void list(void *taken)
{
    struct caller *caller = taken;
    finaut_string_free(people);
    people = NULL;
    if (finaut_users_list(caller->accounts[0], "{}", &people) != FINAUT_OK)
        stop("users.list", people);
}

static unsigned long read_bytes, page_bytes;

static void read_value(const char *json, const char *pointer)
{
    char *value = NULL;
    if (finaut_json_get(json, pointer, &value) != FINAUT_OK)
        stop("json_get", value);
    read_bytes += strlen(value);
    finaut_string_free(value);
}

static void walk(void *taken)
{
    finaut_json_cursor *persons = NULL;
    char *person = NULL, *error = NULL;
    (void)taken;
    if (finaut_json_items(people, "/results", &persons, &error) != FINAUT_OK)
        stop("json_items", error);
    while (finaut_json_next(persons, &person) == FINAUT_OK) {
        read_value(person, "/id");
        read_value(person, "/last_name");
        read_value(person, "/work_for/department");
        finaut_string_free(person);
    }
    if (person)
        stop("json_next", person);
    finaut_json_cursor_free(persons);
}

static int32_t take_page(const char *page, void *nothing)
{
    (void)nothing;
    page_bytes += strlen(page);
    return 0;
}

static void stream(void *taken)
{
    struct caller *caller = taken;
    char *reply = NULL;
    page_bytes = 0;
    if (finaut_call_pages(caller->accounts[0], "users.list", "{}", take_page, NULL, &reply) != FINAUT_OK)
        stop("call_pages", reply);
    finaut_string_free(reply);
}

static void *thread(void *taken)
{
    struct caller *caller = taken;
    long n;
    for (n = 0; n < caller->calls; n++)
        get_by(caller->accounts[0]);
    return NULL;
}

/* The next identity number of the synthetic series (month + 80) of one day, with its two check digits. */
static void next_number(char *number, int *individual)
{
    static const int weights[2][10] = { { 3, 7, 6, 1, 8, 9, 4, 5, 2, 0 }, { 5, 4, 3, 2, 7, 6, 5, 4, 3, 2 } };
    int digit, n, sum;
    do {
        snprintf(number, 12, "018190%03d", ++*individual % 500);
        for (digit = 9; digit < 11; digit++) {
            for (sum = n = 0; n < digit; n++)
                sum += weights[digit - 9][n] * (number[n] - '0');
            number[digit] = (char)('0' + (11 - sum % 11) % 11);
        }
        /* Where a check digit would be 10, there is no such number. */
    } while (number[9] > '9' || number[10] > '9');
}

static void create(void *taken)
{
    static int individual;
    struct caller *caller = taken;
    char args[512], persnr[12] = "";
    char *reply = NULL;
    next_number(persnr, &individual);
    snprintf(args, sizeof args,
        "{\"persnr\": \"%s\", \"first_name\": \"Kari\", \"last_name\": \"Nordmann\", \"company\": 412, \"department\": 2718, "
        "\"schemes\": [\"afr\"]}",
        persnr);
    if (finaut_users_create_candidate(caller->accounts[0], args, &reply) != FINAUT_OK)
        stop("users.create_candidate", reply);
    finaut_string_free(reply);
}

int main(int argc, char **argv)
{
    static struct caller caller;
    long calls = atol(option(argc, argv, "calls", "-1"));
    const char *what = argc > 1 ? argv[1] : "";
    host = option(argc, argv, "host", NULL);
    ca = option(argc, argv, "ca", NULL);
    state = option(argc, argv, "state", NULL);
    if (!host)
        return 2;
    if (strcmp(what, "get") == 0) {
        if (calls < 0)
            open_accounts(&caller);
        else
            open_counted_accounts(&caller);
        run_blocks(calls, get, &caller);
        tell_log(&caller);
        return 0;
    }
    if (strcmp(what, "fresh") == 0) {
        get_by(open_client(0, 0.1)); /* the account's token is there, as it is in a program that has run for a while */
        run_blocks(calls, fresh, NULL);
        return 0;
    }
    caller.count = 1;
    caller.accounts[0] = open_client(0, 0.1);
    caller.turn = 1;
    if (strcmp(what, "short") == 0) {
        run_blocks(calls, get, &caller);
    } else if (strcmp(what, "list") == 0) {
        run_blocks(calls, list, &caller);
        if (people)
            printf("%zu %ld\n", strlen(people), peak_rss());
    } else if (strcmp(what, "pages") == 0) {
        run_blocks(calls, stream, &caller);
        printf("%lu %ld\n", page_bytes, peak_rss());
    } else if (strcmp(what, "walk") == 0) {
        list(&caller);
        run_blocks(calls, walk, NULL);
        fprintf(stderr, "%lu bytes read\n", read_bytes);
    } else if (strcmp(what, "create") == 0) {
        run_blocks(calls, create, &caller);
    } else if (strcmp(what, "threads") == 0) {
        pthread_t threads[MOST_ACCOUNTS];
        int n, count = atoi(option(argc, argv, "threads", "8"));
        caller.calls = calls < 0 ? 100 : calls;
        for (n = 0; n < count; n++)
            pthread_create(&threads[n], NULL, thread, &caller);
        for (n = 0; n < count; n++)
            pthread_join(threads[n], NULL);
    } else {
        return 2;
    }
    return 0;
}
