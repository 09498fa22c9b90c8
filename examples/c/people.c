#include <stdio.h>
#include "finaut.h"

/* Receives a page of people at a time, so that a list of any length takes little memory. */
static int32_t print_names(const char *page, void *user_data)
{
    finaut_json_cursor *people;
    char *person, *name;

    (void)user_data;
    if (finaut_json_items(page, "/results", &people, NULL) != FINAUT_OK)
        return 1; /* ends the call */
    while (finaut_json_next(people, &person) == FINAUT_OK) {
        if (finaut_json_get(person, "/last_name", &name) == FINAUT_OK)
            printf("%s\n", name);
        finaut_string_free(name);
        finaut_string_free(person);
    }
    finaut_string_free(person); /* NULL behind the last one, or an error */
    finaut_json_cursor_free(people);
    return 0;
}

int main(void)
{
    finaut_client *client;
    char *reply;
    int32_t code = finaut_client_new("{}", &client, &reply);

    if (code == FINAUT_OK) {
        finaut_string_free(reply);
        code = finaut_call_pages(client, "users.list", "{}", print_names, NULL, &reply);
    }
    fprintf(stderr, "%s\n", reply); /* {"count": 250, "pages": 3, "missing": 0}, or the error */
    finaut_string_free(reply);
    finaut_client_free(client);
    return code == FINAUT_OK ? 0 : 1;
}
