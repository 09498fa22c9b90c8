#!/bin/sh
# Builds the library for every platform, and packs each into an archive:
#
#   sh packaging/build.sh              all packages (packaging/targets.txt lists them), wheels and the NuGet package; and for each
#                                      x86_64 (glibc and Windows) the sandbox, in an archive and a wheel of its own
#   sh packaging/build.sh TARGET…      some of them, as x86_64-linux-gnu
#   sh packaging/build.sh --check      builds all, and tests each from its unpacked archive (packaging/check.sh)
#
# The results are in target/packaging/dist, unpacked in target/packaging/unpacked. All of it is built on one machine, an x86-64 Debian
# 12, with one compiler, Debian's rustc-web; what is missing is installed where we may (root). FINAUT_PACKAGING_BUILT=1 takes the
# libraries that were built before, FINAUT_PACKAGING_PACKED=1 all that was packed before.
set -eu

. "$(dirname "$0")/../tests/debian.sh"
work=$target/packaging
mkdir -p "$work/libs" "$work/dist" "$work/log"
all=$(awk '!/^#/ { print $1 }' packaging/targets.txt)

check= packages=
for argument; do
    case $argument in
    --check) check=1 ;;
    -h | --help) sed -n '2,12s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *)
        if ! printf '%s\n' "$all" | grep -qxF -e "$argument"; then
            echo "build.sh: $argument is no package. There are: $(echo $all)" >&2
            exit 2
        fi
        packages="$packages $argument"
        ;;
    esac
done
packages=${packages:-$all}
if [ -n "$check" ] && [ "${FINAUT_PACKAGING_PACKED:-}" = 1 ]; then exec sh packaging/check.sh $packages; fi

# nothing_built WHY: on a machine where it cannot be done, a check is skipped, and a build fails.
nothing_built() {
    if [ -n "$check" ]; then
        echo "skipped every package: $1"
        echo "0 passed, 0 failed, $(echo $packages | wc -w) skipped"
        exit 0
    fi
    echo "build.sh: $1" >&2
    exit 1
}

# Most developers' machines are one of these, and each build costs minutes of CPU. packaging/check.sh has the same rule.
has_sandbox() { case $1 in x86_64-linux-gnu | x86_64-windows) ;; *) return 1 ;; esac; }
row() { awk -v package="$1" '$1 == package { print $2, $3 }' packaging/targets.txt; }
# What is missing, by the command or file that it brings.
missing=
need() { [ -e "$1" ] || command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || nothing_built "packages are built on x86-64 Linux (Debian 12), and this is $(uname -s) on $(uname -m)"
need /usr/bin/rustc rustc-web
need /usr/bin/cargo cargo-web
need /usr/lib/rustlib/src/rust/library rust-web-src
need gcc gcc
case $packages in *aarch64*) need aarch64-linux-gnu-strip binutils-aarch64-linux-gnu ;; esac
need /usr/include/stdio.h libc6-dev
need python3 python3
# By the name of its variant: the other one, which tests/cpp.sh installs, links libwinpthread in.
case $packages in *x86_64-windows*) need x86_64-w64-mingw32-gcc-win32 gcc-mingw-w64-x86-64-win32 ;; esac
case $packages in *i686-windows*) need i686-w64-mingw32-gcc-win32 gcc-mingw-w64-i686-win32 ;; esac
python3 -c 'import venv, ensurepip' 2>/dev/null || missing="$missing python3-venv"
if [ -n "$missing" ]; then
    install $missing >"$work/log/apt" 2>&1 || nothing_built "Debian's packages$missing cannot be installed: $(tail -n 3 "$work/log/apt")"
fi
if [ ! -x "$work/tools/bin/cargo-zigbuild" ] || ! cmp -s packaging/tools.txt "$work/tools/made-from"; then
    rm -rf "$work/tools"
    python3 -m venv "$work/tools"
    try "$work/tools/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r packaging/tools.txt \
        >"$work/log/pip" 2>&1 || nothing_built "PyPI's packages of packaging/tools.txt cannot be installed: $(tail -n 3 "$work/log/pip")"
    cp packaging/tools.txt "$work/tools/made-from"
fi

preparing=
trap '[ -z "$preparing" ] || kill "$preparing" 2>/dev/null || true' EXIT
if [ -n "$check" ]; then
    sh packaging/check.sh --prepare >"$work/log/prepare" 2>&1 &
    preparing=$!
fi

# One compiler for everything, whatever else is installed and whatever the caller has set for it.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET CARGO_BUILD_RUSTFLAGS RUSTC_WRAPPER RUSTUP_TOOLCHAIN CFLAGS CXXFLAGS LDFLAGS
caller_path=$PATH
PATH=$work/tools/bin:/usr/bin:$PATH
RUSTC=/usr/bin/rustc CARGO=/usr/bin/cargo RUSTC_BOOTSTRAP=1 CARGO_NET_RETRY=10
FINAUT_PACKAGING=$work
FINAUT_ZIG="$work/tools/bin/python -m ziglang"
FINAUT_ZIG_FOLDER=$("$work/tools/bin/python" -c 'import os, ziglang; print(os.path.dirname(ziglang.__file__))')
export PATH RUSTC CARGO RUSTC_BOOTSTRAP CARGO_NET_RETRY FINAUT_PACKAGING FINAUT_ZIG FINAUT_ZIG_FOLDER
zig_version=$($FINAUT_ZIG version)

# library PACKAGE FOLDER: builds one package's library and the sandbox in that folder, and copies them to where archives are made from.
library() {
    read -r rust linked_by <<ROW
$(row "$1")
ROW
    # No path of this machine in what is shipped.
    flags="\"--remap-path-prefix=$top=finaut\""
    for crates in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do
        flags="$flags, \"--remap-path-prefix=${crates%/}=crates\""
    done
    flags="$flags, \"--print\", \"native-static-libs=$work/libs/$rust\""
    # Otherwise there is no shared library for musl, and not a word about it.
    case $rust in *-musl) flags="$flags, \"-Ctarget-feature=-crt-static\"" ;; esac
    # GCC's support library comes along: nobody has its DLL.
    case $rust in *-windows-gnu) flags="$flags, \"-Clink-arg=-static-libgcc\"" ;; esac
    suffix=
    case $linked_by in zig.*) suffix=.${linked_by#zig.} ;; esac
    case $linked_by in
    zig*) how="cargo-zigbuild rustc" ;;
    *) how="$CARGO rustc" ;;
    esac
    # Without Rust's own interface more can be left out, and without names in backtraces, which a stripped library has none of.
    set -- "$1" "$2" --release --locked -Zbuild-std=std,panic_unwind -Zbuild-std-features=panic-unwind \
        --config "target.$rust.rustflags=[$flags]" --target "$rust$suffix"
    package=$1 folder=$2 start=$(date +%s)
    shift 2
    measure_cpu "$work/log/times-$package"
    cpu_before=$cpu
    rm -f "$work/log/$package" "$work/log/$package-sandbox"
    for pause in 30 0; do
        # The sandbox with the same flags, so that it shares Rust's own library and most crates. First: asked which libraries a
        # static library needs, Cargo may empty the file when it begins, and the library's build must be the last to write it.
        # Each crate of it is optimised, but not once more the whole program: nobody waits for it, and that takes as long as the library's.
        if { ! has_sandbox "$package" || CARGO_TARGET_DIR=$folder $how "$@" --package finaut-sandbox --bin finaut-sandbox -- -Copt-level=1 \
            >"$work/log/$package-sandbox" 2>&1; } &&
            CARGO_TARGET_DIR=$folder $how "$@" --package finaut --lib --crate-type cdylib,staticlib >"$work/log/$package" 2>&1; then
            rm -rf "$work/built/$rust"
            mkdir -p "$work/built/$rust"
            for file in libfinaut.so libfinaut.a finaut.dll finaut-sandbox finaut-sandbox.exe; do
                [ ! -f "$folder/$rust/release/$file" ] || cp "$folder/$rust/release/$file" "$work/built/$rust"
            done
            measure_cpu "$work/log/times-$package"
            echo "        $package ($(($(date +%s) - start)) s, $((cpu - cpu_before)) s of CPU)"
            return 0
        fi
        # Rust's own library brings dependencies that are fetched only now. Nothing else gets better by waiting.
        cat "$work/log/$package-sandbox" "$work/log/$package" 2>/dev/null | grep -qiE 'network|download|timed out|spurious' || break
        sleep "$pause"
    done
    echo "FAILED  $package; the whole is in $work/log/$package and $package-sandbox" >&2
    cat "$work/log/$package-sandbox" "$work/log/$package" 2>/dev/null | tail -n 40 | cut -c 1-1000 >&2
    return 1
}
# build_lane NUMBER: builds packages until none is left that nobody has begun. There are two such lanes of work, each with a folder of its
# own, for much of the time goes into steps that use one core only.
build_lane() {
    for package in $packages; do
        mkdir "$work/begun/$package" 2>/dev/null || continue
        library "$package" "$work/cargo-$1" || return 1
    done
}

if [ "${FINAUT_PACKAGING_BUILT:-}" != 1 ]; then
    echo "== dependencies"
    try "$CARGO" fetch --locked --quiet
    echo "== libraries"
    for architecture in x86_64 i686; do
        for tool in CC=gcc-win32 AR=ar; do
            export "${tool%=*}_${architecture}_win7_windows_gnu=$architecture-w64-mingw32-${tool#*=}"
        done
        upper=$(echo "$architecture" | tr a-z A-Z)
        export "CARGO_TARGET_${upper}_WIN7_WINDOWS_GNU_LINKER=$architecture-w64-mingw32-gcc-win32"
    done
    rm -rf "$work/begun"
    mkdir "$work/begun"
    build_lane 1 &
    other=$!
    status=0
    build_lane 0 || status=1
    wait "$other" || status=1
    if [ "$status" -ne 0 ]; then
        [ -z "$preparing" ] || wait "$preparing" || true
        [ -z "$check" ] || echo "0 passed, 1 failed, 0 skipped"
        exit 1
    fi
fi

echo "== archives"
for package in $packages; do
    case $(row "$package") in
    *mingw) FINAUT_LINKED_BY=$(${package%-windows}-w64-mingw32-gcc-win32 --version | head -n 1) ;;
    *) FINAUT_LINKED_BY="zig $zig_version" ;;
    esac
    export FINAUT_LINKED_BY
    python3 -B packaging/archive.py "$package"
    if has_sandbox "$package"; then python3 -B packaging/sandbox.py "$package"; fi
done

echo "== wheels"
for package in $packages; do
    folder=$(ls -d "$work"/unpacked/finaut-[0-9]*-"$package")
    read -r _ _ _ wheel _ <<ROW
$(awk -v package="$package" '$1 == package' packaging/targets.txt)
ROW
    library=$folder/lib/libfinaut.so
    [ -f "$library" ] || library=$folder/bin/finaut.dll
    rm -f "$work"/dist/finaut-*-"$wheel".whl
    FINAUT_WHEEL_LIBRARY=$library FINAUT_WHEEL_PLATFORM=$wheel FINAUT_WHEEL_DOCUMENTS=$folder/share/doc/finaut \
        sh bindings/python/wheel.sh "$work/dist"
    has_sandbox "$package" || continue
    rm -f "$work"/dist/finaut_sandbox-*-"$wheel".whl
    folder=$(ls -d "$work"/unpacked/finaut-sandbox-*-"$package")
    program=$folder/finaut-sandbox
    [ -f "$program" ] || program=$folder/finaut-sandbox.exe
    FINAUT_SANDBOX=$program FINAUT_WHEEL_PLATFORM=$wheel FINAUT_WHEEL_DOCUMENTS=$folder sh sandbox/python/wheel.sh "$work/dist"
done

if [ -n "$preparing" ]; then wait "$preparing" || true; fi
echo "== NuGet"
if [ "$(echo $packages)" != "$(echo $all)" ]; then
    echo "        (not made: it holds every platform's library, and not all were asked for)"
elif ! has "[ -d /usr/lib/mono/4.6.1-api ]" mono-devel; then
    echo "        (not made: Debian's package mono-devel is missing)"
elif ! { sh tests/fetch.sh sdk && sh tests/fetch.sh net8; } >"$work/log/fetch" 2>&1; then
    echo "        (not made: Microsoft's compiler cannot be had: $(tail -n 1 "$work/log/fetch"))"
else
    set --
    for package in $packages; do
        folder=$(ls -d "$work"/unpacked/finaut-[0-9]*-"$package")
        rid=$(awk -v package="$package" '$1 == package { print $5 }' packaging/targets.txt)
        library=$folder/lib/libfinaut.so
        [ -f "$library" ] || library=$folder/bin/finaut.dll
        set -- "$@" --native "$rid=$library" --documents "$rid=$folder/share/doc/finaut"
    done
    # One of another version would be taken for this one.
    rm -f "$work"/dist/Finaut.*.nupkg "$work"/dist/Finaut.*.snupkg
    sh bindings/csharp/pack.sh "$@" --out "$work/dist"
fi
(cd "$work/dist" && sha256sum -- *.tar.gz *.zip *.whl *.nupkg *.snupkg 2>/dev/null >SHA256SUMS) || true

if [ -n "$check" ]; then
    # The tests are programs of the machine's own compilers.
    unset RUSTC CARGO RUSTC_BOOTSTRAP
    PATH=$caller_path exec sh packaging/check.sh $packages
fi
