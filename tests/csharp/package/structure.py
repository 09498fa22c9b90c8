"""Looks whether the NuGet packages beside one of Finaut.Client are as they should be: structure.py NUPKG RID=FILE …

Says what is wrong, and fails. The package of Finaut.Extensions and those with the symbols lie in the same folder.
"""
import re
import struct
import sys
import xml.etree.ElementTree as xml
import zipfile
from pathlib import Path

TOP = Path(__file__).parents[3]
NUSPEC = "{http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
FRAMEWORKS = {"Finaut.Client": ("net461", "netstandard2.0", "netstandard2.1"), "Finaut.Extensions": ("netcoreapp3.1",)}
TARGETS = {"Finaut.Client": [".NETFramework4.6.1", ".NETStandard2.0", ".NETStandard2.1"], "Finaut.Extensions": [".NETCoreApp3.1"]}


def expect(condition, what):
    if not condition:
        sys.exit(f"expected: {what}")


def open_package(path, name, wanted):
    """The package and its manifest, after a look at what any package must have."""
    package = zipfile.ZipFile(path)
    names = package.namelist()
    expect(set(names) == wanted, f"exactly its files in {path}; differs by {set(names) ^ wanted}")
    expect(len(names) == len(set(names)), "each file once")
    types = xml.fromstring(package.read("[Content_Types].xml"))
    endings = {entry.get("Extension") for entry in types.findall(f"{TYPES}Default")}
    parts = {entry.get("PartName") for entry in types.findall(f"{TYPES}Override")}
    untyped = [one for one in names if one.rpartition(".")[2] not in endings and f"/{one}" not in parts]
    expect(untyped == ["[Content_Types].xml"] or not untyped, f"a type for {untyped}")
    for one in names:
        if one.endswith((".xml", ".targets", ".config", ".nuspec", ".rels")):
            xml.fromstring(package.read(one))
    nuspec = xml.fromstring(package.read(f"{name}.nuspec")).find(f"{NUSPEC}metadata")
    version = nuspec.findtext(f"{NUSPEC}version")
    expect(nuspec.findtext(f"{NUSPEC}id") == name, f"the id {name}")
    expect(Path(path).stem == f"{name}.{version}", f"the version {version} in the file's name")
    return package, nuspec, version


def described(package, nuspec, version):
    """What the manifest says for people: all of it is true, and what it names is there."""
    names = package.namelist()
    expect(nuspec.findtext(f"{NUSPEC}license") == "MIT OR Apache-2.0", "the licence")
    expect(nuspec.findtext(f"{NUSPEC}readme") in names, "the README that it names")
    icon = package.read(nuspec.findtext(f"{NUSPEC}icon"))
    expect(icon.startswith(b"\x89PNG") and struct.unpack(">II", icon[16:24]) == (128, 128), "an icon of 128 x 128")
    changes = (TOP / "CHANGELOG.md").read_text("utf-8").partition(f"\n## {version}")[2].partition("\n## ")[0].partition("\n")[2]
    notes = nuspec.findtext(f"{NUSPEC}releaseNotes")
    expect(0 < len(notes) <= 35_100 and changes.strip().startswith(notes[:2000]), "this version's part of CHANGELOG.md as release notes")
    said = dict(re.findall(r'^(repository|homepage) *= *"([^"]+)"', (TOP / "Cargo.toml").read_text("utf-8"), re.M))
    repository = nuspec.find(f"{NUSPEC}repository")
    expect((None if repository is None else repository.get("url")) == said.get("repository"), "Cargo.toml's repository, and no other")
    expect(nuspec.findtext(f"{NUSPEC}projectUrl") == said.get("homepage", said.get("repository")), "Cargo.toml's address, and no other")


def symbols(path, name, package):
    """The package with the symbols has those of exactly these assemblies."""
    files = {f"lib/{framework}/{name}.pdb" for framework in FRAMEWORKS[name]}
    found, nuspec, _ = open_package(Path(path).with_suffix(".snupkg"), name, files | {f"{name}.nuspec", "[Content_Types].xml", "_rels/.rels"})
    kind = nuspec.find(f"{NUSPEC}packageTypes/{NUSPEC}packageType")
    expect(kind is not None and kind.get("name") == "SymbolsPackage", "a package of symbols")
    for file in files:
        assembly, pdb = package.read(file.replace(".pdb", ".dll")), found.read(file)
        at = assembly.find(b"RSDS")
        expect(at > 0 and pdb.startswith(b"BSJB") and assembly[at + 4 : at + 20] in pdb, f"{file} with the assembly's own id")
        where = str(TOP).encode()
        expect(where not in pdb and where not in assembly, f"no path of this machine in {file}")


def references(assembly):
    """The assemblies that one refers to which come from packages, as far as their names tell: read from its texts."""
    return set(re.findall(rb"Microsoft\.Extensions(?:\.[A-Z][A-Za-z]+)+(?=\0)", assembly))


def client(path, natives):
    natives = dict(native.split("=", 1) for native in natives)
    files = {f"runtimes/{rid}/native/{'finaut.dll' if rid.startswith('win') else 'libfinaut.so'}": file for rid, file in natives.items()}
    documents = {f"documents/{rid}/{name}" for rid in natives for name in ("THIRD-PARTY-LICENSES.txt", "finaut.cdx.json")}
    there = set(zipfile.ZipFile(path).namelist())
    # Who packs a library of his own need not bring them; who brings some brings all.
    expect(not documents & there or documents <= there, f"licences and parts of each library; missing are {documents - there}")
    wanted = COMMON | {"Finaut.Client.nuspec", "docs/finaut.schema.json", "docs/finaut-sync-profile.schema.json"} | {f"{folder}/net461/Finaut.Client.targets" for folder in ("build", "buildTransitive")}
    for framework in FRAMEWORKS["Finaut.Client"]:
        wanted |= {f"lib/{framework}/Finaut.Client.{ending}" for ending in ("dll", "dll.config", "xml")}
    package, nuspec, version = open_package(path, "Finaut.Client", wanted | set(files) | documents & there)
    # Windows does not tell Finaut.dll from finaut.dll: an assembly of that name would hide the library.
    expect(not any(name.lower().endswith("/finaut.dll") and name.startswith("lib/") for name in there), "no assembly Finaut.dll")
    for name, file in files.items():
        expect(package.read(name) == Path(file).read_bytes(), f"{name} as it was given")
    described(package, nuspec, version)
    groups = nuspec.findall(f"{NUSPEC}dependencies/{NUSPEC}group")
    expect([group.get("targetFramework") for group in groups] == TARGETS["Finaut.Client"], "all frameworks")
    expect(not any(len(group) for group in groups), "no dependencies")
    for framework in FRAMEWORKS["Finaut.Client"]:
        documented = package.read(f"lib/{framework}/Finaut.Client.xml").decode()
        expect("M:Finaut.UsersOperations.GetAsync(" in documented, "documentation of operations")
        expect("M:Finaut.IUsersOperations.GetAsync(" in documented, "documentation of the interfaces")
    symbols(path, "Finaut.Client", package)
    return version


def extensions(path):
    wanted = COMMON | {"Finaut.Extensions.nuspec"} | {f"lib/netcoreapp3.1/Finaut.Extensions.{ending}" for ending in ("dll", "xml")}
    package, nuspec, version = open_package(path, "Finaut.Extensions", wanted)
    described(package, nuspec, version)
    groups = nuspec.findall(f"{NUSPEC}dependencies/{NUSPEC}group")
    expect([group.get("targetFramework") for group in groups] == TARGETS["Finaut.Extensions"], "its framework")
    needed = {one.get("id"): one.get("version") for one in groups[0]}
    expect(needed.pop("Finaut.Client") == version, "Finaut.Client of the same version")
    expect(set(needed.values()) == {"[3.1,)"}, "any version from 3.1 on")
    refers = {name.decode() for name in references(package.read("lib/netcoreapp3.1/Finaut.Extensions.dll"))}
    expect(set(needed) <= refers, f"no package that is not referred to: {set(needed) - refers}")
    # Namespaces stand among the names too: those that an assembly's name begins with, and this one.
    names = {"Microsoft.Extensions.DependencyInjection.Extensions"}
    missing = {name for name in refers - set(needed) - names if not any(one.startswith(f"{name}.") for one in needed)}
    expect(not missing, f"a package for everything that is referred to; missing are {missing}")
    symbols(path, "Finaut.Extensions", package)


COMMON = {"README.md", "LICENSE-MIT", "LICENSE-APACHE", "icon.png", "[Content_Types].xml", "_rels/.rels"}


def main(path, *natives):
    version = client(path, natives)
    extensions(Path(path).with_name(f"Finaut.Extensions.{version}.nupkg"))


main(*sys.argv[1:])
