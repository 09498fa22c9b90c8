/*
 * The night: lets FinAut follow the HR file, writes the page about it, and mails where that is. The exit code says how it went.
 *
 *   nightly PROFILE STATE_FILE PAGE MAIL_TO
 *
 * The mail goes through sendmail, or the program that SENDMAIL names. No name and no number of a person is in it: only how many there are of
 * everything, and the path of the page.
 */
#define _POSIX_C_SOURCE 2 /* popen */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <finaut.h>

#ifdef _WIN32
#define popen _popen
#define pclose _pclose
#endif

/* What a scheduler wants to know; docs/sync.md says when each of them is returned. */
#define DONE 0
#define FAILED 1
#define MISUSED 2
#define HELD 3
#define STILL_OPEN 4
#define NOT_IN_TIME 5
#define BUSY 75
#define STOPPED 130

/* A signal handler may not call the library. It leaves word, and the observer passes it on: the step under way is finished first. */
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

/* A number of a reply; 0 where it is not there. */
static long number(const char *reply, const char *pointer)
{
    char *value = NULL;
    long found = 0;

    if (finaut_json_get(reply, pointer, &value) == FINAUT_OK)
        found = strtol(value, NULL, 10);
    finaut_string_free(value);
    return found;
}

/* The exit code for a run's reply: of several, the one that a person should see first. */
static int code_of_run(const char *run)
{
    char *state = NULL;
    int is_done = finaut_json_get(run, "/state", &state) == FINAUT_OK && strcmp(state, "done") == 0;

    finaut_string_free(state);
    if (number(run, "/counts/held_new") > 0)
        return HELD;
    if (!is_done || number(run, "/counts/left") > 0 || number(run, "/counts/failed") > 0 || number(run, "/counts/doubtful") > 0)
        return NOT_IN_TIME; /* the next call goes on */
    return number(run, "/counts/refused_new") > 0 || number(run, "/counts/portal_new") > 0 ? STILL_OPEN : DONE;
}

/* The exit code for an error: `held` has the members of a run. */
static int code_of_error(int32_t error, const char *said)
{
    switch (error) {
    case FINAUT_E_HELD:
        /* What is known and waits for a person is no news. A file that is not to be believed can hold everything without a step. */
        return number(said, "/counts/held_new") > 0 || number(said, "/counts/held") == 0 ? HELD : DONE;
    case FINAUT_E_BUSY:
        return BUSY;
    case FINAUT_E_INTERRUPTED:
        return STOPPED;
    case FINAUT_E_THROTTLED:
        return NOT_IN_TIME;
    case FINAUT_E_ARGUMENT:
    case FINAUT_E_CONFIG:
    case FINAUT_E_VALIDATION:
    case FINAUT_E_NOT_FOUND:
    case FINAUT_E_AUTHENTICATION:
    case FINAUT_E_STATE:
        return MISUSED;
    default:
        return FAILED;
    }
}

/* Mails where the page is. Returns other than 0 if that is not possible. */
static int send_mail(const char *to, const char *page, const char *run)
{
    const char *program = getenv("SENDMAIL");
    FILE *mail = popen(program != NULL ? program : "/usr/sbin/sendmail -t", "w");

    if (mail == NULL)
        return 1;
    fprintf(mail, "To: %s\nSubject: FinAut in the night: %ld done, %ld held, %ld refused\n\n", to, number(run, "/counts/done"),
            number(run, "/counts/held"), number(run, "/counts/refused"));
    fprintf(mail, "%ld steps done, %ld held (%ld of them new), %ld refused, %ld left, %ld for the portal.\nThe page about it is %s\n",
            number(run, "/counts/done"), number(run, "/counts/held"), number(run, "/counts/held_new"), number(run, "/counts/refused"),
            number(run, "/counts/left"), number(run, "/counts/portal"), page);
    return pclose(mail);
}

/* Writes the page. */
static int32_t report(finaut_client *client, const char *args, const char *page)
{
    char *with_format = NULL, *to_report = NULL, *reply = NULL;
    int32_t code = finaut_json_set(args, "/format", "html", &with_format);

    if (code == FINAUT_OK)
        code = finaut_json_set(with_format, "/path", page, &to_report);
    if (code == FINAUT_OK)
        code = finaut_call(client, "sync.report", to_report, &reply);
    if (code != FINAUT_OK && reply != NULL)
        fprintf(stderr, "%s\n", reply);
    finaut_string_free(reply);
    finaut_string_free(to_report);
    finaut_string_free(with_format);
    return code;
}

static int night(finaut_client *client, const char *profile, const char *page, const char *to)
{
    char *args = NULL, *reply = NULL, *run = NULL;
    int32_t error = finaut_json_set("{}", "/profile_file", profile, &args);
    int code;

    if (error == FINAUT_OK)
        error = finaut_call(client, "sync.run", args, &reply);
    if (error != FINAUT_OK && error != FINAUT_E_INTERRUPTED && reply != NULL)
        fprintf(stderr, "%s\n", reply);
    code = error == FINAUT_OK ? code_of_run(reply) : code_of_error(error, reply);
    /* A run has something to tell, if a rail held all of it, too. One that waits for what it reads has not begun yet. */
    if ((error == FINAUT_OK || error == FINAUT_E_HELD) && finaut_json_get(reply, "/run", &run) == FINAUT_OK) {
        error = report(client, args, page);
        if (error != FINAUT_OK) {
            code = code_of_error(error, "{}");
        } else if (send_mail(to, page, reply) != 0) {
            fprintf(stderr, "The mail to %s could not be sent.\n", to);
            code = FAILED;
        }
    }
    finaut_string_free(run);
    finaut_string_free(reply);
    finaut_string_free(args);
    return code;
}

int main(int argc, char **argv)
{
    finaut_client *client = NULL;
    char *config = NULL, *reply = NULL;
    int32_t error;
    int code;

    if (argc != 5) {
        fprintf(stderr, "Usage: nightly PROFILE STATE_FILE PAGE MAIL_TO\n");
        return MISUSED;
    }
    signal(SIGINT, on_signal);
    signal(SIGTERM, on_signal);
    /* It waits up to an hour for free requests; where they come later than that, cron's next call goes on. */
    error = finaut_json_set("{\"max_wait_s\": 3600, \"job\": \"nightly\"}", "/state", argv[2], &config);
    if (error == FINAUT_OK)
        error = finaut_client_new(config, &client, &reply);
    if (error == FINAUT_OK) {
        finaut_client_observe(client, observe, NULL);
        code = night(client, argv[1], argv[3], argv[4]);
    } else {
        fprintf(stderr, "%s\n", reply != NULL ? reply : "");
        code = code_of_error(error, "{}");
    }
    finaut_string_free(reply);
    finaut_string_free(config);
    finaut_client_free(client);
    return code;
}
