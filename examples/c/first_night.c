/*
 * A first night: proposes a profile from the HR file; once there is one, plans the night and writes the page that HR looks at.
 *
 *   first_night PROFILE STATE_FILE PAGE [HR_FILE]
 */
#include <stdio.h>

#include <finaut.h>

/* What a scheduler wants to know; docs/batch-jobs.md has all of them. */
#define DONE 0
#define FAILED 1
#define MISUSED 2

static int exists(const char *path)
{
    FILE *file = fopen(path, "r");

    if (file != NULL)
        fclose(file);
    return file != NULL;
}

/* Prints the value that a pointer names. */
static void print_value(const char *json, const char *label, const char *pointer)
{
    char *value = NULL;

    if (finaut_json_get(json, pointer, &value) == FINAUT_OK)
        printf("%s %s\n", label, value);
    finaut_string_free(value);
}

static int32_t propose(finaut_client *client, const char *profile, const char *hr_file, char **reply)
{
    char *args = NULL, *proposed = NULL;
    FILE *file;
    int32_t code = finaut_json_set("{}", "/file", hr_file, &args);

    if (code == FINAUT_OK)
        code = finaut_call(client, "sync.init", args, reply);
    if (code == FINAUT_OK)
        code = finaut_json_get(*reply, "/profile", &proposed);
    if (code == FINAUT_OK) {
        file = fopen(profile, "w");
        if (file == NULL || fputs(proposed, file) < 0 || fclose(file) != 0) {
            perror(profile);
            code = FINAUT_E_CONFIG;
        } else {
            printf("Look at each line of %s before you go on.\n", profile);
            print_value(*reply, "Fill in", "/fill_in");
        }
    }
    finaut_string_free(proposed);
    finaut_string_free(args);
    return code;
}

static int32_t plan(finaut_client *client, const char *profile, const char *page, char **reply)
{
    char *args = NULL, *id = NULL, *of_plan = NULL, *with_format = NULL, *to_report = NULL;
    int32_t code = finaut_json_set("{}", "/profile_file", profile, &args);

    if (code == FINAUT_OK)
        code = finaut_call(client, "sync.plan", args, reply);
    if (code == FINAUT_OK) {
        print_value(*reply, "Plan", "/plan");
        print_value(*reply, "To create:", "/counts/create");
        print_value(*reply, "To change:", "/counts/update");
        print_value(*reply, "To withdraw:", "/counts/withdraw");
        print_value(*reply, "Held:", "/counts/held");
        print_value(*reply, "Requests:", "/cost/requests");
        code = finaut_json_get(*reply, "/plan", &id);
        finaut_string_free(*reply);
        *reply = NULL;
    }
    if (code == FINAUT_OK)
        code = finaut_json_set(args, "/run", id, &of_plan);
    if (code == FINAUT_OK)
        code = finaut_json_set(of_plan, "/format", "html", &with_format);
    if (code == FINAUT_OK)
        code = finaut_json_set(with_format, "/path", page, &to_report);
    if (code == FINAUT_OK)
        code = finaut_call(client, "sync.report", to_report, reply);
    if (code == FINAUT_OK) {
        finaut_string_free(*reply);
        *reply = NULL;
        code = finaut_call(client, "sync.status", args, reply);
    }
    if (code == FINAUT_OK)
        print_value(*reply, "State:", "/state");
    finaut_string_free(to_report);
    finaut_string_free(with_format);
    finaut_string_free(of_plan);
    finaut_string_free(id);
    finaut_string_free(args);
    return code;
}

int main(int argc, char **argv)
{
    finaut_client *client = NULL;
    char *config = NULL, *reply = NULL;
    int32_t code;

    if (argc != 4 && argc != 5) {
        fprintf(stderr, "Usage: first_night PROFILE STATE_FILE PAGE [HR_FILE]\n");
        return MISUSED;
    }
    code = finaut_json_set("{\"max_wait_s\": 10800, \"job\": \"nightly\"}", "/state", argv[2], &config);
    if (code == FINAUT_OK)
        code = finaut_client_new(config, &client, &reply);
    if (code == FINAUT_OK) {
        finaut_string_free(reply);
        reply = NULL;
        code = argc == 5 && !exists(argv[1]) ? propose(client, argv[1], argv[4], &reply) : plan(client, argv[1], argv[3], &reply);
    }
    if (code != FINAUT_OK && reply != NULL)
        fprintf(stderr, "%s\n", reply);
    finaut_string_free(reply);
    finaut_string_free(config);
    finaut_client_free(client);
    return code == FINAUT_OK ? DONE : FAILED;
}
