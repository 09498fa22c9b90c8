/* Many threads on one client; interrupting, observing, freeing and leaving while calls are under way. */
#include "harness.h"

/* One slot for a whole hour: the second call waits for as long as anybody has patience. */
#define ONE_AN_HOUR ", \"throttle\": {\"requests\": 1, \"per_s\": 3600}, \"max_wait_s\": 100000"

#define MOST_THREADS 200

/* What a thread does, and what came of it. */
typedef struct {
    finaut_client *client;
    const char *operation;
    const char *args;
    int calls;
    int32_t code;
    int done;
    pthread_t thread;
} work;

static void *work_off(void *given)
{
    work *work = given;
    int i;

    work->code = FINAUT_OK;
    for (i = 0; i < work->calls && work->code == FINAUT_OK; i++) {
        char *reply = (char *)1;

        work->code = finaut_call(work->client, work->operation, work->args, &reply);
        check_reply(work->operation, work->code, reply);
    }
    __atomic_store_n(&work->done, 1, __ATOMIC_SEQ_CST);
    return NULL;
}

static void begin(work *work, finaut_client *client, const char *operation, const char *args, int calls)
{
    work->client = client;
    work->operation = operation;
    work->args = args;
    work->calls = calls;
    work->done = 0;
    EXPECT(pthread_create(&work->thread, NULL, work_off, work) == 0, "a thread");
}

static int32_t end(work *work)
{
    pthread_join(work->thread, NULL);
    return work->code;
}

/* Counts events of the kind "wait"; told of by several threads at once. */
static int32_t count_waits(const char *event, void *count)
{
    if (strstr(event, "\"wait\"") != NULL) {
        __atomic_fetch_add((int *)count, 1, __ATOMIC_SEQ_CST);
    }
    return 0;
}

static void until_at_least(int *count, int wanted)
{
    while (__atomic_load_n(count, __ATOMIC_SEQ_CST) < wanted) {
        sleep_ms(5);
    }
}

static void use_up_the_slot(finaut_client *client)
{
    char *reply = NULL;

    EXPECT(finaut_check(client, "{}", &reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
}

static void two_hundred_threads_share_one_client(void)
{
    static work all[MOST_THREADS];
    int threads = few(MOST_THREADS, 20);
    finaut_client *client = client_with("");
    long tokens = counted("token_requests");
    int i;

    for (i = 0; i < threads; i++) {
        begin(&all[i], client, "users.get", "{\"id\": 590001}", 5);
    }
    for (i = 0; i < threads; i++) {
        EXPECT(end(&all[i]) == FINAUT_OK, "thread %d: %d", i, (int)all[i].code);
    }
    EXPECT(counted("token_requests") == tokens + 1, "one token serves them all, not %ld", counted("token_requests") - tokens);
    finaut_client_free(client);
}

static void interrupting_ends_a_long_wait_and_nothing_after_it(void)
{
    finaut_client *client = client_with(ONE_AN_HOUR);
    work waiting[3];
    int waits = 0;
    int i;

    use_up_the_slot(client);
    finaut_client_observe(client, count_waits, &waits);
    for (i = 0; i < 3; i++) {
        begin(&waiting[i], client, "check", "{}", 1);
    }
    until_at_least(&waits, 6);
    EXPECT(finaut_client_interrupt(client) == FINAUT_OK, "interrupt");
    for (i = 0; i < 3; i++) {
        EXPECT(end(&waiting[i]) == FINAUT_E_INTERRUPTED, "%d", (int)waiting[i].code);
    }
    /* Whoever comes later waits anew. */
    waits = 0;
    begin(&waiting[0], client, "check", "{}", 1);
    until_at_least(&waits, 2);
    finaut_client_interrupt(client);
    EXPECT(end(&waiting[0]) == FINAUT_E_INTERRUPTED, "%d", (int)waiting[0].code);
    EXPECT(finaut_budget(client, "{}", NULL) == FINAUT_OK, "later calls are not affected");
    finaut_client_free(client);
}

static void interrupting_one_call_by_its_name_leaves_the_others_alone(void)
{
    finaut_client *client = client_with(ONE_AN_HOUR);
    work waiting[2];
    int waits = 0;

    use_up_the_slot(client);
    finaut_client_observe(client, count_waits, &waits);
    begin(&waiting[0], client, "check", "{\"call_id\": \"one\"}", 1);
    begin(&waiting[1], client, "check", "{\"call_id\": \"two\"}", 1);
    until_at_least(&waits, 6);
    EXPECT(finaut_client_interrupt_call(client, "one") == FINAUT_OK, "interrupt");
    EXPECT(end(&waiting[0]) == FINAUT_E_INTERRUPTED, "%d", (int)waiting[0].code);
    waits = 0;
    until_at_least(&waits, 2); /* the other one waits on */
    EXPECT(finaut_client_interrupt_call(client, "two") == FINAUT_OK, "interrupt");
    EXPECT(end(&waiting[1]) == FINAUT_E_INTERRUPTED, "%d", (int)waiting[1].code);
    /* Before its call begins. */
    EXPECT(finaut_client_interrupt_call(client, "three") == FINAUT_OK, "interrupt");
    EXPECT(finaut_budget(client, "{\"call_id\": \"three\"}", NULL) == FINAUT_E_INTERRUPTED, "it was ended before");
    EXPECT(finaut_budget(client, "{\"call_id\": \"three\"}", NULL) == FINAUT_OK, "once");
    finaut_client_free(client);
}

static void interrupting_ends_the_wait_for_an_answer(void)
{
    finaut_client *client = client_with(", \"timeout_s\": 3000");
    work waiting;
    int waits = 0;

    use_up_the_slot(client);
    finaut_client_observe(client, count_waits, &waits);
    fault("{\"kind\": \"delay\", \"delay_before_ms\": 20000}");
    begin(&waiting, client, "check", "{}", 1);
    until_at_least(&waits, 1);
    finaut_client_interrupt(client);
    EXPECT(end(&waiting) == FINAUT_E_INTERRUPTED, "%d", (int)waiting.code);
    EXPECT(finaut_users_get(client, "{\"id\": 590001}", NULL) == FINAUT_OK, "the client still works");
    finaut_client_free(client);
}

static int32_t stop_at_third(const char *event, void *count)
{
    return strstr(event, "\"wait\"") != NULL && ++*(int *)count == 3 ? -1 : 0;
}

static void an_observer_ends_a_wait(void)
{
    finaut_client *client = client_with(ONE_AN_HOUR);
    char *reply = NULL;
    int waits = 0;

    use_up_the_slot(client);
    finaut_client_observe(client, stop_at_third, &waits);
    EXPECT(finaut_check(client, "{}", &reply) == FINAUT_E_INTERRUPTED && waits == 3, "%d waits, %s", waits, reply);
    check_reply("check", FINAUT_E_INTERRUPTED, reply);
    finaut_client_free(client);
}

/* A thread that waits for an answer, and another that waits for a slot meanwhile. */
typedef struct {
    finaut_client *client;
    pthread_t first;
    int begun;
    int waits_of_second;
    work second;
} pair;

/* Begins the second once the first waits, and stops the first once the second waits too. */
static int32_t stop_the_first(const char *event, void *given)
{
    pair *pair = given;

    if (strstr(event, "\"wait\"") == NULL) {
        return 0;
    }
    if (!pthread_equal(pthread_self(), pair->first)) {
        __atomic_fetch_add(&pair->waits_of_second, 1, __ATOMIC_SEQ_CST);
        return 0;
    }
    if (!pair->begun) {
        pair->begun = 1;
        begin(&pair->second, pair->client, "check", "{}", 1);
    }
    return __atomic_load_n(&pair->waits_of_second, __ATOMIC_SEQ_CST) >= 2;
}

/* "anything else to stop the call", says the header: that one, not its neighbours. */
static void an_observer_stops_only_the_call_that_it_is_told_of(void)
{
    finaut_client *client = client_with(", \"throttle\": {\"requests\": 2, \"per_s\": 3600}, \"max_wait_s\": 100000");
    char *reply = NULL;
    pair pair;
    int before;

    memset(&pair, 0, sizeof pair);
    pair.client = client;
    pair.first = pthread_self();
    use_up_the_slot(client);
    finaut_client_observe(client, stop_the_first, &pair);
    fault("{\"kind\": \"delay\", \"delay_before_ms\": 30000, \"path\": \"companies/\"}");
    EXPECT(finaut_call(client, "companies.list", "{}", &reply) == FINAUT_E_INTERRUPTED, "%s", reply);
    check_reply("companies.list", FINAUT_E_INTERRUPTED, reply);
    before = __atomic_load_n(&pair.waits_of_second, __ATOMIC_SEQ_CST);
    while (__atomic_load_n(&pair.waits_of_second, __ATOMIC_SEQ_CST) < before + 2) {
        EXPECT(!__atomic_load_n(&pair.second.done, __ATOMIC_SEQ_CST), "the second still waits, but it ended with %d",
               (int)pair.second.code);
        sleep_ms(10);
    }
    finaut_client_interrupt(client);
    EXPECT(end(&pair.second) == FINAUT_E_INTERRUPTED, "%d", (int)pair.second.code);
    finaut_client_free(client);
}

static void interrupts_at_any_moment_do_no_harm(void)
{
    finaut_client *client = client_with("");
    work all[8];
    int i;
    int round;

    use_up_the_slot(client);
    for (round = 0; round < few(50, 3); round++) {
        for (i = 0; i < 8; i++) {
            begin(&all[i], client, "users.get", "{\"id\": 590001}", 3);
        }
        for (i = 0; i < 20; i++) {
            EXPECT(finaut_client_interrupt(client) == FINAUT_OK, "interrupt");
            sleep_ms(1);
        }
        for (i = 0; i < 8; i++) {
            int32_t code = end(&all[i]);

            EXPECT(code == FINAUT_OK || code == FINAUT_E_INTERRUPTED, "%d", (int)code);
        }
    }
    EXPECT(finaut_users_get(client, "{\"id\": 590001}", NULL) == FINAUT_OK, "the client still works");
    finaut_client_free(client);
}

static void a_client_freed_under_calls_lets_them_end(void)
{
    work all[8];
    int i;
    int round;

    for (round = 0; round < few(30, 3); round++) {
        finaut_client *client = client_with("");

        use_up_the_slot(client);
        fault("{\"kind\": \"delay\", \"delay_before_ms\": 20, \"times\": null}");
        for (i = 0; i < 8; i++) {
            begin(&all[i], client, "users.get", "{\"id\": 590001}", 1000);
        }
        sleep_ms(round * 2);
        finaut_client_free(client);
        finaut_client_free(client);
        for (i = 0; i < 8; i++) {
            /* Each goes on until it looks the handle up again. */
            EXPECT(end(&all[i]) == FINAUT_E_HANDLE, "%d", (int)all[i].code);
        }
        no_faults();
    }
}

static int32_t free_it(const char *event, void *client)
{
    (void)event;
    finaut_client_free(*(finaut_client **)client);
    return 0;
}

static void an_observer_may_free_the_client(void)
{
    finaut_client *client = client_with("");
    char *reply = NULL;

    finaut_client_observe(client, free_it, &client);
    EXPECT(finaut_users_get(client, "{\"id\": 590001}", &reply) == FINAUT_OK, "%s", reply);
    finaut_string_free(reply);
    EXPECT(finaut_users_get(client, "{\"id\": 590001}", NULL) == FINAUT_E_HANDLE, "freed");
}

static int32_t call_again(const char *event, void *given)
{
    work *depth = given;
    char *reply = NULL;

    EXPECT(event[0] == '{' && strstr(event, "\"event\"") != NULL, "%s", event);
    if (depth->calls-- > 0) {
        int32_t code = finaut_users_get(depth->client, "{\"id\": 590002}", &reply);

        check_reply("inside an observer", code, reply);
        EXPECT(code == FINAUT_OK, "%d", (int)code);
        finaut_client_observe(depth->client, depth->calls == 5 ? NULL : call_again, depth);
    }
    return 0;
}

/* From the first event on: that of the token's request, in whose midst the calls inside need a token too. */
static void an_observer_may_use_the_library(void)
{
    work depth;

    depth.client = client_with(", \"timeout_s\": 3000"); /* waiting for itself, a call would wait as long */
    depth.calls = 20;
    finaut_client_observe(depth.client, call_again, &depth);
    EXPECT(finaut_users_get(depth.client, "{\"id\": 590001}", NULL) == FINAUT_OK, "a call with calls inside");
    EXPECT(depth.calls < 20, "the observer was there");
    finaut_client_free(depth.client);
}

static void *make_and_free(void *unused)
{
    char config[2000];
    int i;

    (void)unused;
    strcpy(config, config_with(""));
    for (i = 0; i < few(100, 5); i++) {
        finaut_client *client = client_of(config);
        char *reply = NULL;

        EXPECT(finaut_schemes_list(client, "{}", &reply) == FINAUT_OK, "%s", reply);
        finaut_string_free(reply);
        finaut_client_free(client);
    }
    return NULL;
}

static void clients_come_and_go_on_all_threads(void)
{
    pthread_t threads[16];
    int i;

    for (i = 0; i < 16; i++) {
        EXPECT(pthread_create(&threads[i], NULL, make_and_free, NULL) == 0, "a thread");
    }
    for (i = 0; i < 16; i++) {
        pthread_join(threads[i], NULL);
    }
}

static void a_string_may_be_freed_on_another_thread(void)
{
    finaut_client *client = client_with("");
    char *reply = NULL;
    pthread_t thread;

    EXPECT(finaut_users_get(client, "{\"id\": 590001}", &reply) == FINAUT_OK, "%s", reply);
    EXPECT(pthread_create(&thread, NULL, (void *(*)(void *))(uintptr_t)finaut_string_free, reply) == 0, "a thread");
    pthread_join(thread, NULL);
    finaut_client_free(client);
}

/* The program ends in the midst of everything: clients open, threads calling and waiting. */
static void end_in_the_midst(void)
{
    static work all[8];
    finaut_client *client = client_with("");
    int i;

    for (i = 0; i < 8; i++) {
        begin(&all[i], client, "users.get", "{\"id\": 590001}", 1000000);
    }
    sleep_ms(atol(given));
    exit(17);
}

static void the_program_may_end_at_any_moment(void)
{
    int round;

    for (round = 0; round < few(30, 3); round++) {
        char ms[20];

        sprintf(ms, "%d", round * 3);
        EXPECT(RUN_APART(end_in_the_midst, ms, 1200) == 17, "%s", ending);
    }
}

/* Hosts say goodbye from atexit and from static destructors, when what Rust keeps for each thread is gone already. */
static finaut_client *last_client;

static void say_goodbye(void)
{
    char *reply = NULL;
    int32_t code = finaut_users_get(last_client, "{\"id\": 590001}", &reply);

    if (code != FINAUT_OK) {
        fprintf(stderr, "%s\n", reply);
    }
    finaut_string_free(reply);
    finaut_client_free(last_client);
    _exit(code == FINAUT_OK ? 17 : 18);
}

static void end_with_a_goodbye(void)
{
    last_client = client_with("");
    EXPECT(finaut_users_get(last_client, "{\"id\": 590001}", NULL) == FINAUT_OK, "a call before");
    atexit(say_goodbye);
    exit(0);
}

static void calls_work_while_the_program_ends(void)
{
    EXPECT(RUN_APART(end_with_a_goodbye, "", 1200) == 17, "%s", ending);
}

int main(int argc, char **argv)
{
    static const test TESTS[] = {
        TEST(two_hundred_threads_share_one_client),
        TEST(interrupting_ends_a_long_wait_and_nothing_after_it),
        TEST(interrupting_one_call_by_its_name_leaves_the_others_alone),
        TEST(interrupting_ends_the_wait_for_an_answer),
        TEST(an_observer_ends_a_wait),
        TEST(an_observer_stops_only_the_call_that_it_is_told_of),
        TEST(interrupts_at_any_moment_do_no_harm),
        TEST(a_client_freed_under_calls_lets_them_end),
        TEST(an_observer_may_free_the_client),
        TEST(an_observer_may_use_the_library),
        TEST(clients_come_and_go_on_all_threads),
        TEST(a_string_may_be_freed_on_another_thread),
        TEST(the_program_may_end_at_any_moment),
        TEST(calls_work_while_the_program_ends),
        PART(end_in_the_midst),
        PART(end_with_a_goodbye),
    };

    return run_tests(argc, argv, TESTS, (int)(sizeof TESTS / sizeof TESTS[0]));
}
