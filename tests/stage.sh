# What the scripts that run tests have in common: what all begin with (debian.sh), a sandbox of their own, and counting. A script
# reads it in first of all, `. "$(dirname "$0")/stage.sh"`, and is at the repository's top then.
#
# FINAUT_LIB_DIR names a folder with libfinaut.so, and FINAUT_SANDBOX the sandbox's program; without them they are built.

. "$(dirname "$0")/../tests/debian.sh"
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
        # As a part of the workspace: alone, other crates would be built once more, with fewer features.
        cargo build --quiet --locked --workspace --bin finaut-sandbox
        FINAUT_SANDBOX=$target/debug/finaut-sandbox
    fi
    export FINAUT_SANDBOX
}

# copy_tree FOLDER: makes FOLDER/tree a copy of this tree as it is, and FOLDER/build the build folder of what is built there; both stay
# for the next time. Builds of a changed copy are never made in this tree's own folder: Cargo would take them for this tree's. Only
# what differs is written, so that the rest need not be built again, and the crates that are not ours are taken as they were built
# here (their times tell Cargo that they are current; what is missing it builds).
copy_tree() {
    mkdir -p "$1/tree"
    git ls-files --cached --others --exclude-standard | while IFS= read -r file; do
        if [ -f "$file" ]; then echo "./$file"; fi
    done | sort >"$1/files"
    (cd "$1/tree" && find . -type f | sort | comm -13 "$1/files" - | while IFS= read -r file; do rm "$file"; done)
    while IFS= read -r file; do
        if cmp -s "$file" "$1/tree/$file"; then continue; fi
        mkdir -p "$1/tree/${file%/*}"
        cp "$file" "$1/tree/$file"
    done <"$1/files"
    if [ -e "$1/build" ] || [ ! -d "$target/debug/.fingerprint" ]; then return 0; fi
    mkdir -p "$1/build/debug/deps"
    # What says that something was built goes first: it is written last.
    cp -Rp "$target/debug/.fingerprint" "$target/debug/build" "$1/build/debug"
    find "$target/debug/deps" \( -name 'lib*.rlib' -o -name 'lib*.rmeta' -o -name 'lib*.so' -o -name '*.d' \) -exec cp -p {} "$1/build/debug/deps" \;
    for ours in finaut xtask; do
        rm -rf "$1/build/debug/.fingerprint/$ours"* "$1/build/debug/build/$ours"* "$1/build/debug/deps/lib$ours"*
    done
}

# patiently NAME PID COMMAND…: waits until the command succeeds; ends everything if that program ends before.
patiently() {
    name=$1 program=$2
    shift 2
    patience=6000
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

# declared HEADER: the functions that it declares, sorted; comments aside.
declared() {
    gcc -E -P "$1" | tr '\n' ' ' | grep -o 'finaut_[a-z0-9_]* *(' | tr -d ' (' | sort
}
# exported LIBRARY: the functions that a shared library of Linux has for its programs, sorted.
exported() {
    nm -D --defined-only "$1" | awk '{ print $3 }' | sed 's/@.*//' | sort
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
