#!/bin/sh
# Runs every check there is: formatting, lints, Rust tests, the interface, the tests from C, C++, Python, C# and others, in a
# browser, and the demo. What a machine lacks is installed where we may (Debian, root); else it is said, and counted as skipped.
set -u
cd "$(dirname "$0")/.."
. tests/debian.sh

passed=0 failed=0 skipped=0 broken=
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT

say() { printf '\n== %s\n' "$*"; }

# Adds up the "N passed, N failed(, N skipped|ignored)" lines of a log.
count() {
    set -- $(grep -oE '[0-9]+ passed[,;] [0-9]+ failed([,;] [0-9]+ (skipped|ignored))?' "$1" |
        awk '{ p += $1; f += $3; s += $5 } END { print p + 0, f + 0, s + 0 }')
    passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

# step NAME COMMAND…: a step that counts its own tests.
step() {
    name=$1
    shift
    say "$name"
    "$@" >"$log/step" 2>&1
    status=$?
    cat "$log/step"
    before=$failed
    count "$log/step"
    if [ "$status" != 0 ]; then
        broken="$broken\n   $name"
        [ "$failed" != "$before" ] || failed=$((failed + 1))
    fi
}

# check NAME COMMAND…: a step that is one test.
check() {
    name=$1
    shift
    say "$name"
    if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)) broken="$broken\n   $name"; fi
}

for tool in "cargo: Rust, from https://rustup.rs or Debian's rustc-web" "cc: a C compiler, Debian's package gcc"; do
    has "command -v ${tool%%:*}" gcc libc6-dev || { echo "Missing is ${tool%%:*}, which is ${tool#*: }."; exit 1; }
done
has "command -v g++" g++ || { skipped=$((skipped + 1)); echo "Skipped: the header as C++ (no g++; Debian's package g++)."; }

say "dependencies"
try cargo fetch --locked || { echo "The crates could not be fetched."; exit 1; }

if cargo fmt --version >/dev/null 2>&1; then
    check "formatting" cargo fmt --all --check
else
    skipped=$((skipped + 1)); echo "Skipped: formatting (no rustfmt)."
fi
if cargo clippy --version >/dev/null 2>&1; then
    check "lints" cargo clippy --quiet --workspace --all-targets --locked -- -D warnings
else
    skipped=$((skipped + 1)); echo "Skipped: lints (no clippy)."
fi
step "Rust tests" cargo test --workspace --locked --no-fail-fast
mkdir "$log/state"
step "the same promises with a state file" env FINAUT_TEST_STATE="$log/state" cargo test --locked --no-fail-fast --test core
check "release build" cargo library --quiet --locked
step "a new operation" sh tests/new_operation.sh
step "the interface" sh tests/abi.sh
# Built above; what follows need not build it again.
FINAUT_LIB_DIR=${CARGO_TARGET_DIR:-$PWD/target}/release
FINAUT_SANDBOX=${CARGO_TARGET_DIR:-$PWD/target}/debug/finaut-sandbox
export FINAUT_LIB_DIR FINAUT_SANDBOX
step "C tests" sh tests/c.sh
step "C++ tests" sh tests/cpp.sh
step "Python tests" sh tests/python.sh
step "C# tests" sh tests/csharp.sh
step "other callers" sh tests/callers.sh
step "in the browser" sh tests/browser.sh
check "the demo" sh examples/demo.sh

say "result"
[ -z "$broken" ] || printf "Broken:$broken\n"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
