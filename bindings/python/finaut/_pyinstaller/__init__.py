"""What PyInstaller is told about this package, by way of the entry point `pyinstaller40` in pyproject.toml."""

import os
from typing import List


def hook_dirs() -> List[str]:
    """The folder of hook-finaut.py."""
    return [os.path.dirname(os.path.abspath(__file__))]
