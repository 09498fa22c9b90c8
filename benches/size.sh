#!/bin/sh
# Prints what takes how much of the library, by crate and by section:
#
#   sh benches/size.sh [libfinaut.so with symbols]
#
# Without a path it builds one, in a folder of its own (target/symbols): the release build with its symbols left in. Sizes of functions and
# named data come from the symbol table; what has no name (texts, tables for unwinding, relocations) is counted by section only.
set -eu
. "$(dirname "$0")/../tests/debian.sh"

for tool in nm:binutils readelf:binutils python3:python3; do
    has "command -v ${tool%:*}" "${tool#*:}" || { echo "left out: everything (not there: ${tool%:*})" >&2; exit 0; }
done
library=${1:-}
built=$target
if [ -z "$library" ]; then
    built=$target/symbols
    CARGO_TARGET_DIR=$built CARGO_PROFILE_RELEASE_STRIP=none cargo library --quiet --locked
    library=$built/release/libfinaut.so
fi
python3 benches/size.py "$library" "$built"/release/build/*/out/*.a
