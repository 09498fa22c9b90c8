/*
 * What the C tests have in common: running named tests, each in a process of its own so that a crash or a hang is one failed
 * test and not the end of the run; clients of the sandbox; and asking things of the sandbox itself.
 *
 * FINAUT_API_HOST, FINAUT_CLIENT_ID and FINAUT_CLIENT_SECRET say where the sandbox is (tests/c.sh starts one). FINAUT_TEST_FEW
 * makes the loops short, for valgrind. An argument runs only the tests whose names contain it.
 */
#ifndef HARNESS_H
#define HARNESS_H

#include "platform.h"

#include <finaut.h>

/* How long a test may take before it counts as hung: much longer than any does, valgrind included. */
#define PATIENCE_S 1800

typedef struct {
    const char *name;
    void (*run)(void);
    int part;
} test;

#define TEST(name) {#name, name, 0}
/* No test, but a part of one that runs in another process (RUN_APART). */
#define PART(name) {#name, name, 1}

/* Runs a part of the program apart, given a text. Gives its exit status; `ending` says in words how it ended. */
#define RUN_APART(name, given, patience_s) apart(#name, name, given, patience_s)

#define FAILED_STATUS 3

#define EXPECT(condition, ...)                                                                                                \
    do {                                                                                                                     \
        if (!(condition)) {                                                                                                  \
            fail(__FILE__, __LINE__, #condition, __VA_ARGS__);                                                               \
        }                                                                                                                    \
    } while (0)

static UNUSED void fail(const char *file, int line, const char *condition, const char *format, ...)
{
    va_list arguments;

    fprintf(stderr, "  %s:%d: expected %s: ", file, line, condition);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\n");
    _exit(FAILED_STATUS);
}

static UNUSED int few(int many, int under_valgrind)
{
    return getenv("FINAUT_TEST_FEW") != NULL ? under_valgrind : many;
}

static UNUSED const char *setting(const char *name)
{
    const char *value = getenv(name);

    if (value == NULL) {
        fprintf(stderr, "%s is not set; tests/c.sh runs these tests\n", name);
        exit(2);
    }
    return value;
}

/* Asks the sandbox itself: "POST", "faults", "{…}". Gives the whole answer, to be freed with free(). */
static UNUSED char *sandbox(const char *method, const char *path, const char *body)
{
    const char *port = strrchr(setting("FINAUT_API_HOST"), ':') + 1;
    size_t length = 0;
    size_t room = 1 << 16;
    char *answer = malloc(room);
    char *request = malloc(strlen(body) + 500);
    wire wire = connected_to(atoi(port));
    long got;

    EXPECT(answer != NULL && request != NULL, "memory");
    EXPECT(wire != NO_WIRE, "the sandbox is at port %s", port);
    sprintf(request,
            "%s /sandbox/%.200s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
            "Content-Length: %lu\r\n\r\n%s",
            method, path, (unsigned long)strlen(body), body);
    EXPECT(send(wire, request, strlen(request), 0) == (long)strlen(request), "%s", strerror(errno));
    while ((got = recv(wire, answer + length, room - length - 1, 0)) > 0) {
        length += (size_t)got;
        if (room - length < 2) {
            room *= 2;
            answer = realloc(answer, room);
            EXPECT(answer != NULL, "memory");
        }
    }
    close_wire(wire);
    free(request);
    answer[length] = '\0';
    EXPECT(strncmp(answer, "HTTP/1.1 20", 11) == 0, "%s %s: %s", method, path, answer);
    return answer;
}

static UNUSED void fault(const char *json)
{
    free(sandbox("POST", "faults", json));
}

static UNUSED void no_faults(void)
{
    free(sandbox("DELETE", "faults", ""));
}

/* A number of the sandbox's own count, as "people". */
static UNUSED long counted(const char *what)
{
    char *answer = sandbox("GET", "state", "");
    char key[60];
    char *at;
    long count;

    sprintf(key, "\"%.50s\":", what);
    at = strstr(answer, key);
    EXPECT(at != NULL, "the sandbox counts %s: %s", what, answer);
    count = atol(at + strlen(key));
    free(answer);
    return count;
}

/* A synthetic identity number that nobody has yet, another for each call in the whole run of tests. */
static UNUSED void unused_persnr(char *persnr)
{
    char *answer = sandbox("GET", "unused_persnr", "");
    char *at;

    at = strstr(answer, "\"persnr\":\"");
    EXPECT(at != NULL, "%s", answer);
    memcpy(persnr, at + 10, 11);
    persnr[11] = '\0';
    free(answer);
}

/* A configuration for the sandbox, with `more` keys; "" or as ", \"cache_s\": 0". Lives until the next call on this thread. */
static UNUSED const char *config_with(const char *more)
{
    static __thread char config[2000];
    int asks = strstr(more, "\"throttle\"") != NULL;

    snprintf(config, sizeof config, "{\"host\": \"%s\", \"client_id\": \"%s\", \"client_secret\": \"%s\", \"set_by\": 590001%s%s}",
             setting("FINAUT_API_HOST"), setting("FINAUT_CLIENT_ID"), setting("FINAUT_CLIENT_SECRET"),
             asks ? "" : ", \"throttle\": {\"requests\": 100000}", more);
    return config;
}

static UNUSED finaut_client *client_of(const char *config)
{
    finaut_client *client = NULL;
    char *reply = NULL;
    int32_t code = finaut_client_new(config, &client, &reply);

    EXPECT(code == FINAUT_OK && client != NULL && reply != NULL && strcmp(reply, "null") == 0, "%d %s", (int)code, reply);
    finaut_string_free(reply);
    return client;
}

static UNUSED finaut_client *client_with(const char *more)
{
    return client_of(config_with(more));
}

/* The stable words, by number. */
static const char *const WORDS[] = {"ok",        "argument",    "handle",     "config",         "validation", "authentication",
                                    "permission", "not_found",   "ambiguous",  "throttled",      "server",     "network",
                                    "unknown_outcome", "protocol", "interrupted", "state", "forked", "internal", "held", "stale", "busy"};
#define CODES ((int)(sizeof WORDS / sizeof WORDS[0]))

/* A value of a JSON text, or "" where there is none. Need not be freed: tests are short. */
static UNUSED char *value_at(const char *json, const char *pointer)
{
    static char none[] = "";
    char *value = NULL;

    if (finaut_json_get(json, pointer, &value) != FINAUT_OK) {
        finaut_string_free(value);
        return none; /* which finaut_string_free leaves alone */
    }
    return value;
}

/* What every reply keeps to: JSON on success; on failure an error with the code's own word and a message. Frees it. */
static UNUSED void check_reply(const char *what, int32_t code, char *reply)
{
    char *word;
    char *message;

    EXPECT(code >= 0 && code < CODES, "%s gave the code %d", what, (int)code);
    EXPECT(reply != NULL, "%s gave the code %d and no reply", what, (int)code);
    if (code != FINAUT_OK) {
        EXPECT(finaut_json_get(reply, "/code", &word) == FINAUT_OK, "%s: %d %s", what, (int)code, reply);
        EXPECT(finaut_json_get(reply, "/message", &message) == FINAUT_OK, "%s: %d %s", what, (int)code, reply);
        EXPECT(strcmp(word, WORDS[code]) == 0, "%s: the code %d is \"%s\", not \"%s\"", what, (int)code, WORDS[code], word);
        EXPECT(strlen(message) > 5, "%s: a message, not \"%s\"", what, message);
        finaut_string_free(word);
        finaut_string_free(message);
    }
    finaut_string_free(reply);
}

/* Removes a folder that make_folder_at made, with a state file "state" in it. */
static UNUSED void remove_folder(const char *folder)
{
    static const char *const FILES[] = {"", "-journal", "-quota", "-quota-journal"};
    char file[FOLDER_ROOM + 20];
    size_t i;

    for (i = 0; i < sizeof FILES / sizeof FILES[0]; i++) {
        snprintf(file, sizeof file, "%s/state%s", folder, FILES[i]);
        unlink(file);
    }
    rmdir(folder);
}

/* Runs the tests whose names contain the argument. Gives the program's exit status. */
static UNUSED int run_tests(int argc, char **argv, const test *tests, int count)
{
    int passed = 0;
    int failed = 0;
    int i;

    if (argc == 4 && strcmp(argv[1], APART) == 0) {
        for (i = 0; i < count && strcmp(tests[i].name, argv[2]) != 0; i++) {
        }
        EXPECT(i < count, "there is no %s", argv[2]);
        snprintf(given, sizeof given, "%s", argv[3]);
        tests[i].run();
        return 0;
    }
    setvbuf(stdout, NULL, _IONBF, 0);
    for (i = 0; i < count; i++) {
        if (tests[i].part || (argc > 1 && strstr(tests[i].name, argv[1]) == NULL)) {
            continue;
        }
        no_faults();
        if (apart(tests[i].name, tests[i].run, "", PATIENCE_S) == 0) {
            passed++;
            printf("ok      %s\n", tests[i].name);
        } else {
            failed++;
            printf("FAILED  %s (%s)\n", tests[i].name, ending);
        }
    }
    no_faults();
    printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 ? 0 : 1;
}

#endif
