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
# python_for_wheels: $python can build one, or the script ends.
python_for_wheels() {
    need "$python" python3
    "$python" -c 'import venv, ensurepip' >/dev/null 2>&1 || need python3-venv python3-venv
    all_there
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 10))' || {
        echo "$0: $("$python" --version) is too old to build the wheel, which runs from Python 3.7 on. Name another: PYTHON=python3.11" >&2
        exit 1
    }
}
