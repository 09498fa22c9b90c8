#!/bin/sh
# Shows the library at work: builds it and the sandbox, lets an invented person be hired by an invented bank
# (examples/c/onboard.c), receives what changed (examples/c/inbox.c), and plans a night from a bank's HR file (examples/c/first_night.c).
# Needs cargo and a C compiler; sends nothing beyond this machine.
set -eu

# 1 January 2000 with month + 80: a synthetic number, of a year in which nobody of the sandbox's own people was born.
persnr=01810050019

. "$(dirname "$0")/../tests/debian.sh"

missing() {
    echo "demo: $1 is missing; get it with: $2" >&2
    exit 1
}
command -v cargo >/dev/null || missing "cargo (Rust)" "apt install curl && curl https://sh.rustup.rs -sSf | sh"
cc=${CC:-cc}
has links gcc libc6-dev || missing "$cc (a C compiler that links programs)" "apt install gcc libc6-dev"

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

headline() {
    printf '\n== %s\n' "$*"
}

headline "Building the library and the sandbox (the first time takes some minutes)"
cargo library --quiet --locked
cargo build --quiet --locked --workspace --bin finaut-sandbox

headline "Compiling examples/c/onboard.c, inbox.c and first_night.c"
# Programs ask for the library by its soname, as an installed one would be found.
ln -s "$target/release/libfinaut.so" "$work/libfinaut.so.1"
for program in onboard inbox first_night; do
    "$cc" -std=c89 -Iinclude "examples/c/$program.c" -L"$work" -l:libfinaut.so.1 -Wl,-rpath,"$work" -o "$work/$program"
done

headline "Starting the sandbox"
# Where examples/c/inbox.c is going to listen; the sandbox tries until it does.
free_port
listen=127.0.0.1:$port
WEBHOOK_SECRET=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
"$target/debug/finaut-sandbox" --port 0 --webhook "http://$listen/finaut/webhook/$WEBHOOK_SECRET" --ready-file "$work/ready" >"$work/sandbox.log" 2>&1 &
sandbox=$!
patience=1200
while [ ! -s "$work/ready" ]; do
    if [ "$patience" -eq 0 ] || ! kill -0 "$sandbox" 2>/dev/null; then
        echo "demo: the sandbox did not start; it says:" >&2
        cat "$work/sandbox.log" >&2
        exit 1
    fi
    patience=$((patience - 1))
    sleep 0.1
done
FINAUT_API_HOST=$(cat "$work/ready")
FINAUT_CLIENT_ID=sandbox-client
FINAUT_CLIENT_SECRET=sandbox-secret
export FINAUT_API_HOST FINAUT_CLIENT_ID FINAUT_CLIENT_SECRET WEBHOOK_SECRET
echo "It listens at $FINAUT_API_HOST and knows 250 invented people."

headline "Hiring somebody"
status=0
"$work/onboard" "$persnr" || status=$?

headline "Receiving what changed"
[ "$status" -ne 0 ] || "$work/inbox" "$work/state" "$listen" 4 || status=$?

headline "Planning a night: what would have to change so that FinAut follows examples/sync/bank.csv"
cp examples/sync/bank.json examples/sync/bank.csv examples/sync/exceptions.csv "$work"
touch -d '1 hour ago' "$work/bank.csv" # a file that was just written is waited for until it stands still
page=$target/planned-night.html
if [ "$status" -eq 0 ]; then
    "$work/first_night" "$work/bank.json" "$work/night" "$page" || status=$?
    echo "Nothing of it is done: a person looks at the page first, $page"
fi

headline "What the sandbox saw of it"
# Requests come as lines that begin with the time; before them the sandbox introduces itself.
grep '^[0-2][0-9]:' "$work/sandbox.log" || true
exit "$status"
