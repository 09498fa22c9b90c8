"""Results come back: loops over the inbox, receivers, and webhooks that other web servers took in."""

import collections.abc
import contextlib
import email.message
import inspect
import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.error
import urllib.request
import wsgiref.simple_server
from typing import Any, Dict, Iterator, List
from unittest import mock

import finaut
from finaut.webservers import as_json

from stage import HOST, client, fault, people, run, sandbox


def post(url: str, body: bytes, **headers: str) -> int:
    """POSTs to a port of this machine; gives the status of the answer."""
    request = urllib.request.Request(url, body, {name.replace("_", "-"): value for name, value in headers.items()})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=600) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def notes(found: Any) -> List[Any]:
    return [event["object"]["note"] for event in found]


class Inboxes(unittest.TestCase):
    """A state file of its own for each test, and clients of it."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.state = os.path.join(folder.name, "finaut.db")
        self.addCleanup(sandbox, "DELETE", "faults")
        self.client = self.with_inbox()

    def with_inbox(self, **config: Any) -> finaut.Client:
        opened = client(**dict({"state": self.state, "inbox": {"verify": "none"}}, **config))
        self.addCleanup(opened.close)
        return opened

    def send(self, note: Any) -> None:
        reply = self.client.webhook.accept(body=json.dumps({"note": note}).encode(), path="/finaut/webhook")
        self.assertEqual(reply["http_status"], 200, reply)

    def expect(self, **counts: int) -> None:
        listed = self.client.inbox.list().items()
        self.assertEqual({name: value for name, value in listed if name in counts}, counts)


class Loops(Inboxes):
    def test_each_event_is_acknowledged_when_the_next_is_asked_for(self) -> None:
        for note in ("blåbær 🫐", "second", "third"):
            self.send(note)
        found = iter(self.client.inbox)
        self.assertEqual(next(found)["object"]["note"], "blåbær 🫐")
        self.expect(waiting=2, leased=1, acknowledged=0)
        self.assertEqual(next(found)["object"]["note"], "second")
        self.expect(waiting=1, leased=1, acknowledged=1)

    def test_a_loop_goes_on_for_ever_and_waits_for_more(self) -> None:
        seen: List[Any] = []
        self.send(0)

        def send_one_more() -> None:
            self.send(len(seen))

        for event in self.client.inbox:
            seen.append(event["object"]["note"])
            if len(seen) == 4:
                break
            threading.Timer(0.3, send_one_more).start()
        self.assertEqual(seen, [0, 1, 2, 3])

    def test_what_leaves_the_loop_leaves_its_event_for_later(self) -> None:
        def fails() -> None:
            for event in self.client.inbox.events(lease_s=1):
                raise ZeroDivisionError

        def breaks() -> None:
            for event in self.client.inbox.events(lease_s=1):
                break

        for n, leave in enumerate((fails, breaks)):
            with self.subTest(leave.__name__):
                self.send(leave.__name__)
                with contextlib.suppress(ZeroDivisionError):
                    leave()
                self.expect(acknowledged=n)
                again = next(iter(self.client.inbox))
                self.assertEqual((again["object"]["note"], again["deliveries"]), (leave.__name__, 2))
                self.client.inbox.acknowledge(event=again["event"])

    def test_who_is_done_may_say_so_and_leave(self) -> None:
        self.send("only")
        for event in self.client.inbox:
            self.client.inbox.acknowledge(event=event["event"])
            break
        self.expect(waiting=0, leased=0, acknowledged=1)

    def test_a_bounded_loop_ends_when_nothing_comes(self) -> None:
        self.assertEqual(list(self.client.inbox.events(wait_s=0)), [])
        self.send("there")
        self.assertEqual(notes(self.client.inbox.events(wait_s=0)), ["there"])
        self.expect(waiting=0, leased=0, acknowledged=1)

    def test_only_the_kind_that_is_wanted_comes(self) -> None:
        self.send("of no kind")
        self.assertEqual(list(self.client.inbox.events(wait_s=0, kind="result")), [])
        self.assertEqual(notes(self.client.inbox.events(wait_s=0, kind="unknown")), ["of no kind"])
        with self.assertRaises(finaut.ValidationError):
            next(self.client.inbox.events(kind="nonsense"))  # type: ignore[arg-type]

    def test_a_loop_outlasts_what_may_be_gone_the_next_time(self) -> None:
        verifying = self.with_inbox(inbox={"verify": "fetch"}, max_wait_s=1)
        result = sandbox("POST", "results", {"user": people()[0]["id"]})["id"]
        fault("status", status=503, path="results/", times=None)
        self.assertEqual(verifying.webhook.accept(body=json.dumps({"id": result, "user": "x"}), path="/finaut/webhook")["http_status"], 200)
        with self.assertLogs("finaut", "WARNING") as logged, mock.patch("finaut.events.WAIT_S", 1):

            def it_works_again(pause_s: float) -> None:
                self.assertEqual(pause_s, 15)
                sandbox("DELETE", "faults")

            with mock.patch("finaut.events.time.sleep", it_works_again):
                found = next(iter(verifying.inbox))
        self.assertEqual((found["kind"], found["object"]["id"], found["verified"]), ("result", result, True))
        self.assertRegex(logged.output[0], "inbox.next: .*503.* Tried again in 15 s")

    def test_a_bounded_loop_raises_it(self) -> None:
        verifying = self.with_inbox(inbox={"verify": "fetch"}, max_wait_s=1)
        result = sandbox("POST", "results", {"user": people()[0]["id"]})["id"]
        fault("status", status=503, path="results/", times=None)
        verifying.webhook.accept(body=json.dumps({"id": result, "user": "x"}), path="/finaut/webhook")
        tried_again = mock.patch("finaut.events.time.sleep", side_effect=AssertionError("it tries again"))
        with tried_again, self.assertRaises(finaut.ServerError):
            list(verifying.inbox.events(wait_s=1))

    def test_what_somebody_must_mend_is_raised(self) -> None:
        with client() as without_state, self.assertRaisesRegex(finaut.ConfigError, "state"):
            next(iter(without_state.inbox))
        found = iter(self.client.inbox)
        self.client.close()
        with self.assertRaises(finaut.HandleError):
            next(found)

    def test_an_acknowledgement_that_fails_is_tried_again(self) -> None:
        self.send("first")
        self.send("second")
        inbox = self.client.inbox
        call, locked = inbox.call, [finaut.StateError("locked")]

        def sometimes(operation: str, args: Dict[str, Any]) -> Any:
            if operation == "inbox.acknowledge" and locked:
                raise locked.pop()
            return call(operation, args)

        inbox.call = sometimes
        found = iter(inbox)
        next(found)
        with self.assertLogs("finaut", "WARNING") as logged, mock.patch("finaut.events.time.sleep"):
            self.assertEqual(next(found)["object"]["note"], "second")
        self.assertEqual(logged.output, ["WARNING:finaut:inbox.acknowledge: locked Tried again in 15 s."])
        self.expect(acknowledged=1)

    def test_several_loops_share_what_is_there(self) -> None:
        for n in range(20):
            self.send(n)
        seen: List[int] = []

        def work() -> None:
            with self.with_inbox() as own:
                seen.extend(notes(own.inbox.events(wait_s=0)))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(seen), list(range(20)))


class CtrlC(Inboxes):
    def test_ctrl_c_ends_a_waiting_loop(self) -> None:
        # An idle loop tells nobody that it waits. So it comes some time after the loop began, and again until it has ended.
        script = """
import signal, sys, threading
from stage import client, send
signal.signal(signal.SIGINT, signal.default_int_handler)
begun, ended = threading.Event(), threading.Event()
def press():
    begun.wait()
    while not ended.wait(1):
        send(signal.SIGINT)
with client(state=sys.argv[1], inbox={"verify": "none"}) as waiting:
    threading.Thread(target=press).start()
    try:
        begun.set()
        for event in waiting.inbox:
            pass
    except KeyboardInterrupt:
        ended.set()
        print("ended")
"""
        done = run(script, self.state, PYTHONPATH=os.path.dirname(os.path.abspath(__file__)))
        self.assertEqual((done.stdout, done.stderr, done.returncode), ("ended\n", "", 0))


class Receivers(Inboxes):
    def test_what_it_receives_is_an_event(self) -> None:
        with self.client.receiver(listen="127.0.0.1:0", open=True, paths=["/hr"]) as receiver:
            self.assertEqual(receiver.urls, ["http://{}/hr".format(receiver.address)])
            self.assertEqual(post(receiver.urls[0], b'{"note": "received"}'), 200)
            status = receiver.status()
            self.assertEqual((status["address"], status["accepted"], status["trouble"]), (receiver.address, 1, None))
            self.assertEqual(notes(self.client.inbox.events(wait_s=0)), ["received"])
            url = receiver.urls[0]
        with self.assertRaises(urllib.error.URLError):
            post(url, b"{}")

    def test_a_closed_one_says_so(self) -> None:
        receiver = self.client.receiver(listen="127.0.0.1:0", open=True)
        receiver.close()
        receiver.close()
        with self.assertRaises(finaut.HandleError):
            receiver.status()

    def test_it_goes_on_without_its_client(self) -> None:
        with self.client.receiver(listen="127.0.0.1:0", open=True) as receiver:
            self.client.close()
            self.assertEqual(post(receiver.urls[0], b'{"note": "later"}'), 200)
        self.assertEqual(notes(self.with_inbox().inbox.events(wait_s=0)), ["later"])

    def test_a_forgotten_one_stops(self) -> None:
        receiver = self.client.receiver(listen="127.0.0.1:0", open=True)
        url = receiver.urls[0]
        del receiver
        with self.assertRaises(urllib.error.URLError):
            post(url, b"{}")

    def test_one_that_cannot_start_says_why(self) -> None:
        with self.client.receiver(listen="127.0.0.1:0", open=True) as there:
            with self.assertRaisesRegex(finaut.NetworkError, there.address):
                self.client.receiver(listen=there.address, open=True)
        with self.assertRaises(finaut.ConfigError):
            self.client.receiver(listen="nowhere")
        with self.assertRaisesRegex(finaut.ConfigError, "path_secret"):
            self.client.receiver(listen="127.0.0.1:0")
        with client() as without_state, self.assertRaisesRegex(finaut.ConfigError, "state"):
            without_state.receiver(listen="127.0.0.1:0", open=True)
        self.client.close()
        with self.assertRaises(finaut.HandleError):
            self.client.receiver(listen="127.0.0.1:0", open=True)

    def test_its_settings_are_the_librarys(self) -> None:
        with self.assertRaises(finaut.ConfigError) as refused:
            finaut.Receiver(self.client._handle, {"no_such_key": 1})
        known = str(refused.exception).split("known are ")[1].split(".")[0].split(", ")
        own = set(inspect.signature(finaut.Client.receiver).parameters) - {"self"}
        self.assertEqual(own, set(known))

    def test_it_is_not_for_other_processes(self) -> None:
        with self.client.receiver(listen="127.0.0.1:0", open=True) as receiver, self.assertRaises(TypeError):
            pickle.dumps(receiver)

    def test_a_program_may_end_with_one_open(self) -> None:
        script = """
import sys
from stage import client
receiver = client(state=sys.argv[1]).receiver(listen="127.0.0.1:0", open=True)
print(receiver.status()["trouble"])
"""
        done = run(script, self.state, PYTHONPATH=os.path.dirname(os.path.abspath(__file__)))
        self.assertEqual((done.stdout, done.stderr, done.returncode), ("None\n", "", 0))


class FlasksHeaders:
    """As werkzeug's: items(), several of one name, and no Mapping."""

    def __init__(self, *pairs: Any) -> None:
        self.pairs = pairs

    def items(self) -> Iterator[Any]:
        return iter(self.pairs)


class DjangosHeaders(collections.abc.Mapping):  # type: ignore[type-arg]
    def __init__(self, **headers: str) -> None:
        self.headers = headers

    def __getitem__(self, name: str) -> str:
        return self.headers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.headers)

    def __len__(self) -> int:
        return len(self.headers)


class WebServers(Inboxes):
    def accept(self, **arguments: Any) -> Any:
        return self.client.webhook.accept(**dict({"path": "/finaut/webhook"}, **arguments))

    def test_headers_may_come_in_whatever_holds_them(self) -> None:
        message = email.message.Message()
        message["X-Correlation-Id"] = "id-1"
        for headers in (
            {"X-Correlation-Id": "id-1"},
            FlasksHeaders(("x-correlation-id", "id-1"), ("Accept", "a"), ("Accept", "b")),
            DjangosHeaders(**{"X-Correlation-Id": "id-1"}),
            message,
            [("x-correlation-id", "id-1")],
            [(b"x-correlation-id", b"id-1")],
            {"HTTP_X_CORRELATION_ID": "id-1", "REQUEST_METHOD": "POST", "PATH_INFO": "/finaut/webhook", "wsgi.input": self},
        ):
            with self.subTest(type(headers).__name__):
                self.assertEqual(self.accept(headers=headers, body=b"{}")["correlation_id"], "id-1")

    def test_several_values_of_one_header_are_all_passed_on(self) -> None:
        told = as_json({"headers": FlasksHeaders(("Via", "a"), ("Via", "b"))})
        self.assertEqual(told["headers"], {"Via": "a, b"})

    def test_an_environ_brings_its_path_and_its_method(self) -> None:
        guarded = self.with_inbox(inbox={"path_secret": "5m0kef0r7e57ing0n1yn0tas3cretatA11", "verify": "none"})
        environ = {"REQUEST_METHOD": "POST", "SCRIPT_NAME": "/hr", "PATH_INFO": "/5m0kef0r7e57ing0n1yn0tas3cretatA11"}
        self.assertEqual(guarded.webhook.accept(headers=environ, body=b"{}")["http_status"], 200)
        environ["PATH_INFO"] = "/another"
        self.assertNotEqual(guarded.webhook.accept(headers=environ, body=b"{}")["http_status"], 200)
        self.assertNotEqual(guarded.webhook.accept(headers=dict(environ, REQUEST_METHOD="GET"), body=b"")["http_status"], 200)

    def test_bytes_are_passed_on_as_they_are(self) -> None:
        for body in (b'{"note": "bl\xc3\xa5b\xc3\xa6r"}', bytearray(b'{"note": 1}'), memoryview(b'{"note": 2}')):
            with self.subTest(body):
                parsed = self.client.webhook.parse(body=body, headers={})
                self.assertEqual(parsed["objects"][0]["object"], json.loads(bytes(body)))
        self.assertGreaterEqual(self.accept(body=b"\xff\x00 no text", headers={})["http_status"], 400)
        # Whoever sends nothing is refused by the answer, not by an exception.
        for nothing in (b"", ""):
            self.assertEqual(self.accept(body=nothing, headers={})["http_status"], 400)

    def test_a_wsgi_program_hands_them_over(self) -> None:
        def program(environ: Dict[str, Any], start_response: Any) -> List[bytes]:
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            status = self.client.webhook.accept(body=body, headers=environ)["http_status"]
            start_response("{} -".format(status), [("Content-Length", "0")])
            return []

        class Quiet(wsgiref.simple_server.WSGIRequestHandler):
            def log_message(self, *arguments: Any) -> None:
                pass

        server = wsgiref.simple_server.make_server("127.0.0.1", 0, program, handler_class=Quiet)
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            url = "http://127.0.0.1:{}/hr/finaut/webhook".format(server.server_port)
            note = json.dumps({"note": "blåbær"}, ensure_ascii=False).encode()
            self.assertEqual(post(url, note, X_Correlation_Id="id-2"), 200)
            self.assertEqual(post(url, b"no JSON"), 400)
        finally:
            server.shutdown()
            serving.join()
            server.server_close()
        self.assertEqual(notes(self.client.inbox.events(wait_s=0)), ["blåbær"])


class Example(Inboxes):
    SECRET = "5f2c81d90ab34e67f1c8a2b4"

    def example(self, *arguments: str) -> "subprocess.Popen[str]":
        path = os.path.join(os.environ["FINAUT_SOURCE"], "examples", "python", "inbox.py")
        return subprocess.Popen(
            [sys.executable, path, self.state, *arguments],
            env=dict(os.environ, PYTHONIOENCODING="utf-8", FINAUT_API_HOST=HOST, WEBHOOK_SECRET=self.SECRET),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def test_it_receives(self) -> None:
        result = sandbox("POST", "results", {"user": people()[0]["id"]})["id"]
        running = self.example("127.0.0.1:0", "1")
        assert running.stdout is not None
        listening = running.stdout.readline()
        self.assertTrue(listening.startswith("Listening: "), listening)
        address = "{}/{}".format(listening.split()[1], self.SECRET)
        self.assertEqual(post(address, json.dumps({"id": result, "user": "x"}).encode()), 200)
        said, complaints = running.communicate(timeout=1800)
        self.assertEqual((complaints, running.returncode), ("", 0))
        self.assertRegex(said, "^Event 1: result, verified: True, status .*\\.\n$")
        self.expect(waiting=0, leased=0, acknowledged=1)

    def test_it_polls(self) -> None:
        sandbox("POST", "results", {"user": people()[0]["id"]})
        running = self.example("poll")
        said, complaints = running.communicate(timeout=1800)
        self.assertEqual((complaints, running.returncode), ("", 0))
        self.assertRegex(said, "(?m)^Event [0-9]+: result, verified: True, status ")
        self.expect(waiting=0, leased=0)

    @unittest.skipUnless(hasattr(signal, "SIGALRM"), "signals are not for this system")
    def test_it_ends_in_peace_when_told_to(self) -> None:
        running = self.example("127.0.0.1:0")
        assert running.stdout is not None
        running.stdout.readline()
        running.terminate()
        self.assertEqual((running.communicate(timeout=1800)[1], running.returncode), ("", 0))

    def test_what_can_never_work_is_told(self) -> None:
        running = self.example("nowhere")
        complaints = running.communicate(timeout=1800)[1]
        self.assertEqual(running.returncode, 1)
        self.assertIn("nowhere", complaints)
        self.assertNotIn("Traceback", complaints)
