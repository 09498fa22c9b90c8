#!/bin/sh
# Builds the sandbox's wheel, installs it into a clean environment, and runs its tests (tests/sandbox) from there. (What the sandbox
# itself promises is in sandbox/tests and tests/browser.)
#
# FINAUT_PYTHONS lists the Pythons to test with (python3). Arguments run only the tests whose names contain one of them.
set -eu

. "$(dirname "$0")/stage.sh"

if ! has "python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))'" python3 python3-venv; then
    skip 1 "all tests of the sandbox's wheel" "there is no Python 3.10 or newer with venv; Debian's packages python3, python3-venv"
    finish
fi
build_sandbox

status=0
wheel=$(sh sandbox/python/wheel.sh "$work" 2>"$work/log") || status=$?
verdict "the_wheel_is_built" "$status" "$work/log"
[ "$status" -eq 0 ] || finish
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
status=0
case ${wheel##*/} in finaut_sandbox-"$version"-py3-none-*.whl) ;; *) status=1 ;; esac
verdict "the_wheel_has_the_projects_version" "$status"
# What finaut[sandbox] asks for is this package, of this or a later version.
status=0
grep -qxF "sandbox = [\"finaut-sandbox>=$version\"]" bindings/python/pyproject.toml || status=1
verdict "finauts_extra_asks_for_it" "$status" bindings/python/pyproject.toml

FINAUT_SOURCE=$PWD
unset FINAUT_SANDBOX # the wheel's own is meant
export FINAUT_SOURCE PYTHONDONTWRITEBYTECODE=1
for python in ${FINAUT_PYTHONS:-python3}; do
    rm -rf "$work/venv"
    status=0
    { "$python" -m venv "$work/venv" &&
        "$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps "$wheel"; } >"$work/log" 2>&1 || status=$?
    verdict "the_wheel_is_installed" "$status" "$work/log"
    [ "$status" -eq 0 ] || continue
    run "tests/sandbox" "$work/venv/bin/python" tests/sandbox "$@"
done
finish
