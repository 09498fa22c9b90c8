/*
 * Onboarding with finaut, in plain C89 and without a JSON library: what an HR system does when somebody is hired, as one
 * program from top to bottom. It creates a person in FinAut: try it with the sandbox (examples/demo.sh does).
 *
 *   cc onboard.c $(pkg-config --cflags --libs finaut) -o onboard      (with an installed package; the README says how in a clone)
 *   FINAUT_API_HOST=… FINAUT_CLIENT_ID=… FINAUT_CLIENT_SECRET=… ./onboard PERSNR
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <finaut.h>

/* What a scheduler wants to know: is there something to mend, to wait for, or to look at before the next run? */
#define DONE 0
#define FAILED 1
#define MISUSED 2
#define LOOK_FIRST 3 /* something was sent and nobody knows whether it took effect */
#define TRY_LATER 75 /* as sysexits.h has it */
#define STOPPED 130  /* as a shell has it after Ctrl-C */

#define FIRST_NAME "Kjærsti"
#define LAST_NAME "Bjørnås-Ødegård"

/* Who sets statuses, as the register will say: the FinAut user who runs this program, here the first of the sandbox's people. */
#define ADMINISTRATOR "590001"

/* Why the last call failed; DONE if it did not. */
static int outcome = DONE;

/* A signal handler may not call the library. It leaves word, and the observer below passes it on. */
static volatile sig_atomic_t stop = 0;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    stop = 1;
}

/* A value of a JSON text, or NULL where there is none. Free it with finaut_string_free. */
static char *get(const char *json, const char *pointer)
{
    char *value = NULL;

    if (json == NULL) {
        return NULL;
    }
    if (finaut_json_get(json, pointer, &value) != FINAUT_OK) {
        finaut_string_free(value); /* the error's JSON: nothing is there, and that is all that we want to know */
        return NULL;
    }
    return value;
}

/* A cursor over a reply's list. Without a list it is NULL, which has no rows. Free it with finaut_json_cursor_free. */
static finaut_json_cursor *rows_of(const char *reply)
{
    finaut_json_cursor *rows = NULL;

    finaut_json_items(reply, "/results", &rows, NULL);
    return rows;
}

/* The next row of a list, or NULL behind the last one. Free it with finaut_string_free. */
static char *next_row(finaut_json_cursor *rows)
{
    char *row = NULL;

    if (finaut_json_next(rows, &row) != FINAUT_OK) {
        finaut_string_free(row); /* NULL, or why there is no list */
        return NULL;
    }
    return row;
}

/* Adds a string to arguments, which begin as NULL. Takes the old text and gives a new one. */
static char *with(char *args, const char *pointer, const char *value)
{
    char *more = NULL;

    if (finaut_json_set(args, pointer, value, &more) != FINAUT_OK) {
        /* A mistake in this program, which no user can mend and no test run misses. */
        fprintf(stderr, "%s: %s\n", pointer, more != NULL ? more : "no memory");
        exit(FAILED);
    }
    finaut_string_free(args);
    return more;
}

/* Told of what happens during a call, so that somebody at the screen knows why nothing moves. Anything but 0 ends the call. */
static int32_t told(const char *event_json, void *user_data)
{
    char *event = get(event_json, "/event");
    char *what_for = get(event_json, "/for");
    char *left = get(event_json, "/left_s");

    (void)user_data;
    if (event != NULL && what_for != NULL && strcmp(event, "wait") == 0) {
        if (strcmp(what_for, "slot") == 0 || strcmp(what_for, "pause") == 0) {
            fprintf(stderr, "    … all requests of this hour are used; the next one is free in %s s\n", left ? left : "some");
        } else {
            fprintf(stderr, "    … waiting (%s)\n", what_for);
        }
    }
    finaut_string_free(event);
    finaut_string_free(what_for);
    finaut_string_free(left);
    return stop;
}

/* What the user who filled in the form can mend, each beside its field. */
static void print_refused_fields(const char *error)
{
    finaut_json_cursor *fields = NULL;
    char *name = NULL;
    char *problems = NULL;
    char *problem;

    finaut_json_items(error, "/fields", &fields, NULL);
    while (finaut_json_member(fields, &name, &problems) == FINAUT_OK) {
        problem = get(problems, "/0");
        fprintf(stderr, "    %s: %s\n", name, problem != NULL ? problem : problems);
        finaut_string_free(problem);
        finaut_string_free(problems);
        finaut_string_free(name);
    }
    finaut_string_free(problems); /* NULL, or that there are no fields */
    finaut_json_cursor_free(fields);
}

/* Every operation has this shape. */
typedef int32_t (*operation)(finaut_client *client, const char *args_json, char **reply);

/*
 * Calls an operation and takes its arguments. Returns the reply, or NULL after telling what went wrong and setting `outcome`.
 * Either way there is exactly one string to free, and it is freed exactly once: the reply by the caller, the error here.
 */
static char *call(finaut_client *client, operation function, char *args)
{
    char *reply = NULL;
    char *message;
    char *seconds;
    int32_t code = function(client, args, &reply);

    finaut_string_free(args);
    if (code == FINAUT_OK) {
        outcome = DONE;
        return reply;
    }
    message = get(reply, "/message");
    fprintf(stderr, "  That did not work: %s\n", message != NULL ? message : "no memory was left for the reason.");
    switch (code) {
    case FINAUT_E_THROTTLED:
        /* Nothing is wrong. A service would put the call back into its queue for so long; we tell the scheduler. */
        seconds = get(reply, "/retry_after_s");
        fprintf(stderr, "    Run this again in %s s.\n", seconds != NULL ? seconds : "3600");
        finaut_string_free(seconds);
        outcome = TRY_LATER;
        break;
    case FINAUT_E_NETWORK:
    case FINAUT_E_SERVER:
        outcome = TRY_LATER; /* the library has tried several times already; later may be better */
        break;
    case FINAUT_E_VALIDATION:
        print_refused_fields(reply);
        outcome = FAILED;
        break;
    case FINAUT_E_UNKNOWN_OUTCOME:
        /* The one error after which calling again could do a thing twice. The message says what to look at. */
        outcome = LOOK_FIRST;
        break;
    case FINAUT_E_INTERRUPTED:
        outcome = STOPPED;
        break;
    case FINAUT_E_CONFIG:
    case FINAUT_E_AUTHENTICATION:
        outcome = MISUSED;
        break;
    default:
        outcome = FAILED;
        break;
    }
    finaut_string_free(message);
    finaut_string_free(reply);
    return NULL;
}

/* Prints a value of a JSON text and what follows it. */
static void print_value(const char *before, const char *json, const char *pointer, const char *after)
{
    char *value = get(json, pointer);

    printf("%s%s%s", before, value != NULL ? value : "?", after);
    finaut_string_free(value);
}

/* The register's own words for a status, in ours: "afrok" is the scheme afr and "ok". */
static const char *in_words(const char *status)
{
    size_t length = strlen(status);

    if (strcmp(status, "hvilende") == 0) {
        return "on hold";
    }
    if (strcmp(status, "utmeldt") == 0) {
        return "withdrawn";
    }
    if (length > 2 && strcmp(status + length - 2, "ok") == 0) {
        return "authorised";
    }
    if (length > 3 && strcmp(status + length - 3, "new") == 0) {
        return "not yet authorised";
    }
    return status; /* a word that is newer than this program is shown as it is */
}

static void print_statuses(const char *list)
{
    finaut_json_cursor *rows = rows_of(list);
    char *row;
    char *scheme;
    char *status;
    char *date;
    char *comment;
    int none = 1;

    while ((row = next_row(rows)) != NULL) {
        status = get(row, "/status");
        scheme = get(row, "/appname");
        date = get(row, "/status_date");
        comment = get(row, "/comment");
        printf("    %-4s  %s  %s", scheme ? scheme : "?", date ? date : "?", status ? in_words(status) : "?");
        if (comment != NULL && comment[0] != '\0') {
            printf(" (%s)", comment);
        }
        printf("\n");
        finaut_string_free(scheme);
        finaut_string_free(status);
        finaut_string_free(date);
        finaut_string_free(comment);
        finaut_string_free(row);
        none = 0;
    }
    finaut_json_cursor_free(rows);
    if (none) {
        printf("    none\n");
    }
}

static void print_results(const char *list)
{
    finaut_json_cursor *rows = rows_of(list);
    char *row;
    char *exam;
    char *score;
    char *date;
    int none = 1;

    while ((row = next_row(rows)) != NULL) {
        exam = get(row, "/exam_name");
        score = get(row, "/score");
        date = get(row, "/exam_date");
        printf("    %s  %s: %s\n", date ? date : "?", exam ? exam : "?", score ? score : "?");
        finaut_string_free(exam);
        finaut_string_free(score);
        finaut_string_free(date);
        finaut_string_free(row);
        none = 0;
    }
    finaut_json_cursor_free(rows);
    if (none) {
        printf("    none yet\n");
    }
}

/* The next department of a company, or NULL. */
static char *next_of_company(finaut_json_cursor *departments, const char *company)
{
    char *department;
    char *its_company;
    int fits;

    while ((department = next_row(departments)) != NULL) {
        its_company = get(department, "/company");
        fits = its_company != NULL && strcmp(its_company, company) == 0;
        finaut_string_free(its_company);
        if (fits) {
            return department;
        }
        finaut_string_free(department);
    }
    return NULL;
}

static int print_schemes(finaut_client *client)
{
    char *schemes = call(client, finaut_schemes_list, NULL);
    finaut_json_cursor *rows;
    char *row;
    char *code;
    char *name;

    if (schemes == NULL) {
        return outcome;
    }
    print_value("FinAut keeps ", schemes, "/count", " schemes:\n");
    rows = rows_of(schemes);
    finaut_string_free(schemes); /* the cursor has its own hold of it */
    while ((row = next_row(rows)) != NULL) {
        code = get(row, "/appname");
        name = get(row, "/navn");
        printf("    %-4s  %s\n", code != NULL ? code : "?", name != NULL ? name : "");
        finaut_string_free(code);
        finaut_string_free(name);
        finaut_string_free(row);
    }
    finaut_json_cursor_free(rows);
    return DONE;
}

/* All that is asked about a person: where things stand, how they came to, and the exams. */
static int print_person(finaut_client *client, const char *persnr)
{
    char *list = call(client, finaut_userstatus_latest, with(NULL, "/persnr", persnr));

    if (list == NULL) {
        return outcome;
    }
    printf("Where " FIRST_NAME " stands today:\n");
    print_statuses(list);
    finaut_string_free(list);

    list = call(client, finaut_userstatus_list, with(NULL, "/persnr", persnr));
    if (list == NULL) {
        return outcome;
    }
    printf("And how it came to that:\n");
    print_statuses(list);
    finaut_string_free(list);

    list = call(client, finaut_results_list, with(NULL, "/persnr", persnr));
    if (list == NULL) {
        return outcome;
    }
    printf("Exam results:\n");
    print_results(list);
    finaut_string_free(list);
    return DONE;
}

/* The changes that a working life brings, one call each. */
static int change_person(finaut_client *client, const char *persnr, const char *new_department)
{
    char *department = NULL;
    char *args;
    char *reply;

    /*
     * People may be named by "persnr", "id" or "employee_alias". The identity number is what an HR system has, and the
     * cheapest here: the library remembers whose number is whose, and need not look it up.
     */
    reply = call(client, finaut_users_enroll, with(with(NULL, "/persnr", persnr), "/schemes/-", "krd"));
    if (reply == NULL) {
        return outcome;
    }
    printf("Signed up to krd as well.\n");
    finaut_string_free(reply);

    args = with(with(NULL, "/persnr", persnr), "/scheme", "afr");
    reply = call(client, finaut_users_hold, with(args, "/comment", "begins after parental leave"));
    if (reply == NULL) {
        return outcome;
    }
    print_value("Set on hold in afr from ", reply, "/status_date", ".\n");
    finaut_string_free(reply);

    if (new_department != NULL) {
        department = get(new_department, "/id");
        reply = call(client, finaut_users_move, with(with(NULL, "/persnr", persnr), "/department", department));
        finaut_string_free(department);
        if (reply == NULL) {
            return outcome;
        }
        print_value("Moved to ", new_department, "/departmentname", ".\n");
        finaut_string_free(reply);
    } else {
        printf("The company has no other department to move to.\n");
    }

    reply = call(client, finaut_users_add_role, with(with(NULL, "/persnr", persnr), "/role", "afr_ba"));
    if (reply == NULL) {
        return outcome;
    }
    printf("Made BA (bedriftsansvarlig) in afr, beside the roles that were there.\n");
    finaut_string_free(reply);
    return DONE;
}

static int onboard(finaut_client *client, const char *persnr)
{
    finaut_json_cursor *rows = NULL;
    char *departments = NULL;
    char *first = NULL;
    char *department = NULL;
    char *company = NULL;
    char *new_department = NULL;
    char *person = NULL;
    char *args;
    char *reply;
    int result = print_schemes(client);

    if (result != DONE) {
        return result;
    }
    departments = call(client, finaut_departments_list, NULL);
    rows = rows_of(departments);
    first = next_row(rows);
    department = get(first, "/id");
    company = get(first, "/company");
    if (department == NULL || company == NULL) {
        if (departments != NULL) {
            fprintf(stderr, "  The account sees no department, so nobody can be hired.\n");
            outcome = FAILED;
        }
        result = outcome;
        goto end;
    }
    new_department = next_of_company(rows, company); /* another one of the same company, or NULL */

    /* Ids go back as they came: FinAut's are addresses, and the library takes addresses and numbers alike. */
    args = with(NULL, "/persnr", persnr);
    args = with(args, "/first_name", FIRST_NAME);
    args = with(args, "/last_name", LAST_NAME);
    args = with(args, "/email", "kjersti@bank.example");
    args = with(args, "/company", company);
    args = with(args, "/department", department);
    args = with(args, "/schemes/-", "afr");
    person = call(client, finaut_users_create_candidate, args);
    if (person == NULL) {
        result = outcome;
        goto end;
    }
    /* What is printed is what the register says, not what we sent. */
    print_value("\nHired ", person, "/first_name", " ");
    print_value("", person, "/last_name", "");
    print_value(" in ", first, "/departmentname", ", a candidate in afr.\n");

    result = change_person(client, persnr, new_department);
    if (result != DONE) {
        goto end;
    }
    result = print_person(client, persnr);
    if (result != DONE) {
        goto end;
    }

    reply = call(client, finaut_users_withdraw, with(with(NULL, "/persnr", persnr), "/scheme", "krd"));
    if (reply == NULL) {
        result = outcome;
        goto end;
    }
    print_value("Withdrawn from krd from ", reply, "/status_date", ".\n");
    finaut_string_free(reply);

    reply = call(client, finaut_budget, NULL); /* no request: the library counts for itself */
    if (reply == NULL) {
        result = outcome;
        goto end;
    }
    print_value("\nThis took ", reply, "/used", " requests;");
    print_value(" ", reply, "/free", " more can go this hour.\n");
    finaut_string_free(reply);

end:
    /* Freeing NULL does nothing, so one list serves every way out. */
    finaut_string_free(person);
    finaut_string_free(new_department);
    finaut_string_free(company);
    finaut_string_free(department);
    finaut_string_free(first);
    finaut_string_free(departments);
    finaut_json_cursor_free(rows);
    return result;
}

int main(int argc, char **argv)
{
    finaut_client *client = NULL;
    char *reply = NULL;
    char *message;
    int result;

    if (argc != 2) {
        fprintf(stderr, "Usage: %s PERSNR (11 digits, of somebody whom FinAut does not know yet)\n", argv[0]);
        return MISUSED;
    }
    /* The library that is loaded may be another than the one whose header this was compiled with. */
    if (finaut_abi_version() != FINAUT_ABI_VERSION) {
        fprintf(stderr, "The finaut library %s has interface %lu, this program was made for %lu. Install a matching one.\n",
                finaut_version(), (unsigned long)finaut_abi_version(), (unsigned long)FINAUT_ABI_VERSION);
        return MISUSED;
    }
    /* The library would take the real server if none was named. A program that hires an invented person must not. */
    if (getenv("FINAUT_API_HOST") == NULL) {
        fprintf(stderr, "Set FINAUT_API_HOST to the server that is to have the new person, as http://127.0.0.1:8700.\n");
        return MISUSED;
    }
    /* Host and credentials come from the environment: no secret stands in this file or in the process list. */
    if (finaut_client_new("{\"max_wait_s\": 30, \"set_by\": " ADMINISTRATOR "}", &client, &reply) != FINAUT_OK) {
        message = get(reply, "/message");
        fprintf(stderr, "%s\n", message != NULL ? message : "No client can be made.");
        finaut_string_free(message);
        finaut_string_free(reply);
        return MISUSED;
    }
    finaut_string_free(reply); /* "null": a new client has nothing to tell, but the string is ours all the same */

    signal(SIGINT, on_interrupt);
    finaut_client_observe(client, told, NULL);
    result = onboard(client, argv[1]);
    finaut_client_free(client);
    return result;
}
