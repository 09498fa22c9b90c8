#!/bin/sh
# Applies mutants (tests/mutants/*.patch: small faults of a store, or of the sync's planner) to a copy of the tree, one at a time, and
# demands that the test that each names fails. Its line "Of:" says which tests that is one of; without it, of the contract's.
# A patch that no longer applies is a failure, as is a mutant that survives or does not compile.
#   sh tests/mutants.sh [all | NAME…]      without arguments: four of them, and whether all the patches apply
set -eu

. "$(dirname "$0")/stage.sh"

names() { (cd "$top/tests/mutants" && ls ./*.patch ./*/*.patch | sed 's|^\./||; s|\.patch$||'); }
case ${1:-} in
'') set -- settlement-without-age lease-of-any-holder creation-not-kept sync-absence-by-one-file ;;
all) set -- $(names) ;;
esac

# The copy is no part of this repository, though it lies in its folder.
copy=$target/mutants
GIT_CEILING_DIRECTORIES=$copy
CARGO_PROFILE_DEV_DEBUG=0
export GIT_CEILING_DIRECTORIES CARGO_PROFILE_DEV_DEBUG
# tests_of WHICH ARGUMENT…: tests of the copy. With xtask, other crates get the features that they have in all tests, and are not built
# once more; of xtask itself nothing is built, because it has neither a library nor such tests.
contract="--package finaut-core --test contract"
tests_of() {
    which=$1
    shift
    # The words of WHICH are arguments of their own.
    # shellcheck disable=SC2086
    (cd "$copy/tree" && CARGO_TARGET_DIR=$copy/build cargo test --quiet --locked --package xtask $which "$@")
}

copy_tree "$copy"
status=0
for name in $(names); do
    (cd "$copy/tree" && git apply --check -p1 "$top/tests/mutants/$name.patch") || status=1
done >"$work/log" 2>&1
verdict "each_patch_applies" "$status" "$work/log"

status=0
tests_of "$contract" >"$work/log" 2>&1 || status=$?
verdict "without_a_mutant_every_test_passes" "$status" "$work/log"
[ "$status" -eq 0 ] || finish

for name; do
    patch=$top/tests/mutants/$name.patch
    test=$(sed -n 's/^Caught by: //p' "$patch" 2>/dev/null || true)
    of=$(sed -n 's/^Of: //p' "$patch" 2>/dev/null || true)
    of=${of:-$contract}
    if [ -z "$test" ]; then
        echo "There is no such mutant, or it names no test." >"$work/log"
        verdict "$name" 1 "$work/log"
        continue
    fi
    copy_tree "$copy"
    if ! { (cd "$copy/tree" && git apply -p1 "$patch") && tests_of "$of" --no-run; } >"$work/log" 2>&1; then
        verdict "$name applies and compiles" 1 "$work/log"
        continue
    fi
    tests_of "$of" -- --exact "$test" >"$work/log" 2>&1 || true
    status=0
    grep -q "1 failed" "$work/log" || status=1
    verdict "$name is caught by $test" "$status" "$work/log"
done
copy_tree "$copy"
finish
