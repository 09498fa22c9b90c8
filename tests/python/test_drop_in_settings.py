"""The drop-in's settings: credentials, certificates, time-outs, a state file, debug output, events; threads and processes."""

import contextlib
import io
import os
import pickle
import subprocess
import tempfile
import threading
import time
import unittest
from typing import Any, Dict, Iterator, List, Tuple
from unittest import mock

import finaut
from finaut.finautapi_client import FinAutAPIException, exceptions

from stage import fault, people, run, sandbox
from test_drop_in import DropIn, drop_in


@contextlib.contextmanager
def tls_sandbox() -> Iterator[Tuple[str, str]]:
    """A sandbox of its own that speaks https: its address and its authority's certificate."""
    with tempfile.TemporaryDirectory() as folder:
        ready, ca_file = os.path.join(folder, "ready"), os.path.join(folder, "ca.pem")
        command = [os.environ["FINAUT_SANDBOX"], "--port", "0", "--tls", "--ca-file", ca_file, "--ready-file", ready, "--quiet"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            while not os.path.exists(ready) or not os.path.getsize(ready):
                if process.poll() is not None:
                    raise RuntimeError("The sandbox ended with {}.".format(process.returncode))
                time.sleep(0.05)
            with open(ready) as file:
                yield file.read().strip(), ca_file
        finally:
            process.kill()
            process.wait()


class Settings(DropIn):
    def test_credentials_come_from_the_environment_where_they_are_none(self) -> None:
        self.assertTrue(drop_in(client_id=None, client_secret=None, host=None).test_connection())
        with mock.patch.dict(os.environ):
            os.environ.pop("FINAUT_CLIENT_SECRET")
            with self.assertRaisesRegex(exceptions.AuthenticationError, "FINAUT_CLIENT_SECRET"):
                drop_in(client_secret=None)

    def test_a_setting_that_cannot_be_is_told_at_once(self) -> None:
        for name, value in (("timeout", "soon"), ("max_wait_s", -1), ("no_such", 1), ("host", "http://finaut.example")):
            with self.subTest(name), self.assertRaisesRegex(FinAutAPIException, name) as refused:
                drop_in(**{name: value})
            self.assertIn(refused.exception.code, ("config", "argument"))

    def test_certificates_are_always_checked(self) -> None:
        with self.assertRaisesRegex(FinAutAPIException, "verify_ssl=False is refused.*ca.pem"):
            drop_in(host="https://finaut.example", verify_ssl=False)
        self.assertTrue(drop_in(verify_ssl=False).test_connection(), "over http there is none to check")
        client = drop_in(host="https://finaut.example")
        client.verify_ssl = False
        with self.assertRaisesRegex(FinAutAPIException, "verify_ssl=False is refused"):
            client.get("user/")

    @unittest.skipUnless("FINAUT_SANDBOX" in os.environ, "FINAUT_SANDBOX does not name the sandbox's program")
    def test_an_authority_can_be_named_as_for_requests(self) -> None:
        with tls_sandbox() as (url, ca_file), mock.patch.dict(os.environ):
            os.environ.pop("REQUESTS_CA_BUNDLE", None)
            os.environ.pop("CURL_CA_BUNDLE", None)
            self.assertTrue(drop_in(host=url, verify_ssl=ca_file).test_connection())
            with self.assertRaisesRegex(exceptions.ConnectionError, "trust"):
                drop_in(host=url, client_id="another", max_wait_s=0).companies.list()
            os.environ["REQUESTS_CA_BUNDLE"] = ca_file
            self.assertTrue(drop_in(host=url).test_connection())

    def test_a_timeout_that_is_changed_counts_from_then_on(self) -> None:
        client = drop_in(timeout=0.2, max_wait_s=0)
        self.assertTrue(drop_in().test_connection())  # there is a token
        fault("delay", path="companies/", delay_before_ms=3000, times=2)
        with self.assertRaisesRegex(exceptions.ConnectionError, "timeout_s = 0.2"):
            client.companies.list()
        client.timeout = (60, None)
        self.assertGreater(client.companies.list()["count"], 0)

    def test_a_state_file_may_be_named_in_the_environment(self) -> None:
        file = self.apart()
        with mock.patch.dict(os.environ, FINAUT_STATE=file), drop_in() as client:
            client.companies.list()
        self.assertTrue(os.path.exists(file))

    def test_processes_share_a_token_through_the_file(self) -> None:
        sandbox("DELETE", "requests")
        script = (
            "import os; from finaut.finautapi_client import FinAutAPIClient\n"
            "client = FinAutAPIClient(os.environ['FINAUT_CLIENT_ID'], os.environ['FINAUT_CLIENT_SECRET'])\n"
            "print(client.companies.list()['count'] > 0, client.call('budget')['used'])"
        )
        state = self.apart()
        said = [run(script, FINAUT_STATE=state) for _ in range(3)]
        self.assertEqual([process.stderr for process in said], ["", "", ""])
        self.assertEqual([process.stdout.split() for process in said], [["True", "1"], ["True", "2"], ["True", "3"]])
        tokens = [request for request in sandbox("GET", "requests") if request["path"] == "/o/token/"]
        self.assertEqual(len(tokens), 1)

    def test_debug_prints_neither_persons_nor_tokens(self) -> None:
        somebody = people()[0]
        sandbox("POST", "tokens/revoke")
        sandbox("DELETE", "requests")
        fault("status", status=503, path="user/")
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            drop_in().users.search_by_persnr(somebody["persnr"])
        self.assertEqual(said.getvalue(), "")
        with contextlib.redirect_stdout(said):
            sandbox("POST", "tokens/revoke")
            client = drop_in(debug=True)
            client.users.search_by_persnr(somebody["persnr"])
            fault("status", status=503, path="user/")
            client.users.search_by_persnr(somebody["persnr"])
            client.companies.get(somebody["company_id"])
        for line in (
            "[DEBUG] GET {}user/\n[DEBUG] Response: 503".format(client.base_url),
            "[DEBUG] Trying again in ",
            "[DEBUG] New access token, good for ",
            "[DEBUG] GET {}companies/{}/\n[DEBUG] Response: 200".format(client.base_url, somebody["company_id"]),
        ):
            self.assertIn(line, said.getvalue())
        headers = [header for request in sandbox("GET", "requests?raw=1") for header in request["headers"]]
        tokens = [value.split()[1] for name, value in headers if name == "authorization"]
        self.assertTrue(tokens)
        for secret in tokens + [somebody["persnr"], somebody["last_name"], os.environ["FINAUT_CLIENT_SECRET"]]:
            self.assertNotIn(secret, said.getvalue())

    def test_events_are_told_and_may_stop_a_call(self) -> None:
        told: List[Dict[str, Any]] = []
        drop_in(on_event=told.append).companies.list()
        self.assertIn(("request", "GET", 200), [(e["event"], e.get("method"), e.get("http_status")) for e in told])

        def stop(event: Any) -> None:
            raise KeyError("enough")

        with self.assertRaisesRegex(KeyError, "enough"):
            drop_in(on_event=stop).companies.list()

    def test_an_event_may_call_again(self) -> None:
        inner: List[int] = []

        def ask(event: Dict[str, Any]) -> None:
            if event.get("path") == "companies/" and not inner:
                inner.append(0)
                inner[0] = client.request("GET", "departments/").status_code

        with drop_in(on_event=ask, state=self.apart()) as client:
            self.assertEqual(client.request("GET", "companies/").status_code, 200)
        self.assertEqual(inner, [200])

    def test_threads_do_not_mix_up_their_answers(self) -> None:
        client = drop_in()
        somebody = people()[0]
        problems: List[Any] = []

        def work(n: int) -> None:
            for _ in range(10):
                try:
                    if n % 2:
                        assert client.users.get(somebody["id"])["persnr"] == somebody["persnr"]
                    else:
                        status = client.request("PATCH", "user/{}/".format(somebody["id"]), json={"mobile": "9123456%d" % n})
                        assert status.status_code == 200
                except Exception as problem:
                    problems.append(problem)

        threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(problems, [])

    def test_a_client_can_be_sent_to_another_process(self) -> None:
        client = drop_in()
        client.companies.list()
        copy = pickle.loads(pickle.dumps(client.users))
        self.assertEqual(copy.list(page=2)["results"], client.users.list(page=2)["results"])

    def test_after_close_the_next_call_opens_again(self) -> None:
        with drop_in() as client:
            count = client.companies.list()["count"]
            library = client._library()
        client.close()
        with self.assertRaises(finaut.HandleError):
            library.budget()
        self.assertEqual(client.companies.list()["count"], count)
