# What the scripts that run tests have in common: where things are built, a sandbox of their own, and counting. A script reads it in first of all, `. "$(dirname "$0")/stage.sh"`, and is at the repository's top then.
#
# FINAUT_LIB_DIR names a folder with libfinaut.so, and FINAUT_SANDBOX the sandbox's program; without them they are built.

case ${CARGO_TARGET_DIR:=} in
'' | /*) ;;
*) CARGO_TARGET_DIR=$PWD/$CARGO_TARGET_DIR ;;
esac
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}
export CARGO_TARGET_DIR="$target"
. tests/debian.sh
. packaging/needs.sh

started=
work=$(mktemp -d)
tidy_up() {
    stop $started
    rm -rf "$work"
}
trap tidy_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# stop PID…: ends what this script has started.
stop() {
    for program; do
        kill "$program" 2>/dev/null || true
        wait "$program" 2>/dev/null || true
    done
}

build_library() {
    if [ -z "${FINAUT_LIB_DIR:-}" ]; then
        need_cargo ", or name a library that is built: FINAUT_LIB_DIR=FOLDER."
        cargo library --quiet --locked
        FINAUT_LIB_DIR=$target/release
    fi
    FINAUT_LIB_DIR=$(cd "$FINAUT_LIB_DIR" && pwd)
    export FINAUT_LIB_DIR
}
build_sandbox() {
    if [ -z "${FINAUT_SANDBOX:-}" ]; then
        need_cargo ", or name the sandbox's program: FINAUT_SANDBOX=FILE."
        cargo build --quiet --locked -p finaut-sandbox
        FINAUT_SANDBOX=$target/debug/finaut-sandbox
    fi
    export FINAUT_SANDBOX
}

# patiently NAME PID COMMAND…: waits until the command succeeds; ends everything if that program ends before.
patiently() {
    name=$1 program=$2
    shift 2
    patience=600
    while ! "$@"; do
        if [ "$patience" -eq 0 ] || ! kill -0 "$program" 2>/dev/null; then
            echo "$name did not start; it says:"
            cat "$work/$name.log"
            exit 1
        fi
        patience=$((patience - 1))
        sleep 0.1
    done
}

# start_sandbox NAME OPTION…: its URL is then in the file $work/NAME, and its process in $!. Room for all requests, of tests that
# hang as well; those that are about the throttle set a narrow one in their own clients.
start_sandbox() {
    build_sandbox
    rm -f "$work/$1"
    name=$1
    shift
    "$FINAUT_SANDBOX" --port 0 --throttle 1000000000/3600 --quiet --ready-file "$work/$name" "$@" >"$work/$name.log" 2>&1 &
    started="$started $!"
    patiently "$name" $! test -s "$work/$name"
}
# What programs find in their environment: a sandbox, and how to be let in.
use_sandbox() {
    start_sandbox sandbox
    FINAUT_API_HOST=$(cat "$work/sandbox")
    FINAUT_CLIENT_ID=sandbox-client
    FINAUT_CLIENT_SECRET=sandbox-secret
    export FINAUT_API_HOST FINAUT_CLIENT_ID FINAUT_CLIENT_SECRET
}
# One more, over TLS.
use_tls_sandbox() {
    start_sandbox tls-sandbox --tls --ca-file "$work/ca.pem"
    FINAUT_TLS_HOST=$(cat "$work/tls-sandbox")
    FINAUT_TLS_CA=$work/ca.pem
    export FINAUT_TLS_HOST FINAUT_TLS_CA
}

passed=0 failed=0 skipped=0 broken=

# Sets $took to the seconds since it was asked last, as words, where they are many.
last=$(date +%s)
measure() {
    now=$(date +%s)
    took=
    if [ $((now - last)) -ge 5 ]; then took=" ($((now - last)) s)"; fi
    last=$now
}

# verdict NAME STATUS [FILE]: one test; a failure shows the file.
verdict() {
    measure
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
        echo "ok      $1$took"
    else
        failed=$((failed + 1))
        broken="$broken
        $1"
        echo "FAILED  $1$took"
        if [ -n "${3:-}" ]; then tail -n 80 "$3" | sed 's/^/        /'; fi
    fi
}
# skip COUNT NAME WHY
skip() {
    skipped=$((skipped + $1))
    echo "skipped $2 ($3)"
}
# add_up NAME STATUS: what a program that counts its tests itself has said in $work/log. It has failed as well if it ended badly
# without counting why, or did not count.
add_up() {
    name=$1 status=$2
    set -- $(tr -d '\r' <"$work/log" | sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed\(, \([0-9]*\) skipped\)\{0,1\}$/\1 \2 \4/p' | tail -n 1)
    passed=$((passed + ${1:-0})) failed=$((failed + ${2:-0})) skipped=$((skipped + ${3:-0}))
    [ "${2:-0}" -eq 0 ] || broken="$broken
        $name ($2)"
    if [ $# -eq 0 ] || { [ "$2" -eq 0 ] && [ "$status" -ne 0 ]; }; then
        verdict "$name ended with status $status, and not by its own count" 1
    fi
}
# run NAME COMMAND…: such a program, all of whose tests are shown.
run() {
    name=$1
    echo "== $name"
    shift
    status=0
    "$@" >"$work/log" 2>&1 || status=$?
    grep -v '^[0-9]* passed, [0-9]* failed' "$work/log" || true
    measure
    [ -z "$took" ] || echo "       $took"
    add_up "$name" "$status"
}
# The last line, as the one who runs several scripts adds them up; before it, once more, what is to be looked for above.
finish() {
    [ -z "$broken" ] || echo "Broken:$broken"
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
    exit
}
