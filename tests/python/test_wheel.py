"""The wheel's name says what its library runs on, and no more."""

import glob
import importlib.util
import os
import struct
import unittest
from typing import Any

import finaut

TOOL = os.path.join(os.environ["FINAUT_SOURCE"], "bindings", "python", "platform_tag.py")


def platform_tag() -> Any:
    spec = importlib.util.spec_from_file_location("platform_tag", TOOL)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def elf(machine: int, *names: bytes) -> bytes:
    return b"\x7fELF" + bytes(14) + struct.pack("<H", machine) + bytes(40) + b"\0".join((b"",) + names + (b"",))


class Wheel(unittest.TestCase):
    def test_its_tag_is_what_the_library_needs(self) -> None:
        package = os.path.dirname(os.path.abspath(finaut.__file__))
        with open(glob.glob(os.path.join(package, "*finaut.*"))[0], "rb") as file:
            tag = platform_tag().tag_of(file.read())
        described = os.path.join(os.path.dirname(package), "finaut-{}.dist-info".format(finaut.__version__))
        with open(os.path.join(described, "WHEEL"), encoding="utf-8") as file:
            said = file.read().split("\n")
        for name in tag.split("."):
            self.assertIn("Tag: py3-none-" + name, said)
        self.assertIn("Root-Is-Purelib: false", said)
        self.assertTrue(os.path.exists(os.path.join(described, "licenses", "LICENSE-MIT")))

    def test_processor_and_c_library_are_read_from_the_library(self) -> None:
        tag_of = platform_tag().tag_of
        for library, tag in (
            (elf(62, b"GLIBC_2.2.5", b"GLIBC_2.34", b"GLIBC_2.4"), "manylinux_2_34_x86_64"),
            (elf(62, b"GLIBC_2.2.5", b"GLIBC_2.14"), "manylinux_2_17_x86_64.manylinux2014_x86_64"),
            (elf(183, b"GLIBC_2.28"), "manylinux_2_28_aarch64"),
            (elf(62, b"libc.musl-x86_64.so.1"), "musllinux_1_2_x86_64"),
            (b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0" + struct.pack("<H", 0x8664), "win_amd64"),
            (b"\xcf\xfa\xed\xfe" + struct.pack("<I", 0x0100000C), "macosx_11_0_arm64"),
        ):
            with self.subTest(tag):
                self.assertEqual(tag_of(library), tag)
        with self.assertRaisesRegex(ValueError, "no shared library"):
            tag_of(b"#!/bin/sh")

    def test_a_tag_may_promise_less_but_not_more(self) -> None:
        checked = platform_tag().checked
        for tag in ("manylinux_2_34_x86_64", "manylinux_2_39_x86_64", "linux_x86_64"):
            self.assertEqual(checked(tag, "manylinux_2_34_x86_64"), tag)
        for tag in ("manylinux_2_17_x86_64", "manylinux_2_34_aarch64", "linux_aarch64", "win_amd64", "any"):
            with self.subTest(tag), self.assertRaisesRegex(ValueError, "would not be true"):
                checked(tag, "manylinux_2_34_x86_64")
