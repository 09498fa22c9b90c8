"""Compares what a type checker says of typing/right.py and typing/wrong.py with the marks in them: typed.py mypy|pyright COMMAND…

The command gets the two files as its last arguments. A missing error fails, and so does one that no mark names.
"""

import json
import os
import re
import subprocess
import sys
from typing import Dict, List, Set, Tuple

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "typing")
FILES = ["right.py", "wrong.py"]
#: What pyright says of a value besides, after it has said why the value is of no known type.
FOLLOWS = {"reportUnknownArgumentType"}

Place = Tuple[str, int]


def wanted(column: int) -> Dict[Place, str]:
    """The errors that the marks name; the column is the checker's."""
    marks: Dict[Place, str] = {}
    for name in FILES:
        with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                mark = re.search(r"# WRONG (\S+) (\S+)$", line)
                if mark:
                    marks[name, number] = mark.group(column)
    return marks


def found(checker: str, command: List[str]) -> Dict[Place, Set[str]]:
    """The errors that the checker tells of."""
    said = subprocess.run(command + FILES, cwd=FOLDER, stdout=subprocess.PIPE, universal_newlines=True).stdout
    errors: Dict[Place, Set[str]] = {}
    if checker == "mypy":
        for name, number, code in re.findall(r"^(\S+?):(\d+): error: .*\[([a-z-]+)\]$", said, re.MULTILINE):
            errors.setdefault((name, int(number)), set()).add(code)
    else:
        for error in json.loads(said)["generalDiagnostics"]:
            place = (os.path.basename(error["file"]), error["range"]["start"]["line"] + 1)
            errors.setdefault(place, set()).add(error.get("rule", error["message"]))
    return errors


def main(checker: str, command: List[str]) -> int:
    marks = wanted(1 if checker == "mypy" else 2)
    errors = found(checker, command)
    problems = []
    for place in sorted(set(marks) | set(errors)):
        mark, told = marks.get(place), errors.get(place, set())
        if mark is None or mark not in told or told - {mark} - FOLLOWS:
            problems.append("{}:{}: {} should say {}, and says {}".format(*place, checker, mark or "nothing", ", ".join(sorted(told)) or "nothing"))
    print("\n".join(problems) or "{} wrong uses are refused by {}".format(len(marks), checker))
    return 1 if problems or not marks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
