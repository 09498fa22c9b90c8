#!/bin/sh
# Builds the Python wheel, installs it into a clean environment, and runs the Python tests (tests/python) from there.
#
# FINAUT_PYTHONS lists the Pythons to test with (python3). Arguments run only the tests whose names contain one of them.
set -eu

. "$(dirname "$0")/stage.sh"

if ! has "python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))'" python3 python3-venv; then
    skip 1 "all Python tests" "there is no Python 3.10 or newer with venv; Debian's packages python3, python3-venv"
    finish
fi
build_library
build_sandbox

echo "== the wheel"
status=0
wheel=$(sh bindings/python/wheel.sh 2>"$work/log") || status=$?
verdict "the_wheel_is_built" "$status" "$work/log"
[ "$status" -eq 0 ] || finish
case $wheel in
"$PWD"/dist/finaut-[0-9]*-py3-none-*.whl) git check-ignore --quiet "$wheel" || status=$? ;;
*) status=1 ;;
esac
echo "$wheel" >"$work/log"
verdict "it_is_where_and_what_the_readme_says_and_git_ignores_it" "$status" "$work/log"

echo "== types"
python3 -m venv "$work/types"
# What is pinned is compiled for this.
if python3 -c 'import platform, sys; sys.exit((sys.version_info[:2], platform.machine()) != ((3, 11), "x86_64"))' &&
    try "$work/types/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
    -r tests/python/types-requirements.txt >"$work/log" 2>&1; then
    "$work/types/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps "$wheel"
    status=0
    (cd tests/python && "$work/types/bin/python" -m mypy --strict --cache-dir "$work/mypy" -p finaut) >"$work/log" 2>&1 || status=$?
    verdict "the_package_is_typed" "$status" "$work/log"
    # Wrong calls in them are marked as such, and a mark that is not needed is an error.
    status=0
    (cd tests/python && "$work/types/bin/python" -m mypy --strict --cache-dir "$work/mypy" $(ls -- *.py | grep -v drop_in)) \
        >"$work/log" 2>&1 || status=$?
    verdict "the_types_tell_right_calls_from_wrong_ones" "$status" "$work/log"
    # typed NAME COMMAND…: what a checker says of right and wrong uses, line by line.
    typed() {
        status=0
        "$work/types/bin/python" tests/python/typed.py "$@" >"$work/log" 2>&1 || status=$?
        verdict "each_wrong_use_is_refused_by_$1_and_no_right_one" "$status" "$work/log"
    }
    typed mypy "$work/types/bin/python" -m mypy --strict --cache-dir "$work/mypy"
    if pyright=$(sh tests/fetch.sh pyright 2>"$work/pyright") && has "command -v node" nodejs; then
        typed pyright node "$pyright/index.js" --outputjson --pythonpath "$work/types/bin/python"
    else
        skip 1 "the types by pyright" "it could not be had: $(tail -n 1 "$work/pyright"); or there is no node, Debian's package nodejs"
    fi
else
    skip 4 "the types" "mypy is pinned for Python 3.11 on x86-64 Linux, or cannot be installed"
fi

echo "== packed programs"
python3 -m venv "$work/pack"
# packed onedir|onefile PROGRAM: packs a program, moves it to where nothing else is, and runs it there.
packed() {
    rm -rf "$work/packed" "$work/moved"
    (cd "$work" && unset PYTHONPATH && "$work/pack/bin/pyinstaller" --noconfirm --log-level ERROR "--$1" --distpath "$work/packed" --workpath "$work/packing" \
        --specpath "$work" "$OLDPWD/tests/python/packed.py") || return 1
    mv "$work/packed" "$work/moved"
    [ "$("$work/moved/$2")" = "sandbox-client libfinaut.so.1" ]
}
if [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] && command -v objdump >/dev/null &&
    try "$work/pack/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
    -r tests/python/pack-requirements.txt >"$work/log" 2>&1; then
    "$work/pack/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps "$wheel"
    use_sandbox
    for how in "onedir packed/packed" "onefile packed"; do
        status=0
        packed $how >"$work/log" 2>&1 || status=$?
        if grep -q "Python library not found\|built without a shared library" "$work/log"; then
            skip 1 "a program packed as ${how%% *} has the library" "this Python has no shared library, which PyInstaller packs; Debian's package libpython3-dev"
        else
            verdict "a_program_packed_as_${how%% *}_has_the_library" "$status" "$work/log"
        fi
    done
    stop $started
    started=
else
    skip 2 "packed programs" "PyInstaller is pinned for x86-64 Linux, or cannot be installed, or objdump is not there; Debian's package binutils"
fi

FINAUT_SOURCE=$PWD
export FINAUT_SOURCE PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1
for python in ${FINAUT_PYTHONS:-python3}; do
    echo "== $("$python" --version)"
    rm -rf "$work/venv"
    status=0
    { "$python" -m venv "$work/venv" && "$work/venv/bin/python" -m pip install --quiet --no-index --no-deps "$wheel"; } \
        >"$work/log" 2>&1 || status=$?
    verdict "the_wheel_is_installed" "$status" "$work/log"
    [ "$status" -eq 0 ] || continue
    # Without it the tests of the schema are skipped.
    try "$work/venv/bin/python" -m pip install --quiet --require-hashes -r tests/python/schema-requirements.txt >"$work/log" 2>&1 || true
    use_sandbox
    run "tests/python" "$work/venv/bin/python" tests/python "$@"
    stop $started
    started=
done
finish
