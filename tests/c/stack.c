/*
 * The host's stack: 64 KiB suffice for every call, TLS and any answer included. Each call runs on a thread that has exactly that much,
 * between pages that may not be touched, and what it used is counted.
 */
#include "harness.h"
#include "operations.h"

#include <sys/mman.h>

#define STACK_SIZE (64 * 1024)
/* A sync plans for everybody at once, and takes more. */
#define SYNC_STACK_SIZE (256 * 1024)
/*
 * Before glibc 2.27 the guard page is taken off a thread's stack; its host's own frames stand on it; and the C library's functions
 * differ from one version to the next.
 */
#define SPARE (4096 + 2048 + 2048)
#define FILL 0xa5

/* How deep JSON may be nested (core/src/json/depth.rs). */
#define MOST_LEVELS 32

typedef struct {
    void (*run)(void *);
    void *argument;
} task;

static size_t most_used;
static char most_by[200];

static void *run_task(void *given)
{
    task *task = given;

    task->run(task->argument);
    return NULL;
}

/* Runs something on a small stack, and notes what it used. */
static void on_small_stack(const char *name, void (*run)(void *), void *argument)
{
    static unsigned char *area = NULL;
    unsigned char *stack;
    pthread_attr_t attributes;
    pthread_t thread;
    task task;
    size_t size = strncmp(name, "sync.", 5) == 0 ? SYNC_STACK_SIZE : STACK_SIZE;
    size_t unused = 0;

    if (area == NULL) {
        area = mmap(NULL, SYNC_STACK_SIZE + 2 * 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        EXPECT(area != MAP_FAILED, "%s", strerror(errno));
        EXPECT(mprotect(area + 4096, SYNC_STACK_SIZE, PROT_READ | PROT_WRITE) == 0, "%s", strerror(errno));
    }
    /* Above the smaller stack is no guard: a stack grows down. */
    stack = area + 4096;
    EXPECT(mprotect(stack, size, PROT_READ | PROT_WRITE) == 0, "%s", strerror(errno));
    memset(stack, FILL, size);
    task.run = run;
    task.argument = argument;
    pthread_attr_init(&attributes);
    EXPECT(pthread_attr_setstack(&attributes, stack, size) == 0, "a stack");
    /* What runs when the stack ends is seen in the core or the debugger; here its name is the last line. */
    if (getenv("FINAUT_TEST_STACK") != NULL) {
        fprintf(stderr, "%s", name);
    }
    EXPECT(pthread_create(&thread, &attributes, run_task, &task) == 0, "a thread");
    pthread_join(thread, NULL);
    while (stack[unused] == FILL) {
        unused++;
    }
    if (getenv("FINAUT_TEST_STACK") != NULL) {
        fprintf(stderr, ": %lu bytes\n", (unsigned long)(size - unused));
    }
    if (size == STACK_SIZE && size - unused > most_used) {
        most_used = size - unused;
        snprintf(most_by, sizeof most_by, "%s", name);
    }
    EXPECT(unused >= SPARE, "%s used %lu of %d bytes", name, (unsigned long)(size - unused), (int)size);
}

static void tell_the_most(void)
{
    printf("        at most %lu bytes, by %s\n", (unsigned long)most_used, most_by);
}

#define LINK ", \"link_url\": \"https://x.invalid/link/?ext-user-id={ext_user_id}\""

/* One call, as a host makes it. */
typedef struct {
    const char *config;
    const char *operation;
    const char *args;
    int32_t code;
} call;

/* The beginning of what the last one replied. */
static char said[300];

/* Makes a client, calls, and frees all: what a thread of a host's does that has but this one call to make. */
static void call_alone(void *given)
{
    call *call = given;
    finaut_client *client = NULL;
    char *reply = NULL;

    call->code = finaut_client_new(call->config, &client, &reply);
    if (call->code == FINAUT_OK) {
        finaut_string_free(reply);
        reply = NULL;
        call->code = finaut_call(client, call->operation, call->args, &reply);
    }
    strncpy(said, reply != NULL ? reply : "", sizeof said - 1);
    finaut_string_free(reply);
    finaut_client_free(client);
}

static int32_t call_on_small_stack(const char *name, const char *config, const char *operation, const char *args)
{
    char named[200];
    call call;

    call.config = config;
    call.operation = operation;
    call.args = args;
    call.code = -1;
    snprintf(named, sizeof named, "%s %s", operation, name);
    on_small_stack(named, call_alone, &call);
    return call.code;
}

/* The number at the end of the address at `pointer` in a list that the sandbox gives; both sandboxes have the same people. */
static long number_of(const char *operation, const char *pointer)
{
    static finaut_client *client = NULL;
    char *reply = NULL;
    char *address;
    size_t length;
    long number;

    if (client == NULL) {
        client = client_with("");
    }
    EXPECT(finaut_call(client, operation, "{}", &reply) == FINAUT_OK, "%s", reply);
    address = value_at(reply, pointer);
    length = strlen(address);
    while (length > 0 && strchr("/0123456789", address[length - 1]) != NULL) {
        length--;
    }
    while (address[length] == '/') {
        length++;
    }
    number = atol(address + length);
    EXPECT(number > 0, "%s of %s is \"%s\"", pointer, operation, address);
    finaut_string_free(address);
    finaut_string_free(reply);
    return number;
}

/* Arguments with which each operation goes its whole way; {} where there are none here. */
static const char *args_of(const char *operation)
{
    static char args[1000];
    static const char *const ARGS[][2] = {
        {"users_get", "{\"id\": 590001}"},
        {"users_update", "{\"id\": 590001, \"changes\": {\"mobile\": \"91234567\", \"email\": \"a@b.no\", \"last_name\": \"Moe\"}}"},
        {"users_add_role", "{\"id\": 590001, \"role\": \"afr_ba\"}"},
        {"users_enroll", "{\"id\": 590002, \"schemes\": [\"afr\"]}"},
        {"users_ensure", "{\"persnr\": \"01819010001\", \"first_name\": \"Kari\", \"last_name\": \"Moe\", \"department\": 3301, \"schemes\": [\"afr\"]}"},
        {"users_hold", "{\"id\": 590001, \"scheme\": \"afr\", \"set_by\": 590002, \"comment\": \"permisjon\"}"},
        {"users_withdraw", "{\"id\": 590003, \"scheme\": \"afr\", \"set_by\": 590002}"},
        {"userstatus_latest", "{\"id\": 590001}"},
        {"userstatus_create", "{\"appname\": \"afr\", \"user\": 590001, \"status\": \"hvilende\", \"status_set_by\": 590002}"},
        {"results_list", "{\"id\": 590001}"},
        {"competency_results_create", "{\"encrypted_user_id\": \"nobody\", \"goal\": 456, \"passed_date\": \"2026-01-15\"}"},
        {"link_url", "{\"ext_user_id\": \"E 1\"}"},
        {"webhook_accept", "{\"body\": \"{\\\"id\\\": \\\"https://x/finautapi/v1/results/1/\\\", \\\"score\\\": 80}\"}"},
        {"webhook_parse", "{\"body\": \"{\\\"id\\\": \\\"https://x/finautapi/v1/results/1/\\\", \\\"score\\\": 80}\"}"},
        {"inbox_next", "{\"wait_s\": 1}"},
        {"inbox_acknowledge", "{\"event\": 1}"},
        {"inbox_requeue", "{\"event\": 1, \"reason\": \"the LMS does not answer\"}"},
        {"inbox_drop", "{\"event\": 1, \"reason\": \"a test\"}"},
        {"sync_init", "{\"file\": \"examples/sync/bank.csv\"}"},
        {"sync_export", "{\"what\": \"statuses\"}"},
        {"sync_forget", "{\"id\": 590001}"},
        {"budget", "{\"requests\": 500}"},
        {"request", "{\"method\": \"PATCH\", \"path\": \"user/590001/\", \"body\": {\"mobile\": \"91234567\"}}"},
    };
    static const char *const IDS[][3] = {
        {"companies_get", "companies.list", "/results/0/id"},     {"departments_get", "departments.list", "/results/0/id"},
        {"userstatus_get", "userstatus.list", "/results/0/id"},   {"results_get", "results.list", "/results/0/id"},
        {"employment_get", "users.list", "/results/0/employment/0"}, {"competency_results_get", "competency_results.list", "/results/0/id"},
    };
    size_t i;

    if (strncmp(operation, "users_create", 12) == 0) {
        char persnr[12];

        unused_persnr(persnr);
        snprintf(args, sizeof args,
                 "{\"persnr\": \"%s\", \"first_name\": \"Kari\", \"last_name\": \"Moe\", \"company\": %ld, \"department\": %ld, "
                 "\"email\": \"kari@bank.example\", %s}",
                 persnr, number_of("departments.list", "/results/0/company"), number_of("departments.list", "/results/0/id"), strcmp(operation, "users_create") == 0 ? "\"roles\": [\"afr_ka\"]" : "\"schemes\": [\"afr\"]");
        return args;
    }
    if (strcmp(operation, "users_move") == 0) {
        snprintf(args, sizeof args, "{\"id\": 590001, \"department\": %ld}", number_of("departments.list", "/results/0/id"));
        return args;
    }
    if (strcmp(operation, "sync_plan") == 0 || strcmp(operation, "sync_run") == 0 || strcmp(operation, "sync_apply") == 0) {
        snprintf(args, sizeof args,
                 "{%s\"profile\": {\"scope\": {\"companies\": [%ld], \"schemes\": [\"afr\", \"krd\"]}}, "
                 "\"people\": [{\"ansattnr\": \"E1\", \"fornavn\": \"Kari\", \"etternavn\": \"Moe\", \"sluttdato\": \"31.12.2031\"}]}",
                 strcmp(operation, "sync_apply") == 0
                     ? "\"plan\": \"p-20261127-0412-6f3a\", \"approve\": [\"create\"], \"by\": \"Kari\", \"why\": \"a test\", "
                     : "",
                 number_of("companies.list", "/results/0/id"));
        return args;
    }
    for (i = 0; i < sizeof IDS / sizeof IDS[0]; i++) {
        if (strcmp(IDS[i][0], operation) == 0) {
            snprintf(args, sizeof args, "{\"id\": %ld}", number_of(IDS[i][1], IDS[i][2]));
            return args;
        }
    }
    for (i = 0; i < sizeof ARGS / sizeof ARGS[0]; i++) {
        if (strcmp(ARGS[i][0], operation) == 0) {
            return ARGS[i][1];
        }
    }
    return "{}";
}

/* The operation's name for finaut_call: users_create_ba is users.create_ba, competency_results_get is competency_results.get. */
static const char *dotted(const char *name)
{
    static const char *const GROUPS[] = {"competency_results_", "users_", "companies_", "departments_", "schemes_", "userstatus_",
                                         "results_", "employment_", "link_", "webhook_", "inbox_", "journal_", "sync_"};
    static char dotted[60];
    size_t i;

    snprintf(dotted, sizeof dotted, "%s", name);
    for (i = 0; i < sizeof GROUPS / sizeof GROUPS[0]; i++) {
        if (strncmp(name, GROUPS[i], strlen(GROUPS[i])) == 0) {
            dotted[strlen(GROUPS[i]) - 1] = '.';
            break;
        }
    }
    return dotted;
}

static void every_operation(const char *name, const char *made)
{
    char config[2000];
    int succeeded = 0;
    int i;

    /* A copy: what config_with gives lives until it is called again. */
    snprintf(config, sizeof config, "%s", made);
    for (i = 0; i < OPERATION_COUNT; i++) {
        int32_t code = call_on_small_stack(name, config, dotted(OPERATIONS[i].name), args_of(OPERATIONS[i].name));

        EXPECT(code >= 0 && code != FINAUT_E_INTERNAL && code != FINAUT_E_ARGUMENT, "%s gave %d", OPERATIONS[i].name, (int)code);
        /* A sync without a state is refused, and rightly. */
        if (code == FINAUT_OK || (code == FINAUT_E_CONFIG && strncmp(OPERATIONS[i].name, "sync_", 5) == 0)) {
            succeeded++;
        } else {
            printf("        %s ends with %d here\n", OPERATIONS[i].name, (int)code);
        }
    }
    EXPECT(succeeded >= OPERATION_COUNT - 10, "%d of %d went their whole way", succeeded, OPERATION_COUNT);
}

static void every_operation_over_http(void)
{
    every_operation("over HTTP", config_with(LINK));
    tell_the_most();
}

/* The same by a name, which the C library looks up. */
static void every_operation_over_http_by_name(void)
{
    char config[1000];

    snprintf(config, sizeof config,
             "{\"host\": \"http://localhost:%s\", \"client_id\": \"%s\", \"client_secret\": \"%s\", \"throttle\": {\"requests\": 100000}}",
             strrchr(setting("FINAUT_API_HOST"), ':') + 1, setting("FINAUT_CLIENT_ID"), setting("FINAUT_CLIENT_SECRET"));
    every_operation("by name", config);
    tell_the_most();
}

static const char *tls_config(void)
{
    static char config[1000];

    snprintf(config, sizeof config,
             "{\"host\": \"%s\", \"ca_file\": \"%s\", \"client_id\": \"%s\", \"client_secret\": \"%s\", \"throttle\": {\"requests\": "
             "100000}}",
             setting("FINAUT_TLS_HOST"), setting("FINAUT_TLS_CA"), setting("FINAUT_CLIENT_ID"), setting("FINAUT_CLIENT_SECRET"));
    return config;
}

static void every_operation_over_tls(void)
{
    /* Some of the people are in the other sandbox only; that is an answer, too. */
    int i;

    for (i = 0; i < OPERATION_COUNT; i++) {
        int32_t code = call_on_small_stack("over TLS", tls_config(), dotted(OPERATIONS[i].name), args_of(OPERATIONS[i].name));

        EXPECT(code >= 0 && code != FINAUT_E_INTERNAL && code != FINAUT_E_NETWORK, "%s gave %d", OPERATIONS[i].name, (int)code);
    }
    tell_the_most();
}

/* A plan reads everybody, and needs a state. */
static void a_plan_over_tls(void)
{
    char folder[FOLDER_ROOM];
    char config[2000];
    int32_t code;

    EXPECT(make_folder_at(folder), "%s", strerror(errno));
    snprintf(config, sizeof config, "%.*s, \"state\": \"%s/state\"}", (int)strlen(tls_config()) - 1, tls_config(), folder);
    code = call_on_small_stack("over TLS with a state", config, "sync.plan", args_of("sync_plan"));
    EXPECT(code == FINAUT_OK, "%s", said);
    remove_folder(folder);
}

/* An authority that is not ours: the handshake fails in the middle. */
static void a_server_that_cannot_be_trusted(void)
{
    char config[1000];

    snprintf(config, sizeof config, "{\"host\": \"%s\", \"client_id\": \"a\", \"client_secret\": \"b\", \"max_wait_s\": 0}",
             setting("FINAUT_TLS_HOST"));
    EXPECT(call_on_small_stack("without its authority", config, "check", "{}") == FINAUT_E_NETWORK, "not trusted");
    tell_the_most();
}

/* Three certificates between the server's key and an authority (tests/c.sh). What answers is no FinAut; the handshake is the point. */
static void a_long_chain_of_certificates(void)
{
    char config[1000];
    int32_t code;

    if (getenv("FINAUT_CHAIN_HOST") == NULL) {
        return; /* counted by tests/c.sh */
    }
    snprintf(config, sizeof config, "{\"host\": \"%s\", \"ca_file\": \"%s\", \"client_id\": \"a\", \"client_secret\": \"b\", \"max_wait_s\": 0}",
             setting("FINAUT_CHAIN_HOST"), setting("FINAUT_CHAIN_CA"));
    code = call_on_small_stack("with a long chain", config, "check", "{}");
    EXPECT(code == FINAUT_E_PROTOCOL, "it sends each line back reversed: %s", said);
    tell_the_most();
}

static void every_operation_with_a_state(void)
{
    char folder[FOLDER_ROOM];
    char more[FOLDER_ROOM + 200];

    EXPECT(make_folder_at(folder), "%s", strerror(errno));
    snprintf(more, sizeof more, ", \"state\": \"%s/state\", \"max_wait_s\": 5" LINK, folder);
    every_operation("with a state", config_with(more));
    /* Once more with all that is remembered. */
    every_operation("with a state again", config_with(more));
    remove_folder(folder);
    tell_the_most();
}

static char *nested(const char *open, int levels, const char *close, const char *before, const char *after)
{
    size_t room = strlen(before) + strlen(after) + (size_t)levels * (strlen(open) + strlen(close)) + 2;
    char *text = malloc(room);
    char *at = text;
    int i;

    EXPECT(text != NULL, "memory");
    at += sprintf(at, "%s", before);
    for (i = 0; i < levels; i++) {
        at += sprintf(at, "%s", open);
    }
    *at++ = '1';
    for (i = 0; i < levels; i++) {
        at += sprintf(at, "%s", close);
    }
    strcpy(at, after);
    return text;
}

/* The text as the content of a JSON string. */
static char *quoted(const char *text)
{
    char *quoted = malloc(2 * strlen(text) + 1);
    char *at = quoted;

    EXPECT(quoted != NULL, "memory");
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\') {
            *at++ = '\\';
        }
        *at++ = *text;
    }
    *at = '\0';
    return quoted;
}

static void deep_answers(void)
{
    static const char *const SHAPES[][2] = {{"[", "]"}, {"{\"a\":", "}"}, {"[{\"id\":", "}]"}};
    static const char *const AROUND[][2] = {
        {"", ""},
        {"{\"count\": 1, \"next\": null, \"results\": [{\"id\": 5, \"x\": ", "}]}"},
        {"{\"detail\": ", "}"},
        {"{\"id\": 5, \"userroles\": ", "}"},
        {"{\"error\": \"x\", \"access_token\": ", "}"},
    };
    static const int LEVELS[] = {20, MOST_LEVELS - 4, MOST_LEVELS, MOST_LEVELS + 1, 120, 127, 20000};
    static const int STATUSES[] = {200, 201, 401, 403, 404, 422, 429, 500};
    static const char *const CALLS[][2] = {
        {"users.list", "{\"max_wait_s\": 0}"},
        {"users.enroll", "{\"id\": 590001, \"schemes\": [\"afr\"], \"max_wait_s\": 0}"},
        {"request", "{\"method\": \"POST\", \"path\": \"user/\", \"body\": {}, \"max_wait_s\": 0}"},
    };
    size_t shape, around, levels, status, i;
    const char *config = config_with(", \"settle_s\": 0");

    for (shape = 0; shape < sizeof SHAPES / sizeof SHAPES[0]; shape++) {
        for (around = 0; around < sizeof AROUND / sizeof AROUND[0]; around++) {
            for (levels = 0; levels < sizeof LEVELS / sizeof LEVELS[0]; levels++) {
                char *body = nested(SHAPES[shape][0], LEVELS[levels], SHAPES[shape][1], AROUND[around][0], AROUND[around][1]);
                char *in_string = quoted(body);
                char *json = malloc(strlen(in_string) + 200);

                EXPECT(json != NULL, "memory");
                for (status = 0; status < sizeof STATUSES / sizeof STATUSES[0]; status++) {
                    if (LEVELS[levels] == 20000 && status > 0) {
                        continue;
                    }
                    sprintf(json, "{\"kind\": \"status\", \"status\": %d, \"times\": null, \"body\": \"%s\"}", STATUSES[status], in_string);
                    no_faults();
                    fault(json);
                    for (i = 0; i < sizeof CALLS / sizeof CALLS[0]; i++) {
                        char name[100];
                        int32_t code;

                        snprintf(name, sizeof name, "answered %d with %d levels of %s in %.20s", STATUSES[status], LEVELS[levels],
                                 SHAPES[shape][0], AROUND[around][0]);
                        code = call_on_small_stack(name, config, CALLS[i][0], CALLS[i][1]);
                        EXPECT(code >= 0 && code != FINAUT_E_INTERNAL, "%s: %d", name, (int)code);
                        EXPECT(LEVELS[levels] <= MOST_LEVELS || code != FINAUT_OK, "%s: too deep", name);
                    }
                }
                no_faults();
                free(body);
                free(in_string);
                free(json);
            }
        }
    }
    tell_the_most();
}

static void answers_that_are_deep_in_any_way(void)
{
    deep_answers();
}

/* The token's own answers. */
static void deep_token_answers(void)
{
    static const int LEVELS[] = {MOST_LEVELS - 1, 120, 20000};
    static const int STATUSES[] = {200, 400, 401, 500};
    size_t levels, status;

    for (levels = 0; levels < sizeof LEVELS / sizeof LEVELS[0]; levels++) {
        char *body = nested("[", LEVELS[levels], "]", "{\\\"error\\\": ", "}");
        char *json = malloc(strlen(body) + 300);

        EXPECT(json != NULL, "memory");
        for (status = 0; status < sizeof STATUSES / sizeof STATUSES[0]; status++) {
            sprintf(json, "{\"kind\": \"status\", \"status\": %d, \"times\": null, \"path\": \"/o/token/\", \"body\": \"%s\"}",
                    STATUSES[status], body);
            no_faults();
            fault(json);
            EXPECT(call_on_small_stack("with a deep token answer", config_with(""), "check", "{\"max_wait_s\": 0}") > 0, "no token");
        }
        no_faults();
        free(body);
        free(json);
    }
    tell_the_most();
}

/* What the way to the server can do. */
static void every_fault(void)
{
    static const char *const FAULTS[] = {
        "{\"kind\": \"change\", \"packed\": \"gzip\", \"times\": null}",
        "{\"kind\": \"html\", \"status\": 502, \"times\": null}",
        "{\"kind\": \"html\", \"status\": 200, \"times\": null}",
        "{\"kind\": \"cut_before_acting\", \"times\": null}",
        "{\"kind\": \"cut_after_acting\", \"times\": null}",
        "{\"kind\": \"half_body\", \"times\": null}",
        "{\"kind\": \"token_revoked\", \"times\": null}",
        "{\"kind\": \"huge_body\", \"bytes\": 3000000}",
        "{\"kind\": \"garbage\", \"bytes\": 100000, \"times\": null}",
        "{\"kind\": \"drip\", \"bytes\": 5000, \"every_ms\": 1, \"times\": null}",
        "{\"kind\": \"status\", \"status\": 302, \"headers\": {\"location\": \"http://127.0.0.1:1/\"}, \"times\": null}",
        "{\"kind\": \"status\", \"status\": 422, \"body\": \"{\\\"persnr\\\": [\\\"no\\\"], \\\"a\\\": {\\\"b\\\": [{\\\"c\\\": 1}]}}\", "
        "\"times\": null}",
        "{\"kind\": \"status\", \"status\": 429, \"headers\": {\"retry-after\": \"100\"}, \"times\": null}",
    };
    static const char *const CALLS[] = {"users_list", "users_create", "users_hold", "users_enroll", "users_update", "competency_results_create"};
    char config[2000];
    size_t i, j;

    snprintf(config, sizeof config, "%s", config_with(", \"settle_s\": 0, \"max_wait_s\": 0, \"timeout_s\": 5"));
    for (i = 0; i < sizeof FAULTS / sizeof FAULTS[0]; i++) {
        for (j = 0; j < sizeof CALLS / sizeof CALLS[0]; j++) {
            int32_t code;
            const char *args;

            no_faults();
            args = args_of(CALLS[j]);
            fault(FAULTS[i]);
            code = call_on_small_stack(FAULTS[i], config, dotted(CALLS[j]), args);
            EXPECT(code >= 0 && code != FINAUT_E_INTERNAL, "%s: %d", FAULTS[i], (int)code);
        }
    }
    no_faults();
    tell_the_most();
}

/* What a host itself may hand in. */
static void take_deep_text(void *given)
{
    const char *deep = given;
    finaut_client *client = NULL;
    finaut_json_cursor *items = NULL;
    char *reply = NULL;
    char *another = NULL;
    int i;

    finaut_client_new(deep, &client, &reply);
    finaut_string_free(reply);
    finaut_json_get(deep, "", &reply);
    finaut_string_free(reply);
    finaut_json_get(deep, "/a/a/a/0/0/0", &reply);
    finaut_string_free(reply);
    finaut_json_set(deep, "/a/a/b", "text", &reply);
    finaut_json_set(reply, "/a/a/b", "text", &another);
    finaut_string_free(another);
    finaut_string_free(reply);
    finaut_json_set_json(deep, "/a/a/b", deep, &reply);
    finaut_string_free(reply);
    finaut_json_items(deep, "/a/a", &items, &reply);
    finaut_string_free(reply);
    finaut_json_next(items, &reply);
    finaut_string_free(reply);
    finaut_json_cursor_free(items);
    finaut_json_count(deep, "", NULL, &reply);
    finaut_string_free(reply);
    EXPECT(finaut_client_new(config_with(", \"inbox\": {\"verify\": \"none\"}"), &client, NULL) == FINAUT_OK, "a client");
    for (i = 0; i < OPERATION_COUNT; i++) {
        OPERATIONS[i].call(client, deep, &reply);
        finaut_string_free(reply);
    }
    finaut_client_free(client);
}

static void deep_arguments(void)
{
    static const char *const SHAPES[][2] = {{"[", "]"}, {"{\"a\":", "}"}, {"{\"body\":[", "]}"}};
    static const int LEVELS[] = {20, 31, 32, MOST_LEVELS, MOST_LEVELS + 1, 126, 20000};
    size_t shape, levels;

    for (shape = 0; shape < sizeof SHAPES / sizeof SHAPES[0]; shape++) {
        for (levels = 0; levels < sizeof LEVELS / sizeof LEVELS[0]; levels++) {
            char *deep = nested(SHAPES[shape][0], LEVELS[levels], SHAPES[shape][1], "", "");
            char *body = nested(SHAPES[shape][0], LEVELS[levels], SHAPES[shape][1], "{\"method\": \"POST\", \"path\": \"user/\", \"body\": ", "}");
            char *in_string = quoted(deep);
            char *webhook = malloc(strlen(in_string) + 50);
            char name[60];

            EXPECT(webhook != NULL, "memory");
            sprintf(webhook, "{\"body\": \"%s\"}", in_string);
            snprintf(name, sizeof name, "%d levels of %s", LEVELS[levels], SHAPES[shape][0]);
            on_small_stack(name, take_deep_text, deep);
            call_on_small_stack(name, config_with(""), "request", body);
            call_on_small_stack(name, config_with(""), "webhook.parse", webhook);
            free(deep);
            free(body);
            free(in_string);
            free(webhook);
        }
    }
    tell_the_most();
}

static int32_t listen_to(const char *event, void *user_data)
{
    (void)event;
    (void)user_data;
    return 0;
}

static void use_the_rest(void *given)
{
    finaut_client *client = NULL;
    finaut_receiver *receiver = NULL;
    char *reply = NULL;

    EXPECT(finaut_client_new(given, &client, NULL) == FINAUT_OK, "a client");
    EXPECT(finaut_client_observe(client, listen_to, NULL) == FINAUT_OK, "an observer");
    EXPECT(finaut_receiver_start(client, "{\"listen\": \"127.0.0.1:0\", \"open\": true}", &receiver, &reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    EXPECT(finaut_receiver_status(receiver, &reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    EXPECT(finaut_check(client, "{}", NULL) == FINAUT_OK, "a call that is observed");
    EXPECT(finaut_client_interrupt(client) == FINAUT_OK, "interrupt");
    finaut_receiver_free(receiver);
    finaut_client_free(client);
    EXPECT(finaut_persnr_check("01810000000", &reply) != FINAUT_E_INTERNAL, "%s", reply);
    finaut_string_free(reply);
    EXPECT(finaut_operations(&reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    finaut_call(client, "check", "{}", &reply);
    finaut_string_free(reply);
}

static void receivers_observers_and_the_rest(void)
{
    char folder[FOLDER_ROOM];
    char more[FOLDER_ROOM + 100];
    char config[2000];

    EXPECT(make_folder_at(folder), "%s", strerror(errno));
    snprintf(more, sizeof more, ", \"state\": \"%s/state\", \"inbox\": {\"verify\": \"none\"}", folder);
    snprintf(config, sizeof config, "%s", config_with(more));
    on_small_stack("a receiver and the rest", use_the_rest, config);
    remove_folder(folder);
    tell_the_most();
}

int main(int argc, char **argv)
{
    static const test TESTS[] = {
        TEST(every_operation_over_http),
        TEST(every_operation_over_http_by_name),
        TEST(every_operation_over_tls),
        TEST(a_plan_over_tls),
        TEST(a_server_that_cannot_be_trusted),
        TEST(a_long_chain_of_certificates),
        TEST(every_operation_with_a_state),
        TEST(every_fault),
        TEST(answers_that_are_deep_in_any_way),
        TEST(deep_token_answers),
        TEST(deep_arguments),
        TEST(receivers_observers_and_the_rest),
    };

    return run_tests(argc, argv, TESTS, (int)(sizeof TESTS / sizeof TESTS[0]));
}
