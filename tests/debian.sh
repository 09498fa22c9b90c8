# What the scripts of tests/ and packaging/ begin with: the build folder, the repository's top as the working folder, an environment
# without the caller's settings; and Debian's packages, which are installed where we may (root). A script reads it in first of all.
# One script at a time installs, because they run side by side.

# The build folder, as an absolute path: $target. A relative one was meant from where the script was called.
case ${CARGO_TARGET_DIR:=} in
'' | /*) ;;
*) CARGO_TARGET_DIR=$PWD/$CARGO_TARGET_DIR ;;
esac
cd "$(dirname "$0")/.."
top=$PWD
target=${CARGO_TARGET_DIR:-$top/target}
export CARGO_TARGET_DIR="$target"

# What the caller has set for other programs would change what is tested here. Of our own variables, only what says how a script is
# to run stays.
unset PKG_CONFIG_PATH LD_LIBRARY_PATH CMAKE_PREFIX_PATH PYTHONPATH PYTHONHOME
for name in $(env | sed -n 's/^\(FINAUT_[A-Z0-9_]*\)=.*/\1/p'); do
    case $name in
    FINAUT_LIB_DIR | FINAUT_SANDBOX | FINAUT_FRESH | FINAUT_HEADER | FINAUT_UPDATE | FINAUT_PYTHONS | FINAUT_SCREENSHOTS | FINAUT_PACKAGING_*) ;;
    *) unset "$name" ;;
    esac
done

# Programs print and sort by the locale: without one, Mono prints "?" for "ø". This one is in every Debian, whatever else was installed.
LC_ALL=C.UTF-8
export LC_ALL
unset LANGUAGE
# Compilers and package managers keep things there. Services and containers may have none.
if [ -z "${HOME:-}" ]; then
    HOME=$(getent passwd "$(id -u)" | cut -d : -f 6)
    export HOME
fi

# try COMMAND…: mirrors and registries are at times in the middle of a sync.
try() {
    for pause in 5 20 60 0; do
        "$@" && return 0
        [ "$pause" = 0 ] || { echo "   again in $pause s: $*" >&2; sleep "$pause"; }
    done
    return 1
}

alone() { flock --timeout 3600 /run/finaut-apt.lock "$@"; }
apt() {
    alone env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=1800 -o APT::Update::Error-Mode=any "$@"
}
# install PACKAGE…
install() {
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || { echo "only root of a Debian can install $*" >&2; return 1; }
    again=try
    # One of several sources may be out of reach, and what is wanted in another.
    try apt update || again=
    # Waiting makes no package known.
    alone apt-cache show "$@" >/dev/null 2>&1 || { echo "not all of $* are among this system's packages" >&2; return 1; }
    $again apt install -y --no-install-recommends --no-remove "$@"
}
# has THERE PACKAGE…: whether the shell command THERE succeeds, at once or after installing packages. Where the system's packages
# could not be asked for once, a script does not try for each thing anew.
unreachable=
has() {
    there=$1
    shift
    if eval "$there" >/dev/null 2>&1; then return 0; fi
    if [ -n "$unreachable" ]; then return 1; fi
    if ! said=$(install "$@" 2>&1); then
        echo "        ($* could not be installed: $(echo "$said" | tail -n 1))"
        case $said in *"among this system's packages"*) ;; *) unreachable=1 ;; esac
    fi
    eval "$there" >/dev/null 2>&1
}

# Whether the C compiler makes programs. Debian's gcc alone has neither the C library's headers nor what links (libc6-dev).
links() {
    linked=$(mktemp) || return 1
    status=0
    printf '#include <stdio.h>\nint main(void) { return puts("") < 0; }\n' | "${CC:-cc}" -x c - -o "$linked" || status=1
    rm -f "$linked"
    return "$status"
}

# measure_cpu FILE: sets $cpu to the CPU seconds of this shell and of what it has waited for. It needs a file, because a shell that
# writes to a pipe is another one.
measure_cpu() {
    times >"$1"
    cpu=$(awk '{ for (i = 1; i <= 2; i++) { split($i, part, "[ms]"); sum += part[1] * 60 + part[2] } } END { printf "%.0f", sum }' "$1")
}

# Sets $port to a port of loopback where nobody listens, for programs that must know it of each other. No connection of this
# machine takes one of these by chance: those are 32768 and higher.
free_port() {
    port=$((20000 + $$ % 10000))
    while grep -q "^ *[0-9]*: [0-9A-F]*:$(printf %04X "$port") " /proc/net/tcp /proc/net/tcp6 2>/dev/null; do
        port=$((port + 1))
    done
}

# debian_for ARCHITECTURE FOLDER OPTION…: makes a small Debian in that folder, of the release and from the mirror that this one has.
# The options are debootstrap's.
debian_for() {
    [ "$(id -u)" -eq 0 ] && has "command -v debootstrap" debootstrap && has "command -v gpgv" gpgv || return 1
    architecture=$1 root=$2
    shift 2
    release=$(. /etc/os-release && echo "$VERSION_CODENAME")
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Codename: $release" 2>/dev/null | head -n 1)
    debian_once() {
        rm -rf "$root"
        debootstrap --arch="$architecture" --variant=minbase "$@" "$release" "$root" "$mirror"
    }
    said=$(try debian_once "$@" 2>&1) || { echo "$said" | tail -n 5; return 1; }
}
