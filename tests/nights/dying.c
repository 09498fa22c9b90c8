/* Loaded before everything else (LD_PRELOAD). Kills the process, as kill -9 does, just before or just after the nth of its system calls
 * that make something last or tell somebody: what a store writes, makes durable and removes, what the audit appends, what goes to the
 * server and what comes from there. Or lets each such call that writes to a file fail from the nth on, as a full disk does. Without an
 * order it only counts. Nothing of the library is known here. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int is_armed, with;
static long passed, deadly, failing;

/* From now on the points are counted; the nth of them is the last thing that this process does. 0: none is. */
void nights_arm(long nth)
{
    passed = failing = 0;
    deadly = nth;
    is_armed = 1;
}

/* From the nth point on, what writes to a file fails with this errno. */
void nights_fail_from(long nth, int error)
{
    passed = deadly = 0;
    failing = nth;
    with = error;
    is_armed = 1;
}

/* Ends the counting, and tells how many points there were. */
long nights_points(void)
{
    is_armed = 0;
    return passed;
}

static void point(void)
{
    if (is_armed && ++passed == deadly)
        kill(getpid(), SIGKILL);
}

static int fails(int file)
{
    struct stat known;
    if (!is_armed || !failing || passed < failing || fstat(file, &known) != 0 || !S_ISREG(known.st_mode))
        return 0;
    errno = with;
    return 1;
}

/* between(RESULT, NAME, PARAMETERS, ARGUMENTS, FAILS): the function as the system has it, between two points. */
#define between(result, name, parameters, arguments, is_failing)                                                                           \
    result name parameters                                                                                                                 \
    {                                                                                                                                      \
        static result(*real) parameters;                                                                                                   \
        result outcome;                                                                                                                    \
        if (!real)                                                                                                                         \
            *(void **)&real = dlsym(RTLD_NEXT, #name);                                                                                     \
        point();                                                                                                                           \
        if (is_failing)                                                                                                                    \
            return -1;                                                                                                                     \
        outcome = real arguments;                                                                                                          \
        point();                                                                                                                           \
        return outcome;                                                                                                                    \
    }

between(int, fsync, (int file), (file), 0)
between(int, fdatasync, (int file), (file), 0)
between(int, unlink, (const char *path), (path), 0)
between(int, ftruncate, (int file, off_t length), (file, length), 0)
between(int, ftruncate64, (int file, off64_t length), (file, length), 0)
between(ssize_t, pwrite, (int file, const void *bytes, size_t count, off_t at), (file, bytes, count, at), fails(file))
between(ssize_t, pwrite64, (int file, const void *bytes, size_t count, off64_t at), (file, bytes, count, at), fails(file))
between(ssize_t, write, (int file, const void *bytes, size_t count), (file, bytes, count), fails(file))
between(ssize_t, writev, (int file, const struct iovec *pieces, int count), (file, pieces, count), fails(file))
between(ssize_t, send, (int socket, const void *bytes, size_t count, int flags), (socket, bytes, count, flags), 0)
between(ssize_t, recv, (int socket, void *bytes, size_t count, int flags), (socket, bytes, count, flags), 0)
