/*
 * A mistake inside the library, provoked in the real artefact: this program's own clock stands in for the system's, and when
 * it fails, the Rust standard library panics in the midst of a call. The host must see FINAUT_E_INTERNAL and nothing else: no
 * abort, nothing on its standard error, and a client that goes on working.
 */
#include "harness.h"

static volatile int broken = 0;
static volatile int asked = 0;

#ifdef _WIN32

static BOOL WINAPI failing_clock(LARGE_INTEGER *time)
{
    if (broken) {
        asked++;
        SetLastError(ERROR_INVALID_PARAMETER);
        return FALSE;
    }
    return QueryPerformanceCounter(time);
}

static void put_clock_in(void)
{
    EXPECT(replace_import("QueryPerformanceCounter", (void (*)(void))failing_clock) > 0, "by this name it asks for the time");
}

#else
#include <sys/syscall.h>

int clock_gettime(clockid_t clock, struct timespec *time)
{
    if (broken && clock == CLOCK_MONOTONIC) {
        asked++;
        errno = EINVAL;
        return -1;
    }
    return (int)syscall(SYS_clock_gettime, clock, time);
}

/* It comes before the C library's of the same name. */
static void put_clock_in(void)
{
}

#endif

/* Standard output and error, led into a file for a while. */
typedef struct {
    int kept[2];
    int file;
} silence;

static void begin_to_hear(silence *silence)
{
    int i;

    fflush(NULL);
    silence->file = nameless_file();
    EXPECT(silence->file >= 0, "%s", strerror(errno));
    for (i = 0; i < 2; i++) {
        silence->kept[i] = dup(i + 1);
        dup2(silence->file, i + 1);
    }
#ifdef _WIN32 /* where the library writes to what the system, not the C library, holds for standard output and error */
    EXPECT(GetStdHandle(STD_OUTPUT_HANDLE) == (HANDLE)_get_osfhandle(1), "standard output is heard");
    EXPECT(GetStdHandle(STD_ERROR_HANDLE) == (HANDLE)_get_osfhandle(2), "standard error is heard");
#endif
}

/* How many bytes were written meanwhile. */
static long heard(silence *silence)
{
    struct stat file;
    int i;

    fstat(silence->file, &file);
    for (i = 0; i < 2; i++) {
        dup2(silence->kept[i], i + 1);
        close(silence->kept[i]);
    }
    close(silence->file);
    return (long)file.st_size;
}

static void a_panic_is_an_error_and_nothing_more(void)
{
    finaut_client *client = client_with("");
    silence silence;
    char *reply = NULL;
    char *words;
    int32_t code;
    int round;
    long bytes;

    for (round = 0; round < 20; round++) {
        EXPECT(finaut_users_get(client, "{\"id\": 590001}", &reply) == FINAUT_OK, "before: %s", reply);
        finaut_string_free(reply);
        reply = (char *)1;
        begin_to_hear(&silence);
        asked = 0;
        broken = 1;
        code = finaut_users_get(client, "{\"id\": 590001}", &reply);
        broken = 0;
        bytes = heard(&silence);
        EXPECT(asked > 0, "the library asks this program's clock; else nothing is tested here");
        EXPECT(code == FINAUT_E_INTERNAL, "%d %s", (int)code, reply);
        EXPECT(bytes == 0, "%ld bytes were written to standard output or error", bytes);
        words = value_at(reply, "/message");
        EXPECT(strstr(words, "report") != NULL, "%s", words);
        finaut_string_free(words);
        check_reply("a panic", code, reply);
        /* Without anybody to read it, too. */
        broken = 1;
        code = finaut_users_get(client, "{\"id\": 590001}", NULL);
        broken = 0;
        EXPECT(code == FINAUT_E_INTERNAL, "%d", (int)code);
    }
    EXPECT(finaut_users_get(client, "{\"id\": 590001}", &reply) == FINAUT_OK, "after: %s", reply);
    finaut_string_free(reply);
    finaut_client_free(client);
}

/* Where the first thing that ever happens is a panic: in the token's fetch, of which others wait for the end. */
static void a_panic_under_the_token_locks_nobody_out(void)
{
    finaut_client *client = client_with("");
    char *reply = NULL;

    broken = 1;
    EXPECT(finaut_check(client, "{}", &reply) == FINAUT_E_INTERNAL, "%s", reply);
    finaut_string_free(reply);
    broken = 0;
    EXPECT(finaut_check(client, "{}", &reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    finaut_client_free(client);
}

static void *ask(void *client)
{
    int i;

    for (i = 0; i < few(50, 5); i++) {
        char *reply = NULL;
        int32_t code = finaut_users_get(client, "{\"id\": 590001}", &reply);

        EXPECT(code == FINAUT_OK || code == FINAUT_E_INTERNAL, "%d %s", (int)code, reply);
        check_reply("users.get", code, reply);
    }
    return NULL;
}

static void panics_on_many_threads_do_no_harm(void)
{
    finaut_client *client = client_with("");
    pthread_t threads[8];
    silence silence;
    long bytes;
    int i;

    begin_to_hear(&silence);
    for (i = 0; i < 8; i++) {
        EXPECT(pthread_create(&threads[i], NULL, ask, client) == 0, "a thread");
    }
    for (i = 0; i < 200; i++) {
        broken = i % 2;
        sleep_ms(2);
    }
    broken = 0;
    for (i = 0; i < 8; i++) {
        pthread_join(threads[i], NULL);
    }
    bytes = heard(&silence);
    EXPECT(bytes == 0, "%ld bytes were written to standard output or error", bytes);
    EXPECT(finaut_users_get(client, "{\"id\": 590001}", NULL) == FINAUT_OK, "after");
    finaut_client_free(client);
}

int main(int argc, char **argv)
{
    static const test TESTS[] = {
        TEST(a_panic_is_an_error_and_nothing_more),
        TEST(a_panic_under_the_token_locks_nobody_out),
        TEST(panics_on_many_threads_do_no_harm),
    };

    put_clock_in();
    return run_tests(argc, argv, TESTS, (int)(sizeof TESTS / sizeof TESTS[0]));
}
