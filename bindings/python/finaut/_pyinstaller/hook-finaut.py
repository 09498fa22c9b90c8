"""Packs the shared library, which PyInstaller does not find by itself: it is loaded by its path, and its name ends in a number."""

import glob
import os

from PyInstaller.utils.hooks import get_module_file_attribute  # type: ignore[import-untyped]

_package = os.path.dirname(get_module_file_attribute("finaut"))
binaries = [(file, "finaut") for name in ("libfinaut.*", "finaut.dll") for file in glob.glob(os.path.join(glob.escape(_package), name))]
