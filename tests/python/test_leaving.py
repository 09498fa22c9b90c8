"""Ctrl-C in the main thread ends the calls of other threads, which no signal reaches: real programs, each sent a real SIGINT.

Their calls wait for a slot that is an hour away and may wait for days: that a program ends at all proves it.
"""

import signal
import sys
import threading
import unittest
from unittest import mock

import finaut
from finaut import leaving

from stage import Case, watched

#: Eight threads that wait for a slot, and the thirty-two calls that are to follow.
CALLS = """
import concurrent.futures, threading
from stage import client, waiting_client
client().check()
waits, seen = threading.Semaphore(0), threading.local()
def on_event(event):
    if event["event"] == "wait" and not hasattr(seen, "wait"):
        seen.wait = True
        waits.release()
waiting = waiting_client(on_event=on_event)
# The main thread waits for an event of its own: concurrent.futures.wait leaves locks held that an exception surprises in it.
def all_wait():
    for _ in range(8): waits.acquire()
    ready()
"""

WITH = """
with waiting, concurrent.futures.ThreadPoolExecutor(8) as pool:
    calls = [pool.submit(waiting.check) for _ in range(40)]
    all_wait()
    threading.Event().wait()
"""

#: As Pythons before 3.10 have it.
WITHOUT_CURRENT_EXCEPTIONS = "import sys\nsys.__dict__.pop('_current_exceptions', None)\n"


@unittest.skipIf(sys.platform == "win32", "no other process can press Ctrl-C for one here")
class Programs(unittest.TestCase):
    def ends(self, script: str, last: str = "KeyboardInterrupt") -> None:
        status, said = watched(CALLS + script)
        self.assertIn(status, (-signal.SIGINT, 130), said)
        self.assertTrue(said.rstrip().endswith(last), said)

    def test_a_thread_pool_in_a_with_block(self) -> None:
        self.ends(WITH)

    def test_a_thread_pool_in_a_with_block_of_an_older_python(self) -> None:
        self.ends(WITHOUT_CURRENT_EXCEPTIONS + WITH)

    @unittest.skipUnless(hasattr(sys, "_current_exceptions"), "this Python does not tell of another thread's exception")
    def test_a_thread_pool_that_is_shut_down_finally(self) -> None:
        self.ends(
            "pool = concurrent.futures.ThreadPoolExecutor(8)\n"
            "try:\n"
            "    calls = [pool.submit(waiting.check) for _ in range(40)]\n"
            "    all_wait()\n"
            "    threading.Event().wait()\n"
            "finally:\n"
            "    pool.shutdown()\n"
        )

    def test_a_thread_pool_that_only_pythons_end_shuts_down(self) -> None:
        self.ends(WITH.replace("with waiting, concurrent", "pool = concurrent").replace(" as pool:", "\nif True:"))

    def test_a_thread_pools_map(self) -> None:
        self.ends(
            "threading.Thread(target=all_wait, daemon=True).start()\n"
            "with concurrent.futures.ThreadPoolExecutor(8) as pool:\n"
            "    list(pool.map(lambda number: waiting.users.get(id=number), range(1, 41)))\n"
        )

    def test_plain_threads(self) -> None:
        self.ends(
            # Each traceback at once: Python itself writes those of several threads piece by piece, one between the others.
            "import sys, traceback\n"
            "one = threading.Lock()\n"
            "def tell(args):\n"
            "    text = ''.join(traceback.format_exception(args.exc_type, args.exc_value, args.exc_traceback))\n"
            "    with one: sys.stderr.write(text)\n"
            "threading.excepthook = tell\n"
            "threads = [threading.Thread(target=waiting.check) for _ in range(8)]\n"
            "for thread in threads: thread.start()\n"
            "all_wait()\n"
            "for thread in threads: thread.join()\n",
            "finaut.errors.Interrupted: The call was interrupted: the program is ending "
            "(its main thread is handling a KeyboardInterrupt, or has ended).",
        )

    @unittest.skipUnless(hasattr(sys, "_current_exceptions"), "this Python does not tell of another thread's exception")
    def test_asyncios_own_threads(self) -> None:
        self.ends(
            "import asyncio\n"
            "async def main():\n"
            "    calls = [asyncio.ensure_future(asyncio.to_thread(waiting.check)) for _ in range(8)]\n"
            "    asyncio.ensure_future(asyncio.to_thread(all_wait))\n"
            "    await asyncio.gather(*calls)\n"
            "class Pool(concurrent.futures.ThreadPoolExecutor): pass\n"
            "async def begin():\n"
            "    asyncio.get_running_loop().set_default_executor(Pool(16))\n"
            "    await main()\n"
            "asyncio.run(begin())\n"
        )


class Other(Case):
    def test_a_ctrl_c_that_was_handled_ends_nothing(self) -> None:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt:
            pass
        told = []
        thread = threading.Thread(target=lambda: told.append(self.client.check()["client_id"]))
        thread.start()
        thread.join()
        self.assertEqual(told, ["sandbox-client"])

    @unittest.skipUnless(hasattr(sys, "_current_exceptions"), "this Python does not tell of another thread's exception")
    def test_while_it_is_handled_no_call_of_another_thread_begins(self) -> None:
        told = []

        def work() -> None:
            try:
                self.client.check()
            except finaut.Interrupted as interrupted:
                told.append(interrupted)

        for raised in (KeyboardInterrupt(), RuntimeError()):
            try:
                try:
                    raise KeyboardInterrupt
                except KeyboardInterrupt:
                    raise raised  # as frameworks do
            except BaseException:
                thread = threading.Thread(target=work)
                thread.start()
                thread.join()
                self.assertEqual(self.client.check()["client_id"], "sandbox-client", "the main thread may call")
        self.assertEqual([(str(one), one.operation) for one in told], [(str(told[0]), "check")] * 2)
        self.assertIn("was not begun: the program is ending", str(told[0]))
        self.assertIn("Nothing was sent.", str(told[0]))

    def test_an_older_python_looks_at_what_with_blocks_are_left_by(self) -> None:
        seen = []

        class Block:
            def __enter__(self) -> None:
                pass

            def __exit__(self, *exception: object) -> None:
                with mock.patch.object(sys, "_current_exceptions", None, create=True):
                    thread = threading.Thread(target=lambda: seen.append(leaving.by_ctrl_c()))
                    thread.start()
                    thread.join()

        for raised, interrupted in ((KeyboardInterrupt, True), (ValueError, False), (None, False)):
            try:
                with Block():
                    if raised is not None:
                        raise raised
            except BaseException:
                pass
            self.assertEqual(seen.pop(), interrupted, raised)
