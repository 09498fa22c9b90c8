"""on_event: what it is told, on which thread, and what becomes of what it raises."""

import os
import tempfile
import threading
import traceback
from typing import Any, List
from unittest import mock

import finaut
import finaut.client

from stage import Case, client, fault, people, sandbox, waiting_client


class Stop(Exception):
    pass


class Events(Case):
    def test_it_is_told_of_requests_pages_and_retries(self) -> None:
        told: List[Any] = []
        with client(on_event=told.append) as telling:
            fault("status", status=503, method="GET", path="user/")
            telling.users.list()
        kinds = {event["event"] for event in told}
        self.assertLessEqual({"request", "page", "retry"}, kinds)
        self.assertEqual({event["operation"] for event in told}, {"users.list"})

    def test_it_is_told_of_a_wait_again_and_again_and_can_end_it(self) -> None:
        self.client.check()
        left: List[float] = []

        def on_event(event: Any) -> None:
            if event["event"] == "wait":
                left.append(event["left_s"])
                if len(left) == 3:
                    raise Stop("enough")

        with waiting_client(on_event=on_event, progress_s=0) as waiting:
            with self.assertRaisesRegex(Stop, "enough") as stopped:
                waiting.check()
            self.assertEqual(len(left), 3)
            self.assertGreater(left[0], left[2])
            self.assertIsInstance(stopped.exception.__cause__, finaut.Interrupted)

    def test_a_wait_that_goes_on_is_told_once_and_the_library_still_beats(self) -> None:
        self.client.check()
        told: List[Any] = []
        beats = threading.Semaphore(0)
        with waiting_client(on_event=told.append, observe_s=0.05) as waiting:
            # What the library tells of, before it is handed on.
            progress = finaut.client._Progress.__call__

            def count(self: Any, event: Any) -> None:
                beats.release()
                progress(self, event)

            with mock.patch.object(finaut.client._Progress, "__call__", count):
                thread = threading.Thread(target=lambda: self.assertRaises(finaut.Interrupted, waiting.check, call_id="one"))
                thread.start()
                for _ in range(20):
                    beats.acquire()
                waiting.interrupt_call("one")
                thread.join()
        self.assertEqual([event["for"] for event in told if event["event"] == "wait"], ["slot"])

    def test_an_idle_inbox_tells_nobody(self) -> None:
        told: List[Any] = []
        with tempfile.TemporaryDirectory() as folder:
            with client(state=os.path.join(folder, "db"), on_event=told.append, progress_s=0, observe_s=0.05) as idle:
                self.assertIsNone(idle.inbox.next(wait_s=0.5))
        self.assertEqual(told, [])

    def test_what_is_no_number_of_seconds_is_refused(self) -> None:
        for progress_s in (-1, "30", None, True, float("nan")):
            with self.assertRaisesRegex(finaut.ArgumentError, "progress_s"):
                client(progress_s=progress_s)

    def test_the_last_answers_correlation_id_is_known(self) -> None:
        with client() as asking:
            self.assertIsNone(asking.last_correlation_id)
            fault("status", status=200, path="results/", body='{"id": 1}', headers={"X-Correlation-Id": "c-7"})
            asking.results.get(id=1)
            self.assertEqual(asking.last_correlation_id, "c-7")
            here: List[Any] = []
            thread = threading.Thread(target=lambda: here.append(asking.last_correlation_id))
            thread.start()
            thread.join()
            self.assertEqual(here, [None], "each thread has its own last call")
            fault("status", status=404, path="results/", headers={"X-Correlation-Id": "c-8"})
            with self.assertRaises(finaut.NotFoundError):
                asking.results.get(id=1)
            self.assertEqual(asking.last_correlation_id, "c-8")

    def test_a_call_is_ended_by_its_name_before_it_begins(self) -> None:
        self.client.interrupt_call("early")
        with self.assertRaises(finaut.Interrupted):
            self.client.budget(call_id="early")
        self.client.budget(call_id="early")
        for call_id in ("", "x" * 65):
            with self.assertRaisesRegex(finaut.ArgumentError, "64 bytes"):
                self.client.interrupt_call(call_id)

    def test_what_it_raises_comes_out_as_it_is(self) -> None:
        cause = KeyError("why")

        def on_event(event: Any) -> None:
            raise Stop() from cause

        with client(on_event=on_event) as telling:
            try:
                telling.users.get(id=590001)
            except Stop as stopped:
                self.assertIs(stopped.__cause__, cause)
                self.assertIn("on_event", [frame.name for frame in traceback.extract_tb(stopped.__traceback__)])
            else:
                self.fail("nothing was raised")

    def test_it_is_not_asked_again_once_it_has_raised(self) -> None:
        times: List[Any] = []

        def on_event(event: Any) -> None:
            times.append(event)
            raise Stop()

        someone = people()[0]["id"]
        # A change that is on its way is finished first, and that takes several events.
        with client() as quiet:
            quiet.check()
        fault("delay", method="POST", path="userstatus/", delay_before_ms=2500)
        sandbox("DELETE", "requests")
        with client(on_event=on_event) as telling:
            with self.assertRaises(Stop):
                telling.userstatus.create(appname="afr", user=someone, status="hvilende")
        self.assertEqual(len(times), 1)
        self.assertEqual([seen["status"] for seen in sandbox("GET", "requests") if seen["method"] == "POST"], [201])

    def test_what_it_returns_means_nothing(self) -> None:
        with client(on_event=lambda event: True) as telling:
            telling.check()

    def test_it_runs_on_the_thread_that_called(self) -> None:
        here: List[Any] = []
        with client(on_event=lambda event: here.append(threading.current_thread())) as telling:
            caller = threading.Thread(target=telling.check)
            caller.start()
            caller.join()
        self.assertEqual(set(here), {caller})

    def test_it_may_call_and_is_told_of_both_calls(self) -> None:
        told: List[str] = []
        people_found: List[Any] = []

        def on_event(event: Any) -> None:
            told.append(event["operation"])
            if event["operation"] == "users.list" and not people_found:
                people_found.append(telling.users.get(id=people()[0]["id"]))

        with client() as quiet:
            quiet.check()
        with client(on_event=on_event) as telling:
            telling.users.list()
            alone = len(told)
            telling.users.list()
        self.assertEqual(people_found[0]["persnr"], people()[0]["persnr"])
        # The second listing was told of as often as the first, less the call that was made within that.
        self.assertEqual(told.count("users.list"), 2 * (alone - told.count("users.get")))
        self.assertEqual(told[1], "users.get")

    def test_what_a_call_within_raises_ends_both(self) -> None:
        def on_event(event: Any) -> None:
            if event["operation"] == "check":
                telling.users.get(id=1)

        with client(on_event=on_event) as telling:
            with self.assertRaises(finaut.NotFoundError):
                telling.check()

    def test_it_may_close_the_client(self) -> None:
        def on_event(event: Any) -> None:
            telling.close()

        with client(on_event=on_event) as telling:
            telling.check()
            with self.assertRaises(finaut.HandleError):
                telling.check()

    def test_a_slow_one_slows_only_its_own_call(self) -> None:
        going_on = threading.Event()
        entered = threading.Event()

        def on_event(event: Any) -> None:
            if event["operation"] == "check":
                entered.set()
                going_on.wait(300)

        with client(on_event=on_event) as telling:
            slow = threading.Thread(target=telling.check)
            slow.start()
            self.assertTrue(entered.wait(300))
            telling.users.get(id=people()[0]["id"])
            self.assertTrue(slow.is_alive())
            going_on.set()
            slow.join()
