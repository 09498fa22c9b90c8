#!/bin/sh
# Runs what the README tells a newcomer to run, on a Debian where nothing else was installed: sh tests/fresh.sh [COMMAND…]
#
# It makes a minimal Debian of this machine's release in a folder (debootstrap), with gcc, git and ca-certificates, and with the
# Rust that is here. There it clones the last commit, runs `sh examples/demo.sh` and `sh tests/run.sh` without this machine's
# environment, and removes the folder. The last line says how it went, and so does the exit status. Commands that are given run
# instead, as "sh tests/c.sh". It needs root, some 10 GB of room in the build folder and, on two cores, half an hour.
set -eu

. "$(dirname "$0")/debian.sh"

cannot() {
    echo "fresh.sh: $1" >&2
    exit 1
}

# All happens in namespaces of its own, which end with it: nothing stays mounted, and no program goes on running.
if [ -z "${FINAUT_FRESH:-}" ]; then
    [ "$(id -u)" -eq 0 ] || cannot "only root can make another Debian and change into it. Run this as root"
    [ $# -ne 0 ] || for command in "sh examples/demo.sh" "sh tests/run.sh"; do
        grep -q "^$command " README.md || cannot "README.md does not say \"$command\" any more; mend this script"
    done
    mkdir -p "$target"
    folder=$(mktemp -d "$target/fresh.XXXXXX")
    inside=
    tidy_up() {
        [ -z "$inside" ] || kill -KILL "$inside" 2>/dev/null || true
        # Its programs end a moment later, and may write until then.
        for pause in 1 5 0; do
            if rm -rf --one-file-system "$folder" 2>/dev/null; then break; fi
            sleep "$pause"
        done
    }
    trap tidy_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    FINAUT_FRESH=$folder unshare --mount-proc --pid --fork --kill-child sh "$top/tests/fresh.sh" "$@" </dev/null &
    inside=$!
    status=0
    wait "$inside" || status=$?
    inside=
    exit "$status"
fi
root=$FINAUT_FRESH/root
unset FINAUT_FRESH

echo "== a fresh Debian"
debian_for "$(dpkg --print-architecture)" "$root" --include=gcc,git,ca-certificates || cannot "the Debian could not be made"

# How packages are fetched here: from where, through what, and trusting whom.
for file in /etc/apt /etc/hosts /etc/resolv.conf /etc/pip.conf /etc/npmrc /usr/share/keyrings /usr/local/share/ca-certificates \
    "$HOME/.config/pip" "$HOME/.pip" "$HOME/.npmrc"; do
    if [ ! -e "$file" ]; then continue; fi
    there=$root$file
    case $file in "$HOME"/*) there=$root/root${file#"$HOME"} ;; esac
    mkdir -p "${there%/*}"
    rm -rf "$there"
    cp -RL "$file" "$there"
done
mkdir -p "$root/root/.cargo"
for file in config config.toml; do
    if [ -e "${CARGO_HOME:-$HOME/.cargo}/$file" ]; then cp "${CARGO_HOME:-$HOME/.cargo}/$file" "$root/root/.cargo"; fi
done
chroot "$root" update-ca-certificates >/dev/null 2>&1

mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"

# Rust as rustup has it is one folder; otherwise it is Debian's packages.
rust=$(rustc --print sysroot)
path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
if [ "$rust" = /usr ]; then
    packages=$(dpkg-query -S /usr/bin/rustc /usr/bin/cargo | sed 's/[:,].*//' | sort -u)
    chroot "$root" sh -c 'apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@"' \
        sh $packages >/dev/null || cannot "Rust ($packages) could not be installed"
else
    mkdir "$root/opt/rust"
    mount --bind "$rust" "$root/opt/rust"
    mount -o remount,bind,ro "$root/opt/rust"
    path=/opt/rust/bin:$path
fi

git clone --quiet --no-hardlinks "$top" "$root/root/finaut"
echo "        $(git log -1 --format='%h %s')"
changed=$(git status --porcelain | wc -l)
[ "$changed" -eq 0 ] || echo "        ($changed files here are not committed as they are, and it is the commit that runs)"

# Of this machine's environment, only how packages are fetched. A file that is named is taken along; a folder that is not there is not.
in_fresh() { (
    for name in $(env | sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*\)=.*/\1/p' | sort -u); do
        case $name in
        CARGO_TARGET_DIR | CARGO_HOME) continue ;;
        *_proxy | *_PROXY | PIP_* | npm_config_* | NPM_CONFIG_* | CARGO_* | SSL_CERT_* | *_CA_BUNDLE | *_CA_CERTS) ;;
        *) continue ;;
        esac
        eval "value=\${$name-}"
        case $value in
        /*)
            if [ -f "$value" ] && [ ! -e "$root$value" ]; then
                mkdir -p "$root${value%/*}"
                cp "$value" "$root$value"
            fi
            [ -e "$root$value" ] || continue
            ;;
        esac
        set -- "$name=$value" "$@"
    done
    chroot "$root" env -i "PATH=$path" HOME=/root "$@"
); }

if [ $# -ne 0 ]; then
    for command; do
        printf '\n== %s\n' "$command"
        in_fresh sh -c "cd /root/finaut && $command" || status=1
    done
    exit "${status:-0}"
fi

status=0 demo=ok
in_fresh sh -c 'cd /root/finaut && exec sh examples/demo.sh' || demo=FAILED status=1
in_fresh sh -c 'cd /root/finaut && { sh tests/run.sh; echo "$?" >/root/status; } 2>&1 | tee /root/said' || true
[ "$(cat "$root/root/status" 2>/dev/null)" = 0 ] || status=1
counted=$(grep '^[0-9]* passed, [0-9]* failed, [0-9]* skipped' "$root/root/said" | tail -n 1)
[ -n "$counted" ] || counted="the tests did not come to an end" status=1
printf '\nfresh Debian: demo %s; %s\n' "$demo" "$counted"
exit "$status"
