#!/bin/sh
# What a new operation costs: a copy of the tree gets tests/new_operation/franchises.patch, which adds `franchises.list` by hand,
# is generated anew and built, without network. The patch may touch three files at most, and every language must have the operation
# afterwards, in files that its compiler takes.
#
# When the patch no longer fits, make it anew: write franchises.list by hand in this tree (its row in the catalogue, its function,
# its path at the server), then
#     git diff -U2 -- core >tests/new_operation/franchises.patch && git checkout core
set -eu

. "$(dirname "$0")/stage.sh"
patch=$top/tests/new_operation/franchises.patch
most_files=3

copy=$target/new-operation
copy_tree "$copy"
cd "$copy/tree"
export CARGO_TARGET_DIR="$copy/build"
# Nobody debugs it.
export CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0
# All crates are there after `cargo fetch`.
export CARGO_NET_OFFLINE=true
# xtask ARGUMENT…: as `cargo xtask`, but built as a part of the whole workspace, as the other crates were.
xtask() { cargo build --quiet --locked --workspace --bin xtask && "$CARGO_TARGET_DIR/debug/xtask" "$@"; }

status=0
GIT_CEILING_DIRECTORIES=$copy git apply "$patch" >"$work/log" 2>&1 || status=$?
verdict "the_patch_fits" "$status" "$work/log"
[ "$status" -eq 0 ] || finish

sed -n 's/^+++ b\///p' "$patch" >"$work/by_hand"
number=$(wc -l <"$work/by_hand" | tr -d ' ')
status=0
[ "$number" -le "$most_files" ] || status=1
verdict "an_operation_is_written_in_at_most_${most_files}_files: $number" "$status" "$work/by_hand"

status=0
xtask generate --check >"$work/log" 2>&1 || status=$?
grep -q 'cargo xtask generate' "$work/log" && [ "$status" -eq 1 ] && status=0 || status=1
verdict "the_check_says_what_is_not_current_and_what_mends_it" "$status" "$work/log"

status=0
xtask generate >"$work/generated" 2>&1 || status=$?
verdict "the_generator_runs" "$status" "$work/generated"
# A file of the patch that the generator writes would be no file by hand.
status=0
sed 's/ is new$//' "$work/generated" | grep -F -x -f "$work/by_hand" >"$work/log" && status=1
verdict "no_file_of_the_patch_is_generated" "$status" "$work/log"

status=0
cargo check --quiet --locked --workspace --lib >"$work/log" 2>&1 || status=$?
verdict "it_builds" "$status" "$work/log"
status=0
xtask generate --check >"$work/log" 2>&1 || status=$?
verdict "everything_is_current_then" "$status" "$work/log"

# has_it FILE TEXT
has_it() {
    status=0
    grep -q -F -e "$2" "$1" || status=1
    verdict "${1}_has_it" "$status"
}
has_it include/finaut.h 'finaut_franchises_list('
has_it src/operation.rs 'finaut_franchises_list('
has_it bindings/cpp/finaut.hpp 'class franchises_operations'
has_it bindings/python/finaut/groups.py '@operation("franchises.list")'
has_it bindings/csharp/src/Operations.cs 'public FranchisesOperations Franchises'
has_it bindings/csharp/src/IOperations.cs 'IFranchisesOperations Franchises'
has_it tests/c/operations.h "OPERATION(franchises_list)"
has_it tests/cpp/operations.hpp "franchises.list"
has_it docs/operations.md '`franchises.list`'

# compiles LANGUAGE COMMAND…: what was generated is no text that only looks like the language.
compiles() {
    name=$1
    shift
    status=0
    "$@" >"$work/log" 2>&1 || status=$?
    verdict "it_compiles_as_$name" "$status" "$work/log"
}
printf '#include <finaut.h>\n#include "operations.h"\nint operations_there(void) { return OPERATIONS[0].call != 0; }\n' >"$work/header.c"
compiles C cc -std=c99 -Wall -Werror -Iinclude -Itests/c -fsyntax-only "$work/header.c"
if command -v g++ >/dev/null; then
    compiles C++ g++ -std=c++11 -Wall -Werror -Iinclude -Ibindings/cpp -fsyntax-only tests/cpp/operations.cpp
else
    skip 1 it_compiles_as_C++ "no g++; Debian's package g++"
fi
if command -v python3 >/dev/null; then
    compiles Python python3 -m compileall -q bindings/python/finaut
else
    skip 1 it_compiles_as_Python "no Python; Debian's package python3"
fi
if command -v mcs >/dev/null; then
    compiles C# mcs -langversion:7.2 -target:library -out:"$work/Finaut.Client.dll" bindings/csharp/src/*.cs
else
    skip 1 it_compiles_as_C# "no mcs; Debian's package mono-mcs"
fi
finish
