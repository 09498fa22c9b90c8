"""Lays out one package and packs it: archive.py PACKAGE, called by build.sh, which has built the library.

The folder is what is tested and installed; the archive is that folder. The same input gives the same bytes.
"""

import gzip
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import parts

HERE = Path(__file__).resolve().parent
TOP = HERE.parent


def run(*command, environment=None, folder=None):
    answer = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd=folder)
    if answer.returncode:
        parts.problem(f"{' '.join(map(str, command))} failed:\n{answer.stderr.decode('utf-8', 'replace')}")
    return answer.stdout.decode("utf-8", "replace")


def row_of(package):
    for line in (HERE / "targets.txt").read_text("utf-8").splitlines():
        if not line.startswith("#") and line.split()[:1] == [package]:
            return line.split()
    parts.problem(f"{package} is no package; packaging/targets.txt has them all")


def fill(template, values):
    text = (HERE / template).read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key}@", value)
    left = re.search(r"@\w+@", text)
    if left:
        parts.problem(f"packaging/{template} asks for {left[0]}, which nobody fills in")
    return text


def write(file, text):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", newline="\n")


def declared():
    """The functions of the header, comments aside."""
    header = re.sub(r"/\*.*?\*/", "", (TOP / "include/finaut.h").read_text("utf-8"), flags=re.S)
    return sorted(set(re.findall(r"\b(finaut_\w+)\s*\(", header)))


def manual():
    """What the repository's pages say of using the library, in one text: links to the rest of the repository aside."""
    pages = ("conventions", "operations", "configuration", "state", "inbox")
    text = "\n".join((TOP / "docs" / f"{page}.md").read_text("utf-8") for page in pages)
    # A page's title becomes a heading of the text.
    text = re.sub(r"^(#+ )", r"#\1", re.sub(r"^<!-- .*? -->\n", "", text, flags=re.M), flags=re.M)
    return re.sub(r"\[([^]]+)\]\((?!https?:)[^)]+\)", r"\1", text)


SHARED = re.compile(r"(_?|DW\.ref\.)((?:sqlite3|rust_eh_personality)\w*)")
# Parts of Windows' import libraries, which the compiler names after a folder of its own.
IMPORTS = re.compile(r"(_*head_)?(\w*_rustc\w{6})_(\w+_imports_lib(?:_iname)?)")


def keep_names_apart(tools, archive):
    """Renames what a program may have of its own, SQLite and the one name that all Rust libraries share; and what names this machine."""
    symbols = run(tools + "nm", "--extern-only", "--defined-only", "--format=posix", archive).split("\n")
    renamed, folders = {}, {}
    for name in (line.split()[0] for line in symbols if line.strip()):
        if SHARED.fullmatch(name):
            renamed[name] = SHARED.sub(r"\1finaut_\2", name)
        elif imports := IMPORTS.fullmatch(name):
            number = folders.setdefault(imports[2].strip("_"), len(folders))
            renamed[name] = f"{imports[1] or '_'}finaut{number}_{imports[3]}"
    if not any("sqlite3_open" in name for name in renamed):
        parts.problem(f"{archive} has no SQLite in it; how its functions are named must have changed")
    if len(set(renamed.values())) != len(renamed):
        parts.problem(f"{archive} would have two symbols of one name")
    names = archive.with_suffix(".renamed")
    write(names, "".join(f"{name} {new}\n" for name, new in sorted(renamed.items())))
    run(tools + "objcopy", f"--redefine-syms={names}", archive)
    names.unlink()


def lay_out(folder, built, package, rust, linker, values):
    """The folder's files, apart from those about the whole."""
    for header in ("include/finaut.h", "bindings/cpp/finaut.hpp"):
        (folder / "include").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(TOP / header, folder / "include" / Path(header).name)
    library = folder / "lib"
    library.mkdir()
    shutil.copyfile(built / "libfinaut.a", library / "libfinaut.a")
    processor = rust.split("-")[0]
    tools = f"{processor}-w64-mingw32-" if linker == "mingw" else {"aarch64": "aarch64-linux-gnu-"}.get(processor, "")
    # The C parts come with debugging information, which names places on this machine.
    run(tools + "strip", "--strip-debug", library / "libfinaut.a")
    keep_names_apart(tools, library / "libfinaut.a")
    if linker == "mingw":
        (folder / "bin").mkdir()
        shared = folder / "bin/finaut.dll"
        shutil.copyfile(built / "finaut.dll", shared)
        definition = library / "finaut.def"
        write(definition, "LIBRARY finaut.dll\nEXPORTS\n" + "".join(f"    {name}\n" for name in declared()))
        machine = {"x86_64": "i386:x86-64", "i686": "i386"}[processor]
        # By names alone: dlltool makes symbols of the path that it is given.
        arguments = ["-m", machine, "-d", definition.name, "-D", "finaut.dll", "-l"]
        run(f"{processor}-w64-mingw32-dlltool", *arguments, "libfinaut.dll.a", "-t", "finaut-", folder=library)
        run(*os.environ["FINAUT_ZIG"].split(), "dlltool", *arguments, "finaut.lib", folder=library)
    else:
        shared = library / values["soname"]
        shutil.copyfile(built / "libfinaut.so", shared)
        if rust.endswith("-musl"):
            # As Alpine's own compiler names it: the name says which C library is meant. musl's loader takes either one.
            run("patchelf", "--replace-needed", "libc.so", f"libc.musl-{processor}.so.1", shared)
        (library / "libfinaut.so").symlink_to(values["soname"])
        shutil.copyfile(HERE / "install.sh", folder / "install.sh")
    write(library / "pkgconfig/finaut.pc", fill("finaut.pc.in", values))
    write(library / "pkgconfig/finaut-static.pc", fill("finaut-static.pc.in", values))
    write(library / "cmake/finaut/finaut-config.cmake", fill("finaut-config.cmake.in", values))
    write(library / "cmake/finaut/finaut-config-version.cmake", fill("finaut-config-version.cmake.in", values))
    return shared


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or path.is_file())


def pack(folder, archive):
    """Archives a folder: no times, no owners, a fixed order."""
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
            for name in names(folder):
                entry = zipfile.ZipInfo(f"{folder.name}/{name}", (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                zipped.writestr(entry, (folder / name).read_bytes())
        return
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name in names(folder):
            file = folder / name
            entry = tarfile.TarInfo(f"{folder.name}/{name}")
            entry.mode = 0o755 if name.endswith((".sh", "finaut-sandbox")) else 0o644
            if file.is_symlink():
                entry.type, entry.linkname = tarfile.SYMTYPE, os.readlink(file)
                tar.addfile(entry)
            else:
                entry.size = file.stat().st_size
                with file.open("rb") as content:
                    tar.addfile(entry, content)
    with archive.open("wb") as file, gzip.GzipFile("", "wb", 9, file, 0) as packed:
        packed.write(plain.getvalue())


def main(package):
    _, rust, linker, _, _ = row_of(package)
    work = Path(os.environ["FINAUT_PACKAGING"])
    version = re.search(r'^version = "(.*)"$', (TOP / "Cargo.toml").read_text("utf-8"), re.M)[1]
    number = re.search(r"^#define FINAUT_ABI_VERSION (\d+)$", (TOP / "include/finaut.h").read_text("utf-8"), re.M)[1]
    libraries = (work / "libs" / rust).read_text("utf-8").split()
    # What unwinds is linked into the program with the rest, so that it needs no library of GCC's where it runs.
    libraries = ["-lgcc_eh" if library == "-lgcc_s" else library for library in libraries]
    soname = f"libfinaut.so.{number}"
    values = {
        "version": version,
        "libraries": " ".join(libraries),
        "cmake_libraries": ";".join(library[2:] if library.startswith("-l") else library for library in libraries),
        "soname": soname,
        "file": soname,
        "package": package,
        "pointer_bytes": "4" if rust.startswith("i686") else "8",
        "system": "Windows" if linker == "mingw" else "Linux",
        "processor": "arm64" if rust.startswith("aarch64") else "x86",
    }
    folder = work / "unpacked" / f"finaut-{version}-{package}"
    # Those of other versions go too: they would be tested and shipped beside this one.
    for old in (*folder.parent.glob(f"finaut-[0-9]*-{package}"), *(work / "dist").glob(f"finaut-[0-9]*-{package}.*")):
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink()
    folder.mkdir(parents=True)
    shared = lay_out(folder, work / "built" / rust, package, rust, linker, values)

    compiler = run(os.environ["RUSTC"], "-vV", environment=os.environ)
    build = {
        "package": package,
        "version": version,
        "interface": number,
        "target": rust,
        "compiler": compiler.splitlines()[0],
        "llvm": re.search("LLVM version: (.*)", compiler)[1],
        "linked by": os.environ["FINAUT_LINKED_BY"],
    }
    write(folder / "BUILD.txt", "".join(f"{name}: {value}\n" for name, value in build.items()))
    what = parts.collect(TOP, rust, linker, os.environ["FINAUT_ZIG_FOLDER"], os.environ)
    documents = folder / "share/doc/finaut"
    checksum = hashlib.sha256(shared.read_bytes()).hexdigest()
    write(documents / "THIRD-PARTY-LICENSES.txt", parts.licences(what))
    write(documents / "finaut.cdx.json", json.dumps(parts.bill(what, version, package, checksum, build), indent=1) + "\n")
    for file in ("LICENSE-MIT", "LICENSE-APACHE"):
        shutil.copyfile(TOP / file, documents / file)
    shutil.copytree(TOP / "docs", documents / "docs")
    shutil.copytree(TOP / "examples", documents / "examples", ignore=shutil.ignore_patterns("demo.sh"))
    about = (HERE / ("README-windows.md" if linker == "mingw" else "README-linux.md")).read_text("utf-8")
    for place in (folder, documents):
        write(place / "README.md", f"{about}\n{manual()}")
    # Last, for it has all the others.
    sums = "".join(
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names(folder) if not (folder / name).is_symlink()
    )
    write(folder / "SHA256SUMS", sums)

    dist = work / "dist"
    dist.mkdir(exist_ok=True)
    archive = dist / f"{folder.name}{'.zip' if linker == 'mingw' else '.tar.gz'}"
    pack(folder, archive)
    print(archive)


if __name__ == "__main__":
    main(*sys.argv[1:])
