"""The nightly sync through the package: what a run replies and raises, what it tells meanwhile, and how it is stopped and gone on with."""

import asyncio
import os
import pickle
import signal
from typing import Any, Dict, List

import finaut
import finaut.aio

from stage import Case, House, client, fault, sandbox, send

class Sync(Case):
    def setUp(self) -> None:
        super().setUp()
        self.house = House(self)

    def nightly(self, **config: Any) -> finaut.Client:
        made = client(**dict({"state": self.house.state}, **config))
        self.addCleanup(made.close)
        return made

    def approved(self) -> finaut.Client:
        """A client of a house whose first plan was approved."""
        nightly = self.nightly()
        self.house.approve(nightly)
        return nightly

    def test_what_a_rail_holds_is_an_error_that_says_which_and_how_to_approve(self) -> None:
        names = self.house.rename(2)
        nightly = self.nightly()
        with self.assertRaises(finaut.HeldError) as failed:
            nightly.sync.run(profile_file=self.house.profile)
        held = failed.exception
        self.assertEqual((held.code, held.operation, held.rail, held.limit, held.state), ("held", "sync.run", "first_run", None, "done"))
        self.assertEqual((held.counts["held_new"], held.found), (held.counts["held"], 1))
        self.assertGreaterEqual(held.counts["held"], 2)
        self.assertRegex(held.run, "^r-")
        for word in ("first_run", held.plan, "sync.apply", "by whom and why"):
            self.assertIn(word, held.message)
        copy = pickle.loads(pickle.dumps(held))
        self.assertEqual((type(copy), vars(copy)), (finaut.HeldError, vars(held)))
        for person in self.house.people:
            self.assertNotIn(person["persnr"], str(vars(held)))
        # The second time it is known.
        with self.assertRaises(finaut.HeldError) as failed:
            nightly.sync.run(profile_file=self.house.profile)
        self.assertEqual((failed.exception.counts["held_new"], failed.exception.counts["held"]), (0, held.counts["held"]))
        self.assertNotEqual(self.house.last_names()[:2], names)

    def test_what_was_approved_is_carried_out_and_told(self) -> None:
        nightly = self.approved()
        names = self.house.rename(2)
        run = nightly.sync.run(profile_file=self.house.profile)
        self.assertEqual((run["state"], run["counts"]["done"], run["counts"]["left"], run["failures"]), ("done", 2, 0, []))
        self.assertEqual([step["state"] for step in run["steps"]], ["done", "done"])
        self.assertEqual((run["requests"]["writing"], run["requests"]["settling"]), (2, 0))
        self.assertEqual(self.house.last_names()[:2], names)
        quiet = nightly.sync.run(profile_file=self.house.profile)
        self.assertEqual(quiet["steps"], [])
        status = nightly.sync.status(profile="night", max_age_h=1)
        self.assertEqual((status["state"], status["error"]), ("done", None))
        self.assertRegex(str(status["last_done"]), "^[0-9]{4}-")
        page = os.path.join(self.house.folder, "night.html")
        told = nightly.sync.report(profile="night", format="html", language="en", path=page)
        self.assertEqual((told["path"], told["text"]), (page, None))
        with open(page, encoding="utf-8") as file:
            self.assertIn('<html lang="en">', file.read())
        today = str(status["last_done"])[:10]
        period = nightly.sync.report(profile="night", what="period", from_=today, to=today, format="text", language="en")
        self.assertEqual((period["from"], period["to"]), (today, today))
        forgotten = nightly.sync.forget(profile="night", id=self.house.people[0]["id"])
        self.assertTrue(forgotten["was_seen"])
        self.assertGreater(forgotten["audit_lines"], 1)

    def test_a_plan_that_nobody_has_is_not_found_and_a_word_that_stands_for_nothing_says_what_would(self) -> None:
        self.house.rename(2)
        nightly = self.nightly()
        with self.assertRaises(finaut.HeldError) as held:
            nightly.sync.run(profile_file=self.house.profile)
        given: Dict[str, Any] = {"profile_file": self.house.profile, "by": "Kari", "why": "because"}
        with self.assertRaises(finaut.NotFoundError):
            nightly.sync.apply(plan="p-29991231-0000-0000", approve=["first_run"], **given)
        with self.assertRaises(finaut.ValidationError) as refused:
            nightly.sync.apply(plan=held.exception.plan, approve=["everything"], **given)
        self.assertIn("approve", refused.exception.fields)
        self.assertIn("last_name", refused.exception.message)
        with self.assertRaises(finaut.ValidationError) as refused:
            nightly.sync.apply(plan=held.exception.plan, approve=["first_run"], **dict(given, why=" "))
        self.assertEqual(list(refused.exception.fields), ["why"])

    def test_a_sync_that_never_ran_is_stale(self) -> None:
        with self.assertRaises(finaut.StaleError) as stale:
            self.nightly().sync.status(profile="night", max_age_h=26)
        self.assertIn("none ever was", stale.exception.message)

    def test_a_second_run_is_busy_and_told_when_to_come_again(self) -> None:
        nightly = self.approved()
        self.house.rename(1)
        busy: List[finaut.BusyError] = []

        def on_event(event: Any) -> None:
            if event["event"] == "request" and event["method"] == "PATCH" and not busy:
                with self.assertRaises(finaut.BusyError) as failed:
                    nightly.sync.run(profile_file=self.house.profile)
                busy.append(failed.exception)

        run = self.nightly(on_event=on_event).sync.run(profile_file=self.house.profile)
        self.assertEqual(run["counts"]["done"], 1)
        self.assertEqual((busy[0].code, busy[0].retry_after_s), ("busy", 10))
        self.assertIn("sync.run", busy[0].message)

    def test_a_run_tells_how_far_it_is(self) -> None:
        self.approved()
        self.house.rename(3)
        told: List[Any] = []
        self.nightly(on_event=told.append).sync.run(profile_file=self.house.profile, job="nightly")
        told = [event for event in told if event["event"] == "sync"]
        states = [event["state"] for event in told]
        self.assertEqual(sorted(set(states), key=states.index), ["reading", "planning", "applying", "done"])
        applying = [(event["done"], event["of"]) for event in told if event["state"] == "applying"]
        self.assertLessEqual({1, 2}, {done for done, _ in applying}, applying)
        self.assertEqual(({of for _, of in applying}, applying), ({3}, sorted(applying)))
        self.assertEqual({(event["operation"], event["job"]) for event in told}, {("sync.run", "nightly")})

    def interrupted(self, stop: Any, error: Any) -> None:
        """A run that is stopped while its first step is on its way: the step is finished, and the next run does the rest."""
        nightly = self.approved()
        names = self.house.rename(3)

        def on_event(event: Any) -> None:
            if event["event"] == "request" and event["method"] == "PATCH":
                stop(stopping)

        stopping = self.nightly(on_event=on_event)
        sandbox("DELETE", "requests")
        with self.assertRaises(error):
            stopping.sync.run(profile_file=self.house.profile)
        self.assertEqual([seen["status"] for seen in sandbox("GET", "requests") if seen["method"] == "PATCH"], [200])
        self.assertEqual(self.house.last_names()[:3].count(names[0]), 1)
        status = nightly.sync.status(profile="night")
        self.assertEqual(status["state"], "stopped")
        self.assertFalse(status["error"])
        run = nightly.sync.run(profile_file=self.house.profile)
        self.assertEqual((run["state"], run["counts"]["done"]), ("done", 2))
        self.assertEqual(self.house.last_names()[:3], names)

    def test_a_run_that_is_interrupted_finishes_its_step_and_is_gone_on_with(self) -> None:
        self.interrupted(lambda stopping: stopping.interrupt(), finaut.Interrupted)

    def test_ctrl_c_stops_a_run_after_its_step(self) -> None:
        # A shell starts what it puts into the background with SIGINT ignored.
        self.addCleanup(signal.signal, signal.SIGINT, signal.signal(signal.SIGINT, signal.default_int_handler))
        self.interrupted(lambda stopping: send(signal.SIGINT), KeyboardInterrupt)

    def test_a_run_whose_next_slot_is_too_far_away_waits_and_is_no_error(self) -> None:
        nightly = self.approved()
        names = self.house.rename(4)
        nightly.sync.plan(profile_file=self.house.profile)  # what it read serves the run
        used = nightly.budget()["used"]
        # Room for what is looked at first, and for two steps.
        waiting = self.nightly(throttle={"requests": used + 3}, max_wait_s=1).sync.run(profile_file=self.house.profile)
        self.assertEqual(waiting["state"], "waiting")
        self.assertGreater(waiting["next_slot_s"] or 0, 60)
        done = waiting["counts"]["done"]
        self.assertEqual((waiting["counts"]["left"], waiting["failures"]), (4 - done, []))
        self.assertTrue(0 < done < 4, waiting)
        status = nightly.sync.status(profile="night")
        self.assertEqual(status["state"], "waiting")
        self.assertGreater(status["next_slot_s"] or 0, 60)
        run = nightly.sync.run(profile_file=self.house.profile)
        self.assertEqual((run["state"], run["counts"]["done"]), ("done", 4 - done))
        self.assertEqual(self.house.last_names()[:4], names)

    def test_a_refused_row_stands_among_the_failures_and_stops_no_other(self) -> None:
        nightly = self.approved()
        self.house.rename(3)
        path = "user/{}/".format(self.house.people[1]["id"])
        fault("status", status=422, body='{"last_name": ["Nei"]}', method="PATCH", path=path, times=None)
        run = nightly.sync.run(profile_file=self.house.profile)
        self.assertEqual((run["state"], run["counts"]["done"], run["counts"]["refused"]), ("done", 2, 1))
        failure = run["failures"][0]
        self.assertEqual((failure["code"], failure["fields"], failure["person"]["id"]), ("validation", ["last_name"], self.house.people[1]["id"]))
        sandbox("DELETE", "faults")
        again = nightly.sync.run(profile_file=self.house.profile)
        self.assertEqual((again["steps"], [problem["problem"] for problem in again["problems"]]), ([], ["refused"]))
        retried = nightly.sync.run(profile_file=self.house.profile, retry=[self.house.people[1]["employee_alias"]])
        self.assertEqual(retried["counts"]["done"], 1)

    def test_it_is_awaited_and_cancelled_like_any_other(self) -> None:
        nightly = self.approved()
        names = self.house.rename(3)

        async def night() -> None:
            seen = asyncio.Event()
            loop = asyncio.get_running_loop()

            def on_event(event: Any) -> None:
                if event["event"] == "request" and event["method"] == "PATCH":
                    loop.call_soon_threadsafe(seen.set)

            config: Dict[str, Any] = {"state": self.house.state, "throttle": {"requests": 100000}, "settle_s": 0.3}
            # The answer to the first step comes late enough for the task to be cancelled meanwhile.
            fault("delay", method="PATCH", path="user/", nth=2, delay_before_ms=2000)
            async with finaut.aio.Client(on_event=on_event, **config) as awaited:
                task = asyncio.ensure_future(awaited.sync.run(profile_file=self.house.profile))
                await asyncio.wait_for(seen.wait(), 300)
                task.cancel()
                with self.assertRaises(asyncio.CancelledError):
                    await task
            async with finaut.aio.Client(**config) as awaited:
                while (await awaited.sync.status(profile="night"))["state"] not in ("stopped", "done"):
                    await asyncio.sleep(0.05)
                run = await awaited.sync.run(profile_file=self.house.profile)
                self.assertEqual(run["state"], "done")
                with self.assertRaises(finaut.StaleError):
                    await awaited.sync.status(profile="another", max_age_h=1)

        asyncio.run(night())
        self.assertEqual(self.house.last_names()[:3], names)
        self.assertEqual(nightly.sync.run(profile_file=self.house.profile)["steps"], [])
