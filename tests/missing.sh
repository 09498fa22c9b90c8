#!/bin/sh
# Runs the scripts that people run themselves where the tools they need are not there: each says in a few lines what is missing and where to
# get it, and leaves nothing half done.
set -eu

. "$(dirname "$0")/stage.sh"

# A machine with little more than a shell.
mkdir "$work/bin"
for tool in sh env sed grep awk cat head tail cut tr wc sort comm cmp dirname basename mkdir mktemp rm cp mv ln ls uname id date getconf sleep \
    kill chmod touch find xargs sha256sum install readlink flock getent; do
    ln -s "$(command -v "$tool")" "$work/bin/$tool"
done
# with TOOL=FILE…: these, too.
with() {
    for tool; do ln -sf "${tool#*=}" "$work/bin/${tool%%=*}"; done
}
without() { rm "$work/bin/$1"; }

# says WORDS SCRIPT ARGUMENT…
says() {
    words=$1
    shift
    status=0
    PATH=$work/bin CARGO_TARGET_DIR=$work/target FINAUT_LIB_DIR= FINAUT_SANDBOX= sh "$@" >"$work/log" 2>&1 || status=$?
    [ "$status" -ne 0 ] && [ "$(wc -l <"$work/log")" -le 3 ] && grep -qF -- "$words" "$work/log" && ! grep -q "not found" "$work/log" &&
        [ ! -e "$work/out" ] && status=0 || status=1
    verdict "without_what_it_needs_$(basename "$1")_says: $words" "$status" "$work/log"
}

says "python3" bindings/csharp/pack.sh --out "$work/out"
says "apt install " bindings/csharp/pack.sh --out "$work/out"
says "nothing stands after --out" bindings/csharp/pack.sh --out
says "apt install python3 python3-venv" bindings/python/wheel.sh
says "apt install python3 python3-venv" sandbox/python/wheel.sh "$work/out"
cat >"$work/python3" <<'SH'
#!/bin/sh
case $* in *ensurepip*) exit 1 ;; *) echo "Python 3.9.2" ;; esac
SH
chmod +x "$work/python3"
with "python3=$work/python3"
says "apt install python3-venv" bindings/python/wheel.sh
cat >"$work/python3" <<'SH'
#!/bin/sh
case $* in *ensurepip*) ;; *version_info*) exit 1 ;; *) echo "Python 3.9.2" ;; esac
SH
says "Python 3.9.2 is too old to build the wheel" bindings/python/wheel.sh
cat >"$work/python3" <<'SH'
#!/bin/sh
exit 0
SH
says "cargo (Rust) is missing. Get it from https://rustup.rs, or name a library that is built: FINAUT_LIB_DIR=FOLDER." bindings/python/wheel.sh
says "cargo (Rust) is missing. Get it from https://rustup.rs, or name a program that is built: FINAUT_SANDBOX=FILE." sandbox/python/wheel.sh "$work/out"
without python3
says "apt install gcc" packaging/abi.sh
says "gcc" packaging/build.sh
says "sh packaging/build.sh" packaging/install.sh --prefix "$work/out"
says "cargo (Rust) is missing; get it with: " examples/demo.sh
with "cargo=$work/bin/sh"
says "a C compiler" examples/demo.sh
finish
