"""Says for which platform a library was built, as wheels' names put it: `platform_tag.py LIBRARY [TAG]`.

Read from the library itself: processor, and the oldest C library whose functions suffice. A TAG that promises more is refused. A tag
may be several, with dots between, for pip's older than the newer name of the same.
"""

import re
import struct
import sys

ELF_MACHINES = {3: "i686", 40: "armv7l", 62: "x86_64", 183: "aarch64"}
MACH_MACHINES = {0x01000007: ("10_12", "x86_64"), 0x0100000C: ("11_0", "arm64")}
PE_MACHINES = {0x14C: "win32", 0x8664: "win_amd64", 0xAA64: "win_arm64"}
GLIBC = re.compile(rb"\0GLIBC_2\.(\d+)(?=[.\0])")
MANYLINUX = re.compile(r"manylinux_2_(\d+)_(\w+)")


def tag_of(library: bytes) -> str:
    if library[:4] == b"\x7fELF":
        machine = ELF_MACHINES[struct.unpack_from("<H", library, 18)[0]]
        if b"\0libc.musl" in library:
            return "musllinux_1_2_" + machine
        # manylinux_2_17 is the oldest that pip's of these days ask for.
        newest = max([17] + [int(minor) for minor in GLIBC.findall(library)])
        tag = "manylinux_2_{}_{}".format(newest, machine)
        # As pip 19.3 to 20.2 call it.
        return tag + ".manylinux2014_" + machine if newest == 17 else tag
    if library[:2] == b"MZ":
        header = struct.unpack_from("<I", library, 0x3C)[0]
        return PE_MACHINES[struct.unpack_from("<H", library, header + 4)[0]]
    if library[:4] == b"\xcf\xfa\xed\xfe":
        # The oldest macOS that Rust builds for.
        return "macosx_{}_{}".format(*MACH_MACHINES[struct.unpack_from("<I", library, 4)[0]])
    raise ValueError("is no shared library of a kind that is known here")


def checked(tag: str, true_tag: str) -> str:
    """`tag`, if it does not promise more than `true_tag`."""
    given, needed = MANYLINUX.fullmatch(tag), MANYLINUX.match(true_tag)
    if given and needed and given[2] == needed[2] and int(given[1]) >= int(needed[1]):
        return tag
    if tag == true_tag or (needed and tag == "linux_" + needed[2]):
        return tag
    raise ValueError("it needs {}; {} would not be true".format(true_tag, tag))


def main() -> None:
    path, *given = sys.argv[1:]
    try:
        with open(path, "rb") as file:
            true_tag = tag_of(file.read())
        print(checked(given[0], true_tag) if given else true_tag)
    except (OSError, KeyError, ValueError, struct.error) as problem:
        sys.exit("{}: {}".format(path, problem))


if __name__ == "__main__":
    main()
