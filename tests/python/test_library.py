"""Where the library is looked for, which ones are refused, and what the binding makes of one that behaves strangely."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from typing import Any

import finaut
from finaut.library import library

from stage import run

PACKAGE = os.path.dirname(os.path.abspath(finaut.__file__))
FAKE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fake.c")
VERSION = "import finaut; print(finaut.library_version())"


class Installed(unittest.TestCase):
    def test_what_is_tested_is_what_was_installed(self) -> None:
        self.assertTrue(PACKAGE.startswith(os.path.abspath(sys.prefix) + os.sep), PACKAGE)
        self.assertEqual(os.path.dirname(library()._name), PACKAGE)
        self.assertTrue(os.path.exists(os.path.join(PACKAGE, "py.typed")))

    def test_package_library_and_cargo_say_the_same_version(self) -> None:
        with open(os.path.join(os.environ["FINAUT_SOURCE"], "Cargo.toml"), encoding="utf-8") as file:
            cargo = re.search(r'\[workspace\.package\]\s+version = "(.*)"', file.read())
        assert cargo
        self.assertEqual([finaut.__version__, finaut.library_version()], [cargo[1]] * 2)


@unittest.skipUnless(sys.platform == "linux", "names libraries as Linux does")
class Finding(unittest.TestCase):
    """With a copy of the package that holds no library."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.inside = os.path.join(self.folder, "finaut", "libfinaut.so.1")
        self.real = os.path.join(PACKAGE, "libfinaut.so.1")
        shutil.copytree(PACKAGE, os.path.dirname(self.inside), ignore=shutil.ignore_patterns("libfinaut*"))

    def says(self, script: str = VERSION, **environment: str) -> Any:
        return run(script, **dict({"PYTHONPATH": self.folder, "FINAUT_LIBRARY": ""}, **environment))

    def refuses(self, words: str, **environment: str) -> None:
        done = self.says(
            "import finaut\ntry: finaut.library_version()\n"
            "except finaut.LibraryError as error:\n"
            "    assert isinstance(error, ImportError) and error.code == 'library'\n    print(error)",
            **environment
        )
        self.assertEqual((done.stderr, done.returncode), ("", 0))
        self.assertRegex(done.stdout, words)

    def made(self, *options: str) -> str:
        """A library made of fake.c."""
        compiler = shutil.which("cc")
        if compiler is None:
            self.skipTest("there is no C compiler (Debian's package gcc)")
        made = os.path.join(self.folder, "fake.so")
        subprocess.run([compiler, "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", *options, FAKE, "-o", made], check=True)
        return made

    def test_the_wheels_own_comes_first(self) -> None:
        shutil.copy(self.real, self.inside)
        done = self.says(FINAUT_LIBRARY=self.made("-DABI=2"))
        self.assertEqual((done.stdout, done.stderr), (finaut.library_version() + "\n", ""))

    def test_then_the_one_that_the_environment_names(self) -> None:
        done = self.says(FINAUT_LIBRARY=self.made())
        self.assertEqual((done.stdout, done.stderr), ("9.9.9\n", ""))

    def test_then_the_systems(self) -> None:
        for name in ("libfinaut.so.1", "libfinaut.so"):
            with self.subTest(name), tempfile.TemporaryDirectory() as system:
                shutil.copy(self.real, os.path.join(system, name))
                done = self.says(LD_LIBRARY_PATH=system)
                self.assertEqual((done.stdout, done.stderr), (finaut.library_version() + "\n", ""))

    def test_none_at_all(self) -> None:
        self.refuses("There is no finaut library: .*Install finaut's wheel for this machine, or set FINAUT_LIBRARY")

    def test_a_program_that_was_packed_without_it(self) -> None:
        done = self.says(
            "import sys\nsys.frozen = True\nsys.executable = sys.argv[0] = '{}/program'\nimport finaut\n"
            "try: print(finaut.library_version())\nexcept finaut.LibraryError as error: print(error)".format(self.folder)
        )
        self.assertRegex(done.stdout, "packed without the finaut library. PyInstaller takes it along by itself.*copy libfinaut.so.1 .*, or beside")
        self.assertIn(os.path.dirname(self.inside), done.stdout)

    def test_a_program_that_was_packed_with_it_beside_itself(self) -> None:
        shutil.copy(self.real, os.path.join(self.folder, "libfinaut.so.1"))
        done = self.says("import sys\nsys.frozen = True\nsys.executable = '{}/program'\n{}".format(self.folder, VERSION))
        self.assertEqual((done.stdout, done.stderr), (finaut.library_version() + "\n", ""))

    def test_a_package_in_an_archive(self) -> None:
        archive = shutil.make_archive(os.path.join(self.folder, "program"), "zip", self.folder, "finaut")
        shutil.rmtree(os.path.dirname(self.inside))
        self.refuses("^The package finaut is in an archive .*program.zip.*unpacked, or set FINAUT_LIBRARY", PYTHONPATH=archive)
        done = self.says(PYTHONPATH=archive, FINAUT_LIBRARY=self.real)
        self.assertEqual((done.stdout, done.stderr), (finaut.library_version() + "\n", ""))

    def test_a_file_that_is_not_there(self) -> None:
        self.refuses("/no/such.so cannot be loaded: .*FINAUT_LIBRARY in the environment names it", FINAUT_LIBRARY="/no/such.so")

    def test_a_file_that_is_no_library(self) -> None:
        self.refuses("fake.c cannot be loaded: ", FINAUT_LIBRARY=FAKE)
        shutil.copy(FAKE, self.inside)
        self.refuses("libfinaut.so.1 cannot be loaded: .*It came with this package", FINAUT_LIBRARY=self.real)

    def test_another_interface(self) -> None:
        self.refuses("fake.so has interface 2, and this package was made for 1", FINAUT_LIBRARY=self.made("-DABI=2"))

    def test_the_systems_with_another_interface(self) -> None:
        shutil.move(self.made("-DABI=2"), os.path.join(self.folder, "libfinaut.so.1"))
        self.refuses("libfinaut.so.1 has interface 2", LD_LIBRARY_PATH=self.folder)

    def test_another_library(self) -> None:
        self.refuses("fake.so is no finaut library", FINAUT_LIBRARY=self.made("-Dfinaut_abi_version=other"))
        self.refuses("fake.so lacks finaut_operations", FINAUT_LIBRARY=self.made("-DINCOMPLETE"))

    def test_codes_that_the_real_library_gives_in_dire_straits_only(self) -> None:
        # Whatever comes back: an exception that fits, and every string freed.
        done = self.says(
            """
import finaut
from finaut.library import library
client = finaut.Client()
for operation in "17", "99", "6", "-1", "half a letter", "half a text":
    try:
        client.call(operation)
    except Exception as error:
        print(type(error).__name__, getattr(error, "code", ""), str(error)[:30], library().fake_alive())
client.close()
finaut.operations()
finaut.persnr_check("1")
print(library().fake_alive())
""",
            FINAUT_LIBRARY=self.made(),
        )
        self.assertEqual(
            done.stdout.splitlines(),
            [
                "InternalError internal Please report this: a panic. 0",
                "FinAutError brand_new You do not know this yet. 0",
                "PermissionDeniedError permission The account may not do this (s 0",
                "FinAutError  The library ended with code -1 0",
                "ProtocolError protocol The answer cannot be read by P 0",
                "ProtocolError protocol The answer cannot be read by P 0",
                "0",
            ],
            done.stderr,
        )
