#!/bin/sh
# Checks the interface of the built library: the header under every C and C++ that hosts use, and what the shared and the
# static library look like from outside. FINAUT_LIB_DIR names a folder with both; without it they are built (release).
set -eu

. "$(dirname "$0")/stage.sh"
header=include/finaut.h
most_bytes=6606028 # 6.3 MiB; docs/performance.md says what takes how much, and why it is not less

build_library
so=$FINAUT_LIB_DIR/libfinaut.so
archive=$FINAUT_LIB_DIR/libfinaut.a

ok() {
    passed=$((passed + 1))
    echo "ok      $1"
}
bad() {
    failed=$((failed + 1))
    echo "FAILED  $1"
    shift
    for line; do
        printf '%s\n' "$line" | sed 's/^/        /'
    done
}
# header_as COMPILER STANDARD: compiles a file that includes the header twice and does nothing else.
header_as() {
    name="the header is $2"
    if ! command -v "$1" >/dev/null; then
        skip 1 "$name" "no $1; Debian's package $1"
    elif said=$("$1" -std="$2" -Wall -Wextra -pedantic -Werror -Iinclude -fsyntax-only "$work/twice.$3" 2>&1); then
        ok "$name"
    else
        bad "$name" "$said" "Mend src/lib.rs or cbindgen.toml, then: cargo xtask generate"
    fi
}
printf '#include <finaut.h>\n#include <finaut.h>\ntypedef int something;\n' >"$work/twice.c"
cp "$work/twice.c" "$work/twice.cpp"
# Visual C++ 6 has neither <stdint.h> nor long long; a program may bring the types under the same names.
mkdir -p "$work/old"
printf '#error Visual C++ 6 has no <stdint.h>\n' >"$work/old/stdint.h"
for own in "" "-DFINAUT_HAS_STDINT -Dint32_t=int -Duint32_t=unsigned -Dint64_t=long"; do
    name="the header is for Visual C++ 6${own:+, beside types of the program's own}"
    # shellcheck disable=SC2086 # $own is several words
    if said=$(gcc -std=c89 -Wall -Wextra -Werror -D_MSC_VER=1200 -D__int32=int -D__int64=long $own -I"$work/old" -Iinclude -fsyntax-only "$work/twice.c" 2>&1); then
        ok "$name"
    else
        bad "$name" "$said"
    fi
done
for standard in c89 c99 c11 c2x; do
    header_as gcc "$standard" c
done
for standard in c++98 c++17; do
    header_as g++ "$standard" cpp
done

declared "$header" >"$work/declared"
exported "$so" >"$work/exported"
name="$(wc -l <"$work/declared" | tr -d ' ') functions are declared, and exactly those exported"
if difference=$(diff "$work/declared" "$work/exported"); then
    ok "$name"
else
    bad "$name" "$difference" \
        "< is declared only: write it in src/lib.rs, or make the header anew with cargo xtask generate" \
        "> is exported only: a dependency's symbol; build.rs hides them with --exclude-libs,ALL"
fi

number=$(sed -n 's/^#define FINAUT_ABI_VERSION \([0-9]*\)$/\1/p' "$header")
soname=$(readelf -d "$so" | sed -n 's/.*soname: \[\(.*\)\]/\1/p')
if [ -n "$number" ] && [ "$soname" = "libfinaut.so.$number" ]; then
    ok "the soname is $soname, as FINAUT_ABI_VERSION says"
else
    bad "the soname is \"$soname\", FINAUT_ABI_VERSION is \"$number\"" "build.rs makes the one out of the other."
fi

if readelf -d "$so" | grep -q 'FLAGS_1.*NODELETE'; then
    ok "it stays loaded after dlclose (NODELETE)"
else
    bad "the flag NODELETE is missing" "build.rs passes -z nodelete to the linker; fork handlers and thread-locals need it."
fi

if nm -D --undefined-only "$so" | grep -q '_Unwind_RaiseException'; then
    ok "a panic unwinds, so that it can be caught"
else
    bad "a panic would end the host" "Set panic = \"unwind\" in Cargo.toml's [profile.release]."
fi

strip -o "$work/stripped" "$so"
bytes=$(wc -c <"$work/stripped" | tr -d ' ')
if [ "$bytes" -le "$most_bytes" ]; then
    ok "it has $bytes bytes"
else
    bad "it has $bytes bytes, and $most_bytes are enough" "Look what grew: CARGO_PROFILE_RELEASE_STRIP=none cargo library; nm --size-sort -S libfinaut.so"
fi

cat >"$work/static.c" <<'PROGRAM'
#include <finaut.h>
#include <stdio.h>
int main(void)
{
    char *reply = 0;
    finaut_client *client = 0;
    if (finaut_persnr_check("01810050019", &reply) != FINAUT_OK || finaut_abi_version() != FINAUT_ABI_VERSION) {
        return 1;
    }
    finaut_string_free(reply);
    /* Draws in everything that calls need: connections, TLS, state. */
    if (finaut_client_new("{\"host\": \"http://127.0.0.1:1\", \"client_id\": \"a\", \"client_secret\": \"b\"}", &client, &reply)) {
        puts(reply);
        return 2;
    }
    finaut_string_free(reply);
    if (finaut_check(client, "{\"max_wait_s\": 0}", &reply) != FINAUT_E_NETWORK) {
        puts(reply);
        return 3;
    }
    finaut_string_free(reply);
    finaut_client_free(client);
    return 0;
}
PROGRAM
name="the static library links into a C program, which runs"
if [ ! -f "$archive" ]; then
    bad "$name" "$archive is not there; Cargo.toml's crate-type makes it."
elif said=$(gcc -std=c89 -Iinclude "$work/static.c" "$archive" -lpthread -ldl -lm -lrt -lutil -o "$work/static" 2>&1 &&
    "$work/static" 2>&1); then
    ok "$name"
else
    bad "$name" "$said" "What it needs of the system: cargo rustc --release --lib --crate-type staticlib -- --print native-static-libs"
fi

newest=$(nm -D --undefined-only "$so" | sed -n 's/.*@\(GLIBC_[0-9.]*\)$/\1/p' | sort -u -V | tail -n 1)
echo "        (it needs a C library of ${newest:-any age} or newer where it was built)"

finish
