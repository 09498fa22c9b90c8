/*
 * What a host program may have of its own: another SQLite, another library written in Rust. Linked together with smoke.c and the
 * static library, whose own must neither clash with these nor call them.
 */
#include <stdlib.h>

int sqlite3_initialize(void);
int sqlite3_open(const char *file, void **database);
int sqlite3_open_v2(const char *file, void **database, int flags, const char *system);
const char *sqlite3_libversion(void);
void rust_eh_personality(void);

int sqlite3_initialize(void)
{
    abort();
}

int sqlite3_open(const char *file, void **database)
{
    (void)file;
    (void)database;
    abort();
}

int sqlite3_open_v2(const char *file, void **database, int flags, const char *system)
{
    (void)file;
    (void)database;
    (void)flags;
    (void)system;
    abort();
}

const char *sqlite3_libversion(void)
{
    abort();
}

void rust_eh_personality(void)
{
    abort();
}
