"""finaut.aio: what is cancelled stops its own call and no other, and many calls wait without keeping anything else from its turn.

A full throttle frees its next slot in an hour, and the calls may wait for days: that one of them ends at all proves that it was ended.
"""

import asyncio
import datetime
import os
import sys
import tempfile
import threading
import unittest
from typing import Any, Awaitable, Callable, Dict, List
from unittest import mock

import finaut
import finaut.aio
import finaut.client
import finaut.texts

from stage import Case, fault, people, run, sandbox, watched

HERE = os.path.dirname(os.path.abspath(__file__))


def aio_client(**config: Any) -> finaut.aio.Client:
    """As stage.client."""
    return finaut.aio.Client(**dict({"throttle": {"requests": 100000}, "settle_s": 0.3, "max_wait_s": 120, "set_by": 590001}, **config))


class Waiting:
    """A client whose calls wait for an hour or longer, and which tells when so many of them do."""

    def __init__(self, **config: Any) -> None:
        self._waits = threading.Semaphore(0)
        self.client = aio_client(**dict({"throttle": {"requests": 1}, "max_wait_s": 1000000, "on_event": self._on_event}, **config))

    def _on_event(self, event: Dict[str, Any]) -> None:
        if event["event"] == "wait" and event["for"] == "slot":
            self._waits.release()

    async def calls_wait(self, count: int = 1) -> None:
        for _ in range(count):
            while not self._waits.acquire(False):
                await asyncio.sleep(0.01)


def awaited(test: Callable[[Any], Awaitable[None]]) -> Callable[[Any], None]:
    """A test that is a coroutine."""

    def method(self: Any) -> None:
        asyncio.run(asyncio.wait_for(test(self), 600))

    return method


class Calls(Case):
    @awaited
    async def test_a_call_gives_the_same_reply(self) -> None:
        someone = people()[0]["id"]
        async with aio_client() as client:
            self.assertEqual(await client.users.get(id=someone), self.client.users.get(id=someone))
            self.assertEqual(await client.call("users.get", {"id": someone}), self.client.users.get(id=someone))
            self.assertEqual((await client.check())["host"], os.environ["FINAUT_API_HOST"])
            self.assertEqual(
                (await client.results.list(from_date=datetime.date(2030, 1, 1)))["count"], self.client.results.list(from_date="2030-01-01")["count"]
            )

    @awaited
    async def test_errors_are_the_same(self) -> None:
        async with aio_client() as client:
            for call, kind in (
                (lambda: client.users.get(id=1), finaut.NotFoundError),
                (lambda: client.users.get(), finaut.ArgumentError),
                (lambda: client.users.get(pesnr="1"), finaut.ArgumentError),  # type: ignore[call-arg]
                (lambda: client.users.get(id=1, call_id=""), finaut.ValidationError),
                (lambda: client.users.get(id=1, call_id=7), finaut.ArgumentError),  # type: ignore[arg-type]
                (lambda: client.call("users.get", [1]), finaut.ArgumentError),  # type: ignore[arg-type]
                (lambda: client.call("no.such"), finaut.ArgumentError),
            ):
                with self.assertRaises(kind):
                    await call()
        with self.assertRaises(finaut.HandleError):
            await client.check()
        with self.assertRaises(finaut.HandleError):
            client.interrupt()

    def test_settings_that_cannot_be_are_refused(self) -> None:
        async def on_event(event: Any) -> None:
            pass

        for config, words in (
            ({"threads": 0}, "threads must be"),
            ({"threads": True}, "threads must be"),
            ({"on_event": on_event}, "call_soon_threadsafe"),
            ({"on_event": 7}, "on_event must be callable"),
        ):
            with self.assertRaisesRegex(finaut.ArgumentError, words):
                aio_client(**config)
        with self.assertRaises(finaut.ConfigError):
            aio_client(timeout_s="soon")

    def test_a_plain_with_says_what_to_write(self) -> None:
        with self.assertRaisesRegex(TypeError, "async with finaut.aio.Client"):
            with aio_client():
                pass

    @awaited
    async def test_a_hundred_calls_at_once(self) -> None:
        everybody = people()[:100]
        async with aio_client(threads=8) as client:
            found = await asyncio.gather(*[client.users.get(id=person["id"]) for person in everybody])
        self.assertEqual([user["persnr"] for user in found], [person["persnr"] for person in everybody])

    @awaited
    async def test_each_task_has_its_own_last_correlation_id(self) -> None:
        async with aio_client() as client:
            self.assertIsNone(client.last_correlation_id)

            async def one(number: int) -> Any:
                fault("status", status=200, path="results/{}/".format(number), body="{}", headers={"X-Correlation-Id": "c-{}".format(number)})
                await client.results.get(id=number)
                return client.last_correlation_id

            self.assertEqual(await asyncio.gather(*[one(number) for number in range(1, 9)]), ["c-{}".format(n) for n in range(1, 9)])

    @awaited
    async def test_what_on_event_raises_comes_out(self) -> None:
        def on_event(event: Any) -> None:
            raise raised

        for raised, kind in ((KeyError("why"), KeyError), (StopIteration("why"), RuntimeError)):
            async with aio_client(on_event=on_event) as client:
                with self.assertRaisesRegex(kind, "why|StopIteration"):
                    await client.check()

    @awaited
    async def test_one_client_serves_several_loops(self) -> None:
        async with aio_client() as client:
            await client.check()
            elsewhere: List[Any] = []
            thread = threading.Thread(target=lambda: elsewhere.append(asyncio.run(client.check())))
            thread.start()
            while thread.is_alive():
                await asyncio.sleep(0.01)
            self.assertEqual(elsewhere[0]["client_id"], "sandbox-client")

    @awaited
    async def test_closing_lets_the_threads_go(self) -> None:
        before = threading.active_count()
        async with aio_client() as client:
            await asyncio.gather(*[client.check() for _ in range(8)])
        while threading.active_count() > before:
            await asyncio.sleep(0.01)


class Cancelling(Case):
    def setUp(self) -> None:
        super().setUp()
        self.client.check()  # somebody has used the slot

    @awaited
    async def test_wait_for_returns(self) -> None:
        waiting = Waiting()
        async with waiting.client as client:
            with self.assertRaises(asyncio.TimeoutError):
                await asyncio.wait_for(client.check(), 1)
            self.assertEqual(client._jobs, set())

    @awaited
    async def test_a_cancelled_call_ends_and_no_other(self) -> None:
        waiting = Waiting()
        async with waiting.client as client:
            tasks = [asyncio.ensure_future(client.users.get(id=590001)) for _ in range(4)]
            await waiting.calls_wait(4)
            tasks[2].cancel()
            with self.assertRaises(asyncio.CancelledError):
                await tasks[2]
            # One that cannot go on because of a slot would have ended by now if it were told to.
            late = asyncio.ensure_future(client.users.get(id=590001))
            await waiting.calls_wait()
            self.assertEqual([task.done() for task in tasks], [False, False, True, False])
            client.interrupt()
            outcome = await asyncio.gather(*(tasks[:2] + tasks[3:] + [late]), return_exceptions=True)
            self.assertEqual([type(one) for one in outcome], [finaut.Interrupted] * 4)

    @awaited
    async def test_the_thread_has_left_when_the_cancellation_arrives(self) -> None:
        waiting = Waiting()
        async with waiting.client as client:
            task = asyncio.ensure_future(client.check())
            await waiting.calls_wait()
            (job,) = client._jobs
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task
            self.assertTrue(job.future.done())

    @awaited
    async def test_a_call_whose_turn_had_not_come_ends_at_once(self) -> None:
        waiting = Waiting(threads=1)
        async with waiting.client as client:
            first = asyncio.ensure_future(client.check())
            await waiting.calls_wait()
            client._leaves_in_s = 1000000
            second, third = [asyncio.ensure_future(client.check(call_id=name)) for name in ("second", "third")]
            await asyncio.sleep(0)
            second.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await second
            client.interrupt_call("third")
            with self.assertRaisesRegex(finaut.Interrupted, "before its turn"):
                await third
            self.assertFalse(first.done())
            first.cancel()
            await asyncio.wait([first])

    @awaited
    async def test_a_call_that_the_library_does_not_know_yet_ends_as_well(self) -> None:
        waiting = Waiting()
        entered, go = threading.Event(), threading.Event()
        written = finaut.texts.written

        def slow(*arguments: Any) -> bytes:
            entered.set()
            go.wait(600)
            return written(*arguments)

        async with waiting.client as client:
            with mock.patch.object(finaut.client, "written", slow):
                task = asyncio.ensure_future(client.check())
                while not entered.is_set():
                    await asyncio.sleep(0.01)
                task.cancel()
                await asyncio.sleep(0)
                await asyncio.sleep(0)
                go.set()
                with self.assertRaises(asyncio.CancelledError):
                    await task

    @awaited
    async def test_the_callers_own_call_id_is_kept_and_can_be_used_again(self) -> None:
        waiting = Waiting()
        async with waiting.client as client:
            task = asyncio.ensure_future(client.check(call_id="mine"))
            await waiting.calls_wait()
            client.interrupt_call("mine")
            with self.assertRaises(finaut.Interrupted):
                await task
            task = asyncio.ensure_future(client.check(call_id="mine"))
            await waiting.calls_wait()
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task
            self.assertIn("used", await client.budget(call_id="mine"))

    @awaited
    async def test_a_call_id_is_free_again_if_its_call_had_just_ended(self) -> None:
        entered, go = threading.Event(), threading.Event()
        read = finaut.texts.read

        def slow(*arguments: Any) -> Any:
            entered.set()
            go.wait(600)
            return read(*arguments)

        async with aio_client() as client:
            with mock.patch.object(finaut.client, "read", slow):
                task = asyncio.ensure_future(client.budget(call_id="mine"))
                while not entered.is_set():
                    await asyncio.sleep(0.01)
                task.cancel()
                await asyncio.sleep(0)
                await asyncio.sleep(0)
                go.set()
                with self.assertRaises(asyncio.CancelledError):
                    await task
            self.assertIn("used", await client.budget(call_id="mine"))

    @awaited
    async def test_a_change_on_its_way_is_finished_first(self) -> None:
        someone = people()[0]["id"]
        fault("delay", method="POST", path="userstatus/", delay_before_ms=3000)
        sandbox("DELETE", "requests")
        begun = threading.Event()
        async with aio_client(on_event=lambda event: begun.set() if event.get("for") == "answer" else None) as client:
            await client.check()
            task = asyncio.ensure_future(client.userstatus.create(appname="afr", user=someone, status="hvilende"))
            while not begun.is_set():
                await asyncio.sleep(0.01)
            with self.assertLogs("finaut", "INFO") as log:
                task.cancel()
                with self.assertRaises(asyncio.CancelledError):
                    await task
        self.assertEqual([seen["status"] for seen in sandbox("GET", "requests") if seen["method"] == "POST"], [201])
        self.assertIn("userstatus.create was cancelled too late", "".join(log.output))

    @unittest.skipIf(sys.version_info < (3, 9), "tasks of this Python do not hand on what a cancellation was caused by")
    @awaited
    async def test_an_unknown_outcome_is_the_cause(self) -> None:
        fault("cut_after_acting", method="POST", path="userstatus/", delay_before_ms=3000)
        begun = threading.Event()
        async with aio_client(on_event=lambda event: begun.set() if event.get("for") == "answer" else None) as client:
            await client.check()
            task = asyncio.ensure_future(client.request(method="POST", path="userstatus/", body={"appname": "afr"}))
            while not begun.is_set():
                await asyncio.sleep(0.01)
            with self.assertLogs("finaut", "WARNING"):
                task.cancel()
                try:
                    await task
                except asyncio.CancelledError as cancelled:
                    causes = []
                    cause: Any = cancelled
                    while cause is not None:
                        causes.append(type(cause))
                        cause = cause.__cause__ or cause.__context__
                    self.assertIn(finaut.UnknownOutcomeError, causes)

    @awaited
    async def test_a_thread_that_does_not_leave_is_not_waited_for_for_ever(self) -> None:
        go, entered = threading.Event(), threading.Event()

        def on_event(event: Any) -> None:
            entered.set()
            go.wait(600)

        async with aio_client(on_event=on_event) as client:
            client._leaves_in_s = 0.05
            task = asyncio.ensure_future(client.check())
            while not entered.is_set():
                await asyncio.sleep(0.01)
            with self.assertLogs("finaut", "WARNING") as log:
                task.cancel()
                with self.assertRaises(asyncio.CancelledError):
                    await task
            go.set()
        self.assertIn("its thread goes on", "".join(log.output))


class Turns(Case):
    def setUp(self) -> None:
        super().setUp()
        self.client.check()

    @awaited
    async def test_waiting_calls_leave_asyncios_own_threads_to_the_program(self) -> None:
        waiting = Waiting(threads=64)
        async with waiting.client as client:
            # More than asyncio's own executor ever has.
            tasks = [asyncio.ensure_future(client.check()) for _ in range(64)]
            await waiting.calls_wait(64)
            self.assertEqual(await asyncio.get_running_loop().run_in_executor(None, int, "7"), 7)
            client.interrupt()
            outcome = await asyncio.gather(*tasks, return_exceptions=True)
            self.assertEqual({type(one) for one in outcome}, {finaut.Interrupted})

    @awaited
    async def test_interactive_calls_get_through_while_others_wait(self) -> None:
        waiting = Waiting(threads=1, throttle={"requests": 1000, "reserve": 999})
        async with waiting.client as client:
            while (await client.budget())["used"] < 1:
                await client.check()
            tasks = [asyncio.ensure_future(client.check()) for _ in range(3)]
            await waiting.calls_wait()
            self.assertEqual((await client.check(priority="interactive"))["client_id"], "sandbox-client")
            client.interrupt()
            await asyncio.gather(*tasks, return_exceptions=True)


class Lists(Case):
    @awaited
    async def test_rows_come_page_by_page(self) -> None:
        def pages() -> int:
            return sum(seen["path"].endswith("/user/") for seen in sandbox("GET", "requests"))

        everybody = self.client.users.list()["results"]
        async with aio_client() as client:
            sandbox("DELETE", "requests")
            found = []
            async for row in client.users.iterate():
                found.append(row)
                if len(found) in (1, 100, 101):
                    self.assertEqual(pages(), (len(found) - 1) // 100 + 1)
            self.assertEqual(found, everybody)
            sandbox("DELETE", "requests")
            async for row in client.users.iterate():
                break
            self.assertEqual(pages(), 1)

    @awaited
    async def test_a_row_comes_once_and_none_is_passed_over_while_people_go(self) -> None:
        async with aio_client() as client:
            before = [row["id"] for row in (await client.users.list())["results"]]
            gone = int(before[57].rstrip("/").rsplit("/", 1)[1])
            fault("change", path="user/", query="page=2", vanish=[gone])
            found = [row["id"] async for row in client.users.iterate()]
        self.assertEqual(len(found), len(set(found)))
        self.assertLessEqual(set(before), set(found))


class TheInbox(Case):
    @awaited
    async def test_events_are_acknowledged_when_the_next_is_asked_for(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with aio_client(state=os.path.join(folder, "db"), inbox={"verify": "none"}) as client:
                for number in (1, 2):
                    body = '{{"id": {}, "exam_name": "Prøve"}}'.format(number).encode()
                    accepted = await client.webhook.accept(body=body, headers={"Content-Type": "application/json"}, path="/")
                    self.assertEqual(accepted["http_status"], 200)
                taken = [event["event"] async for event in client.inbox.events(wait_s=0)]
                self.assertEqual(len(taken), 2)
                self.assertIsNone(await client.inbox.next())
                await client.webhook.accept(body=b'{"id": 3, "exam_name": "x"}', headers={}, path="/")
                async for event in client.inbox:
                    await client.inbox.acknowledge(event=event["event"])
                    break

    @awaited
    async def test_a_receiver_listens(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with aio_client(state=os.path.join(folder, "db")) as client:
                async with await client.receiver(listen="127.0.0.1:0", open=True) as receiver:
                    self.assertIn(receiver.address, receiver.urls[0])
                    self.assertEqual((await receiver.status())["accepted"], 0)
                with self.assertRaises(finaut.HandleError):
                    await receiver.status()


class Ends(unittest.TestCase):
    """How whole programs end."""

    def test_a_program_that_leaves_a_call_behind_ends(self) -> None:
        done = run(
            "import asyncio\nfrom stage import client\nfrom test_aio import Waiting\nclient().check()\nwaiting = Waiting()\n"
            "loop = asyncio.new_event_loop()\ntask = loop.create_task(waiting.client.check())\n"
            "loop.run_until_complete(waiting.calls_wait())\nprint('left')\n",
            PYTHONPATH=HERE,
        )
        self.assertEqual((done.stdout, done.returncode), ("left\n", 0))

    @unittest.skipIf(sys.platform == "win32", "no other process can press Ctrl-C for one here")
    def test_ctrl_c_ends_a_program(self) -> None:
        status, said = watched(
            "import asyncio\nfrom stage import client\nfrom test_aio import Waiting\nclient().check()\n"
            "async def main():\n"
            "    waiting = Waiting()\n"
            "    async with waiting.client as client:\n"
            "        tasks = [asyncio.ensure_future(client.check()) for _ in range(8)]\n"
            "        await waiting.calls_wait(8)\n"
            "        ready()\n"
            "        await asyncio.gather(*tasks)\n"
            "asyncio.run(main())\n"
        )
        self.assertEqual(status, -2, said)
        self.assertTrue(said.rstrip().endswith("KeyboardInterrupt"), said)

    @unittest.skipUnless(hasattr(os, "fork"), "this system does not fork")
    def test_a_forked_child_may_use_its_parents_client(self) -> None:
        done = run(
            "import asyncio, os, warnings\nwarnings.simplefilter('ignore', DeprecationWarning)\nfrom test_aio import aio_client\n"
            "client = aio_client()\n"
            "async def call(): return (await client.check())['client_id']\n"
            "print(asyncio.run(call()), flush=True)\n"
            "while not client._threads._pool._idle_semaphore._value: pass  # its thread waits for work, which the child's copy believes\n"
            "child = os.fork()\n"
            "print(asyncio.run(call()), flush=True)\n"
            "if child: print(os.waitpid(child, 0)[1])\n",
            PYTHONPATH=HERE,
        )
        self.assertEqual((done.stdout, done.stderr, done.returncode), ("sandbox-client\n" * 3 + "0\n", "", 0))


if __name__ == "__main__":
    unittest.main()
