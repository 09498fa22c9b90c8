#!/bin/sh
# Installs finaut from an unpacked archive: sh install.sh [--prefix DIR]
#
# --prefix DIR is where to; /usr/local without it. DESTDIR, as packagers use it, is put before it. What was damaged or is for another
# machine is not installed. In a clone of the repository it installs what `sh packaging/build.sh` has built for this machine.
set -eu

prefix=/usr/local
while [ $# -gt 0 ]; do
    case $1 in
    --prefix=*) prefix=${1#--prefix=} ;;
    --prefix)
        [ $# -ge 2 ] || { echo "install.sh: --prefix needs a folder, as --prefix /opt/finaut" >&2; exit 2; }
        prefix=$2
        shift
        ;;
    -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
    *) echo "install.sh: $1 is unknown. Usage: sh install.sh [--prefix DIR]" >&2; exit 2 ;;
    esac
    shift
done
case $prefix in
/*) ;;
'') echo "install.sh: --prefix is empty. Name a folder, as --prefix /opt/finaut" >&2; exit 2 ;;
*) prefix=$PWD/$prefix ;;
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

here=$(cd "$(dirname "$0")" && pwd)
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

to=${DESTDIR:-}$prefix
if ! mkdir -p "$to" || [ ! -w "$to" ]; then
    echo "install.sh: $to cannot be written. Run this as root, or name a folder of yours with --prefix DIR" >&2
    exit 1
fi
# A library that programs have open is replaced by a new file under its name, never written over: those keep the old one.
for part in include lib bin share; do
    [ -d "$part" ] || continue
    find "$part" -type d | while read -r folder; do
        mkdir -p "$to/$folder"
    done
    find "$part" -type f -o -type l | while read -r file; do
        cp -P "$file" "$to/$file.new"
        [ -h "$file" ] || chmod 644 "$to/$file.new"
        mv -f "$to/$file.new" "$to/$file"
    done
done

echo "finaut is in $to"
if [ -z "${DESTDIR:-}" ] && [ "$(id -u)" -eq 0 ] && [ -f /etc/ld.so.conf ]; then
    ldconfig 2>/dev/null || true
fi
if [ -z "${DESTDIR:-}" ] && [ "${made_for%linux-gnu}" != "$made_for" ] &&
    ! { ldconfig -p 2>/dev/null || /sbin/ldconfig -p 2>/dev/null; } | grep -qF "$prefix/lib/libfinaut.so.1"; then
    echo "Programs do not find it there by themselves. Either:"
    echo "  as root, for all programs:  echo $prefix/lib >/etc/ld.so.conf.d/finaut.conf && ldconfig"
    echo "  for one program:            LD_LIBRARY_PATH=$prefix/lib, or link it with -Wl,-rpath,$prefix/lib"
    echo "and for pkg-config:           PKG_CONFIG_PATH=$prefix/lib/pkgconfig"
fi
