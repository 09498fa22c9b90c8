/*
 * Not the finaut library: what looks like it, to see what the binding makes of another interface's number (-DABI=2), of a missing
 * function (-DINCOMPLETE), and of replies that the real one gives only in dire straits. An operation named "17" ends with code 17;
 * its arguments' "reply" is no matter: what comes back is fixed for each code.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifndef ABI
#define ABI 1
#endif

static int alive = 0;

static char *text(const char *said)
{
    char *copy = malloc(strlen(said) + 1);

    strcpy(copy, said);
    alive++;
    return copy;
}

/* Strings that were given out and not freed. */
int fake_alive(void) { return alive; }

uint32_t finaut_abi_version(void) { return ABI; }
const char *finaut_version(void) { return "9.9.9"; }

void finaut_string_free(char *string)
{
    if (string != NULL) {
        alive--;
        free(string);
    }
}

int32_t finaut_client_new(const char *config_json, void **client, char **reply)
{
    (void)config_json;
    *client = &alive;
    *reply = text("null");
    return 0;
}

void finaut_client_free(void *client) { (void)client; }
int32_t finaut_client_interrupt(void *client) { return client == NULL; }
int32_t finaut_client_interrupt_call(void *client, const char *call_id) { return client == NULL || call_id == NULL; }
int32_t finaut_client_observe(void *client, int32_t (*observer)(const char *, void *), void *user_data)
{
    (void)client;
    (void)observer;
    (void)user_data;
    return 0;
}

int32_t finaut_receiver_start(void *client, const char *config_json, void **receiver, char **reply)
{
    (void)client;
    (void)config_json;
    *receiver = NULL; /* no memory was left for anything */
    *reply = NULL;
    return 17;
}

int32_t finaut_receiver_status(void *receiver, char **reply)
{
    (void)receiver;
    *reply = NULL;
    return 17;
}

void finaut_receiver_free(void *receiver) { (void)receiver; }

int32_t finaut_call(void *client, const char *operation, const char *args_json, char **reply)
{
    int code = atoi(operation);

    (void)client;
    (void)args_json;
    *reply = NULL; /* no memory was left for a message */
    if (code == 17) {
        *reply = text("{\"code\": \"internal\", \"message\": \"Please report this: a panic.\"}");
    } else if (code == 99) {
        *reply = text("{\"code\": \"brand_new\", \"message\": \"You do not know this yet.\", \"more\": 1}");
    } else if (strcmp(operation, "half a letter") == 0) {
        *reply = text("\"\xc3");
    } else if (strcmp(operation, "half a text") == 0) {
        *reply = text("{\"count\": ");
    }
    return code;
}

int32_t finaut_persnr_check(const char *persnr, char **reply)
{
    (void)persnr;
    *reply = text("{}");
    return 0;
}

#ifndef INCOMPLETE
int32_t finaut_operations(char **reply)
{
    *reply = text("{}");
    return 0;
}
#endif
