#!/bin/sh
# Tests the packages that packaging/build.sh has made, each from its unpacked archive: sh packaging/check.sh [PACKAGE…]
#
# What each platform's programs do is done here by what there is on one Debian: natively, as 32 bits, under qemu and under Wine. What
# cannot be run is said, and counted as skipped. FINAUT_SANDBOX names the sandbox's program; without it, it is built.
#
# This machine's own packages (linux), those for other processors (processors) and Windows are tested side by side, because the tests wait
# much: in three processes, which FINAUT_PACKAGING_LANE tells apart.
set -eu

. "$(dirname "$0")/../tests/stage.sh"
began=$(date +%s)
built=$target/packaging
tools=$built/tools/bin
[ "${1:-}" = --prepare ] && wanted= || wanted=$*
packages=${wanted:-$(awk '!/^#/ { print $1 }' packaging/targets.txt)}
lane=${FINAUT_PACKAGING_LANE:-}
export PYTHONDONTWRITEBYTECODE=1

# Wine and Python of 32 bits need a Debian of 32 bits. It lives in a folder; as a second architecture it would be in other packages' way.
small=$built/i386
arm64=$built/arm64

tidy_up() {
    stop $started
    if [ -d "$work/wine" ]; then WINEPREFIX=$work/wine wineserver -k 2>/dev/null || true; fi
    if [ "$lane" = windows ] && [ -d "$small/wine" ]; then chroot "$small" env WINEPREFIX=/wine wineserver -k 2>/dev/null || true; fi
    rm -rf "$work" 2>/dev/null || { sleep 2; rm -rf "$work"; }
}

# holds NAME COMMAND…: one test, of one command.
holds() {
    name=$1
    shift
    status=0
    "$@" >"$work/log" 2>&1 || status=$?
    verdict "$package: $name" "$status" "$work/log"
}
# counted NAME COMMAND…: a program that counts its tests itself; they are shown only if one has failed.
counted() {
    name="$package: $1"
    shift
    status=0
    "$@" >"$work/log" 2>&1 || status=$?
    before=$failed good=$passed
    add_up "$name" "$status"
    measure
    if [ "$failed" -eq "$before" ]; then
        echo "ok      $name ($((passed - good)) tests)$took"
    else
        echo "FAILED  $name (status $status)"
        grep -v '^ok ' "$work/log" | tail -n 60 | sed 's/^/        /'
    fi
}
# brings COMMAND-OR-FILE PACKAGE…: whether it is there, at once or after installing Debian's packages.
brings() {
    there=$1
    shift
    has "[ -e '$there' ] || command -v '$there'" "$@"
}

# A Debian in a folder is made once. The file `made` in it is written last and says which packages it was made with, so that one
# that was left half made, or made for other tests, is made anew. One process at a time does it.
small_packages=wine,wine32,ca-certificates,python3-venv
arm64_packages=python3
made_with() { [ "$(cat "$1/made" 2>/dev/null)" = "$2" ]; }
make_small() {
    mkdir -p "${small%/*}"
    (
        flock 9
        made_with "$small" "$small_packages" ||
            { debian_for i386 "$small" --include="$small_packages" && echo "$small_packages" >"$small/made"; }
    ) 9>"$small.lock"
}
# Unpacked and not set up, which nobody here can do for that processor; for its Python it is enough.
make_arm64() {
    made_with "$arm64" "$arm64_packages" && return 0
    debian_for arm64 "$arm64" --foreign --include="$arm64_packages" || return 1
    for deb in "$arm64"/var/cache/apt/archives/*.deb; do
        dpkg-deb -x "$deb" "$arm64" || return 1
    done
    echo "$arm64_packages" >"$arm64/made"
}

# While the libraries are built, what only the tests need is fetched. What fails here is tried again, and told, when it is needed.
if [ "${1:-}" = --prepare ]; then
    install pkg-config cmake make gcc-12-multilib gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user musl-tools wine wine64 \
        debootstrap gpgv abigail-tools mono-mcs mono-devel mono-runtime || true
    make_small || true
    make_arm64 || true
    exit 0
fi

if ! brings pkg-config pkg-config; then
    skip 1 "everything" "there is no pkg-config"
    finish
fi
if [ -z "$lane" ]; then
    build_sandbox
    for part in windows processors; do
        FINAUT_PACKAGING_LANE=$part sh packaging/check.sh $packages >"$work/$part" 2>&1 &
        started="$started $!"
    done
    FINAUT_PACKAGING_LANE=linux sh packaging/check.sh $packages 2>&1 | tee "$work/linux"
    for process in $started; do
        wait "$process" || true
    done
    started=
    cat "$work/processors" "$work/windows"
    for part in linux processors windows; do
        cp "$work/$part" "$work/log"
        add_up "the tests for $part" 0
    done
    echo "It took $(($(date +%s) - began)) s."
    finish
fi
# What this process tests. All packages are unpacked by each: the NuGet package has something of every one.
tested=
for package in $packages; do
    case $lane-$package in
    linux-x86_64-linux-* | windows-*-windows) tested="$tested $package" ;;
    processors-x86_64-linux-* | processors-*-windows) ;;
    processors-*) tested="$tested $package" ;;
    esac
    for which in "$package:[0-9]" "$package-sandbox:sandbox-"; do
        archive=$(ls "$built/dist"/finaut-${which#*:}*-"$package".tar.gz "$built/dist"/finaut-${which#*:}*-"$package".zip 2>/dev/null | tail -n 1)
        mkdir -p "$work/${which%%:*}"
        case $archive in
        *.zip) python3 -m zipfile -e "$archive" "$work/${which%%:*}" ;;
        *.tar.gz) tar -xzf "$archive" -C "$work/${which%%:*}" ;;
        esac
    done
done
use_sandbox
use_tls_sandbox

# How programs of a package are compiled and run; fails if it cannot be had.
ready_for() {
    emulator= few= cmake_system=Linux windows= static_compiler=
    case $package in
    # In few rounds: tests/c.sh runs them in all, with this machine's own library.
    x86_64-linux-gnu) compiler=gcc few=FINAUT_TEST_FEW=1 ;;
    i686-linux-gnu)
        # The kernel's headers are the same for both; the package for 32 bits does not bring them along.
        compiler="gcc-12 -m32 -idirafter /usr/include/x86_64-linux-gnu"
        # Not gcc-multilib, which shuts out the compilers for other processors.
        brings /usr/lib/gcc/x86_64-linux-gnu/12/32/libgcc.a gcc-12-multilib || { why="Debian's package gcc-12-multilib"; return 1; }
        ;;
    aarch64-linux-gnu)
        compiler=aarch64-linux-gnu-gcc emulator="qemu-aarch64 -L /usr/aarch64-linux-gnu" few=FINAUT_TEST_FEW=1
        { brings aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu libc6-dev-arm64-cross && brings qemu-aarch64 qemu-user; } ||
            { why="Debian's packages gcc-aarch64-linux-gnu and qemu-user"; return 1; }
        ;;
    x86_64-linux-musl)
        compiler=musl-gcc
        brings musl-gcc musl-tools || { why="Debian's package musl-tools"; return 1; }
        # The support library for unwinding that Debian's GCC has is for glibc; Zig brings one for musl, as Alpine's GCC does.
        static_compiler=$work/musl-static
        printf '#!/bin/sh\nexec "%s" -m ziglang cc -target x86_64-linux-musl "$@"\n' "$tools/python" >"$static_compiler"
        chmod +x "$static_compiler"
        ;;
    x86_64-windows | i686-windows)
        windows=1 cmake_system=Windows compiler=${package%-windows}-w64-mingw32-gcc-win32
        brings "$compiler" "gcc-mingw-w64-$(echo "${package%-windows}" | tr _ -)-win32" || { why="Debian's mingw-w64"; return 1; }
        ;;
    esac
}

elf_is_as_promised() {
    so=$folder/lib/libfinaut.so.1
    [ -h "$folder/lib/libfinaut.so" ] && [ "$(readlink "$folder/lib/libfinaut.so")" = libfinaut.so.1 ] || { echo "lib/libfinaut.so is no link to libfinaut.so.1"; return 1; }
    readelf -d "$so" | grep -q 'soname: \[libfinaut.so.1\]' || { echo "the soname is another"; return 1; }
    readelf -d "$so" | grep -q 'FLAGS_1.*NODELETE' || { echo "NODELETE is missing"; return 1; }
    case $package in
    *musl) allowed='libc\.so|libc\.musl-x86_64\.so\.1' ;;
    *) allowed='libc\.so\.6|libm\.so\.6|libdl\.so\.2|librt\.so\.1|libpthread\.so\.0|libutil\.so\.1|ld-linux[a-z0-9_-]*\.so\.[0-9]' ;;
    esac
    others=$(readelf -d "$so" | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' | grep -vxE "$allowed" || true)
    [ -z "$others" ] || { echo "it needs other libraries: $others"; return 1; }
    if [ "$package" = x86_64-linux-musl ]; then
        ! readelf -V "$so" | grep -q GLIBC_ || { echo "it needs glibc"; return 1; }
    else
        newest=$(readelf -V "$so" | grep -o 'GLIBC_[0-9.]*' | sort -u -V | tail -n 1)
        [ "$(printf '%s\nGLIBC_2.17\n' "$newest" | sort -V | tail -n 1)" = GLIBC_2.17 ] || { echo "it needs $newest"; return 1; }
    fi
}
exports_are_the_headers() {
    if [ -n "$windows" ]; then
        python3 -B packaging/pe.py exports "$folder/bin/finaut.dll" >"$work/exported"
    else
        exported "$folder/lib/libfinaut.so.1" >"$work/exported"
    fi
    declared "$folder/include/finaut.h" >"$work/declared"
    diff "$work/declared" "$work/exported"
}
windows_7_has_all() {
    python3 -B packaging/pe.py imports "$folder/bin/finaut.dll" >"$work/imports"
    sed 's/ *#.*//' packaging/windows-7.txt | grep . | LC_ALL=C sort -u >"$work/windows-7"
    new=$(LC_ALL=C sort -u "$work/imports" | LC_ALL=C comm -23 - "$work/windows-7")
    [ -z "$new" ] || {
        echo "These are imported, and packaging/windows-7.txt does not say that Windows 7 has them:"
        echo "$new"
        echo "Look each up (\"minimum supported client\"). Add those that it has; find out who asks for the others."
        return 1
    }
}
# within ARCHIVE END: the content of the file whose path ends so.
within() {
    python3 -c 'import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    for name in archive.namelist():
        if name.endswith(sys.argv[2]):
            sys.stdout.buffer.write(archive.read(name))' "$@"
}
# Not even by name: whoever unpacks the library on a machine in production must find no FinAut there that is none.
has_no_sandbox() {
    inside=$(cd "$folder" && { find . -iname '*sandbox*'; grep -rlaE 'finaut-sandbox/|FinAut sandbox at' . || true; } | grep -v '^./share/doc/' || true)
    [ -z "$inside" ] || { echo "there is a sandbox in the package: $inside"; return 1; }
}
# The sandbox's own package: what is in it, and that it answers where programs of this platform can be run.
sandbox_is_as_packed() {
    (cd "$folder" && sha256sum -c --quiet SHA256SUMS && [ "$(find . -type f | wc -l)" -eq "$(($(wc -l <SHA256SUMS) + 1))" ]) || return 1
    [ -x "$program" ] || [ -n "$windows" ] || { echo "$program may not be executed"; return 1; }
    for name in clap hyper tokio rust-std; do
        grep -q "^  $name " "$folder/THIRD-PARTY-LICENSES.txt" || { echo "$name has no licence in the list"; return 1; }
    done
    grep -q 'finaut-sandbox' "$folder/README.md"
}
sandbox_wheel_is_the_packages() {
    sandbox_wheel=$(ls "$built/dist"/finaut_sandbox-*-"$(awk -v package="$package" '$1 == package { print $4 }' packaging/targets.txt)".whl)
    within "$sandbox_wheel" "finaut_sandbox/${program##*/}" | cmp - "$program" &&
        within "$sandbox_wheel" dist-info/licenses/LICENSE-THIRD-PARTY.txt | cmp - "$folder/THIRD-PARTY-LICENSES.txt"
}
sandbox_answers() {
    rm -f "$work/sandbox-ready"
    "$@" "$program" --port 0 --users 5 --quiet --ready-file "$work/sandbox-ready" &
    packed=$!
    waited=0
    while [ ! -s "$work/sandbox-ready" ] && kill -0 "$packed" 2>/dev/null && [ "$waited" -lt 6000 ]; do sleep 0.1; waited=$((waited + 1)); done
    answered=1
    python3 -c 'import json, sys, urllib.request as web
assert json.load(web.build_opener(web.ProxyHandler({})).open(sys.argv[1] + "/sandbox/state"))["people"] == 5' "$(cat "$work/sandbox-ready")" && answered=0
    kill "$packed" 2>/dev/null || true
    wait "$packed" 2>/dev/null || true
    return "$answered"
}
# What somebody needs who sets up a nightly sync with nothing but the package: its pages, examples with their files in old encodings, byte for
# byte, and what editors check a profile with.
sync_is_in_it() {
    for file in docs/*.md docs/finaut-sync-profile.schema.json docs/finaut.schema.json $(find examples/sync -type f); do
        cmp "$file" "$folder/share/doc/finaut/$file" || return 1
    done
}
names_no_place_of_ours() {
    for file in $(cd "$folder" && find . -type f); do
        for place in "$top" "${CARGO_HOME:-$HOME/.cargo}" "$target"; do
            # Also as it is written into symbols: all but letters and digits become underlines.
            for words in "$place/" "$(echo "$place" | tr -c 'A-Za-z0-9\n' _)_"; do
                ! grep -qaF -e "$words" "$folder/$file" || { echo "$file names $place: $words"; return 1; }
            done
        done
    done
}
lists_its_parts() {
    python3 -B - "$folder" "$PWD/Cargo.lock" <<'PYTHON'
import hashlib, json, pathlib, sys
folder = pathlib.Path(sys.argv[1])
bill = json.loads((folder / "share/doc/finaut/finaut.cdx.json").read_text("utf-8"))
shared = next(iter([*folder.glob("bin/finaut.dll"), *folder.glob("lib/libfinaut.so.1")]))
said = bill["metadata"]["component"]["hashes"][0]["content"]
assert said == hashlib.sha256(shared.read_bytes()).hexdigest(), "the bill of materials is another library's"
names = {component["name"] for component in bill["components"]}
for name in ("ring", "rustls", "ureq", "sqlite", "rust-std", "hyper"):
    assert name in names, name + " is not in the bill of materials"
assert "cbindgen" not in names and "serde_derive" not in names, "what only helps building is in the bill of materials"
text = (folder / "share/doc/finaut/THIRD-PARTY-LICENSES.txt").read_text("utf-8")
for component in bill["components"]:
    assert component["name"] + " " + component["version"] in text, component["name"] + " has no licence in the list"
build = (folder / "BUILD.txt").read_text()
assert build.count("compiler: rustc ") == 1, build
assert {"name": "finaut:compiler", "value": build.split("compiler: ")[1].split("\n")[0]} in bill["metadata"]["properties"], "the bill of materials names no compiler"
PYTHON
}

# The ways in which a host may compile a program.
pc() { PKG_CONFIG_LIBDIR=$folder/lib/pkgconfig pkg-config "$@"; }
threads() { [ -n "$windows" ] || echo -lpthread; }
# by_pkg_config MODULE PROGRAM [SOURCE]
by_pkg_config() {
    case $1 in *-static) cc=${static_compiler:-$compiler} ;; *) cc=$compiler ;; esac
    $cc -std=c99 -O1 -Wall -Wextra -Werror packaging/tests/smoke.c ${3:-} $(pc --cflags --libs "$1") $(threads) -o "$2"
}
# by_cmake KIND: shared or static.
by_cmake() {
    kind=$1 build=$work/$package-cmake-$1 tried=EXECUTABLE
    case $kind in static) set -- ${static_compiler:-$compiler} ;; *) set -- $compiler ;; esac
    # Looking at the compiler, CMake links a debug build, for which Zig would compile all of musl once more.
    [ "$1" != "$static_compiler" ] || tried=STATIC_LIBRARY
    cc=$1
    shift
    cmake -S packaging/tests/cmake -B "$build" -DCMAKE_PREFIX_PATH="$folder" -DCMAKE_SYSTEM_NAME=$cmake_system -DCMAKE_C_COMPILER="$cc" \
        -DCMAKE_C_FLAGS="$*" -DCMAKE_FIND_ROOT_PATH_MODE_PACKAGE=BOTH -DCMAKE_BUILD_TYPE=Release -DCMAKE_TRY_COMPILE_TARGET_TYPE=$tried &&
        cmake --build "$build" --target "$kind" && mv "$build/$kind"* "$work/$package-programs/cmake-$kind.exe"
}
# launch PROGRAM [ARGUMENT…]: runs it with this package's library, natively, under qemu or under Wine.
launch() {
    launched=$1
    shift
    if [ -z "$windows" ]; then
        timeout 3600 env $few LD_LIBRARY_PATH="$folder/lib" $emulator "$launched" "$@"
        return
    fi
    cp "$folder/bin/finaut.dll" "$(dirname "$launched")"
    if [ "$package" = i686-windows ]; then
        rm -rf "$small/programs"
        mkdir -p "$small/programs/state"
        cp "$launched" "$folder/bin/finaut.dll" "$small/programs"
        launched=Z:/programs/$(basename "$launched")
    fi
    $wine "$launched" "$@"
}
# smoke PROGRAM: one that was made of packaging/tests/smoke.c, which takes a folder to write to.
smoke() {
    mkdir -p "$work/state"
    rm -rf "$work/state/"*
    case $package in
    i686-windows) launch "$1" Z:/programs/state ;;
    *-windows) launch "$1" "Z:$work/state" ;;
    *) launch "$1" "$work/state" ;;
    esac
}

# Wine says that it is Windows 7, so that a library that asks which Windows it runs on takes the way that it would there.
export WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml="
# prefix_ready FOLDER: makes what Wine calls a prefix, once; one that was left half made, anew. What it says is in $work/log.
prefix_ready() {
    [ -e "$1/ready" ] && return 0
    rm -rf "$1"
    { $wine wineboot --init && $wine winecfg -v win7 && touch "$1/ready"; } >"$work/log" 2>&1
}
wine64() { timeout 3600 /usr/lib/wine/wine64 "$@"; }
wine64_ready() {
    brings /usr/lib/wine/wine64 wine wine64 || return 1
    wine=wine64
    export WINEPREFIX="$work/wine"
    prefix_ready "$work/wine" || { cat "$work/log"; return 1; }
}
# in_small COMMAND…: in the Debian of 32 bits, with a /proc that is mounted for it alone, and is gone when it ends.
in_small() {
    timeout 3600 unshare --mount sh -c 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$small" "$@"
}
small_ready() {
    make_small || return 1
    in_small true 2>"$work/log" || { cat "$work/log"; return 1; }
}
wine32() { in_small env WINEPREFIX=/wine PATH=/usr/sbin:/usr/bin:/sbin:/bin wine "$@"; }
wine32_ready() {
    small_ready || return 1
    wine=wine32
    prefix_ready "$small/wine" || { cat "$work/log"; return 1; }
}

for package in $tested; do
    echo "== $package"
    if ! folder=$(ls -d "$work/$package"/finaut-* 2>/dev/null); then
        verdict "$package: there is an archive (sh packaging/build.sh $package makes it)" 1
        continue
    fi
    why=
    if ! ready_for; then
        skip 1 "$package" "$why cannot be installed"
        continue
    fi
    holds "all files are as packed" sh -c 'cd "$1" && sha256sum -c --quiet SHA256SUMS && [ "$(find . -type f | wc -l)" -eq "$(($(wc -l <SHA256SUMS) + 1))" ]' sh "$folder"
    holds "its exports are the header's functions" exports_are_the_headers
    if [ -n "$windows" ]; then
        holds "it imports only what Windows 7 has" windows_7_has_all
    else
        holds "it needs no newer system than promised" elf_is_as_promised
    fi
    holds "no file names a place on the machine that built it" names_no_place_of_ours
    holds "its parts and their licences are listed" lists_its_parts
    holds "there is no sandbox in it" has_no_sandbox
    holds "the pages, and what a sync begins with, are in it" sync_is_in_it
    librarys=$folder
    if [ "$package" != x86_64-linux-gnu ] && [ "$package" != x86_64-windows ]; then
        : # the sandbox is built for these two only
    elif folder=$(ls -d "$work/$package-sandbox"/finaut-sandbox-* 2>/dev/null); then
        program=$folder/finaut-sandbox${windows:+.exe}
        holds "the sandbox has a package of its own" sandbox_is_as_packed
        holds "the sandbox's files name no place on the machine that built it" names_no_place_of_ours
        holds "the sandbox in its wheel is the package's" sandbox_wheel_is_the_packages
        case $package in
        x86_64-linux-*) holds "the sandbox answers" sandbox_answers ;;
        *) skip 1 "$package: the sandbox answers" "it runs as said of x86_64-linux-gnu; here, only its files are looked at" ;;
        esac
    else
        verdict "$package: there is an archive of the sandbox (sh packaging/build.sh $package makes it)" 1
    fi
    folder=$librarys

    mkdir -p "$work/$package-programs"
    shared=$work/$package-programs/shared.exe static=$work/$package-programs/static.exe
    holds "a program is linked through pkg-config" by_pkg_config finaut "$shared"
    # Beside other things of the same names.
    holds "a program is linked statically through pkg-config" by_pkg_config finaut-static "$static" packaging/tests/own.c
    if brings cmake cmake && brings make make; then
        for kind in shared static; do
            holds "a program is linked through CMake ($kind)" by_cmake "$kind"
        done
    else
        skip 4 "$package: CMake" "Debian's packages cmake, make"
    fi
    if [ -n "$windows" ]; then
        holds "a program is linked with the library for Visual C++" $compiler -O1 -I"$folder/include" packaging/tests/smoke.c "$folder/lib/finaut.lib" -o "$work/$package-programs/msvc.exe"
        case $package in
        x86_64*) bits=64 needed="Debian's packages wine and wine64" ;;
        *) bits=32 needed="a Debian of 32 bits in a folder, by debootstrap" ;;
        esac
        if ! wine${bits}_ready; then
            skip 11 "$package: running its programs; imports and exports are checked" "there is no Wine of $bits bits: $needed"
            continue
        fi
        counted "a program runs with the library for Visual C++" smoke "$work/$package-programs/msvc.exe"
    fi
    counted "a program runs" smoke "$shared"
    counted "a program runs with the library in it" smoke "$static"
    for kind in shared static; do
        program=$work/$package-programs/cmake-$kind.exe
        [ ! -e "$program" ] || counted "CMake's program runs ($kind)" smoke "$program"
    done
    # The C tests; in them, what Windows has nothing of is left out there. Of fork.c nothing would be left.
    if [ -n "$windows" ]; then
        programs="abuse fuzz lists threads panic receiver unload leaks" libraries=-lws2_32 FINAUT_LIBRARY=finaut.dll
    else
        programs="abuse fuzz lists threads fork first_use panic receiver unload leaks" libraries="-lpthread -ldl" FINAUT_LIBRARY=libfinaut.so.1
    fi
    export FINAUT_LIBRARY
    for program in $programs; do
        case $emulator-$program in
        qemu*-receiver | qemu*-first_use)
            # In 7.2 any program does, without this library: "qemu_plugin_vcpu_init_hook: assertion failed".
            skip 1 "$package: tests/c/$program" "QEMU ends when the forked child of a parent with threads makes one of its own"
            continue
            ;;
        esac
        set -- "tests/c/$program.c"
        case $package-$program in
        *-unload) ;; # which loads the library by itself
        *-windows-*) set -- "$@" "$folder/lib/libfinaut.dll.a" ;;
        i686-*-panic) set -- "$@" packaging/tests/clock64.c -L"$folder/lib" -l:libfinaut.so.1 ;;
        *) set -- "$@" -L"$folder/lib" -l:libfinaut.so.1 ;;
        esac
        if ! $compiler -std=gnu99 -O1 -g -Wall -Wextra -Werror -I"$folder/include" "$@" $libraries \
            -o "$work/$package-programs/$program.exe" >"$work/log" 2>&1; then
            verdict "$package: tests/c/$program is compiled" 1 "$work/log"
            continue
        fi
        counted "tests/c/$program" launch "$work/$package-programs/$program.exe"
    done
    unset FINAUT_LIBRARY
done

# The installer, as somebody uses it who has unpacked the package of this machine.
package=x86_64-linux-gnu
case " $(echo $tested) " in
*" $package "*)
    echo "== install.sh"
    folder=$(echo "$work/$package"/finaut-*)
    windows= emulator= compiler=gcc
    installed() {
        sh "$folder/install.sh" --prefix "$work/in stalled" &&
            "$compiler" packaging/tests/smoke.c "-I$work/in stalled/include" "-L$work/in stalled/lib" -lfinaut -lpthread -o "$work/program" &&
            LD_LIBRARY_PATH="$work/in stalled/lib" "$work/program" "$work/state" &&
            # Again, over what is there and in use.
            sh "$folder/install.sh" --prefix="$work/in stalled" && [ -h "$work/in stalled/lib/libfinaut.so" ]
    }
    holds "install.sh installs, and a program finds it" installed
    removed() {
        sh "$folder/install.sh" --prefix "$work/in stalled" --uninstall && [ -z "$(find "$work/in stalled" -type f -o -type l)" ]
    }
    holds "install.sh removes what it has installed" removed
    staged() {
        mkdir "$work/here" && (cd "$work/here" && umask 077 && DESTDIR=stage sh "$folder/install.sh" --prefix /usr) &&
            [ -h "$work/here/stage/usr/lib/libfinaut.so" ] && [ -z "$(find "$work/here/stage" -type d ! -perm -005)" ]
    }
    holds "install.sh puts a staging folder before the prefix, for all to read" staged
    damaged_is_refused() {
        cp -R "$folder" "$work/damaged" && printf x >>"$work/damaged/include/finaut.h" &&
            ! sh "$work/damaged/install.sh" --prefix "$work/nowhere" >"$work/said" 2>&1 && grep -q 'include/finaut.h' "$work/said" && [ ! -e "$work/nowhere" ]
    }
    holds "install.sh refuses a damaged package, and says which file" damaged_is_refused
    other_machines_is_refused() {
        cp -R "$folder" "$work/others" && sed -i 's/^package: .*/package: sparc-linux-gnu/' "$work/others/BUILD.txt" &&
            ! sh "$work/others/install.sh" --prefix "$work/nowhere" >"$work/said" 2>&1 && grep -q 'sparc-linux-gnu' "$work/said" && [ ! -e "$work/nowhere" ]
    }
    holds "install.sh refuses another machine's package" other_machines_is_refused
    ;;
esac

# python_on_windows FOLDER ARGUMENT…: Wine's Python cannot write where both its outputs go to one file, but into a pipe it can.
python_on_windows() {
    python=$1
    shift
    {
        status=0
        $wine "$python/python.exe" "$@" </dev/null 2>&1 || status=$?
        echo "$status" >"$work/status"
    } | cat
    return "$(cat "$work/status")"
}
# installed_for PLATFORM VERSION FOLDER: the wheel, as pip takes it on that platform.
installed_for() {
    rm -rf "$3"
    "$tools/python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps --only-binary :all: --platform "$1" \
        --python-version "$2" --target "$3" "$wheel"
}
in_pythons_for_windows() {
    if ! wine64_ready; then
        skip 7 "$package: the wheel in a Python" "Debian's packages wine and wine64"
        return
    fi
    for minor in 8 9 10 11 12 13; do
        if ! embedded=$(sh tests/fetch.sh python3.$minor-windows 2>"$work/log"); then
            skip 1 "$package: the wheel in Python 3.$minor for Windows" "it cannot be had: $(tail -n 1 "$work/log")"
            continue
        fi
        python=$work/python3.$minor
        installed_for_windows() {
            # Without its list of folders it looks for packages as an installed one does.
            cp -R "$embedded" "$python" && rm "$python"/*._pth &&
                installed_for "$wheel_platform" 3.$minor "$python/Lib/site-packages" &&
                (cd / && python_on_windows "$python" "Z:$top/packaging/tests/smoke.py")
        }
        holds "the wheel works in Python 3.$minor for Windows" installed_for_windows
    done
    if [ -d "$work/python3.11" ]; then
        start_sandbox for-python
        python_tests_on_windows() {
            (
                unset FINAUT_SANDBOX # which is no program for Windows
                export FINAUT_API_HOST="$(cat "$work/for-python")" FINAUT_SOURCE="Z:$top"
                python_on_windows "$work/python3.11" tests/python
            )
        }
        counted "the Python tests on Python 3.11 for Windows" python_tests_on_windows
    else
        skip 1 "$package: the Python tests on Windows" "there is no Python 3.11 for it"
    fi
}

# The wheels.
for package in $tested; do
    wheel_platform=$(awk -v package="$package" '$1 == package { print $4 }' packaging/targets.txt)
    wheel=$(ls "$built/dist"/finaut-*-"$wheel_platform".whl 2>/dev/null | tail -n 1)
    echo "== ${wheel##*/}"
    if [ -z "$wheel" ]; then
        verdict "$package: there is a wheel for $wheel_platform" 1
        continue
    fi
    same_library() {
        folder=$(echo "$work/$package"/finaut-*)
        within "$wheel" finaut/libfinaut.so.1 | cmp - "$folder/lib/libfinaut.so.1" 2>/dev/null || within "$wheel" finaut/finaut.dll | cmp - "$folder/bin/finaut.dll"
    }
    holds "the library in the wheel is the package's" same_library
    described() {
        documents=$(echo "$work/$package"/finaut-*)/share/doc/finaut
        within "$wheel" dist-info/licenses/LICENSE-THIRD-PARTY.txt | cmp - "$documents/THIRD-PARTY-LICENSES.txt" &&
            within "$wheel" dist-info/sboms/finaut.cdx.json | cmp - "$documents/finaut.cdx.json"
    }
    holds "the wheel has its library's licences and parts" described
    has_schemas() {
        for schema in finaut.schema.json finaut-sync-profile.schema.json; do
            within "$wheel" "finaut/$schema" | cmp - "docs/$schema" || return 1
        done
    }
    holds "the wheel has what checks a configuration and a profile" has_schemas
    case $package in
    x86_64-windows) in_pythons_for_windows; continue ;;
    i686-windows) skip 1 "$package: the wheel in a Python" "there is none of 32 bits for Windows here; its library runs as said above"; continue ;;
    esac
    auditwheel_agrees() {
        "$tools/python" -m auditwheel show "$wheel" >"$work/said" 2>&1 || { cat "$work/said"; return 1; }
        cat "$work/said"
        grep -q "\"${wheel_platform%%.*}\"" "$work/said"
    }
    holds "auditwheel finds ${wheel_platform%%.*}" auditwheel_agrees
    case $package in
    x86_64-linux-gnu) ;;
    i686-linux-gnu)
        if small_ready; then
            in_small_python() {
                rm -rf "$small/wheel"
                mkdir "$small/wheel"
                cp "$wheel" packaging/tests/smoke.py "$small/wheel"
                in_small python3 -m venv /wheel/venv &&
                    in_small /wheel/venv/bin/python -m pip install --quiet --disable-pip-version-check --no-index --no-deps "/wheel/${wheel##*/}" &&
                    in_small /wheel/venv/bin/python /wheel/smoke.py
            }
            holds "the wheel works in a Python of 32 bits" in_small_python
        else
            skip 1 "$package: the wheel in a Python" "a Debian of 32 bits in a folder, by debootstrap"
        fi
        continue
        ;;
    aarch64-linux-gnu)
        if brings qemu-aarch64 qemu-user && make_arm64; then
            in_arm64_python() {
                installed_for "${wheel_platform%%.*}" 3.11 "$arm64/packages" &&
                    (cd / && PYTHONPATH=$arm64/packages qemu-aarch64 -L "$arm64" "$arm64/usr/bin/python3" "$top/packaging/tests/smoke.py")
            }
            holds "the wheel works in a Python for aarch64, under qemu" in_arm64_python
        else
            skip 1 "$package: the wheel in a Python" "a Debian for arm64 in a folder, by debootstrap, and qemu-user"
        fi
        continue
        ;;
    *) skip 1 "$package: the wheel in a Python" "there is none for it here; its library runs as said above"; continue ;;
    esac
    for minor in 7 8 9 10 11 12 13; do
        python=$(ls -d "$HOME"/.pyenv/versions/3.$minor.*/bin/python3 2>/dev/null | tail -n 1)
        [ -n "$python" ] || python=$(command -v "python3.$minor" || true)
        if [ -z "$python" ] || ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
            skip 1 "$package: the wheel in Python 3.$minor" "it is not installed"
            continue
        fi
        in_python() {
            "$python" -m venv "$work/venv3.$minor" &&
                "$work/venv3.$minor/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --no-deps "$wheel" &&
                (cd / && "$work/venv3.$minor/bin/python" "$top/packaging/tests/smoke.py")
        }
        holds "the wheel works in Python 3.$minor" in_python
    done
done

# The NuGet package, when all was built. What C# programs do with each library is tests/csharp's; here, that they get the right one.
if [ "$lane" = windows ] && [ "$(echo $packages)" = "$(echo $(awk '!/^#/ { print $1 }' packaging/targets.txt))" ]; then
    echo "== NuGet"
    package=NuGet
    nupkg=$(ls "$built/dist"/Finaut.Client.*.nupkg 2>/dev/null | tail -n 1)
    if [ -z "$nupkg" ]; then
        skip 12 "NuGet" "the packages were not made: Debian's package mono-devel, or Microsoft's compiler"
    else
        nuget=$work/nuget
        python3 -m zipfile -e "$nupkg" "$nuget"
        set --
        for package in $packages; do
            folder=$(echo "$work/$package"/finaut-*)
            library=$folder/lib/libfinaut.so.1
            [ -f "$library" ] || library=$folder/bin/finaut.dll
            set -- "$@" "$(awk -v package="$package" '$1 == package { print $5 }' packaging/targets.txt)=$library"
        done
        package=NuGet
        holds "it holds every package's library" python3 -B tests/csharp/package/structure.py "$nupkg" "$@"
        all_described() {
            for one in $packages; do
                rid=$(awk -v package="$one" '$1 == package { print $5 }' packaging/targets.txt)
                for file in THIRD-PARTY-LICENSES.txt finaut.cdx.json; do
                    within "$nupkg" "documents/$rid/$file" | cmp - "$(echo "$work/$one"/finaut-*)/share/doc/finaut/$file" || return 1
                done
            done
        }
        holds "it holds every library's licences and parts" all_described
        mkdir "$work/app"
        cp "$nuget/lib/netstandard2.0/"* "$work/app"
        cp -R "$nuget/runtimes" "$work/app"
        reference=/usr/lib/mono/4.6.1-api
        compiled() {
            mcs -langversion:7.2 -noconfig -nostdlib -r:$reference/mscorlib.dll -r:$reference/System.dll -r:$reference/System.Core.dll \
                -r:"$nuget/lib/net461/Finaut.Client.dll" -out:"$work/app/Tests.exe" tests/csharp/*.cs
        }
        holds "programs are compiled with it" compiled
        on_mono() {
            cp "$nuget/lib/net461/"* "$work/app"
            FINAUT_LIBRARY=$nuget/runtimes/linux-x64/native/libfinaut.so mono "$work/app/Tests.exe" each_operation
            cp "$nuget/lib/netstandard2.0/"* "$work/app"
        }
        counted "C# on Mono, with the library for Linux" on_mono
        # As somebody has it who writes a project file: restored, built, and run where the program's own list says what to load.
        project() {
            env DOTNET_CLI_HOME="$work/home" NUGET_PACKAGES="$work/home/packages" DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 \
                DOTNET_ROLL_FORWARD=Major "$net8/dotnet" exec "$(echo "$sdk"/sdk/*/MSBuild.dll)" -nologo -verbosity:minimal -restore \
                -p:Configuration=Release -p:UseSharedCompilation=false -p:Built="$built/dist" "$@"
        }
        consumed() {
            mkdir "$work/consumer" && cp packaging/tests/nuget/Consumer.csproj examples/csharp/Short.cs "$work/consumer" &&
                project -p:FrameworkPathOverride=$reference "$work/consumer/Consumer.csproj"
        }
        hosted() {
            mkdir "$work/hosted" && cp packaging/tests/nuget/Hosted.csproj examples/csharp/Plugin.cs "$work/hosted" &&
                python3 -B packaging/tests/nuget/feed.py "$sdk" "$work/feed" && project -p:Feed="$work/feed" "$work/hosted/Hosted.csproj"
        }
        # It is asked how it fares, and told to end.
        plugin_is_healthy() {
            aspnet=$work/aspnet
            mkdir -p "$aspnet/shared" && cp "$core31/dotnet" "$aspnet" && ln -s "$core31/host" "$aspnet/host" &&
                ln -s "$core31/shared/Microsoft.NETCore.App" "$sdk/shared/Microsoft.AspNetCore.App" "$aspnet/shared" || return 1
            "$aspnet/dotnet" "$work/hosted/bin/Release/netcoreapp3.1/Hosted.dll" --urls http://127.0.0.1:0 --Finaut:State="$work/plugin" \
                >"$work/plugin.log" 2>&1 &
            plugin=$!
            python3 -c 'import re, sys, time, urllib.request as web
for _ in range(6000):
    said = re.search("Now listening on: (http://[0-9.:]+)\\n", open(sys.argv[1], encoding="utf-8").read())
    if said:
        break
    time.sleep(0.1)
print(web.build_opener(web.ProxyHandler({})).open(said[1] + "/health", timeout=600).read().decode())' "$work/plugin.log" >"$work/health" 2>&1 || true
            kill "$plugin"
            ended=0
            wait "$plugin" || ended=$?
            cat "$work/plugin.log" "$work/health"
            [ "$ended" -eq 0 ] && [ "$(cat "$work/health")" = Healthy ]
        }
        # prints_a_name COMMAND…: it finds the sandbox's first person.
        prints_a_name() {
            [ "$("$@" "$(person persnr)" | tr -d '\r' | tee /dev/stderr)" = "$(person first_name) $(person last_name)" ]
        }
        person() {
            python3 -c 'import json, sys, urllib.request as web
print(json.load(web.build_opener(web.ProxyHandler({})).open(sys.argv[1] + "/sandbox/people"))[0][sys.argv[2]])' "$FINAUT_API_HOST" "$1"
        }
        export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
        if { sdk=$(sh tests/fetch.sh sdk) && net8=$(sh tests/fetch.sh net8) && core31=$(sh tests/fetch.sh core31); } 2>"$work/log"; then
            holds "a project restores it and is built with it" consumed
            program=$work/consumer/bin/Release/netcoreapp3.1/Consumer.dll
            holds "its program runs on .NET Core 3.1" prints_a_name "$core31/dotnet" "$program"
            holds "its program runs on .NET 8" prints_a_name "$net8/dotnet" exec --roll-forward Major "$program"
            holds "its program for .NET Framework runs on Mono, with an installed library" prints_a_name \
                env LD_LIBRARY_PATH="$(dirname "$work"/x86_64-linux-gnu/finaut-*/lib/libfinaut.so.1)" mono "$work/consumer/bin/Release/net461/Consumer.exe"
            holds "a project of ASP.NET Core restores Finaut.Extensions and is built with it" hosted
            holds "its plugin runs in ASP.NET Core 3.1, and ends when it is told to" plugin_is_healthy
        else
            skip 6 "NuGet: a project that restores it" "an SDK of .NET cannot be had: $(tail -n 1 "$work/log")"
        fi
        if wine64_ready && dotnet=$(sh tests/fetch.sh core31-windows 2>"$work/log"); then
            echo '{"runtimeOptions": {"framework": {"name": "Microsoft.NETCore.App", "version": "3.1.0"}}}' >"$work/runtime.json"
            on_windows() {
                (cd "$work/app" && $wine "$dotnet/dotnet.exe" exec --runtimeconfig ../runtime.json Tests.exe)
            }
            counted "the C# tests on .NET Core for Windows, with the library for Windows" on_windows
            # In whatever encoding Windows gives its console.
            prints_most_of_a_name() {
                [ "$($wine "$dotnet/dotnet.exe" "$program" "$(person persnr)" | LC_ALL=C tr -cd ' -~')" = \
                    "$(echo "$(person first_name) $(person last_name)" | LC_ALL=C tr -cd ' -~')" ]
            }
            [ ! -e "${program:-}" ] || holds "the project's program runs on .NET Core for Windows" prints_most_of_a_name
        else
            skip 2 "NuGet: the C# tests on .NET Core for Windows" "Wine or .NET cannot be had"
        fi
    fi
fi

[ "$lane" != linux ] || run "the interface" sh packaging/abi.sh
finish
