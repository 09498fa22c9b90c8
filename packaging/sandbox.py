"""Lays out the sandbox for one platform and packs it: sandbox.py PACKAGE, called by build.sh, which has built the program.

An archive of its own: it is for developers' machines, and no FinAut that is none lies where the library is in production.
"""

import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

import parts
from archive import TOP, names, pack, row_of, run, write


def main(package):
    _, rust, linker, _, _ = row_of(package)
    work = Path(os.environ["FINAUT_PACKAGING"])
    version = re.search(r'^version = "(.*)"$', (TOP / "Cargo.toml").read_text("utf-8"), re.M)[1]
    folder, dist = work / "unpacked" / f"finaut-sandbox-{version}-{package}", work / "dist"
    # Those of other versions go too: they would be tested and shipped beside this one.
    for old in (*folder.parent.glob(f"finaut-sandbox-*-{package}"), *dist.glob(f"finaut-sandbox-*-{package}.*")):
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink()
    folder.mkdir(parents=True)
    name = "finaut-sandbox.exe" if linker == "mingw" else "finaut-sandbox"
    shutil.copyfile(work / "built" / rust / name, folder / name)
    (folder / name).chmod(0o755)
    if rust.endswith("-musl"):
        # As Alpine's own compiler names it; the wheel's name is read from it.
        run("patchelf", "--replace-needed", "libc.so", f"libc.musl-{rust.split('-')[0]}.so.1", folder / name)
    compiler = run(os.environ["RUSTC"], "-vV", environment=os.environ).splitlines()[0]
    build = {"package": package, "version": version, "target": rust, "compiler": compiler, "linked by": os.environ["FINAUT_LINKED_BY"]}
    write(folder / "BUILD.txt", "".join(f"{key}: {value}\n" for key, value in build.items()))
    what = parts.collect(TOP, rust, linker, os.environ["FINAUT_ZIG_FOLDER"], os.environ, "finaut-sandbox")
    write(folder / "THIRD-PARTY-LICENSES.txt", parts.licences(what))
    for file in ("LICENSE-MIT", "LICENSE-APACHE"):
        shutil.copyfile(TOP / file, folder / file)
    shutil.copyfile(TOP / "sandbox/README.md", folder / "README.md")
    sums = "".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names(folder))
    write(folder / "SHA256SUMS", sums)
    dist.mkdir(exist_ok=True)
    archive = dist / f"{folder.name}{'.zip' if linker == 'mingw' else '.tar.gz'}"
    pack(folder, archive)
    print(archive)


main(*sys.argv[1:])
