// The header from C++98: that it compiles, links and calls as C++ programs of any age do.
#include <finaut.h>
#include <finaut.h>

#include <cstddef>
#include <string>

extern "C" {
static int32_t count_events(const char *, void *count)
{
    ++*static_cast<int *>(count);
    return 0;
}
}

int main()
{
    int events = 0;
    char *reply = 0;
    finaut_client *client = 0;
    finaut_observer observer = count_events;

    if (finaut_abi_version() != FINAUT_ABI_VERSION || finaut_client_new(NULL, &client, NULL) != FINAUT_OK) {
        return 1;
    }
    finaut_client_observe(client, observer, &events);
    if (finaut_users_get(client, "{\"id\": 590001}", &reply) != FINAUT_OK) {
        return 2;
    }
    std::string user(reply);
    finaut_string_free(reply);
    finaut_client_free(client);
    return user.find("\"persnr\"") != std::string::npos && events > 0 ? 0 : 3;
}
