/*
 * Hosts that load the library at run time, as a plug-in, and let go of it again. This program does not link it: the argument
 * FINAUT_LIBRARY in the environment says where it is.
 */
#include "harness.h"

/* What a plug-in host looks up. */
typedef struct {
    void *library;
    int32_t (*client_new)(const char *, finaut_client **, char **);
    void (*client_free)(finaut_client *);
    int32_t (*call)(finaut_client *, const char *, const char *, char **);
    void (*string_free)(char *);
} plugin;

static void *symbol(plugin *plugin, const char *name)
{
    void *found = dlsym(plugin->library, name);

    EXPECT(found != NULL, "%s", dlerror());
    return found;
}

static void load(plugin *plugin)
{
    plugin->library = dlopen(setting("FINAUT_LIBRARY"), RTLD_NOW | RTLD_LOCAL);
    EXPECT(plugin->library != NULL, "%s", dlerror());
    *(void **)&plugin->client_new = symbol(plugin, "finaut_client_new");
    *(void **)&plugin->client_free = symbol(plugin, "finaut_client_free");
    *(void **)&plugin->call = symbol(plugin, "finaut_call");
    *(void **)&plugin->string_free = symbol(plugin, "finaut_string_free");
}

static void use(plugin *plugin, finaut_client *client)
{
    char *reply = NULL;
    int32_t code = plugin->call(client, "users.get", "{\"id\": 590001}", &reply);

    EXPECT(code == FINAUT_OK, "%d %s", (int)code, reply);
    plugin->string_free(reply);
}

static finaut_client *make(plugin *plugin)
{
    finaut_client *client = NULL;
    char *reply = NULL;

    EXPECT(plugin->client_new(config_with(""), &client, &reply) == FINAUT_OK, "%s", reply);
    plugin->string_free(reply);
    return client;
}

static void it_may_be_loaded_and_let_go_again_and_again(void)
{
    int i;

    for (i = 0; i < few(100, 5); i++) {
        plugin plugin;
        finaut_client *client;

        load(&plugin);
        client = make(&plugin);
        use(&plugin, client);
        /* Every other host forgets to tidy up. */
        if (i % 2 == 0) {
            plugin.client_free(client);
        }
        EXPECT(dlclose(plugin.library) == 0, "%s", dlerror());
    }
}

static void it_stays_where_it_is_after_being_let_go(void)
{
    plugin plugin;
    finaut_client *client;
    void *still;

    load(&plugin);
    client = make(&plugin);
    use(&plugin, client);
    EXPECT(dlclose(plugin.library) == 0, "%s", dlerror());
    still = dlopen(setting("FINAUT_LIBRARY"), RTLD_NOW | RTLD_NOLOAD);
    EXPECT(still != NULL, "it is still loaded");
    dlclose(still);
    /* A host that calls all the same gets its answer. */
    use(&plugin, client);
    plugin.client_free(client);
}

typedef struct {
    plugin plugin;
    finaut_client *client;
    pthread_barrier_t used;
    pthread_barrier_t let_go;
} guest;

static void *use_and_linger(void *given)
{
    guest *guest = given;

    use(&guest->plugin, guest->client);
    pthread_barrier_wait(&guest->used);
    pthread_barrier_wait(&guest->let_go);
    return NULL; /* what the thread kept for the library is tidied up now, by the library's code */
}

static void threads_that_used_it_may_end_after_it_was_let_go(void)
{
    pthread_t threads[8];
    guest guest;
    int i;

    load(&guest.plugin);
    guest.client = make(&guest.plugin);
    pthread_barrier_init(&guest.used, NULL, 9);
    pthread_barrier_init(&guest.let_go, NULL, 9);
    for (i = 0; i < 8; i++) {
        EXPECT(pthread_create(&threads[i], NULL, use_and_linger, &guest) == 0, "a thread");
    }
    pthread_barrier_wait(&guest.used);
    EXPECT(dlclose(guest.plugin.library) == 0, "%s", dlerror());
    pthread_barrier_wait(&guest.let_go);
    for (i = 0; i < 8; i++) {
        pthread_join(threads[i], NULL);
    }
}

#ifndef _WIN32 /* which has no forks */
static void a_fork_after_it_was_let_go_is_no_crash(void)
{
    plugin plugin;
    finaut_client *client;
    pid_t child;
    int status = 0;

    load(&plugin);
    client = make(&plugin);
    use(&plugin, client);
    plugin.client_free(client);
    EXPECT(dlclose(plugin.library) == 0, "%s", dlerror());
    child = fork();
    if (child == 0) {
        alarm(600);
        _exit(40);
    }
    EXPECT(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 40, "status %x", (unsigned)status);
}

#endif

int main(int argc, char **argv)
{
    static const test TESTS[] = {
        TEST(it_may_be_loaded_and_let_go_again_and_again),
        TEST(it_stays_where_it_is_after_being_let_go),
        TEST(threads_that_used_it_may_end_after_it_was_let_go),
#ifndef _WIN32
        TEST(a_fork_after_it_was_let_go_is_no_crash),
#endif
    };

    return run_tests(argc, argv, TESTS, (int)(sizeof TESTS / sizeof TESTS[0]));
}
