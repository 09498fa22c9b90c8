"""`python -m finaut_sandbox`: the sandbox's program, with the arguments that were given. `--help` lists its options."""

import os
import subprocess
import sys

from .program import path


def main() -> None:
    try:
        command = [path()] + sys.argv[1:]
    except OSError as problem:
        sys.exit(str(problem))
    if os.name == "posix":
        # The program takes our place: signals, exit code and standard streams are its own.
        sys.stdout.flush()
        os.execv(command[0], command)
    # Windows has no such thing. Ctrl-C goes to both; we wait for the program and end as it did. If we are ended, so is the program:
    # it watches a pipe that only we hold.
    process = subprocess.Popen(command + ["--until-stdin-closes"], stdin=subprocess.PIPE)
    while True:
        try:
            sys.exit(process.wait())
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
