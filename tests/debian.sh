# What the scripts need of the system: a locale, and Debian's packages, which are installed where we may (root). Read in by scripts
# that need something; one at a time installs, for they run side by side.

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

alone() { flock --timeout 1800 /run/finaut-apt.lock "$@"; }
apt() {
    alone env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 -o APT::Update::Error-Mode=any "$@"
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
