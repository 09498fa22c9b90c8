#!/bin/sh
# Clicks through the sandbox's pages with a real browser (tests/browser): the developer page, and the link flow up to the
# reported course.
#
# FINAUT_LIB_DIR names a folder with libfinaut.so, and FINAUT_SANDBOX the sandbox's program; without them they are built.
# FINAUT_SCREENSHOTS names a folder for pictures. Arguments run only the tests whose names contain one of them.
set -eu

case ${CARGO_TARGET_DIR:=} in
'' | /*) ;;
*) CARGO_TARGET_DIR=$PWD/$CARGO_TARGET_DIR ;;
esac
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-$PWD/target}
export CARGO_TARGET_DIR="$target"

if [ -z "${FINAUT_LIB_DIR:-}" ]; then
    cargo library --quiet --locked
    FINAUT_LIB_DIR=$target/release
fi
if [ -z "${FINAUT_SANDBOX:-}" ]; then
    cargo build --quiet --locked -p finaut-sandbox
    FINAUT_SANDBOX=$target/debug/finaut-sandbox
fi
export FINAUT_LIB_DIR FINAUT_SANDBOX PYTHONDONTWRITEBYTECODE=1

has_all() { command -v python3 && command -v chromium && command -v chromedriver; } >/dev/null 2>&1

install() {
    apt-get update -qq &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 chromium chromium-driver \
            fonts-dejavu-core
}

# Mirrors are at times in the middle of a sync.
if ! has_all && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    for pause in 5 20 60 0; do
        if install >/dev/null 2>&1; then break; fi
        sleep "$pause"
    done
fi
if ! has_all; then
    echo "skipped all tests in the browser: Python 3, Chromium or its driver are not there (Debian's python3, chromium, chromium-driver)"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi

exec python3 tests/browser "$@"
