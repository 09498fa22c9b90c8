#!/bin/sh
# Nights with the real library, the sandbox's program, real HR files and real kills (tests/nights): the named ones, and 100 random ones.
# Arguments go to tests/nights: `sh tests/nights.sh --only two_runs`, `--count 500 --first 1001`. One random night again:
#   FINAUT_NIGHTS_SEED=17 sh tests/nights.sh       with FINAUT_NIGHTS_KEEP=1 what it leaves stays, if it fails
# FINAUT_LIB_DIR and FINAUT_SANDBOX name what was built; without them it is built.
set -eu

# The environment is emptied of our own variables.
nights_seed=${FINAUT_NIGHTS_SEED:-} nights_keep=${FINAUT_NIGHTS_KEEP:-}
. "$(dirname "$0")/stage.sh"

if [ "$(uname -s)" != Linux ] || ! has "python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))'" python3; then
    skip 1 "all nights" "they need Linux, and Python 3.10 or newer; Debian's package python3"
    finish
fi
build_library
build_sandbox

FINAUT_NIGHTS_SEED=$nights_seed FINAUT_NIGHTS_KEEP=$nights_keep
FINAUT_LIBRARY=$FINAUT_LIB_DIR/libfinaut.so
PYTHONPATH=$PWD/bindings/python
PYTHONDONTWRITEBYTECODE=1
export FINAUT_NIGHTS_SEED FINAUT_NIGHTS_KEEP FINAUT_LIBRARY PYTHONPATH PYTHONDONTWRITEBYTECODE

# Without it processes are killed at random moments only.
preload=
if has links gcc libc6-dev; then
    "${CC:-cc}" -shared -fPIC -O1 -Wall -Wextra -Werror -o "$work/dying.so" tests/nights/dying.c -ldl
    preload=$work/dying.so
fi

status=0
LD_PRELOAD=$preload python3 tests/nights "$@" || status=$?
exit "$status"
