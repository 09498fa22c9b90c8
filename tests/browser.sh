#!/bin/sh
# Clicks through the sandbox's pages with a real browser (tests/browser): the developer page, and the link flow up to the
# reported course; and looks at the page of a sync's plan.
#
# FINAUT_SCREENSHOTS names a folder for pictures. Arguments run only the tests whose names contain one of them.
set -eu

. "$(dirname "$0")/stage.sh"

if ! has "command -v python3 && command -v chromium && command -v chromedriver" python3 chromium chromium-driver fonts-dejavu-core; then
    skip 1 "all tests in the browser" "Python 3, Chromium or its driver are not there; Debian's python3, chromium, chromium-driver"
    finish
fi
build_library
build_sandbox
need_cargo ", which makes the pages of the made-up nights."
FINAUT_PLAN_PAGES=$work/pages
mkdir "$FINAUT_PLAN_PAGES"
# With xtask, other crates get the features that they have in all tests, and are not built once more.
FINAUT_SHOW_PAGES=$FINAUT_PLAN_PAGES cargo test --quiet --locked -p finaut-core -p xtask --lib -- pages_of_the_nights >"$work/pages.log"
export FINAUT_PLAN_PAGES
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE

python3 tests/browser "$@"
