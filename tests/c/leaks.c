/*
 * Memory: what calls, good and bad, take is given back. As a test it watches the process's size over many calls; with a number
 * as its argument it makes so many rounds of calls and ends, for valgrind to count what is left; a second argument names a
 * state file to use.
 */
#include "harness.h"

/* Some members of a reply; the cursor is freed before its end, after it, or after its text. */
static void walk(const char *reply)
{
    finaut_json_cursor *members = NULL;
    char *name = NULL;
    char *value = NULL;
    char *copy = NULL;

    finaut_json_get(reply, "", &copy);
    finaut_json_items(copy, "", &members, NULL);
    finaut_string_free(copy);
    while (finaut_json_member(members, &name, &value) == FINAUT_OK) {
        finaut_string_free(name);
        finaut_string_free(value);
    }
    finaut_string_free(value);
    finaut_json_cursor_free(members);
    finaut_json_items("[1, [2]]", "", &members, NULL);
    finaut_json_next(members, NULL);
    finaut_json_member(members, NULL, &value);
    finaut_string_free(value);
    finaut_json_cursor_free(members);
    finaut_json_items("[1", "", &members, &value);
    finaut_string_free(value);
}

/* Of all that a host does, a little: calls that succeed, calls that fail here and there, JSON, clients that come and go. */
static void round_of_calls(finaut_client *client)
{
    static const char *const CALLS[][2] = {
        {"users.get", "{\"id\": 590001}"},
        {"users.get", "{\"id\": 1}"},
        {"users.get", "{\"employee_alias\": \"ANS-00006\"}"},
        {"users.update", "{\"id\": 590001, \"changes\": {\"mobile\": \"91234567\"}}"},
        {"userstatus.create", "{\"appname\": \"zzz\", \"user\": 590001, \"status\": \"hvilende\"}"},
        {"departments.list", "{}"},
        {"budget", "{\"requests\": 500}"},
        {"users.get", "{"},
        {"users.get", "{\"persnr\": \"123\"}"},
        {"nonsense", "{}"},
    };
    finaut_client *another = NULL;
    char *reply = NULL;
    char *text = NULL;
    size_t i;

    for (i = 0; i < sizeof CALLS / sizeof CALLS[0]; i++) {
        finaut_call(client, CALLS[i][0], CALLS[i][1], &reply);
        EXPECT(reply != NULL, "%s", CALLS[i][0]);
        finaut_json_get(reply, "/message", &text);
        finaut_string_free(text);
        finaut_json_set(reply, "/more", "text", &text);
        finaut_string_free(text);
        finaut_json_set_json(reply, "/more", "[1]", &text);
        finaut_string_free(text);
        walk(reply);
        finaut_string_free(reply);
        finaut_call(client, CALLS[i][0], CALLS[i][1], NULL);
    }
    EXPECT(finaut_client_new(config_with(", \"encoding\": \"windows-1252\""), &another, NULL) == FINAUT_OK, "another");
    finaut_client_observe(another, NULL, &text);
    finaut_call(another, "users.get", "{\"id\": 590002}", NULL);
    finaut_client_free(another);
    EXPECT(finaut_client_new("{\"host\": 1}", &another, NULL) != FINAUT_OK, "a bad configuration");
}

/* Slots are freed after a moment, so that the throttle's log is the same size all the time. */
#define SHORT_WINDOW ", \"throttle\": {\"requests\": 1000, \"per_s\": 0.1}, \"max_wait_s\": 100"

static void rounds(int count, const char *more)
{
    finaut_client *client = client_with(more);

    while (count-- > 0) {
        round_of_calls(client);
    }
    finaut_client_free(client);
}

static void ten_thousand_calls_leave_nothing_behind(void)
{
    int count = few(500, 2); /* rounds of 21 calls */
    long grown = 0;
    int i;

    rounds(count / 5 + 1, SHORT_WINDOW);
    /* A leak shows every time; what the allocator keeps for later, or the system pages in late, does not. */
    for (i = 0; i < 5; i++) {
        long before = size_kib();

        EXPECT(before > 0, "the size can be told");
        rounds(count, SHORT_WINDOW);
        grown = size_kib() - before;
        /* 100 bytes a call would be 1000 KiB. */
        if (grown < 700) {
            return;
        }
    }
    EXPECT(0, "each of %d times the process grew, the last time by %ld KiB", i, grown);
}

int main(int argc, char **argv)
{
    static const test TESTS[] = {TEST(ten_thousand_calls_leave_nothing_behind)};

    if (argc > 1 && atoi(argv[1]) > 0) {
        char more[400] = SHORT_WINDOW;

        if (argc > 2) {
            snprintf(more, sizeof more, "%s, \"state\": \"%s\"", SHORT_WINDOW, argv[2]);
        }
        rounds(atoi(argv[1]), more);
        return 0;
    }
    return run_tests(argc, argv, TESTS, (int)(sizeof TESTS / sizeof TESTS[0]));
}
