"""The installed package: `python -m finaut_sandbox`, and `finaut_sandbox.Sandbox` for tests."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, Callable, Dict

import finaut_sandbox
from finaut_sandbox.program import path

# For a machine on which many others work.
PATIENCE_S = 600

_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def until(good: Callable[[], Any], what: str) -> Any:
    end = time.monotonic() + PATIENCE_S
    while True:
        found = good()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(what + " did not come")
        time.sleep(0.02)


def answers(host: str) -> bool:
    """Whether anybody listens there."""
    address = urllib.parse.urlparse(host)
    try:
        socket.create_connection((address.hostname or "", address.port or 0)).close()
        return True
    except OSError:
        return False


def call(sandbox: finaut_sandbox.Sandbox, path: str) -> int:
    """A request of a program with a token; returns the status."""
    form = {"grant_type": "client_credentials", "client_id": sandbox.client_id, "client_secret": sandbox.client_secret}
    with _opener.open(sandbox.host + "/o/token/", urllib.parse.urlencode(form).encode(), timeout=PATIENCE_S) as answer:
        token = json.load(answer)["access_token"]
    request = urllib.request.Request(sandbox.host + "/finautapi/v1/" + path, headers={"Authorization": "Bearer " + token})
    try:
        with _opener.open(request, timeout=PATIENCE_S) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        refusal.close()
        return refusal.code


class ForTests(unittest.TestCase):
    def test_it_answers_at_once_and_is_gone_afterwards(self) -> None:
        with finaut_sandbox.Sandbox(users=7, client_id="hr", client_secret="s=e c") as sandbox:
            self.assertEqual(len(sandbox.people()), 7)
            self.assertEqual(call(sandbox, "user/"), 200)
            self.assertEqual([request["path"] for request in sandbox.requests()], ["/o/token/", "/finautapi/v1/user/"])
            self.assertEqual(sandbox.environment["FINAUT_CLIENT_SECRET"], "s=e c")
            self.assertTrue(answers(sandbox.host))
            self.assertNotEqual(sandbox.unused_persnr(), sandbox.unused_persnr())
        self.assertFalse(answers(sandbox.host))
        sandbox.close()

    def test_two_stand_beside_each_other(self) -> None:
        with finaut_sandbox.Sandbox(users=1) as one, finaut_sandbox.Sandbox(users=2) as other:
            self.assertNotEqual(one.host, other.host)
            self.assertEqual((one.state()["people"], other.state()["people"]), (1, 2))

    def test_faults_clock_slots_throttle_tokens_and_switches_are_at_hand(self) -> None:
        with finaut_sandbox.Sandbox(users=3, speed=0) as sandbox:
            sandbox.fault("status", status=503, path="user/", times=None)
            self.assertEqual((call(sandbox, "user/"), call(sandbox, "ordninger/")), (503, 200))
            self.assertEqual(sandbox.faults()[0]["status"], 503)
            sandbox.clear_faults()
            self.assertEqual(call(sandbox, "user/"), 200)
            sandbox.fault("html", status=502, path="/finautapi/v1/user/")
            self.assertEqual(call(sandbox, "user/"), 502)
            self.assertEqual(sandbox.use_slots(1000)["slots_left"], 0)
            self.assertEqual(call(sandbox, "user/"), 429)
            before = sandbox.state()["now"]
            moved = sandbox.advance(3600)
            self.assertEqual((moved["now"], moved["slots_left"]), (before + 3600, 200))
            sandbox.use_slots(10)
            self.assertEqual(sandbox.free_slots()["slots_left"], 200)
            self.assertEqual(sandbox.set_throttle(5, 60)["slots_left"], 5)
            self.assertEqual(sandbox.set_speed(60)["speed"], 60)
            self.assertEqual(sandbox.switch(validation_status=400)["validation_status"], 400)
            self.assertEqual(len(sandbox.add_people(2)), 2)
            sandbox.revoke_tokens()
            sandbox.clear_requests()
            self.assertEqual((sandbox.requests(), sandbox.requests(raw=True)), ([], []))

    def test_options_are_the_programs(self) -> None:
        options: Dict[str, Any] = {"users": 1, "account": ["a:b", "c:d"], "newest_first": True, "roles_as_objects": False, "paging": "cursor"}
        with finaut_sandbox.Sandbox(**options) as sandbox:
            self.assertEqual([one["client_id"] for one in sandbox.ask("GET", "accounts")], ["sandbox-client", "a", "c"])
            switches = sandbox.ask("GET", "switches")
            self.assertEqual((switches["newest_first"], switches["roles_as_objects"], switches["paging"]), (True, False, "cursor"))

    def test_over_tls_the_authority_is_in_a_file(self) -> None:
        with finaut_sandbox.Sandbox(users=1, tls=True) as sandbox:
            self.assertTrue(sandbox.host.startswith("https://"))
            assert sandbox.ca_file is not None
            with open(sandbox.ca_file, encoding="ascii") as file:
                self.assertIn("BEGIN CERTIFICATE", file.read())
            self.assertEqual(sandbox.state()["people"], 1)

    def test_what_goes_wrong_is_told(self) -> None:
        with self.assertRaisesRegex(finaut_sandbox.SandboxError, "--no-such-option"):
            finaut_sandbox.Sandbox(no_such_option=True)
        with finaut_sandbox.Sandbox(users=1) as sandbox:
            with self.assertRaisesRegex(finaut_sandbox.SandboxError, "earthquake"):
                sandbox.fault("earthquake")
            with self.assertRaisesRegex(finaut_sandbox.SandboxError, "There is no `GET nowhere` here"):
                sandbox.ask("GET", "nowhere")

    @unittest.skipUnless(hasattr(signal, "SIGKILL"), "Windows has no kill -9")
    def test_it_ends_with_a_python_that_is_killed(self) -> None:
        code = "import finaut_sandbox, time; print(finaut_sandbox.Sandbox(users=1).host, flush=True); time.sleep(100000)"
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, universal_newlines=True) as python:
            assert python.stdout is not None
            host = python.stdout.readline().strip()
            self.assertTrue(answers(host))
            python.kill()
        until(lambda: not answers(host), "the sandbox's end")


class ByHand(unittest.TestCase):
    def run_module(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "finaut_sandbox"] + list(arguments)
        return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)

    def test_arguments_and_exit_code_are_the_programs(self) -> None:
        self.assertIn("--until-stdin-closes", self.run_module("--help").stdout)
        wrong = self.run_module("--port", "99999")
        self.assertEqual(wrong.returncode, 2)
        self.assertIn("--port", wrong.stderr)
        self.assertEqual(self.run_module("--version").stdout.strip(), "finaut-sandbox " + finaut_sandbox.__version__)

    def test_there_is_a_command_of_its_name(self) -> None:
        command = os.path.join(os.path.dirname(sys.executable), "finaut-sandbox")
        said = subprocess.run([command, "--version"], stdout=subprocess.PIPE, universal_newlines=True)
        self.assertEqual((said.returncode, said.stdout.strip()), (0, "finaut-sandbox " + finaut_sandbox.__version__))

    @unittest.skipUnless(os.name == "posix", "Windows has other signals")
    def test_signals_reach_the_program(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            with tempfile.TemporaryDirectory() as folder:
                ready = os.path.join(folder, "ready")
                command = [sys.executable, "-m", "finaut_sandbox", "--port", "0", "--users", "1", "--quiet", "--ready-file", ready]
                with subprocess.Popen(command) as process:
                    until(lambda: os.path.exists(ready), "the ready file")
                    with open(ready, encoding="ascii") as file:
                        host = file.read()
                    process.send_signal(number)
                    self.assertEqual(process.wait(PATIENCE_S), 0)
                self.assertFalse(answers(host))

    def test_a_missing_program_is_told(self) -> None:
        inside = path()
        self.assertTrue(os.access(inside, os.X_OK))
        aside = inside + ".aside"
        environment = dict(os.environ, PATH="")
        environment.pop("FINAUT_SANDBOX", None)
        os.rename(inside, aside)
        try:
            said = subprocess.run(
                [sys.executable, "-m", "finaut_sandbox"], env=environment, stderr=subprocess.PIPE, universal_newlines=True
            )
            self.assertEqual(said.returncode, 1)
            self.assertIn("there is no program", said.stderr)
            environment["FINAUT_SANDBOX"] = aside
            helped = subprocess.run([sys.executable, "-m", "finaut_sandbox", "--help"], env=environment, stdout=subprocess.PIPE)
            self.assertEqual(helped.returncode, 0)
        finally:
            os.rename(aside, inside)
