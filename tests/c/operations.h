/* Every operation's function, for tests that call them all. operations_are_all_here (abuse.c) says what is missing. */
#ifndef OPERATIONS_H
#define OPERATIONS_H

#include <finaut.h>

typedef struct {
    const char *name;
    int32_t (*call)(finaut_client *client, const char *args_json, char **reply);
} operation;

#define OPERATION(name) {#name, finaut_##name}

static const operation OPERATIONS[] = {
    /* -- operations: made by cargo xtask generate -- */
    /* -- end of operations -- */
};
#define OPERATION_COUNT ((int)(sizeof OPERATIONS / sizeof OPERATIONS[0]))

#endif
