/*
 * Approves of a reviewed plan what a person has decided, and carries it out.
 *
 *   approve PROFILE STATE_FILE PLAN BY WHY WHAT...
 *
 * WHAT: kinds ("create"), rails ("first_run"), fields ("department") or steps ("s3") of the plan.
 */
#include <stdio.h>

#include <finaut.h>

/* Sets a member of *json, and frees what it was before. An earlier error stays. */
static void set(int32_t *code, char **json, const char *pointer, const char *value)
{
    char *before = *json;

    if (*code == FINAUT_OK)
        *code = finaut_json_set(before, pointer, value, json);
    if (*code == FINAUT_OK)
        finaut_string_free(before);
}

static void print_value(const char *reply, const char *label, const char *pointer)
{
    char *value = NULL;

    if (finaut_json_get(reply, pointer, &value) == FINAUT_OK)
        printf("%s %s\n", label, value);
    finaut_string_free(value);
}

int main(int argc, char **argv)
{
    finaut_client *client = NULL;
    char *config = NULL, *args = NULL, *reply = NULL;
    int32_t code;
    int i;

    if (argc < 7) {
        fprintf(stderr, "Usage: approve PROFILE STATE_FILE PLAN BY WHY WHAT...\n");
        return 2;
    }
    code = finaut_json_set("{\"max_wait_s\": 3600, \"job\": \"approved\"}", "/state", argv[2], &config);
    if (code == FINAUT_OK)
        code = finaut_json_set("{\"approve\": []}", "/profile_file", argv[1], &args);
    set(&code, &args, "/plan", argv[3]);
    set(&code, &args, "/by", argv[4]);
    set(&code, &args, "/why", argv[5]);
    for (i = 6; i < argc; i++)
        set(&code, &args, "/approve/-", argv[i]);
    if (code == FINAUT_OK)
        code = finaut_client_new(config, &client, &reply);
    if (code == FINAUT_OK) {
        finaut_string_free(reply);
        code = finaut_call(client, "sync.apply", args, &reply);
    }
    if (code == FINAUT_OK) {
        print_value(reply, "State:", "/state");
        print_value(reply, "Done:", "/counts/done");
        print_value(reply, "Held:", "/counts/held");
    } else {
        fprintf(stderr, "%s\n", reply != NULL ? reply : "");
    }
    finaut_string_free(reply);
    finaut_string_free(args);
    finaut_string_free(config);
    finaut_client_free(client);
    return code == FINAUT_OK ? 0 : code == FINAUT_E_HELD ? 3 : 1;
}
