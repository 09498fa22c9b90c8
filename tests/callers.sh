#!/bin/sh
# Runs the short examples of other old callers (COBOL, Pascal, Perl, PHP, Java, Node.js, LuaJIT, VB.NET) against the built shared
# library and a sandbox: each finds a person, meets an error, and ends with one where no client can be made. What a machine lacks is
# installed where we may (Debian, root); else it is said, and counted as skipped. An argument runs only the callers whose names
# contain it.
set -eu

. "$(dirname "$0")/stage.sh"
only=${1:-}
build_library

# The library as an installed one would be found.
mkdir "$work/lib"
ln -s "$FINAUT_LIB_DIR/libfinaut.so" "$work/lib/libfinaut.so"
ln -s libfinaut.so "$work/lib/libfinaut.so.1"
LD_LIBRARY_PATH=$work/lib
export LD_LIBRARY_PATH

use_sandbox

printf 'Nærbølien\nnot_found\n' >"$work/wanted"

# says NAME COMMAND…: the two promises that every caller keeps. The locale is one that does not know UTF-8: text must not depend
# on it.
says() {
    name=$1
    shift
    status=0
    { LC_ALL=C "$@" >"$work/said" && diff "$work/said" "$work/wanted"; } >"$work/log" 2>&1 || status=1
    verdict "$name finds a person, and tells why there is none" "$status" "$work/log"
    status=0
    if FINAUT_API_HOST=ftp://nowhere LC_ALL=C "$@" >"$work/log" 2>&1; then status=1; fi
    # It must have failed at the host, not at something else.
    grep -qi -e config -e 'ftp://nowhere' "$work/log" || status=1
    verdict "$name ends with an error where no client can be made" "$status" "$work/log"
}

# made NAME COMMAND…: compiles; a failure is one of both promises.
made() {
    name=$1
    shift
    "$@" >"$work/log" 2>&1 && return 0
    verdict "$name compiles" 1 "$work/log"
    return 1
}

cobol() {
    has "command -v cobc" gnucobol4 || has "command -v cobc" gnucobol || { skip 2 "$1" "Debian's package gnucobol4"; return 0; }
    if made "$1" cobc -x -fstatic-call examples/cobol/get.cob -L"$work/lib" -lfinaut -o "$work/cobol"; then
        says "$1" "$work/cobol"
    fi
    if made "$1" cobc -x examples/cobol/get.cob -o "$work/cobol-preloading"; then
        says "$1, preloading" env COB_PRE_LOAD=libfinaut COB_LIBRARY_PATH="$work/lib" "$work/cobol-preloading"
    fi
}

pascal() {
    has "command -v fpc" fp-compiler || { skip 2 "$1" "Debian's package fp-compiler"; return 0; }
    mkdir "$work/pascal"
    if made "$1" fpc -v0 -Fl"$work/lib" -FU"$work/pascal" -FE"$work/pascal" examples/pascal/get.pas; then
        says "$1" "$work/pascal/get"
    fi
}

perl_() {
    has "perl -MFFI::Platypus -e 1" libffi-platypus-perl || { skip 2 "$1" "Debian's package libffi-platypus-perl"; return 0; }
    says "$1" perl examples/perl/get.pl
}

php_() {
    has "php -r 'exit(extension_loaded(\"ffi\") ? 0 : 1);'" php-cli || { skip 2 "$1" "Debian's package php-cli"; return 0; }
    says "$1" php examples/php/get.php
}

java_() {
    jna=/usr/share/java/jna.jar
    { has "command -v javac" default-jdk-headless && has "[ -f $jna ]" libjna-java; } ||
        { skip 2 "$1" "Debian's packages default-jdk-headless and libjna-java"; return 0; }
    if made "$1" javac -Xlint:all -Werror -d "$work/java" -cp "$jna" examples/java/Get.java; then
        says "$1" java -cp "$jna:$work/java" -Djna.library.path="$work/lib" Get
    fi
}

node_() {
    has "command -v npm && command -v node" nodejs npm || { skip 2 "$1" "Debian's packages nodejs and npm"; return 0; }
    mkdir "$work/node"
    cp examples/node/* "$work/node"
    # The lock file has the packages' hashes; no script of theirs is run.
    if ! (cd "$work/node" && try npm ci --ignore-scripts --no-audit --no-fund >"$work/log" 2>&1); then
        skip 2 "$1" "koffi could not be fetched with npm"
        return 0
    fi
    says "$1" node "$work/node/get.js"
}

lua() {
    has "command -v luajit" luajit || { skip 2 "$1" "Debian's package luajit"; return 0; }
    says "$1" luajit examples/lua/get.lua
}

# vbnet_as NAME REFERENCES RUNTIME OUT COMMAND…: compiles it as for Visual Basic 2008, against that runtime's own assemblies, and runs
# it. No My namespace: the example is the same in every kind of program.
vbnet_as() {
    name=$1 references=$2 runtime=$3 out=$4
    shift 4
    if made "$name" $vbc -nologo -langversion:9 -optionstrict+ -optionexplicit+ -warnaserror '-define:_MYTYPE="Empty"' -nostdlib \
        -sdkpath:"$references" "-vbruntime$runtime" $(printf ' -r:%s' "$references"/*.dll) -out:"$out" examples/vbnet/Get.vb; then
        says "$name" "$@" "$out"
    fi
}

vbnet() {
    { sdk=$(sh tests/fetch.sh sdk) && net8=$(sh tests/fetch.sh net8) && core31=$(sh tests/fetch.sh core31); } 2>"$work/log" ||
        { skip 4 "$1" "Microsoft's compiler could not be had: $(tail -n 1 "$work/log")"; return 0; }
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
    export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT DOTNET_CLI_TELEMETRY_OPTOUT
    vbc="$net8/dotnet exec --roll-forward Major $(echo "$sdk"/sdk/*/Roslyn/bincore/vbc.dll)"
    core=$(echo "$sdk"/packs/Microsoft.NETCore.App.Ref/*/ref/netcoreapp*)
    echo '{"runtimeOptions": {"framework": {"name": "Microsoft.NETCore.App", "version": "3.1.0"}}}' >"$work/core31.json"
    vbnet_as "$1, .NET Core" "$core" ":$core/Microsoft.VisualBasic.Core.dll" "$work/vbnet.dll" \
        "$core31/dotnet" exec --runtimeconfig "$work/core31.json"
    # As for .NET Framework, with the little of Microsoft.VisualBasic.dll that it needs in the program itself.
    framework=/usr/lib/mono/4.6.1-api
    mkdir "$work/framework"
    if has "[ -d $framework ] && command -v mono" mono-devel mono-runtime; then
        ln -s $framework/mscorlib.dll $framework/System.dll "$work/framework"
        vbnet_as "$1, .NET Framework" "$work/framework" "*" "$work/vbnet.exe" mono
    else
        skip 2 "$1, .NET Framework" "Debian's packages mono-devel and mono-runtime"
    fi
}

for caller in COBOL:cobol Pascal:pascal Perl:perl_ PHP:php_ Java:java_ Node.js:node_ LuaJIT:lua VB.NET:vbnet; do
    case $caller in *"$only"*) "${caller#*:}" "${caller%:*}" ;; esac
done

finish
