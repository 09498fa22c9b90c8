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
    OPERATION(users_list),
    OPERATION(users_get),
    OPERATION(users_create),
    OPERATION(users_create_candidate),
    OPERATION(users_create_ba),
    OPERATION(users_create_tl),
    OPERATION(users_update),
    OPERATION(users_add_role),
    OPERATION(users_enroll),
    OPERATION(users_move),
    OPERATION(users_ensure),
    OPERATION(users_hold),
    OPERATION(users_withdraw),
    OPERATION(companies_list),
    OPERATION(companies_get),
    OPERATION(departments_list),
    OPERATION(departments_get),
    OPERATION(schemes_list),
    OPERATION(userstatus_list),
    OPERATION(userstatus_latest),
    OPERATION(userstatus_get),
    OPERATION(userstatus_create),
    OPERATION(results_list),
    OPERATION(results_get),
    OPERATION(competency_results_list),
    OPERATION(competency_results_get),
    OPERATION(competency_results_create),
    OPERATION(employment_get),
    OPERATION(link_url),
    OPERATION(webhook_accept),
    OPERATION(webhook_parse),
    OPERATION(inbox_next),
    OPERATION(inbox_acknowledge),
    OPERATION(inbox_list),
    OPERATION(inbox_requeue),
    OPERATION(inbox_drop),
    OPERATION(inbox_status),
    OPERATION(inbox_poll),
    OPERATION(sync_init),
    OPERATION(sync_plan),
    OPERATION(sync_run),
    OPERATION(sync_apply),
    OPERATION(sync_status),
    OPERATION(sync_report),
    OPERATION(sync_export),
    OPERATION(sync_forget),
    OPERATION(journal_list),
    OPERATION(budget),
    OPERATION(check),
    OPERATION(request),
    /* -- end of operations -- */
};
#define OPERATION_COUNT ((int)(sizeof OPERATIONS / sizeof OPERATIONS[0]))

#endif
