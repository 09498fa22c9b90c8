"""Ten thousand calls leave nothing behind: neither the library's strings nor Python's objects."""

import gc
import os
import sys
import unittest
from typing import Any, Callable, List

import finaut

from stage import Case, client, people

STATM = "/proc/self/statm"


def resident() -> int:
    """Bytes of this process in memory."""
    gc.collect()
    with open(STATM) as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@unittest.skipUnless(os.path.exists(STATM) and sys.platform != "win32", "this system does not say how much memory a process has")
class Memory(Case):
    def does_not_grow(self, calls: int, call: Callable[[], Any], most: int) -> None:
        """`most`: far less than what is lost if each call forgets its reply.

        A leak shows every time; what an allocator keeps for later, or the system pages in late, does not.
        """
        for _ in range(calls // 5):
            call()
        grown: List[int] = []
        while len(grown) < 5:
            before = resident()
            for _ in range(calls):
                call()
            grown.append(resident() - before)
            if grown[-1] < most:
                return
        self.fail("{} calls took more than {} bytes each time: {}".format(calls, most, grown))

    def test_calls_that_send_nothing(self) -> None:
        self.does_not_grow(1000, finaut.operations, 3000000)  # 20 kB each
        self.does_not_grow(10000, lambda: finaut.persnr_check("123"), 500000)
        self.does_not_grow(10000, self.client.budget, 500000)

    def test_calls_that_fail(self) -> None:
        def fail() -> None:
            try:
                self.client.users.get()
            except finaut.ArgumentError:
                pass

        self.does_not_grow(10000, fail, 1000000)

    def test_calls_that_ask_the_server(self) -> None:
        someone = people()[0]["id"]
        self.does_not_grow(10000, lambda: self.client.users.get(id=someone), 3000000)

    def test_calls_that_are_ended_by_on_event(self) -> None:
        def on_event(event: Any) -> None:
            raise RuntimeError

        with client(on_event=on_event) as telling:

            def stopped() -> None:
                try:
                    telling.users.get(id=590001)
                except RuntimeError:
                    pass

            self.does_not_grow(2000, stopped, 1500000)

    def test_clients(self) -> None:
        self.does_not_grow(2000, lambda: client().close(), 1000000)
