"""How clients end: closed once or twice, in any order, by the collector, and by the end of Python."""

import gc
import os
import random
import unittest
import weakref
from typing import Any

import finaut
from finaut import client as client_module

from stage import Case, client, run

HERE = os.path.dirname(os.path.abspath(__file__))


class Lifetime(Case):
    def test_closing_in_any_order_and_twice(self) -> None:
        clients = [client() for _ in range(20)]
        random.Random(1).shuffle(clients)
        for one in clients + clients:
            one.close()
            one.__exit__(None, None, None)
        for one in clients:
            with self.assertRaises(finaut.HandleError):
                one.check()

    def test_what_nobody_holds_is_freed(self) -> None:
        gc.collect()
        before = len(client_module._handles)
        one = client()
        gone = weakref.ref(one)
        self.assertEqual(len(client_module._handles), before + 1)
        del one
        self.assertIsNone(gone())
        self.assertEqual(len(client_module._handles), before)

    def test_a_client_in_a_circle_is_freed_by_the_collector(self) -> None:
        gc.collect()
        before = len(client_module._handles)

        class Owner:
            def __init__(self) -> None:
                self.client = client(on_event=self.on_event)

            def on_event(self, event: Any) -> None:
                pass

        Owner().client.check()
        gc.collect()
        self.assertEqual(len(client_module._handles), before)

    def test_closing_and_calling_in_a_finalizer(self) -> None:
        ended = []

        class Owner:
            def __init__(self) -> None:
                self.client = client()

            def __del__(self) -> None:
                ended.append(self.client.check()["client_id"])
                self.client.close()
                self.client.close()

        Owner()
        gc.collect()
        self.assertEqual(ended, [os.environ["FINAUT_CLIENT_ID"]])

    def test_a_client_that_could_not_be_made_leaves_nothing(self) -> None:
        gc.collect()
        before = len(client_module._handles)
        for config in ({"timeout_s": "soon"}, {"encoding": "utf-9"}, {"on_event": 7}):
            with self.assertRaises(finaut.FinAutError):
                client(**config)
        gc.collect()
        self.assertEqual(len(client_module._handles), before)

    def test_the_traceback_of_what_was_raised_holds_no_circle(self) -> None:
        def on_event(event: Any) -> None:
            raise RuntimeError

        gc.collect()
        gc.disable()
        self.addCleanup(gc.enable)
        one = client(on_event=on_event)
        gone = weakref.ref(one)
        try:
            one.check()
        except RuntimeError:
            pass
        del one
        self.assertIsNone(gone())


class TheEndOfPython(unittest.TestCase):
    def ends_quietly(self, script: str) -> None:
        done = run("from stage import client, waiting_client\n" + script, PYTHONPATH=HERE)
        self.assertEqual((done.stdout, done.stderr, done.returncode), ("", "", 0))

    def test_with_open_clients(self) -> None:
        self.ends_quietly("clients = [client(on_event=print) for _ in range(5)]\nclients[0].close()\n")

    def test_with_a_client_in_a_module_and_in_a_circle(self) -> None:
        self.ends_quietly("import sys\none = client()\none.check()\nsys.stdout.one = one\ncircle = [one]; circle.append(circle)\n")

    def test_with_clients_that_are_closed_by_finalizers(self) -> None:
        self.ends_quietly(
            "class Owner:\n    def __init__(self): self.client = client()\n    def __del__(self): self.client.close()\n"
            "one = Owner(); circle = Owner(); circle.itself = circle\n"
        )

    def test_with_threads_in_calls(self) -> None:
        # At moments all over the half second between two events: one of them would meet the end inside a callback.
        for n in range(12):
            with self.subTest(n):
                self.ends_quietly(
                    "import threading, time\nclient().check()\nbusy = threading.Semaphore(0)\n"
                    "def on_event(event):\n    busy.release()\n    sum(range(20000))\n"
                    "for _ in range(8):\n"
                    "    threading.Thread(target=waiting_client(on_event=on_event).check, daemon=True).start()\n"
                    "for _ in range(8): busy.acquire()\n"
                    "time.sleep({})\n".format(n * 0.05)
                )

    def test_with_threads_that_call_between_the_clients_end_and_pythons(self) -> None:
        # What was registered first is done last: when the clients are closed, Python goes on for a moment.
        done = run(
            "import atexit, threading, time\natexit.register(time.sleep, 0.5)\nfrom stage import client\none = client()\none.check()\n"
            "def work():\n    while True: one.budget()\n"
            "for _ in range(4): threading.Thread(target=work, daemon=True).start()\ntime.sleep(0.2)\n",
            PYTHONPATH=HERE,
        )
        self.assertEqual((done.stdout, done.stderr, done.returncode), ("", "", 0))

    def test_with_threads_that_make_clients_and_calls_all_the_time(self) -> None:
        for n in range(4):
            with self.subTest(n):
                self.ends_quietly(
                    "import threading, time\nbusy = threading.Semaphore(0)\n"
                    "def work():\n"
                    "    while True:\n"
                    "        with client(on_event=lambda event: busy.release()) as one:\n"
                    "            one.check()\n"
                    "for _ in range(4): threading.Thread(target=work, daemon=True).start()\n"
                    "for _ in range(40 + {}): busy.acquire()\n".format(n)
                )
