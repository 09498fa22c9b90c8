/*
 * One host program for every platform: what an installed library has to do wherever it runs. C89 with threads, so that the same
 * file is compiled by every compiler that there is a package for, and runs under Linux, musl, Wine and qemu.
 *
 * FINAUT_API_HOST, FINAUT_CLIENT_ID and FINAUT_CLIENT_SECRET say where the sandbox is. Its argument is a folder to write to.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <windows.h>
typedef HANDLE thread;
#else
#include <pthread.h>
typedef pthread_t thread;
#endif

#include <finaut.h>

#define THREADS 8
#define CALLS 5

static int passed = 0;
static int failed = 0;
static char persnr[12];

static void expect(const char *name, int holds, const char *seen)
{
    if (holds) {
        passed++;
        printf("ok      %s\n", name);
    } else {
        failed++;
        printf("FAILED  %s: %s\n", name, seen != NULL ? seen : "nothing was handed out");
    }
    fflush(stdout);
}

/* Copies a value of a reply, "" where there is none. */
static void value_at(const char *reply, const char *pointer, char *to, size_t room)
{
    char *value = NULL;

    to[0] = '\0';
    if (reply != NULL && finaut_json_get(reply, pointer, &value) == FINAUT_OK && strlen(value) < room) {
        strcpy(to, value);
    }
    finaut_string_free(value);
}

static int32_t count_page(const char *page_json, void *user_data)
{
    ++*(int *)user_data;
    return page_json[0] != '{';
}

static finaut_client *client_with(const char *config)
{
    finaut_client *client = NULL;
    char *reply = NULL;
    int32_t code = finaut_client_new(config, &client, &reply);

    if (code != FINAUT_OK) {
        printf("        %s\n", reply != NULL ? reply : "no reply");
    }
    finaut_string_free(reply);
    return client;
}

/* What one of several threads does: gives the number of calls that succeeded. */
static int several_calls(finaut_client *client)
{
    char args[60];
    int right = 0;
    int i;

    sprintf(args, "{\"persnr\": \"%s\"}", persnr);
    for (i = 0; i < CALLS; i++) {
        char *reply = NULL;
        right += finaut_users_get(client, args, &reply) == FINAUT_OK;
        finaut_string_free(reply);
    }
    return right;
}

struct work {
    finaut_client *client;
    int right;
};

#ifdef _WIN32
static DWORD WINAPI run(LPVOID argument)
#else
static void *run(void *argument)
#endif
{
    struct work *work = argument;

    work->right = several_calls(work->client);
    return 0;
}

static int calls_by_threads(finaut_client *client)
{
    struct work work[THREADS];
    thread threads[THREADS];
    int begun = 0;
    int right = 0;
    int i;

    while (begun < THREADS) {
        work[begun].client = client;
        work[begun].right = 0;
#ifdef _WIN32
        threads[begun] = CreateThread(NULL, 0, run, &work[begun], 0, NULL);
        if (threads[begun] == NULL) {
            break;
        }
#else
        if (pthread_create(&threads[begun], NULL, run, &work[begun]) != 0) {
            break;
        }
#endif
        begun++;
    }
    for (i = 0; i < begun; i++) {
#ifdef _WIN32
        WaitForSingleObject(threads[i], INFINITE);
        CloseHandle(threads[i]);
#else
        pthread_join(threads[i], NULL);
#endif
        right += work[i].right;
    }
    return right;
}

/* A configuration with a state file, whose path may hold backslashes. */
static void config_with_state(const char *folder, const char *more, char *config)
{
    char *path = NULL;
    char file[600];

    sprintf(file, "%.500s/state-%s", folder, finaut_version());
    if (finaut_json_set(more, "/state", file, &path) == FINAUT_OK && strlen(path) < 1500) {
        strcpy(config, path);
    } else {
        strcpy(config, "{}");
    }
    finaut_string_free(path);
}

int main(int argc, char **argv)
{
    finaut_client *client;
    finaut_receiver *receiver = NULL;
    finaut_json_cursor *items = NULL;
    char *reply = NULL;
    char config[1600];
    char args[600];
    char seen[600];
    char id[600];
    char *text;
    int32_t code;
    int number;
    int pages;

    if (argc != 2 || getenv("FINAUT_API_HOST") == NULL) {
        fprintf(stderr, "Usage: smoke FOLDER, with FINAUT_API_HOST and the credentials of a sandbox in the environment\n");
        return 2;
    }
    printf("finaut %s, pointers of %d bits\n", finaut_version(), (int)sizeof(void *) * 8);
    expect("the library is the header's", finaut_abi_version() == FINAUT_ABI_VERSION, finaut_version());

    client = client_with("{\"throttle\": {\"requests\": 100000}}");
    expect("a client is made", client != NULL, NULL);

    code = finaut_check(client, "{\"max_wait_s\": 60}", &reply);
    expect("the server is reached and accepts the credentials", code == FINAUT_OK, reply);
    finaut_string_free(reply);

    code = finaut_users_list(client, "{\"page\": 1}", &reply);
    value_at(reply, "/results/0/persnr", persnr, sizeof persnr);
    value_at(reply, "/results/0/last_name", seen, sizeof seen);
    expect("users are listed", code == FINAUT_OK && strlen(persnr) == 11 && seen[0] != '\0', reply);
    finaut_string_free(reply);

    sprintf(args, "{\"persnr\": \"%s\"}", persnr);
    code = finaut_users_get(client, args, &reply);
    value_at(reply, "/last_name", id, sizeof id);
    expect("a user is fetched", code == FINAUT_OK && strcmp(id, seen) == 0, reply);
    finaut_string_free(reply);

    code = finaut_users_get(client, "{\"id\": 999999999}", &reply);
    value_at(reply, "/code", seen, sizeof seen);
    expect("an error has a code and words", code == FINAUT_E_NOT_FOUND && strcmp(seen, "not_found") == 0, reply);
    finaut_string_free(reply);
    code = finaut_users_get(client, "{\"id\": ", &reply);
    expect("broken JSON is refused", code == FINAUT_E_ARGUMENT && reply != NULL, reply);
    finaut_string_free(reply);

    /* Beyond 32 bits, and beyond what a double can hold: numbers pass through as they were sent. */
    text = NULL;
    code = finaut_json_get("{\"n\": [9007199254740993, 3000000000]}", "/n/0", &text);
    expect("large numbers stay as they are", code == FINAUT_OK && strcmp(text, "9007199254740993") == 0, text);
    finaut_string_free(text);

    text = NULL;
    code = finaut_json_items("{\"n\": [\"a\", {\"b\": 1}]}", "/n", &items, NULL);
    expect("a list has a cursor", code == FINAUT_OK && items != NULL, "none");
    code = finaut_json_next(items, &text);
    expect("a list's items are given", code == FINAUT_OK && strcmp(text, "a") == 0, text);
    finaut_string_free(text);
    code = finaut_json_next(items, &text);
    expect("one after the other", code == FINAUT_OK && strcmp(text, "{\"b\": 1}") == 0, text);
    finaut_string_free(text);
    code = finaut_json_next(items, &text);
    expect("until the end", code == FINAUT_E_NOT_FOUND && text == NULL, text);
    finaut_json_cursor_free(items);

    pages = 0;
    code = finaut_call_pages(client, "users.list", "{}", count_page, &pages, &reply);
    value_at(reply, "/pages", seen, sizeof seen);
    expect("a list comes page by page", code == FINAUT_OK && pages > 0 && atoi(seen) == pages, reply);
    finaut_string_free(reply);

    code = finaut_budget(client, "{}", &reply);
    value_at(reply, "/used", seen, sizeof seen);
    expect("requests are counted", code == FINAUT_OK && atoi(seen) > 0, reply);
    finaut_string_free(reply);

    number = calls_by_threads(client);
    sprintf(seen, "%d of %d calls", number, THREADS * CALLS);
    expect("threads call at the same time", number == THREADS * CALLS, seen);

    finaut_string_free(NULL);
    finaut_string_free(seen);
    finaut_client_free(client);
    code = finaut_check(client, "{}", &reply);
    expect("a handle that was freed is refused", code == FINAUT_E_HANDLE, reply);
    finaut_string_free(reply);

    config_with_state(argv[1], "{\"throttle\": {\"requests\": 100000}}", config);
    client = client_with(config);
    code = finaut_users_get(client, args, &reply); /* the arguments of above */
    expect("a client with a state file calls", code == FINAUT_OK, reply);
    finaut_string_free(reply);
    finaut_client_free(client);
    client = client_with(config);
    code = finaut_budget(client, "{}", &reply);
    value_at(reply, "/used", seen, sizeof seen);
    expect("another client finds in the file what was used", code == FINAUT_OK && atoi(seen) > 0, reply);
    finaut_string_free(reply);
    finaut_client_free(client);

    config_with_state(argv[1], "{\"throttle\": {\"requests\": 100000}, \"inbox\": {\"path_secret\": \"5m0kef0r7e57ing0n1yn0tas3cretatA11\"}}", config);
    client = client_with(config);
    code = finaut_receiver_start(client, "{\"listen\": \"127.0.0.1:0\"}", &receiver, &reply);
    value_at(reply, "/address", seen, sizeof seen);
    expect("a receiver listens", code == FINAUT_OK && strncmp(seen, "127.0.0.1:", 10) == 0, reply);
    finaut_string_free(reply);
    code = finaut_receiver_status(receiver, &reply);
    expect("it tells how it fares", code == FINAUT_OK, reply);
    finaut_string_free(reply);
    finaut_receiver_free(receiver);
    code = finaut_receiver_status(receiver, &reply);
    expect("it ends", code == FINAUT_E_HANDLE, reply);
    finaut_string_free(reply);
    finaut_client_free(client);

    client = client_with("{\"host\": \"https://127.0.0.1:1\"}");
    code = finaut_check(client, "{\"max_wait_s\": 0}", &reply);
    expect("a server that is not there is a network error, through TLS as well", code == FINAUT_E_NETWORK, reply);
    finaut_string_free(reply);
    finaut_client_free(client);

    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
