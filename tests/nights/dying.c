/* Loaded before everything else (LD_PRELOAD): kills the process, as kill -9 does, just before or just after the nth of its system calls
 * that make something last or tell somebody: what a store writes, makes durable and removes, what the audit appends, what goes to the
 * server and what comes from there. Without an order it only counts. Nothing of the library is known here. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int is_armed;
static long passed, deadly;

/* From now on the points are counted; the nth of them is the last thing that this process does. 0: none is. */
void nights_arm(long nth)
{
    passed = 0;
    deadly = nth;
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

/* around(RESULT, NAME, PARAMETERS, ARGUMENTS): the function as the system has it, between two points. */
#define around(result, name, parameters, arguments)                                                                                        \
    result name parameters                                                                                                                 \
    {                                                                                                                                      \
        static result(*real) parameters;                                                                                                   \
        result outcome;                                                                                                                    \
        if (!real)                                                                                                                         \
            *(void **)&real = dlsym(RTLD_NEXT, #name);                                                                                     \
        point();                                                                                                                           \
        outcome = real arguments;                                                                                                          \
        point();                                                                                                                           \
        return outcome;                                                                                                                    \
    }

around(int, fsync, (int file), (file))
around(int, fdatasync, (int file), (file))
around(int, unlink, (const char *path), (path))
around(int, ftruncate, (int file, off_t length), (file, length))
around(int, ftruncate64, (int file, off64_t length), (file, length))
around(ssize_t, pwrite, (int file, const void *bytes, size_t count, off_t at), (file, bytes, count, at))
around(ssize_t, pwrite64, (int file, const void *bytes, size_t count, off64_t at), (file, bytes, count, at))
around(ssize_t, write, (int file, const void *bytes, size_t count), (file, bytes, count))
around(ssize_t, writev, (int file, const struct iovec *pieces, int count), (file, pieces, count))
around(ssize_t, send, (int socket, const void *bytes, size_t count, int flags), (socket, bytes, count, flags))
around(ssize_t, recv, (int socket, void *bytes, size_t count, int flags), (socket, bytes, count, flags))
