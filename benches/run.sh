#!/bin/sh
# Measures the library against its peer (libcurl and cJSON by hand) and prints the tables that docs/performance.md shows:
#
#   sh benches/run.sh            everything, in about five minutes
#   sh benches/run.sh get list   these rows only: get get-tls list walk fresh short cold threads create throttle size
#
# It fails nothing: what is missing is said, and its row left out. As root of a Debian it installs what it needs (Debian's packages
# gcc, libc6-dev, libcurl4-openssl-dev, libcjson-dev, libssl-dev, zlib1g-dev, openssl, valgrind, strace, util-linux, python3).
# FINAUT_LIB_DIR names a folder with a library that is built; else the release build is made. FINAUT_BENCH_QUICK=1 takes a tenth of
# the blocks: for a look, not for a figure.
set -eu
FINAUT_BENCH_QUICK=${FINAUT_BENCH_QUICK:-}
quick=$FINAUT_BENCH_QUICK

. "$(dirname "$0")/../tests/debian.sh"

missing() { echo "left out: $1 (not there: $2)" >&2; }
has "command -v python3" python3 || { missing everything python3; exit 0; }
has links gcc libc6-dev || { missing everything "a C compiler"; exit 0; }
if [ -z "${FINAUT_LIB_DIR:-}" ]; then
    command -v cargo >/dev/null || { missing everything "cargo (Rust)"; exit 0; }
    cargo library --quiet --locked
    FINAUT_LIB_DIR=$target/release
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$FINAUT_LIB_DIR/libfinaut.so" "$work/libfinaut.so.1"

# includes HEADER LIBRARY…: whether a program with it compiles and links.
includes() {
    header=$1
    shift
    printf '#include <stddef.h>\n#include <%s>\nint main(void) { return 0; }\n' "$header" | cc -x c - -o "$work/try" "$@" 2>/dev/null
}
has "includes openssl/ssl.h -lssl -lcrypto" libssl-dev && has "includes zlib.h -lz" zlib1g-dev ||
    { missing everything "OpenSSL's and zlib's headers, for the server"; exit 0; }
cc -std=gnu99 -O2 -Wall -Wextra -Werror -o "$work/server" benches/server.c -lssl -lcrypto -lz -lpthread
cc -std=gnu99 -O2 -Wall -Wextra -Werror -Iinclude -Ibenches -o "$work/finaut" benches/finaut.c -L"$work" -l:libfinaut.so.1 -lpthread \
    -Wl,-rpath,"$work"
if has "includes curl/curl.h -lcurl" libcurl4-openssl-dev && has "includes cjson/cJSON.h -lcjson" libcjson-dev; then
    cc -std=gnu99 -O2 -Wall -Wextra -Werror -Ibenches -o "$work/libcurl" benches/peers/libcurl.c -lcurl -lcjson
else
    missing "the peer's figures" "libcurl4-openssl-dev or libcjson-dev"
fi
has "command -v valgrind" valgrind || missing instructions valgrind
has "command -v strace" strace || missing "system calls" strace
has "command -v taskset" util-linux || missing "figures on one core" taskset

# An authority for this run alone, and the server's certificate by it.
if has "command -v openssl" openssl; then
    {
        key="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
        openssl req -x509 $key -days 2 -subj "/CN=bench root" -addext basicConstraints=critical,CA:TRUE -keyout "$work/ca.key" -out "$work/ca.pem"
        openssl req $key -subj "/CN=127.0.0.1" -keyout "$work/server.key" -out "$work/server.csr"
        echo subjectAltName=IP:127.0.0.1,DNS:localhost >"$work/server.ext"
        openssl x509 -req -in "$work/server.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial -days 2 \
            -extfile "$work/server.ext" -out "$work/server.pem"
    } >"$work/openssl.log" 2>&1 || { cat "$work/openssl.log" >&2; rm -f "$work/server.pem"; }
fi
[ -e "$work/server.pem" ] || missing "everything over TLS" openssl

# State files are measured where the build is: on a disk, which /tmp may not be.
mkdir -p "$target/bench-state"
trap 'rm -rf "$work" "$target/bench-state"' EXIT
FINAUT_BENCH_QUICK=$quick python3 benches/run.py "$work" "$target/bench-state" "$@"
