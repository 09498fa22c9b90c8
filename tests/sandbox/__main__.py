"""Runs the tests in this folder and counts them: `python3 tests/sandbox [NAME…]`. tests/sandbox.sh sets the stage."""

import os
import sys
import unittest


def main() -> int:
    loader = unittest.TestLoader()
    if len(sys.argv) > 1:
        loader.testNamePatterns = ["*{}*".format(name) for name in sys.argv[1:]]
    found = loader.discover(os.path.dirname(os.path.abspath(__file__)))
    result = unittest.TextTestRunner(stream=sys.stdout, verbosity=2).run(found)
    bad, skipped = len(result.failures) + len(result.errors), len(result.skipped)
    print("{} passed, {} failed, {} skipped".format(result.testsRun - bad - skipped, bad, skipped))
    return 0 if result.testsRun and not bad else 1


if __name__ == "__main__":
    sys.exit(main())
