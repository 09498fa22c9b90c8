#!/bin/sh
# Builds the wheel, with the shared library in it, and prints its path: sh bindings/python/wheel.sh [FOLDER]. Without a FOLDER it is the
# repository's dist, which git ignores.
#
# FINAUT_LIB_DIR names a folder with libfinaut.so; without it the library is built. Or FINAUT_WHEEL_LIBRARY names a library's
# file, of whatever platform. FINAUT_WHEEL_PLATFORM is the platform in the wheel's name; what the library needs if it is not
# given, and refused if the library needs more. FINAUT_WHEEL_DOCUMENTS names the folder of a package (packaging/build.sh) with the
# licences and the list of what is in the library. PYTHON is the Python that builds (python3, 3.10 or newer).
set -eu

case ${CARGO_TARGET_DIR:=} in
'' | /*) ;;
*) CARGO_TARGET_DIR=$PWD/$CARGO_TARGET_DIR ;;
esac
out=${1:-$(dirname "$0")/../../dist}
mkdir -p "$out"
out=$(cd "$out" && pwd)
python=${PYTHON:-python3}
library=${FINAUT_WHEEL_LIBRARY:-${FINAUT_LIB_DIR:+$FINAUT_LIB_DIR/libfinaut.so}}
case $library in
'' | /*) ;;
*) library=$PWD/$library ;;
esac
documents=${FINAUT_WHEEL_DOCUMENTS:+$(cd "$FINAUT_WHEEL_DOCUMENTS" && pwd)}
cd "$(dirname "$0")"
. ../../packaging/needs.sh
python_for_wheels
if [ -z "$library" ]; then
    need_cargo ", or name a library that is built: FINAUT_LIB_DIR=FOLDER."
    target=${CARGO_TARGET_DIR:-$(cd ../.. && pwd)/target}
    CARGO_TARGET_DIR=$target cargo library --quiet --locked >&2
    library=$target/release/libfinaut.so
fi
platform=$("$python" platform_tag.py "$library" ${FINAUT_WHEEL_PLATFORM:+"$FINAUT_WHEEL_PLATFORM"})

# The licences stand at the repository's top, and nothing is to be written beside the sources: the build gets a copy of all.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R . ../../LICENSE-* "$work"
cp ../../docs/finaut.schema.json ../../docs/finaut-sync-profile.schema.json "$work/finaut"
if [ -n "$documents" ]; then
    cp "$documents/THIRD-PARTY-LICENSES.txt" "$work/LICENSE-THIRD-PARTY.txt"
    cp "$documents/finaut.cdx.json" "$work"
fi

# Registries are at times in the middle of a sync.
install_builder() {
    for pause in 5 20 60 0; do
        "$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r build-requirements.txt >&2 && return 0
        sleep "$pause"
    done
    return 1
}
"$python" -m venv "$work/venv" >&2
install_builder

FINAUT_WHEEL_LIBRARY=$library FINAUT_WHEEL_PLATFORM=$platform
export FINAUT_WHEEL_LIBRARY FINAUT_WHEEL_PLATFORM
cd "$work"
PYTHONDONTWRITEBYTECODE=1 "$work/venv/bin/python" -m hatchling build -t wheel -d "$work/dist" >&2
wheel=$(basename "$work"/dist/*.whl)
mv "$work/dist/$wheel" "$out/$wheel"
echo "$out/$wheel"
