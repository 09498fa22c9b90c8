#!/bin/sh
# Builds Finaut.Client for net461, netstandard2.0 and netstandard2.1, and packs them with native libraries into a NuGet package; and
# Finaut.Extensions for netcoreapp3.1 into another. For each there is one with the symbols as well (.snupkg).
#
#   sh bindings/csharp/pack.sh --native linux-x64=target/release/libfinaut.so [--native win-x64=…/finaut.dll …] [--out FOLDER]
#
# Without --out it is the repository's dist, which git ignores.
# --documents linux-x64=FOLDER adds the licences and the list of what is in that library, from a package's folder (packaging/build.sh).
# Needs Debian's mono-devel (the reference assemblies of .NET Framework), Python 3, and what tests/fetch.sh brings: Microsoft's C#
# compiler, a .NET to run it, and the reference assemblies of .NET Standard and of ASP.NET Core 3.1.
set -eu
out= natives= documents=
while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || { echo "pack: nothing stands after $1; the beginning of $0 says what it takes" >&2; exit 2; }
    case $1 in
    --native) natives="$natives
$2" ;;
    --documents) documents="$documents
$2" ;;
    --out) out=$2 ;;
    *) echo "pack: $1 is unknown; the beginning of $0 says what it takes" >&2; exit 2 ;;
    esac
    shift 2
done
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
framework=/usr/lib/mono/4.6.1-api
out=${out:-$top/dist}
. "$top/packaging/needs.sh"
need "$framework/mscorlib.dll" mono-devel
need python3 python3
all_there
mkdir -p "$out"
if ! { sdk=$(sh "$top/tests/fetch.sh" sdk) && net8=$(sh "$top/tests/fetch.sh" net8); }; then
    echo "pack: Microsoft's C# compiler cannot be had (sh tests/fetch.sh sdk)" >&2
    exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The interface's number is the assemblies' version: it changes when programs must be compiled anew, and only then.
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$top/Cargo.toml" | head -1)
interface=$(sed -n 's/^#define FINAUT_ABI_VERSION \([0-9]*\)$/\1/p' "$top/include/finaut.h")

# build NAME FRAMEWORK MONIKER OPTION…: compiles an assembly with its documentation and symbols. The same sources give the same bytes.
build() {
    name=$1 folder=$work/lib/$1/$2 moniker=$3
    shift 3
    mkdir -p "$folder"
    cat >"$folder/AssemblyInfo.cs" <<CS
using System.Reflection;
[assembly: AssemblyTitle("$name")]
[assembly: AssemblyProduct("finaut")]
[assembly: AssemblyDescription("The FinAut API for .NET programs")]
[assembly: AssemblyVersion("$interface.0.0.0")]
[assembly: AssemblyFileVersion("$version")]
[assembly: AssemblyInformationalVersion("$version")]
[assembly: System.Runtime.InteropServices.ComVisible(false)]
[assembly: System.Runtime.Versioning.TargetFramework("$moniker")]
CS
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$net8/dotnet" exec --roll-forward Major "$(echo "$sdk"/sdk/*/Roslyn/bincore/csc.dll)" -nologo -warn:4 \
        -warnaserror+ -optimize+ -deterministic+ -debug:portable -pathmap:"$work=/finaut/build,$top=/finaut" -target:library -noconfig -nostdlib+ \
        -keyfile:"$here/finaut.snk" -doc:"$folder/$name.xml" -out:"$folder/$name.dll" "$@" "$folder/AssemblyInfo.cs"
}
build Finaut.Client net461 .NETFramework,Version=v4.6.1 -langversion:7.3 -r:"$framework/mscorlib.dll" -r:"$framework/System.dll" \
    -r:"$framework/System.Core.dll" "$here"/src/*.cs
build Finaut.Client netstandard2.0 .NETStandard,Version=v2.0 -langversion:7.3 -r:"$(echo "$sdk"/sdk/*/ref/netstandard.dll)" "$here"/src/*.cs
# A reference that may be null is marked by a comment in the sources, which old compilers must be able to read.
mkdir "$work/annotated"
for source in "$here"/src/*.cs; do
    if grep -q '/\*[?!]\*/' "$source"; then
        printf '#nullable enable\n#line 1 "/finaut/bindings/csharp/src/%s"\n' "${source##*/}"
    else
        printf '#line 1 "/finaut/bindings/csharp/src/%s"\n' "${source##*/}"
    fi >"$work/annotated/${source##*/}"
    sed 's,/\*\([?!]\)\*/,\1,g' "$source" >>"$work/annotated/${source##*/}"
done
build Finaut.Client netstandard2.1 .NETStandard,Version=v2.1 -langversion:8.0 -define:NETSTANDARD2_1 \
    -r:"$(echo "$sdk"/packs/NETStandard.Library.Ref/*/ref/netstandard2.1/netstandard.dll)" "$work"/annotated/*.cs
for reference in "$sdk"/packs/Microsoft.NETCore.App.Ref/*/ref/netcoreapp3.1/*.dll "$sdk"/packs/Microsoft.AspNetCore.App.Ref/*/ref/netcoreapp3.1/*.dll; do
    echo "-r:\"$reference\""
done >"$work/references"
build Finaut.Extensions netcoreapp3.1 .NETCoreApp,Version=v3.1 -langversion:8.0 -nullable:enable "@$work/references" \
    -r:"$work/lib/Finaut.Client/netstandard2.1/Finaut.Client.dll" "$here"/extensions/*.cs
python3 -B "$here/pack.py" "$work/lib" "$version" "$out" $natives -- $documents
