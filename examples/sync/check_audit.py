"""Checks the chain of an audit file: each line has the SHA-256 of the one before. Needs neither the library nor the client's secret.

    python check_audit.py AUDIT_FILE

Prints how many lines there are, and the digest of the last one: whoever keeps that elsewhere sees later if lines were cut off at the end.
"""

import hashlib
import json
import sys


def check(text):
    """The number of lines and the last one's digest. ValueError names the first line that is not as it was written."""
    before, is_torn, number = "0" * 64, False, 0
    for line in text.split(b"\n"):
        if not line:
            continue
        number += 1
        try:
            said = json.loads(line)
        except ValueError:
            said = None  # a crash may cut a line; the next one says so
        is_right = not is_torn if said is None else said.get("before") == before and (not is_torn or said.get("audit") == "torn")
        # A file that somebody moved away is gone on with in a new one.
        if not is_right and not (number == 1 and said is not None and said.get("audit") == "continues"):
            raise ValueError("line {} is not as it was written, or one before it is missing or was changed".format(number))
        is_torn, before = said is None, hashlib.sha256(line).hexdigest()
    if is_torn:
        raise ValueError("line {}, the last one, is cut".format(number))
    return number, before


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: check_audit.py AUDIT_FILE")
    with open(sys.argv[1], "rb") as file:
        try:
            print("{} lines, {}".format(*check(file.read())))
        except ValueError as error:
            sys.exit("{}: {}".format(sys.argv[1], error))
