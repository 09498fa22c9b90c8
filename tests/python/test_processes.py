"""Forked and spawned processes."""

import multiprocessing
import os
import pickle
import copy
import tempfile
import unittest
from typing import Any

import finaut

from stage import Case, client, people, run


def person_of(host_client: Any, number: int) -> str:
    """What a worker does with a client that it inherited."""
    found: str = host_client.users.get(id=number)["persnr"]
    return found


def own_client(number: int, state: str) -> str:
    """What a worker does that makes a client of its own."""
    with client(state=state) as own:
        return person_of(own, number)


def missing(number: int) -> None:
    with client() as own:
        own.users.get(id=number)


_inherited: Any = None


def inherited(number: int) -> str:
    return person_of(_inherited, number)


class Processes(Case):
    @unittest.skipUnless("fork" in multiprocessing.get_all_start_methods(), "this system does not fork")
    def test_forked_workers_use_their_parents_client(self) -> None:
        global _inherited
        _inherited = self.client
        someone = people()[:8]
        self.client.users.get(id=someone[0]["id"])
        with multiprocessing.get_context("fork").Pool(4) as pool:
            found = pool.map(inherited, [person["id"] for person in someone])
        self.assertEqual(found, [person["persnr"] for person in someone])
        self.client.check()

    def test_spawned_workers_make_their_own_and_share_a_state_file(self) -> None:
        someone = people()[:4]
        with tempfile.TemporaryDirectory() as folder:
            state = os.path.join(folder, "finaut.db")
            with multiprocessing.get_context("spawn").Pool(2) as pool:
                found = pool.starmap(own_client, [(person["id"], state) for person in someone])
            with client(state=state) as own:
                self.assertGreaterEqual(own.budget()["used"], 4)
        self.assertEqual(found, [person["persnr"] for person in someone])

    def test_errors_come_back_from_workers(self) -> None:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            with self.assertRaises(finaut.NotFoundError) as failed:
                pool.apply(missing, (1,))
        self.assertEqual((failed.exception.http_status, failed.exception.operation), (404, "users.get"))

    def test_a_client_is_neither_pickled_nor_copied(self) -> None:
        for make in (pickle.dumps, copy.copy, copy.deepcopy):
            with self.assertRaisesRegex(TypeError, "Let each process make its own"):
                make(self.client)

    @unittest.skipUnless(hasattr(os, "fork"), "this system does not fork")
    def test_a_forked_child_ends_in_peace(self) -> None:
        # It inherits a client, another thread's call that is under way, and the end of Python with all that.
        script = """
import os, sys, threading
from finaut.client import _under_way
from stage import client, people, waiting_client
first = client()
first.check()
waiting = threading.Event()
stuck = waiting_client(on_event=lambda event: waiting.set())
threading.Thread(target=stuck.check, daemon=True).start()
waiting.wait()
child = os.fork()
if child == 0:
    assert not _under_way  # or its end would wait for a thread that is not there
    first.users.get(id=people()[0]["id"])
    stuck.close()
    sys.exit(7)
print(os.WEXITSTATUS(os.waitpid(child, 0)[1]))
"""
        done = run(script, PYTHONPATH=os.path.dirname(os.path.abspath(__file__)), PYTHONWARNINGS="ignore::DeprecationWarning")
        self.assertEqual((done.stdout, done.stderr, done.returncode), ("7\n", "", 0))
