"""Every error code, provoked; test_library.py has those that a whole library does not give."""

import ctypes
import os
import pickle
import platform
import re
import socket
import sys
import tempfile
import unittest
from typing import Any, Callable

import finaut
from finaut.errors import BY_NUMBER

from stage import Case, client, fault, newcomer, people, sandbox, waiting_client


class Errors(Case):
    def fails(self, kind: Any, call: Callable[[], Any]) -> finaut.FinAutError:
        with self.assertRaises(finaut.FinAutError) as failed:
            call()
        error = failed.exception
        self.assertIs(type(error), kind, error)
        self.assertEqual(error.code, kind.code)
        self.assertGreater(len(str(error)), 20)
        self.assertEqual(error.message, str(error))
        return error

    def test_argument(self) -> None:
        users = self.client.users
        for call in (
            lambda: users.get(),
            lambda: users.get(personnr="1"),  # type: ignore[call-arg]
            lambda: users.get(id=1, employee_alias="E1"),
            lambda: users.get(id=float("nan")),  # type: ignore[arg-type]
            lambda: users.get(id={1}),  # type: ignore[arg-type]
            lambda: users.get(persnr=1819010001),  # type: ignore[arg-type]
            lambda: users.get(employee_alias="\ud800"),
            lambda: users.create(),  # type: ignore[call-arg]
            lambda: self.client.call("users.get", [1]),  # type: ignore[arg-type]
            lambda: self.client.call("no.such"),
            lambda: self.client.call("users.get\0"),
            lambda: self.client.call(7),  # type: ignore[arg-type]
            lambda: client(on_event=7),
        ):
            self.fails(finaut.ArgumentError, call)
        endless: Any = []
        endless.append(endless)
        self.fails(finaut.ArgumentError, lambda: users.update(id=1, changes={"email": endless}))
        error = self.fails(finaut.ArgumentError, lambda: users.get(pesnr="1"))  # type: ignore[call-arg]
        self.assertIn('is "persnr" meant', str(error))
        self.assertIsInstance(error, TypeError)

    def test_handle(self) -> None:
        self.client.close()
        self.fails(finaut.HandleError, lambda: self.client.budget())
        self.fails(finaut.HandleError, lambda: next(self.client.users.iterate()))
        with self.assertRaisesRegex(finaut.HandleError, "closed"):
            self.client.interrupt()

    def test_config(self) -> None:
        self.fails(finaut.ConfigError, lambda: client(host="http://finaut.example"))
        self.fails(finaut.ConfigError, lambda: client(timeout_s="soon"))
        self.fails(finaut.ConfigError, lambda: client(encoding="utf-9"))
        error = self.fails(finaut.ConfigError, lambda: client(client_secret=["hush", "hush"]))
        self.assertNotIn("hush", str(error) + repr(error) + str(error.fields))
        client(encoding="windows-1252").close()

    def test_validation_here_and_by_the_server(self) -> None:
        sandbox("DELETE", "requests")
        error = self.fails(finaut.ValidationError, lambda: self.client.users.get(persnr="01819010009"))
        self.assertEqual((list(error.fields), error.http_status), (["persnr"], None))
        self.assertNotIn("01819010009", str(error) + repr(error))
        self.assertEqual(sandbox("GET", "requests"), [])
        known = people()[0]["persnr"]
        taken = newcomer(persnr=known)
        error = self.fails(finaut.ValidationError, lambda: self.client.users.create_candidate(schemes=["afr"], **taken))
        self.assertEqual((list(error.fields), list(error.server_fields), error.values), (["persnr"], ["persnr"], {"persnr": "***"}))
        self.assertEqual((error.http_status, error.operation), (422, "users.create_candidate"))
        self.assertRegex(str(error.request), "^POST .*/user/$")
        self.assertNotIn(known, str(error) + str(error.fields))
        lost = newcomer(department=999999)
        error = self.fails(finaut.ValidationError, lambda: self.client.users.create_candidate(schemes=["afr"], **lost))
        self.assertEqual((list(error.fields), list(error.server_fields)), (["department"], ["work_for.department"]))
        self.assertEqual(error.values, {"department": 999999})
        self.assertIn("department (999999): ", error.message)

    def test_authentication(self) -> None:
        with client(client_secret="another") as stranger:
            self.assertEqual(self.fails(finaut.AuthenticationError, stranger.check).http_status, 401)

    def test_permission(self) -> None:
        fault("status", status=403, headers={"X-Correlation-Id": "c-42"})
        error = self.fails(finaut.PermissionDeniedError, lambda: self.client.users.get(id=590001))
        self.assertEqual((error.http_status, error.correlation_id), (403, "c-42"))

    def test_not_found(self) -> None:
        self.assertEqual(self.fails(finaut.NotFoundError, lambda: self.client.users.get(id=1)).http_status, 404)

    def test_ambiguous(self) -> None:
        aliases = [person["employee_alias"] for person in people()]
        shared = next(alias for alias in aliases if alias and aliases.count(alias) > 1)
        self.fails(finaut.AmbiguousError, lambda: self.client.users.get(employee_alias=shared))

    def test_throttled(self) -> None:
        self.client.check()
        with client(throttle={"requests": 1}, max_wait_s=1) as narrow:
            error = self.fails(finaut.ThrottledError, narrow.check)
        self.assertGreater(error.retry_after_s or 0, 60)

    def test_server(self) -> None:
        fault("status", status=500, times=None)
        error = self.fails(finaut.ServerError, lambda: self.client.users.get(id=590001, max_wait_s=0))
        self.assertEqual((error.http_status, error.request), (500, "GET /finautapi/v1/user/590001/"))

    def test_network(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # nobody listens there
            nowhere = "http://127.0.0.1:{}".format(taken.getsockname()[1])
            with client(host=nowhere, max_wait_s=0) as lost:
                self.fails(finaut.NetworkError, lost.check)

    def test_unknown_outcome(self) -> None:
        fault("cut_after_acting", method="POST", path="userstatus/")
        sent = {"appname": "afr"}
        self.fails(finaut.UnknownOutcomeError, lambda: self.client.request(method="POST", path="userstatus/", body=sent))

    def test_protocol(self) -> None:
        fault("html", status=200, times=None)
        self.fails(finaut.ProtocolError, lambda: self.client.users.get(id=590001, max_wait_s=0))

    def test_a_number_that_python_does_not_read(self) -> None:
        if not hasattr(sys, "get_int_max_str_digits"):
            self.skipTest("this Python reads numbers of any length")
        fault("status", status=200, body="[{}]".format("7" * 5000))
        self.fails(finaut.ProtocolError, lambda: self.client.request(method="GET", path="user/"))

    def test_interrupted(self) -> None:
        self.client.check()

        def on_event(event: Any) -> None:
            waiting.interrupt()

        with waiting_client(on_event=on_event) as waiting:
            self.fails(finaut.Interrupted, lambda: waiting.users.get(id=590001))
        self.client.interrupt()  # nothing is running
        self.client.check()

    def test_state(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self.fails(finaut.StateError, lambda: client(state=os.path.join(folder, "missing", "finaut.db")).check())

    @unittest.skipUnless(
        sys.platform == "linux" and platform.machine() in ("x86_64", "aarch64"), "needs clone as these machines number it"
    )
    def test_forked(self) -> None:
        # os.fork tells the library. A child of a bare clone, which Python itself never makes, is one that it must notice.
        self.client.check()
        clone, vanish = {"x86_64": (56, 231), "aarch64": (220, 94)}[platform.machine()]
        # PyDLL keeps the interpreter for us: the child has no other thread that could give it back.
        syscall = ctypes.PyDLL(None).syscall
        child = syscall(clone, 17, 0, 0, 0, 0)  # 17: SIGCHLD, and nothing shared
        if child == 0:
            status = 1
            try:
                self.client.check()
            except finaut.ForkedError:
                status = 0
            finally:
                syscall(vanish, status)
        self.assertEqual(os.waitpid(child, 0)[1], 0)
        self.client.check()

    def test_errors_travel_between_processes(self) -> None:
        error = self.fails(finaut.ValidationError, lambda: self.client.users.get(persnr="1"))
        copy = pickle.loads(pickle.dumps(error))
        self.assertEqual((type(copy), str(copy), vars(copy)), (type(error), str(error), vars(error)))

    def test_there_is_a_class_for_each_code_of_the_header(self) -> None:
        with open(os.path.join(os.environ["FINAUT_SOURCE"], "include", "finaut.h"), encoding="utf-8") as file:
            codes = re.findall(r"#define FINAUT_E_(\w+) (\d+)", file.read())
        self.assertEqual([(kind.code.upper(), str(n)) for n, kind in enumerate(BY_NUMBER, 1)], codes)
        for kind in BY_NUMBER:
            self.assertIs(getattr(finaut, kind.__name__), kind)
            self.assertIn(kind.__name__, finaut.__all__)
