"""Signals while a call waits: Ctrl-C ends it, other handlers run and may end it, too, and none is lost."""

import os
import signal
import threading
import time
import unittest
from typing import Any, List

from stage import INTERRUPTED_AT_ANY_MOMENT, Case, client, fault, people, run, sandbox, send, waiting_client


ALARM = unittest.skipUnless(hasattr(signal, "SIGALRM"), "this system has no such signal")


def soon(signal_number: int) -> None:
    """Sends this process a signal when the call that follows is probably under way."""
    threading.Timer(0.7, send, (signal_number,)).start()


class Told(Exception):
    pass


class Signals(Case):
    def setUp(self) -> None:
        super().setUp()
        # A shell starts what it puts into the background with SIGINT ignored.
        self.handler(signal.SIGINT, signal.default_int_handler)

    def handler(self, signal_number: int, handler: Any) -> None:
        self.addCleanup(signal.signal, signal_number, signal.signal(signal_number, handler))

    def test_ctrl_c_ends_a_wait_for_a_slot(self) -> None:
        self.client.check()
        began = time.monotonic()
        with waiting_client() as waiting, self.assertRaises(KeyboardInterrupt):
            soon(signal.SIGINT)
            waiting.check()
        self.assertLess(time.monotonic() - began, 600)
        self.client.check()

    def test_ctrl_c_ends_a_wait_for_an_answer(self) -> None:
        self.client.check()
        fault("delay", method="GET", path="user/", delay_before_ms=3600000)
        with client(timeout_s=3000) as waiting, self.assertRaises(KeyboardInterrupt):
            soon(signal.SIGINT)
            waiting.users.list()
        self.client.check()

    def test_ctrl_c_while_on_event_is_at_work(self) -> None:
        def on_event(event: Any) -> None:
            send(signal.SIGINT)
            time.sleep(300)

        with client(on_event=on_event) as telling, self.assertRaises(KeyboardInterrupt):
            telling.check()

    def test_a_change_on_its_way_is_finished_first(self) -> None:
        someone = people()[0]["id"]
        self.client.check()
        fault("delay", method="POST", path="userstatus/", delay_before_ms=3000)
        sandbox("DELETE", "requests")
        with self.assertRaises(KeyboardInterrupt):
            soon(signal.SIGINT)
            self.client.userstatus.create(appname="afr", user=someone, status="hvilende")
        self.assertEqual([seen["status"] for seen in sandbox("GET", "requests") if seen["method"] == "POST"], [201])

    @ALARM
    def test_another_signals_handler_may_raise(self) -> None:
        def handler(number: int, frame: Any) -> None:
            raise Told(number)

        self.handler(signal.SIGALRM, handler)
        self.client.check()
        with waiting_client() as waiting, self.assertRaises(Told):
            soon(signal.SIGALRM)
            waiting.check()

    @ALARM
    def test_a_handler_that_does_not_raise_changes_nothing(self) -> None:
        seen: List[int] = []
        self.handler(signal.SIGALRM, lambda number, frame: seen.append(number))
        fault("delay", method="GET", path="user/", delay_before_ms=2500)
        soon(signal.SIGALRM)
        self.assertGreater(self.client.users.list()["count"], 0)
        self.assertEqual(seen, [signal.SIGALRM])

    def test_no_signal_is_lost_whenever_it_comes(self) -> None:
        # Signals at all moments of calls that wait: each ends one call, and Python has nothing to complain of.
        done = run(INTERRUPTED_AT_ANY_MOMENT, PYTHONPATH=os.path.dirname(os.path.abspath(__file__)))
        self.assertEqual((done.stdout, done.stderr, done.returncode), ("25\n", "", 0))
