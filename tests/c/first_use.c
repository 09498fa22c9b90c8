/*
 * Forks during the first use: what a library does once in a process, it must not be doing while the process forks, or the child
 * waits for ever for a thread that it does not have. One such moment lasts a microsecond; here each lasts as long as a fork
 * needs, since the thread that uses the library first stops at each piece of memory that it asks for, until a child was made.
 */
#include "harness.h"

#include <dlfcn.h>

#define CHILDS_PATIENCE_S 1200
/* After this long the thread goes on: the library keeps the fork waiting, until the thread has come to the end of something. */
#define GOES_ON_AFTER_MS 10

/* Whether this thread stops. */
static __thread int stops = 0;
static volatile int stopped = 0;
static volatile int forking = 0;

static int is(volatile int *flag)
{
    return __atomic_load_n(flag, __ATOMIC_SEQ_CST);
}

static void set(volatile int *flag, int value)
{
    __atomic_store_n(flag, value, __ATOMIC_SEQ_CST);
}

static void let_it_fork(void)
{
    int ms = 0;

    if (!stops) {
        return;
    }
    stops = 0;
    if (is(&forking)) {
        ms = GOES_ON_AFTER_MS - 1; /* kept waiting since an earlier stop */
    }
    set(&stopped, 1);
    while (is(&stopped) && !is(&forking)) {
        sleep_ms(0);
    }
    for (; ms < GOES_ON_AFTER_MS && is(&stopped); ms++) {
        sleep_ms(1);
    }
    stops = 1;
}

/* In the place of the C library's, for this program and the libraries that it uses. */
void *malloc(size_t size)
{
    static void *(*own)(size_t) = NULL;

    if (own == NULL) {
        *(void **)&own = dlsym(RTLD_NEXT, "malloc");
    }
    let_it_fork();
    return own(size);
}

/* Musl's gives nothing where there is another malloc, unless it was replaced as well. */
void *aligned_alloc(size_t alignment, size_t size)
{
    static void *(*own)(size_t, size_t) = NULL;

    if (own == NULL) {
        *(void **)&own = dlsym(RTLD_NEXT, "aligned_alloc");
    }
    let_it_fork();
    return own(alignment, size);
}

/* The folder of a test, if it has one. */
static char folder[FOLDER_ROOM] = "";

typedef struct {
    void (*use)(void);
    volatile int done;
} first;

static void *use_first(void *given)
{
    first *first = given;

    stops = 1;
    first->use();
    stops = 0;
    set(&first->done, 1);
    return NULL;
}

/* One thread uses the library, the first in this process; another forks whenever it stops. Each child must be able to do the same. */
static void fork_during(void (*use)(void))
{
    first first = {use, 0};
    pthread_t thread;
    int children = 0;

    EXPECT(pthread_create(&thread, NULL, use_first, &first) == 0, "a thread");
    while (!is(&first.done)) {
        int status = 0;
        pid_t child;

        if (!is(&stopped)) {
            sleep_ms(0);
            continue;
        }
        set(&forking, 1);
        child = fork();
        if (child == 0) {
            alarm(CHILDS_PATIENCE_S);
            use();
            _exit(0);
        }
        set(&forking, 0);
        set(&stopped, 0);
        children++;
        EXPECT(child > 0 && waitpid(child, &status, 0) == child, "%s", strerror(errno));
        EXPECT(!WIFSIGNALED(status), "child %d %s", children, WTERMSIG(status) == SIGALRM ? "hangs" : strsignal(WTERMSIG(status)));
        EXPECT(WEXITSTATUS(status) == 0, "child %d ended with status %d", children, WEXITSTATUS(status));
    }
    pthread_join(thread, NULL);
    /* Fewer would mean that this program's malloc is not the library's. */
    EXPECT(children > 5, "%d children", children);
}

static void check_and_free(finaut_client *client)
{
    char *reply = NULL;
    int32_t code = finaut_users_get(client, "{\"id\": 590001}", &reply);

    EXPECT(code == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    finaut_client_free(client);
}

static void without_a_client(void)
{
    char *reply = NULL;

    EXPECT(finaut_persnr_check("01810050019", &reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    EXPECT(finaut_json_get("{\"a\": {\"b\": 1}}", "/a/b", &reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    EXPECT(finaut_operations(&reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    EXPECT(finaut_budget(NULL, "{}", &reply) == FINAUT_E_HANDLE, "%s", reply);
    finaut_string_free(reply);
}

static void with_a_client(void)
{
    check_and_free(client_with(""));
}

static void with_tls(void)
{
    char config[2000];

    snprintf(config, sizeof config,
             "{\"host\": \"%s\", \"ca_file\": \"%s\", \"client_id\": \"%s\", \"client_secret\": \"%s\", \"throttle\": {\"requests\": 100000}}",
             setting("FINAUT_TLS_HOST"), setting("FINAUT_TLS_CA"), setting("FINAUT_CLIENT_ID"), setting("FINAUT_CLIENT_SECRET"));
    check_and_free(client_of(config));
}

static void with_a_state_file(void)
{
    char more[FOLDER_ROOM + 100];

    snprintf(more, sizeof more, ", \"state\": \"%s/state\"", folder);
    check_and_free(client_with(more));
}

static void with_a_receiver(void)
{
    char more[FOLDER_ROOM + 100];
    finaut_client *client;
    finaut_receiver *receiver = NULL;
    char *reply = NULL;

    snprintf(more, sizeof more, ", \"state\": \"%s/state\", \"inbox\": {\"verify\": \"none\", \"hmac_secret\": \"0123456789abcdefghijklmnop\"}", folder);
    client = client_with(more);
    EXPECT(finaut_receiver_start(client, "{\"listen\": \"127.0.0.1:0\"}", &receiver, &reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    finaut_receiver_free(receiver);
    EXPECT(finaut_inbox_list(client, "{}", &reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    finaut_client_free(client);
}

static void in_a_folder(void (*use)(void))
{
    EXPECT(make_folder_at(folder), "%s", strerror(errno));
    fork_during(use);
    remove_folder(folder);
}

static void the_first_function(void)
{
    fork_during(without_a_client);
}

static void the_first_request(void)
{
    fork_during(with_a_client);
}

static void the_first_request_over_tls(void)
{
    /* The system's own authorities are many, and reading them takes long. */
    setenv("SSL_CERT_FILE", setting("FINAUT_TLS_CA"), 1);
    setenv("SSL_CERT_DIR", "/nowhere", 1);
    fork_during(with_tls);
}

static void the_first_use_of_a_state_file(void)
{
    in_a_folder(with_a_state_file);
}

static void the_first_receiver(void)
{
    in_a_folder(with_a_receiver);
}

int main(int argc, char **argv)
{
    static const test TESTS[] = {
        TEST(the_first_function),
        TEST(the_first_request),
        TEST(the_first_request_over_tls),
        TEST(the_first_use_of_a_state_file),
        TEST(the_first_receiver),
    };

    return run_tests(argc, argv, TESTS, (int)(sizeof TESTS / sizeof TESTS[0]));
}
