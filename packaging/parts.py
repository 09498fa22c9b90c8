"""What the library is made of: every crate, Rust's own library, and what the linkers add; with licences. Nothing else looks there.

From `cargo metadata` for the one target, without what only runs while building. A part whose licence is not known here is an error,
so that nobody ships what nobody has read.
"""

import json
import os
import re
import subprocess
import sys
import uuid
from pathlib import Path

# Those that let the library be linked into closed programs. Read one before adding it.
KNOWN = {
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "blessing",
    "LicenseRef-public-domain",
    "GPL-3.0-or-later WITH GCC-exception-3.1",
    "ZPL-2.1",
}
# Asked while building only, but what they hold is written into the library (core/build.rs).
COPIED = {"oem_cp"}
TEXTS = re.compile(r"(?i)^(licen[cs]e|copying|copyright|notice|unlicense)")


def problem(text):
    sys.exit("packaging: " + text)


def check_licence(part):
    words = re.split(r"\s+(?:AND|OR)\s+|/|[()]", part["licence"] or "")
    unknown = [word.strip() for word in words if word.strip() and word.strip() not in KNOWN]
    if unknown or not part["licence"]:
        problem(
            f"{part['name']} {part['version']} has the licence {part['licence']!r}, which is not among those that were read. "
            "Read it; if a closed program may be linked with it, add it to KNOWN in packaging/parts.py"
        )


def texts_in(folder):
    """The licence texts of a folder, by file name."""
    found = {}
    for file in sorted(Path(folder).iterdir(), key=lambda path: path.name):
        if TEXTS.match(file.name) and file.is_file() and file.suffix not in (".rs", ".html", ".toml", ".json"):
            found[file.name] = file.read_text("utf-8", "replace").replace("\r\n", "\n").strip()
    return found


def metadata(manifest, target, environment):
    command = [environment["CARGO"], "metadata", "--format-version", "1", "--filter-platform", target, "--manifest-path", manifest, "--offline"]
    answer = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if answer.returncode:
        problem(f"{' '.join(command)} failed:\n{answer.stderr.decode()}")
    return json.loads(answer.stdout)


def crates(data, root):
    """What the crate `root` has linked into it: normal dependencies, without procedural macros."""
    packages = {package["id"]: package for package in data["packages"]}
    nodes = {node["id"]: node for node in data["resolve"]["nodes"]}
    start = next(key for key, package in packages.items() if package["name"] == root)
    seen, waiting = set(), [start]
    while waiting:
        key = waiting.pop()
        if key in seen:
            continue
        seen.add(key)
        for dependency in nodes[key]["deps"]:
            macro = any("proc-macro" in target["kind"] for target in packages[dependency["pkg"]]["targets"])
            linked = any(kind["kind"] is None for kind in dependency["dep_kinds"])
            if not macro and (linked or packages[dependency["pkg"]]["name"] in COPIED):
                waiting.append(dependency["pkg"])
    # Its own crates of this repository are no other people's parts.
    return [packages[key] for key in seen if packages[key]["source"]]


def crate_part(package, checksums):
    folder = Path(package["manifest_path"]).parent
    return {
        "name": package["name"],
        "version": package["version"],
        "licence": (package["license"] or "").replace("/", " OR "),
        "purl": f"pkg:cargo/{package['name']}@{package['version']}",
        "sha256": checksums.get((package["name"], package["version"])),
        "texts": texts_in(folder),
        "authors": package["authors"],
    }


def checksums_of(lock):
    entry = re.compile(r'name = "(.*?)"\nversion = "(.*?)"(?:\nsource = ".*?"\nchecksum = "(\w+)")?')
    return {(name, version): checksum for name, version, checksum in entry.findall(Path(lock).read_text("utf-8")) if checksum}


def sqlite(packages):
    """SQLite itself, whose source comes inside a crate."""
    folder = next(Path(package["manifest_path"]).parent for package in packages if package["name"] == "libsqlite3-sys")
    header = (folder / "sqlite3" / "sqlite3.h").read_text("utf-8", "replace")
    version = re.search(r'#define SQLITE_VERSION\s+"([\d.]+)"', header)[1]
    words = "SQLite is in the public domain: its authors disclaim copyright to its source code."
    return {
        "name": "sqlite",
        "version": version,
        "licence": "blessing",
        "purl": f"pkg:generic/sqlite@{version}",
        "texts": {"sqlite3.h": words},
        "authors": [],
    }


def rust_library(environment):
    """Rust's standard library and what that is made of, from the sources that it was built from."""
    sysroot = subprocess.run([environment["RUSTC"], "--print", "sysroot"], env=environment, stdout=subprocess.PIPE, check=True)
    top = Path(sysroot.stdout.decode().strip()) / "lib/rustlib/src/rust"
    release = subprocess.run([environment["RUSTC"], "-vV"], env=environment, stdout=subprocess.PIPE, check=True).stdout.decode()
    version = re.search(r"^release: (.*)$", release, re.M)[1]
    texts = texts_in(top)
    checksums = checksums_of(top / "library/Cargo.lock")
    parts = [
        {
            "name": "rust-std",
            "version": version,
            "licence": "MIT OR Apache-2.0",
            "purl": f"pkg:generic/rust-std@{version}",
            "texts": texts,
            "authors": ["The Rust Project Developers"],
        }
    ]
    # Beside it lie the sources of what it is made of, of all platforms'. Its lock file says which version is meant.
    for (name, locked), checksum in sorted(checksums.items()):
        # Cargo's own copy has the licences' texts, which Debian leaves out of its copy beside the sources.
        home = Path(environment.get("CARGO_HOME") or Path.home() / ".cargo")
        folders = [*home.glob(f"registry/src/*/{name}-{locked}"), top / "library/vendor" / f"{name}-{locked}", top / "library/vendor" / name]
        folder = next((path for path in folders if path.is_dir()), None)
        if folder is None or ELSEWHERE.match(name):
            continue
        manifest = (folder / "Cargo.toml").read_text("utf-8")
        licence = re.search(r'^license = "(.*)"$', manifest, re.M)
        parts.append(
            {
                "name": name,
                "version": locked,
                "licence": licence[1].replace("/", " OR ") if licence else "",
                "purl": f"pkg:cargo/{name}@{locked}",
                "sha256": checksum,
                "texts": texts_in(folder),
                "authors": [],
            }
        )
    return parts


# What Rust's library uses on platforms that nothing is packaged for, and for the names in backtraces, which build.sh leaves out.
ELSEWHERE = re.compile(r"addr2line|adler2|gimli|miniz_oxide|object|dlmalloc|fortanix|getopts|hermit|moto|r-efi|rustc-literal|unwinding|vex|wasi|wit-")


def debian_version(package):
    answer = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return answer.stdout.decode() or "unknown"


def linker_parts(linker, zig_folder):
    """What a linker adds of its own: what starts a library, and what unwinds its stack."""
    if linker.startswith("zig"):
        folder = Path(zig_folder)
        version = re.search(r"ziglang-([\d.]+)\.dist-info", " ".join(os.listdir(folder.parent)))[1]
        texts = texts_in(folder / "lib/libunwind") or {"LICENSE": "Apache License 2.0 with LLVM exceptions"}
        return [
            {
                "name": "llvm-libunwind",
                "version": f"of zig {version}",
                "licence": "Apache-2.0 WITH LLVM-exception",
                "purl": f"pkg:pypi/ziglang@{version}",
                "texts": texts,
                "authors": [],
            }
        ]
    parts = []
    for name, package, licence, copyright_of in (
        ("mingw-w64 runtime", "mingw-w64-common", "ZPL-2.1 AND LicenseRef-public-domain", "mingw-w64-common"),
        ("libgcc", "gcc-mingw-w64-base", "GPL-3.0-or-later WITH GCC-exception-3.1", "gcc-mingw-w64-base"),
    ):
        file = Path("/usr/share/doc") / copyright_of / "copyright"
        if not file.is_file():
            problem(f"{file} is not there; Debian's package {copyright_of} brings it (unless dpkg was told to leave out documentation)")
        version = debian_version(package)
        parts.append(
            {
                "name": name,
                "version": version,
                "licence": licence,
                "purl": f"pkg:deb/debian/{package}@{version}",
                "texts": {"copyright": file.read_text("utf-8", "replace").strip()},
                "authors": [],
            }
        )
    return parts


def collect(top, target, linker, zig_folder, environment, root="finaut"):
    """All parts of the library (or of another crate of ours, `root`) as it is for `target`, in order of name."""
    data = metadata(str(top / "Cargo.toml"), target, environment)
    packages = crates(data, root)
    checksums = checksums_of(top / "Cargo.lock")
    parts = [crate_part(package, checksums) for package in packages]
    if any(package["name"] == "libsqlite3-sys" for package in packages):
        parts.append(sqlite(packages))
    # Both may use the same version of something.
    known = {(part["name"], part["version"]) for part in parts}
    parts += [part for part in rust_library(environment) if (part["name"], part["version"]) not in known]
    parts += linker_parts(linker, zig_folder)
    for part in parts:
        check_licence(part)
    return sorted(parts, key=lambda part: (part["name"], part["version"]))


def licences(parts):
    """One text with all licences; those that several parts share stand once."""
    lines = [
        "finaut is licensed under MIT or Apache-2.0, as you like (LICENSE-MIT, LICENSE-APACHE). What it is built from has these",
        "licences. Where a part offers several, one of them suffices.",
        "",
    ]
    by_text = {}
    for part in parts:
        lines.append(f"  {part['name']} {part['version']}: {part['licence']}")
        if not part["texts"]:
            # Crates that leave it at a line in their manifest. The words of the usual two lie beside this list.
            if not re.search(r"\b(MIT|Apache-2\.0)\b", part["licence"]):
                problem(f"{part['name']} {part['version']} has no text of its licence, {part['licence']}; packaging/parts.py must bring it")
            who = ", ".join(part["authors"]) or "its authors"
            part["texts"] = {"(none)": f"Copyright (c) {who}. The package says only: {part['licence']}; for the words see LICENSE-MIT and LICENSE-APACHE."}
        for text in part["texts"].values():
            users = by_text.setdefault(text, [])
            name = f"{part['name']} {part['version']}"
            if name not in users:
                users.append(name)
    for text, users in by_text.items():
        lines += ["", "-" * 100, "", "Of " + ", ".join(users) + ":", "", text]
    return "\n".join(lines) + "\n"


def bill(parts, version, package, library_sha256, build):
    """A bill of materials as CycloneDX 1.5 has it, with how it was built; the same input gives the same bytes."""
    components = []
    for part in parts:
        component = {
            "type": "library",
            "bom-ref": part["purl"],
            "name": part["name"],
            "version": part["version"],
            "purl": part["purl"],
            "licenses": [{"expression": part["licence"]}],
        }
        if part.get("sha256"):
            component["hashes"] = [{"alg": "SHA-256", "content": part["sha256"]}]
        components.append(component)
    main = f"pkg:generic/finaut@{version}?platform={package}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": "urn:uuid:" + str(uuid.uuid5(uuid.NAMESPACE_URL, main + library_sha256)),
        "version": 1,
        "metadata": {
            "component": {
                "type": "library",
                "bom-ref": main,
                "name": "finaut",
                "version": version,
                "purl": main,
                "licenses": [{"expression": "MIT OR Apache-2.0"}],
                "hashes": [{"alg": "SHA-256", "content": library_sha256}],
            },
            "properties": [{"name": f"finaut:{name}", "value": value} for name, value in build.items()],
        },
        "components": components,
        "dependencies": [{"ref": main, "dependsOn": sorted({component["bom-ref"] for component in components})}],
    }
