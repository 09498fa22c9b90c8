"""What a DLL imports ("kernel32.dll Sleep", a line each) or exports: pe.py imports|exports FILE. Sorted, library names in small letters."""

import struct
import sys
from pathlib import Path


class Portable:
    """A file as the PE/COFF specification describes it, as far as imports and exports go."""

    def __init__(self, data):
        self.data = data
        (header,) = struct.unpack_from("<I", data, 0x3C)
        if data[:2] != b"MZ" or data[header : header + 4] != b"PE\0\0":
            raise ValueError("is no DLL or program of Windows")
        sections, optional = struct.unpack_from("<H", data, header + 6)[0], struct.unpack_from("<H", data, header + 20)[0]
        start = header + 24
        self.wide = struct.unpack_from("<H", data, start)[0] == 0x20B
        self.directories = start + (112 if self.wide else 96)
        self.sections = [struct.unpack_from("<4I", data, start + optional + 40 * i + 8) for i in range(sections)]

    def at(self, address):
        for size, begin, raw_size, raw in self.sections:
            if begin <= address < begin + max(size, raw_size):
                return address - begin + raw
        raise ValueError(f"has no section with the address {address:#x}")

    def text(self, address):
        start = self.at(address)
        return self.data[start : self.data.index(0, start)].decode("ascii")

    def directory(self, number):
        return struct.unpack_from("<I", self.data, self.directories + 8 * number)[0]

    def names_of(self, table):
        size, form, by_number = (8, "<Q", 1 << 63) if self.wide else (4, "<I", 1 << 31)
        place = self.at(table)
        while entry := struct.unpack_from(form, self.data, place)[0]:
            yield f"#{entry & 0xFFFF}" if entry & by_number else self.text((entry & 0x7FFFFFFF) + 2)
            place += size

    def imports(self):
        # 1: at load. 13: delayed, which a function may fail to find only later; both count.
        for number, size, name_at, table_at in ((1, 20, 12, 0), (13, 32, 4, 16)):
            if not self.directory(number):
                continue
            place = self.at(self.directory(number))
            while any(entry := self.data[place : place + size]):
                library = self.text(struct.unpack_from("<I", entry, name_at)[0]).lower()
                table = struct.unpack_from("<I", entry, table_at)[0] or struct.unpack_from("<I", entry, 16)[0]
                for name in self.names_of(table):
                    yield f"{library} {name}"
                place += size

    def exports(self):
        place = self.at(self.directory(0))
        count, names = struct.unpack_from("<I", self.data, place + 24)[0], struct.unpack_from("<I", self.data, place + 32)[0]
        for i in range(count):
            yield self.text(struct.unpack_from("<I", self.data, self.at(names) + 4 * i)[0])


def main(what, file):
    try:
        portable = Portable(Path(file).read_bytes())
        print("\n".join(sorted(set({"imports": portable.imports, "exports": portable.exports}[what]()))))
    except (OSError, ValueError, struct.error) as problem:
        sys.exit(f"pe.py: {file} {problem}")


main(*sys.argv[1:])
