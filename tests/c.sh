#!/bin/sh
# Runs the C tests (tests/c) against the built shared library and a sandbox, then once more under valgrind. An argument runs only
# the tests whose names contain it.
set -eu

. "$(dirname "$0")/stage.sh"
only=${1:-}
if ! has "command -v cc" gcc libc6-dev; then
    skip 1 "everything of C" "no C compiler; Debian's packages gcc, libc6-dev"
    finish
fi
build_library

# The programs, linked as a host links an installed library: by the soname.
ln -s "$FINAUT_LIB_DIR/libfinaut.so" "$work/libfinaut.so.1"
for program in abuse fuzz lists stack threads fork first_use panic receiver leaks; do
    cc -std=c99 -O1 -g -Wall -Wextra -Werror -Iinclude "tests/c/$program.c" -L"$work" -l:libfinaut.so.1 -Wl,-rpath,"$work" \
        -lpthread -ldl -o "$work/$program"
done
# Not linked against the library, but loading it: what the harness offers for linked ones is optimised away.
cc -std=c99 -O1 -g -Wall -Wextra -Werror -Iinclude tests/c/unload.c -lpthread -ldl -o "$work/unload"
FINAUT_LIBRARY=$work/libfinaut.so.1
export FINAUT_LIBRARY

use_sandbox
use_tls_sandbox

# A server whose certificate is the last of a chain of three, of the kind that takes most of a caller's stack to look at.
# certify NAME ISSUER EXTENSIONS: a key and its certificate.
certify() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:secp384r1 -nodes -keyout "$work/$1.key" -out "$work/$1.csr" -subj "/CN=test $1"
    printf '%s\n' "$3" >"$work/$1.ext"
    openssl x509 -req -in "$work/$1.csr" -CA "$work/$2.pem" -CAkey "$work/$2.key" -CAcreateserial -days 2 -extfile "$work/$1.ext" \
        -out "$work/$1.pem"
}
use_chain() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:secp384r1 -nodes -days 2 -subj "/CN=test root" \
        -addext basicConstraints=critical,CA:TRUE -keyout "$work/root.key" -out "$work/root.pem"
    certify first root basicConstraints=critical,CA:TRUE
    certify second first basicConstraints=critical,CA:TRUE
    certify leaf second subjectAltName=DNS:localhost,IP:127.0.0.1
    cat "$work/first.pem" "$work/second.pem" >"$work/between.pem"
    # It says which port it got.
    openssl s_server -accept 127.0.0.1:0 -cert "$work/leaf.pem" -key "$work/leaf.key" -cert_chain "$work/between.pem" -rev \
        >"$work/chain.log" 2>&1 &
    started="$started $!"
    patiently chain $! grep -q '^ACCEPT .*:' "$work/chain.log"
    FINAUT_CHAIN_HOST=https://localhost:$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' "$work/chain.log" | head -n 1)
    FINAUT_CHAIN_CA=$work/root.pem
    export FINAUT_CHAIN_HOST FINAUT_CHAIN_CA
}
if has "command -v openssl" openssl; then
    use_chain 2>"$work/openssl.log" || { cat "$work/openssl.log"; exit 1; }
else
    skip 1 a_long_chain_of_certificates "no openssl; Debian's package openssl"
fi

for program in abuse fuzz lists stack threads fork first_use panic receiver unload leaks; do
    run "$program" "$work/$program" ${only:+"$only"}
done

echo "== examples"
cc -std=c89 -Wall -Wextra -Wpedantic -Werror -Iinclude examples/c/people.c -L"$work" -l:libfinaut.so.1 -Wl,-rpath,"$work" -o "$work/people"
# Every person of a sandbox of its own has a name, and none is missing.
start_sandbox everybody --users 250
status=0
FINAUT_API_HOST=$(cat "$work/everybody") "$work/people" >"$work/names" 2>"$work/log" || status=$?
if [ "$(grep -c . "$work/names")" -ne 250 ] || ! grep -q '"count":250,"pages":3,"missing":0' "$work/log"; then status=1; fi
verdict "the list of people, as docs/operations.md has it, has them all" "$status" "$work/log"
status=0
if FINAUT_API_HOST=http://127.0.0.1:1 "$work/people" >"$work/names" 2>"$work/log" || ! grep -q '"code":"network"' "$work/log"; then status=1; fi
verdict "and says why there is none" "$status" "$work/log"

cc -std=c89 -Wall -Wextra -Wpedantic -Werror -Iinclude examples/c/first_night.c -L"$work" -l:libfinaut.so.1 -Wl,-rpath,"$work" -o "$work/first_night"
# A profile is proposed from a file, and the night is planned by it.
printf 'fnr;ansattnr;fornavn;etternavn\n;ANS-00003;Ola;Berg\n' >"$work/hr.csv"
touch -d '1 hour ago' "$work/hr.csv"
status=0
FINAUT_API_HOST=$(cat "$work/everybody") "$work/first_night" "$work/hr.json" "$work/night.db" "$work/plan.html" "$work/hr.csv" >"$work/log" 2>&1 || status=$?
grep -q '"leavers"' "$work/hr.json" || status=1
verdict "a first night proposes a profile" "$status" "$work/log"
printf '{"file": "hr.csv", "scope": {"companies": [2201], "schemes": ["afr"]}}' >"$work/hr.json"
status=0
FINAUT_API_HOST=$(cat "$work/everybody") "$work/first_night" "$work/hr.json" "$work/night.db" "$work/plan.html" >"$work/log" 2>&1 || status=$?
grep -q '<html lang="nb">' "$work/plan.html" || status=1
verdict "and plans by it, with a page" "$status" "$work/log"

cc -std=c89 -Wall -Wextra -Wpedantic -Werror -Iinclude examples/sync/nightly.c -L"$work" -l:libfinaut.so.1 -Wl,-rpath,"$work" -o "$work/nightly"
cc -std=c89 -Wall -Wextra -Wpedantic -Werror -Iinclude examples/sync/approve.c -L"$work" -l:libfinaut.so.1 -Wl,-rpath,"$work" -o "$work/approve"
if has "command -v python3" python3; then
    nights() { env PYTHONPATH="$top/bindings/python" PYTHONDONTWRITEBYTECODE=1 python3 tests/python/nights.py "$@"; }
    run "the night in C" nights c "$work/nightly"
    run "what is approved in C" nights approve "$work/approve"
else
    skip 2 "the night in C, and what is approved" "no Python; Debian's package python3"
fi

cc -std=c89 -Wall -Wextra -Wpedantic -Werror -Iinclude examples/c/batch.c -L"$work" -l:libfinaut.so.1 -Wl,-rpath,"$work" -o "$work/batch"
# batch STATUS STATE_FILE [NAME=VALUE…]: the batch job's exit code, with a sandbox of its own.
batch() {
    wanted=$1 state=$2
    shift 2
    status=0
    env FINAUT_API_HOST="$(cat "$work/everybody")" "$@" "$work/batch" 2026-01-01 "$state" >"$work/log" 2>&1 || status=$?
    [ "$status" -eq "$wanted" ] && status=0 || status=1
    verdict "the batch job ends with $wanted" "$status" "$work/log"
}
batch 0 "$work/batch.db"
batch 2 "$work/nowhere/batch.db"
batch 2 "$work/batch2.db" FINAUT_CLIENT_SECRET=wrong
batch 2 "$work/batch.db" FINAUT_API_HOST=http://finaut.example

echo "== C++"
if command -v g++ >/dev/null; then
    status=0
    { g++ -std=c++98 -Wall -Wextra -pedantic -Werror -Iinclude tests/c/cplusplus.cpp -L"$work" -l:libfinaut.so.1 \
        -Wl,-rpath,"$work" -o "$work/cplusplus" && "$work/cplusplus"; } >"$work/log" 2>&1 || status=$?
    verdict "a_program_in_cplusplus_98_compiles_and_calls" "$status" "$work/log"
else
    skip 1 a_program_in_cplusplus_98_compiles_and_calls "no g++; Debian's package g++"
fi

if has "command -v valgrind" valgrind; then
    FINAUT_TEST_FEW=1
    export FINAUT_TEST_FEW
    # What a process keeps until its end (tokens, slots, what is remembered, known handles and strings) hangs on Rust's hash
    # tables, which hold pointers into the middle of their memory; valgrind calls all of it "possibly lost". So what is
    # definitely lost fails each test, and what is possibly lost must not grow with the number of calls (below).
    # Valgrind runs one thread at a time, by default whichever is quickest to ask, which has kept a forking thread from its
    # turn for minutes. Hence fair scheduling, where there is it.
    valgrind="valgrind --fair-sched=try"
    memcheck="$valgrind --quiet --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --error-exitcode=9"
    for program in abuse fuzz lists threads panic unload; do
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
    # But for the journal, which keeps a line for each of the four changes of a round, of three blocks each, up to a bound.
    kept() { tr -d ,'\n' <"$work/kept.$1"; }
    { [ -s "$work/kept.20" ] && [ "$(kept 60)" -eq $(($(kept 20) + 40 * 4 * 3)) ]; } || status=1
    cat "$work/kept.20" "$work/kept.60" >"$work/log"
    verdict "what_is_kept_grows_by_the_journal_alone ($(tr -d '\n' <"$work/kept.60") blocks)" "$status" "$work/log"
    status=0
    $sealed --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite "$work/leaks" 5 "$work/state" >"$work/log" 2>&1 || status=$?
    verdict "nothing_is_lost_with_a_state_file" "$status" "$work/log"
else
    skip 11 "everything under valgrind" "it is not there; Debian's package valgrind"
fi

finish
