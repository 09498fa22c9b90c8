"""Many threads and one client."""

import threading
from typing import Any, List

import finaut

from stage import Case, client, people, waiting_client


def together(count: int, work: Any) -> List[Any]:
    """Runs work(0) … work(count - 1) at once; gives what each returned or raised."""
    outcome: List[Any] = [None] * count
    start = threading.Barrier(count)

    def one(n: int) -> None:
        start.wait()
        try:
            outcome[n] = work(n)
        except BaseException as raised:
            outcome[n] = raised

    threads = [threading.Thread(target=one, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcome


class Threads(Case):
    def test_eight_threads_on_one_client_get_their_own_answers(self) -> None:
        everybody = people()
        told: List[str] = []
        with client(on_event=lambda event: told.append(event["event"])) as shared:

            def work(n: int) -> List[Any]:
                mine = everybody[n * 20 : n * 20 + 20]
                return [shared.users.get(id=person["id"])["persnr"] == person["persnr"] for person in mine]

            self.assertEqual(together(8, work), [[True] * 20] * 8)
        self.assertGreaterEqual(told.count("request"), 160)

    def test_each_call_raises_what_was_raised_for_it(self) -> None:
        def on_event(event: Any) -> None:
            raise RuntimeError(threading.get_ident())

        with client(on_event=on_event) as shared:

            def work(n: int) -> bool:
                try:
                    shared.users.get(id=590001)
                except RuntimeError as raised:
                    return raised.args == (threading.get_ident(),)
                return False

            self.assertEqual(together(8, work), [True] * 8)

    def test_closing_while_others_call_harms_nobody(self) -> None:
        for _ in range(20):
            shared = client()

            def work(n: int) -> Any:
                if n == 7:
                    return shared.close()
                return shared.users.get(id=590001)["id"]

            for outcome in together(8, work)[:7]:
                self.assertTrue(isinstance(outcome, (str, finaut.HandleError)), outcome)

    def test_interrupt_ends_the_calls_of_all_threads(self) -> None:
        self.client.check()
        all_wait = threading.Semaphore(0)
        waits = threading.local()

        def on_event(event: Any) -> None:
            if not hasattr(waits, "seen"):
                waits.seen = True
                all_wait.release()

        with waiting_client(on_event=on_event) as shared:

            def work(n: int) -> Any:
                if n == 4:
                    for _ in range(4):
                        all_wait.acquire()
                    return shared.interrupt()
                return shared.check()

            outcomes = together(5, work)
            self.assertEqual([type(outcome) for outcome in outcomes[:4]], [finaut.Interrupted] * 4)
