"""Runs the tests in this folder and counts them: `python tests/python [NAME…]`. tests/python.sh sets the stage."""

import os
import sys
import unittest


def main() -> int:
    folder = os.path.dirname(os.path.abspath(__file__))
    loader = unittest.TestLoader()
    if len(sys.argv) > 1:
        loader.testNamePatterns = ["*{}*".format(name) for name in sys.argv[1:]]
    result = unittest.TextTestRunner(verbosity=2).run(loader.discover(folder))
    sys.stderr.flush()
    bad, skipped = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses), len(result.skipped)
    print("{} passed, {} failed, {} skipped".format(result.testsRun - bad - skipped, bad, skipped))
    return 0 if result.testsRun and not bad else 1


# Processes that multiprocessing spawns read this file, too.
if __name__ == "__main__":
    sys.exit(main())
