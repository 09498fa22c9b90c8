"""The log finaut: what stands in it at which level, what never does, and what it costs where it is off. And what a client shows of itself."""

import logging
import os
import threading
import unittest
import urllib.parse
from typing import Any, Callable, List, Tuple
from unittest import mock

import finaut
import finaut.aio
import finaut.client
import finaut.log

from stage import Case, client, fault, run, waiting_client

#: A number of the synthetic series, in ways in which it may come.
NUMBER = "01819010001"
SPELT = (
    NUMBER,
    "".join("%{:02X}".format(ord(digit)) for digit in NUMBER),
    "%30" + NUMBER[1:],
    NUMBER[:6] + "%20" + NUMBER[6:],
    NUMBER[:3] + "%3" + NUMBER[3] + NUMBER[4:],
)


def shown(text: str) -> bool:
    """Whether the number stands in a text, whatever it is spelt like."""
    plain = "".join(filter(str.isdigit, urllib.parse.unquote(urllib.parse.unquote(text))))
    return NUMBER in plain


class TheLog(Case):
    def test_requests_and_tokens_are_told_at_debug(self) -> None:
        with client(client_secret="sandbox-secret") as asking, self.assertLogs("finaut", "DEBUG") as log:
            fault("status", status=200, path="results/", body='{"id": 1}', headers={"X-Correlation-Id": "c-7"})
            asking.results.get(id=1)
        self.assertRegex(log.output[-1], r"DEBUG:finaut:results.get: GET results/1/: 200 in \d+ ms, X-Correlation-Id c-7")
        self.assertEqual({record.levelname for record in log.records}, {"DEBUG"})

    def test_retries_are_told_at_info(self) -> None:
        fault("status", status=503, method="GET", path="user/")
        with self.assertLogs("finaut", "INFO") as log:
            self.client.users.list()
        self.assertRegex("".join(log.output), r"^INFO:finaut:users.list is tried again in [\d.]+ s \(server, status 503\)\.$")

    def test_a_long_wait_is_told_once(self) -> None:
        self.client.check()
        for on_event in (None, lambda event: None):
            with waiting_client(observe_s=0.05, on_event=on_event) as waiting, self.assertLogs("finaut", "INFO") as log:
                beats = threading.Semaphore(0)
                write = finaut.log.Log.write

                def count(self: Any, event: bytes) -> None:
                    write(self, event)
                    beats.release()

                with mock.patch.object(finaut.log.Log, "write", count):
                    thread = threading.Thread(target=lambda: self.assertRaises(finaut.Interrupted, waiting.check, call_id="one"))
                    thread.start()
                    for _ in range(20):
                        beats.acquire()
                    waiting.interrupt_call("one")
                    thread.join()
            self.assertEqual(len(log.output), 1, log.output)
            self.assertRegex(log.output[0], r"^INFO:finaut:check waits for a free request .*, about 3\d\d\d s more\.$")

    def test_a_short_wait_is_not_told(self) -> None:
        with client(observe_s=0.05, timeout_s=300) as asking:
            asking.check()
            fault("delay", method="GET", path="user/", delay_before_ms=500)
            with self.assertLogs("finaut", "INFO") as log:
                logging.getLogger("finaut").info("so that there is one")
                asking.users.get(id=590001)
        self.assertEqual(len(log.output), 1, log.output)

    def test_no_identity_number_stands_in_it(self) -> None:
        with self.assertLogs("finaut", "DEBUG") as log:
            for spelt in SPELT:
                for call in (
                    lambda: self.client.request(method="GET", path="user/{}/".format(spelt)),
                    lambda: self.client.request(method="GET", path="user/", query={"persnr": spelt, spelt: "1"}),
                    lambda: self.client.users.list(employee_alias=spelt),
                ):
                    try:
                        call()
                    except finaut.FinAutError as error:
                        self.assertFalse(shown(str(error) + str(vars(error))), vars(error))
                fault("status", status=503, path="user/", headers={"X-Correlation-Id": spelt}, body='"{}"'.format(spelt))
                self.client.users.list(persnr=NUMBER)
        self.assertGreater(len(log.output), 20)
        for line in log.output:
            self.assertFalse(shown(line), line)

    def test_where_it_is_off_no_event_is_read_for_it(self) -> None:
        self.client.check()
        logging.getLogger("finaut").setLevel(logging.WARNING)
        self.addCleanup(logging.getLogger("finaut").setLevel, logging.NOTSET)
        fault("status", status=503, method="GET", path="user/")
        with mock.patch.object(finaut.log, "json", None):
            self.client.users.list()

    def test_a_program_without_a_log_hears_nothing(self) -> None:
        here = os.path.dirname(os.path.abspath(__file__))
        done = run(
            "from stage import client, fault\nimport logging\nwith client() as one:\n    fault('status', status=503, method='GET', path='user/')\n"
            "    one.users.list()\nlogging.getLogger('finaut').warning('lost')\n",
            PYTHONPATH=here,
        )
        self.assertEqual((done.stdout, done.stderr, done.returncode), ("", "", 0))


class Shown(Case):
    def test_a_client_shows_host_and_client_id_and_no_secret(self) -> None:
        host, here = os.environ["FINAUT_API_HOST"], "host={!r}, client_id='sandbox-client'".format(os.environ["FINAUT_API_HOST"])
        for kind, name in ((finaut.Client, "finaut.Client"), (finaut.aio.Client, "finaut.aio.Client")):
            for config in ({}, {"host": host, "client_id": "sandbox-client", "client_secret": "sandbox-secret"}):
                self.assertEqual(repr(kind(**config)), "<{} {}>".format(name, here))  # type: ignore[arg-type]
            with mock.patch.dict(os.environ):
                del os.environ["FINAUT_API_HOST"]
                self.assertIn("https://api.norsktest.no", repr(kind()))
            unmade = kind.__new__(kind)
            self.assertEqual(repr(unmade), "<{} not open>".format(name))
        self.client.close()
        self.assertEqual(repr(self.client), "<finaut.Client {}, closed>".format(here))

    def test_what_is_given_without_its_name_is_refused_with_what_to_write(self) -> None:
        asking = finaut.aio.Client()
        for call, words in (
            (lambda: finaut.Client("id", "hush-hush"), r"finaut.Client\(client_id=…, client_secret=…\)"),  # type: ignore[call-arg]
            (lambda: finaut.Client({"client_id": "id"}), r"finaut.Client\(\*\*settings\)"),  # type: ignore[call-arg, arg-type]
            (lambda: finaut.aio.Client("id", "hush-hush"), r"finaut.aio.Client\(client_id=…, client_secret=…\)"),  # type: ignore[call-arg]
            (lambda: self.client.users.get(590496), r"users.get\(id=…\)"),  # type: ignore[call-arg]
            (lambda: self.client.users.add_role(1, "afr_ba"), r"users.add_role\(role=…\)"),  # type: ignore[call-arg, arg-type]
            (lambda: self.client.users.iterate(590496), r"users.iterate\(id=…\)"),  # type: ignore[call-arg]
            (lambda: asking.users.iterate(590496), r"users.iterate\(id=…\)"),  # type: ignore[call-arg]
            (lambda: self.client.receiver("127.0.0.1:0"), r"receiver\(listen=…\)"),  # type: ignore[call-arg]
        ):
            with self.assertRaisesRegex(finaut.ArgumentError, words) as refused:
                call()
            self.assertIsInstance(refused.exception, TypeError)
            self.assertNotIn("hush", str(refused.exception))

    def test_not_found_says_which_object(self) -> None:
        calls: List[Tuple[Callable[[], Any], str]] = [
            (lambda: self.client.users.get(id=1), "There is no user 1, or the account may not see it."),
            (lambda: self.client.departments.get(id=4711), "There is no department 4711,"),
            (lambda: self.client.companies.get(id=4711), "There is no company 4711,"),
            (lambda: self.client.users.list(page=99), "users.list has no page 99"),
        ]
        for call, words in calls:
            with self.assertRaises(finaut.NotFoundError) as missing:
                call()
            self.assertIn(words, str(missing.exception))


if __name__ == "__main__":
    unittest.main()
