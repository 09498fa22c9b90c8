"""A program for PyInstaller to pack (tests/python.sh): it calls once, and says whom it called as and which library it did that with."""

import os

import finaut
from finaut.library import library

with finaut.Client() as client:
    print(client.check()["client_id"], os.path.relpath(library()._name, os.path.dirname(os.path.abspath(finaut.__file__))))
