#!/bin/sh
# Tests the C++ binding (bindings/cpp/finaut.hpp): compiles it as every C++ from 11 on, runs tests/cpp and examples/cpp against the
# built shared library and a sandbox, then the tests once more under valgrind. An argument runs only the tests whose names contain
# it.
set -eu

. "$(dirname "$0")/stage.sh"
only=${1:-}

windows=i686-w64-mingw32-g++-posix
for wanted in g++:g++ clang++:clang valgrind:valgrind "$windows":g++-mingw-w64-i686-posix; do
    has "command -v ${wanted%%:*}" "${wanted#*:}" || true
done
if ! command -v g++ >/dev/null; then
    skip 1 "everything" "no g++; Debian's package g++"
    finish
fi
build_library

include="-Iinclude -Ibindings/cpp"
strict="-Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Weffc++ -Wold-style-cast -Wnon-virtual-dtor -Werror"

# compiles NAME COMMAND…
compiles() {
    name=$1
    shift
    status=0
    "$@" >"$work/log" 2>&1 || status=$?
    verdict "$name" "$status" "$work/log"
}

# refused NAME WORDS COMMAND…: must not compile, and say why.
refused() {
    name=$1 words=$2
    shift 2
    status=0
    if "$@" >"$work/log" 2>&1 || ! grep -q "$words" "$work/log"; then status=1; fi
    verdict "$name" "$status" "$work/log"
}

if [ -z "$only" ]; then
    echo "== compiling"
    for compiler in g++ clang++; do
        for standard in c++11 c++14 c++17 c++20 c++2b; do
            if ! command -v "$compiler" >/dev/null; then
                skip 1 "$compiler as $standard" "no $compiler; Debian's package clang"
            elif ! "$compiler" -std="$standard" -fsyntax-only -x c++ /dev/null 2>/dev/null; then
                skip 1 "$compiler as $standard" "this $compiler is older than that"
            else
                compiles "$compiler as $standard" "$compiler" -std="$standard" $strict $include -fsyntax-only tests/cpp/strict.cpp
            fi
        done
    done
    # Some warnings come only where code is generated and optimised.
    for standard in c++11 c++20; do
        compiles "g++ -O3 as $standard" g++ -std="$standard" -O3 $strict $include -c tests/cpp/strict.cpp -o "$work/strict.o"
    done
    # Windows, 32 bits, and the real windows.h: where most of the old C++ programs live.
    for standard in c++11 c++20; do
        if command -v "$windows" >/dev/null; then
            compiles "g++ for Windows as $standard" "$windows" -std="$standard" $strict $include -fsyntax-only tests/cpp/strict.cpp
        else
            skip 1 "g++ for Windows as $standard" "no $windows; Debian's package g++-mingw-w64-i686-posix"
        fi
    done
    printf '#include <finaut.hpp>\nint main() { finaut::client a; finaut::client b(a); }\n' >"$work/copy.cpp"
    printf '#include <finaut.hpp>\nint main() { finaut::client a; a.users().get(); }\n' >"$work/nobody.cpp"
    printf '#include <finaut.hpp>\nint main() { finaut::client a; a.budget(); }\n' >"$work/fine.cpp"
    compiles "what is needed may be left out nowhere else" g++ -std=c++11 $include -fsyntax-only "$work/fine.cpp"
    refused "a client is not copied" "deleted function" g++ -std=c++11 $include -fsyntax-only "$work/copy.cpp"
    refused "what an operation needs is not left out" "no matching function" \
        g++ -std=c++11 $include -fsyntax-only "$work/nobody.cpp"
    refused "without exceptions the header says so" "cannot do without" \
        g++ -std=c++11 -fno-exceptions $include -fsyntax-only "$work/fine.cpp"
    refused "C++98 is told to use finaut.h" "needs C++11" g++ -std=c++98 $include -fsyntax-only "$work/fine.cpp"
fi

# The programs, linked as a host links an installed library: by the soname.
ln -s "$FINAUT_LIB_DIR/libfinaut.so" "$work/libfinaut.so.1"
link="-L$work -l:libfinaut.so.1 -Wl,-rpath,$work"
for program in operations errors text lists receiver memory mismatch; do
    g++ -std=c++11 -O1 -g $strict $include "tests/cpp/$program.cpp" $link -lpthread -o "$work/$program"
done
g++ -std=c++11 -O1 -g $strict $include tests/cpp/life.cpp tests/cpp/other_unit.cpp $link -lpthread -o "$work/life"
for example in short onboard inbox; do
    g++ -std=c++11 $strict $include "examples/cpp/$example.cpp" $link -o "$work/$example"
done
cc -std=c89 -Iinclude examples/c/onboard.c $link -o "$work/onboard-in-c"

use_sandbox

# ends NAME STATUS COMMAND…: must end with this status.
ends() {
    name=$1 wanted=$2
    shift 2
    status=0
    "$@" >"$work/log" 2>&1 || status=$?
    verdict "$name" "$([ "$status" -eq "$wanted" ] && echo 0 || echo 1)" "$work/log"
}

if [ -z "$only" ]; then
    echo "== examples"
    status=0
    { "$work/short" >"$work/log" 2>&1 && [ "$(cat "$work/log")" = "Nærbølien" ]; } || status=1
    verdict "the short example, as docs/other-languages.md has it, finds somebody" "$status" "$work/log"
    # Two synthetic numbers of a year in which nobody of the sandbox's own people was born.
    status=0
    { "$work/onboard-in-c" 01810050019 >"$work/in-c" && "$work/onboard" 02810050058 >"$work/in-cpp" &&
        diff "$work/in-c" "$work/in-cpp"; } >"$work/log" 2>&1 || status=1
    verdict "onboarding in C++ does what it does in C" "$status" "$work/log"
    ends "a person who is there already is refused" 1 "$work/onboard" 02810050058
    ends "an unreachable server is for later" 75 env FINAUT_API_HOST=http://127.0.0.1:1 "$work/onboard" 02810050058
    ends "wrong credentials are for the administrator" 2 env FINAUT_CLIENT_SECRET=wrong "$work/onboard" 02810050058
    ends "a library with another interface is refused" 0 "$work/mismatch"

    # A sandbox that tries to send until the example listens.
    free_port
    listen=127.0.0.1:$port
    WEBHOOK_SECRET=5f2c81d90ab34e67f1c8a2b4
    export WEBHOOK_SECRET
    start_sandbox sender --webhook "http://$listen/finaut/webhook/$WEBHOOK_SECRET"
    # events NAME STATE_FILE 127.0.0.1:PORT|poll: what onboarding changed arrives, in four events.
    events() {
        status=0
        FINAUT_API_HOST=$(cat "$work/sender") timeout 1800 "$work/inbox" "$work/$2" "$3" 4 >"$work/log" 2>&1 || status=$?
        if [ "$(grep -c '^Event [0-9]*: [a-z]*, verified: true, status .*\.$' "$work/log")" -ne 4 ]; then status=1; fi
        verdict "$1" "$status" "$work/log"
    }
    FINAUT_API_HOST=$(cat "$work/sender") "$work/onboard-in-c" 01810050019 >"$work/log" 2>&1 || true
    events "webhooks are dealt with" received.db "$listen"
    events "what nobody sends is asked for" asked.db poll
    "$work/inbox" "$work/stopped.db" 127.0.0.1:0 >"$work/inbox.log" 2>&1 &
    started="$started $!"
    patiently inbox $! grep -q "^Listening: " "$work/inbox.log"
    status=0
    { kill "$!" && wait "$!"; } || status=$?
    verdict "an event loop that is told to stop ends in peace" "$status" "$work/inbox.log"
    ends "an event loop that can never work says so and ends" 1 timeout 1800 "$work/inbox" "$work/nowhere/state.db" poll
fi

for program in operations errors text lists life receiver memory; do
    run "$program" "$work/$program" ${only:+"$only"}
done

if command -v valgrind >/dev/null; then
    FINAUT_TEST_FEW=1
    export FINAUT_TEST_FEW
    # What a process keeps until its end, valgrind calls "possibly lost" (tests/c.sh says why). So what is definitely lost fails
    # each test, and what is possibly lost must not grow with the number of calls (below).
    memcheck="valgrind --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --error-exitcode=9"
    for program in text lists life; do
        run "$program, under valgrind" $memcheck --quiet "$work/$program" ${only:+"$only"}
    done
    # What ring's AES assembly writes, valgrind takes for uninitialised; here it gets into state files.
    for program in operations errors receiver; do
        run "$program, under valgrind" $memcheck --quiet --undef-value-errors=no "$work/$program" ${only:+"$only"}
    done
    if [ -z "$only" ]; then
        echo "== memory, under valgrind"
        for rounds in 20 60; do
            status=0
            $memcheck "$work/memory" "$rounds" >"$work/log" 2>&1 || status=$?
            verdict "nothing_is_lost_in_$((rounds * 20))_calls" "$status" "$work/log"
            sed -n 's/.*possibly lost:.* in \([0-9,]*\) blocks/\1/p' "$work/log" >"$work/kept.$rounds"
        done
        status=0
        # But for the journal, which keeps a line for each of the four changes of a round, of three blocks each, up to a bound.
        kept() { tr -d ,'\n' <"$work/kept.$1"; }
        { [ -s "$work/kept.20" ] && [ "$(kept 60)" -eq $(($(kept 20) + 40 * 4 * 3)) ]; } || status=1
        cat "$work/kept.20" "$work/kept.60" >"$work/log"
        verdict "what_is_kept_grows_by_the_journal_alone ($(tr -d '\n' <"$work/kept.60") blocks)" "$status" "$work/log"
    fi
else
    skip 73 "everything under valgrind" "it is not there; Debian's package valgrind"
fi

finish
