#!/bin/sh
# Packs the C# binding (bindings/csharp) as NuGet takes it, and runs its tests (tests/csharp) and examples with what is in the
# packages, against the built shared library and a sandbox: the same programs on Mono, .NET Core 3.1 and .NET 8; those of
# Finaut.Extensions (tests/csharp/hosting) on ASP.NET Core 3.1, also with .NET 8 below it, for no ASP.NET Core 8 is to be had. An
# argument runs only the tests whose names contain it.
set -eu

. "$(dirname "$0")/stage.sh"
only=${1:-}

if ! has "command -v mcs && command -v xbuild && command -v sn && [ -d /usr/lib/mono/4.6.1-api ] && command -v python3" \
    mono-mcs mono-devel mono-xbuild mono-runtime ca-certificates python3; then
    skip 1 "everything of C#" "Mono's compiler or Python is not there; Debian's packages mono-mcs, mono-devel, mono-xbuild, python3"
    finish
fi
if ! { sdk=$(sh tests/fetch.sh sdk) && net8=$(sh tests/fetch.sh net8) && core31=$(sh tests/fetch.sh core31); } 2>"$work/log"; then
    skip 1 "everything of C#" "Microsoft's compiler and .NET could not be had: $(tail -n 1 "$work/log")"
    finish
fi
build_library
library=$FINAUT_LIB_DIR/libfinaut.so

# check NAME COMMAND…: one test of this script's own; a failure shows what the command said.
check() {
    name=$1
    shift
    case $name in *"$only"*) ;; *) return 0 ;; esac
    if "$@" >"$work/log" 2>&1; then verdict "$name" 0; else verdict "$name" 1 "$work/log"; fi
}

# says STATUS WORDS COMMAND…: the command ends with this status, and what it says holds these words.
says() {
    wanted=$1 words=$2 status=0
    shift 2
    timeout 1800 "$@" >"$work/said" 2>&1 || status=$?
    cat "$work/said"
    echo "(ended with status $status; wanted: status $wanted and \"$words\")"
    [ "$status" -eq "$wanted" ] && grep -qF -- "$words" "$work/said"
}

echo "== the package"
reference=/usr/lib/mono/4.6.1-api
cecil=$(ls -d /usr/lib/mono/gac/Mono.Cecil/0.1[1-9]*/Mono.Cecil.dll | tail -1)
compile() {
    mcs -langversion:7.2 -warn:4 -warnaserror -debug -noconfig -nostdlib -r:"$reference/mscorlib.dll" -r:"$reference/System.dll" \
        -r:"$reference/System.Core.dll" "$@"
}
# Windows files come from elsewhere; here others stand in their places.
echo 64 >"$work/win-x64" && echo 32 >"$work/win-x86"
natives="linux-x64=$library win-x64=$work/win-x64 win-x86=$work/win-x86"
pack() {
    set -- "$1" $natives
    out=$1
    shift
    for native in "$@"; do
        set -- "$@" --native "$native"
        shift
    done
    sh bindings/csharp/pack.sh "$@" --out "$out"
}
pack "$work" >"$work/log" 2>&1 || { cat "$work/log"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
nupkg=$(ls "$work"/Finaut.Client.*.nupkg)
package=$work/package
python3 -m zipfile -e "$nupkg" "$package"
python3 -m zipfile -e "$(ls "$work"/Finaut.Extensions.*.nupkg)" "$work/extensions"
check the_packages_hold_what_nuget_wants python3 -B tests/csharp/package/structure.py "$nupkg" $natives
for assembly in "$package"/lib/*/*.dll "$work"/extensions/lib/*/*.dll; do
    framework=$(basename "$(dirname "$assembly")")
    check "the_assembly_for_${framework}_has_its_strong_name" says 0 "is strongnamed" sn -v "$assembly"
done
check the_sources_suit_an_old_compiler compile -target:library -out:"$work/old.dll" bindings/csharp/src/*.cs
framework_gets_both() {
    mkdir "$work/framework"
    cp tests/csharp/package/Framework.csproj examples/csharp/Short.cs "$work/framework"
    xbuild /nologo /verbosity:quiet "/p:Package=$package" "$work/framework/Framework.csproj"
    (cd "$work/framework/bin" && find . -type f | sort)
    [ "$(cat "$work/framework/bin/runtimes/win-x64/native/finaut.dll")" = 64 ] &&
        [ "$(cat "$work/framework/bin/runtimes/win-x86/native/finaut.dll")" = 32 ]
}
check a_framework_program_gets_both_libraries_of_windows framework_gets_both

echo "== the runtimes"
app=$work/app
mkdir "$app"
cp "$package/lib/netstandard2.0/"* "$app"
compile -r:"$package/lib/net461/Finaut.Client.dll" -out:"$app/Tests.exe" tests/csharp/*.cs
compile -r:"$package/lib/net461/Finaut.Client.dll" -out:"$app/Short.exe" examples/csharp/Short.cs
compile -r:"$package/lib/net461/Finaut.Client.dll" -out:"$app/Onboard.exe" examples/csharp/Onboard.cs
compile -r:"$package/lib/net461/Finaut.Client.dll" -out:"$app/Inbox.exe" examples/csharp/Inbox.cs
compile -r:"$package/lib/net461/Finaut.Client.dll" -out:"$app/FirstNight.exe" examples/csharp/FirstNight.cs
compile -r:"$package/lib/net461/Finaut.Client.dll" -out:"$app/Approve.exe" examples/sync/Approve.cs

runtimes="mono netcore31 net8"
for version in 3.1.0 8.0.0; do
    # Without ICU, which is large and for other things.
    echo '{"runtimeOptions": {"framework": {"name": "Microsoft.NETCore.App", "version": "'$version'"},' \
        '"configProperties": {"System.Globalization.Invariant": true}}}' >"$work/$version.json"
done
core=$(echo "$core31"/shared/Microsoft.NETCore.App/3.1.*)
mcs -r:"$cecil" -out:"$work/References.exe" tests/csharp/package/References.cs
cp "$cecil" "$work"
for framework in netstandard2.0 netstandard2.1; do
    check "the_assembly_for_${framework}_refers_to_nothing_else" \
        mono "$work/References.exe" "$package/lib/$framework/Finaut.Client.dll" "$core" netstandard
done
# The words before the program's name.
command_of() {
    case $1 in
    mono) echo mono --debug ;;
    netcore31) echo "$core31/dotnet" exec --runtimeconfig "$work/3.1.0.json" ;;
    net8) echo "$net8/dotnet" exec --runtimeconfig "$work/8.0.0.json" ;;
    esac
}

use_sandbox

# asked PATH KEY: a value of the sandbox's answer.
asked() {
    python3 -c 'import json, sys, urllib.request as web
opener = web.build_opener(web.ProxyHandler({}))
answer = json.load(opener.open(sys.argv[1] + "/sandbox/" + sys.argv[2]))
print((answer[0] if isinstance(answer, list) else answer)[sys.argv[3]])' "$FINAUT_API_HOST" "$@"
}

# Libraries that are none, or not ours: of another interface, without our functions, of the same interface but with fewer.
stub() {
    cc -shared -fPIC -x c -o "$work/$1.so" -
}
echo 'unsigned finaut_abi_version(void) { return 2; }' | stub interface2
echo 'int other(void) { return 0; }' | stub foreign
echo 'unsigned finaut_abi_version(void) { return 1; } const char *finaut_version(void) { return "0.0.9"; }
void finaut_string_free(char *s) { (void)s; }' | stub older
echo 'no library' >"$work/text.so"

# folder NAME: the program with the assembly, as it would be deployed; what the test adds to it is its own.
folder() {
    folder=$work/$runtime.$1
    cp -r "$app" "$folder"
}
# What .NET Core reads about the files of a program: here, where its native library is.
dependencies() {
    echo '{"runtimeTarget": {"name": ".NETCoreApp,Version=v3.1"}, "compilationOptions": {}, "targets": {".NETCoreApp,Version=v3.1":
        {"Finaut.Client/0.1.0": {"runtime": {"Finaut.Client.dll": {}}, "runtimeTargets":
        {"runtimes/linux-x64/native/libfinaut.so": {"rid": "linux-x64", "assetType": "native"}}}}},
        "libraries": {"Finaut.Client/0.1.0": {"type": "project", "serviceable": false, "sha512": ""}}}'
}

# nights WHAT COMMAND…: a program of the sync (tests/python/nights.py).
nights() {
    env PYTHONPATH="$top/bindings/python" PYTHONDONTWRITEBYTECODE=1 python3 tests/python/nights.py "$@"
}

# The event loop listens at any port, and is told of a new result as soon as it says at which.
receives() {
    WEBHOOK_SECRET=5f2c81d90ab34e67f1c8a2b4 $run "$app/Inbox.exe" "$work/$runtime.received" 127.0.0.1:0 1 >"$work/received" 2>&1 &
    program=$!
    python3 -c 'import json, sys, time, urllib.request as web
opener = web.build_opener(web.ProxyHandler({}))
def post(url, body):
    return opener.open(web.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"}), timeout=600).read()
new = json.loads(post(sys.argv[1] + "/sandbox/results", {"user": json.load(opener.open(sys.argv[1] + "/sandbox/people"))[0]["id"]}))
for _ in range(6000):
    said = [line for line in open(sys.argv[2], encoding="utf-8") if line.startswith("Listening: ") and line.endswith("\n")]
    if said:
        break
    time.sleep(0.1)
post(json.loads(said[0].split(": ", 1)[1])[0] + "/5f2c81d90ab34e67f1c8a2b4", new)' "$FINAUT_API_HOST" "$work/received" || kill "$program"
    status=0
    wait "$program" || status=$?
    cat "$work/received"
    [ "$status" -eq 0 ] && grep -q "^Event 1: result, verified: true, status " "$work/received"
}

for runtime in $runtimes; do
    # What NuGet gives a program there.
    [ "$runtime" = mono ] && framework=netstandard2.0 || framework=netstandard2.1
    cp "$package/lib/$framework/"* "$app"
    echo "== finding the library, on $runtime"
    run=$(command_of "$runtime")
    load="$run $app/Tests.exe --load"
    check "a_library_is_named_by_a_variable" says 0 "version " env FINAUT_LIBRARY="$library" $load
    check "a_missing_library_is_told_with_what_to_do" says 3 "or name its file in FINAUT_LIBRARY" $load
    check "a_missing_library_is_told_with_its_name" says 3 "Look at what FINAUT_LIBRARY names: /nowhere/libfinaut.so" \
        env FINAUT_LIBRARY=/nowhere/libfinaut.so $load
    check "a_file_that_is_no_library_is_refused" says 3 "cannot be loaded into this 64-bit process" env FINAUT_LIBRARY="$work/text.so" $load
    check "a_library_of_another_interface_is_refused" says 3 "has interface 2, this Finaut.Client was made for 1" \
        env FINAUT_LIBRARY="$work/interface2.so" $load
    check "a_library_of_something_else_is_refused" says 3 "lacks its functions" env FINAUT_LIBRARY="$work/foreign.so" $load
    check "a_library_that_is_too_old_is_refused" says 3 "version 0.0.9, is older" env FINAUT_LIBRARY="$work/older.so" $load
    folder installed
    ln -s "$library" "$folder/libfinaut.so.1"
    mkdir "$folder/lib" && mv "$folder/libfinaut.so.1" "$folder/lib"
    check "an_installed_library_is_found_by_its_soname" says 0 "version " env LD_LIBRARY_PATH="$folder/lib" $run "$folder/Tests.exe" --load
    folder beside
    # Mono follows the .config, which names the soname; .NET Core adds what Linux calls a library.
    [ "$runtime" = mono ] && file=libfinaut.so.1 || file=libfinaut.so
    ln -s "$library" "$folder/$file"
    check "a_library_beside_the_program_is_found" says 0 "version " $run "$folder/Tests.exe" --load
    ln -sf "$work/interface2.so" "$folder/$file"
    check "a_library_that_was_found_is_looked_at_as_well" says 3 "has interface 2" $run "$folder/Tests.exe" --load
    check "the_variable_goes_before_what_would_be_found" says 0 "version " env FINAUT_LIBRARY="$library" $run "$folder/Tests.exe" --load
    if [ "$runtime" != mono ]; then
        folder package
        cp -r "$package/runtimes" "$folder"
        check "a_plugin_finds_the_packages_library_beside_itself" says 0 "version " $run "$folder/Tests.exe" --load
        dependencies >"$folder/Tests.deps.json"
        # Where the program's list says it is, and nowhere else: the folder's name is not ours to find.
        mv "$folder/runtimes/linux-x64" "$folder/runtimes/elsewhere"
        sed -i s,runtimes/linux-x64,runtimes/elsewhere, "$folder/Tests.deps.json"
        check "a_program_finds_the_packages_library_by_its_list" says 0 "version " $run "$folder/Tests.exe" --load
    fi

    FINAUT_LIBRARY=$library
    export FINAUT_LIBRARY
    check "a_process_ends_with_clients_open" says 5 "ends while a call waits: True" $run "$app/Tests.exe" --exit
    check "the_short_example_prints_a_name" says 0 "$(asked people last_name)" $run "$app/Short.exe" "$(asked people persnr)"
    check "a_first_night_proposes_a_profile_and_plans_by_it" nights first $run "$app/FirstNight.exe"
    check "what_was_reviewed_is_approved" nights approve $run "$app/Approve.exe"
    case $runtime in mono) n=1 ;; netcore31) n=2 ;; net8) n=3 ;; esac
    check "the_long_example_hires_somebody" says 0 "Hired Kjærsti Bjørnås-Ødegård" \
        $run "$app/Onboard.exe" "$(asked "unused_persnr?n=$n" persnr)"
    check "the_long_example_tells_what_to_mend" says 1 "persnr: " $run "$app/Onboard.exe" 123
    check "the_event_loop_receives_what_is_sent" receives
    check "the_event_loop_asks_for_what_is_new" says 0 ", verified: true, status " $run "$app/Inbox.exe" "$work/$runtime.asked" poll 1
    check "the_event_loop_ends_when_it_can_never_work" says 1 "nowhere" $run "$app/Inbox.exe" "$work/nowhere/state" poll

    run "$runtime" $run "$app/Tests.exe" $only
    unset FINAUT_LIBRARY
done

# What Mono and .NET Framework are given by the package, and .NET Core before 3.0.
cp "$package/lib/net461/"* "$app"
check the_assembly_for_net461_does_the_same says 0 "0 failed" env FINAUT_LIBRARY="$library" mono --debug "$app/Tests.exe" each
cp "$package/lib/netstandard2.0/"* "$app"
check the_assembly_for_netstandard2.0_does_the_same_on_net8 says 0 "0 failed" env FINAUT_LIBRARY="$library" $(command_of net8) "$app/Tests.exe" each

echo "== Finaut.Extensions"
# A .NET that knows ASP.NET Core: the runtime of one package and the framework of the other.
aspnet=$work/aspnet hosted=$work/hosted
mkdir -p "$aspnet/shared" "$hosted"
cp "$core31/dotnet" "$aspnet"
ln -s "$core31/host" "$aspnet/host"
ln -s "$core31/shared/Microsoft.NETCore.App" "$sdk/shared/Microsoft.AspNetCore.App" "$aspnet/shared"
cp "$package"/lib/netstandard2.1/*.dll "$work"/extensions/lib/*/*.dll "$hosted"
for reference in "$sdk"/packs/Microsoft.NETCore.App.Ref/*/ref/netcoreapp3.1/*.dll "$sdk"/packs/Microsoft.AspNetCore.App.Ref/*/ref/netcoreapp3.1/*.dll; do
    echo "-r:\"$reference\""
done >"$work/references"
hosted_programs() {
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$net8/dotnet" exec --roll-forward Major "$(echo "$sdk"/sdk/*/Roslyn/bincore/csc.dll)" -nologo -langversion:8.0 \
        -warn:4 -warnaserror+ -debug:portable -noconfig -nostdlib+ -main:Runner "@$work/references" -r:"$hosted/Finaut.Client.dll" \
        -r:"$hosted/Finaut.Extensions.dll" -out:"$hosted/Hosted.dll" tests/csharp/hosting/*.cs tests/csharp/Runner.cs tests/csharp/Process.cs \
        tests/csharp/Sandbox.cs examples/csharp/Plugin.cs
}
the_night() {
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$net8/dotnet" exec --roll-forward Major "$(echo "$sdk"/sdk/*/Roslyn/bincore/csc.dll)" -nologo -langversion:8.0 \
        -warn:4 -warnaserror+ -noconfig -nostdlib+ "@$work/references" -r:"$hosted/Finaut.Client.dll" -r:"$hosted/Finaut.Extensions.dll" \
        -out:"$hosted/Nightly.dll" examples/sync/Nightly.cs
}
if ! hosted_programs >"$work/log" 2>&1; then
    verdict the_example_of_a_plugin_is_compiled 1 "$work/log"
else
    verdict the_example_of_a_plugin_is_compiled 0
    FINAUT_LIBRARY=$library
    export FINAUT_LIBRARY
    echo '{"runtimeOptions": {"frameworks": [{"name": "Microsoft.NETCore.App", "version": "3.1.0"}, {"name": "Microsoft.AspNetCore.App",' \
        '"version": "3.1.0"}], "configProperties": {"System.Globalization.Invariant": true}}}' >"$hosted/Hosted.runtimeconfig.json"
    run "ASP.NET Core 3.1" "$aspnet/dotnet" "$hosted/Hosted.dll" $only
    if the_night >"$work/log" 2>&1; then
        cp "$hosted/Hosted.runtimeconfig.json" "$hosted/Nightly.runtimeconfig.json"
        run "the night as a hosted service" nights csharp "$aspnet/dotnet" "$hosted/Nightly.dll"
    else
        verdict the_night_as_a_hosted_service_is_compiled 1 "$work/log"
    fi
    # ASP.NET Core's own assemblies as parts of the program.
    cp "$sdk"/shared/Microsoft.AspNetCore.App/*/*.dll "$hosted"
    cp "$work/8.0.0.json" "$hosted/Hosted.runtimeconfig.json"
    run "ASP.NET Core 3.1 on .NET 8" "$net8/dotnet" "$hosted/Hosted.dll" $only
fi

finish
