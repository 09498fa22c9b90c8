"""Several Python interpreters in one process, as web servers have them: mod_wsgi, with one for each application."""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from stage import INTERRUPTED_AT_ANY_MOMENT, run

HERE = os.path.dirname(os.path.abspath(__file__))

# What each interpreter does. on_event must run in the interpreter and on the thread that called.
APPLICATION = """
def serve():
    import sys, threading
    import finaut
    from stage import client, people, waiting_client

    application, thread, told = vars(sys).setdefault("application", object()), threading.get_ident(), []

    def on_event(event):
        import sys
        assert sys.application is application and threading.get_ident() == thread
        told.append(event["event"])

    def raising(event):
        raise LookupError(threading.get_ident() == thread)

    someone = people()[0]
    with client(on_event=on_event) as one:
        assert one.users.get(id=someone["id"])["persnr"] == someone["persnr"]
        assert "request" in told, told
        try:
            one.users.get(id=1)
            raise AssertionError
        except finaut.NotFoundError:
            pass
    with waiting_client(on_event=raising) as one:
        try:
            one.check()
            raise AssertionError
        except LookupError as error:
            assert error.args == (True,)
    found = []
    with client() as other, client(on_event=lambda event: found.append(other.users.get(id=someone["id"])["persnr"])) as one:
        one.check()
    assert set(found) == {someone["persnr"]}, found
    sys.stdout.write("served\\n")
    sys.stdout.flush()

import traceback
try:
    serve()
except BaseException:
    traceback.print_exc()
    raise
"""

HOST = """
import ctypes, sys
import finaut
host = ctypes.PyDLL(sys.argv[1])
"""


class SubInterpreters(unittest.TestCase):
    def setUp(self) -> None:
        compiler = shutil.which("cc")
        if compiler is None or sys.platform == "win32":
            self.skipTest("there is no C compiler (Debian's package gcc)")
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.host = os.path.join(folder.name, "host.so")
        source = os.path.join(HERE, "subinterpreters.c")
        undefined = ["-undefined", "dynamic_lookup"] if sys.platform == "darwin" else []
        options = ["-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", *undefined, "-pthread"]
        subprocess.run([compiler, *options, source, "-o", self.host], check=True)

    def serves(self, times: int, script: str) -> None:
        done = run(HOST + script, self.host, APPLICATION, PYTHONPATH=HERE)
        self.assertEqual((done.stdout, done.stderr, done.returncode), ("served\n" * times, "", 0))

    def test_a_second_interpreter_on_the_same_thread(self) -> None:
        self.serves(2, "assert host.run_in_a_new_one(sys.argv[2].encode()) == 0\nexec(sys.argv[2])")

    def test_an_interpreter_that_comes_after_another_has_ended(self) -> None:
        self.serves(3, "exec(sys.argv[2])\nfor _ in range(2): assert host.run_in_a_new_one(sys.argv[2].encode()) == 0")

    def test_two_applications_of_a_web_server_on_its_threads(self) -> None:
        # Each of 3 threads serves each application twice.
        self.serves(12, "assert host.run_as_applications(sys.argv[2].encode(), 3) == 0")


# As if ctypes called back in another interpreter, in the one that can have signals.
ELSEWHERE = """
from finaut.callbacks import Listeners
Listeners._callbacks_come_here = lambda listeners: False
"""


class Elsewhere(unittest.TestCase):
    def says(self, expected: str, script: str) -> None:
        done = run(ELSEWHERE + script, PYTHONPATH=HERE)
        self.assertEqual((done.stdout, done.stderr, done.returncode), (expected, "", 0))

    def test_a_call_does_the_same(self) -> None:
        self.says("served\n", APPLICATION)

    def test_no_signal_is_lost_whenever_it_comes(self) -> None:
        self.says("25\n", INTERRUPTED_AT_ANY_MOMENT)

    def test_an_interpreter_without_threads_calls_all_the_same_and_refuses_on_event_at_once(self) -> None:
        done = run(
            ELSEWHERE
            + """
import threading, finaut
from stage import client
def start(thread):
    raise RuntimeError("can't start new thread")
with client(on_event=print) as before, client() as one:
    threading.Thread.start = start
    print(one.check()["client_id"])
    for fails in (before.check, lambda: client(on_event=print)):
        try:
            fails()
        except finaut.LibraryError as error:
            print(error.code, str(error))
""",
            PYTHONPATH=HERE,
        )
        self.assertEqual((done.stderr, done.returncode), ("", 0))
        made, *refused = done.stdout.splitlines()
        self.assertEqual(made, os.environ["FINAUT_CLIENT_ID"])
        self.assertEqual(len(refused), 2, done.stdout)
        for line in refused:
            self.assertRegex(line, "^library on_event cannot be called here: .*starts no thread .can't start new thread.*Leave on_event out")
