#!/bin/sh
# Installs finaut from an unpacked archive, or removes it again: sh install.sh [--prefix DIR] [--uninstall]
#
# --prefix DIR is where to; /usr/local without it. DESTDIR, as packagers use it, is put before it. What was damaged or is for another
# machine is not installed. In a clone of the repository it installs what `sh packaging/build.sh` has built for this machine.
set -eu
# For all users of the machine, whoever installs.
umask 022

prefix=/usr/local uninstall=
while [ $# -gt 0 ]; do
    case $1 in
    --prefix=*) prefix=${1#--prefix=} ;;
    --prefix)
        [ $# -ge 2 ] || { echo "install.sh: --prefix needs a folder, as --prefix /opt/finaut" >&2; exit 2; }
        prefix=$2
        shift
        ;;
    --uninstall) uninstall=1 ;;
    -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "install.sh: $1 is unknown. Usage: sh install.sh [--prefix DIR] [--uninstall]" >&2; exit 2 ;;
    esac
    shift
done
case $prefix in
/*) ;;
'') echo "install.sh: --prefix is empty. Name a folder, as --prefix /opt/finaut" >&2; exit 2 ;;
*) prefix=$PWD/$prefix ;;
esac
prefix=${prefix%/}
case ${DESTDIR:=} in
'' | /*) ;;
*) DESTDIR=$PWD/$DESTDIR ;;
esac

# The machine's package: its processor's, as programs see it (a 32-bit userland may run on a 64-bit kernel), and its C library's.
kind_of_machine() {
    case $(uname -m) in
    x86_64 | amd64) if [ "$(getconf LONG_BIT 2>/dev/null || echo 64)" = 32 ]; then machine=i686; else machine=x86_64; fi ;;
    i?86) machine=i686 ;;
    aarch64 | arm64) machine=aarch64 ;;
    *) machine=$(uname -m) ;;
    esac
    case $(uname -s) in
    Linux) if ls /lib/ld-musl-* >/dev/null 2>&1 && ! getconf GNU_LIBC_VERSION >/dev/null 2>&1; then libc=linux-musl; else libc=linux-gnu; fi ;;
    *) libc=$(uname -s) ;;
    esac
    echo "$machine-$libc"
}
machine=$(kind_of_machine)

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
if [ ! -f "$here/SHA256SUMS" ]; then
    built=${CARGO_TARGET_DIR:-$here/../target}/packaging/unpacked
    here=$(ls -d "$built"/finaut-*-"$machine" 2>/dev/null | tail -n 1)
    if [ -z "$here" ]; then
        echo "install.sh: there is no package beside this script, and none was built. Run first: sh packaging/build.sh $machine" >&2
        exit 1
    fi
fi
cd "$here"

made_for=$(sed -n 's/^package: //p' BUILD.txt)
if [ "$made_for" != "$machine" ] && [ "${FINAUT_ANY_MACHINE:-}" != 1 ]; then
    echo "install.sh: this package is for $made_for, and this machine is $machine. Take the package finaut-…-$machine, or, to install for" >&2
    echo "another machine (into a cross compiler's folder, as it may be), set FINAUT_ANY_MACHINE=1." >&2
    exit 1
fi
if command -v sha256sum >/dev/null 2>&1; then
    if ! damage=$(sha256sum -c SHA256SUMS 2>&1); then
        echo "install.sh: the package is damaged; unpack it again, or fetch it again. Not as it was packed:" >&2
        printf '%s\n' "$damage" | grep -v ': OK$' >&2
        exit 1
    fi
else
    echo "install.sh: there is no sha256sum here, so the files are not checked" >&2
fi

to=$DESTDIR$prefix
files() { find include lib bin share \( -type f -o -type l \) 2>/dev/null; }

if [ -n "$uninstall" ]; then
    files | while IFS= read -r file; do
        rm -f "$to/$file" || exit 1
    done || { echo "install.sh: not all of finaut could be removed from $to. Run this as who installed it" >&2; exit 1; }
    # The folders that are its own.
    rmdir "$to/lib/cmake/finaut" "$to/lib/cmake" "$to/lib/pkgconfig" 2>/dev/null || true
    find "$to/share/doc/finaut" -depth -type d -exec rmdir {} \; 2>/dev/null || true
    if [ -z "$DESTDIR" ] && [ "$(id -u)" -eq 0 ] && [ -f /etc/ld.so.conf ]; then ldconfig 2>/dev/null || true; fi
    echo "finaut is no longer in ${to:-/}"
    exit 0
fi

if ! mkdir -p "$to/" || [ ! -w "$to/" ]; then
    echo "install.sh: $to cannot be written. Run this as root, or name a folder of yours with --prefix DIR" >&2
    exit 1
fi
# First all is copied, beside what is there; then each takes its place, which needs no room. A library that programs have open is
# replaced by a new file under its name, never written over: those keep the old one.
copied() {
    files | while IFS= read -r file; do
        mkdir -p "$to/${file%/*}" && cp -P "$file" "$to/$file.new" && { [ -h "$file" ] || chmod 644 "$to/$file.new"; } || exit 1
    done
}
if ! copied; then
    files | while IFS= read -r file; do
        rm -f "$to/$file.new" 2>/dev/null || true
    done
    echo "install.sh: nothing was installed in $to; what hindered it stands above" >&2
    exit 1
fi
files | while IFS= read -r file; do
    mv -f "$to/$file.new" "$to/$file" || exit 1
done || { echo "install.sh: only a part was installed in $to; mend what stands above, and run this again" >&2; exit 1; }

echo "finaut is in ${to:-/}"
if [ -z "$DESTDIR" ] && [ "$(id -u)" -eq 0 ] && [ -f /etc/ld.so.conf ]; then
    ldconfig 2>/dev/null || true
fi
# Under whatever name of that folder the loader knows it.
known() {
    { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null || true; } | sed -n 's/.*libfinaut\.so\.1 .*=> //p' |
        while IFS= read -r path; do
            if [ "$path" -ef "$prefix/lib/libfinaut.so.1" ]; then echo "$path"; fi
        done
}
# quoted PATH: as a shell takes it.
quoted() {
    case $1 in
    *[!A-Za-z0-9_/.+-]*) printf "'%s'" "$(printf %s "$1" | sed "s/'/'\\\\''/g")" ;;
    *) printf %s "$1" ;;
    esac
}
if [ -z "$DESTDIR" ] && [ "${made_for%linux-gnu}" != "$made_for" ] && [ -z "$(known)" ]; then
    lib=$(quoted "$prefix/lib")
    echo "Programs do not find it there by themselves. Either:"
    echo "  as root, for all programs:  echo $lib >/etc/ld.so.conf.d/finaut.conf && ldconfig"
    echo "  for one program:            LD_LIBRARY_PATH=$lib, or link it with -Wl,-rpath,$lib"
    echo "and for pkg-config:           PKG_CONFIG_PATH=$(quoted "$prefix/lib/pkgconfig")"
fi
