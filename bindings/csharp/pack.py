"""Puts the NuGet packages together: pack.py LIB VERSION OUT [RID=FILE …] [-- RID=FOLDER …]. pack.sh calls it with what it has built.

LIB has a folder for each package, with one for each framework. For each package there is one with its symbols (.snupkg) as well. The
same input gives the same bytes: no times, and a fixed order.
"""
import re
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from icon import png

HERE = Path(__file__).parent
TOP = HERE / "../.."
FRAMEWORKS = {"Finaut.Client": ("net461", "netstandard2.0", "netstandard2.1"), "Finaut.Extensions": ("netcoreapp3.1",)}
# nuget.org refuses longer ones.
MOST_NOTES = 35_000
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def native(argument):
    """The place in the package, and the file, of RID=FILE."""
    rid, _, file = argument.partition("=")
    if not re.fullmatch(r"(win|linux|linux-musl|osx)-(x64|x86|arm64|arm)", rid) or not Path(file).is_file():
        sys.exit(f"pack: --native {argument}: say RID=FILE with a runtime identifier as win-x64 and a file that exists")
    # Never Finaut.dll beside the assembly: on Windows names differ by more than case.
    name = {"win": "finaut.dll", "osx": "libfinaut.dylib"}.get(rid.split("-")[0], "libfinaut.so")
    return f"runtimes/{rid}/native/{name}", Path(file).read_bytes()


def documents(argument):
    """What belongs to a library besides: whose work is in it."""
    rid, _, folder = argument.partition("=")
    for name in ("THIRD-PARTY-LICENSES.txt", "finaut.cdx.json"):
        yield f"documents/{rid}/{name}", (Path(folder) / name).read_bytes()


def notes(version):
    """What CHANGELOG.md says of this version."""
    of_version = re.search(rf"^## {re.escape(version)}\b[^\n]*\n(.*?)(?=^## |\Z)", (TOP / "CHANGELOG.md").read_text("utf-8"), re.M | re.S)
    if not of_version:
        sys.exit(f"pack: CHANGELOG.md says nothing of version {version}")
    text = of_version[1].strip()
    if len(text) > MOST_NOTES:
        text = text[:MOST_NOTES].rpartition("\n")[0] + "\n… and more in the project's CHANGELOG.md"
    return text


def source():
    """Where the project lives: as Cargo.toml says it, and nothing if it does not."""
    workspace = (TOP / "Cargo.toml").read_text("utf-8").partition("[workspace.package]")[2].partition("\n[")[0]
    said = dict(re.findall(r'^(repository|homepage) *= *"([^"]+)"', workspace, re.M))
    lines = []
    if said:
        lines.append(f"<projectUrl>{escape(said.get('homepage', said.get('repository')))}</projectUrl>")
    if "repository" in said:
        lines.append(f'<repository type="git" url="{escape(said["repository"])}"/>')
    return "\n    ".join(lines)


def filled(text, version):
    return (
        text.replace("    <!-- $source$ -->\n", f"    {source()}\n" if source() else "")
        .replace("$notes$", escape(notes(version)))
        .replace("$version$", version)
    )


def write(path, manifest, files):
    """A zip file that is a package (Open Packaging Conventions): with its type, and types for all names in it."""
    suffixes = sorted({name.rpartition(".")[2] for name in files if "." in name.rpartition("/")[2]})
    defaults = "".join(f'<Default Extension="{suffix}" ContentType="application/octet"/>' for suffix in suffixes)
    bare = "".join(
        f'<Override PartName="/{name}" ContentType="application/octet"/>' for name in sorted(files) if "." not in name.rpartition("/")[2]
    )
    files["[Content_Types].xml"] = (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{defaults}{bare}</Types>\n'
    ).encode()
    files["_rels/.rels"] = (
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/{manifest}" Id="manifest"/>'
        "</Relationships>\n"
    ).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            package.writestr(entry, files[name])
    print(path)


def pack(name, lib, version, out, more):
    """One package and the one with its symbols."""
    manifest = f"{name}.nuspec"
    nuspec = filled((HERE / manifest).read_text("utf-8"), version)
    files = {
        manifest: nuspec.encode(),
        "README.md": (HERE / "README.md").read_bytes(),
        "LICENSE-MIT": (TOP / "LICENSE-MIT").read_bytes(),
        "LICENSE-APACHE": (TOP / "LICENSE-APACHE").read_bytes(),
        "icon.png": ICON,
        **more,
    }
    description = re.search(r"<description>.*</description>", nuspec)[0]
    symbols = {
        manifest: (
            f'{HEAD}<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata><id>{name}</id><version>{version}</version>'
            f'<authors>The finaut project</authors>{description}<packageTypes><packageType name="SymbolsPackage"/></packageTypes></metadata></package>\n'
        ).encode()
    }
    for framework in FRAMEWORKS[name]:
        for file in (f"{name}.dll", f"{name}.xml"):
            files[f"lib/{framework}/{file}"] = (Path(lib) / name / framework / file).read_bytes()
        symbols[f"lib/{framework}/{name}.pdb"] = (Path(lib) / name / framework / f"{name}.pdb").read_bytes()
    write(Path(out) / f"{name}.{version}.nupkg", manifest, files)
    write(Path(out) / f"{name}.{version}.snupkg", manifest, symbols)


ICON = png()


def main(lib, version, out, *arguments):
    here = arguments.index("--") if "--" in arguments else len(arguments)
    targets = (HERE / "Finaut.Client.targets").read_bytes()
    client = {f"{folder}/net461/Finaut.Client.targets": targets for folder in ("build", "buildTransitive")}
    for framework in FRAMEWORKS["Finaut.Client"]:
        # Mono reads it, whichever of them it was given.
        client[f"lib/{framework}/Finaut.Client.dll.config"] = (HERE / "Finaut.Client.dll.config").read_bytes()
    for schema in ("docs/finaut.schema.json", "docs/finaut-sync-profile.schema.json"):
        client[schema] = (TOP / schema).read_bytes()
    client.update(map(native, arguments[:here]))
    for argument in arguments[here + 1 :]:
        client.update(documents(argument))
    pack("Finaut.Client", lib, version, out, client)
    pack("Finaut.Extensions", lib, version, out, {})


main(*sys.argv[1:])
