/*
 * Results come back: an event loop in plain C89 that receives FinAut's webhooks, or asks where nobody can reach it, and deals
 * with each new result, status and link once. Stop it with Ctrl-C; what it has not acknowledged comes again.
 *
 *   cc inbox.c $(pkg-config --cflags --libs finaut) -o inbox      (with an installed package; the README says how in a clone)
 *   FINAUT_API_HOST=… FINAUT_CLIENT_ID=… FINAUT_CLIENT_SECRET=… WEBHOOK_SECRET=… ./inbox STATE_FILE 127.0.0.1:8780 [EVENTS]
 *   … ./inbox STATE_FILE poll [EVENTS]
 *
 * WEBHOOK_SECRET: the end of the address that webhooks come to, as http://127.0.0.1:8780/finaut/webhook/SECRET; make it with
 * openssl rand -hex 16.
 * EVENTS: ends after so many.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <finaut.h>

/* How often to ask where no webhook comes, in seconds. */
#define ASK_EVERY "900"

/* A signal handler may not call the library. It leaves word, and the observer passes it on. */
static volatile sig_atomic_t stop = 0;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    stop = 1;
}

static int32_t on_event(const char *event_json, void *user_data)
{
    (void)event_json;
    (void)user_data;
    return stop;
}

/* An object with one more string in it. Frees the one before. */
static char *with(char *json, const char *pointer, const char *value)
{
    char *more = NULL;

    if (finaut_json_set(json, pointer, value, &more) != FINAUT_OK) {
        fprintf(stderr, "%s\n", more);
        exit(1);
    }
    finaut_string_free(json);
    return more;
}

static void print(const char *label, const char *json, const char *pointer)
{
    char *value = NULL;

    if (finaut_json_get(json, pointer, &value) == FINAUT_OK) {
        printf("%s%s", label, value);
    }
    finaut_string_free(value);
}

/* What a real system does: store it, in one transaction with whatever else depends on it. Zero: not done, let it come again. */
static int deal_with(const char *event)
{
    print("Event ", event, "/event");
    print(": ", event, "/kind");
    print(", verified: ", event, "/verified");
    print(", status ", event, "/object/status");
    print(" in ", event, "/object/appname");
    print(", exam ", event, "/object/exam_name");
    print(", passed: ", event, "/object/passed");
    print(", linked ", event, "/object/ext_user_id");
    printf(".\n");
    fflush(stdout);
    return 1;
}

/* The next event, waited for; NULL for none in time, or when it is time to end. */
static char *next_event(finaut_client *client)
{
    char *reply = NULL;
    int32_t code = finaut_inbox_next(client, "{\"wait_s\": " ASK_EVERY "}", &reply);

    if (code == FINAUT_OK && strcmp(reply, "null") != 0) {
        return reply;
    }
    if (code != FINAUT_OK && code != FINAUT_E_INTERRUPTED) {
        fprintf(stderr, "%s\n", reply);
        /* These pass, and wait_s is over: the next round tries again. With anything else somebody has to help. */
        if (code != FINAUT_E_NETWORK && code != FINAUT_E_SERVER && code != FINAUT_E_THROTTLED) {
            exit(1);
        }
    }
    finaut_string_free(reply);
    return NULL;
}

int main(int argc, char **argv)
{
    finaut_client *client = NULL;
    finaut_receiver *receiver = NULL;
    char *config = NULL;
    char *reply = NULL;
    char *event;
    long left;
    int polls;

    if (argc < 3) {
        fprintf(stderr, "usage: inbox STATE_FILE 127.0.0.1:8780|poll [EVENTS]\n");
        return 2;
    }
    polls = strcmp(argv[2], "poll") == 0;
    left = argc > 3 ? atol(argv[3]) : -1;
    signal(SIGINT, on_interrupt);
    config = with(config, "/state", argv[1]);
    if (getenv("WEBHOOK_SECRET") != NULL) {
        config = with(config, "/inbox/path_secret", getenv("WEBHOOK_SECRET"));
    }
    if (finaut_client_new(config, &client, &reply) != FINAUT_OK) {
        fprintf(stderr, "%s\n", reply);
        return 1;
    }
    finaut_string_free(reply);
    finaut_string_free(config);
    finaut_client_observe(client, on_event, NULL);
    if (!polls) {
        config = with(NULL, "/listen", argv[2]);
        if (finaut_receiver_start(client, config, &receiver, &reply) != FINAUT_OK) {
            fprintf(stderr, "%s\n", reply);
            return 1;
        }
        print("Listening: ", reply, "/urls");
        printf("\n");
        fflush(stdout);
        finaut_string_free(reply);
        finaut_string_free(config);
    }
    while (!stop && left != 0) {
        if (polls && finaut_inbox_poll(client, NULL, &reply) != FINAUT_OK) {
            fprintf(stderr, "%s\n", reply);
        }
        if (polls) {
            finaut_string_free(reply);
        }
        /* All that is there, and then the wait for more. */
        while (!stop && left != 0 && (event = next_event(client)) != NULL) {
            if (deal_with(event)) {
                char *number = NULL;
                char *done;

                finaut_json_get(event, "/event", &number);
                done = with(NULL, "/event", number);
                if (finaut_inbox_acknowledge(client, done, &reply) != FINAUT_OK) {
                    fprintf(stderr, "%s\n", reply);
                }
                finaut_string_free(reply);
                finaut_string_free(done);
                finaut_string_free(number);
                left -= left > 0;
            }
            finaut_string_free(event);
        }
    }
    finaut_receiver_free(receiver);
    finaut_client_free(client);
    return 0;
}
