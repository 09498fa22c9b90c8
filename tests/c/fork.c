/*
 * Forked children: whatever the parent was doing, a child gets an answer or FINAUT_E_FORKED, never a hang and never the
 * parent's connections. Every child has an alarm, so that a hang is a failed test.
 */
#include "harness.h"

#include <dlfcn.h>
#include <netdb.h>
#include <sys/syscall.h>

#define THREADS 8
#define CHILDS_PATIENCE_S 1200

/* What a child did, as its exit status: everything as it should, or which step was not. */
#define ALL_WELL 40

static int ended_with(pid_t child)
{
    int status = 0;

    EXPECT(child > 0, "fork: %s", strerror(errno));
    while (waitpid(child, &status, 0) != child) {
        EXPECT(errno == EINTR, "%s", strerror(errno));
    }
    EXPECT(!WIFSIGNALED(status), "the child %s", WTERMSIG(status) == SIGALRM ? "hangs" : strsignal(WTERMSIG(status)));
    return WEXITSTATUS(status);
}

static int32_t get_somebody(finaut_client *client)
{
    char *reply = NULL;
    int32_t code = finaut_users_get(client, "{\"id\": 590001}", &reply);

    if (code != FINAUT_OK) {
        fprintf(stderr, "  users.get: %s\n", reply != NULL ? reply : "no reply");
    }
    check_reply("users.get", code, reply);
    return code;
}

/* A child's life: calls with the parent's client, frees it, makes one of its own. */
static int live(finaut_client *client)
{
    finaut_client *own = NULL;
    char *reply = NULL;

    alarm(CHILDS_PATIENCE_S);
    if (get_somebody(client) != FINAUT_OK) {
        return 1;
    }
    if (finaut_client_interrupt(client) != FINAUT_OK || finaut_client_observe(client, NULL, NULL) != FINAUT_OK) {
        return 2;
    }
    if (finaut_client_new(config_with(""), &own, &reply) != FINAUT_OK) {
        return 3;
    }
    finaut_string_free(reply);
    if (get_somebody(own) != FINAUT_OK) {
        return 4;
    }
    finaut_client_free(client);
    if (finaut_budget(client, "{}", NULL) != FINAUT_E_HANDLE) {
        return 5;
    }
    finaut_client_free(own);
    return ALL_WELL;
}

static pid_t fork_a_life(finaut_client *client)
{
    pid_t child = fork();

    if (child == 0) {
        _exit(live(client));
    }
    return child;
}

/* The parent's threads, busy with whatever `what` is until told to stop. */
typedef struct {
    finaut_client *client;
    void (*what)(finaut_client *client);
    int stop;
    pthread_t threads[THREADS];
} busy;

static void *keep_busy(void *given)
{
    busy *busy = given;

    while (!__atomic_load_n(&busy->stop, __ATOMIC_SEQ_CST)) {
        busy->what(busy->client);
    }
    return NULL;
}

static void begin(busy *busy, finaut_client *client, void (*what)(finaut_client *client))
{
    int i;

    busy->client = client;
    busy->what = what;
    busy->stop = 0;
    for (i = 0; i < THREADS; i++) {
        EXPECT(pthread_create(&busy->threads[i], NULL, keep_busy, busy) == 0, "a thread");
    }
}

static void end(busy *busy)
{
    int i;

    __atomic_store_n(&busy->stop, 1, __ATOMIC_SEQ_CST);
    for (i = 0; i < THREADS; i++) {
        pthread_join(busy->threads[i], NULL);
    }
}

/* For threads that call without end: what they use is soon free again, so that a child that hangs is what is told. */
#define WITHOUT_END ", \"throttle\": {\"requests\": 100000, \"per_s\": 10}"

static void call_the_server(finaut_client *client)
{
    EXPECT(get_somebody(client) == FINAUT_OK, "the parent's calls go on");
}

/* Nothing but our own locks: handles, strings, slots. */
static void call_without_requests(finaut_client *client)
{
    char *reply = NULL;

    EXPECT(finaut_budget(client, "{}", &reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    EXPECT(finaut_persnr_check("01810050019", &reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    EXPECT(finaut_budget((finaut_client *)3, "{}", NULL) == FINAUT_E_HANDLE, "no handle");
}

/* Takes the library's locks and allocates nothing: the C library's own fork waits for its own memory's locks, and in a child of a
 * bare clone for ever; that is not what is tested. */
static void call_without_memory(finaut_client *client)
{
    (void)client;
    finaut_string_free((char *)3);
    finaut_client_free((finaut_client *)3);
}

static void call_without_a_client(finaut_client *client)
{
    finaut_json_cursor *items = NULL;
    char *reply = NULL;

    (void)client;
    EXPECT(finaut_persnr_check("01810050019", &reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    EXPECT(finaut_json_get("{\"a\": 1}", "/a", &reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    EXPECT(finaut_json_items("[1]", "", &items, &reply) == FINAUT_OK, "%s", reply);
    EXPECT(finaut_json_next(items, &reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    finaut_json_cursor_free(items);
}

static void a_child_of_an_idle_parent_goes_on_by_itself(void)
{
    finaut_client *client = client_with("");
    long connections = 0;
    int i;

    EXPECT(get_somebody(client) == FINAUT_OK, "before");
    for (i = 0; i < few(20, 3); i++) {
        EXPECT(ended_with(fork_a_life(client)) == ALL_WELL, "child %d", i);
        connections = counted("connections");
        EXPECT(get_somebody(client) == FINAUT_OK, "after");
    }
    /* Asking for the count is one connection; the parent's own, kept open, was not harmed by its children. */
    EXPECT(counted("connections") == connections + 1, "%ld", counted("connections") - connections);
    finaut_client_free(client);
}

static void a_client_that_was_never_used_works_in_the_child(void)
{
    finaut_client *client = client_with("");

    EXPECT(ended_with(fork_a_life(client)) == ALL_WELL, "child");
    EXPECT(get_somebody(client) == FINAUT_OK, "after");
    finaut_client_free(client);
}

static void children_of_a_busy_parent_go_on_by_themselves(void)
{
    finaut_client *client = client_with(WITHOUT_END);
    busy busy;
    int i;

    begin(&busy, client, call_the_server);
    for (i = 0; i < few(150, 3); i++) {
        EXPECT(ended_with(fork_a_life(client)) == ALL_WELL, "child %d", i);
    }
    end(&busy);
    EXPECT(get_somebody(client) == FINAUT_OK, "after");
    finaut_client_free(client);
}

static void use_a_client_once(finaut_client *unused)
{
    finaut_client *client = client_with(WITHOUT_END);

    (void)unused;
    EXPECT(get_somebody(client) == FINAUT_OK, "a client for one call");
    finaut_client_free(client);
}

static void clients_that_come_and_go_leave_no_child_hanging(void)
{
    finaut_client *client = client_with(WITHOUT_END);
    busy busy;
    int i;

    begin(&busy, NULL, use_a_client_once);
    for (i = 0; i < few(50, 3); i++) {
        EXPECT(ended_with(fork_a_life(client)) == ALL_WELL, "child %d", i);
    }
    end(&busy);
    finaut_client_free(client);
}

/* The library keeps a freed client's connection for the next client; it is the process's own, and no child's. */
static void a_connection_that_waits_for_the_next_client_is_not_the_childs(void)
{
    long connections;
    pid_t child;

    use_a_client_once(NULL);
    connections = counted("connections");
    child = fork();
    if (child == 0) {
        alarm(CHILDS_PATIENCE_S);
        use_a_client_once(NULL);
        use_a_client_once(NULL);
        _exit(ALL_WELL);
    }
    EXPECT(ended_with(child) == ALL_WELL, "the child");
    use_a_client_once(NULL);
    /* The child made one, asking for the count another, and the parent none. */
    connections = counted("connections") - connections;
    EXPECT(connections == 2, "%ld connections", connections);
}

static void children_with_a_state_file_go_on_by_themselves(void)
{
    char folder[FOLDER_ROOM];
    char more[FOLDER_ROOM + 100];
    finaut_client *client;
    busy busy;
    int i;

    EXPECT(make_folder_at(folder), "%s", strerror(errno));
    snprintf(more, sizeof more, ", \"state\": \"%s/state\"" WITHOUT_END, folder);
    client = client_with(more);
    begin(&busy, client, call_the_server);
    for (i = 0; i < few(50, 3); i++) {
        EXPECT(ended_with(fork_a_life(client)) == ALL_WELL, "child %d", i);
    }
    end(&busy);
    EXPECT(get_somebody(client) == FINAUT_OK, "after");
    finaut_client_free(client);
    remove_folder(folder);
}

static void no_lock_is_held_in_a_child(void)
{
    finaut_client *client = client_with("");
    busy busy;
    int i;

    begin(&busy, client, call_without_requests);
    for (i = 0; i < few(500, 5); i++) {
        pid_t child = fork();

        if (child == 0) {
            alarm(CHILDS_PATIENCE_S);
            call_without_requests(client);
            _exit(ALL_WELL);
        }
        EXPECT(ended_with(child) == ALL_WELL, "child %d", i);
    }
    end(&busy);
    finaut_client_free(client);
}

/* The functions that need no client have locks too. */
static void no_lock_is_held_in_a_child_where_no_client_was_ever_made(void)
{
    busy busy;
    int i;

    call_without_a_client(NULL);
    begin(&busy, NULL, call_without_a_client);
    for (i = 0; i < few(500, 5); i++) {
        pid_t child = fork();

        if (child == 0) {
            alarm(CHILDS_PATIENCE_S);
            call_without_a_client(NULL);
            _exit(ALL_WELL);
        }
        EXPECT(ended_with(child) == ALL_WELL, "child %d", i);
    }
    end(&busy);
}

/* A host may fork at the very moment in which another thread uses the library for the first time. */
static void a_fork_during_the_first_use_leaves_no_child_hanging(void)
{
    int round;

    for (round = 0; round < few(100, 5); round++) {
        pid_t process = fork();

        if (process == 0) {
            pid_t child;
            busy busy;

            alarm(2 * CHILDS_PATIENCE_S);
            begin(&busy, NULL, call_without_a_client);
            child = fork();
            if (child == 0) {
                int32_t code;

                alarm(CHILDS_PATIENCE_S);
                code = finaut_persnr_check("01810050019", NULL);
                _exit(code == FINAUT_OK || code == FINAUT_E_FORKED ? ALL_WELL : (int)code);
            }
            _exit(ended_with(child));
        }
        EXPECT(ended_with(process) == ALL_WELL, "round %d", round);
    }
}

/*
 * The C library's name service has locks that it does not unlock in a child (glibc: the resolver's configuration). They are
 * held for moments, so a child finds one locked once in some thousand forks; here this program's own getaddrinfo holds a lock
 * for longer, and every fork meets it.
 */
static volatile int names_take_long = 0;
static pthread_mutex_t name_service = PTHREAD_MUTEX_INITIALIZER;

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found)
{
    static int (*own)(const char *, const char *, const struct addrinfo *, struct addrinfo **) = NULL;
    int result;

    if (own == NULL) {
        *(void **)&own = dlsym(RTLD_NEXT, "getaddrinfo");
    }
    if (!names_take_long) {
        return own(name, service, hints, found);
    }
    pthread_mutex_lock(&name_service);
    sleep_ms(5);
    result = own(name, service, hints, found);
    pthread_mutex_unlock(&name_service);
    return result;
}

static int32_t call_nobody(finaut_client *client)
{
    char *reply = NULL;
    int32_t code = finaut_check(client, "{\"max_wait_s\": 0}", &reply);

    check_reply("check", code, reply);
    return code;
}

static void look_names_up(finaut_client *client)
{
    EXPECT(call_nobody(client) == FINAUT_E_NETWORK, "nobody is there");
}

static void children_forked_while_names_are_looked_up_do_not_hang(void)
{
    finaut_client *client = client_of("{\"host\": \"http://localhost:1\", \"client_id\": \"a\", \"client_secret\": \"b\"}");
    busy busy;
    int i;

    look_names_up(client);
    names_take_long = 1;
    begin(&busy, client, look_names_up);
    for (i = 0; i < few(50, 5); i++) {
        pid_t child = fork();

        if (child == 0) {
            int32_t code;

            alarm(CHILDS_PATIENCE_S);
            code = call_nobody(client);
            _exit(code == FINAUT_E_NETWORK || code == FINAUT_E_FORKED ? ALL_WELL : (int)code);
        }
        EXPECT(ended_with(child) == ALL_WELL, "child %d", i);
    }
    end(&busy);
    finaut_client_free(client);
}

static void grandchildren_go_on_too(void)
{
    finaut_client *client = client_with(WITHOUT_END);
    busy busy;
    int i;

    begin(&busy, client, call_the_server);
    for (i = 0; i < few(20, 2); i++) {
        pid_t child = fork();

        if (child == 0) {
            alarm(CHILDS_PATIENCE_S);
            if (get_somebody(client) != FINAUT_OK) {
                _exit(1);
            }
            if (ended_with(fork_a_life(client)) != ALL_WELL) {
                _exit(2);
            }
            _exit(live(client));
        }
        EXPECT(ended_with(child) == ALL_WELL, "child %d", i);
    }
    end(&busy);
    finaut_client_free(client);
}

/* What the observer's child is told to be. */
typedef struct {
    pid_t child;
    const char *at;
} inside;

static int32_t fork_once(const char *event, void *given)
{
    inside *inside = given;

    if (inside->child == -1 && strstr(event, inside->at) != NULL) {
        inside->child = fork();
        if (inside->child == 0) {
            alarm(CHILDS_PATIENCE_S);
        }
    }
    return 0;
}

/* The call in whose midst the host forked cannot go on in the child; the next one can. */
static void a_child_forked_by_the_observer_gives_up_that_call_only(void)
{
    static const char *const EVENTS[] = {"\"token\"", "\"request\"", "\"page\"", "\"answer\"", "\"retry\""};
    size_t i;

    for (i = 0; i < sizeof EVENTS / sizeof EVENTS[0]; i++) {
        finaut_client *client = client_with(", \"cache_s\": 0");
        inside inside;
        char *reply = NULL;
        int32_t code;

        inside.child = -1;
        inside.at = EVENTS[i];
        free(sandbox("POST", "tokens/revoke", "{}"));
        if (strcmp(EVENTS[i], "\"answer\"") == 0) {
            fault("{\"kind\": \"delay\", \"delay_before_ms\": 1500, \"path\": \"departments/\"}");
        }
        if (strcmp(EVENTS[i], "\"retry\"") == 0) {
            fault("{\"kind\": \"status\", \"status\": 503, \"path\": \"departments/\"}");
        }
        finaut_client_observe(client, fork_once, &inside);
        code = finaut_departments_list(client, "{}", &reply);
        if (inside.child == 0) {
            check_reply("the child's end of the call", code, reply);
            /* A call that had nothing left to do may as well succeed. */
            if (code != FINAUT_E_FORKED && code != FINAUT_OK) {
                _exit(100 + (int)code);
            }
            _exit(live(client));
        }
        EXPECT(inside.child > 0, "the event %s was told of", EVENTS[i]);
        EXPECT(code == FINAUT_OK, "the parent's end of the call: %d %s", (int)code, reply);
        finaut_string_free(reply);
        EXPECT(ended_with(inside.child) == ALL_WELL, "%s", EVENTS[i]);
        EXPECT(get_somebody(client) == FINAUT_OK, "after");
        finaut_client_free(client);
        no_faults();
    }
}

/* A child that the fork handlers know nothing of: refused, whatever the parent's other threads hold. */
static int refused(finaut_client *client)
{
    finaut_client *own = (finaut_client *)1;
    char *reply = (char *)1;
    char *catalogue = (char *)1;

    alarm(CHILDS_PATIENCE_S);
    if (finaut_users_get(client, "{\"id\": 590001}", &reply) != FINAUT_E_FORKED) {
        return 1;
    }
    if (reply == (char *)1 || (reply != NULL && strstr(reply, "\"code\":\"forked\"") == NULL)) {
        return 2;
    }
    finaut_string_free(reply);
    if (finaut_client_interrupt(client) != FINAUT_E_FORKED || finaut_client_observe(client, NULL, NULL) != FINAUT_E_FORKED) {
        return 3;
    }
    if (finaut_client_new("{}", &own, NULL) != FINAUT_E_FORKED || own != NULL) {
        return 4;
    }
    if (finaut_operations(&catalogue) != FINAUT_E_FORKED) {
        return 5;
    }
    finaut_string_free(catalogue);
    finaut_client_free(client);
    if (finaut_abi_version() != FINAUT_ABI_VERSION || finaut_version()[0] == '\0') {
        return 6;
    }
    return ALL_WELL;
}

/* And what is created meanwhile is created by one of them. */
static void a_creation_during_which_the_observer_forks_is_made_once(void)
{
    static const char *const EVENTS[] = {"\"token\"", "/o/token/", "\"answer\"", "competency_result/"};
    size_t i;

    for (i = 0; i < sizeof EVENTS / sizeof EVENTS[0]; i++) {
        finaut_client *client = client_with("");
        char *people = sandbox("GET", "people", "");
        long before = counted("competency_results");
        inside inside;
        char *reply = NULL;
        char args[500];
        int32_t code;
        int status = 0;

        /* Another course each time, for a client that needs a token first. */
        snprintf(args, sizeof args, "{\"encrypted_user_id\": \"%s\", \"goal\": %d, \"passed_date\": \"2026-02-03\"}",
                 value_at(strstr(people, "\r\n\r\n"), "/0/encrypted_id"), 77000 + (int)getpid() % 9000 * 10 + (int)i);
        free(people);
        free(sandbox("POST", "tokens/revoke", "{}"));
        if (strcmp(EVENTS[i], "\"answer\"") == 0) {
            fault("{\"kind\": \"delay\", \"delay_before_ms\": 1500, \"path\": \"competency_result/\", \"method\": \"POST\"}");
        }
        inside.child = -1;
        inside.at = EVENTS[i];
        finaut_client_observe(client, fork_once, &inside);
        code = finaut_competency_results_create(client, args, &reply);
        if (inside.child == 0) {
            _exit(code == FINAUT_E_FORKED || code == FINAUT_E_UNKNOWN_OUTCOME || code == FINAUT_OK ? ALL_WELL : (int)code);
        }
        EXPECT(inside.child > 0, "the event %s was told of", EVENTS[i]);
        EXPECT(waitpid(inside.child, &status, 0) == inside.child && WIFEXITED(status) && WEXITSTATUS(status) == ALL_WELL,
               "the child at %s: %x", EVENTS[i], (unsigned)status);
        EXPECT(code == FINAUT_OK, "the parent at %s: %d %s", EVENTS[i], (int)code, reply);
        EXPECT(counted("competency_results") == before + 1, "%ld were created at %s", counted("competency_results") - before, EVENTS[i]);
        finaut_client_free(client);
        no_faults();
    }
}

static void a_child_made_by_a_bare_clone_is_refused(void)
{
    finaut_client *client = client_with("");
    busy busy;
    int i;

    begin(&busy, client, call_without_requests);
    for (i = 0; i < few(300, 3); i++) {
        pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);

        if (child == 0) {
            _exit(refused(client));
        }
        EXPECT(ended_with(child) == ALL_WELL, "child %d", i);
    }
    end(&busy);
    EXPECT(get_somebody(client) == FINAUT_OK, "the parent's client is what it was");
    finaut_client_free(client);
}

/* A refused child may fork on its own account (to run a program, say): the library must not stand in its way. */
static void a_refused_child_can_fork(void)
{
    finaut_client *client = client_with("");
    busy busy;
    int i;

    begin(&busy, client, call_without_memory);
    for (i = 0; i < few(300, 3); i++) {
        pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);

        if (child == 0) {
            pid_t grandchild;
            int status = 0;

            alarm(CHILDS_PATIENCE_S);
            grandchild = fork();
            if (grandchild == 0) {
                int32_t code;

                /* Whether it is refused too is the library's choice; that it is not left hanging is not. */
                alarm(CHILDS_PATIENCE_S);
                code = finaut_budget(client, "{}", NULL);
                _exit(code == FINAUT_OK || code == FINAUT_E_FORKED ? ALL_WELL : (int)code);
            }
            waitpid(grandchild, &status, 0);
            _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 9);
        }
        EXPECT(ended_with(child) == ALL_WELL, "child %d", i);
    }
    end(&busy);
    finaut_client_free(client);
}

static void a_vfork_child_is_refused(void)
{
    finaut_client *client = client_with("");
    busy busy;
    int i;

    begin(&busy, client, call_without_requests);
    for (i = 0; i < few(100, 3); i++) {
        pid_t child = vfork();

        if (child == 0) {
            char *reply = NULL;

            /* Shares our memory, stack included: as little as can be. */
            if (finaut_budget(client, "{}", &reply) != FINAUT_E_FORKED) {
                _exit(1);
            }
            finaut_string_free(reply);
            _exit(ALL_WELL);
        }
        EXPECT(ended_with(child) == ALL_WELL, "child %d", i);
    }
    end(&busy);
    EXPECT(get_somebody(client) == FINAUT_OK, "the parent's client is what it was");
    finaut_client_free(client);
}

static void *fork_and_wait(void *client)
{
    int i;

    for (i = 0; i < few(30, 2); i++) {
        pid_t child = fork();
        int status = 0;

        if (child == 0) {
            _exit(live(client));
        }
        EXPECT(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == ALL_WELL, "status %x",
               (unsigned)status);
    }
    return NULL;
}

static void several_threads_may_fork_at_once(void)
{
    finaut_client *client = client_with(WITHOUT_END);
    pthread_t threads[4];
    busy busy;
    int i;

    begin(&busy, client, call_the_server);
    for (i = 0; i < 4; i++) {
        EXPECT(pthread_create(&threads[i], NULL, fork_and_wait, client) == 0, "a thread");
    }
    for (i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    end(&busy);
    finaut_client_free(client);
}

/* A child starts with what its parent had used: the account is the same. */
static void a_child_counts_what_its_parent_used(void)
{
    finaut_client *client = client_with(", \"throttle\": {\"requests\": 2, \"per_s\": 3600}, \"max_wait_s\": 0");
    pid_t child;

    EXPECT(get_somebody(client) == FINAUT_OK, "the first");
    child = fork();
    if (child == 0) {
        alarm(CHILDS_PATIENCE_S);
        if (get_somebody(client) != FINAUT_OK) {
            _exit(1);
        }
        _exit(get_somebody(client) == FINAUT_E_THROTTLED ? ALL_WELL : 2);
    }
    EXPECT(ended_with(child) == ALL_WELL, "child");
    finaut_client_free(client);
}

int main(int argc, char **argv)
{
    static const test TESTS[] = {
        TEST(a_child_of_an_idle_parent_goes_on_by_itself),
        TEST(a_client_that_was_never_used_works_in_the_child),
        TEST(children_of_a_busy_parent_go_on_by_themselves),
        TEST(clients_that_come_and_go_leave_no_child_hanging),
        TEST(a_connection_that_waits_for_the_next_client_is_not_the_childs),
        TEST(children_with_a_state_file_go_on_by_themselves),
        TEST(no_lock_is_held_in_a_child),
        TEST(no_lock_is_held_in_a_child_where_no_client_was_ever_made),
        TEST(a_fork_during_the_first_use_leaves_no_child_hanging),
        TEST(children_forked_while_names_are_looked_up_do_not_hang),
        TEST(grandchildren_go_on_too),
        TEST(a_child_forked_by_the_observer_gives_up_that_call_only),
        TEST(a_creation_during_which_the_observer_forks_is_made_once),
        TEST(a_child_made_by_a_bare_clone_is_refused),
        TEST(a_refused_child_can_fork),
        TEST(a_vfork_child_is_refused),
        TEST(several_threads_may_fork_at_once),
        TEST(a_child_counts_what_its_parent_used),
    };

    return run_tests(argc, argv, TESTS, (int)(sizeof TESTS / sizeof TESTS[0]));
}
