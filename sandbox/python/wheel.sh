#!/bin/sh
# Builds the sandbox's wheel, with its program in it, and prints its path: sh sandbox/python/wheel.sh [FOLDER]
#
# FOLDER is dist/ at the repository's top if none is given. FINAUT_SANDBOX names the program, of whatever platform; without it, it is
# built. FINAUT_WHEEL_PLATFORM is the platform in the wheel's name; what the program needs if it is not given, and refused if the
# program needs more. FINAUT_WHEEL_DOCUMENTS names a folder with the licences of what is in the program (packaging/build.sh makes
# it). PYTHON is the Python that builds (python3, 3.10 or newer).
set -eu

case ${CARGO_TARGET_DIR:=} in
'' | /*) ;;
*) CARGO_TARGET_DIR=$PWD/$CARGO_TARGET_DIR ;;
esac
top=$(cd "$(dirname "$0")/../.." && pwd)
out=${1:-$top/dist}
case $out in
/*) ;;
*) out=$PWD/$out ;;
esac
python=${PYTHON:-python3}
program=${FINAUT_SANDBOX:-}
case $program in
'' | /*) ;;
*) program=$PWD/$program ;;
esac
documents=${FINAUT_WHEEL_DOCUMENTS:+$(cd "$FINAUT_WHEEL_DOCUMENTS" && pwd)}
cd "$(dirname "$0")"
. ../../packaging/needs.sh
python_for_wheels
if [ -z "$program" ]; then
    need_cargo ", or name a program that is built: FINAUT_SANDBOX=FILE."
    target=${CARGO_TARGET_DIR:-$top/target}
    CARGO_TARGET_DIR=$target cargo build --release --quiet --locked --package finaut-sandbox >&2
    program=$target/release/finaut-sandbox
fi
platform=$("$python" ../../bindings/python/platform_tag.py "$program" ${FINAUT_WHEEL_PLATFORM:+"$FINAUT_WHEEL_PLATFORM"})

# The licences stand at the repository's top, and nothing is to be written beside the sources: the build gets a copy of all.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R . ../../LICENSE-* "$work"
cp "$program" "$work/program"
chmod 755 "$work/program"
if [ -n "$documents" ]; then cp "$documents/THIRD-PARTY-LICENSES.txt" "$work/LICENSE-THIRD-PARTY.txt"; fi

# Registries are at times in the middle of a sync.
install_builder() {
    for pause in 5 20 60 0; do
        "$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
            -r ../../bindings/python/build-requirements.txt >&2 && return 0
        sleep "$pause"
    done
    return 1
}
"$python" -m venv "$work/venv" >&2
install_builder

FINAUT_WHEEL_PROGRAM=$work/program FINAUT_WHEEL_PLATFORM=$platform
# That of the whole project, as the archives have it.
FINAUT_SANDBOX_VERSION=$(sed -n 's/^version = "\(.*\)"$/\1/p' ../../Cargo.toml | head -n 1)
export FINAUT_WHEEL_PROGRAM FINAUT_WHEEL_PLATFORM FINAUT_SANDBOX_VERSION
cd "$work"
PYTHONDONTWRITEBYTECODE=1 "$work/venv/bin/python" -m hatchling build -t wheel -d "$work/dist" >&2
wheel=$(basename "$work"/dist/*.whl)
mkdir -p "$out"
mv "$work/dist/$wheel" "$out/$wheel"
echo "$out/$wheel"
