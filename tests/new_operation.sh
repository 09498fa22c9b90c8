#!/bin/sh
# What a new operation costs: a copy of the tree gets tests/new_operation/franchises.patch, which adds `franchises.list` by hand,
# is generated anew and built. The patch may touch three files at most, and every language must have the operation afterwards.
#
# When the patch no longer fits, make it anew: write franchises.list by hand in this tree (its row in the catalogue, its function,
# its path at the server), then
#     git diff -U2 -- core >tests/new_operation/franchises.patch && git checkout core
set -eu

. "$(dirname "$0")/stage.sh"
patch=$PWD/tests/new_operation/franchises.patch
most_files=3

# The copy has builds of its own, which stay for the next time: cargo would take the copy's for this tree's.
copy=$target/new-operation/copy
export CARGO_TARGET_DIR="$target/new-operation/target"
# Nobody debugs it.
export CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0
rm -rf "$copy"
mkdir -p "$copy"
git ls-files --cached --others --exclude-standard | while read -r file; do
    if [ -e "$file" ]; then echo "$file"; fi
done | tar -cf - -T - | tar -xf - -C "$copy"
cd "$copy"

status=0
GIT_CEILING_DIRECTORIES=$target/new-operation git apply "$patch" >"$work/log" 2>&1 || status=$?
verdict "the_patch_fits" "$status" "$work/log"
[ "$status" -eq 0 ] || finish

sed -n 's/^+++ b\///p' "$patch" >"$work/by_hand"
number=$(wc -l <"$work/by_hand" | tr -d ' ')
status=0
[ "$number" -le "$most_files" ] || status=1
verdict "an_operation_is_written_in_at_most_${most_files}_files: $number" "$status" "$work/by_hand"

status=0
cargo xtask generate --check >"$work/log" 2>&1 || status=$?
grep -q 'cargo xtask generate' "$work/log" && [ "$status" -eq 1 ] && status=0 || status=1
verdict "the_check_says_what_is_not_current_and_what_mends_it" "$status" "$work/log"

status=0
cargo xtask generate >"$work/generated" 2>&1 || status=$?
verdict "the_generator_runs" "$status" "$work/generated"
# A file of the patch that the generator writes would be no file by hand.
status=0
sed 's/ is new$//' "$work/generated" | grep -F -x -f "$work/by_hand" >"$work/log" && status=1
verdict "no_file_of_the_patch_is_generated" "$status" "$work/log"

status=0
cargo check --quiet --locked -p finaut >"$work/log" 2>&1 || status=$?
verdict "it_builds" "$status" "$work/log"
status=0
cargo xtask generate --check >"$work/log" 2>&1 || status=$?
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
has_it tests/c/operations.h "OPERATION(franchises_list)"
has_it tests/cpp/operations.hpp "franchises.list"
has_it README.md '`franchises.list`'
finish
