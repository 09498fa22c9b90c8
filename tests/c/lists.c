/*
 * Lists without a JSON library: cursors over arrays and objects, counting, and writing JSON into JSON. What of a text is freed first,
 * and what is broken, foreign or shared between threads and processes.
 */
#include "harness.h"

/* A call fails with this code, and with an error in its form where it says why. Frees that. */
#define FAILS_WITH(call, expected, error)                                                                                     \
    do {                                                                                                                     \
        int32_t code_ = (call);                                                                                              \
        EXPECT(code_ == (expected), "%d: %s", (int)code_, (error) != NULL ? (error) : "NULL");                               \
        check_reply(#call, code_, error);                                                                                    \
    } while (0)

static finaut_json_cursor *items_of(const char *json, const char *pointer)
{
    finaut_json_cursor *items = NULL;
    char *error = (char *)1;
    int32_t code = finaut_json_items(json, pointer, &items, &error);

    EXPECT(code == FINAUT_OK && items != NULL, "%.100s at %s: %d %s", json, pointer, (int)code, error);
    EXPECT(error == NULL, "no error");
    return items;
}

static void gives(finaut_json_cursor *items, const char *expected)
{
    char *item = NULL;
    int32_t code = finaut_json_next(items, &item);

    EXPECT(code == FINAUT_OK, "%d %s", (int)code, item);
    EXPECT(strcmp(item, expected) == 0, "%s instead of %s", item, expected);
    finaut_string_free(item);
}

static void is_at_its_end(finaut_json_cursor *items)
{
    char *item = (char *)1;
    int again;

    for (again = 0; again < 3; again++) {
        EXPECT(finaut_json_next(items, &item) == FINAUT_E_NOT_FOUND, "the end");
        EXPECT(item == NULL, "nothing is given");
        item = (char *)1;
    }
    EXPECT(finaut_json_next(items, NULL) == FINAUT_E_NOT_FOUND, "the end");
}

/* A text of its own, as a host has it: not the library's. */
static char *own(const char *text)
{
    char *copy = malloc(strlen(text) + 1);

    EXPECT(copy != NULL, "memory");
    return strcpy(copy, text);
}

/* The same text, given out by the library. */
static char *given_out(const char *json)
{
    char *text = NULL;

    EXPECT(finaut_json_get(json, "", &text) == FINAUT_OK, "%.200s", text);
    return text;
}

static char *repeated(const char *before, const char *text, size_t times, const char *after)
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

#define LIST "{\"count\": 5, \"results\": [1.50, \"K\303\245re \\\"\\n\\u00e6\", [\"]\"], {\"a\": \"}\"} ,null ], \"none\": [ ]}"

static void items_of_a_list_come_in_order_and_then_the_end(void)
{
    int shared;

    for (shared = 0; shared < 2; shared++) {
        char *json = shared ? given_out(LIST) : own(LIST);
        finaut_json_cursor *items = items_of(json, "/results");

        gives(items, "1.50");
        gives(items, "K\303\245re \"\n\303\246");
        gives(items, "[\"]\"]");
        gives(items, "{\"a\": \"}\"}");
        gives(items, "null");
        is_at_its_end(items);
        finaut_json_cursor_free(items);
        items = items_of(json, "/none");
        is_at_its_end(items);
        finaut_json_cursor_free(items);
        /* What is not wanted is passed over. */
        items = items_of(json, "/results");
        EXPECT(finaut_json_next(items, NULL) == FINAUT_OK, "passed over");
        gives(items, "K\303\245re \"\n\303\246");
        finaut_json_cursor_free(items);
        if (shared) {
            finaut_string_free(json);
        } else {
            free(json);
        }
    }
}

static void members_of_an_object_come_with_their_names(void)
{
    static const char JSON[] = "{\"persnr\": [\"wrong\"], \"K\\u00e5re \\/\": \"text\", \"\": {}, \"twice\": 1, \"twice\": 2}";
    static const char *const EXPECTED[][2] = {
        {"persnr", "[\"wrong\"]"}, {"K\303\245re /", "text"}, {"", "{}"}, {"twice", "1"}, {"twice", "2"}};
    finaut_json_cursor *members = items_of(JSON, "");
    char *name = (char *)1;
    char *value = (char *)1;
    size_t i;

    for (i = 0; i < sizeof EXPECTED / sizeof EXPECTED[0]; i++) {
        int32_t code = finaut_json_member(members, &name, &value);

        EXPECT(code == FINAUT_OK, "%d %s", (int)code, value);
        EXPECT(strcmp(name, EXPECTED[i][0]) == 0 && strcmp(value, EXPECTED[i][1]) == 0, "%s: %s", name, value);
        finaut_string_free(name);
        finaut_string_free(value);
    }
    EXPECT(finaut_json_member(members, &name, &value) == FINAUT_E_NOT_FOUND && name == NULL && value == NULL, "the end");
    EXPECT(finaut_json_member(members, NULL, NULL) == FINAUT_E_NOT_FOUND, "the end");
    finaut_json_cursor_free(members);
    /* Values alone, and members, in turn. */
    members = items_of(JSON, "");
    gives(members, "[\"wrong\"]");
    EXPECT(finaut_json_member(members, &name, NULL) == FINAUT_OK && strcmp(name, "K\303\245re /") == 0, "%s", name);
    finaut_string_free(name);
    EXPECT(finaut_json_member(members, NULL, &value) == FINAUT_OK && strcmp(value, "{}") == 0, "%s", value);
    finaut_string_free(value);
    finaut_json_cursor_free(members);
    /* A list's items have no names. */
    members = items_of("[1]", "");
    name = (char *)1;
    FAILS_WITH(finaut_json_member(members, &name, &value), FINAUT_E_ARGUMENT, value);
    EXPECT(name == NULL, "no name");
    gives(members, "1");
    finaut_json_cursor_free(members);
}

static void items_and_members_are_counted(void)
{
    char *error = (char *)1;
    int64_t count = -1;

    EXPECT(finaut_json_count(LIST, "/results", &count, &error) == FINAUT_OK && count == 5 && error == NULL, "%ld", (long)count);
    EXPECT(finaut_json_count(LIST, "", &count, NULL) == FINAUT_OK && count == 3, "%ld", (long)count);
    EXPECT(finaut_json_count(LIST, "/none", &count, NULL) == FINAUT_OK && count == 0, "%ld", (long)count);
    EXPECT(finaut_json_count(LIST, "/results", NULL, NULL) == FINAUT_OK, "nobody asks");
    count = -1;
    FAILS_WITH(finaut_json_count(LIST, "/count", &count, &error), FINAUT_E_ARGUMENT, error);
    EXPECT(count == 0, "%ld", (long)count);
    FAILS_WITH(finaut_json_count(LIST, "/nothing", &count, &error), FINAUT_E_NOT_FOUND, error);
    FAILS_WITH(finaut_json_count("[1,", "", &count, &error), FINAUT_E_ARGUMENT, error);
    FAILS_WITH(finaut_json_count(NULL, "", &count, &error), FINAUT_E_ARGUMENT, error);
    FAILS_WITH(finaut_json_count("[]", NULL, &count, &error), FINAUT_E_ARGUMENT, error);
}

static void json_is_written_into_json(void)
{
    static const char *const STEPS[][3] = {
        {"/query/page", "5", "{\"query\":{\"page\":5}}"},
        {"/rows/-", "{\"a\": 1.50}", "{\"query\":{\"page\":5},\"rows\":[{\"a\":1.50}]}"},
        {"/rows/-", "null", "{\"query\":{\"page\":5},\"rows\":[{\"a\":1.50},null]}"},
        {"/query", "\"K\303\245re\"", "{\"query\":\"K\303\245re\",\"rows\":[{\"a\":1.50},null]}"},
        {"", "[true]", "[true]"}};
    static const char *const NONE[] = {"", " ", "text", "{", "1 2", "\"a", "[1,]", NULL};
    char *json = NULL;
    char *out = NULL;
    char *deep = repeated("", "[", 40, "");
    size_t i;

    for (i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++) {
        EXPECT(finaut_json_set_json(json, STEPS[i][0], STEPS[i][1], &out) == FINAUT_OK, "%s", out);
        EXPECT(strcmp(out, STEPS[i][2]) == 0, "%s", out);
        finaut_string_free(json);
        json = out;
    }
    finaut_string_free(json);
    for (i = 0; i < sizeof NONE / sizeof NONE[0]; i++) {
        FAILS_WITH(finaut_json_set_json("{}", "/a", NONE[i], &out), FINAUT_E_ARGUMENT, out);
    }
    FAILS_WITH(finaut_json_set_json("{}", "a", "1", &out), FINAUT_E_ARGUMENT, out);
    FAILS_WITH(finaut_json_set_json("[", "/a", "1", &out), FINAUT_E_ARGUMENT, out);
    FAILS_WITH(finaut_json_set_json("{}", NULL, "1", &out), FINAUT_E_ARGUMENT, out);
    FAILS_WITH(finaut_json_set_json("{}", "/a", deep, &out), FINAUT_E_ARGUMENT, out);
    EXPECT(finaut_json_set_json(NULL, "/a", "1", NULL) == FINAUT_OK, "nobody asks");
    free(deep);
    /* Together too deep, each by itself not. */
    deep = repeated("", "[", 20, "]]]]]]]]]]]]]]]]]]]]");
    FAILS_WITH(finaut_json_set_json("{}", "/a/a/a/a/a/a/a/a/a/a/a/a/a", deep, &out), FINAUT_E_ARGUMENT, out);
    free(deep);
}

static void everything_may_be_freed_in_any_order(void)
{
    static const char JSON[] = "{\"results\": [{\"roles\": [\"afr_ka\", \"krd_ka\"]}, {\"roles\": []}]}";
    int order;

    for (order = 0; order < 4; order++) {
        char *reply = given_out(JSON);
        finaut_json_cursor *users = items_of(reply, "/results");
        finaut_json_cursor *roles;
        char *user = NULL;
        char *name = NULL;

        if (order == 0) {
            finaut_string_free(reply);
        }
        EXPECT(finaut_json_next(users, &user) == FINAUT_OK, "%s", user);
        roles = items_of(user, "/roles");
        gives(roles, "afr_ka");
        if (order == 1) {
            finaut_string_free(reply);
        }
        if (order == 2) {
            finaut_json_cursor_free(users);
        }
        finaut_string_free(user);
        if (order != 2) {
            gives(users, "{\"roles\": []}");
            is_at_its_end(users);
            finaut_json_cursor_free(users);
        }
        gives(roles, "krd_ka");
        is_at_its_end(roles);
        finaut_json_cursor_free(roles);
        if (order > 1) {
            /* The text is still the host's. */
            EXPECT(finaut_json_get(reply, "/results/0/roles/1", &name) == FINAUT_OK && strcmp(name, "krd_ka") == 0, "%s", name);
            finaut_string_free(name);
            finaut_string_free(reply);
        }
        finaut_string_free(reply); /* which does nothing, as ever */
    }
}

static void a_text_of_the_host_may_be_gone_before_the_cursor(void)
{
    char *json = own(LIST);
    finaut_json_cursor *items = items_of(json, "/results");

    memset(json, 'x', strlen(json));
    free(json);
    gives(items, "1.50");
    gives(items, "K\303\245re \"\n\303\246");
    finaut_json_cursor_free(items);
}

static void handles_of_any_other_kind_are_refused(void)
{
    finaut_client *client = client_with("");
    finaut_json_cursor *items = items_of("[1]", "");
    finaut_json_cursor *freed = items_of("[1]", "");
    char *text = given_out("[1]");
    finaut_json_cursor *wrong[9];
    char *name;
    char *reply;
    size_t i;

    finaut_json_cursor_free(freed);
    wrong[0] = NULL;
    wrong[1] = freed;
    wrong[2] = (finaut_json_cursor *)client;
    wrong[3] = (finaut_json_cursor *)(uintptr_t)3;
    wrong[4] = (finaut_json_cursor *)text;
    wrong[5] = (finaut_json_cursor *)&wrong;
    wrong[6] = (finaut_json_cursor *)UINTPTR_MAX;
    wrong[7] = (finaut_json_cursor *)((uintptr_t)items + 4);
    wrong[8] = (finaut_json_cursor *)((uintptr_t)items - 1);
    for (i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        reply = (char *)1;
        FAILS_WITH(finaut_json_next(wrong[i], &reply), FINAUT_E_HANDLE, reply);
        name = reply = (char *)1;
        FAILS_WITH(finaut_json_member(wrong[i], &name, &reply), FINAUT_E_HANDLE, reply);
        EXPECT(name == NULL, "no name");
        EXPECT(finaut_json_next(wrong[i], NULL) == FINAUT_E_HANDLE, "%d", (int)i);
        EXPECT(finaut_json_member(wrong[i], NULL, NULL) == FINAUT_E_HANDLE, "%d", (int)i);
        finaut_json_cursor_free(wrong[i]);
    }
    /* Nor is a cursor anything else. */
    EXPECT(finaut_budget((finaut_client *)items, "{}", NULL) == FINAUT_E_HANDLE, "a client");
    finaut_client_free((finaut_client *)items);
    finaut_receiver_free((finaut_receiver *)items);
    finaut_string_free((char *)items);
    gives(items, "1");
    finaut_json_cursor_free(items);
    finaut_json_cursor_free(items);
    EXPECT(finaut_budget(client, "{}", NULL) == FINAUT_OK, "the client is still there");
    finaut_client_free(client);
    finaut_string_free(text);
}

static void what_is_no_list_gives_no_cursor(void)
{
    static const char *const JSON = "{\"text\": \"[1]\", \"number\": 5, \"null\": null, \"bool\": false}";
    static const char *const POINTERS[] = {"/text", "/number", "/null", "/bool"};
    static const char *const BROKEN[] = {
        "", " ", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "{\"a\"}", "{\"a\":}", "{a: 1}", "[1]]", "[1}", "[\"a]", "[\"\\x\"]", "[01]", "[tru]",
        "[1] x", "{\"results\": [1], \"rest\": }"};
    finaut_json_cursor *items;
    char *error;
    size_t i;

    for (i = 0; i < sizeof POINTERS / sizeof POINTERS[0]; i++) {
        items = (finaut_json_cursor *)1;
        error = NULL;
        FAILS_WITH(finaut_json_items(JSON, POINTERS[i], &items, &error), FINAUT_E_ARGUMENT, error);
        EXPECT(items == NULL, "no cursor");
    }
    FAILS_WITH(finaut_json_items(JSON, "/nothing", &items, &error), FINAUT_E_NOT_FOUND, error);
    FAILS_WITH(finaut_json_items(JSON, "nothing", &items, &error), FINAUT_E_ARGUMENT, error);
    for (i = 0; i < sizeof BROKEN / sizeof BROKEN[0]; i++) {
        items = (finaut_json_cursor *)1;
        FAILS_WITH(finaut_json_items(BROKEN[i], "", &items, &error), FINAUT_E_ARGUMENT, error);
        EXPECT(items == NULL, "no cursor");
        FAILS_WITH(finaut_json_get(BROKEN[i], "/results", &error), FINAUT_E_ARGUMENT, error);
    }
    FAILS_WITH(finaut_json_items(NULL, "", &items, &error), FINAUT_E_ARGUMENT, error);
    FAILS_WITH(finaut_json_items("[]", NULL, &items, &error), FINAUT_E_ARGUMENT, error);
    FAILS_WITH(finaut_json_items("[]", "", NULL, &error), FINAUT_E_ARGUMENT, error);
    EXPECT(finaut_json_items(NULL, NULL, NULL, NULL) == FINAUT_E_ARGUMENT, "nobody asks");
}

/* What an item says was validated as part of the whole; what a string says was not. */
static void a_string_that_looks_like_json_is_checked_like_any_other_text(void)
{
    char *reply = given_out("[\"[1, 2]\", \"[1, 2\", \"{} x\"]");
    finaut_json_cursor *items = items_of(reply, "");
    char *item = NULL;
    char *error = NULL;
    int64_t count = 0;

    EXPECT(finaut_json_next(items, &item) == FINAUT_OK, "%s", item);
    EXPECT(finaut_json_count(item, "", &count, NULL) == FINAUT_OK && count == 2, "%ld", (long)count);
    finaut_string_free(item);
    while (finaut_json_next(items, &item) == FINAUT_OK) {
        FAILS_WITH(finaut_json_count(item, "", &count, &error), FINAUT_E_ARGUMENT, error);
        FAILS_WITH(finaut_json_get(item, "", &error), FINAUT_E_ARGUMENT, error);
        finaut_string_free(item);
    }
    finaut_json_cursor_free(items);
    finaut_string_free(reply);
}

static void a_string_that_c_cannot_have_is_told_and_passed_over(void)
{
    finaut_json_cursor *items = items_of("[\"a\\u0000b\", \"\\ud800\", 3]", "");
    finaut_json_cursor *members = items_of("{\"a\\u0000\": 1, \"b\": \"\\u0000\", \"c\": 3}", "");
    char *name = NULL;
    char *item = NULL;

    FAILS_WITH(finaut_json_next(items, &item), FINAUT_E_ARGUMENT, item);
    FAILS_WITH(finaut_json_next(items, &item), FINAUT_E_ARGUMENT, item);
    gives(items, "3");
    FAILS_WITH(finaut_json_member(members, &name, &item), FINAUT_E_ARGUMENT, item);
    FAILS_WITH(finaut_json_member(members, &name, &item), FINAUT_E_ARGUMENT, item);
    EXPECT(name == NULL, "no name");
    gives(members, "3");
    finaut_json_cursor_free(items);
    finaut_json_cursor_free(members);
}

/* Old programs cut texts where they are; that is no reason to read beyond. */
static void a_given_text_that_the_host_has_written_into_is_no_danger(void)
{
    char *reply = given_out("{\"a\": [1, \"text\", [2]], \"b\": 2}");
    finaut_json_cursor *items = items_of(reply, "/a");
    char *value = NULL;

    gives(items, "1");
    strchr(reply, 't')[0] = '\0';
    FAILS_WITH(finaut_json_next(items, &value), FINAUT_E_ARGUMENT, value);
    FAILS_WITH(finaut_json_get(reply, "/b", &value), FINAUT_E_ARGUMENT, value);
    FAILS_WITH(finaut_json_get(reply, "/a", &value), FINAUT_E_ARGUMENT, value);
    EXPECT(finaut_json_get(reply, "/a/0", &value) == FINAUT_OK && strcmp(value, "1") == 0, "%s", value);
    finaut_string_free(value);
    memset(reply, '[', strlen(reply));
    EXPECT(finaut_json_next(items, NULL) != FINAUT_OK, "no item");
    reply[0] = '\0';
    FAILS_WITH(finaut_json_get(reply, "", &value), FINAUT_E_ARGUMENT, value);
    finaut_string_free(reply);
    EXPECT(finaut_json_next(items, NULL) != FINAUT_OK, "no item");
    finaut_json_cursor_free(items);
}

/* Each item of some 700 bytes: read from the beginning each time, this would take hours. */
static void a_hundred_thousand_items_are_read_in_one_go(void)
{
    int count = few(100000, 500);
    char *person = repeated("{\"id\": 1, \"first_name\": \"Kari\", \"filler\": \"", "0123456789", 65, "\", \"last_name\": \"\\u00c5s\"},");
    char *json = repeated("{\"count\": 0, \"results\": [", person, (size_t)count, "null]}");
    char *reply = given_out(json);
    finaut_json_cursor *items;
    int64_t counted = 0;
    char *item = NULL;
    int i;

    EXPECT(few(1, 0) == 0 || strlen(json) > (size_t)64 << 20, "longer than any argument: %lu", (unsigned long)strlen(json));
    EXPECT(finaut_json_count(json, "/results", &counted, NULL) == FINAUT_OK && counted == count + 1, "%ld", (long)counted);
    free(json);
    EXPECT(finaut_json_count(reply, "/results", &counted, NULL) == FINAUT_OK && counted == count + 1, "%ld", (long)counted);
    items = items_of(reply, "/results");
    finaut_string_free(reply);
    for (i = 0; i < count; i++) {
        char *first = NULL;
        char *last = NULL;

        EXPECT(finaut_json_next(items, &item) == FINAUT_OK, "%s", item);
        EXPECT(finaut_json_get(item, "/first_name", &first) == FINAUT_OK && strcmp(first, "Kari") == 0, "%s", first);
        EXPECT(finaut_json_get(item, "/last_name", &last) == FINAUT_OK && strcmp(last, "\303\205s") == 0, "%s", last);
        finaut_string_free(first);
        finaut_string_free(last);
        finaut_string_free(item);
    }
    gives(items, "null");
    is_at_its_end(items);
    finaut_json_cursor_free(items);
    free(person);
}

static void deep_nesting_is_walked_without_the_stack(void)
{
    size_t levels = (size_t)few(100000, 10000);
    char *open = repeated("", "[", levels, "");
    char *json = repeated(open, "]", levels, "");
    finaut_json_cursor *items = items_of(json, "");
    char *item = NULL;
    int64_t count = 0;
    int i;

    EXPECT(finaut_json_count(json, "", &count, NULL) == FINAUT_OK && count == 1, "%ld", (long)count);
    for (i = 0; i < 50; i++) {
        finaut_json_cursor *inner;

        EXPECT(finaut_json_next(items, &item) == FINAUT_OK, "%s", item);
        inner = items_of(item, "");
        finaut_string_free(item);
        is_at_its_end(items);
        finaut_json_cursor_free(items);
        items = inner;
    }
    finaut_json_cursor_free(items);
    free(open);
    free(json);
}

static void text_of_an_old_encoding_keeps_its_bytes(void)
{
    /* windows-1252, in which the character of the escape is not. */
    static const char JSON[] = "{\"K\345re\": [\"\345 \\u6f22\\n\", {\"\370\": \"\\u00e6\"}, \"\\u0041\"]}";
    int shared;

    for (shared = 0; shared < 2; shared++) {
        char *json = shared ? given_out(JSON) : own(JSON);
        finaut_json_cursor *items = items_of(json, "/K\345re");
        char *item = NULL;
        char *value = NULL;

        gives(items, "\345 \\u6f22\n");
        EXPECT(finaut_json_next(items, &item) == FINAUT_OK && strcmp(item, "{\"\370\": \"\\u00e6\"}") == 0, "%s", item);
        EXPECT(finaut_json_get(item, "/\370", &value) == FINAUT_OK && strcmp(value, "\\u00e6") == 0, "%s", value);
        finaut_string_free(value);
        finaut_string_free(item);
        gives(items, "A");
        finaut_json_cursor_free(items);
        items = items_of(json, "");
        EXPECT(finaut_json_member(items, &item, NULL) == FINAUT_OK && strcmp(item, "K\345re") == 0, "%s", item);
        finaut_string_free(item);
        finaut_json_cursor_free(items);
        if (shared) {
            finaut_string_free(json);
        } else {
            free(json);
        }
    }
}

/* A reply of ASCII alone does not show its client's encoding: the library knows it all the same, part for part. */
static void what_a_clients_encoding_lacks_stays_an_escape_in_every_part(void)
{
    finaut_client *client = client_with(", \"encoding\": \"windows-1252\"");
    char *reply = NULL;
    char *more = NULL;
    char *value = NULL;
    finaut_json_cursor *members;

    EXPECT(finaut_call(client, "users.get", "{\"id\": 590001, \"\\u6f22\": 1}", &reply) == FINAUT_E_ARGUMENT, "%s", reply);
    EXPECT(strstr(reply, "\\u6f22") != NULL, "%s", reply);
    EXPECT(finaut_json_get(reply, "/message", &value) == FINAUT_OK && strstr(value, "\\u6f22") != NULL, "%s", value);
    finaut_string_free(value);
    members = items_of(reply, "");
    while (finaut_json_member(members, &more, &value) == FINAUT_OK) {
        EXPECT(strcmp(more, "message") != 0 || strstr(value, "\\u6f22") != NULL, "%s", value);
        finaut_string_free(more);
        finaut_string_free(value);
    }
    finaut_json_cursor_free(members);
    /* Nor is anything but ASCII made of it where something is written into it. */
    EXPECT(finaut_json_set(reply, "/more", "text", &more) == FINAUT_OK && strstr(more, "\\u6f22") != NULL, "%s", more);
    finaut_string_free(more);
    finaut_string_free(reply);
    finaut_client_free(client);
}

/* Threads that use one cursor at once: each item comes once. */
#define THREADS 8
static finaut_json_cursor *common;

static void *take_items(void *given)
{
    long *sum = given;
    char *item = NULL;

    while (finaut_json_next(common, &item) == FINAUT_OK) {
        *sum += atol(item);
        finaut_string_free(item);
    }
    EXPECT(item == NULL, "the end: %s", item);
    return NULL;
}

static void threads_that_share_a_cursor_get_each_item_once(void)
{
    char *json = repeated("[", "1,2,", (size_t)few(20000, 500), "4]");
    long expected = 3 * (long)few(20000, 500) + 4;
    long sums[THREADS] = {0};
    pthread_t threads[THREADS];
    long sum = 0;
    int i;

    common = items_of(json, "");
    for (i = 0; i < THREADS; i++) {
        EXPECT(pthread_create(&threads[i], NULL, take_items, &sums[i]) == 0, "a thread");
    }
    for (i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        sum += sums[i];
    }
    EXPECT(sum == expected, "%ld, not %ld", sum, expected);
    finaut_json_cursor_free(common);
    free(json);
}

/* A cursor that is freed while others use it, and a text that is freed while a cursor is made of it: an item, the end or an error. */
static void *make_and_use(void *given)
{
    int i;

    for (i = 0; i < few(2000, 50); i++) {
        finaut_json_cursor *items = NULL;
        char *item = NULL;
        int32_t code = finaut_json_next(common, &item);

        EXPECT(code == FINAUT_OK || code == FINAUT_E_NOT_FOUND || code == FINAUT_E_HANDLE, "%d %s", (int)code, item);
        finaut_string_free(item);
        EXPECT(finaut_json_items(given, "/results", &items, NULL) == FINAUT_OK, "the list");
        finaut_json_cursor_free(items);
    }
    return NULL;
}

static void cursors_are_freed_while_others_use_them(void)
{
    char *reply = given_out("{\"results\": [1, 2, 3, 4]}");
    pthread_t threads[THREADS];
    int i;

    common = items_of(reply, "/results");
    for (i = 0; i < THREADS; i++) {
        EXPECT(pthread_create(&threads[i], NULL, make_and_use, reply) == 0, "a thread");
    }
    finaut_json_cursor_free(common);
    for (i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    finaut_string_free(reply);
}

#ifndef _WIN32
static void a_forked_child_goes_on_with_its_copy(void)
{
    char *reply = given_out("[1, 2, 3]");
    finaut_json_cursor *items = items_of(reply, "");
    int status = 0;
    pid_t child;

    gives(items, "1");
    child = fork();
    if (child == 0) {
        alarm(60);
        finaut_string_free(reply);
        gives(items, "2");
        gives(items, "3");
        is_at_its_end(items);
        finaut_json_cursor_free(items);
        _exit(0);
    }
    EXPECT(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0, "status %x", (unsigned)status);
    gives(items, "2");
    finaut_string_free(reply);
    gives(items, "3");
    is_at_its_end(items);
    finaut_json_cursor_free(items);
}
#endif

static void the_sandboxs_people_are_read_without_a_json_library(void)
{
    finaut_client *client = client_with("");
    finaut_json_cursor *people;
    char *reply = NULL;
    char *person = NULL;
    char *name = NULL;
    long read = 0;
    int64_t count = 0;
    long told;

    EXPECT(finaut_users_list(client, "{}", &reply) == FINAUT_OK, "%s", reply);
    told = atol(value_at(reply, "/count"));
    EXPECT(finaut_json_count(reply, "/results", &count, NULL) == FINAUT_OK && count == told, "%ld of %ld", (long)count, told);
    people = items_of(reply, "/results");
    finaut_string_free(reply);
    while (finaut_json_next(people, &person) == FINAUT_OK) {
        EXPECT(finaut_json_get(person, "/last_name", &name) == FINAUT_OK && name[0] != '\0', "%s", name);
        finaut_string_free(name);
        finaut_string_free(person);
        read++;
    }
    EXPECT(read == told, "%ld of %ld", read, told);
    finaut_json_cursor_free(people);
    finaut_client_free(client);
}

/* What the callback of a test was given, and what it does. */
typedef struct {
    finaut_client *client;
    long pages;
    long rows;
    long stop_after;
    int frees;
    finaut_json_cursor *kept; /* over the first page's rows */
    char *first;
    char *last;
} reading;

static int32_t read_page(const char *page_json, void *user_data)
{
    reading *reading = user_data;
    finaut_json_cursor *rows = items_of(page_json, "/results");
    char *row = NULL;

    reading->pages++;
    if (reading->kept == NULL) {
        reading->kept = items_of(page_json, "/results");
    }
    while (finaut_json_next(rows, &row) == FINAUT_OK) {
        finaut_string_free(reading->last);
        reading->last = row;
        if (reading->first == NULL) {
            EXPECT(finaut_json_get(row, "", &reading->first) == FINAUT_OK, "%s", row);
        }
        reading->rows++;
    }
    finaut_json_cursor_free(rows);
    /* It may use the library, its own client too. */
    EXPECT(finaut_budget(reading->client, "{}", NULL) == FINAUT_OK, "a call in between");
    if (reading->frees) {
        finaut_string_free((char *)(uintptr_t)page_json); /* a mistake, and no harm */
        EXPECT(strncmp(page_json, "{\"count\":", 9) == 0, "%.50s", page_json);
    }
    return reading->pages == reading->stop_after;
}

static void begin_reading(reading *reading, finaut_client *client)
{
    memset(reading, 0, sizeof *reading);
    reading->client = client;
}

static void end_reading(reading *reading)
{
    finaut_json_cursor_free(reading->kept);
    finaut_string_free(reading->first);
    finaut_string_free(reading->last);
}

static void pages_come_one_by_one_and_together_are_the_list(void)
{
    finaut_client *client = client_with("");
    reading seen;
    char *whole = NULL;
    char *reply = NULL;
    char pointer[60];
    int64_t count = 0;

    EXPECT(finaut_users_list(client, "{}", &whole) == FINAUT_OK, "%s", whole);
    EXPECT(finaut_json_count(whole, "/results", &count, NULL) == FINAUT_OK && count > 200, "%ld", (long)count);
    begin_reading(&seen, client);
    seen.frees = 1;
    EXPECT(finaut_call_pages(client, "users.list", "{}", read_page, &seen, &reply) == FINAUT_OK, "%s", reply);
    EXPECT(atol(value_at(reply, "/count")) == count && seen.rows == count, "%ld rows: %s", seen.rows, reply);
    EXPECT(atol(value_at(reply, "/pages")) == seen.pages && seen.pages == (count + 99) / 100, "%ld pages: %s", seen.pages, reply);
    EXPECT(strcmp(value_at(reply, "/missing"), "0") == 0, "%s", reply);
    EXPECT(strcmp(value_at(whole, "/results/0"), seen.first) == 0, "%s", seen.first);
    sprintf(pointer, "/results/%ld", (long)count - 1);
    EXPECT(strcmp(value_at(whole, pointer), seen.last) == 0, "%s", seen.last);
    /* A cursor outlives the page. */
    gives(seen.kept, seen.first);
    end_reading(&seen);
    finaut_string_free(reply);
    finaut_string_free(whole);
    finaut_client_free(client);
}

static void a_page_stops_the_call(void)
{
    finaut_client *client = client_with("");
    reading seen;
    char *reply = NULL;
    long before;

    EXPECT(finaut_check(client, "{}", NULL) == FINAUT_OK, "a token is there");
    before = counted("requests");
    begin_reading(&seen, client);
    seen.stop_after = 2;
    FAILS_WITH(finaut_call_pages(client, "users.list", "{}", read_page, &seen, &reply), FINAUT_E_INTERRUPTED, reply);
    EXPECT(seen.pages == 2 && counted("requests") == before + 2, "%ld pages, %ld requests", seen.pages, counted("requests") - before);
    end_reading(&seen);
    /* The client goes on. */
    begin_reading(&seen, client);
    EXPECT(finaut_call_pages(client, "companies.list", NULL, read_page, &seen, NULL) == FINAUT_OK && seen.pages > 0, "afterwards");
    end_reading(&seen);
    finaut_client_free(client);
}

static void what_has_no_pages_says_which_have(void)
{
    finaut_client *client = client_with("");
    reading seen;
    char *reply = NULL;
    char *message;

    begin_reading(&seen, client);
    EXPECT(finaut_call_pages(client, "users.get", "{\"id\": 590001}", read_page, &seen, &reply) == FINAUT_E_ARGUMENT, "%s", reply);
    message = value_at(reply, "/message");
    EXPECT(strstr(message, "users.list") != NULL && strstr(message, "competency_results.list") != NULL, "%s", message);
    finaut_string_free(message);
    finaut_string_free(reply);
    FAILS_WITH(finaut_call_pages(client, "users.list", "{\"page\": 2}", read_page, &seen, &reply), FINAUT_E_ARGUMENT, reply);
    FAILS_WITH(finaut_call_pages(client, "users.list", "[", read_page, &seen, &reply), FINAUT_E_ARGUMENT, reply);
    FAILS_WITH(finaut_call_pages(client, "users.pages", "{}", read_page, &seen, &reply), FINAUT_E_ARGUMENT, reply);
    FAILS_WITH(finaut_call_pages(client, NULL, "{}", read_page, &seen, &reply), FINAUT_E_ARGUMENT, reply);
    FAILS_WITH(finaut_call_pages(client, "users.list", "{}", NULL, NULL, &reply), FINAUT_E_ARGUMENT, reply);
    FAILS_WITH(finaut_call_pages(NULL, "users.list", "{}", read_page, &seen, &reply), FINAUT_E_HANDLE, reply);
    EXPECT(finaut_call_pages(NULL, NULL, NULL, NULL, NULL, NULL) == FINAUT_E_HANDLE, "nobody asks");
    EXPECT(seen.pages == 0, "%ld", seen.pages);
    finaut_client_free(client);
}

static int32_t find_norwegian(const char *page_json, void *found)
{
    finaut_json_cursor *rows = items_of(page_json, "/results");
    char *row = NULL;

    while (finaut_json_next(rows, &row) == FINAUT_OK) {
        char *name = value_at(row, "/navn");
        const unsigned char *letter = (const unsigned char *)name;

        while (*letter != '\0' && *letter < 0x80) {
            letter++;
        }
        if (*letter != '\0' && letter[1] < 0x80) {
            *(int *)found += 1; /* one byte: not UTF-8 */
        }
        finaut_string_free(name);
        finaut_string_free(row);
    }
    finaut_json_cursor_free(rows);
    return 0;
}

static void pages_are_in_the_clients_encoding(void)
{
    finaut_client *client = client_with(", \"encoding\": \"windows-1252\"");
    char *reply = NULL;
    int found = 0;

    EXPECT(finaut_call_pages(client, "schemes.list", NULL, find_norwegian, &found, &reply) == FINAUT_OK, "%s", reply);
    EXPECT(found > 0, "none of the schemes' names has a letter beyond ASCII");
    finaut_string_free(reply);
    finaut_client_free(client);
}

int main(int argc, char **argv)
{
    static const test TESTS[] = {
        TEST(items_of_a_list_come_in_order_and_then_the_end),
        TEST(members_of_an_object_come_with_their_names),
        TEST(items_and_members_are_counted),
        TEST(json_is_written_into_json),
        TEST(everything_may_be_freed_in_any_order),
        TEST(a_text_of_the_host_may_be_gone_before_the_cursor),
        TEST(handles_of_any_other_kind_are_refused),
        TEST(what_is_no_list_gives_no_cursor),
        TEST(a_string_that_looks_like_json_is_checked_like_any_other_text),
        TEST(a_string_that_c_cannot_have_is_told_and_passed_over),
        TEST(a_given_text_that_the_host_has_written_into_is_no_danger),
        TEST(a_hundred_thousand_items_are_read_in_one_go),
        TEST(deep_nesting_is_walked_without_the_stack),
        TEST(text_of_an_old_encoding_keeps_its_bytes),
        TEST(what_a_clients_encoding_lacks_stays_an_escape_in_every_part),
        TEST(threads_that_share_a_cursor_get_each_item_once),
        TEST(cursors_are_freed_while_others_use_them),
#ifndef _WIN32
        TEST(a_forked_child_goes_on_with_its_copy),
#endif
        TEST(the_sandboxs_people_are_read_without_a_json_library),
        TEST(pages_come_one_by_one_and_together_are_the_list),
        TEST(a_page_stops_the_call),
        TEST(what_has_no_pages_says_which_have),
        TEST(pages_are_in_the_clients_encoding),
    };

    return run_tests(argc, argv, TESTS, (int)(sizeof TESTS / sizeof TESTS[0]));
}
