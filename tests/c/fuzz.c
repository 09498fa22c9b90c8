/*
 * Random input into every function that takes text or a handle: bytes, JSON, and JSON that was nearly right. Each call gives a code with a
 * reply in its form, and nothing crashes or hangs. As a test it makes some thousand calls; with a number as its argument so many, from
 * the seed that a second argument gives, and then tells how often each code came.
 */
#include "harness.h"
#include "operations.h"

#define ROOM 4000

static uint64_t chance = 1;
static long codes[CODES];

/* Below `limit`; the same numbers from the same seed everywhere (xorshift64*). */
static unsigned any(unsigned limit)
{
    chance ^= chance >> 12;
    chance ^= chance << 25;
    chance ^= chance >> 27;
    return (unsigned)((chance * UINT64_C(2685821657736338717)) >> 33) % limit;
}

#define ONE_OF(list) list[any(sizeof list / sizeof list[0])]

/* Without "state": it would make files of any name. */
static const char *const NAMES[] = {
    "id", "persnr", "employee_alias", "encrypted_user_id", "page", "max_wait_s", "priority", "fresh", "first_name", "last_name", "company",
    "department", "franchise", "email", "mobile", "roles", "schemes", "scheme", "role", "changes", "date", "comment", "set_by", "appname", "user",
    "status", "reason", "status_date", "from_date", "goal", "passed_date", "external_id", "ext_user_id", "requests", "method", "path", "query", "body",
    "body_base64", "headers", "kind", "event", "wait_s", "lease_s", "after", "limit", "since", "host", "client_id", "client_secret",
    "timeout_s", "throttle", "per_s", "proxy", "ca_file", "encoding", "inbox", "listen", "path_secret", "hmac_secret", "x", "", "\\u0000"};
static const char *const VALUES[] = {
    "null", "true", "false", "0", "-1", "1", "590001", "1e308", "-1e400", "9223372036854775808", "0.1", "\"\"", "\"afr\"", "\"afr_ka\"",
    "\"2026-01-31\"", "\"2026-02-30\"", "\"01819010009\"", "\"GET\"", "\"user/\"", "\"../..//\"", "\"ANS-00006\"", "\"hvilende\"", "\"\\ud83d\"",
    "\"\\ud83d\\ude00\"", "\"\\u0000\"", "\"K\303\246re\"", "\"\303\"", "\"\377\"", "\"windows-1252\"", "\"utf-16\"", "\"127.0.0.1:0\"",
    "\"https://api.norsktest.no/finautapi/v1/user/590001/\"", "\"interactive\"", "\"eyJpZCI6IDF9\"", "[]", "{}", "\"a\\nb\"", "1.0", "01", "nan"};
static const char *const OTHERS[] = {"users.nothing", "", "users", "users.get ", "USERS.GET", "\377", "finaut_users_get", "request"};
static const char *const POINTERS[] = {"", "/", "/id", "/0", "/a/-", "/-", "/~", "/~0~1", "a", "/results/0/id", "/99999999999999999999", "/\377"};

/* Of these one value is put in the place of another. */
static const char *const RIGHT[] = {
    "{\"id\": 590001}", "{\"persnr\": \"01819010009\"}", "{\"employee_alias\": \"ANS-00006\"}", "{\"page\": 1}", "{\"id\": 590001, \"changes\": {\"email\": \"a@b.example\"}}",
    "{\"id\": 590001, \"schemes\": [\"afr\"]}", "{\"id\": 590001, \"scheme\": \"afr\", \"date\": \"2026-01-31\"}", "{\"id\": 590001, \"role\": \"afr_ka\"}",
    "{\"method\": \"GET\", \"path\": \"user/\", \"query\": {\"page\": 1}}", "{\"method\": \"PATCH\", \"path\": \"user/590001/\", \"body\": {\"mobile\": \"91234567\"}}",
    "{\"body\": \"{}\", \"headers\": {}, \"path\": \"/finaut/webhook\"}", "{\"event\": 1}", "{\"wait_s\": 0, \"kind\": \"result\"}", "{\"from_date\": \"2026-01-31\"}",
    "{\"requests\": 500}", "{\"ext_user_id\": \"E1\"}", "{\"listen\": \"127.0.0.1:0\"}", "{\"host\": \"http://127.0.0.1:9\", \"throttle\": {\"requests\": 1, \"per_s\": 1}}",
    "{\"appname\": \"afr\", \"user\": 590001, \"status\": \"hvilende\"}", "{\"encrypted_user_id\": \"x\", \"goal\": 1, \"passed_date\": \"2026-01-31\"}"};

static void add(char *text, const char *more)
{
    if (strlen(text) + strlen(more) < ROOM - 100) {
        strcat(text, more);
    }
}

static void add_json(char *text, int depth)
{
    unsigned count = any(6);
    unsigned i;
    int is_object = depth == 0 ? any(20) > 0 : any(2) == 0;

    if (depth > 0 && (depth > 6 || any(3) > 0)) {
        add(text, ONE_OF(VALUES));
        return;
    }
    add(text, is_object ? "{" : "[");
    for (i = 0; i < count; i++) {
        if (i > 0) {
            add(text, ",");
        }
        if (is_object) {
            add(text, "\"");
            add(text, ONE_OF(NAMES));
            add(text, "\":");
        }
        add_json(text, depth + 1);
    }
    add(text, is_object ? "}" : "]");
}

static void add_nearly_right(char *text)
{
    const char *right = ONE_OF(RIGHT);
    const char *value = right;
    unsigned which = any(4);
    size_t length;

    while (which-- > 0 && strchr(value + 1, ':') != NULL) {
        value = strchr(value + 1, ':');
    }
    add(text, right);
    if (*value == ':') {
        length = strcspn(value, ",}");
        text[value - right] = '\0';
        add(text, ": ");
        add(text, any(3) == 0 ? right + (value - right) + 1 : ONE_OF(VALUES));
        add(text, value + length);
    }
}

static const char *input(char *text)
{
    unsigned kind = any(12);
    unsigned length = any(kind == 0 ? 300 : 1);
    unsigned i;

    text[0] = '\0';
    if (kind == 1 && any(10) == 0) {
        return NULL;
    }
    for (i = 0; i < length; i++) {
        text[i] = (char)(1 + any(255));
        text[i + 1] = '\0';
    }
    if (kind > 7) {
        add_nearly_right(text);
    } else if (kind > 0) {
        add_json(text, 0);
    }
    /* Some of its bytes are others. */
    length = (unsigned)strlen(text);
    for (i = 0; (kind == 7 || kind == 8) && length > 0 && i < 3; i++) {
        text[any(length)] = (char)(1 + any(255));
    }
    return text;
}

/* Ends every wait, whatever was asked for. */
static int32_t impatient(const char *event, void *user_data)
{
    (void)user_data;
    return strstr(event, "\"wait\"") != NULL;
}

static void took(const char *function, int32_t code, char *reply)
{
    check_reply(function, code, reply);
    codes[code]++;
}

static void *foreign(void)
{
    static const uint64_t FEW[] = {0, 1, 2, 3, 4096, UINT64_MAX};
    uint64_t low = any(1u << 31);

    return (void *)(uintptr_t)(any(2) == 0 ? ONE_OF(FEW) : low << 20 | any(1u << 20));
}

/* Goes over whatever is there, of the host's text or of one that was given out and then written into, until the end or an error. */
static void walk(const char *json, const char *pointer)
{
    finaut_json_cursor *items = NULL;
    char *shared = NULL;
    char *name = NULL;
    char *item = NULL;
    int64_t count = 0;
    int64_t seen = 0;
    size_t length;
    int32_t code;

    finaut_json_get(json, "", &shared);
    code = finaut_json_items(any(2) == 0 ? json : shared, pointer, &items, &item);
    EXPECT((code == FINAUT_OK) == (items != NULL) && (code == FINAUT_OK) == (item == NULL), "%d", (int)code);
    if (code != FINAUT_OK) {
        took("finaut_json_items", code, item);
    } else {
        finaut_json_count(json, pointer, &count, NULL);
        length = strlen(shared);
        if (length > 0 && any(3) == 0) {
            shared[any((unsigned)length)] = (char)any(256);
        }
        while ((code = any(2) == 0 ? finaut_json_next(items, &item) : finaut_json_member(items, &name, &item)) == FINAUT_OK) {
            seen++;
            EXPECT(seen <= (int64_t)length, "%ld items of a text of %lu bytes", (long)seen, (unsigned long)length);
            finaut_string_free(name);
            finaut_string_free(item);
            name = NULL;
        }
        EXPECT((code == FINAUT_E_NOT_FOUND) == (item == NULL), "%d", (int)code);
        EXPECT(name == NULL, "a name with the code %d", (int)code);
        codes[code]++;
        finaut_string_free(item);
    }
    finaut_string_free(shared);
    finaut_json_cursor_free(items);
}

static void one_call(finaut_client *client)
{
    static char first[ROOM];
    static char second[ROOM];
    static char third[ROOM];
    const char *args = input(first);
    unsigned which = any(100);
    const operation *known = &OPERATIONS[any((unsigned)OPERATION_COUNT)];
    char *reply = NULL;
    int32_t code;

    if (which < 60) {
        code = known->call(any(20) == 0 ? foreign() : client, args, &reply);
        took(known->name, code, reply);
    } else if (which < 65) {
        code = finaut_call(client, any(4) == 0 ? input(second) : ONE_OF(OTHERS), args, &reply);
        took("finaut_call", code, reply);
    } else if (which < 75) {
        finaut_client *made = NULL;

        code = finaut_client_new(args, &made, &reply);
        EXPECT((code == FINAUT_OK) == (made != NULL), "%d", (int)code);
        took("finaut_client_new", code, reply);
        finaut_client_free(made);
    } else if (which < 78) {
        finaut_receiver *made = NULL;

        code = finaut_receiver_start(client, args, &made, &reply);
        EXPECT((code == FINAUT_OK) == (made != NULL), "%d", (int)code);
        took("finaut_receiver_start", code, reply);
        finaut_receiver_free(made);
    } else if (which < 83) {
        walk(args, any(3) == 0 ? input(second) : ONE_OF(POINTERS));
    } else if (which < 88) {
        code = finaut_json_get(args, any(3) == 0 ? input(second) : ONE_OF(POINTERS), &reply);
        EXPECT(code >= 0 && code < CODES, "finaut_json_get gave the code %d", (int)code);
        codes[code]++;
        finaut_string_free(reply);
    } else if (which < 90) {
        code = finaut_json_set_json(args, any(3) == 0 ? input(second) : ONE_OF(POINTERS), any(2) == 0 ? input(third) : ONE_OF(VALUES), &reply);
        EXPECT(code >= 0 && code < CODES, "finaut_json_set_json gave the code %d", (int)code);
        codes[code]++;
        finaut_string_free(reply);
    } else if (which < 94) {
        code = finaut_json_set(args, any(3) == 0 ? input(second) : ONE_OF(POINTERS), input(third), &reply);
        EXPECT(code >= 0 && code < CODES, "finaut_json_set gave the code %d", (int)code);
        codes[code]++;
        finaut_string_free(reply);
    } else if (which < 97) {
        code = finaut_persnr_check(args, &reply);
        took("finaut_persnr_check", code, reply);
    } else {
        finaut_client_free(foreign());
        finaut_receiver_free(foreign());
        finaut_json_cursor_free(foreign());
        code = finaut_json_next(foreign(), &reply);
        EXPECT(code == FINAUT_E_HANDLE, "%d", (int)code);
        took("finaut_json_next", code, reply);
        code = finaut_client_interrupt(foreign());
        EXPECT(code == FINAUT_E_HANDLE, "%d", (int)code);
        code = finaut_receiver_status(foreign(), &reply);
        EXPECT(code == FINAUT_E_HANDLE, "%d", (int)code);
        took("finaut_receiver_status", code, reply);
    }
}

static void calls(long count, uint64_t seed)
{
    finaut_client *client = client_with(", \"max_wait_s\": 0, \"settle_s\": 0, \"throttle\": {\"requests\": 100000, \"per_s\": 1}");
    char *reply = NULL;

    chance = seed * 2 + 1;
    EXPECT(finaut_client_observe(client, impatient, NULL) == FINAUT_OK, "observe");
    while (count-- > 0) {
        one_call(client);
    }
    EXPECT(finaut_call(client, "users.get", "{\"id\": 590001}", &reply) == FINAUT_OK, "afterwards: %s", reply);
    finaut_string_free(reply);
    finaut_client_free(client);
}

static void random_input_gives_a_code_and_nothing_crashes(void)
{
    calls(few(20000, 300), 1);
}

int main(int argc, char **argv)
{
    static const test TESTS[] = {TEST(random_input_gives_a_code_and_nothing_crashes)};
    int code;

    if (argc > 1 && atol(argv[1]) > 0) {
        calls(atol(argv[1]), argc > 2 ? (uint64_t)atol(argv[2]) : 1);
        for (code = 0; code < CODES; code++) {
            printf("%s %ld\n", WORDS[code], codes[code]);
        }
        return 0;
    }
    return run_tests(argc, argv, TESTS, (int)(sizeof TESTS / sizeof TESTS[0]));
}
