"""Puts a NuGet package together: pack.py LIB VERSION OUT [RID=FILE …] [-- RID=FOLDER …]. pack.sh calls it with what it has built.

The same input gives the same bytes: no times, and a fixed order.
"""
import re
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).parent


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


def main(lib, version, out, *arguments):
    here = arguments.index("--") if "--" in arguments else len(arguments)
    natives, described = arguments[:here], arguments[here + 1 :]
    nuspec = (HERE / "Finaut.Client.nuspec").read_text("utf-8").replace("$version$", version)
    targets = (HERE / "Finaut.Client.targets").read_bytes()
    files = {
        "Finaut.Client.nuspec": nuspec.encode(),
        "README.md": (HERE / "README.md").read_bytes(),
        "LICENSE-MIT": (HERE / "../../LICENSE-MIT").read_bytes(),
        "LICENSE-APACHE": (HERE / "../../LICENSE-APACHE").read_bytes(),
        "docs/finaut.schema.json": (HERE / "../../docs/finaut.schema.json").read_bytes(),
        "build/net461/Finaut.Client.targets": targets,
        "buildTransitive/net461/Finaut.Client.targets": targets,
    }
    for framework in ("net461", "netstandard2.0"):
        for file in ("Finaut.Client.dll", "Finaut.Client.xml"):
            files[f"lib/{framework}/{file}"] = (Path(lib) / framework / file).read_bytes()
        # Mono reads it, whichever of the two it was given.
        files[f"lib/{framework}/Finaut.Client.dll.config"] = (HERE / "Finaut.Client.dll.config").read_bytes()
    files.update(map(native, natives))
    for argument in described:
        files.update(documents(argument))

    # What makes a zip file a package (Open Packaging Conventions): its type, and types for all names in it.
    suffixes = sorted({name.rpartition(".")[2] for name in files if "." in name.rpartition("/")[2]})
    defaults = "".join(f'<Default Extension="{suffix}" ContentType="application/octet"/>' for suffix in suffixes)
    bare = "".join(
        f'<Override PartName="/{name}" ContentType="application/octet"/>' for name in sorted(files) if "." not in name.rpartition("/")[2]
    )
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    files["[Content_Types].xml"] = (
        f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{defaults}{bare}</Types>\n'
    ).encode()
    files["_rels/.rels"] = (
        f'{head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/Finaut.Client.nuspec" Id="manifest"/>'
        "</Relationships>\n"
    ).encode()
    path = Path(out) / f"Finaut.Client.{version}.nupkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            package.writestr(entry, files[name])
    print(path)


main(*sys.argv[1:])
