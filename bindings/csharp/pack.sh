#!/bin/sh
# Builds Finaut.Client for net461 and netstandard2.0, and packs both with native libraries into a NuGet package.
#
#   sh bindings/csharp/pack.sh --native linux-x64=target/release/libfinaut.so [--native win-x64=…/finaut.dll …] [--out FOLDER]
#
# Without --out it is the repository's dist, which git ignores.
# --documents linux-x64=FOLDER adds the licences and the list of what is in that library, from a package's folder (packaging/build.sh).
# Needs Debian's mono-mcs, mono-devel (its reference assemblies, Mono.Cecil and sn) and Python 3.
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
top=$here/../..
out=${out:-$top/dist}
reference=/usr/lib/mono/4.6.1-api
facade=/usr/lib/mono/4.7.2-api/Facades/netstandard.dll
cecil=$(ls -d /usr/lib/mono/gac/Mono.Cecil/0.1[1-9]*/Mono.Cecil.dll 2>/dev/null | tail -1)
. "$top/packaging/needs.sh"
need mcs mono-mcs
need mono mono-runtime
need sn mono-devel
need "$reference/mscorlib.dll" mono-devel
need "$facade" mono-devel
need "${cecil:-Mono.Cecil.dll}" mono-devel
need python3 python3
all_there
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The interface's number is the assembly's version: it changes when programs must be compiled anew, and only then.
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$top/Cargo.toml" | head -1)
interface=$(sed -n 's/^#define FINAUT_ABI_VERSION \([0-9]*\)$/\1/p' "$top/include/finaut.h")
cat >"$work/AssemblyInfo.cs" <<CS
using System.Reflection;
[assembly: AssemblyTitle("Finaut.Client")]
[assembly: AssemblyProduct("finaut")]
[assembly: AssemblyDescription("The FinAut API for .NET programs")]
[assembly: AssemblyVersion("$interface.0.0.0")]
[assembly: AssemblyFileVersion("$version")]
[assembly: AssemblyInformationalVersion("$version")]
[assembly: System.Runtime.InteropServices.ComVisible(false)]
[assembly: System.Runtime.Versioning.TargetFramework(".NETFramework,Version=v4.6.1")]
CS

mkdir -p "$work/lib/net461" "$work/lib/netstandard2.0"
mcs -langversion:7.2 -warn:4 -warnaserror -optimize+ -target:library -keyfile:"$here/finaut.snk" -noconfig -nostdlib \
    -r:"$reference/mscorlib.dll" -r:"$reference/System.dll" -r:"$reference/System.Core.dll" \
    -doc:"$work/lib/net461/Finaut.Client.xml" -out:"$work/lib/net461/Finaut.Client.dll" "$work/AssemblyInfo.cs" "$here"/src/*.cs
mcs -warnaserror -r:"$cecil" -out:"$work/Retarget.exe" "$here/Retarget.cs"
cp "$cecil" "$work"
mono "$work/Retarget.exe" "$work/lib/net461/Finaut.Client.dll" "$work/lib/netstandard2.0/Finaut.Client.dll" "$facade"
sn -q -R "$work/lib/netstandard2.0/Finaut.Client.dll" "$here/finaut.snk"
cp "$work/lib/net461/Finaut.Client.xml" "$work/lib/netstandard2.0"
python3 "$here/pack.py" "$work/lib" "$version" "$out" $natives -- $documents
