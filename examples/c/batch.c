/*
 * A batch job: prints the exam results since a date, and tells its scheduler by its exit code how it went.
 *
 *   batch FROM_DATE STATE_FILE
 */
#include <signal.h>
#include <stdio.h>

#include <finaut.h>

/* What a scheduler wants to know; docs/batch-jobs.md has all of them. */
#define DONE 0
#define FAILED 1
#define MISUSED 2
#define NOT_IN_TIME 5
#define STOPPED 130

/* A signal handler may not call the library. It leaves word, and the observer passes it on. */
static volatile sig_atomic_t stop = 0;

static void on_signal(int number)
{
    (void)number;
    stop = 1;
}

static int32_t observe(const char *event, void *user_data)
{
    (void)event;
    (void)user_data;
    return stop; /* other than 0 ends the call */
}

static int32_t print_results(const char *page, void *user_data)
{
    finaut_json_cursor *results;
    char *result, *exam, *score;

    (void)user_data;
    if (finaut_json_items(page, "/results", &results, NULL) != FINAUT_OK)
        return 1;
    while (finaut_json_next(results, &result) == FINAUT_OK) {
        int32_t has_exam = finaut_json_get(result, "/exam_name", &exam);
        int32_t has_score = finaut_json_get(result, "/score", &score);

        if (has_exam == FINAUT_OK && has_score == FINAUT_OK)
            printf("%s %s\n", exam, score);
        finaut_string_free(score);
        finaut_string_free(exam);
        finaut_string_free(result);
    }
    finaut_string_free(result);
    finaut_json_cursor_free(results);
    return stop;
}

static int exit_code(int32_t code)
{
    switch (code) {
    case FINAUT_OK:
        return DONE;
    case FINAUT_E_INTERRUPTED:
        return STOPPED;
    case FINAUT_E_THROTTLED:
        return NOT_IN_TIME;
    case FINAUT_E_ARGUMENT:
    case FINAUT_E_CONFIG:
    case FINAUT_E_VALIDATION:
    case FINAUT_E_AUTHENTICATION:
    case FINAUT_E_STATE:
        return MISUSED;
    default:
        return FAILED;
    }
}

int main(int argc, char **argv)
{
    finaut_client *client = NULL;
    char *config = NULL, *args = NULL, *reply = NULL;
    int32_t code;

    if (argc != 3) {
        fprintf(stderr, "Usage: batch FROM_DATE STATE_FILE\n");
        return MISUSED;
    }
    signal(SIGINT, on_signal);
    signal(SIGTERM, on_signal);
    /* Nobody sits in front of it: it may wait until the morning for its requests, in turn with other programs of this machine. */
    code = finaut_json_set("{\"max_wait_s\": 21600}", "/state", argv[2], &config);
    if (code == FINAUT_OK)
        code = finaut_json_set("{}", "/from_date", argv[1], &args);
    if (code == FINAUT_OK)
        code = finaut_client_new(config, &client, &reply);
    if (code == FINAUT_OK) {
        finaut_string_free(reply);
        finaut_client_observe(client, observe, NULL);
        code = finaut_call_pages(client, "results.list", args, print_results, NULL, &reply);
    }
    if (code != FINAUT_OK && code != FINAUT_E_INTERRUPTED && reply != NULL)
        fprintf(stderr, "%s\n", reply); /* {"code": "throttled", "message": "…", "retry_after_s": 1234} */
    finaut_string_free(reply);
    finaut_string_free(args);
    finaut_string_free(config);
    finaut_client_free(client);
    return exit_code(code);
}
