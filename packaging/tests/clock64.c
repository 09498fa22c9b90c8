/*
 * For tests/c/panic.c as a program of 32 bits: there, Rust asks for the time by this name where the C library has it, and the test's
 * own clock has to answer to it as well. The structure is glibc's struct __timespec64.
 */
#include <stdint.h>
#include <time.h>

struct timespec64 {
    int64_t seconds;
    int32_t nanoseconds;
    int32_t unused;
};

int __clock_gettime64(clockid_t clock, struct timespec64 *time);

int __clock_gettime64(clockid_t clock, struct timespec64 *time)
{
    struct timespec now;
    int status = clock_gettime(clock, &now);

    if (status == 0) {
        time->seconds = now.tv_sec;
        time->nanoseconds = (int32_t)now.tv_nsec;
        time->unused = 0;
    }
    return status;
}
