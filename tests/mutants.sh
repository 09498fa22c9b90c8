#!/bin/sh
# Applies mutants (tests/mutants/*.patch: small faults of a store) to a copy of the tree, one at a time, and demands that the contract
# test that each names fails. A patch that no longer applies is a failure, as is a mutant that survives or does not compile.
#   sh tests/mutants.sh [all | NAME…]      without arguments: three of them
set -u
cd "$(dirname "$0")/.."
root=$PWD
copy=$root/target/mutants/tree
# Shared by all mutants, so that only what a mutant changes is built again; never with other builds: cargo would take a mutant's library
# for theirs.
CARGO_TARGET_DIR=$root/target/mutants/build
# The copy is no part of this repository, though it lies in its folder.
GIT_CEILING_DIRECTORIES=$root/target/mutants
CARGO_PROFILE_DEV_DEBUG=0
export CARGO_TARGET_DIR GIT_CEILING_DIRECTORIES CARGO_PROFILE_DEV_DEBUG
unset FINAUT_CONTRACT FINAUT_ALONE

case ${1:-} in
    '') set -- settlement-without-age lease-of-any-holder creation-not-kept ;;
    all) set -- $(cd tests/mutants && ls ./*.patch | sed 's|^\./||; s|\.patch$||') ;;
esac

mkdir -p "$copy"
passed=0 failed=0

fails() { failed=$((failed + 1)); echo "FAILED: $1: $2"; }

# The tree as it is, whatever a mutant before left. Only what differs is written, so that the rest need not be built again.
refresh() {
    git ls-files -co --exclude-standard | while IFS= read -r file; do
        [ -f "$file" ] || continue
        cmp -s "$file" "$copy/$file" && continue
        mkdir -p "$copy/$(dirname "$file")"
        cp "$file" "$copy/$file"
    done
}

contract() { (cd "$copy" && cargo test --quiet --locked -p finaut-core --test contract "$@" 2>&1); }

refresh
if ! said=$(contract -- --skip fork); then
    echo "$said" | tail -n 40
    echo "The suite fails without any mutant."
    exit 1
fi
for name; do
    patch=tests/mutants/$name.patch
    test=$(sed -n 's/^Caught by: //p' "$patch" 2>/dev/null)
    [ -n "$test" ] || { fails "$name" "there is no such mutant, or it names no test"; continue; }
    refresh
    if ! (cd "$copy" && git apply -p1 "$root/$patch" 2>&1); then
        fails "$name" "the patch does not apply"
        continue
    fi
    if ! (cd "$copy" && cargo test --quiet --locked -p finaut-core --test contract --no-run 2>&1) >"$copy/../said"; then
        cat "$copy/../said"
        fails "$name" "it does not compile"
        continue
    fi
    said=$(contract -- --exact "$test")
    case $said in
        *"1 failed"*) passed=$((passed + 1)); echo "caught: $name, by $test" ;;
        *) echo "$said" | tail -n 10; fails "$name" "$test does not fail" ;;
    esac
done
refresh
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
