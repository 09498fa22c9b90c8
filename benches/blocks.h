/*
 * How both sides of a measurement are driven. A program sets itself up, then reads numbers from standard input: for each it makes so
 * many calls and prints one line "WALL CPU", nanoseconds for all of them. So two programs can be measured in turn, block by block, and
 * starting them is in no figure. Given a number on the command line it makes so many calls and ends: for callgrind and strace, which
 * see the whole process, the difference of two such runs is the cost of the calls alone.
 */
#ifndef BLOCKS_H
#define BLOCKS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static void stop(const char *what, const char *detail)
{
    fprintf(stderr, "%s: %s\n", what, detail ? detail : "");
    exit(1);
}

static long long now_ns(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* Calls `call` as often as told: `calls` times, or by standard input where that is negative. */
static void run_blocks(long calls, void (*call)(void *state), void *state)
{
    char line[32];
    long n;
    if (calls >= 0) {
        for (n = 0; n < calls; n++)
            call(state);
        return;
    }
    printf("ready\n");
    fflush(stdout);
    while (fgets(line, sizeof line, stdin)) {
        long long wall = now_ns(CLOCK_MONOTONIC), cpu = now_ns(CLOCK_PROCESS_CPUTIME_ID);
        long most = atol(line);
        for (n = 0; n < most; n++)
            call(state);
        cpu = now_ns(CLOCK_PROCESS_CPUTIME_ID) - cpu;
        wall = now_ns(CLOCK_MONOTONIC) - wall;
        printf("%lld %lld\n", wall, cpu);
        fflush(stdout);
    }
}

/* The most memory that the process ever had, in bytes. */
static long peak_rss(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss * 1024L;
}

/* The value of `--name value` on the command line, else `otherwise`. */
static const char *option(int argc, char **argv, const char *name, const char *otherwise)
{
    int n;
    for (n = 1; n + 1 < argc; n++)
        if (strncmp(argv[n], "--", 2) == 0 && strcmp(argv[n] + 2, name) == 0)
            return argv[n + 1];
    return otherwise;
}

#endif
