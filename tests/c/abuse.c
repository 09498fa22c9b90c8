/*
 * Bad input of every kind, from C: what a host program can get wrong gives an error code, never a crash, and every error is an
 * object with a code and a message. Threads, forks and unloading have files of their own.
 */
#include "harness.h"
#include "operations.h"

/* Calls with these arguments, checks the reply's form, gives the code. */
static int32_t code_of(const operation *operation, finaut_client *client, const char *args)
{
    char *reply = (char *)1; /* whatever stood there before is no excuse */
    int32_t code = operation->call(client, args, &reply);

    EXPECT(reply != (char *)1, "%s: the reply is set", operation->name);
    check_reply(operation->name, code, reply);
    return code;
}

static int32_t code_of_call(finaut_client *client, const char *operation, const char *args)
{
    char *reply = (char *)1;
    int32_t code = finaut_call(client, operation, args, &reply);

    EXPECT(reply != (char *)1, "%.50s: the reply is set", operation != NULL ? operation : "NULL");
    check_reply("finaut_call", code, reply);
    return code;
}

/* The message of an error, to look into. */
static char *message_of(finaut_client *client, const char *operation, const char *args)
{
    char *reply = NULL;
    char *message;

    EXPECT(finaut_call(client, operation, args, &reply) != FINAUT_OK, "%s %s: %s", operation, args, reply);
    message = value_at(reply, "/message");
    finaut_string_free(reply);
    return message;
}

static char *many(const char *text, size_t times, const char *before, const char *after)
{
    size_t length = strlen(text);
    char *all = malloc(strlen(before) + length * times + strlen(after) + 1);
    char *at = all;
    size_t i;

    EXPECT(all != NULL, "memory");
    at += strlen(strcpy(at, before));
    for (i = 0; i < times; i++) {
        memcpy(at, text, length);
        at += length;
    }
    strcpy(at, after);
    return all;
}

static void operations_are_all_here(void)
{
    finaut_json_cursor *operations = NULL;
    char *catalogue = NULL;
    char *operation = NULL;
    int row;

    EXPECT(finaut_operations(&catalogue) == FINAUT_OK, "%s", catalogue);
    EXPECT(finaut_json_items(catalogue, "/operations", &operations, NULL) == FINAUT_OK, "%s", catalogue);
    for (row = 0; finaut_json_next(operations, &operation) == FINAUT_OK; row++) {
        char *name = value_at(operation, "/name");
        char *dot;
        int i;

        while ((dot = strchr(name, '.')) != NULL) {
            *dot = '_';
        }
        for (i = 0; i < OPERATION_COUNT && strcmp(OPERATIONS[i].name, name) != 0; i++) {
        }
        EXPECT(i < OPERATION_COUNT, "tests/c/operations.h lacks %s", name);
        finaut_string_free(operation);
    }
    finaut_json_cursor_free(operations);
    EXPECT(row == OPERATION_COUNT, "%d operations in the catalogue, %d here", row, OPERATION_COUNT);
    finaut_string_free(catalogue);
}

static void null_is_an_error_or_nothing_in_every_function(void)
{
    finaut_client *client = client_with("");
    finaut_client *none = (finaut_client *)1;
    char *reply = NULL;
    int i;

    for (i = 0; i < OPERATION_COUNT; i++) {
        EXPECT(OPERATIONS[i].call(NULL, NULL, NULL) == FINAUT_E_HANDLE, "%s", OPERATIONS[i].name);
        EXPECT(OPERATIONS[i].call(NULL, "{}", NULL) == FINAUT_E_HANDLE, "%s", OPERATIONS[i].name);
        EXPECT(code_of(&OPERATIONS[i], NULL, NULL) == FINAUT_E_HANDLE, "%s", OPERATIONS[i].name);
        /* NULL arguments are none: some operations need none, the others say which. */
        EXPECT(OPERATIONS[i].call(client, NULL, NULL) == code_of(&OPERATIONS[i], client, "{}"), "%s", OPERATIONS[i].name);
        EXPECT(code_of(&OPERATIONS[i], client, NULL) == code_of(&OPERATIONS[i], client, ""), "%s", OPERATIONS[i].name);
    }
    EXPECT(finaut_call(NULL, NULL, NULL, NULL) == FINAUT_E_HANDLE, "finaut_call");
    EXPECT(finaut_call(client, NULL, NULL, NULL) == FINAUT_E_ARGUMENT, "finaut_call");
    EXPECT(code_of_call(client, NULL, "{}") == FINAUT_E_ARGUMENT, "finaut_call");
    EXPECT(code_of_call(client, "budget", NULL) == FINAUT_OK, "finaut_call");

    EXPECT(finaut_client_new(NULL, NULL, NULL) == FINAUT_E_ARGUMENT, "finaut_client_new");
    EXPECT(finaut_client_new(config_with(""), NULL, NULL) == FINAUT_E_ARGUMENT, "finaut_client_new");
    reply = (char *)1;
    EXPECT(finaut_client_new(config_with(""), NULL, &reply) == FINAUT_E_ARGUMENT, "finaut_client_new");
    check_reply("finaut_client_new", FINAUT_E_ARGUMENT, reply);
    /* Without a configuration, the environment's: the sandbox. */
    EXPECT(finaut_client_new(NULL, &none, NULL) == FINAUT_OK && none != NULL, "finaut_client_new");
    finaut_client_free(none);
    none = (finaut_client *)1;
    EXPECT(finaut_client_new("[", &none, NULL) == FINAUT_E_ARGUMENT && none == NULL, "finaut_client_new");

    finaut_client_free(NULL);
    finaut_string_free(NULL);
    EXPECT(finaut_client_interrupt(NULL) == FINAUT_E_HANDLE, "finaut_client_interrupt");
    EXPECT(finaut_client_interrupt_call(NULL, "x") == FINAUT_E_HANDLE, "finaut_client_interrupt_call");
    EXPECT(finaut_client_interrupt_call(client, NULL) == FINAUT_E_ARGUMENT, "finaut_client_interrupt_call");
    EXPECT(finaut_client_interrupt_call(client, "") == FINAUT_E_ARGUMENT, "finaut_client_interrupt_call");
    EXPECT(finaut_client_interrupt_call(client, "nobody") == FINAUT_OK, "finaut_client_interrupt_call");
    EXPECT(finaut_client_observe(NULL, NULL, NULL) == FINAUT_E_HANDLE, "finaut_client_observe");
    EXPECT(finaut_client_observe(client, NULL, NULL) == FINAUT_OK, "finaut_client_observe");

    EXPECT(finaut_json_get(NULL, NULL, NULL) == FINAUT_E_ARGUMENT, "finaut_json_get");
    EXPECT(finaut_json_get("{}", NULL, NULL) == FINAUT_E_ARGUMENT, "finaut_json_get");
    EXPECT(finaut_json_get(NULL, "", &reply) == FINAUT_E_ARGUMENT, "finaut_json_get");
    check_reply("finaut_json_get", FINAUT_E_ARGUMENT, reply);
    EXPECT(finaut_json_get("{}", "", NULL) == FINAUT_OK, "finaut_json_get");
    EXPECT(finaut_json_set(NULL, NULL, NULL, NULL) == FINAUT_E_ARGUMENT, "finaut_json_set");
    EXPECT(finaut_json_set(NULL, "/a", NULL, &reply) == FINAUT_E_ARGUMENT, "finaut_json_set");
    check_reply("finaut_json_set", FINAUT_E_ARGUMENT, reply);
    EXPECT(finaut_json_set(NULL, "/a", "b", &reply) == FINAUT_OK && strcmp(reply, "{\"a\":\"b\"}") == 0, "%s", reply);
    finaut_string_free(reply);
    EXPECT(finaut_json_set(NULL, "/a", "b", NULL) == FINAUT_OK, "finaut_json_set");
    EXPECT(finaut_persnr_check(NULL, NULL) == FINAUT_E_ARGUMENT, "finaut_persnr_check");
    EXPECT(finaut_persnr_check(NULL, &reply) == FINAUT_E_ARGUMENT, "finaut_persnr_check");
    check_reply("finaut_persnr_check", FINAUT_E_ARGUMENT, reply);
    EXPECT(finaut_persnr_check("", NULL) == FINAUT_OK, "finaut_persnr_check");
    EXPECT(finaut_operations(NULL) == FINAUT_OK, "finaut_operations");
    EXPECT(strlen(finaut_version()) >= 5, "%s", finaut_version());
    EXPECT(finaut_abi_version() == FINAUT_ABI_VERSION, "%u", finaut_abi_version());
    finaut_client_free(client);
}

static void what_is_no_json_object_is_refused_everywhere(void)
{
    static const char *const BAD[] = {
        "{", "}", "[", "[]", "[1]", "1", "true", "\"x\"", "null", "{'id': 1}", "{\"id\": 1} x", "{\"id\": 1}{}", "{\"id\": 1,}",
        "{\"id\": 01}", "{\"id\": +1}", "{\"id\": NaN}", "{\"id\": 1, \"id\": 2}", "{\"id\": \"\\ud800\"}", "{\"id\": \"\\x\"}",
        "{\"id\": \"\n\"}", "{id: 1}", "{\"id\" 1}", "{\"id\":}", "{1: 2}", "\x01", "{}\x01", "\xEF\xBB\xBF[]", "nul", "%s%s%n",
        /* no UTF-8: Latin-1, a lone continuation, cut short, overlong, a surrogate, beyond Unicode */
        "{\"id\": \"\xE6\"}", "{\"id\": \"\x80\"}", "{\"id\": \"\xE2\x82", "{\"id\": \"\xC0\xAF\"}", "{\"id\": \"\xED\xA0\x80\"}",
        "{\"id\": \"\xF4\x90\x80\x80\"}", "\xFF\xFE{}", "{\"\xE6\": 1}",
    };
    finaut_client *client = client_with("");
    finaut_client *none;
    char *reply;
    long before = counted("requests");
    size_t i;
    int j;

    for (i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        for (j = 0; j < OPERATION_COUNT; j++) {
            EXPECT(code_of(&OPERATIONS[j], client, BAD[i]) == FINAUT_E_ARGUMENT, "%s %s", OPERATIONS[j].name, BAD[i]);
        }
        EXPECT(code_of_call(client, "users.get", BAD[i]) == FINAUT_E_ARGUMENT, "%s", BAD[i]);
        none = (finaut_client *)1;
        EXPECT(finaut_client_new(BAD[i], &none, &reply) == FINAUT_E_ARGUMENT && none == NULL, "%s: %s", BAD[i], reply);
        check_reply("finaut_client_new", FINAUT_E_ARGUMENT, reply);
    }
    EXPECT(counted("requests") == before, "no request was sent");
    finaut_client_free(client);
}

static void wrong_keys_and_types_are_named_and_cost_no_request(void)
{
    static const char *const BAD[][2] = {
        {"{\"xyzzy\": 1}", "xyzzy"},
        {"{\"max_wait_s\": \"5\"}", "max_wait_s"},
        {"{\"max_wait_s\": null}", "max_wait_s"},
        {"{\"max_wait_s\": [1]}", "max_wait_s"},
        {"{\"priority\": 1}", "priority"},
        {"{\"fresh\": \"yes\"}", "fresh"},
        {"{\"fresh\": {}}", "fresh"},
        {"{\"\": \"\"}", "unknown"},
        {"{\"MAX_WAIT_S\": 1}", "MAX_WAIT_S"},
    };
    finaut_client *client = client_with("");
    long before = counted("requests");
    size_t i;
    int j;

    for (i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        for (j = 0; j < OPERATION_COUNT; j++) {
            char *reply = NULL;
            int32_t code = OPERATIONS[j].call(client, BAD[i][0], &reply);

            EXPECT(code == FINAUT_E_ARGUMENT, "%s %s: %s", OPERATIONS[j].name, BAD[i][0], reply);
            EXPECT(strstr(reply, BAD[i][1]) != NULL, "%s is named: %s", BAD[i][1], reply);
            check_reply(OPERATIONS[j].name, code, reply);
        }
    }
    EXPECT(code_of_call(client, "users.get", "{\"id\": true}") == FINAUT_E_ARGUMENT, "id");
    EXPECT(code_of_call(client, "users.get", "{\"id\": 1.5}") == FINAUT_E_ARGUMENT, "id");
    EXPECT(code_of_call(client, "users.get", "{\"id\": 1, \"employee_alias\": \"a\"}") == FINAUT_E_ARGUMENT, "two persons");
    EXPECT(code_of_call(client, "users.get", "{\"id\": -1}") == FINAUT_E_VALIDATION, "id");
    EXPECT(code_of_call(client, "users.get", "{\"id\": 99999999999999999999999999}") != FINAUT_OK, "id");
    EXPECT(code_of_call(client, "users.get", "{\"persnr\": 1810050019}") == FINAUT_E_ARGUMENT, "persnr");
    EXPECT(code_of_call(client, "users.get", "{\"persnr\": \"\xC2\xB2\"}") == FINAUT_E_VALIDATION, "persnr");
    EXPECT(code_of_call(client, "users.list", "{\"page\": 0}") == FINAUT_E_VALIDATION, "page");
    EXPECT(code_of_call(client, "users.list", "{\"max_wait_s\": -1}") != FINAUT_OK, "max_wait_s");
    EXPECT(code_of_call(client, "users.list", "{\"max_wait_s\": 1e999}") != FINAUT_OK, "max_wait_s");
    EXPECT(code_of_call(client, "nonsense", "{}") == FINAUT_E_ARGUMENT, "no operation");
    EXPECT(code_of_call(client, "", "{}") == FINAUT_E_ARGUMENT, "no operation");
    EXPECT(code_of_call(client, "\xFF\xFE", "{}") == FINAUT_E_ARGUMENT, "no operation");
    EXPECT(code_of_call(client, "users.get\n", "{}") == FINAUT_E_ARGUMENT, "no operation");
    EXPECT(counted("requests") == before, "no request was sent");
    finaut_client_free(client);
}

static void missing_arguments_are_named(void)
{
    static const char *const NEEDED[][2] = {
        {"users.get", "persnr"},          {"users.create", "roles"},         {"users.create_candidate", "schemes"},
        {"users.create_ba", "last_name"}, {"users.create_tl", "department"}, {"users.update", "changes"},
        {"users.add_role", "role"},       {"users.enroll", "schemes"},       {"users.move", "department"},
        {"users.hold", "scheme"},         {"users.withdraw", "scheme"},      {"companies.get", "id"},
        {"departments.get", "id"},        {"userstatus.get", "id"},          {"userstatus.create", "appname"},
        {"results.get", "id"},            {"competency_results.get", "id"},  {"competency_results.create", "goal"},
        {"employment.get", "id"},         {"link.url", "ext_user_id"},       {"request", "method"},
    };
    finaut_client *client = client_with("");
    size_t i;

    for (i = 0; i < sizeof NEEDED / sizeof NEEDED[0]; i++) {
        char *message = message_of(client, NEEDED[i][0], "{}");

        EXPECT(code_of_call(client, NEEDED[i][0], "{}") == FINAUT_E_ARGUMENT, "%s", NEEDED[i][0]);
        EXPECT(strstr(message, NEEDED[i][1]) != NULL, "%s names %s: %s", NEEDED[i][0], NEEDED[i][1], message);
        finaut_string_free(message);
    }
    finaut_client_free(client);
}

static void too_much_text_is_refused(void)
{
    const size_t HUGE_TEXT = (size_t)64 << 20;
    finaut_client *client = client_with("");
    finaut_client *none = NULL;
    char *spaces = many(" ", HUGE_TEXT, "", "");
    char *letters = many("a", HUGE_TEXT, "{\"persnr\": \"", "\"}");
    finaut_json_cursor *members = NULL;
    char *reply = NULL;
    int32_t code;

    EXPECT(code_of_call(client, "users.get", spaces) == FINAUT_E_ARGUMENT, "spaces");
    EXPECT(code_of_call(client, "users.get", letters) == FINAUT_E_ARGUMENT, "letters");
    EXPECT(code_of_call(client, letters, "{}") == FINAUT_E_ARGUMENT, "a name of an operation");
    EXPECT(finaut_client_new(letters, &none, &reply) == FINAUT_E_ARGUMENT && none == NULL, "configuration");
    check_reply("finaut_client_new", FINAUT_E_ARGUMENT, reply);
    /* What is too much for a call is not too much for looking at: a reply may be long. */
    code = finaut_json_get(letters, "/persnr", &reply);
    EXPECT(code == FINAUT_OK && strlen(reply) == HUGE_TEXT, "%d", (int)code);
    finaut_string_free(reply);
    EXPECT(finaut_json_items(letters, "", &members, NULL) == FINAUT_OK, "members");
    EXPECT(finaut_json_next(members, &reply) == FINAUT_OK && strlen(reply) == HUGE_TEXT, "a value");
    finaut_string_free(reply);
    finaut_json_cursor_free(members);
    code = finaut_json_set(letters, "/persnr", letters, &reply);
    EXPECT(code == FINAUT_OK || code == FINAUT_E_ARGUMENT, "%d", (int)code);
    finaut_string_free(reply);
    code = finaut_json_get("{}", letters, &reply);
    check_reply("finaut_json_get", code, reply);
    code = finaut_persnr_check(letters, &reply);
    EXPECT(code == FINAUT_OK || code == FINAUT_E_ARGUMENT, "%d", (int)code);
    EXPECT(strlen(reply) < 2000, "a short answer, not %lu bytes", (unsigned long)strlen(reply));
    finaut_string_free(reply);
    EXPECT(code_of_call(client, "budget", "{}") == FINAUT_OK, "the client still works");
    free(spaces);
    free(letters);
    finaut_client_free(client);
}

/* Deep nesting must end in an error, not at the end of the stack. */
static void deep_nesting_is_refused(void)
{
    static const char *const BEGINNINGS[][2] = {{"[", ""}, {"{\"a\":", ""}, {"[", "]"}, {"{\"a\":[", ""}};
    finaut_client *client = client_with("");
    finaut_client *none = NULL;
    char *reply = NULL;
    size_t i;

    for (i = 0; i < sizeof BEGINNINGS / sizeof BEGINNINGS[0]; i++) {
        char *deep = many(BEGINNINGS[i][0], 100000, "", "");
        char *inside = many(BEGINNINGS[i][0], 100000, "{\"method\": \"POST\", \"path\": \"user/\", \"body\": ", "");

        EXPECT(code_of_call(client, "users.get", deep) == FINAUT_E_ARGUMENT, "arguments");
        EXPECT(code_of_call(client, "request", inside) == FINAUT_E_ARGUMENT, "a body");
        EXPECT(finaut_client_new(deep, &none, &reply) == FINAUT_E_ARGUMENT && none == NULL, "configuration");
        check_reply("finaut_client_new", FINAUT_E_ARGUMENT, reply);
        EXPECT(finaut_json_get(deep, "", &reply) == FINAUT_E_ARGUMENT, "finaut_json_get");
        check_reply("finaut_json_get", FINAUT_E_ARGUMENT, reply);
        EXPECT(finaut_json_set(deep, "/a", "b", &reply) == FINAUT_E_ARGUMENT, "finaut_json_set");
        check_reply("finaut_json_set", FINAUT_E_ARGUMENT, reply);
        free(deep);
        free(inside);
    }
    finaut_client_free(client);
}

static void deep_pointers_are_refused(void)
{
    static const char *const STEPS[] = {"/a", "/-", "/", "/~0", "~", "/0"};
    char *reply = NULL;
    size_t i;

    for (i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++) {
        char *deep = many(STEPS[i], 100000, "", "");

        EXPECT(finaut_json_set("", deep, "b", &reply) == FINAUT_E_ARGUMENT, "%s: %.50s", STEPS[i], reply);
        check_reply("finaut_json_set", FINAUT_E_ARGUMENT, reply);
        EXPECT(finaut_json_get("{}", deep, &reply) != FINAUT_OK, "%.50s", reply);
        finaut_string_free(reply);
        free(deep);
    }
}

/* What can be built must also be readable: a text deeper than finaut_json_get reads would be lost. */
static void what_json_set_makes_json_get_reads(void)
{
    char *json = NULL;
    char *value = NULL;
    int depth;

    for (depth = 1; depth < 300; depth++) {
        char *pointer = many("/a", (size_t)depth, "", "");

        if (finaut_json_set("{}", pointer, "here", &json) == FINAUT_OK) {
            EXPECT(finaut_json_get(json, pointer, &value) == FINAUT_OK, "depth %d: %s", depth, value);
            EXPECT(strcmp(value, "here") == 0, "depth %d: %s", depth, value);
        } else {
            EXPECT(depth > 32, "depth %d is refused: %s", depth, json);
        }
        finaut_string_free(json);
        finaut_string_free(value);
        json = value = NULL;
        free(pointer);
    }
}

static void stale_foreign_and_freed_handles_are_refused(void)
{
    finaut_client *client = client_with("");
    finaut_client *other = client_with("");
    void *block = malloc(100);
    int local = 0;
    finaut_client *foreign[200];
    size_t count = 0;
    size_t i;
    int j;

    foreign[count++] = (finaut_client *)&local;
    foreign[count++] = (finaut_client *)block;
    foreign[count++] = (finaut_client *)(uintptr_t)&finaut_version;
    foreign[count++] = (finaut_client *)finaut_version();
    foreign[count++] = (finaut_client *)&client;
    foreign[count++] = (finaut_client *)-1;
    foreign[count++] = (finaut_client *)(UINTPTR_MAX / 2);
    foreign[count++] = (finaut_client *)((uintptr_t)client + 1);
    foreign[count++] = (finaut_client *)((uintptr_t)client - 1);
    foreign[count++] = (finaut_client *)((uintptr_t)client * 3);
    for (i = 1; i < 100; i++) {
        foreign[count++] = (finaut_client *)i;
    }
    for (i = 0; i < 50; i++) {
        foreign[count++] = (finaut_client *)(uintptr_t)(((uint64_t)random() << 32 | (uint64_t)random()) | UINT64_C(1) << 60);
    }
    finaut_client_free(other);
    foreign[count++] = other;
    for (i = 0; i < count; i++) {
        finaut_client_free(foreign[i]);
        for (j = 0; j < OPERATION_COUNT; j++) {
            EXPECT(code_of(&OPERATIONS[j], foreign[i], "{}") == FINAUT_E_HANDLE, "%p", (void *)foreign[i]);
        }
        EXPECT(code_of_call(foreign[i], "users.get", "{\"id\": 1}") == FINAUT_E_HANDLE, "%p", (void *)foreign[i]);
        EXPECT(finaut_client_interrupt(foreign[i]) == FINAUT_E_HANDLE, "%p", (void *)foreign[i]);
        EXPECT(finaut_client_observe(foreign[i], NULL, NULL) == FINAUT_E_HANDLE, "%p", (void *)foreign[i]);
    }
    finaut_client_free(other);
    EXPECT(code_of_call(client, "budget", "{}") == FINAUT_OK, "none of that was this client");
    finaut_client_free(client);
    finaut_client_free(client);
    EXPECT(code_of_call(client, "budget", "{}") == FINAUT_E_HANDLE, "freed");
    /* A handle is not used again, so a stale one never means somebody else's client. */
    for (i = 0; i < 1000; i++) {
        other = client_with("");
        EXPECT(other != client, "handle %lu is used again", (unsigned long)i);
        finaut_client_free(other);
    }
    free(block);
}

static void strings_that_are_not_its_own_are_left_alone(void)
{
    static char literal[] = "literal";
    char stack[] = "stack";
    char *block = strdup("malloc");
    char *reply = NULL;
    char *again = NULL;
    int i;

    finaut_string_free(literal);
    finaut_string_free(stack);
    finaut_string_free(block);
    finaut_string_free(block + 1);
    finaut_string_free((char *)"constant");
    finaut_string_free((char *)finaut_version());
    finaut_string_free((char *)1);
    finaut_string_free((char *)-1);
    finaut_string_free((char *)&reply);
    EXPECT(strcmp(literal, "literal") == 0 && strcmp(stack, "stack") == 0 && strcmp(block, "malloc") == 0, "unharmed");
    free(block);

    EXPECT(finaut_operations(&reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply + 1);
    EXPECT(strlen(reply) > 1000, "%lu", (unsigned long)strlen(reply));
    finaut_string_free(reply);
    finaut_string_free(reply);
    /* The next one may be at the same address, and freeing the stale pointer again would then take it away; so twice only. */
    for (i = 0; i < 1000; i++) {
        EXPECT(finaut_persnr_check("01810050019", &again) == FINAUT_OK, "%s", again);
        finaut_string_free(again);
        finaut_string_free(again);
    }
}

static void every_failure_says_its_code_in_numbers_and_words(void)
{
    char config[500];
    char *reply = NULL;
    finaut_client *client = client_with(", \"max_wait_s\": 3");
    finaut_client *none = NULL;
    int32_t code;

    EXPECT(code_of_call(client, "check", "{}") == FINAUT_OK, "the sandbox is there");
    EXPECT(code_of_call(client, "users.get", "{") == FINAUT_E_ARGUMENT, "argument");
    EXPECT(code_of_call((finaut_client *)&code, "users.get", "{}") == FINAUT_E_HANDLE, "handle");

    code = finaut_client_new("{\"host\": \"http://example.com\", \"client_id\": \"a\", \"client_secret\": \"b\"}", &none, &reply);
    EXPECT(code == FINAUT_E_CONFIG && none == NULL, "%d %s", (int)code, reply);
    check_reply("config", code, reply);
    EXPECT(code_of_call(client, "link.url", "{\"ext_user_id\": \"E1\"}") == FINAUT_E_CONFIG, "config");

    EXPECT(code_of_call(client, "users.get", "{\"persnr\": \"01810050010\"}") == FINAUT_E_VALIDATION, "a wrong control digit");
    EXPECT(finaut_call(client, "userstatus.create", "{\"appname\": \"zzz\", \"user\": 590001, \"status\": \"hvilende\", \"fresh\": true}", &reply) ==
               FINAUT_E_VALIDATION,
           "%s", reply);
    EXPECT(strcmp(value_at(reply, "/http_status"), "422") == 0 && strlen(value_at(reply, "/fields/appname/0")) > 3, "%s", reply);
    check_reply("validation", FINAUT_E_VALIDATION, reply);

    sprintf(config, "{\"host\": \"%.200s\", \"client_id\": \"nobody\", \"client_secret\": \"guessed-wrong\"}",
            setting("FINAUT_API_HOST"));
    none = client_of(config);
    EXPECT(finaut_call(none, "check", "{}", &reply) == FINAUT_E_AUTHENTICATION, "%s", reply);
    EXPECT(strstr(reply, "guessed-wrong") == NULL, "the secret is not told: %s", reply);
    check_reply("authentication", FINAUT_E_AUTHENTICATION, reply);
    finaut_client_free(none);

    fault("{\"kind\": \"status\", \"status\": 403}");
    EXPECT(code_of_call(client, "users.get", "{\"id\": 590001}") == FINAUT_E_PERMISSION, "permission");
    EXPECT(code_of_call(client, "users.get", "{\"id\": 1}") == FINAUT_E_NOT_FOUND, "not_found");
    EXPECT(code_of_call(client, "users.get", "{\"employee_alias\": \"ANS-00006\"}") == FINAUT_E_AMBIGUOUS, "ambiguous");

    fault("{\"kind\": \"status\", \"status\": 429, \"headers\": {\"Retry-After\": \"1000\"}}");
    EXPECT(finaut_call(client, "users.get", "{\"id\": 590001}", &reply) == FINAUT_E_THROTTLED, "%s", reply);
    EXPECT(atof(value_at(reply, "/retry_after_s")) > 900, "%s", reply);
    check_reply("throttled", FINAUT_E_THROTTLED, reply);
    finaut_client_free(client);
}

/* The rest of them, in a process whose throttle is not paused. */
static void every_failure_of_the_way_says_its_code(void)
{
    char persnr[12];
    char args[600];
    char *reply = NULL;
    finaut_client *client = client_with(", \"max_wait_s\": 2, \"settle_s\": 0.5, \"max_body_bytes\": 1000000");
    finaut_client *nobody;

    fault("{\"kind\": \"status\", \"status\": 500, \"times\": null}");
    EXPECT(code_of_call(client, "users.get", "{\"id\": 590001}") == FINAUT_E_SERVER, "server");
    no_faults();

    fault("{\"kind\": \"cut_before_acting\", \"times\": null, \"path\": \"user/\"}");
    EXPECT(code_of_call(client, "users.get", "{\"id\": 590001}") == FINAUT_E_NETWORK, "network");
    no_faults();
    nobody = client_of("{\"host\": \"http://127.0.0.1:1\", \"client_id\": \"a\", \"client_secret\": \"b\", \"max_wait_s\": 0}");
    EXPECT(code_of_call(nobody, "check", "{}") == FINAUT_E_NETWORK, "network");
    finaut_client_free(nobody);

    fault("{\"kind\": \"html\", \"status\": 200}");
    EXPECT(code_of_call(client, "users.get", "{\"id\": 590001}") == FINAUT_E_PROTOCOL, "a proxy's page");
    fault("{\"kind\": \"garbage\"}");
    EXPECT(code_of_call(client, "users.get", "{\"id\": 590001}") == FINAUT_E_PROTOCOL, "garbage");
    fault("{\"kind\": \"huge_body\", \"bytes\": 2000000}");
    EXPECT(code_of_call(client, "users.get", "{\"id\": 590001}") == FINAUT_E_PROTOCOL, "too much");
    fault("{\"kind\": \"half_body\", \"times\": null}");
    EXPECT(code_of_call(client, "users.get", "{\"id\": 590001}") == FINAUT_E_PROTOCOL, "half a body");
    no_faults();

    unused_persnr(persnr);
    fault("[{\"kind\": \"cut_after_acting\", \"method\": \"POST\", \"path\": \"user/\"},"
          " {\"kind\": \"status\", \"status\": 503, \"method\": \"GET\", \"path\": \"user/\", \"times\": null}]");
    EXPECT(finaut_call(client, "departments.list", "{}", &reply) == FINAUT_OK, "%s", reply);
    sprintf(args,
            "{\"persnr\": \"%s\", \"first_name\": \"Odd\", \"last_name\": \"Test\", \"company\": \"%.200s\", \"department\": "
            "\"%.200s\", \"schemes\": [\"afr\"]}",
            persnr, value_at(reply, "/results/0/company"), value_at(reply, "/results/0/id"));
    finaut_string_free(reply);
    EXPECT(finaut_call(client, "users.create_candidate", args, &reply) == FINAUT_E_UNKNOWN_OUTCOME, "%s", reply);
    EXPECT(strstr(reply, persnr) == NULL, "the number is not told: %s", reply);
    check_reply("unknown_outcome", FINAUT_E_UNKNOWN_OUTCOME, reply);
    no_faults();
    /* What the message says to check is so. */
    sprintf(args, "{\"persnr\": \"%s\"}", persnr);
    EXPECT(code_of_call(client, "users.get", args) == FINAUT_OK, "the creation had succeeded");
    finaut_client_free(client);
}

static void a_call_beyond_its_patience_fails_at_once(void)
{
    finaut_client *client = client_with(", \"throttle\": {\"requests\": 1, \"per_s\": 3600}");
    char *reply = NULL;

    EXPECT(code_of_call(client, "check", "{}") == FINAUT_OK, "the one");
    EXPECT(finaut_call(client, "check", "{\"max_wait_s\": 3000}", &reply) == FINAUT_E_THROTTLED, "%s", reply);
    EXPECT(atof(value_at(reply, "/retry_after_s")) > 3500, "%s", reply);
    finaut_string_free(reply);
    finaut_client_free(client);
}

static void an_unusable_state_file_is_refused_and_nothing_else_used_in_its_place(void)
{
#ifdef _WIN32
    static const char *const PATHS[] = {"C:/nonexistent/folder/state", "/", "C:/which?", "NUL"};
#else
    static const char *const PATHS[] = {"/nonexistent/folder/state", "/", "/proc/state", "/dev/null"};
    struct stat before;
    struct stat after;
#endif
    char folder[FOLDER_ROOM];
    char damaged[FOLDER_ROOM + 20];
    char more[FOLDER_ROOM + 60];
    FILE *file;
    size_t i;

#ifndef _WIN32 /* where a device has no permissions that a file's could replace */
    EXPECT(stat("/dev/null", &before) == 0, "%s", strerror(errno));
#endif
    EXPECT(make_folder_at(folder), "%s", strerror(errno));
    sprintf(damaged, "%s/damaged", folder);
    file = fopen(damaged, "w");
    EXPECT(file != NULL, "%s", strerror(errno));
    for (i = 0; i < 1000; i++) {
        fputs("this is no state file. ", file);
    }
    fclose(file);
    for (i = 0; i <= sizeof PATHS / sizeof PATHS[0]; i++) {
        const char *path = i < sizeof PATHS / sizeof PATHS[0] ? PATHS[i] : damaged;
        finaut_client *client = NULL;
        char *reply = NULL;
        int32_t code;

        sprintf(more, ", \"state\": \"%s\"", path);
        code = finaut_client_new(config_with(more), &client, &reply);
        /* It may be found out at the first call only. */
        if (code == FINAUT_OK) {
            finaut_string_free(reply);
            code = finaut_check(client, "{}", &reply);
        }
        EXPECT(code == FINAUT_E_STATE, "%s: %d %s", path, (int)code, reply);
        check_reply(path, code, reply);
        finaut_client_free(client);
    }
    unlink(damaged);
    rmdir(folder);
#ifndef _WIN32
    EXPECT(stat("/dev/null", &after) == 0 && after.st_mode == before.st_mode, "%o became %o", (unsigned)before.st_mode,
           (unsigned)after.st_mode);
#endif
}

static void windows_1252_goes_out_and_comes_back(void)
{
    finaut_client *old = client_with(", \"encoding\": \"windows-1252\"");
    finaut_client *utf8 = client_with("");
    char persnr[12];
    char args[600];
    char *reply = NULL;
    char *name;
    char *made = NULL;

    unused_persnr(persnr);
    EXPECT(finaut_departments_list(old, "{}", &reply) == FINAUT_OK, "%s", reply);
    /* "Rådgivning Øst" in one byte for each letter. */
    EXPECT(strstr(reply, "R\xE5" "dgivning \xD8st") != NULL, "%s", reply);
    sprintf(args,
            "{\"persnr\": \"%s\", \"first_name\": \"K\xE6re\", \"last_name\": \"\xD8stb\xF8-\xC5s \x80\", \"company\": "
            "\"%.200s\", \"department\": \"%.200s\", \"schemes\": [\"afr\"]}",
            persnr, value_at(reply, "/results/0/company"), value_at(reply, "/results/0/id"));
    finaut_string_free(reply);
    EXPECT(finaut_users_create_candidate(old, args, &reply) == FINAUT_OK, "%s", reply);
    EXPECT(strstr(reply, "\"K\xE6re\"") != NULL, "%s", reply);
    EXPECT(strstr(reply, "\"\xD8stb\xF8-\xC5s \x80\"") != NULL, "%s", reply);
    /* Reading a value of a reply in another encoding keeps its bytes. */
    name = value_at(reply, "/last_name");
    EXPECT(strcmp(name, "\xD8stb\xF8-\xC5s \x80") == 0, "%s", name);
    EXPECT(finaut_json_set(reply, "/first_name", "P\xE5l", &made) == FINAUT_OK, "%s", made);
    EXPECT(strstr(made, "\"P\xE5l\"") != NULL && strstr(made, "\"\xD8stb\xF8-\xC5s \x80\"") != NULL, "%s", made);
    finaut_string_free(made);
    finaut_string_free(reply);

    sprintf(args, "{\"persnr\": \"%s\"}", persnr);
    EXPECT(finaut_users_get(utf8, args, &reply) == FINAUT_OK, "%s", reply);
    EXPECT(strstr(reply, "\"K\xC3\xA6re\"") != NULL && strstr(reply, "\xE2\x82\xAC") != NULL, "at the server it is Unicode: %s", reply);
    finaut_string_free(reply);

    /* What the encoding lacks comes as an escape, so nothing is lost: Sami č, Chinese, an emoji. */
    sprintf(args, "{\"persnr\": \"%s\", \"changes\": {\"first_name\": \"K\xC3\xA6re \xC4\x8D \xE6\xBC\xA2 \xF0\x9F\x98\x80\"}}", persnr);
    EXPECT(finaut_users_update(utf8, args, &reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    sprintf(args, "{\"persnr\": \"%s\"}", persnr);
    EXPECT(finaut_users_get(old, args, &reply) == FINAUT_OK, "%s", reply);
    EXPECT(strstr(reply, "\"K\xE6re \\u010d \\u6f22 \\ud83d\\ude00\"") != NULL, "%s", reply);
    finaut_string_free(reply);
    /* An escape that a host sends back is the character again. */
    sprintf(args, "{\"persnr\": \"%s\", \"changes\": {\"last_name\": \"Mu\\u0161\xE5k\"}}", persnr);
    EXPECT(finaut_users_update(old, args, &reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    sprintf(args, "{\"persnr\": \"%s\"}", persnr);
    EXPECT(finaut_users_get(utf8, args, &reply) == FINAUT_OK, "%s", reply);
    EXPECT(strstr(reply, "\"Mu\xC5\xA1\xC3\xA5k\"") != NULL, "%s", reply);
    finaut_string_free(reply);

    /* Errors too, and UTF-8 given to a windows-1252 client is refused: it would stand in the register as something else. */
    EXPECT(finaut_users_get(old, "{\"f\xF8rstenavn\": 1}", &reply) == FINAUT_E_ARGUMENT, "%s", reply);
    EXPECT(strstr(reply, "f\xF8rstenavn") != NULL, "%s", reply);
    check_reply("encoding", FINAUT_E_ARGUMENT, reply);
    EXPECT(finaut_users_list(old, "{\"employee_alias\": \"\xC3\xA6\"}", &reply) == FINAUT_E_ARGUMENT, "%s", reply);
    EXPECT(strstr(reply, "UTF-8") != NULL && strstr(reply, "at byte 20") != NULL, "%s", reply);
    finaut_string_free(reply);
    /* 0x81 stands for nothing in windows-1252 but a control character. */
    EXPECT(finaut_users_list(old, "{\"employee_alias\": \"\x81\"}", &reply) >= 0, "%s", reply);
    finaut_string_free(reply);
    finaut_client_free(old);
    finaut_client_free(utf8);
}

static void encodings_that_c_strings_cannot_hold_are_refused(void)
{
    static const char *const BAD[] = {"utf-16le", "utf-16be", "utf-16", "klingon", "", "replacement", "x-user-defined", "iso-2022-jp",
                                       "cp277", "latin-1"};
    size_t i;

    for (i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
        finaut_client *client = NULL;
        char *reply = NULL;
        char more[100];
        int32_t code;

        sprintf(more, ", \"encoding\": \"%s\"", BAD[i]);
        code = finaut_client_new(config_with(more), &client, &reply);
        EXPECT(code == FINAUT_E_CONFIG && client == NULL, "%s: %d %s", BAD[i], (int)code, reply);
        check_reply("encoding", code, reply);
    }
}

static void *calls_in_a_thread(void *client)
{
    char *reply = NULL;
    int32_t code = finaut_call(client, "users.list", "{\"employee_alias\": \"ANS-00006\"}", &reply);

    EXPECT(code == FINAUT_OK, "%d %s", (int)code, reply);
    finaut_string_free(reply);
    code = finaut_call(client, "userstatus.list", "{}", &reply);
    EXPECT(code == FINAUT_OK, "%d %s", (int)code, reply);
    finaut_string_free(reply);
    return NULL;
}

/* Old hosts give their threads little. */
static void calls_fit_on_a_small_stack(void)
{
    finaut_client *client = client_with("");
    pthread_attr_t small;
    pthread_t thread;

    pthread_attr_init(&small);
    EXPECT(pthread_attr_setstacksize(&small, 256 * 1024) == 0, "a stack of 256 KiB");
    EXPECT(pthread_create(&thread, &small, calls_in_a_thread, client) == 0, "a thread");
    pthread_join(thread, NULL);
    finaut_client_free(client);
}

int main(int argc, char **argv)
{
    static const test TESTS[] = {
        TEST(operations_are_all_here),
        TEST(null_is_an_error_or_nothing_in_every_function),
        TEST(what_is_no_json_object_is_refused_everywhere),
        TEST(wrong_keys_and_types_are_named_and_cost_no_request),
        TEST(missing_arguments_are_named),
        TEST(too_much_text_is_refused),
        TEST(deep_nesting_is_refused),
        TEST(deep_pointers_are_refused),
        TEST(what_json_set_makes_json_get_reads),
        TEST(stale_foreign_and_freed_handles_are_refused),
        TEST(strings_that_are_not_its_own_are_left_alone),
        TEST(every_failure_says_its_code_in_numbers_and_words),
        TEST(every_failure_of_the_way_says_its_code),
        TEST(a_call_beyond_its_patience_fails_at_once),
        TEST(an_unusable_state_file_is_refused_and_nothing_else_used_in_its_place),
        TEST(windows_1252_goes_out_and_comes_back),
        TEST(encodings_that_c_strings_cannot_hold_are_refused),
        TEST(calls_fit_on_a_small_stack),
    };

    return run_tests(argc, argv, TESTS, (int)(sizeof TESTS / sizeof TESTS[0]));
}
