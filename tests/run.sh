#!/bin/sh
# Runs every check there is: formatting, lints, licences, Rust tests, the interface, the tests from C, C++, Python, C# and others, the
# sandbox's wheel, in a browser, and the demo. What a machine lacks is installed where we may (Debian, root); else it is said, and counted as skipped.
#
# Three lanes take steps from one list, side by side, because tests wait much and compilers have steps that use one core only. What a
# step says is shown when it has ended, under its name and how long it took.
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

# step NAME COMMAND…: a step that counts its own tests.
step() { timed counted "$@"; }
# check NAME COMMAND…: a step that is one test.
check() { timed one "$@"; }
# timed KIND NAME COMMAND…: one lane runs it, the first that comes to it, and writes to its output which file says how it went. It is begun
# when all of $after is there, and makes $gives, whether it succeeds or not.
timed() {
    kind=$1 name=$2
    shift 2
    number=$((${number:-0} + 1))
    file=$log/$number
    mkdir "$file.taken" 2>/dev/null || return 0
    for thing in ${after:-}; do
        until [ -e "$log/$thing" ]; do sleep 1; done
    done
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
    for thing in ${gives:-}; do : >"$log/$thing"; done
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
# The steps, in the order in which lanes take them: first what others need, then the longest. Each lane goes through the whole list.
steps() {
    after= gives=sandbox
    # Always the whole workspace: of one package alone, other crates would be built once more, with fewer features.
    check "Rust tests are built" sh -c 'cargo test --quiet --workspace --locked --no-run && cp "$1" "$2"' sh "$target/debug/finaut-sandbox" "$FINAUT_SANDBOX"
    gives=library
    check "release build" cargo library --quiet --locked
    gives=
    if [ -n "${formats:-}" ]; then check "formatting" cargo fmt --all --check; fi
    if [ -n "$deny" ]; then
        # Of everything; then, of what ends in the library, that no crate is in it twice (deny.toml).
        check "licences, bans and sources" sh -c '"$0" --workspace --frozen check --allow duplicate licenses bans sources &&
            "$0" --frozen check bans' "$deny/cargo-deny"
    fi
    if [ -n "${lints:-}" ]; then check "lints" cargo clippy --quiet --workspace --all-targets --locked -- -D warnings; fi
    # Cargo builds one thing at a time in a folder, and so lints and tests come after what they would wait for.
    after=sandbox
    # Properties of plans and nights in simulated time are put to 200 random cases each; tests/thorough.toml says how to put them to more.
    step "Rust tests" cargo test --workspace --locked --no-fail-fast
    step "the same promises with a state file" env FINAUT_TEST_STATE="$log/state" cargo test --workspace --locked --no-fail-fast --test core
    after="sandbox library"
    export FINAUT_LIB_DIR FINAUT_SANDBOX
    step "nights with kills" sh tests/nights.sh
    step "C tests" sh tests/c.sh
    step "Python tests" sh tests/python.sh
    step "C++ tests" sh tests/cpp.sh
    step "C# tests" sh tests/csharp.sh
    step "mutants of the stores" sh tests/mutants.sh
    step "in the browser" sh tests/browser.sh
    step "a new operation" sh tests/new_operation.sh
    step "other callers" sh tests/callers.sh
    step "the sandbox's wheel" sh tests/sandbox.sh
    check "the demo" sh examples/demo.sh
    step "the interface" sh tests/abi.sh
    step "missing tools" sh tests/missing.sh
}

mkfifo "$log/ended"
{
    for lane in 1 2 3; do
        steps &
        echo "$!" >"$log/$lane.lane"
    done
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
