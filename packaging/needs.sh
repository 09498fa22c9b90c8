# What a script needs is said all at once, before it begins. Read in by scripts that install nothing themselves.

missing=
# need COMMAND-OR-FILE PACKAGE: what must be there, and Debian's package that brings it.
need() {
    [ -e "$1" ] || command -v "$1" >/dev/null 2>&1 || case "$missing " in *" $2 "*) ;; *) missing="$missing $2" ;; esac
}
# need_cargo INSTEAD: Debian's own is too old for this.
need_cargo() {
    command -v cargo >/dev/null 2>&1 || { echo "$0: cargo (Rust) is missing. Get it from https://rustup.rs$1" >&2; exit 1; }
}
# all_there: ends the script where something is missing.
all_there() {
    [ -z "$missing" ] || { echo "$0: not all that this needs is here. On Debian: apt install$missing" >&2; exit 1; }
}
