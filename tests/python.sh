#!/bin/sh
# Builds the Python wheel, installs it into a clean environment, and runs the Python tests (tests/python) from there.
#
# FINAUT_LIB_DIR names a folder with libfinaut.so, and FINAUT_SANDBOX the sandbox's program; without them they are built.
# FINAUT_PYTHONS lists the Pythons to test with (python3). Arguments run only the tests whose names contain one of them.
set -eu

case ${CARGO_TARGET_DIR:=} in
'' | /*) ;;
*) CARGO_TARGET_DIR=$PWD/$CARGO_TARGET_DIR ;;
esac
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}
export CARGO_TARGET_DIR="$target"

if [ -z "${FINAUT_LIB_DIR:-}" ]; then
    cargo library --quiet --locked
    FINAUT_LIB_DIR=$target/release
fi
export FINAUT_LIB_DIR
if [ -z "${FINAUT_SANDBOX:-}" ]; then
    cargo build --quiet --locked -p finaut-sandbox
    FINAUT_SANDBOX=$target/debug/finaut-sandbox
fi

passed=0 failed=0 skipped=0
finish() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
    exit
}

# Mirrors are at times in the middle of a sync.
try() {
    for pause in 5 20 60 0; do
        "$@" && return 0
        sleep "$pause"
    done
    return 1
}

if ! python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null &&
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    try apt-get update -qq >/dev/null 2>&1 || true
    try env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 python3-venv >/dev/null 2>&1 || true
fi
if ! python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
    echo "skipped all Python tests: there is no Python 3.10 or newer with venv (Debian's packages python3, python3-venv)"
    skipped=1
    finish
fi

sandbox=
work=$(mktemp -d)
stop_sandbox() {
    if [ -n "$sandbox" ]; then
        kill "$sandbox" 2>/dev/null || true
        wait "$sandbox" 2>/dev/null || true
        sandbox=
    fi
}
tidy_up() {
    stop_sandbox
    rm -rf "$work"
}
trap tidy_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

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

# Room for all requests; the tests that are about the throttle set a narrow one in their own clients.
start_sandbox() {
    rm -f "$work/ready"
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
}

echo "== the wheel"
status=0
wheel=$(sh bindings/python/wheel.sh "$work" 2>"$work/log") || status=$?
verdict "the_wheel_is_built" "$status" "$work/log"
[ "$status" -eq 0 ] || finish

echo "== types"
python3 -m venv "$work/types"
# What is pinned is compiled for this.
if python3 -c 'import platform, sys; sys.exit((sys.version_info[:2], platform.machine()) != ((3, 11), "x86_64"))' &&
    try "$work/types/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
    -r tests/python/types-requirements.txt >"$work/log" 2>&1; then
    "$work/types/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps "$wheel"
    status=0
    (cd tests/python && "$work/types/bin/python" -m mypy --strict --cache-dir "$work/mypy" -p finaut) >"$work/log" 2>&1 || status=$?
    verdict "the_package_is_typed" "$status" "$work/log"
    # Wrong calls in them are marked as such, and a mark that is not needed is an error.
    status=0
    (cd tests/python && "$work/types/bin/python" -m mypy --strict --cache-dir "$work/mypy" $(ls -- *.py | grep -v drop_in)) \
        >"$work/log" 2>&1 || status=$?
    verdict "the_types_tell_right_calls_from_wrong_ones" "$status" "$work/log"
else
    skipped=$((skipped + 2))
    echo "skipped the types: mypy is pinned for Python 3.11 on x86-64 Linux, or cannot be installed"
fi

FINAUT_SOURCE=$PWD
export FINAUT_SOURCE FINAUT_SANDBOX PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1
for python in ${FINAUT_PYTHONS:-python3}; do
    echo "== $("$python" --version)"
    rm -rf "$work/venv"
    status=0
    { "$python" -m venv "$work/venv" && "$work/venv/bin/python" -m pip install --quiet --no-index --no-deps "$wheel"; } \
        >"$work/log" 2>&1 || status=$?
    verdict "the_wheel_is_installed" "$status" "$work/log"
    [ "$status" -eq 0 ] || continue
    start_sandbox
    status=0
    "$work/venv/bin/python" tests/python "$@" >"$work/log" 2>&1 || status=$?
    stop_sandbox
    counts=$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed, \([0-9]*\) skipped$/\1 \2 \3/p' "$work/log")
    grep -v '^[0-9]* passed, [0-9]* failed, [0-9]* skipped$' "$work/log" || true
    passed=$((passed + $(echo "${counts:-0 0 0}" | cut -d' ' -f1)))
    failed=$((failed + $(echo "${counts:-0 0 0}" | cut -d' ' -f2)))
    skipped=$((skipped + $(echo "${counts:-0 0 0}" | cut -d' ' -f3)))
    case $counts in
    '' | *' 0 '*) if [ "$status" -ne 0 ]; then verdict "it ended with status $status" 1; fi ;;
    esac
done
finish
