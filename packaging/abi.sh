#!/bin/sh
# Compares the interface with the one that was promised (abi/): sh packaging/abi.sh
#
# abi/finaut-N.symbols lists the functions of interface number N, abi/finaut-N.constants the header's numbers, abi/finaut-N.abi holds
# what the functions take and return as abidw (libabigail) sees them through the header. Whatever was removed or changed fails:
# programs that were compiled before would break. What was added asks for the lists to be renewed: FINAUT_UPDATE=1 sh
# packaging/abi.sh, which refuses to forget anything. A library in target/packaging/unpacked must export what is listed.
# FINAUT_HEADER names another header.
set -eu
. "$(dirname "$0")/../tests/stage.sh"
need gcc gcc
all_there
header=${FINAUT_HEADER:-include/finaut.h}
unpacked=$target/packaging/unpacked

number=$(sed -n 's/^#define FINAUT_ABI_VERSION \([0-9]*\)$/\1/p' "$header")
[ -n "$number" ] || { echo "abi.sh: $header does not define FINAUT_ABI_VERSION as a number" >&2; exit 1; }
symbols=abi/finaut-$number.symbols constants=abi/finaut-$number.constants types=abi/finaut-$number.abi

# A library that has the header's functions and nothing in them: what it looks like from outside depends on the header alone, not on
# a compiler's debugging information. That the true library's functions are the header's is cbindgen's work, and tested elsewhere.
{
    printf '#include "finaut.h"\nextern void abort(void);\n'
    gcc -E -P "$header" | tr '\n' ' ' | tr ';' '\n' | sed -n 's/^.*} *//; s/^ *//; /typedef/d; /finaut_[a-z0-9_]*(/s/$/ { abort(); }/p'
} >"$work/interface.c"
cp "$header" "$work/finaut.h"
declared "$header" >"$work/symbols"
sed -n 's/^#define \(FINAUT_[A-Z0-9_]* .*\)$/\1/p' "$header" | LC_ALL=C sort >"$work/constants"
[ -s "$work/symbols" ] || { echo "abi.sh: no functions were found in $header" >&2; exit 1; }
(cd "$work" && gcc -g -O0 -fPIC -shared -Wall -Werror -Wl,-soname,"libfinaut.so.$number" interface.c -o libfinaut.so)
exported "$work/libfinaut.so" | diff "$work/symbols" - >&2 || { echo "abi.sh: not each function of $header got a body" >&2; exit 1; }

if [ ! -f "$symbols" ] && [ "${FINAUT_UPDATE:-}" != 1 ]; then
    echo "There is no $symbols: interface number $number is new. If it is meant to be, run: FINAUT_UPDATE=1 sh packaging/abi.sh" >"$work/log"
    verdict "interface number $number is known" 1 "$work/log"
    finish
fi
for what in symbols constants; do
    cat "abi/finaut-$number.$what" >"$work/known-$what" 2>/dev/null || :
    LC_ALL=C comm -23 "$work/known-$what" "$work/$what" >"$work/removed"
    { cat "$work/removed"; echo "Programs use these. Bring them back as they were, or count FINAUT_ABI_VERSION up."; } >"$work/log"
    status=0
    [ ! -s "$work/removed" ] || status=1
    verdict "all $(wc -l <"$work/known-$what" | tr -d ' ') $what of interface number $number are there" "$status" "$work/log"
done

if has "command -v abidiff" abigail-tools; then
    (cd "$work" && abidw --no-corpus-path --no-comp-dir-path --no-show-locs --drop-undefined-syms libfinaut.so) >"$work/types"
    if [ -f "$types" ]; then
        status=0
        abidiff --no-added-syms --suppressions abi/opaque.suppr "$types" "$work/types" >"$work/log" 2>&1 || status=$?
        verdict "what they take and return is as it was" "$status" "$work/log"
    fi
else
    skip 1 "what they take and return" "no abidiff; Debian's package abigail-tools"
fi

if [ "${FINAUT_UPDATE:-}" = 1 ]; then
    if [ "$failed" -ne 0 ] || [ ! -f "$work/types" ]; then
        echo "abi/ was not renewed: only what is compared and compatible can be."
        finish
    fi
    cp "$work/symbols" "$symbols"
    cp "$work/constants" "$constants"
    cp "$work/types" "$types"
    echo "renewed $symbols, $constants and $types"
    finish
fi

for what in symbols constants; do
    LC_ALL=C comm -13 "$work/known-$what" "$work/$what" >"$work/added"
    { cat "$work/added"; echo "These are new. If they are meant to stay for ever, run: FINAUT_UPDATE=1 sh packaging/abi.sh"; } >"$work/log"
    status=0
    [ ! -s "$work/added" ] || status=1
    verdict "there are no $what that abi/finaut-$number.$what does not list" "$status" "$work/log"
done

for library in "$unpacked"/finaut-*-linux-*/lib/libfinaut.so; do
    [ -e "$library" ] || continue
    exported "$library" >"$work/exported"
    status=0
    diff "$symbols" "$work/exported" >"$work/log" || status=1
    folder=${library%/lib/*}
    verdict "${folder##*/} exports what is listed" "$status" "$work/log"
done
finish
