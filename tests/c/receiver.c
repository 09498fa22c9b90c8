/*
 * Webhooks from C: a receiver comes and goes, whatever its host does at the time, and its threads are none of the host's
 * business.
 */
#include "harness.h"

#define NOBODY ((finaut_receiver *)NULL)

static char folder[FOLDER_ROOM];

static void make_folder(void)
{
    EXPECT(make_folder_at(folder), "%s", strerror(errno));
}

static finaut_client *with_inbox(void)
{
    char more[FOLDER_ROOM + 100];

    snprintf(more, sizeof more, ", \"state\": \"%s/state\", \"inbox\": {\"verify\": \"none\"}", folder);
    return client_with(more);
}

/* A receiver at any free port, which goes into `port`. */
static finaut_receiver *start(finaut_client *client, int *port)
{
    finaut_receiver *receiver = NULL;
    char *reply = NULL;
    char *address;

    EXPECT(finaut_receiver_start(client, "{\"listen\": \"127.0.0.1:0\", \"open\": true}", &receiver, &reply) == FINAUT_OK, "%s", reply);
    address = value_at(reply, "/address");
    *port = atoi(strchr(address, ':') + 1);
    finaut_string_free(address);
    finaut_string_free(reply);
    return receiver;
}

/* POSTs; gives the status of the answer, 0 for none. */
static int post(int port, const char *body)
{
    char text[2000];
    long got;
    size_t length = 0;
    int status = 0;
    wire wire = connected_to(port);

    if (wire == NO_WIRE) {
        return 0;
    }
    snprintf(text, sizeof text,
             "POST /finaut/webhook HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %lu\r\n\r\n%s",
             (unsigned long)strlen(body), body);
    send(wire, text, strlen(text), 0);
    while (length < sizeof text - 1 && (got = recv(wire, text + length, sizeof text - 1 - length, 0)) > 0) {
        length += (size_t)got;
    }
    text[length] = '\0';
    if (sscanf(text, "HTTP/1.1 %d", &status) != 1) {
        status = 0;
    }
    close_wire(wire);
    return status;
}

static void expect_event(finaut_client *client, const char *note)
{
    char *reply = NULL;
    char *found;
    char acknowledge[64];

    EXPECT(finaut_inbox_next(client, "{\"wait_s\": 60}", &reply) == FINAUT_OK, "%s", reply);
    found = value_at(reply, "/object/note");
    EXPECT(strcmp(found, note) == 0, "\"%s\", not \"%s\"", found, note);
    finaut_string_free(found);
    found = value_at(reply, "/event");
    snprintf(acknowledge, sizeof acknowledge, "{\"event\": %s}", found);
    EXPECT(finaut_inbox_acknowledge(client, acknowledge, NULL) == FINAUT_OK, "%s", acknowledge);
    finaut_string_free(found);
    finaut_string_free(reply);
}

static void what_comes_in_is_an_event(void)
{
    finaut_client *client;
    finaut_receiver *receiver;
    char *reply = NULL;
    char *count;
    int port;

    make_folder();
    client = with_inbox();
    receiver = start(client, &port);
    EXPECT(post(port, "{\"note\": \"bl\303\245b\303\246r \\\"\360\237\253\220\\\"\"}") == 200, "let in");
    expect_event(client, "bl\303\245b\303\246r \"\360\237\253\220\"");
    EXPECT(finaut_receiver_status(receiver, &reply) == FINAUT_OK, "%s", reply);
    count = value_at(reply, "/accepted");
    EXPECT(strcmp(count, "1") == 0, "%s", count);
    finaut_string_free(count);
    finaut_string_free(reply);
    /* The receiver has a share of the client of its own. */
    finaut_client_free(client);
    EXPECT(post(port, "{\"note\": \"later\"}") == 200, "let in");
    finaut_receiver_free(receiver);
    EXPECT(post(port, "{}") == 0, "nobody listens");
    client = with_inbox();
    expect_event(client, "later");
    finaut_client_free(client);
    remove_folder(folder);
}

static void handles_that_are_no_receivers_are_refused(void)
{
    finaut_client *client;
    finaut_receiver *receiver;
    finaut_receiver *other = (finaut_receiver *)1;
    finaut_receiver *wrong[6];
    char *reply = NULL;
    int port;
    int local = 0;
    int i;

    make_folder();
    client = with_inbox();
    receiver = start(client, &port);
    wrong[0] = NOBODY;
    wrong[1] = (finaut_receiver *)client;
    wrong[2] = (finaut_receiver *)(void *)&local;
    wrong[3] = (finaut_receiver *)((uintptr_t)receiver + 4);
    wrong[4] = (finaut_receiver *)((uintptr_t)receiver - 4);
    wrong[5] = (finaut_receiver *)-1;
    for (i = 0; i < 6; i++) {
        finaut_receiver_free(wrong[i]);
        EXPECT(finaut_receiver_status(wrong[i], &reply) == FINAUT_E_HANDLE, "%d", i);
        check_reply("finaut_receiver_status", FINAUT_E_HANDLE, reply);
    }
    EXPECT(finaut_budget((finaut_client *)receiver, "{}", NULL) == FINAUT_E_HANDLE, "a receiver is no client");
    EXPECT(finaut_receiver_start(NULL, "{}", &other, &reply) == FINAUT_E_HANDLE && other == NULL, "no client");
    check_reply("finaut_receiver_start", FINAUT_E_HANDLE, reply);
    EXPECT(finaut_receiver_start(client, "{}", NULL, &reply) == FINAUT_E_ARGUMENT, "nowhere to put it");
    check_reply("finaut_receiver_start", FINAUT_E_ARGUMENT, reply);
    EXPECT(finaut_receiver_start(client, "[", &other, &reply) == FINAUT_E_ARGUMENT, "no JSON");
    check_reply("finaut_receiver_start", FINAUT_E_ARGUMENT, reply);
    EXPECT(finaut_receiver_start(client, "{\"listen\": \"x\"}", &other, &reply) == FINAUT_E_CONFIG, "no address");
    check_reply("finaut_receiver_start", FINAUT_E_CONFIG, reply);
    EXPECT(post(port, "{\"note\": 1}") == 200, "none of that was this receiver");
    finaut_receiver_free(receiver);
    finaut_receiver_free(receiver);
    EXPECT(finaut_receiver_status(receiver, NULL) == FINAUT_E_HANDLE, "freed");
    finaut_client_free(client);
    client = client_with("");
    EXPECT(finaut_receiver_start(client, "{}", &other, &reply) == FINAUT_E_CONFIG, "no state file");
    check_reply("finaut_receiver_start", FINAUT_E_CONFIG, reply);
    finaut_client_free(client);
    remove_folder(folder);
}

static void receivers_come_and_go_and_leave_nothing(void)
{
    finaut_client *client;
    int before = 0;
    int port;
    int i;

    make_folder();
    client = with_inbox();
    for (i = 0; i < few(200, 10); i++) {
        finaut_receiver *receiver = start(client, &port);

        if (i % 3 == 0) {
            EXPECT(post(port, "{\"note\": 1}") == 200, "round %d", i);
        }
        finaut_receiver_free(receiver);
        if (i == 3) {
            before = open_handles();
        }
    }
    EXPECT(open_handles() == before, "%d handles became %d", before, open_handles());
    finaut_client_free(client);
    remove_folder(folder);
}

#ifndef _WIN32 /* which has no signals */
static pthread_t hosts_thread;
static volatile sig_atomic_t elsewhere = 0;

static void on_signal(int number)
{
    (void)number;
    if (!pthread_equal(pthread_self(), hosts_thread)) {
        elsewhere = 1;
    }
}

static void signals_are_the_hosts(void)
{
    struct sigaction action;
    sigset_t usr1;
    finaut_client *client;
    finaut_receiver *receiver;
    int port;
    int i;

    make_folder();
    hosts_thread = pthread_self();
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    sigaction(SIGUSR1, &action, NULL);
    client = with_inbox();
    receiver = start(client, &port);
    /* With the only other thread blocking it, a signal to the process would go to a thread of the library's that takes it. */
    sigemptyset(&usr1);
    sigaddset(&usr1, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &usr1, NULL);
    for (i = 0; i < 20; i++) {
        kill(getpid(), SIGUSR1);
        EXPECT(post(port, "{\"note\": 1}") == 200, "goes on");
    }
    EXPECT(!elsewhere, "the host's handler ran on a thread that is not the host's");
    pthread_sigmask(SIG_UNBLOCK, &usr1, NULL);
    finaut_receiver_free(receiver);
    finaut_client_free(client);
    remove_folder(folder);
}

#endif

static void end_while_receiving(void)
{
    int port;

    strcpy(folder, given);
    start(with_inbox(), &port);
    exit(post(port, "{\"note\": 1}") == 200 ? 0 : 1);
}

static void a_program_may_end_with_a_receiver_at_work(void)
{
    int i;

    make_folder();
    for (i = 0; i < few(20, 3); i++) {
        EXPECT(RUN_APART(end_while_receiving, folder, 1200) == 0, "%s", ending);
    }
    remove_folder(folder);
}

#ifndef _WIN32 /* which has no forks */
static void children_of_a_receiving_parent_go_on_by_themselves(void)
{
    finaut_client *client;
    finaut_receiver *receiver;
    int port;
    int i;

    make_folder();
    client = with_inbox();
    receiver = start(client, &port);
    for (i = 0; i < few(30, 3); i++) {
        int status = 0;
        pid_t child = fork();

        if (child == 0) {
            int own;
            finaut_receiver *another;

            alarm(1200);
            EXPECT(finaut_inbox_list(client, "{}", NULL) == FINAUT_OK, "the child uses the inbox");
            another = start(client, &own);
            EXPECT(post(own, "{\"note\": \"child\"}") == 200, "and receives");
            finaut_receiver_free(another);
            finaut_receiver_free(receiver);
            EXPECT(finaut_receiver_status(receiver, NULL) == FINAUT_E_HANDLE, "freed");
            _exit(0);
        }
        EXPECT(post(port, "{\"note\": \"parent\"}") == 200, "the parent goes on");
        EXPECT(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0, "%x", (unsigned)status);
    }
    finaut_receiver_free(receiver);
    finaut_client_free(client);
    remove_folder(folder);
}

#endif

int main(int argc, char **argv)
{
    static const test TESTS[] = {
        TEST(what_comes_in_is_an_event),
        TEST(handles_that_are_no_receivers_are_refused),
        TEST(receivers_come_and_go_and_leave_nothing),
        TEST(a_program_may_end_with_a_receiver_at_work),
        PART(end_while_receiving),
#ifndef _WIN32
        TEST(signals_are_the_hosts),
        TEST(children_of_a_receiving_parent_go_on_by_themselves),
#endif
    };

    return run_tests(argc, argv, TESTS, (int)(sizeof TESTS / sizeof TESTS[0]));
}
