#!/bin/sh
# Measures what loading the shared library and making a client cost a fresh process (goal: under 5 ms, the median of 50
# processes), and the library's size (limit: 6.3 MiB). Run: sh benches/load.sh [path of libfinaut.so]
# Without a path the release build is made and measured. Files are in the page cache; starting the process is not counted.
set -eu
cd "$(dirname "$0")/.."
library=${1:-}
if [ -z "$library" ]; then
    cargo library --quiet --locked
    library=${CARGO_TARGET_DIR:-target}/release/libfinaut.so
fi
case $library in /*) ;; *) library=$PWD/$library ;; esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/load.c" <<'C'
#define _POSIX_C_SOURCE 199309L
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

static double us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

int main(int argc, char **argv)
{
    int32_t (*client_new)(const char *, void **, char **);
    void *library, *client = NULL;
    int32_t code;
    double began, loaded, made;
    if (argc != 2)
        return 2;
    began = us();
    library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        fprintf(stderr, "%s\n", dlerror());
        return 1;
    }
    *(void **)&client_new = dlsym(library, "finaut_client_new");
    loaded = us();
    if (!client_new)
        return 1;
    code = client_new("{\"client_id\": \"a\", \"client_secret\": \"b\", \"host\": \"https://api.example.no\"}", &client, NULL);
    made = us();
    printf("%.0f %.0f %.0f\n", loaded - began, made - loaded, made - began);
    return code || !client;
}
C
"${CC:-cc}" -O2 -o "$work/load" "$work/load.c" -ldl

runs=50
"$work/load" "$library" >/dev/null
for run in $(seq $runs); do "$work/load" "$library"; done >"$work/times"

# quantile COLUMN PERCENT: nearest rank.
quantile() { cut -d' ' -f"$1" "$work/times" | sort -n | sed -n "$(((runs * $2 + 99) / 100))p"; }
total=$(quantile 3 50)
echo "dlopen:            p50 $(quantile 1 50) us, p90 $(quantile 1 90) us"
echo "finaut_client_new: p50 $(quantile 2 50) us, p90 $(quantile 2 90) us"
echo "both:              p50 $total us, p90 $(quantile 3 90) us, min $(sort -n -k3 "$work/times" | head -n 1 | cut -d' ' -f3) us (goal: p50 under 5000 us)"

cp "$library" "$work/stripped.so"
strip --strip-unneeded "$work/stripped.so"
size=$(wc -c <"$work/stripped.so")
echo "size:              $(wc -c <"$library") bytes as built, $size stripped (limit: 4351590)"
[ "$total" -lt 5000 ] && [ "$size" -le 4351590 ]
