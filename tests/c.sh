#!/bin/sh
# Runs the C tests (tests/c) against the built shared library and a sandbox, then once more under valgrind.
#
# FINAUT_LIB_DIR names a folder with libfinaut.so, and FINAUT_SANDBOX the sandbox's program; without them they are built.
# An argument runs only the tests whose names contain it.
set -eu

case ${CARGO_TARGET_DIR:=} in
'' | /*) ;;
*) CARGO_TARGET_DIR=$PWD/$CARGO_TARGET_DIR ;;
esac
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}
export CARGO_TARGET_DIR="$target"
only=${1:-}

if [ -z "${FINAUT_LIB_DIR:-}" ]; then
    cargo library --quiet --locked
    FINAUT_LIB_DIR=$target/release
fi
if [ -z "${FINAUT_SANDBOX:-}" ]; then
    cargo build --quiet --locked -p finaut-sandbox
    FINAUT_SANDBOX=$target/debug/finaut-sandbox
fi

sandbox=
work=$(mktemp -d)
tidy_up() {
    if [ -n "$sandbox" ]; then
        kill "$sandbox" 2>/dev/null || true
        wait "$sandbox" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap tidy_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

passed=0 failed=0 skipped=0

# verdict NAME STATUS [FILE]: one test of this script's own; a failure shows the file.
verdict() {
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
        echo "ok      $1"
    else
        failed=$((failed + 1))
        echo "FAILED  $1"
        if [ -n "${3:-}" ]; then sed 's/^/        /' "$3"; fi
    fi
}

# run NAME COMMAND…: a program that counts its tests itself. Its count is added up, not shown; one that dies before counting
# is a failure.
run() {
    echo "== $1"
    shift
    status=0
    "$@" >"$work/log" 2>&1 || status=$?
    grep -v '^[0-9]* passed, [0-9]* failed$' "$work/log" || true
    counts=$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$work/log")
    if [ -n "$counts" ]; then
        passed=$((passed + ${counts% *}))
        failed=$((failed + ${counts#* }))
    fi
    case $counts in
    '' | *' 0') if [ "$status" -ne 0 ]; then verdict "it ended with status $status" 1; fi ;;
    esac
}

# The programs, linked as a host links an installed library: by the soname.
ln -s "$(cd "$FINAUT_LIB_DIR" && pwd)/libfinaut.so" "$work/libfinaut.so.1"
for program in abuse threads fork panic receiver leaks; do
    cc -std=c99 -O1 -g -Wall -Wextra -Werror -Iinclude "tests/c/$program.c" -L"$work" -l:libfinaut.so.1 -Wl,-rpath,"$work" \
        -lpthread -ldl -o "$work/$program"
done
# Not linked against the library, but loading it: what the harness offers for linked ones is optimised away.
cc -std=c99 -O1 -g -Wall -Wextra -Werror -Iinclude tests/c/unload.c -lpthread -ldl -o "$work/unload"
FINAUT_LIBRARY=$work/libfinaut.so.1
export FINAUT_LIBRARY

# Room for all requests; the tests that are about the throttle set a narrow one in their own clients.
"$FINAUT_SANDBOX" --port 0 --throttle 1000000/3600 --quiet --ready-file "$work/ready" >"$work/sandbox.log" 2>&1 &
sandbox=$!
patience=100
while [ ! -s "$work/ready" ]; do
    if [ "$patience" -eq 0 ] || ! kill -0 "$sandbox" 2>/dev/null; then
        echo "The sandbox did not start; it says:"
        cat "$work/sandbox.log"
        exit 1
    fi
    patience=$((patience - 1))
    sleep 0.1
done
FINAUT_API_HOST=$(cat "$work/ready")
FINAUT_CLIENT_ID=sandbox-client
FINAUT_CLIENT_SECRET=sandbox-secret
export FINAUT_API_HOST FINAUT_CLIENT_ID FINAUT_CLIENT_SECRET

for program in abuse threads fork panic receiver unload leaks; do
    run "$program" "$work/$program" ${only:+"$only"}
done

echo "== C++"
if command -v g++ >/dev/null; then
    status=0
    { g++ -std=c++98 -Wall -Wextra -pedantic -Werror -Iinclude tests/c/cplusplus.cpp -L"$work" -l:libfinaut.so.1 \
        -Wl,-rpath,"$work" -o "$work/cplusplus" && "$work/cplusplus"; } >"$work/log" 2>&1 || status=$?
    verdict "a_program_in_cplusplus_98_compiles_and_calls" "$status" "$work/log"
else
    skipped=$((skipped + 1))
    echo "skipped a_program_in_cplusplus_98_compiles_and_calls (no g++; Debian's package g++)"
fi

# Mirrors are at times in the middle of a sync.
install_valgrind() {
    for pause in 5 20 0; do
        if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends valgrind; then
            return 0
        fi
        sleep "$pause"
    done
    return 1
}
if ! command -v valgrind >/dev/null && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    install_valgrind >"$work/log" 2>&1 || true
fi
if command -v valgrind >/dev/null; then
    FINAUT_TEST_FEW=1
    export FINAUT_TEST_FEW
    # What a process keeps until its end (tokens, slots, what is remembered, known handles and strings) hangs on Rust's hash
    # tables, which hold pointers into the middle of their memory; valgrind calls all of it "possibly lost". So what is
    # definitely lost fails each test, and what is possibly lost must not grow with the number of calls (below).
    # Valgrind runs one thread at a time, by default whichever is quickest to ask, which has kept a forking thread from its
    # turn for minutes. Hence fair scheduling, where there is it.
    valgrind="valgrind --fair-sched=try"
    memcheck="$valgrind --quiet --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --error-exitcode=9"
    for program in abuse threads panic unload; do
        run "$program, under valgrind" $memcheck "$work/$program" ${only:+"$only"}
    done
    # A child lacks its parent's other threads, and with their stacks all that only they know: lost to it by nature. And what
    # ring's AES assembly writes, valgrind takes for uninitialised; with a state file, which holds a sealed token, it says so
    # of the whole file.
    sealed="$valgrind --undef-value-errors=no --error-exitcode=9"
    for program in fork receiver; do
        run "$program, under valgrind" $sealed --quiet --leak-check=no "$work/$program" ${only:+"$only"}
    done

    echo "== leaks, under valgrind"
    for rounds in 20 60; do
        status=0
        $valgrind --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --error-exitcode=9 "$work/leaks" "$rounds" \
            >"$work/log" 2>&1 || status=$?
        verdict "nothing_is_lost_in_$((rounds * 21))_calls" "$status" "$work/log"
        sed -n 's/.*possibly lost:.* in \([0-9,]*\) blocks/\1/p' "$work/log" >"$work/kept.$rounds"
    done
    status=0
    { [ -s "$work/kept.20" ] && cmp "$work/kept.20" "$work/kept.60"; } >/dev/null || status=1
    cat "$work/kept.20" "$work/kept.60" >"$work/log"
    verdict "what_is_kept_does_not_grow ($(tr -d '\n' <"$work/kept.60") blocks)" "$status" "$work/log"
    status=0
    $sealed --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite "$work/leaks" 5 "$work/state" >"$work/log" 2>&1 || status=$?
    verdict "nothing_is_lost_with_a_state_file" "$status" "$work/log"
else
    skipped=$((skipped + 10))
    echo "skipped everything under valgrind: it is not there (Debian's package valgrind)"
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
