#!/bin/sh
# Runs every check there is: formatting, lints, licences, Rust tests, the interface, the tests from C, C++, Python, C# and others, the
# sandbox's wheel, in a browser, and the demo. What a machine lacks is installed where we may (Debian, root); else it is said, and counted as skipped.
#
# Two lanes of steps run side by side, because tests wait much and compilers have steps that use one core only. What a step says is
# shown when it has ended, under its name and how long it took.
set -u
. "$(dirname "$0")/debian.sh"

passed=0 failed=0 skipped=0 broken= lane=main
began=$(date +%s)
log=$(mktemp -d)
lanes=
# A step is a group of processes of its own, which can be ended as a whole.
tidy_up() {
    for process in $lanes $(cat "$log"/*.lane 2>/dev/null); do kill "$process" 2>/dev/null; done
    for group in $(cat "$log"/*.group 2>/dev/null); do kill -- "-$group" 2>/dev/null; done
    rm -rf "$log"
}
trap tidy_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Adds up the "N passed, N failed(, N skipped|ignored)" lines of a log; fails if it counts nothing.
count() {
    set -- $(grep -oE '[0-9]+ passed[,;] [0-9]+ failed([,;] [0-9]+ (skipped|ignored))?' "$1" |
        awk '{ p += $1; f += $3; s += $5 } END { print p + 0, f + 0, s + 0 }')
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
    [ $(($1 + $2 + $3)) -gt 0 ]
}

# step NAME COMMAND…: a step of a lane that counts its own tests.
step() { timed counted "$@"; }
# check NAME COMMAND…: a step of a lane that is one test.
check() { timed one "$@"; }
# timed KIND NAME COMMAND…: runs it, and writes to the lane's output which file says how it went.
timed() {
    kind=$1 name=$2
    shift 2
    number=$((${number:-0} + 1))
    file=$log/$lane-$number
    start=$(date +%s)
    measure_cpu "$log/$lane.times"
    cpu_before=$cpu
    setsid "$@" >"$file" 2>&1 </dev/null &
    echo "$!" >"$log/$lane.group"
    status=0
    wait "$!" || status=$?
    rm -f "$log/$lane.group"
    measure_cpu "$log/$lane.times"
    echo "$kind $status $(($(date +%s) - start)) $((cpu - cpu_before)) $name" >"$file.ended"
    echo "$file"
}
# show FILE: what a step has said, and adds it up.
show() {
    read -r kind status wall cpu name <"$1.ended"
    printf '\n== %s (%s s, %s s of CPU)\n' "$name" "$wall" "$cpu"
    cat "$1"
    if [ "$kind" = one ]; then
        if [ "$status" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)) broken="$broken\n   $name"; fi
        return
    fi
    before=$failed
    if ! count "$1"; then
        echo "It counted no test."
        status=1
    fi
    if [ "$status" != 0 ]; then
        broken="$broken\n   $name"
        [ "$failed" != "$before" ] || failed=$((failed + 1))
    fi
}
# left_out COUNT WHAT
left_out() {
    skipped=$((skipped + $1))
    echo "Skipped: $2."
}

command -v cargo >/dev/null || { echo "Rust is missing (cargo): it comes from https://rustup.rs or as Debian's rustc-web."; exit 1; }
has links gcc libc6-dev || { echo "A C compiler that can link programs is missing (cc): Debian's packages gcc and libc6-dev."; exit 1; }
has "command -v g++" g++ || left_out 1 "the header as C++ (no g++; Debian's package g++)"
cargo fmt --version >/dev/null 2>&1 && formats=1 || left_out 1 "formatting (no rustfmt)"
cargo clippy --version >/dev/null 2>&1 && lints=1 || left_out 1 "lints (no clippy)"
deny=$(sh tests/fetch.sh cargo-deny 2>"$log/deny") || left_out 1 "licences, bans and sources (no cargo-deny: $(tail -n 1 "$log/deny"))"

printf '\n== dependencies\n'
try cargo fetch --locked || { echo "The crates could not be fetched."; exit 1; }

# What the scripts find built. The sandbox is a copy, because Cargo may lay it anew while it is in use.
FINAUT_LIB_DIR=$target/release
FINAUT_SANDBOX=$log/finaut-sandbox

mkdir "$log/state"
# await THING: waits until the other lane has built it, or has failed to.
await() {
    until [ -e "$log/$1" ]; do sleep 1; done
}
first_lane() {
    lane=first
    if [ -n "${formats:-}" ]; then check "formatting" cargo fmt --all --check; fi
    if [ -n "$deny" ]; then
        # Of everything; then, of what ends in the library, that no crate is in it twice (deny.toml).
        check "licences, bans and sources" sh -c '"$0" --workspace --frozen check --allow duplicate licenses bans sources &&
            "$0" --frozen check bans' "$deny/cargo-deny"
    fi
    # Always the whole workspace: of one package alone, other crates would be built once more, with fewer features.
    check "Rust tests are built" sh -c 'cargo test --quiet --workspace --locked --no-run && cp "$1" "$2"' sh "$target/debug/finaut-sandbox" "$FINAUT_SANDBOX"
    touch "$log/sandbox"
    if [ -n "${lints:-}" ]; then check "lints" cargo clippy --quiet --workspace --all-targets --locked -- -D warnings; fi
    step "Rust tests" cargo test --workspace --locked --no-fail-fast
    step "the same promises with a state file" env FINAUT_TEST_STATE="$log/state" cargo test --workspace --locked --no-fail-fast --test core
    await library
    export FINAUT_LIB_DIR FINAUT_SANDBOX
    step "other callers" sh tests/callers.sh
    step "in the browser" sh tests/browser.sh
    check "the demo" sh examples/demo.sh
}
second_lane() {
    lane=second
    check "release build" cargo library --quiet --locked
    touch "$log/library"
    await sandbox
    export FINAUT_LIB_DIR FINAUT_SANDBOX
    step "the interface" sh tests/abi.sh
    step "C tests" sh tests/c.sh
    step "C++ tests" sh tests/cpp.sh
    step "Python tests" sh tests/python.sh
    step "the sandbox's wheel" sh tests/sandbox.sh
    step "C# tests" sh tests/csharp.sh
    step "missing tools" sh tests/missing.sh
    step "a new operation" sh tests/new_operation.sh
    step "mutants of the stores" sh tests/mutants.sh
}

mkfifo "$log/ended"
{
    first_lane &
    echo "$!" >"$log/first.lane"
    second_lane &
    echo "$!" >"$log/second.lane"
    wait
} >"$log/ended" &
lanes=$!
while read -r file; do show "$file"; done <"$log/ended"
wait "$lanes"
lanes=

printf '\n== result\n'
[ -z "$broken" ] || printf "Broken:$broken\n"
measure_cpu "$log/$lane.times"
echo "It took $(($(date +%s) - began)) s, and $cpu s of CPU."
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
