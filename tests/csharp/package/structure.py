"""Looks whether a NuGet package of Finaut.Client is as it should be: structure.py NUPKG RID=FILE …

Says what is wrong, and fails.
"""
import sys
import xml.etree.ElementTree as xml
import zipfile
from pathlib import Path

NUSPEC = "{http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
WANTED = {
    "Finaut.Client.nuspec",
    "README.md",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "docs/finaut.schema.json",
    "build/net461/Finaut.Client.targets",
    "buildTransitive/net461/Finaut.Client.targets",
    "lib/net461/Finaut.Client.dll",
    "lib/net461/Finaut.Client.dll.config",
    "lib/net461/Finaut.Client.xml",
    "lib/netstandard2.0/Finaut.Client.dll",
    "lib/netstandard2.0/Finaut.Client.dll.config",
    "lib/netstandard2.0/Finaut.Client.xml",
    "[Content_Types].xml",
    "_rels/.rels",
}


def expect(condition, what):
    if not condition:
        sys.exit(f"expected: {what}")


def main(path, *natives):
    package = zipfile.ZipFile(path)
    names = package.namelist()
    natives = dict(native.split("=", 1) for native in natives)
    documents = {f"documents/{rid}/{name}" for rid in natives for name in ("THIRD-PARTY-LICENSES.txt", "finaut.cdx.json")}
    # Who packs a library of his own need not bring them; who brings some brings all.
    expect(not documents & set(names) or documents <= set(names), f"licences and parts of each library; missing are {documents - set(names)}")
    names = [name for name in names if name not in documents]
    files = {f"runtimes/{rid}/native/{'finaut.dll' if rid.startswith('win') else 'libfinaut.so'}": file for rid, file in natives.items()}
    expect(set(names) == WANTED | set(files), f"exactly its files; differs by {set(names) ^ (WANTED | set(files))}")
    expect(len(names) == len(set(names)), "each file once")
    # Windows does not tell Finaut.dll from finaut.dll: an assembly of that name would hide the library.
    expect(not any(name.lower().endswith("/finaut.dll") and name.startswith("lib/") for name in names), "no assembly Finaut.dll")
    for name, file in files.items():
        expect(package.read(name) == Path(file).read_bytes(), f"{name} as it was given")
    nuspec = xml.fromstring(package.read("Finaut.Client.nuspec")).find(f"{NUSPEC}metadata")
    version = nuspec.findtext(f"{NUSPEC}version")
    expect(nuspec.findtext(f"{NUSPEC}id") == "Finaut.Client", "the id Finaut.Client")
    expect(Path(path).name == f"Finaut.Client.{version}.nupkg", f"the version {version} in the file's name")
    expect(nuspec.findtext(f"{NUSPEC}license") == "MIT OR Apache-2.0", "the licence")
    groups = nuspec.findall(f"{NUSPEC}dependencies/{NUSPEC}group")
    expect([group.get("targetFramework") for group in groups] == [".NETFramework4.6.1", ".NETStandard2.0"], "both frameworks")
    expect(not any(len(group) for group in groups), "no dependencies")
    expect(nuspec.findtext(f"{NUSPEC}readme") in names, "the README that it names")
    types = xml.fromstring(package.read("[Content_Types].xml"))
    endings = {entry.get("Extension") for entry in types.findall(f"{TYPES}Default")}
    parts = {entry.get("PartName") for entry in types.findall(f"{TYPES}Override")}
    untyped = [name for name in names if name.rpartition(".")[2] not in endings and f"/{name}" not in parts]
    expect(untyped == ["[Content_Types].xml"] or not untyped, f"a type for {untyped}")
    for name in names:
        if name.endswith((".xml", ".targets", ".config", ".nuspec", ".rels")):
            xml.fromstring(package.read(name))
    documented = package.read("lib/net461/Finaut.Client.xml").decode()
    expect("M:Finaut.UsersOperations.GetAsync(" in documented, "documentation of operations")


main(*sys.argv[1:])
